"""The page in a real browser, opened from disk, with the network off and without a Chinese font."""

from __future__ import annotations

from itertools import combinations

import pytest


def overlaps(reader) -> list[str]:
    boxes = reader.js(
        "pairingGraph.canvas.labels.placed().map(b => [b.x, b.y, b.x + b.width, b.y + b.height, b.lines.join('')])"
    )
    return [
        f"{a[4]} / {b[4]}"
        for a, b in combinations(boxes, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5
    ]


def test_opens_without_a_complaint_and_without_a_request(reader):
    assert reader.complaints == []
    assert reader.outside_requests() == []


@pytest.mark.parametrize(("layout", "share"), [("columns", 1), ("network", 0.8), ("areas", 0.7)])
def test_labels_stand_and_none_covers_another_at_the_first_view(open_page, page_file, layout, share):
    reader = open_page(page_file, f"layout={layout}")
    assert overlaps(reader) == []
    shown = reader.js("pairingGraph.canvas.shown().nodes.filter(Boolean).length")
    labelled = reader.js("pairingGraph.canvas.labels.placed().filter(b => b.id !== null).length")
    assert shown >= 96
    assert labelled >= share * shown


def test_positions_are_those_computed_before(reader):
    assert reader.js(
        """pairingGraph.model.nodes.every(({id}) => { const p = pairingGraph.canvas.network.getPosition(id);
        const l = pairingGraph.payload.layouts.columns; return Math.max(Math.abs(p.x - l.x[id]), Math.abs(p.y - l.y[id])) < 1; })"""
    )


def test_chinese_is_drawn_with_the_font_inside_the_file(reader):
    assert reader.js("document.fonts.check('13px \"Pairing Graph Sans\"', '招商投资局')")
    widths = reader.js(
        """(() => { const ctx = document.createElement('canvas').getContext('2d');
        ctx.font = '20px "Pairing Graph Sans"'; const own = ctx.measureText('结对帮扶').width;
        return own; })()"""
    )
    assert widths == pytest.approx(80, abs=1)


def test_a_click_in_the_legend_hides_and_shows_a_kind(reader):
    count = "pairingGraph.canvas.shown().nodes.filter(Boolean).length"
    before = reader.js(count)
    reader.page.click("#legend button[data-kind='unit:township:巫溪县']")
    assert reader.js(count) == before - 15
    reader.page.click("#legend button[data-kind='unit:township:巫溪县']")
    assert reader.js(count) == before


def test_the_pointer_shows_plain_text(reader):
    x, y = reader.js(
        """(() => { const c = pairingGraph.canvas; const id = pairingGraph.model.named.get('渝中区招商投资局');
        const p = c.network.canvasToDOM(c.positions[id]);
        const r = document.getElementById('graph').getBoundingClientRect();
        return [p.x + r.left, p.y + r.top]; })()"""
    )
    reader.page.mouse.move(x - 30, y)
    reader.page.mouse.move(x, y)
    reader.page.wait_for_timeout(100)
    assert reader.page.inner_text("#tooltip").startswith("渝中区招商投资局\n牵头任务 7 · 列首位 4 · 分摊 5")
