"""Tables flattened to a tab before every cell: a line that begins with a tab opens a cell, other lines go on with it.

A cell may hold blank lines, so a blank line alone does not end a row. The number of columns is given by the heading, or
by the size that most groups between blank lines have; a row is made of whole groups. Rows that do not come out stay
lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pairing_graph.base.text import brackets_closed, iso_date, squeeze
from pairing_graph.kb.document import Cell, Document, Grid, Note, Paragraph, Place
from pairing_graph.lexicon.patterns import vocabulary
from pairing_graph.reading.layouts.rhythm import width_by_numbers
from pairing_graph.reading.options import Options
from pairing_graph.reading.tables.headings import looks_like_heading

NAME = "tab_cells"
_GOES_ON = "、，,；;：:（("
_TITLE_ENDINGS = (*vocabulary("titles", "above_a_table"), "表）", "附件")


@dataclass
class _Run:
    """A cell in the making: its lines, and whether a blank line precedes it."""

    lines: list[Paragraph]
    after_blank: bool

    @property
    def text(self) -> str:
        return "\n".join(line.text.strip() for line in self.lines if line.text.strip())

    @property
    def first_with_words(self) -> Place:
        return next((line.place for line in self.lines if line.text.strip()), self.lines[0].place)

    @property
    def last(self) -> int:
        return self.lines[-1].number


@dataclass
class _Stretch:
    """The cells of one table, and the width of its rows once it is known."""

    cells: list[_Run]
    width: int = 0
    doubtful: list[tuple[_Run, Paragraph]] = field(default_factory=list)


def recover(document: Document, options: Options) -> Document:
    """The document with its tab-marked tables as grids."""
    blocks: list[Paragraph | Grid] = []
    notes = list(document.notes)
    stretch: list[Paragraph] = []
    number = max((grid.number for grid in document.grids), default=0)

    def close() -> None:
        nonlocal number
        remaining = list(stretch)
        stretch.clear()
        while any(line.text.startswith("\t") for line in remaining):
            number += 1
            made, found, remaining = _table(remaining, number, options)
            blocks.extend(made)
            notes.extend(found)
        blocks.extend(remaining)

    for block in document.blocks:
        if isinstance(block, Grid):
            close()
            blocks.append(block)
        elif block.text.startswith("\t") or stretch:
            stretch.append(block)
        else:
            blocks.append(block)
    close()
    return replace(document, blocks=tuple(blocks), notes=tuple(notes))


def _table(
    lines: Sequence[Paragraph], number: int, options: Options
) -> tuple[list[Paragraph | Grid], list[Note], list[Paragraph]]:
    """One table from the head of the lines; what follows it is returned unchanged."""
    start = next(index for index, line in enumerate(lines) if line.text.startswith("\t"))
    width = _width(_cells(lines[start:]), options)
    stretch, rest = _take(lines[start:], width)
    rows = list(_rows(stretch.cells, width))
    cells: list[Cell] = []
    left: list[Paragraph] = []
    notes: list[Note] = []
    for count, row in enumerate(rows, 1):
        if len(row) == width:
            cells += [Cell(count, column, run.text, place=run.first_with_words) for column, run in enumerate(row, 1)]
            notes += _doubts(stretch, row, number, count)
        else:
            spilled = [line for run in row for line in run.lines if line.text.strip()]
            left += spilled
            reason = "row_short" if len(row) < width else "row_long"
            notes += [Note(reason, line.text.strip(), paragraph=line.number) for line in spilled]
    grid = Grid(number, tuple(cells), blank="merged", layout=NAME)
    blocks: list[Paragraph | Grid] = [*lines[:start], grid, *left] if cells else [*lines[:start], *left]
    return blocks, notes, rest


def _doubts(stretch: _Stretch, row: Sequence[_Run], number: int, count: int) -> list[Note]:
    """Lines that were joined to a full row's last cell; in the heading row they only complete its words."""
    if count == 1:
        return []
    joined = [line for run, line in stretch.doubtful if run is row[-1]]
    return [Note("joined_line", line.text.strip(), table=number, row=count, column=len(row)) for line in joined]


def _cells(lines: Iterable[Paragraph]) -> list[_Run]:
    runs: list[_Run] = []
    for line in lines:
        if line.text.startswith("\t"):
            runs.append(_Run([line], bool(runs) and line.number > runs[-1].last + 1))
        elif runs:
            runs[-1].lines.append(line)
    return runs


def _width(cells: Sequence[_Run], options: Options) -> int:
    """Columns: as many as the heading has, if it is followed by something else, else the commonest group."""
    sizes = Counter(len(group) for group in _groups(cells))
    heading = 0
    for cell in cells:
        if not looks_like_heading(cell.text, options):
            break
        heading += 1
    rhythm = width_by_numbers([cell.text for cell in cells])
    if rhythm and rhythm != heading and not sum(sizes[size] for size in sizes if heading and size % heading == 0):
        return rhythm
    commonest = max(sizes, key=lambda size: (sizes[size], size))
    whole = sum(count for size, count in sizes.items() if heading and size % heading == 0)
    return heading if heading >= 2 and (whole or commonest < heading or len(sizes) == 1) else commonest


def _groups(cells: Sequence[_Run]) -> list[list[_Run]]:
    groups: list[list[_Run]] = []
    for cell in cells:
        if cell.after_blank or not groups:
            groups.append([])
        groups[-1].append(cell)
    return groups


def _take(lines: Sequence[Paragraph], width: int) -> tuple[_Stretch, list[Paragraph]]:
    """The lines of one table, and the lines from where it ends."""
    stretch = _Stretch([], width)
    open_row = 0
    for index, line in enumerate(lines):
        if line.text.startswith("\t"):
            after_blank = bool(stretch.cells) and line.number > stretch.cells[-1].last + 1
            stretch.cells.append(_Run([line], after_blank))
            open_row = 1 if after_blank and open_row >= width else open_row + 1
            continue
        if not line.text.strip():
            continue
        if open_row >= width and _ends_the_table(stretch.cells[-1], line):
            return stretch, list(lines[index:])
        if open_row >= width and line.number > stretch.cells[-1].last + 1 and not _is_open(stretch.cells[-1].text):
            stretch.doubtful.append((stretch.cells[-1], line))
        stretch.cells[-1].lines.append(line)
    return stretch, []


def _is_open(text: str) -> bool:
    return text.endswith(tuple(_GOES_ON)) or not brackets_closed(text)


def _ends_the_table(cell: _Run, line: Paragraph) -> bool:
    """Whether a line after a full row is outside the table: it neither completes an open cell nor follows close enough."""
    gap = line.number - cell.last - 1
    if gap == 0 or _is_open(cell.text):
        return False
    words = squeeze(line.text)
    return gap >= 2 or not cell.text or words.endswith(_TITLE_ENDINGS) or bool(iso_date(words))


def _rows(cells: Sequence[_Run], width: int) -> Iterable[list[_Run]]:
    """Rows out of whole groups; a group of several full rows is cut, one that does not fit is a row of its own."""
    row: list[_Run] = []
    for group in _groups(cells):
        if row and len(row) + len(group) > width:
            yield row
            row = []
        if not row and len(group) > width and len(group) % width == 0:
            yield from (list(group[start : start + width]) for start in range(0, len(group), width))
            continue
        row += group
        if len(row) >= width:
            yield row
            row = []
    if row:
        yield row
