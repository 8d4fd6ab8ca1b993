"""The helping side of a table that no heading word names: departments beside places help them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.tables.column_meaning import ColumnMeaning
from pairing_graph.reading.tables.evidence import MOSTLY, Evidence
from pairing_graph.reading.tables.headings import ROLE_MEANINGS, SIDE_MEANINGS

_HELPED = re.compile(one_of("names", "helped_body"))
_HELPING = re.compile(one_of("names", "helping_body"))
_PLACES = re.compile(rf"(?:{one_of('names', 'fine_place')}|{one_of('names', 'wide_place')})[)）]?$")
_HALF = 0.5
"""The share of lists of names from which a column under a heading of departments is one of units, few cells or many."""


def departments_help(columns: tuple[ColumnMeaning, ...], evidence: Mapping[int, Evidence]) -> tuple[ColumnMeaning, ...]:
    """The columns with the departments as donors, where every other side of the table is a column of places.

    A role (责任单位), a heading of departments (县直部门) or, without either, the first column of bodies is the donor. A
    further column of bodies without a word is neither a side nor dropped in silence: it might be a donor as well.

    Args:
        columns: The columns of a table without a plain task.
        evidence: What their cells are.

    Returns:
        The same columns where a donor is known, or the other sides are no places, or two readings are as good.
    """
    sides = [c for c in columns if c.meaning in SIDE_MEANINGS and not c.guessed]
    roles = [c for c in columns if c.meaning in ROLE_MEANINGS]
    named = [c for c in sides if c.meaning == "unit" and _names_departments(c, evidence)]
    unnamed = bodies_without_a_word(columns, evidence)
    places = [c for c in sides if c not in named]
    known = any(c.meaning == "donor" for c in sides)
    if known or not places or not all(_holds_places(c, evidence) for c in places) or (roles and named):
        return columns
    headed = [c for c in unnamed if is_of_departments(c.heading)]
    donors = roles or named[:1] or headed[:1] or unnamed[:1]
    if not donors or len(named) > 1:
        return columns
    doubted = "" if donors[0] not in unnamed or donors[0] in headed else "other"
    return tuple(
        replace(c, meaning="donor", runner_up=doubted, guessed=c in unnamed) if c in donors
        else replace(c, meaning="remark") if c.meaning == "task"
        else c
        for c in doubt_donors(columns, [c for c in unnamed if c not in donors])
    )  # fmt: skip


def bodies_without_a_word(columns: Sequence[ColumnMeaning], evidence: Mapping[int, Evidence]) -> list[ColumnMeaning]:
    """The columns of bodies that no heading word gives a side or role: by their cells, or by a heading of departments."""
    return [
        c
        for c in columns
        if (c.meaning == "unit" and c.guessed and evidence[c.column].places < MOSTLY)
        or (c.meaning == "unknown" and _names_departments(c, evidence))
    ]


def doubt_donors(columns: tuple[ColumnMeaning, ...], which: Sequence[ColumnMeaning]) -> tuple[ColumnMeaning, ...]:
    """The columns with some of them as no side, which may be the donor all the same.

    Example:
        >>> column = ColumnMeaning(1, "unit", guessed=True)
        >>> [(one.meaning, one.runner_up) for one in doubt_donors((column,), [column])]
        [('other', 'donor')]
    """
    return tuple(replace(c, meaning="other", guessed=True, runner_up="donor") if c in which else c for c in columns)


def is_of_departments(heading: str) -> bool:
    """Whether a heading names departments that may help, and not those that are helped.

    Example:
        >>> is_of_departments("县直部门"), is_of_departments("受助单位"), is_of_departments("结对村")
        (True, False, False)
    """
    return bool(_HELPING.search(heading)) and not _HELPED.match(heading)


def _names_departments(column: ColumnMeaning, evidence: Mapping[int, Evidence]) -> bool:
    cells = evidence[column.column]
    return is_of_departments(column.heading) and cells.share("names") > _HALF and cells.places < MOSTLY


def _holds_places(column: ColumnMeaning, evidence: Mapping[int, Evidence]) -> bool:
    return evidence[column.column].places > MOSTLY or bool(_PLACES.search(column.heading))
