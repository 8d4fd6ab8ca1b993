"""Names that an analyst types: one thing is found, and what is not found is told with what comes near."""

from __future__ import annotations

import pytest

from pairing_graph.base.errors import UnknownNameError
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.lookup import find_task, find_unit


@pytest.fixture
def small_kb():
    units = [
        {"unit": "甲县商务委", "name": "县商务委", "region": "甲县", "aliases": ("县商务局", "县经贸委")},
        {"unit": "乙县商务委", "name": "县商务委", "region": "乙县", "aliases": ("县经贸委",)},
        {"unit": "甲县教委", "name": "县教委", "region": "甲县"},
        {"unit": "丙部", "name": "丙部", "region": ""},
    ]
    tasks = [
        {"task": "一#1", "number": 4, "document": "一"},
        {"task": "一#2", "number": 5, "document": "一"},
        {"task": "二#1", "number": 5, "document": "二"},
        {"task": "二#2", "document": "二"},
    ]
    return KnowledgeBase(units=frame("units", units), tasks=frame("tasks", tasks))


@pytest.mark.parametrize(
    ("name", "unit"),
    [("乙县商务委", "乙县商务委"), ("县教委", "甲县教委"), ("县商务局", "甲县商务委"), ("丙部", "丙部")],
    ids=["full", "short", "alias", "both"],
)
def test_a_unit_goes_by_its_full_and_short_name_and_its_aliases(small_kb, name, unit):
    assert find_unit(small_kb, name) == unit


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("县商务委", "fits more than one unit.*甲县商务委, 乙县商务委.*Use the full name"),
        ("县经贸委", "fits more than one unit.*甲县商务委, 乙县商务委"),
        ("务委", "ends the names of several units.*甲县商务委, 乙县商务委"),
        ("教委", "There is no unit '教委'.*Did you mean 甲县教委"),
        ("县教育委", "Did you mean 甲县教委"),
        ("xyz", "The table of units lists what there is"),
        ("", "There is no unit ''"),
    ],
    ids=["short-names", "aliases", "endings", "one-ending", "near", "far", "nothing"],
)
def test_a_unit_that_is_not_certain_is_told_with_what_comes_near(small_kb, name, words):
    with pytest.raises(UnknownNameError, match=words):
        find_unit(small_kb, name)


def test_three_that_come_near_are_named_each_once():
    names = ["县教育一处", "县教育二处", "县教育三处", "县教育四处"]
    kb = KnowledgeBase(units=frame("units", [{"unit": f"甲{name}", "name": name, "region": "甲县"} for name in names]))
    with pytest.raises(UnknownNameError) as error:
        find_unit(kb, "县教育处")
    (complaint,) = error.value.complaints
    assert complaint.where == "units"
    near = complaint.advice.removeprefix("Did you mean ").removesuffix("?").split(" or ")
    assert len(near) == len(set(near)) == 3
    assert set(near) < {f"甲{name}" for name in names}


def test_without_units_that_is_said():
    with pytest.raises(UnknownNameError, match="holds no units"):
        find_unit(KnowledgeBase(), "县教委")


@pytest.mark.parametrize("task", ["一#1", 4, "4", " 4 "], ids=repr)
def test_a_task_goes_by_its_id_and_by_a_number_that_is_its_own(small_kb, task):
    assert find_task(small_kb, task) == "一#1"


@pytest.mark.parametrize(
    ("task", "words"),
    [
        (5, "fits more than one task.*一#2, 二#1.*Use the id"),
        (6, "There is no task '6'"),
        (-1, "There is no task '-1'"),
        ("一#3", "Did you mean 一#[12] or 一#[12]"),
        ("修路", "The table of tasks lists what there is"),
    ],
    ids=["doubled", "missing", "unnumbered", "near", "far"],
)
def test_a_task_that_is_not_certain_is_told(small_kb, task, words):
    with pytest.raises(UnknownNameError, match=words):
        find_task(small_kb, task)
