"""The page in a notebook: the frame, and what stands there where the notebook is not trusted."""

from __future__ import annotations

import nbformat
import pytest
from nbconvert import HTMLExporter

from pairing_graph.look import palette
from pairing_graph.page import show, write_page


@pytest.fixture(scope="module")
def view(kb, tmp_path_factory):
    return show(kb, path=tmp_path_factory.mktemp("out") / "图 1.html")


def test_writes_the_same_page_to_hand_on(view, kb, tmp_path):
    assert view.path.read_bytes() == write_page(kb, tmp_path / "x.html").read_bytes()


def test_writes_nothing_when_told_so(kb, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert show(kb, path=None).path is None
    assert list(tmp_path.iterdir()) == []


def test_says_little_in_a_terminal(view):
    assert len(repr(view)) < 300


def exported(html: str) -> str:
    cell = nbformat.v4.new_code_cell("show(G)", outputs=[nbformat.v4.new_output("display_data", {"text/html": html})])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    text, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    return text


def test_nbconvert_keeps_the_frame(view):
    text = exported(view._repr_html_())
    assert "<iframe" in text
    assert 'height="760"' in text


def test_frame_runs_and_hides_what_stands_instead(open_page, browser, view, tmp_path):
    host = tmp_path / "notebook.html"
    host.write_text(f"<!DOCTYPE html><meta charset='utf-8'>{exported(view._repr_html_())}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(host.as_uri())
    frame = page.frames[-1]
    frame.wait_for_selector("#legend button", state="attached")
    assert page.is_visible("iframe")
    assert not page.is_visible(".pairing-graph-still")
    assert not [text for text in complaints if "sandbox" not in text.lower()]
    page.close()


def test_where_frames_and_rules_are_dropped_the_picture_and_the_link_stand(browser, view, tmp_path):
    html = view._repr_html_()
    sanitised = html[html.index("</style>") + len("</style>") :]
    before, _, rest = sanitised.partition("<iframe")
    host = tmp_path / "untrusted.html"
    host.write_text(f"<!DOCTYPE html><meta charset='utf-8'>{before}{rest.partition('</iframe>')[2]}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.goto(host.as_uri())
    assert page.is_visible(".pairing-graph-still img")
    assert page.evaluate("document.querySelector('img').naturalWidth") > 600
    assert page.get_attribute("a", "href").endswith("%E5%9B%BE%201.html")
    page.close()


def test_pairs_are_double_lines_in_the_still_picture_too(view):
    pairs_of_the_notice = 35
    assert view.still.count(f'stroke="{palette.PAIRED}" stroke-width="4.8"') == pairs_of_the_notice
    assert view.still.count(f'stroke="{palette.PAPER}" stroke-width="1.6"') == pairs_of_the_notice
