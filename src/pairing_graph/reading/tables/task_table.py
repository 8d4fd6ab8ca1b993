"""A task table (任务分解表): rows become tasks, the cells of its role columns assignments, blank cells are read on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pairing_graph.base.text import leading_number, squeeze, tidy
from pairing_graph.kb.address import Address
from pairing_graph.kb.document import Cell
from pairing_graph.lexicon.patterns import is_blank
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.role_statements import RoleList, RoleStatement
from pairing_graph.reading.prose.roles import read_roles
from pairing_graph.reading.prose.rules import states_first_leads, without_rule
from pairing_graph.reading.prose.statements import statements_in
from pairing_graph.reading.tables.cells import (
    body_cell,
    cells_of_row,
    number_in,
    own_words,
    passage_at,
    report_ditto,
    supplied,
    use_heading,
)
from pairing_graph.reading.tables.column_meaning import ColumnMeaning
from pairing_graph.reading.tables.columns import Heading
from pairing_graph.reading.tables.headings import ROLE_MEANINGS, meaning_of
from pairing_graph.reading.tables.rows import row_kind
from pairing_graph.reading.tasks import Entry, Given, TaskWriter, area_name, label_of, stated_count

_REPORTED = {"total": "total_row", "note": "note"}


@dataclass
class _State:
    """What holds for the rows to come.

    A table has its areas in a column or in rows of their own; further columns of names give tasks their labels.
    """

    area_column: ColumnMeaning | None
    label_columns: tuple[ColumnMeaning, ...]
    area: str = ""
    area_row: int = 0
    area_before: str = ""
    repeated: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Name:
    """The name of a task from a column beside the column of its words, with its places."""

    text: str
    places: list[Address]


def read_task_table(heading: Heading, writer: TaskWriter) -> None:
    """Read a task table into the tables of tasks, assignments, targets and results."""
    builder, grid = writer.builder, heading.grid
    use_heading(heading, builder)
    if any(states_first_leads(cell.text) for cell in grid.cells if cell.row <= heading.rows):
        writer.first_leads = True
    kinds = {row: row_kind(heading, row, writer.options) for row in heading.body}
    state = _State(*_areas_and_labels(heading, "area" in kinds.values(), writer), area_row=heading.rows)
    counts: list[tuple[str, Address, int]] = []
    for row, kind in kinds.items():
        cells = cells_of_row(grid, row)
        if kind == "area":
            state = replace(state, area=area_name(cells[0].text), area_row=row, area_before="", repeated=set())
            for cell in cells:
                place = builder.cell(grid, row, cell.column)
                if squeeze(cell.text) == squeeze(cells[0].text):
                    builder.use(place, "tasks")
                else:
                    builder.report("total_row", cell.text.strip(), place)
            stated = stated_count(cells[0].text)
            counts += [(state.area, builder.cell(grid, row, cells[0].column), stated)] if stated is not None else []
        elif kind == "heading":
            state.repeated.add(row)
            use_heading(heading, builder, range(row, row + 1))
        elif kind in _REPORTED:
            for cell in cells:
                rule = states_first_leads(cell.text)
                writer.first_leads |= rule
                reason = "stated_rule" if rule else _REPORTED[kind]
                builder.report(reason, cell.text.strip(), builder.cell(grid, row, cell.column))
        elif kind == "body":
            _read_row(heading, row, state, writer)
    _assign_numbers(writer, counts)


def _areas_and_labels(
    heading: Heading, in_rows: bool, writer: TaskWriter
) -> tuple[ColumnMeaning | None, tuple[ColumnMeaning, ...]]:
    """The column of areas, and those that name tasks beside the column of their words (项目名称 beside 主要内容)."""
    columns = heading.of("area")
    names = tuple(column for column in columns if meaning_of(column.heading, writer.options) == "task")
    areas = tuple(column for column in columns if column not in names)
    if not areas and not in_rows:
        areas, names = names[:1], names[1:]
    return (areas[0] if areas else None), (*areas[1:], *names)


def _assign_numbers(writer: TaskWriter, counts: list[tuple[str, Address, int]]) -> None:
    run = writer.assign_numbers()
    for area, where, stated in counts:
        there = len([entry for entry in run if entry.row["area"] == area])
        if there != stated:
            writer.builder.report("count_differs", f"{area}: {stated} → {there}", where)


def _read_row(heading: Heading, row: int, state: _State, writer: TaskWriter) -> None:
    grid, builder = heading.grid, writer.builder
    task_column = heading.first("task")
    words = own_words(grid, row, task_column)
    if task_column is None or not leading_number(words).text:
        for cell in cells_of_row(grid, row):
            builder.report("empty_row", cell.text.strip(), builder.cell(grid, row, cell.column))
        return
    area = supplied(heading, row, state.area_column, first=state.area_row + 1, skip=state.repeated)
    area_text = area_name(area.text) if area and not is_blank(area.text) else state.area
    printed, shared = _number(heading, row, words, writer)
    passage = passage_at(builder, grid, (row, task_column.column))
    text, roles = _task_words(passage, own_words(grid, row, heading.first("number")), heading, writer)
    names = [name for column in state.label_columns if (name := _name(heading, row, column, state, builder))]
    places = [passage.address, *(place for name in names for place in name.places)]
    entry = writer.add(text, places, printed=printed, area=area_text, shared=shared)
    if names:
        entry.row["label"] = label_of(tidy(names[-1].text))
    report_ditto(builder, grid, area)
    if area and area.text:
        builder.use(builder.cell(grid, *area.source), "tasks")
    _rest_of_row(heading, row, state, entry, writer)
    _assign(heading, row, state, entry, roles, area_text, writer)
    state.area_before = area_text


def _name(heading: Heading, row: int, column: ColumnMeaning, state: _State, builder: Builder) -> _Name | None:
    """The name that a column gives a row's task: 同上 is the one above, and cites both cells."""
    grid = heading.grid
    found = supplied(heading, row, column, read_on=False, skip=state.repeated)
    report_ditto(builder, grid, found)
    if not found or is_blank(found.text):
        return None
    own = [(row, column.column)] if found.own else []
    return _Name(found.text, [builder.cell(grid, *place) for place in dict.fromkeys([*own, found.source])])


def _task_words(passage: Passage, number: str, heading: Heading, writer: TaskWriter) -> tuple[str, list[RoleStatement]]:
    """The text of a task cell, and the role statements in its brackets if the table has no role columns."""
    if heading.of(*ROLE_MEANINGS):
        return _without_number(passage.text, number), []
    rest, found = statements_in(passage, writer.options)
    return _without_number(rest if found else passage.text, number), found


def _without_number(text: str, number: str) -> str:
    """The text of a task without its number; beside a number cell, only a number equal to it is removed."""
    numbered = leading_number(text)
    if number and numbered.number != number_in(number):
        return text.strip()
    return numbered.text


def _number(heading: Heading, row: int, words: str, writer: TaskWriter) -> tuple[int | None, bool]:
    """The printed number of a row, and whether it is a merged cell's that the row above has too."""
    grid, builder = heading.grid, writer.builder
    column = heading.first("number")
    in_text = leading_number(words)
    own = own_words(grid, row, column)
    if column and own:
        place = builder.cell(grid, row, column.column)
        builder.use(place, "tasks")
        number = number_in(own)
        if number is None and not is_blank(own):
            builder.report("number_unclear", own, place)
        return number, False
    covering = body_cell(heading, row, column) if column else None
    if in_text.number is not None and in_text.style != "circled" and not _covers_from_above(covering, row):
        return in_text.number, False
    if _covers_from_above(covering, row):
        return None, True
    blank_roles = not any(own_words(grid, row, c) or _covered(heading, row, c) for c in heading.of(*ROLE_MEANINGS))
    return None, bool(column) and grid.blank != "empty" and blank_roles and row > heading.rows + 1


def _covers_from_above(cell: Cell | None, row: int) -> bool:
    """Whether the number cell is merged with a row above."""
    return cell is not None and cell.row < row


def _covered(heading: Heading, row: int, column: ColumnMeaning) -> bool:
    cell = body_cell(heading, row, column)
    return bool(cell and cell.row < row and cell.text.strip())


def _rest_of_row(heading: Heading, row: int, state: _State, entry: Entry, writer: TaskWriter) -> None:
    grid, builder = heading.grid, writer.builder
    alone = not any(own_words(grid, row, column) for column in heading.of(*ROLE_MEANINGS))
    read_on = grid.blank == "merged" or (grid.blank == "unknown" and alone)
    for column in heading.of("deadline", "leaders"):
        found = supplied(heading, row, column, first=state.area_row + 1, read_on=read_on, skip=state.repeated)
        report_ditto(builder, grid, found)
        if found and found.text:
            write = writer.add_deadline if column.meaning == "deadline" else writer.add_leaders
            write(entry, passage_at(builder, grid, found.source))
    for column in heading.of("progress", "goal", "remark", "other"):
        cell = body_cell(heading, row, column)
        if not cell or not cell.text.strip():
            continue
        passage = passage_at(builder, grid, (cell.row, cell.column))
        if column.meaning == "progress":
            writer.add_results(entry, passage, column.heading)
        elif column.meaning == "goal" and cell.row == row:
            writer.add_targets(entry, passage.text, [passage.address])
            builder.report("note", passage.text.strip(), passage.address)
        elif cell.row == row:
            builder.report("note", passage.text.strip(), passage.address)


def _assign(
    heading: Heading, row: int, state: _State, entry: Entry, roles: list[RoleStatement], area: str, writer: TaskWriter
) -> None:
    group: list[Given] = []
    for column in heading.of(*ROLE_MEANINGS):
        group += _given(heading, row, column, state, entry, area, writer)
    group += [given for column in heading.of("marked") if (given := _marked(heading, row, column, writer))]
    for one in roles:
        writer.first_leads |= one.rule
        group += [Given(found) for found in one.lists]
        for deadline in one.deadlines:
            writer.add_deadline(entry, deadline)
        for leader in one.leaders:
            writer.add_leaders(entry, leader)
    writer.assign(entry, group)


def _given(
    heading: Heading, row: int, column: ColumnMeaning, state: _State, entry: Entry, area: str, writer: TaskWriter
) -> list[Given]:
    """The lists of one cell, which may contain roles and a deadline of its own."""
    grid, builder = heading.grid, writer.builder
    first = max(state.area_row, heading.rows) + 1
    read_on = _reads_on(heading, row, column)
    cell = supplied(heading, row, column, first=first, read_on=read_on, skip=state.repeated)
    if cell is None:
        return []
    own = builder.cell(grid, row, column.column)
    report_ditto(builder, grid, cell)
    if not cell.text:
        if column.meaning == "lead" and read_on and grid.blank == "merged":
            builder.report("nothing_to_inherit", column.heading, own)
        return []
    inherited = cell.source[0] != row
    blank_above = inherited and not _covered(heading, row, column) and not (cell.own and cell.own.text.strip())
    if blank_above and area and area != state.area_before:
        builder.report("inherited_across_areas", squeeze(cell.text), own)
    passage, _ = without_rule(passage_at(builder, grid, cell.source))
    if states_first_leads(cell.text):
        writer.first_leads = True
    builder.use(passage.address, "assignments")
    roles = read_roles(passage, writer.options, default=column.meaning)
    for deadline in roles.deadlines:
        writer.add_deadline(entry, deadline)
    for leader in roles.leaders:
        writer.add_leaders(entry, leader)
    return [Given(replace(one, region=one.region or column.region), own if inherited else None) for one in roles.lists]


def _marked(heading: Heading, row: int, column: ColumnMeaning, writer: TaskWriter) -> Given | None:
    """The unit of a heading whose column has a mark (√) in the row."""
    grid, builder = heading.grid, writer.builder
    cell = body_cell(heading, row, column)
    head = grid.at(heading.rows, column.column)
    if not cell or not head or is_blank(cell.text):
        return None
    own = builder.cell(grid, cell.row, cell.column)
    builder.use(own, "assignments")
    role = writer.resolver.lists.marks.get(squeeze(cell.text), column.role)
    return Given(RoleList(role, passage_at(builder, grid, (head.row, head.column))), own)


def _reads_on(heading: Heading, row: int, column: ColumnMeaning) -> bool:
    """Whether a blank cell takes the words above it.

    It does where all role cells of the row are blank. Where others have words, a blank leading cell is a merged one,
    and so is a blank one of another region; a blank cell beside a filled leading one means nobody.
    """
    grid = heading.grid
    if grid.blank == "empty":
        return False
    filled = [c for c in heading.of(*ROLE_MEANINGS) if c != column and own_words(grid, row, c)]
    if not filled:
        return True
    if any(c.meaning == column.meaning for c in filled):
        return grid.blank == "merged" and bool(column.region)
    return column.meaning == "lead"
