"""The workbook of a reading: a sheet for corrections, the eight tables, every cell, the measures and their evidence."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from pairing_graph.base.errors import NoticeError
from pairing_graph.base.extras import require
from pairing_graph.base.safe_cells import cut_text, is_formula
from pairing_graph.base.words import Language, word
from pairing_graph.kb.address import Address, whole_cell
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import TABLES
from pairing_graph.measures.relations import keeping
from pairing_graph.measures.results import Results, offered, on_request
from pairing_graph.output.evidence_sheet import COLUMNS as EVIDENCE_COLUMNS
from pairing_graph.output.evidence_sheet import EVIDENCE, Evidence, evidence_of, labels
from pairing_graph.output.headings import heading, sheet_meaning
from pairing_graph.reading.corrections import CELLS, COLUMNS, SHEET, TEXT
from pairing_graph.reading.corrections.values import shown_value

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOMENT = datetime(1980, 1, 1)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_NARROWEST, _WIDEST = 9, 56
"""Widths of columns in digits: a heading of four Chinese characters, and a line that the eye still finds back from."""
_LINE, _MOST_LINES = 15.0, 27
"""Points of a line, the default of a workbook; Excel has no row of more than 409 points."""
_MEASURED_ROWS = 400
"""Rows that decide the width of a column; beyond them a longer text is rare, and is wrapped."""
_DECIMALS = "0.000"
_MOST_TASKS = 3_000
"""Tasks up to which measures have sheets: some of them take minutes for more, and `pairing-graph measures` gives each alone."""
_NOT_SHOWN = ("lorenz",)
"""Columns of measures that are curves, not values."""
CONTENTS = "contents"
_LINK = "0563C1"
_CELL_COLUMNS = ("address", TEXT, "used_for", "page", "sheet", "line")
_LAST_CELL_COLUMN = "F"


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
    book = empty_book()
    hints = [(word("sheet.corrections_hint", one),) for one in ((lang,) if lang else ("zh", "en"))]
    applied = [row for source in kb.sources.values() for row in source.corrections]
    names, *rows = corrections or [COLUMNS, *hints, *applied]
    _fill(book.create_sheet(SHEET), names, rows, wide=("address", "column", "expected", "value", "reason"))
    cells = list(_cells(kb))
    places = Places(_rows_of(cells))
    for name, table in kb.tables.items():
        records = (list(row.values()) for row in table.to_dict("records"))
        _fill(book.create_sheet(name), TABLES[name].names, records, name, lang, places=places)
    _fill(book.create_sheet(CELLS), _CELL_COLUMNS, cells, CELLS, lang)
    measures = _measures(kb, lang)
    evidence = evidence_of(kb, measures)
    for name, table in measures.items():
        _fill_measure(book.create_sheet(name), name, table, lang, places, evidence)
    if measures:
        _fill(book.create_sheet(EVIDENCE), EVIDENCE_COLUMNS, evidence.rows, EVIDENCE, lang, places=places)
    _fill_contents(book, kb, lang, {name: _why_left_out(kb, name) for name in offered() if name not in measures})
    return book_bytes(book)


def _rows_of(cells: Iterable[Sequence[Any]]) -> dict[str, int]:
    """The row of every cell in the sheet of cells, and of a whole row of a table that of its first cell."""
    rows: dict[str, int] = {}
    for number, (address, *_) in enumerate(cells, 2):
        rows[address] = number
        rows.setdefault(str(replace(Address.parse(address), column=0)), number)
    return rows


def own_sheets() -> frozenset[str]:
    """The sheets that a workbook may have beside the tables, the cells and the corrections."""
    return frozenset((CONTENTS, EVIDENCE, *offered()))


def _measures(kb: KnowledgeBase, lang: Language | None) -> dict[str, pd.DataFrame]:
    """The measures that find something; none where nothing was read or there is too much."""
    if (kb.tasks.empty and kb.pairings.empty) or len(kb.tasks) > _MOST_TASKS:
        return {}
    with keeping():
        results = Results(kb, lang or "zh")
        found = {name: results[name] for name in offered() if name not in on_request()}
    return {name: table for name, table in found.items() if len(table)}


def _fill_measure(
    sheet: Worksheet, name: str, table: pd.DataFrame, lang: Language | None, places: Places, evidence: Evidence
) -> None:
    """A measure, its numbers linked to their block of evidence."""
    flat = table.reset_index() if table.index.names != [None] else table
    flat = flat[[column for column in flat if column not in _NOT_SHOWN]]
    columns = list(map(str, flat))
    _fill(sheet, columns, flat.itertuples(index=False), name, lang, places=places, decimals=True)
    for number, label in enumerate(labels(table), 2):
        for place, column in enumerate(columns, 1):
            block = evidence.blocks.get((name, label, column))
            if block:
                _link(sheet, number, place, EVIDENCE, f"A{block[0]}:F{block[1]}")


def _why_left_out(kb: KnowledgeBase, name: str) -> str:
    """The reason in the catalogue why a measure has no sheet."""
    if name in on_request():
        return "on_request"
    return "large" if len(kb.tasks) > _MOST_TASKS else "empty"


def _fill_contents(book: Workbook, kb: KnowledgeBase, lang: Language | None, left_out: Mapping[str, str]) -> None:
    """Every sheet with what it holds, its rows, and a link to it; then the measures that have none, and why.

    Of a part the first line says of what it is one.
    """
    languages: tuple[Language, ...] = (lang,) if lang else ("zh", "en")

    def said(name: str, reason: str = "") -> str:
        parts = {one: [sheet_meaning(name, one)] for one in languages}
        for one, part in parts.items():
            if reason:
                part.append(word(f"sheet.left_out.{reason}", one, name=name, most=f"{_MOST_TASKS:,}"))
        joined = (word("colon", one).join(filter(None, part)) for one, part in parts.items())
        return " · ".join(filter(None, joined))

    rows: list[tuple[str, str, int | None]] = [
        (sheet.title, said(sheet.title), sheet.max_row - 1) for sheet in book.worksheets
    ]
    missing = [(name, said(name, reason), None) for name, reason in left_out.items()]
    part = [("", " · ".join(kb.part.said(one) for one in languages), None)] if kb.part else []
    contents = book.create_sheet(CONTENTS)
    _fill(contents, ("sheet", "meaning", "rows"), [*part, *rows, *missing], CONTENTS, lang)
    for number, (title, _, _) in enumerate(rows, 2 + len(part)):
        _link(contents, number, 1, title, "A1")


def sheet_bytes(name: str, table: pd.DataFrame) -> bytes:
    """A workbook of one sheet as a file's bytes, every text as text.

    Args:
        name: The name of the sheet.
        table: Its rows.

    Raises:
        MissingExtraError: openpyxl is not installed.
    """
    book = empty_book()
    _fill(book.create_sheet(name), list(table.columns), table.itertuples(index=False), wide=list(table.columns))
    return book_bytes(book)


def empty_book() -> Workbook:
    """A workbook without sheets."""
    book: Workbook = require("openpyxl", "xlsx", "Writing workbooks").Workbook()
    if book.active is not None:
        book.remove(book.active)
    return book


def book_bytes(book: Workbook) -> bytes:
    """A workbook as a file's bytes, without the moment of writing."""
    out = io.BytesIO()
    book.save(out)
    return _without_moment(out.getvalue())


def _cells(kb: KnowledgeBase) -> Iterator[Sequence[Any]]:
    """Every paragraph and every cell, blank ones too: a correction may fill one in."""
    for name, source in kb.sources.items():
        for address, text, place in source.document.pieces(name, blank=True):
            used = source.uses.get(str(address), ())
            yield str(address), text, tuple(used), place.page or "", place.sheet, place.line or ""


def _fill(
    sheet: Worksheet,
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    table: str = "",
    lang: Language | None = "en",
    *,
    places: Places | None = None,
    decimals: bool = False,
    wide: Sequence[str] = (),
) -> None:
    """A heading that stays, a filter, widths by what is in the columns, and addresses that lead to their cell."""
    from openpyxl.styles import Alignment, Font

    heads = [heading(table, name, lang) if table else name for name in names]
    widths = [max(_NARROWEST, *map(_width, head.split("\n"))) + 3 for head in heads]
    widths = [max(width, 24) if name in wide else width for name, width in zip(names, widths, strict=True)]
    top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    for column, head in enumerate(heads, 1):
        write_cell(sheet, 1, column, head)
        cell = sheet.cell(1, column)
        cell.font, cell.alignment = bold, top
    last = 1
    for last, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            write_cell(sheet, last, column, value)
            cell = sheet.cell(last, column)
            cell.alignment = top
            if decimals and isinstance(cell.value, float):
                cell.number_format = _DECIMALS if cell.value % 1 else "0"
            if last <= _MEASURED_ROWS and column <= len(widths) and isinstance(cell.value, str):
                widths[column - 1] = max(widths[column - 1], _width(cell.value) + 2)
            if places and column <= len(names) and names[column - 1] == "address":
                target = places.of(str(value))
                if target:
                    _link(sheet, last, column, CELLS, f"A{target}:{_LAST_CELL_COLUMN}{target}")
    _lay_out(sheet, widths, last, len(heads), filtered=bool(table))


def _lay_out(sheet: Worksheet, widths: Sequence[int], rows: int, columns: int, *, filtered: bool) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = min(width, _WIDEST)
    sheet.freeze_panes = "A2"
    if filtered and rows > 1:
        sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows}"
    _set_heights(sheet, [min(width, _WIDEST) for width in widths])
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0  # As many pages as it takes, one wide.
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _set_heights(sheet: Worksheet, widths: Sequence[float]) -> None:
    """The heights of rows that have several lines: Excel finds them by itself, LibreOffice and WPS do not."""
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [(value, width) for value, width in zip(row, widths, strict=False) if isinstance(value, str)]
        lines = max((_lines(value, width) for value, width in cells), default=1)
        if lines > 1:
            sheet.row_dimensions[number].height = _LINE * min(lines, _MOST_LINES)


def _lines(text: str, width: float) -> int:
    """The lines that a text takes in a column."""
    return sum(max(1, ceil(_width(line) / max(width - 1, 1))) for line in text.splitlines())


def _width(text: str) -> int:
    """The width of the widest line in digits; a Chinese character takes two."""
    lines = text.splitlines() or [""]
    return max(sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line) for line in lines)


def _link(sheet: Worksheet, row: int, column: int, target: str, place: str) -> None:
    """A link within the workbook; what the cell holds stays as it is."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell: Any = sheet.cell(row, column)
    if cell.value is None:
        return
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{target}'!{place}")
    cell.font = Font(color=_LINK, underline="single")


@dataclass(frozen=True)
class Places:
    """The row of every cell and paragraph in the sheet of cells."""

    rows: Mapping[str, int]

    def of(self, addresses: str) -> int:
        """The row of the first of some addresses; 0 where the sheet does not hold it."""
        first = addresses.split()[:1]
        if not first:
            return 0
        try:
            return self.rows.get(whole_cell(first[0]), 0)
        except NoticeError:
            return 0


def write_cell(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """A number as a number, anything else as text: what begins with = is no formula, now or when it is edited."""
    cell: Any = sheet.cell(row, column)
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value:
        cell.value = value
        return
    text = _ILLEGAL.sub("\ufffd", shown_value(value))
    if text:
        cell.value = cut_text(text)
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
