"""The widget's front end in a browser, in front of a model that stands for the kernel: two views, messages both ways."""

from __future__ import annotations

import json
import time

import pytest

import pairing_graph as pg
from pairing_graph.page.filtering import NO_FILTERS
from pairing_graph.page.template import asset

pytest.importorskip("anywidget", reason="anywidget is not installed")

UNIT = "巫溪县国资监管中心"
OTHER = "渝中区招商投资局"
HOST = """<!DOCTYPE html><meta charset="utf-8"><title>notebook</title><div id="one"></div><div id="two"></div>
<script type="application/json" id="traits">%(traits)s</script>
<script type="application/json" id="code">%(code)s</script>
<script type="module">
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const traits = read("traits");
const listeners = [];
window.saved = 0;
window.heard = 0;
window.model = {
  get: (name) => traits[name],
  set(name, value) {
    if (JSON.stringify(traits[name]) === JSON.stringify(value)) return;
    traits[name] = value;
    for (const one of [...listeners]) if (one.name === `change:${name}`) one.call();
  },
  on: (name, call) => listeners.push({ name, call }),
  off: (name, call) => listeners.splice(listeners.findIndex((one) => one.name === name && one.call === call), 1),
  save_changes() { window.saved += 1; },
};
window.listening = () => listeners.length;
const file = URL.createObjectURL(new Blob([read("code")], { type: "text/javascript" }));
const { default: widget } = await import(file);
window.addEventListener("message", () => { window.heard += 1; });
window.leave = widget.render({ model, el: document.getElementById("one") });
widget.render({ model, el: document.getElementById("two") });
</script>"""


def until(condition):
    deadline = time.monotonic() + 30
    while not (found := condition()):
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)
    return found


@pytest.fixture(scope="module")
def host(kb, tmp_path_factory):
    w = pg.widget(kb)
    names = ("_page", "_shared", "selected_key", "filters", "tab", "height")
    texts = {"traits": {name: getattr(w, name) for name in names}, "code": asset("widget.js")}
    file = tmp_path_factory.mktemp("host") / "host.html"
    safe = {name: json.dumps(value).replace("<", "\\u003c") for name, value in texts.items()}
    file.write_text(HOST % safe, encoding="utf-8")
    return file


class Notebook:
    """Two views of one widget, and what they hold."""

    def __init__(self, page, file):
        self.page = page
        self.complaints = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.goto(file.as_uri())
        self.views = until(
            lambda: page.evaluate("window.frames.length") == 2 and len(page.frames) == 3 and page.frames[1:]
        )
        for view in self.views:
            until(lambda view=view: view.evaluate("Boolean(window.pairingGraph?.ready)"))
        until(lambda: page.evaluate("window.heard") >= 2)

    def python_sets(self, trait, value):
        self.page.evaluate("([name, value]) => window.model.set(name, value)", [trait, value])

    def trait(self, name):
        return self.page.evaluate("(name) => window.model.get(name)", name)

    def on_page(self, view):
        """The name of what is selected in a view."""
        selected = "pairingGraph.store.get('selected')"
        return view.evaluate(f"{selected}?.type === 'node' ? pairingGraph.model.nodes[{selected}.id].node : {selected}")

    def region(self, view):
        return view.evaluate("pairingGraph.store.get('filters').region")


@pytest.fixture
def fresh(browser, host):
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    found = Notebook(page, host)
    yield found
    page.close()
    assert not found.complaints


@pytest.fixture(scope="module")
def opened(browser, host):
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    yield Notebook(page, host)
    page.close()


@pytest.fixture
def notebook(opened):
    """The one that most tests use, with nothing chosen."""
    opened.python_sets("tab", "load")
    opened.python_sets("selected_key", None)
    opened.python_sets("filters", dict(NO_FILTERS))
    for view in opened.views:
        until(lambda view=view: (opened.on_page(view), opened.region(view)) == (None, ""))
    yield opened
    assert not opened.complaints


def test_what_is_selected_in_one_view_is_told_and_shown_in_the_other(notebook):
    first, second = notebook.views
    first.locator("#search").fill("国资监管中心")
    first.locator("#search").press("Enter")
    until(lambda: notebook.trait("selected_key") == {"node": UNIT})
    until(lambda: notebook.on_page(second) == UNIT)
    assert notebook.page.evaluate("window.saved") > 0
    first.locator("#details .close").click()
    until(lambda: notebook.trait("selected_key") is None)
    until(lambda: notebook.on_page(second) is None)


def test_the_question_on_show_is_shared_and_one_that_is_not_there_comes_back(notebook):
    first, second = notebook.views
    first.evaluate("pairingGraph.store.set({ tab: 'gaps' })")
    until(lambda: notebook.trait("tab") == "gaps" == second.evaluate("pairingGraph.store.get('tab')"))
    notebook.python_sets("tab", "pairs")
    for view in notebook.views:
        until(lambda view=view: view.evaluate("pairingGraph.store.get('tab')") == "pairs")
    notebook.python_sets("tab", "best")
    until(lambda: notebook.trait("tab") == "pairs")


def test_a_line_goes_there_and_back(notebook):
    first, second = notebook.views
    number = first.evaluate("pairingGraph.model.edges.find((edge) => edge.relation === 'paired').id")
    first.evaluate(f"pairingGraph.store.set({{ selected: {{ type: 'edge', id: {number} }} }})")
    key = until(lambda: notebook.trait("selected_key"))
    assert set(key) == {"from", "to", "kind", "addresses"}
    until(lambda: notebook.on_page(second) == {"type": "edge", "id": number})


def test_what_python_chooses_every_view_shows(notebook):
    notebook.python_sets("selected_key", {"node": OTHER})
    notebook.python_sets("filters", {**notebook.trait("filters"), "region": "渝中区"})
    for view in notebook.views:
        until(lambda view=view: (notebook.on_page(view), notebook.region(view)) == (OTHER, "渝中区"))
        assert OTHER in view.locator("#details h2").first.inner_text()


def test_what_is_focused_is_shown_whatever_the_filter_says(notebook):
    notebook.python_sets("filters", {**notebook.trait("filters"), "region": "渝中区"})
    until(lambda: notebook.region(notebook.views[0]) == "渝中区")
    notebook.python_sets("selected_key", {"node": UNIT})
    until(lambda: notebook.trait("filters")["region"] == "")
    for view in notebook.views:
        until(lambda view=view: (notebook.on_page(view), notebook.region(view)) == (UNIT, ""))


def test_a_frame_that_is_moved_opens_where_it_was(fresh):
    notebook = fresh
    notebook.python_sets("selected_key", {"node": OTHER})
    until(lambda: notebook.on_page(notebook.views[0]) == OTHER)
    notebook.page.evaluate("document.getElementById('two').append(document.querySelector('#one iframe'))")
    moved = until(lambda: notebook.page.evaluate("window.frames.length") == 2 and notebook.page.frames[-1])
    until(lambda: moved.evaluate("Boolean(window.pairingGraph?.ready)") and notebook.on_page(moved) == OTHER)


def test_many_choices_in_a_row_end_at_the_last(notebook):
    first, second = notebook.views
    first.evaluate(
        "for (let least = 1; least <= 7; least += 1) pairingGraph.store.set({ filters: { ...pairingGraph.store.get('filters'), least } })"
    )
    until(lambda: notebook.trait("filters")["least"] == 7)
    until(lambda: second.evaluate("pairingGraph.store.get('filters').least") == 7)
    assert first.evaluate("pairingGraph.store.get('filters').least") == 7


MESSAGES = (
    "null",
    "'set'",
    "{}",
    "{ pairingGraph: 'set' }",
    "{ pairingGraph: 'set', state: 'selected' }",
    "{ pairingGraph: 'set', state: { selected: 3, filters: 3, tab: 3 } }",
    "{ pairingGraph: 'set', state: { selected: { node: '<img src=x onerror=alert(1)>' }, filters: [] } }",
    "{ pairingGraph: 'set', state: { selected: { from: 'a', to: ['b'], kind: {}, addresses: null }, tab: 'best' } }",
    "{ pairingGraph: 'set', state: { selected: {}, filters: { region: ['x'], least: 'x', other: 1 }, hops: 4 } }",
)


def test_a_message_without_sense_changes_nothing(notebook):
    view = notebook.views[0]
    view.evaluate("window.heard = 0; window.addEventListener('message', () => { window.heard += 1; })")
    for count, message in enumerate(MESSAGES, 1):
        notebook.page.evaluate(f"document.querySelector('iframe').contentWindow.postMessage({message}, '*')")
        until(lambda count=count: view.evaluate("window.heard") == count)
        assert notebook.on_page(view) is None, message
        assert view.evaluate("Object.values(pairingGraph.store.get('filters')).every((value) => !value)"), message
        assert view.evaluate("pairingGraph.store.get('hops')") == 1, message


def test_nobody_else_is_heard_on_either_side(notebook):
    view = notebook.views[0]
    view.evaluate("window.heard = 0; window.addEventListener('message', () => { window.heard += 1; })")
    before = notebook.page.evaluate("window.heard")
    notebook.page.evaluate(
        """(unit) => {
          const stranger = document.createElement("iframe");
          const chosen = JSON.stringify({ selected: { node: unit } });
          stranger.srcdoc = `<script>
            parent.frames[0].postMessage({ pairingGraph: "set", state: ${chosen} }, "*");
            parent.postMessage({ pairingGraph: "state", state: ${chosen} }, "*");
          </` + `script>`;
          stranger.id = "stranger";
          document.body.append(stranger);
        }""",
        UNIT,
    )
    until(lambda: view.evaluate("window.heard") >= 1)
    until(lambda: notebook.page.evaluate("window.heard") > before)
    assert notebook.on_page(view) is None
    assert notebook.trait("selected_key") is None
    notebook.page.evaluate("document.getElementById('stranger').remove()")


def test_a_view_that_is_closed_listens_no_longer(fresh):
    notebook = fresh
    listening = notebook.page.evaluate("window.listening()")
    notebook.page.evaluate("window.leave()")
    assert notebook.page.evaluate("window.listening()") == listening / 2
    notebook.views[0].evaluate(
        "pairingGraph.store.set({ filters: { ...pairingGraph.store.get('filters'), least: 3 } })"
    )
    notebook.views[1].evaluate(
        "pairingGraph.store.set({ filters: { ...pairingGraph.store.get('filters'), least: 2 } })"
    )
    until(lambda: notebook.trait("filters")["least"] == 2)


def test_a_page_that_is_handed_on_says_nothing_to_who_frames_it(kb, browser, tmp_path):
    from pairing_graph.page import write_page

    write_page(kb, tmp_path / "graph.html")
    host = tmp_path / "host.html"
    host.write_text(
        "<!DOCTYPE html><script>heard = 0; onmessage = () => { heard += 1; }</script><iframe src='graph.html'></iframe>",
        encoding="utf-8",
    )
    page = browser.new_page()
    page.goto(host.as_uri())
    frame = page.frames[-1]
    until(lambda: frame.evaluate("Boolean(window.pairingGraph?.ready)"))
    message = {"pairingGraph": "set", "state": {"selected": {"node": UNIT}}}
    frame.evaluate("window.heard = 0; window.addEventListener('message', () => { window.heard += 1; })")
    page.evaluate("(message) => window.frames[0].postMessage(message, '*')", message)
    until(lambda: frame.evaluate("window.heard") == 1)
    assert frame.evaluate("pairingGraph.store.get('selected')") is None
    assert page.evaluate("heard") == 0
    page.close()
