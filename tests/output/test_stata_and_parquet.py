"""Tables for Stata and Parquet as pandas, pyarrow and DuckDB read them."""

from __future__ import annotations

import duckdb
import pandas as pd
import pyarrow.parquet
import pytest
from pandas.io.stata import StataReader
from tests.output.conftest import HOSTILE

import pairing_graph as pg
from pairing_graph.kb.schema import TABLES
from pairing_graph.measures.results import Results, offered
from pairing_graph.output.stata import stata_names


def as_stata_has_it(value):
    """A cell of the knowledge base as a Stata file can hold it: no control characters, no lists."""
    if isinstance(value, tuple):
        return "；".join(value)
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


@pytest.mark.parametrize("table", TABLES)
def test_stata_has_every_row_and_cell(hostile, tmp_path, table):
    rows = hostile.tables[table]
    read = pd.read_stata(pg.write_table(rows, tmp_path / f"{table}.dta"))
    assert list(read.columns) == list(rows.columns)
    assert len(read) == len(rows)
    for column in rows.columns:
        expected = [as_stata_has_it(value) for value in rows[column]]
        found = [None if pd.isna(value) else value for value in read[column]]
        assert found == [None if value is pd.NA else value for value in expected]


def test_a_long_text_is_whole_and_chinese_is_unicode(tmp_path):
    longest = "牵头" * 40_000
    file = pg.write_table(pd.DataFrame({"单位": ["县商务委", longest]}), tmp_path / "a.dta")
    assert pd.read_stata(file)["单位"].tolist() == ["县商务委", longest]
    assert file.read_bytes().startswith(b"<stata_dta><header><release>118<")


def test_labels_say_what_the_columns_mean(kb, tmp_path):
    with StataReader(pg.write_table(kb.units, tmp_path / "units.dta")) as reader:
        labels = reader.variable_labels()
        assert reader.data_label == "units"
    meanings = pg.column_meanings().loc["units"]["meaning"]
    assert labels["kind"] == meanings["kind"]
    assert labels["region_code"] == f"{meanings['region_code'][:79]}…"


def test_names_are_those_that_stata_takes():
    names = stata_names(["a" * 40, "a" * 41, "if", "str8", "2022", "", "a.b", "a-b", "任务", "_N"])
    assert names == ["a" * 32, "a" * 30 + "_2", "if_", "str8_", "_2022", "_", "a_b", "a_b_2", "任务", "_N_"]


def test_numbers_keep_their_kinds_and_gaps(tmp_path):
    table = pd.DataFrame(
        {
            "count": [1, 2],
            "large": [2_147_483_647, -1],
            "gap": pd.array([None, 3], "Int64"),
            "share": pd.array([0.25, None], "Float64"),
            "endless": [float("inf"), 1.0],
            "flag": pd.array([True, None], "boolean"),
            "yes": [True, False],
        }
    )
    read = pd.read_stata(pg.write_table(table, tmp_path / "a.dta"))
    assert read["count"].tolist() == [1, 2]
    assert read["large"].tolist() == [2_147_483_647, -1]
    assert read.isna().sum().to_dict() == {
        "count": 0, "large": 0, "gap": 1, "share": 1, "endless": 1, "flag": 1, "yes": 0,
    }  # fmt: skip
    assert (read["gap"][1], read["share"][0], read["yes"].tolist()) == (3, 0.25, [1, 0])


@pytest.mark.parametrize("suffix", ["dta", "parquet", "csv", "json", "xlsx"])
def test_every_measure_can_be_written(kb, tmp_path, suffix):
    results = Results(kb)
    for name in offered():
        table = results[name]
        file = pg.write_table(table, tmp_path / f"{name}.{suffix}")
        if suffix == "dta":
            read = pd.read_stata(file)
            assert len(read) == len(table)
            named = [level for level in table.index.names if level]
            assert list(read.columns) == [*named, *table.columns]


def test_a_measure_in_stata_has_its_numbers(kb, tmp_path):
    read = pd.read_stata(pg.write_table(pg.workload(kb), tmp_path / "load.dta")).set_index("unit")
    assert read.loc["渝中区招商投资局", ["lead", "tasks", "areas"]].tolist() == [7, 7, 3]
    assert read["fractional"].sum() == pytest.approx(float(pg.workload(kb)["fractional"].sum()))


@pytest.mark.parametrize("table", TABLES)
def test_parquet_gives_the_frame_back(hostile, tmp_path, table):
    rows = hostile.tables[table]
    read = pyarrow.parquet.read_table(pg.write_table(rows, tmp_path / "a.parquet")).to_pandas()
    assert pg.frame(table, read.map(lambda cell: tuple(cell) if hasattr(cell, "tolist") else cell)).equals(rows)


def test_lists_are_lists_in_parquet_even_where_all_are_empty(kb, tmp_path):
    file = pg.write_table(kb.units.assign(aliases=[()] * len(kb.units)), tmp_path / "units.parquet")
    assert str(pyarrow.parquet.read_schema(file).field("aliases").type).startswith("list<")
    query = f"SELECT count(*) FROM read_parquet('{file}') WHERE kind = 'department' AND NOT collective"
    assert duckdb.sql(query).fetchall()[0] == (
        int(((kb.units["kind"] == "department") & ~kb.units["collective"]).sum()),
    )


@pytest.mark.parametrize("name", ["dta"])
def test_eight_tables_are_a_folder_of_files(kb, tmp_path, name):
    folder = pg.write_tables(kb, tmp_path / "study", format=name)
    assert {file.name for file in folder.iterdir()} == {f"{table}.{name}" for table in TABLES}


@pytest.mark.parametrize("suffix", ["dta", "parquet", "json", "csv", "xlsx"])
def test_the_same_table_gives_the_same_bytes(kb, tmp_path, suffix):
    one, two = (pg.write_table(kb.targets, tmp_path / f"{name}.{suffix}").read_bytes() for name in ("a", "a"))
    assert one == two


def test_a_file_of_one_table_is_refused_for_eight(kb, tmp_path):
    with pytest.raises(pg.FileError, match=r'holds one table, not eight.*write_tables\(kb, "x", format="dta"\)'):
        pg.write_tables(kb, tmp_path / "x.dta")
    with pytest.raises(pg.UnknownNameError, match="no such format"):
        pg.write_tables(kb, tmp_path / "x", format="sav")
    with pytest.raises(pg.FileError, match=r"written to a \.xlsx file"):
        pg.write_tables(kb, tmp_path / "x", format="xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x.sav", "x"])
def test_a_table_in_an_unknown_format_is_refused(kb, tmp_path, name):
    with pytest.raises(pg.FileError, match=r"\.json, \.csv, \.xlsx, \.dta, \.parquet"):
        pg.write_table(kb.units, tmp_path / name)


def test_what_is_no_table_is_refused(kb, tmp_path):
    with pytest.raises(pg.NoticeError, match="no table.*write_tables"):
        pg.write_table(kb, tmp_path / "x.dta")


def test_a_spreadsheet_runs_nothing_of_one_table(hostile, tmp_path):
    text = pg.write_table(hostile.units, tmp_path / "units.csv").read_text(encoding="utf-8-sig")
    assert f"'{HOSTILE[4]}" in text
