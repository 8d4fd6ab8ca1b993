"""A random set of tasks or pairs, written in each text layout as far as it can say it, comes back as it was."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pairing_graph.readers.text as text_reader
from pairing_graph.base.errors import LayoutError
from pairing_graph.readers.limits import Limits
from pairing_graph.reading.extraction import Options, extract

UNITS = [
    "县发展改革委", "县财政局", "县教委", "县科技局", "县公安局", "县民政局", "县司法局", "县人力社保局", "县规划自然资源局", "县生态环境局",
    "县住房城乡建委", "县城市管理局", "县交通局", "县水利局", "县农业农村委", "县商务委", "县文化旅游委", "县卫生健康委", "县应急管理局",
    "县审计局", "县国资委", "县市场监管局", "县统计局", "县医保局", "县林业局", "县信访局", "县委组织部", "县委宣传部", "县总工会", "团县委",
    "县妇联", "县残联", "县供销社", "县气象局", "县融媒体中心", "县就业和人才中心", "工业园区管委会", "城厢镇", "天元乡", "柏杨街道",
    "各乡镇", "各街道", "县级有关部门", "各乡镇（街道）", "国网巫溪供电公司", "县人民医院",
]  # fmt: skip
HELPERS = [
    "区教委",
    "区商务委",
    "区民政局",
    "区科技局",
    "区委组织部",
    "大坪街道",
    "解放碑街道",
    "两路口街道",
    "区国资委",
    "区财政局",
]
HELPED = [
    "县教委",
    "县商务委",
    "县民政局",
    "县科技局",
    "县委组织部",
    "大河乡",
    "土城镇",
    "天星乡",
    "县国资监管中心",
    "县财政局",
]
TEXTS = [
    "完善仓储设施，提升冷链能力。", "推进背街小巷改造，优化人居环境。", "加强河道治理。", "深化“放管服”改革，优化营商环境。", "培育新型经营主体。",
    "开展义务教育质量监测。", "建立信用评价机制，推动数据共享。", "实施山洪灾害防治。", "推动文旅融合发展，打造精品线路。", "加快园区基础配套。",
]  # fmt: skip
DEADLINES = ["9月底前", "2023年12月", "2024年6月底", "长期坚持", "全年", "12月31日前", "2025年底前完成"]
AREAS = ["产业发展", "民生保障", "生态环境", "城市建设"]


@dataclass(frozen=True)
class Task:
    number: int
    area: str
    text: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str


def lists(pool, least=1):
    return st.lists(st.sampled_from(pool), min_size=least, max_size=4, unique=True).map(tuple)


@st.composite
def task_lists(draw):
    areas = draw(st.lists(st.sampled_from(AREAS), min_size=1, max_size=3, unique=True))
    tasks = []
    for area in areas:
        for _ in range(draw(st.integers(1, 3))):
            lead = draw(lists(UNITS))
            support = tuple(name for name in draw(lists(UNITS, 0)) if name not in lead)
            tasks.append(
                Task(
                    len(tasks) + 1, area, draw(st.sampled_from(TEXTS)), lead, support, draw(st.sampled_from(DEADLINES))
                )
            )
    return tasks


@st.composite
def pair_rows(draw):
    return draw(st.lists(st.tuples(lists(HELPERS), lists(HELPED)), min_size=2, max_size=6))


def join(names):
    return "、".join(names)


HEAD = ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"]


def cells(task):
    return [str(task.number), task.text, join(task.lead), join(task.support), task.deadline]


def by_area(tasks, row, area=lambda name, width: name):
    lines, current = [], None
    for task in tasks:
        if task.area != current:
            current = task.area
            lines.append(
                area(
                    f"{'一二三四五'[len([x for x in lines if x.startswith(('一', '二', '三', '四'))])]}、{current}",
                    len(HEAD),
                )
            )
        lines.append(row(task))
    return lines


def tab_cells(tasks):
    heading = "".join(f"\t{word}\n" for word in ["类别", *HEAD])
    rows, before = [], ""
    for task in tasks:
        own = [task.area if task.area != before else "", *cells(task)]
        before = task.area
        rows.append("".join(f"\t{cell}\n" for cell in own))
    return heading + "\n" + "\n".join(rows)


def line_cells(tasks):
    rows = by_area(tasks, lambda task: "\n\n".join(cell for cell in cells(task) if cell))
    return "\n\n".join([*HEAD, *rows])


def line_cells_dense(tasks):
    return line_cells(tasks).replace("\n\n", "\n")


def pipe_rows(tasks):
    rows = by_area(tasks, lambda task: f"| {' | '.join(cells(task))} |", lambda name, width: f"{name}")
    rows = [row if row.startswith("|") else f"| {row} |" + " |" * (len(HEAD) - 1) for row in rows]
    return "\n".join([f"| {' | '.join(HEAD)} |", "|---" * len(HEAD) + "|", *rows])


def pipe_open(tasks):
    return "\n".join(["｜".join(HEAD), *("｜".join(cells(task)) for task in tasks)])


def pipe_one_cell(tasks):
    return "\n".join(f"| {cell} |" for row in [HEAD, *map(cells, tasks)] for cell in row)


def tab_rows(tasks):
    return "\n".join(["\t".join(HEAD), *by_area(tasks, lambda task: "\t".join(cells(task)))])


def spaced_rows(tasks):
    return "\n".join(
        ["    ".join(HEAD), *by_area(tasks, lambda task: "    ".join(cell for cell in cells(task) if cell))]
    )


def label_brackets(tasks):
    def row(task):
        support = f"；配合单位：{join(task.support)}" if task.support else ""
        return f"{task.number}.{task.text}（牵头单位：{join(task.lead)}{support}；完成时限：{task.deadline}）"

    return "\n".join(by_area(tasks, row))


def comma_brackets(tasks):
    return label_brackets(tasks).replace("；", "，").replace("（牵头", "【牵头").replace("）\n", "】\n")


def verb_brackets(tasks):
    def row(task):
        support = f"，{join(task.support)}配合" if task.support else ""
        return f"{task.number}.{task.text}（{join(task.lead)}牵头{support}，{task.deadline}）"

    return "\n".join(by_area(tasks, row))


def sentences(tasks):
    def row(task):
        support = f"，{join(task.support)}配合" if task.support else ""
        return f"{task.number}.{task.text}由{join(task.lead)}牵头{support}，{task.deadline}。"

    return "\n".join(by_area(tasks, row))


def label_lines(tasks):
    def row(task):
        support = f"\n配合单位：{join(task.support)}" if task.support else ""
        return f"{task.number}.{task.text}\n牵头单位：{join(task.lead)}{support}\n完成时限：{task.deadline}"

    return "\n\n".join(by_area(tasks, row))


TASK_LAYOUTS = [
    tab_cells, line_cells, line_cells_dense, pipe_rows, pipe_open, pipe_one_cell, tab_rows, spaced_rows, label_brackets,
    comma_brackets, verb_brackets, sentences, label_lines,
]  # fmt: skip
WITHOUT_AREAS = {pipe_open, pipe_one_cell}


def read(text):
    document = text_reader.read(text.encode(), "notice.txt", "", Limits())
    return extract(document, Options())


def expected_assignments(tasks):
    return [
        (place, name, role, rank)
        for place, task in enumerate(tasks, 1)
        for role, names in (("lead", task.lead), ("support", task.support))
        for rank, name in enumerate(names, 1)
    ]


@pytest.mark.parametrize("layout", TASK_LAYOUTS, ids=lambda layout: layout.__name__)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(tasks=task_lists())
def test_tasks_come_back(layout, tasks):
    kb = read("巫溪县2023年重点工作任务表\n\n" + layout(tasks) + "\n")
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    got = [
        (int(row.task.partition("#")[2]), names[row.unit], row.role, row.rank) for row in kb.assignments.itertuples()
    ]
    assert sorted(got) == sorted(expected_assignments(tasks))
    assert list(kb.tasks["deadline"]) == [task.deadline for task in tasks]
    assert list(kb.tasks["number"]) == [task.number for task in tasks]
    assert list(kb.tasks["text"]) == [task.text for task in tasks]
    if layout not in WITHOUT_AREAS:
        assert list(kb.tasks["area"]) == [task.area for task in tasks]


def pair_table(rows, gap, before="", after=""):
    lines = [["序号", "帮扶单位", "受帮扶单位"], *([str(n), join(a), join(b)] for n, (a, b) in enumerate(rows, 1))]
    return "\n".join(before + gap.join(line) + after for line in lines)


def pair_tabs(rows):
    lines = [["序号", "帮扶单位", "受帮扶单位"], *([str(n), join(a), join(b)] for n, (a, b) in enumerate(rows, 1))]
    return "\n".join("".join(f"\t{cell}\n" for cell in line) for line in lines)


def pair_dashes(rows):
    return "\n".join(["帮扶单位——受帮扶单位", *(f"{n}.{join(a)}——{join(b)}" for n, (a, b) in enumerate(rows, 1))])


def pair_helps(rows):
    return "\n".join(
        f"{n}.{join(a)}{'共同' if len(a) > 1 else '对口'}帮扶{join(b)}。" for n, (a, b) in enumerate(rows, 1)
    )


PAIR_LAYOUTS = {
    "tab_cells": pair_tabs,
    "line_cells": lambda rows: pair_table(rows, "\n\n"),
    "pipe_rows": lambda rows: pair_table(rows, " | ", "| ", " |"),
    "tab_rows": lambda rows: pair_table(rows, "\t"),
    "spaced_rows": lambda rows: pair_table(rows, "   "),
    "dashes": pair_dashes,
    "helps": pair_helps,
}


@pytest.mark.parametrize("layout", PAIR_LAYOUTS.values(), ids=PAIR_LAYOUTS.keys())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(rows=pair_rows())
def test_pairs_come_back(layout, rows):
    kb = read("渝中区·巫溪县2023年结对帮扶表\n\n" + layout(rows) + "\n")
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    got = [(row.number, names[row.donor], names[row.recipient]) for row in kb.pairings.itertuples()]
    assert got == [(n, a, b) for n, (donors, recipients) in enumerate(rows, 1) for a in donors for b in recipients]


@settings(max_examples=30, deadline=None, derandomize=True)
@given(tasks=task_lists(), where=st.integers(0, 400))
def test_a_text_that_breaks_off_invents_no_unit(tasks, where):
    whole = "巫溪县2023年重点工作任务表\n\n" + label_lines(tasks)
    cut = whole[: max(60, len(whole) - where)]
    try:
        kb = read(cut)
    except LayoutError:
        return  # so little is left that it says nothing
    known = {name for task in tasks for name in (*task.lead, *task.support)} | {
        "各乡镇",
        "县委",
        "县人民医院",
        "县卫生",
    }
    assert set(kb.units["name"]) <= known | set(UNITS)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(tasks=task_lists(), sign=st.sampled_from("\ufffd□"), data=st.data())
def test_damaged_signs_invent_no_unit(tasks, sign, data):
    place = data.draw(st.integers(0, len(tasks) - 1))
    name = tasks[place].lead[0]
    spot = data.draw(st.integers(1, len(name) - 1))
    broken = name[:spot] + sign + name[spot + 1 :]
    tasks = [replace(task, lead=(broken, *task.lead[1:])) if n == place else task for n, task in enumerate(tasks)]
    kb = read("巫溪县2023年重点工作任务表\n\n" + pipe_rows(tasks))
    assert not any(sign in unit for unit in kb.units["name"])
    assert sign in "".join(kb.unread["text"])
