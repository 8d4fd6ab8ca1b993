"""GraphML and GEXF 1.2 by their schemas: every edge has an id of its own, every attribute one type.

GraphML: Brandes and others (2002), GraphML progress report. GEXF: the GEXF working group (2009), GEXF 1.2draft primer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree

import networkx as nx

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.output.graph_files.formats import AnyGraph, edges_of, label_of, types_of, written

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_KEY = "networkx_key"
"""The attribute of an edge whose key is not its address."""
_NUMBERED = re.compile("e[1-9][0-9]*")
_GEXF = "http://www.gexf.net/1.2draft"
_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_GEXF_TYPES: Mapping[type, str] = MappingProxyType({bool: "boolean", int: "long", float: "double", str: "string"})


def graphml_bytes(graph: AnyGraph, path: Path) -> bytes:
    """A graph as GraphML. Edges are numbered, since its schema wants an id to be there once and Gephi drops the second.

    Raises:
        FileError: A text holds what XML does not allow.
    """
    _check_xml(graph, path)
    buffer = BytesIO()
    nx.write_graphml_xml(_numbered(graph), buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue().replace(b"\r", b"&#13;")  # As it is, a parser reads it as a line break (XML 1.0, 2.11).


def _numbered(graph: AnyGraph) -> Any:
    if not graph.is_multigraph():
        return graph
    numbered: Any = graph.__class__(**graph.graph)
    numbered.add_nodes_from(graph.nodes(data=True))
    for count, (tail, head, key, data) in enumerate(edges_of(graph), 1):
        kept = {} if key == data.get("address") else {_KEY: key}
        numbered.add_edges_from([(tail, head, f"e{count}", data | kept)])
    return numbered


def from_graphml(text: str) -> Any:
    """A graph out of GraphML; its edges are keyed by their addresses again.

    Raises:
        ValueError: It declares a document type or entities.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("the file declares a document type or entities, which graph files do not need")
    numbered: Any = nx.parse_graphml(text, force_multigraph=True)
    graph = numbered.__class__(**numbered.graph)
    graph.add_nodes_from(numbered.nodes(data=True))
    for tail, head, key, data in numbered.edges(keys=True, data=True):
        named = data.pop(_KEY, None)
        if named is None and _NUMBERED.fullmatch(str(key)):
            named = data.get("address")
        graph.add_edges_from([(tail, head, key if named is None else named, data)])
    return graph


def gexf_bytes(graph: AnyGraph, path: Path) -> bytes:
    """A graph as GEXF 1.2, without the day of writing: the same graph gives the same bytes.

    Raises:
        FileError: A text holds what XML does not allow.
    """
    _check_xml(graph, path)
    edges = edges_of(graph)
    root = ElementTree.Element("gexf", {"xmlns": _GEXF, "version": "1.2", "xmlns:xsi": _SCHEMA_INSTANCE})
    root.set("xsi:schemaLocation", f"{_GEXF} {_GEXF}/gexf.xsd")
    kind = "directed" if graph.is_directed() else "undirected"
    body = ElementTree.SubElement(root, "graph", mode="static", defaultedgetype=kind)
    node_rows = {node: _node_row(node, data) for node, data in graph.nodes(data=True)}
    edge_rows = [{name: value for name, value in data.items() if name not in ("id", "weight")} for *_, data in edges]
    node_ids = _declared(body, "node", types_of(node_rows.values()))
    edge_ids = _declared(body, "edge", types_of(edge_rows))
    listed = ElementTree.SubElement(body, "nodes")
    for node, data in graph.nodes(data=True):
        entry = ElementTree.SubElement(listed, "node", id=str(node), label=label_of(node, data))
        _add_values(entry, node_rows[node], node_ids)
    listed = ElementTree.SubElement(body, "edges")
    for count, ((tail, head, _, data), row) in enumerate(zip(edges, edge_rows, strict=True), 1):
        entry = ElementTree.SubElement(listed, "edge", id=str(count), source=str(tail), target=str(head))
        if "relation" in data:
            entry.set("label", str(data["relation"]))
        if "weight" in data:
            entry.set("weight", str(data["weight"]))
        _add_values(entry, row, edge_ids)
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _node_row(node: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of a node but the label that is shown already."""
    return {name: value for name, value in data.items() if name != "label" or value != label_of(node, data)}


def _declared(body: ElementTree.Element, kind: str, types: Mapping[str, type]) -> dict[str, str]:
    """Declare the attributes of nodes or edges, and give the id of each by its name."""
    if not types:
        return {}
    group = ElementTree.SubElement(body, "attributes", {"class": kind, "mode": "static"})
    ids = {name: f"{kind[0]}{count}" for count, name in enumerate(types)}
    for name, of in types.items():
        ElementTree.SubElement(group, "attribute", id=ids[name], title=name, type=_GEXF_TYPES[of])
    return ids


def _add_values(entry: ElementTree.Element, row: Mapping[str, Any], ids: Mapping[str, str]) -> None:
    if not row:
        return
    values = ElementTree.SubElement(entry, "attvalues")
    for name, value in row.items():
        ElementTree.SubElement(values, "attvalue", {"for": ids[name], "value": written(value)})


def _check_xml(graph: AnyGraph, path: Path) -> None:
    complaints = []
    parts: list[tuple[Any, Any]] = [(node, [node, *data.values()]) for node, data in graph.nodes(data=True)]
    parts += [((tail, head), data.values()) for tail, head, data in graph.edges(data=True)]
    parts.append(("the graph", graph.graph.values()))
    for where, values in parts:
        if any(isinstance(value, str) and _NOT_XML.search(value) for value in values):
            advice = "Remove it, or write .json."
            complaints.append(Complaint("A control character is not allowed in XML", repr(where), advice=advice))
    if complaints:
        raise FileError([Complaint("The graph cannot be written as XML", str(path)), *complaints])
