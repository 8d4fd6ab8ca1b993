"""A part of a knowledge base as a knowledge base: `KnowledgeBase.select` says what stays and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, UnknownNameError
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase, Names
from pairing_graph.kb.lookup import find_area, find_document, find_line, find_region, find_role, find_unit
from pairing_graph.kb.part import Part
from pairing_graph.kb.schema import TABLES
from pairing_graph.kb.validation import validate

_FIND: Mapping[str, Callable[[KnowledgeBase, str], str]] = {
    "document": find_document,
    "region": find_region,
    "area": find_area,
    "unit": find_unit,
    "role": find_role,
    "line": find_line,
}
_OF_TASKS = ("document", "area")
_OF_UNITS = ("unit", "region", "line")
_OF_ASSIGNMENTS = (*_OF_UNITS, "role")

Chosen = Mapping[str, tuple[str, ...]]


def selected(kb: KnowledgeBase, **criteria: Names) -> KnowledgeBase:
    """The part of a knowledge base that fits all criteria that are not empty.

    Raises:
        UnknownNameError: With every name that is not there; or there is no criterion.
    """
    chosen = _names(kb, criteria)
    tasks = _tasks(kb, chosen)
    documents = _documents(kb, chosen, tasks)
    tables = _rows(kb, set(tasks["task"]), documents)
    named = {*tables["assignments"]["unit"], *tables["pairings"]["donor"], *tables["pairings"]["recipient"]}
    tables["units"] = kb.units[kb.units["unit"].isin(named | set(chosen.get("unit", ())))]
    whole = kb.part or Part((), len(kb.tasks), len(kb.documents), _between_regions(kb))
    cut: dict[str, Any] = {name: frame(name, rows.reset_index(drop=True)) for name, rows in tables.items()}
    return validate(
        replace(
            kb,
            **cut,
            sources={name: source for name, source in kb.sources.items() if name in documents},
            part=replace(whole, chosen=(*whole.chosen, *chosen.items())),
        )
    )


def without_tasks(kb: KnowledgeBase, tasks: Iterable[str], criterion: str, value: str) -> KnowledgeBase:
    """The knowledge base without some tasks; all units, pairings and notices stay.

    Args:
        kb: The knowledge base.
        tasks: The tasks that go.
        criterion: What the others fit, as its part says it.
        value: The value of that criterion.
    """
    out = set(tasks)
    tables: dict[str, Any] = {
        name: frame(name, rows[~rows["task"].isin(out)].reset_index(drop=True))
        for name, rows in kb.tables.items()
        if "task" in TABLES[name].names
    }
    whole = kb.part or Part((), len(kb.tasks), len(kb.documents), _between_regions(kb))
    return validate(replace(kb, **tables, part=replace(whole, chosen=(*whole.chosen, (criterion, (value,))))))


def _between_regions(kb: KnowledgeBase) -> tuple[str, ...]:
    """The notices whose tables name units of several regions, collectives not counted."""
    region = {
        str(unit): str(place)
        for unit, place, collective in kb.units[["unit", "region", "collective"]].itertuples(index=False)
        if place and not collective
    }
    document = dict(zip(kb.tasks["task"], kb.tasks["document"], strict=True))
    named = [(document[task], unit) for task, unit in kb.assignments[["task", "unit"]].itertuples(index=False)]
    for side in ("donor", "recipient"):
        named += list(kb.pairings[["document", side]].itertuples(index=False, name=None))
    found: dict[str, set[str]] = {}
    for notice, unit in named:
        if unit in region:
            found.setdefault(notice, set()).add(region[unit])
    return tuple(name for name in kb.documents["document"] if len(found.get(name, ())) > 1)


def _names(kb: KnowledgeBase, criteria: Mapping[str, Names]) -> dict[str, tuple[str, ...]]:
    """The criteria that were given, each name as the tables have it."""
    chosen: dict[str, tuple[str, ...]] = {}
    complaints: list[Complaint] = []
    for criterion, given in criteria.items():
        found: list[str] = []
        for name in _listed(criterion, given):
            try:
                found.append(_FIND[criterion](kb, name))
            except UnknownNameError as error:
                complaints += error.complaints
        if found:
            chosen[criterion] = tuple(dict.fromkeys(found))
    if complaints:
        raise UnknownNameError(complaints)
    if not chosen:
        raise UnknownNameError(Complaint("Nothing was asked for", "select", f"one of {', '.join(_FIND)}"))
    return chosen


def _listed(criterion: str, given: Any) -> Iterable[str]:
    """The names of a criterion: one or several.

    Raises:
        UnknownNameError: They are no texts.
    """
    names = (given,) if isinstance(given, str) else given
    listed = tuple(names) if isinstance(names, Iterable) else (names,)
    if not all(isinstance(name, str) for name in listed):
        raise UnknownNameError(Complaint("Names are texts", criterion, "one name or several", repr(given)))
    return listed


def _tasks(kb: KnowledgeBase, chosen: Chosen) -> pd.DataFrame:
    """The tasks that fit: by their own columns, and by one assignment that fits every criterion of units and role."""
    tasks = _fitting(kb.tasks, chosen, _OF_TASKS)
    if any(criterion in chosen for criterion in _OF_ASSIGNMENTS):
        units = _fitting(kb.units, chosen, _OF_UNITS)["unit"]
        assignments = _fitting(kb.assignments, chosen, ("role",))
        tasks = tasks[tasks["task"].isin(assignments.loc[assignments["unit"].isin(units), "task"])]
    return tasks


def _documents(kb: KnowledgeBase, chosen: Chosen, tasks: pd.DataFrame) -> set[str]:
    """The notices of the tasks, and those that pair a unit that fits, where no criterion is of tasks alone."""
    if set(chosen) == {"document"}:
        return set(chosen["document"])
    documents = set(tasks["document"])
    if "area" not in chosen and "role" not in chosen:
        units = _fitting(kb.units, chosen, _OF_UNITS)["unit"]
        pairings = _fitting(kb.pairings, chosen, ("document",))
        documents |= set(pairings.loc[pairings["donor"].isin(units) | pairings["recipient"].isin(units), "document"])
    return documents


def _fitting(rows: pd.DataFrame, chosen: Chosen, criteria: Iterable[str]) -> pd.DataFrame:
    for criterion in criteria:
        if criterion in chosen:
            rows = rows[rows[criterion].isin(chosen[criterion])]
    return rows


def _rows(kb: KnowledgeBase, tasks: set[str], documents: set[str]) -> dict[str, pd.DataFrame]:
    """The rows of every table but that of the units: of the tasks, else of the notices."""
    found = {}
    for name, rows in kb.tables.items():
        if name != "units":
            column, kept = ("task", tasks) if "task" in TABLES[name].names else ("document", documents)
            found[name] = rows[rows[column].isin(kept)]
    return found
