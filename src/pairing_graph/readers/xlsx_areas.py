"""The tables of a sheet: cut at blank rows before a title or another heading, and at blank columns. No word is known here."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pairing_graph.readers.xlsx_parts import LAST_ROW

_LONGEST_HEADING = 15
_NUMBER = re.compile(r"[(（]?\d{1,4}[)）.．、]?")
_NOT_IN_HEADINGS = re.compile(r"[0-9。；，、：]")
_FEWEST = 2
"""Rows of several cells, and columns, that each of two tables side by side has."""


@dataclass(frozen=True)
class Area:
    """Cells with text or merges, by row and column of the sheet.

    Attributes:
        rows: Row → column → text.
        merges: Upper left corner → last row and column of a merged cell.
        sheet: Name of the sheet.
        unknown: Row and column → formula without a stored value; its text is empty.

    """

    rows: Mapping[int, Mapping[int, str]]
    merges: Mapping[tuple[int, int], tuple[int, int]]
    sheet: str
    unknown: Mapping[tuple[int, int], str]

    def between(self, start: int, end: int) -> Area:
        """The rows from one to the one before another."""
        rows = {row: columns for row, columns in self.rows.items() if start <= row < end}
        merges = {corner: last for corner, last in self.merges.items() if start <= corner[0] < end}
        return replace(self, rows=rows, merges=merges)

    def within(self, columns: range) -> Area:
        """The cells in some columns."""
        cut = {row: {c: text for c, text in cells.items() if c in columns} for row, cells in self.rows.items()}
        merges = {corner: last for corner, last in self.merges.items() if corner[1] in columns}
        return replace(self, rows={row: cells for row, cells in cut.items() if cells}, merges=merges)


def parts_of(area: Area) -> Iterator[Area]:
    """The tables of a sheet, each with the lines above and below it."""
    for part in _below_each_other(area):
        beside = _beside_each_other(part)
        for piece in beside:
            yield from parts_of(piece) if len(beside) > 1 else (piece,)


def _below_each_other(area: Area) -> Iterator[Area]:
    """Cut at a blank row that is followed by a single cell (a title) or by the heading of another table."""
    inside = {row for (top, _), (bottom, _) in area.merges.items() for row in range(top + 1, bottom + 1)}
    numbers = sorted(area.rows)
    last_wide = max((row for row, columns in area.rows.items() if len(columns) > 1), default=0)
    begins: list[int] = []
    heading: Mapping[int, str] = {}
    for place, row in enumerate(numbers):
        cells = area.rows[row]
        gap = place > 0 and row > numbers[place - 1] + 1 and row not in inside
        titled = gap and len(cells) == 1 and row < last_wide
        following = area.rows[numbers[place + 1]] if place + 1 < len(numbers) else {}
        before = area.rows[numbers[place - 1]] if place else {}
        if not begins or (heading and (titled or _is_another_heading(cells, heading, before, following, gap=gap))):
            begins.append(row)
            heading = {}
        heading = heading or (cells if len(cells) > 1 else {})
    rows = sorted(area.rows.items())
    corners = sorted(area.merges)
    for start, end in pairwise([*begins, LAST_ROW + 1]):
        some = dict(rows[bisect_left(numbers, start) : bisect_left(numbers, end)])
        within = corners[bisect_left(corners, (start, 0)) : bisect_left(corners, (end, 0))]
        yield replace(area, rows=some, merges={corner: area.merges[corner] for corner in within})


def _is_another_heading(
    cells: Mapping[int, str], heading: Mapping[int, str], before: Mapping[int, str], following: Mapping[int, str], *, gap: bool
) -> bool:  # fmt: skip
    """Whether a row is the heading of a further table: short words, and numbers that begin again below, or other columns."""
    words = [text.strip() for text in cells.values()]
    short = all(len(text) <= _LONGEST_HEADING and not _NOT_IN_HEADINGS.search(text) for text in words)
    if len(words) < _FEWEST or not short or len(set(words)) < len(words) or words == list(heading.values()):
        return False
    first = min(cells)
    begin = following.get(first, "")
    if _NUMBER.fullmatch(begin) and _NUMBER.fullmatch(before.get(first, "")):
        return gap or int(re.sub(r"\D", "", begin)) == 1
    return gap and len(cells) != len(heading) and set(following) == set(cells)


def _beside_each_other(area: Area) -> list[Area]:
    """Cut at blank columns between two tables, each with rows of several cells; titles over both stay above."""
    wide = [row for row, cells in area.rows.items() if len(cells) > 1]
    if not wide:
        return [area]
    groups = _runs(sorted(_used_columns(area, wide)))
    if len(groups) < _FEWEST or not all(_is_a_table(area, wide, group) for group in groups):
        return [area]
    first, last = min(wide), max(wide)
    middle = area.between(first, last + 1)
    around = [area.between(0, first), *map(middle.within, groups), area.between(last + 1, LAST_ROW + 1)]
    return [part for part in around if part.rows]


def _used_columns(area: Area, wide: Sequence[int]) -> set[int]:
    rows = set(wide)
    used = {column for row in wide for column in area.rows[row]}
    for (top, left), (_, right) in area.merges.items():
        if top in rows and left in area.rows[top]:
            used |= set(range(left, right + 1))
    return used


def _is_a_table(area: Area, wide: Sequence[int], columns: range) -> bool:
    rows = sum(1 for row in wide if sum(1 for column in area.rows[row] if column in columns) >= _FEWEST)
    return len(columns) >= _FEWEST and rows >= _FEWEST


def _runs(columns: Sequence[int]) -> list[range]:
    """Columns that follow each other.

    Example:
        >>> _runs([1, 2, 5, 6, 7])
        [range(1, 3), range(5, 8)]
    """
    runs: list[range] = []
    for column in columns:
        if runs and runs[-1].stop == column:
            runs[-1] = range(runs[-1].start, column + 1)
        else:
            runs.append(range(column, column + 1))
    return runs
