"""The tables of a collection as DuckDB relations: not computed before they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pairing_graph.collection.columns import own_columns
from pairing_graph.collection.index import Index, Segment
from pairing_graph.collection.segments import UNITS, connected, national_units, quoted, union, without
from pairing_graph.kb.schema import TABLES

_KEYS: Mapping[str, Mapping[str, str]] = {
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


def relations(folder: Path, *, coded: bool = False) -> dict[str, Any]:
    """The eight tables, all of one connection.

    Args:
        folder: The folder of the collection.
        coded: Whether documents, tasks and units are integer codes, which engines join faster than names.

    Raises:
        FileError: It is no collection.
    """
    with Index(folder) as index:
        segments, dropped = index.segments(), index.dropped()
    engine = connected(folder)
    return {name: engine.sql(_query(folder, name, segments, dropped, coded=coded)) for name in TABLES}


def _query(folder: Path, name: str, segments: list[Segment], dropped: list[int], *, coded: bool) -> str:
    keys = _KEYS[name] if coded else {}
    columns = ", ".join(f'"{keys[own]}" AS "{own}"' if own in keys else f'"{own}"' for own in own_columns(name))
    files = [segment for segment in segments if segment.table == name]
    if not files:
        return _empty(name, keys)
    if name == "units":
        return _units(folder, segments, dropped, columns)
    return f"SELECT {columns} FROM ({union(folder, files)}) {without(dropped)}"  # noqa: S608 – our own columns


def _units(folder: Path, segments: list[Segment], dropped: list[int], columns: str) -> str:
    """Each unit once: from the file of all units, or, where notices came or went since, worked out again."""
    known = [segment for segment in segments if segment.table == UNITS]
    files = [segment for segment in segments if segment.table == "units"]
    if known and not dropped and all(segment.sorted for segment in files):
        return f"SELECT {columns} FROM read_parquet({quoted(folder / known[-1].path)})"  # noqa: S608 – our own file
    return f"SELECT {columns} FROM ({national_units(folder, files, dropped)})"  # noqa: S608 – our own columns


def _empty(name: str, keys: Mapping[str, str]) -> str:
    """A table without rows."""
    types = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "flag": "BOOLEAN", "list": "VARCHAR[]"}
    kinds = own_columns(name) | dict.fromkeys(keys, "integer")
    columns = ", ".join(f'NULL::{types[kinds[column]]} AS "{column}"' for column in own_columns(name))
    return f"SELECT {columns} WHERE false"  # noqa: S608 – our own columns
