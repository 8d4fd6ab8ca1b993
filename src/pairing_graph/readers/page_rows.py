"""Rows of a table without rulings: which of its lines belong to one row, told by their distances or by running numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pairing_graph.readers.page_words import Char

_SAME_PITCH = 1.2
"""Lines up to this many times as far apart as the nearest ones are of one cell; measured tables have 1.5 between rows."""
_APART = 0.9
"""Sizes: lines nearer to each other overlap; they are of one row whose cells are centred."""
_FULL = 1.5
"""Sizes between the end of a line and the edge of its column, up to which it may go on on the next."""
_MOST = 0.7
_USUAL = 0.1
_NUMBER = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]?")
_ITEM = re.compile(r"[(（]?(\d{1,3})(?:[)）.．、](?!\d))")

Columns = tuple[int, int]
"""The first and last column that some words cover, from 0."""


@dataclass(frozen=True)
class Placed:
    """A line of a table.

    Attributes:
        top: Upper edge.
        last: Upper edge of its last line, if it is several that overlap.
        cells: Columns → the characters there.
    """

    top: float
    last: float
    cells: Mapping[Columns, Sequence[Char]]

    @property
    def spans(self) -> bool:
        """Whether it has words over several columns: it is a row of its own."""
        return any(first != last for first, last in self.cells)

    @property
    def columns(self) -> set[int]:
        """The columns with words."""
        return {first for first, _ in self.cells}

    def text(self, column: int) -> str:
        """The words in a column."""
        return "".join(char["text"] for char in self.cells.get((column, column), ()))


def rows_of_cells(lines: Sequence[Placed], columns: int) -> list[dict[Columns, list[Char]]]:
    """The rows of a table, each with the characters of its cells.

    Args:
        lines: Its lines from the top.
        columns: How many columns it has.
    """
    lines = _overlapping_as_one(lines)
    numbered = _numbered_column(lines, columns)
    groups = _by_distance(lines)
    if groups is None or not _one_number_each(groups, numbered):
        groups = _by_beginnings(lines, numbered, columns)
    elif numbered is not None:
        groups = _with_their_rests(groups, numbered)
    return [_cells(group) for group in groups]


def _cells(group: Sequence[Placed]) -> dict[Columns, list[Char]]:
    cells: dict[Columns, list[Char]] = {}
    for line in group:
        for place, chars in line.cells.items():
            cells.setdefault(place, []).extend(chars)
    return cells


def _overlapping_as_one(lines: Sequence[Placed]) -> list[Placed]:
    """Lines with those joined that overlap: cells of a row that are centred stand half a line apart."""
    groups: list[list[Placed]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        near = last is not None and line.top - last.top <= _APART * _size(line)
        if last is not None and near and not (line.spans or last.spans):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Placed(group[0].top, group[-1].top, _cells(group)) for group in groups]


def _size(line: Placed) -> float:
    return max(float(char["size"]) for chars in line.cells.values() for char in chars)


def _by_distance(lines: Sequence[Placed]) -> list[list[Placed]] | None:
    """Lines grouped by their distances; None if those are all much the same, or leave hardly any rows."""
    pitches = [after.top - line.last for line, after in pairwise(lines) if not (line.spans or after.spans)]
    nearest = _usual_smallest(pitches)
    if not pitches or max(pitches) <= _SAME_PITCH * nearest:
        return None
    groups: list[list[Placed]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        near = last is not None and line.top - last.last <= _SAME_PITCH * nearest
        if last is not None and near and not (line.spans or last.spans):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups if sum(1 for group in groups if not group[0].spans) > 2 else None


def _usual_smallest(pitches: Sequence[float]) -> float:
    """The smallest distance that a tenth of the lines have, so that one line out of step does not count."""
    ordered = sorted(pitches)
    for place, pitch in enumerate(ordered):
        alike = sum(1 for other in ordered[place:] if other <= _SAME_PITCH * pitch)
        if alike >= _USUAL * len(ordered):
            return pitch
    return ordered[0] if ordered else 0.0


def _numbered_column(lines: Sequence[Placed], columns: int) -> int | None:
    """The first column that holds running numbers, below a heading."""
    for column in range(columns):
        texts = [line.text(column) for line in lines if line.text(column)][1:]
        if len(texts) > 1 and sum(1 for text in texts if _NUMBER.fullmatch(text)) >= _MOST * len(texts):
            return column
    return None


def _item_column(lines: Sequence[Placed], columns: int) -> int | None:
    """The first column in which numbers before the words run on, one by one."""
    for column in range(columns):
        numbers = [int(match[1]) for line in lines if (match := _ITEM.match(line.text(column)))]
        following = sum(1 for one, other in pairwise(numbers) if other == one + 1)
        if len(numbers) > 1 and following == len(numbers) - 1:
            return column
    return None


def _one_number_each(groups: Sequence[Sequence[Placed]], numbered: int | None) -> bool:
    """Whether no group of lines has two running numbers, and hardly one below the first number has none."""
    if numbered is None:
        return True
    counts = [
        sum(1 for line in group if _NUMBER.fullmatch(line.text(numbered))) for group in groups if not group[0].spans
    ]
    body = counts[next((place for place, count in enumerate(counts) if count), 0) :]
    return max(body, default=0) <= 1 and sum(1 for count in body if not count) <= (1 - _MOST) * len(body)


def _with_their_rests(groups: Sequence[list[Placed]], numbered: int) -> list[list[Placed]]:
    """Groups with those joined to the one above that are blank up to the number: a paragraph of its own within a cell."""
    found: list[list[Placed]] = []
    for group in groups:
        columns = set().union(*(line.columns for line in group))
        above = found[-1] if found else []
        rest = min(columns) > numbered and any(_NUMBER.fullmatch(line.text(numbered)) for line in above)
        if rest and not group[0].spans:
            above.extend(group)
        else:
            found.append(list(group))
    return found


def _by_beginnings(lines: Sequence[Placed], numbered: int | None, columns: int) -> list[list[Placed]]:
    """Lines grouped by where a number stands, or without numbers by lines that go on where the one above is full."""
    ends = _right_ends(lines, columns)
    items = _item_column(lines, columns) if numbered is None else None
    groups: list[list[Placed]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        if last is None or line.spans or last.spans:
            goes_on = False
        elif numbered is not None:
            goes_on = not line.text(numbered) and len(line.columns) < columns
        elif items is not None:
            goes_on = not _ITEM.match(line.text(items)) and len(line.columns) < columns
        else:
            goes_on = len(line.columns) < columns and all(_is_full(last, column, ends) for column in line.columns)
        if goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_full(line: Placed, column: int, ends: Sequence[float]) -> bool:
    chars = line.cells.get((column, column), ())
    return bool(chars) and ends[column] - max(char["x1"] for char in chars) <= _FULL * _size(line)


def _right_ends(lines: Sequence[Placed], columns: int) -> list[float]:
    """Where the words of each column end at the right."""
    ends = [0.0] * columns
    for line in lines:
        for (first, last), chars in line.cells.items():
            if first == last:
                ends[first] = max(ends[first], *(char["x1"] for char in chars))
    return ends
