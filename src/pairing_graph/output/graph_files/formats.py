"""What a format of graphs is, and what all of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

if TYPE_CHECKING:
    import networkx as nx

    from pairing_graph.graph.build import MultiDiGraph

AnyGraph = Union["nx.Graph[str]", "nx.DiGraph[str]", "nx.MultiDiGraph[str]"]


@dataclass(frozen=True)
class GraphFormat:
    """A format of graphs in one file.

    Attributes:
        what: What it is and who reads it, for the help.
        write: The bytes of a graph; the path is for errors.
        read: A graph out of its text, where it is read back.
        of_run: Whether `analyse` writes it.
    """

    what: str
    write: Callable[[AnyGraph, Path], bytes]
    read: Callable[[str], Any] | None = None
    of_run: bool = False


def edges_of(graph: AnyGraph) -> list[tuple[str, str, str, dict[str, Any]]]:
    """The edges with their keys, which are empty in a graph without parallel edges."""
    if graph.is_multigraph():
        several: MultiDiGraph = graph  # type: ignore[assignment]  # Undirected ones have keys too.
        return [(tail, head, str(key), data) for tail, head, key, data in several.edges(keys=True, data=True)]
    return [(tail, head, "", data) for tail, head, data in graph.edges(data=True)]


def label_of(node: str, data: Mapping[str, Any]) -> str:
    """What a node is called in a picture: the short name of a unit, the first clause of a task.

    Example:
        >>> label_of("渝中区教委", {"short_name": "区教委"}), label_of("a#1", {})
        ('区教委', 'a#1')
    """
    return str(data.get("short_name") or data.get("label") or data.get("as_written") or node)


def types_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, type]:
    """The attributes of nodes or edges with the one type of each; text where they are of several.

    Example:
        >>> types_of([{"a": 1, "b": True}, {"a": 1.5, "b": "x"}])
        {'a': <class 'float'>, 'b': <class 'str'>}
    """
    found: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            found.setdefault(name, set()).add(type(plain_value(value)))
    return {name: _one_type(types) for name, types in found.items()}


def _one_type(types: set[type]) -> type:
    if types == {int, float}:
        return float
    return types.pop() if len(types) == 1 and types <= {bool, int, float, str} else str


def plain_value(value: Any) -> Any:
    """A value of NumPy as Python's own; a plain one as it is.

    Raises:
        TypeError: It is no text, number or flag, nor a list of such.
    """
    if hasattr(value, "item"):
        return value.item()
    if value is None or isinstance(value, str | int | float | bool | list | tuple | dict):
        return value
    raise TypeError(f"{type(value).__name__} cannot be written to a graph file")


def written(value: Any) -> str:
    """A value as a text of XML or CSV.

    Example:
        >>> written(True), written(1.0), written("x")
        ('true', '1.0', 'x')
    """
    return str(value).lower() if isinstance(value, bool) else str(value)
