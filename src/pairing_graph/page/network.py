"""The only module that knows pyvis: it builds the network and provides the script that draws it.

pyvis looks a node up in a list, which makes 20,000 edges slow; a mapping replaces that list. Its own page, its
heading, its menus and its physics are not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pairing_graph.base.errors import Complaint, MissingExtraError
from pairing_graph.base.extras import require

_SCRIPTS = ("lib/vis-9.1.2/vis-network.min.js", "templates/lib/vis-9.1.2/vis-network.min.js")


def build_network(nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The network as pyvis makes it, ready for vis-network.

    Args:
        nodes: Options of each node; `id` (a whole number), `label`, and what vis-network knows.
        edges: Options of each edge; `from`, `to`, and what vis-network knows. Parallel edges stay.

    Returns:
        `nodes` and `edges`, lists of options.

    Raises:
        MissingExtraError: pyvis is not installed.

    Example:
        >>> network = build_network([{"id": 0, "label": ""}, {"id": 1, "label": "b"}], [{"from": 0, "to": 1}] * 2)
        >>> len(network["edges"]), network["nodes"][0]["label"]
        (2, '')
    """
    network = _pyvis().Network(directed=True)
    network.node_ids = _Ids()
    for node in nodes:
        options = dict(node)
        identity, label = options.pop("id"), str(options.pop("label", ""))
        network.add_node(identity, label=label, **options)
        network.node_map[identity]["label"] = label  # an empty one would be replaced by the id
    for edge in edges:
        options = dict(edge)
        network.add_edge(options.pop("from"), options.pop("to"), **options)
    return {"nodes": network.nodes, "edges": network.edges}


@cache
def vis_script() -> str:
    """The text of vis-network as the installed pyvis carries it.

    Raises:
        MissingExtraError: pyvis is not installed, or carries another version.
    """
    root = Path(_pyvis().__file__).parent
    found = next((root / name for name in _SCRIPTS if (root / name).is_file()), None)
    if found is None:
        expected = f"pyvis 0.3.2 with {_SCRIPTS[0]}"
        raise MissingExtraError(Complaint("The installed pyvis lacks vis-network 9.1.2", str(root), expected))
    lines = found.read_text(encoding="utf-8").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))


class _Ids(dict[int, None]):
    """The ids that pyvis keeps, with fast look-up."""

    def append(self, identity: int) -> None:
        self[identity] = None


def _pyvis() -> Any:
    return require("pyvis.network", "page", "The interactive page")
