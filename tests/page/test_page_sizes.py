"""The page at the sizes of a desk, a laptop, a notebook, a phone, and enlarged: legible, nothing cut, the answer in sight."""

from __future__ import annotations

from itertools import combinations

import pytest

SIZES = {
    "1440": (1440, 900),
    "1366": (1366, 768),
    "1024": (1024, 768),
    "notebook": (988, 760),
    "phone": (390, 844),
    "1440-at-200%": (720, 450),
    "1024-at-200%": (512, 384),
}
"""Frames in CSS pixels; a browser that enlarges twice has half as many."""
SMALLEST = """(() => { const sizes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || parent.closest('script, style, noscript, option')) continue;
    if (parent.getClientRects().length) sizes.push([parseFloat(getComputedStyle(parent).fontSize), walker.currentNode.data.slice(0, 20)]);
  }
  return sizes.sort((a, b) => a[0] - b[0])[0]; })()"""
DRAWN = """(() => { const c = pairingGraph.canvas, scale = c.network.getScale();
  return c.labels.placed().map(b => { const p = c.network.canvasToDOM(b);
    return [p.x, p.y, p.x + b.width * scale, p.y + b.height * scale, b.size * scale, b.lines.join('')]; }); })()"""
FRAME = "[document.getElementById('graph').clientWidth, document.getElementById('graph').clientHeight]"
BOX = "(() => {{ const r = document.querySelector('{}').getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; }})()"


@pytest.fixture(params=SIZES, ids=list(SIZES))
def sized(request, open_page, page_file):
    width, height = SIZES[request.param]
    return open_page(page_file, width=width, height=height)


def met(a, b) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5


@pytest.mark.parametrize("layout", ["columns", "network", "areas"])
def test_no_text_is_smaller_than_twelve_pixels_none_is_cut_and_none_covers_another(sized, layout):
    sized.js(f"pairingGraph.store.set({{layout: '{layout}'}})")
    sized.page.wait_for_timeout(60)
    drawn = sized.js(DRAWN)
    width, height = sized.js(FRAME)
    assert len(drawn) > 30
    assert [label for label in drawn if label[4] < 11.9] == []
    assert [label for label in drawn if label[0] < 0 or label[1] < 0 or label[2] > width or label[3] > height] == []
    assert [(a[5], b[5]) for a, b in combinations(drawn, 2) if met(a, b)] == []


def test_no_word_around_the_graph_is_smaller_than_twelve_pixels(sized):
    unit = "pairingGraph.model.named.get('巫溪县发展改革委')"
    for state in ("{selected: null}", f"{{selected: {{type: 'node', id: {unit}}}}}", "{tab: 'table'}"):
        sized.js(f"pairingGraph.store.set({state})")
        assert sized.js(SMALLEST)[0] >= 12, state


def test_nothing_is_wider_than_the_frame(sized):
    for state in ("{}", "{lang: 'en'}", "{selected: {type: 'node', id: 0}}", "{selected: null, tab: 'table'}"):
        sized.js(f"pairingGraph.store.set({state})")
        wide, frame = sized.js("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= frame, state
        right = sized.js(
            "Math.max(...[...document.querySelectorAll('.tools > *')].map(tool => tool.getBoundingClientRect().right))"
        )
        assert right <= frame, state


def test_the_answer_stands_beside_the_graph_or_above_it(sized):
    assert "总览" in sized.page.inner_text("#details")
    details, stage = sized.js(BOX.format("#details")), sized.js(BOX.format("#stage"))
    assert not met(details, stage)
    assert details[2] - details[0] >= 280
    assert details[0] >= stage[2] - 1 or details[3] <= stage[1] + 1
    assert stage[3] - stage[1] >= 300


def test_the_buttons_of_a_focus_are_all_in_reach(sized):
    sized.js("pairingGraph.store.set({selected: {type: 'node', id: pairingGraph.model.named.get('巫溪县发展改革委')}})")
    stage = sized.js(BOX.format("#stage"))
    for button in ("#narrow", "#widen", "#clear-focus"):
        left, _, right, _ = sized.js(BOX.format(button))
        assert stage[0] <= left < right <= stage[2], button
    sized.page.click("#clear-focus")
    assert sized.js("pairingGraph.store.get('selected')") is None


def test_a_phone_sets_rows_apart_so_that_every_unit_with_a_task_is_named(open_page, page_file, kb):
    drawn = {label[5] for label in open_page(page_file, width=390, height=844).js(DRAWN)}
    units = kb.units.set_index("unit")["name"]
    busy = {units[unit] for unit in kb.assignments["unit"]}
    assert busy - drawn == set()
