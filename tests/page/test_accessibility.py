"""Nobody is shut out: axe-core finds nothing in any tab, texts stand out from their ground, keys go everywhere."""

from __future__ import annotations

import importlib.resources

import pytest

FRAMES = {"1440": (1440, 900), "390": (390, 844)}
UNIT = "巫溪县国资监管中心"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = f"""axe.run(document, {{ runOnly: {RULES}, resultTypes: ['violations'], elementRef: false }})
    .then(({{ violations }}) => violations.map(({{ id, nodes }}) => `${{id}}: ${{nodes.length}} × ${{nodes[0].html.slice(0, 120)}}`))"""
# axe-core does not judge texts in drawings. The ground of a text is the last filled shape before it that holds its middle.
FAINT = """(() => {
    const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
    const light = (color) => channels(color).slice(0, 3).map(value => value / 255)
        .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0);
    const filled = (shape) => { const fill = getComputedStyle(shape).fill; return fill !== 'none' && (channels(fill)[3] ?? 1) > 0.5; };
    const holds = (box, x, y) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    return [...document.querySelectorAll('.view:not([hidden]) svg.scene')].flatMap(drawing => {
        const grounds = [];
        const faint = [];
        for (const part of drawing.querySelectorAll('rect, polygon, circle, path, text')) {
            const box = part.getBoundingClientRect();
            if (part.tagName !== 'text') { if (filled(part)) grounds.push([box, light(getComputedStyle(part).fill)]); continue; }
            const ground = grounds.findLast(([frame]) => holds(frame, (box.left + box.right) / 2, (box.top + box.bottom) / 2))?.[1] ?? 1;
            const own = light(getComputedStyle(part).fill);
            const contrast = (Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05);
            if (contrast < 4.5) faint.push(`${part.textContent}: ${contrast.toFixed(2)}`);
        }
        return faint;
    });
})()"""
TAB_NAMES = "[...document.querySelectorAll('[role=tab]')].map(tab => tab.id.replace('tab-', ''))"


@pytest.fixture(scope="module")
def axe():
    """The source of axe-core, which runs in the page without being a script of the page."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def found(reader, where: str) -> list[str]:
    return [f"{where}: {fault}" for fault in [*reader.js(RUN), *reader.js(FAINT)]]


def in_every_tab(reader, where: str) -> list[str]:
    faults = []
    for name in reader.js(TAB_NAMES):
        reader.js(f"pairingGraph.store.set({{tab: '{name}'}})")
        faults += found(reader, f"{where} {name}")
    return faults


# A tab takes axe seconds: each frame, each language, and both with and without a selection, but not all of them crossed.
@pytest.mark.parametrize(
    ("frame", "lang", "selected"),
    [("1440", "zh", UNIT), ("390", "en", ""), ("390", "zh", UNIT)],
    ids=["desk-selected", "phone-en", "phone-selected"],
)
def test_axe_finds_nothing_in_any_tab(open_page, answers_file, axe, frame, lang, selected):
    width, height = FRAMES[frame]
    reader = open_page(
        answers_file, f"lang={lang}" + (f"&node={selected}" if selected else ""), width=width, height=height
    )
    reader.js(axe)
    assert in_every_tab(reader, f"{frame} {lang} {selected}") == []


@pytest.mark.parametrize("frame", FRAMES)
def test_axe_finds_nothing_in_what_opens(open_page, answers_file, axe, frame):
    width, height = FRAMES[frame]
    reader = open_page(answers_file, width=width, height=height)
    reader.js(axe)
    page = reader.page
    page.click("#take-away summary")
    assert page.is_visible("#take-away-items")
    faults = found(reader, "the menu of exports")
    page.click("#take-away summary")
    page.fill("#search", "发改")
    assert page.is_visible("#search-results [role=option]")
    faults += found(reader, "the results of a search")
    page.keyboard.press("ArrowDown")
    faults += found(reader, "a result that is chosen")
    page.keyboard.press("Escape")
    if page.is_visible("#toggle-controls"):
        page.click("#toggle-controls")
        faults += found(reader, "the legend and the filters")
    page.click("#help")
    assert page.is_visible("#help-dialog")
    faults += found(reader, "the help")
    assert faults == []
