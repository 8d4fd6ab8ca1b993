"""Robustness: how far each headline number depends on the choices that it was counted with.

It sums up `choices`, which has a row for every number under every choice. The range says what a reader could have got by
choosing otherwise; it is no confidence interval, since nothing here is a sample: all tasks and all pairings are counted.
Reporting every defensible choice is the idea of a multiverse analysis (Steegen, Tuerlinckx, Gelman & Vanpaemel 2016); the
list of choices is our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.choices import choices
from pairing_graph.measures.relations import brackets_of, keeping, typed

MEASURES = ("robustness",)
ON_REQUEST = MEASURES
"""It asks for `choices`, which takes long."""

_CHOSEN = ("brackets", "role", "collectives", "population", "count")
_DEFAULTS = {"role": "answerable", "collectives": "leave_out"}
_POPULATIONS = {"gini": "departments", "coverage": "gazetteer"}
"""The population that the measure itself takes where none is asked for."""
_COLUMNS = ("headline", "value", "lowest", "lowest_choice", "highest", "highest_choice", "choices")
_RANKED = ("first", "first_holds", "others_first")


def robustness(
    source: Source, *, pooled: bool = False, lang: Language = "zh", chosen: pd.DataFrame | None = None
) -> pd.DataFrame:
    """How sure the headlines are: for each its range over all choices, and whether the first place of a ranking holds.

    Args:
        source: A knowledge base or its graph.
        pooled: Hold the tasks of all notices against the pairings of all; else each meets its own, as in `congruence`.
        lang: The language of the headlines and of the choices in words, zh or en.
        chosen: What `choices` returned for the source; computed if not given.

    Returns:
        A frame indexed by figure and of, one row per headline, in the order of `choices`:

        | column | holds |
        |---|---|
        | headline | the number in words, a Gini with its population |
        | value | at the default choices: brackets as they were read, answerable units, collectives left out, departments |
        | lowest, highest | over all choices that give a number; NA where none does |
        | lowest_choice, highest_choice | what the choices at that end have in common, in words |
        | choices | how many combinations of choices give a number |
        | first | the units in the first place at the default choices, a tuple; empty where nothing is ranked |
        | first_holds | whether the same units, ties included, are first under every choice; NA where nothing is ranked |
        | others_first | who is first under which other choice, in words |

        The figures are those of `choices`, and first_place: one row per region, whose choices are the ways of counting
        (lead, tasks, listed_first, areas, fractional) too. Its numbers are of different things, so they are NA.

        What it does not say: how likely a number is, nor which choice is right. Some choices raise a number by
        construction (collectives expanded along the pairing table); a headline without a range may still rest on a wrong
        reading: see `kb.unread`. Formulas and sources are those of the measures that `choices` asks.

    Raises:
        UnknownNameError: There is no such language.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> sure = robustness(read_notice("data/raw/wuxi-yuzhong-2022.txt"), lang="en")
        >>> sure.loc[("congruence", "plain"), ["value", "lowest", "highest"]].astype(float).round(2).tolist()
        [0.6, 0.56, 0.77]
        >>> sure.loc[("first_place", "渝中区"), "others_first"]
        '渝中区商务委 (tasks listed first)'
    """
    kb = as_knowledge_base(source)
    if chosen is None:
        with keeping():
            chosen = choices(kb, pooled=pooled)
    rows = chosen.reset_index().assign(count="")
    ranked = rows["figure"] == "most_loaded"
    parts = [of.rpartition(": ") for of in rows.loc[ranked, "of"]]
    rows.loc[ranked, "count"] = [count for _, _, count in parts]
    default = defaults(kb)
    found = [
        _row(str(figure), str(of), part, default, lang)
        for (figure, of), part in rows.groupby(["figure", "of"], sort=False)
    ]
    for region, part in rows[ranked].groupby([region for region, _, _ in parts], sort=False):
        found.append(_first_place(str(region), part, default, lang))
    order = {"congruence": 0, "gaps": 1, "unpaired_in_task": 2, "first_place": 3, "most_loaded": 4, "gini": 5}
    found.sort(key=lambda row: order.get(row["figure"], len(order)))
    types = dict.fromkeys(("value", "lowest", "highest"), "Float64") | {"choices": "int64"}
    types |= {"first": "object", "first_holds": "boolean"}
    table = typed(found, ["figure", "of", *_COLUMNS, *_RANKED], **types).set_index(["figure", "of"])
    table.attrs = dict(chosen.attrs) | {"default": default | {"population": _POPULATIONS}, "lang": lang}
    return table


def defaults(kb: KnowledgeBase) -> dict[str, str]:
    """The choices of the measures where none is made, brackets as they were read."""
    return _DEFAULTS | {"brackets": brackets_of(kb)}


def _row(figure: str, of: str, part: pd.DataFrame, default: dict[str, str], lang: Language) -> dict[str, Any]:
    """One headline: what `choices` gives for it, summed up."""
    usual = part[is_default(figure, part, default)]
    known = part[part["value"].notna()]
    row: dict[str, Any] = {"figure": figure, "of": of, "headline": _headline(figure, of, lang), "choices": len(known)}
    row["value"] = usual["value"].iloc[0] if len(usual) else pd.NA
    for end, extreme in (("lowest", known["value"].min()), ("highest", known["value"].max())):
        row[end] = extreme if len(known) else pd.NA
        at_end = known[known["value"] == extreme]
        row[f"{end}_choice"] = _shared(at_end, known, usual, lang) if len(known) else ""
    return row | (_ranking(part, usual, lang) if figure == "most_loaded" else _NO_RANKING)


_NO_RANKING = {"first": (), "first_holds": pd.NA, "others_first": ""}


def _first_place(region: str, part: pd.DataFrame, default: dict[str, str], lang: Language) -> dict[str, Any]:
    """Who is first in a region, whichever way tasks are counted."""
    foremost = part["count"].iloc[0]
    usual = part[is_default("most_loaded", part, default) & (part["count"] == foremost)]
    headline = word("robust_first_place", lang, region=region)
    row: dict[str, Any] = {"figure": "first_place", "of": region, "headline": headline}
    row |= dict.fromkeys(("value", "lowest", "highest"), pd.NA) | {"lowest_choice": "", "highest_choice": ""}
    return row | {"choices": len(part)} | _ranking(part, usual, lang)


def is_default(figure: str, part: pd.DataFrame, default: Mapping[str, str]) -> pd.Series[bool]:
    """Which rows are counted by the default choices; a choice that a figure does not depend on is empty."""
    wanted = dict(default) | {"population": _POPULATIONS.get(figure, "")}
    same = pd.Series(True, index=part.index)
    for name, value in wanted.items():
        same &= part[name].isin(["", value])
    return same


def _ranking(part: pd.DataFrame, usual: pd.DataFrame, lang: Language) -> dict[str, Any]:
    first = usual["who"].iloc[0]
    others = part[[set(who) != set(first) for who in part["who"]]]
    found: dict[str, pd.DataFrame] = {}
    for who, rows in others.groupby(others["who"].map(word("listing", lang).join), sort=False):
        found[str(who)] = rows
    said = [
        word("robust_other_first", lang, names=names, choice=_shared(rows, part, usual, lang))
        for names, rows in found.items()
    ]
    return {"first": first, "first_holds": others.empty, "others_first": word("semicolon", lang).join(said)}


def _shared(chosen: pd.DataFrame, rows: pd.DataFrame, usual: pd.DataFrame, lang: Language) -> str:
    """What sets some choices apart from the others, in words: what they share, where that is enough; else the first."""
    if len(chosen) == len(rows):
        return word("choice_all" if len(rows) > 1 else "choice_only", lang)
    names = [name for name in _CHOSEN if rows[name].nunique() > 1]
    common = [name for name in names if chosen[name].nunique() == 1]
    alike = rows[(rows[common] == chosen[common].iloc[0]).all(axis=1)]
    if not common or len(alike) > len(chosen):
        own = chosen[chosen.index.isin(usual.index)]
        chosen, common = (own if len(own) else chosen).iloc[:1], names
    return word("comma", lang).join(_choice(name, str(chosen[name].iloc[0]), lang) for name in common)


def _choice(name: str, value: str, lang: Language) -> str:
    return word(f"lorenz_{value}" if name == "count" else f"choice_{name}_{value}", lang)


def _headline(figure: str, of: str, lang: Language) -> str:
    region, _, count = of.rpartition(": ")
    if figure == "congruence":
        return word("robust_congruence", lang, variant=word(f"congruence_{of}", lang))
    if figure in ("most_loaded", "gini"):
        population = word(f"choice_population_{_POPULATIONS['gini']}", lang)
        return word(f"robust_{figure}", lang, region=region, count=word(f"lorenz_{count}", lang), population=population)
    return word(f"robust_{figure}", lang, region=of)
