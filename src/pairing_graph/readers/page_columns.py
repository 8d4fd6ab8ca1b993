"""Tables without rulings on a page: columns by the gaps that stay open over many lines, rows by their distance or numbers.

No word is known here but numbers. Chinese prose leaves no gap between its characters, so a gap that several lines share
is the edge of a column; two columns of running prose are told apart by their full lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pairing_graph.kb.document import Place
from pairing_graph.readers.grids import Box
from pairing_graph.readers.page_rows import Columns, Placed, rows_of_cells
from pairing_graph.readers.page_tables import Ruled
from pairing_graph.readers.page_words import APART, Char, lines_of, runs_of, unwrapped

_CLEARLY_APART = 1.0
_STEP = 0.2
_SAME_SIZE = 0.15
_AT_EDGE = 0.15
_FARTHEST = 4.0
"""Sizes between two lines of a table."""
_FEWEST_ROWS = 3
_FEWEST_RUNS = 2
_MOST_LINES = 400
"""Lines of a page that is looked at; the pages of notices have up to sixty."""
_STRONG = 2
"""Lines with words on both sides, from which on a gap is an edge that a line cannot simply close."""
_LONG = 10
_RAGGED = 18.0
"""Points that the lines of running prose may end before the right edge."""
_MOSTLY = 0.5
_NUMBER = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]?")


class Gap(NamedTuple):
    """A stretch without words, from left to right."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """Where a column ends and the next begins."""
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class _Row:
    """A line of characters.

    Attributes:
        chars: Its characters from the left.
        runs: Left and right end of the stretches of words that stand apart.
        top: Upper edge of most of them: a sign of another font may stand out.
        bottom: Lower edge of most of them.
        size: Font size.
    """

    chars: Sequence[Char]
    runs: Sequence[Gap]
    top: float
    bottom: float
    size: float

    def gaps(self, least: float) -> list[Gap]:
        """The gaps of at least so many sizes."""
        found = (Gap(one.right, other.left) for one, other in pairwise(self.runs))
        return [gap for gap in found if gap.right - gap.left >= least * self.size]


@dataclass
class _Block:
    """Lines that share gaps.

    Attributes:
        first: Its first line.
        gaps: The gaps, and how many lines have words on both sides of each.
        lines: Its lines.
        spanning: Those that run over a gap: headings over several columns, section headings.
    """

    first: int
    gaps: list[Gap]
    support: list[int]
    lines: list[int] = field(default_factory=list)
    spanning: set[int] = field(default_factory=set)


def unruled_tables(
    rows: Sequence[Sequence[Char]], number: int, before: Ruled | None = None
) -> tuple[list[Ruled], list[Sequence[Char]]]:
    """The tables without rulings of a page, and the lines that are in none.

    Args:
        rows: The lines of the page, each the characters from the left.
        number: Number of the page.
        before: The last table of the page before, if it has no rulings: a few rows at the top of this page may be its rest.
    """
    lines = [_row(row) for row in rows]
    if len(lines) > _MOST_LINES:
        return [], list(rows)
    blocks = _continued(lines, before)
    start = blocks[-1].lines[-1] + 1 if blocks else 0
    while start < len(lines):
        block = _grown(lines, start)
        if block and _is_table(block, lines):
            _take_heading_above(block, lines, blocks[-1].lines[-1] if blocks else -1)
            _spread_heading(block, lines)
            blocks.append(block)
            start = block.lines[-1] + 1
        else:
            start += 1
    taken = {line for block in blocks for line in block.lines}
    return [_table(block, lines, number) for block in blocks], [
        row for index, row in enumerate(rows) if index not in taken
    ]


def table_above(
    rows: Sequence[Sequence[Char]], number: int, following: Ruled
) -> tuple[list[Ruled], Sequence[Sequence[Char]]]:
    """The lines at the bottom of a page that have the columns of a table at the top of the next, and the other lines.

    A heading and a row or two are too few to be a table of their own.
    """
    lines = [_row(row) for row in rows]
    gaps = [Gap(*gap) for gap in following.gaps]
    first = len(lines)
    while (
        first
        and all(_narrowed(gap, lines[first - 1]) for gap in gaps)
        and (first == len(lines) or lines[first].top - lines[first - 1].bottom <= _FARTHEST * lines[first].size)
    ):
        first -= 1
    while first < len(lines) and len(lines[first].runs) < _FEWEST_RUNS:
        first += 1
    block = _extended(_Block(first, gaps, [_STRONG] * len(gaps)), lines, first)
    if not gaps or not block.lines or block.lines[-1] != len(lines) - 1:
        return [], rows
    return [_table(block, lines, number)], rows[:first]


def _row(chars: Sequence[Char]) -> _Row:
    runs = [Gap(*run) for run in runs_of(chars)]
    top, bottom = median(char["top"] for char in chars), median(char["bottom"] for char in chars)
    return _Row(chars, runs, top, bottom, max(char["size"] for char in chars))


def _grown(lines: Sequence[_Row], start: int) -> _Block | None:
    """The lines from a first one on that keep its gaps open."""
    gaps = lines[start].gaps(_CLEARLY_APART)
    return _completed(_extended(_Block(start, gaps, [0] * len(gaps)), lines, start), lines) if gaps else None


def _completed(block: _Block, lines: Sequence[_Row]) -> _Block:
    """Add the gaps that the lines below the first share but it does not show: it is a heading over several columns."""
    body = [lines[index] for index in block.lines[1:] if index not in block.spanning]
    reach = float("inf")
    found = list(block.gaps)
    for left, right in sorted((run.left, run.right) for line in body for run in line.runs):
        gap = Gap(reach, left)
        if left - reach >= APART * body[0].size and not any(_overlap(gap, other) for other in block.gaps):
            found.append(gap)
        reach = right if reach == float("inf") else max(reach, right)
    found.sort()
    support = [
        sum(place in filled and place + 1 in filled for filled in (_filled(line, found) for line in body))
        for place in range(len(found))
    ]
    if len(found) > len(block.gaps) and min(support) >= _STRONG:
        block.gaps, block.support = found, support
        if not all(_narrowed(gap, lines[block.lines[0]]) for gap in found):
            block.spanning.add(block.lines[0])
    return block


def _overlap(one: Gap, other: Gap) -> bool:
    return max(one.left, other.left) < min(one.right, other.right)


def _extended(block: _Block, lines: Sequence[_Row], start: int) -> _Block:
    for index in range(start, len(lines)):
        line = lines[index]
        if block.lines and line.top - lines[index - 1].bottom > _FARTHEST * line.size:
            break
        narrowed = [_narrowed(gap, line) for gap in block.gaps]
        if all(narrowed) or (len(line.runs) > 1 and _closes_weak_ones(block, narrowed)):
            _keep(block, narrowed, line)
            block.lines.append(index)
        elif _goes_on_below(block, lines, index):
            block.lines.append(index)
            block.spanning.add(index)
        else:
            break
    return block


def _narrowed(gap: Gap, line: _Row) -> Gap | None:
    """What a line leaves of a gap: the widest rest, None if nothing wide enough."""
    least = min(APART * line.size, gap.right - gap.left)
    rest = gap.left
    found = None
    for run in [*line.runs, Gap(gap.right, gap.right)]:
        if run.right <= gap.left or run.left > gap.right:
            continue
        piece = Gap(rest, min(run.left, gap.right))
        if piece.right - piece.left >= least and (not found or piece.right - piece.left > found.right - found.left):
            found = piece
        rest = max(rest, run.right)
    return found or _narrow_step(gap, line)


def _narrow_step(gap: Gap, line: _Row) -> Gap | None:
    """A narrow gap where a column is filled to its end, if the next character stands at the left edge of the next column."""
    for char, after in pairwise(line.chars):
        step = Gap(char["x1"], after["x0"])
        at_edge = abs(step.right - gap.right) <= _AT_EDGE * line.size
        if at_edge and step.right - step.left >= _STEP * line.size:
            return step
    return None


def _closes_weak_ones(block: _Block, narrowed: Sequence[Gap | None]) -> bool:
    closed = [support for gap, support in zip(narrowed, block.support, strict=True) if gap is None]
    return len(closed) < len(narrowed) and max(closed, default=0) < _STRONG


def _keep(block: _Block, narrowed: Sequence[Gap | None], line: _Row) -> None:
    kept = [(gap, support) for gap, support in zip(narrowed, block.support, strict=True) if gap is not None]
    block.gaps = [gap for gap, _ in kept]
    filled = _filled(line, block.gaps)
    block.support = [support + (place in filled and place + 1 in filled) for place, (_, support) in enumerate(kept)]


def _goes_on_below(block: _Block, lines: Sequence[_Row], index: int) -> bool:
    """Whether a line over several columns is a heading within a table: the next line has the same gaps and words beside them."""
    if not any(support >= _STRONG for support in block.support) or index + 1 >= len(lines):
        return False
    line, following = lines[index], lines[index + 1]
    near = following.top - line.bottom <= _FARTHEST * line.size
    alike = abs(line.size - lines[block.lines[-1]].size) <= _SAME_SIZE * line.size
    return near and alike and len(following.runs) > 1 and all(_narrowed(gap, following) for gap in block.gaps)


def _filled(line: _Row, gaps: Sequence[Gap]) -> set[int]:
    """The columns in which a line has words."""
    return {sum(run.left + run.right > 2 * gap.middle for gap in gaps) for run in line.runs} if line.runs else set()


def _is_table(block: _Block, lines: Sequence[_Row]) -> bool:
    """Whether enough lines have words in several columns, and the columns are not running prose or numbers of a list."""
    plain = [index for index in block.lines if index not in block.spanning]
    several = [index for index in plain if len(_filled(lines[index], block.gaps)) > 1]
    if len(several) < _FEWEST_ROWS or any(support < _STRONG for support in block.support):
        return False
    columns = _columns(block, [lines[index] for index in plain])
    if len(columns) == 2 and all(_NUMBER.fullmatch(text) for text, _ in columns[0]):
        return False
    return not all(_is_prose(column) for column in columns)


def _columns(block: _Block, lines: Sequence[_Row]) -> list[list[tuple[str, float]]]:
    """The words of each column, line by line, and where they end."""
    found: list[list[tuple[str, float]]] = [[] for _ in range(len(block.gaps) + 1)]
    for line in lines:
        for place, chars in enumerate(_by_column(line.chars, block.gaps)):
            if chars:
                found[place].append(("".join(char["text"] for char in chars), max(char["x1"] for char in chars)))
    return found


def _is_prose(column: Sequence[tuple[str, float]]) -> bool:
    """Whether most lines of a column are long and end at its right edge."""
    right = max(end for _, end in column)
    full = [text for text, end in column if len(text) >= _LONG and right - end <= _RAGGED]
    return len(full) >= _MOSTLY * len(column)


def _by_column(chars: Sequence[Char], gaps: Sequence[Gap]) -> list[list[Char]]:
    columns: list[list[Char]] = [[] for _ in range(len(gaps) + 1)]
    for char in chars:
        columns[sum((char["x0"] + char["x1"]) / 2 > gap.middle for gap in gaps)].append(char)
    return columns


def _take_heading_above(block: _Block, lines: Sequence[_Row], last: int) -> None:
    """Add a line right above that has several runs, some over several columns: the upper row of a heading."""
    index = block.lines[0] - 1
    if index <= last:
        return
    line, below = lines[index], lines[index + 1]
    open_gaps = sum(1 for gap in block.gaps if _narrowed(gap, line))
    if len(line.runs) > 1 and open_gaps and below.top - line.bottom <= _FARTHEST / 2 * line.size:
        block.lines.insert(0, index)
        block.spanning.add(index)


def _spread_heading(block: _Block, lines: Sequence[_Row]) -> None:
    """Mark a first line as one over several columns if a run reaches over a gap of the others to a column that it leaves blank."""
    first = block.lines[0]
    line = lines[first]
    if first in block.spanning:
        return
    others = [index for index in block.lines[1:] if index not in block.spanning]
    below = [_wide(gap, [lines[index] for index in others]) for gap in block.gaps]
    filled = _filled(line, block.gaps)
    reaching = [
        place
        for place, gap in enumerate(below)
        if place + 1 not in filled
        and any(run.left < gap.left and run.right > gap.left + APART * line.size for run in line.runs)
    ]
    if reaching:
        block.gaps = below
        block.spanning.add(first)


def _wide(gap: Gap, lines: Sequence[_Row]) -> Gap:
    """A gap as wide as lines leave it."""
    lefts = [run.right for line in lines for run in line.runs if run.right <= gap.middle]
    rights = [run.left for line in lines for run in line.runs if run.left >= gap.middle]
    return Gap(max(lefts, default=gap.left), min(rights, default=gap.right))


def _continued(lines: Sequence[_Row], before: Ruled | None) -> list[_Block]:
    """The rest of a table of the page before: lines at the top that keep its gaps, up to two others skipped."""
    if before is None or not before.gaps:
        return []
    gaps = [Gap(*gap) for gap in before.gaps]
    lefts = [before.lines[0] + 1, *(gap.right for gap in gaps)]
    for start in range(min(_FEWEST_ROWS, len(lines))):
        line = lines[start]
        aligned = any(abs(line.runs[0].left - left) <= _AT_EDGE * line.size for left in lefts)
        if all(_narrowed(gap, line) for gap in gaps) and (len(line.runs) > 1 or (aligned and not start)):
            block = _extended(_Block(start, gaps, [_STRONG] * len(gaps)), lines, start)
            return [block] if block.lines else []
    return []


def _table(block: _Block, lines: Sequence[_Row], number: int) -> Ruled:
    """A table of boxes: columns end in the middle of the gaps, rows in the middle between lines."""
    shown = [lines[index] for index in block.lines]
    left, right = min(line.runs[0].left for line in shown) - 1, max(line.runs[-1].right for line in shown) + 1
    edges = [left, *(gap.middle for gap in block.gaps), right]
    ends = [*(gap.left for gap in block.gaps), right]
    placed = [
        Placed(lines[index].top, lines[index].top, _cells(lines[index], block.gaps, index in block.spanning))
        for index in block.lines
    ]
    rows = rows_of_cells(placed, len(block.gaps) + 1)
    boxes = []
    for (top, bottom), row in zip(_levels(rows), rows, strict=True):
        for (first, last), chars in _with_blanks(row, len(block.gaps) + 1).items():
            text = unwrapped(lines_of(chars), ends[last])
            boxes.append(Box(top, edges[first], bottom, edges[last + 1], text, Place(page=number)))
    return Ruled(boxes, number, gaps=[(gap.left, gap.right) for gap in block.gaps])


def _cells(line: _Row, gaps: Sequence[Gap], spanning: bool) -> dict[Columns, list[Char]]:
    """The characters of each cell; in a line that runs over gaps, a run is a cell."""
    if not spanning:
        return {(place, place): chars for place, chars in enumerate(_by_column(line.chars, gaps)) if chars}
    cells: dict[Columns, list[Char]] = {}
    for run in line.runs:
        chars = [char for char in line.chars if run.left <= char["x0"] <= run.right]
        first = sum(run.left > gap.middle for gap in gaps)
        last = max(first, sum(run.right > gap.left + APART * line.size for gap in gaps))
        before = next(iter(reversed(cells)), None)
        if before and first <= before[1]:
            cells[before[0], max(last, before[1])] = cells.pop(before) + chars
        else:
            cells[first, last] = chars
    return cells


def _with_blanks(row: Mapping[Columns, list[Char]], columns: int) -> dict[Columns, list[Char]]:
    """The cells of a row, blank ones included, from the left."""
    covered = {place for first, last in row for place in range(first, last + 1)}
    blank: dict[Columns, list[Char]] = {(place, place): [] for place in range(columns) if place not in covered}
    return dict(sorted({**row, **blank}.items()))


def _levels(rows: Sequence[Mapping[Columns, list[Char]]]) -> list[tuple[float, float]]:
    """The upper and lower edge of each row, in the middle between its words and those of its neighbours."""
    tops = [min(char["top"] for chars in row.values() for char in chars) for row in rows]
    bottoms = [max(char["bottom"] for chars in row.values() for char in chars) for row in rows]
    between = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    return list(pairwise([tops[0] - 1, *between, bottoms[-1] + 1]))
