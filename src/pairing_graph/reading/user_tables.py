"""A user's own rows for two tables of the lexicon: further aliases and further heading words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.inputs import file_name, read_bytes
from pairing_graph.base.reference import Row, reference
from pairing_graph.lexicon.sheet_words import column_of, decision_of
from pairing_graph.readers.sheets import read_sheets, trimmed

DECISION = "decision"
"""A column that a table of aliases may have: a row applies where it says yes."""
YES = "是 or yes in the column decision of one row at least"
"""What is expected of a table that decides something."""
_MOST_BYTES = 20_000_000
"""Bytes of a user's own table; the names of all townships of China take five million."""
_FILLED = {"headers": ("word",), "aliases": ("alias", "name")}
"""Columns in which no cell may be empty."""
_CLOSED = {"headers": ("meaning", "match")}
"""Columns that take only words which the package's own table uses there."""

Numbered = tuple[int, Row]
"""A row of a table with its number in the file."""


def read_reference(table: str, path: str | Path) -> tuple[Row, ...]:
    """A user's own rows for a reference table, out of a CSV or workbook with the same columns.

    A CSV may be in UTF-8, GB18030 or UTF-16; of a workbook the sheet with the name of the table counts, else the first.
    Rows of a table of aliases with a column `decision` count where that says yes; an alias of an alias leads to its name.

    Raises:
        FileError: The file cannot be read, is empty or lacks a column, or a row has too many cells, an empty word, an
            unknown meaning, match or decision; or rows of aliases contradict each other. All complaints at once.
    """
    header, rows = read_rows(table, path)
    complaints = list(_strange(table, rows, str(path)))
    if table == "aliases":
        complaints += _undecided(rows, str(path))
        rows = [row for row in rows if DECISION not in header or decision_of(row[1][DECISION]) == "yes"]
        contradictions, rows = _settled(rows, str(path))
        complaints += contradictions
    if complaints:
        raise FileError(complaints)
    return tuple({name: row[name] for name in reference(table)[0]} for _, row in rows)


def read_rows(table: str, path: str | Path) -> tuple[list[str], list[Numbered]]:
    """The names of the columns of a user's table, and its rows as they are, whatever was decided about them.

    Raises:
        FileError: The file cannot be read, is empty or lacks a column, or a row has too many cells.
    """
    wanted = tuple(reference(table)[0])
    what = f"table of {table}"
    sheets = read_sheets(read_bytes(path, what, _MOST_BYTES), file_name(path), Path(path).suffix, what)
    lines = sheets.get(table) or next(iter(sheets.values()), [])
    numbered = [(number, trimmed(line)) for number, line in lines]
    if not any(any(line) for _, line in numbered):
        raise FileError(Complaint(f"The {what} is empty", str(path), f"a CSV with the columns {', '.join(wanted)}"))
    header = [column_of(table, cell) for cell in numbered[0][1]]
    if not set(wanted) <= set(header):
        expected = ", ".join(wanted)
        raise FileError(Complaint(f"The table of {table} lacks a column", str(path), expected, ", ".join(header)))
    filled = [(number, line) for number, line in numbered[1:] if any(line)]
    complaints = [
        Complaint("The row has more cells than the heading", f"{path}, row {number}", str(len(header)), str(len(line)))
        for number, line in filled
        if any(line[len(header) :])
    ]
    if complaints:
        raise FileError(complaints)
    blank = dict.fromkeys((*wanted, *filter(None, header)), "")
    return header, [(number, blank | dict(zip(header, line, strict=False))) for number, line in filled]


def _strange(table: str, rows: Iterable[Numbered], path: str) -> Iterator[Complaint]:
    """Cells that may not be empty, and cells with a word that the package's own table does not use in that column."""
    for number, row in rows:
        where = f"{path}, row {number}"
        for name in _FILLED.get(table, ()):
            if not row[name]:
                yield Complaint(f"The cell {name} is empty", where, f"a {name}")
        for name in _CLOSED.get(table, ()):
            known = list(dict.fromkeys(own[name] for own in reference(table)))
            if row[name] not in known:
                yield Complaint(f"The cell {name} holds an unknown word", where, ", ".join(known), repr(row[name]))


def _undecided(rows: Iterable[Numbered], path: str) -> Iterator[Complaint]:
    """Decisions that are neither yes nor no."""
    for number, row in rows:
        given = row.get(DECISION, "")
        if decision_of(given) == "unknown":
            expected = "是 or yes; 否 or no; or nothing"
            yield Complaint("The decision is not understood", f"{path}, row {number}", expected, repr(given))


def _settled(rows: Sequence[Numbered], path: str) -> tuple[list[Complaint], list[Numbered]]:
    """What contradicts itself in rows of aliases, and the rows with the name that their aliases lead to in the end."""
    first: dict[tuple[str, str], Numbered] = {}
    complaints = []
    for number, row in rows:
        known = first.setdefault((row["region"], row["alias"]), (number, row))
        if known[1]["name"] != row["name"]:
            got = f"{known[1]['name']} in row {known[0]}, {row['name']} in row {number}"
            place = f"{path}, rows {known[0]} and {number}"
            complaints.append(Complaint(f"The alias {row['alias']} has two names", place, "one name in a region", got))
    settled: list[Numbered] = []
    circles: set[frozenset[int]] = set()
    for number, row in rows:
        way, name = [number], row["name"]
        while (after := first.get((row["region"], name))) and after[0] not in way:
            way.append(after[0])
            name = after[1]["name"]
        if after:
            circles.add(frozenset(way[way.index(after[0]) :]))
        settled.append((number, {**row, "name": name}))
    complaints += [_circle(sorted(circle), dict(rows), path) for circle in sorted(circles, key=sorted)]
    return complaints, settled


def _circle(numbers: Sequence[int], rows: dict[int, Row], path: str) -> Complaint:
    """The complaint about aliases that lead back to themselves: A is B and B is A."""
    place = f"{path}, row{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
    got = "; ".join(f"{rows[number]['alias']} → {rows[number]['name']}" for number in numbers)
    advice = "Keep the row whose name you want to stay."
    return Complaint("Aliases lead back to themselves", place, "one name for a body", got, advice)
