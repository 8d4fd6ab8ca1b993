"""The report of a reading: what was found, who carries how much, who is paired twice, what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from pairing_graph.base.words import both, reason_text, word
from pairing_graph.kb.address import Address
from pairing_graph.kb.schema import KnowledgeBase
from pairing_graph.measures.workload import By, workload

THREE_COUNTS = ["lead", "listed_first", "fractional"]
SHOWN = 10
_SHOWN_WORDS = 30


@dataclass(frozen=True)
class Section:
    """A part of the report.

    Attributes:
        heading: What it is about, Chinese and English.
        table: Its rows, the columns named for a reader; empty where there is only text.
        text: A sentence below the heading.
    """

    heading: str
    table: pd.DataFrame
    text: str = ""


def sections(kb: KnowledgeBase) -> Iterator[Section]:
    """The parts of the report, in order."""
    yield from caution(kb)
    yield contents(kb)
    yield from loads(kb)
    yield paired_twice(kb)
    yield noted(kb, ("info",), "guessed")
    yield noted(kb, ("doubt", "loss"), "not_understood")


def caution(kb: KnowledgeBase) -> Iterator[Section]:
    """What has to be known before the first number: something was not read."""
    lost = int((kb.unread["severity"] == "loss").sum())
    if lost:
        yield Section(
            f"! {word('caution_loss', 'zh', count=lost)} {word('caution_loss', 'en', count=lost)}", pd.DataFrame()
        )


def contents(kb: KnowledgeBase) -> Section:
    """What the notices hold, a row each."""
    rows = []
    for document in kb.documents["document"]:
        tasks = kb.tasks[kb.tasks["document"] == document]
        pairs = kb.pairings[kb.pairings["document"] == document]
        rows.append(
            {
                both("notice"): document,
                both("tasks"): len(tasks),
                both("areas"): tasks.loc[tasks["area"] != "", "area"].nunique(),
                both("assignments"): int(kb.assignments["task"].isin(tasks["task"]).sum()),
                both("pairing_rows"): pairs["address"].map(_row_of).nunique(),
                both("pairings"): len(pairs),
                both("targets"): int(kb.targets["task"].isin(tasks["task"]).sum()),
            }
        )
    named = int((~kb.units["collective"]).sum())
    text = word("units_found", "zh", units=named, collectives=len(kb.units) - named)
    text += " " + word("units_found", "en", units=named, collectives=len(kb.units) - named)
    return Section(both("contents"), pd.DataFrame(rows), text)


def loads(kb: KnowledgeBase) -> Iterator[Section]:
    """The heaviest loads of each region, in all three ways of counting."""
    counted = workload(kb).join(kb.units.set_index("unit")[["name", "region"]])
    counted = counted[counted["tasks"] > 0]
    for region in dict.fromkeys(counted["region"]):
        part = counted[counted["region"] == region]
        table = part.set_index("name")[[*THREE_COUNTS, "tasks"]].head(SHOWN)
        table["fractional"] = table["fractional"].map("{:.2f}".format)
        table = table.rename_axis(both("unit")).rename(columns=both).reset_index()
        more = len(part) - len(table)
        rest = f"{word('and_more', 'zh', count=more)} {word('and_more', 'en', count=more)}" if more > 0 else ""
        yield Section(f"{both('workload')} · {region or both('no_region')}", table, rest)


def named_workload(kb: KnowledgeBase, by: By | None = None) -> pd.DataFrame:
    """All loads with names and regions, for a table in the terminal or a file."""
    counted = workload(kb, by=by)
    if by:
        counted = counted.reset_index(by) if by != "region" else counted.droplevel("region")
    return kb.units.set_index("unit")[["region", "name"]].join(counted, how="right").rename_axis("unit")


def paired_twice(kb: KnowledgeBase) -> Section:
    """Units that stand in more than one pairing, with their partners."""
    ends = pd.concat(
        [
            kb.pairings[["donor", "recipient"]].set_axis(["unit", "partner"], axis=1),
            kb.pairings[["recipient", "donor"]].set_axis(["unit", "partner"], axis=1),
        ]
    )
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    rows = []
    for unit, partners in ends.groupby("unit", sort=False)["partner"]:
        if len(partners) > 1:
            told = "、".join(names[partner] for partner in partners)
            rows.append({both("unit"): unit, both("pairings"): len(partners), both("partners"): told})
    table = pd.DataFrame(rows, columns=[both("unit"), both("pairings"), both("partners")])
    table = table.sort_values(both("pairings"), ascending=False, kind="stable")
    return Section(both("paired_twice"), table, "" if rows else both("none"))


def noted(kb: KnowledgeBase, severities: tuple[str, ...], heading: str) -> Section:
    """What stands in `unread`, a line each: where, why, and the words."""
    part = kb.unread[kb.unread["severity"].isin(severities)]
    lines = [
        f"{row['severity']}  {row['address']}  {reason_text(row['reason'], 'zh')} {reason_text(row['reason'], 'en')}: "
        f"{_clipped(row['text'], row['reason'])}"
        for row in part.to_dict("records")
    ]
    return Section(both(heading), pd.DataFrame(), "\n".join(lines) or both("nothing"))


def _clipped(text: str, reason: str) -> str:
    """The words on one line; why a file could not be read is never cut."""
    words = " ".join(text.split())
    whole = reason == "file_unreadable" or len(words) <= _SHOWN_WORDS
    return words if whole else f"{words[:_SHOWN_WORDS]}…"


def _row_of(address: str) -> str:
    return str(replace(Address.parse(address.split()[0]), column=0, item=0))
