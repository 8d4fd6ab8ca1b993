"""The graph: `build_graph` and its inverse, and views of one or two modes."""

from __future__ import annotations

from pairing_graph.graph.build import Source, as_knowledge_base, build_graph, to_knowledge_base
from pairing_graph.graph.views import co_lead_view, neighbourhood, pairing_view, unit_task_view

__all__ = [
    "Source",
    "as_knowledge_base",
    "build_graph",
    "co_lead_view",
    "neighbourhood",
    "pairing_view",
    "to_knowledge_base",
    "unit_task_view",
]
