"""The queue of doubts as a table to fill in: a workbook or CSV that is read back as corrections."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.files import refuse_sources, write_file
from pairing_graph.base.inputs import exists, file_name, read_bytes
from pairing_graph.base.safe_cells import plain_text
from pairing_graph.base.words import Language, word
from pairing_graph.collection.index import Index
from pairing_graph.collection.review import COLUMNS, review_queue
from pairing_graph.output.tables import csv_text
from pairing_graph.output.workbook import book_bytes, empty_book, write_cell
from pairing_graph.readers.sheets import LIMITS, read_sheets, trimmed
from pairing_graph.reading.corrections import SHEET
from pairing_graph.reading.corrections.rows import DEPENDS, english_heading

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SUFFIXES = (".csv", ".xlsx")
_FILLED_IN = ("value", "reason")
_REPLACES = "value"
"""The column of which the heading says in either language that it takes the place of the whole cell."""
_TO_FILL_IN, _GIVEN = "FFF7D6", "EDEDED"  # The same as in the sheet for a coder.
_WIDTHS = {"meaning": 30, "words": 40, "address": 34, "expected": 40, "value": 32, "reason": 26, "column": 12}
"""Widths of columns in digits: sentences wrap, addresses fit the official number of a county."""
_WIDTH = 11


def written_queue(folder: Path, path: Path, most: int, lang: Language) -> pd.DataFrame:
    """The queue of a collection, written; see `Collection.review`.

    Raises:
        FileError: The suffix is another one, or as for `write_queue`.
    """
    refuse_suffix(path)
    table = review_queue(folder, most, lang)
    with Index(folder) as index:
        write_queue(table, path, lang, index.checksums())
    return table


def refuse_suffix(path: Path) -> None:
    """Refuse a path under which no queue is written, before anything is read.

    Raises:
        FileError: Its suffix is another one.
    """
    if path.suffix.lower() not in _SUFFIXES:
        raise FileError(Complaint("A queue is not written so", str(path), " or ".join(_SUFFIXES), path.suffix))


def write_queue(table: pd.DataFrame, path: Path, lang: Language, sources: Collection[str]) -> Path:
    """Write the queue; rows of the file that somebody filled in stay, before the others.

    Raises:
        FileError: The file is a notice or another table, or it cannot be written.
        MissingExtraError: openpyxl is not installed, for a workbook.
    """
    refuse_sources([path], sources)
    table = _with_filled(table, path)
    data = csv_text(table).encode("utf-8-sig") if path.suffix.lower() == ".csv" else _book(table, lang)
    return write_file(path, data, sources=sources)


def _with_filled(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    if not exists(path):
        return table
    sheets = read_sheets(read_bytes(path, "queue", LIMITS.file_bytes), file_name(path), path.suffix, "queue")
    lines = [trimmed(line) for _, line in sheets.get(SHEET, sheets.get("", []))]
    header = [english_heading(cell) for cell in lines[0]] if lines else []
    if DEPENDS not in header:
        expected, advice = "a queue, which is written anew with its filled rows kept", "Name another file."
        raise FileError(Complaint("Another file would be replaced", str(path), expected, advice=advice))
    plain = plain_text if "" in sheets else str
    rows = [dict(zip(header, map(plain, line), strict=False)) for line in lines[1:]]
    filled = [row for row in rows if any(row.get(name) for name in _FILLED_IN)]
    places = {(row.get("address"), row.get("column")) for row in filled}
    new = [row for row in table.to_dict("records") if (row["address"], row["column"]) not in places]
    return pd.DataFrame([*filled, *new], columns=list(COLUMNS), dtype="object").fillna("")


def _book(table: pd.DataFrame, lang: Language) -> bytes:
    book = empty_book()
    sheet = book.create_sheet(SHEET)
    _write_head(sheet, lang)
    for number, row in enumerate(table.itertuples(index=False), 2):
        for column, value in enumerate(row, 1):
            _write(sheet, number, column, int(value) if str(value).isdigit() and column <= 2 else value)
    _lay_out(sheet, len(table) + 1)
    return book_bytes(book)


def _write_head(sheet: Worksheet, lang: Language) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, name in enumerate(COLUMNS, 1):
        title = "" if lang == "en" and name != _REPLACES else f"{word(f'review.column.{name}', lang)}\n"
        write_cell(sheet, 1, column, f"{title}{name}")
        cell = sheet.cell(1, column)
        cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
        cell.fill = PatternFill("solid", fgColor=_TO_FILL_IN if name in _FILLED_IN else _GIVEN)


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    write_cell(sheet, row, column, value)
    cell = sheet.cell(row, column)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if COLUMNS[column - 1] in _FILLED_IN:
        line = Side(style="thin", color="BFBFBF")
        cell.border, cell.fill = Border(line, line, line, line), PatternFill("solid", fgColor=_TO_FILL_IN)


def _lay_out(sheet: Worksheet, last: int) -> None:
    """Widths, a heading that stays, and a filter."""
    from openpyxl.utils import get_column_letter

    for column, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, _WIDTH)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"
