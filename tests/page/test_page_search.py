"""Search: what is nearest to the words comes first, and arrows choose among it."""

from __future__ import annotations

import networkx as nx
import pytest

from pairing_graph.page import write_page

FOUND = "[...document.querySelectorAll('#search-results li[role=option] span')].map(row => row.innerText)"
ACTIVE = "[...document.querySelectorAll('#search-results li.active span')].map(row => row.innerText)"


@pytest.fixture(scope="module")
def searched(tmp_path_factory):
    graph = nx.MultiDiGraph()
    for name in ("甲县驻3号院", "甲县3号院", "甲县商务局"):
        graph.add_node(name, node_type="unit", name=name, short_name=name.removeprefix("甲县"), region="甲县")
    graph.nodes["甲县商务局"]["aliases"] = '["经贸委", "３Ａ办"]'
    for number, text in ((1, "建3个园区"), (3, "修路"), (13, "架桥")):
        graph.add_node(f"d#{number}", node_type="task", number=number, text=text, label=text)
        graph.add_edge("甲县商务局", f"d#{number}", relation="assigned", role="lead")
    return write_page(graph, tmp_path_factory.mktemp("search") / "graph.html", tab="network")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("3", ["3 修路", "1 建3个园区", "甲县3号院", "甲县商务局", "甲县驻3号院"]),
        ("13", ["13 架桥"]),
        ("任务13", ["13 架桥"]),
        ("第 13 项", ["13 架桥"]),
        ("task 13", ["13 架桥"]),
        ("经贸", ["甲县商务局"]),
        ("贸委", ["甲县商务局"]),
        ("3a", ["甲县商务局"]),
        (" 园区 ", ["1 建3个园区"]),
        ("甲县", ["甲县驻3号院", "甲县3号院", "甲县商务局"]),
        ("没有", []),
        ("", []),
    ],
    ids=["number-text-start-part", "number", "task-number", "ordinal", "task-number-en", "alias", "part-of-alias", "width-and-case", "text", "in-order", "none", "empty"],
)  # fmt: skip
def test_the_group_of_the_nearest_comes_first_and_in_it_a_number_how_a_name_begins_its_parts_then_texts(
    open_page, searched, words, found
):
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


FIRST = "(document.querySelector('#search-results li[role=option] span') ?? {}).innerText ?? ''"
GROUPS = "[...document.querySelectorAll('#search-results [role=group]')].map(group => group.getAttribute('aria-label'))"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("区发展改革委", "渝中区发展改革委"),
        ("区发改委", "渝中区发展改革委"),
        ("县发改委", "巫溪县发展改革委"),
        ("县发改局", "巫溪县发展改革委"),
        ("人社局", "渝中区人力社保局"),
        ("qfzggw", "渝中区发展改革委"),
        ("QFGW", "渝中区发展改革委"),
        ("xgzjgzx", "巫溪县国资监管中心"),
        ("jfbcbd", "渝中区解放碑CBD管委会"),
        ("4", "4 推动渝中重点骨干企业与巫溪优质企业建立合作关系"),
        ("森林面积", "27 探索开展森林面积指标交易"),
    ],
)
def test_a_unit_is_found_by_any_of_its_names_and_by_their_first_letters(reader, words, first):
    reader.page.fill("#search", words)
    assert reader.js(FIRST) == first


@pytest.mark.parametrize("words", ["发改委", "发改局", "发展和改革局", "fzggw", "fgw"])
def test_the_offices_of_a_line_are_found_by_what_it_is_called_anywhere(reader, words):
    reader.page.fill("#search", words)
    assert sorted(reader.js(FOUND)[:2]) == ["巫溪县发展改革委", "渝中区发展改革委"]


def test_ids_are_not_searched_and_a_number_is_no_part_of_another(reader, kb):
    reader.page.fill("#search", "4")
    found = reader.js(FOUND)
    assert found[0].startswith("4 ")
    assert len(found) == 1 + kb.tasks["text"].str.contains(r"(?<!\d)4(?!\d)").sum()
    reader.page.fill("#search", "巫溪府发")
    assert reader.js(FOUND) == []


def test_results_are_grouped_and_keys_go_through_all_of_them(reader):
    reader.page.fill("#search", "就业")
    assert reader.js(GROUPS) == ["单位", "任务"]
    found = reader.js(FOUND)
    marked = []
    for _ in found:
        reader.page.press("#search", "ArrowDown")
        marked += reader.js(ACTIVE)
    assert marked == found
    assert reader.page.get_attribute("#search", "aria-activedescendant") == f"found-{len(found) - 1}"
    reader.page.press("#search", "PageUp")
    assert reader.js(ACTIVE) == found[:1]


def test_an_abbreviation_says_why_it_was_found(reader):
    reader.page.fill("#search", "区发改")
    assert reader.page.inner_text("#search-results li[role=option] small >> nth=0") == "区发改委"
