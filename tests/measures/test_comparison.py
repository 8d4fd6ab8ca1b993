"""Two notices compared: the 2022 notice with an invented one of another year, and with itself."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from tests.conftest import ROOT
from tests.measures.small import bases, small

import pairing_graph as pg
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.comparison import THRESHOLD

INVENTED = ROOT / "data" / "examples" / "invented-2023.txt"


@pytest.fixture(scope="module")
def later():
    return pg.read_notice(INVENTED)


@pytest.fixture(scope="module")
def compared(kb, later):
    return pg.compare(kb, later)


def number(task):
    return task.rpartition("#")[2]


def test_the_other_year_is_labelled_as_invented():
    assert INVENTED.read_text(encoding="utf-8").splitlines()[0] == "【虚构示例，非真实公文】"


def test_a_notice_does_not_differ_from_itself(kb):
    same = pg.compare(kb, kb)
    assert same.empty
    assert len(same.matches) == 28
    assert set(same.matches["score"]) == {100}


def test_tasks_are_matched_by_their_words(compared):
    assert len(compared.matches) == 27
    assert all(
        number(a) == number(b) for a, b in zip(compared.matches["task_a"], compared.matches["task_b"], strict=True)
    )
    assert [
        (side, number(task)) for side, task in zip(compared.tasks["side"], compared.tasks["task"], strict=True)
    ] == [
        ("a", "16"),
        ("b", "16"),
    ]
    assert [number(task) for task in compared.reworded["task_a"]] == ["3", "10", "12", "13", "15", "17", "25", "28"]
    assert compared.choices["threshold"] == THRESHOLD


def test_targets_old_and_new(compared):
    changed = compared.targets[compared.targets["change"] == "changed"]
    assert [
        (number(t), old, new) for t, old, new in zip(changed["task_a"], changed["old"], changed["new"], strict=True)
    ] == [
        ("3", "1个以上", "2个以上"),
        ("3", "5000万元以上", "8000万元以上"),
        ("10", "2000万元以上", "2500万元以上"),
        ("12", "不少于10名", "不少于12名"),
        ("13", "至少推动3所", "至少推动5所"),
        ("17", "1次以上", "2次以上"),
        ("25", "不低于200个", "不低于260个"),
    ]
    added = compared.targets[compared.targets["change"] == "added"]
    assert added[["new", "value_b"]].to_numpy().tolist() == [["30例以上", 30]]


def test_assignments_and_pairings(compared):
    moved = compared.assignments
    passed = moved[moved["task_a"].map(number) == "19"]
    assert dict(zip(passed["unit"], passed["change"], strict=True)) == {
        "巫溪县乡村振兴局": "removed",
        "渝中区发展改革委": "removed",
        "巫溪县农业农村委": "added",
        "渝中区农业农村委": "added",
    }
    pairs = set(
        zip(compared.pairings["change"], compared.pairings["donor"], compared.pairings["recipient"], strict=True)
    )
    assert ("removed", "渝中区交通局", "巫溪县农业农村委") in pairs
    assert ("added", "渝中区农业农村委", "巫溪县农业农村委") in pairs


def test_units_that_look_renamed_or_taken_over_are_suggested_with_evidence(compared):
    found = {(row["old"], row["new"]): (row["reading"], row["evidence"]) for row in compared.units.to_dict("records")}
    assert found == {
        ("渝中区招商投资局", "渝中区招商投资促进局"): ("renamed", "tasks+partners+line+name"),
        ("巫溪县国资监管中心", "巫溪县国有资产事务中心"): ("renamed", "tasks+partners+name"),
        ("巫溪县乡村振兴局", "巫溪县农业农村委"): ("taken_over", "tasks"),
        ("渝中区交通局", "渝中区农业农村委"): ("taken_over", "partners"),
    }


def test_a_reviewed_table_accepts_a_suggestion(kb, later, tmp_path):
    table = tmp_path / "reviewed.csv"
    rows = "region,alias,name,reason\n渝中区,区招商投资局,区招商投资促进局,更名\n巫溪县,县国资监管中心,县国有资产事务中心,更名\n"
    table.write_text(rows, encoding="utf-8")
    accepted = pg.compare(kb, later, aliases=table)
    assert set(accepted.assignments["task_a"].map(number)) == {"19", "20"}
    assert "渝中区招商投资局" not in set(accepted.units["old"])
    assert len(accepted.pairings) == 4


def test_by_line_a_new_name_of_the_same_line_is_no_change(kb, later):
    assert "渝中区招商投资局" not in set(pg.compare(kb, later, by="line").assignments["unit"])


def test_other_regions_are_compared_by_line(kb):
    other = small(
        [{"lead": ["甲区商务局", "乙县商务局"]}],
        [("甲区商务局", "乙县商务局")],
        texts=["渝中区帮助巫溪县销售农特产品、文旅产品的金额3000万元以上。"],
    )
    found = pg.compare(kb, other, by="line")
    assert [number(task) for task in found.matches["task_a"]] == ["10"]
    assert found.assignments.empty
    assert ("商务[1]", "商务[2]") not in set(zip(found.pairings["donor"], found.pairings["recipient"], strict=True))


def test_collectives_of_other_regions_are_no_difference_by_line(kb):
    words = ["渝中区帮助巫溪县销售农特产品、文旅产品的金额3000万元以上。"]
    other = small([{"lead": ["甲区商务局", "乙县各乡镇"]}], [("甲区商务局", "乙县商务局")], texts=words)
    other = other.replace(units=other.units.assign(collective=other.units["unit"] == "乙县各乡镇"))
    found = pg.compare(kb, other, by="line", threshold=50)
    assert found.choices["collectives"] == "left out"
    assert not [unit for unit in found.assignments["unit"] if "各" in unit]
    assert pg.compare(kb, other, threshold=50).choices["collectives"] == "kept"


def test_a_higher_threshold_matches_less(kb, later):
    strict = pg.compare(kb, later, threshold=99)
    assert len(strict.matches) == 27 - 8  # those whose words are the same
    assert len(strict.tasks) == 2 * (1 + 8)


def test_both_directions_mirror_each_other(kb, later, compared):
    back = pg.compare(later, kb)
    assert len(back.matches) == len(compared.matches)
    assert (compared.choices["order"], back.choices["order"]) == ("a is earlier", "b is earlier")
    assert pg.compare(kb, kb).choices["order"] == ""
    assert set(back.targets["metric_a"]) == set(compared.targets["metric_b"])
    assert set(back.targets["old"]) == set(compared.targets["new"])


@pytest.mark.parametrize(
    "options", [{"threshold": 101}, {"threshold": -1}, {"threshold": 0.6}, {"threshold": 1}, {"by": "moon"}]
)
def test_unknown_choices_are_refused(kb, options):
    with pytest.raises(pg.UnknownNameError):
        pg.compare(kb, kb, **options)


def test_an_empty_notice_has_lost_everything(kb):
    gone = pg.compare(kb, KnowledgeBase())
    assert (len(gone.matches), len(gone.tasks), len(gone.pairings)) == (0, 28, 35)
    assert pg.compare(KnowledgeBase(), KnowledgeBase()).empty


def test_a_graph_will_do(graph):
    assert pg.compare(graph, graph).empty


def test_without_rapidfuzz_the_extra_is_named(kb, monkeypatch):
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    with pytest.raises(pg.MissingExtraError, match=r"pairing-graph\[compare\]"):
        pg.compare(kb, kb)


@settings(max_examples=15, deadline=None)
@given(bases)
def test_nothing_differs_from_itself(kb):
    assert pg.compare(kb, kb).empty
