"""Checks of a notice against itself: what the 2022 notice has, and small notices that break one rule each."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.measures.small import small

import pairing_graph as pg
from pairing_graph.base.words import catalogue
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import SEVERITIES
from pairing_graph.measures.checks import SEVERITY


def of(kb, check, **options):
    found = pg.checks(kb, **options)
    return found[found["check"] == check].reset_index(drop=True)


def test_the_stated_duty_that_the_table_of_the_2022_notice_does_not_meet(kb):
    broken = of(kb, "duty_not_met")
    assert broken[["count", "of"]].to_numpy().tolist() == [[3, 31], [9, 19]]
    assert set(broken["subject"].explode().str.rpartition("#")[2]) == {"21"}
    rows = [address.rpartition("!")[2] for address in broken.loc[0, "address"].split()]
    assert rows == ["t1r22c2", "t2r3", "t2r6", "t2r17"]


def test_several_leads_are_told_once_for_each_written_cell(kb):
    found = of(kb, "several_leads")
    assert len(found) == 8
    assert found["address"].str.rpartition("!")[2].tolist()[:2] == ["t1r5c3", "t1r5c4"]
    assert found.loc[0, "count"] == 3
    assert [task.rpartition("#")[2] for task in found.loc[0, "subject"]] == ["4", "5", "6"]


def test_a_stated_rule_says_who_is_first(kb):
    row = {"document": kb.documents["document"].item(), "severity": "info", "reason": "stated_rule"}
    ruled = pd.concat([kb.unread, pg.frame("unread", [row])], ignore_index=True)
    assert of(kb.replace(unread=ruled), "several_leads").empty


def test_the_2022_notice_has_nothing_else(kb):
    assert set(pg.checks(kb)["check"]) == {"duty_not_met", "several_leads"}


def test_a_graph_gives_what_its_tables_give(kb, graph):
    pd.testing.assert_frame_equal(pg.checks(graph), pg.checks(kb))


def test_findings_trace_back_and_the_graver_stand_first(kb):
    found = pg.checks(kb)
    assert all(len(pg.trace(kb, pg.Address.parse(place))) for text in found["address"] for place in text.split())
    grave = [SEVERITIES.index(severity) for severity in found["severity"]]
    assert grave == sorted(grave, reverse=True)


@pytest.mark.parametrize(
    ("tasks", "sides"),
    [
        ([{"lead": ["甲区商务局", "乙县商务局"]}, {"lead": ["甲区教育局"]}], ["乙县"]),
        ([{"lead": ["甲区商务局"]}, {}], [""]),
    ],
    ids=["one-side", "nobody-at-all"],
)
def test_a_task_without_an_answerable_unit(tasks, sides):
    found = of(small(tasks), "nobody_answers")
    assert found["subject"].tolist() == [("d#2",)]
    assert all(side in text for side, text in zip(sides, found["found"], strict=True))


def test_supporting_is_not_answering():
    kb = small([{"lead": ["甲区商务局"], "support": ["乙县商务局"]}, {"lead": ["乙县教育局", "甲区教育局"]}])
    assert of(kb, "nobody_answers")["subject"].tolist() == [("d#1",)]


def test_a_task_of_one_region_has_no_other_side():
    assert of(small([{"lead": ["甲区商务局"]}, {"responsible": ["甲区教育局"]}]), "nobody_answers").empty


def test_a_unit_twice_in_a_task():
    found = of(small([{"lead": ["甲区商务局"], "support": ["甲区商务局"]}]), "unit_twice")
    assert (len(found), found.loc[0, "count"], len(found.loc[0, "address"].split())) == (1, 2, 2)


@pytest.mark.parametrize(
    ("numbers", "check"),
    [
        ([1, 2, 4], "number_skipped"),
        ([2, 3, 4], "number_skipped"),
        ([1, 2, 2], "number_doubled"),
        ([1, pd.NA, 2], "number_missing"),
        ([1, 2, 3], None),
        ([1, 2, 1], None),
        ([pd.NA, pd.NA, pd.NA], None),
    ],
    ids=["gap", "does-not-begin-with-1", "double", "missing", "right", "begins-anew", "unnumbered"],
)
def test_numbers(numbers, check):
    kb = small([{"lead": ["甲区商务局"]}] * 3, numbers=numbers)
    assert [c for c in pg.checks(kb)["check"] if c.startswith("number")] == ([check] if check else [])


def test_numbers_of_pairing_rows():
    kb = small([], [("甲区商务局", "乙县商务局"), ("甲区教育局", "乙县教育局")])
    skipped = kb.pairings.assign(number=pd.array([1, 3], dtype="Int64"))
    assert of(kb.replace(pairings=skipped), "number_skipped")["subject"].tolist() == [("d!t2r3",)]


@pytest.mark.parametrize(
    ("area", "counts"),
    [("产业协作（共3项）", [[2, 3]]), ("产业协作（共2项）", []), ("产业协作，共六项任务", [[2, 6]]), ("共建产业", [])],
    ids=["differs", "holds", "in-words", "no-count"],
)
def test_stated_counts(area, counts):
    kb = small([{"lead": ["甲区商务局"]}] * 2, areas=[area, area])
    assert of(kb, "count_differs")[["count", "of"]].to_numpy().tolist() == counts


def test_a_stated_count_in_the_title_holds_for_the_document():
    kb = small([{"lead": ["甲区商务局"]}] * 2)
    titled = kb.documents.assign(title="关于印发重点任务（共28项）的通知")
    assert of(kb.replace(documents=titled), "count_differs")[["count", "of"]].to_numpy().tolist() == [[2, 28]]


def test_a_stated_duty_that_the_table_meets_is_no_finding():
    kb = small([{"lead": ["甲区商务局"]}], [("甲区商务局", "乙县商务局")], texts=["部门“一对一”开展结对帮扶。"])
    assert of(kb, "duty_not_met").empty


def test_one_to_one_teaching_is_no_duty_about_pairings():
    kb = small(
        [{"lead": ["甲区商务局"]}],
        [("甲区商务局", "乙县商务局"), ("甲区商务局", "乙县教育局")],
        texts=["开展一对一辅导。"],
    )
    assert of(kb, "duty_not_met").empty


def test_a_committee_is_no_department(kb):
    place = next(row["address"] for row in kb.pairings.to_dict("records") if row["recipient"].endswith("园区管委会"))
    links = of(kb, "duty_not_met")["address"].iloc[1]
    assert place not in links.split()
    kinds = {"乙县园区管委会": "management_committee"}
    small_kb = small(
        [{"lead": ["甲区商务局"]}],
        [("甲区商务局", "乙县园区管委会"), ("甲区教育局", "乙县教育局")],
        texts=["部门“一对一”开展结对帮扶。"],
        kinds=kinds,
    )
    assert of(small_kb, "duty_not_met").empty


@pytest.mark.parametrize(("whom", "said"), [("重点乡镇", True), ("乡镇", False)])
def test_of_townships_only_the_key_ones_are_meant_where_the_text_says_so(whom, said):
    links = [("甲区商务局", "乙县商务局"), ("甲区商务局", "乙县教育局")]
    text = f"管委会、街道与{whom}，部门“一对一”开展结对帮扶。"
    found = of(small([{"lead": ["甲区商务局"]}], links, texts=[text]), "duty_not_met")
    assert found["found"].str.contains("乡镇仅指重点乡镇").tolist() == [said]


def test_a_name_of_no_known_kind():
    kb = small([{"lead": ["甲区某某"]}], kinds={"甲区某某": "other"})
    assert of(kb, "unknown_kind")[["subject", "address"]].to_numpy().tolist() == [[("甲区某某",), "d!t1r2c3.1"]]


def test_every_check_is_told_in_both_languages(kb):
    assert set(SEVERITY.values()) <= set(SEVERITIES)
    assert {f"check_{name}" for name in SEVERITY if name != "duty_not_met"} <= set(catalogue("en"))
    assert pg.checks(kb, lang="en")["found"].str.contains("一对一.*a stated duty not met by the table").sum() == 2


def test_no_notice_has_no_findings():
    assert pg.checks(KnowledgeBase()).empty
