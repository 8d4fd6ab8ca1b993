"""Townships whose names look like something else: like their county, like a collective, like a body with a place within."""

from __future__ import annotations

import openpyxl
import pytest

import pairing_graph as pg
from pairing_graph.places.gazetteer import gazetteer
from pairing_graph.reading.kinds import is_collective
from pairing_graph.reading.names import invalid_reason

TEXT = """南浔区·松潘县2022年部门街镇结对帮扶表

序号\t帮扶单位\t受帮扶单位
1\t区财政局\t县财政局
2\t南浔镇\t红土镇
3\t练市镇\t青云镇
"""


def test_the_seat_of_a_county_that_bears_its_name_is_the_countys(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    kb = pg.read_notice(file)
    assert kb.pairings["donor"].tolist() == ["南浔区财政局", "南浔区南浔镇", "南浔区练市镇"]
    assert kb.units.set_index("unit").loc["南浔区南浔镇", ["name", "region"]].tolist() == ["南浔镇", "南浔区"]


def test_a_sign_of_a_level_that_begins_a_township_is_part_of_its_name(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(
        TEXT.replace("松潘县", "竹溪县").replace("红土镇", "县河镇").replace("青云镇", "中峰镇"), encoding="utf-8"
    )
    recipients = pg.read_notice(file).pairings["recipient"].tolist()
    assert recipients == ["竹溪县财政局", "竹溪县县河镇", "竹溪县中峰镇"]


def test_a_township_that_begins_like_another_county_is_its_own_countys(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(
        TEXT.replace("南浔区", "溧阳市").replace("区财", "市财").replace("南浔镇", "古县街道"), encoding="utf-8"
    )
    assert pg.read_notice(file).pairings["donor"].tolist()[1] == "溧阳市古县街道"


@pytest.mark.parametrize("name", ["羊街镇", "索镇街道", "肥乡镇", "大孙各庄镇", "新镇街道"])
def test_a_township_is_no_collective(name):
    assert not is_collective(name)


@pytest.mark.parametrize("ending", ["镇", "乡", "街道"])
def test_every_township_of_the_country_is_a_name_and_no_collective(ending):
    names = {name for name in gazetteer().townships.name_of.values() if len(name) > 2 and name.endswith(ending)}
    names = {name for name in names if "类似" not in name and not name.endswith("单位")}
    assert len(names) > 1000
    assert [name for name in sorted(names) if is_collective(name) or invalid_reason(name)] == []


def test_what_begins_a_clause_or_covers_all_is_still_none():
    assert [invalid_reason(words) for words in ("在县财政局", "新建乡卫生院", "对口镇")] == ["not_a_name"] * 3
    assert [is_collective(words) for words in ("各乡镇", "各镇", "各街道", "县乡镇")] == [True] * 4


LONG = """积石山保安族东乡族撒拉族自治县人民政府办公室
关于印发2023年重点任务分解表的通知
积石山府办发〔2023〕1号

2023年重点任务分解表

\t序号
\t任务内容
\t{county}牵头责任单位
\t仁怀市牵头责任单位

\t1
\t改造老旧小区688个。
\t县审计局、县发展改革局
\t市医疗保障局

\t2
\t改造老旧小区573个。
\t县农业农村局
\t市住房城乡建设局
"""


@pytest.mark.parametrize("county", ["积石山保安族东乡族撒拉族自治县", "双江拉祜族佤族布朗族傣族自治县"])
def test_a_heading_with_the_longest_name_of_a_county_is_a_heading(tmp_path, county):
    file = tmp_path / "a.txt"
    file.write_text(LONG.format(county=county), encoding="utf-8")
    kb = pg.read_notice(file)
    assert kb.assignments.groupby("task").size().tolist() == [3, 2]
    assert set(kb.assignments["role"]) == {"lead"}


@pytest.mark.parametrize("columns", [4, 3], ids=["townships", "villages-alone"])
def test_a_county_over_the_width_right_below_the_heading_heads_rows(tmp_path, columns):
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [
        ["毕节市机关单位结对帮扶村安排表"],
        ["序号", "帮扶单位", "乡镇", "结对村"],
        ["大方县"],
        [1, "市教育局", "猫场镇", "龙井村"],
        [2, "市水务局", "羊场镇", "穿岩村"],
        ["织金县"],
        [3, "市财政局", "以那镇", "五星村"],
        [4, "市民政局", "猫场镇", "大坝村"],
    ]
    for row in rows:
        sheet.append(row if columns == 4 or len(row) == 1 else [*row[:2], row[3]])
    for place in (1, 3, 6):
        sheet.merge_cells(start_row=place, end_row=place, start_column=1, end_column=columns)
    book.save(tmp_path / "notice.xlsx")
    kb = pg.read_notice(tmp_path / "notice.xlsx")
    donors = ["毕节市教育局", "毕节市水务局", "毕节市财政局", "毕节市民政局"]
    assert kb.pairings["donor"].tolist() == donors
    regions = kb.units.set_index("unit")["region"]
    assert regions[kb.pairings["recipient"]].tolist() == ["大方县", "大方县", "织金县", "织金县"]
    assert kb.unread.loc[kb.unread["severity"] != "info", "reason"].tolist() == []
