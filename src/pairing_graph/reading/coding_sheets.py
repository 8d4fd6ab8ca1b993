"""A filled-in coding sheet, read: whatever is wrong in it is said at once, row by row, and names are taken as they are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, FileError, NoticeError
from pairing_graph.base.inputs import file_name, is_folder, read_bytes
from pairing_graph.base.text import fold_width, split_list, squeeze
from pairing_graph.kb.address import Address
from pairing_graph.kb.schema import COMPARATORS, ROLES
from pairing_graph.lexicon.patterns import is_blank
from pairing_graph.lexicon.sheet_words import column_of, decision_of, meaning_of
from pairing_graph.readers.sheets import LIMITS, Line, read_sheets, trimmed
from pairing_graph.reading.codings import SHEETS, Aimed, Assigned, Coding, Paired, Places, place_of

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "assignments": ("address", "words", *ROLES, "remark"),
    "pairings": ("address", "words", "donor", "recipient", "direction", "remark"),
    "targets": ("address", "words", "value", "value_max", "comparator", "quantity_unit", "aspirational", "remark"),
}
"""The columns of each sheet to fill in."""
_LONG = ("unit", "role")
"""Columns of a table of assignments with a row for each unit, as programs write them."""
NOT_ANSWERS = ("address", "words", "remark", "")
"""Columns whose cells are no entry: what is given, and remarks."""
_SEPARATORS = "、；;，,\n"
_LONGEST_SHOWN = 100
Row = Mapping[str, str]


@dataclass
class _Sheet:
    """A sheet as it is read: its facts, its places, its complaints."""

    name: str
    where: str
    places: Places
    facts: list[Any] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    answered: bool = False
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, row: int, column: str, what: str, expected: str, got: str, advice: str = "") -> None:
        """Keep a complaint about a cell."""
        where = f"{self.where}, row {row}, column {column}"
        self.complaints.append(Complaint(what, where, expected, repr(got[:_LONGEST_SHOWN]), advice))


def read_coding(path: str | Path, places: Places, name: str = "") -> Coding:
    """What a coder wrote into a sheet that `coding_sheet` made: a workbook, a CSV of one kind, or a folder of CSVs.

    A name of a unit is looked up as written at its place, then by its full or short name or an alias; one that fits
    none or several stays as it is. A sheet in which nothing is filled in was not coded; 无 in any cell says that there
    is nothing.

    Args:
        path: The file or folder.
        places: The places of the knowledge base that the sheet was made for.
        name: The coder's name; by default the file's stem.

    Raises:
        FileError: It cannot be read, or holds what a coding may not, with all complaints at once.
    """
    given = Path(path)
    files = sorted(given.glob("*.csv")) if is_folder(given) else [given]
    if not files:
        raise FileError(Complaint("There is no coding in the folder", str(path), "assignments.csv, pairings.csv …"))
    read, complaints = [], []
    for file in files:
        data, shown = read_bytes(file, "coding sheet", LIMITS.file_bytes), file_name(file)
        for title, lines in read_sheets(data, shown, file.suffix, "coding sheet").items():
            where = f"{shown}, sheet {title}" if title else shown
            sheet = _sheet_of(title or file.stem, where, lines, places)
            if sheet:
                read.append(sheet)
    complaints = [complaint for sheet in read for complaint in sheet.complaints]
    if not read:
        expected = f"a sheet {', '.join(SHEETS)} with the headings of coding_sheet"
        complaints = [Complaint("There is nothing to code in the file", str(path), expected, "none")]
    if complaints:
        raise FileError(complaints)
    return _coding(name or file_name(given.with_suffix("")), read)


def coding_of_frames(frames: Mapping[str, pd.DataFrame], places: Places, name: str) -> Coding:
    """What a coder says in frames: assignments (address, unit, role), pairings, targets, as in the sheets.

    Every row is a fact, and the coder is taken to have looked at every place.

    Raises:
        FileError: There is no such kind of fact, a column is missing, or a row holds what it may not.
    """
    strange = [Complaint("There is no such sheet", str(key), ", ".join(SHEETS)) for key in frames if key not in SHEETS]
    if strange:
        raise FileError(strange)
    read, complaints = [], []
    for key, table in frames.items():
        lines: list[Line] = [(1, [str(column) for column in table.columns])]
        for number, row in enumerate(table.itertuples(index=False), 2):
            lines.append((number, ["" if _is_missing(cell) else str(cell) for cell in row]))
        sheet = _sheet_of(key, f"{name}, frame {key}", lines, places)
        if sheet is None:
            got = ", ".join(map(str, table.columns))
            complaints.append(Complaint("A frame lacks a column", f"{name}, {key}", ", ".join(COLUMNS[key]), got))
        else:
            sheet.answered = True
            read.append(sheet)
    complaints += [complaint for sheet in read for complaint in sheet.complaints]
    if complaints:
        raise FileError(complaints)
    coding = _coding(name, read)
    return Coding(name, coding.assignments, coding.pairings, coding.targets, dict.fromkeys(coding.listed))


def _is_missing(cell: Any) -> bool:
    return cell is None or cell is pd.NA or cell != cell


def _coding(name: str, sheets: Sequence[_Sheet]) -> Coding:
    facts: dict[str, list[Any]] = {sheet: [] for sheet in SHEETS}
    listed: dict[str, frozenset[str]] = {}
    for sheet in sheets:
        if sheet.answered:
            facts[sheet.name] += sheet.facts
            listed[sheet.name] = listed.get(sheet.name, frozenset()) | frozenset(sheet.listed)
    assigned, paired, aimed = (facts[sheet] for sheet in SHEETS)
    return Coding(name, frozenset(assigned), frozenset(paired), tuple(aimed), dict(listed))


def _sheet_of(title: str, where: str, lines: Iterable[Line], places: Places) -> _Sheet | None:
    """A sheet by its headings; None for one that is not to be filled in, such as the instructions."""
    rows = [(number, trimmed(line)) for number, line in lines]
    rows = [(number, line) for number, line in rows if any(line)]
    if not rows:
        return None
    header = [heading_of(cell) for cell in rows[0][1]]
    name = _kind_of(header)
    if not name:
        if any(key in title.lower() for key in SHEETS):
            expected = ", ".join(COLUMNS[next(key for key in SHEETS if key in title.lower())])
            sheet = _Sheet("assignments", where, places)
            sheet.complain(rows[0][0], "1", "The sheet lacks a column", expected, ", ".join(filter(None, rows[0][1])))
            return sheet
        return None
    sheet = _Sheet(name, where, places)
    for number, line in rows[1:]:
        _read_row(sheet, number, dict(zip(header, line, strict=False)))
    return sheet


def heading_of(cell: str) -> str:
    """The name of a column, whether its heading is Chinese, English, or both.

    Example:
        >>> heading_of("牵头 lead"), heading_of("地址"), heading_of("Address")
        ('lead', 'address', 'address')
    """
    known = {name for columns in COLUMNS.values() for name in columns} | {*_LONG}
    whole = column_of("coding", squeeze(cell))
    return whole if whole in known or not cell.split() else column_of("coding", cell.split()[-1])


def _kind_of(header: Sequence[str]) -> str:
    if "address" not in header:
        return ""
    found = set(header)
    if {"donor", "recipient"} <= found:
        return "pairings"
    if {"value", "comparator"} <= found:
        return "targets"
    return "assignments" if found & {*ROLES} or {*_LONG} <= found else ""


def _read_row(sheet: _Sheet, number: int, row: Row) -> None:
    answers = {column: cell for column, cell in row.items() if column not in NOT_ANSWERS and cell}
    sheet.answered |= bool(answers)
    place = _place(sheet, number, row.get("address", ""), bool(answers))
    if not place:
        return
    sheet.listed.add(place)
    filled = {column: cell for column, cell in answers.items() if not is_blank(cell)}
    if filled:
        sheet.facts += _READ[sheet.name](sheet, number, place, filled)


def _place(sheet: _Sheet, number: int, words: str, answered: bool) -> str:
    """The place that an address names; an address without a document is of the only one that there is."""
    text = squeeze(words)
    expected = "an address of the sheet notice, such as t1r5 or p12"
    if not text:
        if answered:
            sheet.complain(number, "address", "A row is filled in without an address", expected, words)
        return ""
    documents = sheet.places.documents
    if "!" not in text and len(documents) == 1:
        text = f"{documents[0]}!{fold_width(text).lower()}"
    try:
        address = Address.parse(text)
    except NoticeError:
        sheet.complain(number, "address", "This is no address", expected, words)
        return ""
    place = place_of(text)
    known = sheet.places.words
    if address.document not in documents or (address.document in sheet.places.kb.sources and place not in known):
        advice = "Was the sheet made for this notice?" if address.document not in documents else ""
        sheet.complain(number, "address", "The notice has no such row or paragraph", expected, words, advice)
        return ""
    return place if sheet.name == "pairings" else sheet.places.home(place)


def _names(sheet: _Sheet, place: str, cell: str) -> list[str]:
    names = [span.text for span in split_list(cell, _SEPARATORS)]
    return list(dict.fromkeys(sheet.places.unit(name, place) for name in names if not is_blank(name)))


def _assignments(sheet: _Sheet, number: int, place: str, row: Row) -> Iterator[Assigned]:
    if "unit" in row or "role" in row:
        role = meaning_of("role", row.get("role", ""))
        if not role or not row.get("unit"):
            what = "A row needs a unit and a role"
            sheet.complain(number, "role", what, ", ".join(ROLES), f"{row.get('unit', '')}, {row.get('role', '')}")
            return
        yield from (Assigned(place, unit, role) for unit in _names(sheet, place, row["unit"]))
    for role in ROLES:
        yield from (Assigned(place, unit, role) for unit in _names(sheet, place, row.get(role, "")))


def _pairings(sheet: _Sheet, number: int, place: str, row: Row) -> Iterator[Paired]:
    donors, recipients = (_names(sheet, place, row.get(side, "")) for side in ("donor", "recipient"))
    if not donors or not recipients:
        missing = "recipient" if donors else "donor"
        sheet.complain(number, missing, "A pairing has one side only", "units on both sides", row.get(missing, ""))
        return
    direction = meaning_of("direction", row.get("direction", "known"))
    if not direction:
        sheet.complain(number, "direction", "The direction is not understood", "明确 or 不明", row["direction"])
    for donor in donors:
        yield from (Paired(place, donor, other, direction != "unknown") for other in recipients)


def _targets(sheet: _Sheet, number: int, place: str, row: Row) -> Iterator[Aimed]:
    value, most = (_number(sheet, number, column, row.get(column, "")) for column in ("value", "value_max"))
    comparator = meaning_of("comparator", row.get("comparator", "="))
    if not comparator:
        sheet.complain(
            number, "comparator", "The comparator is not understood", ", ".join(COMPARATORS), row["comparator"]
        )
    decided = decision_of(row.get("aspirational", ""))
    if decided == "unknown":
        sheet.complain(number, "aspirational", "This is neither yes nor no", "是, 否 or nothing", row["aspirational"])
    if "value" not in row:
        sheet.complain(number, "value", "A target has no value", "a number such as 5000", "")
    if value is not None and comparator:
        yield Aimed(place, value, most, squeeze(row.get("quantity_unit", "")), comparator, decided == "yes")


def _number(sheet: _Sheet, number: int, column: str, cell: str) -> float | None:
    if not cell:
        return None
    try:
        value = float(fold_width(cell).replace(",", ""))
    except ValueError:
        value = math.nan
    if math.isfinite(value) and "_" not in cell:
        return value
    expected = "a number such as 5000, its unit (万元) in quantity_unit, the upper end of a range in value_max"
    sheet.complain(number, column, "This is no number", expected, cell)
    return None


_READ: Mapping[str, Any] = {"assignments": _assignments, "pairings": _pairings, "targets": _targets}
