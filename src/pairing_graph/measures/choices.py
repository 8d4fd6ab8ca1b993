"""Choices: each headline number under every choice that it depends on, since none of them is the only one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, get_args

import pandas as pd

from pairing_graph.base.text import split_qualifier
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.concentration import LEAST_UNITS, Population, belongs, gini
from pairing_graph.measures.congruence import congruence
from pairing_graph.measures.coordination import gaps, unpaired_in_task
from pairing_graph.measures.coverage import coverage
from pairing_graph.measures.meeting import Meeting, meeting
from pairing_graph.measures.pairs import Collectives
from pairing_graph.measures.relations import Role, brackets_of, keeping, regions_of
from pairing_graph.measures.scenarios import id_of, unit_row
from pairing_graph.measures.workload import workload
from pairing_graph.reading.unit_names import short_name

MEASURES = ("choices",)
ON_REQUEST = MEASURES
"""It takes longer than all other measures together."""

_CHOSEN = ["figure", "of", "brackets", "role", "collectives", "population"]
_COLUMNS = [*_CHOSEN, "value", "numerator", "denominator", "who"]
_COUNTS = ("lead", "tasks", "listed_first", "areas", "fractional")


def choices(source: Source, *, pooled: bool = False) -> pd.DataFrame:
    """The headline numbers under every choice: brackets, role, collectives, population of units. The list is our own.

    Args:
        source: A knowledge base or its graph, with brackets read either way; the other reading is derived from the
            tables.
        pooled: Hold the tasks of all notices against the pairings of all; else each meets its own, as in `congruence`.

    Returns:
        One row per number, indexed by figure: of, brackets (base, separate; empty where no name has a bracket), role,
        collectives and population (empty where the figure does not depend on it), value, numerator and denominator (of
        a share, else NA), who (the units at the top, a
        tuple).

        | figure | of | value |
        |---|---|---|
        | congruence | plain, weighted, areas, first_listed | satisfied / required |
        | gaps, unpaired_in_task | | how many pairs, how many units; NA without a pairing table |
        | most_loaded | region: a count of `workload` | the greatest count; who has it |
        | gini | region: a count of `workload` | the coefficient for a population |
        | coverage | region | township-level divisions paired / in the gazetteer; or of those named |

        The formulas and sources are those of the measures that are asked: `congruence`, `gaps`, `unpaired_in_task`,
        `workload`, `concentration`, `coverage`. A ranking or a Gini of fewer than two units is left out: it says nothing.
        `robustness` sums the rows up, one for each number.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> table = choices(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> plain = table.loc["congruence"].query("of == 'plain' and role == 'lead' and collectives == 'leave_out'")
        >>> [f"{row.brackets} {row.numerator}/{row.denominator}" for row in plain.itertuples()]
        ['base 15/25', 'separate 14/25']
    """
    kb = as_knowledge_base(source)
    blank: dict[str, Any] = dict.fromkeys(_CHOSEN, "") | {"who": ()}
    rows: list[dict[str, Any]] = []
    with keeping():
        met = meeting(kb, None, pooled=pooled)
        for brackets, reading in _readings(kb):
            found = (*_coordination(reading, met), *_loads(reading))
            rows += [blank | {"brackets": brackets} | row for row in found]
        rows += [blank | row for row in _coverage(kb)]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    types = {"value": "Float64", "numerator": "Int64", "denominator": "Int64"}
    table = table.astype(dict.fromkeys(_CHOSEN, "string") | types).set_index("figure")
    table.attrs.update(met.attrs)
    return table


def with_brackets(kb: KnowledgeBase, reading: str) -> KnowledgeBase:
    """The same knowledge base with bracketed names read the other way.

    Args:
        kb: The knowledge base.
        reading: `base`: 县发展改革委（县投资促进服务中心） is the unit 县发展改革委; `separate`: a unit of its own.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> base, apart = (read_notice("data/raw/wuxi-yuzhong-2022.txt", qualifier=q) for q in ("base", "separate"))
        >>> with_brackets(base, "separate").equals(apart, ignore=["units", "unread"])
        True
    """
    regions = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))

    def read(unit: str, as_written: str, qualifier: str) -> str:
        if not qualifier:
            return unit
        name = as_written if reading == "separate" else split_qualifier(names[unit])[0]
        if (reading == "separate") == bool(split_qualifier(names[unit])[1]):
            return unit
        region = regions[unit]
        return id_of(region, short_name(region, name) if region else name, unit)

    changed: dict[str, dict[str, str]] = {}
    tables = {}
    sides = {"assignments": [("unit", "as_written", "qualifier")]}
    sides["pairings"] = [(side, f"{side}_as_written", f"{side}_qualifier") for side in ("donor", "recipient")]
    for name, columns in sides.items():
        table = kb.tables[name].copy()
        for column, written, qualifier in columns:
            triples = list(zip(table[column], table[written], table[qualifier], strict=True))
            table[column] = pd.Series([read(*triple) for triple in triples], index=table.index, dtype="object")
            for (old, _, _), new in zip(triples, table[column], strict=True):
                if old != new:
                    changed.setdefault(new, {"unit": new, "region": regions[old]})
        tables[name] = table
    known = set(kb.units["unit"])
    added = [
        row | unit_row(short_name(row["region"], row["unit"])) for row in changed.values() if row["unit"] not in known
    ]
    used = {*tables["assignments"]["unit"], *tables["pairings"]["donor"], *tables["pairings"]["recipient"]}
    before = {*kb.assignments["unit"], *kb.pairings["donor"], *kb.pairings["recipient"]}
    kept = kb.units[kb.units["unit"].isin(used) | ~kb.units["unit"].isin(before)]
    units = pd.concat([kept, frame("units", added)], ignore_index=True)
    return kb.replace(units=units, **tables)


def _readings(kb: KnowledgeBase) -> Iterator[tuple[str, KnowledgeBase]]:
    if not brackets_of(kb):
        yield "", kb
        return
    for reading in ("base", "separate"):
        yield reading, kb if reading == brackets_of(kb) else with_brackets(kb, reading)


def _coordination(kb: KnowledgeBase, met: Meeting) -> Iterator[dict[str, Any]]:
    """For every choice of roles and collectives; where a notice has leads only, the choice of roles changes nothing."""
    leads_only = set(kb.assignments["role"]) <= {"lead"}
    for collectives in get_args(Collectives):
        for role in get_args(Role):
            if role == "answerable" or not leads_only:
                found = list(_pair_figures(kb, met, role, collectives))
            yield from ({**row, "role": role, "collectives": collectives} for row in found)


def _pair_figures(kb: KnowledgeBase, met: Meeting, role: Role, collectives: Collectives) -> Iterator[dict[str, Any]]:
    options: Any = {"role": role, "collectives": collectives, "pooled": met.pooled}
    for variant, row in congruence(kb, **options).iterrows():
        shown = {"value": row["congruence"], "numerator": row["satisfied"], "denominator": row["required"]}
        yield {"figure": "congruence", "of": variant, **shown}
    for figure, measure in (("gaps", gaps), ("unpaired_in_task", unpaired_in_task)):
        found = measure(kb, **options)
        count = len(found) if found.attrs["pairings"] and met.documents else pd.NA
        who = tuple(found.index) if figure == "unpaired_in_task" else ()
        yield {"figure": figure, "of": "", "value": count, "who": who}


def _loads(kb: KnowledgeBase) -> Iterator[dict[str, Any]]:
    loads = workload(kb)
    for region, count in product(regions_of(kb), _COUNTS):
        part = loads[loads["region"] == region]
        heaviest = part[count].max()
        if not heaviest or len(part) < LEAST_UNITS:
            continue
        details = {"of": f"{region}: {count}", "who": tuple(part.index[part[count] == heaviest])}
        yield {"figure": "most_loaded", **details, "value": float(heaviest)}
        for population in get_args(Population):
            members = part.loc[belongs(part, count, population), count]
            if len(members) < LEAST_UNITS:
                continue
            value = gini(members.to_numpy(dtype=float)) if members.sum() else pd.NA
            yield {"figure": "gini", "of": details["of"], "population": population, "value": value}


def _coverage(kb: KnowledgeBase) -> Iterator[dict[str, Any]]:
    table = coverage(kb)
    if table.empty:
        return
    divisions = table[table.index.get_level_values("level") == "township_level"]
    for (region, _), row in zip(divisions.index, divisions.to_dict("records"), strict=True):
        for population, of in (("gazetteer", row["known"]), ("named", row["named"])):
            defined = not (pd.isna(of) or pd.isna(row["paired"]) or not of)
            value = float(row["paired"]) / float(of) if defined else pd.NA
            shown = {"value": value, "numerator": row["paired"], "denominator": of}
            yield {"figure": "coverage", "of": region, "population": population, **shown}
