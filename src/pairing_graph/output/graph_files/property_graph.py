"""CSV files of nodes and relationships as `neo4j-admin database import` reads them: the header says what a column is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from types import MappingProxyType
from typing import Any

from pairing_graph.base.safe_cells import safe_text
from pairing_graph.output.graph_files.formats import AnyGraph, edges_of, types_of, written

_TYPES: Mapping[type, str] = MappingProxyType({bool: "boolean", int: "long", float: "double", str: "string"})
_LABEL = "Node"
_TYPE = "LINKED"
"""What nodes and edges are called that have no node_type or relation: those of a view."""
IMPORTED = ("nodes-*.csv", "relationships-*.csv")
"""The files that the documented import takes out of a folder."""
_NOT_IN_A_NAME = re.compile(r"\W+")


def import_files(graph: AnyGraph) -> dict[str, bytes]:
    """A file for each type of node and of relationship, by name.

    The id of a node is kept as the property `id`. A text that a spreadsheet would run has an apostrophe before it.

    Example:
        >>> import networkx as nx
        >>> graph = nx.DiGraph([("a", "b", {"weight": 2})])
        >>> {name: data.decode("utf-8").splitlines() for name, data in import_files(graph).items()}
        {'nodes-node.csv': ['id:ID,:LABEL', 'a,Node', 'b,Node'], \
'relationships-linked.csv': [':START_ID,:END_ID,:TYPE,weight:long', 'a,b,LINKED,2']}
    """
    nodes: dict[str, list[tuple[list[str], Mapping[str, Any]]]] = {}
    for node, data in graph.nodes(data=True):
        label = str(data.get("node_type", _LABEL)).title()
        own = {name: value for name, value in data.items() if name not in ("id", "node_type")}
        nodes.setdefault(label, []).append(([str(node), label], own))
    edges: dict[str, list[tuple[list[str], Mapping[str, Any]]]] = {}
    for tail, head, _, data in edges_of(graph):
        kind = str(data.get("relation", _TYPE)).upper()
        own = {name: value for name, value in data.items() if name != "relation"}
        edges.setdefault(kind, []).append(([str(tail), str(head), kind], own))
    files = {_file("nodes", label): _csv(["id:ID", ":LABEL"], rows) for label, rows in nodes.items()}
    header = [":START_ID", ":END_ID", ":TYPE"]
    return files | {_file("relationships", kind): _csv(header, rows) for kind, rows in edges.items()}


def _file(what: str, kind: str) -> str:
    """The name of a file; a type of another's graph may hold any sign."""
    return f"{what}-{_NOT_IN_A_NAME.sub('_', kind.lower())}.csv"


def _csv(header: Sequence[str], rows: Iterable[tuple[list[str], Mapping[str, Any]]]) -> bytes:
    listed = list(rows)
    types = types_of(properties for _, properties in listed)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*header, *(f"{name}:{_TYPES[of]}" for name, of in types.items())])
    for fixed, properties in listed:
        values = [written(properties[name]) if name in properties else "" for name in types]
        writer.writerow([safe_text(text) if isinstance(text, str) else text for text in fixed] + _safe(values, types))
    return out.getvalue().encode("utf-8")


def _safe(values: Sequence[str], types: Mapping[str, type]) -> list[str]:
    """The values, texts made safe; a negative number stays one."""
    return [safe_text(value) if of is str else value for value, of in zip(values, types.values(), strict=True)]
