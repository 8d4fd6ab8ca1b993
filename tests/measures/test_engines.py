"""Measures on tables of pandas, Polars, PyArrow, DuckDB and PySpark, each against the knowledge base's own answer."""

from __future__ import annotations

import shutil
import warnings

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from tests.measures.libraries import CHEAP, in_order, rows_of, rows_of_the_base, tables_in
from tests.measures.small import small, together, years

import pairing_graph as pg
from pairing_graph.measures.pair_guard import MOST_PAIRS

CASES = {
    "workload": [{}, {"by": "area"}],
    "concentration": [{"population": "bearers", "count": "fractional"}],
    "projection": [{}, {"collectives": True}],
    "coordination": [{"role": "any"}, {"first_listed": True}],
    "gaps": [{}],
    "unpaired_in_task": [{}],
    "counterparts": [{}],
    "coverage": [{}],
    "panel": [{}, {"of": "pair", "collectives": True}, {"of": "region"}],
    "congruence": [{}, {"dependence": "area"}, {"by": "unit"}],
}
SEVERAL = {
    "workload": [{"by": "document", "collectives": True}, {"by": "region"}],
    "concentration": [{"population": "all", "count": "tasks"}],
    "coordination": [{}, {"by": "document"}, {"pooled": True}],
    "gaps": [{"by": "document"}],
    "unpaired_in_task": [{"role": "any"}, {"by": "document"}, {"pooled": True}],
    "counterparts": [{"population": "all"}],
    "panel": [{"of": of, "balanced": True} for of in ("unit", "pair", "region")],
    "congruence": [{"by": "document"}, {"role": "lead", "pooled": True}, {"by": "unit"}],
}
LEFT_OUT = {
    "concentration": {"lorenz"},
    "projection": {"tasks", "address"},
    "coordination": {"tasks", "address"},
    "gaps": {"tasks", "address"},
    "unpaired_in_task": {"numbers", "address"},
    "counterparts": {"bracket", "address"},
    "coverage": {"unpaired_units"},
}
"""Columns that only a knowledge base gives."""


def listed(cases):
    return [pytest.param(name, options, id=named(name, options)) for name, all_ in cases.items() for options in all_]


def named(measure, options):
    return "-".join([measure, *(f"{name}={value}" for name, value in options.items())])


def same(measure, options, kb, tables):
    """The answer of tables is that of the knowledge base, row by row, and has its columns."""
    wanted = getattr(pg, measure)(kb, **options)
    found, expected = rows_of(getattr(pg, measure)(tables, **options)), rows_of_the_base(measure, wanted)
    absent = LEFT_OUT.get(measure, set()) | ({"pairings", "partners"} if options.get("by") == "area" else set())
    columns = [name for name in wanted.reset_index().columns if name not in absent]
    if found:
        assert list(found[0]) == columns
    assert in_order(found, columns) == in_order(expected, columns)


@pytest.fixture(scope="module")
def in_libraries(kb):
    return {library: tables_in(library, kb) for library in CHEAP}


def in_years(*parts):
    """Notices of the years 2021, 2022 … as one knowledge base."""
    base = together(*parts)
    dates = [f"{2021 + place}-03-01" for place in range(len(parts))]
    return base.replace(documents=base.documents.assign(date=pd.array(dates, dtype="string")))


@pytest.fixture(scope="module")
def several():
    """Four notices: the third has no pairing table, and the second names none of the units that the others pair."""
    first, other, third = (
        ["甲区商务局", "乙县商务局"],
        ["甲区教育局", "乙县教育局"],
        ["甲区商务局", "乙县林业局", "甲区各部门"],
    )
    pair = ("甲区商务局", "乙县商务局")
    return in_years(
        small([{"lead": first, "support": other}, {"responsible": third}], [pair], areas=["产业", ""], collectives=["甲区各部门"], document="a"),
        small([{"lead": other}], [("甲区教育局", "乙县林业局")], document="b"),
        small([{"lead": third}], collectives=["甲区各部门"], document="c"),
        small([{"lead": first}, {"lead": third}], [pair, pair[::-1]], collectives=["甲区各部门"], document="d"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def several_in_libraries(several):
    return {library: tables_in(library, several) for library in CHEAP}


@pytest.mark.parametrize("library", CHEAP)
@pytest.mark.parametrize(("measure", "options"), listed(CASES))
def test_tables_of_any_library_give_what_the_knowledge_base_gives(kb, in_libraries, measure, options, library):
    same(measure, options, kb, in_libraries[library])


@pytest.mark.filterwarnings("ignore::pairing_graph.LeftOutWarning")
@pytest.mark.parametrize("library", CHEAP)
@pytest.mark.parametrize(("measure", "options"), listed(SEVERAL))
def test_several_notices_meet_as_in_a_knowledge_base(several, several_in_libraries, measure, options, library):
    same(measure, options, several, several_in_libraries[library])


@pytest.mark.filterwarnings("ignore::pairing_graph.LeftOutWarning")
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(notices=years)
def test_random_notices_give_the_same_in_polars(notices):
    kb = in_years(*notices)
    tables = tables_in("polars", kb)
    for measure, options in (("panel", {"balanced": True}), ("coordination", {}), ("unpaired_in_task", {}),
                             ("congruence", {"by": "document"}), ("counterparts", {})):  # fmt: skip
        same(measure, options, kb, tables)


def test_only_the_columns_that_a_measure_needs_are_asked_for(kb):
    needed = {"units": ["unit", "collective"], "assignments": ["task", "unit", "role"]}
    tables = {name: kb.tables[name][columns] for name, columns in needed.items()}
    assert len(pg.projection(tables)) == len(pg.projection(kb))
    with pytest.raises(pg.NoticeError, match="A table is missing. Where: pairings"):
        pg.coverage(tables)


def test_rows_are_ordered_by_weight_and_name(in_libraries):
    rows = rows_of(pg.projection(in_libraries["duckdb"]))
    assert rows == sorted(rows, key=lambda row: (-row["joint_tasks"], row["unit"], row["partner"]))
    assert all(row["unit"] < row["partner"] for row in rows)
    statuses = [row["status"] for row in rows_of(pg.coordination(in_libraries["polars"]))]
    assert sorted(set(statuses), key=statuses.index) == ["paired_joint", "gap", "paired_only"]


@pytest.mark.parametrize("library", CHEAP)
def test_a_notice_that_has_one_table_only_is_named(several, several_in_libraries, library):
    assert pg.coordination(several).attrs["left_out"] == ("c",)
    if library == "pandas":
        assert pg.coordination(several_in_libraries[library]).attrs["left_out"] == ("c",)
        return
    with pytest.warns(pg.LeftOutWarning, match=r"Left out: 1 notices that have tasks or pairings, not both: c\."):
        pg.coordination(several_in_libraries[library])


def test_a_notice_without_a_year_is_named():
    with pytest.warns(pg.LeftOutWarning, match=r"Left out: 1 notices without a year: d\."):
        pg.panel(tables_in("polars", small([{"lead": ["甲区1局"]}])))


@pytest.mark.parametrize(
    ("measure", "options", "sentence"),
    [
        ("coordination", {"collectives": "expand"}, "collectives.*Take a part of the notices as a knowledge base"),
        ("congruence", {"baseline": "permutation"}, "A baseline is drawn from a knowledge base"),
        ("concentration", {"loads": pd.DataFrame()}, "Loads are computed"),
        ("gaps", {"pairs": pd.DataFrame()}, "Pairs are computed"),
        ("gaps", {"by": "document", "pooled": True}, "either apart or pooled"),
    ],
)
def test_what_tables_cannot_do_is_refused_with_a_sentence(in_libraries, measure, options, sentence):
    with pytest.raises(pg.NoticeError, match=sentence):
        getattr(pg, measure)(in_libraries["polars"], **options)


def long_list(units):
    """A task with two units of a region, and one with many units of two regions."""
    names = [f"{'甲区' if place % 2 else '乙县'}{place}号局" for place in range(units)]
    return small([{"lead": names[:3]}, {"lead": names}], [(names[1], names[0])])


@pytest.mark.parametrize("library", ["knowledge base", *CHEAP])
@pytest.mark.parametrize("measure", ["projection", "coordination", "gaps", "unpaired_in_task", "congruence"])
def test_too_many_pairs_are_refused_with_their_number_and_the_largest_task(measure, library):
    kb = long_list(9)
    source = kb if library == "knowledge base" else tables_in(library, kb)
    with pytest.raises(pg.NoticeError, match=r"the largest are d#2: 9 units; d#1: 3 units.*at most 38.*Got: 39\."):
        getattr(pg, measure)(source, most_pairs=38)  # 9 · 8 / 2 + 3 · 2 / 2
    assert len(getattr(pg, measure)(source, most_pairs=39)) == len(getattr(pg, measure)(kb))


def test_tasks_of_one_area_count_as_one_list():
    kb = small([{"lead": ["甲区1局", "乙县2局"]}] * 3, areas=["产业"] * 3)
    assert len(pg.congruence(kb, dependence="area", most_pairs=15))  # six units and tasks: 6 · 5 / 2
    with pytest.raises(pg.NoticeError, match="d 产业: 6 units"):
        pg.congruence(kb, dependence="area", most_pairs=14)
    assert len(pg.congruence(kb, most_pairs=3))
    with pytest.raises(pg.NoticeError, match="0 or more"):
        pg.congruence(kb, most_pairs=-1)


def test_the_cap_is_far_above_what_a_notice_makes(kb):
    named = kb.assignments.groupby("task")["unit"].nunique()
    assert int((named * (named - 1) // 2).sum()) * 1000 < MOST_PAIRS


@pytest.fixture(scope="session")
def spark():
    """A session on one core, with one partition after a shuffle: 200 of them take minutes for a few rows."""
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    if shutil.which("java") is None:
        pytest.skip("PySpark needs Java, which is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession

        options = {
            "spark.sql.shuffle.partitions": 1,
            "spark.default.parallelism": 1,
            "spark.ui.enabled": "false",
            "spark.sql.adaptive.enabled": "false",
            "spark.sql.codegen.wholeStage": "false",  # compiling takes longer than a few rows do
        }
        builder = SparkSession.builder.master("local[1]")
        for name, value in options.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("measure", "options"),
    listed({measure: options[:1] for measure, options in SEVERAL.items()} | {"projection": [{}], "coverage": [{}]}),
)
def test_pyspark_gives_what_the_knowledge_base_gives(several, spark, measure, options):
    used = ("documents", "units", "tasks", "assignments", "pairings", "targets")
    same(measure, options, several, tables_in("pyspark", several, spark, used))


def test_concentration_does_not_depend_on_the_order_of_groups(kb):
    polars = pytest.importorskip("polars")
    tables = tables_in("polars", kb)
    found = set()
    for seed in range(8):
        shuffled = {name: table.sample(fraction=1.0, shuffle=True, seed=seed) for name, table in tables.items()}
        result = pg.concentration(shuffled, count="fractional", population="all")
        assert isinstance(result, polars.DataFrame)
        found.add(repr(result.rows()))
    assert len(found) == 1


@pytest.mark.parametrize("library", CHEAP)
def test_a_unit_with_several_rows_is_refused_and_named(in_libraries, library):
    tables = dict(in_libraries[library])
    unit = min(row["unit"] for row in rows_of(tables["units"]))
    tables["units"] = doubled(tables["units"])
    for measure in ("workload", "projection", "coverage"):
        with pytest.raises(pg.NoticeError, match=f"several rows.*{unit}.*rows of"):
            getattr(pg, measure)(tables)


def doubled(table):
    """A table of any library with every row twice."""
    if isinstance(table, pd.DataFrame):
        return pd.concat([table, table], ignore_index=True)
    if hasattr(table, "vstack"):
        return table.vstack(table)
    if hasattr(table, "union"):
        return table.union(table)
    import pyarrow

    return pyarrow.concat_tables([table, table])


def test_the_tables_and_views_of_a_users_database_are_not_touched(kb):
    duckdb = pytest.importorskip("duckdb")
    arrow = pytest.importorskip("pyarrow")
    engine = duckdb.connect()
    engine.execute("CREATE TABLE given AS SELECT 1 AS x")
    engine.execute("CREATE TABLE rows AS SELECT 1 AS x")
    for name, table in tables_in("pandas", kb).items():
        engine.register(f"of_{name}", arrow.Table.from_pandas(table, preserve_index=False))
    tables = {name: engine.table(f"of_{name}") for name in kb.tables}
    views = "SELECT view_name FROM duckdb_views() ORDER BY ALL"
    before = engine.execute(views).fetchall()
    for measure, options in (("coverage", {}), ("panel", {}), ("concentration", {})):
        same(measure, options, kb, tables)
    assert engine.execute(views).fetchall() == before
    assert engine.execute("SELECT * FROM given").fetchall() == [(1,)]


@pytest.mark.parametrize("collectives", [False, True])
def test_the_guard_of_a_projection_counts_the_pairs_that_it_makes(kb, in_libraries, collectives):
    units = pg.projection(kb, collectives=collectives).reset_index()
    made = int(units["joint_tasks"].sum())  # By hand: 89 without the collectives, 99 with them.
    assert made == (99 if collectives else 89)
    for source in (kb, in_libraries["polars"], in_libraries["duckdb"]):
        assert pg.projection(source, collectives=collectives, most_pairs=made) is not None
        with pytest.raises(pg.NoticeError, match=f"Got: {made}"):
            pg.projection(source, collectives=collectives, most_pairs=made - 1)
