"""The data of the page: the network that pyvis builds, the facts behind it, the layouts, the words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

import networkx as nx

from pairing_graph.base.safe_cells import FORMULA
from pairing_graph.base.words import Language, catalogue
from pairing_graph.measures.results import Results
from pairing_graph.page import categories as kinds
from pairing_graph.page.cells import CellTable
from pairing_graph.page.heading import heading
from pairing_graph.page.layouts import Box, Layout, area_layout, column_layout, network_layout
from pairing_graph.page.layouts.spring import FULL_LABELS
from pairing_graph.page.measured import Gap, Loads, counts_of, default_count, measure
from pairing_graph.page.model import Edge, Model, Node, build_model
from pairing_graph.page.network import build_network
from pairing_graph.page.search_words import line_words, search_words
from pairing_graph.page.source import source_data

_LEAST_SIZE, _SIZE_SPAN = 5.0, 10.0
"""Half the width of a unit's mark in pixels: of a unit without tasks, and what the most loaded one has more."""
_SIZES = {"task": 5.0, "area": 6.0, "target": 4.0, "other": 6.0}
_OWN_WORDS = ("page.", "kind.", "finding_", "paired_often", "pairing_", "task_", "first_of_units", "reading.")
_OWN_KEYS = (
    *("and", "or", "listing", "no_region"),
    *(f"legend_{name}" for name in ("first", "listed", "responsible", "support", "guide", "joined", "hollow")),
    *("legend_fold_answers", "legend_fold_others"),
)
"""Words that the page shows: their keys, or how these begin."""


def build_payload(
    source: Any,
    graph: nx.Graph[Any],
    *,
    lang: Language = "zh",
    tab: str | None = None,
    layout: str | None = None,
    results: Results | None = None,
) -> dict[str, Any]:
    """The data of the page, as JSON takes it.

    Args:
        source: What the user gave; a knowledge base brings the words of the original cells.
        graph: Its graph, which is not changed.
        lang: The language in which the page opens.
        tab: The question that is answered first; the loads by default, the pairs where no unit has a task, or the network
            where a layout is asked for or nothing was measured.
        layout: columns, network or areas; columns by default.
        results: The measures of the source; computed if not given.
    """
    measured = measure(results or source)
    model = _with_gaps(build_model(graph), measured.gaps)
    loads = measured.loads
    count = default_count(loads)
    most = max((load.get(count, 0.0) for load in loads.values()), default=0.0)
    sizes = [_size(node, loads, count, most) for node in model.nodes]
    layouts = [column_layout(model, sizes), network_layout(model, sizes), area_layout(model, sizes)]
    first = next(found for found in layouts if found.name == (layout or "columns"))
    node_kinds, edge_kinds = kinds.node_categories(model), kinds.edge_categories(model)
    looks = {look.key: look for look in node_kinds}
    documents = source_data(source)
    cells = CellTable(source, model, shown=bool(documents["documents"]))
    searched = search_words(model)
    return {
        "format": 1,
        "key": _fingerprint(model),
        "lang": lang,
        "layout": first.name,
        "tab": tab or _first_tab(layout, loads),
        "sides": {"donors": list(model.donors), "recipients": list(model.recipients)},
        "most_named": FULL_LABELS,
        "network": build_network(
            [_vis_node(node, looks[kinds.category_of(node)], sizes[node.id], first) for node in model.nodes],
            ({"from": edge.tail, "to": edge.head} for edge in model.edges),
        ),
        "facts": {
            "nodes": [{**_node_facts(node, loads, cells), **searched[node.id]} for node in model.nodes],
            "edges": [_edge_facts(edge, cells, measured.unmatched) for edge in model.edges],
        },
        "kinds": {
            "nodes": [kinds.as_record(look) for look in node_kinds],
            "edges": [kinds.as_record(line) for line in edge_kinds],
        },
        "layouts": {found.name: _layout_record(found) for found in layouts},
        "loads": {"counts": counts_of(loads), "count": count, "size": [_LEAST_SIZE, _SIZE_SPAN]},
        "lines": line_words(model),
        "cells": cells.records,
        "source": documents,
        "documents": [dict(document) for document in model.documents],
        "regions": [region for region in model.regions if region],
        "formula": FORMULA,
        "heading": heading(model, loads, count),
        "words": {name: _words(name) for name in ("zh", "en")},
    }


def _first_tab(layout: str | None, loads: Loads) -> str:
    if layout or not loads:
        return "network"
    return "load" if any(load["tasks"] for load in loads.values()) else "pairs"


def _with_gaps(model: Model, gaps: Sequence[Gap]) -> Model:
    numbers = {node.node: node.id for node in model.nodes}
    edges = [
        Edge(len(model.edges) + count, numbers[gap.unit], numbers[gap.partner], "gap", "gap", gap.addresses, gap.data)
        for count, gap in enumerate(gaps)
        if gap.unit in numbers and gap.partner in numbers
    ]
    return replace(model, edges=(*model.edges, *edges))


def _words(lang: Any) -> dict[str, str]:
    return {key: text for key, text in catalogue(lang).items() if key.startswith(_OWN_WORDS) or key in _OWN_KEYS}


def _size(node: Node, loads: Loads, count: str, most: float) -> float:
    if node.type != "unit":
        return _SIZES[node.type]
    own = loads.get(node.node, {}).get(count, 0.0)
    return round(_LEAST_SIZE + (_SIZE_SPAN * (own / most) ** 0.5 if most else 0.0), 2)


def _vis_node(node: Node, look: kinds.NodeCategory, size: float, layout: Layout) -> dict[str, Any]:
    return {
        "id": node.id,
        "label": node.label,
        "shape": look.shape,
        "size": size,
        "x": round(layout.x[node.id], 1),
        "y": round(layout.y[node.id], 1),
        "color": {"background": look.fill, "border": look.border},
        "borderWidth": 2 if node.level == "collective" else 1,
    }


def _node_facts(node: Node, loads: Loads, cells: CellTable) -> dict[str, Any]:
    data = {name: value for name, value in node.data.items() if name not in ("address", "label")}
    facts: dict[str, Any] = {"node": node.node, "type": node.type, "kind": kinds.category_of(node), "data": data}
    address = str(node.data.get("address", ""))
    if address:
        facts["cells"] = cells.numbers(address.split())
    if node.node in loads:
        facts["load"] = loads[node.node]
    return facts


def _edge_facts(edge: Edge, cells: CellTable, unmatched: Set[str]) -> dict[str, Any]:
    data = dict(edge.data)
    facts: dict[str, Any] = {"relation": edge.relation, "kind": kinds.edge_key(edge.category)}
    if edge.addresses:
        facts["cells"] = cells.numbers(edge.addresses)
    inherited = str(data.pop("inherited_from", ""))
    if edge.relation == "assigned" and not unmatched.isdisjoint(edge.addresses):
        facts["unmatched"] = True
    if inherited:
        facts["inherited"] = cells.numbers(inherited.split())
    return facts | ({"data": data} if data else {})


def _layout_record(layout: Layout) -> dict[str, Any]:
    return {
        "x": [round(value, 1) for value in layout.x],
        "y": [round(value, 1) for value in layout.y],
        "boxes": [_box_record(box) for box in layout.boxes],
        "curve": layout.curve,
        "captions": [vars(caption) for caption in layout.captions],
        "shown": list(layout.shown),
        "roomy": layout.roomy,
    }


def _box_record(box: Box) -> Sequence[Any]:
    """Align, and for a label of several lines or in a box the rest."""
    if box.align == "inside":
        return [box.align, list(box.lines), box.width, box.height]
    return [box.align]


def _fingerprint(model: Model) -> str:
    """What tells one graph's saved positions from another's."""
    names: Mapping[str, None] = dict.fromkeys(node.node for node in model.nodes)
    return hashlib.sha256("\n".join(names).encode("utf-8", "replace")).hexdigest()[:16]
