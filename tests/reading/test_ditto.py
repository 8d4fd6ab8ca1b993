"""同上, 〃 and 同前 mean the units above, with the places of both cells; they are never a unit."""

from __future__ import annotations

import openpyxl
import pytest

import pairing_graph as pg

TASKS = """石台县人民政府办公室
关于印发2022年重点任务分解表的通知

序号\t工作任务\t牵头单位\t配合单位\t完成时限
1\t改造社区食堂12个。\t县民政局\t县财政局、县教育局\t6月底
2\t新建停车位500个。\t{lead}\t{support}\t{deadline}
3\t新建充电桩500个。\t县水利局\t{third}\t12月底

石台县人民政府办公室
2022年3月1日
"""
PAIRS = """石台县人民政府办公室
关于印发2022年结对帮扶表的通知

序号\t帮扶单位\t乡镇\t受帮扶村
1\t县民政局\t仁里镇\t三增村
2\t{donor}\t{township}\t永福村
3\t县财政局\t七都镇\t{village}

石台县人民政府办公室
2022年3月1日
"""
SIGNS = ("同上", "〃", "同前", "同 上", "″", "（同上）", "同上。", "々", "同上一行")


def read(tmp_path, text, **words):
    file = tmp_path / "notice.txt"
    file.write_text(text.format(**words), encoding="utf-8")
    return pg.read_notice(file)


def units(kb, task, role):
    found = kb.assignments[kb.assignments["task"].str.endswith(f"#{task}") & (kb.assignments["role"] == role)]
    return found["unit"].tolist()


def severe(kb):
    return kb.unread.loc[kb.unread["severity"] != "info", ["reason", "text"]].values.tolist()


def tasks(tmp_path, **words):
    usual = {"lead": "县住建局", "support": "县公安局", "third": "县审计局", "deadline": "9月底"}
    return read(tmp_path, TASKS, **usual | words)


@pytest.mark.parametrize("sign", SIGNS)
def test_the_units_above_do_it_too(tmp_path, sign):
    kb = tasks(tmp_path, lead=sign, support=sign, third=sign, deadline=sign)
    assert units(kb, 2, "lead") == ["石台县民政局"]
    assert units(kb, 2, "support") == units(kb, 3, "support") == ["石台县财政局", "石台县教育局"]
    assert kb.tasks["deadline"].tolist() == ["6月底", "6月底", "12月底"]
    assert severe(kb) == []
    assert kb.units["name"].tolist() == ["县民政局", "县财政局", "县教育局", "县水利局"]


def test_both_cells_are_cited(tmp_path):
    kb = tasks(tmp_path, support="同上", third="同上")
    rows = kb.assignments[kb.assignments["unit"] == "石台县财政局"]
    assert rows["address"].tolist() == [f"notice!t1r{row}c4.1" for row in (2, 3, 4)]
    assert rows["inherited_from"].tolist() == ["", "notice!t1r2c4.1", "notice!t1r2c4.1"]
    assert rows["as_written"].tolist() == ["县财政局"] * 3
    assert kb.unread["reason"].tolist().count("ditto") == 2


@pytest.mark.parametrize("written", ["同上、县林业局", "县林业局、同上", "〃，县林业局"])
def test_those_above_and_others(tmp_path, written):
    kb = tasks(tmp_path, support=written)
    assert sorted(units(kb, 2, "support")) == ["石台县教育局", "石台县林业局", "石台县财政局"]
    assert severe(kb) == []


def test_those_above_are_those_that_the_row_above_has_with_its_own_ditto(tmp_path):
    kb = tasks(tmp_path, support="同上、县林业局", third="同上、县审计局")
    assert units(kb, 3, "support") == ["石台县财政局", "石台县教育局", "石台县林业局", "石台县审计局"]
    kb = tasks(tmp_path, support="同上、县林业局", third="同上")
    assert units(kb, 3, "support") == units(kb, 2, "support") == ["石台县财政局", "石台县教育局", "石台县林业局"]
    rows = kb.assignments[kb.assignments["task"].str.endswith("#3") & (kb.assignments["role"] == "support")]
    assert rows["rank"].tolist() == [1, 2, 3]
    assert rows["inherited_from"].tolist() == ["notice!t1r2c4.1", "notice!t1r2c4.2", "notice!t1r3c4.1"]
    assert severe(kb) == []


def test_nothing_above_is_no_unit_and_is_reported(tmp_path):
    kb = read(
        tmp_path, TASKS.replace("县民政局", "同上"), lead="县住建局", support="县公安局", third="县审计局", deadline=""
    )
    assert units(kb, 1, "lead") == []
    assert "同上" not in "".join(kb.units["unit"])
    assert "同上" in kb.unread.loc[kb.unread["severity"] != "info", "text"].tolist()


@pytest.mark.parametrize("words", ["同左", "同右"])
def test_the_cell_beside_is_no_unit(tmp_path, words):
    kb = tasks(tmp_path, support=words)
    assert words not in "".join(kb.units["unit"])
    assert words in kb.unread.loc[kb.unread["severity"] != "info", "text"].tolist()


@pytest.mark.parametrize("sign", SIGNS[:4])
@pytest.mark.parametrize("heading", ["乡镇", "所在乡镇"])
def test_a_side_of_a_pair_or_its_township_may_be_the_one_above(tmp_path, sign, heading):
    kb = read(tmp_path, PAIRS.replace("\t乡镇", f"\t{heading}"), donor=sign, township=sign, village="永福村")
    assert kb.pairings[["donor", "recipient"]].values.tolist() == [
        ["石台县民政局", "石台县仁里镇三增村"],
        ["石台县民政局", "石台县仁里镇永福村"],
        ["石台县财政局", "石台县七都镇永福村"],
    ]
    assert kb.pairings["inherited_from"].tolist() == ["", "notice!t1r2c2.1", ""]
    assert severe(kb) == []


@pytest.mark.parametrize(
    "lines",
    [
        "1.改造食堂12个。\n责任单位：县民政局、县财政局\n2.新建车位5个。\n责任单位：{}\n",
        "1.改造食堂12个。（责任单位：县民政局、县财政局）\n2.新建车位5个。（责任单位：{}）\n",
    ],
    ids=["label-lines", "brackets"],
)
@pytest.mark.parametrize("sign", SIGNS[:3])
def test_an_item_may_refer_to_the_one_before(tmp_path, lines, sign):
    kb = read(tmp_path, "关于印发石台县2022年重点任务分解表的通知\n" + lines.format(sign))
    assert units(kb, 2, "responsible") == ["石台县民政局", "石台县财政局"]
    assert severe(kb) == []


SAME_TASK = """石台县人民政府办公室
关于印发2022年重点任务分解表的通知

序号\t工作任务\t责任单位\t完成时限
1\t改造社区食堂12个。\t县民政局\t6月底
2\t{}\t县财政局\t9月底
3\t{}\t县教育局\t10月底
4\t新建充电桩500个。\t县水利局\t12月底

石台县人民政府办公室
2022年3月1日
"""


@pytest.mark.parametrize("sign", SIGNS)
def test_a_task_in_the_words_of_the_one_above_has_its_own_units_and_is_a_doubt(tmp_path, sign):
    kb = read(tmp_path, SAME_TASK.format(sign, sign))
    assert kb.tasks["text"].tolist() == ["改造社区食堂12个。"] * 3 + ["新建充电桩500个。"]
    assert kb.tasks["label"].tolist() == ["改造社区食堂12个"] * 3 + ["新建充电桩500个"]
    assert kb.tasks["number"].tolist() == [1, 2, 3, 4]
    assert kb.tasks["deadline"].tolist() == ["6月底", "9月底", "10月底", "12月底"]
    assert [units(kb, task, "responsible") for task in (1, 2, 3)] == [
        ["石台县民政局"],
        ["石台县财政局"],
        ["石台县教育局"],
    ]
    assert kb.tasks["address"].tolist() == [
        "notice!t1r2c2", "notice!t1r3c2 notice!t1r2c2", "notice!t1r4c2 notice!t1r2c2", "notice!t1r5c2",
    ]  # fmt: skip
    assert severe(kb) == [["task_above", f"{sign.replace(' ', '')} → 改造社区食堂12个。"]] * 2


def test_what_the_task_above_counts_is_counted_once(tmp_path):
    kb = read(tmp_path, SAME_TASK.format("同上", "同前"))
    assert kb.targets[["task", "value"]].values.tolist() == [["notice#1", 12.0], ["notice#4", 500.0]]


def test_a_task_that_refers_to_nothing_above_is_a_loss(tmp_path):
    kb = read(tmp_path, SAME_TASK.replace("改造社区食堂12个。", "同上").format("新建停车位500个。", "同上"))
    assert kb.tasks["text"].tolist()[:3] == ["同上", "新建停车位500个。", "新建停车位500个。"]
    assert ["nothing_to_inherit", "同上"] in severe(kb)


def test_an_item_in_the_words_of_the_one_before(tmp_path):
    text = "关于印发石台县2022年重点任务分解表的通知\n1.改造食堂12个。（责任单位：县民政局）\n2.同上（责任单位：县财政局）\n"
    kb = read(tmp_path, text)
    assert kb.tasks["text"].tolist() == ["改造食堂12个。"] * 2
    assert units(kb, 2, "responsible") == ["石台县财政局"]
    assert severe(kb) == [["task_above", "同上 → 改造食堂12个。"]]


def test_the_name_of_a_task_may_be_the_one_above(tmp_path):
    text = SAME_TASK.replace("工作任务", "类别\t项目名称\t主要内容").replace("1\t", "1\t民生\t社区食堂\t")
    text = text.replace("4\t", "4\t能源\t充电桩\t")
    text = text.replace("2\t{}", "2\t民生\t同上\t改造厨房。").replace("3\t{}", "3\t民生\t〃\t培训厨师30名。")
    kb = read(tmp_path, text)
    assert kb.tasks["text"].tolist() == ["改造社区食堂12个。", "改造厨房。", "培训厨师30名。", "新建充电桩500个。"]
    assert kb.tasks["label"].tolist() == ["社区食堂", "社区食堂", "社区食堂", "充电桩"]
    assert kb.unread["text"].tolist().count("同上 → 社区食堂") == 1
    assert severe(kb) == []


def test_a_row_over_the_width_is_not_the_unit_above(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["序号", "工作任务", "责任单位"],
        ["一、产业发展"],
        [1, "改造社区食堂12个。", "县民政局"],
        ["二、民生实事"],
        [2, "新建充电桩500个。", "同上"],
        [3, "同上", "县水利局"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:C2")
    sheet.merge_cells("A4:C4")
    book.save(tmp_path / "石台县.xlsx")
    kb = pg.read_notice(tmp_path / "石台县.xlsx")
    assert units(kb, 2, "responsible") == ["石台县民政局"]
    assert kb.tasks["text"].tolist() == ["改造社区食堂12个。", "新建充电桩500个。", "新建充电桩500个。"]


@pytest.mark.parametrize(
    "joined", ["同上及县住房城乡建设局", "同上和县林业局", "县林业局和同上", "同上、县林业局", "同上 县林业局"]
)
def test_a_ditto_mark_joined_with_a_body_stands_for_the_units_above(tmp_path, joined):
    text = SAME_TASK.format("新建停车位500个。", "整修厨房3间。")
    lines = [line for line in text.splitlines() if line.startswith("2\t")]
    assert len(lines) == 1
    cells = lines[0].split("\t")
    kb = read(tmp_path, text.replace(lines[0], "\t".join([*cells[:2], joined, *cells[3:]])))
    other = "石台县住房城乡建设局" if "住房" in joined else "石台县林业局"
    assert sorted(units(kb, 2, "responsible")) == sorted([*units(kb, 1, "responsible"), other])
    assert "ditto" in kb.unread["reason"].tolist()


def test_a_blank_below_a_ditto_mark_goes_on_with_what_that_stands_for(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["序号", "类别", "工作任务", "责任单位"],
        [1, "水治理", "改造水厂2座。", "县水利局"],
        [2, "〃", "整治河道3条。", "同上"],
        [3, None, "清淤4处。", None],
    ):
        sheet.append(row)
    sheet.merge_cells("B3:B4")
    book.save(tmp_path / "石台县.xlsx")
    kb = pg.read_notice(tmp_path / "石台县.xlsx")
    assert kb.tasks["area"].tolist() == ["水治理"] * 3
