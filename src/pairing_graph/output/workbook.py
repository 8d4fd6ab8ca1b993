"""The workbook of a reading: the eight tables, every cell with its address, and an empty sheet for corrections."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pairing_graph.base.extras import require
from pairing_graph.base.safe_cells import is_formula
from pairing_graph.base.words import Language, word
from pairing_graph.kb.schema import TABLES, KnowledgeBase
from pairing_graph.reading.corrections import CELLS, COLUMNS, SHEET, TEXT
from pairing_graph.reading.corrections.values import shown_value

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST = 32_767
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOMENT = datetime(1980, 1, 1)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_WIDTHS = {
    "text": 60,
    "address": 34,
    "unit": 24,
    "as_written": 28,
    "task": 30,
    "document": 24,
    "column": 22,
    "value": 40,
    "alias": 28,
    "name": 28,
}
_WIDTH = 16
_CELL_COLUMNS = ("address", TEXT, "used_for", "page", "sheet", "line")


def workbook_bytes(kb: KnowledgeBase, corrections: Sequence[Sequence[str]] = (), lang: Language | None = None) -> bytes:
    """The workbook as a file's bytes: the same knowledge base gives the same bytes.

    Every text is written as text, never as a formula.

    Args:
        kb: The knowledge base.
        corrections: The sheet of corrections, its heading first; without one, what was corrected when the notices were
            read, and hints.
        lang: The language of the hints; without one, Chinese and English.

    Raises:
        MissingExtraError: openpyxl is not installed.

    Example:
        >>> workbook_bytes(KnowledgeBase())[:2]
        b'PK'
    """
    book = _empty_book()
    hints = [(word("sheet.corrections_hint", one),) for one in ((lang,) if lang else ("zh", "en"))]
    applied = [row for source in kb.sources.values() for row in source.corrections]
    heading, *rows = corrections or [COLUMNS, *hints, *applied]
    _fill(book.create_sheet(SHEET), heading, rows)
    for name, table in kb.tables.items():
        records = (list(row.values()) for row in table.to_dict("records"))
        _fill(book.create_sheet(name), TABLES[name].names, records)
    _fill(book.create_sheet(CELLS), _CELL_COLUMNS, _cells(kb))
    return _bytes_of(book)


def sheet_bytes(name: str, table: pd.DataFrame) -> bytes:
    """A workbook of one sheet as a file's bytes, every text as text.

    Args:
        name: The name of the sheet.
        table: Its rows.

    Raises:
        MissingExtraError: openpyxl is not installed.
    """
    book = _empty_book()
    _fill(book.create_sheet(name), list(table.columns), table.itertuples(index=False))
    return _bytes_of(book)


def _empty_book() -> Workbook:
    book: Workbook = require("openpyxl", "xlsx", "Writing workbooks").Workbook()
    if book.active is not None:
        book.remove(book.active)
    return book


def _bytes_of(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return _without_moment(out.getvalue())


def _cells(kb: KnowledgeBase) -> Iterator[Sequence[Any]]:
    """Every paragraph and every cell, blank ones too: a correction may fill one in."""
    for name, source in kb.sources.items():
        for address, text, place in source.document.pieces(name, blank=True):
            used = source.uses.get(str(address), ())
            yield str(address), text, tuple(used), place.page or "", place.sheet, place.line or ""


def _fill(sheet: Worksheet, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for column, name in enumerate(header, 1):
        _write(sheet, 1, column, name)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, _WIDTH)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            _write(sheet, number, column, value)
            sheet.cell(number, column).alignment = Alignment(vertical="top")
    sheet.freeze_panes = "A2"


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """A number as a number, anything else as text: what begins with = is no formula, now or when it is edited."""
    cell: Any = sheet.cell(row, column)
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value:
        cell.value = value
        return
    text = _ILLEGAL.sub("\ufffd", shown_value(value))
    if text:
        cell.value = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        cell.data_type = "s"
        cell.quotePrefix = is_formula(text)


def _without_moment(data: bytes) -> bytes:
    """The archive with fixed times instead of those of the writing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w") as fixed:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + _MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", content)
            entry = zipfile.ZipInfo(name, _MOMENT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            fixed.writestr(entry, content)
    return out.getvalue()
