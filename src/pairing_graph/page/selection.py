"""What is selected on the page, and the rows of the tables that it stands for.

The page names what is selected by a key: `{"node": id}` for a node, and for a line its ends, kind and addresses
(`from`, `to`, `kind`, `addresses`), so that a key means the same on every page of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, UnknownNameError
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.lookup import find_task, find_unit

Key = Mapping[str, str]
FACTS = ("units", "tasks", "assignments", "pairings", "targets")
"""The tables whose rows can be selected."""
_EDGE = ("from", "to", "kind", "addresses")
_NO_FACT = ("gap",)
"""Lines that a measure adds; they cite cells of both ends, which are no facts of one of them."""


@dataclass(frozen=True)
class Selection:
    """What a reader has selected on the page.

    Attributes:
        units: Ids of units: the unit, or the ends of a line.
        tasks: Ids of tasks: the task, the end of a line, or the tasks of an area.
        addresses: Where it is written.
    """

    units: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class Selectable:
    """Everything on a page that can be selected, by key and by name.

    Args:
        payload: The data of the page.
    """

    def __init__(self, payload: Mapping[str, Any]) -> None:
        self._nodes: list[Mapping[str, Any]] = payload["facts"]["nodes"]
        self._cells: list[Mapping[str, Any]] = payload["cells"]
        self._edges = [
            {**fact, "from": look["from"], "to": look["to"]}
            for look, fact in zip(payload["network"]["edges"], payload["facts"]["edges"], strict=True)
        ]

    def selection(self, key: Key | None) -> Selection:
        """What a key stands for; nothing for None.

        Raises:
            UnknownNameError: It is no key of this page.
        """
        if key is None:
            return Selection()
        given = {name: str(part) for name, part in key.items()} if isinstance(key, Mapping) else {}
        if set(given) == {"node"} and given["node"] in self._numbers:
            return self._of_node(self._numbers[given["node"]])
        if set(given) == set(_EDGE) and (edge := self._edge_keys.get(tuple(given[part] for part in _EDGE))):
            return self._between((edge["from"], edge["to"]), self._addresses(edge))
        expected = "{'node': id}, or the from, to, kind and addresses of a line"
        raise UnknownNameError(Complaint("This is nothing that the page shows", "selected_key", expected, repr(key)))

    def rows(self, kb: KnowledgeBase, key: Key | None) -> dict[str, pd.DataFrame]:
        """The rows of a knowledge base that a key stands for, as `rows_of` says; of a target its own alone.

        Raises:
            UnknownNameError: It is no key of this page.
        """
        selection = self.selection(key)
        target = next((node for node in self._ends(key) if node["type"] == "target"), None)
        found = rows_of(kb, selection, cited=target is not None or "from" in (key or {}))
        if target:
            # Several targets of a task stand in one cell.
            known = found["targets"]
            same = [known[name] == target["data"].get(name, "") for name in ("metric", "as_written")]
            found["targets"] = known[same[0] & same[1]]
        return found

    def named(self, name: str | int) -> Key:
        """The key of a unit by its full or short name, or of a task by its id or number.

        Raises:
            UnknownNameError: Nothing, or more than one thing, goes by that name.
        """
        text = str(name).strip()
        if text in set(self._names.tasks["task"]) or text.isdecimal():
            return {"node": find_task(self._names, text)}
        return {"node": find_unit(self._names, text)}

    @cached_property
    def _names(self) -> KnowledgeBase:
        """Tables of nothing but the names on the page, to look them up as everywhere."""
        units = [
            {
                "unit": node["node"],
                "name": node["data"].get("short_name") or node["data"].get("name") or node["node"],
                "aliases": tuple(node["data"].get("aliases", ())),
            }
            for node in self._nodes
            if node["type"] == "unit"
        ]
        tasks = [
            {"task": node["node"], "number": node["data"].get("number")}
            for node in self._nodes
            if node["type"] == "task"
        ]
        return KnowledgeBase(units=frame("units", units), tasks=frame("tasks", tasks))

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {str(node["node"]): count for count, node in enumerate(self._nodes)}

    @cached_property
    def _edge_keys(self) -> Mapping[tuple[str, ...], Mapping[str, Any]]:
        """Lines by their key; of several that nothing tells apart the first."""
        found: dict[tuple[str, ...], Mapping[str, Any]] = {}
        for edge in self._edges:
            ends = (self._nodes[edge[end]]["node"] for end in ("from", "to"))
            found.setdefault((*ends, edge["kind"], " ".join(self._addresses(edge))), edge)
        return found

    def _ends(self, key: Key | None) -> list[Mapping[str, Any]]:
        """The node of a key, or both nodes of a line."""
        return (
            [self._nodes[self._numbers[str(key[part])]] for part in ("node", "from", "to") if part in key]
            if key
            else []
        )

    def _addresses(self, fact: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(str(self._cells[number]["address"]) for number in fact.get("cells", ()))

    def _of_node(self, number: int) -> Selection:
        node = self._nodes[number]
        edges = [
            edge for edge in self._edges if number in (edge["from"], edge["to"]) and edge["relation"] not in _NO_FACT
        ]
        near = [edge["from"] for edge in edges if node["type"] in ("area", "target")]
        places = [*self._addresses(node), *(place for edge in edges for place in self._addresses(edge))]
        return self._between((number, *near), places)

    def _between(self, numbers: Iterable[int], places: Iterable[str]) -> Selection:
        nodes = [self._nodes[number] for number in dict.fromkeys(numbers)]
        units, tasks = (tuple(str(n["node"]) for n in nodes if n["type"] == kind) for kind in ("unit", "task"))
        return Selection(units, tasks, tuple(dict.fromkeys(places)))


def rows_of(kb: KnowledgeBase, selection: Selection, *, cited: bool) -> dict[str, pd.DataFrame]:
    """The rows of a knowledge base that a selection stands for.

    Args:
        kb: The knowledge base behind the page.
        selection: What is selected.
        cited: Whether only the rows at its addresses are meant, not all that name its units and tasks.

    Returns:
        The rows of `assignments`, `pairings` and `targets`, and those of `units` and `tasks` that are selected or that the
        others name; each as in the knowledge base, index included.

    Example:
        >>> rows = [{"task": "a#1", "unit": unit, "role": "lead", "address": "a!p2"} for unit in ("甲局", "乙局")]
        >>> kb = KnowledgeBase(assignments=frame("assignments", rows))
        >>> rows_of(kb, Selection(units=("甲局",)), cited=False)["assignments"]["unit"].tolist()
        ['甲局']
    """
    chosen = _cited(kb, selection) if cited else _naming(kb, selection)
    assignments, pairings, targets = chosen
    units = {*selection.units, *assignments["unit"], *pairings["donor"], *pairings["recipient"]}
    tasks = {*selection.tasks, *assignments["task"], *targets["task"]}
    named = (kb.units[kb.units["unit"].isin(units)], kb.tasks[kb.tasks["task"].isin(tasks)])
    return dict(zip(FACTS, (*named, *chosen), strict=True))


def _naming(kb: KnowledgeBase, selection: Selection) -> tuple[pd.DataFrame, ...]:
    assigned, paired = kb.assignments, kb.pairings
    assigned = assigned[assigned["unit"].isin(selection.units) | assigned["task"].isin(selection.tasks)]
    paired = paired[paired["donor"].isin(selection.units) | paired["recipient"].isin(selection.units)]
    return assigned, paired, kb.targets[kb.targets["task"].isin({*selection.tasks, *assigned["task"]})]


def _cited(kb: KnowledgeBase, selection: Selection) -> tuple[pd.DataFrame, ...]:
    def here(rows: pd.DataFrame) -> pd.DataFrame:
        cited = [selected.issuperset(place.split()) for place in rows["address"]]
        return rows[pd.Series(cited, index=rows.index, dtype=bool)]

    selected = set(selection.addresses)
    assigned = kb.assignments[kb.assignments["unit"].isin(selection.units)]
    if selection.tasks:
        assigned = assigned[assigned["task"].isin(selection.tasks)]
    paired = kb.pairings[kb.pairings["donor"].isin(selection.units) & kb.pairings["recipient"].isin(selection.units)]
    targets = kb.targets[kb.targets["task"].isin(selection.tasks)]
    return here(assigned), here(paired), here(targets)
