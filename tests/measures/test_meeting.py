"""Several notices in a measure of tasks and pairings: each within itself, apart, or pooled; by brute force."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from tests.measures.small import answering, small, together, years

import pairing_graph as pg

SPLIT = [pg.congruence, pg.coordination, pg.gaps, pg.unpaired_in_task, pg.units_in_one_table]
BY_NAME = {"ids": lambda measure: measure.__name__}
A, B = ("甲区商务局", "乙县商务局"), ("甲区教育局", "乙县教育局")


@pytest.fixture(scope="module")
def both(root):
    return pg.read_notices([root / "data/raw/wuxi-yuzhong-2022.txt", root / "data/examples/invented-2023.txt"])


@pytest.fixture(scope="module")
def two_files(kb):
    """The 2022 notice as two files of one year: the tasks in one, the pairing table in the other."""
    second = kb.documents.assign(document="table")
    pairings = kb.pairings.assign(document="table")
    return kb.replace(documents=pd.concat([kb.documents, second], ignore_index=True), pairings=pairings)


def required(notice):
    """Pair → its joint tasks in a notice of two regions, without the package's own code."""
    found = {}
    crossed = notice.units["region"].nunique() > 1
    for task, units in answering(notice).items():
        for pair in combinations(sorted(set(units)), 2):
            if not crossed or pair[0][:2] != pair[1][:2]:
                found.setdefault(frozenset(pair), set()).add(task)
    return found


def paired(notice):
    return {frozenset(pair) for pair in zip(notice.pairings["donor"], notice.pairings["recipient"], strict=True)}


def measured(notices):
    """Those with both tables, or all where one of the tables is nowhere."""
    tasked = [notice for notice in notices if len(notice.assignments)]
    tabled = [notice for notice in notices if len(notice.pairings)]
    if not tasked or not tabled:
        return notices
    return [n for n in notices if bool(len(n.pairings)) == bool(len(n.assignments))]


def counts(table):
    return table[["satisfied", "required"]].to_numpy().tolist()


def test_a_task_never_meets_the_pairing_table_of_another_notice():
    first = small([{"lead": A}], [B], document="2022")
    second = small([{"lead": B}], [A], document="2023")
    kb = together(first, second)
    assert pg.congruence(kb)["satisfied"].tolist() == [0, 0, 0, 0]
    assert pg.congruence(kb, pooled=True).loc["plain", ["satisfied", "required"]].tolist() == [2, 2]
    assert pg.coordination(kb)["status"].tolist() == ["gap", "gap"]
    assert pg.coordination(kb, pooled=True)["status"].tolist() == ["paired_joint", "paired_joint"]
    assert set(pg.unpaired_in_task(kb).index) == {*A, *B}
    assert pg.unpaired_in_task(kb, pooled=True).empty
    assert len(pg.units_in_one_table(kb)) == 8
    assert pg.units_in_one_table(kb, pooled=True).empty


def test_a_gap_of_one_year_is_a_gap_and_says_that_another_year_pairs_the_two():
    first = small([{"lead": A}, {"lead": A}], [B], document="2022")
    second = small([{"lead": A}], [A], document="2023")
    row = pg.coordination(together(first, second)).loc[("甲区商务局", "乙县商务局")]
    assert (row["status"], row["joint_tasks"], row["tasks"], row["paired"]) == ("gap", 2, ("2022#1", "2022#2"), True)
    apart = pg.coordination(together(first, second), by="document")
    assert apart.xs("乙县商务局", level="partner")["status"].tolist() == ["gap", "paired_joint"]
    assert pg.unpaired_in_task(together(first, second))["partners"].tolist() == [(), ()]


@settings(max_examples=15, deadline=None)
@given(notices=years)
def test_by_document_every_notice_is_measured_as_if_it_were_alone(notices):
    kb, alone = together(*notices), measured(notices)
    names = [notice.documents["document"].item() for notice in alone]
    table = pg.congruence(kb, by="document")
    assert list(dict.fromkeys(table.index.get_level_values("document"))) == names == list(table.attrs["documents"])
    for name, notice in zip(names, alone, strict=True):
        pd.testing.assert_frame_equal(table.loc[name], pg.congruence(notice), check_index_type=False)
        for measure in (pg.coordination, pg.gaps):
            pairs = measure(kb, by="document")
            mine = pairs[pairs.index.get_level_values("document") == name].reset_index()
            statuses = {frozenset(row[["unit", "partner"]]): row["joint_tasks"] for _, row in mine.iterrows()}
            own = {frozenset(row[["unit", "partner"]]): row["joint_tasks"] for _, row in measure(notice).reset_index().iterrows()}  # fmt: skip
            assert statuses == own
        for measure in (pg.unpaired_in_task, pg.units_in_one_table):
            units = measure(kb, by="document")
            mine = units[units.index.get_level_values("document") == name].droplevel("document")
            assert set(mine.index) == set(measure(notice).index)


@settings(max_examples=15, deadline=None)
@given(notices=years)
def test_without_more_the_counts_are_the_sums_of_the_notices(notices):
    kb, alone = together(*notices), measured(notices)
    needed = [required(notice) for notice in alone]
    met = [[pair for pair in pairs if pair in paired(notice)] for pairs, notice in zip(needed, alone, strict=True)]
    table = pg.congruence(kb)
    assert counts(table)[0] == [sum(map(len, met)), sum(map(len, needed))]
    joint = sum(len(tasks) for pairs in needed for tasks in pairs.values())
    assert counts(table)[1][1] == joint
    lacking = {pair for pairs, mine in zip(needed, met, strict=True) for pair in pairs if pair not in mine}
    # Where no unit is paired at all, joint tasks are no gaps.
    assert {frozenset(pair) for pair in pg.gaps(kb).index} == (lacking if len(kb.pairings) else set())
    for pair, row in pg.gaps(kb).iterrows():
        tasks = {
            task
            for pairs, mine in zip(needed, met, strict=True)
            if frozenset(pair) not in mine
            for task in pairs.get(frozenset(pair), ())
        }
        assert set(row["tasks"]) == tasks


@settings(max_examples=15, deadline=None)
@given(notices=years)
def test_pooled_all_tasks_are_held_against_all_pairings(notices):
    kb = together(*notices)
    links = set().union(*(paired(notice) for notice in notices))
    needed = {pair for notice in notices for pair in required(notice)}
    assert counts(pg.congruence(kb, pooled=True))[0] == [len(needed & links), len(needed)]


def test_one_notice_is_the_same_in_all_three_ways(kb):
    for measure in SPLIT:
        whole = measure(kb)
        pd.testing.assert_frame_equal(measure(kb, pooled=True), whole)
        apart = measure(kb, by="document")
        assert apart.index.names == ["document", *whole.index.names]
        pd.testing.assert_frame_equal(apart.droplevel("document"), whole, check_index_type=False)


def test_the_two_years_apart_are_the_hand_counts_of_each(both):
    table = pg.congruence(both, by="document").reset_index()
    plain = table[table["variant"] == "plain"]
    assert counts(plain) == [[15, 25], [16, 25]]
    assert counts(pg.congruence(both))[0] == [31, 50]
    assert counts(pg.congruence(both, pooled=True))[0] == [20, 32]


@pytest.mark.parametrize("measure", SPLIT, **BY_NAME)
@pytest.mark.parametrize(
    ("options", "done"),
    [({}, "within each"), ({"by": "document"}, "by document"), ({"pooled": True}, "pooled")],
    ids=["within", "apart", "pooled"],
)
def test_a_result_says_what_was_held_against_what(both, measure, options, done):
    told = measure(both, **options).attrs
    assert (told["notices"], told["documents"]) == (done, tuple(both.documents["document"]))
    assert "note" not in told


@pytest.mark.parametrize("measure", SPLIT, **BY_NAME)
def test_tasks_and_pairings_in_two_files_give_no_zero_but_a_note_that_says_how(two_files, kb, measure):
    table = measure(two_files)
    assert table.empty or table["congruence"].isna().all()
    assert table.attrs["left_out"] == tuple(two_files.documents["document"])
    assert "pooled=True" in table.attrs["note"]
    assert "table" in table.attrs["note"]
    pd.testing.assert_frame_equal(measure(two_files, pooled=True), measure(kb))
    assert measure(two_files, by="document").empty


def test_a_notice_with_one_table_only_is_left_out_and_the_others_are_counted(kb):
    tasks_only = small([{"lead": A}], document="x")
    table = pg.congruence(together(kb, tasks_only))
    assert counts(table) == counts(pg.congruence(kb))
    assert table.attrs["left_out"] == ("x",)


def test_choices_differences_and_the_figure_follow(two_files, kb):
    within = pg.choices(two_files).loc[["congruence", "gaps", "unpaired_in_task"], "value"]
    assert within.isna().all()
    pooled = pg.choices(two_files, pooled=True)
    assert pooled.attrs["notices"] == "pooled"
    pd.testing.assert_frame_equal(pooled, pg.choices(kb))
    after = pg.merge_units(two_files, "县乡村振兴局", "县农业农村委")
    changes = pg.difference(two_files, after, pooled=True)
    assert changes.attrs["notices"] == "pooled"
    pd.testing.assert_frame_equal(changes, pg.difference(kb, pg.merge_units(kb, "县乡村振兴局", "县农业农村委")))
    assert "15" in pg.plot_coordination(two_files, pooled=True).get_label()
    assert pg.plot_coordination(two_files, lang="en").get_label() == "No notice holds both tasks and pairings"


@pytest.mark.parametrize("measure", SPLIT, **BY_NAME)
def test_what_makes_no_sense_is_refused(kb, measure):
    with pytest.raises(pg.NoticeError, match="apart or pooled"):
        measure(kb, by="document", pooled=True)
    with pytest.raises(pg.UnknownNameError, match="Expected: document"):
        measure(kb, by="region")


def test_a_pairing_is_removed_from_one_notice_alone(both):
    first, second = both.documents["document"]
    pair = ("渝中区商务委", "巫溪县商务委")
    left = pg.remove_pairing(both, *pair, document=first)
    assert len(both.pairings) - len(left.pairings) == 1
    apart = pg.coordination(left, by="document")
    assert [apart.loc[(name, *pair), "status"] for name in (first, second)] == ["gap", "paired_joint"]
    with pytest.raises(pg.UnknownNameError, match="no such document"):
        pg.remove_pairing(both, *pair, document="x")
