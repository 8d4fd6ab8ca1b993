"""Tables as Parquet: lists stay lists, missing numbers stay missing."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pandas as pd

from pairing_graph.base.extras import require


def parquet_bytes(table: pd.DataFrame) -> bytes:
    """A frame as a Parquet file's bytes.

    Args:
        table: The frame; a named index becomes columns.

    Raises:
        MissingExtraError: pyarrow is not installed.

    Example:
        >>> data = parquet_bytes(pd.DataFrame({"names": [("甲", "乙"), ()], "n": pd.array([None, 1], "Int64")}))
        >>> [list(names) for names in pd.read_parquet(BytesIO(data))["names"]]
        [['甲', '乙'], []]
    """
    arrow = require("pyarrow", "parquet", "Writing Parquet")
    parquet = require("pyarrow.parquet", "parquet", "Writing Parquet")
    flat = table.reset_index() if table.index.names != [None] else table
    columns = {str(name): _column(arrow, flat[name]) for name in flat.columns}
    buffer = BytesIO()
    parquet.write_table(arrow.table(columns), buffer)
    return buffer.getvalue()


def _column(arrow: Any, values: pd.Series[Any]) -> Any:
    if values.dtype != object:
        return arrow.array(values, from_pandas=True)
    listed = [list(value) if isinstance(value, tuple) else value for value in values]
    try:
        column = arrow.array(listed)
    except (arrow.ArrowInvalid, arrow.ArrowTypeError):  # Values of several types: each as it would be in JSON.
        column = arrow.array([json.dumps(value, ensure_ascii=False, default=str) for value in listed])
    if arrow.types.is_list(column.type) and arrow.types.is_null(column.type.value_type):
        return column.cast(arrow.list_(arrow.string()))
    return column
