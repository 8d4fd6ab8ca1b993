"""Load against hand counts of the 2022 notice, brute force on random ones, and other frame libraries."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.small import answering, small

import pairing_graph as pg
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import ROLES
from pairing_graph.measures.relations import lazy
from pairing_graph.measures.workload import COUNTS, DESCRIBED, counts, named_loads


def test_columns_are_those_that_the_house_declares(kb):
    assert list(pg.workload(kb).columns) == [*DESCRIBED, *COUNTS] == [
        "region", "kind",
        "lead", "responsible", "support", "guide", "tasks", "areas", "listed_first", "fractional", "pairings", "partners",
        "targets",
    ]  # fmt: skip
    assert pg.workload(kb).index.name == "unit"


def test_every_unit_has_its_region_and_kind_beside_its_counts(kb):
    assert pg.workload(kb).loc["巫溪县土城镇", ["region", "kind"]].tolist() == ["巫溪县", "town"]
    by_region = pg.workload(kb, by="region")
    assert by_region.index.names == ["region", "unit"]
    assert by_region["kind"].loc["巫溪县", "巫溪县土城镇"] == "town"
    assert len(by_region.reset_index()) == len(pg.workload(kb))


@pytest.mark.parametrize(
    ("unit", "lead", "areas", "listed_first", "fractional", "pairings", "partners"),
    [
        ("渝中区招商投资局", 7, 3, 4, 5.0, 2, 2),
        ("巫溪县发展改革委", 7, 3, 4, 4 + 1 / 3, 2, 2),
        ("渝中区商务委", 5, 2, 5, 3.0, 1, 1),
        ("渝中区发展改革委", 5, 2, 2, 3.0, 3, 3),
        ("巫溪县商务委", 5, 2, 5, 3.0, 2, 2),
        ("巫溪县国资监管中心", 1, 1, 1, 1.0, 2, 2),
        ("渝中区规划自然资源局", 2, 1, 0, 1.0, 2, 2),
        ("巫溪县土城镇", 0, 0, 0, 0.0, 1, 1),
    ],
)
def test_loads_of_the_2022_notice(kb, unit, lead, areas, listed_first, fractional, pairings, partners):
    row = pg.workload(kb).loc[unit]
    got = [row[name] for name in ("lead", "areas", "listed_first", "pairings", "partners")]
    assert got == [lead, areas, listed_first, pairings, partners]
    assert row["fractional"] == pytest.approx(fractional)
    assert row["tasks"] == lead


def test_fractional_load_sums_to_the_tasks_in_each_region(kb):
    loads = pg.workload(kb, collectives=True)
    assert loads.groupby("region")["fractional"].sum().to_dict() == pytest.approx({"渝中区": 28, "巫溪县": 28})


def test_collectives_have_no_row_unless_asked_for(kb):
    assert len(pg.workload(kb)) == 63
    assert pg.workload(kb, collectives=True).loc["渝中区各管委会", "lead"] == 1


def test_targets_are_those_of_the_answerable_tasks(kb):
    assert pg.workload(kb).loc["渝中区教委", "targets"] == 2
    assert pg.workload(kb).loc["渝中区金融办", "targets"] == 0


def test_a_graph_gives_what_its_tables_give(kb, graph):
    pd.testing.assert_frame_equal(pg.workload(graph), pg.workload(kb))


def test_the_parts_of_a_split_add_up(kb):
    whole = pg.workload(kb)
    by_area = pg.workload(kb, by="area")
    assert by_area["pairings"].isna().all()
    assert by_area.groupby("unit")["lead"].sum().reindex(whole.index, fill_value=0).equals(whole["lead"])
    assert list(by_area.index.get_level_values("area").unique())[:2] == ["产业协同方面", "提升产业链供应链现代化水平"]
    pd.testing.assert_frame_equal(pg.workload(kb, by="document").droplevel("document"), whole, check_like=True)
    assert pg.workload(kb, by="region").loc["渝中区"]["lead"].sum() == 37


def test_an_unknown_split_is_refused(kb):
    with pytest.raises(pg.UnknownNameError, match="region, area, document"):
        pg.workload(kb, by="moon")


def test_no_tasks_are_no_load():
    empty = pg.workload(KnowledgeBase())
    assert empty.empty
    assert list(empty.columns) == [*DESCRIBED, *COUNTS]


def test_a_guide_is_counted_and_answers_for_nothing():
    kb = small([{"guide": ["甲区商务局"], "responsible": ["乙县商务局"]}, {"guide": ["甲区商务局"]}])
    loads = pg.workload(kb)
    assert loads.loc["甲区商务局", ["guide", "tasks"]].tolist() == [2, 2]
    assert loads.loc["甲区商务局", ["lead", "responsible", "areas", "listed_first", "fractional"]].sum() == 0
    assert answering(kb) == {"d#1": ["乙县商务局"], "d#2": []}
    assert set(pg.checks(kb)["check"]) >= {"nobody_answers"}
    assert not pg.workload(small([{"lead": ["甲区商务局"]}]))["guide"].any()


units = ["甲1", "甲2", "甲3", "乙1", "乙2", "丙各"]
facts = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from(units), st.sampled_from(ROLES), st.integers(1, 3)),
    max_size=25,
    unique_by=lambda fact: fact[:3],
)  # fmt: skip
links = st.lists(st.tuples(st.sampled_from(units[:3]), st.sampled_from(units[3:])), max_size=6, unique=True)


def base(assignments, pairings):
    return KnowledgeBase().replace(
        documents=frame("documents", [{"document": "d"}]),
        units=frame("units", [{"unit": u, "name": u, "region": u[0], "kind": "other", "collective": u == "丙各"} for u in units]),
        tasks=frame("tasks", [{"task": f"d#{k}", "document": "d", "area": "ab"[k % 2], "address": f"d!t1r{k}"} for k in range(1, 6)]),
        assignments=frame("assignments", [{"task": f"d#{t}", "unit": u, "role": r, "rank": n, "address": f"d!t1r{t}c{n}.{i + 1}"} for i, (t, u, r, n) in enumerate(assignments)]),
        pairings=frame("pairings", [{"document": "d", "donor": a, "recipient": b, "direction_basis": "header", "address": f"d!t2r{i + 1}"} for i, (a, b) in enumerate(pairings)]),
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(facts, links)
def test_counts_are_those_of_brute_force(assignments, pairings):
    loads = pg.workload(base(assignments, pairings), collectives=True)
    by_task = defaultdict(list)
    for task, unit, role, rank in assignments:
        by_task[task].append((unit, role, rank))
    for unit in units:
        mine = {task: {role for u, role, _ in rows if u == unit} for task, rows in by_task.items()}
        assert loads.loc[unit, "tasks"] == sum(bool(roles) for roles in mine.values())
        for role in ROLES:
            assert loads.loc[unit, role] == sum(role in roles for roles in mine.values())
        share, first, areas = Fraction(0), 0, set()
        for task, rows in by_task.items():
            role = "lead" if any(r == "lead" for _, r, _ in rows) else "responsible"
            peers = [(u, n) for u, r, n in rows if r == role and u[0] == unit[0]]
            if unit in {u for u, _ in peers}:
                share += Fraction(1, len({u for u, _ in peers}))
                first += min(n for u, n in peers if u == unit) == min(n for _, n in peers)
                areas.add("ab"[task % 2])
        assert loads.loc[unit, "fractional"] == pytest.approx(float(share))
        assert loads.loc[unit, "listed_first"] == first
        assert loads.loc[unit, "areas"] == len(areas)
        assert loads.loc[unit, "pairings"] == sum(unit in pair for pair in pairings)


@pytest.mark.parametrize("library", ["polars", "pyarrow", "duckdb"])
def test_the_core_takes_other_frame_libraries(kb, library):
    pytest.importorskip(library)
    native = {
        name: table.drop(columns=[c for c in table if table[c].dtype == object]) for name, table in kb.tables.items()
    }
    if library == "polars":
        import polars

        tables = {name: polars.from_pandas(table) for name, table in native.items()}
    elif library == "pyarrow":
        import pyarrow

        tables = {name: pyarrow.Table.from_pandas(table) for name, table in native.items()}
    else:
        import duckdb

        tables = {
            name: duckdb.from_arrow(__import__("pyarrow").Table.from_pandas(table)) for name, table in native.items()
        }
    got = nw.to_native(counts(lazy(tables)).collect(backend="pandas")).set_index("unit")
    wanted = pg.workload(kb)[list(COUNTS)]
    got = got.reindex(wanted.index)[list(COUNTS)].astype(wanted.dtypes.to_dict())
    pd.testing.assert_frame_equal(got, wanted, check_exact=False)


def test_named_loads_are_what_workload_gives_without_collectives(kb):
    found = named_loads(kb, pg.workload(kb, collectives=True))
    pd.testing.assert_frame_equal(found, pg.workload(kb))
    assert found.attrs == pg.workload(kb).attrs
