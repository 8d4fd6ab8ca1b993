"""The words that hold for a place in a table: its own, a merged cell's, or those of the cell above a blank one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, replace

from pairing_graph.base.text import chinese_number, leading_number, squeeze
from pairing_graph.kb.address import Address
from pairing_graph.kb.document import Cell, Grid
from pairing_graph.lexicon.patterns import is_ditto
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.tables.column_meaning import ColumnMeaning
from pairing_graph.reading.tables.columns import Heading
from pairing_graph.reading.tables.headings import SIDE_MEANINGS

_AROUND_NUMBERS = ".．、（）()"


@dataclass(frozen=True)
class Supplied:
    """A cell's words, and where they come from if the cell itself is blank.

    Attributes:
        own: The cell at its own place, None where a merged cell covers the place.
        text: The words that hold for it.
        source: The place of the cell that has them.
    """

    own: Cell | None
    text: str
    source: tuple[int, int]


def supplied(
    heading: Heading,
    row: int,
    column: ColumnMeaning | None,
    *,
    first: int = 0,
    read_on: bool | None = None,
    skip: Collection[int] = (),
) -> Supplied | None:
    """The words that hold for a place: its own, a merged cell's, or those of the cell above a blank one.

    Args:
        heading: The table and its heading, whose words are never supplied.
        row: The row.
        column: The column, None gives None.
        first: The first row that words may be read on from, the first below the heading by default.
        read_on: Whether a blank cell takes the words above it; by default where blank means merged.
        skip: Rows that are passed over (a heading that is repeated).
    """
    if column is None:
        return None
    grid = heading.grid
    first = max(first, heading.rows + 1)
    cell = body_cell(heading, row, column)
    own = cell if cell and cell.row == row else None
    if read_on is None:
        read_on = grid.blank != "empty"
    if cell and not cell.known:
        return Supplied(own, "", (row, column.column))
    if cell and is_ditto(cell.text):
        return replace(_words_above(heading, cell, column, skip), own=own)
    if cell and (cell.text.strip() or not read_on):
        return Supplied(own, cell.text.strip(), (cell.row, cell.column))
    if read_on and grid.blank != "empty":
        places = heading.telling.get(column.column, ())
        for place in range(bisect_left(places, row) - 1, bisect_left(places, first) - 1, -1):
            above = places[place]
            higher = body_cell(heading, above, column)
            if higher and not higher.known:
                break  # what the blank goes on with is not known
            if above not in skip and higher and higher.text.strip() and higher.colspan == 1:
                if is_ditto(higher.text):
                    return replace(_words_above(heading, higher, column, skip), own=own)
                return Supplied(own, higher.text.strip(), (higher.row, higher.column))
    return Supplied(own, "", (row, column.column))


def _words_above(heading: Heading, own: Cell, column: ColumnMeaning, skip: Collection[int]) -> Supplied:
    """The words that 同上 stands for: those of the nearest cell above that has any of its own."""
    places = heading.telling.get(column.column, ())
    for place in reversed(places[: bisect_left(places, own.row)]):
        higher = body_cell(heading, place, column)
        if higher and not higher.known:
            break
        if place not in skip and higher and higher.text.strip() and not is_ditto(higher.text):
            return Supplied(own, higher.text.strip(), (higher.row, higher.column))
    return Supplied(own, "", (own.row, column.column))


def report_ditto(builder: Builder, grid: Grid, found: Supplied | None) -> None:
    """Report a cell with 同上 and the words that it was read as, or that there are none."""
    if found and found.own and is_ditto(found.own.text):
        place = builder.cell(grid, found.own.row, found.own.column)
        words = found.own.text.strip()
        builder.report(
            "ditto" if found.text else "not_a_name", f"{words} → {squeeze(found.text)}" if found.text else words, place
        )


def body_cell(heading: Heading, row: int, column: ColumnMeaning) -> Cell | None:
    """The cell at a place below the heading, None where a cell of the heading reaches down to it."""
    cell = heading.grid.at(row, column.column)
    return cell if cell and cell.row > heading.rows else None


def use_heading(heading: Heading, builder: Builder, rows: range | None = None) -> None:
    """Enter the cells that name known columns in the ledger.

    Args:
        heading: The heading.
        builder: Takes the entries.
        rows: The rows that hold its words; those of the heading by default.
    """
    own = rows is None
    for row in rows or range(1, heading.rows + 1):
        for column in heading.columns:
            cell = heading.grid.at(row, column.column)
            if not cell or not cell.text.strip():
                continue
            place = builder.cell(heading.grid, cell.row, cell.column)
            if cell.row <= heading.above:
                _use_line_above(heading, cell, place, builder)
            elif column.meaning == "unknown" and cell.row <= heading.rows:
                builder.report("column_unknown", squeeze(cell.text), place)
            else:
                builder.use(place, "header")
    for column in heading.columns if own else ():
        _report_guess(heading, column, builder)


def _use_line_above(heading: Heading, cell: Cell, place: Address, builder: Builder) -> None:
    """A title is used; a row of labels with values (填报单位：…) is noted."""
    if len(cells_of_row(heading.grid, cell.row)) > 1:
        builder.report("note", cell.text.strip(), place)
    else:
        builder.use(place, "header")


def heading_cell(heading: Heading, column: ColumnMeaning, builder: Builder) -> Address:
    """The cell that names a column, the lowest of several: where a correction of its words goes."""
    cell = heading.grid.at(max(heading.rows, 1), column.column)
    return builder.cell(heading.grid, cell.row if cell else 1, cell.column if cell else column.column)


def _report_guess(heading: Heading, column: ColumnMeaning, builder: Builder) -> None:
    """Name what a column was taken for without a word for it, and the other reading where that is close."""
    plain = column.meaning == "unknown" or (column.meaning == "other" and column.runner_up not in SIDE_MEANINGS)
    if not column.guessed or plain:
        return
    readings = " | ".join(filter(None, (column.meaning, column.runner_up)))
    place = heading_cell(heading, column, builder)
    reason = "column_guessed" if column.runner_up else "column_by_cells"
    builder.report(reason, f"{column.heading or '–'} → {readings}", place)


def number_in(words: str) -> int | None:
    """The number in a cell, None where there is none or several, one a line, which make up no number together.

    Example:
        >>> number_in("（3）"), number_in("2\\n3\\n4"), number_in("十 二")
        (3, None, 12)
    """
    parts = [part.strip(_AROUND_NUMBERS) for part in words.split()]
    if sum(part.isdecimal() for part in parts) > 1:
        return None
    number = chinese_number(squeeze(words).strip(_AROUND_NUMBERS))
    return number if number is not None else leading_number(f"{squeeze(words)} ").number


def own_words(grid: Grid, row: int, column: ColumnMeaning | None) -> str:
    """The text of a row's own cell in a column, empty if the cell is blank or belongs to another row.

    Example:
        >>> own_words(Grid(1, (Cell(1, 1, " a "),)), 1, ColumnMeaning(1, "task"))
        'a'
    """
    cell = grid.at(row, column.column) if column else None
    return cell.text.strip() if cell and cell.row == row else ""


def passage_at(builder: Builder, grid: Grid, place: tuple[int, int]) -> Passage:
    """The words of a cell with its address."""
    cell = grid.at(*place)
    address: Address = builder.cell(grid, *place)
    return Passage(cell.text if cell else "", address)


def cells_of_row(grid: Grid, row: int) -> list[Cell]:
    """The cells with words that begin in a row.

    Example:
        >>> [cell.text for cell in cells_of_row(Grid(1, (Cell(1, 1, "a"), Cell(1, 2, " "))), 1)]
        ['a']
    """
    return [cell for cell in grid.row(row) if cell.text.strip()]
