"""What is behind the headline numbers of `choices` and `robustness`: numbers of other measures, under the choices of a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.choices import choices, with_brackets
from pairing_graph.measures.coordination import gaps, unpaired_in_task
from pairing_graph.measures.explanations.congruence import EXPLAINED as OF_CONGRUENCE
from pairing_graph.measures.explanations.loads import EXPLAINED as OF_LOADS
from pairing_graph.measures.explanations.loads import loads_as_inputs, members, of_loads
from pairing_graph.measures.explanations.pairings import EXPLAINED as OF_PAIRS
from pairing_graph.measures.explanations.pairings import pairs_as_things
from pairing_graph.measures.explanations.reach import reached
from pairing_graph.measures.explanations.record import (
    Asked,
    Behind,
    Cited,
    Explained,
    Thing,
    count,
    same_formulas,
    undefined,
)
from pairing_graph.measures.relations import brackets_of, once
from pairing_graph.measures.robustness import defaults, is_default


@once
def _reading(kb: KnowledgeBase, brackets: str) -> KnowledgeBase:
    return kb if brackets in ("", brackets_of(kb)) else with_brackets(kb, brackets)


def _headline(asked: Asked) -> Behind:
    if asked.row[asked.column] is pd.NA and asked.column != "value":
        return undefined()
    figure = asked.row["figure"]
    behind = _BEHIND[figure](asked, _reading(asked.kb, asked.row["brackets"]))
    return behind if behind.formula else replace(behind, formula=f"explain.choices.{figure}")


def _options(asked: Asked) -> dict[str, Any]:
    pooled = bool(asked.options.get("pooled", False))
    return {"role": asked.row["role"], "collectives": asked.row["collectives"], "pooled": pooled}


def _congruence(asked: Asked, kb: KnowledgeBase) -> Behind:
    column = {"value": "congruence", "numerator": "satisfied", "denominator": "required"}[asked.column]
    figure = OF_CONGRUENCE["congruence"].figures[column]
    behind = figure.behind(Asked(kb, {"variant": asked.row["of"]}, column, _options(asked)))
    return replace(behind, formula=figure.formula, source=figure.source)


def _gaps(asked: Asked, kb: KnowledgeBase) -> Behind:
    if asked.row["value"] is pd.NA:
        return undefined()
    options = _options(asked)
    found = gaps(kb, **options)
    return count(pairs_as_things(Asked(kb, asked.row, "joint_tasks", options), found.index))


def _unpaired(asked: Asked, kb: KnowledgeBase) -> Behind:
    if asked.row["value"] is pd.NA:
        return undefined()
    options = _options(asked)
    found = unpaired_in_task(kb, **options)
    explained = OF_PAIRS["unpaired_in_task"].figures["tasks"].behind
    things = []
    for unit in found.index:
        behind = explained(Asked(kb, {"unit": unit}, "tasks", options))
        things.append(Thing(str(unit), tuple(one for thing in behind.things for one in thing.cited)))
    return count(things)


def _loads(asked: Asked, kb: KnowledgeBase) -> Behind:
    region, _, counted = asked.row["of"].rpartition(": ")
    if asked.row["figure"] == "gini":
        figure = OF_LOADS["concentration"].figures["gini"]
        behind = of_loads(kb, members(kb, region, counted, asked.row["population"]), "gini")
        return replace(behind, formula=figure.formula, source=figure.source)
    loads = members(kb, region, counted, "all")
    value = max(float(behind.number) for behind in loads.values())
    return Behind("inputs", tuple(loads_as_inputs(kb, loads)), value)


def _coverage(asked: Asked, kb: KnowledgeBase) -> Behind:
    """Divisions paired, of those that the gazetteer holds or that the notice names."""
    region, population = asked.row["of"], asked.row["population"]
    whole = "known" if population == "gazetteer" else "named"
    numerator, denominator = (reached(asked.kb, region, "township_level", column) for column in ("paired", whole))
    if asked.column != "value":
        return numerator if asked.column == "numerator" else denominator
    if asked.row["value"] is pd.NA:
        return undefined((*numerator.things, *denominator.things))
    met = {thing.counted: thing for thing in numerator.things if thing.contributes}
    outside = [thing for name, thing in met.items() if name not in {one.counted for one in denominator.things}]
    things = [
        Thing(one.counted, met[one.counted].cited if one.counted in met else one.cited, float(one.counted in met), 1.0)
        for one in denominator.things
    ]
    return Behind("share", (*things, *(Thing(one.counted, one.cited, 1.0, 0.0) for one in outside)))


_BEHIND: dict[str, Callable[[Asked, KnowledgeBase], Behind]] = {
    "congruence": _congruence,
    "gaps": _gaps,
    "unpaired_in_task": _unpaired,
    "most_loaded": _loads,
    "gini": _loads,
    "coverage": _coverage,
}


@once
def _choices(kb: KnowledgeBase, pooled: bool) -> pd.DataFrame:
    return choices(kb, pooled=pooled).reset_index()


def _robust(asked: Asked) -> Behind:
    """A headline is a number of `choices`: the one at the default choices, or the first at either end of its range."""
    figure, of = asked.row["figure"], asked.row["of"]
    table = _choices(asked.kb, bool(asked.options.get("pooled", False)))
    if figure == "first_place":
        own = table[(table["figure"] == "most_loaded") & table["of"].str.startswith(f"{of}: ")]
    else:
        own = table[(table["figure"] == figure) & (table["of"] == of)]
    known = own[own["value"].notna()]
    if asked.column == "choices":
        return count(Thing(_combination(row), (Cited("choices", ""),)) for row in known.to_dict("records"))
    if figure == "first_place":
        return undefined()
    row = {
        "value": own[is_default(figure, own, defaults(asked.kb))],
        "lowest": known[known["value"] == known["value"].min()],
        "highest": known[known["value"] == known["value"].max()],
    }[asked.column]
    return _at(asked, row.to_dict("records")[:1])


def _at(asked: Asked, rows: list[dict[Any, Any]]) -> Behind:
    """What is behind the number of a row of `choices`, and under which choices it is."""
    if not rows:
        return undefined()
    behind = _headline(Asked(asked.kb, rows[0], "value", asked.options))
    return replace(behind, choices={name: rows[0][name] for name in _CHOSEN if rows[0][name]})


def _combination(row: Mapping[Any, Any]) -> str:
    return ", ".join(str(row[name]) for name in ("of", *_CHOSEN) if row[name])


_CHOSEN = ("brackets", "role", "collectives", "population")
EXPLAINED = {
    "robustness": Explained(
        ("figure", "of"),
        same_formulas("robustness", _robust, "value", "lowest", "highest", "choices"),
        ("headline", "lowest_choice", "highest_choice", "first", "first_holds", "others_first"),
    ),
    "choices": Explained(
        ("figure",),
        same_formulas("choices", _headline, "value", "numerator", "denominator"),
        ("of", "brackets", "role", "collectives", "population", "who"),
    ),
}
