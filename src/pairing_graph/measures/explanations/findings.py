"""What is behind the counts of `checks`: the rows that a finding is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pandas as pd

from pairing_graph.kb.address import join, row_of
from pairing_graph.measures.concentration import POPULATIONS
from pairing_graph.measures.explanations.evidence import assigned_rows, between, cited_tasks
from pairing_graph.measures.explanations.record import (
    Asked,
    Behind,
    Cited,
    Explained,
    Thing,
    count,
    same_formulas,
    total,
    undefined,
)
from pairing_graph.measures.pairs import cell_of


def _finding(asked: Asked) -> Behind:
    if asked.row[asked.column] is pd.NA:
        return undefined(_cited(asked))
    check = asked.row["check"]
    return replace(_BEHIND[check](asked), formula=f"explain.checks.{check}")


def _cited(asked: Asked) -> Iterator[Thing]:
    places = asked.row["address"].split()
    return (Thing(_subject(asked), (Cited("checks", place),), 0.0) for place in places)


def _subject(asked: Asked) -> str:
    return " ".join(asked.row["subject"])


def _leads(asked: Asked) -> Behind:
    """The units of a region in the cell, which may lead several tasks; the sentence says which units they are."""
    cell, tasks = asked.row["address"], set(asked.row["subject"])
    names = dict(zip(asked.kb.units["unit"], asked.kb.units["name"], strict=True))
    regions: dict[str, list[Thing]] = {}
    for row in assigned_rows(asked.kb, "lead"):
        if row.task in tasks and cell_of(row.inherited_from or row.address) == cell:
            regions.setdefault(row.region, []).append(Thing(row.unit, row.cited))
    said = [
        count(things) for things in regions.values() if all(names[one.counted] in asked.row["found"] for one in things)
    ]
    return next((behind for behind in said if behind.number == asked.row["count"]), count(()))


def _twice(asked: Asked) -> Behind:
    """The rows that name the unit in the task."""
    places = set(asked.row["address"].split())
    rows = asked.kb.assignments[asked.kb.assignments["task"] == _subject(asked)]
    named = rows[["unit", "address", "inherited_from"]].itertuples(index=False)
    return total(
        Thing(unit, (Cited("assignments", address, supplier),))
        for unit, address, supplier in named
        if set(address.split()) <= places
    )


def _stated(asked: Asked) -> Behind:
    """What is there, beside the number that is stated, which is in the words of the text."""
    stated = Thing(_subject(asked), (Cited("checks", asked.row["address"]),), 0.0)
    if asked.column == "of":
        return Behind("fact", (stated,), int(asked.row["of"]))
    document, tasks, rows = asked.row["document"], asked.kb.tasks, _rows_of_table(asked)
    own = tasks[tasks["document"] == document]
    area = set(own.loc[own["address"] == asked.row["address"], "area"])
    candidates = [own[own["area"].isin(area)], own]
    found = next((part for part in candidates if len(part) == asked.row["count"]), None)
    if found is None:
        return total([stated, *(Thing(place, (Cited("pairings", place),)) for place in rows)])
    return total([stated, *(Thing(task, (cited_tasks(asked.kb)[task],)) for task in found["task"])])


def _rows_of_table(asked: Asked) -> dict[str, pd.DataFrame]:
    links = asked.kb.pairings[asked.kb.pairings["document"] == asked.row["document"]]
    return {str(place): part for place, part in links.groupby(links["address"].map(row_of), sort=False)}


def _promise(asked: Asked) -> Behind:
    """Rows of the table, or pairings of departments: those that the finding cites do not meet the stated duty."""
    _, *cited = asked.row["address"].split()
    rows = _rows_of_table(asked)
    promised = Thing(_subject(asked), (cited_tasks(asked.kb)[_subject(asked)],), 0.0)
    if set(cited) <= set(rows):
        chosen = cited if asked.column == "count" else rows
        things = [
            Thing(place, (Cited("pairings", join(" ".join(rows[place]["address"]).split())),)) for place in chosen
        ]
        return total([*things, promised])
    units, broken = asked.kb.units, set(cited)
    departments = set(units.loc[units["kind"].isin(POPULATIONS["departments"]), "unit"])
    links = pd.concat(rows.values())[["donor", "recipient", "address"]].itertuples(index=False)
    chosen_links = [
        Thing(between(donor, recipient), (Cited("pairings", address),))
        for donor, recipient, address in links
        if {donor, recipient} <= departments and (asked.column == "of" or set(address.split()) <= broken)
    ]
    return total([*chosen_links, promised])


_BEHIND: dict[str, Callable[[Asked], Behind]] = {
    "several_leads": _leads,
    "unit_twice": _twice,
    "count_differs": _stated,
    "duty_not_met": _promise,
}
EXPLAINED = {
    "checks": Explained(
        ("",),
        same_formulas("checks", _finding, "count", "of"),
        ("check", "severity", "document", "subject", "found", "address"),
    )
}
