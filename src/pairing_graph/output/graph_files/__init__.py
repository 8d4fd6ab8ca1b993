"""Graph files, a row for each format: GraphML and node-link JSON are read back, the others are for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import networkx as nx

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.files import refuse, write_files
from pairing_graph.graph.build import as_knowledge_base, build_graph, checksums
from pairing_graph.output.graph_files.formats import AnyGraph, GraphFormat, plain_value
from pairing_graph.output.graph_files.networks import matrix_bytes, pajek_bytes, ucinet_bytes
from pairing_graph.output.graph_files.node_link import from_node_link, node_link_bytes
from pairing_graph.output.graph_files.property_graph import IMPORTED, import_files
from pairing_graph.output.graph_files.xml import from_graphml, gexf_bytes, graphml_bytes

if TYPE_CHECKING:
    from pairing_graph.graph.build import MultiDiGraph
    from pairing_graph.kb.knowledge_base import KnowledgeBase

__all__ = ["LARGEST_FILE", "WRITERS", "AnyGraph", "GraphFormat", "plain_value", "read_graph", "write_graph"]

LARGEST_FILE = 200_000_000

WRITERS: Mapping[str, GraphFormat] = MappingProxyType(
    {
        ".graphml": GraphFormat("GraphML: igraph, Gephi, yEd", graphml_bytes, read=from_graphml, of_run=True),
        ".json": GraphFormat("node-link JSON", node_link_bytes, read=from_node_link, of_run=True),
        ".gexf": GraphFormat("GEXF: Gephi", gexf_bytes, of_run=True),
        ".net": GraphFormat("Pajek", pajek_bytes),
        ".dl": GraphFormat("UCINET", ucinet_bytes),
        ".csv": GraphFormat("a matrix", matrix_bytes),
    }
)
"""The formats of graphs by their suffix; `analyse` writes those of a run."""
FOLDER = "a folder"
"""What a path without a suffix is: files of nodes and relationships for Neo4j."""


def write_graph(source: KnowledgeBase | AnyGraph, path: str | Path) -> Path:
    """Write a graph, a view of it, or a knowledge base as its graph; the suffix tells the format.

    | suffix | for | holds |
    |---|---|---|
    | `.graphml` | igraph, Gephi, yEd, NetworkX | everything; read back by `read_graph` |
    | `.json` | NetworkX, D3 (node-link) | everything; read back by `read_graph` |
    | `.gexf` | Gephi (GEXF 1.2) | everything |
    | `.net` | Pajek, igraph | ids, edges with weights, relation and role as the line's label |
    | `.dl` | UCINET, Gephi, igraph | ids and the matrix as a list of its cells |
    | `.csv` | a spreadsheet, R | the matrix, one row a node |
    | none: a folder | Neo4j | a CSV for each kind of node and of relationship, with the headers of `neo4j-admin import` |

    In a matrix (`.dl`, `.csv`) a cell is the sum of the weights, or the number of edges where they have none. Units by
    tasks (`unit_task_view`) are written in two modes: units in rows. The formats of Pajek and UCINET hold no quotes,
    commas, colons and line breaks in names: these are replaced, and two names that come out the same are counted
    (`~2`). In CSV a text that a spreadsheet would run has an apostrophe before it.

    The folder is imported with `neo4j-admin database import full --multiline-fields=true --nodes='nodes-.*\\.csv'
    --relationships='relationships-.*\\.csv'`. Lists are JSON texts there, as in the graph. A program that merges
    parallel edges (Gephi asks) adds up their weights.

    Missing folders are created. The same graph gives the same bytes.

    Returns:
        The path that was written.

    Raises:
        FileError: The suffix is none of these, a text is not allowed in XML, the matrix is too large, a folder holds
            files of another graph that would be imported too, or the file cannot be written.
        NoticeError: It is neither a graph nor a knowledge base.

    Example:
        >>> import tempfile
        >>> from pairing_graph.graph.views import pairing_view
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_graph(pairing_view(kb), Path(folder) / "pairings.net").read_text(encoding="utf-8").splitlines()[:2]
        ['*Vertices 63', '1 "渝中区招商投资局"']
    """
    graph = source if isinstance(source, nx.Graph) else build_graph(as_knowledge_base(source))
    path = Path(path)
    row = WRITERS.get(path.suffix.lower())
    if row is not None:
        files = {path: row.write(graph, path)}
    elif _is_folder(path):
        files = {path / name: data for name, data in import_files(graph).items()}
        _refuse_others(path, files)
    else:
        expected = f"{either([*WRITERS, FOLDER])}"
        raise FileError(Complaint("This graph format is not written", str(path), expected, path.suffix))
    write_files(files, sources=checksums(graph))
    return path


def read_graph(path: str | Path) -> MultiDiGraph:
    """Read a graph that `write_graph` wrote as GraphML or node-link JSON.

    Raises:
        FileError: The file is missing, too large, damaged, declares entities, or is of another format.
    """
    path = Path(path)
    row = WRITERS.get(path.suffix.lower())
    if row is None or row.read is None:
        expected = either(suffix for suffix, row in WRITERS.items() if row.read)
        expected += (
            f" ({either(suffix for suffix, row in WRITERS.items() if not row.read)} are written for other programs"
        )
        expected += " and are not read back)"
        raise FileError(Complaint("This graph format is not read", str(path), expected, path.suffix or "no suffix"))
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileError(Complaint("The graph file is too large", str(path), f"at most {LARGEST_FILE:,} bytes"))
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(Complaint("The graph file cannot be read", str(path), "a UTF-8 file", str(error))) from error
    try:
        graph: Any = row.read(text)
    except (nx.NetworkXError, ValueError, KeyError, TypeError, AttributeError, SyntaxError, RecursionError) as error:
        raise FileError(
            Complaint("The graph file is damaged", str(path), "what write_graph wrote", str(error))
        ) from error
    if not isinstance(graph, nx.MultiDiGraph):
        raise FileError(
            Complaint("The file holds another kind of graph", str(path), "MultiDiGraph", type(graph).__name__)
        )
    return graph


def either(names: Iterable[str]) -> str:
    """Names as a choice.

    Example:
        >>> either([".a", ".b", ".c"]), either([".a"])
        ('.a, .b or .c', '.a')
    """
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def _refuse_others(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Refuse a folder with files that the import would take for a part of this graph."""
    others = sorted(file for pattern in IMPORTED for file in folder.glob(pattern) if file not in files)
    what = "The folder holds a file of another graph, which would be imported with this one"
    refuse([(what, file) for file in others], "Remove it, or name another folder.")


def _is_folder(path: Path) -> bool:
    """Whether a path without a suffix of ours is meant as a folder: it has no suffix, or a version (graph-1.2)."""
    suffix = path.suffix
    return not suffix or suffix[1:].isdigit() or path.is_dir()
