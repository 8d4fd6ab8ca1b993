"""Villages of one name in several townships: units of their own wherever the notice says which township."""

from __future__ import annotations

import pytest

import pairing_graph as pg

TEXT = """金寨县人民政府办公室
关于印发2021年结对帮扶表的通知
金政办〔2021〕{number}号

2021年结对帮扶表

序号\t帮扶单位\t{township_heading}\t{village_heading}
1\t县财政局\t花石乡\t大湾村
2\t县水利局\t{township}\t{village}
3\t县教育局\t双河镇\t茅坪村
{more}
金寨县人民政府办公室
2021年3月18日
"""
TWO = [["金寨县财政局", "金寨县花石乡大湾村"], ["金寨县水利局", "金寨县古碑镇大湾村"]]


def read(folder, text=TEXT, name="a.txt", **words):
    usual = {
        "number": 3, "township_heading": "乡镇", "village_heading": "帮扶村", "township": "古碑镇", "village": "大湾村",
        "more": "",
    }  # fmt: skip
    file = folder / name
    file.write_text(text.format(**usual | words), encoding="utf-8")
    return pg.read_notice(file)


def doubts(kb):
    return kb.unread.loc[kb.unread["severity"] != "info", ["reason", "text"]].values.tolist()


def pairs(kb):
    return kb.pairings[["donor", "recipient"]].values.tolist()


def test_one_name_in_two_townships_is_two_units_that_are_told_apart(tmp_path):
    kb = read(tmp_path)
    assert pairs(kb)[:2] == TWO
    units = kb.units.set_index("unit")
    assert units.loc[[two for _, two in TWO], "name"].tolist() == ["花石乡大湾村", "古碑镇大湾村"]
    assert set(units["region"]) == {"金寨县"}
    assert kb.pairings["recipient_as_written"].tolist()[:2] == ["大湾村", "大湾村"]
    assert doubts(kb) == []
    with pytest.raises(pg.UnknownNameError, match="花石乡大湾村.*古碑镇大湾村"):
        pg.trace(kb, "大湾村")


@pytest.mark.parametrize(("township", "village"), [("花石乡", "大湾村"), ("古碑镇", "司马村"), ("花石乡", "司马村")])
def test_the_only_village_of_a_name_is_called_as_it_was(tmp_path, township, village):
    kb = read(tmp_path, township=township, village=village)
    names = kb.units.set_index("unit")["name"]
    assert names[kb.pairings["recipient"].unique()].tolist() == [*dict.fromkeys(["大湾村", village]), "茅坪村"]
    assert doubts(kb) == []


HEADINGS = ("乡镇", "所属乡镇", "所在乡镇", "乡（镇）", "镇（街道）", "镇街", "受帮扶乡镇", "乡镇名称")


@pytest.mark.parametrize("village", ["帮扶村", "村", "行政村", "村（社区）", "受帮扶村"])
@pytest.mark.parametrize("township", HEADINGS)
def test_a_column_of_townships_is_known_by_any_heading(tmp_path, township, village):
    kb = read(tmp_path, township_heading=township, village_heading=village)
    assert pairs(kb)[:2] == TWO
    assert {reason for reason, _ in doubts(kb)} <= {"column_guessed"}


def test_the_township_may_be_a_merged_cell_or_behind_the_village(tmp_path):
    rows = "序号\t帮扶单位\t帮扶村\t所属乡镇\n1\t县财政局\t大湾村\t花石乡\n2\t县民政局\t茅坪村\t花石乡\n3\t县水利局\t大湾村\t古碑镇\n"
    head, _, rest = TEXT.partition("序号")
    text = head + rows + "\n" + rest[rest.index("{more}") :]
    assert [two for two in pairs(read(tmp_path, text)) if "大湾" in two[1]] == TWO


def test_a_row_over_the_width_names_the_township_of_the_rows_below(tmp_path):
    rows = "序号,帮扶单位,帮扶村\n花石乡（2个村）,,\n1,县财政局,大湾村\n2,县民政局,茅坪村\n二、古碑镇,,\n3,县水利局,大湾村\n"
    file = tmp_path / "金寨县2021年结对帮扶表.csv"
    file.write_text(rows, encoding="utf-8")
    assert [two for two in pairs(pg.read_notice(file)) if "大湾" in two[1]] == TWO


def test_the_name_itself_may_give_the_township(tmp_path):
    kb = read(tmp_path, more="4\t县民政局\t古碑镇\t古碑镇大湾村\n5\t县林业局\t花石乡\t花石乡大湾村\n")
    assert [recipient for _, recipient in pairs(kb)[3:]] == ["金寨县古碑镇大湾村", "金寨县花石乡大湾村"]
    assert doubts(kb) == []


@pytest.mark.parametrize(
    ("heading", "place"), [("籍贯", "霍邱县"), ("联系领导住址", "古碑镇"), ("户籍", "霍邱县"), ("备注地址", "花石乡")]
)
def test_where_a_person_comes_from_is_no_place_of_the_village(tmp_path, heading, place):
    rows = f"序号\t帮扶单位\t驻村干部\t{heading}\t帮扶村\n1\t县财政局\t张三\t{place}\t大湾村\n2\t县水利局\t李四\t{place}\t司马村\n"
    head, _, rest = TEXT.partition("序号")
    kb = read(tmp_path, head + rows + "\n" + rest[rest.index("{more}") :])
    assert [recipient for _, recipient in pairs(kb)] == ["金寨县大湾村", "金寨县司马村"]


TWO_COUNTIES = """六安市人民政府办公室
关于印发2021年结对帮扶表的通知

2021年结对帮扶表

序号\t帮扶单位\t县\t乡镇\t帮扶村
1\t市财政局\t霍邱县\t{township}\t红星村
2\t市水利局\t金寨县\t花石乡\t大湾村

2021年产业帮扶结对表

序号\t帮扶单位\t县\t帮扶村
1\t市林业局\t金寨县\t红星村
2\t市教育局\t金寨县\t大湾村

六安市人民政府办公室
2021年3月18日
"""


def test_a_township_of_another_county_is_not_lent(tmp_path):
    kb = read(tmp_path, TWO_COUNTIES, township="丙丁镇")  # No list has it, so that nothing says which county has it.
    assert [recipient for _, recipient in pairs(kb)] == [
        "霍邱县丙丁镇红星村", "金寨县花石乡大湾村", "金寨县红星村", "金寨县花石乡大湾村",
    ]  # fmt: skip
    assert ["namesakes", "红星村: 丙丁镇"] in doubts(kb)


FURTHER = "4\t县民政局\t\t大湾村\n"
SECOND = """
2021年产业帮扶结对表

序号\t帮扶单位\t帮扶村
1\t县林业局\t大湾村
2\t县民政局\t茅坪村
"""


def test_a_village_without_township_is_the_only_one_of_its_name(tmp_path):
    kb = read(tmp_path, village="司马村", more=SECOND)
    assert [recipient for _, recipient in pairs(kb)[3:]] == ["金寨县花石乡大湾村", "金寨县双河镇茅坪村"]
    assert doubts(kb) == []


def test_a_village_without_township_among_several_is_a_doubt(tmp_path):
    kb = read(tmp_path, more=SECOND)
    assert [recipient for _, recipient in pairs(kb)[3:]] == ["金寨县大湾村", "金寨县双河镇茅坪村"]
    assert doubts(kb) == [["namesakes", "大湾村: 花石乡 | 古碑镇"]]


def test_wider_words_that_are_no_township_leave_one_unit_and_a_doubt(tmp_path):
    kb = read(tmp_path, text=TEXT.replace("花石乡", "东部").replace("双河镇", "中部"), township="西部")
    assert [recipient for _, recipient in pairs(kb)[:2]] == ["金寨县大湾村"] * 2
    assert ["namesakes", "大湾村: 东部 | 西部"] in doubts(kb)


def test_bodies_of_the_county_take_no_township(tmp_path):
    kb = read(tmp_path, village="县人民医院", more="4\t县民政局\t花石乡\t县人民医院\n")
    assert [recipient for _, recipient in pairs(kb)] == [
        "金寨县花石乡大湾村", "金寨县人民医院", "金寨县双河镇茅坪村", "金寨县人民医院",
    ]  # fmt: skip


def test_two_counties_each_with_a_village_of_the_name_are_two_units(tmp_path):
    text = TEXT.replace("金寨县", "六安市").replace("县财", "市财").replace("县水", "市水").replace("县教", "市教")
    text = text.replace("{township_heading}", "县区").replace("花石乡", "金寨县").replace("双河镇", "霍邱县")
    kb = read(tmp_path, text, township="霍山县")
    assert [recipient for _, recipient in pairs(kb)] == ["金寨县大湾村", "霍山县大湾村", "霍邱县茅坪村"]


def test_over_notices_the_township_tells_villages_apart(tmp_path):
    read(tmp_path, village="司马村")
    read(tmp_path, TEXT.replace("花石乡", "油坊店乡"), "b.txt", number=4, village="司马村")
    kb = pg.read_notices(tmp_path, progress=False)
    named = kb.units.loc[kb.units["name"] == "大湾村", "unit"].tolist()
    assert sorted(named) == ["金寨县油坊店乡大湾村", "金寨县花石乡大湾村"]
    assert kb.units["unit"].tolist().count("金寨县古碑镇司马村") == 1


STRONG = """金寨县2022年强村带弱村结对表

序号\t强村所在乡镇\t帮扶村\t弱村所在乡镇\t受帮扶村
1\t花石乡\t大湾村\t古碑镇\t红旗村
2\t双河镇\t大湾村\t花石乡\t红旗村

金寨县人民政府办公室
2022年6月6日
"""


def test_villages_that_help_villages_have_townships_of_their_own(tmp_path):
    kb = read(tmp_path, STRONG)
    assert pairs(kb) == [
        ["金寨县花石乡大湾村", "金寨县古碑镇红旗村"], ["金寨县双河镇大湾村", "金寨县花石乡红旗村"],
    ]  # fmt: skip
    assert doubts(kb) == []


def cells(*rows, county="金寨县", heading="序号\t帮扶单位\t乡镇\t帮扶村"):
    """A notice with a table of these rows."""
    head, _, rest = TEXT.replace("金寨县", county).partition("序号")
    table = "\n".join([heading, *(f"{number}\t{row}" for number, row in enumerate(rows, 1))])
    return head + table + "\n" + rest[rest.index("{more}") :]


PLAIN = "序号\t帮扶单位\t帮扶村"


def recipients(kb):
    return [recipient for _, recipient in pairs(kb)]


def test_each_village_of_a_cell_has_its_own_township(tmp_path):
    rows = ("县财政局\t土城镇平安村、花台乡长安村", "县水利局\t土城镇长安村", "县教育局\t双河镇茅坪村")
    kb = read(tmp_path, cells(*rows, heading=PLAIN))
    assert recipients(kb) == [
        "金寨县土城镇平安村", "金寨县花台乡长安村", "金寨县土城镇长安村", "金寨县双河镇茅坪村",
    ]  # fmt: skip
    assert doubts(kb) == []


def test_a_bare_village_is_the_one_whose_name_gives_the_township(tmp_path):
    rows = ("县财政局\t土城镇平安村、花台乡长安村", "县水利局\t平安村", "县教育局\t双河镇茅坪村")
    kb = read(tmp_path, cells(*rows, heading=PLAIN))
    assert recipients(kb)[2] == "金寨县土城镇平安村"
    assert kb.units.set_index("unit").loc["金寨县土城镇平安村", ["name", "aliases"]].tolist() == [
        "土城镇平安村", ("平安村",),
    ]  # fmt: skip
    assert doubts(kb) == []


def test_a_bare_village_among_several_whose_names_give_the_township_is_a_doubt(tmp_path):
    rows = ("县财政局\t土城镇平安村、花台乡平安村", "县水利局\t平安村", "县教育局\t双河镇茅坪村")
    kb = read(tmp_path, cells(*rows, heading=PLAIN))
    assert recipients(kb)[2] == "金寨县平安村"
    assert doubts(kb) == [["namesakes", "平安村: 土城镇 | 花台乡"]]


def test_a_bare_village_behind_one_with_its_township_is_a_doubt(tmp_path):
    rows = ("县财政局\t土城镇平安村、长安村", "县水利局\t花台乡红星村", "县教育局\t双河镇茅坪村")
    kb = read(tmp_path, cells(*rows, heading=PLAIN))
    assert recipients(kb)[:2] == ["金寨县土城镇平安村", "金寨县长安村"]
    assert doubts(kb) == [["ellipsis", "长安村"]]


def test_the_township_in_a_name_goes_before_that_of_the_row(tmp_path):
    rows = ("县财政局\t土城镇\t平安村、花台乡长安村", "县水利局\t花台乡\t红星村", "县教育局\t双河镇\t茅坪村")
    kb = read(tmp_path, cells(*rows))
    assert recipients(kb)[:2] == ["金寨县土城镇平安村", "金寨县花台乡长安村"]
    assert doubts(kb) == [["namesakes", "花台乡长安村: 土城镇 | 花台乡"]]


def test_as_many_townships_as_villages_go_with_them_in_their_order(tmp_path):
    rows = ("县财政局\t土城镇、花台乡\t平安村、长安村", "县水利局\t花台乡\t平安村", "县教育局\t双河镇\t茅坪村")
    kb = read(tmp_path, cells(*rows))
    assert recipients(kb)[:3] == ["金寨县土城镇平安村", "金寨县花台乡长安村", "金寨县花台乡平安村"]
    assert doubts(kb) == [["townships_beside", "土城镇、花台乡 | 平安村、长安村"]]


def test_townships_that_are_fewer_than_the_villages_are_not_shared_out(tmp_path):
    rows = ("县财政局\t土城镇、花台乡\t平安村、长安村、红星村", "县水利局\t双河镇\t茅坪村", "县教育局\t双河镇\t新民村")
    kb = read(tmp_path, cells(*rows))
    assert recipients(kb)[:3] == ["金寨县平安村", "金寨县长安村", "金寨县红星村"]
    assert doubts(kb) == [["townships_beside", "土城镇、花台乡 | 平安村、长安村、红星村"]]


COUNTIES = "序号\t帮扶单位\t县\t乡镇\t帮扶村"


def test_a_village_of_one_county_has_no_township_of_another(tmp_path):
    rows = (
        "市财政局\t金寨县\t丙丁镇\t长安村", "市水利局\t霍山县\t戊己乡\t长安村", "市教育局\t金寨县\t\t长安村",
        "市林业局\t霍山县\t\t长安村",
    )  # fmt: skip
    kb = read(tmp_path, cells(*rows, county="六安市", heading=COUNTIES))
    assert recipients(kb) == [
        "金寨县丙丁镇长安村", "霍山县戊己乡长安村", "金寨县丙丁镇长安村", "霍山县戊己乡长安村",
    ]  # fmt: skip
    assert doubts(kb) == []


def test_villages_and_townships_of_one_name_in_two_counties(tmp_path):
    rows = ("市财政局\t金寨县\t城关镇\t长安村", "市水利局\t霍山县\t城关镇\t长安村", "市教育局\t霍山县\t城关镇\t红星村")
    kb = read(tmp_path, cells(*rows, county="六安市", heading=COUNTIES))
    assert recipients(kb) == ["金寨县城关镇长安村", "霍山县城关镇长安村", "霍山县城关镇红星村"]


def test_a_row_over_the_width_may_name_the_county(tmp_path):
    rows = (
        "序号,帮扶单位,乡镇,帮扶村\n一、金寨县,,,\n1,市财政局,丙丁镇,长安村\n2,市民政局,丙丁镇,红星村\n"
        "二、霍山县（2个村）,,,\n3,市水利局,丙丁镇,长安村\n4,市教育局,戊己乡,茅坪村\n"
    )
    file = tmp_path / "六安市2021年结对帮扶表.csv"
    file.write_text(rows, encoding="utf-8")
    assert recipients(pg.read_notice(file)) == [
        "金寨县丙丁镇长安村", "金寨县丙丁镇红星村", "霍山县丙丁镇长安村", "霍山县戊己乡茅坪村",
    ]  # fmt: skip
