"""Scenarios: the old knowledge base stays, changed rows keep their address, nothing done changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.measures.small import NAMES, bases, small

import pairing_graph as pg
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.lookup import find_unit


@pytest.fixture(scope="module")
def merged(kb):
    return pg.merge_units(kb, "县乡村振兴局", "县农业农村委", scenario="机构改革")


def test_a_merger_moves_tasks_and_pairings(kb, merged):
    before, after = pg.workload(kb), pg.workload(merged)
    assert "巫溪县乡村振兴局" not in after.index
    assert after.loc["巫溪县农业农村委", "tasks"] == 5 == before.loc["巫溪县农业农村委", "tasks"] + 2
    assert after.loc["巫溪县农业农村委", "partners"] == 2
    assert len(merged.tasks) == len(kb.tasks)


def test_the_old_one_is_unchanged(kb, merged, notice):
    assert kb.equals(pg.read_notice(notice))
    assert not merged.equals(kb)


def test_changed_rows_keep_their_address_and_name_the_scenario(kb, merged):
    assert merged.assignments["address"].equals(kb.assignments["address"])
    changed = merged.assignments[merged.assignments["scenario"] != ""]
    assert (len(changed), set(changed["scenario"]), set(changed["as_written"])) == (2, {"机构改革"}, {"县乡村振兴局"})
    assert merged.pairings.loc[merged.pairings["scenario"] != "", "number"].tolist() == [2]
    traced = pg.trace(merged, "县农业农村委")
    assert "县乡村振兴局" in "".join(traced["text"])


def test_the_old_names_find_the_new_unit(merged):
    assert find_unit(merged, "县乡村振兴局") == find_unit(merged, "巫溪县乡村振兴局") == "巫溪县农业农村委"


@pytest.mark.parametrize("name", ["县乡村振兴局", "巫溪县乡村振兴局"])
@pytest.mark.parametrize(
    "scenario",
    [
        lambda kb, name: pg.merge_units(kb, name, "县商务委"),
        lambda kb, name: pg.merge_units(kb, ["县林业局", name], "县商务委"),
        lambda kb, name: pg.merge_units(kb, "县商务委", name),
        lambda kb, name: pg.rename_unit(kb, name, "县数据局"),
        lambda kb, name: pg.remove_unit(kb, name),
        lambda kb, name: pg.reassign(kb, 19, name, "县商务委"),
        lambda kb, name: pg.add_pairing(kb, "区商务委", name),
    ],
    ids=["merge", "merge-several", "merge-into", "rename", "remove", "reassign", "pair"],
)
def test_a_unit_that_was_merged_cannot_be_changed_by_its_old_name(merged, scenario, name):
    with pytest.raises(pg.UnknownNameError, match=f"{name} was merged into 巫溪县农业农村委.*Say 巫溪县农业农村委"):
        scenario(merged, name)
    again = pg.to_knowledge_base(pg.build_graph(merged))
    with pytest.raises(pg.UnknownNameError, match="was merged into"):
        scenario(again, name)


def test_the_unit_that_went_on_can_be_changed_by_its_own_name(merged):
    after = pg.merge_units(merged, "县农业农村委", "县商务委")
    assert pg.workload(after).loc["巫溪县商务委", "tasks"] == 7
    with pytest.raises(pg.UnknownNameError, match="县乡村振兴局 was merged into"):
        pg.remove_unit(after, "县乡村振兴局")


def test_a_renamed_unit_can_be_changed_by_its_old_name(kb):
    after = pg.rename_unit(pg.rename_unit(kb, "县科技局", "县数据局"), "县科技局", "县大数据局")
    assert "巫溪县大数据局" in set(after.units["unit"])


@pytest.mark.parametrize(
    "mistake",
    [
        lambda kb: pg.merge_units("县科技局", "县商务委", kb),
        lambda kb: pg.merge_units(kb, None, "县商务委"),
        lambda kb: pg.merge_units(kb, [None], "县商务委"),
        lambda kb: pg.merge_units(kb, "县商务委", None),
        lambda kb: pg.rename_unit("县商务委", "县数据局", kb),
        lambda kb: pg.rename_unit(kb, "县商务委", None),
        lambda kb: pg.remove_unit("县商务委", kb),
        lambda kb: pg.reassign(4, kb, "县商务委", "县教委"),
        lambda kb: pg.add_pairing("区商务委", "县教委", kb),
        lambda kb: pg.remove_pairing(None, "区商务委", "县教委"),
        lambda kb: pg.difference(kb, 5),
        lambda kb: pg.difference("x", kb),
    ],
)
def test_swapped_or_missing_arguments_are_a_sentence(kb, mistake):
    with pytest.raises(pg.NoticeError, match="no knowledge base|names no unit|name is empty"):
        mistake(kb)


def test_a_merger_changes_what_is_unpaired(kb, merged):
    change = pg.difference(kb, merged)
    assert change.loc[("pairs", "gaps")].tolist() == [10, 9, -1]
    assert change.loc[("units", "unpaired_in_task")].tolist() == [4, 3, -1]
    assert change.loc[("congruence", "plain"), "after"] == pytest.approx(15 / 24)
    assert change.loc[("pairing", "渝中区发展改革委–巫溪县农业农村委")].tolist() == [0, 1, 1]
    assert change.loc[("tasks", "巫溪县乡村振兴局"), "change"] == -2
    assert change.attrs["scenarios"] == ["机构改革"]


def test_several_units_can_be_merged_at_once(kb):
    after = pg.merge_units(kb, ["县乡村振兴局", "县林业局"], "县农业农村委")
    assert pg.workload(after).loc["巫溪县农业农村委", "tasks"] == 7


def test_a_task_of_both_counts_once(kb):
    after = pg.merge_units(kb, "县商务委", "县农业农村委")
    assert pg.workload(after).loc["巫溪县农业农村委", "tasks"] == 5
    assert len(after.assignments) == len(kb.assignments)
    assert pg.workload(after, collectives=True)["fractional"].sum() == pytest.approx(56)


def test_a_renamed_unit_keeps_everything_but_its_name(kb):
    after = pg.rename_unit(kb, "县科技局", "县数据局")
    before, now = pg.workload(kb).loc["巫溪县科技局"], pg.workload(after).loc["巫溪县数据局"]
    assert before.tolist() == now.tolist()
    assert after.units.set_index("unit").loc["巫溪县数据局", ["name", "kind", "line"]].tolist() == [
        "县数据局",
        "department",
        "大数据",
    ]
    assert find_unit(after, "县科技局") == "巫溪县数据局"


def test_a_removed_unit_leaves_tasks_with_nobody(kb):
    after = pg.remove_unit(kb, "县教委")
    assert len(after.assignments) == len(kb.assignments) - 3
    assert len(after.pairings) == len(kb.pairings) - 1
    found = pg.checks(after)
    alone = found.loc[found["check"] == "nobody_answers", "subject"].explode()
    assert alone.str.rpartition("#")[2].tolist() == ["12", "13", "14"]


def test_a_task_is_reassigned(kb):
    after = pg.reassign(kb, 4, "县农业农村委", "县经济信息委")
    row = after.assignments[after.assignments["scenario"] != ""].iloc[0]
    assert (row["unit"], row["rank"], row["as_written"]) == ("巫溪县经济信息委", 2, "县农业农村委")
    assert pg.workload(after).loc["巫溪县农业农村委", "tasks"] == 2


def test_one_role_can_be_reassigned():
    kb = small([{"lead": ["甲区商务局"], "support": ["甲区商务局"]}], [("甲区教育局", "乙县教育局")])
    after = pg.reassign(kb, 1, "甲区商务局", "甲区教育局", role="support")
    assert dict(zip(after.assignments["role"], after.assignments["unit"], strict=True)) == {
        "lead": "甲区商务局",
        "support": "甲区教育局",
    }


def test_pairings_come_and_go(kb):
    more = pg.add_pairing(kb, "区招商投资局", "县商务委", scenario="补结对")
    row = more.pairings.iloc[-1]
    assert (row["address"], row["scenario"], row["donor_as_written"]) == ("", "补结对", "区招商投资局")
    assert pg.congruence(more).loc["plain", "satisfied"] == 16
    assert pg.build_graph(more).number_of_edges() == pg.build_graph(kb).number_of_edges() + 1
    assert pg.to_knowledge_base(pg.build_graph(more)).equals(more, ignore=["unread"])
    back = pg.remove_pairing(more, "区招商投资局", "县商务委")
    assert back.equals(kb)


def test_scenarios_follow_on_each_other(kb):
    twice = pg.reassign(
        pg.merge_units(kb, "县乡村振兴局", "县农业农村委", scenario="一"), 19, "县农业农村委", "县商务委", scenario="二"
    )
    assert "一; 二" in set(twice.assignments["scenario"])


@pytest.mark.parametrize(
    "nothing",
    [
        lambda kb: pg.rename_unit(kb, "县科技局", "县科技局"),
        lambda kb: pg.rename_unit(kb, "县科技局", "巫溪县科技局"),
        lambda kb: pg.reassign(kb, 4, "县商务委", "县商务委"),
        lambda kb: pg.add_pairing(kb, "区商务委", "县商务委"),
    ],
    ids=["same-name", "same-full-name", "same-unit", "paired-already"],
)
def test_a_scenario_that_does_nothing_changes_nothing(kb, nothing):
    assert nothing(kb).equals(kb)
    assert pg.difference(kb, nothing(kb)).empty


@pytest.mark.parametrize(
    ("scenario", "sentence"),
    [
        (lambda kb: pg.merge_units(kb, "县科技局", "县科技局"), "into itself"),
        (lambda kb: pg.merge_units(kb, "县科技局", "区商务委"), "two regions"),
        (lambda kb: pg.merge_units(kb, "各乡镇", "县商务委"), "collective"),
        (lambda kb: pg.merge_units(kb, [], "县商务委"), "nothing to merge"),
        (lambda kb: pg.merge_units(kb, "县月亮局", "县商务委"), "There is no unit"),
        (lambda kb: pg.merge_units(kb, "县商务委", "县月亮局"), "There is no unit"),
        (lambda kb: pg.rename_unit(kb, "县商务委", "县教委"), "merge_units"),
        (lambda kb: pg.rename_unit(kb, "县商务委", " "), "empty"),
        (lambda kb: pg.rename_unit(kb, "县月亮局", "县教委"), "There is no unit"),
        (lambda kb: pg.remove_unit(kb, "县月亮局"), "There is no unit"),
        (lambda kb: pg.reassign(kb, 99, "县商务委", "县教委"), "There is no task"),
        (lambda kb: pg.reassign(kb, 4, "县教委", "县商务委"), "does not have this task"),
        (lambda kb: pg.reassign(kb, 4, "县商务委", "县教委", role="support"), "does not have this task"),
        (lambda kb: pg.reassign(kb, 4, "县商务委", "县教委", role="moon"), "no such role"),
        (lambda kb: pg.add_pairing(kb, "县商务委", "县商务委"), "with itself"),
        (lambda kb: pg.add_pairing(kb, "区商务委", "县教委", document="x"), "no document"),
        (lambda kb: pg.remove_pairing(kb, "区商务委", "县教委"), "巫溪县商务委"),
    ],
)
def test_what_cannot_be_is_a_sentence(kb, scenario, sentence):
    with pytest.raises(pg.NoticeError, match=sentence):
        scenario(kb)


def test_the_end_of_several_names_is_ambiguous_and_lists_each_once(kb):
    with pytest.raises(pg.UnknownNameError, match="several units") as caught:
        find_unit(kb, "商务委")
    assert [str(caught.value).count(unit) for unit in ("巫溪县商务委", "渝中区商务委")] == [1, 1]
    with pytest.raises(pg.UnknownNameError, match="Did you mean 巫溪县商务委") as caught:
        find_unit(kb, "县商务局委")
    assert str(caught.value).count("巫溪县商务委") == 1


def test_an_empty_knowledge_base_says_that_it_holds_no_units():
    with pytest.raises(pg.UnknownNameError, match="holds no units"):
        find_unit(KnowledgeBase(), "县商务委")


def test_paired_units_are_not_merged():
    kb = small([{"lead": ["甲区商务局"]}], [("甲区商务局", "甲区教育局")])
    with pytest.raises(pg.NoticeError, match="remove_pairing"):
        pg.merge_units(kb, "甲区教育局", "甲区商务局")


def test_without_a_notice_there_is_nothing_to_pair_in():
    kb = small([], [("甲区商务局", "乙县商务局")])
    with pytest.raises(pg.NoticeError, match="document="):
        pg.add_pairing(KnowledgeBase().replace(units=kb.units), "甲区商务局", "乙县商务局")


def test_every_figure_can_be_shown(kb, merged):
    change = pg.difference(kb, merged, unchanged=True)
    gini = change.loc[("gini", "巫溪县: tasks, bearers")]
    before, after = (
        pg.concentration(one, count="tasks", population="bearers").loc["巫溪县", "gini"] for one in (kb, merged)
    )
    assert (gini["before"], gini["after"]) == (before, after)
    assert before != after
    assert (change["change"] == 0).any()
    assert len(change) > len(pg.difference(kb, merged))


@settings(max_examples=20, deadline=None)
@given(bases, st.sampled_from(NAMES[:3]), st.sampled_from(NAMES[:3]))
def test_a_merger_keeps_the_tasks_and_loses_no_assignment(kb, one, other):
    assume(one != other and {one, other} <= set(kb.units["unit"]))
    after = pg.merge_units(kb, one, other)
    assert after.tasks.equals(kb.tasks)
    assert after.assignments["address"].tolist() == kb.assignments["address"].tolist()
    answered = [
        set(zip(rows["task"], rows["unit"].str[:2], strict=True)) for rows in (kb.assignments, after.assignments)
    ]
    assert answered[0] == answered[1]
    before, now = (pg.workload(base)["fractional"].sum() for base in (kb, after))
    assert now == pytest.approx(before)


def test_two_notices_are_not_two_states_of_one(kb, root):
    other = pg.read_notice(root / "data/examples/invented-2023.txt")
    with pytest.raises(pg.NoticeError, match="two states of one notice.*use compare"):
        pg.difference(kb, other)
