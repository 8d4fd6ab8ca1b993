"""The public names, once: this list is what the package offers, completes and imports when first used."""

from .base.errors import (
    CorrectionError,
    FileError,
    LayoutError,
    MissingExtraError,
    NoticeError,
    SchemaError,
    UnknownNameError,
)
from .figures.all import write_figures
from .figures.change import plot_before_after, plot_comparison
from .figures.coordination import plot_coordination
from .figures.lorenz import plot_lorenz
from .figures.matrix import plot_responsibility_matrix
from .figures.pairings import plot_pairings
from .figures.workload import plot_workload
from .figures.write import write_figure
from .graph.build import build_graph, to_knowledge_base
from .graph.views import co_lead_view, neighbourhood, pairing_view, unit_task_view
from .kb.address import Address
from .kb.schema import KnowledgeBase, column_meanings, frame, validate
from .kb.tracing import trace
from .measures.balance import balance, balance_loads
from .measures.checks import checks
from .measures.choices import choices
from .measures.comparison import Comparison, compare
from .measures.concentration import concentration
from .measures.congruence import congruence, coordination_requirements
from .measures.coordination import coordination, gaps, unpaired_in_task
from .measures.counterparts import counterparts
from .measures.coverage import coverage, divisions, tasks_by_size, units_in_one_table
from .measures.differences import difference
from .measures.scenarios import add_pairing, merge_units, reassign, remove_pairing, remove_unit, rename_unit
from .measures.structure import centrality, projection, sole_leads, task_exclusivity
from .measures.workload import workload
from .output.graph_files import read_graph, write_graph
from .output.tables import write_csv, write_tables
from .page.notebook import show
from .page.reading_view import show_reading, write_reading
from .page.write import write_page
from .readers.limits import Limits
from .reading.notices import read_notice, read_notices

__all__ = [
    "Address",
    "Comparison",
    "CorrectionError",
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
    "show_reading",
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
    "write_reading",
    "write_tables",
]

__version__: str
