"""The details and what is taken away of them: words, never objects; every fact with its words and its address."""

from __future__ import annotations

import csv
import io

import networkx as nx
import pytest

from pairing_graph.page import write_page

ALL_DETAILS = """(() => { const {model, store} = pairingGraph; const texts = [];
  for (const [type, items] of [['edge', model.edges], ['node', model.nodes]])
    for (const {id} of items) {
      store.set({selected: {type, id}, hops: 1});
      texts.push(document.getElementById('details').innerText);
    }
  return texts; })()"""


@pytest.fixture(scope="module")
def with_leaders(tmp_path_factory):
    """A task with the columns of a big notice: who is in charge, until when, how far it is."""
    graph = nx.MultiDiGraph()
    graph.add_node("甲县财政局", node_type="unit", name="财政局", region="甲县", kind="department")
    facts = {"leaders": '["张三", "李四"]', "deadline": "2024年9月底前", "address": "一号!t1r2c2"}
    graph.add_node("一号#1", node_type="task", number=1, text="修通进村公路", label="修通进村公路", **facts)
    graph.add_edge("甲县财政局", "一号#1", relation="assigned", role="lead", rank=1, address="一号!t1r2c3.1")
    return write_page(graph, tmp_path_factory.mktemp("details") / "graph.html", tab="network")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_details_of_every_relation_and_node_are_words(reader, kb, lang):
    reader.js(f"pairingGraph.store.set({{lang: '{lang}'}})")
    texts = reader.js(ALL_DETAILS)
    assert len(texts) > len(kb.assignments) + len(kb.pairings) + len(kb.units) + len(kb.tasks)
    assert [text for text in texts if "[object" in text or "undefined" in text or not text.strip()] == []


def test_details_of_a_relation_name_its_facts(reader, kb):
    row = kb.pairings.iloc[0]
    edge = f"e.relation === 'paired' && pairingGraph.model.nodes[e.from].node === '{row['donor']}'"
    reader.js(
        f"pairingGraph.store.set({{selected: {{type: 'edge', id: pairingGraph.model.edges.find(e => {edge}).id}}}})"
    )
    facts = reader.js("[...document.querySelectorAll('#details dt, #details dd')].map(part => part.textContent)")
    assert "方向依据" in facts
    assert f"{row['donor_as_written']} → {row['recipient_as_written']}" in facts


def test_details_of_a_task_name_who_is_in_charge_and_the_deadline(open_page, with_leaders):
    text = open_page(with_leaders, "node=一号%231").page.inner_text("#details")
    for words in ("责任领导", "张三、李四", "完成时限", "2024年9月底前"):
        assert words in text


def test_every_relation_taken_away_has_its_words_and_its_address(reader, kb):
    rows = list(csv.DictReader(io.StringIO(reader.js("pairingGraph.tables.csv('relations')").removeprefix("\ufeff"))))
    assert len(rows) == len(kb.assignments) + len(kb.pairings)
    assert [row for row in rows if not row["原文"] or not row["位置"]] == []
    inherited = kb.assignments[kb.assignments["inherited_from"] != ""].iloc[0]
    words = next(row["原文"] for row in rows if row["位置"] == inherited["address"])
    assert inherited["as_written"] in words
