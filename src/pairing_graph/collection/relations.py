"""The tables of a collection as DuckDB relations: not computed before they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pairing_graph.collection.columns import own_columns
from pairing_graph.collection.database import Database, pattern_of
from pairing_graph.collection.folder import UNITS, Lease
from pairing_graph.collection.index import Index, Segment
from pairing_graph.collection.segments import national_units, rows_of
from pairing_graph.kb.schema import TABLES

KEYS: Mapping[str, Mapping[str, str]] = {
    "tasks": {"task": "task_code", "document": "document_code"},
    "documents": {"document": "document_code"},
    "unread": {"document": "document_code"},
    "assignments": {"task": "task_code", "unit": "unit_code"},
    "pairings": {"document": "document_code", "donor": "donor_code", "recipient": "recipient_code"},
    "targets": {"task": "task_code"},
    "results": {"task": "task_code"},
    "units": {"unit": "unit_code"},
}
"""The keys of each table, with the codes that stand for them."""
_NONE: Mapping[str, str] = MappingProxyType({})


class Relations:
    """The tables of a collection as they are now, all of one connection; their files stay as long as it is used.

    Args:
        folder: The folder of the collection.
        memory: What they may take before they spill, such as `4GB`; what DuckDB takes by itself without one.

    Raises:
        FileError: It is no collection, or that is no size.
    """

    def __init__(self, folder: Path, memory: str = "") -> None:
        lease = Lease(folder)
        with Index(folder) as index:
            segments, dropped = index.held()
        self._engine = Database(folder, memory)
        self._engine.hold(lease)
        self._query = partial(_query, folder, segments=segments, dropped=dropped)

    def named(self) -> dict[str, Any]:
        """The eight tables as a knowledge base has them."""
        return {name: self._engine.sql(self._query(name)) for name in TABLES}

    def coded(self) -> dict[str, Any]:
        """The eight tables with integer codes for documents, tasks and units, which engines join faster than names."""
        return {name: self._engine.sql(self._query(name, keys=KEYS[name])) for name in TABLES}

    def names(self) -> dict[str, Any]:
        """What codes stand for: a table of code and name for each of documents, tasks and units."""
        found = {}
        for table, key in (("documents", "document"), ("tasks", "task"), ("units", "unit")):
            query = self._query(table, more=f', {KEYS[table][key]} AS "code"')
            found[key] = self._engine.sql(f'SELECT "code", "{key}" AS "name" FROM ({query})')
        return found


def _query(
    folder: Path,
    name: str,
    *,
    segments: list[Segment],
    dropped: list[int],
    keys: Mapping[str, str] = _NONE,
    more: str = "",
) -> str:
    columns = ", ".join(f'"{keys[own]}" AS "{own}"' if own in keys else f'"{own}"' for own in own_columns(name)) + more
    files = [segment for segment in segments if segment.table == name]
    if not files:
        return _empty(name, keys, more)
    if name == "units":
        return _units(folder, segments, dropped, columns)
    return f"SELECT {columns} FROM ({rows_of(folder, files, dropped)})"


def _units(folder: Path, segments: list[Segment], dropped: list[int], columns: str) -> str:
    """Each unit once: from the file of all units, or, where notices came or went since, worked out again."""
    known = [segment for segment in segments if segment.table == UNITS]
    files = [segment for segment in segments if segment.table == "units"]
    if known and not dropped and all(segment.sorted for segment in files):
        return f"SELECT {columns} FROM read_parquet({pattern_of(folder / known[-1].path)}, hive_partitioning = false)"
    return f"SELECT {columns} FROM ({national_units(folder, segments, dropped)})"


def _empty(name: str, keys: Mapping[str, str], more: str) -> str:
    """A table without rows."""
    types = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "flag": "BOOLEAN", "list": "VARCHAR[]"}
    kinds = own_columns(name) | dict.fromkeys(keys, "integer")
    columns = ", ".join(f'NULL::{types[kinds[column]]} AS "{column}"' for column in own_columns(name))
    code = ', NULL::BIGINT AS "code"' if more else ""
    return f"SELECT {columns}{code} WHERE false"
