"""What is behind a panel: the counts of a year's notices, under the names of today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.regions import with_regions_of_today
from pairing_graph.kb.schema import ROLES
from pairing_graph.kb.years import years_of
from pairing_graph.measures.explanations.evidence import (
    Assigned,
    Paired,
    assigned_rows,
    between,
    cited_facts,
    named,
    paired_rows,
    place,
)
from pairing_graph.measures.explanations.loads import documents_of, of_unit
from pairing_graph.measures.explanations.record import (
    Asked,
    Behind,
    Cited,
    Explained,
    Thing,
    count,
    same_formulas,
    total,
)
from pairing_graph.measures.panel import only_notices
from pairing_graph.measures.relations import once
from pairing_graph.measures.workload import COUNTS

_TIMES = ("first_year", "last_year")


@once
def _today(kb: KnowledgeBase) -> KnowledgeBase:
    return with_regions_of_today(kb)


@once
def _of_year(kb: KnowledgeBase, year: int) -> KnowledgeBase:
    return only_notices(_today(kb), [name for name, other in years_of(kb).items() if other == year])


def _panel(asked: Asked) -> Behind:
    if asked.column in _TIMES:
        return _time(asked)
    kb = _of_year(asked.kb, int(asked.row["year"]))
    if "donor" in asked.row:
        return _of_pair(kb, asked)
    return _of_region(kb, asked) if "unit" not in asked.row else _of_one(kb, asked.row["unit"], asked.column)


def _time(asked: Asked) -> Behind:
    """The notices that name it, each with its year: the first or last of them."""
    kb, years = _today(asked.kb), years_of(asked.kb)
    cited = [one for one in _naming(kb, asked.row) if years.get(one.address.split("!")[0]) is not None]
    things = tuple(Thing(one.address.split("!")[0], (one,), 0.0) for one in cited)
    found = [years[thing.counted] for thing in things]
    chosen = min if asked.column == "first_year" else max
    return Behind("fact", things, chosen(found) if found else int(asked.row[asked.column]))  # type: ignore[type-var]


def _naming(kb: KnowledgeBase, row: Any) -> Iterator[Cited]:
    ends = paired_rows(kb)
    if "donor" in row:
        pairs = (end for end in ends if end.donor and (end.unit, end.partner) == (row["donor"], row["recipient"]))
        yield from (cited for end in pairs for cited in end.cited)
        return
    units = {row["unit"]} if "unit" in row else set(kb.units.loc[kb.units["region"] == row["region"], "unit"])
    facts: list[Assigned | Paired] = [*assigned_rows(kb, "any"), *ends]
    for fact in facts:
        if fact.unit in units:
            yield from fact.cited


def _of_one(kb: KnowledgeBase, unit: str, column: str) -> Behind:
    return documents_of(kb, [unit]) if column == "documents" else of_unit(kb, unit, column)


def _of_pair(kb: KnowledgeBase, asked: Asked) -> Behind:
    donor, recipient = asked.row["donor"], asked.row["recipient"]
    rows = [end for end in paired_rows(kb) if end.donor and (end.unit, end.partner) == (donor, recipient)]
    if asked.column == "documents":
        return count(Thing(end.document, end.cited) for end in rows)
    if asked.column == "rows":
        return total(Thing(between(donor, recipient), end.cited) for end in rows)
    facts = cited_facts(kb, "any")
    joint = [task for task in kb.tasks["task"] if (task, donor) in facts and (task, recipient) in facts]
    return count(Thing(task, (*facts[task, donor], *facts[task, recipient])) for task in joint)


def _of_region(kb: KnowledgeBase, asked: Asked) -> Behind:
    region, column = asked.row["region"], asked.column
    own = kb.units[kb.units["region"] == region]
    units = set(own["unit"])
    if column == "units":
        return count(named(own.loc[~own["collective"].astype(bool), "unit"], kb))
    if column == "documents":
        return documents_of(kb, own["unit"])
    if column in ("pairings", "given", "received", "partners"):
        return _of_ends(kb, units, column)
    if column in (*ROLES, "tasks"):
        rows = [row for row in assigned_rows(kb, "any") if row.region == region and column in ("tasks", row.role)]
        return count(Thing(row.task, row.cited) for row in rows)
    rows = [row for row in assigned_rows(kb) if row.region == region]
    if column == "answerable":
        return count(Thing(row.task, row.cited) for row in rows)
    if column == "areas":
        return count(Thing(place(row.document, row.area), row.cited) for row in rows if row.area)
    tasks = {row.task for row in rows}
    targets = kb.targets[kb.targets["task"].isin(tasks)][["task", "as_written", "address"]]
    return total(
        Thing(f"{task}: {words}", (Cited("targets", at),)) for task, words, at in targets.itertuples(index=False)
    )


def _of_ends(kb: KnowledgeBase, units: set[str], column: str) -> Behind:
    """Rows of the pairing tables with a unit of the region on one side; its partners are those on the other."""
    ends = [end for end in paired_rows(kb) if end.unit in units]
    if column == "partners":
        return count(Thing(end.partner, end.cited) for end in ends)
    if column != "pairings":
        ends = [end for end in ends if end.donor == (column == "given")]
    else:  # a row with both ends in the region is one row
        ends = [end for end in ends if end.donor or end.partner not in units]
    return total(Thing(between(end.unit, end.partner), end.cited) for end in ends)


_OF_REGION = ("units", "answerable", "given", "received")
_OTHERS = (
    *("region", "region_code", "kind", "line", "named", "roles", "donor_region", "donor_region_code"),
    *("recipient_region", "recipient_region_code"),
)
EXPLAINED = {
    "panel": Explained(
        ("year",),
        same_formulas("workload", _panel, *COUNTS)
        | same_formulas("panel", _panel, "documents", *_TIMES, "rows", "joint_tasks", *_OF_REGION),
        _OTHERS,
    )
}
