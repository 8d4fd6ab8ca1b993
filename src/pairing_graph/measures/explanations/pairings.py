"""What is behind numbers of pairs: joint tasks, gaps, counterparts; and what those of congruence start from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.coordination_rows import cells_behind, unmet_first
from pairing_graph.measures.counterparts import partner_links, sorted_partners
from pairing_graph.measures.explanations.evidence import (
    between,
    cited_facts,
    cited_pairings,
    paired_rows,
    place,
)
from pairing_graph.measures.explanations.record import (
    Asked,
    Behind,
    Cited,
    Explained,
    Figure,
    Thing,
    count,
    same_formulas,
)
from pairing_graph.measures.meeting import HELD, By, Meeting, meeting
from pairing_graph.measures.pairs import covered
from pairing_graph.measures.relations import once

_CHOICES = ("role", "first_listed", "collectives", "dependence")


class Joint(NamedTuple):
    """A joint task of two units (or two tasks of an area), and whether the table pairs the two."""

    unit: str
    partner: str
    task: str
    other_task: str
    document: str
    area: str
    held: str
    paired: bool


def each(rows: pd.DataFrame) -> Iterator[Joint]:
    """The rows of `joint_rows`, one by one."""
    return (Joint(*row) for row in rows[list(Joint._fields)].itertuples(index=False, name=None))


def meeting_of(asked: Asked) -> Meeting:
    """How the notices meet under the choices."""
    return meeting(asked.kb, _split(asked), pooled=bool(asked.options.get("pooled", False)))


def _split(asked: Asked) -> By | None:
    """Rows by unit are of all notices, as those that are not split."""
    return "document" if asked.options.get("by") == "document" else None


@once
def _joint(kb: KnowledgeBase, by: By | None, pooled: bool, options: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    return meeting(kb, by, pooled=pooled).joint(kb, **dict(options))


def joint_rows(asked: Asked, **chosen: Any) -> pd.DataFrame:
    """The joint tasks of all pairs under the choices: a row of `Meeting.joint` for each pair and task (or two tasks)."""
    options = {name: asked.options[name] for name in _CHOICES if name in asked.options} | {"role": _role(asked)}
    by, pooled = _split(asked), bool(asked.options.get("pooled", False))
    return _joint(asked.kb, by, pooled, tuple(sorted((options | chosen).items())))


def _role(asked: Asked) -> Any:
    return asked.options.get("role", "answerable")


@once
def _cells(kb: KnowledgeBase, role: Any, through: bool, pooled: bool) -> Mapping[tuple[str, str], tuple[Cited, ...]]:
    """Task and unit → the rows that assign the one to the other, or to a collective that covers the unit."""
    own = cited_facts(kb, role)
    if not through:
        return own
    found = dict(own)
    for task, unit, collective in covered(kb, role, pooled=pooled)[["task", "unit", "collective"]].itertuples(
        index=False
    ):
        found[task, unit] = (*found.get((task, unit), ()), *own[task, collective])
    return found


def cells_of(asked: Asked) -> Mapping[tuple[str, str], tuple[Cited, ...]]:
    """Task and unit → the rows that assign the one to the other under the choices."""
    through = asked.options.get("collectives", "leave_out") == "expand"
    return _cells(asked.kb, _role(asked), through, bool(asked.options.get("pooled", False)))


def cells_of_both(cells: Mapping[tuple[str, str], tuple[Cited, ...]], row: Any) -> tuple[Cited, ...]:
    """Of a joint task, or of two that depend on each other, the rows that assign each unit its own."""
    return (*cells[row.task, row.unit], *cells[row.other_task, row.partner])


def links_between(asked: Asked, unit: str, partner: str, held: str) -> tuple[Cited, ...]:
    """The rows that pair two units: of a notice, or of all where they are pooled."""
    pooled = asked.options.get("pooled", False)
    rows = cited_pairings(asked.kb).get((unit, partner), ())
    return tuple(cited for document, cited in rows if pooled or not held or document == held)


def pair_name(asked: Asked, held: str, unit: str, partner: str, what: str = "") -> str:
    """What a pair of a notice is called, or what it has: a joint task, a joint area."""
    return " ".join(filter(None, (held if len(asked.kb.documents) > 1 else "", between(unit, partner), what)))


def _coordination(asked: Asked) -> Behind:
    met = meeting_of(asked)
    unit, partner = asked.row["unit"], asked.row["partner"]
    rows = joint_rows(asked)
    rows = rows[(rows["unit"] == unit) & (rows["partner"] == partner)]
    held = asked.row.get("document", "") if met.by else ""
    rows = unmet_first(rows[rows[HELD] == held] if met.by else rows, met.keys)
    links = links_between(asked, unit, partner, held)
    cells = cells_of(asked)
    pairing = [Thing(between(unit, partner), links, 0.0)] if links else []
    if asked.column == "blocks":
        return count([*_blocks(asked, rows), *pairing])
    things = []
    for row in each(rows):
        cited = (*cells[row.task, unit], *cells[row.task, partner])
        if asked.column == "joint_tasks":
            things.append(Thing(row.task, cited))
        elif row.area:
            things.append(Thing(place(row.document, row.area), cited))
    return count([*things, *pairing])


def _blocks(asked: Asked, rows: pd.DataFrame) -> Iterator[Thing]:
    """The pairs of written cells behind joint tasks."""
    through = asked.options.get("collectives", "leave_out") == "expand"
    pooled = bool(asked.options.get("pooled", False))
    cells = _written(asked.kb, _role(asked), through, pooled)
    for row in each(rows):
        for ours, left in cells[row.task, row.unit]:
            for theirs, right in cells[row.task, row.partner]:
                yield Thing(
                    between(left, right), (Cited("assignments", ours, left), Cited("assignments", theirs, right))
                )


@once
def _written(kb: KnowledgeBase, role: Any, through: bool, pooled: bool) -> Any:
    return cells_behind(kb, role, covered(kb, role, pooled=pooled) if through else None)


def _unpaired(asked: Asked) -> Behind:
    """Its tasks in which no unit of the other side is its partner, with the units that are there, and its partners."""
    unit, met = asked.row["unit"], meeting_of(asked)
    rows = joint_rows(asked)
    own = rows[(rows["unit"] == unit) | (rows["partner"] == unit)]
    if met.by:
        own = own[own[HELD] == asked.row["document"]]
    unmet = own[~own.groupby("task")["paired"].transform("any").astype(bool)]
    cells, things = cells_of(asked), []
    for row in each(unmet):
        other = row.partner if row.unit == unit else row.unit
        things.append(Thing(row.task, (*cells[row.task, unit], *cells[row.task, other])))
    places = set(unmet[HELD])
    ends = (end for end in paired_rows(asked.kb) if end.unit == unit and (met.pooled or end.document in places))
    return count([*things, *(Thing(between(unit, end.partner), end.cited, 0.0) for end in ends)])


def _counterparts(asked: Asked) -> Behind:
    """Its partners; those count that have its line, have it in a bracket, have another, or of which it is not known."""
    lines = dict(zip(asked.kb.units["unit"], asked.kb.units["line"], strict=True))
    collective = dict(zip(asked.kb.units["unit"], asked.kb.units["collective"], strict=True))
    unit = asked.row["unit"]
    links = partner_links(asked.kb)
    sorts = sorted_partners(lines[unit], links[links["unit"] == unit])
    ends = (end for end in paired_rows(asked.kb) if end.unit == asked.row["unit"] and not collective[end.partner])
    return count(Thing(end.partner, end.cited, float(sorts[end.partner] == asked.column)) for end in ends)


def pairs_as_things(asked: Asked, pairs: Iterable[tuple[str, str]]) -> Iterator[Thing]:
    """Pairs of units, each with the rows that give them joint tasks."""
    rows, cells = joint_rows(asked), cells_of(asked)
    found: dict[tuple[str, str], list[Cited]] = {}
    for row in each(rows):
        cited = (*cells[row.task, row.unit], *cells[row.task, row.partner])
        found.setdefault((row.unit, row.partner), []).extend(cited)
    for pair in pairs:
        yield Thing(between(*pair), tuple(dict.fromkeys(found.get(pair, ()))))


_CONGRUENCE = ("satisfied", "required", "congruence", "weighted")
_PAIR_FIGURES: dict[str, Figure] = same_formulas("coordination", _coordination, "joint_tasks", "joint_areas", "blocks")
EXPLAINED = {
    "coordination": Explained(
        ("unit", "partner"),
        _PAIR_FIGURES,
        ("paired", "status", "tasks", "unit_kind", "partner_kind", "address"),
    ),
    "gaps": Explained(("unit", "partner"), _PAIR_FIGURES, ("tasks", "unit_kind", "partner_kind", "address")),
    "unpaired_in_task": Explained(
        ("unit",),
        same_formulas("unpaired_in_task", _unpaired, "tasks"),
        ("region", "numbers", "counterparts", "partners", "address"),
    ),
    "counterparts": Explained(
        ("unit",),
        same_formulas("counterparts", _counterparts, "own", "in_bracket", "other", "unknown"),
        ("region", "line", "counterpart", "counterparts", "paired_with", "partners", "bracket", "address"),
    ),
}
