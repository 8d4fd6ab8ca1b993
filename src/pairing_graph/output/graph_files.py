"""Graph files: GraphML and node-link JSON round-trip; GEXF is written for Gephi."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.files import write_file
from pairing_graph.graph.build import Source, as_graph, checksums

if TYPE_CHECKING:
    from pairing_graph.graph.build import MultiDiGraph

LARGEST_FILE = 200_000_000
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write_graph(source: Source, path: str | Path) -> Path:
    """Write a graph, or a knowledge base as one; the suffix tells the format.

    `.graphml`, `.json` (node-link) or `.gexf` (for Gephi). Missing folders are created.

    The same graph gives the same bytes. GEXF numbers the edges, since Gephi drops one of two edges with the same id.

    Returns:
        The path that was written.

    Raises:
        FileError: The suffix is none of these, a text is not allowed in XML, or the file cannot be written.
    """
    graph = as_graph(source)
    path = Path(path)
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise FileError(
            Complaint("This graph format is not written", str(path), _either(WRITERS), path.suffix or "no suffix")
        )
    return write_file(path, writer(graph, path), sources=checksums(graph))


def read_graph(path: str | Path) -> MultiDiGraph:
    """Read a graph that `write_graph` wrote as GraphML or node-link JSON.

    Raises:
        FileError: The file is missing, too large, damaged, declares entities, or is of another format.
    """
    path = Path(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        expected = _either(_READERS)
        if written := [suffix for suffix in WRITERS if suffix not in _READERS]:
            expected += f" ({_either(written)} is written for other programs and is not read back)"
        raise FileError(Complaint("This graph format is not read", str(path), expected, path.suffix or "no suffix"))
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileError(Complaint("The graph file is too large", str(path), f"at most {LARGEST_FILE:,} bytes"))
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(Complaint("The graph file cannot be read", str(path), "a UTF-8 file", str(error))) from error
    try:
        graph = reader(text)
    except (nx.NetworkXError, ValueError, KeyError, TypeError, AttributeError, SyntaxError, RecursionError) as error:
        raise FileError(
            Complaint("The graph file is damaged", str(path), "what write_graph wrote", str(error))
        ) from error
    if not isinstance(graph, nx.MultiDiGraph):
        raise FileError(
            Complaint("The file holds another kind of graph", str(path), "MultiDiGraph", type(graph).__name__)
        )
    return graph


def _graphml(graph: MultiDiGraph, path: Path) -> bytes:
    _check_xml(graph, path)
    buffer = BytesIO()
    nx.write_graphml_xml(graph, buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue()


def _node_link(graph: MultiDiGraph, path: Path) -> bytes:
    data = nx.node_link_data(graph, edges="edges")
    return (json.dumps(data, ensure_ascii=False, indent=1, default=_plain) + "\n").encode("utf-8")


def _gexf(graph: MultiDiGraph, path: Path) -> bytes:
    _check_xml(graph, path)
    numbered: MultiDiGraph = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        shown = data.get("short_name") or data.get("label") or data.get("as_written") or str(node)
        numbered.add_node(node, **{"label": shown} | data)
    for count, (tail, head, key, data) in enumerate(graph.edges(keys=True, data=True), 1):
        numbered.add_edge(tail, head, key=key, **data | {"id": str(count), "label": data.get("relation", "")})
    # NetworkX stamps the day of writing into the file; the same graph must give the same bytes.
    lines = [line for line in nx.generate_gexf(numbered) if "<meta " not in line]
    text = "\n".join(lines)
    text = re.sub(r"\n\s*<creator>[^<]*</creator>\n\s*</meta>", "", text)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _check_xml(graph: MultiDiGraph, path: Path) -> None:
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


def _either(suffixes: Iterable[str]) -> str:
    *most, last = suffixes
    return f"{', '.join(most)} or {last}" if most else last


def _plain(value: Any) -> Any:
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be written to a graph file")


def _from_graphml(text: str) -> Any:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("the file declares a document type or entities, which graph files do not need")
    return nx.parse_graphml(text, force_multigraph=True)


def _from_node_link(text: str) -> Any:
    data = json.loads(text)
    if not isinstance(data.get("graph", {}), dict):
        raise ValueError("the attributes of the graph are not an object")
    return nx.node_link_graph(data, edges="edges")


WRITERS: dict[str, Callable[[MultiDiGraph, Path], bytes]] = {".graphml": _graphml, ".json": _node_link, ".gexf": _gexf}
"""The formats of graphs by their suffix; `analyse` writes all of them."""
_READERS: dict[str, Callable[[str], Any]] = {".graphml": _from_graphml, ".json": _from_node_link}
