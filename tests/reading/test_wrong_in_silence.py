"""What would be wrong without a word: leads over a cell that is not known, numbers of several lines, names that nobody has."""

from __future__ import annotations

import openpyxl
import pytest

import pairing_graph as pg
from pairing_graph.kb.document import Cell, Grid
from pairing_graph.reading.tables.cells import number_in, supplied
from pairing_graph.reading.tables.column_meaning import ColumnMeaning
from pairing_graph.reading.tables.columns import Heading

LEAD = ColumnMeaning(1, "lead")


def heading_of(*cells):
    grid = Grid(1, (Cell(1, 1, "牵头单位"), *cells), blank="merged")
    return Heading(grid, "tasks", (LEAD,), 1)


def test_a_blank_below_a_cell_that_is_not_known_takes_nothing():
    known = heading_of(Cell(2, 1, "县教委"), Cell(3, 1, ""), Cell(4, 1, ""))
    assert supplied(known, 4, LEAD).text == "县教委"
    unknown = heading_of(Cell(2, 1, "县教委"), Cell(3, 1, "", known=False), Cell(4, 1, ""))
    assert supplied(unknown, 3, LEAD).text == ""
    assert supplied(unknown, 4, LEAD).text == ""


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("3", 3),
        ("（3）", 3),
        ("3.", 3),
        ("十二", 12),
        ("十 二", 12),
        ("2\n3\n4", None),
        ("1 2", None),
        ("2.\n3.", None),
        ("", None),
    ],
)
def test_the_number_in_a_cell(words, number):
    assert number_in(words) == number


def task_table(*rows):
    cells = [("序号", "工作任务", "牵头单位", "责任单位"), *rows]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    return f"<html><body><h1>甲县人民政府关于印发重点任务分解表的通知</h1><table>{body}</table></body></html>"


def read(tmp_path, text, name="notice.html"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return pg.read_notice(file)


def test_a_number_cell_of_several_lines_is_reported_and_makes_no_number(tmp_path):
    rows = [
        ("1", "修建水渠。", "县水利局", "县财政局"),
        ("2<br>3<br>4", "种植树木。", "县林业局", "县财政局"),
        ("5", "修建道路。", "县交通局", "县财政局"),
    ]
    kb = read(tmp_path, task_table(*rows))
    assert kb.tasks["number"].isna().tolist() == [False, True, False]
    unclear = kb.unread[kb.unread["reason"] == "number_unclear"]
    assert unclear["text"].tolist() == ["2\n3\n4"]


def test_a_row_that_lacks_its_last_cells_takes_none_of_the_row_above(tmp_path):
    rows = [
        ("1", "修建水渠。", "县水利局", "县财政局"),
        ("2", "种植树木。", "县林业局"),
        ("3", "修建道路。"),
        ("4", "开办学校。", "县教委", "县财政局"),
    ]
    kb = read(tmp_path, task_table(*rows))
    given = kb.assignments.groupby("task")["as_written"].apply(list)
    assert [given.get(task, []) for task in kb.tasks["task"]] == [
        ["县水利局", "县财政局"], ["县林业局"], [], ["县教委", "县财政局"],
    ]  # fmt: skip
    assert set(kb.unread.loc[kb.unread["reason"] == "row_short", "address"]) == {"notice!t1r3", "notice!t1r4"}


def test_a_formula_without_a_value_takes_no_lead_and_gives_none_to_the_row_below(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["序号", "工作任务", "牵头单位"], [1, "修建水渠。", "县水利局"], [2, "种植树木。", "=A1&B1"], [3, "修建道路。", None],
        [4, "开办学校。", "县教委"], [5, "开办医院。", "县卫生健康委"], [6, "修建桥梁。", "县交通局"],
    ):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "notice.xlsx")
    kb = pg.read_notice(tmp_path / "notice.xlsx")
    led = set(kb.assignments["task"])
    assert [task in led for task in kb.tasks["task"]] == [True, False, False, True, True, True]
    assert "formula_unknown" in set(kb.unread["reason"])


@pytest.mark.parametrize(
    "name",
    ["遵义供电局", "某某生态环境局", "某某税务局", "乌江水利局", "红花岗生态环境分局", "国网某某供电公司", "某某海关"],
)
def test_a_name_that_has_a_place_takes_no_level(tmp_path, name):
    kb = read(tmp_path, f"关于开展工作的通知\n1.修建水渠。（市财政局、{name}负责）\n", "notice.txt")
    assert set(kb.units["name"]) == {"市财政局", name}


@pytest.mark.parametrize("name", ["综合行政执法局", "公共资源交易局", "交通运输局", "供电局"])
def test_a_name_without_a_place_takes_the_level_of_its_list(tmp_path, name):
    kb = read(tmp_path, f"关于开展工作的通知\n1.修建水渠。（市财政局、{name}负责）\n", "notice.txt")
    assert set(kb.units["name"]) == {"市财政局", f"市{name}"}
