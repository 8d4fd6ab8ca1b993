"""Every number of every measure is the sum, the share or the formula of the rows that explain it."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict

import networkx as nx
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from tests.measures.small import bases, small, together, years

import pairing_graph as pg
from pairing_graph.base.errors import NoticeError, UnknownNameError
from pairing_graph.kb.address import whole_cell
from pairing_graph.measures.explain import declared, explain, measure_of
from pairing_graph.measures.relations import keeping
from pairing_graph.measures.results import Results, offered

MEASURES = sorted(declared())
UNEXPLAINED = {"communication_need", "robustness"}
"""A variant beside `congruence`, and ranges of `choices`, whose numbers are explained there."""
NUMBER = ("i", "u", "f")

_LONG, _STEP = ("choices", "panel", "workload", "centrality", "coordination"), 7
"""Measures of many rows: all of them on one notice, every seventh row on two."""


@pytest.fixture(scope="module")
def two(root):
    return pg.read_notices([root / "data/raw/wuxi-yuzhong-2022.txt", root / "data/examples/invented-2023.txt"])


def numbers(table):
    """Every number of a frame: its label, its column, its value."""
    columns = [c for c in table.columns if pd.api.types.is_numeric_dtype(table[c]) and table[c].dtype.kind != "b"]
    by_place = table.index.names == [None] or not table.index.is_unique
    for place, label in enumerate(table.index):
        for column in columns:
            yield place if by_place else label, column, table[column].iloc[place]


def loads(rows):
    """Each thing with what its rows add up to."""
    found = defaultdict(float)
    for counted, contributes in zip(rows["counted"], rows["contributes"], strict=True):
        found[counted] += contributes
    return list(found.values())


def network(rows, isolated_units=0, isolated_tasks=0):
    view = nx.Graph()
    for counted in rows["counted"]:
        unit, task = counted.split(" — ")
        view.add_edge(("unit", unit), ("task", task))
    return view


def gini(x):
    """Half the relative mean absolute difference."""
    n, total = len(x), sum(x)
    return sum(abs(a - b) for a in x for b in x) / (2 * n * total)


def closeness(found):
    node, rows = found.row[0], found.rows
    view = network(rows)
    me = next((v for v in view if v[1] == node), None)
    if me is None:
        return 0.0
    far = nx.single_source_shortest_path_length(view, me)
    own, other = found.terms["units"], found.terms["tasks"]
    if me[0] == "task":
        own, other = other, own
    return (other + 2 * (own - 1)) / sum(far.values())


def betweenness(found):
    """After Borgatti & Halgin: over the most that a node of its mode can have."""
    node, view = found.row[0], network(found.rows)
    me = next((v for v in view if v[1] == node), None)
    n, m = found.terms["units"], found.terms["tasks"]
    if (node in found_tasks(found)) or (me and me[0] == "task"):
        n, m = m, n
    s, t = divmod(n - 1, m)
    most = (m**2 * (s + 1) ** 2 + m * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2
    raw = nx.betweenness_centrality(view, normalized=False).get(me, 0.0) if me else 0.0
    return raw / most if most else math.nan


def found_tasks(found):
    return {counted.split(" — ")[1] for counted in found.rows["counted"]}


def component(found):
    node, view = found.row[0], network(found.rows)
    parts = sorted((len(part) for part in nx.connected_components(view)), reverse=True)
    mine = next((len(part) for part in nx.connected_components(view) if any(v[1] == node for v in part)), 1)
    ranks = [place for place, size in enumerate(parts, 1) if size == mine]
    return range(len(parts) + 1, 10**6) if mine == 1 else ranks


def is_right(found, kb):
    """Whether the value follows from the rows, worked out here and not by the package."""
    rows, value = found.rows, found.value
    if found.kind == "count":
        return math.isclose(rows["contributes"].sum(), value, abs_tol=1e-9)
    if found.kind == "share":
        top, bottom = rows["contributes"].sum(), rows["of"].sum()
        assert (top, bottom) == pytest.approx((found.terms["numerator"], found.terms["denominator"]))
        return math.isclose(top / bottom, value, abs_tol=1e-9)
    if found.kind == "inputs":
        return is_worked_out(found, value)
    words = " ".join(rows["text"])
    return is_said(found, value, words, kb)


def is_worked_out(found, value):
    x = loads(found.rows)
    key = found.column if found.measure != "choices" else found.row[0]
    if key == "component":
        return value in component(found)
    worked = {
        "gini": lambda: gini(x),
        "hhi": lambda: sum((one / sum(x)) ** 2 for one in x),
        "jain": lambda: sum(x) ** 2 / (len(x) * sum(one**2 for one in x)),
        "most_loaded": lambda: max(x),
        "closeness": lambda: closeness(found),
        "betweenness": lambda: betweenness(found),
    }[key]()
    return math.isclose(worked, value, rel_tol=1e-9, abs_tol=1e-9)


def is_said(found, value, words, kb):
    """Numbers that the notice gives: a printed number, a stated count, a year."""
    if found.measure == "sole_leads":
        return found.row[0].split("#")[0] in found.rows["address"].iloc[0]
    if found.column in ("first_year", "last_year"):
        dates = {d: int(date[:4]) for d, date in zip(kb.documents["document"], kb.documents["date"], strict=True)}
        seen = {dates[address.split("!")[0]] for address in found.rows["address"]}
        return value == (min if found.column == "first_year" else max)(seen)
    return str(value) in words


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("notices", ["one", "two"])
def test_every_number_follows_from_its_rows(measure, notices, kb, two):
    kb = kb if notices == "one" else two
    table = Results(kb)[measure]
    table = table.iloc[::_STEP] if measure in _LONG and notices == "two" else table
    kept = {
        whole_cell(place)
        for name in ("tasks", "assignments", "pairings", "targets")
        for joined in kb.tables[name]["address"]
        for place in joined.split()
    }
    with keeping():
        for label, column, value in numbers(table):
            found = explain(kb, table, label, column)
            assert "explain.not_yet" not in found.formula
            assert found.formula["en"]
            assert found.formula["zh"]
            if pd.isna(value):
                assert pd.isna(found.value)
                continue
            assert found.value == value
            assert is_right(found, kb), found
            assert {whole_cell(place) for place in found.addresses if "c" in place.split("!")[1]} <= kept
            said = found.rows[found.rows["address"] != ""]
            assert (said["text"] != "").all() or measure == "checks"


def test_no_number_is_left_without_an_explanation(kb, two):
    left = {
        (measure, column)
        for one in (kb, two)
        for measure in MEASURES
        for _, column, _ in numbers(Results(one)[measure])
        if column not in declared()[measure].figures
    }
    assert not left, "add the column to a module of measures/explanations"
    assert set(offered()) - set(declared()) == UNEXPLAINED, "add the measure to a module of measures/explanations"


@pytest.mark.parametrize("measure", sorted(UNEXPLAINED))
def test_a_measure_that_is_not_explained_says_which_are(kb, measure):
    with pytest.raises(UnknownNameError, match="none that is explained.*workload"):
        explain(kb, measure, "x", "value")


def test_lead_is_counted_from_the_hand_made_rows(kb, expected):
    """The tasks and cells of a unit, by the rows that were read by hand."""
    hand = expected("assignments")
    for unit, part in hand[hand["role"] == "lead"].groupby("unit"):
        found = explain(kb, "workload", unit, "lead", collectives=True)
        assert {counted.split("#")[1] for counted in found.rows["counted"]} == set(part["task"])
        assert all(any(written in text for text in found.rows["text"]) for written in part["as_written"])


def test_congruence_is_explained_by_its_25_pairs_and_the_15_that_are_paired(kb):
    found = explain(kb, "congruence", "plain", "congruence")
    assert found.rows.loc[found.rows["of"] > 0, "counted"].nunique() == 25
    paired = set(found.rows.loc[found.rows["contributes"] > 0, "counted"])
    assert len(paired) == 15
    links = {" — ".join(sorted(pair)) for pair in zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True)}
    assert all(" — ".join(sorted(pair.split(" — "))) in links for pair in paired)


def test_congruence_of_a_unit_is_explained_by_its_own_pairs(kb):
    """县农业农村委 meets three units in tasks 4 to 6 and is paired with none; 县商务委 with two of its three."""
    table = pg.congruence(kb, by="unit")
    none = explain(kb, table, "县农业农村委", "weighted")
    assert (none.value, none.terms) == (0, {"numerator": 0, "denominator": 9})
    found = explain(kb, "congruence", "县商务委", "congruence", by="unit")
    assert found.terms == {"numerator": 2, "denominator": 3}
    assert all("巫溪县商务委" in counted for counted in found.rows["counted"])
    assert measure_of(table) == "congruence"


@pytest.mark.parametrize("options", [{"by": "document"}, {"by": "region"}, {"by": "area"}, {"collectives": True}])
def test_loads_that_are_split_are_explained(two, options):
    table = pg.workload(two, **options)
    with keeping():
        for label, column, value in numbers(table):
            found = explain(two, table, label, column)
            assert (pd.isna(value) and pd.isna(found.value)) or is_right(found, two)


OPTIONS = {
    "congruence": [dict(zip(("role", "collectives", "dependence"), c, strict=True)) for c in itertools.product(("lead", "any"), ("leave_out", "expand"), ("identity", "area"))] + [{"pooled": True}, {"by": "document"}, {"by": "unit"}, {"by": "unit", "dependence": "area", "collectives": "expand"}],
    "coordination": [{"role": "any", "collectives": "expand"}, {"first_listed": True}, {"by": "document"}, {"pooled": True}],
    "gaps": [{"by": "document", "collectives": "expand"}, {"pooled": True}],
    "unpaired_in_task": [{"collectives": "expand", "role": "any"}, {"by": "document"}, {"pooled": True}],
    "counterparts": [{"population": "all"}],
    "concentration": [{"population": p, "count": c} for p in ("bearers", "all", "township_level") for c in ("fractional", "partners")],
    "balance_loads": [{"collectives": True}],
    "tasks_by_size": [{"role": "any"}],
    "centrality": [{"collectives": True}],
    "projection": [{"collectives": True}],
    "task_exclusivity": [{"across": True}],
    "panel": [{"of": "pair"}, {"of": "region"}, {"of": "unit", "balanced": True, "collectives": True}, {"of": "pair", "balanced": True}],
}  # fmt: skip


@pytest.mark.parametrize(("measure", "options"), [(m, o) for m, many in OPTIONS.items() for o in many])
def test_every_choice_is_repeated_from_the_frame(two, measure, options):
    table = getattr(pg, measure)(two, **options)
    with keeping():
        for label, column, value in numbers(table):
            found = explain(two, table, label, column)
            assert options.items() <= found.choices.items() or "by" in options
            assert (pd.isna(value) and pd.isna(found.value)) or is_right(found, two)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(bases)
def test_numbers_of_any_small_notice_are_explained(kb):
    explain_all(kb, [m for m in MEASURES if m != "choices"])


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(years)
def test_numbers_of_any_three_notices_are_explained(parts):
    explain_all(
        together(*parts), ["workload", "congruence", "coordination", "unpaired_in_task", "panel", "counterparts"]
    )


def test_a_region_of_one_unit_has_no_concentration_to_explain():
    kb = small([{"lead": ["甲区商务局"], "responsible": []}])
    for column in ("gini", "hhi", "jain", "top_share"):
        found = explain(kb, "concentration", "甲区", column)
        assert (found.value is pd.NA, found.terms) == (True, {"n": 1.0, "sum": 1.0})


def explain_all(kb, measures):
    """`explain` refuses what its rows do not give, so that asking is the test."""
    results = Results(kb)
    with keeping():
        for measure in measures:
            for label, column, _ in numbers(results[measure]):
                explain(kb, results[measure], label, column)


def test_leads_of_two_regions_in_one_cell_are_told_apart():
    kb = small([{"lead": ["甲区商务局", "甲区教育局", "乙县林业局", "乙县商务局", "乙县教育局"]}])
    table = pg.checks(kb)
    leads = [place for place, check in enumerate(table["check"]) if check == "several_leads"]
    assert sorted(explain(kb, table, place, "count").value for place in leads) == [2, 3]


def test_a_unit_goes_by_any_of_its_names_and_a_pair_in_any_order(kb):
    assert explain(kb, "workload", "区招商投资局", "lead").row == ("渝中区招商投资局",)
    assert explain(kb, "coordination", ("县商务委", "区商务委"), "joint_tasks").value == 5
    assert explain(pg.build_graph(kb), "workload", "县教委", "lead").rows["text"].tolist() == ["县教委"] * 3


def test_the_measure_of_a_frame_is_told_by_its_columns(kb):
    for measure in MEASURES:
        assert measure_of(Results(kb)[measure]) == measure
    loads = pg.workload(kb)
    assert measure_of(loads[["lead"]].assign(note="x")) == "workload"
    pairs = pg.coordination(kb)
    assert measure_of(pairs[pairs["status"] == "gap"]) == "coordination"
    with pytest.raises(UnknownNameError, match="like no measure's"):
        measure_of(pd.DataFrame({"x": [1]}))


def test_rows_of_doubled_labels_go_by_place_or_by_their_cells(kb):
    table = pg.choices(kb)
    by_cells = explain(kb, table, ("gini", "渝中区: lead", "base", "", "", "bearers"), "value")
    place = next(
        p
        for p, row in enumerate(table.itertuples())
        if row.Index == "gini" and row.population == "bearers" and row.of == "渝中区: lead" and row.brackets == "base"
    )
    assert round(by_cells.value, 3) == 0.342 == round(explain(kb, table, place, "value").value, 3)
    with pytest.raises(UnknownNameError, match="More than one row"):
        explain(kb, table, ("gini", "渝中区: lead"), "value")
    with pytest.raises(UnknownNameError, match="no such row"):
        explain(kb, table, 9999, "value")


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        (("workloads", "x", "lead"), {}, "no such measure"),
        (("workload", "区魔法局", "lead"), {}, "no such row"),
        (("workload", "区招商局", "lead"), {}, "Did you mean 渝中区招商投资局"),
        (("workload", "区招商投资局", "leads"), {}, "no such column"),
        (("workload", "区招商投资局", "lead"), {"role": "any"}, "no such option"),
        ((7, "区招商投资局", "lead"), {}, "cannot be explained"),
    ],
)
def test_what_is_not_there_is_said(kb, arguments, options, sentence):
    with pytest.raises(UnknownNameError, match=sentence):
        explain(kb, *arguments, **options)


def test_a_frame_of_other_notices_is_refused(kb, two):
    table = pg.workload(two)
    with pytest.raises(NoticeError, match="not what these notices give"):
        explain(kb, table, "渝中区商务委", "lead")
    with pytest.raises(NoticeError, match="in its attrs"):
        explain(two, table, "渝中区商务委", "lead", by="region")


def test_brackets_that_were_read_otherwise_are_refused(kb, notice):
    apart = pg.read_notice(notice, qualifier="separate")
    table = pg.congruence(apart)
    assert explain(apart, table, "plain", "satisfied").value == 14
    with pytest.raises(NoticeError, match="brackets"):
        explain(kb, table, "plain", "satisfied")


def test_a_number_that_is_not_defined_says_so(kb):
    found = explain(kb, "coverage", ("渝中区", "department"), "share")
    assert pd.isna(found.value)
    assert "not defined" in repr(found)


def test_what_is_no_number_is_explained_by_its_cells(kb):
    found = explain(kb, "balance", (3, "渝中区"), "after")
    assert found.kind == "fact"
    assert "no number" in found.formula["en"]
    assert found.rows["text"].tolist() == ["区招商投资局"]


def test_names_are_data_in_html():
    kb = small([{"lead": ["甲区<b>局", "乙县教育局"]}], [("甲区<b>局", "乙县教育局")])
    html = explain(kb, "workload", "甲区<b>局", "lead")._repr_html_()
    assert "<b>局" not in html
    assert "&lt;b&gt;局" in html


def test_the_repr_reads_well(kb):
    found = explain(kb, "workload", "区招商投资局", "fractional")
    lines = repr(found).split("\n")
    assert lines[0] == "workload(渝中区招商投资局, fractional) = 5"
    assert lines[1].startswith("  formula: Σ 1/n")
    assert "7 contributions add up to 5" in lines[3]
    frame = found.to_frame()
    assert frame.attrs["value"] == 5
    assert frame["contributes"].sum() == pytest.approx(5)
