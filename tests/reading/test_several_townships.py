"""Rows with several townships or counties: which village lies in which, and what is left open."""

from __future__ import annotations

import csv

import pytest

import pairing_graph as pg

HEADING = ("序号", "帮扶单位", "乡镇", "帮扶村")


def read(folder, *rows, county="岳西县", heading=HEADING):
    file = folder / f"{county}2021年结对帮扶表.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heading, *((number, *row) for number, row in enumerate(rows, 1))])
    return pg.read_notice(file)


def recipients(kb):
    return kb.pairings["recipient"].tolist()


def doubts(kb):
    told = (kb.unread["severity"] != "info") & (kb.unread["reason"] != "region_guessed")
    return kb.unread.loc[told, ["reason", "text"]].values.tolist()


@pytest.mark.parametrize("sign", ["、", "\n", " ", "\n\n", "；", "、\n"])
def test_whatever_divides_townships_and_villages_they_go_together_in_their_order(tmp_path, sign):
    row = ("县财政局", f"河图镇{sign}五河镇", f"皖源村{sign}南河村")
    kb = read(tmp_path, row, ("县水利局", "温泉镇", "龙井村"))
    assert recipients(kb) == ["岳西县河图镇皖源村", "岳西县五河镇南河村", "岳西县温泉镇龙井村"]
    assert doubts(kb) == [["townships_beside", "河图镇、五河镇 | 皖源村、南河村"]]


@pytest.mark.parametrize("sign", ["、", "\n", " "])
def test_two_villages_of_one_name_in_a_cell_are_two_where_their_townships_are(tmp_path, sign):
    row = ("县财政局", f"江背镇{sign}杰村乡", f"高寨村{sign}高寨村")
    kb = read(tmp_path, row, ("县水利局", "高兴镇", "龙井村"), county="兴国县")
    assert recipients(kb)[:2] == ["兴国县江背镇高寨村", "兴国县杰村乡高寨村"]
    assert [reason for reason, _ in doubts(kb)] == ["townships_beside"]


@pytest.mark.parametrize("township", ["河图\n镇", "河 图 镇", "一、河图\n镇", "河图镇\n（2个村）", "岳西县\n河图镇"])
def test_a_line_break_within_a_township_divides_nothing(tmp_path, township):
    kb = read(tmp_path, ("县财政局", township, "皖源\n村"), ("县水利局", "温泉镇", "龙井村"))
    assert recipients(kb) == ["岳西县河图镇皖源村", "岳西县温泉镇龙井村"]
    assert doubts(kb) == []


UNEVEN = ("县财政局", "姚河乡、包家乡", "龙井村、石佛村、锣鼓村")


@pytest.mark.parametrize("first", [True, False])
def test_a_village_is_not_lent_the_township_of_a_namesake_where_its_row_names_others(tmp_path, first):
    rows = [UNEVEN, ("县水利局", "温泉镇", "龙井村")]
    kb = read(tmp_path, *(rows if first else rows[::-1]))
    assert sorted(recipients(kb)) == ["岳西县温泉镇龙井村", "岳西县石佛村", "岳西县锣鼓村", "岳西县龙井村"]
    assert doubts(kb) == [["townships_beside", "姚河乡、包家乡 | 龙井村、石佛村、锣鼓村"]]
    names = kb.units.set_index("unit")["name"]
    assert names[["岳西县温泉镇龙井村", "岳西县龙井村"]].tolist() == ["温泉镇龙井村", "龙井村"]


def test_a_village_keeps_a_township_that_its_row_names_and_another_row_says(tmp_path):
    kb = read(tmp_path, UNEVEN, ("县水利局", "姚河乡", "龙井村"), ("县教育局", "温泉镇", "石佛村"))
    assert recipients(kb) == [
        "岳西县姚河乡龙井村", "岳西县石佛村", "岳西县锣鼓村", "岳西县姚河乡龙井村", "岳西县温泉镇石佛村",
    ]  # fmt: skip
    assert [reason for reason, _ in doubts(kb)] == ["townships_beside"]


def test_of_several_townships_a_village_has_the_one_that_its_row_names(tmp_path):
    rows = [UNEVEN, ("县水利局", "姚河乡", "龙井村"), ("县教育局", "温泉镇", "龙井村")]
    kb = read(tmp_path, *rows)
    assert recipients(kb)[0] == "岳西县姚河乡龙井村"
    assert [reason for reason, _ in doubts(kb)] == ["townships_beside"]


def test_a_village_that_names_its_township_itself_has_it_in_a_row_of_several(tmp_path):
    row = ("县财政局", "姚河乡、包家乡", "姚河乡龙井村、石佛村、锣鼓村")
    kb = read(tmp_path, row, ("县水利局", "温泉镇", "龙井村"))
    assert recipients(kb)[:2] == ["岳西县姚河乡龙井村", "岳西县石佛村"]
    assert [reason for reason, _ in doubts(kb)] == ["townships_beside"]


COUNTIES = ("序号", "帮扶单位", "县", "乡镇", "帮扶村")
NEXT = ("市水利局", "大方县", "羊场镇", "石佛村")


@pytest.mark.parametrize("sign", ["、", "\n", " "])
def test_as_many_counties_as_villages_go_with_them_in_their_order(tmp_path, sign):
    row = ("市财政局", "大方县、织金县", "猫场镇、猫场镇", "龙井村、大坝村")
    row = tuple(cell.replace("、", sign) for cell in row)
    kb = read(tmp_path, row, NEXT, county="毕节市", heading=COUNTIES)
    assert recipients(kb) == ["大方县猫场镇龙井村", "织金县猫场镇大坝村", "大方县羊场镇石佛村"]
    regions = kb.units.set_index("unit")["region"]
    assert regions[recipients(kb)].tolist() == ["大方县", "织金县", "大方县"]
    assert doubts(kb) == [["townships_beside", "大方县、织金县 | 猫场镇、猫场镇 | 龙井村、大坝村"]]


def test_villages_of_one_name_in_two_counties_of_a_cell_are_two(tmp_path):
    row = ("市财政局", "大方县、织金县", "猫场镇、猫场镇", "龙井村、龙井村")
    kb = read(tmp_path, row, NEXT, county="毕节市", heading=COUNTIES)
    assert recipients(kb)[:2] == ["大方县猫场镇龙井村", "织金县猫场镇龙井村"]
    assert [reason for reason, _ in doubts(kb)] == ["townships_beside"]


def test_counties_without_townships_go_with_the_villages_too(tmp_path):
    heading = ("序号", "帮扶单位", "县", "帮扶村")
    rows = ("市财政局", "大方县、织金县", "龙井村、大坝村"), ("市水利局", "大方县", "石佛村")
    kb = read(tmp_path, *rows, county="毕节市", heading=heading)
    assert recipients(kb) == ["大方县龙井村", "织金县大坝村", "大方县石佛村"]
    assert doubts(kb) == [["townships_beside", "大方县、织金县 | 龙井村、大坝村"]]


COVER = """毕节市人民政府办公室
关于印发2021年结对帮扶表的通知
毕政办〔2021〕3号

2021年结对帮扶表

{table}

毕节市人民政府办公室
2021年3月18日
"""


def read_text(folder, *rows, city="毕节市"):
    table = "\n".join("\t".join(row) for row in [COUNTIES, *((str(n), *row) for n, row in enumerate(rows, 1))])
    file = folder / "a.txt"
    file.write_text(COVER.format(table=table).replace("毕节市", city), encoding="utf-8")
    return pg.read_notice(file)


def test_counties_that_are_fewer_than_the_villages_are_not_shared_out(tmp_path):
    row = ("市财政局", "大方县、织金县", "猫场镇、猫场镇、牛场镇", "龙井村、大坝村、石佛村")
    kb = read_text(tmp_path, row, NEXT)
    assert recipients(kb)[:3] == ["毕节市猫场镇龙井村", "毕节市猫场镇大坝村", "毕节市牛场镇石佛村"]
    assert doubts(kb) == [["townships_beside", " | ".join(row[1:])]]


def test_a_village_of_another_county_does_not_lend_its_township_to_one_of_several(tmp_path):
    rows = ("市财政局", "大方县、织金县", "", "龙井村、大坝村"), ("市水利局", "大方县", "羊场镇", "大坝村")
    kb = read_text(tmp_path, *rows)
    assert recipients(kb) == ["大方县龙井村", "织金县大坝村", "大方县羊场镇大坝村"]


PLAIN = ("序号", "帮扶单位", "帮扶村")


@pytest.mark.parametrize("brackets", ["（{}）", "({})", "（\n{}）"])
def test_a_township_in_brackets_behind_a_village_is_its_township(tmp_path, brackets):
    villages = [f"前河村{brackets.format(township)}" for township in ("店前镇", "来榜镇", "岳西县店前镇")]
    rows = zip(("县财政局", "县水利局", "县教育局"), villages, strict=True)
    kb = read(tmp_path, *rows, heading=PLAIN)
    assert recipients(kb) == ["岳西县店前镇前河村", "岳西县来榜镇前河村", "岳西县店前镇前河村"]
    assert kb.pairings["recipient_as_written"].tolist()[0].startswith("前河村")
    assert kb.pairings["recipient_qualifier"].tolist() == ["店前镇", "来榜镇", "岳西县店前镇"]
    names = kb.units.set_index("unit")["name"]
    assert names[["岳西县店前镇前河村", "岳西县来榜镇前河村"]].tolist() == ["店前镇前河村", "来榜镇前河村"]
    assert doubts(kb) == []


def test_townships_in_brackets_tell_the_villages_of_a_cell_apart(tmp_path):
    rows = ("县财政局", "前河村（店前镇）、前河村（来榜镇）"), ("县水利局", "龙井村（温泉镇）"), ("县教育局", "龙井村")
    kb = read(tmp_path, *rows, heading=PLAIN)
    assert recipients(kb) == [
        "岳西县店前镇前河村", "岳西县来榜镇前河村", "岳西县温泉镇龙井村", "岳西县温泉镇龙井村",
    ]  # fmt: skip
    assert doubts(kb) == []


def test_a_county_in_the_brackets_is_the_villages(tmp_path):
    rows = ("市财政局", "前河村（岳西县店前镇）"), ("市水利局", "前河村（潜山市官庄镇）")
    kb = read(tmp_path, *rows, heading=PLAIN, county="安庆市")
    assert recipients(kb) == ["岳西县店前镇前河村", "潜山市官庄镇前河村"]


def test_the_township_in_brackets_goes_before_that_of_the_row(tmp_path):
    rows = ("县财政局", "温泉镇", "前河村（店前镇）"), ("县水利局", "来榜镇", "前河村")
    kb = read(tmp_path, *rows)
    assert recipients(kb) == ["岳西县店前镇前河村", "岳西县来榜镇前河村"]
    assert doubts(kb) == [["namesakes", "前河村: 温泉镇 | 店前镇"]]


@pytest.mark.parametrize("words", ["脱贫村", "原建制村", "省派", "王某某"])
def test_other_words_in_brackets_are_no_township(tmp_path, words):
    rows = ("县财政局", f"前河村（{words}）"), ("县水利局", "来榜镇龙井村")
    kb = read(tmp_path, *rows, heading=PLAIN)
    assert recipients(kb) == ["岳西县前河村", "岳西县来榜镇龙井村"]
    assert doubts(kb) == []


@pytest.mark.parametrize("words", ["深度贫困乡", "易地搬迁集镇", "原丙丁镇"])
def test_words_in_brackets_that_look_like_a_township_but_are_none_known_are_a_doubt(tmp_path, words):
    rows = ("县财政局", f"前河村（{words}）"), ("县水利局", "来榜镇龙井村")
    kb = read(tmp_path, *rows, heading=PLAIN)
    assert recipients(kb) == ["岳西县前河村", "岳西县来榜镇龙井村"]
    assert doubts(kb) == [["township_unsure", f"前河村（{words}）"]]


def test_a_township_that_no_list_has_is_one_in_brackets_where_the_notice_names_it(tmp_path):
    rows = ("县财政局", "丙丁镇", "前河村"), ("县水利局", "来榜镇", "龙井村"), ("县教育局", "", "司马村（丙丁镇）")
    kb = read(tmp_path, *rows)
    assert recipients(kb)[2] == "岳西县丙丁镇司马村"


def test_a_name_and_its_bracket_that_name_two_townships_are_a_doubt(tmp_path):
    rows = ("县财政局", "来榜镇前河村（店前镇）"), ("县水利局", "温泉镇龙井村（温泉镇）")
    kb = read(tmp_path, *rows, heading=PLAIN)
    assert recipients(kb) == ["岳西县来榜镇前河村", "岳西县温泉镇龙井村"]
    assert doubts(kb) == [["namesakes", "来榜镇前河村: 店前镇 | 来榜镇"]]


@pytest.mark.parametrize(
    ("city", "county", "code", "township"),
    [
        ("毕节市", "威宁", "520526", "草海镇"), ("宜昌市", "长阳", "420528", "龙舟坪镇"),
        ("铜仁市", "玉屏", "520622", "朱家场镇"), ("黔南州", "三都", "522732", "大河镇"),
        ("承德市", "宽城", "130827", "龙须门镇"),
    ],
)  # fmt: skip
def test_the_short_form_of_an_autonomous_county_is_the_county_above_its_villages(
    tmp_path, city, county, code, township
):
    rows = (
        ("市财政局", f"{county}自治县", township, "龙井村"),
        ("市水利局", "大方县", "猫场镇", "龙井村"),
        ("市教育局", f"{county}自治县", "", "大坝村"),
    )
    kb = read_text(tmp_path, *rows, city=city)
    assert recipients(kb) == [
        f"{county}自治县{township}龙井村", "大方县猫场镇龙井村", f"{county}自治县大坝村",
    ]  # fmt: skip
    regions = kb.units.set_index("unit").loc[recipients(kb), ["region", "region_code"]].values.tolist()
    assert regions[0] == regions[2] == [f"{county}自治县", code]
    assert doubts(kb) == []


@pytest.mark.parametrize("second", ["威宁县", "威宁彝族回族苗族自治县"])
def test_the_forms_of_an_autonomous_countys_name_are_one_county(tmp_path, second):
    rows = ("市财政局", "威宁自治县", "草海镇", "龙井村"), ("市水利局", second, "草海镇", "龙井村")
    assert recipients(read_text(tmp_path, *rows)) == ["威宁自治县草海镇龙井村"] * 2


@pytest.mark.parametrize("county", ["某某自治县", "某某县", "一、某某县（2个村）"])
def test_a_county_that_the_gazetteer_does_not_know_is_a_doubt(tmp_path, county):
    rows = ("市财政局", county, "草海镇", "龙井村"), ("市水利局", "大方县", "猫场镇", "石佛村")
    kb = read_text(tmp_path, *rows)
    assert recipients(kb)[1] == "大方县猫场镇石佛村"
    assert doubts(kb) == [["county_unknown", county]]


@pytest.mark.parametrize("words", ["毕节市", "全市", "东部片区", "高新区"])
def test_other_words_in_the_column_of_counties_are_no_unknown_county(tmp_path, words):
    rows = ("市财政局", words, "草海镇", "龙井村"), ("市水利局", "大方县", "猫场镇", "石佛村")
    assert doubts(read_text(tmp_path, *rows)) == []
