"""What filters and panels leave of the view: matched units stay, the rest is fitted, no heading stands alone."""

from __future__ import annotations

import networkx as nx
import pytest

import pairing_graph as pg
from pairing_graph.graph import neighbourhood
from pairing_graph.page import write_page
from pairing_graph.page.payload import build_payload

SHOWN = (
    "pairingGraph.model.nodes.filter(n => n.type === '{}' && pairingGraph.canvas.shown().nodes[n.id]).map(n => n.node)"
)
HEADINGS = "pairingGraph.canvas.labels.placed().filter(b => b.id === null).map(b => b.lines.join(''))"
SCALE = "pairingGraph.canvas.network.getScale()"
AREA = "推进“飞地建园”"
# Left and right end of all labels on the screen, then the ends of the drawing.
ENDS = """(() => { const c = pairingGraph.canvas; const boxes = c.labels.placed();
    const at = (x) => c.network.canvasToDOM({x, y: 0}).x;
    return [Math.min(...boxes.map(b => at(b.x))), Math.max(...boxes.map(b => at(b.x + b.width))),
      0, document.getElementById('graph').clientWidth]; })()"""


def settle(reader) -> None:
    reader.js(
        "new Promise(done => { pairingGraph.canvas.network.once('afterDrawing', done); pairingGraph.canvas.redraw(); })"
    )


@pytest.mark.parametrize("hidden", ["task", "responsible"])
def test_units_that_an_area_means_stay_when_the_legend_hides_what_links_them(reader, kb, hidden):
    tasks = kb.tasks.loc[kb.tasks["area"] == AREA, "task"]
    expected = set(kb.assignments.loc[kb.assignments["task"].isin(tasks), "unit"])
    reader.page.select_option("#choose-area", AREA)
    reader.js(f"pairingGraph.store.set({{choices: {{{hidden}: false}}}})")
    assert set(reader.js(SHOWN.format("unit"))) == expected
    assert bool(reader.js(SHOWN.format("task"))) == (hidden != "task")


def test_a_filter_fits_what_it_leaves_and_its_reset_fits_all(reader):
    before = reader.js(SCALE)
    reader.js("(pairingGraph.canvas.pan(900, 0), null)")
    reader.page.select_option("#choose-area", AREA)
    settle(reader)
    assert reader.js(SCALE) > 1.1 * before
    left, right, start, end = reader.js(ENDS)
    assert start <= left < right <= end
    reader.page.click("#reset-filters")
    assert reader.js(SCALE) == pytest.approx(before)


def test_a_heading_without_anything_under_it_is_hidden(reader):
    assert len(reader.js(HEADINGS)) == 4
    reader.page.select_option("#choose-region", "渝中区")
    settle(reader)
    found = reader.js(HEADINGS)
    assert any("渝中区" in text for text in found)
    assert not any("巫溪县" in text for text in found)
    reader.page.click("#reset-filters")
    settle(reader)
    assert len(reader.js(HEADINGS)) == 4


def test_in_a_narrow_frame_the_details_cover_nothing_of_the_graph(open_page, page_file):
    reader = open_page(page_file, width=1024, height=768)
    before = reader.js(SCALE)
    unit = "{type: 'node', id: pairingGraph.model.named.get('巫溪县发展改革委')}"
    reader.js(f"pairingGraph.store.set({{selected: {unit}}})")
    settle(reader)
    free = reader.js("document.getElementById('details').getBoundingClientRect().left")
    assert free < 800
    left, right, start, _ = reader.js(ENDS)
    assert start <= left < right <= free
    reader.js("pairingGraph.store.set({selected: null})")
    assert reader.js(SCALE) == pytest.approx(before)


def test_headings_of_a_small_part_stand_in_the_view_and_its_source_is_named(open_page, graph, tmp_path):
    part = neighbourhood(graph, "巫溪县发展改革委")
    kept = part.subgraph([node for node, data in part.nodes(data=True) if data["node_type"] != "document"])
    reader = open_page(write_page(kept, tmp_path / "part.html", tab="network"), width=640, height=400)
    left, right, start, end = reader.js(ENDS)
    assert reader.js(HEADINGS)
    assert start <= left < right <= end
    assert reader.page.inner_text("#source-note") == "来源：巫溪府发〔2022〕24号"


def two_notices() -> nx.MultiDiGraph:
    """One region and two notices: 甲县财政局 leads in one and helps in the other."""
    graph = nx.MultiDiGraph()
    for document, place, area in (("一号", "c2", "道路"), ("二号", "c2", "学校")):
        graph.add_node(document, node_type="document", document=document, title=document)
        graph.add_node(f"{document}#1", node_type="task", number=1, text=area, label=area, address=f"{document}!t1r2c2")
        graph.add_node(f"{document}#a1", node_type="area", label=area, document=document)
        graph.add_edge(f"{document}#1", f"{document}#a1", relation="part_of", address=f"{document}!t1r2{place}")
        graph.add_edge(document, f"{document}#1", relation="issued", address=f"{document}!t1r2{place}")
    for unit, kind in (("甲县财政局", "department"), ("甲县交通局", "department"), ("甲县白马镇", "town")):
        graph.add_node(unit, node_type="unit", name=unit[2:], region="甲县", kind=kind)
    for unit, task, role, place in (
        ("甲县财政局", "一号#1", "lead", "c3.1"),
        ("甲县交通局", "一号#1", "support", "c4.1"),
        ("甲县财政局", "二号#1", "support", "c4.1"),
        ("甲县白马镇", "二号#1", "lead", "c3.1"),
    ):
        graph.add_edge(unit, task, relation="assigned", role=role, rank=1, address=f"{task[:2]}!t1r2{place}")
    return graph


@pytest.fixture(scope="module")
def two_notices_file(tmp_path_factory):
    return write_page(two_notices(), tmp_path_factory.mktemp("filters") / "graph.html", tab="network")


CHOOSERS = "[...document.querySelectorAll('#filters select, #filters input')].map(field => field.id.slice(7))"
EDGES = (
    "pairingGraph.model.edges.filter(e => pairingGraph.canvas.shown().edges[e.id] && e.relation === 'assigned')"
    ".map(e => pairingGraph.model.nodes[e.from].node + ' ' + e.kind)"
)


def test_only_what_can_be_chosen_is_offered(open_page, page_file, two_notices_file):
    assert open_page(page_file).js(CHOOSERS) == ["region", "kind", "role", "area", "least", "size"]
    reader = open_page(two_notices_file)
    assert reader.js(CHOOSERS)[:4] == ["kind", "role", "area", "document"]
    roles = reader.js("[...document.querySelectorAll('#choose-role option')].map(option => option.value)")
    assert roles == ["", "lead", "support"]


@pytest.mark.parametrize(
    ("field", "value", "units", "tasks", "areas", "lines"),
    [
        ("role", "lead", {"甲县财政局", "甲县白马镇"}, {"一号#1", "二号#1"}, {"道路", "学校"}, {"甲县财政局 lead", "甲县白马镇 lead"}),
        ("role", "support", {"甲县财政局", "甲县交通局"}, {"一号#1", "二号#1"}, {"道路", "学校"}, {"甲县财政局 support", "甲县交通局 support"}),
        ("area", "道路", {"甲县财政局", "甲县交通局"}, {"一号#1"}, {"道路"}, {"甲县财政局 lead", "甲县交通局 support"}),
        ("document", "二号", {"甲县财政局", "甲县白马镇"}, {"二号#1"}, {"学校"}, {"甲县财政局 support", "甲县白马镇 lead"}),
        ("kind", "town", {"甲县白马镇"}, {"二号#1"}, {"学校"}, {"甲县白马镇 lead"}),
    ],
    ids=["role-lead", "role-support", "area", "document", "kind"],
)  # fmt: skip
def test_a_filter_hides_the_tasks_areas_and_lines_of_whom_it_hides(
    open_page, two_notices_file, field, value, units, tasks, areas, lines
):
    reader = open_page(two_notices_file)
    reader.js("pairingGraph.store.set({choices: {area: true}})")
    reader.page.select_option(f"#choose-{field}", value)
    area_names = SHOWN.format("area").replace("n.node)", "n.label)")
    assert set(reader.js(SHOWN.format("unit"))) == units
    assert set(reader.js(SHOWN.format("task"))) == tasks
    assert set(reader.js(area_names)) == areas
    assert set(reader.js(EDGES)) == lines
    reader.page.click("#reset-filters")
    assert len(reader.js(SHOWN.format("unit"))) == 3
    assert len(reader.js(EDGES)) == 4


@pytest.mark.parametrize(("more", "rows"), [("", 1), ("&role=lead", 0)], ids=["notice-alone", "notice-and-role"])
def test_the_pairs_of_a_notice_are_those_of_its_own_table(open_page, tmp_path, more, rows):
    graph = two_notices()
    for document, partner in (("一号", "甲县白马镇"), ("二号", "甲县交通局")):
        graph.add_edge("甲县财政局", partner, relation="paired", address=f"{document}!t2r2c1 {document}!t2r2c2")
    reader = open_page(write_page(graph, tmp_path / "pairs.html"), f"tab=pairs&document=二号{more}")
    lines = reader.js("document.querySelectorAll('#pairs-view [data-select^=e]').length")
    assert lines == rows
    assert "白马镇" not in reader.page.inner_text("#pairs-view")


def test_guides_have_a_line_a_filter_and_a_count_of_their_own_where_there_are_any(open_page, page_file, tmp_path):
    reader = open_page(page_file)
    assert "guide" not in reader.js("[...pairingGraph.model.kinds.keys()]")
    graph = two_notices()
    graph.add_edge("甲县交通局", "二号#1", relation="assigned", role="guide", rank=1, address="二号!t1r2c5.1")
    reader = open_page(write_page(graph, tmp_path / "guides.html", tab="network"))
    dashes = reader.js("['support', 'guide'].map(kind => pairingGraph.model.kinds.get(kind).dashes.join(' '))")
    assert dashes[1]
    assert dashes[0] != dashes[1]
    roles = "[...document.querySelectorAll('#choose-role option')].map(option => option.value)"
    assert reader.js(roles) == ["", "lead", "support", "guide"]
    reader.page.select_option("#choose-role", "guide")
    assert reader.js(EDGES) == ["甲县交通局 guide"]
    reader.js("pairingGraph.store.set({selected: {type: 'node', id: pairingGraph.model.named.get('甲县交通局')}})")
    tags = reader.js("[...document.querySelectorAll('#details .items .tag')].map(tag => tag.textContent)")
    assert [tag for tag in tags if tag in ("配合", "指导")] == ["配合", "指导"]


def test_a_count_of_guides_is_offered_where_there_are_any(kb):
    guided = kb.assignments.copy()
    guided.loc[0, "role"] = "guide"
    for source, expected in ((kb, False), (kb.replace(assignments=guided), True)):
        payload = build_payload(source, pg.build_graph(source))
        assert ("guide" in payload["loads"]["counts"]) == expected
        assert all(("guide" in node["load"]) == expected for node in payload["facts"]["nodes"] if "load" in node)


def test_filters_can_be_reset_only_when_something_is_filtered(reader):
    assert reader.page.is_disabled("#reset-filters")
    reader.page.select_option("#choose-region", "巫溪县")
    assert reader.page.is_enabled("#reset-filters")
    reader.page.click("#reset-filters")
    assert reader.page.is_disabled("#reset-filters")
    assert reader.page.input_value("#choose-region") == ""
    reader.page.click("#legend button[data-kind='paired']")
    assert reader.page.is_enabled("#reset-filters")
