"""The results of a knowledge base: each measure is computed when it is first asked for, and once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from inspect import Parameter, signature
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType
from typing import Any

import pandas as pd

from pairing_graph import measures
from pairing_graph.base.words import Language
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.meeting import By
from pairing_graph.measures.workload import named_loads, workload

_BUILT_ON: Mapping[str, str] = MappingProxyType({"loads": "workload", "pairs": "coordination", "chosen": "choices"})
"""Keywords by which a measure takes the result of another one, with its name."""


@cache
def _modules() -> list[ModuleType]:
    """All modules of this room: imported only where a measure is asked for by name, since some need NetworkX."""
    return [import_module(f"{measures.__name__}.{found.name}") for found in iter_modules(measures.__path__)]


@cache
def offered() -> Mapping[str, ModuleType]:
    """Every measure with its module, which declares it in `MEASURES`: a new module is found without a row here.

    Example:
        >>> offered()["gaps"].__name__
        'pairing_graph.measures.coordination'
    """
    return MappingProxyType({name: module for module in _modules() for name in getattr(module, "MEASURES", ())})


@cache
def on_request() -> tuple[str, ...]:
    """Measures that take long, by their modules' `ON_REQUEST`: computed only where they are asked for by name.

    Example:
        >>> on_request()
        ('choices', 'robustness')
    """
    return tuple(name for module in _modules() for name in getattr(module, "ON_REQUEST", ()))


def with_option(option: str) -> list[str]:
    """The measures that take an option, such as `by` or `pooled`; `workload` is split by its own command.

    Example:
        >>> {"congruence", "gaps"} <= set(with_option("pooled"))
        True
    """
    names = (name for name, module in offered().items() if option in signature(getattr(module, name)).parameters)
    return [name for name in names if name != "workload"]


def on_tables() -> list[str]:
    """The measures that also take tables of another library or a collection, as the hint of their source says.

    Example:
        >>> "workload" in on_tables()
        True
    """
    functions = {name: getattr(module, name) for name, module in offered().items()}
    return [name for name, function in functions.items() if "AnySource" in str(_source(function).annotation)]


def _source(function: Any) -> Parameter:
    return next(iter(signature(function).parameters.values()))


@dataclass(frozen=True)
class Results:
    """The measures of a knowledge base. The frames are shared: do not change them.

    Attributes:
        kb: The knowledge base.
        lang: The language of sentences in the results; without one, that of each measure's default.
        by: `document`, where measures of tasks and pairings give every notice rows of its own.
        pooled: Whether such measures hold the tasks of all notices against the pairings of all.

    Example:
        >>> results = Results(KnowledgeBase())
        >>> results["workload"] is results["workload"]
        True
    """

    kb: KnowledgeBase
    lang: Language | None = None
    by: By | None = None
    pooled: bool = False
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
        measure = getattr(offered()[name], name)
        takes = signature(measure).parameters
        options: dict[str, Any] = {keyword: self[other] for keyword, other in _BUILT_ON.items() if keyword in takes}
        chosen = {"lang": self.lang, "by": self.by, "pooled": self.pooled}
        options |= {keyword: value for keyword, value in chosen.items() if value and keyword in takes}
        found: pd.DataFrame = measure(self.kb, **options)
        return found


def results_of(source: Source) -> Results:
    """The results of a knowledge base or its graph; nothing is computed yet."""
    return Results(as_knowledge_base(source))
