"""Balance: the solver against brute force, the published cases, and the 2022 notice by hand."""

from __future__ import annotations

from itertools import product

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.small import small

import pairing_graph as pg
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.balance import alternatives, cost_of, semi_matching

eligible = st.dictionaries(
    st.sampled_from("123456"), st.lists(st.sampled_from("abcd"), min_size=1, max_size=4, unique=True), max_size=6
)


def test_a_small_case():
    assert cost_of(semi_matching({"1": ["a"], "2": ["a", "b"], "3": ["a", "b"], "4": ["b", "c"]})) == 5


@pytest.mark.parametrize(("side", "cost"), [("top", 22), ("bottom", 14)], ids=["women-to-events", "events-to-women"])
def test_southern_women(side, cost):
    davis = nx.davis_southern_women_graph()
    assert cost_of(semi_matching({node: sorted(davis[node]) for node in davis.graph[side]})) == cost


@settings(max_examples=60, deadline=None)
@given(eligible)
def test_no_other_answer_is_evener_or_needs_fewer_moves(cells):
    found = semi_matching(cells)
    answers = [dict(zip(cells, units, strict=True)) for units in product(*cells.values())]

    def moves(answer):
        return sum(answer[task] != units[0] for task, units in cells.items())

    def greatest(answer):
        return max((list(answer.values()).count(unit) for unit in answer.values()), default=0)

    assert all(found[task] in units for task, units in cells.items())
    assert (cost_of(found), moves(found)) == min((cost_of(answer), moves(answer)) for answer in answers)
    assert greatest(found) == min(map(greatest, answers))


@settings(max_examples=150, deadline=None)
@given(eligible)
def test_interchangeable_units_are_those_of_all_other_best_answers(cells):
    found = semi_matching(cells)
    answers = [dict(zip(cells, units, strict=True)) for units in product(*cells.values())]

    def rank(answer):
        return cost_of(answer), sum(answer[task] != units[0] for task, units in cells.items())

    best = [answer for answer in answers if rank(answer) == rank(found)]
    others = {task: {answer[task] for answer in best} - {found[task]} for task in cells}
    assert {task: set(units) for task, units in alternatives(cells, found).items()} == others


def test_whether_the_answer_is_the_only_one_is_said(kb):
    even = pg.balance(kb)
    for region, unique in even.attrs["unique"].items():
        assert unique == (even.xs(region, level="region")["interchangeable"].map(len).sum() == 0)
    for row in even.to_dict("records"):
        assert set(row["interchangeable"]) <= set(row["listed"]) - {row["after"]}
    loads = pg.balance_loads(kb)
    swaps = {(unit, other) for unit, others in loads["interchangeable"].items() for other in others}
    assert swaps == {(other, unit) for unit, other in swaps}
    assert swaps


def test_a_task_needs_a_unit():
    with pytest.raises(pg.NoticeError, match="needs a unit"):
        semi_matching({"1": []})


def test_the_2022_notice(kb):
    even = pg.balance(kb)
    assert even.attrs["cost_before"] == {"渝中区": 54, "巫溪县": 54}
    assert even.attrs["cost_after"] == {"渝中区": 50, "巫溪县": 44}
    assert even.attrs["moves"] == {"渝中区": 3, "巫溪县": 4}
    assert even.attrs["greatest_after"] == {"渝中区": 4, "巫溪县": 3}
    assert [task.rpartition("#")[2] for task in even.attrs["left_out"]] == ["21"]
    assert even["moved"].sum() == 7
    assert all(row["after"] in row["listed"] for row in even.to_dict("records"))


def test_loads_before_are_those_listed_first(kb):
    loads, counted = pg.balance_loads(kb), pg.workload(kb)
    assert loads["before"].equals(counted["listed_first"].reindex(loads.index))
    assert loads.groupby("region")[["before", "after"]].sum().to_numpy().tolist() == [[27, 27], [27, 27]]
    assert (loads["change"] == loads["after"] - loads["before"]).all()


def test_collectives_answer_on_request(kb):
    even = pg.balance(kb, collectives=True)
    assert even.attrs["left_out"] == []
    assert len(even) == 56


def test_one_region_and_nobody(kb):
    one = pg.balance(small([{"lead": ["甲区商务局", "甲区教育局"]}, {"lead": ["甲区商务局"]}]))
    assert one["after"].to_dict() == {("d#1", "甲区"): "甲区教育局", ("d#2", "甲区"): "甲区商务局"}
    empty = pg.balance(KnowledgeBase())
    assert empty.empty
    assert empty.dtypes.to_dict() == pg.balance(kb).dtypes.to_dict()
    assert pg.balance_loads(KnowledgeBase()).empty


def test_a_graph_gives_what_its_tables_give(kb, graph):
    pd.testing.assert_frame_equal(pg.balance_loads(graph), pg.balance_loads(kb), check_like=True)
