"""The rows of a table as plain columns: what reading one notice of thousands needs, without a frame for each table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from pairing_graph.kb.frames import frame, frame_of_columns, objects
from pairing_graph.kb.schema import TABLES, Column, Kind

_TYPES: Mapping[Kind, frozenset[type]] = MappingProxyType(
    {
        "text": frozenset({str}),
        "integer": frozenset({int, type(None)}),
        "number": frozenset({int, float, type(None)}),
        "flag": frozenset({bool}),
        "list": frozenset({tuple}),
    }
)
"""What a column holds as it is; anything else is left to `frame`, which converts or refuses it."""
_NOTHING: Mapping[Kind, Any] = MappingProxyType(
    {"text": "", "integer": None, "number": None, "flag": False, "list": ()}
)


@dataclass(frozen=True)
class Records:
    """The rows of a table by columns, complete and of the declared types.

    Attributes:
        table: The table.
        columns: Column → values; a number that is missing is None.
    """

    table: str
    columns: Mapping[str, Sequence[Any]]

    def frame(self) -> pd.DataFrame:
        """The frame of the same rows."""
        columns = {name: objects(values) for name, values in self.columns.items()}
        return frame_of_columns(self.table, columns, len(self))

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))


def records(table: str, rows: Iterable[Mapping[str, Any]] = ()) -> Records | pd.DataFrame:
    """Records of a table by columns, or the frame of them where a value has to be converted.

    Raises:
        SchemaError: As in `frame`.

    Example:
        >>> records("results", [{"task": "a#1"}]).columns["value"]
        [None]
    """
    held = list(rows)
    declared = TABLES[table]
    columns = {column.name: _values(column, held) for column in declared.columns}
    known = all(row.keys() <= columns.keys() for row in held)
    if known and all(_TYPES[column.kind].issuperset(map(type, columns[column.name])) for column in declared.columns):
        return Records(table, columns)
    return frame(table, held)


def _values(column: Column, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    name, nothing = column.name, _NOTHING[column.kind]
    return [nothing if (value := row.get(name)) is None else value for row in rows]
