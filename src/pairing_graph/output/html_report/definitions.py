"""The terms of a report: formula, source and limits of each are rows of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from pairing_graph.base.words import Language, word
from pairing_graph.output.html_report.model import Definition

TERMS = (
    "load",
    "listed_first",
    "fractional",
    "gini",
    "pairings",
    "unpaired_in_task",
    "congruence",
    "gap",
    "coverage",
    "target",
    "checks",
)
"""Every term, in the order in which a report explains them."""
_PARTS = ("term", "formula", "source", "limits")


def definitions_of(keys: Iterable[str], lang: Language) -> tuple[Definition, ...]:
    """The definitions of some terms in the order of `TERMS`.

    Example:
        >>> [definition.term for definition in definitions_of(["gini"], "en")]
        ['Gini coefficient']
    """
    wanted = set(keys)
    return tuple(
        Definition(key, *(word(f"report.define.{key}.{part}", lang) for part in _PARTS))
        for key in TERMS
        if key in wanted
    )
