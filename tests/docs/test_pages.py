"""The pages as a reader sees them: nothing wider than the window, nothing tiny, nothing faint, in both themes."""

from __future__ import annotations

import importlib.resources

import pytest

SHOWN = (
    "zh/index",
    "zh/twelve-questions",
    "zh/howto/congruence",
    "zh/reference/columns",
    "en/reference/measures",
    "en/reference/api/measures",
    "zh/tutorials/03-pairing-and-coordination",
)
TINY = """[...document.querySelectorAll('body *')].filter(part => part.offsetParent && !part.closest('svg, iframe') &&
    [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim()) && parseFloat(getComputedStyle(part).fontSize) < 12)
    .map(part => `${part.tagName} ${part.className} ${part.innerText.slice(0, 30)}`)"""
# The theme gives the arrows of its sidebar no name.
RULES = """axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'], rules: { 'summary-name': { enabled: false } },
    resultTypes: ['violations'], iframes: false })
    .then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 160)}`))"""


@pytest.fixture
def opened(reader, site):
    def open_(name: str, width: int, theme: str):
        reader.set_viewport_size({"width": width, "height": 900})
        reader.emulate_media(color_scheme=theme, reduced_motion="reduce")
        reader.goto((site / f"{name}.html").as_uri())
        return reader

    return open_


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", SHOWN)
def test_no_page_is_wider_than_the_window_or_has_tiny_text(opened, name, width):
    tab = opened(name, width, "light")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(TINY) == []
    assert not tab.complaints


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["zh/index", "zh/howto/congruence", "en/reference/measures"])
def test_axe_finds_nothing(opened, name, theme):
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    source = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    tab = opened(name, 1440, theme)
    tab.evaluate(source)
    assert tab.evaluate(RULES) == []
