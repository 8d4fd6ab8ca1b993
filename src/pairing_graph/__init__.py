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
    from pairing_graph.draw.change_figure import plot_before_after
    from pairing_graph.draw.comparison_figure import plot_comparison
    from pairing_graph.draw.coordination_figure import plot_coordination
    from pairing_graph.draw.figures import write_figures
    from pairing_graph.draw.files import write_figure
    from pairing_graph.draw.lorenz_figure import plot_lorenz
    from pairing_graph.draw.matrix_figure import plot_responsibility_matrix
    from pairing_graph.draw.page import show, write_page
    from pairing_graph.draw.pairings_figure import plot_pairings
    from pairing_graph.draw.workload_figure import plot_workload
    from pairing_graph.errors import (
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
    from pairing_graph.measures.balance import balance, balance_loads
    from pairing_graph.measures.checks import checks
    from pairing_graph.measures.choices import choices
    from pairing_graph.measures.comparison import Comparison, compare
    from pairing_graph.measures.concentration import concentration
    from pairing_graph.measures.congruence import congruence, coordination_requirements
    from pairing_graph.measures.coordination import coordination, gaps, unpaired_in_task
    from pairing_graph.measures.counterparts import counterparts
    from pairing_graph.measures.coverage import coverage, divisions, tasks_by_size, units_in_one_table
    from pairing_graph.measures.differences import difference
    from pairing_graph.measures.scenarios import (
        add_pairing,
        merge_units,
        reassign,
        remove_pairing,
        remove_unit,
        rename_unit,
    )
    from pairing_graph.measures.structure import centrality, projection, sole_leads, task_exclusivity
    from pairing_graph.measures.workload import workload
    from pairing_graph.notice import read_notice, read_notices
    from pairing_graph.readers.limits import Limits
    from pairing_graph.schema import KnowledgeBase, column_meanings, frame, validate
    from pairing_graph.tables import write_csv
    from pairing_graph.tracing import trace

__version__ = "0.1.0"

_HOMES = {
    "Address": "address",
    "Comparison": "measures.comparison",
    "FileError": "errors",
    "KnowledgeBase": "schema",
    "LayoutError": "errors",
    "Limits": "readers.limits",
    "MissingExtraError": "errors",
    "NoticeError": "errors",
    "SchemaError": "errors",
    "UnknownNameError": "errors",
    "add_pairing": "measures.scenarios",
    "balance": "measures.balance",
    "balance_loads": "measures.balance",
    "build_graph": "graph",
    "centrality": "measures.structure",
    "checks": "measures.checks",
    "choices": "measures.choices",
    "co_lead_view": "graph",
    "column_meanings": "schema",
    "compare": "measures.comparison",
    "concentration": "measures.concentration",
    "congruence": "measures.congruence",
    "coordination": "measures.coordination",
    "coordination_requirements": "measures.congruence",
    "counterparts": "measures.counterparts",
    "coverage": "measures.coverage",
    "difference": "measures.differences",
    "divisions": "measures.coverage",
    "frame": "schema",
    "gaps": "measures.coordination",
    "merge_units": "measures.scenarios",
    "neighbourhood": "graph",
    "pairing_view": "graph",
    "plot_before_after": "draw.change_figure",
    "plot_comparison": "draw.comparison_figure",
    "plot_coordination": "draw.coordination_figure",
    "plot_lorenz": "draw.lorenz_figure",
    "plot_pairings": "draw.pairings_figure",
    "plot_responsibility_matrix": "draw.matrix_figure",
    "plot_workload": "draw.workload_figure",
    "projection": "measures.structure",
    "read_graph": "graph",
    "read_notice": "notice",
    "read_notices": "notice",
    "reassign": "measures.scenarios",
    "remove_pairing": "measures.scenarios",
    "remove_unit": "measures.scenarios",
    "rename_unit": "measures.scenarios",
    "show": "draw.page",
    "sole_leads": "measures.structure",
    "task_exclusivity": "measures.structure",
    "tasks_by_size": "measures.coverage",
    "to_knowledge_base": "graph",
    "trace": "tracing",
    "unit_task_view": "graph",
    "units_in_one_table": "measures.coverage",
    "unpaired_in_task": "measures.coordination",
    "validate": "schema",
    "workload": "measures.workload",
    "write_csv": "tables",
    "write_figure": "draw.files",
    "write_figures": "draw.figures",
    "write_graph": "graph",
    "write_page": "draw.page",
}

__all__ = [
    "Address",
    "Comparison",
    "FileError",
    "KnowledgeBase",
    "LayoutError",
    "Limits",
    "MissingExtraError",
    "NoticeError",
    "SchemaError",
    "UnknownNameError",
    "add_pairing",
    "balance",
    "balance_loads",
    "build_graph",
    "centrality",
    "checks",
    "choices",
    "co_lead_view",
    "column_meanings",
    "compare",
    "concentration",
    "congruence",
    "coordination",
    "coordination_requirements",
    "counterparts",
    "coverage",
    "difference",
    "divisions",
    "frame",
    "gaps",
    "merge_units",
    "neighbourhood",
    "pairing_view",
    "plot_before_after",
    "plot_comparison",
    "plot_coordination",
    "plot_lorenz",
    "plot_pairings",
    "plot_responsibility_matrix",
    "plot_workload",
    "projection",
    "read_graph",
    "read_notice",
    "read_notices",
    "reassign",
    "remove_pairing",
    "remove_unit",
    "rename_unit",
    "show",
    "sole_leads",
    "task_exclusivity",
    "tasks_by_size",
    "to_knowledge_base",
    "trace",
    "unit_task_view",
    "units_in_one_table",
    "unpaired_in_task",
    "validate",
    "workload",
    "write_csv",
    "write_figure",
    "write_figures",
    "write_graph",
    "write_page",
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
