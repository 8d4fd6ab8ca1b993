"""The roles of columns of names without a word for one: by a sign in the heading, else by the roles that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from pairing_graph.reading.tables.column_meaning import ColumnMeaning
from pairing_graph.reading.tables.evidence import MOSTLY, Evidence
from pairing_graph.reading.tables.headings import ROLE_MEANINGS, Meaning, hinted_role


def give_roles(columns: tuple[ColumnMeaning, ...], evidence: Mapping[int, Evidence]) -> tuple[ColumnMeaning, ...]:
    """The columns of names of a task table with their roles; places beside roles say where, not who."""
    roles = [c for c in columns if c.meaning in ROLE_MEANINGS]
    unnamed = [c for c in columns if c.meaning == "unit"]
    where = [c for c in unnamed if roles and evidence[c.column].places > MOSTLY]
    grouped = [c for c in where if c.role]  # 责任单位 over 县级部门 | 镇（街）
    open_ones = [c for c in unnamed if c not in where]
    taken = {c.meaning for c in roles}
    found: dict[int, ColumnMeaning] = {c.column: replace(c, meaning="other") for c in unnamed}
    found |= {c.column: replace(c, meaning=cast("Meaning", c.role), guessed=False) for c in grouped}
    for column in open_ones:
        meaning, other = _role(column, roles, taken, len(open_ones))
        if roles or not column.region or hinted_role(column.heading):
            taken.add(meaning)
        plain = not column.guessed and column == open_ones[0] and meaning == "responsible"
        runner_up = "" if plain else other or column.runner_up
        found[column.column] = replace(
            column, meaning=meaning, runner_up=runner_up, guessed=column.guessed or bool(runner_up)
        )
    return tuple(found.get(c.column, c) for c in columns)


def _role(
    column: ColumnMeaning, roles: Sequence[ColumnMeaning], taken: set[Meaning], count: int
) -> tuple[Meaning, str]:
    """The role of a column and the next best one, empty where none is close.

    Of the task tables at hand 30 have 牵头 and 配合, 18 责任 and 配合, 10 牵头 and 责任: so 配合 is missing behind a lead.
    """
    sign = hinted_role(column.heading)
    beside = {role.meaning for role in roles if role.region and role.region != column.region}
    missing = beside - {role.meaning for role in roles if role.region == column.region}
    if sign:
        return sign, ""
    regional = [role.region for role in roles if role.meaning == column.role]
    if column.role and column.guessed and (not taken or (regional and all(regional))):
        return cast("Meaning", column.role), ""
    if column.region and len(missing) == 1:  # the other region has it
        return missing.pop(), ""
    if (not taken and count == 1) or (column.region and not roles):
        return "responsible", "lead"
    if "lead" not in taken and (not roles or column.column < roles[0].column):
        return "lead", "responsible"
    if "support" not in taken and (not roles or column.column > roles[0].column):
        return "support", "responsible"
    return "responsible", "support"
