"""Rows and columns from the cell positions of a format, and what a blank cell means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pairing_graph.kb.document import Blank, Cell, Grid, Note, Place

_MOST_SHORT = 0.4
"""Share of short rows in a table, up to which they are the exception."""


@dataclass
class Box:
    """A cell by its bounding lines, in the unit of the format; bottom and right are exclusive.

    Attributes:
        top: Upper line.
        left: Left line.
        bottom: Lower line.
        right: Right line.
        text: Its text.
        place: Where it is in the file.
        known: Whether the file tells its text.

    """

    top: float
    left: float
    bottom: float
    right: float
    text: str = ""
    place: Place = field(default_factory=Place)
    known: bool = True


def cells_of(boxes: Iterable[Box], *, near_rows: float = 0, near_columns: float = 0) -> tuple[Cell, ...]:
    """Cells in reading order; unused lines are dropped, lines closer than a threshold are merged.

    Two lines that bound the same cell are never merged.

    Args:
        boxes: The cells by their bounding lines.
        near_rows: Row lines closer than this are merged.
        near_columns: The same for column lines.

    Example:
        >>> boxes = [Box(0, 0, 10, 30, "a"), Box(10, 0, 20, 14.9, "b"), Box(10, 15.1, 20, 30, "c")]
        >>> cells = cells_of(boxes, near_columns=1)
        >>> [(cell.row, cell.column, cell.colspan) for cell in cells]
        [(1, 1, 2), (2, 1, 1), (2, 2, 1)]

    """
    boxes = [box for box in boxes if box.bottom > box.top and box.right > box.left]
    rows = _lines([(box.top, box.bottom) for box in boxes], near_rows)
    columns = _lines([(box.left, box.right) for box in boxes], near_columns)
    cells = [
        Cell(
            rows[box.top], columns[box.left], box.text,
            rows[box.bottom] - rows[box.top], columns[box.right] - columns[box.left], box.place, box.known,
        )
        for box in boxes
    ]  # fmt: skip
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def meaning_of_blank(cells: Sequence[Cell]) -> Blank:
    """`empty` if the table has vertically merged cells, so that a blank cell is not a merged one; else `unknown`.

    Merges in the heading do not count: two-row headings have them in any table.

    Example:
        >>> meaning_of_blank([Cell(1, 1, "a", rowspan=2), Cell(3, 1, "b", rowspan=2)])
        'empty'
        >>> meaning_of_blank([Cell(1, 1, "a", rowspan=2), Cell(3, 1, "")])
        'unknown'

    """
    heading = max((cell.rowspan for cell in cells if cell.row == 1), default=0)
    return "empty" if any(cell.rowspan > 1 and cell.row > heading for cell in cells) else "unknown"


def grid_of(number: int, cells: Iterable[Cell]) -> Grid:
    """A grid for a format that has real tables."""
    held = tuple(cells)
    return Grid(number, held, blank=meaning_of_blank(held))


def short_rows(grid: Grid) -> tuple[Grid, list[Note]]:
    """A grid in which rows that lack their last cells have unknown ones there, and a note on each such row.

    Which cell a row lacks is not told: all that can be said is that it is short. A row of one cell is a heading between
    rows, and a table in which most rows are short has no common width.

    Example:
        >>> rows = [Cell(row, column, "a") for row in (1, 2, 3) for column in (1, 2, 3)]
        >>> grid, notes = short_rows(Grid(1, (*rows, Cell(4, 1, "b"), Cell(4, 2, "c"))))
        >>> grid.at(4, 3).known, [(note.reason, note.row, note.text) for note in notes]
        (False, [('row_short', 4, 'b | c')])
    """
    rows, columns = grid.shape
    lacking = {
        row: missing
        for row in range(1, rows + 1)
        if len(grid.row(row)) > 1 and (missing := [c for c in range(1, columns + 1) if grid.at(row, c) is None])
    }
    if not lacking or len(lacking) > _MOST_SHORT * rows:
        return grid, []
    unknown = [
        Cell(row, column, "", place=grid.row(row)[0].place, known=False)
        for row, some in lacking.items()
        for column in some
    ]
    cells = sorted((*grid.cells, *unknown), key=lambda cell: (cell.row, cell.column))
    texts = {row: " | ".join(cell.text.replace("\n", "") for cell in grid.row(row)) for row in lacking}
    notes = [Note("row_short", text, table=grid.number, row=row) for row, text in texts.items() if text.strip(" |")]
    return replace(grid, cells=tuple(cells)), notes


def _lines(spans: Sequence[tuple[float, float]], near: float) -> dict[float, int]:
    """The number of each line, from 1."""
    bounding = {(start, end) for start, end in spans}
    starts: dict[float, list[float]] = {}
    for start, end in bounding:
        starts.setdefault(end, []).append(start)
    numbers: dict[float, int] = {}
    number, first = 0, float("-inf")
    for line in sorted({line for span in spans for line in span}):
        apart = line - first > near or any(start >= first for start in starts.get(line, ()))
        if apart or not number:
            number, first = number + 1, line
        numbers[line] = number
    return numbers
