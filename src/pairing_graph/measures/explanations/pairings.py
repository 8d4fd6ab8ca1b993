"""What is behind numbers of pairs: joint tasks, gaps, congruence, counterparts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from pairing_graph.kb.schema import KnowledgeBase
from pairing_graph.measures.coordination import cells_behind, unmet_first
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
    share,
)
from pairing_graph.measures.meeting import HELD, By, Meeting, meeting
from pairing_graph.measures.pairs import PAIR, covered
from pairing_graph.measures.relations import once

_CHOICES = ("role", "first_listed", "collectives", "dependence")
_COLLABORATION = "Cataldo, Wagstrom, Herbsleb & Carley 2006; Cataldo, Herbsleb & Carley 2008"


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


def _each(rows: pd.DataFrame) -> Iterator[Joint]:
    return (Joint(*row) for row in rows[list(Joint._fields)].itertuples(index=False, name=None))


def _meeting(asked: Asked) -> Meeting:
    return meeting(asked.kb, asked.options.get("by"), pooled=bool(asked.options.get("pooled", False)))


@once
def _joint(kb: KnowledgeBase, by: By | None, pooled: bool, options: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    return meeting(kb, by, pooled=pooled).joint(kb, **dict(options))


def joint_rows(asked: Asked, **chosen: Any) -> pd.DataFrame:
    """The joint tasks of all pairs under the choices: a row of `Meeting.joint` for each pair and task (or two tasks)."""
    options = {name: asked.options[name] for name in _CHOICES if name in asked.options} | {"role": _role(asked)}
    by, pooled = asked.options.get("by"), bool(asked.options.get("pooled", False))
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


def _cells_of(asked: Asked) -> Mapping[tuple[str, str], tuple[Cited, ...]]:
    through = asked.options.get("collectives", "leave_out") == "expand"
    return _cells(asked.kb, _role(asked), through, bool(asked.options.get("pooled", False)))


def _links(asked: Asked, unit: str, partner: str, held: str) -> tuple[Cited, ...]:
    """The rows that pair two units: of a notice, or of all where they are pooled."""
    pooled = asked.options.get("pooled", False)
    rows = cited_pairings(asked.kb).get((unit, partner), ())
    return tuple(cited for document, cited in rows if pooled or not held or document == held)


def _congruence(asked: Asked) -> Behind:
    if asked.options.get("by") == "unit":
        return _congruence_of_unit(asked)
    variant = asked.row["variant"]
    rows = joint_rows(asked, first_listed=variant == "first_listed")
    if asked.options.get("by"):
        rows = rows[rows[HELD] == asked.row["document"]]
    return _required_and_met(asked, rows, variant)


def _congruence_of_unit(asked: Asked) -> Behind:
    """The unit's own row of CR: its pairs, or for `weighted` their joint tasks."""
    asked = replace(asked, options={name: value for name, value in asked.options.items() if name != "by"})
    rows, unit = joint_rows(asked), asked.row["unit"]
    own = rows[(rows["unit"] == unit) | (rows["partner"] == unit)]
    behind = _required_and_met(asked, own, "weighted" if asked.column == "weighted" else "plain")
    return replace(behind, formula=f"explain.congruence.unit_{asked.column}")


def _required_and_met(asked: Asked, rows: pd.DataFrame, variant: str) -> Behind:
    """What the pairs of some joint tasks require, what the table meets of it, or the share."""
    things = list(_required(asked, rows, variant))
    if asked.column == "required":
        return count(Thing(thing.counted, thing.cited) for thing in things)
    if asked.column == "satisfied":
        return count(Thing(thing.counted, thing.cited) for thing in things if thing.contributes)
    return share(things, defined=bool(len(_meeting(asked).links(asked.kb))))


def _required(asked: Asked, rows: pd.DataFrame, variant: str) -> Iterator[Thing]:
    """What a variant counts: pairs, their joint tasks, or their joint areas; each met where the table pairs the two."""
    paired = dict(rows.groupby([HELD, *PAIR], sort=False)["paired"].any())
    cells = _cells_of(asked)
    for row in _each(rows):
        key = (row.held, row.unit, row.partner)
        if variant == "areas" and not row.area:
            continue
        tasks = row.task if row.task == row.other_task else f"{row.task} {row.other_task}"
        what = {"weighted": tasks, "areas": place(row.document, row.area)}.get(variant, "")
        name = " ".join(filter(None, (row.held if len(asked.kb.documents) > 1 else "", between(*key[1:]), what)))
        cited = (*cells[row.task, row.unit], *cells[row.other_task, row.partner])
        links = _links(asked, row.unit, row.partner, row.held) if paired[key] else ()
        yield Thing(name, cited + links, float(paired[key]), 1.0)


def _coordination(asked: Asked) -> Behind:
    met = _meeting(asked)
    unit, partner = asked.row["unit"], asked.row["partner"]
    rows = joint_rows(asked)
    rows = rows[(rows["unit"] == unit) & (rows["partner"] == partner)]
    held = asked.row.get("document", "") if met.by else ""
    rows = unmet_first(rows[rows[HELD] == held] if met.by else rows, met.keys)
    links = _links(asked, unit, partner, held)
    cells = _cells_of(asked)
    pairing = [Thing(between(unit, partner), links, 0.0)] if links else []
    if asked.column == "blocks":
        return count([*_blocks(asked, rows), *pairing])
    things = []
    for row in _each(rows):
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
    for row in _each(rows):
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
    unit, met = asked.row["unit"], _meeting(asked)
    rows = joint_rows(asked)
    own = rows[(rows["unit"] == unit) | (rows["partner"] == unit)]
    if met.by:
        own = own[own[HELD] == asked.row["document"]]
    unmet = own[~own.groupby("task")["paired"].transform("any").astype(bool)]
    cells, things = _cells_of(asked), []
    for row in _each(unmet):
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
    rows, cells = joint_rows(asked), _cells_of(asked)
    found: dict[tuple[str, str], list[Cited]] = {}
    for row in _each(rows):
        cited = (*cells[row.task, row.unit], *cells[row.task, row.partner])
        found.setdefault((row.unit, row.partner), []).extend(cited)
    for pair in pairs:
        yield Thing(between(*pair), tuple(dict.fromkeys(found.get(pair, ()))))


_CONGRUENCE = ("satisfied", "required", "congruence", "weighted")
_PAIR_FIGURES: dict[str, Figure] = same_formulas("coordination", _coordination, "joint_tasks", "joint_areas", "blocks")
EXPLAINED = {
    "congruence": Explained(
        ("variant",),
        same_formulas("congruence", _congruence, *_CONGRUENCE, source=_COLLABORATION),
        ("region", "unpaired"),
        or_index=("unit",),
    ),
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
