"""What is odd in the notice itself, and how it was read."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pairing_graph.base.words import reason_text
from pairing_graph.output.html_report.model import Doubt, Finding, Reading, Sentence, Table
from pairing_graph.output.html_report.sentences import Speaker, count
from pairing_graph.page.reading_model import TABLES, DocumentView, document_views

_GRAVE = ("loss", "doubt")


def checks_finding(speaker: Speaker) -> Finding | None:
    """What does not fit together in the notice, or leaves open who is meant; None where nothing was found."""
    found = speaker.results["checks"]
    if found.empty:
        return None
    doubts = found[found["severity"] == "doubt"]
    notes = found[found["severity"] != "doubt"]
    key = "checks.both" if len(doubts) and len(notes) else "checks.doubts" if len(doubts) else "checks.notes"
    title = speaker.say(
        key,
        doubts=count(len(doubts), speaker.word("what.doubts"), _all(doubts), "checks"),
        notes=count(len(notes), speaker.word("what.notes"), _all(notes), "checks"),
    )
    return Finding(
        "checks",
        speaker.word("topic.checks"),
        title,
        cautions=(speaker.word("caution.checks"),),
        tables=(_checks_table(speaker, found),),
        measures=("checks",),
    )


def _all(rows: pd.DataFrame) -> list[str]:
    return [place for address in rows["address"] for place in address.split()]


def _checks_table(speaker: Speaker, found: pd.DataFrame) -> Table:
    grave = pd.concat([found[found["severity"] == "doubt"], found[found["severity"] != "doubt"]])
    rows = [
        (
            speaker.word(f"severity.{row['severity']}"),
            row["found"],
            count(len(row["address"].split()), row["found"], row["address"].split(), "checks"),
        )
        for row in grave.to_dict("records")
    ]
    return speaker.table("checks", ["severity", "found", "cells"], rows, ["cells"])


def reading_of(speaker: Speaker) -> Reading:
    """How much of the notices was read, what is noted, and what should be checked."""
    kb = speaker.results.kb
    views = list(document_views(kb))
    unread = kb.unread
    grave = unread[unread["severity"].isin(_GRAVE)]
    doubts = tuple(
        Doubt(row["severity"], row["address"], reason_text(row["reason"], speaker.lang), row["text"])
        for row in grave.to_dict("records")
    )
    noted = unread.loc[unread["severity"] == "info", "reason"].value_counts(sort=False)
    notes = tuple((reason_text(str(reason), speaker.lang), int(times)) for reason, times in noted.items())
    return Reading(tuple(_reading_sentences(speaker, views, unread)), doubts, notes)


def _reading_sentences(speaker: Speaker, views: list[DocumentView], unread: pd.DataFrame) -> Iterator[Sentence]:
    if views:
        counts = [view.counts for view in views]
        pieces = sum(sum(one.values()) for one in counts)
        used = sum(one.get(kind, 0) for one in counts for kind in TABLES)
        lost = sum(one.get("lost", 0) for one in counts)
        reported = pieces - used - lost
        yield speaker.say(
            "reading.pieces", pieces=count(pieces), used=count(used), reported=count(reported), lost=count(lost)
        )
    else:
        yield speaker.say("reading.no_files")
    doubts, losses = (int((unread["severity"] == severity).sum()) for severity in ("doubt", "loss"))
    if doubts or losses:
        yield speaker.say("reading.grave", doubts=count(doubts), losses=count(losses))
    else:
        yield speaker.say("reading.clear")
