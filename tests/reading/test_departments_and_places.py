"""Tables that pair departments with places: the department helps, the finest place is helped, its township is above it."""

from __future__ import annotations

import pytest

import pairing_graph as pg

_HEAD = "来政办发〔2021〕20号\n\n来凤县人民政府办公室关于印发来凤县2021年部门结对共建安排的通知\n\n2021年5月9日\n\n"
_ROWS = [("县财政局、县审计局", "翔凤镇", "武汉大道社区"), ("县法院、县检察院", "绿水镇", "香沟村、上寨村")]
_PAIRS = {
    ("财政局", "翔凤镇武汉大道社区"), ("审计局", "翔凤镇武汉大道社区"),
    ("法院", "绿水镇香沟村"), ("法院", "绿水镇上寨村"), ("检察院", "绿水镇香沟村"), ("检察院", "绿水镇上寨村"),
}  # fmt: skip


def _read(tmp_path, heading, rows):
    lines = [heading, ["--"] * len(heading), *rows]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    file = tmp_path / "notice.md"
    file.write_text(_HEAD + table, encoding="utf-8")
    return pg.read_notice(file)


def _pairs(kb):
    return {
        (a.removeprefix("来凤县"), b.removeprefix("来凤县"))
        for a, b in zip(kb.pairings.donor, kb.pairings.recipient, strict=False)
    }


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0)], ids=["department-first", "department-last"])
@pytest.mark.parametrize("village", ["结对社区（村）", "结对村", "结对村（社区）", "结对社区"])
@pytest.mark.parametrize("township", ["结对乡镇", "乡镇"])
@pytest.mark.parametrize(
    "department", ["县直部门", "县直单位", "责任单位", "单位", "帮扶单位", "部门", "联系部门", "县直各部门各单位"]
)
def test_departments_help_villages_of_townships_whatever_the_headings(tmp_path, department, township, village, order):
    heading, rows = (department, township, village), _ROWS
    turned = [[row[place] for place in order] for row in (heading, *rows)]
    kb = _read(tmp_path, turned[0], turned[1:])
    assert _pairs(kb) == _PAIRS
    assert set(kb.pairings["direction_basis"]) == {"header"}
    assert "no_direction" not in set(kb.unread["reason"])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_department_beside_a_village_is_the_one_that_helps(tmp_path, order):
    lines = [("部门", "村"), ("县财政局", "香沟村"), ("县审计局", "上寨村")]
    turned = [[line[place] for place in order] for line in lines]
    kb = _read(tmp_path, turned[0], turned[1:])
    assert _pairs(kb) == {("财政局", "香沟村"), ("审计局", "上寨村")}
    assert set(kb.pairings["direction_basis"]) == {"header"}


@pytest.mark.parametrize("department", ["责任单位", "叒叕栏"])
def test_departments_beside_pairs_of_others_are_never_dropped_in_silence(tmp_path, department):
    rows = [("来凤县第一小学", "绿水镇", "县财政局"), ("来凤县第二小学", "翔凤镇", "县审计局")]
    kb = _read(tmp_path, ["城区学校", "结对乡镇", department], rows)
    doubts = kb.unread[kb.unread["severity"] == "doubt"]
    assert any(department in text and "donor" in text for text in doubts["text"])


def test_one_row_of_a_department_and_its_village_is_enough(tmp_path):
    kb = _read(tmp_path, ["县直部门", "结对乡镇", "结对村"], [("县财政局", "绿水镇", "香沟村")])
    assert _pairs(kb) == {("财政局", "绿水镇香沟村")}


_LINES = {
    "forward": ["1.区财政局——格里坪镇庄上村", "2.区教育体育局——格里坪镇金家村"],
    "turned": ["1.格里坪镇庄上村——区财政局", "2.格里坪镇金家村——区教育体育局"],
}


def _read_lines(tmp_path, matter, lines):
    title = f"西区2022年{matter}"
    file = tmp_path / "notice.txt"
    head = f"攀西府办〔2021〕8号\n\n西区人民政府办公室关于印发《{title}》的通知\n\n2022年4月6日\n\n{title}\n\n"
    file.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return pg.read_notice(file)


@pytest.mark.parametrize("order", _LINES)
def test_a_title_says_that_the_departments_of_dashed_pairs_help_the_villages(tmp_path, order):
    kb = _read_lines(tmp_path, "区级部门结对帮扶村安排", _LINES[order])
    assert [unit[-3:] for unit in kb.pairings["donor"]] == ["财政局", "体育局"]
    assert [unit[-3:] for unit in kb.pairings["recipient"]] == ["庄上村", "金家村"]
    assert set(kb.pairings["direction_basis"]) == {"sentence"}
    assert "no_direction" not in set(kb.unread["reason"])


def test_without_such_a_title_the_direction_of_dashed_pairs_is_a_doubt(tmp_path):
    kb = _read_lines(tmp_path, "结对共建安排", _LINES["forward"])
    assert set(kb.pairings["direction_basis"]) == {"unknown"}
    assert list(kb.unread["reason"]).count("no_direction") == 2


def test_such_a_title_says_nothing_about_pairs_of_other_bodies(tmp_path):
    kb = _read_lines(tmp_path, "区级部门结对帮扶村安排", ["1.东街街道——格里坪镇", "2.西街街道——玉泉镇"])
    assert set(kb.pairings["direction_basis"]) == {"unknown"}
