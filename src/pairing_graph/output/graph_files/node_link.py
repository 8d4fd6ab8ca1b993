"""Node-link JSON: everything that the graph holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx

from pairing_graph.output.graph_files.formats import AnyGraph, plain_value


def node_link_bytes(graph: AnyGraph, _: Path) -> bytes:
    """A graph as node-link JSON."""
    data = nx.node_link_data(graph, edges="edges")
    return (json.dumps(data, ensure_ascii=False, indent=1, default=plain_value) + "\n").encode("utf-8")


def from_node_link(text: str) -> Any:
    """A graph out of node-link JSON.

    Raises:
        ValueError: It is no such JSON.
    """
    data = json.loads(text)
    if not isinstance(data.get("graph", {}), dict):
        raise ValueError("the attributes of the graph are not an object")
    return nx.node_link_graph(data, edges="edges")
