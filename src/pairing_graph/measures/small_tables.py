"""Small tables in the library of larger ones, such as the years of notices, so that an engine can join them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from pairing_graph.base.errors import Complaint, FileError, MemoryShortError
from pairing_graph.base.extras import require

Kinds = Mapping[str, str]
"""Columns, in order, each text, integer, number or flag."""
_PANDAS: Mapping[str, Any] = MappingProxyType(
    {"text": pd.StringDtype("python"), "integer": "Int64", "number": "Float64", "flag": "boolean"}
)
_NARWHALS: Mapping[str, Any] = MappingProxyType(
    {"text": nw.String, "integer": nw.Int64, "number": nw.Float64, "flag": nw.Boolean}
)
_SPARK: Mapping[str, str] = MappingProxyType(
    {"text": "string", "integer": "bigint", "number": "double", "flag": "boolean"}
)

_MORE_MEMORY = (
    "Allow more with pg.Collection(folder, memory='8GB'), or take a part of it with collection.select(year=2022)."
)


def small_table(
    like: nw.DataFrame[Any] | nw.LazyFrame[Any], rows: Sequence[Mapping[str, Any]], kinds: Kinds
) -> nw.LazyFrame[Any]:
    """Rows as a lazy frame of the library that a frame is of, on the same connection; None and NA are missing.

    Args:
        like: A frame of the library.
        rows: The rows.
        kinds: The columns, in order, each with what it holds.

    Example:
        >>> made = small_table(nw.from_native(pd.DataFrame({"a": [1]})), [{"unit": "a", "n": None}], {"unit": "text", "n": "integer"})
        >>> made.collect_schema().names(), made.collect().to_native()["n"].isna().tolist()
        (['unit', 'n'], [True])
    """
    columns = {name: [_plain(row[name]) for row in rows] for name in kinds}
    library = like.implementation
    if library.is_pandas():
        frame = pd.DataFrame({name: pd.Series(columns[name], dtype=_PANDAS[kind]) for name, kind in kinds.items()})
        return nw.from_native(frame).lazy()
    if library.is_pyspark() or library.is_pyspark_connect():
        session = like.to_native().sparkSession
        declared = ", ".join(f"`{name}` {_SPARK[kind]}" for name, kind in kinds.items())
        spark = session.createDataFrame(list(zip(*columns.values(), strict=True)), declared)
        return _lazy(spark)
    schema = {name: _NARWHALS[kind]() for name, kind in kinds.items()}
    if library.is_duckdb():
        require("pyarrow", "collection", "A measure on tables of DuckDB")
        given = nw.from_dict(columns, schema=schema, backend="pyarrow").to_native()
        return _lazy(_on_connection(like.to_native(), given))
    backend: Any = library
    return nw.from_dict(columns, schema=schema, backend=backend).lazy()


def _lazy(native: Any) -> nw.LazyFrame[Any]:
    frame: nw.LazyFrame[Any] = nw.from_native(native).lazy()
    return frame


def _on_connection(relation: Any, rows: Any) -> Any:
    """A table of PyArrow as a relation of the connection of another.

    DuckDB finds it by the name of a variable, unless the connection has a table of that name: hence a name that nobody
    gives. Its view is not left on the connection, which is the user's.
    """
    _pairing_graph_small_table_of_rows = rows
    view = "_pairing_graph_view_of_small_table"
    found = relation.query(view, "SELECT * FROM _pairing_graph_small_table_of_rows")
    relation.query(view, f"DROP VIEW IF EXISTS {view}")
    return found


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA:
        return None
    return value.item() if isinstance(value, np.generic) else value


@contextmanager
def computing() -> Iterator[None]:
    """What DuckDB raises while it computes a table, as a sentence.

    Raises:
        MemoryShortError: It does not fit into the memory that it may take.
        FileError: A file is missing or damaged, or there is no room on the disk.
    """
    duckdb = sys.modules.get("duckdb")
    failures: tuple[type[Exception], ...] = (duckdb.Error,) if duckdb else ()
    try:
        yield
    except failures as error:
        got = next(iter(str(error).splitlines()), type(error).__name__)
        if duckdb and isinstance(error, duckdb.OutOfMemoryException):
            what = "The table does not fit into the memory that it may take"
            raise MemoryShortError(Complaint(what, got=got, advice=_MORE_MEMORY)) from error
        what = "The table cannot be computed: a file of the collection is missing or damaged, or there is no room"
        raise FileError(
            Complaint(what, got=got, advice="Make room, or ask the collection for the table again.")
        ) from error


def fetched(rows: nw.LazyFrame[Any]) -> pd.DataFrame:
    """The few rows of a lazy frame, computed by its engine, as a pandas frame."""
    with computing():
        return _fetched(rows)


def _fetched(rows: nw.LazyFrame[Any]) -> pd.DataFrame:
    if rows.implementation.is_pandas():
        frame: pd.DataFrame = rows.collect().to_native()
        return frame
    if rows.implementation.is_polars():
        return pd.DataFrame(rows.collect().to_dict(as_series=False))
    return pd.DataFrame(rows.collect(backend="pyarrow").to_dict(as_series=False))
