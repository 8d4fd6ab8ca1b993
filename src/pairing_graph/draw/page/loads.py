"""The formal task load that node sizes and the details panel show: the measures' own counts, of what is on the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from pairing_graph.draw.page.model import issuing_document, visible
from pairing_graph.errors import NoticeError
from pairing_graph.measures.workload import workload

Loads = Mapping[str, Mapping[str, float]]
COUNTS = (
    "lead",
    "listed_first",
    "fractional",
    "responsible",
    "support",
    "tasks",
    "areas",
    "pairings",
    "partners",
    "targets",
)


def formal_loads(graph: nx.Graph[Any]) -> Loads:
    """All counts of load by unit; none where the graph is a view without tasks and roles.

    A part of a graph is counted as it is: a task outside of it counts for nobody.
    """
    try:
        table = workload(completed(graph), collectives=True)
    except (NoticeError, KeyError, TypeError, ValueError):
        return {}
    return {
        visible(str(unit)): {name: round(float(row[name]), 4) for name in COUNTS}
        for unit, row in table.to_dict("index").items()
    }


def default_count(loads: Loads) -> str:
    """The count that sizes nodes at first: tasks led, or where nothing is led all tasks.

    Example:
        >>> default_count({"a": {"lead": 0.0, "tasks": 1.0}})
        'tasks'
    """
    return "lead" if any(load["lead"] for load in loads.values()) else "tasks"


def completed(graph: nx.Graph[Any]) -> nx.MultiDiGraph[Any]:
    """The graph, or where notices were cut off from their tasks a copy with the notices' nodes added."""
    if not isinstance(graph, nx.MultiDiGraph):
        raise NoticeError("Loads are counted in a MultiDiGraph.")
    known = {name for name, data in graph.nodes(data=True) if data.get("node_type") == "document"}
    issued = {head for _, head, data in graph.edges(data=True) if data.get("relation") == "issued"}
    orphans = {
        name: issuing_document(str(data.get("address", "")).split())
        for name, data in graph.nodes(data=True)
        if data.get("node_type") == "task" and name not in issued
    }
    wanted = {
        str(data["document"])
        for _, _, data in graph.edges(data=True)
        if data.get("relation") == "paired" and "document" in data
    }
    missing = sorted((wanted | set(orphans.values())) - known - {""})
    if not missing and not orphans:
        return graph
    whole = graph.copy()
    for document in missing:
        whole.add_node(document, node_type="document", document=document)
    for task, document in orphans.items():
        if document:
            whole.add_edge(document, task, key="issued", relation="issued", address=document)
    return whole
