"""Who carries most: three ways of counting side by side, and how evenly the load is spread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from pairing_graph.base.words import catalogue
from pairing_graph.figures.workload import workload_sheet
from pairing_graph.kb.schema import ROLES
from pairing_graph.look.labels import counted
from pairing_graph.measures.concentration import Population, concentration
from pairing_graph.output.html_report.model import Finding, Number, Part, Sentence, Table
from pairing_graph.output.html_report.sentences import Speaker, count, filled, share, top

_MEASURES = ("load", "listed_first", "fractional", "gini")
_POPULATIONS: tuple[Population, ...] = ("departments", "bearers", "all")
_PLAIN = ("listed_first", "areas", "partners", "targets")


def workload_finding(speaker: Speaker) -> Finding | None:
    """The finding, or None where no task is given to a named unit."""
    loads = speaker.results["workload"]
    roles = [role for role in ROLES if loads[role].any()]
    if not roles:
        return None
    role = roles[0]
    return Finding(
        "load",
        speaker.word("topic.load"),
        _title(speaker, loads, role),
        (tuple(_sentences(speaker, loads, role)), tuple(_rest(speaker, loads, role))),
        tuple(_cautions(speaker)),
        (_table(speaker, loads, roles),),
        workload_sheet(speaker.results, lang=speaker.lang),
        _MEASURES,
    )


def _title(speaker: Speaker, loads: pd.DataFrame, role: str) -> Sentence:
    units, most = top(loads[role])
    what = speaker.word("what.role", unit=speaker.names(units).text, role=speaker.word(f"role.{role}"))
    tasks = Number(int(most), counted("task", int(most), speaker.lang), what, tuple(speaker.held(units, role)), "load")
    key = f"finding_{role}_{'one' if len(units) == 1 else 'many'}"
    return filled(catalogue(speaker.lang)[key], {"names": speaker.names(units), "tasks": tasks})


def _sentences(speaker: Speaker, loads: pd.DataFrame, role: str) -> Iterator[Sentence]:
    parts = list(_regions(speaker, loads, role))
    for region, part in parts:
        yield _region_sentence(speaker, region, part, role)
    if any(len({tuple(top(part[name])[0]) for name in (role, "listed_first", "fractional")}) > 1 for _, part in parts):
        yield speaker.say("load.depends")


def _rest(speaker: Speaker, loads: pd.DataFrame, role: str) -> Iterator[Sentence]:
    yield from _spread(speaker, role)
    idle = int((loads["tasks"] == 0).sum())
    if idle:
        yield speaker.say("load.idle", idle=count(idle))


def _regions(speaker: Speaker, loads: pd.DataFrame, role: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """The loads of each region where anybody has the role."""
    regions = speaker.results.kb.units.set_index("unit")["region"].reindex(loads.index)
    for region in dict.fromkeys(regions):
        part = loads[regions == region]
        if part[role].any():
            yield str(region), part


def _region_sentence(speaker: Speaker, region: str, part: pd.DataFrame, role: str) -> Sentence:
    worded = speaker.word(f"role.{role}")
    (leaders, most), (first, times), (carriers, load) = (
        top(part[name]) for name in (role, "listed_first", "fractional")
    )

    def what(key: str, units: Sequence[str]) -> str:
        return speaker.word(f"what.{key}", unit=speaker.names(units).text, role=worded)

    split = share(load, speaker.lang, what("split", carriers), "fractional")
    return speaker.say(
        "load.region",
        region=speaker.region(region),
        role=worded,
        lead_names=speaker.names(leaders),
        lead=count(most, what("role", leaders), speaker.held(leaders, role), "load"),
        first_names=speaker.names(first),
        first=count(times, what("first", first), speaker.listed_first(first), "listed_first"),
        split_names=speaker.names(carriers),
        split=replace(split, addresses=tuple(speaker.answered(carriers))),
    )


def _spread(speaker: Speaker, role: str) -> Iterator[Sentence]:
    """The Gini coefficient of every region, with the population that it is counted over."""
    kb, loads = speaker.results.kb, speaker.results.loads
    over = {name: concentration(kb, count=role, population=name, loads=loads) for name in _POPULATIONS}
    for region in over["all"].index:
        rows = {name: table.loc[region] for name, table in over.items()}
        if any(pd.isna(row["gini"]) for row in rows.values()):
            continue
        gini = {
            name: share(row["gini"], speaker.lang, speaker.word("what.gini", region=speaker.region(region)), "gini", 3)
            for name, row in rows.items()
        }
        yield speaker.say(
            "load.spread",
            region=speaker.region(str(region)),
            role=speaker.word(f"role.{role}"),
            units=count(rows["departments"]["units"]),
            gini=gini["departments"],
            bearers=count(rows["bearers"]["units"]),
            gini_bearers=gini["bearers"],
            all=count(rows["all"]["units"]),
            gini_all=gini["all"],
        )


def _cautions(speaker: Speaker) -> Iterator[str]:
    yield speaker.word("caution.load")
    units = speaker.results.kb.units
    collectives = [str(unit) for unit in units.loc[units["collective"].astype(bool), "unit"]]
    if collectives:
        yield speaker.word("caution.collectives", names=speaker.listing(collectives))


def _table(speaker: Speaker, loads: pd.DataFrame, roles: Sequence[str]) -> Table:
    kb = speaker.results.kb
    regions = kb.units.set_index("unit")["region"]
    pairs = not kb.pairings.empty
    numeric = [*roles, "listed_first", "fractional", "areas", *(("pairings", "partners") if pairs else ()), "targets"]
    numeric = [name for name in numeric if name != "targets" or loads["targets"].any()]
    rows = [
        (speaker.label(str(unit)), speaker.region(regions[str(unit)]), *(_cell(speaker, str(unit), row, name) for name in numeric))
        for unit, row in loads[loads["tasks"] > 0].iterrows()
    ]  # fmt: skip
    return speaker.table("load", ["unit", "region", *numeric], rows, numeric)


def _cell(speaker: Speaker, unit: str, row: pd.Series[float], name: str) -> Part:
    label = speaker.label(unit)
    if name in ROLES:
        what = speaker.word("what.role", unit=label, role=speaker.word(f"role.{name}"))
        return count(row[name], what, speaker.held([unit], name), "load")
    if name == "pairings":
        return count(row[name], speaker.word("what.pairings", unit=label), speaker.pairs_of([unit]), "pairings")
    return share(row[name], speaker.lang, measure=name) if name not in _PLAIN else count(row[name], measure=name)
