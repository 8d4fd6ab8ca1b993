"""The forms that notices are written in: tables as text, brackets, label lines, Word, Excel and HTML."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

from benchmarks.notices.content import Notice, Task, region_of
from benchmarks.notices.office import Block, docx, xlsx

ENCODINGS = (("utf-8", 0.8), ("utf-8-sig", 0.1), ("gb18030", 0.1))
NOBODY = "—"
"""What flat text has where a cell is empty: a blank there means that the cell above goes on."""
_NUMERALS = "一二三四五六七八九"


def _names(task: Task, *roles: str) -> str:
    return "、".join(name for role in roles for name in task.roles.get(role, ()))


def _front(notice: Notice) -> list[str]:
    """Everything above the tasks."""
    title = f"{notice.year}年重点任务分解表"
    year, month, day = map(int, notice.date.split("-"))
    issuers = [f"{region_of(place)}人民政府办公室" for place in (notice.place, notice.partner) if place]
    if notice.partner:
        title = f"{notice.year}年{region_of(notice.partner)}·{region_of(notice.place)}对口协同发展任务分解表"
    return [
        notice.number, *issuers, f"关于印发《{title}》的通知", "各有关单位：",
        f"现将《{title}》印发给你们，请认真抓好落实。", *issuers, f"{year}年{month}月{day}日", title,
    ]  # fmt: skip


def _table(notice: Notice) -> list[list[str | None]]:
    """The task table; None is merged with the cell above."""
    if notice.partner:
        heads = [f"{place.name}牵头责任单位" for place in (notice.place, notice.partner) if place]
        rows: list[list[str | None]] = [["序号", "协同发展事项", "具体任务", *heads]]
        roles: list[tuple[str, ...]] = [("lead",), ("lead_partner",)]
    else:
        rows = [["序号", "工作类别", "具体任务", "牵头单位", "责任单位", "配合单位"]]
        roles = [("lead",), ("responsible",), ("support",)]
    area = ""
    for task in notice.tasks:
        first = None if task.area == area else task.area
        area = task.area
        rows.append([str(task.number), first, task.text, *(_names(task, *role) for role in roles)])
    return rows


def _pairing_table(notice: Notice) -> list[Block]:
    if not notice.pairings:
        return []
    rows: list[list[str | None]] = [["序号", "帮扶单位", "受帮扶单位"]]
    rows += [[str(number), *pair] for number, pair in enumerate(notice.pairings, 1)]
    partner = region_of(notice.partner) if notice.partner else ""
    return [f"{notice.year}年{partner}·{region_of(notice.place)}部门街镇结对帮扶表", rows]


def blocks(notice: Notice) -> list[Block]:
    """A notice as paragraphs and tables."""
    return [*_front(notice), _table(notice), *_pairing_table(notice)]


def _as_text(notice: Notice, table: Callable[[list[list[str]]], str]) -> str:
    parts = [block if isinstance(block, str) else table(_flat(block)) for block in blocks(notice)]
    return "\n\n".join(parts) + "\n"


def _flat(rows: list[list[str | None]]) -> list[list[str]]:
    return [["" if text is None else text or NOBODY for text in row] for row in rows]


def tab_cells(notice: Notice) -> str:
    """A cell a line, each behind a tab, as in the notice of 2022."""
    return _as_text(notice, lambda rows: "\n\n".join("\n".join(f"\t{text}" for text in row) for row in rows))


def tab_rows(notice: Notice) -> str:
    return _as_text(notice, lambda rows: "\n".join("\t".join(row) for row in rows))


def pipe_rows(notice: Notice) -> str:
    return _as_text(notice, lambda rows: "\n".join(f"| {' | '.join(row)} |" for row in rows))


def brackets(notice: Notice) -> str:
    """Areas as headings, tasks as items, bodies in the bracket behind."""
    lines = _front(notice)
    area, count = "", 0
    for task in notice.tasks:
        if task.area != area:
            area = task.area
            lines.append(f"{_NUMERALS[count]}、{area}")
            count += 1
        lines.append(f"{task.number}.{task.text}{_bracket(task)}")
    return "\n\n".join(lines) + "\n"


def _bracket(task: Task) -> str:
    if "responsible" in task.roles:
        return f"（{_names(task, 'responsible')}负责）"
    support = f"；配合单位：{_names(task, 'support')}" if "support" in task.roles else ""
    return f"（牵头单位：{_names(task, 'lead')}{support}）"


def label_lines(notice: Notice) -> str:
    """Areas as headings, tasks as items, bodies in lines below with labels."""
    labels = {"lead": "牵头单位", "responsible": "责任单位", "support": "配合单位"}
    lines = _front(notice)
    area, count = "", 0
    for task in notice.tasks:
        if task.area != area:
            area = task.area
            lines += ["", f"{_NUMERALS[count]}、{area}"]
            count += 1
        lines += ["", f"{task.number}.{task.text}"]
        lines += [f"{labels[role]}：{'、'.join(names)}" for role, names in task.roles.items()]
    return "\n".join(lines) + "\n"


def html(notice: Notice) -> bytes:
    parts = [f"<p>{escape(one)}</p>" if isinstance(one, str) else _html_table(one) for one in blocks(notice)]
    head = '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>通知</title></head><body>\n'
    chrome = "<div>发布日期：&nbsp;|&nbsp;字体：大 中 小</div>\n"
    return (head + chrome + "\n".join(parts) + "\n</body></html>\n").encode()


def _html_table(rows: list[list[str | None]]) -> str:
    made = ""
    for y, row in enumerate(rows):
        made += "<tr>"
        for x, text in enumerate(row):
            if text is None:
                continue
            span = 1
            while y + span < len(rows) and rows[y + span][x] is None:
                span += 1
            made += f'<td rowspan="{span}">{escape(text)}</td>' if span > 1 else f"<td>{escape(text)}</td>"
        made += "</tr>\n"
    return f'<table border="1">\n{made}</table>'


TEXTS: Mapping[str, Callable[[Notice], str]] = MappingProxyType(
    {
        "tab_cells": tab_cells, "tab_rows": tab_rows, "pipe_rows": pipe_rows, "brackets": brackets,
        "label_lines": label_lines,
    }
)  # fmt: skip
FILES: Mapping[str, tuple[str, Callable[[Notice], bytes]]] = MappingProxyType(
    {
        "docx": (".docx", lambda notice: docx(blocks(notice))),
        "xlsx": (".xlsx", lambda notice: xlsx([[*_front(notice), _table(notice)], _pairing_table(notice)])),
        "html": (".html", html),
    }
)
SHARES = MappingProxyType(
    {
        "brackets": 0.3, "tab_cells": 0.15, "tab_rows": 0.1, "pipe_rows": 0.05, "label_lines": 0.1, "docx": 0.15,
        "html": 0.1, "xlsx": 0.05,
    }
)  # fmt: skip
"""How often each form is drawn; the order is that of real documents, of which most are brackets and tables."""
FOR_TWO = tuple(name for name in SHARES if name not in ("brackets", "label_lines"))
"""Forms that have a column for each of two counties."""


def written(notice: Notice, layout: str, drawing: random.Random) -> tuple[str, bytes]:
    """The suffix and the bytes of a notice in a form; text in one of the encodings."""
    if layout in FILES:
        suffix, write = FILES[layout]
        return suffix, write(notice)
    encoding = drawing.choices([name for name, _ in ENCODINGS], [share for _, share in ENCODINGS])[0]
    return ".txt", TEXTS[layout](notice).encode(encoding)


def drawn_layout(notice: Notice, drawing: random.Random) -> str:
    """A form that the notice can have."""
    names = FOR_TWO if notice.partner else tuple(SHARES)
    return drawing.choices(names, [SHARES[name] for name in names])[0]
