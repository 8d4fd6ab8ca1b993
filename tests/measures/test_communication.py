"""Communication need against matrices worked out apart, and the counts of the 2022 notice."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from tests.measures.small import answering, bases, small, together

import pairing_graph as pg
from pairing_graph.kb.knowledge_base import KnowledgeBase


def test_the_2022_notice(kb):
    row = pg.communication_need(kb).iloc[0]
    units = kb.units[~kb.units["collective"]]
    one, other = (int((units["region"] == region).sum()) for region in ("渝中区", "巫溪县"))
    assert row[["required", "satisfied", "unrequired", "possible"]].tolist() == [25, 15, 20, one * other]
    assert row["congruence"] == pytest.approx(1 - 30 / (one * other))


def test_by_unit_it_agrees_with_congruence(kb):
    needs, congruence = pg.communication_need(kb, by="unit"), pg.congruence(kb, by="unit")
    both = needs[needs["required"] > 0]
    counts = ["required", "satisfied"]
    assert both[counts].to_dict("index") == congruence[counts].to_dict("index")
    assert len(needs) == 63


@settings(max_examples=30, deadline=None)
@given(kb=bases)
def test_it_is_the_hamming_distance_of_two_matrices(kb):
    region = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    facts = answering(kb)
    paired = {frozenset(pair) for pair in zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True)}
    if not paired or not any(facts.values()):
        return
    units = list(kb.units["unit"])
    several = len(set(region.values())) > 1
    cells = {frozenset((a, b)) for a in units for b in units if a != b and (not several or region[a] != region[b])}
    joint = {cell for cell in cells if any(cell <= set(named) for named in facts.values())}
    row = pg.communication_need(kb).iloc[0]
    assert row["possible"] == len(cells)
    assert row["need"] == pytest.approx(len(joint) / len(cells))
    assert row["congruence"] == pytest.approx(1 - len(joint ^ paired) / len(cells))


def test_every_notice_has_a_row_and_pooled_there_is_one():
    one = small([{"lead": ["甲区商务局", "乙县商务局"]}], [("甲区商务局", "乙县商务局")], document="a")
    other = small([{"lead": ["甲区教育局", "乙县教育局"]}], [("甲区教育局", "乙县商务局")], document="b")
    both = together(one, other)
    assert pg.communication_need(both)["congruence"].to_dict() == {"a": 1.0, "b": 0.0}
    assert pg.communication_need(both, pooled=True)["possible"].to_dict() == {"": 4}


def test_without_pairings_the_need_is_known_and_congruence_is_not(kb):
    row = pg.communication_need(kb.replace(pairings=kb.pairings.iloc[:0])).iloc[0]
    assert row["required"] == 25
    assert row["need"] > 0
    assert row[["congruence"]].isna().all()


def test_nobody_and_an_unknown_choice(kb):
    assert pg.communication_need(KnowledgeBase()).empty
    assert pg.communication_need(KnowledgeBase(), by="unit").empty
    with pytest.raises(pg.UnknownNameError, match="document, unit"):
        pg.communication_need(kb, by="moon")


def test_a_unit_without_a_region_leaves_pairs_within_the_only_one():
    kb = small([{"lead": ["甲区商务局", "甲区教育局", "乙县林业局"]}], [("甲区商务局", "甲区教育局")])
    units = kb.units.assign(region=kb.units["region"].replace("乙县", ""))
    row = pg.communication_need(kb.replace(units=units)).iloc[0]
    assert row[["required", "possible", "unrequired"]].tolist() == [3, 3, 0]
    own = pg.communication_need(kb.replace(units=units), by="unit").loc["甲区商务局"]
    assert own[["required", "possible"]].tolist() == [2, 2]


def test_a_pairing_within_one_region_is_none_of_the_possible_and_counts_as_nothing():
    """Three units can be paired across: one pair is required and paired, so nothing differs; none differs of a unit."""
    within = [("甲区商务局", "甲区教育局"), ("甲区教育局", "甲区财政局"), ("甲区商务局", "甲区财政局")]
    kb = small([{"lead": ["甲区商务局", "乙县商务局"]}], [("甲区商务局", "乙县商务局"), *within])
    row = pg.communication_need(kb).iloc[0]
    assert row[["required", "satisfied", "unrequired", "possible", "congruence"]].tolist() == [1, 1, 0, 3, 1.0]
    by_unit = pg.communication_need(kb, by="unit")
    assert by_unit["unrequired"].tolist() == [0] * 4
    assert by_unit["congruence"].between(0, 1).all()
    assert pg.communication_need(kb, pooled=True)["unrequired"].tolist() == [0]
    for table in (pg.communication_need(kb), by_unit):
        for label in table.index:
            for column in ("unrequired", "need", "congruence"):
                assert pg.explain(kb, table, label, column).value == pytest.approx(table.at[label, column])


def test_where_all_pairings_are_within_one_region_congruence_is_not_known():
    kb = small([{"lead": ["甲区商务局", "乙县商务局"]}], [("甲区商务局", "甲区教育局")])
    table = pg.communication_need(kb)
    assert table["congruence"].isna().all()
    assert pg.explain(kb, table, "d", "congruence").value is pd.NA
