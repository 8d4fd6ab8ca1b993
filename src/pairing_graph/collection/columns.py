"""What a collection keeps of each table: its own columns, integer codes beside names, and where a row comes from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pairing_graph.kb.schema import TABLES

SOURCES = "sources"
"""The documents behind the tables, as JSON, one row for each."""
TABLE_NAMES = (*TABLES, SOURCES)
PLACE = MappingProxyType({"document_code": "integer", "row": "integer", "year": "integer", "province": "text"})
"""Where a row comes from: its notice, its place there in the table, and the partition of the notice."""
CODES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "units": {"unit_code": "unit"},
        "assignments": {"unit_code": "unit"},
        "pairings": {"donor_code": "donor", "recipient_code": "recipient"},
    }
)
"""The columns of unit codes, each with the column of names that it stands for."""
TASK_CODED = ("tasks", "assignments", "targets", "results")
TASK_BITS = 20
"""A task's code is its notice's, shifted by these bits, and its place there: no notice has a million tasks."""


def own_columns(table: str) -> dict[str, str]:
    """The columns that a knowledge base has in a table, with their kinds.

    Example:
        >>> own_columns("sources")
        {'document': 'text', 'json': 'text'}
    """
    if table == SOURCES:
        return {"document": "text", "json": "text"}
    return {column.name: column.kind for column in TABLES[table].columns}


def kept_columns(table: str) -> dict[str, str]:
    """All columns that a file of a table has, with their kinds.

    Example:
        >>> [name for name in kept_columns("assignments") if name.endswith("_code")]
        ['document_code', 'task_code', 'unit_code']
    """
    codes = dict.fromkeys(CODES.get(table, ()), "integer")
    task = {"task_code": "integer"} if table in TASK_CODED else {}
    return own_columns(table) | PLACE | task | codes


def task_code(document_code: int, place: int) -> int:
    """The code of the task at a place of a notice.

    Example:
        >>> task_code(2, 3) == 2 * 2**TASK_BITS + 3
        True
    """
    return (document_code << TASK_BITS) + place
