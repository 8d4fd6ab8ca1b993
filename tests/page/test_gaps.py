"""Gaps and tasks without a paired counterpart on the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pairing_graph.page import payload
from pairing_graph.page.measured import measure
from pairing_graph.page.payload import build_payload


def test_the_ten_gaps_and_the_six_assignments_without_a_counterpart(graph):
    found = measure(graph)
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
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(payload, "measure", lambda source: replace(measure(source), gaps=()))
        without = build_payload(kb, graph)
    with_gaps = build_payload(kb, graph)
    assert len(with_gaps["facts"]["edges"]) == len(without["facts"]["edges"]) + 10
    assert with_gaps["layouts"] == without["layouts"]


def test_a_knowledge_base_is_measured_as_its_graph_is(graph, kb):
    assert measure(kb) == measure(graph)
    assert measure(kb).loads["渝中区招商投资局"]["fractional"] == 5.0
