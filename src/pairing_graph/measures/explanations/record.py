"""The parts of an explanation: things that are counted, the facts that they rest on, and how a column counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

import pandas as pd

from pairing_graph.kb.knowledge_base import KnowledgeBase

Kind = Literal["count", "share", "inputs", "drawn", "fact"]
"""How a number comes from its rows: their sum; the sum of one column over that of the other; by the formula, which
takes the sum for each thing; from draws at random of what is in the rows; or not by counting: it is given by the notice."""
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Cited:
    """A row of a table of the knowledge base.

    Attributes:
        table: The table.
        address: Its addresses, joined by a blank; empty where no cell says it.
        inherited_from: The cell that supplies a blank one.
    """

    table: str
    address: str
    inherited_from: str = ""


@dataclass(frozen=True)
class Thing:
    """Something that a number counts.

    Attributes:
        counted: What it is called: a task, a unit, a pair of units.
        cited: The facts that make it count.
        contributes: How much it adds to the number, or to the numerator of a share.
        of: How much it adds to the denominator.
    """

    counted: str
    cited: tuple[Cited, ...] = ()
    contributes: float = 1.0
    of: float = 0.0


@dataclass(frozen=True)
class Behind:
    """What is behind one number.

    Attributes:
        kind: How the number comes from the things.
        things: What is counted; or, of a formula, what it is worked out from.
        value: The number by its formula, or NA where it is not defined; without it, what kind and things give.
        terms: Further numbers that the formula takes.
        formula: The key of the formula, where it depends on the row.
        source: Its source, where it depends on the row.
        choices: Under which choices it was counted, where they are those of the row and not of the measure.
    """

    kind: Kind
    things: tuple[Thing, ...]
    value: Any = None
    terms: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    formula: str = ""
    source: str = ""
    choices: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    @property
    def number(self) -> Any:
        """The number that the things amount to."""
        if self.value is not None:
            return self.value
        total = sum(thing.contributes for thing in self.things)
        if self.kind != "share":
            return total
        of = sum(thing.of for thing in self.things)
        return total / of if of else pd.NA


@dataclass(frozen=True)
class Asked:
    """One number that is to be explained.

    Attributes:
        kb: The knowledge base.
        row: The labels and the cells of its row, by name.
        column: Its column.
        options: The choices of the measure, by the names of its options.
    """

    kb: KnowledgeBase
    row: Mapping[str, Any]
    column: str
    options: Mapping[str, Any]


@dataclass(frozen=True)
class Figure:
    """A column that can be explained.

    Attributes:
        behind: Finds what is behind a number of it.
        formula: The key of its formula in the catalogue of words.
        source: Author and year of the formula; empty for a plain count.
    """

    behind: Callable[[Asked], Behind]
    formula: str
    source: str = ""


@dataclass(frozen=True)
class Explained:
    """A measure whose numbers can be explained.

    Attributes:
        index: Names of the levels of its index; those of a split come before them.
        figures: Its columns of numbers.
        others: Its other columns, by which a frame is recognised.
        split_index: Names of the levels where it is split otherwise: by unit.
    """

    index: tuple[str, ...]
    figures: Mapping[str, Figure]
    others: tuple[str, ...] = ()
    split_index: tuple[str, ...] = ()

    def has_index(self, names: Sequence[str]) -> bool:
        """Whether a frame with these levels may be one of its frames; those of a split come before its own.

        Example:
            >>> Explained(("variant",), {}).has_index(["document", "variant"])
            True
        """
        own = tuple(names[-len(self.index) :]) == self.index
        return own or (bool(self.split_index) and tuple(names) == self.split_index)


def distinct(things: Iterable[Thing]) -> tuple[Thing, ...]:
    """Things of which each counts once: those of the same name add nothing after the first.

    Example:
        >>> [thing.contributes for thing in distinct([Thing("a"), Thing("a"), Thing("b")])]
        [1.0, 0.0, 1.0]
    """
    return tuple(_once(things))


def _once(things: Iterable[Thing]) -> Iterator[Thing]:
    seen: set[str] = set()
    for thing in things:
        yield replace(thing, contributes=0.0, of=0.0) if thing.counted in seen else thing
        seen.add(thing.counted)


def count(things: Iterable[Thing]) -> Behind:
    """The number of distinct things."""
    return Behind("count", distinct(things))


def total(things: Iterable[Thing]) -> Behind:
    """The sum of what things contribute."""
    return Behind("count", tuple(things))


def share(things: Iterable[Thing], *, defined: bool = True) -> Behind:
    """What distinct things contribute, over what they are of."""
    return Behind("share", distinct(things), None if defined else pd.NA)


def undefined(things: Iterable[Thing] = ()) -> Behind:
    """A number that is not defined, with what it would be worked out from."""
    return Behind("count", tuple(things), pd.NA)


def same_formulas(
    measure: str, behind: Callable[[Asked], Behind], *columns: str, source: str = ""
) -> dict[str, Figure]:
    """Columns that one function explains, their formulas under `explain.MEASURE.COLUMN`."""
    return {column: Figure(behind, f"explain.{measure}.{column}", source) for column in columns}
