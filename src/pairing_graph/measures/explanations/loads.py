"""What is behind loads: those of `workload`, and what is worked out from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import exp

import pandas as pd

from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import ROLES
from pairing_graph.measures.balance import balance
from pairing_graph.measures.concentration import LEAST_UNITS, belongs, gini, hhi, jain
from pairing_graph.measures.explanations.evidence import (
    Assigned,
    Paired,
    assigned_rows,
    cited_facts,
    cited_tasks,
    mentions,
    named,
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
    distinct,
    same_formulas,
    share,
    total,
    undefined,
)
from pairing_graph.measures.pairs import cell_of
from pairing_graph.measures.relations import once
from pairing_graph.measures.workload import COUNTS, workload


def of_unit(kb: KnowledgeBase, unit: str, counted: str, *, part: str = "", value: str = "") -> Behind:
    """What is behind a count of `workload` for one unit.

    Args:
        kb: The knowledge base.
        unit: The unit.
        counted: The column.
        part: What the loads are split by: area or document; a unit has one region only.
        value: The area or document.
    """
    if counted in ("pairings", "partners"):
        if part == "area":
            return undefined()
        ends = [end for end in _ends_of(kb).get(unit, ()) if part != "document" or end.document == value]
        each = (Thing(end.partner, end.cited) for end in ends)
        return total(each) if counted == "pairings" else count(each)
    role = "any" if counted in (*ROLES, "tasks") else "answerable"
    split = part if part in ("area", "document") else ""
    rows = [row for row in _rows_of(kb, role).get(unit, ()) if not split or getattr(row, split) == value]
    if counted in ROLES:
        return count(_tasks(row for row in rows if row.role == counted))
    if counted in ("tasks", "answerable"):
        return count(_tasks(rows))
    if counted == "areas":
        return count(Thing(place(row.document, row.area), row.cited) for row in rows if row.area)
    if counted == "targets":
        return total(_targets(kb, dict.fromkeys(row.task for row in rows)))
    return _of_cells(kb, rows, counted)


def _tasks(rows: Iterable[Assigned]) -> Iterator[Thing]:
    return (Thing(row.task, row.cited) for row in rows)


def _targets(kb: KnowledgeBase, tasks: Iterable[str]) -> Iterator[Thing]:
    wanted = set(tasks)
    for task, words, address in kb.targets[["task", "as_written", "address"]].itertuples(index=False):
        if task in wanted:
            yield Thing(f"{task}: {words}", (Cited("targets", address),))


def _of_cells(kb: KnowledgeBase, rows: Sequence[Assigned], counted: str) -> Behind:
    """Listed first, or an equal part of a task: both depend on the other units of the unit's region in the task."""
    mates = _mates(kb)
    if counted == "listed_first":
        ahead = {key: min(ranks.values()) for key, ranks in mates.items()}
        return count(_tasks(row for row in rows if row.rank == ahead[row.task, row.region]))
    parts = (Thing(row.task, row.cited, 1 / len(mates[row.task, row.region])) for row in rows)
    return total(distinct(parts))


@once
def _mates(kb: KnowledgeBase) -> dict[tuple[str, str], dict[str, int]]:
    """Task and region → its answerable units, each with its first place in the cell."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in assigned_rows(kb):
        ranks = found.setdefault((row.task, row.region), {})
        ranks[row.unit] = min(row.rank, ranks.get(row.unit, row.rank))
    return found


@once
def _rows_of(kb: KnowledgeBase, role: str) -> dict[str, list[Assigned]]:
    found: dict[str, list[Assigned]] = {}
    for row in assigned_rows(kb, role):  # type: ignore[arg-type]
        found.setdefault(row.unit, []).append(row)
    return found


@once
def _ends_of(kb: KnowledgeBase) -> dict[str, list[Paired]]:
    found: dict[str, list[Paired]] = {}
    for end in paired_rows(kb):
        found.setdefault(end.unit, []).append(end)
    return found


def _workload(asked: Asked) -> Behind:
    part = str(asked.options.get("by") or "")
    return of_unit(asked.kb, asked.row["unit"], asked.column, part=part, value=asked.row.get(part, ""))


def members(kb: KnowledgeBase, region: str, counted: str, population: str) -> dict[str, Behind]:
    """The units of a region that are in a population, each with what is behind its load."""
    loads = workload(kb)
    about = kb.units.set_index("unit")[["region", "kind"]]
    table = loads.drop(columns=[name for name in about if name in loads]).join(about)
    kept = table[belongs(table, counted, population) & (table["region"] == region)]
    return {str(unit): of_unit(kb, str(unit), counted) for unit in kept.index}


def loads_as_inputs(kb: KnowledgeBase, found: dict[str, Behind]) -> list[Thing]:
    """The facts behind the loads of units, each as a part of its unit's load; a unit without load has a row too."""
    things: list[Thing] = []
    for unit, behind in found.items():
        own = [replace(thing, counted=unit) for thing in behind.things]
        things += own or [replace(named([unit], kb)[0], contributes=0.0)]
    return things


def of_loads(kb: KnowledgeBase, found: dict[str, Behind], column: str) -> Behind:
    """A measure of concentration of the loads of units."""
    if column == "units":
        return count(named(found, kb))
    things = tuple(loads_as_inputs(kb, found))
    loads = {unit: float(behind.number) for unit, behind in found.items()}
    if column == "total":
        return total(things)
    terms = {"n": float(len(loads)), "sum": float(sum(loads.values()))}
    if not terms["sum"] or len(loads) < LEAST_UNITS:
        return Behind("inputs", things, pd.NA, terms)
    if column == "top_share":
        top = max(loads, key=loads.__getitem__)
        each = (replace(one, contributes=one.contributes * (one.counted == top), of=one.contributes) for one in things)
        return Behind("share", tuple(each), None, terms)
    value = {"gini": gini, "hhi": hhi, "jain": jain}[column](list(loads.values()))
    return Behind("inputs", things, value, terms)


def _concentration(asked: Asked) -> Behind:
    counted, population = asked.options.get("count", "lead"), asked.options.get("population", "departments")
    return of_loads(asked.kb, members(asked.kb, asked.row["region"], counted, population), asked.column)


def _balance_loads(asked: Asked) -> Behind:
    unit = asked.row["unit"]
    table = _balanced(asked.kb, bool(asked.options.get("collectives", False)))
    own = table[(table["before"] == unit) | (table["after"] == unit)]
    cells = cited_facts(asked.kb)

    def part(before: str, after: str) -> int:
        was, is_now = int(before == unit), int(after == unit)
        return {"before": was, "after": is_now, "change": is_now - was}[asked.column]

    rows = zip(own.index.get_level_values("task"), own["before"], own["after"], strict=True)
    return total(Thing(task, cells.get((task, unit), ()), part(*ends)) for task, *ends in rows)


@once
def _balanced(kb: KnowledgeBase, collectives: bool) -> pd.DataFrame:
    return balance(kb, collectives=collectives)


def _tasks_by_size(asked: Asked) -> Behind:
    kb, region, size = asked.kb, asked.row["region"], asked.row["units"]
    titled = dict(zip(kb.documents["document"], kb.documents["regions"], strict=True))
    cells: dict[str, list[Assigned]] = {}
    for row in assigned_rows(kb, asked.options.get("role", "answerable")):
        if row.region == region:
            cells.setdefault(row.task, []).append(row)
    things = []
    for task, document in zip(kb.tasks["task"], kb.tasks["document"], strict=True):
        mine = cells.get(task, [])
        units = {row.unit for row in mine if not row.collective}
        if len(units) == size and (mine or region in titled[document]):
            chosen = [row for row in mine if row.collective or asked.column == "tasks"]
            cited = tuple(one for row in chosen for one in row.cited) or (cited_tasks(kb)[task],)
            things.append(Thing(task, cited, float(asked.column == "tasks" or bool(chosen))))
    return count(things)


def _sole_leads(asked: Asked) -> Behind:
    number = asked.row["number"]
    task = asked.row["task"]
    return Behind("fact", (Thing(task, (cited_tasks(asked.kb)[task],), 0.0),), number)


def _exclusivity(asked: Asked) -> Behind:
    kb, unit = asked.kb, asked.row["unit"]
    across = bool(asked.options.get("across", False))
    rows = _rows_of(kb, "answerable").get(unit, [])
    if asked.column == "blocks":
        return count(Thing(cell_of(row.inherited_from or row.address), row.cited) for row in rows)
    if asked.column == "tasks":
        return count(_tasks(rows))
    sizes: dict[tuple[str, str], set[str]] = {}
    for row in assigned_rows(kb):
        sizes.setdefault((row.task, "" if across else row.region), set()).add(row.unit)
    parts = [Thing(row.task, row.cited, exp(1 - len(sizes[row.task, "" if across else row.region]))) for row in rows]
    if asked.column == "exclusivity":
        return total(distinct(parts))
    own = {thing.counted: replace(thing, of=1.0) for thing in reversed(parts)}
    tasks = cited_tasks(kb)
    return share(own.get(task, Thing(task, (tasks[task],), 0.0, 1.0)) for task in kb.tasks["task"])


def documents_of(kb: KnowledgeBase, units: Iterable[str]) -> Behind:
    """The notices that name one of some units."""
    rows = mentions(kb)
    cited = [one for unit in units for one in rows.get(unit, ())]
    return count(Thing(one.address.split("!")[0], (one,)) for one in cited if one.address)


_CONCENTRATION = {
    **same_formulas("concentration", _concentration, "units", "total", "top_share"),
    "gini": Figure(_concentration, "explain.concentration.gini", "Gini 1912"),
    "hhi": Figure(_concentration, "explain.concentration.hhi", "Hirschman 1945; Herfindahl 1950"),
    "jain": Figure(_concentration, "explain.concentration.jain", "Jain, Chiu & Hawe 1984"),
}
_MATCHING = "Harvey, Ladner, Lovász & Tamir 2006"
EXPLAINED = {
    "workload": Explained(("unit",), same_formulas("workload", _workload, *COUNTS), ("region", "kind")),
    "concentration": Explained(("region",), _CONCENTRATION, ("population", "top_units", "lorenz")),
    "balance_loads": Explained(
        ("unit",),
        same_formulas("balance_loads", _balance_loads, "before")
        | same_formulas("balance_loads", _balance_loads, "after", "change", source=_MATCHING),
        ("region",),
    ),
    "balance": Explained(("task", "region"), {}, ("listed", "before", "after", "moved", "address")),
    "tasks_by_size": Explained(
        ("region", "units"), same_formulas("tasks_by_size", _tasks_by_size, "tasks", "collectives"), ("numbers",)
    ),
    "sole_leads": Explained(
        ("task", "region"),
        same_formulas("sole_leads", _sole_leads, "number"),
        ("unit", "collective", "area", "address"),
    ),
    "task_exclusivity": Explained(
        ("unit",),
        same_formulas("task_exclusivity", _exclusivity, "tasks", "blocks")
        | same_formulas("task_exclusivity", _exclusivity, "exclusivity", "share", source="Ashworth & Carley 2003"),
        ("region", "address"),
    ),
}
