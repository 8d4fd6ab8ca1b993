"""Lines of the network: none of a pair runs behind a task, and who lacks a counterpart carries a mark."""

from __future__ import annotations

import pytest

# The drawing as it is exported, measured by the browser: of every line of a pair, how often it lies in a box of a task.
CROSSED = """(() => {
    const drawing = pairingGraph.picture.element();
    document.body.append(drawing);
    const boxes = [...drawing.querySelectorAll('rect')].filter(box => +box.getAttribute('width') > 60 && box.getAttribute('stroke')).map(box => box.getBBox());
    const color = pairingGraph.model.kinds.get('paired').color;
    const lines = [...drawing.querySelectorAll(`path[stroke="${color}"]`)];
    const crossed = lines.filter(line => Array.from({length: 200}, (_, step) => line.getPointAtLength(line.getTotalLength() * step / 199))
        .some(({x, y}) => boxes.some(box => x > box.x + 2 && x < box.x + box.width - 2 && y > box.y && y < box.y + box.height)));
    drawing.remove();
    return [boxes.length, lines.length, crossed.length]; })()"""


def test_no_line_of_a_pair_runs_behind_a_task(reader):
    boxes, lines, crossed = reader.js(CROSSED)
    assert boxes == 28
    assert crossed == 0
    hidden = reader.js("pairingGraph.canvas.behind().size")
    assert lines == 35 - hidden
    assert lines >= 15, "pairs without a task of their own have a line in any case"
    assert f"有 {hidden} 条结对线会穿过任务" in reader.page.inner_text("#subtitle")


def test_the_pairs_of_a_selected_unit_are_drawn_before_the_tasks(open_page, page_file):
    reader = open_page(page_file, "node=渝中区发展改革委")
    assert reader.js(CROSSED)[1] == 3
    assert "会穿过任务" not in reader.page.inner_text("#subtitle")


@pytest.mark.parametrize("layout", ["columns", "network", "areas"])
def test_units_without_a_counterpart_carry_a_mark(reader, layout):
    reader.js(f"pairingGraph.store.set({{layout: '{layout}'}})")
    marks = reader.js("""(() => { const drawing = pairingGraph.picture.element();
        return drawing.querySelectorAll('svg > svg polygon[stroke-linejoin="round"]').length; })()""")
    assert marks == 4
    row = reader.page.locator("#legend .legend-row.still")
    assert "任务内无结对单位" in row.inner_text()
    assert "4" in row.inner_text()
