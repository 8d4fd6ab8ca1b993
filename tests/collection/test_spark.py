"""A collection on Spark: the same notices, tables and measures as without."""

from __future__ import annotations

import os
import shutil
import sys

import pytest
from tests.collection.conftest import content

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
