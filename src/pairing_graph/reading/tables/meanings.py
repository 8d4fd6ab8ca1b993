"""What the columns of a table hold: the words of a heading are a prior, the cells the evidence, the others the context.

A word that nobody knows stops nothing, and a known word is overruled where the cells speak against it; both are guesses
with a runner-up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from pairing_graph.kb.document import Cell, Grid
from pairing_graph.lexicon.patterns import composed_headings
from pairing_graph.reading.kinds import is_collective
from pairing_graph.reading.options import Options
from pairing_graph.reading.tables.column_meaning import ColumnMeaning, forget
from pairing_graph.reading.tables.evidence import MOSTLY, Evidence, Sort, column_evidence, sort_of, telling_rows
from pairing_graph.reading.tables.headings import (
    ROLE_MEANINGS,
    SIDE_MEANINGS,
    Meaning,
    heading_words,
    meaning_of,
    split_region,
)
from pairing_graph.reading.tables.role_columns import give_roles
from pairing_graph.reading.tables.side_columns import bodies_without_a_word, departments_help, doubt_donors
from pairing_graph.reading.tables.task_columns import areas_before, choose_task

TableKind = Literal["tasks", "pairings", "unknown"]
_WHO = (*ROLE_MEANINGS, "leaders", "marked")
_BESIDE_A_TASK = ("progress", "deadline", "number")
_NAMES = (*ROLE_MEANINGS, *SIDE_MEANINGS)
_BY_CELLS: tuple[Meaning, ...] = ("number", "area", "task", "goal", "leaders", "deadline", "other", "unit")
"""Meanings that cells alone may give; `unit` is any column of names until the others tell its role or side."""
_WORD = 4.0
"""What a known heading word counts. The cells take away up to 3 and give another meaning up to 2.5: a word is
overruled where three of four cells speak against it."""
_NO = -3.0
_FITS: Mapping[str, Mapping[str, float]] = {
    "number": {"number": 2.5, "phrase": _NO, "quantity": _NO, "sentence": _NO, "names": _NO, "date": _NO, "persons": _NO, "telephone": _NO, "mark": _NO},
    "area": {"phrase": 0.8, "sentence": -1.5, "names": -1.5, "number": _NO, "date": _NO, "persons": _NO, "telephone": _NO, "mark": _NO, "quantity": -2.0},
    "task": {"sentence": 2.5, "phrase": 1.0, "quantity": -1.0, "names": _NO, "number": _NO, "date": _NO, "persons": _NO, "telephone": _NO, "mark": _NO},
    "goal": {"quantity": 2.0, "sentence": 0.7, "phrase": 0.2, "number": -0.5, "names": _NO, "date": -2.0, "persons": _NO, "telephone": _NO, "mark": -2.0},
    "names": {"names": 2.5, "phrase": -0.3, "persons": -2.0, "sentence": _NO, "number": _NO, "date": _NO, "telephone": _NO, "quantity": _NO, "mark": -1.0},
    "leaders": {"persons": 2.5, "phrase": -0.3, "names": -2.0, "sentence": _NO, "number": _NO, "date": _NO, "telephone": -1.0, "quantity": _NO, "mark": -1.0},
    "deadline": {"date": 2.5, "phrase": -0.2, "number": -1.0, "quantity": -0.5, "sentence": -1.5, "names": _NO, "persons": _NO, "telephone": _NO, "mark": -1.0},
    "other": {"telephone": 2.0},
}  # fmt: skip
"""What a cell of a sort gives a meaning, by the share of the column's cells that are of it; 0 where not listed."""
_HALF = 0.5
"""The share of persons with a body from which a column of both units and persons is one of units."""
_MARKED = 2.5
"""What marks under the name of a unit count: as much as a list of names under a word for a role."""
_LEAST = 0.6
"""What the cells must give a column without a known word: a quarter of names, or phrases most of which fit."""
_REPEATED = 1.2
"""What words that repeat or cover several rows give an area."""
_THIN = 1.0
"""A guess whose runner-up is no further behind is named together with it."""
_FEW = 2
"""Filled cells that are too few to overrule a known word; a column without one needs as many."""
_LONG_TASK = 15
"""Mean characters from which a column beside two sides of pairs is a task and not the matter of the pair."""
_COMPOSED = re.compile(composed_headings())
_JOINED = re.compile(r"[及和与、/／（(]|以及")


def decide_columns(
    grid: Grid, first: int, rows: int, regions: Sequence[str], options: Options
) -> tuple[ColumnMeaning, ...]:
    """What each column holds, for one choice of heading rows.

    Args:
        grid: The table.
        first: The first row of the heading.
        rows: The last row of the heading.
        regions: The regions that the cover names.
        options: Further heading words.
    """
    by_words = tuple(
        _column(number, parts, regions, options, grouped=_is_grouped(grid, first, rows, number))
        for number, parts in enumerate(_heading_parts(grid, first, rows), 1)
    )
    below = telling_rows(grid, rows + 1)
    evidence = {column.column: column_evidence(grid, column.column, below) for column in by_words}
    weighed = tuple(_weighed(column, evidence[column.column]) for column in by_words)
    return _together(_with_regions(weighed, grid, rows + 1, regions), evidence)


def _with_regions(
    columns: tuple[ColumnMeaning, ...], grid: Grid, first: int, regions: Sequence[str]
) -> tuple[ColumnMeaning, ...]:
    """The region of a guessed column of names: the only one of the cover that no other column has, if its names agree."""
    names = [c for c in columns if c.meaning in _NAMES]
    taken = {c.region for c in names if c.region}
    left = [region for region in regions if region not in taken]
    without = [c for c in names if c.guessed and not c.region]
    if not taken or len(left) != 1 or len(without) != 1:
        return columns
    (column,) = without
    cells = [cell for row in range(first, grid.shape[0] + 1) if (cell := grid.at(row, column.column))]
    level = left[0][-1]
    agree = any(cell.text.strip().startswith((level, left[0])) for cell in cells)
    return tuple(replace(c, region=left[0]) if c == column and agree else c for c in columns)


def _weighed(column: ColumnMeaning, cells: Evidence) -> ColumnMeaning:
    """A column with the best of the meanings that its words and its cells allow; `unit` stands for any list of names."""
    word = column.meaning
    if cells.share("mark") > MOSTLY and column.role and not column.guessed:
        return replace(column, meaning="marked", score=_WORD + _MARKED)
    scores: dict[Meaning, float] = {meaning: _fit(meaning, cells) for meaning in _BY_CELLS}
    named = [meaning for meaning in (word, *column.others) if meaning != "unknown"]
    for meaning in named:
        scores[meaning] = _WORD + _fit(meaning, cells)
    both = [meaning for meaning in named if meaning in ROLE_MEANINGS] if "leaders" in named else []
    if both and cells.titled > _HALF:
        return replace(column, meaning=both[0], score=_WORD)
    best, *rest = sorted(scores, key=lambda meaning: -scores[meaning])
    if best in named:
        return replace(column, meaning=best, score=scores[best])
    if named and (cells.filled <= _FEW or not _speaks_for(best, cells)):
        return replace(column, score=scores[word])
    if not named and (scores[best] < _LEAST or cells.filled < _FEW):
        return replace(column, score=0.0)
    close = next((meaning for meaning in rest if scores[best] - scores[meaning] < _THIN), "")
    return replace(column, meaning=best, score=scores[best], guessed=True, runner_up=word if named else close)


def _speaks_for(meaning: str, cells: Evidence) -> bool:
    """Whether cells prove a meaning against a known word: an area, a goal or a remark can hold anything."""
    proof: dict[str, tuple[Sort, ...]] = {
        "number": ("number",), "task": ("sentence",), "unit": ("names",), "leaders": ("persons",), "deadline": ("date",),
    }  # fmt: skip
    return meaning in proof and cells.share(*proof[meaning]) > 0


def _fit(meaning: str, cells: Evidence) -> float:
    fits = _FITS.get("names" if meaning in _NAMES else meaning, {})
    score = sum(fits.get(sort, 0.0) * count for sort, count in cells.shares.items()) / max(1, cells.filled)
    if meaning == "area" and cells.filled:
        score += _REPEATED * max(cells.repeated, 1 - cells.filled / max(1, cells.rows))
    if meaning == "number" and cells.running:
        score += 0.5
    return score


def _together(columns: tuple[ColumnMeaning, ...], evidence: Mapping[int, Evidence]) -> tuple[ColumnMeaning, ...]:
    """Meanings that fit each other: one number, one task, sides of pairs or roles."""
    columns = _one_number(columns)
    columns = areas_before(choose_task(columns, evidence))
    columns = _sides_or_roles(columns, evidence)
    return tuple(
        replace(c, meaning="other")
        if c.meaning == "leaders" and c.guessed and _has(columns, "donor", "recipient")
        else c
        for c in columns
    )


def _one_number(columns: tuple[ColumnMeaning, ...]) -> tuple[ColumnMeaning, ...]:
    """One column of numbers: one that a word names before a guessed one, the first of several guessed ones."""
    numbers = [column for column in columns if column.meaning == "number"]
    kept = next((c for c in numbers if not c.guessed), numbers[0] if numbers else None)
    return forget(columns, [c for c in numbers if c != kept and c.guessed])


def _sides_or_roles(columns: tuple[ColumnMeaning, ...], evidence: Mapping[int, Evidence]) -> tuple[ColumnMeaning, ...]:
    """Columns of names are the sides of pairs or the roles of tasks, by what their words and the other columns say."""
    tasks = [c for c in columns if c.meaning == "task"]
    roles = [c for c in columns if c.meaning in ROLE_MEANINGS]
    sides = [c for c in columns if c.meaning in SIDE_MEANINGS and not c.guessed]
    unnamed = [c for c in columns if c.meaning == "unit" and c.guessed]
    helped = [c for c in sides if c.meaning != "donor"]
    one_sided = len(helped) == len(sides) and (
        {c.meaning for c in helped} == {"recipient"} or [c.meaning for c in helped] == ["unit"]
    )
    plain_task = bool(tasks) and not tasks[0].guessed and evidence[tasks[0].column].length >= _LONG_TASK
    if not tasks and roles and sides and one_sided:
        columns = tuple(replace(c, meaning="donor") if c in roles else c for c in columns)
        return tuple(replace(c, meaning="recipient") if c in sides else c for c in columns)
    helped_ones = [c for c in unnamed if evidence[c.column].places > MOSTLY]
    if helped_ones and not roles and _has(sides, "donor") and not _has(sides, "recipient"):
        return tuple(replace(c, meaning="recipient", runner_up="other") if c == helped_ones[-1] else c for c in columns)
    if not tasks or (len(sides) >= 2 and not plain_task and not roles):
        sided = departments_help(columns, evidence)
        if sided != columns:
            return sided
    if len(sides) >= 2 and not roles and (not tasks or not plain_task or _has(sides, "donor", "recipient")):
        bodies = [] if _has(sides, "donor") else bodies_without_a_word(columns, evidence)
        return tuple(
            replace(c, meaning="remark") if c in tasks else replace(c, meaning="other") if c in unnamed else c
            for c in doubt_donors(columns, bodies)
        )
    if tasks:
        return give_roles(columns, evidence)
    if len(sides) + len(unnamed) == 2 and not roles:
        return tuple(replace(c, runner_up="other") if c in unnamed else c for c in columns)
    if len(sides) >= 2 and not _has(sides, "donor"):
        columns = tuple(replace(c, guessed=True, runner_up="donor") if c in roles else c for c in columns)
    return forget(columns, unnamed)


def _has(columns: Sequence[ColumnMeaning], *meanings: str) -> bool:
    return any(c.meaning in meanings for c in columns)


def _heading_parts(grid: Grid, first: int, rows: int) -> list[list[str]]:
    """The words above each column, from the first row of the heading down; a cell over several rows once."""
    columns = range(1, grid.shape[1] + 1)
    stacked = [[cell for row in range(first, rows + 1) if (cell := grid.at(row, column))] for column in columns]
    return [list(dict.fromkeys(heading_words(cell.text) for cell in dict.fromkeys(cells))) for cells in stacked]


def _is_grouped(grid: Grid, first: int, rows: int, column: int) -> bool:
    cells = [cell for row in range(first, rows + 1) if (cell := grid.at(row, column))]
    return any(1 < cell.colspan < grid.shape[1] and cell.text.strip() for cell in cells)


def _column(
    number: int, parts: Sequence[str], regions: Sequence[str], options: Options, *, grouped: bool = False
) -> ColumnMeaning:
    """What a column holds by its words: the lowest that mean something, and the region that any of them names.

    Args:
        number: Its place.
        parts: The words above it, from the top.
        regions: The regions that the cover names.
        options: Further heading words.
        grouped: Whether a heading over several columns is above it, so that its own word says more than that one.
    """
    words = "".join(parts)
    if len(parts) <= 1:
        region, rest = split_region(words, regions)
        rest = rest.strip("（）()") if region else rest
        if region and not rest:
            return ColumnMeaning(number, "unit", region, words, role="responsible")
        meaning = meaning_of(rest, options)
        if meaning == "unknown" and region:
            region, meaning = "", meaning_of(words, options)
        role = "responsible" if meaning == "unknown" and _names_a_unit(words) else ""
        return ColumnMeaning(number, meaning, region, words, others=_joined_meanings(rest, options), role=role)
    split = [split_region(part, regions) for part in parts]
    region = next((found for found, _ in split if found), "")
    meanings = [meaning_of(rest, options) for _, rest in split if rest]
    known = [meaning for meaning in meanings if meaning != "unknown"]
    meaning = known[-1] if known else ("unit" if region else meaning_of(words, options))
    joined = "".join(rest for _, rest in split)
    if _COMPOSED.fullmatch(joined):  # one heading on two lines: 牵头 ⏎ 责任单位
        meaning = meaning_of(joined, options)
    others = _joined_meanings(split[-1][1], options)
    role = next((known_one for known_one in reversed(known) if known_one in ROLE_MEANINGS), "responsible")
    marked = _names_a_unit(parts[-1]) or (split[-1][0] and not split[-1][1])
    unnamed = meanings[-1:] == ["unknown"] or (grouped and not parts[-1])
    if meaning in ROLE_MEANINGS and unnamed and not split[-1][0] and not marked:
        return ColumnMeaning(number, "unit", region, parts[-1], guessed=True, role=role)
    heading = parts[-1] if marked else words
    return ColumnMeaning(number, meaning, region, heading, others=others, role=role if marked else "")


def _names_a_unit(words: str) -> bool:
    return bool(words) and sort_of(words) == "names" and not is_collective(words)


def _joined_meanings(words: str, options: Options) -> tuple[Meaning, ...]:
    """The meanings of the parts of a heading that joins several (责任单位及责任人)."""
    composed = _COMPOSED.findall(words) if meaning_of(words, options) == "leaders" else []
    parts = [*_JOINED.split(words), *("".join(halves) for halves in composed)]
    found = [meaning_of(part, options) for part in parts if part] if len(parts) > 1 else []
    return tuple(meaning for meaning in dict.fromkeys(found) if meaning not in ("unknown", "other"))


def meanings_of_rows(heading: Sequence[str], rows: Sequence[Sequence[str]], options: Options) -> list[Meaning]:
    """The meanings of the columns of a table in the making, by its heading and the rows that are whole.

    Example:
        >>> meanings_of_rows(["号数", "工作任务"], [["1", "修路。"], ["2", "种树。"], ["3", "修渠。"]], Options())
        ['number', 'task']
    """
    return [column.meaning for column in columns_of_rows(heading, rows, options)]


def columns_of_rows(
    heading: Sequence[str], rows: Sequence[Sequence[str]], options: Options
) -> tuple[ColumnMeaning, ...]:
    """The same with the scores of the meanings."""
    lines = enumerate((heading, *rows), 1)
    cells = [Cell(row, column, text) for row, line in lines for column, text in enumerate(line, 1)]
    return decide_columns(Grid(1, tuple(cells)), 1, 1, (), options)


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


def _only_one_task_column(columns: tuple[ColumnMeaning, ...]) -> tuple[ColumnMeaning, ...]:
    """A table without a task column has its task in the last area column; of several task columns the last is it.

    A table with two sides of pairs has no tasks; a leading unit beside nothing but recipients is the donor.
    """
    tasks = [column for column in columns if column.meaning == "task"]
    areas = [column for column in columns if column.meaning == "area"]
    sides = [column for column in columns if column.meaning in SIDE_MEANINGS]
    roles = [column for column in columns if column.meaning in ROLE_MEANINGS]
    helped = [side.meaning for side in sides if side.meaning != "donor"]
    goals = [column for column in columns if column.meaning == "goal"]
    if not tasks and not areas and goals and len(sides) < 2:
        return tuple(replace(c, meaning="task") if c == goals[0] else c for c in columns)
    if not tasks and roles and len(helped) == len(sides) and (set(helped) == {"recipient"} or helped == ["unit"]):
        sided = tuple(replace(column, meaning="donor") if column in roles else column for column in columns)
        return tuple(replace(column, meaning="recipient") if column in sides else column for column in sided)
    if not tasks and areas and len(sides) < 2:
        return tuple(replace(c, meaning="task") if c == areas[-1] else c for c in columns)
    earlier = tasks[:-1]
    return tuple(replace(c, meaning="area") if c in earlier else c for c in columns)


def table_kind(columns: Sequence[ColumnMeaning]) -> TableKind:
    """What a table is about, by the meanings of its columns."""
    meanings = [column.meaning for column in columns]
    task = next((column for column in columns if column.meaning == "task"), None)
    beside = (*_WHO, *(_BESIDE_A_TASK if task and not task.guessed else ()))
    if task and any(meaning in beside for meaning in meanings):
        return "tasks"
    sides = [column for column in columns if column.meaning in SIDE_MEANINGS]
    return "pairings" if len(sides) >= 2 and "task" not in meanings else "unknown"
