"""KnowledgeBase → MultiDiGraph and back; nothing is lost except the sources.

| node_type | node | edges |
|---|---|---|
| document | its id, prefixed with `document:` where a unit or task has the same | issued → task |
| task | document#k | part_of → area, aims_at → target |
| area | document#a1 | |
| target | document#k/1 | |
| unit | full name | assigned → task, paired → unit |

Attributes are plain strings, numbers and booleans; what is missing is left out; lists are JSON strings. An attribute has
one type on all nodes and one on all edges, as GEXF, GraphML, igraph and Gephi require: the official number of a document
is `document_number`, beside the `number` of a task, and the short form of a unit's name is `short_name`, since igraph
takes `name` for a key.

What is no node and no edge is an attribute of the graph: `unread`, the rows of that table as a JSON list, and `part`,
what the knowledge base is a part of.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Union

import pandas as pd

from pairing_graph.base.errors import Complaint, NoticeError, SchemaError
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase, advice_on
from pairing_graph.kb.part import Part
from pairing_graph.kb.schema import TABLES
from pairing_graph.kb.validation import validate

if TYPE_CHECKING:
    import networkx as nx

    MultiDiGraph = nx.MultiDiGraph[str]

# A string, since importing NetworkX takes half of the start-up time and most measures need no graph.
Source = Union[KnowledgeBase, "MultiDiGraph"]
RELATIONS = ("assigned", "paired", "part_of", "aims_at", "issued")
NODE_TYPES = ("unit", "task", "area", "target", "document")
RENAMED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"documents": MappingProxyType({"number": "document_number"}), "units": MappingProxyType({"name": "short_name"})}
)
"""Columns that have another name in the graph, by table."""
UNREAD, PART = "unread", "part"
"""Attributes of the graph as a whole."""
_LONGEST_SHOWN = 80
"""As much of a strange value as a sentence can show."""


def build_graph(kb: KnowledgeBase) -> MultiDiGraph:
    """The graph of a knowledge base.

    Edges are keyed by the address of the fact, so that no two facts merge in silence.

    Raises:
        NoticeError: It is no knowledge base.
        SchemaError: The knowledge base breaks its schema, or two different things go by one id.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> G = build_graph(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> G.nodes["渝中区金融办"]["region"], G.number_of_nodes()
        ('渝中区', 132)
    """
    import networkx as nx

    if not isinstance(kb, KnowledgeBase):
        got, advice = type(kb).__name__, advice_on(kb)
        raise NoticeError(Complaint("This is no knowledge base", "", "what read_notice gives", got, advice))
    validate(kb)
    graph: MultiDiGraph = nx.MultiDiGraph()
    documents = _document_nodes(kb)
    for row in _rows(kb.documents):
        _add_node(graph, documents[row["document"]], "document", _renamed("documents", row))
    taken = {*documents.values(), *kb.units["unit"], *kb.tasks["task"]}
    _add_tasks(graph, kb, documents, taken)
    for row in _rows(kb.units):
        _add_node(graph, row["unit"], "unit", _renamed("units", row))
    _add_targets(graph, kb, taken)
    for row in _rows(kb.assignments):
        _add_edge(graph, row["unit"], row["task"], "assigned", row, leave=("unit", "task"))
    for row in _rows(kb.pairings):
        _add_edge(graph, row["donor"], row["recipient"], "paired", row, leave=("donor", "recipient"))
    if kb.unread_known:
        graph.graph[UNREAD] = json.dumps([_plain(row) for row in _rows(kb.unread)], ensure_ascii=False)
    if kb.part:
        graph.graph[PART] = json.dumps(kb.part.record(), ensure_ascii=False)
    return graph


def to_knowledge_base(graph: MultiDiGraph) -> KnowledgeBase:
    """The knowledge base of a graph; the inverse of `build_graph` except for the sources.

    A graph without the attribute `unread`, such as one of another program, gives a knowledge base that says so.

    Raises:
        SchemaError: The graph lacks what the tables need; the message names the nodes or edges.

    Example:
        >>> to_knowledge_base(build_graph(KnowledgeBase())).equals(KnowledgeBase())
        True
    """
    complaints = list(_strange_parts(graph))
    if complaints:
        raise SchemaError(complaints)
    of_type: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in NODE_TYPES}
    for node, data in graph.nodes(data=True):
        of_type[data["node_type"]][node] = data
    areas = {node: data["label"] for node, data in of_type["area"].items()}
    edges: dict[str, list[tuple[str, str, dict[str, Any]]]] = {relation: [] for relation in RELATIONS}
    for tail, head, data in graph.edges(data=True):
        edges[data["relation"]].append((tail, head, data))
    area_of = {task: areas[area] for task, area, _ in edges["part_of"]}
    document_of = {task: of_type["document"][node]["document"] for node, task, _ in edges["issued"]}
    tasks = [
        {"area": area_of.get(node, ""), "document": document_of.get(node, "")} | _columns("tasks", data)
        for node, data in of_type["task"].items()
    ]
    results = [
        {"task": node} | row for node, data in of_type["task"].items() for row in json.loads(data.get("results", "[]"))
    ]
    targets = [{"task": task} | _columns("targets", of_type["target"][node]) for task, node, _ in edges["aims_at"]]
    rows: dict[str, list[dict[str, Any]]] = {
        "documents": [_columns("documents", data) for data in of_type["document"].values()],
        "units": [_columns("units", data) for data in of_type["unit"].values()],
        "tasks": tasks,
        "assignments": [{"unit": u, "task": t} | _columns("assignments", d) for u, t, d in edges["assigned"]],
        "pairings": [{"donor": u, "recipient": v} | _columns("pairings", d) for u, v, d in edges["paired"]],
        "targets": targets,
        "results": results,
        "unread": json.loads(graph.graph.get(UNREAD, "[]")),
    }
    tables: dict[str, Any] = {name: frame(name, table) for name, table in rows.items()}
    part = Part.of_record(json.loads(graph.graph[PART])) if PART in graph.graph else None
    return validate(KnowledgeBase(**tables, part=part, unread_known=UNREAD in graph.graph))


def as_knowledge_base(source: Any) -> KnowledgeBase:
    """The knowledge base of a source, which may be a graph.

    Raises:
        NoticeError: It is neither a knowledge base nor a graph.
    """
    if isinstance(source, KnowledgeBase):
        return source
    if _is_graph(source, "Graph"):
        return to_knowledge_base(source)
    expected = "a KnowledgeBase (read_notice) or its graph (build_graph)"
    got, advice = type(source).__name__, advice_on(source)
    raise NoticeError(Complaint("This is no knowledge base", expected=expected, got=got, advice=advice))


def as_graph(source: Source) -> MultiDiGraph:
    """The graph of a source, which may be a knowledge base.

    Raises:
        NoticeError: It is neither a knowledge base nor a graph.
    """
    if not isinstance(source, KnowledgeBase) and _is_graph(source, "MultiDiGraph"):
        return source
    return build_graph(as_knowledge_base(source))


def checksums(source: Source | nx.Graph[str]) -> frozenset[str]:
    """SHA-256 of the files that a knowledge base or graph was read from: what a result must not be written over.

    Example:
        >>> checksums(KnowledgeBase())
        frozenset()
    """
    if isinstance(source, KnowledgeBase):
        return frozenset(source.documents["sha256"]) - {""}
    return frozenset(str(data["sha256"]) for _, data in source.nodes(data=True) if data.get("sha256"))


def _is_graph(source: object, kind: str) -> bool:
    """Whether it is a graph of NetworkX; where that was never imported, nothing is."""
    networkx = sys.modules.get("networkx")
    return networkx is not None and isinstance(source, getattr(networkx, kind))


def _document_nodes(kb: KnowledgeBase) -> dict[str, str]:
    """The node of each document: its id, unless a unit or task has the same (a notice saved under a unit's name)."""
    ids = list(kb.documents["document"])
    taken = {*kb.units["unit"], *kb.tasks["task"]}
    nodes: dict[str, str] = {}
    for document in ids:
        node = document
        while node in taken or (node != document and node in ids):
            node = f"document:{node}"
        nodes[document] = node
        taken.add(node)
    return nodes


def _free(base: str, count: int, taken: Iterable[str]) -> int:
    """The next count that, appended to the base, is not yet a node."""
    while f"{base}{count}" in taken:
        count += 1
    return count


def _rows(table: pd.DataFrame) -> Iterable[dict[str, Any]]:
    return ({str(name): value for name, value in row.items()} for row in table.to_dict("records"))


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Plain attributes: NA and empty text left out, lists as JSON, whole floats kept as floats."""
    plain: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, tuple):
            if value:
                plain[name] = json.dumps(value, ensure_ascii=False)
        elif value is not pd.NA and value is not None and value != "":
            plain[name] = value.item() if hasattr(value, "item") else value
    return plain


def _add_node(graph: MultiDiGraph, node: str, node_type: str, row: Mapping[str, Any]) -> None:
    if node in graph:
        got = f"a {graph.nodes[node]['node_type']} and a {node_type}"
        raise SchemaError(Complaint("Two different things go by one id", node, "ids that differ", got))
    graph.add_node(node, node_type=node_type, **_plain(row))


def _add_edge(
    graph: MultiDiGraph, tail: str, head: str, relation: str, row: Mapping[str, Any], leave: Iterable[str] = ()
) -> None:
    data = {name: value for name, value in _plain(row).items() if name not in leave}
    key = base = f"{data.get('address', relation)}"
    count = 1
    while graph.has_edge(tail, head, key):
        count += 1
        key = f"{base}~{count}"
    graph.add_edge(tail, head, key=key, relation=relation, **data)


def _add_tasks(graph: MultiDiGraph, kb: KnowledgeBase, nodes: Mapping[str, str], taken: set[str]) -> None:
    areas: dict[tuple[str, str], str] = {}
    counts: dict[str, int] = {}
    results: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(kb.results):
        results.setdefault(row["task"], []).append({k: v for k, v in _plain(row).items() if k != "task"})
    for row in _rows(kb.tasks):
        document, area, task = row["document"], row["area"], row["task"]
        data = {name: value for name, value in row.items() if name not in ("area", "document")}
        if task in results:
            data["results"] = json.dumps(results[task], ensure_ascii=False)
        _add_node(graph, task, "task", data)
        _add_edge(graph, nodes[document], task, "issued", {"address": row["address"]})
        if not area:
            continue
        if (document, area) not in areas:
            counts[document] = _free(f"{document}#a", counts.get(document, 0) + 1, taken)
            areas[document, area] = f"{document}#a{counts[document]}"
            taken.add(areas[document, area])
            _add_node(graph, areas[document, area], "area", {"label": area, "document": document})
        _add_edge(graph, task, areas[document, area], "part_of", {"address": row["address"]})


def _add_targets(graph: MultiDiGraph, kb: KnowledgeBase, taken: set[str]) -> None:
    counts: dict[str, int] = {}
    for row in _rows(kb.targets):
        task = row["task"]
        counts[task] = _free(f"{task}/", counts.get(task, 0) + 1, taken)
        node = f"{task}/{counts[task]}"
        _add_node(graph, node, "target", {name: value for name, value in row.items() if name != "task"})
        _add_edge(graph, task, node, "aims_at", {"address": row["address"]})


def _renamed(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row under the names that its columns have in the graph."""
    names = RENAMED[table]
    return {names.get(name, name): value for name, value in row.items()}


def _columns(table: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes that are columns of a table, under the columns' names, lists read back."""
    renamed = RENAMED.get(table, {})
    found = {column: data.get(renamed.get(column.name, column.name)) for column in TABLES[table].columns}
    return {
        column.name: tuple(json.loads(value)) if column.kind == "list" else value
        for column, value in found.items()
        if value is not None
    }


def _strange_parts(graph: MultiDiGraph) -> Iterable[Complaint]:
    if not _is_graph(graph, "Graph"):
        yield Complaint("This is no graph", "", "what build_graph gives", type(graph).__name__, advice_on(graph))
        return
    if not graph.is_directed() or not graph.is_multigraph():
        yield Complaint("The graph is of the wrong class", expected="MultiDiGraph", got=type(graph).__name__)
        return
    if graph.number_of_edges() and not any("relation" in data for *_, data in graph.edges(data=True)):
        advice = "A view holds weights, not facts: keep the graph that it was made of."
        yield Complaint("The graph is a view, or of another program", "", "the graph of build_graph", advice=advice)
        return
    yield from _strange_whole(graph)
    ends = {
        "assigned": ("unit", "task"), "paired": ("unit", "unit"), "part_of": ("task", "area"),
        "aims_at": ("task", "target"), "issued": ("document", "task"),
    }  # fmt: skip
    for node, data in graph.nodes(data=True):
        if not isinstance(data.get("node_type"), str) or data["node_type"] not in NODE_TYPES:
            yield Complaint(
                "A node has no known node_type", str(node), ", ".join(NODE_TYPES), repr(data.get("node_type"))
            )
        else:
            yield from _strange_attributes(str(node), data)
    for tail, head, data in graph.edges(data=True):
        relation = data.get("relation")
        if not isinstance(relation, str) or relation not in RELATIONS:
            yield Complaint("An edge has no known relation", f"{tail} → {head}", ", ".join(RELATIONS), repr(relation))
            continue
        types = (graph.nodes[tail].get("node_type"), graph.nodes[head].get("node_type"))
        if types != ends[relation]:
            expected = " → ".join(ends[relation])
            yield Complaint(f"An edge {relation} joins the wrong nodes", f"{tail} → {head}", expected, str(types))


def _strange_whole(graph: MultiDiGraph) -> Iterable[Complaint]:
    """What is wrong with the attributes of the graph as a whole."""
    if UNREAD in graph.graph and not _is_list_of(graph.graph[UNREAD], dict):
        got = repr(graph.graph[UNREAD])[:_LONGEST_SHOWN]
        yield Complaint("unread of the graph is no list", "graph", "a JSON list of records", got)
    if PART in graph.graph:
        try:
            Part.of_record(json.loads(graph.graph[PART]))
        except (TypeError, ValueError, RecursionError):
            got = repr(graph.graph[PART])[:_LONGEST_SHOWN]
            yield Complaint("part of the graph is no record", "graph", "what build_graph wrote", got)


def _strange_attributes(node: str, data: Mapping[str, Any]) -> Iterable[Complaint]:
    """What of a node the tables cannot do without, and lists that are no JSON lists."""
    needed = {"area": "label", "document": "document", "unit": "unit", "task": "task"}.get(data["node_type"])
    if needed and not isinstance(data.get(needed), str):
        yield Complaint(f"A node of type {data['node_type']} lacks {needed}", node, "a text", repr(data.get(needed)))
    table = TABLES.get(f"{data['node_type']}s")
    lists = {column.name: str for column in table.columns if column.kind == "list"} if table else {}
    for name, kind in {**lists, "results": dict}.items():
        if name in data and not _is_list_of(data[name], kind):
            what = "texts" if kind is str else "records"
            yield Complaint(
                f"{name} of a node is no list", node, f"a JSON list of {what}", repr(data[name])[:_LONGEST_SHOWN]
            )


def _is_list_of(text: Any, kind: type) -> bool:
    try:
        values = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return False
    return isinstance(values, list) and all(isinstance(value, kind) for value in values)
