"""A task table (任务分解表): rows become tasks, the cells of its role columns assignments, blank cells are read on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pairing_graph.address import Address
from pairing_graph.document import Grid
from pairing_graph.extract import numbering, targets
from pairing_graph.extract.builder import Builder
from pairing_graph.extract.cells import own_words, supplied, use_heading
from pairing_graph.extract.columns import ROLE_MEANINGS, ColumnMeaning, Heading
from pairing_graph.extract.names import Mention, Resolver
from pairing_graph.schema import task_id
from pairing_graph.text import chinese_number, leading_number, split_list, squeeze, tidy

_LABEL_END = re.compile(r"[。；：，！？]")
_LABEL_MAX = 24


@dataclass
class _Rows:
    """The task rows of a table while it is read."""

    ids: list[str] = field(default_factory=list)
    printed: list[int | None] = field(default_factory=list)
    places: list[Address] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def read(heading: Heading, builder: Builder, resolver: Resolver) -> None:
    """Read a task table into the tables of tasks, assignments and targets."""
    grid = heading.grid
    use_heading(heading, builder)
    first_row = len(builder.rows["tasks"])
    rows = _Rows()
    columns = {
        meaning: heading.first(meaning) for meaning in ("number", "area", "task", "deadline", "leaders", "remark")
    }
    area_before = ""
    for row in heading.body:
        words = own_words(grid, row, columns["task"])
        if not words:
            _report_row(heading, row, builder)
            continue
        area = supplied(grid, row, columns["area"])
        area_text = tidy(area.text) if area else ""
        _add_task(grid, row, columns, area_text, builder, rows)
        if area and area.source[0] != row:
            builder.use(builder.cell(grid, *area.source), "tasks")
        elif area and area.text:
            builder.use(builder.cell(grid, row, area.source[1]), "tasks")
        _assign(heading, row, rows.ids[-1], builder, resolver, new_area=bool(area_text) and area_text != area_before)
        area_before = area_text
    numbers = numbering.settle(rows.printed, rows.places, rows.texts, builder)
    for entry, number in zip(builder.rows["tasks"][first_row:], numbers, strict=True):
        entry["number"] = number


def label_of(text: str) -> str:
    """The first clause of a task, for figures.

    Example:
        >>> label_of("协同招商。深化“资源共用、利益共享”的协同引资机制，共组协同招商专班。")
        '协同招商'
    """
    clause = _LABEL_END.split(text, maxsplit=1)[0]
    return clause if len(clause) <= _LABEL_MAX else f"{clause[: _LABEL_MAX - 1]}…"


def _add_task(
    grid: Grid, row: int, columns: dict[str, ColumnMeaning | None], area: str, builder: Builder, rows: _Rows
) -> None:
    task_column = columns["task"]
    if task_column is None:
        return
    place = builder.cell(grid, row, task_column.column)
    numbered = leading_number(own_words(grid, row, task_column))
    printed = numbered.number
    own_number = own_words(grid, row, columns["number"])
    if own_number:
        printed = chinese_number(squeeze(own_number).rstrip(".．、"))
        builder.use(builder.cell(grid, row, columns["number"].column), "tasks")  # type: ignore[union-attr]
    task = task_id(builder.id, len(builder.rows["tasks"]) + 1)
    text = tidy(numbered.text)
    deadline, leaders = (supplied(grid, row, columns[name]) for name in ("deadline", "leaders"))
    for other in (deadline, leaders):
        if other and other.text:
            builder.use(builder.cell(grid, *other.source), "tasks")
    builder.add(
        "tasks", task=task, document=builder.id, number=None, area=area, text=text, label=label_of(text),
        leaders=tuple(span.text for span in split_list(leaders.text)) if leaders else (),
        deadline=tidy(deadline.text) if deadline else "", address=str(place),
    )  # fmt: skip
    for target in targets.find(text):
        builder.add("targets", task=task, address=str(place), **target.columns())
    rows.ids.append(task)
    rows.printed.append(printed)
    rows.places.append(place)
    rows.texts.append(text)


def _assign(heading: Heading, row: int, task: str, builder: Builder, resolver: Resolver, *, new_area: bool) -> None:
    for column in heading.of(*ROLE_MEANINGS):
        cell = supplied(heading.grid, row, column)
        if cell is None:
            continue
        own = builder.cell(heading.grid, row, column.column)
        inherited = cell.source[0] != row
        if not cell.text:
            if column.meaning == "lead" and heading.grid.blank == "merged":
                builder.report("nothing_to_inherit", column.heading, own)
            continue
        if cell.source[0] <= heading.rows:
            builder.report("nothing_to_inherit", column.heading, own)
            continue
        source = builder.cell(heading.grid, *cell.source)
        if inherited and new_area and heading.grid.blank == "merged":
            builder.report("inherited_across_areas", squeeze(cell.text), own)
        for name in _named(cell.text, column, source, builder, resolver):
            unit, mention = name
            builder.add(
                "assignments", task=task, unit=unit, role=column.meaning, rank=mention.rank,
                as_written=mention.as_written, qualifier=mention.qualifier,
                inherited_from=f"{source}.{mention.rank}" if inherited else "", address=f"{own}.{mention.rank}",
            )  # fmt: skip


def _named(
    text: str, column: ColumnMeaning, source: Address, builder: Builder, resolver: Resolver
) -> Iterator[tuple[str, Mention]]:
    seen: set[str] = set()
    for mention in resolver.mentions(text, source):
        unit = resolver.unit(mention, column.region, source)
        if unit in seen:
            builder.report("unit_twice", mention.as_written, source)
        seen.add(unit)
        yield unit, mention


def _report_row(heading: Heading, row: int, builder: Builder) -> None:
    for cell in heading.grid.cells:
        if cell.row == row and cell.text.strip():
            builder.report("empty_row", cell.text.strip(), builder.cell(heading.grid, cell.row, cell.column))
