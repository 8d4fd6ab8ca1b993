"""A table that DuckDB has not computed yet, written a piece at a time: it is never whole in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, Any

import narwhals as nw
import pandas as pd

from pairing_graph.base.extras import require
from pairing_graph.base.parquet import libraries
from pairing_graph.measures.small_tables import computing

ROWS = 8192
"""Rows of a piece: four vectors of DuckDB, some megabytes as Python has them."""
ROWS_OF_GROUP = 122_880
"""Rows of a group in a Parquet file: DuckDB's own choice."""
_DTYPES = MappingProxyType({"int64": "Int64", "double": "float64", "bool": "boolean"})
"""How pandas has a column of an Arrow type, so that one piece has what another has; texts and lists are objects."""


@dataclass
class Pieces:
    """A table as record batches, one after another; it can be gone through once.

    Attributes:
        schema: The columns, of few types: see `_type_to_write`.
        reader: The record batches as the engine gives them.
        rows: How many rows were given so far.
    """

    schema: Any
    reader: Any
    rows: int = 0

    def __iter__(self) -> Iterator[Any]:
        """Arrow tables of some rows.

        Raises:
            FileError: The engine cannot compute them.
        """
        arrow = require("pyarrow", "collection", "Writing a table of DuckDB")
        with computing():
            for batch in self.reader:
                self.rows += len(batch)
                yield arrow.table(batch).cast(self.schema)

    def frames(self) -> Iterator[pd.DataFrame]:
        """Frames of some rows, the columns of the same types in each; one without rows where there are none."""
        yield from map(self._frame, self)
        if not self.rows:
            yield self._frame(self.schema.empty_table())

    def _frame(self, rows: Any) -> pd.DataFrame:
        columns = {
            field.name: pd.Series(rows.column(place).to_pylist(), dtype=_DTYPES.get(str(field.type), "object"))
            for place, field in enumerate(self.schema)
        }
        return pd.DataFrame(columns)


def pieces_of(table: Any) -> Pieces | None:
    """A relation of DuckDB a piece at a time; None for any other table.

    Raises:
        FileError: DuckDB cannot compute it.

    Example:
        >>> import duckdb
        >>> [len(rows) for rows in pieces_of(duckdb.sql("SELECT unnest(range(10000)) AS n"))]
        [8192, 1808]
    """
    if not nw.dependencies.is_duckdb_relation(table):
        return None
    arrow = require("pyarrow", "collection", "Writing a table of DuckDB")
    with computing():
        reader = table.to_arrow_reader(ROWS)
    schema = arrow.schema([(field.name, _type_to_write(arrow, field.type)) for field in reader.schema])
    return Pieces(schema, reader)


def _type_to_write(arrow: Any, kind: Any) -> Any:
    """Whole numbers as int64, other ones and the sums of many (decimals in Arrow) as double; lists of texts; else as it is."""
    types = arrow.types
    if types.is_integer(kind):
        return arrow.int64()
    if types.is_floating(kind) or types.is_decimal(kind):
        return arrow.float64()
    if types.is_list(kind):
        return arrow.list_(_type_to_write(arrow, kind.value_type))
    return kind


def csv_of_pieces(pieces: Pieces) -> Iterator[str]:
    r"""A table as CSV, as `tables.csv_text` gives it.

    Example:
        >>> import duckdb
        >>> "".join(csv_of_pieces(pieces_of(duckdb.sql("SELECT '=1+1' AS unit, ['甲', '乙'] AS names, NULL::INT AS n"))))
        "unit,names,n\n'=1+1,甲；乙,\n"
    """
    from pairing_graph.output.tables import csv_text

    for number, frame in enumerate(pieces.frames()):
        yield csv_text(frame, heading=number == 0)


def json_of_pieces(pieces: Pieces) -> Iterator[str]:
    r"""A table as a JSON list of records.

    Example:
        >>> import duckdb
        >>> "".join(json_of_pieces(pieces_of(duckdb.sql("SELECT '县委' AS unit, 1 AS n"))))
        '[\n {\n  "unit":"县委",\n  "n":1\n }\n]\n'
    """
    between = "[\n"
    for frame in pieces.frames():
        text = frame.to_json(orient="records", force_ascii=False, indent=1, double_precision=12)
        rows = text.removeprefix("[").removesuffix("]").strip("\n")
        if rows:
            yield between + rows
            between = ",\n"
    yield "[\n\n]\n" if between == "[\n" else "\n]\n"


def write_parquet_pieces(pieces: Pieces, file: IO[bytes]) -> None:
    """Write a table as Parquet, a group of rows at a time.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    arrow, parquet = libraries("Writing Parquet")
    waiting: list[Any] = []
    with parquet.ParquetWriter(file, pieces.schema, compression="zstd") as writer:
        for rows in pieces:
            waiting.append(rows)
            if sum(len(one) for one in waiting) + ROWS > ROWS_OF_GROUP:
                writer.write_table(arrow.concat_tables(waiting))
                waiting = []
        if waiting:
            writer.write_table(arrow.concat_tables(waiting))
