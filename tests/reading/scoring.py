"""Holds a reading against expected answers in CSV: sets of facts, and the F1 of each."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

from pairing_graph.kb.knowledge_base import KnowledgeBase

FACTS = ("assignments", "tasks", "targets", "pairings", "results")
_WITHOUT_AREA = 4
Fact = tuple[str, ...]


def expected(folder: Path, name: str) -> Counter[Fact]:
    file = folder / f"{name}.csv"
    if not file.exists():
        return Counter()
    with file.open(encoding="utf-8", newline="") as lines:
        return Counter(_as_fact(name, row) for row in csv.DictReader(lines))


def _as_fact(name: str, row: dict[str, str]) -> Fact:
    if name == "targets":
        return (
            row["task"],
            row["comparator"],
            _plain(row["value"]),
            _plain(row["value_max"]),
            row["quantity_unit"],
            row["aspirational"],
        )
    if name == "results":
        return (row["task"], row["as_of"], _plain(row["value"]), row["quantity_unit"])
    return tuple(row.values())


def _plain(value: Any) -> str:
    return "" if pd.isna(value) or value == "" else f"{float(value):g}"


def got(kb: KnowledgeBase, name: str, folder: Path) -> Counter[Fact]:
    """What was read, in the columns of the expected answers; tasks go by their place in the document."""
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    place = {task: task.rpartition("#")[2] for task in kb.tasks["task"]}

    def number(value: Any) -> str:
        return "" if pd.isna(value) else str(value)

    if name == "assignments":
        return Counter((place[r.task], names[r.unit], r.role) for r in kb.assignments.itertuples())
    if name == "pairings":
        return Counter((number(r.number), names[r.donor], names[r.recipient]) for r in kb.pairings.itertuples())
    if name == "targets":
        return Counter(
            (
                place[r.task],
                r.comparator,
                _plain(r.value),
                _plain(r.value_max),
                r.quantity_unit,
                "yes" if r.aspirational else "no",
            )
            for r in kb.targets.itertuples()
        )
    if name == "results":
        return Counter((place[r.task], r.as_of, _plain(r.value), r.quantity_unit) for r in kb.results.itertuples())
    wanted = expected(folder, "tasks")
    begins = {row[0]: row[-2] for row in wanted}
    areas = not wanted or len(next(iter(wanted))) > _WITHOUT_AREA
    return Counter(
        (place[r.task], number(r.number), *([r.area] if areas else []),
         _beginning(r.text, begins.get(place[r.task], "")), r.deadline)
        for r in kb.tasks.itertuples()
    )  # fmt: skip


def _beginning(text: str, wanted: str) -> str:
    return wanted if text.startswith(wanted) else text


def f1(wanted: Counter[Fact], found: Counter[Fact]) -> tuple[int, int, int]:
    """Right, missing and invented facts."""
    right = sum((wanted & found).values())
    return right, sum((wanted - found).values()), sum((found - wanted).values())
