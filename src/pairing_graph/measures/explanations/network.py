"""What is behind positions in the network of units and tasks: its edges, each an assignment."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import pandas as pd

from pairing_graph.graph import unit_task_view
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.explanations.evidence import between, cited_facts, cited_tasks, mentions
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
    total,
)
from pairing_graph.measures.relations import once
from pairing_graph.measures.structure import Graph, two_mode_centrality


@once
def _view(kb: KnowledgeBase, collectives: bool) -> Graph:
    return unit_task_view(kb, collectives=collectives)


@once
def _measured(kb: KnowledgeBase, collectives: bool) -> pd.DataFrame:
    return two_mode_centrality(_view(kb, collectives))


def _centrality(asked: Asked) -> Behind:
    kb, node, column = asked.kb, asked.row["node"], asked.column
    view = _view(kb, bool(asked.options.get("collectives", False)))
    mode = view.nodes[node]["bipartite"]
    if column == "degree":
        opposite = [other for other in view if view.nodes[other]["bipartite"] != mode]
        if not opposite:  # a network of one mode has no degrees: 0 by convention
            return total(())
        return share(_end(kb, view, node, other, mode) for other in opposite)
    part = nx.node_connected_component(view, node)
    if column == "component_size":
        return count(_node(kb, other) for other in sorted(part, key=list(view).index))
    inside = part if column == "closeness" else set(view)
    measured = _measured(kb, bool(asked.options.get("collectives", False)))
    value = measured.loc[node, column]
    sizes = [view.nodes[other]["bipartite"] for other in inside]
    terms = {"units": float(sizes.count(0)), "tasks": float(sizes.count(1))}
    return Behind("inputs", tuple(_edges(kb, view.subgraph(inside))), value, terms)


def _end(kb: KnowledgeBase, view: Graph, node: str, other: str, mode: int) -> Thing:
    """A node of the other mode: it counts where the two are joined."""
    if not view.has_edge(node, other):
        return Thing(other, _node(kb, other).cited, 0.0, 1.0)
    return Thing(other, cited_facts(kb)[(other, node) if mode == 0 else (node, other)], 1.0, 1.0)


def _node(kb: KnowledgeBase, node: str) -> Thing:
    task = cited_tasks(kb).get(node)
    return Thing(node, (task,) if task else mentions(kb).get(node, (Cited("units", ""),))[:1])


def _edges(kb: KnowledgeBase, view: Graph) -> Iterable[Thing]:
    rows = cited_facts(kb)
    for one, other in view.edges:
        unit, task = (one, other) if view.nodes[one]["bipartite"] == 0 else (other, one)
        yield Thing(between(unit, task), rows[task, unit])


def _projection(asked: Asked) -> Behind:
    kb, unit, partner = asked.kb, asked.row["unit"], asked.row["partner"]
    view, rows = _view(kb, bool(asked.options.get("collectives", False))), cited_facts(kb)
    joint = [task for task in kb.tasks["task"] if view.has_edge(unit, task) and view.has_edge(partner, task)]
    newman = asked.column == "newman"
    return total(
        Thing(task, (*rows[task, unit], *rows[task, partner]), 1 / (view.degree[task] - 1) if newman else 1.0)
        for task in joint
    )


_TWO_MODES = "Borgatti & Halgin 2011"
EXPLAINED = {
    "centrality": Explained(
        ("node",),
        same_formulas("centrality", _centrality, "degree", "closeness", "betweenness", source=_TWO_MODES)
        | same_formulas("centrality", _centrality, "component", "component_size"),
        ("node_type",),
    ),
    "projection": Explained(
        ("unit", "partner"),
        {
            "joint_tasks": Figure(_projection, "explain.projection.joint_tasks"),
            "newman": Figure(_projection, "explain.projection.newman", "Newman 2001"),
        },
        ("tasks", "address"),
    ),
}
