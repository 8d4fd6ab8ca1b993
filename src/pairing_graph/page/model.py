"""What the page shows: the nodes and edges of a graph as plain records, each with its kind and its places.

A part of a graph (a neighbourhood, one region) is shown as it is; nodes only need a `node_type`. Names and
texts are untrusted: characters that cannot be seen, or that turn the direction of writing, are written out.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.graph import Source, build_graph
from pairing_graph.kb.address import document_of
from pairing_graph.kb.knowledge_base import KnowledgeBase, advice_on
from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.places.order import order_regions

_LISTS = ("aliases", "leaders", "issuers", "addressees", "regions", "results")
_KEPT_BLANKS = "\n\t"
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RELATION_OF = {("unit", "task"): "assigned", ("task", "area"): "part_of", ("task", "target"): "aims_at"}


@dataclass(frozen=True)
class Node:
    """A node that the page draws.

    Attributes:
        id: Its count on the page, from 0.
        node: Its id in the graph.
        type: unit, task, area, target or other.
        label: The text beside it.
        level: unit, township, other (of no known kind, such as a village) or collective for a unit, else empty.
        region: Region of a unit.
        data: Everything the details panel says about it.
    """

    id: int
    node: str
    type: str
    label: str
    level: str = ""
    region: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Edge:
    """An edge that the page draws; edges between the same nodes stay apart.

    Attributes:
        id: Its count on the page, from 0.
        tail: The node that it starts from.
        head: The node that it leads to.
        relation: assigned, paired, part_of, aims_at, gap or linked.
        category: The kind that the legend names: the role of an assignment, else the relation.
        addresses: Its places in the documents.
        data: Everything the details panel says about it.
    """

    id: int
    tail: int
    head: int
    relation: str
    category: str
    addresses: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """The graph as the page shows it.

    Attributes:
        nodes: Nodes, the id of each its place.
        edges: Edges, the id of each its place.
        documents: Attributes of the notices.
        donors: Regions that help, in the order in which they are named.
        recipients: Regions that are helped.
        regions: All regions, donors first.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    documents: tuple[Mapping[str, Any], ...]
    donors: tuple[str, ...]
    recipients: tuple[str, ...]
    regions: tuple[str, ...]

    @property
    def links(self) -> list[tuple[int, int]]:
        """Both ends of every edge that a notice states; what a measure adds moves nothing."""
        return [(edge.tail, edge.head) for edge in self.edges if edge.relation != "gap"]

    def of_type(self, node_type: str) -> list[Node]:
        """The nodes of a type, in their order."""
        return [node for node in self.nodes if node.type == node_type]


def as_graph(source: Source | nx.Graph[Any]) -> nx.Graph[Any]:
    """The graph to draw; a knowledge base is turned into its graph, a graph is given back as it is.

    Raises:
        NoticeError: It is neither.
    """
    if isinstance(source, KnowledgeBase):
        return build_graph(source)
    if isinstance(source, nx.Graph):
        return source
    expected = "a KnowledgeBase (read_notice) or its graph (build_graph)"
    got, advice = type(source).__name__, advice_on(source)
    raise NoticeError(Complaint("This cannot be drawn", expected=expected, got=got, advice=advice))


def build_model(graph: nx.Graph[Any]) -> Model:
    """The records of the page; the graph is not changed.

    Example:
        >>> graph = nx.MultiDiGraph()
        >>> graph.add_node("a", node_type="unit", short_name="甲局", region="甲区")
        >>> [(node.label, node.region) for node in build_model(graph).nodes]
        [('甲局', '甲区')]
    """
    named = {name: plain(data) for name, data in graph.nodes(data=True) if data.get("node_type") == "document"}
    shown = [(name, data) for name, data in graph.nodes(data=True) if data.get("node_type") != "document"]
    names = Counter(_short_name(data) for _, data in shown if data.get("node_type") == "unit")
    numbers = {name: count for count, (name, _) in enumerate(shown)}
    nodes = tuple(_node(count, name, data, names) for count, (name, data) in enumerate(shown))
    edges = tuple(_edges(graph, nodes, numbers))
    documents = (*named.values(), *_unlisted_documents(named, nodes, edges))
    donors, recipients, regions = _sides(nodes, edges, documents)
    return Model(nodes, edges, documents, donors, recipients, regions)


def _unlisted_documents(
    named: Mapping[Any, Mapping[str, Any]], nodes: Iterable[Node], edges: Iterable[Edge]
) -> list[dict[str, Any]]:
    """Documents that tasks, areas and relations come from although a part of a graph leaves out their own nodes."""
    known = {"", *(visible(str(name)) for name in named), *(str(data.get("document", "")) for data in named.values())}
    origins = [(node.data, str(node.data.get("address", ""))) for node in nodes if node.type != "unit"]
    origins += [(edge.data, " ".join(edge.addresses[:1])) for edge in edges]
    # An address in another format names no document; the rest is drawn all the same.
    found = [str(data.get("document") or address.rpartition("!")[0].partition("!")[0]) for data, address in origins]
    return [{"document": name} for name in dict.fromkeys(found) if name not in known]


def plain(values: Mapping[Any, Any]) -> dict[str, Any]:
    """Attributes as JSON takes them: NumPy numbers as Python's, lists read, what is missing left out, texts visible.

    Example:
        >>> plain({"number": float("nan"), "aliases": '["甲"]', "name": "甲"})
        {'aliases': ['甲'], 'name': '甲'}
    """
    found: dict[str, Any] = {}
    for name, value in values.items():
        value = _unwrapped(value)
        if str(name) in _LISTS and isinstance(value, str):
            value = _listed(value)
        if value is not None and value not in ("", [], ()):
            found[str(name)] = value
    return found


def visible(text: str) -> str:
    """A text with every character that cannot be seen, or that turns the direction of writing, written out.

    Example:
        >>> print(visible("a" + chr(0x202E) + "b" + chr(0)))
        a⟨U+202E⟩b⟨U+0000⟩
    """
    if text.isprintable() and not _DIRECTION_MARKS.search(text):
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    if hidden and character not in _KEPT_BLANKS:
        return f"⟨U+{ord(character):04X}⟩"
    return character


def _unwrapped(value: Any) -> Any:
    if hasattr(value, "item") and not isinstance(value, str) and getattr(value, "ndim", 0) == 0:
        value = value.item()
    if isinstance(value, str):
        return visible(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return plain(value)
    if isinstance(value, list | tuple | set | frozenset) or hasattr(value, "tolist"):
        items = value.tolist() if hasattr(value, "tolist") else value
        return [_unwrapped(item) for item in (sorted(items, key=repr) if isinstance(items, set | frozenset) else items)]
    return None if repr(value) in ("<NA>", "NaT") else visible(str(value))


def _listed(text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError:
        return [text]
    return [_unwrapped(item) for item in value] if isinstance(value, list) else [text]


def _node(count: int, name: Any, data: Mapping[str, Any], names: Mapping[str, int]) -> Node:
    facts = plain(data)
    node_type = facts.pop("node_type", "other")
    if node_type not in ("unit", "task", "area", "target"):
        node_type = "other"
    node = visible(str(name))
    label = _label(node_type, node, facts)
    if node_type == "unit" and names[_short_name(data)] > 1:
        label = node
    level = ""
    if node_type == "unit":
        kind = facts.get("kind")
        level = "township" if kind in TOWNSHIP_LEVEL else "other" if kind == "other" else "unit"
        level = "collective" if facts.get("collective") is True else level
    return Node(count, node, node_type, label, level, str(facts.get("region", "")), facts)


def _label(node_type: str, node: str, facts: Mapping[str, Any]) -> str:
    if node_type == "task":
        words = str(facts.get("label") or facts.get("text") or node)
        return f"{facts['number']} {words}" if "number" in facts else words
    if node_type == "target":
        return str(facts.get("as_written") or node)
    return _short_name(facts) or str(facts.get("label") or node)


def _short_name(data: Mapping[str, Any]) -> str:
    """The short form of a unit's name; `name` where a graph was not made by `build_graph`."""
    return str(data.get("short_name") or data.get("name") or "")


def _edges(graph: nx.Graph[Any], nodes: tuple[Node, ...], numbers: Mapping[Any, int]) -> Iterable[Edge]:
    count = 0
    for tail, head, data in graph.edges(data=True):
        if tail not in numbers or head not in numbers:
            continue
        start, end = nodes[numbers[tail]], nodes[numbers[head]]
        facts = plain(data)
        if start.type == "task" and end.type == "unit":
            start, end = end, start
        relation = str(facts.pop("relation", _RELATION_OF.get((start.type, end.type), "linked")))
        addresses = tuple(str(facts.pop("address", facts.get("addresses", ""))).split())
        facts.pop("addresses", None)
        category = str(facts.get("role", "linked")) if relation == "assigned" else relation
        yield Edge(count, start.id, end.id, relation, category, addresses, facts)
        count += 1


def _sides(
    nodes: tuple[Node, ...], edges: tuple[Edge, ...], documents: tuple[Mapping[str, Any], ...]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Who helps and who is helped, by the majority of a region's pairings; and all regions in the order of display."""
    balance: Counter[str] = Counter()
    for edge in edges:
        if edge.relation == "paired":
            balance[nodes[edge.tail].region] += 1
            balance[nodes[edge.head].region] -= 1
    pairs = [(nodes[edge.tail].region, nodes[edge.head].region) for edge in edges if edge.relation == "paired"]
    titled = [str(region) for document in documents for region in document.get("regions", ())]
    regions = order_regions((node.region for node in nodes if node.type == "unit"), pairs, titled)
    donors = tuple(region for region in regions if balance[region] > 0)
    recipients = tuple(region for region in regions if balance[region] < 0)
    return donors, recipients, tuple(regions)


def issuing_document(addresses: Iterable[str]) -> str:
    """The document that the first of some addresses lies in, empty where there is none.

    Example:
        >>> issuing_document(["notice!t1r2"])
        'notice'
    """
    first = next(iter(addresses), "")
    return document_of(first) if first else ""
