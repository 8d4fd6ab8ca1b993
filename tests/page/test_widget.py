"""The widget on the kernel's side: what the page says and what Python says, without a browser."""

from __future__ import annotations

import subprocess
import sys

import networkx as nx
import pytest

import pairing_graph as pg
from pairing_graph.kb.frames import frame
from pairing_graph.page import page_html
from pairing_graph.page.filtering import checked_filters
from pairing_graph.page.selection import Selection

pytest.importorskip("anywidget", reason="anywidget is not installed")

UNIT = "巫溪县国资监管中心"
NOTICE = "巫溪府发〔2022〕24号"
LEADS = {"from": UNIT, "to": f"{NOTICE}#26", "kind": "lead", "addresses": f"{NOTICE}!t1r27c3.1"}
PAIRED = {
    "from": "渝中区国资委",
    "to": UNIT,
    "kind": "paired",
    "addresses": f"{NOTICE}!t2r15c2.1 {NOTICE}!t2r15c3.1",
}


@pytest.fixture(scope="module")
def made(kb):
    return pg.widget(kb)


@pytest.fixture
def w(made):
    """The widget that most tests use, one after the other, with nothing chosen."""
    made.focus(None)
    made.filter()
    made.tab = "load"
    return made


def says(w, **state):
    """What the front end sends when the reader does something."""
    w.set_state(state)


def counts(facts):
    return {name: len(rows) for name, rows in facts.items()}


def test_the_package_is_imported_without_anywidget():
    code = "import sys, pairing_graph as pg; pg.show; assert not {'anywidget', 'ipywidgets'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_nothing_is_selected_at_first(w, kb):
    assert w.selected == Selection()
    assert counts(w.facts()) == dict.fromkeys(("units", "tasks", "assignments", "pairings", "targets"), 0)
    assert list(w.facts()["pairings"]) == list(kb.pairings)


def test_a_unit_on_the_page_is_the_unit_with_its_duties_and_pairings(w, kb):
    says(w, selected_key={"node": UNIT})
    assert (w.selected.units, w.selected.tasks) == ((UNIT,), ())
    # By hand: line 163 of the notice is the lead of task 26, lines 237 and 241 are rows 13 and 14 of the pairing table.
    assert set(w.selected.addresses) == {
        *LEADS["addresses"].split(),
        *PAIRED["addresses"].split(),
        f"{NOTICE}!t2r14c2.1",
        f"{NOTICE}!t2r14c3.1",
    }
    facts = w.facts()
    assert facts["assignments"]["task"].tolist() == [f"{NOTICE}#26"]
    assert facts["pairings"]["donor"].tolist() == ["渝中区金融办", "渝中区国资委"]
    assert set(facts["units"]["unit"]) == {UNIT, "渝中区金融办", "渝中区国资委"}
    assert facts["pairings"].equals(kb.pairings.loc[facts["pairings"].index])


def test_a_task_is_the_task_with_all_its_units_and_targets(w, kb):
    says(w, selected_key={"node": f"{NOTICE}#4"})
    facts = w.facts()
    assert (w.selected.units, w.selected.tasks) == ((), (f"{NOTICE}#4",))
    assert set(facts["assignments"]["task"]) == {f"{NOTICE}#4"} == set(facts["tasks"]["task"])
    assert len(facts["targets"]) == (kb.targets["task"] == f"{NOTICE}#4").sum() > 1
    assert set(facts["units"]["unit"]) == set(facts["assignments"]["unit"])


def test_a_line_is_both_ends_its_addresses_and_the_one_row(w):
    says(w, selected_key=LEADS)
    assert w.selected == Selection((UNIT,), (f"{NOTICE}#26",), tuple(LEADS["addresses"].split()))
    assert counts(w.facts()) == {"units": 1, "tasks": 1, "assignments": 1, "pairings": 0, "targets": 0}
    says(w, selected_key=PAIRED)
    assert w.selected == Selection(("渝中区国资委", UNIT), (), tuple(PAIRED["addresses"].split()))
    assert w.facts()["pairings"]["number"].tolist() == [14]
    assert counts(w.facts()) == {"units": 2, "tasks": 0, "assignments": 0, "pairings": 1, "targets": 0}


def test_every_line_and_node_of_the_page_can_be_selected(w, kb):
    page = w._selectable
    lines = [dict(zip(LEADS, key, strict=True)) for key in page._edge_keys]
    for key in [*({"node": name} for name in page._numbers), *lines]:
        says(w, selected_key=key)
        assert w.selected_key == key
        assert w.selected.addresses
        assert sum(map(len, w.facts().values()))
    assert len(page._edge_keys) == len(page._edges)
    rows = len(kb.assignments) + len(kb.pairings)
    assert sum(key[2] in ("lead", "responsible", "support", "guide", "paired") for key in page._edge_keys) == rows


def test_an_area_is_its_tasks_and_a_target_is_its_row(w, kb):
    area = kb.tasks["area"].iloc[0]
    says(w, selected_key={"node": f"{NOTICE}#a1"})
    assert list(w.selected.tasks) == kb.tasks.loc[kb.tasks["area"] == area, "task"].tolist()
    assert len(w.facts()["assignments"]) == kb.assignments["task"].isin(w.selected.tasks).sum()
    target = kb.targets.iloc[0]
    says(w, selected_key={"node": f"{target['task']}/1"})
    assert w.selected.tasks == (target["task"],)
    assert w.selected.addresses == (target["address"],)
    assert w.facts()["targets"]["metric"].tolist() == [target["metric"]]
    assert w.facts()["assignments"].empty


def test_a_gap_gives_the_duties_that_both_have(w):
    gap = next(key for key in w._selectable._edge_keys if key[2] == "gap")
    says(w, selected_key=dict(zip(LEADS, gap, strict=True)))
    facts = w.facts()
    assert set(w.selected.units) == set(gap[:2]) == set(facts["assignments"]["unit"])
    assert set(facts["assignments"]["address"]) == set(w.selected.addresses)
    assert facts["pairings"].empty


@pytest.mark.parametrize(
    ("name", "node"),
    [
        (UNIT, UNIT),
        ("县国资监管中心", UNIT),
        (26, f"{NOTICE}#26"),
        ("26", f"{NOTICE}#26"),
        (f"{NOTICE}#26", f"{NOTICE}#26"),
    ],
    ids=["full", "short", "number", "number-as-text", "id"],
)
def test_focus_takes_names_as_everywhere(w, name, node):
    w.focus(name)
    assert w.selected_key == {"node": node}
    w.focus(None)
    assert w.selected_key is None
    assert w.selected == Selection()


def test_an_alias_focuses_its_unit(kb):
    aliased = kb.replace(units=kb.units.assign(aliases=[("甲乙办",) if u == UNIT else () for u in kb.units["unit"]]))
    w = pg.widget(aliased)
    w.focus("甲乙办")
    assert w.selected.units == (UNIT,)


def test_focus_refuses_a_name_of_two_units_and_names_both():
    units = [
        {"unit": f"{region}商务局", "name": "县商务局", "region": region, "kind": "department"}
        for region in ("甲县", "乙县")
    ]
    w = pg.widget(pg.KnowledgeBase(units=frame("units", units)))
    with pytest.raises(pg.UnknownNameError, match="甲县商务局, 乙县商务局"):
        w.focus("县商务局")
    with pytest.raises(pg.UnknownNameError, match="Did you mean .县商务局"):
        w.focus("甲县商务")
    assert w.selected_key is None


def test_filter_says_the_whole_filter_each_time(w):
    w.filter(region="巫溪县", role="lead", least=2)
    assert {name: value for name, value in w.filters.items() if value} == {
        "region": "巫溪县",
        "role": "lead",
        "least": 2,
    }
    w.filter(kind="institution")
    assert {name: value for name, value in w.filters.items() if value} == {"kind": "institution"}
    w.filter()
    assert not any(w.filters.values())


def test_filter_refuses_what_the_page_does_not_know_all_at_once(w):
    with pytest.raises(pg.UnknownNameError) as caught:
        w.filter(region="巫山县", role="boss", least=float("nan"))
    assert [complaint.where for complaint in caught.value.complaints] == ["region", "role", "least"]
    assert caught.value.complaints[0].expected == "渝中区, 巫溪县"
    assert caught.value.complaints[1].expected == "lead"
    assert not any(w.filters.values())


def test_a_long_list_of_known_values_is_shortened(w):
    with pytest.raises(pg.UnknownNameError, match=r"区19 and 80 more"):
        checked_filters({"region": "甲"}, {"region": [f"区{count}" for count in range(100)]})


def test_tab_is_one_of_the_questions(kb, w):
    w.tab = "gaps"
    assert pg.widget(kb, tab="pairs").tab == "pairs"
    with pytest.raises(pg.UnknownNameError, match="load, pairs, gaps, matrix, network, source, table"):
        w.tab = "best"
    assert w.tab == "gaps"


@pytest.mark.parametrize(
    "state",
    [
        {"selected_key": {"node": "nobody"}},
        {"selected_key": {"node": ["x"]}},
        {"selected_key": ["node"]},
        {"selected_key": {**LEADS, "kind": "boss"}},
        {"selected_key": {**LEADS, "more": "x"}},
        {"filters": {"region": "x"}},
        {"filters": {"region": ["x"]}},
        {"filters": {"other": "x"}},
        {"filters": "x"},
        {"filters": {"least": "3"}},
        {"tab": "best"},
        {"tab": None},
        {"tab": ["load"]},
    ],
    ids=str,
)
def test_what_the_page_cannot_mean_changes_nothing(w, state):
    says(w, selected_key=LEADS, tab="pairs", filters={"region": "巫溪县"})
    before = (w.selected, w.selected_key, w.filters, w.tab)
    says(w, **state)
    assert (w.selected, w.selected_key, w.filters, w.tab) == before


def test_observers_hear_of_every_change(w):
    heard = []
    names = ["selected", "filters", "tab"]

    def hear(change):
        heard.append((change.name, change.new))

    w.observe(hear, names)
    says(w, selected_key={"node": UNIT}, tab="gaps")
    w.filter(region="巫溪县")
    w.filter(region="巫溪县")
    w.unobserve(hear, names)
    assert [name for name, _ in heard] == ["selected", "tab", "filters"]
    assert heard[0][1].units == (UNIT,)


def test_a_graph_and_its_part_give_the_same_rows(kb, graph, w):
    w.focus(UNIT)
    of_graph = pg.widget(graph)
    of_graph.focus("县国资监管中心")
    assert of_graph.selected == w.selected
    assert counts(of_graph.facts()) == counts(w.facts())
    part = pg.widget(pg.neighbourhood(graph, UNIT))
    part.focus(UNIT)
    assert part.facts()["pairings"]["number"].sort_values().tolist() == [13, 14]


def test_a_view_is_shown_and_says_that_it_keeps_no_rows(graph):
    w = pg.widget(pg.unit_task_view(graph))
    w.focus(UNIT)
    assert w.selected.units == (UNIT,)
    with pytest.raises(pg.NoticeError, match="A view keeps no rows to give back"):
        w.facts()
    with pytest.raises(pg.NoticeError, match="nothing to show"):
        pg.widget(nx.MultiDiGraph())


def test_a_saved_notebook_keeps_a_picture_and_not_the_page(w, kb):
    shown, _ = w._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert "<img" in shown["text/html"]
    assert "静态图" in shown["text/html"]
    assert "iframe" not in shown["text/html"]
    assert "picture" in pg.widget(kb, lang="en")._repr_mimebundle_()[0]["text/html"]


def test_only_a_widgets_page_speaks_to_who_holds_it(w, kb):
    assert '"bridge":["selected","filters","tab"]' in w._page
    assert '"bridge":' not in page_html(kb)


def test_without_anywidget_the_error_names_the_extra(kb, monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(pg.MissingExtraError, match=r"pairing-graph\[widget\]"):
        pg.widget(kb)
