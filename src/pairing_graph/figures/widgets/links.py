"""Links between two columns of names.

Lengths are in points and were chosen by eye.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pairing_graph.figures.sheet import HEADING_SIZE, INNER, MARGIN, NOTE_SIZE, TEXT_SIZE, WIDTH, Canvas, widest
from pairing_graph.figures.widgets.order import Cluster, Link
from pairing_graph.figures.widgets.texts import RowNames
from pairing_graph.look.palette import DOUBT_LINE, FAINT, INK, MUTED, PAIRED, PAIRED_LINK, PAPER, LineLook, UnitLook
from pairing_graph.look.style import fitted

Pair = tuple[str, str]
"""What the left and the right column have."""
LEFT, RIGHT = SIDES = (0, 1)
_ALIGNED = ("right", "left")
_ROW = 17.5
_LINE = 12.5
_HEAD = 22.0
_TITLE_MIDDLE = 6.0
"""The middle of the sides' titles, below the upper end."""
_GROUP_HEAD = 30.0
_GROUP_MIDDLE = 14.0
_GROUP_GAP = 10.0
_AROUND_CLUSTER = 4.0
_WIDEST_NAME = 0.34
"""The share of the sheet that the names of a side may take; what is left is for the links."""
_LONGEST_LINK = 250.0
"""Longer links are hard to follow; the columns come nearer instead."""
_BESIDE = 13.0
"""From the middle of a symbol to its name: the larger symbol is 15 points wide."""
_SYMBOL = 8.5
_BADGE = 15.0
"""A symbol that has room for a number of two digits."""
_HEAD_SYMBOL = 9.5
_TRIANGLE_DROP = 1.5
"""The middle of a triangle's area is below that of its box, and so is its number."""
_PATCH = (20.0, 13.0)
"""The paper behind “×2” on a link: three letters wide, a line high."""


@dataclass(frozen=True)
class Group:
    """Clusters of links under one heading.

    Attributes:
        titles: The heading of each side.
        looks: The symbols of the headings.
        clusters: The links.
    """

    titles: Pair
    looks: tuple[UnitLook, UnitLook]
    clusters: Sequence[Cluster]


@dataclass(frozen=True)
class Links:
    """Two columns of names and the links between them.

    Attributes:
        titles: What the sides are.
        groups: The links, from top to bottom.
        names: What units are called.
        looks: How units look.
        counts: How many rows of the table a unit has on a side.
        rows: How many rows of the table each link comes from.
        dashed: Links that are dashed.
    """

    titles: Pair
    groups: Sequence[Group]
    names: Mapping[str, str]
    looks: Mapping[str, UnitLook]
    counts: Mapping[tuple[int, str], int]
    rows: Mapping[Link, int]
    dashed: frozenset[Link]

    @property
    def height(self) -> float:
        """How high the drawing is, in points."""
        heights = [_GROUP_HEAD + sum(map(self._cluster_height, group.clusters)) for group in self.groups]
        return _HEAD + sum(heights) + (len(heights) - 1) * _GROUP_GAP

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw onto a canvas, from a height downwards."""
        for side in SIDES:
            canvas.text(
                self._text_x(side), y + _TITLE_MIDDLE, self.titles[side], TEXT_SIZE, ha=_ALIGNED[side], colour=MUTED
            )
        y += _HEAD
        for group in self.groups:
            self._draw_group_head(canvas, group, y)
            y += _GROUP_HEAD
            for cluster in group.clusters:
                self._draw_cluster(canvas, cluster, y)
                y += self._cluster_height(cluster)
            y += _GROUP_GAP

    @cached_property
    def _xs(self) -> tuple[float, float]:
        """Where the symbols of both sides are, the whole in the middle of the sheet."""
        left, right = map(self._side_width, SIDES)
        room = INNER - left - right - 2.0 * _BESIDE
        link = min(room, _LONGEST_LINK)
        start = MARGIN + (room - link) / 2.0 + left + _BESIDE
        return start, start + link

    def _side_width(self, side: int) -> float:
        """What the names and headings of a side need; longer names are broken into lines."""
        units = [unit for group in self.groups for cluster in group.clusters for unit in cluster.sides[side]]
        named = widest([self.names[unit] for unit in units], TEXT_SIZE)
        headed = widest([group.titles[side] for group in self.groups], HEADING_SIZE)
        return min(max(named, headed) * 1.02 + 2.0, self._column.width)

    @property
    def _column(self) -> RowNames:
        return RowNames(INNER * _WIDEST_NAME, _ROW, _LINE)

    def _text_x(self, side: int) -> float:
        return self._xs[side] + (_BESIDE if side else -_BESIDE)

    def _unit_height(self, unit: str) -> float:
        return self._column.height(self.names[unit])

    def _cluster_height(self, cluster: Cluster) -> float:
        around = 2.0 * _AROUND_CLUSTER if len(cluster.links) > 1 else 0.0
        return around + max(sum(map(self._unit_height, side)) for side in cluster.sides)

    def _draw_group_head(self, canvas: Canvas, group: Group, y: float) -> None:
        canvas.line((MARGIN, WIDTH - MARGIN), (y, y), FAINT)
        y += _GROUP_MIDDLE
        for side in SIDES:
            title = fitted(group.titles[side], HEADING_SIZE, self._column.width)
            canvas.mark(self._xs[side], y, group.looks[side], _HEAD_SYMBOL)
            canvas.text(self._text_x(side), y, title, HEADING_SIZE, ha=_ALIGNED[side], strong=True)

    def _draw_cluster(self, canvas: Canvas, cluster: Cluster, y: float) -> None:
        height = self._cluster_height(cluster)
        places = [self._places(units, y, height) for units in cluster.sides]
        for link in cluster.links:
            start, end = ((self._xs[side], places[side][link[side]]) for side in SIDES)
            look = LineLook(PAIRED_LINK.width, DOUBT_LINE.dashes) if link in self.dashed else PAIRED_LINK
            canvas.double_curve(start, end, PAIRED, look)
            if self.rows[link] > 1:
                _draw_repeats(canvas, (start[0] + end[0]) / 2.0, (start[1] + end[1]) / 2.0, self.rows[link])
        for side in SIDES:
            for unit, place in places[side].items():
                self._draw_unit(canvas, side, unit, place)

    def _places(self, units: Sequence[str], y: float, height: float) -> dict[str, float]:
        """The middles of one side's units, the whole centred on the cluster."""
        y += (height - sum(map(self._unit_height, units))) / 2.0
        places: dict[str, float] = {}
        for unit in units:
            places[unit] = y + self._unit_height(unit) / 2.0
            y += self._unit_height(unit)
        return places

    def _draw_unit(self, canvas: Canvas, side: int, unit: str, y: float) -> None:
        x, look, count = self._xs[side], self.looks[unit], self.counts[side, unit]
        often = count > 1
        canvas.mark(x, y, look, _BADGE if often else _SYMBOL, mew=1.0)
        if often:
            below = _TRIANGLE_DROP if look.shape == "triangle" else 0.0
            colour = PAPER if look.fill == look.edge else INK
            canvas.text(x, y + below, str(count), NOTE_SIZE, ha="center", colour=colour, strong=True, zorder=5)
        self._column.draw(canvas, self._text_x(side), y, self.names[unit], ha=_ALIGNED[side], strong=often)


def _draw_repeats(canvas: Canvas, x: float, y: float, rows: int) -> None:
    """How many rows of the table a link comes from, written on its middle."""
    canvas.box(x - _PATCH[0] / 2.0, y - _PATCH[1] / 2.0, *_PATCH, PAPER, zorder=3)
    canvas.text(x, y, f"×{rows}", NOTE_SIZE, ha="center", colour=PAIRED, strong=True, zorder=4)
