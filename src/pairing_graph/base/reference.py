"""Reference tables: reviewed data in the package (`lexicon/*.csv`), not code.

| table | columns |
|---|---|
| headers | word, meaning, match – what a column's heading says |
| heading_stems | stem, meaning, meaning_of_places – the first half of a heading (牵头), and what it says with a place |
| heading_bodies | body, sort – the second half of it (单位), an organ or a place |
| roles | word, role – the words for a role outside of headings |
| kinds | ending, kind – what sort of body a name's ending tells |
| collectives | word, kinds – names that cover many units, and which kinds |
| lines | line, word – functional lines (条线), each with the names its bodies go by |
| aliases | region, alias, name, reason – names that drift within one region |
| townships | code, name, region, kind – township-level divisions (National Bureau of Statistics, 2022-10-31) |
| schemes | word, scheme – programmes that a title names |
| quantity_units | word – what a target may be counted in |
| reasons | reason, severity, en, zh – why something is in `unread` |
| words | key, en, zh – every word shown to a reader |
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from io import StringIO
from pathlib import Path

from pairing_graph.base.encodings import encoding_of
from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.inputs import read_bytes
from pairing_graph.base.text import printable

Row = Mapping[str, str]
_COLUMNS = {
    "headers": ("word", "meaning", "match"),
    "heading_stems": ("stem", "meaning", "meaning_of_places"),
    "heading_bodies": ("body", "sort"),
    "roles": ("word", "role"),
    "kinds": ("ending", "kind"),
    "collectives": ("word", "kinds"),
    "lines": ("line", "word"),
    "aliases": ("region", "alias", "name", "reason"),
    "townships": ("code", "name", "region", "kind"),
    "schemes": ("word", "scheme"),
    "quantity_units": ("word",),
    "reasons": ("reason", "severity", "en", "zh"),
    "words": ("key", "en", "zh"),
}
_MOST_BYTES = 20_000_000
"""Bytes of a user's own table; the names of all townships of China take five million."""
_FILLED = {"headers": ("word",), "aliases": ("alias", "name")}
_CLOSED = {"headers": ("meaning", "match")}


@cache
def reference(table: str) -> tuple[Row, ...]:
    """The rows of a reference table of the package, in their order.

    Example:
        >>> [row["role"] for row in reference("roles") if row["word"] == "牵头"]
        ['lead']
    """
    file = resources.files("pairing_graph") / "lexicon" / f"{table}.csv"
    return tuple(csv.DictReader(StringIO(file.read_text(encoding="utf-8"), newline="")))


@cache
def heading_rows() -> tuple[tuple[str, str, str], ...]:
    """The listed heading words of the package, each with its meaning and how it has to match."""
    return tuple((row["word"], row["meaning"], row["match"]) for row in reference("headers"))


@cache
def composed_headings() -> str:
    """A pattern for headings that say what a body does: a stem (牵头) and a body (单位), one group each.

    Example:
        >>> import re
        >>> re.fullmatch(composed_headings(), "牵头处室").groups()
        ('牵头', '处室')
    """
    halves = (mapping("heading_stems", "stem", "meaning"), mapping("heading_bodies", "body", "body"))
    stems, bodies = ("|".join(map(re.escape, sorted(words, key=len, reverse=True))) for words in halves)
    return f"({stems})({bodies})"


def read_reference(table: str, path: str | Path) -> tuple[Row, ...]:
    """A user's own rows for a reference table, out of a CSV file with the same columns in UTF-8, GB18030 or UTF-16.

    Raises:
        FileError: The file cannot be read, is empty or lacks a column, or a row has too many cells, an empty word or
            an unknown meaning or match.
    """
    wanted = _COLUMNS[table]
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
        expected = f"a CSV with the columns {', '.join(_COLUMNS[table])}"
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


@cache
def mapping(table: str, key: str, value: str) -> Mapping[str, str]:
    """A reference table as a mapping from one column to another.

    Example:
        >>> mapping("kinds", "ending", "kind")["街道"]
        'subdistrict'
    """
    return {row[key]: row[value] for row in reference(table)}
