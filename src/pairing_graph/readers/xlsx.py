"""Workbooks (xlsx): each sheet's tables with their merged cells, values as shown, titles as paragraphs."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pairing_graph.document import Document, Grid, Note, Paragraph, Place
from pairing_graph.errors import Complaint, FileError, MissingExtraError
from pairing_graph.readers import archive
from pairing_graph.readers.grids import Box, cells_of, grid_of
from pairing_graph.readers.limits import BROKEN, Limits, checked
from pairing_graph.readers.xlsx_values import shown

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CELL = re.compile(rb"<(?:\w{1,10}:)?c[\s/>]")
_MERGE = re.compile(
    rb"<(?:\w{1,10}:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})"
)
_FORMULA = re.compile(rb"<(?:\w{1,10}:)?f[\s/>]")


@dataclass(frozen=True)
class _Area:
    """Cells with words or merges, by row and column of the sheet.

    Attributes:
        rows: Row → column → words.
        merges: Upper left corner → last row and column of a merged cell.
        sheet: Name of the sheet.

    """

    rows: Mapping[int, Mapping[int, str]]
    merges: Mapping[tuple[int, int], tuple[int, int]]
    sheet: str


def recognise(data: bytes, suffix: str) -> bool:
    """Whether the bytes are a workbook, whatever the suffix."""
    return "xl/workbook.xml" in archive.member_names(data)


def read(data: bytes, file: str, sha256: str, limits: Limits) -> Document:
    """Make a document out of an xlsx file's bytes.

    Raises:
        FileError: It is damaged, encrypted or larger than the limits.
        MissingExtraError: openpyxl is not installed.

    """
    parts = archive.unpack(data, file, limits)
    sheets = [xml for name, xml in parts.items() if name.startswith("xl/worksheets/")]
    limits.hold("cells", sum(len(_CELL.findall(xml)) for xml in sheets), "cells", file)
    limits.hold("cells", sum(_merged_area(xml) for xml in sheets), "merged cells", file)
    limits.hold("sheets", len(sheets), "sheets", file)
    book = _open(data, file, values=True)
    formulas = _open(data, file, values=False) if any(_FORMULA.search(xml) for xml in sheets) else None
    return checked(_Workbook(book, formulas, file, limits).document(sha256), limits)


def _merged_area(xml: bytes) -> int:
    total = 0
    for left, top, right, bottom in _MERGE.findall(xml):
        height = abs(int(bottom) - int(top)) + 1
        total += height * (abs(_column_number(right) - _column_number(left)) + 1)
    return total


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _open(data: bytes, file: str, *, values: bool) -> Any:
    try:
        import openpyxl
    except ImportError as error:
        advice = "Install it with: pip install 'pairing-graph[xlsx]'."
        raise MissingExtraError(Complaint("Reading workbooks needs openpyxl", file, advice=advice)) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # About styles and extensions that a reader of the words does not need.
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values)
    except BROKEN as error:
        raise FileError(archive.damaged(file, "a workbook (xlsx)", error)) from error


class _Workbook:
    """Walks through the sheets and collects their blocks.

    Args:
        book: The workbook with its values.
        formulas: The workbook with its formulas, None where it has none.
        file: Name of the file.
        limits: What it may hold.

    """

    def __init__(self, book: Any, formulas: Any, file: str, limits: Limits) -> None:
        self._book = book
        self._formulas = formulas
        self._file = file
        self._limits = limits
        self._blocks: list[Paragraph | Grid] = []
        self._notes: list[Note] = []
        self._paragraphs = 0
        self._tables = 0
        self._width = 0

    def document(self, sha256: str) -> Document:
        """The document; sheets and rows that are hidden are said to be so."""
        for sheet in self._book.worksheets:
            if sheet.sheet_state != "visible":
                count = sum(1 for cell in sheet._cells.values() if cell.value is not None)
                self._notes.append(Note("hidden_sheet", f"{sheet.title}: {count}"))
                continue
            for part in _parts(self._area(sheet)):
                self._add(part)
            self._report_hidden(sheet)
        return Document(PurePath(self._file).stem, self._file, sha256, tuple(self._blocks), tuple(self._notes))

    def _area(self, sheet: Worksheet) -> _Area:
        """The words of a sheet. Cells are taken one by one: a lone one far away does not make a table of millions."""
        rows: dict[int, dict[int, str]] = {}
        formulas = self._formulas[sheet.title] if self._formulas is not None else None
        for (row, column), cell in sorted(sheet._cells.items()):
            text = shown(cell.value, cell.number_format)
            if not text and formulas is not None and formulas._cells.get((row, column)) is not None:
                formula = formulas._cells[row, column].value
                if isinstance(formula, str) and formula.startswith("="):
                    self._notes.append(Note("formula_unknown", f"{sheet.title} {cell.coordinate}: {formula}"))
            if text.strip():
                rows.setdefault(row, {})[column] = text.strip("\n")
        merges = {(merge.min_row, merge.min_col): (merge.max_row, merge.max_col) for merge in sheet.merged_cells.ranges}
        used = {column for columns in rows.values() for column in columns}
        self._width = max(used, default=0) - min(used, default=0) + 1
        self._limits.hold("columns", self._width, "columns", self._file)
        return _Area(rows, merges, sheet.title)

    def _add(self, part: _Area) -> None:
        """The rows of one table: lone cells above and below it are paragraphs, what is between is the grid."""
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
            self._limits.hold("cells", len(rows) * self._width, "table cells", self._file)
            self._blocks.append(grid_of(self._tables, cells_of(_boxes(part, rows))))
        for row in [row for row in numbers if wide and row > last]:
            self._add_paragraphs(part, row)

    def _add_paragraphs(self, part: _Area, row: int) -> None:
        for text in part.rows[row].values():
            for line in text.split("\n"):
                if line.strip():
                    self._paragraphs += 1
                    self._blocks.append(Paragraph(self._paragraphs, line.strip(), Place(line=row, sheet=part.sheet)))

    def _report_hidden(self, sheet: Worksheet) -> None:
        """Rows and columns that are hidden were read all the same: a filter hides what still holds."""
        rows = [str(number) for number, row in sheet.row_dimensions.items() if row.hidden]
        columns = [str(letter) for letter, column in sheet.column_dimensions.items() if column.hidden]
        if rows or columns:
            self._notes.append(Note("hidden_rows", f"{sheet.title}: {', '.join([*rows[:50], *columns[:50]])}"))


def _parts(area: _Area) -> Iterator[_Area]:
    """The tables of a sheet: a blank row divides two where a lone cell, a title, follows it."""
    inside = {row for (top, _), (bottom, _) in area.merges.items() for row in range(top + 1, bottom + 1)}
    begins: list[int] = []
    before = None
    seen_wide = False
    for row in sorted(area.rows):
        lone = len(area.rows[row]) == 1
        gap = before is not None and row > before + 1 and row not in inside
        if before is None or (gap and lone and seen_wide and _wide_follows(area, row)):
            begins.append(row)
            seen_wide = False
        seen_wide = seen_wide or not lone
        before = row
    ends = [*begins[1:], max(area.rows, default=0) + 1]
    for start, end in zip(begins, ends, strict=True):
        rows = {row: columns for row, columns in area.rows.items() if start <= row < end}
        merges = {corner: to for corner, to in area.merges.items() if start <= corner[0] < end}
        yield _Area(rows, merges, area.sheet)


def _wide_follows(area: _Area, row: int) -> bool:
    return any(later > row and len(columns) > 1 for later, columns in area.rows.items())


def _shown_rows(part: _Area, first: int, last: int) -> list[int]:
    """The rows of a table that have words or belong to a merged cell that has."""
    merged = {
        row for (top, _), (bottom, _) in part.merges.items() if top in part.rows for row in range(top, bottom + 1)
    }
    return sorted(row for row in merged | set(part.rows) if first <= row <= last)


def _boxes(part: _Area, rows: list[int]) -> Iterable[Box]:
    """Every place of a table, blank ones too, merged ones once; blank rows and columns at the rim are left out."""
    columns = sorted({column for row in rows for column in part.rows.get(row, {})})
    index = {row: count for count, row in enumerate(rows)}
    covered: set[tuple[int, int]] = set()
    for row in rows:
        for column in range(columns[0], columns[-1] + 1):
            if (row, column) in covered:
                continue
            bottom, right = part.merges.get((row, column), (row, column))
            bottom, right = min(bottom, rows[-1]), min(right, columns[-1])
            covered |= {(y, x) for y in range(row, bottom + 1) for x in range(column, right + 1)}
            text = part.rows.get(row, {}).get(column, "")
            end = index.get(bottom, index[row]) + 1
            yield Box(index[row], column, end, right + 1, text, Place(line=row, sheet=part.sheet))
