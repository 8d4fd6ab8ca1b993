"""A collection on Spark: the same notices, tables and measures as without."""

from __future__ import annotations

import os
import shutil
import sys

import pytest
from tests.collection.conftest import content, text_of

import pairing_graph as pg

pytest.importorskip("pyspark", reason="PySpark (the extra spark) is not installed")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Spark needs Java 17, which is not installed", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore")  # PySpark's own, of the newest pandas.


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "1").config("spark.driver.bindAddress", "127.0.0.1")
    session = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture
def both(notices, tmp_path, spark):
    """A collection that Spark read, and the same notices read without it."""
    on_spark, alone = pg.Collection(tmp_path / "a", spark=spark), pg.Collection(tmp_path / "b")
    assert str(on_spark.add(notices)) == str(alone.add(notices, workers=1))
    return on_spark, alone


def test_reading_tables_and_measures_are_the_same(both, notices):
    on_spark, alone = both
    assert content(pg.Collection(on_spark.folder)) == content(alone)
    for name in ("tasks", "units", "results"):
        rows = on_spark.tables[name].toPandas()
        assert len(rows) == len(alone.tables[name].fetchall())
    loads, expected = pg.workload(on_spark).toPandas(), pg.workload(alone).df()
    assert loads.equals(expected.astype(loads.dtypes.to_dict()))
    assert on_spark.select(year=2022).equals(alone.select(year=2022))
    for collection in both:
        collection.remove([notices / "2022" / "01.txt", notices / "2022" / "03.txt"])
    for name in ("documents", "units"):
        found = sorted(row[0] for row in on_spark.tables[name].select(name.removesuffix("s")).collect())
        assert found == sorted(value for (value,) in alone.tables[name].select(name.removesuffix("s")).fetchall())
    assert on_spark.tables["documents"].count() == 8, "a notice that another file repeats stays"


@pytest.mark.parametrize("name", ["c[1]", "c{1}*", "unit=1/year=1999/c 1%20#"])
def test_the_names_of_folders_say_nothing(tmp_path, spark, name):
    file = tmp_path / "1.txt"
    file.write_text(text_of(1), encoding="utf-8")
    pg.Collection(tmp_path / "c1").add(file, workers=1)
    on_spark = pg.Collection(tmp_path / name, spark=spark)
    on_spark.folder.parent.mkdir(parents=True, exist_ok=True)
    other = tmp_path / "2.txt"
    other.write_text(text_of(3), encoding="utf-8")
    pg.Collection(on_spark.folder).add(other, workers=1)
    alone = pg.Collection(tmp_path / "plain")
    alone.add(other, workers=1)
    for table, column in (("documents", "document"), ("units", "unit"), ("assignments", "unit")):
        found = sorted(row[column] for row in on_spark.tables[table].select(column).collect())
        assert found == sorted(value for (value,) in alone.tables[table].select(column).fetchall())


def test_files_stay_as_long_as_the_collection_on_spark_is_referred_to(notices, tmp_path, spark):
    alone = pg.Collection(tmp_path / "c")
    alone.add(notices / "2021", workers=1)
    on_spark = pg.Collection(tmp_path / "c", spark=spark)
    documents = on_spark.tables["documents"]
    before = set((tmp_path / "c" / "tables").rglob("*.parquet"))
    alone.add(notices / "2022", workers=1)
    alone.compact()
    assert before <= set((tmp_path / "c" / "tables").rglob("*.parquet"))
    assert documents.count() == 4
    del on_spark, documents
    alone.compact()
    assert not before & set((tmp_path / "c" / "tables").rglob("*.parquet"))
