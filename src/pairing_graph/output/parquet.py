"""A table as Parquet."""

from __future__ import annotations

import pandas as pd

from pairing_graph.base.parquet import parquet_file


def parquet_bytes(table: pd.DataFrame) -> bytes:
    """A frame as a Parquet file's bytes.

    Args:
        table: The frame; a named index becomes columns.

    Raises:
        MissingExtraError: pyarrow is not installed.

    Example:
        >>> from io import BytesIO
        >>> data = parquet_bytes(pd.DataFrame({"names": [("甲", "乙"), ()], "n": pd.array([None, 1], "Int64")}))
        >>> [list(names) for names in pd.read_parquet(BytesIO(data))["names"]]
        [['甲', '乙'], []]
    """
    flat = table.reset_index() if table.index.names != [None] else table
    return parquet_file({str(name): flat[name] for name in flat.columns}, "Writing Parquet")
