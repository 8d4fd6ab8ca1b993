"""What workbooks do: titles above, remarks below, several tables on a sheet, values in formats."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from pairing_graph.readers import read_document
from pairing_graph.readers.xlsx_values import shown


@pytest.fixture
def read(tmp_path):
    def from_rows(fill):
        book = Workbook()
        fill(book.active)
        out = io.BytesIO()
        book.save(out)
        file = tmp_path / "a.xlsx"
        file.write_bytes(out.getvalue())
        return read_document(file)

    return from_rows


def test_titles_and_remarks_are_paragraphs_and_blank_rows_divide(read):
    def fill(sheet):
        rows = [
            ["表一"],
            [],
            ["序号", "单位"],
            [1, "县教委"],
            [],
            ["表二"],
            ["序号", "单位"],
            [1.0, "县财政局"],
            ["注：完"],
        ]
        for row in rows:
            sheet.append(row)
        sheet.merge_cells("A1:B1")

    document = read(fill)
    assert [block.text if hasattr(block, "text") else block.row_texts(2) for block in document.blocks] == [
        "表一", ["1", "县教委"], "表二", ["1", "县财政局"], "注：完",
    ]  # fmt: skip


def test_a_blank_row_within_a_table_does_not_divide_it(read):
    def fill(sheet):
        for row in (["序号", "单位"], [1, "县教委"], [], [2, "县财政局"]):
            sheet.append(row)

    (grid,) = read(fill).grids
    assert grid.shape == (3, 2)
    assert [cell.place.line for cell in grid.cells if cell.column == 1] == [1, 2, 4]


def test_a_full_row_in_the_midst_stays_in_the_table(read):
    def fill(sheet):
        for row in (["序号", "单位"], ["一、产业"], [1, "县教委"]):
            sheet.append(row)
        sheet.merge_cells("A2:B2")

    (grid,) = read(fill).grids
    assert grid.row_texts(2) == ["一、产业", "一、产业"]


def test_a_table_that_does_not_begin_in_the_first_column(read):
    def fill(sheet):
        sheet["C3"], sheet["D3"], sheet["C4"], sheet["D4"] = "序号", "单位", 1, "县教委"

    (grid,) = read(fill).grids
    assert [grid.row_texts(1), grid.row_texts(2)] == [["序号", "单位"], ["1", "县教委"]]


def test_a_formula_without_a_value_is_reported(read):
    def fill(sheet):
        sheet.append(["序号", "单位"])
        sheet.append(["=1+1", "县教委"])

    document = read(fill)
    assert document.grids[0].row_texts(2) == ["", "县教委"]
    assert [(note.reason, note.text) for note in document.notes] == [("formula_unknown", "Sheet A2: =1+1")]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (3.0, "General", "3"), (0.1 + 0.2, "General", "0.3"), (1234567.0, "#,##0", "1,234,567"), (0.125, "0.0%", "12.5%"),
        (2.0, "0.00", "2.00"), (2.5, "0.##", "2.5"), (1e21, "General", "1E+21"), (5, '0"家"', "5"), (-3, "0;-0", "-3"),
        (datetime(2023, 6, 5), "yyyy/m/d", "2023-06-05"), (datetime(2023, 6, 5), 'yyyy"年"mm"月"', "2023年06月"),
        (datetime(2023, 6, 5, 8, 30), "yyyy-mm-dd hh:mm", "2023-06-05 08:30"), ("a_x000D_\r\nb", "@", "a\nb"), (False, "General", "FALSE"),
    ],
)  # fmt: skip
def test_values_are_those_that_the_sheet_shows(value, number_format, text):
    assert shown(value, number_format) == text


def test_a_formula_without_a_value_is_reported_at_its_cell_and_is_no_blank(read):
    def fill(sheet):
        for row in (["序号", "任务", "单位"], [1, "修路", "县教委"], [2, "种树", "=VLOOKUP(A3,Z1:Z9,1)"]):
            sheet.append(row)

    document = read(fill)
    cell = document.grids[0].at(3, 3)
    assert (cell.text, cell.known, document.grids[0].at(2, 3).known) == ("", False, True)
    (note,) = document.notes
    assert (note.reason, note.table, note.row, note.column) == ("formula_unknown", 1, 3, 3)


def test_a_row_of_formulas_only_and_one_outside_of_a_table_are_reported(read):
    def fill(sheet):
        for row in (["=A9"], [], ["序号", "单位"], [1, "县教委"], ["=A1+1", "=B1"]):
            sheet.append(row)

    document = read(fill)
    assert document.grids[0].shape == (3, 2)
    assert [(note.row, note.column) for note in document.notes] == [(0, 0), (3, 1), (3, 2)]


def shapes(document):
    return [block.text if hasattr(block, "text") else block.row_texts(1) for block in document.blocks]


def test_tables_side_by_side_are_two(read):
    def fill(sheet):
        rows = [
            ["结对帮扶安排"], ["甲区", None, None, "乙区"], ["序号", "单位", None, "序号", "单位", "备注"],
            [1, "区教委", None, 1, "县教委", None], [2, "区财政局", None, 2, "县财政局", "续"], [None, None, None, 3, "县水利局"], ["注：完"],
        ]  # fmt: skip
        for row in rows:
            sheet.append(row)
        sheet.merge_cells("A1:F1")

    document = read(fill)
    assert shapes(document) == ["结对帮扶安排", "甲区", ["序号", "单位"], "乙区", ["序号", "单位", "备注"], "注：完"]
    assert [grid.shape for grid in document.grids] == [(3, 2), (4, 3)]


@pytest.mark.parametrize("gap", [[[]], [[], []], []], ids=["blank-row", "blank-rows", "no-gap"])
def test_a_second_heading_begins_a_second_table(read, gap):
    def fill(sheet):
        for row in (
            ["序号", "任务", "单位"],
            [1, "修路", "县交通局"],
            [2, "种树", "县林业局"],
            *gap,
            ["序号", "帮扶方", "受帮扶方"],
            [1, "区教委", "县教委"],
        ):
            sheet.append(row)

    assert shapes(read(fill)) == [["序号", "任务", "单位"], ["序号", "帮扶方", "受帮扶方"]]


def test_another_number_of_columns_behind_a_blank_row_is_another_table(read):
    def fill(sheet):
        for row in (
            ["任务", "牵头", "配合"],
            ["修路", "县交通局", "县财政局"],
            [],
            ["帮扶方", "受帮扶方"],
            ["区教委", "县教委"],
        ):
            sheet.append(row)

    assert shapes(read(fill)) == [["任务", "牵头", "配合"], ["帮扶方", "受帮扶方"]]


@pytest.mark.parametrize(
    "rows",
    [
        [["帮扶方", "受帮扶方"], ["区教委", "县教委"], [], ["区财政局", "县财政局"], ["区水利局", "县水利局"]],
        [["序号", "单位"], [1, "县教委"], [2, "县水利局"], [], ["序号", "单位"], [3, "县财政局"]],
        [["序号", "任务", "备注"], [1, "修路", "续"], [2, "种树"], ["小计", "两项"], [3, "清淤", "新"]],
        [["序号", "", "单位", "", "备注"], [1, "", "县教委", "", "续"], [2, "", "县水利局", "", "新"]],
    ],
    ids=["names-behind-a-blank-row", "repeated-heading", "subtotal", "spacers"],
)
def test_one_table_stays_one(read, rows):
    def fill(sheet):
        for row in rows:
            sheet.append([cell or None for cell in row])

    assert len(read(fill).grids) == 1


def test_comments_and_hidden_columns_are_reported(read):
    from openpyxl.comments import Comment

    def fill(sheet):
        for row in (["序号", "单位", "内部"], [1, "县教委", "甲"]):
            sheet.append(row)
        sheet["B2"].comment = Comment("改由县财政局牵头", "某人")
        sheet.column_dimensions["C"].hidden = True

    document = read(fill)
    assert [(note.reason, note.text) for note in document.notes] == [
        ("hidden_rows", "Sheet: C"), ("comment", "Sheet B2: 改由县财政局牵头"),
    ]  # fmt: skip
