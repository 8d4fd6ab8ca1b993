"""The kinds that the legend names, each distinguished by colour and by shape or line (Okabe–Ito palette)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pairing_graph.look import palette
from pairing_graph.page.model import Model, Node

_SHAPES = {"circle": "dot", "octagon": "square", "pentagon": "triangleDown"}


@dataclass(frozen=True)
class NodeCategory:
    """How a kind of node looks.

    Attributes:
        key: Its id in the page.
        word: Key of its word in the catalogue; the region is inserted.
        region: The region of its units, else empty.
        shape: Its shape in vis-network.
        fill: Colour inside.
        border: Colour of the outline.
        count: How many there are.
        hidden: Whether it is hidden until it is asked for.
    """

    key: str
    word: str
    region: str
    shape: str
    fill: str
    border: str
    count: int = 0
    hidden: bool = False


@dataclass(frozen=True)
class EdgeCategory:
    """How a kind of edge looks.

    `dashes` is empty for a full line, `arrow` says whether its head is marked, `double` whether it is two lines.
    """

    key: str
    word: str
    color: str
    width: float
    dashes: tuple[int, ...] = ()
    arrow: bool = False
    count: int = 0
    hidden: bool = False
    double: bool = False


_EDGES = (
    EdgeCategory("lead", "page.edge.lead", palette.TASK, 1.8),
    EdgeCategory("responsible", "page.edge.responsible", "#7A7A7A", 0.9),
    EdgeCategory("support", "page.edge.support", "#7A7A7A", 1.2, (2, 4)),
    EdgeCategory("guide", "page.edge.guide", "#7A7A7A", 1.2, (7, 3, 2, 3)),
    EdgeCategory("paired", "page.edge.paired", palette.PAIRED, 3.0, arrow=True, double=True),
    EdgeCategory("gap", "page.edge.gap", palette.DOUBT, 2.2, (9, 6), hidden=True),
    EdgeCategory("linked", "page.edge.linked", "#7A7A7A", 1.2),
    EdgeCategory("part_of", "page.edge.part_of", "#B3B3B3", 0.8, hidden=True),
    EdgeCategory("aims_at", "page.edge.aims_at", "#B3B3B3", 0.8, hidden=True),
)
_EDGE_KEYS = frozenset(known.key for known in _EDGES)


def category_of(node: Node) -> str:
    """The kind of a node.

    Example:
        >>> category_of(Node(0, "a", "unit", "a", "township", "甲区"))
        'unit:township:甲区'
    """
    return f"unit:{node.level}:{node.region}" if node.type == "unit" else node.type


def node_categories(model: Model) -> list[NodeCategory]:
    """The kinds of node that occur, with their counts, in the order of the legend."""
    counts = Counter(category_of(node) for node in model.nodes)
    known: list[NodeCategory] = []
    for region, look in palette.looks_in_order(model.regions).items():
        shape = _SHAPES.get(look.shape, look.shape) if region else "dot"
        for level, form, fill in (
            ("unit", shape, look.colour),
            ("township", "triangle", look.light),
            ("other", shape, look.light),
            ("collective", shape, palette.PAPER),
        ):
            key = f"unit:{level}:{region}"
            known.append(NodeCategory(key, f"page.level.{level}", region, form, fill, look.colour))
    known += [
        NodeCategory("task", "page.node.task", "", "square", palette.TASK, palette.TASK),
        NodeCategory("area", "page.node.area", "", "box", palette.PAPER, palette.TASK, hidden=True),
        NodeCategory("target", "page.node.target", "", "dot", "#F0F0F0", palette.TASK, hidden=True),
        NodeCategory("other", "page.node.other", "", "dot", "#CCCCCC", palette.TASK),
    ]
    return [replace(category, count=counts[category.key]) for category in known if counts[category.key]]


def edge_categories(model: Model) -> list[EdgeCategory]:
    """The kinds of edge that occur, with their counts, in the order of the legend."""
    known = {category.key: category for category in _EDGES}
    counts = Counter(edge_key(edge.category) for edge in model.edges)
    return [replace(category, count=counts[key]) for key, category in known.items() if counts[key]]


def edge_key(category: str) -> str:
    """The legend's kind for a relation or role; what it does not know is `linked`.

    Example:
        >>> edge_key("lead"), edge_key("?")
        ('lead', 'linked')
    """
    return category if category in _EDGE_KEYS else "linked"


def as_record(category: NodeCategory | EdgeCategory) -> Mapping[str, Any]:
    """The category as the page takes it."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in vars(category).items()}
