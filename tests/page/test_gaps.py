"""Gaps and tasks without a paired counterpart, where the measures of coordination are there."""

from __future__ import annotations

import sys

import pytest

from pairing_graph.page.measured import measure_graph
from pairing_graph.page.payload import build_payload


def test_the_ten_gaps_and_the_six_assignments_without_a_counterpart(graph):
    pytest.importorskip("pairing_graph.measures.coordination", reason="the measures of coordination are not there")
    found = measure_graph(graph)
    assert len(found.gaps) == 10
    assert {gap.data["joint_tasks"] for gap in found.gaps if "农业农村" in gap.unit + gap.partner} == {3}
    alone = {(unit, graph.nodes[task]["number"]) for unit, task, data in graph.edges(data=True)
             if data.get("address") in found.unmatched}  # fmt: skip
    assert alone == {
        ("巫溪县农业农村委", 4),
        ("巫溪县农业农村委", 5),
        ("巫溪县农业农村委", 6),
        ("巫溪县经济信息委", 9),
        ("渝中区人力社保局", 24),
        ("渝中区国资委", 24),
    }


def test_gaps_move_no_node(graph, kb):
    pytest.importorskip("pairing_graph.measures.coordination", reason="the measures of coordination are not there")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "pairing_graph.measures.coordination", None)
        without = build_payload(kb, graph)
    with_gaps = build_payload(kb, graph)
    assert len(with_gaps["facts"]["edges"]) == len(without["facts"]["edges"]) + 10
    assert with_gaps["layouts"] == without["layouts"]


def test_without_those_measures_the_page_has_no_gaps(graph, monkeypatch):
    monkeypatch.setitem(sys.modules, "pairing_graph.measures.coordination", None)
    found = measure_graph(graph)
    assert found.gaps == ()
    assert found.unmatched == frozenset()
    assert found.loads["渝中区招商投资局"]["fractional"] == 5.0
