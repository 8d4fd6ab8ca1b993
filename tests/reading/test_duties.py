"""Duties by department, each form in the smallest text that shows it, and prose that only looks like them."""

from __future__ import annotations

import pytest

import pairing_graph.readers.text as text_reader
from pairing_graph.base.errors import LayoutError
from pairing_graph.readers.limits import Limits
from pairing_graph.reading.extraction import Options, extract


def read(text):
    return extract(text_reader.read(text.encode(), "notice.txt", "", Limits()), Options())


def duties(text):
    """The tasks of a text: number, bodies with their roles, and how the words begin."""
    kb = read(text)
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    bodies = kb.assignments.groupby("task", sort=False)[["unit", "role"]].apply(
        lambda rows: [(names[row.unit], row.role) for row in rows.itertuples()]
    )
    return [
        (None if str(task.number) == "<NA>" else task.number, bodies.get(task.task, []), task.text)
        for task in kb.tasks.itertuples()
    ]


@pytest.mark.parametrize(
    "text",
    [
        "（一）县水利局。\n1.负责防汛。\n2.负责供水。\n（二）县林业局。\n1.负责造林。",
        "一、县水利局\n1.负责防汛。\n2.负责供水。\n二、县林业局\n1.负责造林。",
        "县水利局：\n（1）负责防汛。\n（2）负责供水。\n县林业局：\n（1）负责造林。",
        "县水利局：1.负责防汛。2.负责供水。\n县林业局：1.负责造林。2.负责护林。",
        "（一）县水利局。一是负责防汛；二是负责供水。\n（二）县林业局。一是负责造林；二是负责护林。",
        "县水利局工作职责：\n1、负责防汛。\n2、负责供水。\n县林业局工作职责：\n1、负责造林。",
    ],
)
def test_numbered_duties_are_tasks_of_the_body_above_them(text):
    found = duties(text)
    assert [(number, bodies) for number, bodies, _ in found][:3] == [
        (1, [("县水利局", "responsible")]),
        (2, [("县水利局", "responsible")]),
        (1, [("县林业局", "responsible")]),
    ]
    assert [words[:4] for *_, words in found][:3] == ["负责防汛", "负责供水", "负责造林"]
    unread = read(text).unread
    assert unread.loc[unread["severity"].isin(["doubt", "loss"]), "reason"].tolist() == ["region_missing"]


@pytest.mark.parametrize(
    "text",
    [
        "县水利局：负责防汛；做好供水。", "县水利局  负责防汛；做好供水。", "县水利局。负责防汛；做好供水。",
        "第五条 县水利局负责防汛；做好供水。", "第五条县水利局负责防汛；做好供水。",
        "各部门职责\n县水利局负责防汛；做好供水。", "各部门职责\n县水利局\n负责防汛；做好供水。",
    ],
)  # fmt: skip
def test_duties_without_numbers_are_one_task(text):
    (found,) = duties(text)
    assert found[1:] == ([("县水利局", "responsible")], "负责防汛；做好供水。")


def test_several_bodies_in_one_heading_each_have_the_duty():
    ((number, bodies, words),) = duties("（二）县公安局、县交通运输局。牵头查处超载（9月底前完成）。")
    assert (number, bodies) == (2, [("县公安局", "lead"), ("县交通运输局", "lead")])
    assert words == "牵头查处超载。"
    assert read("县公安局：查处超载。\n县水利局：负责防汛（9月底前完成）。").tasks["deadline"].tolist() == [
        "",
        "9月底前完成",
    ]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("牵头组织抢险", "lead"), ("负责防汛，牵头组织抢险", "lead"), ("负责牵头组织抢险", "lead"),
        ("负责防汛", "responsible"), ("负责对接牵头单位", "responsible"), ("负责落实县应急局牵头的工作", "responsible"),
    ],
)  # fmt: skip
def test_who_leads_leads(words, role):
    assert duties(f"县水利局：{words}。")[0][1] == [("县水利局", role)]


def test_an_article_names_several_bodies():
    found = duties(
        "第五条 县水利局负责供水，县财政局负责筹集资金。\n县公安局负责治安，县司法局配合。\n第七条 县林业局负责造林。"
    )
    assert [(number, bodies) for number, bodies, _ in found] == [
        (5, [("县水利局", "responsible")]),
        (5, [("县财政局", "responsible")]),
        (5, [("县公安局", "responsible"), ("县司法局", "support")]),
        (7, [("县林业局", "responsible")]),
    ]


@pytest.mark.parametrize(
    "name", ["便民服务中心", "司法所", "党政办公室", "派出所", "综合行政执法队", "国网某某供电公司", "人武部"]
)
def test_the_body_may_have_any_ending(name):
    assert duties(f"各站所职责\n一、{name}\n1.负责接待群众。\n2.负责值班。")[1][1] == [(name, "responsible")]


def test_a_body_of_a_kind_that_nobody_knows_is_taken_beside_others():
    kb = read("（一）县水利局。负责防汛。\n（二）县通发。负责通信。\n（三）县林业局。负责造林。")
    assert kb.tasks["text"].tolist() == ["负责防汛。", "负责通信。", "负责造林。"]
    assert kb.assignments["as_written"].tolist() == ["县水利局", "县通发", "县林业局"]
    assert kb.unread["reason"].tolist() == ["region_missing", "unknown_kind"]


@pytest.mark.parametrize(
    "text",
    [
        "组长：张三\n副组长：李四\n成员：王五  县水利局局长",
        "县水利局局长负责防汛。", "县政府决定成立领导小组。", "1.县水利局负责人作了发言。\n2.县林业局负责同志作了说明。",
        "县税务局：优化纳税服务\n县税务局推行错峰办税。", "县水利局：0915-1234567", "县水利局、县林业局：你们的汇报我都听了。",
        "第三条 采砂单位负责修复岸线。", "第四条 县水利局应当公开名单。", "县水利局\n县林业局\n2023年5月6日",
        "一、职责\n县水利局：张三\n县林业局：李四", "| 县林业局 | 负责造林。 |", "各镇人民政府：现将各部门职责印发给你们。",
        "一、工作要求\n各部门要认真履行职责，各镇人民政府要主动作为。",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_duty_is_none(text):
    with pytest.raises(LayoutError):
        read(text)


REPORT = """政府工作报告
一、2023年工作回顾
（一）聚焦项目建设。县发展改革局牵头包装项目，争取资金再创新高。县交通运输局负责建设的环城公路全线贯通。
（二）聚焦民生改善。县教育局、县卫生健康局负责任地推进民生工程，群众满意度持续提升。
二、2024年工作安排
各部门要认真履行职责，各镇人民政府要主动作为，确保各项任务落到实处。"""
SPEECH = """在全县防汛工作会议上的讲话
县水利局、县应急管理局：你们的汇报我都听了，总的感到准备是充分的。
第一，要认清形势。县气象局预测，今年汛期降水偏多。
第二，要落实责任。县防汛指挥部要靠前指挥，县水利局局长要到一线去，各镇党委书记负总责。
一是预警要快。县气象局要加密会商，县融媒体中心要及时播发。
谁的责任谁承担，谁的孩子谁抱走。"""
MINUTES = """县政府常务会议纪要
会议听取了县财政局关于预算执行情况的汇报。县财政局负责人作了说明。
会议指出，县教育局组织开展的校园安全整治成效明显，应予肯定。
出席：王强、刘洋，县政府办公室、县财政局、县教育局主要负责人。"""
EXPERIENCE = """构建大监督格局的实践与思考
县纪委监委
近年来，县纪委监委始终坚持问题导向，承担起监督专责，牵头建立联席会议制度。
县财政局：发挥财会监督作用。县财政局主动公开预算，接受社会监督。
县审计局
县审计局围绕重点领域开展审计，查出问题金额逐年下降。"""
NEWS = """工作动态（第12期）
县税务局：多措并举优化纳税服务
县税务局围绕企业需求，推行错峰办税。县税务局负责人表示，将继续精简资料。
县教育局
县教育局召开校园安全工作会议，县教育局局长主持会议并讲话。
县委组织部从机关选派优秀干部到村任职，驻村干部负责任、敢担当。
城厢镇：路好走了
城厢镇承担的通村公路项目完工，村民出行更加方便。"""


@pytest.mark.parametrize("text", [REPORT, SPEECH, MINUTES, EXPERIENCE, NEWS])
def test_prose_gives_no_task(text):
    with pytest.raises(LayoutError):
        read(text)
    kb = read(f"{text}\n附件1 任务表\n1.修路。（县交通局负责）")
    assert kb.tasks["text"].tolist() == ["修路。"]


def test_items_before_and_behind_duties_are_read_as_such():
    kb = read(
        "一、重点任务\n1.修路。（县交通局负责）\n二、部门职责\n（一）县水利局：负责防汛。\n（二）县林业局：负责造林。\n"
        "三、其他任务\n1.架桥。（县住建局负责）"
    )
    assert kb.tasks["area"].tolist() == ["重点任务", "部门职责", "部门职责", "其他任务"]
    assert kb.documents["layout"].item() == "inline_brackets+duties"


def test_the_division_of_work_among_persons_gives_no_task():
    with pytest.raises(LayoutError):
        read(
            "现将工作分工通知如下：\n李明同志：负责审计工作。分管县审计局。\n张强同志：负责农业农村工作。联系县气象局。"
        )
