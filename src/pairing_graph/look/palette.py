"""The one visual language of figures, page and report: colours of Okabe and Ito, each with a shape.

Colour is never the only sign. Nothing here knows a drawing library: shapes are words, dashes are lengths in points.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pairing_graph.kb.regions import regions_in_order
from pairing_graph.kb.schema import TOWNSHIP_LEVEL

if TYPE_CHECKING:
    from pairing_graph.kb.knowledge_base import KnowledgeBase

INK = "#1A1A1A"
MUTED = "#5F6368"
FAINT = "#D5D8DC"
BAND = "#F4F5F7"
PAPER = "#FFFFFF"
TASK = "#4D4D4D"
PAIRED = "#009E73"
DOUBT = "#BF7C00"
"""Okabe and Ito's orange, darkened: on white it has 3.4 times its luminance, and a mark wants 3 (WCAG 2.2, 1.4.11)."""


@dataclass(frozen=True)
class RegionLook:
    """How the units of a region look.

    Attributes:
        colour: Its colour.
        light: The lighter tone, for the township level and for weaker marks.
        shape: circle, diamond, hexagon, pentagon, star, octagon or plus.
    """

    colour: str
    light: str
    shape: str


@dataclass(frozen=True)
class UnitLook:
    """How one unit looks.

    Attributes:
        fill: The colour of its inside.
        edge: The colour of its outline.
        shape: As in `RegionLook`, or triangle for the township level.
    """

    fill: str
    edge: str
    shape: str


@dataclass(frozen=True)
class LineLook:
    """How a relation is drawn.

    Attributes:
        width: In points.
        dashes: Lengths in points of stroke and gap in turn; empty is solid.
    """

    width: float
    dashes: tuple[float, ...] = ()


REGIONS = (
    RegionLook("#0072B2", "#A6CDE6", "circle"),
    RegionLook("#D55E00", "#F3C6A5", "diamond"),
    RegionLook("#CC79A7", "#EBCFDF", "hexagon"),
    RegionLook("#56B4E9", "#C4E4F7", "pentagon"),
    RegionLook("#8C7A00", "#E5DDA0", "star"),
    RegionLook("#000000", "#BFBFBF", "octagon"),
)
NO_REGION = RegionLook("#6E6E6E", "#D0D0D0", "plus")
GREY = RegionLook(TASK, "#D0D0D0", "square")
"""The look of a key in a legend that speaks of all regions."""
PAIRED_LINE = LineLook(2.0)
PAIRED_LINK = LineLook(3.4)
"""A pairing between two names is a double line: two strokes of a third of this width, and paper between them."""
DOUBT_LINE = LineLook(1.5, (4.0, 2.5))


def region_looks(kb: KnowledgeBase) -> dict[str, RegionLook]:
    """The look of every region that has units, in the order of `regions_in_order`; units without a region are grey.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> looks = region_looks(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> [(region, look.shape) for region, look in looks.items()]
        [('渝中区', 'circle'), ('巫溪县', 'diamond')]
    """
    return looks_in_order(regions_in_order(kb))


def looks_in_order(regions: Iterable[str]) -> dict[str, RegionLook]:
    """The looks of regions in an order of `order_regions`, in which units without a region are last."""
    return {region: REGIONS[count % len(REGIONS)] if region else NO_REGION for count, region in enumerate(regions)}


def unit_look(region: RegionLook, kind: str, *, collective: bool = False) -> UnitLook:
    """The look of a unit: its region's, lighter with a triangle on the township level, hollow for a collective.

    What is of no known kind, such as a village, is lighter.

    Example:
        >>> unit_look(REGIONS[0], "subdistrict").shape
        'triangle'
        >>> unit_look(REGIONS[0], "collective", collective=True).fill == PAPER
        True
    """
    if collective:
        return UnitLook(PAPER, region.colour, region.shape)
    if kind in TOWNSHIP_LEVEL:
        return UnitLook(region.light, region.colour, "triangle")
    return UnitLook(region.light if kind == "other" else region.colour, region.colour, region.shape)
