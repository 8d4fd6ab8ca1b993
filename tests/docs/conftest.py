"""The built documentation: these tests run where `make docs` has run, and say so where it has not."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

SITE = Path(__file__).parents[2] / "docs" / "_build" / "html"
LANGUAGES = ("zh", "en")
LOADED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("link", "href"), ("video", "src")}
"""Attributes that make a browser fetch."""


@pytest.fixture(scope="session")
def site() -> Path:
    if not (SITE / "index.html").exists():
        pytest.skip("the documentation is not built: make docs")
    return SITE


class Page(HTMLParser):
    """A built page: where its links lead, what it loads, and what it names."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.language = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids.update(values[name] for name in ("id", "name") if name in values)
        if tag == "html":
            self.language = values.get("lang", "")
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        for name, value in values.items():
            if (tag, name) in LOADED and values.get("rel") not in ("next", "prev", "search", "canonical"):
                self.loads.append(value)


@functools.cache
def page(path: Path) -> Page:
    return Page(path)


def pages(site: Path) -> list[Path]:
    """The pages of the site itself, not the interactive pages that tutorials show."""
    return sorted(path for path in site.rglob("*.html") if not {"frames", "_static"} & set(path.parts))


def target(path: Path, link: str) -> tuple[Path, str]:
    """The file and the place in it that a relative link of a page leads to."""
    parts = urlsplit(link)
    file = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    return file, unquote(parts.fragment)


@pytest.fixture(scope="session")
def tab(browser: Any) -> Iterator[Any]:
    """A tab without a network; what the browser complains about is in `complaints`."""
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    tab = context.new_page()
    tab.complaints = []
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.on("console", lambda message: tab.complaints.append(message.text) if message.type == "error" else None)
    tab.on("request", lambda asked: tab.complaints.append(asked.url) if asked.url.startswith("http") else None)
    yield tab
    context.close()


@pytest.fixture
def reader(tab: Any) -> Any:
    """The same tab with nothing complained about yet."""
    tab.goto("about:blank")
    tab.complaints.clear()
    return tab
