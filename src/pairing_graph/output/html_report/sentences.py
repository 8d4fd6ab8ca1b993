"""Sentences out of the catalogue: its places are filled with names and with numbers that remember where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import Any

import pandas as pd

from pairing_graph.base.words import Language, catalogue, word
from pairing_graph.look.labels import enumerated, labels_of
from pairing_graph.measures.results import Results
from pairing_graph.output.html_report.facts import answered_at, assigned_at, listed_first_at, paired_at
from pairing_graph.output.html_report.model import Column, Names, Number, Part, Sentence, Table

_ROOM = "report"
_SHARES = 2
"""Decimals of a fractional load or a share: two tell all of a notice's values apart; the workbook has more."""


@dataclass(frozen=True)
class Speaker:
    """What every finding needs to speak: the measures, the language, and what units are called.

    Attributes:
        results: The measures of the notices.
        lang: The language.
    """

    results: Results
    lang: Language

    @cached_property
    def _assigned(self) -> Mapping[tuple[str, str], Sequence[str]]:
        return assigned_at(self.results.kb)

    @cached_property
    def _answered(self) -> Mapping[str, Sequence[str]]:
        return answered_at(self.results.kb)

    @cached_property
    def _first(self) -> Mapping[str, Sequence[str]]:
        return listed_first_at(self.results.kb)

    @cached_property
    def _paired(self) -> Mapping[str, Sequence[str]]:
        return paired_at(self.results.kb)

    def held(self, units: Iterable[str], *roles: str) -> list[str]:
        """Where units are named in some roles."""
        return [place for unit in units for role in roles for place in self._assigned.get((unit, role), ())]

    def answered(self, units: Iterable[str]) -> list[str]:
        """Where units answer for a task."""
        return [place for unit in units for place in self._answered.get(unit, ())]

    def listed_first(self, units: Iterable[str]) -> list[str]:
        """Where units are the first of the answerable units of a task in their region."""
        return [place for unit in units for place in self._first.get(unit, ())]

    def pairs_of(self, units: Iterable[str]) -> list[str]:
        """Where units are paired: both cells of each pairing."""
        return [place for unit in units for place in self._paired.get(unit, ())]

    @cached_property
    def labels(self) -> dict[str, str]:
        """What each unit is called: its short name, the full one where two share it."""
        return labels_of(self.results.kb.units.set_index("unit"))

    def word(self, key: str, **values: Any) -> str:
        """A word of the report in its language."""
        return word(f"{_ROOM}.{key}", self.lang, **values)

    def region(self, region: str) -> str:
        """A region's name, or that it is unknown."""
        return region or word("no_region", self.lang)

    def names(self, units: Iterable[str]) -> Names:
        """Units in words: all of up to three, else the first and how many there are."""
        listed = list(units)
        return Names(enumerated([self.label(unit) for unit in listed], self.lang), len(listed))

    def listing(self, units: Iterable[str]) -> str:
        """All of some units or numbers as a list."""
        return word("listing", self.lang).join(self.label(str(unit)) for unit in units)

    def label(self, unit: str) -> str:
        """What a unit is called."""
        return self.labels.get(unit, unit)

    def say(self, key: str, **values: str | Names | Number) -> Sentence:
        """A sentence of the catalogue.

        A place `{count:task|tasks}` prints the noun that fits the number behind it; `{names:leads|lead}` the verb.
        """
        return filled(catalogue(self.lang)[f"{_ROOM}.{key}"], values)

    def table(self, key: str, columns: Sequence[str], rows: Iterable[Sequence[Part]], numeric: Sequence[str]) -> Table:
        """A table; its caption and headings are words of the catalogue."""
        heads = tuple(Column(self.word(f"column.{name}"), name in numeric) for name in columns)
        return Table(self.word(f"table.{key}"), heads, tuple(tuple(row) for row in rows))


def filled(template: str, values: dict[str, Any] | Any) -> Sentence:
    """A template with its places filled.

    Example:
        >>> filled("{who:leads|lead} {n:task|tasks}.", {"who": Names("A", 1), "n": Number(7, "7")}).text
        'A leads 7 tasks.'
    """
    parts: list[Part] = []
    for literal, field, forms, _ in Formatter().parse(template):
        parts += [literal] if literal else []
        if field:
            value = values[field]
            parts.append(value.text if isinstance(value, Names) else value)
            if forms:
                single = (value.count if isinstance(value, Names) else value.value) == 1
                parts.append(" " + forms.split("|")[0 if single else 1])
    return Sentence(_joined(parts))


def _joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Neighbouring words as one text."""
    kept: list[Part] = []
    for part in parts:
        if isinstance(part, str) and kept and isinstance(kept[-1], str):
            kept[-1] += part
        else:
            kept.append(part)
    return tuple(kept)


def count(value: Any, what: str = "", addresses: Iterable[str] = (), measure: str = "") -> Number:
    """A whole number.

    Example:
        >>> count(1234).text
        '1234'
    """
    return Number(int(value), str(int(value)), what, tuple(dict.fromkeys(addresses)), measure)


def share(value: Any, lang: Language, what: str = "", measure: str = "", decimals: int = _SHARES) -> Number:
    """A number with decimals; where there is none, it says so.

    Example:
        >>> share(0.6, "en").text, share(pd.NA, "en").text
        ('0.60', 'NA')
    """
    if pd.isna(value):
        return Number(float("nan"), word("na", lang), what, (), measure)
    return Number(float(value), f"{float(value):.{decimals}f}", what, (), measure)


def top(column: pd.Series[Any]) -> tuple[list[str], Any]:
    """Who has most of something, in their order, and how much; nobody where nobody has any.

    Example:
        >>> units, most = top(pd.Series([7, 5, 7], index=["a", "b", "c"]))
        >>> units, int(most)
        (['a', 'c'], 7)
    """
    most = column.max() if len(column) else 0
    if not most:
        return [], 0
    return [str(unit) for unit in column.index[column >= most - 1e-9]], most
