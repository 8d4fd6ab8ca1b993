"""The tables of a knowledge base in other libraries, and what comes back as plain records."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import pairing_graph as pg
from pairing_graph.kb.schema import TABLES

CHEAP = ("pandas", "polars", "pyarrow", "duckdb")
UNORDERED = ("projection", "coordination", "gaps")
"""Measures of pairs without a direction."""


def tables_in(library: str, kb: pg.KnowledgeBase, spark=None, used=tuple(TABLES)) -> dict:
    """The tables without their lists, which no library holds in the same way."""
    lists = {name: [column.name for column in table.columns if column.kind == "list"] for name, table in TABLES.items()}
    plain = {name: table.drop(columns=lists[name]) for name, table in kb.tables.items() if name in used}
    if library == "pandas":
        return plain
    if library == "pyspark":
        return {name: _spark_frame(spark, name, table) for name, table in plain.items()}
    arrow = pytest.importorskip("pyarrow")
    made = {name: arrow.Table.from_pandas(table, preserve_index=False) for name, table in plain.items()}
    if library == "pyarrow":
        return made
    if library == "polars":
        polars = pytest.importorskip("polars")
        return {name: polars.from_arrow(table) for name, table in made.items()}
    engine = pytest.importorskip("duckdb").connect()
    for name, table in made.items():
        engine.register(name, table)
    tables = Connected({name: engine.sql(f"SELECT * FROM {name}") for name in made})
    tables.engine = engine
    return tables


class Connected(dict):
    """Tables that keep their connection open: before DuckDB 1.5 a relation does not."""


def _spark_frame(spark, name, table):
    types = {"text": "string", "integer": "bigint", "number": "double", "flag": "boolean"}
    columns = [column for column in TABLES[name].columns if column.kind != "list"]
    schema = ", ".join(f"`{column.name}` {types[column.kind]}" for column in columns)
    rows = [tuple(_plain(value) for value in row) for row in table.itertuples(index=False)]
    return spark.createDataFrame(rows, schema)


def rows_of(result) -> list[dict]:
    """The rows of a result of any library, in their order."""
    if isinstance(result, pd.DataFrame):
        rows = result.to_dict("records")
    elif hasattr(result, "to_pylist"):
        rows = result.to_pylist()
    elif hasattr(result, "to_dicts") and hasattr(result, "schema"):
        rows = result.to_dicts()
    elif hasattr(result, "to_arrow_table"):
        rows = result.to_arrow_table().to_pylist()
    else:
        rows = [row.asDict() for row in result.collect()]
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def rows_of_the_base(measure: str, table: pd.DataFrame) -> list[dict]:
    """The rows of a knowledge base's own result by the rule for other libraries: lists are numbers, in no order."""
    flat = table.reset_index()
    rows = []
    for row in flat.to_dict("records"):
        row = {name: len(value) if isinstance(value, tuple) else _plain(value) for name, value in row.items()}
        if measure in UNORDERED and row["unit"] > row["partner"]:
            row["unit"], row["partner"] = row["partner"], row["unit"]
            if "unit_kind" in row:
                row["unit_kind"], row["partner_kind"] = row["partner_kind"], row["unit_kind"]
        rows.append(row)
    return rows


def _plain(value):
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if hasattr(value, "item"):
        value = value.item()
    return round(value, 9) if isinstance(value, float) else value


def in_order(rows: list[dict], names) -> list[tuple]:
    return sorted(tuple(repr(_number(row[name])) for name in names) for row in rows)


def _number(value):
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
