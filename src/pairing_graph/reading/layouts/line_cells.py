"""Tables flattened to one cell a line: 序号 ⏎ 工作任务 ⏎ 牵头单位 ⏎ 1 ⏎ …, blank lines between or not.

The run of heading words determines the columns. Numbers, deadlines, units and sentences differ, so rows that lack a cell can
be recognised by the next number or the content of the cells; what does not fit stays lines and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pairing_graph.base.remembered import MOST_REMEMBERED
from pairing_graph.base.text import iso_date, leading_number, squeeze
from pairing_graph.kb.document import Cell, Document, Grid, Note, Paragraph
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.layouts import align
from pairing_graph.reading.layouts.rhythm import find_rhythm, own_number
from pairing_graph.reading.options import Options
from pairing_graph.reading.tables.evidence import looks_like_units
from pairing_graph.reading.tables.headings import (
    ROLE_MEANINGS,
    SIDE_MEANINGS,
    Meaning,
    heading_words,
    is_listed,
    looks_like_heading,
)
from pairing_graph.reading.tables.meanings import meanings_of_cells
from pairing_graph.reading.tables.rows import looks_like_area, names_area

NAME = "line_cells"
_ENDS = re.compile(
    rf"^{one_of('table_words', 'note')}\s*[:：]|^{one_of('table_words', 'below_a_table')}|{one_of('titles', 'imprint')}$|^\s*[（(]此件"
)
_BRACKETED = re.compile(r"^\s*[（(][^（）()]{1,14}[)）]\s*$")
_TITLE = re.compile(rf"{one_of('titles', 'above_a_table')}$")
_AREA_STYLES = ("chinese", "section")
"""Numbers (一、（一）) of areas; no heading of a column begins with one."""
_LONGEST_UNKNOWN = 8
"""Characters of a heading whose word is not known."""
_LONGEST_DATE = 11
"""Characters of a line that is nothing but a date."""
_LONGEST_ROW = 8
"""Lines of a row beyond the number of its columns: cells of several lines."""
_MOST_COLUMNS = 40
"""Columns of a heading; more are no table of tasks or pairs."""
_LONGEST_RUN = 600
"""Lines without a number that are searched for rows; the search takes time by their square."""
_PER_ROW = 1.0
"""What every row costs, so that of two ways as good the one with fewer rows counts."""
_LEAST_NUMBERS = 3
"""Numbers in order (1, 2, 3) that prove a column of numbers without a heading."""


@dataclass(frozen=True)
class _Top:
    """A heading in lines: those of each column, what the columns hold, and where in the document it ends."""

    lines: tuple[Paragraph, ...]
    meanings: tuple[Meaning, ...]
    end: int

    @property
    def words(self) -> list[str]:
        return [heading_words(line.text) for line in self.lines]


@dataclass(frozen=True)
class _Row:
    """A row as it was placed: its lines and the column of each; an area has one line over the whole width."""

    lines: tuple[Paragraph, ...]
    columns: tuple[int, ...]
    area: bool = False
    heading: bool = False


def recover(document: Document, options: Options) -> Document:
    """The document with its tables of one cell a line as grids."""
    blocks: list[Paragraph | Grid] = []
    notes = list(document.notes)
    number = max((grid.number for grid in document.grids), default=0)
    position = 0
    rhythms = _tops_by_rhythm(document.blocks, options)
    while position < len(document.blocks):
        top = _top(document.blocks, position, options)
        beat = rhythms.get(position)
        if beat and (not top or len(top.lines) != len(beat.lines) or "unknown" in top.meanings):
            top = beat
        if top:
            below = top.end
            lines = _below(document.blocks, below, top, options)
            words = [line for line in lines if line.text.strip()]
            made, found = _table(_with_numbers(top, words), words, number + 1)
            if made:
                number += 1
                blocks += made
                notes += found
                position = below + len(lines)
                continue
        blocks.append(document.blocks[position])
        position += 1
    return replace(document, blocks=tuple(blocks), notes=tuple(notes))


def _tops_by_rhythm(blocks: Sequence[Paragraph | Grid], options: Options) -> dict[int, _Top]:
    """The headings that the rhythm of the numbers below them gives, by the place of their first line."""
    found: dict[int, _Top] = {}
    start = 0
    for end in [*(index for index, block in enumerate(blocks) if isinstance(block, Grid)), len(blocks)]:
        own = [
            (place, line)
            for place in range(start, end)
            if not isinstance(line := blocks[place], Grid) and line.text.strip()
        ]
        for beat in find_rhythm([line for _, line in own], options):
            width = len([line for line in beat.heading if line])
            first, last = own[beat.first - width], own[beat.first - 1]
            lines = tuple(line or replace(first[1], text="") for line in beat.heading)
            found[first[0]] = _Top(lines, beat.meanings, last[0] + 1)
        start = end + 1
    return found


def _top(blocks: Sequence[Paragraph | Grid], start: int, options: Options) -> _Top | None:
    """The run of heading words that begins here; one unknown word between two known ones is allowed."""
    lines: list[Paragraph] = []
    ends: list[int] = []
    unknown = False
    for index in range(start, len(blocks)):
        block = blocks[index]
        if isinstance(block, Grid) or len(lines) > _MOST_COLUMNS:
            break
        if not block.text.strip():
            if not lines:
                return None
            continue
        if leading_number(block.text).style in _AREA_STYLES:
            break
        whole = replace(lines[-1], text=f"{lines[-1].text}\n{block.text}") if lines else block
        known = looks_like_heading(block.text, options)
        if lines and (_BRACKETED.match(block.text) or ((unknown or not known) and is_listed(whole.text, options))):
            lines[-1:], ends[-1:] = [whole], [index + 1]
            unknown = False
        elif known or (lines and not unknown and _may_head(block.text)):
            lines.append(block)
            ends.append(index + 1)
            unknown = not known
        else:
            break
    if unknown:
        lines.pop()
    while len(lines) > 2 and _opens_the_body(lines, options):
        lines.pop()
    words = [heading_words(line.text) for line in lines]
    again = next((index for index in range(2, len(words)) if words[index] == words[0]), len(words))
    lines = lines[:again]
    meanings = tuple(meanings_of_cells([line.text for line in lines], options))
    if "number" in meanings[1:] and meanings[0] == "task":
        lines, meanings = [], ()
    return _Top(tuple(lines), meanings, ends[len(lines) - 1]) if _is_heading(meanings) else None


def _opens_the_body(lines: Sequence[Paragraph], options: Options) -> bool:
    """Whether the last line of a heading is a first cell (养老服务项目): no listed word, and a second task column."""
    *others, last = meanings_of_cells([line.text for line in lines], options)
    return last == "task" and "area" in others and not is_listed(lines[-1].text, options)


def _may_head(text: str) -> bool:
    words = squeeze(text)
    return (
        2 <= len(words) <= _LONGEST_UNKNOWN
        and not leading_number(text).style
        and bool(re.fullmatch(r"[\u4e00-\u9fff（）()]+", words))
    )


def _is_heading(meanings: Sequence[Meaning]) -> bool:
    known = [meaning for meaning in meanings if meaning != "unknown"]
    tasks = any(m in ("task", "area") for m in known) and any(
        m in (*ROLE_MEANINGS, "progress", "leaders") for m in known
    )
    pairs = len([meaning for meaning in known if meaning in SIDE_MEANINGS]) >= 2
    return (tasks and len(known) >= 2 and len(meanings) >= 2) or (pairs and len(meanings) >= 2)


def _below(blocks: Sequence[Paragraph | Grid], start: int, top: _Top, options: Options) -> list[Paragraph]:
    """The lines that may belong to the table: to the next one, the end, or a line that belongs below a table."""
    found: list[Paragraph] = []
    for index in range(start, len(blocks)):
        block = blocks[index]
        if isinstance(block, Grid):
            break
        words = squeeze(block.text)
        if _ENDS.search(words) or (iso_date(words) and len(words) <= _LONGEST_DATE and "deadline" not in top.meanings):
            break
        if words and looks_like_heading(words, options):
            other = _top(blocks, index, options)
            again = other and other.words == top.words[-len(other.words) :]
            if other and not again:
                while found and (not found[-1].text.strip() or _TITLE.search(squeeze(found[-1].text))):
                    found.pop()
                break
        found.append(block)
    return found


def _table(top: _Top, lines: Sequence[Paragraph], number: int) -> tuple[list[Paragraph | Grid], list[Note]]:
    rows, left, after = _rows(top, lines)
    if not any(not row.area for row in rows):
        return [], []
    cells = [Cell(1, column, line.text.strip(), place=line.place) for column, line in enumerate(top.lines, 1)]
    notes: list[Note] = []
    width = len(top.lines)
    for count, row in enumerate(rows, 2):
        if row.area:
            cells.append(Cell(count, 1, row.lines[0].text.strip(), colspan=width, place=row.lines[0].place))
            continue
        for column in range(width):
            own = [line for line, place in zip(row.lines, row.columns, strict=True) if place == column]
            text = "\n".join(line.text.strip() for line in own)
            cells.append(Cell(count, column + 1, text, place=own[0].place) if own else Cell(count, column + 1, ""))
        if len(set(row.columns)) < width and not row.heading:
            notes.append(
                Note("cell_placed", " | ".join(line.text.strip() for line in row.lines), table=number, row=count)
            )
    if _joins_cells(rows, width):
        notes.append(Note("heading_short", " | ".join(line.text.strip() for line in top.lines), table=number, row=1))
    reason = "row_short" if len(left) < width else "row_long"
    notes += [Note(reason, line.text.strip(), paragraph=line.number) for line in left]
    grid = Grid(number, tuple(cells), blank="unknown", layout=NAME)
    return [grid, *left, *after], notes


def _joins_cells(rows: Sequence[_Row], width: int) -> bool:
    """Whether most rows put two whole lines into one column: the heading then lacks a cell."""
    body = [row for row in rows if not row.area and not row.heading]
    for column in range(width):
        joined = 0
        for row in body:
            own = [line.text for line, place in zip(row.lines, row.columns, strict=True) if place == column]
            joined += len(own) > 1 and not align.is_open(own[0])
        if joined > 1 and joined * 2 > len(body):
            return True
    return False


def _with_numbers(top: _Top, lines: Sequence[Paragraph]) -> _Top:
    """A heading that leaves its column of numbers out, with a blank cell where the rows have them."""
    places = [place for place, line in enumerate(lines) if own_number(line.text)]
    numbers = [own_number(lines[place].text) for place in places]
    if "number" in top.meanings or "task" not in top.meanings or len(numbers) < _LEAST_NUMBERS:
        return top
    if numbers != list(range(1, len(numbers) + 1)):
        return top
    opens = sum(not place or align.fit(lines[place - 1].text, top.meanings[-1]) > 0 for place in places)
    column = 0 if opens * 2 > len(places) else top.meanings.index("task")
    blank = replace(top.lines[column], text="")
    return _Top(
        (*top.lines[:column], blank, *top.lines[column:]),
        (*top.meanings[:column], "number", *top.meanings[column:]),
        top.end,
    )


def _rows(top: _Top, lines: Sequence[Paragraph]) -> tuple[list[_Row], list[Paragraph], list[Paragraph]]:
    """The rows, the lines that fit in none, and those below the table."""
    rows: list[_Row] = []
    left: list[Paragraph] = []
    chunks = list(_chunks(top, lines))
    after: list[Paragraph] = []
    for index, chunk in enumerate(chunks):
        if isinstance(chunk, _Row):
            rows.append(chunk)
            continue
        if _is_whole(chunk, top.meanings):
            rows.append(_Row(tuple(chunk), tuple(range(len(chunk)))))
            continue
        placed, rest = _placed(chunk, top.meanings, last=index == len(chunks) - 1)
        if not placed and rest is not None:
            left += chunk
            continue
        rows += placed
        if index == len(chunks) - 1:
            after = list(rest or ())
        else:
            left += rest or ()
    return rows, left, after


def _is_whole(chunk: Sequence[Paragraph], meanings: Sequence[Meaning]) -> bool:
    """Whether a stretch that begins with a number has a line for every column, of which one at most looks odd there."""
    if len(chunk) != len(meanings) or meanings[0] != "number" or not own_number(chunk[0].text):
        return False
    return sum(align.fit(line.text, meaning) < 0 for line, meaning in zip(chunk, meanings, strict=True)) <= 1


def _chunks(top: _Top, lines: Sequence[Paragraph]) -> Iterator[list[Paragraph] | _Row]:
    """Stretches between areas, repeated headings and, where numbers come first, numbers."""
    numbered = top.meanings[0] == "number"
    chunk: list[Paragraph] = []
    index, before = 0, 0
    width = len(top.lines)
    while index < len(lines):
        line = lines[index]
        if [heading_words(other.text) for other in lines[index : index + width]] == top.words:
            yield from ([chunk] if chunk else [])
            yield _Row(tuple(lines[index : index + width]), tuple(range(width)), heading=True)
            chunk, index = [], index + width
            continue
        number = own_number(line.text)
        if names_area(line.text) and "area" not in top.meanings and (not chunk or len(chunk) >= width - 2):
            yield from ([chunk] if chunk else [])
            yield _Row((line,), (0,), area=True)
            chunk = []
        elif (
            numbered
            and number
            and (number in (before + 1, 1) or (number > before and chunk and len(chunk) >= width - 1))
        ):
            yield from _with_area(chunk, width, top.meanings)
            chunk, before = [line], number
        else:
            chunk.append(line)
        index += 1
    if chunk:
        yield chunk


def _with_area(chunk: list[Paragraph], width: int, meanings: tuple[Meaning, ...]) -> Iterator[list[Paragraph] | _Row]:
    """A stretch, its last line as an area of its own where the row is the fuller without it."""
    if not chunk:
        return
    last = chunk[-1]
    if not own_number(chunk[0].text) and len(chunk) == 1 and looks_like_area(last.text):
        yield _Row((last,), (0,), area=True)
        return
    if len(chunk) > 2 and looks_like_area(last.text) and not looks_like_units(last.text):
        whole, without = _score(chunk, meanings), _score(chunk[:-1], meanings)
        if without >= whole + 1:
            yield chunk[:-1]
            yield _Row((last,), (0,), area=True)
            return
    yield chunk


def _score(lines: Sequence[Paragraph], meanings: tuple[Meaning, ...]) -> float:
    placing = _place(tuple(line.text for line in lines), meanings)
    return placing.score if placing else -50.0


def _placed(
    lines: Sequence[Paragraph], meanings: tuple[Meaning, ...], *, last: bool
) -> tuple[list[_Row], list[Paragraph] | None]:
    """The rows in a stretch of lines, and what follows the last of them; nothing where they fit no way."""
    if len(lines) > _LONGEST_RUN:
        return _plain_rows(lines, meanings)
    best: list[tuple[float, int]] = [(0.0, -1)]
    for end in range(1, len(lines) + 1):
        options = [(-1e9, -1)]
        for start in range(max(0, end - len(meanings) - _LONGEST_ROW), end):
            placing = _place(tuple(line.text for line in lines[start:end]), meanings)
            if placing and best[start][0] > -1e8:
                options.append((best[start][0] + placing.score - _PER_ROW, start))
        best.append(max(options))
    ends = range(1, len(lines) + 1) if last else [len(lines)]
    end = max(ends, key=lambda place: (best[place][0], -place))
    if best[end][0] <= 0 and len(lines) > 1:
        return [], list(lines)
    rows: list[_Row] = []
    rest = list(lines[end:])
    while end > 0:
        start = best[end][1]
        placing = _place(tuple(line.text for line in lines[start:end]), meanings)
        if start < 0 or placing is None:
            return [], list(lines)
        rows.insert(0, _Row(tuple(lines[start:end]), placing.columns))
        end = start
    return rows, rest


def _plain_rows(lines: Sequence[Paragraph], meanings: tuple[Meaning, ...]) -> tuple[list[_Row], list[Paragraph] | None]:
    """A very long run without numbers is cut by the count of its columns, if that comes out."""
    width = len(meanings)
    if len(lines) % width:
        return [], list(lines)
    starts = range(0, len(lines), width)
    return [_Row(tuple(lines[start : start + width]), tuple(range(width))) for start in starts], []


@lru_cache(maxsize=MOST_REMEMBERED)
def _place(cells: tuple[str, ...], meanings: tuple[Meaning, ...]) -> align.Placing | None:
    return align.place(cells, meanings)
