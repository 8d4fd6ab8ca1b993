"""What names, rules, labels and boilerplate mean, each in the smallest text that shows it."""

from __future__ import annotations

import pytest

import pairing_graph.readers.text as text_reader
from pairing_graph.base.errors import LayoutError
from pairing_graph.readers.limits import Limits
from pairing_graph.reading.extraction import Options, extract
from pairing_graph.reading.prose.boilerplate import is_boilerplate


def read(text):
    return extract(text_reader.read(text.encode(), "notice.txt", "", Limits()), Options())


def assignments(kb):
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    return [(names[row.unit], row.role) for row in kb.assignments.itertuples()]


def names_in(list_of_names):
    return [name for name, _ in assignments(read(f"1.完善设施。（责任单位：{list_of_names}）"))]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("市财政局、农业局", ["市财政局", "市农业局"]),
        ("县委组织部、宣传部", ["县委组织部", "县委宣传部"]),
        ("解放碑街道、大坪", ["解放碑街道", "大坪街道"]),
        ("各区、县级市", ["各区、县级市"]),
        ("区级各部门、各街道、管委会", ["区级各部门", "各街道", "管委会"]),
        ("市交通委（市道运局）、市公安局", ["市交通委", "市公安局"]),
        ("县规划和自然资源局和各乡镇", ["县规划和自然资源局", "各乡镇"]),
        ("县住房和城乡建设委员会", ["县住房和城乡建设委员会"]),
        ("县财政局，县水利局；县林业局", ["县财政局", "县水利局", "县林业局"]),
        ("县财政局、国网供电公司", ["县财政局", "国网供电公司"]),
        ("县教委，各有关部门等", ["县教委", "各有关部门"]),
    ],
)
def test_a_list_of_names(written, names):
    assert names_in(written) == names


def test_an_ellipsis_that_is_not_certain_is_reported_and_not_filled():
    kb = read("1.完善设施。（责任单位：市财政局、园区推进办）")
    assert [name for name, _ in assignments(kb)] == ["市财政局", "园区推进办"]
    assert "ellipsis" in set(kb.unread["reason"])


def test_a_bracket_that_does_not_close_is_reported():
    kb = read("1.完善设施。（责任单位：市交通委（市道运局、市公安局）")
    assert {name for name, _ in assignments(kb)} >= {"市交通委"}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("（县商务局、县供销社负责）", ["responsible", "responsible"]),
        ("（县商务局牵头，县供销社配合）", ["lead", "support"]),
        ("（由县商务局牵头，会同县供销社落实）", ["lead", "support"]),
        ("（牵头单位：县商务局；责任单位：县供销社）", ["lead", "responsible"]),
        ("（牵头单位：县商务局，责任单位：县供销社）", ["lead", "responsible"]),
        ("（县商务局牵头、县供销社参与）", ["lead", "support"]),
        ("（县商务局牵头，县供销社配合落实）", ["lead", "support"]),
        ("（县商务局牵头负责，县供销社参与实施）", ["lead", "support"]),
        ("（主办：县商务局 协办：县供销社）", ["lead", "support"]),
        ("（县商务局、县供销社按职责分工负责）", ["responsible", "responsible"]),
        ("（县商务局、县供销社，6月底前完成）", ["responsible", "responsible"]),
        ("（县商务局、县供销社负责；列第一位的为牵头单位）", ["lead", "responsible"]),
    ],
)
def test_the_roles_in_a_bracket(text, roles):
    assert [role for _, role in assignments(read(f"1.完善仓储设施。{text}"))] == roles


@pytest.mark.parametrize("heading", ["配合落实单位", "配合单位", "协办责任单位", "其他责任单位"])
def test_a_column_of_those_who_help_is_not_one_of_those_who_answer(heading):
    kb = read(f"序号|工作任务|牵头单位|{heading}\n1|修路|县交通局|县财政局\n2|架桥|县水利局|县林业局")
    assert [role for _, role in assignments(kb)] == ["lead", "support"] * 2


@pytest.mark.parametrize(
    "bracket", ["（含冷库）", "（2023年）", "（以下简称试点）", "（由专人负责）", "（县人民医院总院）", "（共3个）"]
)
def test_a_bracket_that_says_nothing_of_roles_stays_in_the_text(bracket):
    kb = read(f"1.完善仓储设施{bracket}建设。（县商务局负责）")
    assert assignments(kb) == [("县商务局", "responsible")]
    assert bracket in kb.tasks["text"].item()


def test_the_rule_in_the_cover_holds_for_the_whole_notice():
    kb = read("关于工作安排的通知\n责任单位列第一位的为牵头单位。\n1.修路。（责任单位：县交通局、县财政局）")
    assert assignments(kb) == [("县交通局", "lead"), ("县财政局", "responsible")]


def test_two_districts_never_become_one():
    kb = read("关于甲子区·乙丑区协作的通知\n1.共建园区。（责任单位：甲子区教委、乙丑区教委）")
    assert sorted(kb.units["unit"]) == ["乙丑区教委", "甲子区教委"]


def test_bodies_of_the_state_need_no_region():
    kb = read("国务院办公厅\n关于完善政策的意见\n国办发〔2023〕1号\n1.完善政策。（财政部、国家发展改革委负责）")
    assert sorted(kb.units["unit"]) == ["国家发展改革委", "财政部"]


def test_a_city_has_its_own_bodies():
    kb = read("重庆市人民政府办公厅\n关于完善政策的通知\n1.完善政策。（市教委负责）")
    assert list(kb.units["unit"]) == ["重庆市教委"]


def test_drifting_names_are_told_and_not_merged():
    kb = read("1.修路。（区发展改革委负责）\n2.架桥。（区发改委负责）")
    assert len(kb.units) == 2
    assert "look_alike" in set(kb.unread["reason"])


@pytest.mark.parametrize(
    "text",
    [
        "序号工作任务牵头单位完成时限\n1完善仓储设施县商务局9月底\n2修建步道县林业局10月底",
        "序号工作任务责任单位\n1修路县交通局2架桥县水利局",
    ],
    ids=["rows", "one-line"],
)
def test_cells_run_together_are_reported_and_not_guessed_at(text):
    with pytest.raises(LayoutError, match="run together"):
        read(text)
    kb = read(f"{text}\n\n附件2 另一张表\n\n1.修渠。（县水利局负责）")
    assert assignments(kb) == [("县水利局", "responsible")]
    assert "run_together" in set(kb.unread["reason"])


def test_lists_of_unequal_length_joined_by_respectively_are_reported():
    kb = read("涪陵区教委帮扶武隆县教委。\n涪陵区荔枝街道、江东街道分别帮扶武隆县白马镇、江口镇、火炉镇。")
    assert len(kb.pairings) == 1
    assert "pairs_uneven" in set(kb.unread["reason"])


@pytest.mark.parametrize(
    ("line", "boilerplate"),
    [
        ("发布日期：2022-06-23", True), ("字体：【大 中 小】", True), ("分享到：", True), ("扫一扫在手机打开当前页", True),
        ("索 引 号：11500/2022-1", True), ("【打印本页】【关闭窗口】", True), ("上一篇：关于工作的通知", True), ("渝ICP备05012345号", True),
        ("牵头单位：县水利局", False), ("1.完善网站建设。", False), ("来源地管理办法", False), ("标题党整治工作由县网信办负责", False),
        ("下载量达到5万次", False),
    ],
)  # fmt: skip
def test_page_boilerplate(line, boilerplate):
    assert is_boilerplate(line) is boilerplate


def test_page_boilerplate_becomes_no_unit_and_no_task():
    page = "首页 > 公开\n发布日期：2023-02-17\n字体：大 中 小\n1.修路。（县交通局负责）\n分享到：\n主办单位：某某县人民政府办公室\n渝ICP备05012345号"
    kb = read(page)
    assert assignments(kb) == [("县交通局", "responsible")]
    assert len(kb.unread[kb.unread["reason"] == "boilerplate"]) == 6


@pytest.mark.parametrize(
    "words", ["4A级", "三甲", "“百人计划”", "s356", "G50", "35岁以下", "2025年底前", "第3批", "1+5+10", "12345热线"]
)
def test_what_is_no_target(words):
    assert read(f"1.推进{words}建设工作。（县交通局负责）").targets.empty


def test_a_paragraph_used_in_part_says_which_part_is_left():
    kb = read("安排如下：涪陵区教委帮扶武隆县教委；涪陵区民政局帮扶武隆县民政局。")
    left = kb.unread[kb.unread["reason"] == "prose"]
    assert list(left["address"]) == ["notice!p1:1-5"]


@pytest.mark.parametrize(
    "text",
    [
        "1.完善仓储设施，提升冷链\n能力。（县商务局、县供\n销社负责）",
        "1.完善仓储设施，提升冷链能力。\n责任单位：县商务局、县供\n销社",
        "1.完善仓储设施，提升冷链能力。\n责任单位：县商务局、\n县供销社",
    ],
    ids=["in-a-bracket", "in-a-name", "in-a-list"],
)
def test_a_hard_line_break_does_not_cut_a_name(text):
    kb = read(text + "\n2.修路。（责任单位：县交通局）")
    assert [name for name, _ in assignments(kb)] == ["县商务局", "县供销社", "县交通局"]
    assert kb.tasks["text"].iloc[0] == "完善仓储设施，提升冷链能力。"
