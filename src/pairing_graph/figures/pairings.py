"""Who is paired with whom: links between two columns, the helping units left, the helped ones right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.figures.order import Cluster, Link, clusters
from pairing_graph.figures.sheet import (
    MARGIN,
    NOTE_SIZE,
    TEXT_SIZE,
    WIDTH,
    Canvas,
    Sheet,
    put_on,
    sentence_sheet,
    widest,
)
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.address import split
from pairing_graph.kb.schema import TOWNSHIP_LEVEL, KnowledgeBase
from pairing_graph.look.citation import short_citation
from pairing_graph.look.labels import counted, enumerated, labels_of
from pairing_graph.look.palette import (
    FAINT,
    INK,
    MUTED,
    NO_REGION,
    PAIRED,
    PAPER,
    RELATIONS,
    LineLook,
    RegionLook,
    UnitLook,
    region_looks,
    unit_look,
)
from pairing_graph.look.style import clipped, fitted, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Side = Literal["donor", "recipient"]
_SIDES: tuple[Side, Side] = ("donor", "recipient")
_ALIGNED: Mapping[Side, str] = MappingProxyType({"donor": "right", "recipient": "left"})
_ROW = 17.5
_LINE = 12.5
_HEAD = 22.0
_GROUP_HEAD = 30.0
_GROUP_GAP = 10.0
_ASIDE_CLUSTER = 4.0
_WIDEST_NAME = 0.34
_LONGEST_LINK = 250.0
_ASIDE = 13.0
_SYMBOL = 8.5
_BADGE = 15.0
_TITLE = 11.0
_WEAK = LineLook(1.3)


def plot_pairings(source: Source, *, ax: Axes | None = None, lang: Language = "zh") -> Axes:
    """Draw the pairing table as links between two columns, the donors left and the recipients right.

    Units that are paired among themselves stand together, in an order in which few links cross; departments come before
    the township level. A number in a unit's symbol is how often it is paired, where that is more than once. A dashed
    link has no stated direction.

    Args:
        source: A knowledge base or its graph.
        ax: Where to draw; without it a new figure is made.
        lang: The language of the words around the names, zh or en.

    Returns:
        The axes.

    Raises:
        MissingExtraError: Matplotlib is not installed.
    """
    return put_on(pairings_sheet(as_knowledge_base(source), lang=lang), ax)


def pairings_sheet(kb: KnowledgeBase, *, lang: Language = "zh") -> Sheet:
    """The plan of `plot_pairings`."""
    foot = short_citation(kb, lang)
    if kb.pairings.empty:
        return sentence_sheet(word("no_pairings_title", lang), word("no_pairings_text", lang), foot)
    table = _table(kb, lang)
    donors, recipients = (kb.pairings[side].nunique() for side in ("donor", "recipient"))
    pairs = counted("pairing", len(kb.pairings), lang)
    told = word("pairings_subtitle", lang, pairings=pairs, donors=donors, recipients=recipients)
    told += word("pairings_dashed", lang) if table.undirected else ""
    return Sheet(_finding(kb, lang), told, foot, table.draw, table.height)


@dataclass(frozen=True)
class _Group:
    """Clusters of one pair of regions and one level."""

    regions: Mapping[Side, str]
    level: str
    clusters: Sequence[Cluster]


@dataclass(frozen=True)
class _Table:
    """The two columns."""

    groups: Sequence[_Group]
    names: Mapping[str, str]
    looks: Mapping[str, UnitLook]
    regions: Mapping[str, RegionLook]
    counts: Mapping[tuple[Side, str], int]
    rows: Mapping[Link, int]
    undirected: frozenset[Link]
    xs: Mapping[Side, float]
    name_width: float
    lang: Language

    @property
    def height(self) -> float:
        heights = [_GROUP_HEAD + self._group_height(group) for group in self.groups]
        return _HEAD + sum(heights) + (len(heights) - 1) * _GROUP_GAP

    def draw(self, canvas: Canvas, y: float) -> None:
        for side in _SIDES:
            canvas.text(self._text_x(side), y + 6.0, word(side, self.lang), TEXT_SIZE, ha=_ALIGNED[side], colour=MUTED)
        y += _HEAD
        for group in self.groups:
            self._draw_group_head(canvas, group, y)
            y += _GROUP_HEAD
            for cluster in group.clusters:
                self._draw_cluster(canvas, cluster, y)
                y += self._cluster_height(cluster)
            y += _GROUP_GAP

    def _text_x(self, side: Side) -> float:
        return self.xs[side] + (-_ASIDE if side == "donor" else _ASIDE)

    def _lines(self, unit: str) -> list[str]:
        return wrapped(self.names[unit], TEXT_SIZE, self.name_width)

    def _unit_height(self, unit: str) -> float:
        return max(_ROW, len(self._lines(unit)) * _LINE + 4.0)

    def _cluster_height(self, cluster: Cluster) -> float:
        around = 2.0 * _ASIDE_CLUSTER if len(cluster.links) > 1 else 0.0
        return around + max(sum(map(self._unit_height, side)) for side in (cluster.left, cluster.right))

    def _group_height(self, group: _Group) -> float:
        return sum(map(self._cluster_height, group.clusters))

    def _draw_group_head(self, canvas: Canvas, group: _Group, y: float) -> None:
        canvas.line((MARGIN, WIDTH - MARGIN), (y, y), FAINT)
        for side in _SIDES:
            region = group.regions[side]
            title = fitted(_group_title(group, side, self.lang), _TITLE, self.name_width)
            kind = TOWNSHIP_LEVEL[0] if group.level == "township" else ""
            canvas.mark(self.xs[side], y + 14.0, unit_look(self.regions.get(region, NO_REGION), kind), 9.5)
            canvas.text(self._text_x(side), y + 14.0, title, _TITLE, ha=_ALIGNED[side], strong=True)

    def _draw_cluster(self, canvas: Canvas, cluster: Cluster, y: float) -> None:
        height = self._cluster_height(cluster)
        places = self._places("donor", cluster.left, y, height) | self._places("recipient", cluster.right, y, height)
        manifold = len(cluster.links) > 1
        for donor, recipient in cluster.links:
            start = (self.xs["donor"], places["donor", donor])
            end = (self.xs["recipient"], places["recipient", recipient])
            look = RELATIONS["paired"] if manifold or self.rows[donor, recipient] > 1 else _WEAK
            if (donor, recipient) in self.undirected:
                look = LineLook(look.width, RELATIONS["doubt"].dashes)
            canvas.curve(start, end, PAIRED, look)
            self._draw_repeats(canvas, start, end, self.rows[donor, recipient])
        for (side, unit), place in places.items():
            self._draw_unit(canvas, side, unit, place)

    def _places(self, side: Side, units: Sequence[str], y: float, height: float) -> dict[tuple[Side, str], float]:
        """The middles of one side's units, the whole centred on the cluster."""
        y += (height - sum(map(self._unit_height, units))) / 2.0
        places: dict[tuple[Side, str], float] = {}
        for unit in units:
            places[side, unit] = y + self._unit_height(unit) / 2.0
            y += self._unit_height(unit)
        return places

    def _draw_repeats(self, canvas: Canvas, start: tuple[float, float], end: tuple[float, float], rows: int) -> None:
        if rows > 1:
            x, y = (start[0] + end[0]) / 2.0, (start[1] + end[1]) / 2.0
            canvas.box(x - 10.0, y - 6.5, 20.0, 13.0, PAPER, zorder=3)
            canvas.text(x, y, f"×{rows}", NOTE_SIZE, ha="center", colour=PAIRED, strong=True, zorder=4)

    def _draw_unit(self, canvas: Canvas, side: Side, unit: str, y: float) -> None:
        look, count = self.looks[unit], self.counts[side, unit]
        canvas.mark(self.xs[side], y, look, _BADGE if count > 1 else _SYMBOL, mew=1.0)
        if count > 1:
            below = 1.5 if look.shape == "triangle" else 0.0
            colour = PAPER if look.fill == look.edge else INK
            canvas.text(
                self.xs[side], y + below, str(count), NOTE_SIZE, ha="center", colour=colour, strong=True, zorder=5
            )
        lines = self._lines(unit)
        top = y - (len(lines) - 1) * _LINE / 2.0
        for number, line in enumerate(lines):
            canvas.text(self._text_x(side), top + number * _LINE, line, TEXT_SIZE, ha=_ALIGNED[side], strong=count > 1)


def _table(kb: KnowledgeBase, lang: Language) -> _Table:
    units = kb.units.set_index("unit")
    regions = region_looks(kb)
    pairs = _pairs(kb)
    groups = list(_groups(units, pairs, regions))
    full = any(units.loc[kb.pairings[side].unique(), "region"].nunique() > 1 for side in _SIDES)
    names = labels_of(units, full=full)
    looks = {
        str(unit): unit_look(regions[row["region"]], row["kind"], collective=bool(row["collective"]))
        for unit, row in units.iterrows()
    }
    unknown = kb.pairings[kb.pairings["direction_basis"] == "unknown"]
    inner = WIDTH - 2.0 * MARGIN
    widths = {side: _side_width(kb, names, groups, side, lang) for side in _SIDES}
    link = min(inner - sum(widths.values()) - 2.0 * _ASIDE, _LONGEST_LINK)
    left = MARGIN + (inner - sum(widths.values()) - 2.0 * _ASIDE - link) / 2.0
    donors = left + widths["donor"] + _ASIDE
    return _Table(
        groups=groups,
        names=names,
        looks=looks,
        regions=regions,
        counts=_counts(kb),
        rows=Counter(pairs),
        undirected=frozenset(zip(unknown["donor"], unknown["recipient"], strict=True)),
        xs={"donor": donors, "recipient": donors + link},
        name_width=inner * _WIDEST_NAME,
        lang=lang,
    )


def _pairs(kb: KnowledgeBase) -> list[Link]:
    """Donors and recipients in the order of the notices; a graph keeps its edges in another one."""
    documents = {name: place for place, name in enumerate(kb.documents["document"])}
    columns = ("donor", "recipient", "document", "address")
    rows = zip(*(kb.pairings[name] for name in columns), strict=True)
    placed = [
        ((documents.get(document, 0), [place.sort_key for place in split(address)]), (donor, recipient))
        for donor, recipient, document, address in rows
    ]
    return [pair for _, pair in sorted(placed)]


def _side_width(
    kb: KnowledgeBase, names: Mapping[str, str], groups: Sequence[_Group], side: Side, lang: Language
) -> float:
    """What the names and headings of a side need; longer names are broken into lines."""
    named = widest([names[unit] for unit in kb.pairings[side].unique()], TEXT_SIZE)
    headed = widest([_group_title(group, side, lang) for group in groups], _TITLE)
    return min(max(named, headed) * 1.02 + 2.0, (WIDTH - 2.0 * MARGIN) * _WIDEST_NAME)


def _group_title(group: _Group, side: Side, lang: Language) -> str:
    return f"{clipped(group.regions[side])} {word(f'level_{group.level}', lang)}".strip()


def _counts(kb: KnowledgeBase) -> dict[tuple[Side, str], int]:
    """How many rows a unit has on each side."""
    return {
        (side, str(unit)): int(count) for side in _SIDES for unit, count in kb.pairings[side].value_counts().items()
    }


def _groups(units: pd.DataFrame, pairs: Sequence[Link], regions: Mapping[str, RegionLook]) -> Iterator[_Group]:
    """Clusters by regions and level, those with many links first."""
    low = {str(unit) for unit in units.index[units["kind"].isin(TOWNSHIP_LEVEL)]}
    region_of = {str(unit): str(region) for unit, region in units["region"].items()}
    groups: dict[tuple[int, int, bool], list[Cluster]] = {}
    order = list(regions)
    for cluster in clusters(pairs):
        ends = (order.index(region_of[cluster.left[0]]), order.index(region_of[cluster.right[0]]))
        township = low.issuperset(cluster.left) or low.issuperset(cluster.right)
        groups.setdefault((*ends, township), []).append(cluster)
    for (donor, recipient, township), found in sorted(groups.items(), key=lambda item: item[0]):
        found.sort(key=lambda cluster: -len(cluster.links))
        level = "township" if township else "department"
        yield _Group({"donor": order[donor], "recipient": order[recipient]}, level, found)


def _finding(kb: KnowledgeBase, lang: Language) -> str:
    """Who is paired most often, and how many are paired more than once."""
    counts = pd.concat([kb.pairings["donor"], kb.pairings["recipient"]]).value_counts(sort=False)
    often = counts[counts > 1]
    if often.empty:
        return word("finding_paired_once", lang, pairings=counted("pairing", len(kb.pairings), lang))
    names = labels_of(kb.units.set_index("unit"), full=kb.units["region"].nunique() > 2)
    most = [names[str(unit)] for unit in often.index[often == often.max()]]
    form = "one" if len(most) == 1 else "many"
    first = word(f"finding_paired_{form}", lang, names=enumerated(most, lang), count=int(often.max()))
    return first + word("comma", lang) + counted("paired_often", len(often), lang)
