"""Names and texts are data: whatever stands in them is shown as text and does nothing."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import networkx as nx
import pytest

from pairing_graph.base.safe_cells import is_formula
from pairing_graph.page import page_html, show, write_page

ATTACKS = {
    "end of script": "</script><script>window.hit=1</script>",
    "image": "<img src=x onerror='window.hit=1'>",
    "quotes": "\"'><svg onload=window.hit=1>",
    "template": "{{ 7*7 }}{% raw %}",
    "comment": "<!--<script>",
    "separators": "a\u2028b\u2029c",
    "direction": "甲\u202e乙\u2066丙",
    "control": "a\x00b\x1bc",
    "surrogate": "a\ud800b",
    "prototype": "__proto__",
    "formula": '=HYPERLINK("http://x")',
    "object": "constructor",
}


def hostile_graph() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_node("d", node_type="document", document="d", title=ATTACKS["end of script"], file=ATTACKS["image"])
    for count, (name, attack) in enumerate(ATTACKS.items()):
        graph.add_node(attack, node_type="unit", name=attack, region=attack, kind=attack, line=attack)
        graph.add_node(f"t{count}", node_type="task", text=attack, label=attack, number=count, leaders=f'["{name}"]')
        graph.add_node(f"a{count}", node_type="area", name=attack)
        graph.add_edge("d", f"t{count}", relation="issued", address="d!p1")
        graph.add_edge(f"t{count}", f"a{count}", relation="part_of", address="d!p1")
        graph.add_edge(
            attack, f"t{count}", relation="assigned", role="lead", as_written=attack, address=f"d!t1r{count + 1}c1"
        )
    graph.add_edge(
        ATTACKS["image"], ATTACKS["quotes"], relation="paired", remark=ATTACKS["image"], document=ATTACKS["image"]
    )
    graph.add_edge(ATTACKS["image"], ATTACKS["image"], relation="paired", remark="self")
    return graph


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory):
    return write_page(hostile_graph(), tmp_path_factory.mktemp("hostile") / "graph.html", tab="network")


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def test_only_our_own_elements_stand_in_the_file(hostile_file, page_file):
    hostile, known = Elements(), Elements()
    hostile.feed(hostile_file.read_text(encoding="utf-8"))
    known.feed(page_file.read_text(encoding="utf-8"))
    assert [tag for tag, _ in hostile.found] == [tag for tag, _ in known.found]
    assert not [name for _, attributes in hostile.found for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("question", ["load", "pairs", "gaps", "network", "source", "table"])
@pytest.mark.parametrize("layout", ["columns", "network", "areas"])
def test_nothing_runs(open_page, hostile_file, layout, question):
    reader = open_page(hostile_file, f"layout={layout}&tab={question}")
    for count in range(len(ATTACKS) * 2):
        reader.js(f"pairingGraph.store.set({{selected: {{type: 'node', id: {count}}}}})")
        reader.js(f"pairingGraph.store.set({{selected: {{type: 'edge', id: {count}}}}})")
    assert reader.js("window.hit") is None
    assert reader.complaints == []
    assert reader.outside_requests() == []


def test_attacks_are_shown_as_text(open_page, hostile_file):
    reader = open_page(hostile_file, "tab=table")
    text = reader.page.inner_text("#table-units")
    assert ATTACKS["end of script"] in text
    assert ATTACKS["image"] in text
    assert "甲⟨U+202E⟩乙⟨U+2066⟩丙" in text
    assert "a⟨U+0000⟩b⟨U+001B⟩c" in text
    assert "a⟨U+D800⟩b" in text


def test_search_and_tooltip_show_text(open_page, hostile_file):
    reader = open_page(hostile_file)
    reader.page.fill("#search", "<img")
    assert ATTACKS["image"] in reader.page.inner_text("#search-results")
    reader.page.press("#search", "Enter")
    assert reader.page.inner_text("#details h2") == ATTACKS["image"]
    assert reader.js("document.querySelectorAll('#details img, #search-results img').length") == 0


def test_a_formula_in_csv_is_text(open_page, hostile_file):
    reader = open_page(hostile_file)
    rows = list(csv.reader(io.StringIO(reader.js("pairingGraph.tables.csv('units')").removeprefix("\ufeff"))))
    names = [row[0] for row in rows]
    assert "'" + ATTACKS["formula"] in names
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t"))]


def test_the_page_and_python_take_the_same_texts_for_formulas(open_page, hostile_file):
    texts = ["=1", " =1", "\u3000＝1", "\u200b@a", "\ufeff-1", "=", "-", "县教委", "\tx", "\nx", "a=1", "", "=\n", "1"]
    reader = open_page(hostile_file)
    rows = reader.js(
        f"pairingGraph.toCsv({json.dumps([texts])}, new RegExp(pairingGraph.payload.formula))"
    ).removeprefix("\ufeff")
    (cells,) = csv.reader(io.StringIO(rows, newline=""))
    assert [cell.startswith("'") for cell in cells] == [is_formula(text) for text in texts]


def test_csv_of_the_page_keeps_numbers_and_every_sign_of_a_text(open_page, hostile_file):
    rows = [["甲,乙", '说"好"', "上\n下", "左\r右", "平常"], [-1, 2.5, 0, -0.25, "-1"], ["", "=", None, "a=1", "＝1"]]
    reader = open_page(hostile_file)
    text = reader.js(f"pairingGraph.toCsv({json.dumps(rows)}, new RegExp(pairingGraph.payload.formula))")
    assert text.startswith('\ufeff"甲')
    assert text.endswith("\r\n")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))) == [
        ["甲,乙", '说"好"', "上\n下", "左\r右", "平常"],
        ["-1", "2.5", "0", "-0.25", "'-1"],
        ["", "=", "", "a=1", "'＝1"],
    ]


@pytest.mark.parametrize("table", ["units", "tasks", "relations"])
def test_no_table_of_the_page_has_a_formula(open_page, tmp_path, table):
    graph = nx.MultiDiGraph()
    for name in ("=1+1", "@x"):
        graph.add_node(name, node_type="unit", name=name, region="+1", kind="-2", line="=3")
    graph.add_node("d#1", node_type="task", number=1, text="=2+2", label="=2+2", address="d!p1")
    graph.add_edge("=1+1", "d#1", relation="assigned", role="lead", address="d!p1")
    graph.add_edge("=1+1", "@x", relation="paired", address="d!p2")
    reader = open_page(write_page(graph, tmp_path / "graph.html", tab="network"))
    text = reader.js(f"pairingGraph.tables.csv('{table}')").removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if is_formula(cell)]
    assert [cell for cell in cells if cell.startswith("'")]


def test_svg_of_hostile_names_is_well_formed_and_empty_of_scripts(open_page, hostile_file):
    reader = open_page(hostile_file)
    root = ET.fromstring(reader.js("pairingGraph.picture.svgText()"))
    assert not [item for item in root.iter() if item.tag.endswith(("script", "image", "foreignObject"))]


def test_the_still_picture_is_well_formed(tmp_path):
    view = show(hostile_graph(), path=None)
    root = ET.fromstring(view.still)
    assert ATTACKS["image"] in "".join(root.itertext())


def test_the_frame_of_the_notebook_holds_nothing_loose():
    html = show(hostile_graph(), path=None)._repr_html_()
    inside = html.split('srcdoc="', 1)[1].split('"', 1)[0]
    assert "<" not in inside
    assert page_html(hostile_graph()).count("window.hit") == inside.count("window.hit")
