"""The tables of the package (`lexicon/*.csv`), read once: reviewed data, not code."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from io import StringIO

from pairing_graph.base.errors import Complaint, FileError

Row = Mapping[str, str]


@cache
def reference(table: str) -> tuple[Row, ...]:
    """The rows of a reference table of the package, in their order.

    Raises:
        FileError: A row has more or fewer cells than the table has columns; all such rows at once.

    Example:
        >>> [row["role"] for row in reference("roles") if row["word"] == "牵头"]
        ['lead']
    """
    file = resources.files("pairing_graph") / "lexicon" / f"{table}.csv"
    return rows_of(file.read_text(encoding="utf-8"), f"lexicon/{table}.csv")


def rows_of(text: str, name: str) -> tuple[Row, ...]:
    """The rows of a table of the package out of its text, each with as many cells as there are columns.

    Args:
        text: The text of the table, its first line the names of the columns.
        name: What the table is called in a complaint.

    Raises:
        FileError: A row has more or fewer cells.

    Example:
        >>> rows_of("word,role\\n牵头,lead\\n", "roles")
        ({'word': '牵头', 'role': 'lead'},)
    """
    lines = csv.reader(StringIO(text, newline=""))
    header = next(lines, [])
    rows = [(lines.line_num, line) for line in lines if line]
    advice = 'Put a cell with a comma between "quotes".'
    complaints = [
        Complaint(
            "A row does not fit its columns", f"{name}, line {line}", f"{len(header)} cells", str(len(row)), advice
        )
        for line, row in rows
        if len(row) != len(header)
    ]
    if complaints:
        raise FileError(complaints)
    return tuple(dict(zip(header, row, strict=True)) for _, row in rows)


@cache
def mapping(table: str, key: str, value: str) -> Mapping[str, str]:
    """A reference table as a mapping from one column to another.

    Example:
        >>> mapping("kinds", "ending", "kind")["街道"]
        'subdistrict'
    """
    return {row[key]: row[value] for row in reference(table)}
