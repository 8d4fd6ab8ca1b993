"""Names in the wrong column, numbers out of order, a unit paired with itself: reported, never made up."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from pairing_graph.reading.targets import find_targets
from tests.ledger import claimed_without_a_row, unaccounted

HEAD = "甲县人民政府\n乙区人民政府\n关于印发《乙区·甲县协作任务分解表》的通知\n\n乙区·甲县协作任务分解表\n"
COLUMNS = "\t序号\n\t具体任务\n\t甲县牵头责任单位\n\t乙区牵头责任单位\n\n"


def row(*cells):
    return "".join(f"\t{cell}\n" for cell in cells) + "\n"


def read(tmp_path, text):
    file = tmp_path / "notice.txt"
    file.write_text(text, encoding="utf-8")
    kb = pg.read_notice(file)
    assert not list(unaccounted(kb))
    assert not list(claimed_without_a_row(kb))
    return kb


@pytest.mark.parametrize(
    ("name", "unit"),
    [("市交通委", "notice:市交通委"), ("区教委", "乙区教委"), ("国家发展改革委", "notice:国家发展改革委")],
    ids=["city", "other-region", "state"],
)
def test_a_name_of_another_level_is_not_merged_with_the_region_of_its_column(tmp_path, name, unit):
    kb = read(tmp_path, HEAD + COLUMNS + row("1", "修路。", f"县交通局、{name}", "区交通局"))
    assert unit in set(kb.units["unit"])
    assert f"甲县{name}" not in set(kb.units["unit"])
    assert list(kb.unread.loc[kb.unread["reason"] == "region_contradicts", "text"]) == [f"{name} | 甲县"]


def test_swapped_headings_are_in_doubt(tmp_path):
    table = "\t序号\n\t甲县\n\t乙区\n\n" + row("1", "区教委", "县教委") + row("2", "区商务委", "县商务委")
    kb = read(tmp_path, "乙区·甲县结对帮扶表\n" + table)
    assert set(kb.units["unit"]) == {"乙区教委", "甲县教委", "乙区商务委", "甲县商务委"}
    assert (kb.unread["reason"] == "region_contradicts").sum() == 4


@pytest.mark.parametrize(
    ("numbers", "reasons"),
    [("112", {"number_doubled"}), ("321", {"number_skipped"}), ("1212", set()), ("123", set())],
)
def test_numbers_out_of_order_are_reported(tmp_path, numbers, reasons):
    rows = [row(number, f"修{'甲乙丙丁'[place]}路。", "县交通局", "区交通局") for place, number in enumerate(numbers)]
    kb = read(tmp_path, HEAD + COLUMNS + "".join(rows))
    assert {reason for reason in kb.unread["reason"] if reason.startswith("number")} == reasons


def test_a_unit_paired_with_itself_is_reported_and_not_entered(tmp_path):
    table = (
        "\t序号\n\t帮扶单位\n\t受帮扶单位\n\n" + row("1", "甲县教委", "甲县教委") + row("2", "甲县商务委", "甲县林业局")
    )
    kb = read(tmp_path, "甲县结对帮扶表\n" + table)
    assert len(kb.pairings) == 1
    assert "self_pair" in set(kb.unread["reason"])


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("不得少于5人", [(">=", 5, "人", "不得少于5人")]),
        ("不得超过3个", [("<=", 3, "个", "不得超过3个")]),
        ("增长超8%", [(">=", 8, "%", "超8%")]),
        ("增速-5%", [("=", -5, "%", "-5%")]),
        ("培育APP3个", [("=", 3, "个", "3个")]),
        ("不少于3场、投入100万元", [(">=", 3, "场", "不少于3场"), ("=", 100, "万元", "100万元")]),
        ("至少建设3个站点、5个中心", [(">=", 3, "个", "至少建设3个"), (">=", 5, "个", "5个")]),
        ("5000万元至1亿元", [("=", 5000, "万元", "5000万元"), ("=", 1, "亿元", "1亿元")]),
        ("3个至5个", [("range", 3, "个", "3个至5个")]),
        ("提升５０％以上", [(">=", 50, "%", "５０％以上")]),
        ("改造S356线，通行G50公里路段", []),
    ],
)
def test_a_quantity_is_read_as_it_is_said(text, targets):
    assert [(t.comparator, t.value, t.quantity_unit, t.as_written) for t in find_targets(text)] == targets
