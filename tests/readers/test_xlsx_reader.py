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
