"""A table that a user fills in (corrections, names, headings), as lines of text: a CSV as Excel saves it, or a workbook."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from pairing_graph.base.encodings import encoding_of
from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.text import printable
from pairing_graph.readers import other_sheets, xlsx
from pairing_graph.readers.limits import BROKEN, Limits, damaged
from pairing_graph.readers.xlsx_parts import cut_down
from pairing_graph.readers.xlsx_values import shown

LIMITS = Limits(cells=1_000_000, tags=8_000_000, markup_bytes=100_000_000, unpacked_bytes=400_000_000)
"""Those of a notice; but a workbook of tables gives each of its cells a row of six, besides the tables made of it."""

Line = tuple[int, list[str]]
"""The number of a row, from 1, and its cells."""


def read_sheets(data: bytes, file: str, suffix: str, what: str) -> dict[str, list[Line]]:
    """Name of a sheet → its lines; a CSV, with commas, semicolons or tabs, is one sheet without a name.

    Args:
        data: The bytes of the file.
        file: Its name.
        suffix: Its suffix.
        what: What to call it in errors, such as `table of aliases`.

    Raises:
        FileError: The encoding is not recognised, or it is neither a CSV nor a workbook (xlsx, xls, ods).
        MissingExtraError: What reads such a workbook is not installed.

    Example:
        >>> read_sheets("地区,别名\\n甲县,县教委\\n".encode("gbk"), "a.csv", ".csv", "table of aliases")
        {'': [(1, ['地区', '别名']), (2, ['甲县', '县教委'])]}
    """
    if xlsx.recognise(data, suffix):
        return read_workbook(data, file)
    if other_sheets.recognise(data):
        return other_sheets.read_other_workbook(data, file, LIMITS)
    return {"": _of_csv(data, file, what)}


def read_workbook(data: bytes, file: str) -> dict[str, list[Line]]:
    """Name of a sheet → its rows that have cells, each with its number.

    Raises:
        FileError: It is damaged, or larger than `LIMITS`.
        MissingExtraError: openpyxl is not installed.
    """
    cells, sheets = cut_down(data, file, LIMITS)
    LIMITS.hold("columns", max((sheet.columns for sheet in sheets), default=0), "columns", file)
    book = xlsx.opened(cells, file, read_only=True)
    try:
        return {
            sheet.title: [
                (number, [_words(cell) for cell in row]) for number, row in enumerate(rows.iter_rows(), 1) if row
            ]
            for sheet, rows in zip(sheets, book.worksheets, strict=True)
        }
    except BROKEN as error:
        raise FileError(damaged(file, "a workbook (xlsx)", error)) from error


def trimmed(line: list[str]) -> list[str]:
    """The cells of a line without blanks around them and without control characters."""
    return [printable(cell).strip() for cell in line]


def _of_csv(data: bytes, file: str, what: str) -> list[Line]:
    encoding = encoding_of(data) if data.strip() else "utf-8"
    if encoding is None:
        expected = "UTF-8, UTF-16 or GB18030"
        raise FileError(Complaint(f"The encoding of the {what} is not recognised", file, expected))
    text = data.decode(encoding).removeprefix("\ufeff")
    separator = _separator(text.partition("\n")[0])
    try:
        return list(enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), 1))
    except csv.Error as error:
        raise FileError(Complaint(f"The {what} cannot be read as CSV", file, "a CSV", str(error))) from error


def _separator(heading: str) -> str:
    """What parts the cells of a heading: Excel writes tabs as “Unicode text”, and semicolons in some countries.

    Example:
        >>> _separator("地址;栏目;更正为"), _separator("word,meaning"), _separator("a\\tb")
        (';', ',', '\\t')
    """
    return next((mark for mark in ("\t", ";", "；") if mark in heading and "," not in heading), ",")


def _words(cell: Any) -> str:
    return shown(cell.value, cell.number_format) if cell.value is not None else ""
