"""Readers in front of the page, in the browser of `tests/conftest.py`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.page import write_page

PATIENCE = 8000
"""Milliseconds that a test waits for an element; a page answers within one second."""


@pytest.fixture(scope="session")
def page_file(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the 2022 notice, opened at the network."""
    return write_page(kb, tmp_path_factory.mktemp("page") / "graph.html", tab="network")


@pytest.fixture(scope="session")
def answers_file(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as everybody gets it: it opens at the first question."""
    return write_page(kb, tmp_path_factory.mktemp("answers") / "graph.html")


@pytest.fixture(scope="session")
def tab(browser: Any) -> Iterator[Any]:
    """The tab that most tests use, one after the other: a profile of its own for each takes five times as long."""
    context = browser.new_context(offline=True, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty page of the same origin as every page on the disk."""
    file = tmp_path_factory.mktemp("nothing") / "nothing.html"
    file.write_text("<!DOCTYPE html><meta charset='utf-8'><title>nothing</title>", encoding="utf-8")
    return file


def cleaned(tab: Any, nothing: Path, width: int, height: int) -> Any:
    """The tab with nothing kept of the page before: no storage, no medium, no size, no pointer over anything."""
    tab.goto(nothing.as_uri())
    tab.evaluate("localStorage.clear()")
    tab.emulate_media(media="screen")
    tab.set_viewport_size({"width": width, "height": height})
    tab.mouse.move(0, 0)
    return tab


class Reader:
    """A reader in front of a page, with everything that the browser complained about or asked for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.heard = {
            "console": lambda message: self.complaints.append(f"{message.type}: {message.text}"),
            "pageerror": lambda error: self.complaints.append(str(error)),
            "request": lambda request: self.requests.append(request.url),
        }
        for event, hear in self.heard.items():
            page.on(event, hear)

    def open(self, file: Path, hash_: str = "") -> Reader:
        self.page.goto(file.as_uri() + (f"#{hash_}" if hash_ else ""))
        deadline = time.monotonic() + 15
        while not self.js("Boolean(window.pairingGraph?.ready)"):
            assert time.monotonic() < deadline, self.complaints
            time.sleep(0.02)
        return self

    def js(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def leave(self) -> None:
        for event, hear in self.heard.items():
            self.page.remove_listener(event, hear)

    def outside_requests(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))]


@pytest.fixture
def open_page(browser: Any, tab: Any, nothing: Path) -> Iterator[Callable[..., Reader]]:
    """Opens a page in the tab; a second page of the same test, or one with options, in a profile of its own."""
    contexts: list[Any] = []
    readers: list[Reader] = []

    def open_(file: Path, hash_: str = "", *, width: int = 1440, height: int = 900, **options: Any) -> Reader:
        if not readers and not options:
            readers.append(Reader(cleaned(tab, nothing, width, height)))
            return readers[0].open(file, hash_)
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, offline=True, accept_downloads=True, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Reader(context.new_page()).open(file, hash_)

    yield open_
    for reader in readers:
        reader.leave()
    for context in contexts:
        context.close()


@pytest.fixture
def reader(open_page: Callable[..., Reader], page_file: Path) -> Reader:
    return open_page(page_file)
