"""The words that hold for a place in a table: its own, a merged cell's, or those of the cell above a blank one."""

from __future__ import annotations

from dataclasses import dataclass

from pairing_graph.document import Cell, Grid
from pairing_graph.extract.builder import Builder
from pairing_graph.extract.columns import ColumnMeaning, Heading


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


def supplied(grid: Grid, row: int, column: ColumnMeaning | None) -> Supplied | None:
    """The words that hold for a place: its own, a merged cell's, or those of the cell above a blank one."""
    if column is None:
        return None
    cell = grid.at(row, column.column)
    own = cell if cell and cell.row == row else None
    if cell and (cell.text.strip() or grid.blank == "empty"):
        return Supplied(own, cell.text.strip(), (cell.row, cell.column))
    for above in range(row - 1, 0, -1):
        higher = grid.at(above, column.column)
        if higher and higher.text.strip():
            return Supplied(own, higher.text.strip(), (higher.row, higher.column))
    return Supplied(own, "", (row, column.column))


def use_heading(heading: Heading, builder: Builder) -> None:
    """Enter the cells that name known columns in the ledger."""
    for row in range(1, heading.rows + 1):
        for column in heading.columns:
            cell = heading.grid.at(row, column.column)
            if cell and cell.text.strip() and column.meaning != "unknown":
                builder.use(builder.cell(heading.grid, cell.row, cell.column), "header")


def own_words(grid: Grid, row: int, column: ColumnMeaning | None) -> str:
    """The words that stand in a row's own cell of a column, empty where it is blank or another row's.

    Example:
        >>> own_words(Grid(1, (Cell(1, 1, " a "),)), 1, ColumnMeaning(1, "task"))
        'a'
    """
    cell = grid.at(row, column.column) if column else None
    return cell.text.strip() if cell and cell.row == row else ""
