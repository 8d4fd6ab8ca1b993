"""The heading of a table: which of its rows it takes, decided together with what each column holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pairing_graph.base.text import squeeze
from pairing_graph.kb.document import Cell, Grid
from pairing_graph.reading.options import Options
from pairing_graph.reading.tables.column_meaning import ColumnMeaning
from pairing_graph.reading.tables.evidence import sort_of
from pairing_graph.reading.tables.headings import heading_words, looks_like_heading
from pairing_graph.reading.tables.meanings import TableKind, decide_columns, table_kind

_SKIPPED_ROW = 1.5
"""What it costs to take a row of several cells for a line above the heading."""
_BODY_IN_HEADING = 2.5
"""What a sentence, list of names, date or number among the heading's words costs."""
_HEADING_IN_BODY = 3.0
"""What it costs to take a row of nothing but known heading words for the first of the body."""
_LONGEST_PERIOD = 4
"""Characters of a month or quarter that heads a column; a deadline says 前 or 底 as well."""
_TITLE_ROWS = 5
"""Rows at the top of a sheet that may be its title, its measure, who filled it in, or blank."""
_HEADING_ROWS = 3
"""Rows of a heading: a group, a region and a role are three."""
_LABELLED = re.compile(r"^[^：:]{2,10}[：:]")


@dataclass(frozen=True)
class Heading:
    """What a table is about and what its columns hold.

    Attributes:
        grid: The table.
        kind: `tasks`, `pairings`, or `unknown`.
        columns: Its columns from the left.
        rows: How many of its rows are heading, those above it included.
        above: How many rows lie above the heading: title, measure, who filled it in.
    """

    grid: Grid
    kind: TableKind
    columns: tuple[ColumnMeaning, ...]
    rows: int
    above: int = 0

    def of(self, *meanings: str) -> tuple[ColumnMeaning, ...]:
        """The columns that hold one of these."""
        return tuple(column for column in self.columns if column.meaning in meanings)

    def first(self, meaning: str) -> ColumnMeaning | None:
        """The first column that holds this, if any."""
        return next((column for column in self.columns if column.meaning == meaning), None)

    @cached_property
    def telling(self) -> Mapping[int, Sequence[int]]:
        """For each column the rows below the heading, in order, whose cell has words of its own or is not known."""
        rows: dict[int, set[int]] = {}
        for cell in self.grid.cells:
            if cell.row > self.rows and (not cell.known or (cell.text.strip() and cell.colspan == 1)):
                for column in range(cell.column, cell.column + cell.colspan):
                    rows.setdefault(column, set()).update(range(cell.row, cell.row + cell.rowspan))
        return {column: sorted(found) for column, found in rows.items()}

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its cells."""
        cells = (cell for row in range(1, self.rows + 1) for cell in self.grid.row(row))
        return frozenset(heading_words(cell.text) for cell in cells)

    @property
    def body(self) -> range:
        """The numbers of the rows below the heading."""
        return range(self.rows + 1, self.grid.shape[0] + 1)


def read_headings(grid: Grid, regions: Sequence[str], options: Options) -> tuple[Heading, ...]:
    """The heading of a table; where its words come twice (序号|单位|村|序号|单位|村), one for each table side by side.

    Args:
        grid: The table.
        regions: The regions that the cover names.
        options: Further heading words.
    """
    heading = read_heading(grid, regions, options)
    words = [column.heading for column in heading.columns]
    for width in range(2, len(words) // 2 + 1):
        starts = range(0, len(words), width)
        if len(words) % width == 0 and all(words[:width] == words[start : start + width] for start in starts):
            parts = (_part(grid, start + 1, width) for start in starts)
            return tuple(replace(read_heading(part, regions, options), grid=part) for part in parts)
    return (heading,)


def _part(grid: Grid, first: int, width: int) -> Grid:
    """Some columns of a table, with the title rows above them, at their places."""
    above = title_rows(grid)
    kept = tuple(c for c in grid.cells if first <= c.column < first + width or (c.row <= above and first == 1))
    return replace(grid, cells=kept)


def read_heading(grid: Grid, regions: Sequence[str], options: Options) -> Heading:
    """Decide which rows of a table are heading and what its columns hold; the best joint answer counts.

    Args:
        grid: The table.
        regions: The regions that the cover names; a column headed by one of them lists its units.
        options: Further heading words.
    """
    best, best_score = Heading(grid, "unknown", (), 0), 0.0
    for above, rows in _candidates(grid, options):
        found = Heading(grid, "unknown", (), rows, above)
        columns = decide_columns(grid, above + 1, rows, regions, options)
        found = replace(found, kind=table_kind(columns), columns=columns)
        score = sum(column.score for column in columns) + _score_of_rows(grid, above, rows, options)
        known = [column for column in columns if column.meaning != "unknown"]
        if found.kind != "unknown" and len(known) > 1 and score > best_score:
            best, best_score = found, score
    return best


def _candidates(grid: Grid, options: Options) -> Iterator[tuple[int, int]]:
    """Ways to divide the top of a table: rows above the heading, and the last row of the heading."""
    titles = title_rows(grid)
    for above in range(titles, min(titles + _TITLE_ROWS, grid.shape[0] - 1) + 1):
        for rows in range(above + 1, min(above + _HEADING_ROWS, grid.shape[0]) + 1):
            if rows > above + 1 and not _may_go_on(grid, rows, options):
                break
            yield above, rows
        if not _is_above(grid, above + 1):
            return


def _may_go_on(grid: Grid, row: int, options: Options) -> bool:
    """Whether a row may be a further one of the heading: a cell above it spans, or its words name columns."""
    cells = [cell for cell in grid.row(row) if cell.text.strip()]
    if _is_over_all(cells, grid):
        return False
    known = [cell for cell in cells if looks_like_heading(cell.text, options)]
    named = [cell for cell in cells if cell in known or sort_of(cell.text) == "names" or _is_month(cell.text)]
    return bool(cells) and (
        len(known) == len(cells) or (_groups(grid, row - 1, row - 1) and len(named) * 2 >= len(cells))
    )


def _is_over_all(cells: Sequence[Cell], grid: Grid) -> bool:
    """Whether a row is one cell over the whole width: below a heading it heads rows (大方县), no columns."""
    return len(cells) == 1 and cells[0].colspan >= grid.shape[1] > 1


def _is_month(text: str) -> bool:
    """Whether words head a column of a period: 1月, 上半年."""
    return sort_of(text) == "date" and len(squeeze(text)) <= _LONGEST_PERIOD


def _is_above(grid: Grid, row: int) -> bool:
    """Whether a row may lie above the heading: labels with values (填报单位：…), or one cell over most of the width."""
    cells = [cell for cell in grid.row(row) if cell.text.strip()]
    labelled = [cell for cell in cells if _LABELLED.match(squeeze(cell.text))]
    return len(cells) < 2 or len(labelled) * 2 >= len(cells)


def _score_of_rows(grid: Grid, above: int, rows: int, options: Options) -> float:
    """What speaks for a division: no body among the heading, no heading among the body."""
    score = 0.0
    titles = title_rows(grid)
    for row in range(titles + 1, above + 1):
        cells = [cell for cell in grid.row(row) if cell.text.strip()]
        score -= 0.0 if any(_LABELLED.match(squeeze(cell.text)) for cell in cells) else _SKIPPED_ROW
    for row in range(above + 1, rows + 1):
        cells = [cell for cell in grid.row(row) if cell.text.strip()]
        body = [cell for cell in cells if _is_body(cell.text, options)]
        score -= _BODY_IN_HEADING * len(body)
    following = [cell for cell in grid.row(rows + 1) if cell.text.strip()]
    further = following and not _is_over_all(following, grid)
    if further and all(looks_like_heading(cell.text, options) for cell in following):
        score -= _HEADING_IN_BODY
    if rows > above + 1 and not _groups(grid, above + 1, rows - 1):
        score -= 1.0
    return score


def _is_body(text: str, options: Options) -> bool:
    """Whether words are what a cell of the body has: a sentence, a number, a date, names that head no column."""
    if looks_like_heading(text, options) or _is_month(text):
        return False
    sort = sort_of(text)
    return sort in ("sentence", "number", "date", "telephone", "mark", "persons") or (sort == "names" and "、" in text)


def _groups(grid: Grid, first: int, row: int) -> bool:
    """Whether one of some heading rows has a cell over several columns, which the row below divides, or over rows."""
    return any(
        first <= cell.row <= row and (1 < cell.colspan < grid.shape[1] or cell.rowspan > 1) and cell.text.strip()
        for cell in grid.cells
    )


def title_rows(grid: Grid) -> int:
    """The number of rows above the heading that have one cell with words: the title of a sheet, its measure, blank ones.

    Example:
        >>> from pairing_graph.kb.document import Cell
        >>> title_rows(Grid(1, (Cell(1, 1, "任务表", colspan=2), Cell(2, 1, "序号"), Cell(2, 2, "任务"))))
        1
    """
    filled = Counter(cell.row for cell in grid.cells if cell.row <= _TITLE_ROWS and cell.text.strip())
    return next((row - 1 for row in sorted(filled) if filled[row] > 1), 0)
