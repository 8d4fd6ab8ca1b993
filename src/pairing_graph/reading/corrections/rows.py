"""The sheet of corrections: read from CSV or a workbook, every row looked at before any is applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import pandas as pd

from pairing_graph.base.errors import Complaint, CorrectionError, FileError, NoticeError
from pairing_graph.base.inputs import file_name, read_bytes
from pairing_graph.base.safe_cells import plain_text
from pairing_graph.base.text import squeeze
from pairing_graph.kb import address as addresses
from pairing_graph.kb.schema import TABLES
from pairing_graph.lexicon.sheet_words import column_of, english_of, is_deletion
from pairing_graph.readers.sheets import LIMITS, Line, read_sheets, trimmed

TEXT = "text"
SHEET = "corrections"
CELLS = "cells"
COLUMNS = ("address", "column", "expected", "value", "reason")
COMMENT = "#"
BLANK = "（空）"
"""The value of the column `expected` for an empty old value."""
DELETION = "删除"
"""The value of a correction that removes; `lexicon/sheet_words.csv` has the others that mean the same."""
DEPENDS = "depends"
"""The column that only the queue of doubts has (`Collection.review`): a row of it with neither value nor reason is still open."""
_NEEDED = ("address", "column", "value", "reason")
_FIXED = frozenset(
    ("task", "document", "address", "inherited_from", "scenario", "as_written", "sha256", "file", "layout")
)
Row = Mapping[str, str]


@dataclass(frozen=True)
class Correction:
    """One correction.

    Attributes:
        address: The place; a row of a table may cite several, joined by a blank.
        column: `text` for the words of a cell or paragraph, else `table.column`.
        value: The new value; 删除 or delete where there is to be none.
        reason: Why.
        expected: The old value when the correction was made, None if not given.
        where: The place of the correction itself, for complaints.
    """

    address: str
    column: str
    value: str
    reason: str
    expected: str | None
    where: str

    @property
    def document(self) -> str:
        """The id of the document that it is made for."""
        return addresses.split(self.address)[0].document

    @property
    def deletes(self) -> bool:
        """Whether it removes what is there."""
        return is_deletion(self.value)

    def complaint(self, what: str, expected: str = "", got: str = "", advice: str = "") -> Complaint:
        """A complaint about this correction."""
        return Complaint(what, f"{self.where} ({self.address}, {self.column})", expected, got, advice)


def correctable() -> tuple[str, ...]:
    """The allowed values of the column `column`.

    Example:
        >>> [name for name in correctable() if name.endswith("role")]
        ['assignments.role']
    """
    tables = (table for table in TABLES.values() if table.name not in ("units", "unread"))
    named = [f"{table.name}.{column}" for table in tables for column in table.names if column not in _FIXED]
    return (TEXT, *named)


def read_corrections(path: str | Path | pd.DataFrame) -> tuple[Correction, ...]:
    """Read corrections from a CSV file, a workbook or a frame; rows whose address begins with # are remarks.

    A workbook made by `write_tables` knows the old values: a row without `expected` is held against them.
    A value is needed: an empty one could mean a merged cell. 删除 (delete) empties a cell, or takes a unit out of a task.

    Args:
        path: A CSV or a frame with the columns address, column, value, reason and, if wanted, expected; or a workbook
            with a sheet `corrections`.

    Raises:
        NoticeError: It is neither the path of a file nor a frame.
        FileError: The file cannot be read or lacks a column.
        CorrectionError: With a complaint for every row that cannot be a correction.
    """
    rows = _rows(_lines(path), SHEET) if isinstance(path, pd.DataFrame) else _of_file(path)
    made: list[Correction] = []
    complaints: list[Complaint] = []
    for where, row in rows:
        found = list(_complaints(where, row))
        complaints += found
        if not found:
            address, column, value, reason = (row[name] for name in _NEEDED)
            made.append(Correction(address, column, value, reason, row.get("expected"), where))
    complaints += _doubled(made)
    if complaints:
        raise CorrectionError(complaints)
    return tuple(made)


def _of_file(path: str | Path) -> Iterator[tuple[str, Row]]:
    if not isinstance(path, str | PathLike):
        expected, got = "the path of one CSV or workbook, or a frame", type(path).__name__
        raise NoticeError(Complaint("These are no corrections", SHEET, expected, got))
    data, file = read_bytes(path, "corrections", LIMITS.file_bytes), file_name(path)
    sheets = read_sheets(data, file, Path(path).suffix, "corrections")
    return _rows(_of_csv(sheets[""]), file) if "" in sheets else _of_workbook(sheets, file)


def _of_csv(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines of a CSV without the apostrophes that keep a spreadsheet from taking a text for a formula."""
    return ((number, [plain_text(cell) for cell in line]) for number, line in lines)


def _lines(rows: pd.DataFrame) -> Iterator[Line]:
    """The heading and the rows of a frame as those of a sheet; what is missing is empty."""
    yield 0, [str(name) for name in rows.columns]
    for number, cells in enumerate(rows.itertuples(index=False), 1):
        yield number, ["" if pd.isna(cell) else str(cell) for cell in cells]


def _of_workbook(sheets: Mapping[str, list[Line]], file: str) -> Iterator[tuple[str, Row]]:
    name = SHEET if SHEET in sheets else next(iter(sheets), "")
    known = known_values(sheets)
    for where, row in _rows(sheets.get(name, []), file):
        old = known.get((row["column"], row["address"]))
        # Where the workbook was written with the correction applied, it no longer knows what stood there before.
        unknown = old is None or squeeze(old) == squeeze(row["value"])
        yield where, row if "expected" in row or unknown else {**row, "expected": old or ""}


def known_values(sheets: Mapping[str, list[Line]]) -> dict[tuple[str, str], str]:
    """The old values that a workbook holds by (column, address), each address that several rows share left out."""
    known: dict[tuple[str, str], str] = {}
    shared: set[tuple[str, str]] = set()
    for name, lines in sheets.items():
        if name not in (*TABLES, CELLS) or not lines:
            continue
        (_, heads), *rest = lines
        header = [english_of(head) for head in heads]
        key = "document" if name == "documents" else "address"
        if key not in header:
            continue
        for _, line in rest:
            row = dict(zip(header, line, strict=False))
            for column, value in row.items():
                place = (TEXT if name == CELLS else f"{name}.{column}", row[key])
                if name == CELLS and column != TEXT:
                    continue
                if place in known:
                    shared.add(place)
                known[place] = value
    return {place: value for place, value in known.items() if place not in shared}


def _rows(lines: Iterable[Line], file: str) -> Iterator[tuple[str, Row]]:
    """The rows below the heading, by the names of their columns."""
    header: list[str] = []
    for number, line in lines:
        cells = trimmed(line)
        if not header:
            header = [english_heading(cell) for cell in cells]
            missing = [name for name in _NEEDED if name not in header]
            if missing:
                got = ", ".join(filter(None, cells))
                raise FileError(Complaint(f"The corrections lack {', '.join(missing)}", file, ", ".join(COLUMNS), got))
            continue
        if any(cells) and not cells[0].startswith(COMMENT):
            row = dict(zip(header, cells, strict=False))
            if DEPENDS in header and not row.get("value") and not row.get("reason"):
                continue
            row = dict.fromkeys(_NEEDED, "") | {name: row[name] for name in COLUMNS if row.get(name)}
            if row.get("expected") == BLANK:
                row["expected"] = ""
            yield f"{file}, row {number}", row
    if not header:
        raise FileError(Complaint("The corrections are empty", file, f"a heading: {', '.join(COLUMNS)}"))


def english_heading(cell: str) -> str:
    """The name of a column, whether its heading is Chinese or English.

    Example:
        >>> english_heading("更正为"), english_heading(" Value ")
        ('value', 'value')
    """
    return column_of(SHEET, cell)


def _complaints(where: str, row: Row) -> Iterator[Complaint]:
    try:
        if not addresses.split(row["address"]):
            advice = "Of a file that could not be read nothing is corrected here: mend it, and read it again."
            yield Complaint("A correction has no address", where, "document!t1r7c4", advice=advice)
    except NoticeError as error:
        yield Complaint("A correction has no valid address", where, "document!t1r7c4", str(error))
    if row["column"] not in correctable():
        yield Complaint("A correction names no column", where, ", ".join(correctable()), repr(row["column"]))
    if not row["value"]:
        expected = f"the new value, or {DELETION} to remove the old one"
        yield Complaint("A correction gives no value", where, expected)
    if not row["reason"]:
        yield Complaint("A correction gives no reason", where, "why the notice is to be read so")


def _doubled(corrections: Iterable[Correction]) -> Iterator[Complaint]:
    seen: dict[tuple[str, str, str | None], Correction] = {}
    for correction in corrections:
        place = (correction.address, correction.column, correction.expected)
        if place in seen:
            yield correction.complaint("The same place is corrected twice", got=f"also in {seen[place].where}")
        seen.setdefault(place, correction)
