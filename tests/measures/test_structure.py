"""Structure against the published numbers of the Southern Women, the 2022 notice and hand counts."""

from __future__ import annotations

from math import exp

import networkx as nx
import pytest
from tests.measures.small import small

import pairing_graph as pg
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.structure import one_mode, two_mode_centrality


@pytest.fixture(scope="module")
def davis():
    return nx.davis_southern_women_graph()


@pytest.mark.parametrize(
    ("node", "measure", "published"),
    [
        ("E8", "degree", 0.78),
        ("E9", "degree", 0.67),
        ("E7", "degree", 0.56),
        ("Nora Fayette", "degree", 0.57),
        ("E8", "betweenness", 0.24),
        ("E9", "betweenness", 0.23),
        ("E8", "closeness", 0.85),
        ("Evelyn Jefferson", "closeness", 0.80),
    ],
)
def test_southern_women(davis, node, measure, published):
    assert two_mode_centrality(davis).loc[node, measure] == pytest.approx(published, abs=0.005)


def test_southern_women_who_attend_together(davis):
    pairs = one_mode(davis, davis.graph["top"])
    assert len(pairs) == 139
    first = pairs.loc[("Evelyn Jefferson", "Theresa Anderson")]
    assert (first["joint_tasks"], first["newman"]) == (7, pytest.approx(1.48688, abs=5e-6))


def test_the_2022_notice_falls_into_nine_components(kb):
    table = pg.centrality(kb)
    assert table.loc[table["component_size"] > 1, "component"].nunique() == 9
    assert table.loc["渝中区招商投资局", "degree"] == pytest.approx(7 / 28)
    assert table["degree"].between(0, 1).all()
    assert table["closeness"].between(0, 1).all()
    assert set(table["node_type"]) == {"unit", "task"}


def test_a_lone_node_has_no_standing(kb):
    row = pg.centrality(kb).loc["巫溪县土城镇"]
    assert row[["degree", "closeness", "betweenness"]].tolist() == [0, 0, 0]
    assert row["component_size"] == 1


def test_units_that_answer_together(kb):
    pairs = pg.projection(kb)
    assert pairs.loc[("巫溪县发展改革委", "渝中区招商投资局"), "joint_tasks"] == 7
    # Three tasks of two units, three of six, one of four.
    assert pairs.loc[("巫溪县发展改革委", "渝中区招商投资局"), "newman"] == pytest.approx(3 + 3 / 5 + 1 / 3)
    assert (pairs["address"] != "").all()


def test_tasks_with_a_sole_lead(kb):
    found = pg.sole_leads(kb)
    assert found.groupby("region").size().to_dict() == {"渝中区": 21, "巫溪县": 21}
    assert not found["collective"].any()
    assert ("巫溪府发〔2022〕24号#4", "渝中区") not in found.index


def test_exclusivity_by_hand():
    kb = small([{"lead": ["甲区商务局", "甲区教育局", "乙县商务局"]}, {"lead": ["甲区商务局"]}])
    own, across = pg.task_exclusivity(kb), pg.task_exclusivity(kb, across=True)
    assert own.loc["甲区商务局", "exclusivity"] == pytest.approx(1 + exp(-1))
    assert own.loc["乙县商务局", "exclusivity"] == pytest.approx(1)
    assert across.loc["乙县商务局", "exclusivity"] == pytest.approx(exp(-2))
    assert own.loc["甲区商务局", "share"] == pytest.approx((1 + exp(-1)) / 2)


def test_exclusivity_counts_the_cells_behind_it(kb):
    row = pg.task_exclusivity(kb).loc["渝中区招商投资局"]
    assert (row["tasks"], row["blocks"]) == (7, 3)
    assert row["exclusivity"] == pytest.approx(4 + 3 * exp(-2))


@pytest.mark.parametrize(
    "measure", [pg.centrality, pg.projection, pg.sole_leads, pg.task_exclusivity], ids=lambda m: m.__name__
)
def test_nobody_is_an_empty_frame_and_a_graph_will_do(measure, kb, graph):
    empty, full = measure(KnowledgeBase()), measure(kb)
    assert empty.empty
    assert list(empty.columns) == list(full.columns)
    assert len(measure(graph)) == len(full)
    assert full.attrs["brackets"] == "base"
