"""Suggestions of units that are one body under two names."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.validation import validate
from pairing_graph.measures.same_bodies import same_bodies


def base(*units, documents=("d",), regions=()):
    """Units are (id, name, region, kind, document, times)."""
    rows, facts = [], []
    for unit, name, region, kind, document, times in units:
        rows.append({"unit": unit, "name": name, "region": region, "kind": kind})
        for _ in range(times):
            place = f"{document}!t1r{len(facts) + 2}c3.1"
            facts.append({"task": f"{document}#1", "unit": unit, "role": "lead", "rank": 1, "as_written": name, "address": place})  # fmt: skip
    known = [{"document": document, "title": "通知", "regions": regions} for document in documents]
    tasks = [{"task": f"{document}#1", "document": document, "text": "植树", "address": f"{document}!t1r2"} for document in documents]  # fmt: skip
    return validate(
        KnowledgeBase(
            documents=frame("documents", known),
            units=frame("units", rows),
            tasks=frame("tasks", tasks),
            assignments=frame("assignments", facts),
        )
    )


def county(name, kind="department", times=1, document="d", region="甲乙县"):
    return f"{region}:{name}", name, region, kind, document, times


def nowhere(name, kind="department", times=1, document="d"):
    return f"{document}:{name}", name, "", kind, document, times


def found(kb):
    return [(one.region, one.alias, one.name, one.evidence) for one in same_bodies(kb)]


def test_three_names_of_a_power_company_are_one():
    kb = base(
        county("国网甲乙县供电公司", "enterprise"),
        county("县供电公司", "enterprise", 2),
        county("甲乙供电公司", "enterprise"),
    )
    assert found(kb) == [
        ("甲乙县", "国网甲乙县供电公司", "县供电公司", ("parent", "place")),
        ("甲乙县", "甲乙供电公司", "县供电公司", ("place",)),
    ]
    assert [one.address for one in same_bodies(kb)] == ["d!t1r2c3.1 d!t1r3c3.1", "d!t1r5c3.1 d!t1r3c3.1"]


def test_three_names_of_a_power_company_of_no_region_are_one_within_their_document():
    kb = base(
        nowhere("国网甲乙县供电公司", "enterprise"), nowhere("县供电公司", "enterprise"), nowhere("甲乙供电公司", "enterprise"),
        nowhere("县供电公司", "enterprise", document="e"), documents=("d", "e"),
    )  # fmt: skip
    assert [(region, alias, name) for region, alias, name, _ in found(kb)] == [
        ("d", "县供电公司", "国网甲乙县供电公司"),
        ("d", "甲乙供电公司", "国网甲乙县供电公司"),
    ]


@pytest.mark.parametrize(("short", "long", "alias"), [(1, 1, "县发改委"), (1, 3, "县发改委"), (3, 1, "县发展改革委")])
def test_the_more_frequent_name_stays_and_of_two_equal_ones_the_fuller(short, long, alias):
    kb = base(county("县发改委", times=short), county("县发展改革委", times=long))
    assert [one.alias for one in same_bodies(kb)] == [alias]


def test_names_of_two_regions_are_two_bodies():
    assert found(base(county("县发改委"), county("县发展改革委", region="丙丁县"))) == []


def test_names_without_a_region_in_two_documents_are_two_bodies():
    assert found(base(nowhere("县发改委"), nowhere("县发展改革委", document="e"), documents=("d", "e"))) == []


def test_names_of_one_region_in_two_years_are_one():
    kb = base(county("县发改委"), county("县发展改革委", document="e"), documents=("d", "e"))
    assert [one.address for one in same_bodies(kb)] == ["d!t1r2c3.1 e!t1r3c3.1"]


def test_a_name_that_only_another_level_has_is_left_alone():
    assert found(base(nowhere("市财政局"), nowhere("县财政局"), county("县财政局", region="甲乙县"))) == [
        ("d", "县财政局", "甲乙县:县财政局", ("form",))
    ]


def test_a_name_that_may_abbreviate_two_is_left_alone():
    kb = base(county("县文广局"), county("县文化广电局"), county("县文物广告局"))
    assert found(kb) == []


def test_a_bracket_and_a_collective_are_left_alone():
    kb = base(county("县发改委（县能源局）"), county("县发展改革委（县能源局）"))
    assert found(kb) == []
    units = kb.units.assign(name=["县发改委", "县发展改革委"], collective=True)
    assert found(kb.replace(units=units)) == []


def test_a_body_of_the_state_has_no_region_and_no_document():
    kb = base(
        ("国家发改委", "国家发改委", "", "department", "d", 1),
        ("国家发展改革委", "国家发展改革委", "", "department", "d", 1),
    )
    assert found(kb) == [("", "国家发改委", "国家发展改革委", ("form",))]


def test_the_2022_notice_has_no_body_under_two_names(kb):
    assert found(kb) == []


def test_checks_name_each_suggestion_with_its_evidence_and_places(root):
    kb = pg.read_notice(root / "data/examples/two-names.txt")
    rows = pg.checks(kb, lang="en")
    rows = rows[rows["check"] == "same_body"]
    assert len(rows) == len(pg.suggest_aliases(kb)) == 5
    assert set(rows["severity"]) == {"doubt"}
    assert rows["found"].str.contains("国网云岭县供电公司 and 云岭县供电公司 may be one unit, the same but for the parent company and the place").sum() == 1  # fmt: skip
    assert all(len(pg.trace(kb, place)) == 1 for text in rows["address"] for place in text.split())
