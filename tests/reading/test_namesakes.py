"""Villages of one name in several townships: read as one unit, and reported."""

from __future__ import annotations

import pytest

import pairing_graph as pg

TEXT = """金寨县人民政府办公室
关于印发2021年结对帮扶表的通知
金政办〔2021〕3号

2021年结对帮扶表

序号\t帮扶单位\t乡镇\t帮扶村
1\t县财政局\t花石乡\t大湾村
2\t县水利局\t{township}\t{village}
3\t县教育局\t{third}\t茅坪村

金寨县人民政府办公室
2021年3月18日
"""


def read(tmp_path, **words):
    file = tmp_path / "a.txt"
    file.write_text(TEXT.format(**{"third": "双河镇"} | words), encoding="utf-8")
    return pg.read_notice(file)


def namesakes(kb):
    return kb.unread.loc[kb.unread["reason"] == "namesakes", ["severity", "text"]].values.tolist()


def test_one_name_in_two_townships_is_a_doubt(tmp_path):
    kb = read(tmp_path, township="古碑镇", village="大湾村")
    assert namesakes(kb) == [["doubt", "大湾村: 花石乡 | 古碑镇"]]
    assert len(kb.pairings) == 3


@pytest.mark.parametrize(("township", "village"), [("花石乡", "大湾村"), ("古碑镇", "司马村"), ("花石乡", "司马村")])
def test_one_township_or_two_names_are_none(tmp_path, township, village):
    assert namesakes(read(tmp_path, township=township, village=village)) == []
