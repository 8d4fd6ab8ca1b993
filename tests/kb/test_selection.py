"""A part is whole and valid, its counts are those of the whole within the tasks chosen, and it says what it is."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.small import NAMES, bases, small

import pairing_graph as pg

PER_TASK = ["lead", "responsible", "support", "guide", "tasks", "listed_first", "fractional", "targets"]
ROLES = ("lead", "responsible", "support", "guide")


def tasks_of(kb, **wanted):
    """By brute force: the tasks with an assignment that fits all, in one row."""
    units = kb.units.set_index("unit")
    found = []
    for task in kb.tasks.to_dict("records"):
        rows = kb.assignments[kb.assignments["task"] == task["task"]].to_dict("records")
        facts = [
            row | {"region": units.at[row["unit"], "region"], "line": units.at[row["unit"], "line"]} for row in rows
        ]
        own = {name: wanted[name] for name in ("area", "document") if name in wanted}
        theirs = {name: wanted[name] for name in ("unit", "region", "line", "role") if name in wanted}
        fits = all(task[name] == value for name, value in own.items())
        if fits and (not theirs or any(all(fact[n] == v for n, v in theirs.items()) for fact in facts)):
            found.append(task["task"])
    return found


@pytest.fixture(scope="module")
def wanted(kb):
    area = kb.tasks["area"].iloc[0]
    return [
        {"area": area},
        {"unit": "渝中区招商投资局"},
        {"unit": "渝中区招商投资局", "role": "lead"},
        {"region": "巫溪县"},
        {"line": "发展改革"},
        {"line": "发展改革", "region": "巫溪县", "area": area},
        {"role": "support"},
    ]


def test_the_tasks_of_a_part_are_those_that_fit(kb, wanted):
    for criteria in wanted:
        part = kb.select(**criteria)
        assert part.tasks["task"].tolist() == tasks_of(kb, **criteria), criteria
        assert pg.validate(part) is part
        rows = kb.assignments[kb.assignments["task"].isin(part.tasks["task"])].reset_index(drop=True)
        assert part.assignments.equals(rows)


def test_the_unit_of_the_issue_leads_seven_tasks_in_every_measure(kb):
    part = kb.select(unit="区招商投资局", role="牵头")
    load = pg.workload(part).loc["渝中区招商投资局"]
    assert load[["lead", "tasks", "areas", "listed_first", "pairings", "partners"]].tolist() == [7, 7, 3, 4, 2, 2]
    assert load["fractional"] == 5
    assert set(pg.coordination(part)["tasks"].explode().dropna()) <= set(part.tasks["task"])
    for table in (pg.workload(part), pg.congruence(part), pg.coordination(part), pg.gaps(part), pg.checks(part)):
        assert table.attrs["part"] == "unit 渝中区招商投资局; role lead, out of 28 tasks of 1 notice"
    assert "part" not in pg.workload(kb).attrs


def test_the_parts_by_area_add_up_to_the_whole(kb):
    whole, by = pg.workload(kb), pg.workload(kb, by="area")
    loads = []
    for area in kb.tasks["area"].drop_duplicates():
        load = pg.workload(kb.select(area=area))
        bearing = load[load["tasks"] > 0]
        named = by[by.index.get_level_values("area") == area].droplevel("area")
        assert bearing[PER_TASK].sort_index().equals(named.loc[named["tasks"] > 0, PER_TASK].sort_index())
        assert bearing[["pairings", "partners"]].equals(whole.loc[bearing.index, ["pairings", "partners"]])
        loads.append(load[PER_TASK])
    added = pd.concat(loads).groupby(level=0).sum()
    pd.testing.assert_frame_equal(added.sort_index(), whole.loc[added.index, PER_TASK].sort_index(), check_dtype=False)


def test_gaps_of_a_part_are_gaps_of_the_whole(kb):
    gaps = pg.gaps(kb)
    for area in kb.tasks["area"].drop_duplicates():
        part = kb.select(area=area)
        assert set(pg.gaps(part).index) <= set(gaps.index)
        joint = pg.coordination(kb)
        expected = {pair for pair, row in joint.iterrows() if set(row["tasks"]) & set(part.tasks["task"])}
        found = pg.coordination(part)
        assert set(found[found["joint_tasks"] > 0].index) == expected
        assert pg.congruence(part).at["plain", "required"] == len(expected)


@given(bases, st.sampled_from(NAMES), st.sampled_from(["甲区", "乙县"]), st.sampled_from([*ROLES]))
@settings(max_examples=15, deadline=None)
def test_any_part_of_any_knowledge_base_is_valid_and_agrees_with_it(base, unit, region, role):
    if unit not in set(base.units["unit"]) or region not in set(base.units["region"]):
        return
    joint = pg.coordination(base).query("joint_tasks > 0")
    for criteria in ({"unit": unit}, {"region": region}, {"role": role}, {"unit": unit, "role": role}):
        part = pg.validate(base.select(**criteria))
        assert part.tasks["task"].tolist() == tasks_of(base, **criteria)
        if len(part.tasks):
            assert len(part.pairings) == len(base.pairings)
            found = pg.coordination(part).query("joint_tasks > 0")
            kept = set(part.tasks["task"])
            assert set(found.index) == {pair for pair, row in joint.iterrows() if set(row["tasks"]) & kept}
    if set(base.assignments["unit"]) & {unit}:
        load = pg.workload(base.select(unit=unit)).loc[unit]
        assert load.equals(pg.workload(base).loc[unit])


def two():
    first = small([{"lead": ["甲区商务局", "乙县教育局"]}], [("甲区商务局", "乙县商务局")], document="a")
    second = small([{"lead": ["甲区财政局", "乙县林业局"]}], [("甲区教育局", "乙县林业局")], document="b")
    from pairing_graph.reading.combining import combine

    return combine([first, second])


def test_of_several_notices_those_stay_that_are_concerned():
    kb = two()
    assert kb.select(document="b").documents["document"].tolist() == ["b"]
    assert kb.select(document=["a", "b"]).equals(kb)
    paired_only = kb.select(unit="甲区教育局")
    assert paired_only.documents["document"].tolist() == ["b"]
    assert paired_only.tasks.empty
    assert len(paired_only.pairings) == 1
    led = kb.select(unit="甲区教育局", role="lead")
    assert led.documents.empty
    assert led.units["unit"].tolist() == ["甲区教育局"]
    assert "0 tasks" in repr(led)


def test_a_part_of_a_part_says_both():
    part = two().select(document="a").select(region="甲区")
    assert str(part.part) == "document a; region 甲区, out of 2 tasks of 2 notices"
    assert "a part: document a; region 甲区" in repr(part)


def test_what_is_not_there_is_named_all_at_once(kb):
    with pytest.raises(pg.UnknownNameError) as error:
        kb.select(
            area="产业协同", unit=["区招商投资局", "区魔法局"], region="火星", line="x", role="boss", document="y"
        )
    text = str(error.value)
    assert len(error.value.complaints) == 6
    for words in ("Did you mean 产业协同方面", "no unit '区魔法局'", "火星", "渝中区", "boss", "no document 'y'"):
        assert words in text


@pytest.mark.parametrize("given", [{}, {"unit": ()}, {"unit": 5}, {"unit": [5]}, {"area": None}], ids=str)
def test_asking_for_nothing_or_for_no_names_is_refused(kb, given):
    with pytest.raises(pg.UnknownNameError, match="Nothing was asked for|Names are texts"):
        kb.select(**given)


@pytest.mark.parametrize("name", ["渝中区", "重庆市渝中区"])
def test_a_region_goes_by_its_path_too(kb, name):
    assert kb.select(region=name).part.chosen == (("region", ("渝中区",)),)


def test_a_document_goes_by_the_name_of_its_file(kb):
    assert kb.select(document="wuxi-yuzhong-2022.txt").equals(kb)


def test_a_part_traces_to_the_same_cells(kb):
    part = kb.select(area=kb.tasks["area"].iloc[0])
    task = part.tasks["task"].iloc[0]
    assert pg.trace(part, task).equals(pg.trace(kb, task))


def test_a_part_is_not_checked_for_numbers_and_counts_of_the_whole(kb):
    part = kb.select(unit="渝中区招商投资局")
    assert not set(pg.checks(part)["check"]) & {"number_skipped", "number_missing", "count_differs"}


def test_a_part_that_names_one_region_makes_no_pairs_within_it():
    kb = small([{"lead": ["乙县商务局", "乙县教育局"]}, {"lead": ["甲区商务局", "乙县商务局"]}])
    assert pg.coordination(kb).index.tolist() == [("乙县商务局", "甲区商务局")]
    assert pg.coordination(kb.select(unit="乙县教育局")).empty
