"""What a cell of a table gives: never words of the heading, a remark only its own, a task all of its words."""

from __future__ import annotations

import pytest

import pairing_graph.readers.text as text_reader
from pairing_graph.base.text import chinese_number
from pairing_graph.kb.document import Cell, Document, Grid, Paragraph
from pairing_graph.readers.limits import Limits
from pairing_graph.reading.extraction import Options, extract


def read(text):
    return extract(text_reader.read(text.encode(), "notice.txt", "", Limits()), Options())


def read_rows(rows, *, blank="empty", spans=None, title=""):
    spans = spans or {}
    cells = [
        Cell(row, column, text, rowspan=spans.get((row, column), 1))
        for row, words in enumerate(rows, 1)
        for column, text in enumerate(words, 1)
        if text is not None
    ]
    blocks = [*([Paragraph(1, title)] if title else []), Grid(1, tuple(cells), blank=blank)]
    return extract(Document("notice", "notice.docx", "", tuple(blocks)), Options())


def table(*rows):
    return "\n".join("".join(f"\t{cell}\n" for cell in row) for row in rows)


def places(kb, reason):
    return [address.partition("!")[2] for address in kb.unread.loc[kb.unread["reason"] == reason, "address"]]


PAIRS = "乙区·甲县结对帮扶表\n"


def test_a_blank_remark_stays_blank():
    rows = table(
        ["序号", "乙区", "甲县", "备注"],
        ["1", "区教委", "县教委", ""],
        ["2", "区民政局", "县民政局", "新增"],
        ["3", "区林业局", "县林业局", ""],
    )
    assert list(read(PAIRS + rows).pairings["remark"]) == ["", "新增", ""]


def test_words_of_the_heading_that_reach_into_a_row_fill_no_cell():
    rows = [
        ["序号", "工作任务", "牵头单位", "完成时限", "责任领导", "类别"],
        ["1", "修路。", "县交通局", None, None, None],
        ["2", "架桥。", "县水利局", "", "", ""],
    ]
    spans = {(1, 4): 2, (1, 5): 2, (1, 6): 2}
    kb = read_rows(rows, blank="merged", spans=spans)
    assert list(kb.tasks["deadline"]) == ["", ""]
    assert list(kb.tasks["leaders"]) == [(), ()]
    assert list(kb.tasks["area"]) == ["", ""]


@pytest.mark.parametrize(("number", "reason"), [("", "inherited_side"), ("2", "inherited_side_numbered")])
def test_a_side_that_is_read_on_is_reported(number, reason):
    rows = table(["序号", "乙区", "甲县"], ["1", "区教委", "县教委"], [number, "", "县民政局"])
    kb = read(PAIRS + rows)
    assert list(kb.pairings["donor"]) == ["乙区教委", "乙区教委"]
    assert places(kb, reason) == ["t1r3c2"]


def test_a_side_is_not_read_on_from_a_repeated_heading():
    rows = table(["序号", "乙区", "甲县"], ["1", "区教委", "县教委"], ["序号", "乙区", "甲县"], ["2", "", "县民政局"])
    assert "乙区" not in set(read(PAIRS + rows).units["unit"])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("一、二、三产业融合发展。", "一、二、三产业融合发展。"),
        ("第三条高速公路建设。", "第三条高速公路建设。"),
        ("（2）修路。", "（2）修路。"),
        ("（1）修路。", "修路。"),
        ("1.修路。", "修路。"),
        ("12345热线建设。", "12345热线建设。"),
    ],
)
def test_the_head_of_a_task_is_cut_only_where_it_is_its_number(cell, text):
    kb = read_rows([["序号", "工作任务", "牵头单位"], ["1", cell, "县交通局"]])
    assert list(kb.tasks["text"]) == [text]
    assert list(kb.tasks["number"]) == [1]


@pytest.mark.parametrize("cell", ["1.", "（三）"])
def test_a_cell_of_nothing_but_a_number_is_no_task(cell):
    rows = [["序号", "工作任务", "牵头单位"], ["1", "修路。", "县交通局"], ["2", cell, "县水利局"]]
    kb = read_rows(rows)
    assert list(kb.tasks["text"]) == ["修路。"]
    assert places(kb, "empty_row") == ["t1r3c1", "t1r3c2", "t1r3c3"]


@pytest.mark.parametrize("words", ["一万万万万万万", "九" * 20, "九" * 5000], ids=["powers", "digits", "many-digits"])
def test_a_number_too_large_to_count_is_none(words):
    assert chinese_number(words) is None
    kb = read_rows([["序号", "工作任务", "牵头单位"], [words, "修路。", "县交通局"]])
    assert kb.tasks["number"].isna().all()
    assert places(kb, "number_unclear") == ["t1r2c1"]


def test_a_target_of_hundreds_of_digits_is_none():
    kb = read_rows([["序号", "工作任务", "牵头单位"], ["1", f"修路{'9' * 400}公里，架桥3座。", "县交通局"]])
    assert list(kb.targets["value"]) == [3.0]
