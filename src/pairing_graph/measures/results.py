"""The results of a knowledge base: each measure is computed when it is first asked for, and once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from types import MappingProxyType
from typing import Any

import pandas as pd

from pairing_graph.base.words import Language
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.schema import KnowledgeBase
from pairing_graph.measures.workload import named_loads, workload

MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "workload": "workload",
        "concentration": "concentration",
        "unpaired_in_task": "coordination",
        "coordination": "coordination",
        "gaps": "coordination",
        "congruence": "congruence",
        "counterparts": "counterparts",
        "coverage": "coverage",
        "divisions": "coverage",
        "units_in_one_table": "coverage",
        "tasks_by_size": "coverage",
        "checks": "checks",
        "balance": "balance",
        "balance_loads": "balance",
        "centrality": "structure",
        "projection": "structure",
        "sole_leads": "structure",
        "task_exclusivity": "structure",
        "choices": "choices",
    }
)
"""Every measure with its module; a new measure is a new row."""
ON_REQUEST = ("choices",)
"""Measures that take longer than all others together: computed only where they are asked for by name."""
_BUILT_ON: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"concentration": ("loads", "workload"), "gaps": ("pairs", "coordination")}
)
"""Measures that start from the result of another one: the keyword that takes it, and its name."""


@dataclass(frozen=True)
class Results:
    """The measures of a knowledge base. The frames are shared: do not change them.

    Attributes:
        kb: The knowledge base.
        lang: The language of sentences in the results; without one, that of each measure's default.

    Example:
        >>> results = Results(KnowledgeBase())
        >>> results["workload"] is results["workload"]
        True
    """

    kb: KnowledgeBase
    lang: Language | None = None
    _computed: dict[str, pd.DataFrame] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._computed:
            self._computed[name] = named_loads(self.kb, self.loads) if name == "workload" else self._measured(name)
        return self._computed[name]

    @cached_property
    def loads(self) -> pd.DataFrame:
        """`workload` of all units, collectives included."""
        return workload(self.kb, collectives=True)

    def _measured(self, name: str) -> pd.DataFrame:
        options: dict[str, Any] = {"lang": self.lang} if name == "checks" and self.lang else {}
        if name in _BUILT_ON:
            keyword, other = _BUILT_ON[name]
            options[keyword] = self[other]
        found: pd.DataFrame = getattr(import_module(f"pairing_graph.measures.{MEASURES[name]}"), name)(
            self.kb, **options
        )
        return found


def results_of(source: Source) -> Results:
    """The results of a knowledge base or its graph; nothing is computed yet."""
    return Results(as_knowledge_base(source))
