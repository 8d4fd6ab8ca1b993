"""A user's own rows for two tables of the lexicon: further aliases and further heading words."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path

from pairing_graph.base.encodings import encoding_of
from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.inputs import read_bytes
from pairing_graph.base.reference import Row, reference
from pairing_graph.base.text import printable

_MOST_BYTES = 20_000_000
"""Bytes of a user's own table; the names of all townships of China take five million."""
_FILLED = {"headers": ("word",), "aliases": ("alias", "name")}
"""Columns in which no cell may be empty."""
_CLOSED = {"headers": ("meaning", "match")}
"""Columns that take only words which the package's own table uses there."""


def read_reference(table: str, path: str | Path) -> tuple[Row, ...]:
    """A user's own rows for a reference table, out of a CSV file with the same columns in UTF-8, GB18030 or UTF-16.

    Raises:
        FileError: The file cannot be read, is empty or lacks a column, or a row has too many cells, an empty word or
            an unknown meaning or match.
    """
    wanted = tuple(reference(table)[0])
    header, *lines = _lines(table, path)
    if not set(wanted) <= set(header):
        expected = ", ".join(wanted)
        raise FileError(Complaint(f"The table of {table} lacks a column", str(path), expected, ", ".join(header)))
    numbered = [(number, line) for number, line in enumerate(lines, 2) if line]
    rows = [(number, dict.fromkeys(wanted, "") | dict(zip(header, line, strict=False))) for number, line in numbered]
    complaints = [
        Complaint("The row has more cells than the heading", f"{path}, row {number}", str(len(header)), str(len(line)))
        for number, line in numbered
        if any(line[len(header) :])
    ]
    complaints += _strange(table, rows, str(path))
    if complaints:
        raise FileError(complaints)
    return tuple({name: row[name] for name in wanted} for _, row in rows)


def _lines(table: str, path: str | Path) -> list[list[str]]:
    """The lines of a user's table, their cells trimmed; the first has the names of the columns."""
    what = f"table of {table}"
    data = read_bytes(path, what, _MOST_BYTES)
    encoding = encoding_of(data) if data else "utf-8"
    if encoding is None:
        raise FileError(Complaint(f"The encoding of the {what} is not recognised", str(path), "UTF-8 or GB18030"))
    text = data.decode(encoding).removeprefix("\ufeff")
    if not text.strip():
        expected = f"a CSV with the columns {', '.join(reference(table)[0])}"
        raise FileError(Complaint(f"The {what} is empty", str(path), expected))
    try:
        lines = list(csv.reader(StringIO(text, newline="")))
    except csv.Error as error:
        raise FileError(Complaint(f"The {what} cannot be read", str(path), "a CSV", str(error))) from error
    return [[printable(cell).strip() for cell in line] for line in lines]


def _strange(table: str, rows: Iterable[tuple[int, Row]], path: str) -> Iterator[Complaint]:
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
