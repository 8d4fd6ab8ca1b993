"""What the measures say of the graph on the page: loads, gaps, tasks without a paired counterpart.

A part of a graph is counted as it is: a task outside of it counts for nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from pairing_graph.base.errors import NoticeError
from pairing_graph.graph import to_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures import workload
from pairing_graph.measures.relations import keeping
from pairing_graph.measures.results import Results
from pairing_graph.page.model import issuing_document, visible

Loads = Mapping[str, Mapping[str, float]]
COUNTS = tuple(dict.fromkeys(("lead", "listed_first", "fractional", *workload.COUNTS)))
"""The counts of `workload`, the three that the page shows first in front."""


_WHERE_USED = ("guide",)
"""Counts that are left out where all units have none, since few notices have them."""


@dataclass(frozen=True)
class Gap:
    """Two units with joint tasks that no table pairs.

    Attributes:
        unit: One of them, by its id in the graph.
        partner: The other.
        addresses: The places of their names.
        data: joint_tasks, joint_areas, blocks.
    """

    unit: str
    partner: str
    addresses: tuple[str, ...]
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Measured:
    """What was measured; empty where the graph is a view without tasks and roles.

    Attributes:
        loads: Counts of load by unit.
        gaps: Pairs with joint tasks that are not paired.
        unmatched: Addresses of the assignments whose unit has no paired counterpart in the task.
    """

    loads: Loads = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    unmatched: frozenset[str] = frozenset()


def measure(source: KnowledgeBase | nx.Graph[Any] | Results) -> Measured:
    """Measure what the page shows: a knowledge base as it is, a graph by the tables that it comes from."""
    if isinstance(source, Results):
        results = source
    elif isinstance(source, KnowledgeBase):
        results = Results(source)
    else:
        try:
            results = Results(to_knowledge_base(completed(source)))
        except (NoticeError, KeyError, TypeError, ValueError):
            return Measured()
    counts = [name for name in COUNTS if name not in _WHERE_USED or results.loads[name].any()]
    loads = {
        visible(str(unit)): {name: round(float(row[name]), 4) for name in counts}
        for unit, row in results.loads.to_dict("index").items()
    }
    with keeping():
        return Measured(loads, *_coordination(results))


def counts_of(loads: Loads) -> list[str]:
    """The counts that the page offers, in its order.

    Example:
        >>> counts_of({"a": {"lead": 0.0, "tasks": 1.0}})
        ['lead', 'tasks']
    """
    return list(next(iter(loads.values()), {}))


def default_count(loads: Loads) -> str:
    """The count that comes first: tasks led, or where fewer are led than answered for in another role all tasks.

    Example:
        >>> default_count({"a": {"lead": 0.0, "tasks": 1.0}})
        'tasks'
    """
    led, responsible = (sum(load.get(role, 0.0) for load in loads.values()) for role in ("lead", "responsible"))
    return "lead" if led and led >= responsible else "tasks"


def completed(graph: nx.Graph[Any]) -> Any:
    """The graph, or where notices were cut off from their tasks a copy with the notices' nodes added.

    Raises:
        NoticeError: The graph is not the graph of a knowledge base.
    """
    if not isinstance(graph, nx.MultiDiGraph):
        raise NoticeError("Only a MultiDiGraph is measured.")
    known = {name for name, data in graph.nodes(data=True) if data.get("node_type") == "document"}
    edges = list(graph.edges(data=True))
    issued = {head for _, head, data in edges if data.get("relation") == "issued"}
    orphans = {
        name: issuing_document(str(data.get("address", "")).split())
        for name, data in graph.nodes(data=True)
        if data.get("node_type") == "task" and name not in issued
    }
    paired = {str(data["document"]) for _, _, data in edges if data.get("relation") == "paired" and "document" in data}
    missing = sorted((paired | set(orphans.values())) - known - {""})
    if not missing and not orphans:
        return graph
    whole = graph.copy()
    for document in missing:
        whole.add_node(document, node_type="document", document=document)
    for task, document in orphans.items():
        if document:
            whole.add_edge(document, task, key="issued", relation="issued", address=document)
    return whole


def _coordination(results: Results) -> tuple[tuple[Gap, ...], frozenset[str]]:
    table = results["gaps"]
    if results.kb.pairings.empty or table.empty:
        return (), frozenset()
    found = [
        Gap(
            str(row["unit"]),
            str(row["partner"]),
            tuple(str(row["address"]).split()),
            {name: int(row[name]) for name in ("joint_tasks", "joint_areas", "blocks")},
        )
        for row in table.reset_index().to_dict("records")
    ]
    alone = results["unpaired_in_task"]["address"]
    return tuple(found), frozenset(place for places in alone for place in str(places).split())
