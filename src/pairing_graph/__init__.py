"""From official Chinese notices (任务分解表, 结对帮扶表) to a knowledge base and a graph of units, tasks and townships.

>>> import pairing_graph as pg
>>> kb = pg.read_notice("data/raw/wuxi-yuzhong-2022.txt")
>>> G = pg.build_graph(kb)
>>> int(pg.workload(G).loc["渝中区招商投资局", "lead"])
7

A name is imported when it is first used, so that reading a notice does not wait for what draws it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pairing_graph.address import Address
    from pairing_graph.draw.figures import write_figures
    from pairing_graph.draw.files import write_figure
    from pairing_graph.draw.matrix_figure import plot_responsibility_matrix
    from pairing_graph.draw.page import show, write_page
    from pairing_graph.draw.pairings_figure import plot_pairings
    from pairing_graph.draw.reading import show_reading, write_reading
    from pairing_graph.draw.workload_figure import plot_workload
    from pairing_graph.errors import (
        CorrectionError,
        FileError,
        LayoutError,
        MissingExtraError,
        NoticeError,
        SchemaError,
        UnknownNameError,
    )
    from pairing_graph.graph import (
        build_graph,
        co_lead_view,
        neighbourhood,
        pairing_view,
        read_graph,
        to_knowledge_base,
        unit_task_view,
        write_graph,
    )
    from pairing_graph.measures.concentration import concentration
    from pairing_graph.measures.workload import workload
    from pairing_graph.notice import read_notice, read_notices, trace
    from pairing_graph.readers.limits import Limits
    from pairing_graph.schema import KnowledgeBase, column_meanings, frame, validate
    from pairing_graph.tables import write_csv, write_tables

__version__ = "0.1.0"

_HOMES = {
    "Address": "address",
    "CorrectionError": "errors",
    "FileError": "errors",
    "KnowledgeBase": "schema",
    "LayoutError": "errors",
    "Limits": "readers.limits",
    "MissingExtraError": "errors",
    "NoticeError": "errors",
    "SchemaError": "errors",
    "UnknownNameError": "errors",
    "build_graph": "graph",
    "co_lead_view": "graph",
    "column_meanings": "schema",
    "concentration": "measures.concentration",
    "frame": "schema",
    "neighbourhood": "graph",
    "pairing_view": "graph",
    "plot_pairings": "draw.pairings_figure",
    "plot_responsibility_matrix": "draw.matrix_figure",
    "plot_workload": "draw.workload_figure",
    "read_graph": "graph",
    "read_notice": "notice",
    "read_notices": "notice",
    "show": "draw.page",
    "show_reading": "draw.reading",
    "to_knowledge_base": "graph",
    "trace": "notice",
    "unit_task_view": "graph",
    "validate": "schema",
    "workload": "measures.workload",
    "write_csv": "tables",
    "write_figure": "draw.files",
    "write_figures": "draw.figures",
    "write_graph": "graph",
    "write_page": "draw.page",
    "write_reading": "draw.reading",
    "write_tables": "tables",
}

__all__ = [
    "Address",
    "CorrectionError",
    "FileError",
    "KnowledgeBase",
    "LayoutError",
    "Limits",
    "MissingExtraError",
    "NoticeError",
    "SchemaError",
    "UnknownNameError",
    "build_graph",
    "co_lead_view",
    "column_meanings",
    "concentration",
    "frame",
    "neighbourhood",
    "pairing_view",
    "plot_pairings",
    "plot_responsibility_matrix",
    "plot_workload",
    "read_graph",
    "read_notice",
    "read_notices",
    "show",
    "show_reading",
    "to_knowledge_base",
    "trace",
    "unit_task_view",
    "validate",
    "workload",
    "write_csv",
    "write_figure",
    "write_figures",
    "write_graph",
    "write_page",
    "write_reading",
    "write_tables",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'pairing_graph' has no attribute {name!r}")
    value = getattr(import_module(f"pairing_graph.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
