"""What filters and panels leave of the view: matched units stay, the rest is fitted, no heading stands alone."""

from __future__ import annotations

import pytest

from pairing_graph.graph import neighbourhood
from pairing_graph.page import write_page

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
    reader = open_page(write_page(kept, tmp_path / "part.html"), width=640, height=400)
    left, right, start, end = reader.js(ENDS)
    assert reader.js(HEADINGS)
    assert start <= left < right <= end
    assert reader.page.inner_text("#source-note") == "来源：巫溪府发〔2022〕24号"
