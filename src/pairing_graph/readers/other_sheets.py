"""Tables that a user fills in with WPS, LibreOffice or an old Excel: xls and ods, as lines of text."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.extras import require
from pairing_graph.readers.archive import unpack
from pairing_graph.readers.limits import Limits, damaged
from pairing_graph.readers.xlsx_values import shown

_OLE = b"\xd0\xcf\x11\xe0"
_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

Rows = list[tuple[int, list[str]]]
"""The rows of a sheet, each with its number from 1."""


def recognise(data: bytes) -> bool:
    """Whether the bytes are an old Office file or an OpenDocument spreadsheet."""
    return data.startswith(_OLE) or _ODS in data[:200]


def read_other_workbook(data: bytes, file: str, limits: Limits) -> dict[str, Rows]:
    """Name of a sheet → its rows that have cells, each with its number.

    Args:
        data: The bytes of the file.
        file: Its name.
        limits: What it may hold at the most.

    Raises:
        FileError: It is damaged, protected, or larger than the limits.
        MissingExtraError: python-calamine is not installed.
    """
    calamine = require("python_calamine", "xlsx", "Reading xls and ods files", file)
    if not data.startswith(_OLE):
        _refuse_large(unpack(data, file, limits).get("content.xml"), file, limits)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        limits.hold("sheets", len(book.sheet_names), "sheets", file)
        return {name: _rows(book.get_sheet_by_name(name), file, limits) for name in book.sheet_names}
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise FileError(damaged(file, "a workbook (xls, ods) without a password", error)) from error


def _rows(sheet: Any, file: str, limits: Limits) -> Rows:
    limits.hold("columns", sheet.width, "columns", file)
    limits.hold("cells", sheet.height * sheet.width, "cells", file)
    lines = sheet.to_python(skip_empty_area=False)
    return [(number, [_words(value) for value in line]) for number, line in enumerate(lines, 1) if any(line)]


def _words(value: Any) -> str:
    """A value as a spreadsheet shows it; a date at midnight is a day."""
    if isinstance(value, datetime | date):
        return shown(value, "yyyy-mm-dd")
    return shown(value, "General")


def _refuse_large(xml: bytes, file: str, limits: Limits) -> None:
    """Refuse a sheet whose repeated rows and cells would fill the memory.

    Raises:
        FileError: There are more cells than the limit, or the sheets are not well-formed.
    """
    try:
        root = ElementTree.fromstring(xml)
    except (ElementTree.ParseError, ValueError) as error:
        raise FileError(damaged(file, "well-formed sheets", error)) from error
    for table in root.iter(f"{_TABLE}table"):
        height = width = before = 0
        for row in table.iter(f"{_TABLE}table-row"):
            times, filled = _count(row, "rows", file), _filled(row, file)
            height, before = (before + times if filled else height), before + times
            width = max(width, filled)
        limits.hold("cells", height * width, "cells", file)


def _filled(row: ElementTree.Element, file: str) -> int:
    """The column of the last cell of a row that holds something, 0 where none does."""
    last = before = 0
    for cell in row:
        before += _count(cell, "columns", file)
        if len(cell):
            last = before
    return last


def _count(element: ElementTree.Element, what: str, file: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    if not (text.isascii() and text.isdigit()):
        raise FileError(Complaint("The file is damaged or cut off", file, f"a count of repeated {what}", repr(text)))
    return int(text[:9])
