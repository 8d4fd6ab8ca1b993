"""PyArrow, by which a collection reads and writes its tables: imported where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pairing_graph.base import parquet as base_parquet
from pairing_graph.base.extras import require

_PURPOSE = "A collection"


def arrow() -> Any:
    """PyArrow.

    Raises:
        MissingExtraError: It is not installed.
    """
    return require("pyarrow", "collection", _PURPOSE)


def compute() -> Any:
    """What PyArrow works out on columns."""
    return require("pyarrow.compute", "collection", _PURPOSE)


def parquet() -> Any:
    """PyArrow's reader and writer of Parquet."""
    return require("pyarrow.parquet", "collection", _PURPOSE)


def arrow_types() -> Mapping[str, Any]:
    """The Arrow type for each kind of column."""
    return base_parquet.arrow_types(arrow())


def release_memory() -> None:
    """Give back to the system what freed tables took: PyArrow keeps it for later ones, beside what DuckDB takes."""
    arrow().default_memory_pool().release_unused()
