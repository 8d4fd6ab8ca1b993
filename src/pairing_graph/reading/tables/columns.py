"""Headings: what a column of a table holds, by the reviewed table of heading words, one region's column included."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from pairing_graph.base.text import fold_width, squeeze, undouble
from pairing_graph.kb.document import Grid
from pairing_graph.lexicon.patterns import composed_headings, heading_rows, meaning_of_composed, one_of, one_of_roles
from pairing_graph.reading.options import Options

Meaning = Literal[
    "number", "area", "task", "goal", "lead", "responsible", "support", "leaders", "deadline", "remark", "progress",
    "donor", "recipient", "unit", "other", "unknown",
]  # fmt: skip
TableKind = Literal["tasks", "pairings", "unknown"]
ROLE_MEANINGS = ("lead", "responsible", "support")
_BESIDE_A_TASK = (*ROLE_MEANINGS, "progress", "leaders", "deadline", "number")
SIDE_MEANINGS = ("donor", "recipient", "unit")
_REGION = re.compile(
    rf"(?!{one_of('names', 'no_region_in_heading')})[\u4e00-\u9fff]{{1,8}}?(?:自治县|自治州|新区|[省市区县州旗盟])"
)
_RULE_IN_HEADING = re.compile(
    rf"[（(][^（）()]*(?:{one_of('role_words', 'rule_in_heading')}|{one_of_roles('lead')}(?:单位|部门))[^（）()]*[)）]"
)
_TITLE = re.compile(rf"^.{{5,}}{one_of('titles', 'above_a_table')}$|^.{{0,4}}[。；：:，]|[。；：:，]$")
_BRACKET = re.compile(r"[（(][^（）()]*[)）]$")
_LONGEST_HEADING = 20
"""Characters of a heading cell; longer ones are sentences."""
_SHORT_HEADING = 6
"""Characters of a heading that a word marked `short` in `headers.csv` may end."""
_TITLE_ROWS = 4
"""Rows at the top of a sheet that may be its title, its measure or blank."""
_HEADING_ROWS = 3
"""Rows of a heading: a group, a region and a role are three."""


@dataclass(frozen=True)
class ColumnMeaning:
    """What a column holds.

    Attributes:
        column: Its place in the table, from 1.
        meaning: number, area, task, a role, a side of a pairing, or unknown.
        region: The region whose units it lists, empty where the heading names none.
        heading: The words of the heading.
    """

    column: int
    meaning: Meaning
    region: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Heading:
    """What a table is about and what its columns hold.

    Attributes:
        grid: The table.
        kind: `tasks`, `pairings`, or `unknown`.
        columns: Its columns from the left.
        rows: How many of its rows are heading.
    """

    grid: Grid
    kind: TableKind
    columns: tuple[ColumnMeaning, ...]
    rows: int

    def of(self, *meanings: str) -> tuple[ColumnMeaning, ...]:
        """The columns that hold one of these."""
        return tuple(column for column in self.columns if column.meaning in meanings)

    def first(self, meaning: str) -> ColumnMeaning | None:
        """The first column that holds this, if any."""
        return next(iter(self.of(meaning)), None)

    @property
    def body(self) -> range:
        """The numbers of the rows below the heading."""
        return range(self.rows + 1, self.grid.shape[0] + 1)


def read_heading(grid: Grid, regions: Sequence[str], options: Options) -> Heading:
    """Read what a table is about and what its columns hold from its heading rows.

    Args:
        grid: The table.
        regions: The regions that the cover names; a column headed by one of them lists its units.
        options: Further heading words.
    """
    best = Heading(grid, "unknown", (), 0)
    above = title_rows(grid)
    for rows in range(above + 1, min(above + _HEADING_ROWS, grid.shape[0]) + 1):
        texts = _heading_parts(grid, above + 1, rows)
        columns = _only_one_task_column(
            tuple(_column(number, text, regions, options) for number, text in enumerate(texts, 1))
        )
        found = Heading(grid, _kind(columns), columns, rows)
        known = len([column for column in columns if column.meaning != "unknown"])
        before = len([column for column in best.columns if column.meaning != "unknown"])
        if found.kind != "unknown" and (known > before or (known == before and _groups(grid, rows - 1))):
            best = replace(found, columns=_with_numbers(found))
        if rows < grid.shape[0] and not all(looks_like_heading(t, options) for t in grid.row_texts(rows + 1) if t):
            break
    return best


def _with_numbers(heading: Heading) -> tuple[ColumnMeaning, ...]:
    """The columns of a heading; one without words whose cells count 1, 2, 3 holds the numbers."""
    if heading.first("number") or heading.kind != "tasks":
        return heading.columns
    for column in heading.columns:
        cells = [cell for row in heading.body if (cell := heading.grid.at(row, column.column)) and cell.row == row]
        numbers = [cell.text.strip() for cell in cells if cell.text.strip() and cell.colspan == 1]
        if not column.heading and len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]:
            return tuple(replace(c, meaning="number") if c == column else c for c in heading.columns)
    return heading.columns


def title_rows(grid: Grid) -> int:
    """The number of rows above the heading: the title of a sheet, a line with its measure, blank ones.

    Example:
        >>> from pairing_graph.kb.document import Cell
        >>> title_rows(Grid(1, (Cell(1, 1, "任务表", colspan=2), Cell(2, 1, "序号"), Cell(2, 2, "任务"))))
        1
    """
    filled = Counter(cell.row for cell in grid.cells if cell.row <= _TITLE_ROWS and cell.text.strip())
    return next((row - 1 for row in sorted(filled) if filled[row] > 1), 0)


def _groups(grid: Grid, row: int) -> bool:
    """Whether a heading row has a cell over several columns, which the row below it divides."""
    return any(cell.row == row and 1 < cell.colspan < grid.shape[1] and cell.text.strip() for cell in grid.cells)


def looks_like_heading(text: str, options: Options) -> bool:
    """Whether a cell's words name a column.

    Example:
        >>> looks_like_heading("巫溪县牵头\\n责任单位", Options()), looks_like_heading("产业协同方面", Options())
        (True, False)
    """
    words = heading_words(text)
    region, rest = split_region(words, ())
    if not words or len(words) > _LONGEST_HEADING or _TITLE.search(words):
        return False
    return (bool(region) and not rest) or meaning_of(rest, options) != "unknown"


def heading_words(text: str) -> str:
    """The words of a heading cell without breaks and without a rule in a bracket, printed once.

    Example:
        >>> heading_words("序号\\n序号"), heading_words("责任单位（列首位的为牵头单位，下同）")
        ('序号', '责任单位')
    """
    return undouble(_RULE_IN_HEADING.sub("", squeeze(fold_width(text))))


def split_region(words: str, regions: Sequence[str]) -> tuple[str, str]:
    """A region named at the head of a heading, and the rest of it.

    Example:
        >>> split_region("巫溪县牵头责任单位", ["巫溪县"])
        ('巫溪县', '牵头责任单位')
    """
    for region in sorted(regions, key=len, reverse=True):
        if words.startswith(region):
            return region, words[len(region) :].lstrip("的：:")
        stem = region[:-1]
        if len(stem) >= 2 and words.startswith(stem):
            return region, words[len(stem) :].lstrip("的：:")
    match = _REGION.match(words)
    if match and not regions and len(match[0]) >= 3:
        return match[0], words[match.end() :].lstrip("的：:")
    whole = _REGION.fullmatch(words)
    return (words, "") if whole and len(words) >= 3 else ("", words)


def _heading_parts(grid: Grid, first: int, rows: int) -> list[list[str]]:
    """The words above each column, from the first row of the heading down; a cell over several rows once."""
    columns = range(1, grid.shape[1] + 1)
    stacked = [[cell for row in range(first, rows + 1) if (cell := grid.at(row, column))] for column in columns]
    return [list(dict.fromkeys(heading_words(cell.text) for cell in dict.fromkeys(cells))) for cells in stacked]


def _column(number: int, parts: Sequence[str], regions: Sequence[str], options: Options) -> ColumnMeaning:
    """What a column holds: the lowest words that mean something, and the region that any of them names."""
    words = "".join(parts)
    if len(parts) <= 1:
        region, rest = split_region(words, regions)
        if region and not rest:
            return ColumnMeaning(number, "unit", region, words)
        meaning = meaning_of(rest, options)
        if meaning == "unknown" and region:
            region, meaning = "", meaning_of(words, options)
        return ColumnMeaning(number, meaning, region, words)
    split = [split_region(part, regions) for part in parts]
    region = next((found for found, _ in split if found), "")
    meanings = [meaning_of(rest, options) for _, rest in split if rest]
    known = [meaning for meaning in meanings if meaning != "unknown"]
    meaning = known[-1] if known else ("unit" if region else meaning_of(words, options))
    return ColumnMeaning(number, meaning, region, words)


def meaning_of(words: str, options: Options) -> Meaning:
    """The meaning of the longest heading word that fits, an exact fit before an ending before a part.

    An `ending` word ends the heading, a `short` one ends a heading of at most six signs, a `contained` one is part of it.

    Example:
        >>> meaning_of("牵头责任单位", Options()), meaning_of("产业协同方面", Options())
        ('lead', 'unknown')
    """
    return _meaning(words, options.heading_words)


def is_listed(text: str, options: Options) -> bool:
    """Whether the words of a heading cell are a heading word from first to last.

    Example:
        >>> is_listed("完成\\n时限", Options()), is_listed("县牵头单位", Options())
        (True, False)
    """
    words = heading_words(text)
    rows = (*options.heading_words, *heading_rows())
    return any(words == word for word, _, _ in rows) or bool(re.fullmatch(composed_headings(), words))


def meanings_of_cells(texts: Sequence[str], options: Options) -> list[Meaning]:
    """The meanings of heading cells whose table is not known yet; one that is nothing but a region lists its units.

    Example:
        >>> meanings_of_cells(["项目名称", "主要内容", "巫溪县牵头\\n责任单位", "渝中区"], Options())
        ['area', 'task', 'lead', 'unit']
    """
    columns = tuple(ColumnMeaning(place, _meaning_of_cell(text, options)) for place, text in enumerate(texts, 1))
    return [column.meaning for column in _only_one_task_column(columns)]


def _meaning_of_cell(text: str, options: Options) -> Meaning:
    words = heading_words(text)
    region, rest = split_region(words, ())
    if region and not rest:
        return "unit"
    found = meaning_of(rest, options)
    return found if found != "unknown" else meaning_of(words, options)


@lru_cache(maxsize=20_000)
def _meaning(words: str, further: tuple[tuple[str, str, str], ...]) -> Meaning:
    if len(words) > _LONGEST_HEADING:
        return "unknown"
    rows = (*further, *heading_rows())
    fits = [
        (rank, len(word), -place, meaning)
        for place, (word, meaning, match) in enumerate(rows)
        if (rank := _fit(words, word, match))
    ]
    composed = _composed().search(words)
    if composed:
        meaning = meaning_of_composed(composed[1], composed[2])
        rank = _fit(words, composed[0], "ending")
        fits.append((rank, len(composed[0]), -len(rows), meaning))
    if not fits and _BRACKET.search(words):
        return _meaning(_BRACKET.sub("", words), further)
    return max(fits)[3] if fits else "unknown"  # type: ignore[return-value]


@cache
def _composed() -> re.Pattern[str]:
    return re.compile(rf"{composed_headings()}$")


def _fit(words: str, word: str, match: str) -> int:
    if words == word:
        return 3
    if match in ("ending", "contained") and words.endswith(word):
        return 2
    if match == "short":
        return 1 if words.endswith(word) and len(words) <= _SHORT_HEADING else 0
    return 1 if match == "contained" and word in words else 0


def _only_one_task_column(columns: tuple[ColumnMeaning, ...]) -> tuple[ColumnMeaning, ...]:
    """A table without a task column has its task in the last area column; of several task columns the last is it.

    A table with two sides of pairs has no tasks; a leading unit beside nothing but recipients is the donor.
    """
    tasks = [column for column in columns if column.meaning == "task"]
    areas = [column for column in columns if column.meaning == "area"]
    sides = [column for column in columns if column.meaning in SIDE_MEANINGS]
    roles = [column for column in columns if column.meaning in ROLE_MEANINGS]
    helped = [side.meaning for side in sides if side.meaning != "donor"]
    if not tasks and roles and len(helped) == len(sides) and (set(helped) == {"recipient"} or helped == ["unit"]):
        sided = tuple(replace(column, meaning="donor") if column in roles else column for column in columns)
        return tuple(replace(column, meaning="recipient") if column in sides else column for column in sided)
    if not tasks and areas and len(sides) < 2:
        return tuple(replace(c, meaning="task") if c == areas[-1] else c for c in columns)
    earlier = tasks[:-1]
    return tuple(replace(c, meaning="area") if c in earlier else c for c in columns)


def _kind(columns: Sequence[ColumnMeaning]) -> TableKind:
    meanings = [column.meaning for column in columns]
    if "task" in meanings and any(meaning in _BESIDE_A_TASK for meaning in meanings):
        return "tasks"
    sides = [column for column in columns if column.meaning in SIDE_MEANINGS]
    return "pairings" if len(sides) >= 2 and "task" not in meanings else "unknown"
