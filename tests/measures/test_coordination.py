"""Joint tasks against pairings: the hand counts of the 2022 notice, brute force on random ones, one region, nobody."""

from __future__ import annotations

from itertools import product

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given, settings
from tests.measures.small import answering, bases, small

import pairing_graph as pg
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.measures.pairs import joint
from pairing_graph.measures.relations import lazy


def test_units_without_a_paired_counterpart_inside_their_task(kb):
    found = pg.unpaired_in_task(kb)
    assert found["numbers"].to_dict() == {
        "巫溪县农业农村委": ("4", "5", "6"),
        "巫溪县经济信息委": ("9",),
        "渝中区人力社保局": ("24",),
        "渝中区国资委": ("24",),
    }
    assert found.loc["巫溪县农业农村委", "partners"] == ("渝中区交通局",)
    assert found.loc["渝中区国资委", "counterparts"] == ("巫溪县委组织部",)
    assert found["tasks"].tolist() == [3, 1, 1, 1]


def test_pairs_of_the_2022_notice(kb):
    pairs = pg.coordination(kb)
    assert pairs["status"].value_counts().to_dict() == {"paired_joint": 15, "gap": 10, "paired_only": 20}
    joint_pairs = pairs[pairs["joint_tasks"] > 0]
    assert (len(joint_pairs), joint_pairs["joint_tasks"].sum(), joint_pairs["joint_areas"].sum()) == (25, 61, 30)
    assert pairs.index.names == ["unit", "partner"]
    assert all(pairs.index.get_level_values("unit").str.startswith("渝中区"))


def test_the_five_strongest_gaps_are_one_merged_cell(kb):
    found = pg.gaps(kb)
    assert len(found) == 10
    assert list(found.index[found["joint_tasks"] == 3]) == [
        ("渝中区招商投资局", "巫溪县商务委"),
        ("渝中区招商投资局", "巫溪县农业农村委"),
        ("渝中区商务委", "巫溪县发展改革委"),
        ("渝中区商务委", "巫溪县农业农村委"),
        ("渝中区发展改革委", "巫溪县农业农村委"),
    ]
    assert found.loc[found["joint_tasks"] == 3, "blocks"].tolist() == [1] * 5


def test_departments_paired_without_a_named_joint_task(kb):
    pairs = pg.coordination(kb)
    only = pairs[(pairs["status"] == "paired_only") & ~pairs["partner_kind"].isin(TOWNSHIP_LEVEL)]
    assert set(only.index) == {
        ("渝中区国资委", "巫溪县国资监管中心"),
        ("渝中区规划自然资源局", "巫溪县规划自然资源局"),
        ("渝中区交通局", "巫溪县农业农村委"),
        ("渝中区经济信息委", "巫溪县经济信息委"),
        ("渝中区人力社保局", "巫溪县人力社保局"),
    }


def test_first_listed_units_leave_no_gap(kb):
    pairs = pg.coordination(kb, first_listed=True)
    assert (pairs["joint_tasks"] > 0).sum() == 11
    assert pg.gaps(kb, first_listed=True).empty


def test_collectives_are_expanded_along_the_pairing_table_only(kb):
    plain, expanded = pg.coordination(kb), pg.coordination(kb, collectives="expand")
    assert set(expanded.index) == set(plain.index)
    gained = expanded["joint_tasks"] - plain["joint_tasks"].reindex(expanded.index)
    assert set(gained) == {0, 1}
    town = expanded.loc[("渝中区朝天门街道", "巫溪县朝阳镇")]
    assert (town["status"], town["joint_tasks"], town["tasks"]) == ("paired_joint", 1, ("巫溪府发〔2022〕24号#21",))
    assert len(pg.gaps(kb, collectives="expand")) == 10


def test_every_pair_traces_back_to_cells(kb):
    pairs = pg.coordination(kb)
    for address in pairs.loc[("渝中区金融办", "巫溪县国资监管中心"), "address"].split():
        assert len(pg.trace(kb, pg.Address.parse(address))) == 1
    assert (pairs["address"] != "").all()


def test_a_graph_gives_what_its_tables_give(kb, graph):
    assert pg.coordination(graph)["status"].to_dict() == pg.coordination(kb)["status"].to_dict()
    assert set(pg.unpaired_in_task(graph).index) == set(pg.unpaired_in_task(kb).index)


def test_choices_are_named(kb):
    named = pg.coordination(kb).attrs
    choices = {"role": "answerable", "first_listed": False, "collectives": "leave_out", "brackets": "base"}
    choices |= {"pairings": 35}
    assert named == choices | {"notices": "within each", "documents": ("巫溪府发〔2022〕24号",)}


@pytest.mark.parametrize("options", [{"role": "moon"}, {"collectives": "moon"}], ids=["role", "collectives"])
def test_unknown_choices_are_refused(kb, options):
    for measure in (pg.coordination, pg.gaps, pg.unpaired_in_task, pg.congruence):
        with pytest.raises(pg.UnknownNameError, match="There is no such choice"):
            measure(kb, **options)


def test_in_a_notice_of_one_region_pairs_are_within_it():
    kb = small([{"lead": ["甲区商务局", "甲区教育局"]}, {"lead": ["甲区商务局", "甲区财政局"]}])
    pairs = pg.coordination(kb)
    assert list(pairs.index) == [("甲区商务局", "甲区教育局"), ("甲区商务局", "甲区财政局")]
    assert pairs["status"].isna().all()
    assert pg.unpaired_in_task(kb).empty
    assert pg.unpaired_in_task(kb).attrs["pairings"] == 0


def test_joint_pairs_come_first_then_the_most_joint_tasks_then_the_order_of_the_notice():
    lead = ["甲区商务局", "甲区教育局", "乙县商务局", "乙县教育局", "乙县林业局"]
    links = [
        ("甲区教育局", "乙县商务局"),
        ("甲区财政局", "乙县财政局"),
        ("甲区商务局", "乙县林业局"),
        ("甲区商务局", "乙县财政局"),
    ]
    kb = small([{"lead": lead}, {"lead": ["甲区教育局", "乙县教育局"]}], links)
    found = pg.coordination(kb)
    assert [
        (*pair, row.status, row.joint_tasks) for pair, row in zip(found.index, found.itertuples(), strict=True)
    ] == [
        ("甲区商务局", "乙县林业局", "paired_joint", 1),
        ("甲区教育局", "乙县商务局", "paired_joint", 1),
        ("甲区教育局", "乙县教育局", "gap", 2),
        ("甲区商务局", "乙县商务局", "gap", 1),
        ("甲区商务局", "乙县教育局", "gap", 1),
        ("甲区教育局", "乙县林业局", "gap", 1),
        ("甲区商务局", "乙县财政局", "paired_only", 0),
        ("甲区财政局", "乙县财政局", "paired_only", 0),
    ]


def test_roles_can_be_chosen():
    kb = small([{"lead": ["甲区商务局"], "support": ["乙县商务局"]}, {"responsible": ["甲区教育局", "乙县教育局"]}])
    assert list(pg.coordination(kb).index) == [("甲区教育局", "乙县教育局")]
    assert pg.coordination(kb, role="lead").empty
    assert set(pg.coordination(kb, role="any").index) == {("甲区商务局", "乙县商务局"), ("甲区教育局", "乙县教育局")}


@pytest.mark.parametrize("measure", [pg.coordination, pg.gaps, pg.unpaired_in_task], ids=lambda m: m.__name__)
def test_nobody_is_an_empty_frame(measure, kb):
    empty, full = measure(KnowledgeBase()), measure(kb)
    assert empty.empty
    assert list(empty.columns) == list(full.columns)
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


@settings(max_examples=20, deadline=None)
@given(bases)
def test_pairs_are_those_of_brute_force(kb):
    counted, areas = {}, {}
    two = len(set(kb.units["region"])) > 1
    area_of = dict(zip(kb.tasks["task"], kb.tasks["area"], strict=True))
    for task, units in answering(kb).items():
        for one, other in product(units, units):
            if (one[:2], other[:2]) == ("甲区", "乙县") if two else units.index(one) < units.index(other):
                pair = (one, other) if two else frozenset((one, other))
                counted[pair] = counted.get(pair, 0) + 1
                areas.setdefault(pair, set()).add(area_of[task])
    pairs = pg.coordination(kb)
    key = tuple if two else frozenset
    got = pairs[pairs["joint_tasks"] > 0]
    turned = {tuple(reversed(pair)) for pair in counted} if two else set()
    assert {key(pair) if key(pair) not in turned else pair[::-1] for pair in got.index} == set(counted)
    for pair, row in zip(got.index, got.to_dict("records"), strict=True):
        name = key(pair) if key(pair) in counted else pair[::-1]
        assert row["joint_tasks"] == counted[name]
        assert row["joint_areas"] == len(areas[name] - {""})
        assert row["blocks"] >= 1
        paired = {frozenset(link) for link in zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True)}
        assert pd.isna(row["paired"]) if not paired else row["paired"] == (frozenset(pair) in paired)


def test_the_core_takes_other_frame_libraries(kb):
    polars = pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    tables = {
        name: polars.from_pandas(table.drop(columns=[c for c in table if table[c].dtype == object]))
        for name, table in kb.tables.items()
    }
    got = nw.to_native(joint(lazy(tables)).collect(backend="pandas"))
    assert len(got.drop_duplicates(["unit", "partner"])) == 2 * 25
    assert isinstance(got, pd.DataFrame)


def test_without_a_pairing_table_no_pair_is_a_gap(kb):
    alone = kb.replace(pairings=kb.pairings.iloc[:0])
    pairs = pg.coordination(alone)
    assert len(pairs) == 25
    assert pairs[["paired", "status"]].isna().all(axis=None)
    assert pg.gaps(alone).empty
    assert pg.gaps(alone).attrs["pairings"] == 0
    assert list(pg.gaps(alone).columns) == list(pg.gaps(kb).columns)
    assert pairs.dtypes.to_dict() == pg.coordination(kb).dtypes.to_dict()


def test_a_scenario_without_any_pairing_says_of_gaps_that_they_are_unknown(kb):
    change = pg.difference(kb, kb.replace(pairings=kb.pairings.iloc[:0])).loc[[("pairs", "gaps")]]
    assert change["before"].tolist() == [10]
    assert change[["after", "change"]].isna().all(axis=None)
