"""Tables that DuckDB has not computed are written a piece at a time, as whole frames are."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import pairing_graph as pg

duckdb = pytest.importorskip("duckdb", reason="DuckDB (the extra collection) is not installed")
MANY = """SELECT 'unit ' || n AS unit, CASE n % 3 WHEN 0 THEN '=HYPERLINK("x")' WHEN 1 THEN '县委,"办"' END AS name,
    n AS whole, nullif(n, 9000) AS gap, n / 7.0::DOUBLE AS part, n % 2 = 0 AS flag, ['甲', 'n' || n] AS names
    FROM range(20000) r(n) ORDER BY n"""


def frame(query: str) -> pd.DataFrame:
    """The rows as a frame of Python's own values."""
    found = duckdb.sql(query)
    rows = pd.DataFrame(found.fetchall(), columns=found.columns, dtype=object)
    return rows.assign(gap=rows["gap"].astype("Int64"), names=rows["names"].map(tuple))


@pytest.mark.parametrize("condition", ["", "WHERE n < 3", "WHERE n < 0", "WHERE n = 9000"])
@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_the_bytes_are_those_of_the_whole_frame(tmp_path, suffix, condition):
    query = MANY.replace("ORDER", f"{condition} ORDER")
    pieces = pg.write_table(duckdb.sql(query), tmp_path / f"pieces.{suffix}").read_bytes()
    assert pieces == pg.write_table(frame(query), tmp_path / f"whole.{suffix}").read_bytes()


def test_formulas_stay_texts_and_a_mark_says_the_encoding(tmp_path):
    file = pg.write_table(duckdb.sql(MANY), tmp_path / "a.csv")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfunit,")
    table = pd.read_csv(file)
    assert len(table) == 20_000
    assert table["name"][0] == """'=HYPERLINK("x")"""
    assert table["names"][1] == "甲；n1"


def test_parquet_keeps_types_lists_and_gaps(tmp_path):
    table = pd.read_parquet(pg.write_table(duckdb.sql(MANY), tmp_path / "a.parquet"), dtype_backend="pyarrow")
    assert table["gap"].isna().sum() == 1
    assert str(table["gap"].dtype) == "int64[pyarrow]"
    assert list(table["names"][3]) == ["甲", "n3"]
    assert table["whole"].sum() == sum(range(20_000))


def test_sums_of_many_whole_numbers_are_numbers(tmp_path):
    file = pg.write_table(duckdb.sql("SELECT sum(n) AS n FROM range(4) r(n)"), tmp_path / "a.json")
    assert json.loads(file.read_text(encoding="utf-8")) == [{"n": 6}]


def test_what_cannot_be_computed_is_said_and_leaves_the_old_file(tmp_path):
    (tmp_path / "rows.parquet").write_bytes(pg.write_table(duckdb.sql(MANY), tmp_path / "a.parquet").read_bytes())
    rows = duckdb.sql(f"SELECT * FROM '{tmp_path / 'rows.parquet'}'")
    (tmp_path / "rows.parquet").unlink()
    (tmp_path / "a.csv").write_text("old", encoding="utf-8")
    for suffix in ("csv", "xlsx"):
        with pytest.raises(pg.FileError, match=r"The table cannot be computed.*rows\.parquet"):
            pg.write_table(rows, tmp_path / f"a.{suffix}")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "old"
    assert not list(tmp_path.glob(".pairing-graph*"))
