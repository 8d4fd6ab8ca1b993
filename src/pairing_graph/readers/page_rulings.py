"""Cells from the lines drawn on a page, for every format that has words and lines at their places."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pairing_graph.base.errors import Complaint, FileError

_TOUCHING = 3.0
"""Points: lines closer than this are one, and ends closer than this to a line touch it (the tolerance of pdfplumber)."""
_SHORTEST = 1.0
"""Points: a shorter line is the end of a line that is drawn as a thin rectangle."""
_MOST_CROSSINGS = 50_000
"""Crossings of lines on a page; a page of 60 rows and 40 columns has 2,500."""

Edge = Mapping[str, Any]
"""A drawn line: `orientation` (h, v), `x0`, `x1`, `top`, `bottom`, `width`, `height`, in points from the upper left."""


class Corner(NamedTuple):
    """A crossing of two lines."""

    x: float
    y: float


class CellBox(NamedTuple):
    """The four sides of a cell."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class _Ruling:
    """A straight line without gaps: its place across, and where it starts and ends along."""

    place: float
    start: float
    end: float


def edge(x0: float, top: float, x1: float, bottom: float) -> Edge | None:
    """A drawn line if it is horizontal or vertical, else None.

    Example:
        >>> edge(10, 5, 30, 5.2)["orientation"], edge(10, 5, 30, 25) is None
        ('h', True)
    """
    width, height = abs(x1 - x0), abs(bottom - top)
    if min(width, height) > 1 or max(width, height) == 0:
        return None
    return {
        "orientation": "h" if width >= height else "v", "x0": min(x0, x1), "x1": max(x0, x1),
        "top": min(top, bottom), "bottom": max(top, bottom), "width": width, "height": height,
    }  # fmt: skip


def cells_within(
    edges: Iterable[Edge], file: str, *, sides: Sequence[float] = (), ends: Sequence[float] = ()
) -> list[list[CellBox]]:
    """The cells that lines enclose, table by table: cells that share a corner are of one table.

    Args:
        edges: The lines of a page.
        file: Name of the file.
        sides: Further vertical lines, over the whole height.
        ends: Further horizontal lines, over the whole width.

    Raises:
        FileError: Too many lines cross each other.

    Example:
        >>> lines = [edge(0, y, 20, y) for y in (0, 10, 20)] + [edge(x, 0, x, 20) for x in (0, 20)]
        >>> cells_within(lines, "a.pdf")
        [[CellBox(left=0.0, top=0.0, right=20.0, bottom=10.0), CellBox(left=0.0, top=10.0, right=20.0, bottom=20.0)]]
    """
    drawn = [line for line in edges if max(line["width"], line["height"]) >= _SHORTEST]
    across = [_Ruling(line["top"], line["x0"], line["x1"]) for line in drawn if line["orientation"] == "h"]
    upright = [_Ruling(line["x0"], line["top"], line["bottom"]) for line in drawn if line["orientation"] == "v"]
    if not across or not upright:
        return []
    upright += [_Ruling(side, *_extent(across, upright)) for side in sides]
    across += [_Ruling(end, *_extent(upright, across)) for end in ends]
    return _tables(_cells(_Crossings(_merged(across), _merged(upright), file)))


def _extent(crossing: Sequence[_Ruling], along: Sequence[_Ruling]) -> tuple[float, float]:
    """How far lines reach in the direction in which the crossing ones are placed."""
    places = [line.place for line in crossing] + [end for line in along for end in (line.start, line.end)]
    return min(places), max(places)


def _merged(rulings: Iterable[_Ruling]) -> list[_Ruling]:
    """Lines at nearly one place are put at their mean, pieces that touch are joined, short rests are dropped."""
    joined: list[_Ruling] = []
    for group in _near(sorted(rulings, key=lambda line: line.place)):
        place = sum(line.place for line in group) / len(group)
        start = end = None
        for line in sorted(group, key=lambda line: line.start):
            if start is None or end is None or line.start > end + _TOUCHING:
                if start is not None and end is not None:
                    joined.append(_Ruling(place, start, end))
                start, end = line.start, line.end
            else:
                end = max(end, line.end)
        if start is not None and end is not None:
            joined.append(_Ruling(place, start, end))
    return [line for line in joined if line.end - line.start >= _TOUCHING]


def _near(ordered: Iterable[_Ruling]) -> Iterator[list[_Ruling]]:
    group: list[_Ruling] = []
    for line in ordered:
        if group and line.place - group[-1].place > _TOUCHING:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


class _Crossings:
    """Where lines cross, and which crossings are joined by a line.

    Args:
        across: Horizontal lines.
        upright: Vertical lines.
        file: Name of the file.
    """

    def __init__(self, across: Sequence[_Ruling], upright: Sequence[_Ruling], file: str) -> None:
        self.of: dict[Corner, tuple[set[int], set[int]]] = {}
        ordered = sorted(enumerate(across), key=lambda item: item[1].place)
        places = [line.place for _, line in ordered]
        for number, line in enumerate(upright):
            first = bisect_left(places, line.start - _TOUCHING)
            for other, level in itertools.islice(ordered, first, None):
                if level.place > line.end + _TOUCHING:
                    break
                if level.start - _TOUCHING <= line.place <= level.end + _TOUCHING:
                    held = self.of.setdefault(Corner(float(line.place), float(level.place)), (set(), set()))
                    held[0].add(number)
                    held[1].add(other)
            if len(self.of) > _MOST_CROSSINGS:
                expected = f"lines that cross at most {_MOST_CROSSINGS:,} times on a page"
                raise FileError(Complaint("A page has too many drawn lines", file, expected))

    def upright(self, one: Corner, other: Corner) -> bool:
        """Whether a vertical line joins two crossings."""
        return not self.of[one][0].isdisjoint(self.of[other][0])

    def across(self, one: Corner, other: Corner) -> bool:
        """Whether a horizontal line joins two crossings."""
        return not self.of[one][1].isdisjoint(self.of[other][1])


class _Line(NamedTuple):
    """The crossings on a line, and the place of one of them in it."""

    corners: Sequence[Corner]
    place: int

    def further(self) -> Iterator[Corner]:
        """The crossings after that one."""
        return (self.corners[place] for place in range(self.place + 1, len(self.corners)))


def _cells(crossings: _Crossings) -> list[CellBox]:
    """The smallest rectangle with its upper left corner at each crossing, if lines run along all four sides."""
    rows: dict[float, list[Corner]] = {}
    columns: dict[float, list[Corner]] = {}
    for corner in sorted(crossings.of):
        columns.setdefault(corner.x, []).append(corner)
        rows.setdefault(corner.y, []).append(corner)
    right = {corner: _Line(line, place) for line in rows.values() for place, corner in enumerate(line)}
    below = {corner: _Line(line, place) for line in columns.values() for place, corner in enumerate(line)}
    found = (_smallest(corner, below[corner], right[corner], crossings) for corner in sorted(crossings.of))
    return [cell for cell in found if cell]


def _smallest(corner: Corner, below: _Line, right: _Line, crossings: _Crossings) -> CellBox | None:
    for low in below.further():
        if not crossings.upright(corner, low):
            return None
        for far in right.further():
            if not crossings.across(corner, far):
                break
            opposite = Corner(far.x, low.y)
            if opposite in crossings.of and crossings.upright(far, opposite) and crossings.across(low, opposite):
                return CellBox(corner.x, corner.y, opposite.x, opposite.y)
    return None


def _tables(cells: Sequence[CellBox]) -> list[list[CellBox]]:
    """Cells grouped by shared corners; a lone cell is no table."""
    owner: dict[Corner, int] = {}
    group = list(range(len(cells)))

    def root(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    for number, cell in enumerate(cells):
        for corner in (Corner(x, y) for x in (cell.left, cell.right) for y in (cell.top, cell.bottom)):
            group[root(number)] = root(owner.setdefault(corner, number))
    tables: dict[int, list[CellBox]] = {}
    for number, cell in enumerate(cells):
        tables.setdefault(root(number), []).append(cell)
    return [table for table in tables.values() if len(table) > 1]
