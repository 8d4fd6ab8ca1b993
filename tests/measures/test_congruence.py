"""Congruence against published examples, the hand counts of the 2022 notice, and matrices."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from tests.measures.small import answering, bases, small

import pairing_graph as pg
from pairing_graph.kb.knowledge_base import KnowledgeBase

COUNTS = {"plain": (15, 25), "weighted": (39, 61), "areas": (20, 30), "first_listed": (11, 11)}
TA = pd.DataFrame([[0, 1, 0], [0, 1, 1], [1, 1, 0]], index=list("ABC"))
TD = pd.DataFrame([[1, 1, 0], [1, 1, 1], [0, 1, 1]])


def counted(table):
    return {v: (int(row["satisfied"]), int(row["required"])) for v, row in table.iterrows()}


def test_the_published_example():
    required = pg.coordination_requirements(TA, TD)
    published = np.array([[1, 2, 2], [2, 4, 3], [2, 3, 4]])
    assert (required.to_numpy() == published - np.diag(np.diag(published))).all()
    there = {("A", "B"), ("B", "C")}
    needed = {(i, j) for i, j in ("AB", "AC", "BC") if required.loc[i, j] > 0}
    assert len(needed & there) / len(needed) == pytest.approx(2 / 3)


def test_congruence_of_the_2022_notice_in_its_variants(kb):
    table = pg.congruence(kb)
    assert counted(table) == COUNTS
    assert table.loc["plain", "congruence"] == pytest.approx(0.6)
    assert table.attrs["brackets"] == "base"


def test_with_bracketed_names_kept_apart(notice):
    table = pg.congruence(pg.read_notice(notice, qualifier="separate"))
    assert (counted(table)["plain"], counted(table)["weighted"]) == ((14, 25), (36, 61))
    assert table.attrs["brackets"] == "separate"


def test_a_graph_gives_what_its_tables_give(kb, graph):
    pd.testing.assert_frame_equal(pg.congruence(graph), pg.congruence(kb))


def test_where_nothing_is_paired_it_is_not_available(kb):
    alone = kb.replace(pairings=kb.pairings.iloc[:0])
    table = pg.congruence(alone)
    assert table["congruence"].isna().all()
    assert table["required"].tolist() == [25, 61, 30, 11]
    assert all(value is pd.NA for value in table["congruence"])


@pytest.mark.parametrize(
    "kb",
    [KnowledgeBase(), small([{"lead": ["甲区商务局"]}], [("甲区商务局", "乙县商务局")])],
    ids=["empty", "nothing-required"],
)
def test_where_nothing_is_required_it_is_not_available(kb):
    assert pg.congruence(kb)["congruence"].isna().all()


def test_tasks_of_one_area_can_depend_on_each_other():
    kb = small(
        [{"lead": ["甲区商务局"]}, {"lead": ["乙县商务局"]}, {"lead": ["甲区教育局", "乙县教育局"]}],
        [("甲区教育局", "乙县教育局")],
        areas=["产业", "产业", "民生"],
    )
    assert counted(pg.congruence(kb))["plain"] == (1, 1)
    assert counted(pg.congruence(kb, dependence="area"))["plain"] == (1, 2)


def test_an_unknown_dependence_is_refused(kb):
    with pytest.raises(pg.UnknownNameError, match="identity, area"):
        pg.congruence(kb, dependence="moon")


def test_dependences_have_to_fit():
    with pytest.raises(pg.SchemaError, match="do not fit"):
        pg.coordination_requirements(TA, TD.iloc[:2])


@pytest.mark.parametrize("dependence", ["identity", "area"])
@settings(max_examples=20, deadline=None)
@given(kb=bases)
def test_relations_and_matrices_agree(kb, dependence):
    units, tasks = list(kb.units["unit"]), list(kb.tasks["task"])
    facts = answering(kb)
    ta = pd.DataFrame([[int(u in facts[t]) for t in tasks] for u in units], index=units, columns=tasks)
    area = dict(zip(kb.tasks["task"], kb.tasks["area"], strict=True))
    same = [[int(s == t or (dependence == "area" and area[s] == area[t] != "")) for t in tasks] for s in tasks]
    required = pg.coordination_requirements(ta, pd.DataFrame(same, index=tasks, columns=tasks))
    links = {frozenset(pair) for pair in zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True)}
    two = kb.units["region"].nunique() > 1
    pairs = [(u, v) for i, u in enumerate(units) for v in units[i + 1 :] if not two or u[:2] != v[:2]]
    needed = {frozenset(pair): int(required.loc[pair]) for pair in pairs if required.loc[pair] > 0}
    met = {pair: weight for pair, weight in needed.items() if pair in links}
    table = pg.congruence(kb, dependence=dependence)
    assert counted(table)["plain"] == (len(met), len(needed))
    assert counted(table)["weighted"] == (sum(met.values()), sum(needed.values()))
    known = table["congruence"].dropna()
    assert ((known >= 0) & (known <= 1)).all()
    assert table["congruence"].isna().all() or len(links)


def test_by_unit_the_2022_notice_as_counted_by_hand(kb):
    table = pg.congruence(kb, by="unit")
    assert table.loc["渝中区招商投资局", ["satisfied", "required"]].tolist() == [2, 5]
    assert table.loc["巫溪县农业农村委", ["satisfied", "required", "congruence"]].tolist() == [0, 3, 0]
    assert set(table.loc["巫溪县农业农村委", "unpaired"]) == {"渝中区招商投资局", "渝中区商务委", "渝中区发展改革委"}
    for _, part in table.groupby("region"):
        assert part[["satisfied", "required"]].sum().tolist() == [15, 25]
    assert set(table.index[table["congruence"] < 1]) == {unit for pair in pg.gaps(kb).index for unit in pair}


def test_by_unit_without_pairings_it_is_not_available(kb):
    table = pg.congruence(kb.replace(pairings=kb.pairings.iloc[:0]), by="unit")
    assert table[["congruence", "weighted"]].isna().all(axis=None)
    assert set(table["unpaired"]) == {()}
    assert pg.congruence(KnowledgeBase(), by="unit").empty


@settings(max_examples=20, deadline=None)
@given(kb=bases)
def test_units_add_up_to_twice_the_pairs(kb):
    whole, units = pg.congruence(kb).loc["plain"], pg.congruence(kb, by="unit")
    assert units[["satisfied", "required"]].sum().tolist() == [2 * whole["satisfied"], 2 * whole["required"]]


def test_an_unknown_split_is_refused(kb):
    with pytest.raises(pg.UnknownNameError, match="document, unit"):
        pg.congruence(kb, by="moon")
