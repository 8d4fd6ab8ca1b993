"""Columns as the bytes of a Parquet file: lists stay lists, missing numbers stay missing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any

import pandas as pd

from pairing_graph.base.extras import require

_NO_KINDS: Mapping[str, str] = MappingProxyType({})


def parquet_file(columns: Mapping[str, pd.Series[Any]], purpose: str, kinds: Mapping[str, str] = _NO_KINDS) -> bytes:
    """Columns as a Parquet file.

    Args:
        columns: Name → values; a list is a tuple, what is missing is NA.
        purpose: What it is for, for the message where pyarrow is not installed.
        kinds: Name → text, integer, number, flag or list, where it is declared; else it is found by the values.

    Raises:
        MissingExtraError: pyarrow is not installed.

    Example:
        >>> data = parquet_file({"names": pd.Series([("甲", "乙"), ()])}, "Writing Parquet")
        >>> [list(names) for names in pd.read_parquet(BytesIO(data))["names"]]
        [['甲', '乙'], []]
    """
    arrow, parquet = libraries(purpose)
    types = arrow_types(arrow)
    made = {
        name: arrow.array(_plain(values), type=types[kinds[name]]) if name in kinds else _found(arrow, values)
        for name, values in columns.items()
    }
    buffer = BytesIO()
    parquet.write_table(arrow.table(made), buffer, compression="zstd")
    return buffer.getvalue()


def arrow_types(arrow: Any) -> Mapping[str, Any]:
    """The type in a file of each kind of column."""
    return {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "flag": arrow.bool_(),
        "list": arrow.list_(arrow.string()),
    }


def libraries(purpose: str) -> tuple[Any, Any]:
    """The library for Parquet: pyarrow, and its module.

    Raises:
        MissingExtraError: It is not installed.
    """
    return require("pyarrow", "parquet", purpose), require("pyarrow.parquet", "parquet", purpose)


def _plain(values: pd.Series[Any]) -> list[Any]:
    plain = (list(value) if isinstance(value, tuple) else value for value in values.tolist())
    return [None if value is pd.NA else value for value in plain]


def _found(arrow: Any, values: pd.Series[Any]) -> Any:
    """A column by its values; of objects those are lists, also where there are none or all are empty."""
    if values.dtype != object:
        return arrow.array(values, from_pandas=True)
    plain = _plain(values)
    try:
        column = arrow.array(plain)
    except (arrow.ArrowInvalid, arrow.ArrowTypeError):  # Values of several types: each as it would be in JSON.
        return arrow.array([json.dumps(value, ensure_ascii=False, default=str) for value in plain])
    nothing = arrow.types.is_null
    if nothing(column.type) or (arrow.types.is_list(column.type) and nothing(column.type.value_type)):
        return column.cast(arrow.list_(arrow.string()))
    return column
