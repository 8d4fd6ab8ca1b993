"""The tables of the package (`lexicon/*.csv`), read once: reviewed data, not code."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from io import StringIO

Row = Mapping[str, str]


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
def mapping(table: str, key: str, value: str) -> Mapping[str, str]:
    """A reference table as a mapping from one column to another.

    Example:
        >>> mapping("kinds", "ending", "kind")["街道"]
        'subdistrict'
    """
    return {row[key]: row[value] for row in reference(table)}
