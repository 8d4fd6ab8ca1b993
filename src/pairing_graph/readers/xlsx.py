"""Workbooks (xlsx): the tables of each sheet with merged cells, values as displayed, titles as paragraphs."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pairing_graph.base.errors import FileError
from pairing_graph.base.extras import require
from pairing_graph.kb.document import Document, Grid, Note, Paragraph, Place
from pairing_graph.readers import archive
from pairing_graph.readers.grids import Box, cells_of, grid_of
from pairing_graph.readers.limits import BROKEN, Limits, checked, damaged
from pairing_graph.readers.xlsx_areas import Area, parts_of
from pairing_graph.readers.xlsx_parts import WORKBOOK, Sheet, cut_down
from pairing_graph.readers.xlsx_values import shown

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_NAMED = 50
"""Hidden rows and columns listed in a note."""


def recognise(data: bytes, suffix: str) -> bool:
    """Whether the bytes are a workbook, regardless of the suffix."""
    return WORKBOOK in archive.member_names(data)


def read(data: bytes, file: str, sha256: str, limits: Limits) -> Document:
    """Make a document from an xlsx file's bytes.

    Raises:
        FileError: It is damaged, encrypted or larger than the limits.
        MissingExtraError: openpyxl is not installed.

    """
    cells, sheets = cut_down(data, file, limits)
    try:
        book = opened(cells, file)
        return checked(_Workbook(book.worksheets, sheets, file, limits).document(sha256), limits)
    except BROKEN as error:
        raise FileError(damaged(file, "a workbook (xlsx)", error)) from error


def opened(cells: io.BytesIO, file: str, *, read_only: bool = False) -> Any:
    """Open a reduced workbook with openpyxl.

    Args:
        cells: The reduced workbook.
        file: Name of the file.
        read_only: Whether its rows are iterated over only once.

    Raises:
        FileError: openpyxl cannot parse it.
        MissingExtraError: openpyxl is not installed.

    """
    openpyxl = require("openpyxl", "xlsx", "Reading workbooks", file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # About the missing styles.
            return openpyxl.load_workbook(cells, data_only=True, read_only=read_only)
    except BROKEN as error:
        raise FileError(damaged(file, "a workbook (xlsx)", error)) from error


class _Workbook:
    """Walks the sheets and collects their blocks.

    Args:
        cells: The sheets with their cells, from openpyxl.
        sheets: The other properties of the sheets, in the same order.
        file: Name of the file.
        limits: Upper bounds for the file.

    """

    def __init__(self, cells: Sequence[Worksheet], sheets: Sequence[Sheet], file: str, limits: Limits) -> None:
        self._cells = cells
        self._sheets = sheets
        self._file = file
        self._limits = limits
        self._blocks: list[Paragraph | Grid] = []
        self._notes: list[Note] = []
        self._paragraphs = 0
        self._tables = 0
        self._covered = 0

    def document(self, sha256: str) -> Document:
        """The document; hidden sheets and rows are reported."""
        for cells, sheet in zip(self._cells, self._sheets, strict=True):
            if sheet.hidden:
                count = sum(1 for cell in cells._cells.values() if cell.value is not None)
                self._notes.append(Note("hidden_sheet", f"{sheet.title}: {count}"))
                continue
            for part in parts_of(self._area(cells, sheet)):
                self._add(part)
            self._report_hidden(sheet)
            self._notes += [Note("comment", f"{sheet.title} {place}: {text}") for place, text in sheet.comments]
        return Document(PurePath(self._file).stem, self._file, sha256, tuple(self._blocks), tuple(self._notes))

    def _area(self, cells: Worksheet, sheet: Sheet) -> Area:
        """The text of a sheet. Only cells that exist are visited: a stray one far away does not make a table of millions."""
        rows: dict[int, dict[int, str]] = {}
        unknown: dict[tuple[int, int], str] = {}
        covered = _covered_cells(sheet.merges)
        for place, cell in sorted(cells._cells.items()):
            if place in covered:
                continue
            text = shown(cell.value, cell.number_format)
            if not text and place in sheet.formulas:
                unknown[place] = f"{sheet.title} {cell.coordinate}: {sheet.formulas[place]}"
            if text.strip() or place in unknown:
                rows.setdefault(place[0], {})[place[1]] = text.strip("\n")
        used = {column for columns in rows.values() for column in columns}
        width = max(used, default=0) - min(used, default=0) + 1
        self._limits.hold("columns", width, "columns", self._file)
        return Area(rows, sheet.merges, sheet.title, unknown)

    def _add(self, part: Area) -> None:
        """Add one table: single cells above and below it become paragraphs, everything in between the grid."""
        numbers = sorted(part.rows)
        wide = [row for row in numbers if len(part.rows[row]) > 1]
        margin = min((min(part.rows[row]) for row in wide), default=0)
        wide += [row for row in numbers if wide and row > wide[-1] and min(part.rows[row]) > margin]
        first, last = (wide[0], wide[-1]) if wide else (0, 0)
        for row in [row for row in numbers if not wide or row < first]:
            self._add_paragraphs(part, row)
        if wide:
            self._tables += 1
            last = max((bottom for (top, _), (bottom, _) in part.merges.items() if first <= top <= last), default=last)
            last = max(last, wide[-1])
            rows = _shown_rows(part, first, last)
            self._covered += len(rows) * len(_columns(part, rows))
            self._limits.hold("cells", self._covered, "table cells", self._file)
            boxes = list(_boxes(part, rows))
            grid = grid_of(self._tables, cells_of(boxes))
            self._blocks.append(grid)
            self._report_unknown(part, boxes, grid)
        for row in [row for row in numbers if wide and row > last]:
            self._add_paragraphs(part, row)

    def _add_paragraphs(self, part: Area, row: int) -> None:
        for column, text in part.rows[row].items():
            if (row, column) in part.unknown:
                self._notes.append(Note("formula_unknown", part.unknown[row, column]))
            for line in text.split("\n"):
                if line.strip():
                    self._paragraphs += 1
                    self._blocks.append(Paragraph(self._paragraphs, line.strip(), Place(line=row, sheet=part.sheet)))

    def _report_unknown(self, part: Area, boxes: Iterable[Box], grid: Grid) -> None:
        """Report the cells whose formula has no stored value, each at its place."""
        ordered = sorted(boxes, key=lambda box: (box.top, box.left))
        for box, cell in zip(ordered, grid.cells, strict=True):
            if not box.known:
                text = part.unknown[box.place.line, int(box.left)]
                self._notes.append(Note("formula_unknown", text, 0, grid.number, cell.row, cell.column))

    def _report_hidden(self, sheet: Sheet) -> None:
        """Report hidden rows and columns, which are read too: a filter hides rows that are still valid."""
        if sheet.hidden_rows or sheet.hidden_columns:
            named = [*sheet.hidden_rows[:_MOST_NAMED], *sheet.hidden_columns[:_MOST_NAMED]]
            self._notes.append(Note("hidden_rows", f"{sheet.title}: {', '.join(named)}"))


def _shown_rows(part: Area, first: int, last: int) -> list[int]:
    """The rows of a table that have text or belong to a merged cell with text."""
    merged = {
        row for (top, _), (bottom, _) in part.merges.items() if top in part.rows for row in range(top, bottom + 1)
    }
    return sorted(row for row in merged | set(part.rows) if first <= row <= last)


def _columns(part: Area, rows: list[int]) -> range:
    """The columns of a table, from the first to the last with text."""
    used = {column for row in rows for column in part.rows.get(row, ())}
    return range(min(used), max(used) + 1)


def _covered_cells(merges: Mapping[tuple[int, int], tuple[int, int]]) -> set[tuple[int, int]]:
    """The cells covered by merged cells, except for the upper left ones; Excel does not show their values."""
    return {
        (row, column)
        for (top, left), (bottom, right) in merges.items()
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def _boxes(part: Area, rows: list[int]) -> Iterable[Box]:
    """All cells of a table, including blank ones; merged cells once, blank outer rows and columns dropped."""
    columns = _columns(part, rows)
    index = {row: count for count, row in enumerate(rows)}
    covered: set[tuple[int, int]] = set()
    for row in rows:
        for column in columns:
            if (row, column) in covered:
                continue
            bottom, right = part.merges.get((row, column), (row, column))
            bottom, right = min(bottom, rows[-1]), min(right, columns[-1])
            covered |= {(y, x) for y in range(row, bottom + 1) for x in range(column, right + 1)}
            text = part.rows.get(row, {}).get(column, "")
            end = index.get(bottom, index[row]) + 1
            place = Place(line=row, sheet=part.sheet)
            yield Box(index[row], column, end, right + 1, text, place, (row, column) not in part.unknown)
