"""What pages of a PDF do: lines that wrap, tables that go on, rims, open sides."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from pdfminer.psparser import PSBaseParser
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from tests.rendering import table, to_pdf

import pairing_graph as pg
from pairing_graph.readers import read_document


@pytest.fixture
def read(tmp_path):
    def from_bytes(data: bytes):
        file = tmp_path / "a.pdf"
        file.write_bytes(data)
        return read_document(file)

    return from_bytes


def drawn(*pages):
    """Pages out of functions that draw on a canvas."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 800), invariant=1)
    for page in pages:
        canvas.setFont("STSong-Light", 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def ruled(canvas, xs, ys, rows, *, sides=True):
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)
    for x in xs if sides else xs[1:-1]:
        canvas.line(x, ys[0], x, ys[-1])
    for top, bottom, row in zip(ys, ys[1:], rows, strict=False):
        for left, text in zip(xs, row, strict=False):
            canvas.drawString(left + 3, (top + bottom) / 2 - 4, text)


XS = [50, 100, 350, 550]
HEAD = ["序号", "工作任务", "牵头单位"]


def page(*rows, top=700, head=True):
    def draw(canvas):
        shown = [HEAD, *rows] if head else list(rows)
        ruled(canvas, XS, [top - 30 * n for n in range(len(shown) + 1)], shown)

    return draw


def rows_of(document):
    (grid,) = document.grids
    return [grid.row_texts(row) for row in range(1, grid.shape[0] + 1)]


def test_a_row_split_over_a_page_is_one_again(read):
    document = read(
        drawn(
            page(["1", "办好学校。", "县教委"], ["2", "修好道路、", "县交通局、"]),
            page(["", "桥梁。", "县水利局"], ["3", "种树。", "县林业局"]),
        )
    )
    assert rows_of(document)[2:] == [["2", "修好道路、桥梁。", "县交通局、县水利局"], ["3", "种树。", "县林业局"]]
    assert {note.reason for note in document.notes} == {"header_repeated", "row_joined"}


def test_a_page_with_nothing_but_the_repeated_heading_adds_no_row(read):
    document = read(drawn(page(["1", "办好学校。", "县教委"]), page()))
    assert rows_of(document) == [HEAD, ["1", "办好学校。", "县教委"]]
    assert [note.reason for note in document.notes] == ["header_repeated"]


def test_a_new_row_on_a_new_page_stays_a_row(read):
    document = read(drawn(page(["1", "办好学校。", "县教委"]), page(["2", "修好道路。", "县交通局"], head=False)))
    assert rows_of(document)[1:] == [["1", "办好学校。", "县教委"], ["2", "修好道路。", "县交通局"]]


def test_another_table_on_the_next_page_stays_apart(read):
    def other(canvas):
        ruled(canvas, [50, 300, 550], [700, 670, 640], [["帮扶单位", "受帮扶单位"], ["区教委", "县教委"]])

    assert [grid.shape for grid in read(drawn(page(["1", "办好学校。", "县教委"]), other)).grids] == [(2, 3), (2, 2)]


def test_words_between_two_pages_keep_tables_apart(read):
    def second(canvas):
        canvas.drawString(250, 690, "结对表")
        page(["2", "修好道路。", "县交通局"], top=650)(canvas)

    document = read(drawn(page(["1", "办好学校。", "县教委"]), second))
    assert [block.text if hasattr(block, "text") else block.shape for block in document.blocks] == [
        (2, 3),
        "结对表",
        (2, 3),
    ]


def test_a_table_with_open_sides_keeps_its_outer_columns(read):
    def draw(canvas):
        ruled(canvas, XS, [700, 670, 640, 610], [HEAD, ["1", "甲", "县教委"], ["2", "乙", "县水利局"]], sides=False)

    assert rows_of(read(drawn(draw))) == [HEAD, ["1", "甲", "县教委"], ["2", "乙", "县水利局"]]


def test_page_numbers_and_running_heads_are_boilerplate(read):
    def text(number):
        def draw(canvas):
            canvas.drawString(250, 780, "内部资料")
            canvas.drawString(60, 600, f"第{number}部分")
            canvas.drawString(290, 20, f"— {number} —")

        return draw

    document = read(drawn(*map(text, (1, 2, 3))))
    assert [item.text for item in document.paragraphs] == ["第1部分", "第2部分", "第3部分"]
    assert [item.place.page for item in document.paragraphs] == [1, 2, 3]
    assert {note.reason for note in document.notes} == {"boilerplate"}
    assert len(document.notes) == 6


def test_a_page_without_words_is_reported(read):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def picture(canvas):
        canvas.drawImage(ImageReader(Image.new("RGB", (6, 8), "white")), 0, 0, 600, 800)

    document = read(drawn(page(["1", "办好学校。", "县教委"]), picture))
    assert [(note.reason, note.text) for note in document.notes] == [("page_without_text", "2")]


def test_names_below_each_other_in_a_narrow_cell_stay_apart(read):
    narrow = table(["序号", "单位"], ["1", "县财政局\n县水利局"], widths=[40, 60])
    assert read(to_pdf([narrow])).grids[0].at(2, 2).text == "县财政局\n县水利局"


def test_double_printed_characters_are_read_once(read):
    def bold(canvas):
        canvas.drawString(60, 600, "县财政局")
        canvas.drawString(60.3, 600, "县财政局")

    assert [item.text for item in read(drawn(bold)).paragraphs] == ["县财政局"]


@pytest.mark.parametrize("degrees", [90, -90])
def test_a_page_on_its_side_is_turned(read, degrees):
    def sideways(canvas):
        canvas.translate(*((600, 0) if degrees == 90 else (0, 800)))
        canvas.rotate(degrees)
        page(["1", "办好学校。", "县教委"], top=550)(canvas)

    assert rows_of(read(drawn(sideways))) == [HEAD, ["1", "办好学校。", "县教委"]]


def test_a_few_sideways_words_are_reported(read):
    def draw(canvas):
        page(["1", "办好学校。", "县教委"])(canvas)
        canvas.rotate(90)
        canvas.drawString(300, -30, "存档备查")

    document = read(drawn(draw))
    assert rows_of(document)[1] == ["1", "办好学校。", "县教委"]
    assert [(note.reason, note.text) for note in document.notes] == [("turned_text", "存档备查")]


def test_objects_in_a_zeroed_stretch_do_not_each_scan_it(read, monkeypatch):
    """A broken copy may hold zeros where hundreds of objects were; pdfminer takes a step per zero and object."""
    data = drawn(page(["1", "办好学校。", "县教委"]))
    start = len(data) + len(b"\n")
    zeros = b"\n" + bytes(20_000)
    objects = range(100, 150)
    entries = "".join(f"{start + number:010d} 00000 n \n" for number in objects)
    xref = f"xref\n100 50\n{entries}trailer\n<</Size 150/Root 100 0 R>>\nstartxref\n{len(data + zeros)}\n%%EOF\n"
    steps = 0
    step = PSBaseParser._parse_main

    def counted(self, buffer, position):
        nonlocal steps
        steps += 1
        return step(self, buffer, position)

    monkeypatch.setattr(PSBaseParser, "_parse_main", counted)
    with suppress(pg.FileError):
        read(data + zeros + xref.encode())
    assert steps < len(zeros)
