"""The sheet `evidence`: for every number of a measure that rests on facts, these facts, row by row, one block a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pandas as pd

from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import ROLES

EVIDENCE = "evidence"
COLUMNS = ("measure", "subject", "column", "number", "text", "address")
_MOST_ROWS = 50_000
"""Rows beyond which a number has no block: a sheet of more is opened slowly and looked at by nobody."""
_COUNTED: Mapping[str, str] = MappingProxyType(
    {"coordination": "joint_tasks", "gaps": "joint_tasks", "projection": "joint_tasks", "task_exclusivity": "tasks"}
)
"""Measures with the column that counts what is at the places which a row cites: those that `explain` gives for it."""
Key = tuple[str, str, str]
"""A number: its measure, the row's name, its column."""


@dataclass
class Evidence:
    """The rows of the sheet as they are collected.

    Attributes:
        rows: The rows.
        blocks: Number → its first and last row in the sheet, the heading being row 1.
    """

    rows: list[Sequence[object]] = field(default_factory=list)
    blocks: dict[Key, tuple[int, int]] = field(default_factory=dict)

    def add(self, key: Key, facts: Sequence[tuple[object, str, str]]) -> None:
        """A block: of each fact the number of its task or row, its words, and its address."""
        if not facts or len(self.rows) + len(facts) > _MOST_ROWS:
            return
        first = len(self.rows) + 2
        self.rows += [(*key, *fact) for fact in facts]
        self.blocks[key] = first, len(self.rows) + 1


def evidence_of(kb: KnowledgeBase, measures: Mapping[str, pd.DataFrame]) -> Evidence:
    """The facts behind the loads of every unit, and behind each row of a measure that cites places.

    A load rests on assignments and pairings. Of another measure a count leads to the places that its row cites where it
    is these that are counted; none, and what counts something else, leads nowhere.
    """
    found = Evidence()
    if "workload" in measures:
        _loads(found, kb, measures["workload"])
    words = _words(kb)
    for name, table in measures.items():
        column = _COUNTED.get(name, "")
        if not column:
            continue
        for label, number, address in zip(labels(table), table[column], table["address"], strict=True):
            places = str(address).split() if number else []
            found.add((name, label, column), [("", words.get(place, ""), place) for place in places])
    return found


def labels(table: pd.DataFrame) -> list[str]:
    """What each row of a measure is called: its index, joined.

    Example:
        >>> labels(pd.DataFrame({"n": [1]}, index=pd.MultiIndex.from_tuples([("a", "b")], names=["x", "y"])))
        ['a · b']
    """
    return [" · ".join(map(str, key)) if isinstance(key, tuple) else str(key) for key in table.index]


def _loads(found: Evidence, kb: KnowledgeBase, loads: pd.DataFrame) -> None:
    numbers = dict(zip(kb.tasks["task"], kb.tasks["number"], strict=True))
    facts: dict[tuple[str, str], list[tuple[object, str, str]]] = defaultdict(list)
    rows = kb.assignments[["task", "unit", "role", "as_written", "address"]]
    for task, unit, role, words, address in rows.itertuples(index=False):
        facts[unit, role].append((_whole(numbers.get(task)), words, address))
    pairs = kb.pairings[["number", "donor", "recipient", "address"]]
    for number, donor, recipient, address in pairs.itertuples(index=False):
        for unit, partner in ((donor, recipient), (recipient, donor)):
            facts[unit, "pairings"].append((_whole(number), partner, address))
    for unit in map(str, loads.index):
        for column in (*ROLES, "pairings"):
            found.add(("workload", unit, column), facts.get((unit, column), ()))


def _whole(number: Any) -> int | str:
    return "" if number is None or pd.isna(number) else int(number)


def _words(kb: KnowledgeBase) -> dict[str, str]:
    """What stands at each address: names as written, the first clause of tasks."""
    words: dict[str, str] = {}
    for table, column, side in (
        (kb.assignments, "as_written", 0), (kb.pairings, "donor_as_written", 0),
        (kb.pairings, "recipient_as_written", 1), (kb.tasks, "label", 0),
    ):  # fmt: skip
        for address, text in zip(table["address"], table[column], strict=True):
            places = str(address).split()
            if len(places) > side:
                words.setdefault(places[side], str(text))
    return words
