"""Which column of a table has its tasks: by words and cells, the areas before it, the goals behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pairing_graph.reading.tables.column_meaning import ColumnMeaning, forget
from pairing_graph.reading.tables.evidence import MOSTLY, Evidence
from pairing_graph.reading.tables.headings import ROLE_MEANINGS, SIDE_MEANINGS, Meaning

_HALF = 0.5
"""The share of cells from which a column is taken for what they are, where nothing speaks against it."""
_OTHER: dict[Meaning, str] = {"goal": "task"}
"""What a column of words might be as well: a goal beside a task that only has a name."""
_SHORTEST_NAME = 5
"""Mean characters of the names of tasks (抓好粮食生产); areas are shorter (就学, 就医) or come again."""
_COUNTED = 0.9
"""The share of sentences with a number from which they are the goals of the named tasks: work has a number now and then."""
_NO_COLUMN = 10_000


def choose_task(columns: tuple[ColumnMeaning, ...], evidence: Mapping[int, Evidence]) -> tuple[ColumnMeaning, ...]:
    """One column of tasks. Of several by their words the last, the earlier ones name it; of guessed ones the longest.

    A table without one has it in the column that fits best: one of which nothing is known, an area, or a goal.
    """
    by_word = [c for c in columns if c.meaning == "task" and not c.guessed]
    guessed = [c for c in columns if c.meaning == "task" and c.guessed]
    if by_word:
        last = by_word[-1]
        filled = next((c for c in reversed(by_word) if evidence[c.column].filled), last)
        chosen = last if evidence[last.column].filled else filled
        behind = _words_behind(chosen, guessed, columns, evidence)
        kept = behind or chosen
        columns = tuple(behind if behind and c.column == behind.column else c for c in columns)
        goals = [c for c in guessed if chosen.column < c.column < _first_role(columns) and c.column != kept.column]
        rest: dict[int, Meaning] = {
            c.column: "goal" if c in goals else "unknown" for c in guessed if c.column != kept.column
        }
        return _with_task(columns, kept, rest)
    if len([c for c in columns if c.meaning in SIDE_MEANINGS and not c.guessed]) >= 2:
        return forget(columns, guessed)
    open_ones = _between_areas_and_roles(columns)
    if open_ones:
        chosen = max(open_ones, key=lambda c: (evidence[c.column].length, -c.column))
        areas = [c for c in columns if c.meaning == "area" and not c.guessed]
        named = evidence[areas[-1].column] if areas else None
        names_tasks = named is not None and named.length >= _SHORTEST_NAME and not named.repeated
        if names_tasks and evidence[chosen.column].counted >= MOSTLY:
            goal = replace(chosen, meaning="goal", guessed=True, runner_up="task")
            known = tuple(goal if c == chosen else c for c in columns)
            return _with_task(forget(known, [c for c in guessed if c != chosen]), areas[-1])
        if names_tasks:
            chosen = replace(chosen, runner_up="goal")
            columns = tuple(chosen if c.column == chosen.column else c for c in columns)
        before = [c for c in open_ones if c.column < chosen.column and evidence[c.column].share("phrase") > MOSTLY]
        text_columns = {chosen.column, *(c.column for c in before)}
        others: dict[int, Meaning] = {c.column: "area" for c in before}
        return _with_task(
            columns, chosen, others | {c.column: "unknown" for c in guessed if c.column not in text_columns}
        )
    return _among_known(forget(columns, guessed), evidence)


def areas_before(columns: tuple[ColumnMeaning, ...]) -> tuple[ColumnMeaning, ...]:
    """An area lies before its task: a guessed one behind it is of no known meaning, and none before it may be the task."""
    task = next((c.column for c in columns if c.meaning == "task"), 0)
    behind = [c for c in columns if task and c.guessed and c.meaning == "area" and c.column > task]
    columns = forget(columns, behind)
    return tuple(
        replace(c, runner_up="") if task and c.meaning == "area" and c.runner_up == "task" else c for c in columns
    )


def _words_behind(
    named: ColumnMeaning,
    guessed: Sequence[ColumnMeaning],
    columns: Sequence[ColumnMeaning],
    evidence: Mapping[int, Evidence],
) -> ColumnMeaning | None:
    """A column of sentences without a known word right behind one that only names the tasks, before the roles."""
    names = evidence[named.column]
    for column in guessed:
        cells = evidence[column.column]
        between = named.column < column.column < _first_role(columns)
        longer = cells.share("sentence") > _HALF and cells.length > names.length
        goal = cells.counted > _COUNTED and names.filled >= cells.filled
        if between and names.share("phrase") > _HALF and longer and not goal:
            return replace(column, runner_up="goal")
    return None


def _between_areas_and_roles(columns: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """The columns of words without a known heading that may be the task: behind the areas, before goals and roles."""
    guessed = [c for c in columns if c.guessed and c.meaning in ("task", "area")]
    named = [c for c in columns if c.meaning in ("area", "goal") and not c.guessed]
    if not named:
        return [c for c in guessed if c.meaning == "task"]
    first = max((c.column for c in named if c.meaning == "area"), default=0)
    last = min((c.column for c in named if c.meaning == "goal"), default=_NO_COLUMN)
    return [c for c in guessed if first < c.column < min(last, _first_role(columns))]


def _first_role(columns: Sequence[ColumnMeaning]) -> int:
    who = (*ROLE_MEANINGS, "leaders", "marked", "unit")
    return min((c.column for c in columns if c.meaning in who), default=_NO_COLUMN)


def _among_known(columns: tuple[ColumnMeaning, ...], evidence: Mapping[int, Evidence]) -> tuple[ColumnMeaning, ...]:
    """The task of a table without a column for it: its last area, or the goal where that has the words."""
    areas = [c for c in columns if c.meaning == "area"]
    goals = [
        c for c in columns if c.meaning == "goal" and evidence[c.column].share("sentence", "quantity", "phrase") > _HALF
    ]
    named = [c for c in areas if not c.guessed]
    best_goal = max((evidence[c.column].length for c in goals), default=0.0)
    if named and (not goals or evidence[named[-1].column].share("sentence", "phrase") >= _HALF):
        return _with_task(columns, named[-1])
    if goals and best_goal:
        return _with_task(tuple(replace(c, guessed=True) if c == goals[0] else c for c in columns), goals[0])
    return _with_task(columns, areas[-1]) if areas else columns


def _with_task(
    columns: tuple[ColumnMeaning, ...], chosen: ColumnMeaning, rest: Mapping[int, Meaning] | None = None
) -> tuple[ColumnMeaning, ...]:
    others = rest or {}
    return tuple(
        replace(c, meaning="task") if c.column == chosen.column
        else replace(c, meaning=others[c.column], guessed=others[c.column] != "unknown", runner_up=_OTHER.get(others[c.column], ""))
        if c.column in others
        else replace(c, meaning="area") if c.meaning == "task"
        else c
        for c in columns
    )  # fmt: skip
