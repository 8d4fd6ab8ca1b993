"""A random knowledge base, written in the 2022 notice's flattened form, reads back as it was."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pairing_graph as pg
from tests.ledger import claimed_without_a_row, unaccounted

DEPARTMENTS = ["商务", "教育", "水利", "林业", "财政", "民政", "司法", "审计", "统计", "交通"]
LEFT, RIGHT = "甲山县", "乙水区"
left = st.sampled_from([f"县{name}局" for name in DEPARTMENTS] + ["县委组织部", "东风镇", "西坪乡", "工业园区管委会"])
right = st.sampled_from(
    [f"区{name}委" for name in DEPARTMENTS] + ["区委组织部", "南门街道", "区就业中心", "高新区管委会"]
)
names = lambda units: st.lists(units, min_size=1, max_size=3, unique=True)  # noqa: E731
words = st.text(st.sampled_from("推动两地企业合作建设基地完善机制“共用”，、；+·"), min_size=3, max_size=30).map(
    lambda text: "做好" + text.strip("，、；") + "。"
)
task = st.fixed_dictionaries({
    "text": words, "left": names(left), "right": names(right),
    "new_area": st.booleans(), "inherits": st.booleans(), "breaks": st.integers(0, 2),
})  # fmt: skip
pairing = st.tuples(right, names(left))


def cell(text: str, breaks: int = 0) -> str:
    """A tab before the cell, blank lines inside of it."""
    return f"\t{text}\n" + "\n" * breaks


def render(tasks, pairings) -> str:
    lines = [f"{LEFT}人民政府\n\n{RIGHT}人民政府\n\n关于印发《{RIGHT}·{LEFT}协作任务分解表》的通知\n\n"]
    lines += [cell("事项"), cell("具体任务"), cell(f"{LEFT}牵头\n\n责任单位"), cell(f"{RIGHT}牵头\n\n责任单位"), "\n"]
    for count, row in enumerate(tasks, 1):
        lines.append(cell(f"事项第{count}号" if row["new_area"] or count == 1 else ""))
        lines.append(cell(f"{count}.{row['text']}"))
        for side in ("left", "right"):
            blank = row["inherits"] and count > 1
            lines.append(cell("" if blank else "、".join(row[side]), row["breaks"] if side == "left" else 0))
        lines.append("\n")
    lines += ["\n\n", f"{RIGHT}·{LEFT}结对帮扶表\n", cell("序号\n序号"), cell(RIGHT), cell(LEFT), "\n"]
    for count, (donor, recipients) in enumerate(pairings, 1):
        broken = "、\n\n".join(recipients) if count % 2 else "、".join(recipients)
        lines += [cell(str(count)), cell(donor), cell(broken), "\n"]
    return "".join(lines)


def facts(tasks, pairings):
    """What the rendered notice says, worked out without the reader."""
    area, held, assigned, areas = "", {}, [], []
    for count, row in enumerate(tasks, 1):
        if row["new_area"] or count == 1:
            area = f"事项第{count}号"
        if count == 1 or not row["inherits"]:
            held = {side: row[side] for side in ("left", "right")}
        areas.append((count, area, row["text"]))
        assigned += [(count, name, rank) for side in ("left", "right") for rank, name in enumerate(held[side], 1)]
    paired = [(count, donor, to) for count, (donor, recipients) in enumerate(pairings, 1) for to in recipients]
    return areas, assigned, paired


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(task, min_size=2, max_size=6), st.lists(pairing, min_size=2, max_size=5))
def test_the_same_tasks_units_and_pairings_come_back(tmp_path, tasks, pairings):
    file = tmp_path / "notice.txt"
    file.write_text(render(tasks, pairings), encoding="utf-8")
    kb = pg.read_notice(file)
    areas, assigned, paired = facts(tasks, pairings)
    number = dict(zip(kb.tasks["task"], kb.tasks["number"], strict=True))
    name = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    assert [(n, a, t) for n, a, t in zip(kb.tasks["number"], kb.tasks["area"], kb.tasks["text"], strict=True)] == areas
    got = [(number[row.task], name[row.unit], row.rank) for row in kb.assignments.itertuples()]
    assert got == assigned
    assert [(row.number, name[row.donor], name[row.recipient]) for row in kb.pairings.itertuples()] == paired
    assert set(name.values()) == {unit for _, unit, _ in assigned} | {unit for pair in paired for unit in pair[1:]}
    assert not list(unaccounted(kb))
    assert not list(claimed_without_a_row(kb))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(task, min_size=2, max_size=6), st.lists(pairing, min_size=2, max_size=5))
def test_what_was_read_comes_back_from_the_graph(tmp_path, tasks, pairings):
    file = tmp_path / "notice.txt"
    file.write_text(render(tasks, pairings), encoding="utf-8")
    kb = pg.read_notice(file)
    assert pg.to_knowledge_base(pg.build_graph(kb)).equals(kb, ignore=["unread"])
