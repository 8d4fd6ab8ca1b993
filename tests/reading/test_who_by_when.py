"""Who does it, by when and what, in one breath: nothing of it may get lost in the words of the task or of the deadline."""

from __future__ import annotations

import pytest

from pairing_graph.reading.checks import roles_left

from .test_grids import grid
from .test_grids import read as read_grid
from .test_items import assignments, read

HEAD = "巫溪县人民政府办公室关于防灾工作的通知\n"
LAST = "\n9. 推进信访工作。（县信访局牵头）"


def deadlines(kb):
    return dict(zip(kb.tasks["text"], kb.tasks["deadline"], strict=True))


def left(kb):
    return kb.unread.loc[kb.unread["reason"] == "role_left", "text"].tolist()


@pytest.mark.parametrize(
    ("clause", "who"),
    [
        ("由县教育局负责维修学校2所。", [("县教育局", "responsible")]),
        ("由县教育局、县财政局具体负责维修学校2所。", [("县教育局", "responsible"), ("县财政局", "responsible")]),
        ("由县教育局牵头维修学校2所。", [("县教育局", "lead")]),
        ("由县教育局会同县财政局负责维修学校2所。", [("县教育局", "responsible"), ("县财政局", "support")]),
        ("由县教育局会同县委组织部、县气象局完善预警平台。", [("县教育局", "responsible"), ("县委组织部", "support"), ("县气象局", "support")]),
        ("由县住房城乡建设委会同县城管局整治县城环境。", [("县住房城乡建设委", "responsible"), ("县城管局", "support")]),
        ("由县教育局会同各乡镇（街道）维修学校2所。", [("县教育局", "responsible"), ("各乡镇（街道）", "support")]),
        ("由县农业农村委牵头，县水利局配合，建设高标准农田1万亩。", [("县农业农村委", "lead"), ("县水利局", "support")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("date", ["", "2023年4月20日前，", "2023年4月20日前", "9月底前，", "2023年底，"])
def test_an_item_that_by_opens_gives_its_bodies_and_its_deadline(clause, who, date):
    kb = read(f"{HEAD}1. {date}{clause}{LAST}")
    assert assignments(kb) == [*(("1", unit, role) for unit, role in who), ("2", "县信访局", "lead")]
    words = kb.tasks["text"][0]
    assert clause.endswith(words)
    assert not any(unit in words for unit, _ in who)
    assert kb.tasks["deadline"][0] == date.rstrip("，")
    assert not left(kb)


def test_the_second_sentence_of_an_item_may_be_opened_by_it_too():
    kb = read(f"{HEAD}1. 完善预警平台。由县应急管理局负责采购设备20台。{LAST}")
    assert assignments(kb)[0] == ("1", "县应急管理局", "responsible")
    assert kb.tasks["text"][0] == "完善预警平台。采购设备20台。"


@pytest.mark.parametrize(
    "words",
    [
        "由于县水利局负责维修的水库老化，推进除险加固。",
        "由县到乡推进道路建设。",
        "理由由各方说明，推进整改。",
        "由县水利局负责人签字确认。",
        "由县水利局局长负责维修水库。",
        "由县水利局负责解释本办法。",
        "长期以来，由县到村修路。",
    ],
)
def test_by_in_another_sense_is_not_read(words):
    kb = read(f"{HEAD}1. {words}{LAST}")
    assert assignments(kb) == [("2", "县信访局", "lead")]
    assert kb.tasks["text"][0] == words.rstrip("，")
    assert not left(kb)


@pytest.mark.parametrize(
    "words",
    [
        "完善预警平台，由县应急管理局会同县气象局开展巡查。",
        "经审核，由县教育局负责维修学校2所。",
        "维修学校2所，县财政局负责落实资金200万元。",
        "县应急管理局会同县气象局完善预警平台。",
        "由县教育局会同县财政局、县水利局，9月底前维修学校2所。",
    ],
)
def test_a_clause_of_it_inside_of_a_sentence_is_a_doubt(words):
    assert left(read(f"{HEAD}1. {words}{LAST}"))
    assert len(list(roles_left(words, in_task=True))) == 1


def test_the_second_clause_of_an_item_is_a_doubt():
    kb = read(f"{HEAD}1. 由县教育局负责维修学校2所，由县财政局负责落实资金。{LAST}")
    assert assignments(kb) == [("1", "县教育局", "responsible"), ("2", "县信访局", "lead")]
    assert left(kb) == ["由县财政局负责落实资金"]


def test_a_clause_is_left_once():
    assert list(roles_left("此项工作由县水利局负责落实，抓紧推进。")) == ["此项工作由县水利局负责落实"]


@pytest.mark.parametrize(
    ("words", "who", "deadline"),
    [
        ("县水利局2023年9月30日前完成", ["县水利局"], "2023年9月30日前完成"),
        ("县城管局、县供电公司2023年9月30日前完成", ["县城管局", "县供电公司"], "2023年9月30日前完成"),
        ("县交通局：7月底前；县财政局：8月底前", ["县交通局", "县财政局"], "7月底前；8月底前"),
        ("县交通局（7月底前）、县财政局（8月底前）", ["县交通局", "县财政局"], "7月底前；8月底前"),
        ("2023年9月30日前由县水利局完成", ["县水利局"], "2023年9月30日前"),
        ("各乡镇年底前完成", ["各乡镇"], "年底前完成"),
        ("县水利局、各乡镇长期坚持", ["县水利局", "各乡镇"], "长期坚持"),
        ("责任单位：县水利局2023年9月底前完成", ["县水利局"], "2023年9月底前完成"),
        ("县水利局负责，2023年9月底前完成", ["县水利局"], "2023年9月底前完成"),
        ("县水利局负责2023年9月底前完成", ["县水利局"], "2023年9月底前完成"),
    ],
)
@pytest.mark.parametrize(
    "form", ["1. 排查危房（{}）{}", "1. 排查危房。（{}）{}", "1. 排查危房（{}）。{}", "1. 排查危房。{}。{}"]
)
def test_bodies_and_a_deadline_side_by_side_are_both(form, words, who, deadline):
    if form == "1. 排查危房。{}。{}" and "7月" in words:
        pytest.skip("what colons and brackets divide is no sentence")
    kb = read(HEAD + form.format(words, LAST))
    assert assignments(kb) == [*(("1", unit, "responsible") for unit in who), ("2", "县信访局", "lead")]
    assert list(kb.tasks["deadline"]) == [deadline, ""]
    assert kb.tasks["text"][0].rstrip("。") == "排查危房"


@pytest.mark.parametrize("words", ["县水利局2023年预算", "2023年9月底前报县财政局", "2023年县水利局预算", "2023年版"])
def test_other_words_with_a_unit_and_a_year_stay_as_they_are(words):
    kb = read(f"{HEAD}1. 排查危房（{words}）。{LAST}")
    assert [unit for _, unit, _ in assignments(kb)] == ["县信访局"]
    assert words in kb.tasks["text"][0]


CELLS = ["县水利局{}2023年9月底前", "县财政局、县教育局{}2023年10月底前完成", "县交通局{}长期坚持"]
UNITS = [
    ("1", "县水利局"),
    ("2", "县财政局"),
    ("2", "县教育局"),
    ("3", "县交通局"),
]


def table(head, cells):
    tasks = ["完善预警平台。", "修建学校2所。", "修路十公里。"]
    rows = [[str(place), *row] for place, row in enumerate(zip(tasks, cells, strict=True), start=1)]
    return read_grid(grid([["序号", "工作任务", head], *rows]))


@pytest.mark.parametrize("between", ["\n", "", "，", " "])
@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("责任单位及时限", "responsible"),
        ("责任单位及完成时限", "responsible"),
        ("责任单位、时限", "responsible"),
        ("责任单位（完成时限）", "responsible"),
        ("完成时限和责任单位", "responsible"),
        ("牵头单位及完成时间", "lead"),
    ],
)
def test_a_column_of_bodies_and_their_deadlines_gives_both(head, role, between):
    kb = table(head, [cell.format(between) for cell in CELLS])
    assert assignments(kb) == [(task, unit, role) for task, unit in UNITS]
    assert list(kb.tasks["deadline"]) == ["2023年9月底前", "2023年10月底前完成", "长期坚持"]
    assert not set(kb.unread["reason"]) & {"column_guessed", "column_unknown", "not_a_name", "units_unread"}


def test_a_date_in_the_bracket_behind_a_name_is_the_deadline_of_the_task():
    kb = table("责任单位", ["县水利局（2023年9月底前）", "县财政局(10月底前)、县教育局（县招生办）", "县交通局"])
    assert assignments(kb) == [(task, unit, "responsible") for task, unit in UNITS]
    assert list(kb.tasks["deadline"]) == ["2023年9月底前", "10月底前", ""]
    assert list(kb.assignments["qualifier"]) == ["", "", "县招生办", ""]


@pytest.mark.parametrize(
    "cell",
    ["县水利局7月底前、县财政局8月底前", "9月底前完成，报县财政局备案", "县供电公司9月底前完成"],
)
def test_a_deadline_that_names_a_unit_is_a_doubt(cell):
    rows = [
        ["1", "完善预警平台。", "县信访局", cell],
        ["2", "修路十公里。", "县交通局", "9月底前"],
        ["3", "植树。", "县林业局", "长期"],
    ]
    kb = read_grid(grid([["序号", "工作任务", "责任单位", "完成时限"], *rows]))
    doubts = kb.unread[kb.unread["reason"] == "unit_in_deadline"]
    assert doubts["text"].tolist() == [cell]
    assert doubts["severity"].tolist() == ["doubt"]


@pytest.mark.parametrize("cell", ["9月底前", "县城搬迁前完成", "2023年9月底前报县政府", "市场开业前", "每季度"])
def test_a_deadline_without_a_unit_is_none(cell):
    rows = [
        ["1", "完善预警平台。", "县信访局", cell],
        ["2", "修路十公里。", "县交通局", "9月底前"],
        ["3", "植树。", "县林业局", "长期"],
    ]
    kb = read_grid(grid([["序号", "工作任务", "责任单位", "完成时限"], *rows]))
    assert "unit_in_deadline" not in set(kb.unread["reason"])


def test_a_unit_behind_a_verb_does_not_do_the_task_and_is_a_doubt_in_the_deadline():
    kb = read(f"{HEAD}1. 排查危房（报县财政局2023年9月底前完成）。{LAST}")
    assert [unit for _, unit, _ in assignments(kb)] == ["县信访局"]
    assert "unit_in_deadline" in set(kb.unread["reason"])


def test_together_with_a_county_body_names_no_county_called_so():
    kb = read(f"防灾工作任务\n1. 由县水利局会同县气象局完善预警平台。{LAST}")
    assert not any("会同县" in unit for unit in kb.units["unit"])
