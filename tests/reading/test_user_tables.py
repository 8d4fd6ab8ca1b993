"""A user's own table of aliases: how it may be saved, what was decided in it, and what it contradicts."""

from __future__ import annotations

import openpyxl
import pytest

import pairing_graph as pg
from pairing_graph.reading.options import Options
from pairing_graph.reading.user_tables import read_reference

HEADING = "region,alias,name,reason"
NOTICE = """甲县人民政府关于印发重点任务分解表的通知

	序号	重点任务	牵头单位	责任单位
	1	植树。	县林业局	县发改委、县农委
	2	种草。	县发展改革委	县农业农村委
"""


@pytest.fixture
def read(tmp_path):
    file = tmp_path / "甲县.txt"
    file.write_text(NOTICE, encoding="utf-8")
    return lambda table: pg.read_notice(file, aliases=table)


@pytest.fixture
def table(tmp_path):
    def write(*rows, heading=HEADING, name="own.csv"):
        (tmp_path / name).write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
        return tmp_path / name

    return write


def names(file):
    return {row["alias"]: row["name"] for row in read_reference("aliases", file)}


def test_a_workbook_is_read_as_a_csv_is(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("aliases")
    for row in (("地区", "别名", "名称", "理由", "决定"), ("甲县", "县发改委", "县发展改革委", "", "是"), (), ("甲县", "县农委", "县农业农村委", "", None)):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "own.xlsx")
    assert names(tmp_path / "own.xlsx") == {"县发改委": "县发展改革委"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"], ids=["comma", "tab"])
def test_chinese_headings_in_the_ways_of_excel(tmp_path, encoding, separator):
    rows = (("地区", "别名", "标准名称", "依据"), ("甲县", "县发改委", "县发展改革委", "简称"))
    file = tmp_path / "own.csv"
    file.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    assert names(file) == {"县发改委": "县发展改革委"}


def test_a_row_applies_where_the_decision_says_yes(table):
    decisions = ("是", "Yes", "１", "✓", "true", "否", "no", "0", "", "—")
    rows = [
        f"甲县,县{mark}办,县某某办,,{decision}"
        for mark, decision in zip("甲乙丙丁戊己庚辛壬癸", decisions, strict=True)
    ]
    assert list(names(table(*rows, heading=f"{HEADING},decision"))) == [
        "县甲办",
        "县乙办",
        "县丙办",
        "县丁办",
        "县戊办",
    ]


def test_every_row_applies_where_there_is_no_column_of_decisions(table):
    assert names(table("甲县,县发改委,县发展改革委,")) == {"县发改委": "县发展改革委"}


def test_an_alias_of_an_alias_leads_to_its_name(table):
    file = table("甲县,县计委,县发改委,", "甲县,县发改委,县发展改革委,")
    assert names(file) == {"县计委": "县发展改革委", "县发改委": "县发展改革委"}


def test_what_contradicts_itself_is_refused_with_its_rows_and_all_at_once(table):
    file = table(
        "甲县,县发改委,县发展改革委,,是", "甲县,县发展改革委,县发改委,,是", "甲县,县农委,县农业农村委,,是",
        "甲县,县农委,县农业局,,是", "甲县,县教委,县教委,,是", "甲县,县卫健委,县卫生健康委,,再议", heading=f"{HEADING},decision",
    )  # fmt: skip
    with pytest.raises(pg.FileError) as error:
        read_reference("aliases", file)
    said = [str(complaint) for complaint in error.value.complaints]
    assert len(said) == 4
    assert "not understood" in said[0]
    assert "row 7" in said[0]
    assert "再议" in said[0]
    assert "县农委 has two names" in said[1]
    assert "rows 4 and 5" in said[1]
    assert "lead back" in said[2]
    assert "rows 2, 3" in said[2]
    assert "县发改委 → 县发展改革委; 县发展改革委 → 县发改委" in said[2]
    assert "row 6" in said[3]


def test_what_was_refused_contradicts_nothing(table):
    file = table("甲县,县发改委,县发展改革委,,是", "甲县,县发展改革委,县发改委,,否", heading=f"{HEADING},decision")
    assert names(file) == {"县发改委": "县发展改革委"}


def test_two_regions_may_name_one_alias_differently(table):
    rows = read_reference("aliases", table("甲县,县农委,县农业农村委,", "乙县,县农委,县农业局,"))
    assert [(row["region"], row["name"]) for row in rows] == [("甲县", "县农业农村委"), ("乙县", "县农业局")]


def test_the_package_does_not_turn_the_users_name_round():
    row = {"region": "巫溪县", "alias": "县发展改革委", "name": "县发改委", "reason": ""}
    own = Options(aliases=(row,))
    assert {own.alias("巫溪县", name) for name in ("县发改委", "县发展改革委")} == {"县发改委"}
    further = Options(aliases=(row | {"name": "县发改局"},))
    assert {further.alias("巫溪县", name) for name in ("县发改委", "县发展改革委", "县发改局")} == {"县发改局"}
    assert Options().alias("巫溪县", "县发改委") == "县发展改革委"


def test_an_alias_is_kept_found_and_said(read, table):
    kb = read(table("甲县,县发改委,县发展改革委,"))
    assert kb.units.set_index("unit").loc["甲县发展改革委", "aliases"] == ("县发改委",)
    assert pg.trace(kb, "县发改委").equals(pg.trace(kb, "甲县发展改革委"))
    said = kb.unread[kb.unread["reason"] == "alias_used"]
    assert said["text"].tolist() == ["县发改委 → 县发展改革委"]
    assert "alias_unused" not in set(kb.unread["reason"])


def test_rows_that_apply_nowhere_are_one_row_of_unread(read, table, tmp_path):
    rows = ["甲县,县发改委,县发展改革委,", "甲县,县农业委,县农业农村委,", "乙县,县农委,县农业农村委,"]
    kb = read(table(*rows))
    said = kb.unread[kb.unread["reason"] == "alias_unused"]
    assert said[["severity", "text"]].to_numpy().tolist() == [
        ["info", "甲县 县农业委 → 县农业农村委; 乙县 县农委 → 县农业农村委"]
    ]
    (tmp_path / "乙县.txt").write_text(NOTICE.replace("甲县", "乙县"), encoding="utf-8")
    both = pg.read_notices([tmp_path / "甲县.txt", tmp_path / "乙县.txt"], aliases=table(*rows))
    assert both.unread.loc[both.unread["reason"] == "alias_unused", "text"].tolist() == ["甲县 县农业委 → 县农业农村委"]


def test_a_row_may_name_the_document_of_units_without_a_region(table, tmp_path):
    words = NOTICE.replace("甲县人民政府关于", "关于")
    (tmp_path / "one.txt").write_text(words, encoding="utf-8")
    (tmp_path / "two.txt").write_text(words + "\n另一份\n", encoding="utf-8")
    kb = pg.read_notices([tmp_path / "one.txt", tmp_path / "two.txt"], aliases=table("one,县发改委,县发展改革委,"))
    assert {"one:县发改委", "two:县发改委"} & set(kb.units["unit"]) == {"two:县发改委"}
    assert "alias_unused" not in set(kb.unread["reason"])


def test_an_alias_without_a_region_moves_to_that_of_its_name(table, tmp_path):
    words = NOTICE.replace("甲县人民政府关于", "关于").replace("县林业局", "云岭县林业局")
    (tmp_path / "one.txt").write_text(words, encoding="utf-8")
    kb = pg.read_notice(tmp_path / "one.txt", aliases=table("one,县发改委,云岭县发展改革委,"))
    assert kb.units.set_index("unit").loc["云岭县发展改革委", ["name", "region"]].tolist() == ["县发展改革委", "云岭县"]
