"""Who is paired with whom, and whether the pairings meet the tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from pairing_graph.figures.coordination import coordination_sheet
from pairing_graph.figures.pairings import pairings_sheet
from pairing_graph.kb.address import row_of
from pairing_graph.measures.relations import numbers_of
from pairing_graph.output.html_report.model import Finding, Number, Sentence, Table
from pairing_graph.output.html_report.sentences import Speaker, count, share, top


def pairs_finding(speaker: Speaker) -> Finding | None:
    """Who is paired more than once; None where no units are paired."""
    pairings = speaker.results.kb.pairings
    if pairings.empty:
        return None
    times = speaker.results["workload"]["pairings"]
    often = times[times > 1].sort_values(ascending=False, kind="stable")
    return Finding(
        "pairs",
        speaker.word("topic.pairs"),
        _pairs_title(speaker, pairings, often),
        (tuple(_pairs_sentences(speaker, pairings)),),
        (speaker.word("caution.pairs"),),
        (_often_table(speaker, often),) if len(often) else (),
        pairings_sheet(speaker.results, lang=speaker.lang),
        ("pairings",),
    )


def _pairs_title(speaker: Speaker, pairings: pd.DataFrame, often: pd.Series[int]) -> Sentence:
    links = count(len(pairings), speaker.word("what.links"), _all(pairings), "pairings")
    if not len(often):
        return speaker.say("pairs.once", links=links)
    units, most = top(often)
    what = speaker.word("what.pairings", unit=speaker.names(units).text)
    return speaker.say(
        "pairs.often",
        links=links,
        names=speaker.names(units),
        most=count(most, what, speaker.pairs_of(units), "pairings"),
        units=count(len(often), speaker.word("what.often"), speaker.pairs_of(map(str, often.index)), "pairings"),
    )


def _pairs_sentences(speaker: Speaker, pairings: pd.DataFrame) -> Iterator[Sentence]:
    rows = {row_of(address) for address in pairings["address"] if address}
    yield speaker.say(
        "pairs.rows",
        rows=count(len(rows)),
        links=count(len(pairings), measure="pairings"),
        donors=count(pairings["donor"].nunique()),
        recipients=count(pairings["recipient"].nunique()),
    )
    unknown = pairings[pairings["direction_basis"] == "unknown"]
    if len(unknown):
        what = speaker.word("what.undirected")
        yield speaker.say("pairs.undirected", unknown=count(len(unknown), what, _all(unknown)))


def _all(rows: pd.DataFrame) -> list[str]:
    return [place for address in rows["address"] for place in address.split()]


def _often_table(speaker: Speaker, often: pd.Series[int]) -> Table:
    kb = speaker.results.kb
    regions = kb.units.set_index("unit")["region"]
    partners: dict[str, list[str]] = {}
    for donor, recipient in zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True):
        partners.setdefault(donor, []).append(recipient)
        partners.setdefault(recipient, []).append(donor)
    rows = [
        (
            speaker.label(str(unit)),
            speaker.region(regions[str(unit)]),
            count(times, speaker.word("what.pairings", unit=speaker.label(str(unit))), speaker.pairs_of([str(unit)]), "pairings"),
            speaker.listing(dict.fromkeys(partners[str(unit)])),
        )
        for unit, times in often.items()
    ]  # fmt: skip
    return speaker.table("often", ["unit", "region", "pairings", "partner_names"], rows, ["pairings"])


def meeting_finding(speaker: Speaker) -> Finding | None:
    """Whether who shares a task is paired; None where no notice has both tables, or no units share a task."""
    congruence, alone = speaker.results["congruence"], speaker.results["unpaired_in_task"]
    if congruence["congruence"].isna().all():
        return None
    found = speaker.results["gaps"]
    tables = [_alone_table(speaker, alone)] if len(alone) else []
    tables += [_gaps_table(speaker, found)] if len(found) else []
    return Finding(
        "meeting",
        speaker.word("topic.meeting"),
        _meeting_title(speaker, alone),
        tuple(filter(None, (_who(speaker, alone), _met(speaker, congruence), _gaps(speaker, found)))),
        tuple(_meeting_cautions(speaker, congruence)),
        tuple(tables),
        coordination_sheet(speaker.results, lang=speaker.lang),
        ("unpaired_in_task", "congruence", "gap"),
    )


def _meeting_title(speaker: Speaker, alone: pd.DataFrame) -> Sentence:
    if alone.empty:
        return speaker.say("meeting.all")
    units = count(len(alone), speaker.word("what.alone"), _all(alone), "unpaired_in_task")
    return speaker.say("meeting.alone", units=units)


def _who(speaker: Speaker, alone: pd.DataFrame) -> tuple[Sentence, ...]:
    return (speaker.say("meeting.who", names=speaker.listing(map(str, alone.index))),) if len(alone) else ()


def _met(speaker: Speaker, congruence: pd.DataFrame) -> tuple[Sentence, ...]:
    """How many pairs with a joint task are paired, counted in four ways."""
    variants = congruence.to_dict("index")
    plain, weighted, areas, first = (variants[name] for name in ("plain", "weighted", "areas", "first_listed"))
    pairs = speaker.results["coordination"]
    joint = pairs[pairs["joint_tasks"] > 0]
    met = joint[joint["status"] == "paired_joint"]
    share_of_pairs = speaker.say(
        "meeting.congruence",
        required=count(plain["required"], speaker.word("what.required"), _all(joint), "congruence"),
        satisfied=count(plain["satisfied"], speaker.word("what.satisfied"), _all(met), "congruence"),
        plain=_share(speaker, plain),
        weighted=_share(speaker, weighted),
        areas=_share(speaker, areas),
    )
    if not first["required"]:
        return (share_of_pairs,)
    required, satisfied = (count(first[name], measure="congruence") for name in ("required", "satisfied"))
    key = "meeting.first_all" if required.value == satisfied.value else "meeting.first"
    return share_of_pairs, speaker.say(key, required=required, satisfied=satisfied)


def _gaps(speaker: Speaker, found: pd.DataFrame) -> tuple[Sentence, ...]:
    if found.empty:
        return ()
    gaps = count(len(found), speaker.word("what.gaps"), _all(found), "gap")
    return (speaker.say("meeting.gaps", gaps=gaps, most=count(found["joint_tasks"].max())),)


def _share(speaker: Speaker, row: Mapping[Any, Any]) -> Number:
    return share(row["congruence"], speaker.lang, measure="congruence")


def _meeting_cautions(speaker: Speaker, congruence: pd.DataFrame) -> Iterator[str]:
    yield speaker.word("caution.meeting")
    yield speaker.word("caution.gaps")
    left_out = congruence.attrs.get("left_out", ())
    if left_out:
        yield speaker.word("caution.left_out", documents=speaker.listing(left_out))


def _alone_table(speaker: Speaker, alone: pd.DataFrame) -> Table:
    rows = [
        (
            speaker.label(str(unit)),
            speaker.region(row["region"]),
            count(row["tasks"], speaker.word("what.alone_of", unit=speaker.label(str(unit))), row["address"].split()),
            speaker.listing(row["numbers"]),
            speaker.listing(row["counterparts"]),
            speaker.listing(row["partners"]) or speaker.word("nobody"),
        )
        for unit, row in alone.iterrows()
    ]
    columns = ["unit", "region", "tasks_alone", "numbers", "counterparts", "paired_with"]
    return speaker.table("alone", columns, rows, ["tasks_alone"])


def _gaps_table(speaker: Speaker, found: pd.DataFrame) -> Table:
    numbers = numbers_of(speaker.results.kb)
    rows = []
    for row in found.reset_index().to_dict("records"):
        one, other = (speaker.label(row[end]) for end in ("unit", "partner"))
        what = speaker.word("what.joint", one=one, other=other)
        tasks = speaker.listing(numbers[task] for task in row["tasks"])
        joint = count(row["joint_tasks"], what, row["address"].split(), "gap")
        rows.append((one, other, joint, tasks, count(row["blocks"])))
    columns = ["unit", "partner", "joint_tasks", "numbers", "blocks"]
    return speaker.table("gaps", columns, rows, ["joint_tasks", "blocks"])
