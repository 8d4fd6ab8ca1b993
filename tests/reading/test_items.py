"""How items, label lines and brackets belong together, each in the smallest text that shows it."""

from __future__ import annotations

import pytest

import pairing_graph.readers.text as text_reader
from pairing_graph.base.errors import LayoutError
from pairing_graph.readers.limits import Limits
from pairing_graph.reading.extraction import Options, extract


def read(text):
    return extract(text_reader.read(text.encode(), "notice.txt", "", Limits()), Options())


def assignments(kb):
    """Who does what, by the number of the task in the text."""
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    return [(row.task.rpartition("#")[2], names[row.unit], row.role) for row in kb.assignments.itertuples()]


LABELS = ["主要内容：改造农村公路。", "责任单位：县交通局。", "完成时限：2023年11月底前。"]


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0), (1, 2, 0)])
@pytest.mark.parametrize("style", ["（{}）", "{}.", "({})", ""])
def test_label_lines_belong_to_the_item_above_in_any_order(style, order):
    numbers = "一二三" if style.startswith("（") else "123"
    lines = [f"{style.format(number)}{LABELS[place]}" for number, place in zip(numbers, order, strict=True)]
    kb = read("\n".join(["一、改造公路", *lines, "二、建设停车场", "责任单位：县住建局"]))
    assert assignments(kb) == [("1", "县交通局", "responsible"), ("2", "县住建局", "responsible")]
    assert kb.tasks["text"].tolist() == ["改造公路改造农村公路", "建设停车场"]
    assert list(kb.tasks["deadline"]) == ["2023年11月底前", ""]


def test_numbers_inside_of_a_numbered_label_are_parts_of_its_value():
    kb = read("一、改造公路\n（一）主要内容：\n1.拓宽路面。\n2.安装护栏。\n（二）责任单位：县交通局")
    assert assignments(kb) == [("1", "县交通局", "responsible")]
    assert "拓宽路面。安装护栏。" in kb.tasks["text"].item()


def test_a_label_that_nobody_knows_is_read_by_its_value():
    kb = read("1.修建步道。\n牵头单位：县林业局\n经办单位：县水利局、县财政局\n2.修路。\n牵头单位：县交通局")
    assert assignments(kb)[:3] == [
        ("1", "县林业局", "lead"),
        ("1", "县水利局", "responsible"),
        ("1", "县财政局", "responsible"),
    ]
    assert "role_assumed" in set(kb.unread["reason"])


@pytest.mark.parametrize(("one", "two", "three"), [("（1）", "（2）", "（3）"), ("1.", "2.", "3."), ("①", "②", "③")])
def test_a_bracket_on_its_own_line_reaches_all_that_have_none(one, two, three):
    kb = read(f"{one}修路。（县交通局负责）\n{two}架桥。\n{three}植树。\n（县林业局牵头，9月底前完成）")
    assert assignments(kb) == [("1", "县交通局", "responsible"), ("2", "县林业局", "lead"), ("3", "县林业局", "lead")]
    assert list(kb.tasks["deadline"]) == ["", "9月底前完成", "9月底前完成"]


def test_a_bracket_on_its_own_line_reaches_back_past_an_item_that_has_its_own():
    kb = read("1.修路。\n2.架桥。\n3.植树。（县林业局负责）\n（县交通局牵头）")
    assert assignments(kb) == [("1", "县交通局", "lead"), ("2", "县交通局", "lead"), ("3", "县林业局", "responsible")]


def test_each_item_with_a_bracket_on_its_own_line_keeps_its_own():
    kb = read("1.修路。\n（县交通局负责）\n2.架桥。\n（县水利局负责）\n3.植树。\n（县林业局负责）")
    assert [name for _, name, _ in assignments(kb)] == ["县交通局", "县水利局", "县林业局"]


@pytest.mark.parametrize("lines", ["一、交通\n{}", "（一）交通。{}", "{}"])
def test_several_brackets_in_a_paragraph_each_close_the_text_before_them(lines):
    kb = read(lines.format("修通公路。（县交通局负责）架设桥梁，保障通行。（县水利局牵头）"))
    assert assignments(kb) == [("1", "县交通局", "responsible"), ("2", "县水利局", "lead")]
    assert kb.tasks["text"].tolist()[1] == "架设桥梁，保障通行。"


@pytest.mark.parametrize("heading", ["强化地方政府责任", "明确部门责任", "压实县级政府责任", "落实各部门责任"])
def test_a_heading_that_ends_in_responsibility_names_nobody(heading):
    kb = read(f"1.修路。（县交通局负责）\n二、保障措施\n（一）{heading}。各地要加强领导。\n（二）加强宣传。")
    assert assignments(kb) == [("1", "县交通局", "responsible")]
    with pytest.raises(LayoutError):
        read(f"一、保障措施\n（一）{heading}。\n各地要加强领导。")


def test_an_appeal_names_nobody():
    kb = read(
        "1.修路。（县交通局负责）\n二、保障措施\n（一）加强领导。有关部门要密切配合。\n（二）加强宣传。各镇应当支持。"
    )
    assert assignments(kb) == [("1", "县交通局", "responsible")]
