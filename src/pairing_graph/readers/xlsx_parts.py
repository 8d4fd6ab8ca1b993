"""Reduce a workbook to what is read: cell values, number formats, shared strings.

What openpyxl would expand over ranges (merges, links, comments, tables, shared formulas) is counted or dropped before
it opens the file.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from xml.etree import ElementTree

from pairing_graph.base.errors import FileError
from pairing_graph.readers import archive
from pairing_graph.readers.limits import Limits, damaged
from pairing_graph.readers.markup import Trimmer
from pairing_graph.readers.packages import (
    KINDS,
    TYPES,
    Relation,
    relations,
    relations_of,
    relations_part,
    root,
    types_part,
)

WORKBOOK = "xl/workbook.xml"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of a sheet of Excel 2007 and later
_LONGEST_FORMULA = 8_192  # characters, Excel's own limit
_CELLS = ("sheetData", "row", "c", "v", "f", "is", "t", "r")
_AROUND_CELLS = ("mergeCell", "col")
_STRINGS = ("si", "t", "r")
_FORMATS = ("numFmts", "numFmt", "cellXfs", "xf")
_AREA = re.compile(r"\$?([A-Z]{1,3})?\$?([0-9]{1,7})?(?::\$?([A-Z]{1,3})?\$?([0-9]{1,7})?)?")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_TRUE = ("1", "true", "on")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass
class Sheet:
    """Properties of a sheet besides the values of its cells.

    Attributes:
        title: Its name.
        hidden: Whether it is hidden.
        merges: Upper left cell → last row and column of a merged cell.
        formulas: Row and column → formula of a cell that was saved without a value.
        hidden_rows: Hidden rows.
        hidden_columns: Letters of hidden columns, the first of each group.
        cells: How many cells it has.
        columns: Its last column.
        merged: Cells covered by merged cells.
        comments: Place and words of each comment.
    """

    title: str
    hidden: bool
    merges: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[str] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    cells: int = 0
    columns: int = 0
    merged: int = 0
    comments: list[tuple[str, str]] = field(default_factory=list)


def cut_down(data: bytes, file: str, limits: Limits) -> tuple[io.BytesIO, list[Sheet]]:
    """A workbook of bare cells for openpyxl to open, and the other properties of its sheets, in the same order.

    Raises:
        FileError: The file is damaged, encrypted or larger than the limits.
    """
    parts = archive.unpack(data, file, limits)
    related = relations(parts, relations_of(WORKBOOK), "xl", file)
    bare: dict[str, bytes] = {}
    sheets: list[Sheet] = []
    for title, hidden, member in _sheets(parts, related, file):
        limits.hold("sheets", len(sheets) + 1, "sheets", file)
        sheet = Sheet(title, hidden)
        bare[f"xl/worksheets/sheet{len(sheets) + 1}.xml"] = _SheetTrimmer(sheet, file).trimmed(parts.get(member))
        sheet.comments += _comments(parts, member, file)
        sheets.append(sheet)
        limits.hold("cells", sum(sheet.cells for sheet in sheets), "cells", file)
        limits.hold("cells", sum(sheet.merged for sheet in sheets), "merged cells", file)
    for kind, kept in (("sharedStrings", _STRINGS), ("styles", _FORMATS)):
        member = next((one.member for one in related.values() if one.kind == kind), f"xl/{kind}.xml")
        if parts.get(member):
            bare[f"xl/{kind}.xml"] = Trimmer(kept).trimmed(parts.get(member))
    return archive.packed(_frame(len(sheets), root(parts, WORKBOOK, file), bare) | bare), sheets


def column_number(letters: str) -> int:
    """The number of a column from its letters.

    Example:
        >>> column_number("A"), column_number("XFD")
        (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def area_of(reference: str) -> tuple[int, int, int, int] | None:
    """First row and column, last row and column of a range; None if it is not a range.

    Example:
        >>> area_of("B2:A1"), area_of("$A$1:$XFD$1048576"), area_of("A:B"), area_of("A1:")
        ((1, 1, 2, 2), (1, 1, 1048576, 16384), (1, 1, 1048576, 2), None)
    """
    match = _AREA.fullmatch(reference.rpartition("!")[2].upper())
    if not match or not (match[1] or match[2]):
        return None
    if ":" not in reference:
        left, top, right, bottom = match[1], match[2], match[1], match[2]
    else:
        left, top, right, bottom = match.groups()
    if bool(left) != bool(right) or bool(top) != bool(bottom):
        return None
    columns = sorted(column_number(letters) for letters in (left, right)) if left else [1, LAST_COLUMN]
    rows = sorted(int(digits) for digits in (top, bottom)) if top else [1, LAST_ROW]
    return rows[0], columns[0], rows[1], columns[1]


class _SheetTrimmer(Trimmer):
    """Reduces a sheet to its cells and records merges, formulas and hidden rows."""

    def __init__(self, sheet: Sheet, file: str) -> None:
        super().__init__(_CELLS, _AROUND_CELLS)
        self._sheet = sheet
        self._file = file
        self._row = self._column = 0
        self._formula: str | None = None
        self._shared: dict[str, str] = {}
        self._share = ""
        self._began = 0
        self._valued = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Count rows, cells and merges; refuse invalid positions."""
        if name == "c":
            self._begin_cell(attributes.get("r"))
        elif name == "row":
            self._begin_row(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in _TRUE:
            self._sheet.hidden_columns.append(_letters(attributes.get("min", "")))
        elif name in ("f", "v", "is"):
            self._began = self.behind_tag(self.position())
            self._share = attributes.get("si", "") if attributes.get("t") == "shared" else ""

    def finish(self, name: str) -> None:
        """Keep the formula of a cell without a value."""
        if name == "f":
            words = self._within()
            if self._share and words:
                self._shared[self._share] = words
            self._formula = words or self._shared.get(self._share, "")
        elif name in ("v", "is"):
            self._valued = self._valued or bool(self._within())
        elif name == "c" and self._formula and not self._valued:
            self._sheet.formulas[self._row, self._column] = f"={self._formula}"

    def _within(self) -> str:
        """The content of the element that ends here, as written."""
        return html.unescape(self.source(self._began, self.position()).strip())[:_LONGEST_FORMULA]

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        written = attributes.get("r", str(self._row + 1))
        try:
            number = float(written)
        except ValueError:
            number = 0
        if not 1 <= number <= LAST_ROW:
            raise FileError(damaged(self._file, f"a row of 1 to {LAST_ROW:,}", f"row {written!r}"))
        self._row, self._column = int(number), 0
        if attributes.get("hidden") in _TRUE:
            self._sheet.hidden_rows.append(str(self._row))

    def _begin_cell(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
        else:
            match = _CELL.fullmatch(reference.upper())
            self._row, self._column = (int(match[2]), column_number(match[1])) if match else (0, 0)
        if not (1 <= self._row <= LAST_ROW and 1 <= self._column <= LAST_COLUMN):
            raise FileError(damaged(self._file, "a cell between A1 and XFD1048576", repr(reference)))
        self._formula, self._valued = None, False
        self._sheet.cells += 1
        self._sheet.columns = max(self._sheet.columns, self._column)

    def _merge(self, reference: str) -> None:
        area = area_of(reference)
        if area is None:
            raise FileError(damaged(self._file, "a merged cell such as A1:B2", repr(reference)))
        top, left, bottom, right = area
        self._sheet.merges[top, left] = (bottom, right)
        self._sheet.merged += (bottom - top + 1) * (right - left + 1)


def _letters(number: str) -> str:
    """The letters of a column, from an attribute with its number.

    Example:
        >>> _letters("28"), _letters("16384"), _letters("many")
        ('AB', 'XFD', 'many')
    """
    if not re.fullmatch(r"[0-9]{1,5}", number):
        return number
    letters, rest = "", int(number)
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _sheets(parts: archive.Parts, related: Mapping[str, Relation], file: str) -> Iterator[tuple[str, bool, str]]:
    """Title, whether hidden, and part of every sheet of cells, in the order of the workbook."""
    for item in root(parts, WORKBOOK, file).iterfind(f"{{{_MAIN}}}sheets/{{{_MAIN}}}sheet"):
        relation = related.get(item.get(f"{{{KINDS}}}id", ""))
        if relation and relation.kind == "worksheet" and parts.get(relation.member):
            yield item.get("name", ""), item.get("state", "visible") != "visible", relation.member


def _comments(parts: archive.Parts, member: str, file: str) -> Iterator[tuple[str, str]]:
    """The place and words of each comment on a sheet; a damaged part with comments is named, damaged links are passed over."""
    with suppress(FileError):
        linked = (
            relations(parts, relations_of(member), posixpath.dirname(member), file)
            if parts.get(relations_of(member))
            else {}
        )
        for relation in linked.values():
            if relation.kind == "comments":
                yield from _comments_in(parts, relation.member, file)


def _comments_in(parts: archive.Parts, member: str, file: str) -> list[tuple[str, str]]:
    try:
        comments = root(parts, member, file).iter(f"{{{_MAIN}}}comment")
    except FileError:
        return [("", member)]
    words = [
        (one.get("ref", ""), "".join(text.text or "" for text in one.iter(f"{{{_MAIN}}}t")).strip()) for one in comments
    ]
    return [(place, text) for place, text in words if text]


def _frame(count: int, workbook: ElementTree.Element, bare: Mapping[str, bytes]) -> dict[str, bytes]:
    """New package parts: content types, relations and the list of sheets."""
    properties = workbook.find(f"{{{_MAIN}}}workbookPr")
    since_1904 = properties is not None and properties.get("date1904") in _TRUE
    numbers = range(1, count + 1)
    sheets = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="rId{number}"/>' for number in numbers)
    book = f'<workbookPr date1904="{int(since_1904)}"/><sheets>{sheets}</sheets>'
    listed = [(f"rId{number}", "worksheet", f"/xl/worksheets/sheet{number}.xml") for number in numbers]
    kinds = {"xl/sharedStrings.xml": "sharedStrings", "xl/styles.xml": "styles", WORKBOOK: "sheet.main"}
    types = {name: f"{_TYPE}.{kind}+xml" for name, kind in kinds.items() if name in bare or name == WORKBOOK}
    return {
        TYPES: types_part(types),
        WORKBOOK: f'<workbook xmlns="{_MAIN}" xmlns:r="{KINDS}">{book}</workbook>'.encode(),
        relations_of(WORKBOOK): relations_part(listed),
    }
