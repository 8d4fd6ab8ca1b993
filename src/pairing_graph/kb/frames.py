"""Frames of the declared tables, out of records or columns; the rows of one in order, and as plain columns again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from pairing_graph.base.errors import Complaint, SchemaError
from pairing_graph.kb.schema import DTYPES, TABLES, Column, Kind

_NOTHING: Mapping[Kind, Any] = MappingProxyType({"text": "", "flag": False})
"""What stands for a missing value; a missing number is NA."""


def frame(table: str, rows: Iterable[Mapping[str, Any]] | pd.DataFrame = ()) -> pd.DataFrame:
    """A frame of a table out of records; columns that a record leaves out are empty, False or NA.

    Raises:
        SchemaError: A record has a column that the table does not declare, or a value of the wrong type.

    Example:
        >>> frame("results").columns.tolist()
        ['task', 'as_of', 'value', 'quantity_unit', 'as_written', 'address']
    """
    return frame_of_columns(table, *_columns_of(rows))


def frame_of_columns(table: str, given: Mapping[str, Any], count: int) -> pd.DataFrame:
    """A frame of a table out of columns; those that are not given are empty, False or NA.

    Args:
        table: The table.
        given: Column → its values, in an array.
        count: The number of rows.

    Raises:
        SchemaError: As in `frame`.
    """
    declared = TABLES[table]
    strangers = [str(name) for name in given if name not in declared.names]
    if strangers:
        raise SchemaError(
            Complaint(f"The table {table} has no column {', '.join(strangers)}", expected=", ".join(declared.names))
        )
    nothing = np.full(count, None, dtype=object)
    columns = {column.name: _typed(table, column, given.get(column.name, nothing)) for column in declared.columns}
    return pd.DataFrame(columns)


def _columns_of(rows: Iterable[Mapping[str, Any]] | pd.DataFrame) -> tuple[dict[str, Any], int]:
    """What is given for each column, and the number of rows; a frame of records would guess types first, and slowly."""
    if isinstance(rows, pd.DataFrame):
        return {name: rows[name].array for name in rows.columns}, len(rows)
    held = list(rows)
    names = dict.fromkeys(name for row in held for name in row)
    return {name: objects([row.get(name) for row in held]) for name in names}, len(held)


def objects(values: Sequence[Any]) -> Any:
    """Values as an array of objects, whatever they are."""
    return np.fromiter(values, dtype=object, count=len(values))


def _typed(table: str, column: Column, values: Any) -> Any:
    """The values of a column as its type has them: a text that is missing is empty, a missing flag False."""
    if column.kind == "list":
        return pd.Series([_listed(table, column, value) for value in values], dtype="object")
    try:
        typed = pd.array(values, dtype=DTYPES[column.kind])
    except (TypeError, ValueError) as error:
        raise SchemaError(
            Complaint(
                f"The column {column.name} of {table} holds what it may not", expected=column.kind, got=str(error)
            )
        ) from error
    if column.kind in _NOTHING:
        missing = typed.isna()
        if missing.any():
            typed[missing] = _NOTHING[column.kind]
    return typed


def _listed(table: str, column: Column, value: Any) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(value)
    if value is None or value is pd.NA or value == "" or value != value:
        return ()
    what = f"The column {column.name} of {table} holds what it may not"
    raise SchemaError(Complaint(what, expected="a list of texts, such as ('甲', '乙')", got=repr(value)))


def plain_columns(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """The columns of a frame as lists, what is missing as None."""
    found = {str(name): rows[name].tolist() for name in rows.columns}
    return {name: [None if value is pd.NA else value for value in values] for name, values in found.items()}


def ordered(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in an order that depends on nothing but what they hold.

    Example:
        >>> ordered("results", frame("results", [{"task": "b"}, {"task": "a"}]))["task"].tolist()
        ['a', 'b']
    """
    declared = TABLES[table]
    first = [name for name in declared.key if name in rows]
    names = first + [name for name in declared.names if name not in first]
    keys = pd.DataFrame({name: rows[name].map(repr) for name in names})
    return rows.loc[keys.sort_values(names, kind="stable").index].reset_index(drop=True)
