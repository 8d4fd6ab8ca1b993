"""Whom the pairing table reaches, what is promised in numbers, and what is reported of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from pairing_graph.measures.relations import numbers_of
from pairing_graph.output.html_report.model import Column, Finding, Number, Part, Sentence, Table
from pairing_graph.output.html_report.sentences import Speaker, count, share

_TOWNSHIPS = "township_level"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def coverage_finding(speaker: Speaker) -> Finding | None:
    """How many townships, committees and departments are paired; None where no township-level division could be."""
    kb = speaker.results.kb
    if kb.pairings.empty:
        return None
    reached = speaker.results["coverage"].reset_index()
    towns = reached[(reached["level"] == _TOWNSHIPS) & (reached["paired"] > 0)]
    if towns.empty:
        return None
    return Finding(
        "coverage",
        speaker.word("topic.coverage"),
        _coverage_title(speaker, towns),
        (tuple(_coverage_sentences(speaker, towns)),),
        (speaker.word("caution.coverage", source=_gazetteer(speaker)),),
        (_coverage_table(speaker, reached),),
        None,
        ("coverage",),
    )


def _gazetteer(speaker: Speaker) -> str:
    """Who lists the divisions, and on which day."""
    named = str(speaker.results["coverage"].attrs.get("gazetteer", ""))
    return speaker.word("gazetteer", date=", ".join(_DAY.findall(named)))


def _coverage_title(speaker: Speaker, towns: pd.DataFrame) -> Sentence:
    """The region that is reached least; where no gazetteer tells how many there are, those that are paired."""
    known = towns[towns["known"].notna()]
    if known.empty:
        return speaker.say("coverage.unknown", paired=count(towns["paired"].sum(), measure="coverage"))
    least = pd.Series(min(known.to_dict("records"), key=lambda row: float(row["share"])))
    key = "coverage.part" if least["unpaired"] else "coverage.whole"
    return speaker.say(key, region=speaker.region(least["region"]), **_reached(speaker, least))


def _reached(speaker: Speaker, row: pd.Series[Any]) -> dict[str, Part]:
    found = speaker.results["divisions"]
    chosen = found[
        (found["region"] == row["region"]) & (found["level"] == row["level"]) & found["paired"].fillna(False)
    ]
    places = [place for address in chosen["address"] for place in address.split()]
    what = speaker.word(
        "what.paired_towns", region=speaker.region(row["region"]), level=speaker.word(f"level.{row['level']}")
    )
    values: dict[str, Part] = {"paired": count(row["paired"], what, places, "coverage")}
    if not pd.isna(row["known"]):
        values |= {
            "known": count(row["known"], measure="coverage"),
            "unpaired": count(row["unpaired"], measure="coverage"),
        }
        values["share"] = share(100 * row["share"], speaker.lang, measure="coverage", decimals=0)
    return values


def _coverage_sentences(speaker: Speaker, towns: pd.DataFrame) -> Iterator[Sentence]:
    for row in towns.to_dict("records"):
        line, region = pd.Series(row), speaker.region(row["region"])
        key = "named" if pd.isna(row["known"]) else "count" if row["unpaired"] else "all"
        yield speaker.say(f"coverage.{key}", region=region, **_reached(speaker, line))
        if not pd.isna(row["unpaired"]) and row["unpaired"]:
            prefix = row["region"]
            names = speaker.listing(str(unit).removeprefix(prefix) for unit in row["unpaired_units"])
            yield speaker.say("coverage.without", region=region, names=names)


def _coverage_table(speaker: Speaker, reached: pd.DataFrame) -> Table:
    rows = [
        (
            speaker.region(row["region"]),
            speaker.word(f"level.{row['level']}"),
            _reached(speaker, pd.Series(row))["paired"],
            count(row["named"]),
            *(speaker.word("unknown") if pd.isna(row[name]) else count(row[name]) for name in ("known", "unpaired")),
        )
        for row in reached.to_dict("records")
    ]
    columns = ["region", "level", "paired", "named", "known", "unpaired"]
    return speaker.table("coverage", columns, rows, columns[2:])


def targets_finding(speaker: Speaker) -> Finding | None:
    """What is promised in numbers; None where nothing is."""
    kb = speaker.results.kb
    targets = kb.targets
    if targets.empty:
        return None
    tasks = targets["task"].nunique()
    places = targets["address"].tolist()
    sentences = [
        speaker.say(
            "targets.rest",
            tasks=count(tasks, measure="target"),
            rest=count(len(kb.tasks) - tasks),
            all=count(len(kb.tasks)),
        )
    ]
    aimed = targets[targets["aspirational"].astype(bool)]
    if len(aimed):
        what = speaker.word("what.aimed")
        sentences.append(speaker.say("targets.aimed", aimed=count(len(aimed), what, aimed["address"], "target")))
    title = speaker.say(
        "targets.title", targets=count(len(targets), speaker.word("what.targets"), places, "target"), tasks=count(tasks)
    )
    table = _targets_table(speaker, targets)
    return Finding(
        "targets", speaker.word("topic.targets"), title, (tuple(sentences),), (speaker.word("caution.targets"),), (table,),
        measures=("target",),
    )  # fmt: skip


def _targets_table(speaker: Speaker, targets: pd.DataFrame) -> Table:
    numbers = numbers_of(speaker.results.kb)
    rows = [
        (
            numbers[row["task"]],
            row["metric"],
            Number(_value(row), row["as_written"], row["metric"], (row["address"],), "target"),
            speaker.word("aimed") if row["aspirational"] else "",
        )
        for row in targets.to_dict("records")
    ]
    return speaker.table("targets", ["number", "metric", "as_written", "aspirational"], rows, ["as_written"])


def _value(row: Mapping[Any, Any]) -> float:
    return float("nan") if pd.isna(row["value"]) else float(row["value"])


def results_finding(speaker: Speaker) -> Finding | None:
    """What is reported of the tasks; None where nothing is."""
    kb = speaker.results.kb
    if kb.results.empty:
        return None
    numbers = numbers_of(kb)
    rows = tuple((numbers[row["task"]], row["as_written"], row["as_of"]) for row in kb.results.to_dict("records"))
    heads = tuple(Column(speaker.word(f"column.{name}")) for name in ("number", "progress", "as_of"))
    places = kb.results["address"].tolist()
    title = speaker.say(
        "results.title",
        results=count(len(kb.results), speaker.word("what.results"), places),
        tasks=count(kb.results["task"].nunique()),
    )
    table = Table(speaker.word("table.results"), heads, rows)
    return Finding("results", speaker.word("topic.results"), title, tables=(table,))
