"""Views: new graphs of one or two modes, with weights and the addresses behind every edge. The graph is not changed."""

from __future__ import annotations

import json
from collections.abc import Collection
from itertools import combinations
from typing import TYPE_CHECKING

from pairing_graph.base.errors import Complaint, UnknownNameError
from pairing_graph.graph.build import Source, as_graph, as_knowledge_base
from pairing_graph.kb.address import join
from pairing_graph.kb.lookup import find_task, find_unit
from pairing_graph.kb.schema import ROLES

if TYPE_CHECKING:
    import networkx as nx

    from pairing_graph.graph.build import MultiDiGraph

    Graph = nx.Graph[str]
    DiGraph = nx.DiGraph[str]


def answerable_units(graph: MultiDiGraph, task: str) -> dict[str, list[str]]:
    """The units that answer for a task with the addresses: its leads, or where it has none its responsible ones."""
    by_role: dict[str, dict[str, list[str]]] = {"lead": {}, "responsible": {}}
    for unit, _, data in graph.in_edges(task, data=True):
        if data["relation"] == "assigned" and data["role"] in by_role:
            by_role[data["role"]].setdefault(unit, []).append(data["address"])
    return by_role["lead"] or by_role["responsible"]


def unit_task_view(source: Source, *, roles: str | Collection[str] | None = None, collectives: bool = False) -> Graph:
    """Two modes: units (bipartite=0) and tasks (bipartite=1).

    Args:
        source: A knowledge base or its graph.
        roles: The role or roles that count; without them the answerable units of each task.
        collectives: Whether collectives are among the units.

    Returns:
        An undirected graph; every edge has a weight (facts behind it) and their addresses.

    Raises:
        UnknownNameError: There is no such role.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> from pairing_graph.graph.build import build_graph
        >>> view = unit_task_view(build_graph(read_notice("data/raw/wuxi-yuzhong-2022.txt")))
        >>> view.number_of_edges()
        74
    """
    import networkx as nx

    roles = _known_roles(roles)
    graph = as_graph(source)
    view: Graph = nx.Graph()
    units = _nodes(graph, "unit", collectives=collectives)
    for unit in units:
        view.add_node(unit, bipartite=0, **graph.nodes[unit])
    for task in _nodes(graph, "task"):
        view.add_node(task, bipartite=1, **graph.nodes[task])
        for unit, addresses in _facts(graph, task, roles).items():
            if unit in view:
                view.add_edge(unit, task, weight=len(addresses), addresses=join(addresses))
    return view


def pairing_view(source: Source) -> DiGraph:
    """One mode: donor → recipient, weighted by the rows that pair them.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> from pairing_graph.graph.build import build_graph
        >>> pairing_view(build_graph(read_notice("data/raw/wuxi-yuzhong-2022.txt"))).number_of_edges()
        35
    """
    import networkx as nx

    graph = as_graph(source)
    view: DiGraph = nx.DiGraph()
    for donor, recipient, data in graph.edges(data=True):
        if data["relation"] != "paired":
            continue
        for unit in (donor, recipient):
            view.add_node(unit, **graph.nodes[unit])
        before = view.get_edge_data(donor, recipient, {"weight": 0, "addresses": ""})
        addresses = f"{before['addresses']} {data['address']}".strip()
        view.add_edge(donor, recipient, weight=before["weight"] + 1, addresses=addresses)
    return view


def co_lead_view(source: Source, *, across: bool = False, collectives: bool = False) -> Graph:
    """One mode: units that answer for a task together, weighted by their joint tasks.

    Args:
        source: A knowledge base or its graph.
        across: Only pairs of two regions.
        collectives: Whether collectives are among the units.

    Returns:
        An undirected graph; every edge has a weight, the joint tasks (JSON, as every list in a graph) and the addresses.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> from pairing_graph.graph.build import build_graph
        >>> co_lead_view(build_graph(read_notice("data/raw/wuxi-yuzhong-2022.txt")), across=True).number_of_edges()
        25
    """
    import networkx as nx

    graph = as_graph(source)
    view: Graph = nx.Graph()
    joint: dict[tuple[str, str], dict[str, list[str]]] = {}
    for task in _nodes(graph, "task"):
        facts = _facts(graph, task, None)
        named = sorted(unit for unit in facts if collectives or not graph.nodes[unit]["collective"])
        view.add_nodes_from((unit, dict(graph.nodes[unit])) for unit in named)
        for first, second in combinations(named, 2):
            regions = (graph.nodes[first].get("region", ""), graph.nodes[second].get("region", ""))
            if not across or (all(regions) and regions[0] != regions[1]):
                joint.setdefault((first, second), {})[task] = [*facts[first], *facts[second]]
    for (first, second), tasks in joint.items():
        places = join(place for addresses in tasks.values() for place in addresses)
        view.add_edge(
            first, second, weight=len(tasks), tasks=json.dumps([*tasks], ensure_ascii=False), addresses=places
        )
    return view


def neighbourhood(source: Source, node: str | int, *, hops: int = 1) -> MultiDiGraph:
    """The part of the graph within some steps of a node, whatever the direction of the edges.

    Args:
        source: A knowledge base or its graph.
        node: The id of a node, a unit's short name, or the printed number of a task.
        hops: How many steps.

    Raises:
        UnknownNameError: There is no such node, or the steps are no count.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> from pairing_graph.graph.build import build_graph
        >>> G = build_graph(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> sorted(node for node in neighbourhood(G, "县林业局") if "#" not in node)
        ['巫溪县林业局', '渝中区规划自然资源局']
        >>> sorted(node for node in neighbourhood(G, 21) if G.nodes[node]["node_type"] == "unit")[:2]
        ['巫溪县各乡镇', '巫溪县级各部门']
    """
    import networkx as nx

    if not isinstance(hops, int) or hops < 0:
        raise UnknownNameError(Complaint("The steps are no count", "hops", "0, 1, 2 …", repr(hops)))
    graph = as_graph(source)
    part: MultiDiGraph = nx.ego_graph(graph, _node_of(graph, source, node), radius=hops, undirected=True)
    return part


def _node_of(graph: MultiDiGraph, source: Source, node: str | int) -> str:
    """The node that is meant: its id, a unit's name, a task's number."""
    name = str(node).strip()
    if name in graph:
        return name
    kb = as_knowledge_base(source)
    return find_task(kb, name) if name.isdecimal() else find_unit(kb, name)


def _known_roles(roles: str | Collection[str] | None) -> Collection[str] | None:
    """The roles as a collection, a lone one accepted.

    Raises:
        UnknownNameError: There is no such role.
    """
    if roles is None:
        return None
    chosen = (roles,) if isinstance(roles, str) else tuple(roles)
    strange = [repr(role) for role in chosen if role not in ROLES]
    if strange:
        raise UnknownNameError(Complaint("There is no such role", "roles", ", ".join(ROLES), ", ".join(strange)))
    return chosen


def _nodes(graph: MultiDiGraph, node_type: str, *, collectives: bool = True) -> list[str]:
    nodes = graph.nodes(data=True)
    return [n for n, data in nodes if data["node_type"] == node_type and (collectives or not data["collective"])]


def _facts(graph: MultiDiGraph, task: str, roles: Collection[str] | None) -> dict[str, list[str]]:
    if roles is None:
        return answerable_units(graph, task)
    facts: dict[str, list[str]] = {}
    for unit, _, data in graph.in_edges(task, data=True):
        if data["relation"] == "assigned" and data["role"] in roles:
            facts.setdefault(unit, []).append(data["address"])
    return facts
