"""Tables without rulings: what is one, and what only looks like one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import pairing_graph as pg
from pairing_graph.readers import read_document

CORPUS = Path(__file__).parents[1] / "data" / "notices"
SIZE = 10
TEXT = (
    "为深入贯彻落实上级决策部署进一步压实工作责任确保各项任务落地见效现就有关事项通知如下请各单位结合实际认真抓好落实"
)


@pytest.fixture
def read(tmp_path):
    def drawn(*pages):
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(600, 800), invariant=1)
        for strings in pages:
            canvas.setFont("STSong-Light", SIZE)
            for x, y, text in strings:
                canvas.drawString(x, 800 - y, text)
            canvas.showPage()
        canvas.save()
        file = tmp_path / "a.pdf"
        file.write_bytes(out.getvalue())
        return read_document(file)

    return drawn


def rows_of(document):
    (grid,) = document.grids
    return [grid.row_texts(row) for row in range(1, grid.shape[0] + 1)]


def lines(xs, top, *rows, pitch=20):
    return [(x, top + pitch * n, text) for n, row in enumerate(rows) for x, text in zip(xs, row, strict=True) if text]


XS = (60, 100, 330, 440)
HEAD = ("序号", "神秘栏", "甲栏", "乙栏")
ROWS = (
    ("1", "办好学校。", "县教委", "县财政局"),
    ("2", "修好道路。", "县交通局", ""),
    ("3", "种树。", "县林业局", "各乡镇"),
)


@pytest.mark.parametrize("form", ["pdf", "ofd"])
def test_the_2022_notice_without_its_rulings_says_the_same(kb, form):
    other = pg.read_notice(CORPUS / form / f"wuxi-yuzhong-2022-unruled.{form}")
    places = ["address", "inherited_from"]
    for name in ("units", "tasks", "assignments", "pairings", "targets"):
        found, wanted = (base.tables[name].drop(columns=places, errors="ignore") for base in (other, kb))
        assert found.equals(wanted), name


def test_columns_are_told_by_their_gaps_whatever_the_words(read):
    document = read(
        [
            (200, 80, "任务分解表"),
            *lines(XS, 120, HEAD, *ROWS),
            (60, 240, "注：按季度报送进展情况和下一步工作打算，重大事项随时报送。"),
        ]
    )
    assert rows_of(document) == [list(row) for row in (HEAD, *ROWS)]
    assert [item.text for item in document.paragraphs] == [
        "任务分解表",
        "注：按季度报送进展情况和下一步工作打算，重大事项随时报送。",
    ]
    assert document.grids[0].blank == "unknown"
    assert document.grids[0].at(2, 3).place.page == 1


def test_a_cell_of_several_lines_is_one_where_rows_stand_further_apart(read):
    rows = [
        (330, 100, "牵头"), (100, 100, "任务"), (440, 100, "配合"),
        (100, 130, "新增城镇就业四千人以上，开发公益性岗位不"), (330, 130, "县人力社保局"), (440, 130, "县财政局、"),
        (100, 144, "少于三百个。"), (440, 144, "县乡村振兴局"),
        (100, 174, "办好零工市场。"), (330, 174, "县人力社保局"), (440, 174, "各乡镇"),
        (100, 204, "为农村学校配备校医。"), (330, 204, "县教委"), (440, 204, "县卫生健康委"),
    ]  # fmt: skip
    assert rows_of(read(rows))[1:] == [
        ["新增城镇就业四千人以上，开发公益性岗位不少于三百个。", "县人力社保局", "县财政局、\n县乡村振兴局"],
        ["办好零工市场。", "县人力社保局", "各乡镇"],
        ["为农村学校配备校医。", "县教委", "县卫生健康委"],
    ]


def test_numbers_begin_rows_where_all_lines_are_equally_far_apart(read):
    rows = lines(
        XS, 100, HEAD, ("1", "新增城镇就业四千人以上，开发公益性岗位不", "县人力社", "县财政局"),
        ("", "少于三百个。", "保局", ""), ("2", "办好零工市场。", "县民政局", "各乡镇"), ("3", "配备校医。", "县教委", "县卫健委"), pitch=14,
    )  # fmt: skip
    found = rows_of(read(rows))
    assert [row[0] for row in found] == ["序号", "1", "2", "3"]
    assert found[1] == ["1", "新增城镇就业四千人以上，开发公益性岗位不少于三百个。", "县人力社\n保局", "县财政局"]


def test_centred_cells_belong_to_the_row_beside_them(read):
    rows = [
        *lines(XS, 100, HEAD), (60, 137, "1"), (100, 130, "新增城镇就业四千人以上，开发公益性岗位不"), (100, 144, "少于三百个。"),
        (330, 137, "县人力社保局"), (440, 137, "县财政局"), (60, 187, "2"), (100, 180, "办好零工市场，每季度发布岗位信息，按季度"),
        (100, 194, "通报。"), (330, 187, "县民政局"), (440, 187, "各乡镇"), *lines(XS, 230, ROWS[2]),
    ]  # fmt: skip
    assert rows_of(read(rows))[1:] == [
        ["1", "新增城镇就业四千人以上，开发公益性岗位不少于三百个。", "县人力社保局", "县财政局"],
        ["2", "办好零工市场，每季度发布岗位信息，按季度通报。", "县民政局", "各乡镇"],
        list(ROWS[2]),
    ]


def test_a_table_that_goes_on_is_one_even_with_one_row_left(read):
    first = lines(XS, 600, HEAD, *ROWS)
    assert rows_of(read(first, [(280, 40, "— 2 —"), *lines(XS, 80, ("4", "清淤。", "县水利局", ""))]))[4] == [
        "4",
        "清淤。",
        "县水利局",
        "",
    ]
    document = read(first, lines(XS, 80, HEAD, ("4", "清淤。", "县水利局", "")))
    assert len(rows_of(document)) == 5
    assert [note.reason for note in document.notes] == ["header_repeated"]


def test_two_columns_of_names_are_a_table(read):
    rows = (
        ("帮扶方", "受帮扶方"),
        ("区财政局", "县财政局"),
        ("区农业农村委", "县农业农村委、县水利局"),
        ("江北嘴街道", "白沙镇"),
    )
    assert rows_of(read(lines((100, 300), 100, *rows))) == [list(row) for row in rows]


def test_a_heading_over_two_columns_and_one_between_rows_keep_their_width(read):
    rows = [
        (100, 100, "任务"), (360, 100, "责任单位"), *lines((100, 330, 440), 120, ("", "牵头", "配合"), ("办好学校。", "县教委", "县财政局")),
        (100, 160, "二、保障民生方面的事项由各相关单位按照职责分工落实到位"),
        *lines((100, 330, 440), 180, ("修好道路。", "县交通局", "县水利局"), ("种树。", "县林业局", "各乡镇")),
    ]  # fmt: skip
    (grid,) = read(rows).grids
    assert [(cell.text, cell.colspan) for cell in grid.row(1)] == [("任务", 1), ("责任单位", 2)]
    assert next((cell.text[:2], cell.colspan) for cell in grid.row(4)) == ("二、", 2)
    assert grid.row_texts(6) == ["种树。", "县林业局", "各乡镇"]


def test_prose_in_two_columns_is_no_table(read):
    half = [TEXT[start : start + 22] for start in range(0, 22, 1)]
    rows = [(50, 100 + 16 * n, text) for n, text in enumerate(half)] + [
        (310, 100 + 16 * n, text) for n, text in enumerate(half)
    ]
    assert read(rows).grids == ()


@pytest.mark.parametrize(
    "rows",
    [
        lines((60, 90), 100, *((f"{n}.", f"第{n}项工作要抓好落实，{TEXT[:20]}。") for n in range(1, 7))),
        lines((60, 400), 100, ("巫溪府发〔2022〕24号", "签发人：张三"), ("", ""))
        + [(60, 130 + 16 * n, TEXT[n : n + 45]) for n in range(9)],
        lines((100, 300), 100, ("联系人：李四", "电话：51234567"), ("邮箱：a@b.cn", "传真：51234568")),
        [(72 + 20 * (n == 0), 100 + 16 * n, TEXT[n : n + 44]) for n in range(9)],
    ],
    ids=["numbered-list", "cover", "two-lines", "prose"],
)
def test_what_is_no_table(read, rows):
    assert read(rows).grids == ()
