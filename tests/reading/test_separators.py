"""Unusual signs between names divide them like the usual ones; where a sign may mean something else, that is a doubt."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from pairing_graph.reading.name_lists import split_names

TASKS = """石台县人民政府办公室
关于印发2022年重点任务分解表的通知

序号\t工作任务\t牵头单位\t配合单位
1\t改造社区食堂12个。\t{}\t县教育局
2\t新建停车位500个。\t县住建局\t县公安局

石台县人民政府办公室
2022年3月1日
"""
CLEAR = "\\＼／/|｜；;﹑､∕丨·•+＋&"
UNCLEAR = "-—–－~→…"


def read(tmp_path, names):
    file = tmp_path / "notice.txt"
    file.write_text(TASKS.format(names), encoding="utf-8")
    return pg.read_notice(file)


def leads(kb):
    return kb.assignments.loc[
        (kb.assignments["role"] == "lead") & kb.assignments["task"].str.endswith("#1"), "unit"
    ].tolist()


def severe(kb):
    return kb.unread.loc[kb.unread["severity"] != "info", ["reason", "text"]].values.tolist()


@pytest.mark.parametrize("sign", CLEAR)
def test_a_sign_that_divides_names_divides_them(tmp_path, sign):
    kb = read(tmp_path, f"县委政法委{sign}县信访局")
    assert leads(kb) == ["石台县委政法委", "石台县信访局"]
    assert severe(kb) == []


@pytest.mark.parametrize("sign", UNCLEAR)
def test_a_sign_that_may_join_them_is_a_doubt(tmp_path, sign):
    kb = read(tmp_path, f"县农业农村局{sign}县林业局")
    assert leads(kb) == ["石台县农业农村局", "石台县林业局"]
    assert severe(kb) == [["separator_unclear", f"县农业农村局{sign}县林业局"]]


def test_what_a_name_leaves_out_comes_from_the_one_before_the_sign(tmp_path):
    assert leads(read(tmp_path, "县委政法委\\信访局")) == ["石台县委政法委", "石台县信访局"]


@pytest.mark.parametrize(
    "name",
    [
        "渝中区·巫溪县对口协同工作领导小组", "国网石台县供电公司", "石台—贵池合作办公室", "县A+B型技术中心", "县农业农村局",
        "中国人民银行石台县支行", "解放碑-洪崖洞管委会",
    ],
)  # fmt: skip
def test_a_sign_inside_of_a_name_stays(name):
    assert [span.text for span in split_names(name)] == [name]
