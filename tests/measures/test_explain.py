"""Every number of every measure is the sum, the share or the formula of the rows that explain it."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict

import networkx as nx
import numpy as np
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
MOST, FEW = 24, 8
"""Numbers that are taken apart of a table of one notice, and where the same measure is asked again in another way.

`explain` refuses a number that its rows do not give, so each costs as much as it says; a table has up to a thousand.
"""


@pytest.fixture(scope="module")
def two(root):
    return pg.read_notices([root / "data/raw/wuxi-yuzhong-2022.txt", root / "data/examples/invented-2023.txt"])


@pytest.fixture(scope="module", autouse=True)
def _each_relation_once():
    """All tests ask about the same few notices."""
    with keeping():
        yield


@pytest.fixture(scope="module")
def results(kb, two):
    """The measures of one notice and of two, each counted once for all tests."""
    return {"one": Results(kb), "two": Results(two)}


def number_columns(table):
    return [c for c in table.columns if pd.api.types.is_numeric_dtype(table[c]) and table[c].dtype.kind != "b"]


def numbers(table):
    """Every number of a frame: its label, its column, its value."""
    columns = number_columns(table)
    by_place = table.index.names == [None] or not table.index.is_unique
    for place, label in enumerate(table.index):
        for column in columns:
            yield place if by_place else label, column, table[column].iloc[place]


def some(table, most):
    """Numbers spread over the whole table: every column, in rows that differ from column to column."""
    everything, rows, columns = list(numbers(table)), len(table), len(number_columns(table))
    count = min(max(most, columns), len(everything))
    return [everything[k * rows // count * columns + k % columns] for k in range(count)]


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
        return is_worked_out(found, value, kb)
    if found.kind == "drawn":
        return value == pytest.approx(drawn_again(found, kb), abs=1e-12)
    words = " ".join(rows["text"])
    return is_said(found, value, words, kb)


def is_worked_out(found, value, kb):
    x = loads(found.rows)
    key = found.column if found.measure not in ("choices", "robustness") else found.row[0]
    if found.measure == "communication_need":
        return math.isclose(needed(found, kb), value, abs_tol=1e-9)
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


def needed(found, kb):
    """Communication need of a notice: all pairs that could be, by brute force, and those that are counted."""
    region = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    units = list(found.rows.loc[found.rows["of"] > 0, "counted"])
    apart = len({region[unit] for unit in units} - {""}) > 1
    possible = sum(not apart or region[a] != region[b] for a, b in itertools.combinations(units, 2))
    counted = found.rows["contributes"].sum()
    return {"possible": possible, "need": counted / max(possible, 1), "congruence": 1 - counted / max(possible, 1)}[
        found.column
    ]


def drawn_again(found, kb):
    """A baseline drawn from its rows, pair by pair, as the formula says it: seed, links, what each required pair counts."""
    region = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    required, notices = defaultdict(dict), defaultdict(list)
    for (table, counted), part in found.rows.groupby(["table", "counted"], sort=False):
        *held, unit, _, partner = counted.split(" ")
        if table == "assignments":
            required[tuple(held)][frozenset((unit, partner))] = part["contributes"].sum()
        else:
            notices[tuple(held)].append((unit, partner, bool(part["of"].any())))
    place = {(document,): place for place, document in enumerate(dict.fromkeys(kb.pairings["document"]))}
    met = sum(dealt(notices[held], own, region, found, place.get(held, 0)) for held, own in required.items())
    total = sum(sum(own.values()) for own in required.values())
    observed = sum(required[held].get(frozenset(link[:2]), 0) for held, links in notices.items() for link in links)
    assert (total, observed) == (found.terms["required"], found.terms["satisfied"])
    ranked = sorted(met)
    return {
        "expected": sum(met) / len(met) / total,
        "lower": ranked[math.ceil(0.05 * len(met)) - 1] / total,
        "upper": ranked[math.ceil(0.95 * len(met)) - 1] / total,
        "at_or_above": sum(one >= observed for one in met) / len(met),
    }[found.column]


def dealt(links, required, region, found, place):
    """What each draw of one notice joins."""
    draws, rng = int(found.terms["draws"]), np.random.default_rng([int(found.terms["seed"]), place])
    blocks, joined = defaultdict(list), [set() for _ in range(draws)]
    for unit, partner, moves in links:
        blocks[region[unit], region[partner], moves].append((unit, partner))
    for (*_, moves), block in blocks.items():
        order = np.tile(np.arange(len(block)), (draws, 1))
        order = rng.permuted(order, axis=1) if moves else order
        for pairs, row in zip(joined, order, strict=True):
            pairs |= {frozenset((unit, block[k][1])) for (unit, _), k in zip(block, row, strict=True)}
    return np.array([sum(required.get(pair, 0) for pair in pairs) for pairs in joined])


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
def test_every_number_follows_from_its_rows(measure, notices, kb, two, results):
    kb = kb if notices == "one" else two
    table = results[notices][measure]
    assert set(number_columns(table)) <= set(declared()[measure].figures), "add the column to measures/explanations"
    kept = {
        whole_cell(place)
        for name in ("tasks", "assignments", "pairings", "targets")
        for joined in kb.tables[name]["address"]
        for place in joined.split()
    }
    with keeping():
        for label, column, value in some(table, MOST if notices == "one" else FEW):
            found = explain(kb, table, label, column)
            assert all(found.formula.values())
            if pd.isna(value):
                assert pd.isna(found.value)
                continue
            assert found.value == value
            assert is_right(found, kb), found
            assert {whole_cell(place) for place in found.addresses if "c" in place.split("!")[1]} <= kept
            said = found.rows[found.rows["address"] != ""]
            assert (said["text"] != "").all() or measure == "checks"


def test_no_measure_is_left_without_an_explanation():
    assert set(offered()) == set(declared()), "add the measure to a module of measures/explanations"


def test_lead_is_counted_from_the_hand_made_rows(kb, expected):
    """The tasks and cells of a unit, by the rows that were read by hand."""
    hand, table = expected("assignments"), pg.workload(kb, collectives=True)
    with keeping():
        for unit, part in hand[hand["role"] == "lead"].groupby("unit"):
            found = explain(kb, table, unit, "lead")
            assert {counted.split("#")[1] for counted in found.rows["counted"]} == set(part["task"])
            assert all(any(written in text for text in found.rows["text"]) for written in part["as_written"])


def test_congruence_is_explained_by_its_25_pairs_and_the_15_that_are_paired(kb):
    found = explain(kb, "congruence", "plain", "congruence")
    assert found.rows.loc[found.rows["of"] > 0, "counted"].nunique() == 25
    paired = set(found.rows.loc[found.rows["contributes"] > 0, "counted"])
    assert len(paired) == 15
    links = {" — ".join(sorted(pair)) for pair in zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True)}
    assert all(" — ".join(sorted(pair.split(" — "))) in links for pair in paired)


def test_a_row_alone_and_a_number_half_named_get_a_sentence(kb):
    loads = pg.workload(kb)
    for asked in ((loads.iloc[0], "lead"), ("workload",), (loads, "区招商投资局")):
        with pytest.raises(NoticeError, match="a table, a row and a column"):
            explain(kb, *asked)


def test_congruence_of_a_unit_is_explained_by_its_own_pairs(kb):
    """县农业农村委 meets three units in tasks 4 to 6 and is paired with none; 县商务委 with two of its three."""
    table = pg.congruence(kb, by="unit")
    none = explain(kb, table, "县农业农村委", "weighted")
    assert (none.value, none.terms) == (0, {"numerator": 0, "denominator": 9})
    found = explain(kb, "congruence", "县商务委", "congruence", by="unit")
    assert found.terms == {"numerator": 2, "denominator": 3}
    assert all("巫溪县商务委" in counted for counted in found.rows["counted"])
    assert measure_of(table) == "congruence"


OPTIONS = {
    "workload": [{"by": "document"}, {"by": "region"}, {"by": "area"}, {"collectives": True}],
    "congruence": [dict(zip(("role", "collectives", "dependence"), c, strict=True)) for c in itertools.product(("lead", "any"), ("leave_out", "expand"), ("identity", "area"))] + [{"pooled": True}, {"by": "document"}, {"by": "unit"}, {"by": "unit", "role": "any", "dependence": "area"}]
    + [{"baseline": "permutation", "draws": 200} | more for more in ({}, {"shuffled": "departments", "seed": 7}, {"by": "document"}, {"pooled": True}, {"role": "any", "dependence": "area"})],
    "communication_need": [{"by": "unit"}, {"pooled": True}, {"by": "unit", "pooled": True, "role": "any"}, {"collectives": "expand"}],
    "robustness": [{"pooled": True}],
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
    assert set(number_columns(table)) <= set(declared()[measure].figures), "add the column to measures/explanations"
    with keeping():
        for label, column, value in some(table, FEW):
            found = explain(two, table, label, column)
            assert options.items() <= found.choices.items() or "by" in options
            assert (pd.isna(value) and pd.isna(found.value)) or is_right(found, two)


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(bases)
def test_numbers_of_any_small_notice_are_explained(kb):
    explain_all(kb, [m for m in MEASURES if m not in ("choices", "robustness")])


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
            for label, column, _ in some(results[measure], FEW):
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


def test_the_measure_of_a_frame_is_told_by_its_columns(kb, results):
    for measure in MEASURES:
        assert measure_of(results["one"][measure]) == measure
    for measure in ("congruence", "communication_need"):
        assert measure_of(getattr(pg, measure)(kb, by="unit")) == measure
    loads = pg.workload(kb)
    assert measure_of(loads[["lead"]].assign(note="x")) == "workload"
    pairs = pg.coordination(kb)
    assert measure_of(pairs[pairs["status"] == "gap"]) == "coordination"
    with pytest.raises(UnknownNameError, match="like no measure's"):
        measure_of(pd.DataFrame({"x": [1]}))


def test_rows_of_doubled_labels_go_by_place_or_by_their_cells(kb, results):
    table = results["one"]["choices"]
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


def test_a_baseline_is_that_of_all_ways_to_deal(kb):
    """The mean over all ways to deal: a required pair is missed where none of a unit's links gets one of the partner's."""
    found = explain(kb, "congruence", "plain", "expected", baseline="permutation", draws=4000)
    links = found.rows[(found.rows["table"] == "pairings") & (found.rows["of"] > 0)]["counted"].str.split(" — ")
    given, got = (Counter(side) for side in zip(*links, strict=True))
    pairs = [counted.split(" — ") for counted in found.rows.loc[found.rows["contributes"] > 0, "counted"]]
    ways = math.comb
    hit = [1 - ways(len(links) - got[b], given[a]) / ways(len(links), given[a]) for a, b in pairs]
    assert (len(links), len(pairs)) == (35, 25)
    assert found.value == pytest.approx(sum(hit) / len(pairs), abs=0.003)  # four standard errors of 4,000 draws
    assert "4000 draws (NumPy seed 0) deal out the partners of 35 of 35 links" in repr(found)


def test_the_end_of_a_range_is_explained_under_its_choices(kb, results):
    table, row = results["one"]["robustness"], ("congruence", "plain")
    with keeping():
        value, highest = (explain(kb, table, row, column) for column in ("value", "highest"))
        assert pd.isna(explain(kb, table, ("first_place", "渝中区"), "value").value)
    assert highest.value == pg.congruence(kb, collectives="expand").loc["plain", "congruence"]
    assert (value.choices["collectives"], highest.choices["collectives"]) == ("leave_out", "expand")
