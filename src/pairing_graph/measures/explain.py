"""Where a number comes from: the rows, cells and words behind one number of any measure, its formula and its choices.

What is behind a measure is declared in `explanations`; here the number is found in its table, its rows are given their
words, and the two are held against each other: a number that its rows do not give is refused, never explained away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from inspect import signature
from math import isclose
from numbers import Real
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, NoticeError, UnknownNameError, refuse_unknown
from pairing_graph.base.words import Language, word
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.tracing import no_words, supplying_cells, words_in
from pairing_graph.measures import explanations
from pairing_graph.measures.explanation import ROWS, Explanation
from pairing_graph.measures.explanations.record import Asked, Behind, Cited, Explained, Thing
from pairing_graph.measures.meeting import APART, POOLED
from pairing_graph.measures.numbers_of_tables import found_row
from pairing_graph.measures.relations import brackets_of, keeping, once, part_of
from pairing_graph.measures.results import offered

_NEAR = 1e-9
"""How far apart two sums of the same fractions may be."""
_TYPES: Mapping[str, Any] = MappingProxyType(
    {"contributes": "float64", "of": "float64", "line": "Int64", "page": "Int64"}
)
"""The types of the rows' columns; the others are text."""
_BUILT_IN = ("source", "loads", "pairs", "chosen", "lang", "most_pairs")
"""What a measure takes that is no choice of counting."""


def explain(source: Source, what: str | pd.DataFrame, row: Any = None, column: str = "", **choices: Any) -> Explanation:
    """The rows, cells and words behind one number of a measure, its formula and its choices.

    Args:
        source: A knowledge base or its graph.
        what: The name of a measure; or a frame that a measure gave: its choices are in its `attrs` and are repeated.
        row: The label of the row: a unit by any of its names, a pair of units, a variant; of several levels a tuple.
            Where labels occur more than once (`choices`), the place of the row, from 0, or a tuple of its first cells
            that no other row has.
        column: The column of the number.
        **choices: Options of the measure, where it is named: role, collectives, by, pooled, population …

    Returns:
        An `Explanation`: value, formula, source, choices, terms and rows. A column that is no number is explained by the cells of its row.

    Raises:
        UnknownNameError: There is no such measure, row, column or option; the message names what is near.
        NoticeError: The frame is not what the measure gives for these notices.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> found = explain(kb, "workload", "区招商投资局", "lead")
        >>> found.value, found.rows["line"].tolist()
        (7, [37, 37, 37, 54, 54, 54, 79])
        >>> explain(kb, "workload", "县发展改革委", "fractional").rows["contributes"].round(2).tolist()
        [1.0, 1.0, 1.0, 0.33, 0.33, 0.33, 0.33]
    """
    kb = as_knowledge_base(source)
    if isinstance(what, pd.Series) or row is None or not column:
        advice = 'explain(kb, table, the label of the row, "lead"), or with the name of the measure in the place of the table.'
        got = "a row alone, which does not say of what measure it is" if isinstance(what, pd.Series) else "less"
        raise NoticeError(Complaint("A number has a table, a row and a column", "explain", got=got, advice=advice))
    with keeping():
        measure, table, options = _asked(kb, what, choices)
        labels, cells = found_row(kb, table, row, column)
        explained = declared().get(measure, Explained((), {}))
        figure = explained.figures.get(column)
        asked = Asked(kb, cells, column, options)
        behind = figure.behind(asked) if figure else _by_its_cells(asked)
        value = cells[column]
        _refuse_what_differs(measure, labels, column, value, behind, figure is not None)
        key = behind.formula or (figure.formula if figure else _said_of(value))
        formula: dict[Language, str] = {"zh": word(key, "zh"), "en": word(key, "en")}
        return Explanation(
            value=_plain(value),
            measure=measure,
            row=labels,
            column=column,
            choices=MappingProxyType(options | dict(behind.choices) | part_of(kb)),
            kind=behind.kind,
            terms=MappingProxyType(_terms(behind)),
            formula=MappingProxyType(formula),
            source=behind.source or (figure.source if figure else ""),
            rows=_rows(kb, behind.things),
        )


@cache
def declared() -> Mapping[str, Explained]:
    """Every measure that can be explained, out of the modules of `explanations`.

    Example:
        >>> declared()["workload"].figures["fractional"].formula
        'explain.workload.fractional'
    """
    modules = (import_module(f"{explanations.__name__}.{found.name}") for found in iter_modules(explanations.__path__))
    return MappingProxyType({name: one for module in modules for name, one in getattr(module, "EXPLAINED", {}).items()})


def options_of(measure: str) -> list[str]:
    """The choices of counting that a measure takes.

    Example:
        >>> options_of("congruence")
        ['role', 'collectives', 'dependence', 'by', 'pooled', 'baseline', 'shuffled', 'draws', 'seed']
    """
    takes = signature(getattr(offered()[measure], measure)).parameters
    return [name for name in takes if name not in _BUILT_IN]


def _asked(kb: KnowledgeBase, what: Any, choices: Mapping[str, Any]) -> tuple[str, pd.DataFrame, dict[str, Any]]:
    """The measure, its table and its options."""
    if isinstance(what, pd.DataFrame):
        if choices:
            advice = "Leave the options out, or name the measure."
            got = ", ".join(choices)
            raise NoticeError(Complaint("The choices of a frame are in its attrs", "", "no options", got, advice))
        measure = measure_of(what)
        return measure, what, _options_in(kb, what, measure)
    if not isinstance(what, str):
        expected = "the name of a measure, or a frame that a measure gave"
        raise UnknownNameError(Complaint("This cannot be explained", "", expected, type(what).__name__))
    refuse_unknown("There is no such measure", "explain", what, declared())
    for option in choices:
        refuse_unknown(f"The measure {what} has no such option", "explain", option, options_of(what))
    table = getattr(offered()[what], what)(kb, **choices)
    return what, table, _options_in(kb, table, what) | dict(choices)


def measure_of(table: pd.DataFrame) -> str:
    """The measure that gave a frame, by its index and columns; columns may have been left out or added.

    Raises:
        UnknownNameError: It is like no measure's.

    Example:
        >>> from pairing_graph.measures.workload import workload
        >>> measure_of(workload(KnowledgeBase())[["lead", "partners"]])
        'workload'
    """
    index, columns = [str(name or "") for name in table.index.names], set(table.columns)
    alike = {
        name: len(columns & own) / len(columns | own)
        for name, one in declared().items()
        if one.has_index(index) and (own := {*one.figures, *one.others}) & columns
    }
    if not alike:
        expected = "a frame that a measure gave, with its index"
        got = f"index {', '.join(index)}; columns {', '.join(map(str, table.columns))}"
        raise UnknownNameError(Complaint("This frame is like no measure's", "", expected, got, "Name the measure."))
    return max(alike, key=alike.__getitem__)


def _options_in(kb: KnowledgeBase, table: pd.DataFrame, measure: str) -> dict[str, Any]:
    """The choices that a frame keeps in `attrs`, as options of its measure."""
    attrs, takes = table.attrs, options_of(measure)
    brackets = attrs.get("brackets", brackets_of(kb))
    if brackets != brackets_of(kb):
        advice = f'Read the notice with qualifier="{brackets}".'
        what = "The frame and the knowledge base read brackets differently"
        raise NoticeError(Complaint(what, "brackets", repr(brackets), repr(brackets_of(kb)), advice))
    options = {name: attrs[name] for name in takes if name in attrs and name not in ("by", "pooled")}
    if "by" in takes and (by := attrs.get("by") or ("document" if attrs.get("notices") == APART else None)):
        options["by"] = by
    if "pooled" in takes:
        options["pooled"] = attrs.get("notices") == POOLED
    return options


def _by_its_cells(asked: Asked) -> Behind:
    """What is no number, or a number that no module explains yet: the cells that its row cites."""
    places, known = str(asked.row.get("address", "") or "").split(), _by_place(asked.kb)
    value = str(asked.row[asked.column])
    things = tuple(Thing(value, (known.get(place, Cited("", place)),), 0.0) for place in places)
    return Behind("fact", things, asked.row[asked.column])


@once
def _by_place(kb: KnowledgeBase) -> dict[str, Cited]:
    """Place → what a table says of it: the table, and the cell that supplies a blank one."""
    found: dict[str, Cited] = {}
    for name in ("tasks", "assignments", "pairings", "targets"):
        rows = kb.tables[name]
        inherited = rows["inherited_from"] if "inherited_from" in rows else [""] * len(rows)
        for joined, supplier in zip(rows["address"], inherited, strict=True):
            found |= {place: Cited(name, place, supplier) for place in joined.split()}
    return found


def _said_of(value: Any) -> str:
    number = isinstance(value, Real) and not isinstance(value, bool)
    return "explain.not_yet" if number else "explain.no_number"


def _refuse_what_differs(
    measure: str, labels: tuple[Any, ...], column: str, value: Any, behind: Behind, declared_figure: bool
) -> None:
    """Refuse a number that the rows of these notices do not give."""
    found = behind.number
    if not declared_figure or (_is_nothing(value) and _is_nothing(found)):
        return
    same = not _is_nothing(value) and not _is_nothing(found) and isclose(value, found, rel_tol=_NEAR, abs_tol=_NEAR)
    if not same:
        where = f"{measure}: {', '.join(map(str, labels))}, {column}"
        what, advice = "The number is not what these notices give", "Ask the measure again for this knowledge base."
        raise NoticeError(Complaint(what, where, str(found), str(value), advice))


def _is_nothing(value: Any) -> bool:
    return value is pd.NA or value is None or bool(value != value)


def _plain(value: Any) -> Any:
    """A number as Python has it; NA stays."""
    return value.item() if hasattr(value, "item") else value


def _terms(behind: Behind) -> dict[str, float]:
    if behind.kind == "share":
        numerator = sum(thing.contributes for thing in behind.things)
        denominator = sum(thing.of for thing in behind.things)
        return {"numerator": round(numerator, 12), "denominator": round(denominator, 12)}  # summing leaves traces
    return dict(behind.terms)


def _rows(kb: KnowledgeBase, things: tuple[Thing, ...]) -> pd.DataFrame:
    """A row for each fact; what a thing contributes is in its first."""
    facts = list(_facts(things))
    rows = [
        {"counted": counted, "contributes": float(contributes), "of": float(of), "table": cited.table}
        | {"address": cited.address, "inherited_from": cited.inherited_from}
        | _words(kb, supplying_cells(cited.address, cited.inherited_from))
        for counted, contributes, of, cited in facts
    ]
    return pd.DataFrame(
        {name: pd.array([row[name] for row in rows], dtype=_TYPES.get(name, "string")) for name in ROWS}
    )


def _facts(things: tuple[Thing, ...]) -> Iterator[tuple[str, float, float, Cited]]:
    """Each fact of each thing; one that several parts of a thing cite is there once."""
    seen: set[tuple[str, Cited]] = set()
    for thing in things:
        for place, cited in enumerate(thing.cited or (Cited("", ""),)):
            contributes, of = (0.0, 0.0) if place else (thing.contributes, thing.of)
            if contributes or of or (thing.counted, cited) not in seen:
                yield thing.counted, contributes, of, cited
            seen.add((thing.counted, cited))


def _words(kb: KnowledgeBase, cells: list[str]) -> dict[str, Any]:
    """Where a fact is, by its first cell, and the words of all its cells."""
    found = [_words_in(kb, cell.split("!")[0]).get(cell) or no_words() for cell in cells] or [no_words()]
    return {**found[0], "text": " | ".join(dict.fromkeys(str(one["text"]) for one in found))}


@once
def _words_in(kb: KnowledgeBase, document: str) -> dict[str, dict[str, Any]]:
    return words_in(kb, document)
