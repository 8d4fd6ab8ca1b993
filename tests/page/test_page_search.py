"""Search: what is nearest to the words comes first, and arrows choose among it."""

from __future__ import annotations

import networkx as nx
import pytest

from pairing_graph.page import write_page

FOUND = "[...document.querySelectorAll('#search-results li[role=option]')].map(row => row.innerText)"
ACTIVE = "[...document.querySelectorAll('#search-results li.active')].map(row => row.innerText)"


@pytest.fixture(scope="module")
def searched(tmp_path_factory):
    graph = nx.MultiDiGraph()
    for name in ("甲县驻3号院", "甲县3号院", "甲县商务局"):
        graph.add_node(name, node_type="unit", name=name, short_name=name.removeprefix("甲县"), region="甲县")
    graph.nodes["甲县商务局"]["aliases"] = '["经贸委", "３Ａ办"]'
    for number, text in ((1, "建3个园区"), (3, "修路"), (13, "架桥")):
        graph.add_node(f"d#{number}", node_type="task", number=number, text=text, label=text)
        graph.add_edge("甲县商务局", f"d#{number}", relation="assigned", role="lead")
    return write_page(graph, tmp_path_factory.mktemp("search") / "graph.html")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("3", ["3 修路", "甲县3号院", "甲县商务局", "甲县驻3号院", "13 架桥", "1 建3个园区"]),
        ("13", ["13 架桥"]),
        ("经贸", ["甲县商务局"]),
        ("贸委", ["甲县商务局"]),
        ("3a", ["甲县商务局"]),
        (" 园区 ", ["1 建3个园区"]),
        ("甲县", ["甲县驻3号院", "甲县3号院", "甲县商务局"]),
        ("没有", []),
        ("", []),
    ],
    ids=["number-start-part-text", "number", "alias", "part-of-alias", "width-and-case", "text", "in-order", "none", "empty"],
)  # fmt: skip
def test_a_number_comes_first_then_how_a_name_begins_then_its_parts_then_texts(open_page, searched, words, found):
    reader = open_page(searched)
    reader.page.fill("#search", words)
    assert reader.js(FOUND) == found
    assert reader.page.is_visible("#search-results") == bool(words)


def test_arrows_go_round_the_results_and_enter_takes_the_one_that_is_marked(open_page, searched):
    reader = open_page(searched)
    reader.page.fill("#search", "甲县")
    marked = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        reader.page.press("#search", key)
        marked += reader.js(ACTIVE)
    assert marked == ["甲县驻3号院", "甲县3号院", "甲县驻3号院", "甲县商务局"]
    reader.page.press("#search", "Enter")
    assert reader.page.input_value("#search") == "甲县商务局"
    assert reader.page.inner_text("#details h2") == "甲县商务局"
    assert not reader.page.is_visible("#search-results")


def test_twelve_are_listed_and_all_are_counted(reader, kb):
    reader.page.fill("#search", "渝中区")
    named = kb.units["unit"].str.contains("渝中区").sum() + kb.tasks["text"].str.contains("渝中区").sum()
    assert len(reader.js(FOUND)) == 12 < named
    assert str(named) in reader.page.inner_text("#search-results li.note")


def test_what_a_filter_hides_is_shown_when_it_is_chosen(reader):
    reader.page.select_option("#choose-region", "巫溪县")
    reader.page.fill("#search", "渝中区教委")
    reader.page.press("#search", "Enter")
    assert reader.page.inner_text("#details h2") == "渝中区教委"
    assert reader.page.input_value("#choose-region") == ""
    assert reader.js("pairingGraph.canvas.shown().nodes[pairingGraph.store.get('selected').id]")
