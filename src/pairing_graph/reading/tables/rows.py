"""What sort of row a row of a table is: a task, an area over the whole width, a repeated heading, a total, a note."""

from __future__ import annotations

import re
from typing import Literal

from pairing_graph.base.remembered import remembered
from pairing_graph.base.text import leading_number, squeeze
from pairing_graph.kb.document import Cell, Grid
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.kinds import kind_of
from pairing_graph.reading.names import is_unit_like
from pairing_graph.reading.options import Options
from pairing_graph.reading.prose.cover_lines import cover_cell
from pairing_graph.reading.prose.deadlines import is_deadline
from pairing_graph.reading.tables.cells import cells_of_row
from pairing_graph.reading.tables.columns import Heading
from pairing_graph.reading.tables.evidence import TOTAL
from pairing_graph.reading.tables.headings import heading_words, looks_like_heading
from pairing_graph.reading.tasks import stated_count

RowKind = Literal["body", "area", "heading", "total", "note", "blank"]
_NOTE = re.compile(
    rf"^{one_of('table_words', 'note', 'note_on_form')}\s*[:：1-9（(]|^{one_of('table_words', 'filled_in')}(?:单位|人|时间)?[:：]|^[*※]"
)
_NOTE_WORD = re.compile(rf"{one_of('table_words', 'note')}[:：]?")
_SUM = re.compile(r"[\d.,%％—/-]*")
_SENTENCE_END = ("。", "；", "！", "、", "，", ";")
_LONGEST_AREA = 40
"""Characters of the name of an area; longer rows over the whole width are notes."""


def row_kind(heading: Heading, row: int, options: Options) -> RowKind:
    """What sort of row a row below the heading is."""
    grid = heading.grid
    cells = cells_of_row(grid, row)
    if not cells:
        return "blank"
    if TOTAL.match(squeeze(cells[0].text)):
        return "total"
    if _NOTE.match(cells[0].text.strip()) and len({squeeze(cell.text) for cell in cells}) == 1:
        return "note"
    if len(cells) == 1 and cover_cell(cells[0].text):
        return "note"
    number = heading.first("number")
    if number and cells[0].column == number.column and _NOTE_WORD.fullmatch(squeeze(cells[0].text)):
        return "note"
    if _repeats_heading(heading, cells, options):
        return "heading"
    return "area" if _is_area(heading, row, cells) else "body"


def looks_like_area(text: str) -> bool:
    """Whether words read as the name of an area: short, no sentence, no unit.

    Example:
        >>> looks_like_area("一、产业协同（共3项）"), looks_like_area("完善仓储设施。"), looks_like_area("县商务局")
        (True, False, False)
    """
    words = squeeze(text)
    if not 1 < len(words) <= _LONGEST_AREA or words.endswith(_SENTENCE_END):
        return False
    return not (is_unit_like(words) or is_deadline(words))


@remembered
def names_area(text: str) -> bool:
    """Whether a line names an area by its number or by the count of its tasks.

    Example:
        >>> names_area("一、产业协同"), names_area("民生类（共3项）"), names_area("产业协同")
        (True, True, False)
    """
    marked = leading_number(text).style in ("chinese", "section") or stated_count(text) is not None
    return marked and looks_like_area(text)


def _repeats_heading(heading: Heading, cells: list[Cell], options: Options) -> bool:
    if heading.rows and len(cells) > 1 and all(heading_words(cell.text) in heading.words for cell in cells):
        return True
    return len(cells) >= 3 and all(looks_like_heading(cell.text, options) for cell in cells)


def _is_area(heading: Heading, row: int, cells: list[Cell]) -> bool:
    """A row of one cell over the whole width, or with words in one cell only that are no number and no task."""
    grid = heading.grid
    cell = cells[0]
    sums = all(_SUM.fullmatch(squeeze(other.text)) for other in cells[1:])
    if len(cells) > 1 and sums and cell.colspan > 1 and names_area(cell.text) and _reaches_task(heading, cell):
        return True
    distinct = {squeeze(cell.text) for cell in cells}
    width = grid.shape[1]
    whole = cell.colspan >= max(2, width - 1) or len(cells) == width > 1
    place = whole and kind_of(squeeze(cell.text)) == "region"  # 大方县, and 工业强县, which is none
    if len(distinct) > 1 or not (place or looks_like_area(cell.text)):
        return False
    if whole:
        return True
    task, number = heading.first("task"), heading.first("number")
    covered = {c.column for c in heading.columns if c.column != cell.column and _covered(grid, row, c.column)}
    if covered:
        return False
    if task and cell.column == task.column:
        return leading_number(cell.text).style == "chinese" and heading.kind == "tasks"
    return bool(number and cell.column == number.column) or not (number or heading.first("area"))


def _reaches_task(heading: Heading, cell: Cell) -> bool:
    task = heading.first("task")
    return task is not None and cell.column <= task.column < cell.column + cell.colspan


def _covered(grid: Grid, row: int, column: int) -> bool:
    cell = grid.at(row, column)
    return bool(cell and cell.row < row and cell.text.strip())
