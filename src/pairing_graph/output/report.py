"""The report of a reading: what was found, the load of each unit, units paired more than once, and what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pairing_graph.base.words import Language, reason_text, word
from pairing_graph.kb.address import row_of
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.relations import ends, frames_of, native
from pairing_graph.measures.results import Results
from pairing_graph.output.section import Section, column, missing_table, words

THREE_COUNTS = ["lead", "listed_first", "fractional"]
SHOWN = 10
_SHOWN_CHARACTERS = 30


def sections(results: Results, lang: Language | None = None) -> Iterator[Section]:
    """The parts of the report, in order.

    Args:
        results: The measures of a knowledge base.
        lang: The language of the headings; without one, Chinese and English.
    """
    kb = results.kb
    yield from caution(kb, lang)
    yield contents(kb, lang)
    yield from loads(results, lang)
    yield paired_twice(kb, lang)
    from pairing_graph.output.findings import headline_sections

    yield from headline_sections(results, lang)
    yield noted(kb, ("info",), "guessed", lang)
    yield noted(kb, ("doubt", "loss"), "not_understood", lang)


def caution(kb: KnowledgeBase, lang: Language | None) -> Iterator[Section]:
    """A warning before the first number that something was not read."""
    lost = int((kb.unread["severity"] == "loss").sum())
    if lost:
        yield Section(f"! {words('caution_loss', lang, count=lost)}", pd.DataFrame())


def contents(kb: KnowledgeBase, lang: Language | None) -> Section:
    """What the notices hold, a row each."""
    rows = []
    for document in kb.documents["document"]:
        tasks = kb.tasks[kb.tasks["document"] == document]
        pairs = kb.pairings[kb.pairings["document"] == document]
        rows.append(
            {
                "notice": document,
                "tasks": len(tasks),
                "areas": tasks.loc[tasks["area"] != "", "area"].nunique(),
                "assignments": int(kb.assignments["task"].isin(tasks["task"]).sum()),
                "pairing_rows": pairs["address"].map(row_of).nunique(),
                "pairings": len(pairs),
                "targets": int(kb.targets["task"].isin(tasks["task"]).sum()),
            }
        )
    named = int((~kb.units["collective"]).sum())
    text = words("units_found", lang, units=named, collectives=len(kb.units) - named)
    return Section(words("contents", lang), _named(pd.DataFrame(rows), lang), text)


def loads(results: Results, lang: Language | None) -> Iterator[Section]:
    """The units with the most tasks in each region, counted in three ways."""
    if missing := missing_table(results.kb, words("workload", lang), lang, "tasks"):
        yield missing
        return
    counted = results["workload"].join(results.kb.units.set_index("unit")[["name"]])
    counted = counted[counted["tasks"] > 0]
    for region in dict.fromkeys(counted["region"]):
        part = counted[counted["region"] == region]
        table = part.set_index("name")[[*THREE_COUNTS, "tasks"]].head(SHOWN).rename_axis("unit").reset_index()
        table["fractional"] = table["fractional"].map("{:.2f}".format)
        more = len(part) - len(table)
        rest = words("and_more", lang, count=more) if more > 0 else ""
        yield Section(f"{words('workload', lang)} · {region or words('no_region', lang)}", _named(table, lang), rest)


def named_workload(kb: KnowledgeBase, counted: pd.DataFrame) -> pd.DataFrame:
    """A result of `workload` with the names and regions of the units, for a table in the terminal or a file."""
    by = counted.attrs["by"]
    counted = counted.drop(columns="region", errors="ignore")
    if by:
        counted = counted.reset_index(by) if by != "region" else counted.droplevel("region")
    return kb.units.set_index("unit")[["region", "name"]].join(counted, how="right").rename_axis("unit")


def workload_section(table: pd.DataFrame, lang: Language | None) -> Section:
    """A result of `named_workload` for the terminal; without the column of guides where no unit guides."""
    table = table if table["guide"].any() else table.drop(columns="guide")
    shown = (
        table.drop(columns="kind")
        .reset_index(drop=True)
        .rename(columns={"name": "unit", "document": "notice"})
        .astype("object")
    )
    shown["fractional"] = shown["fractional"].map("{:.2f}".format)
    shown = shown.map(lambda cell: words("na", lang or "en") if cell is pd.NA else cell)
    return Section(words("workload", lang), _named(shown, lang))


def paired_twice(kb: KnowledgeBase, lang: Language | None) -> Section:
    """Units in more than one pairing of a notice, with their partners; the notice is named where there are several."""
    if missing := missing_table(kb, words("paired_twice", lang), lang, "pairings"):
        return missing
    both = native(ends(frames_of(kb)).select("document", "unit", "partner"))
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    rows = []
    for (document, unit), partners in both.groupby(["document", "unit"], sort=False)["partner"]:
        if len(partners) > 1:
            listed = word("listing", lang or "zh").join(names[partner] for partner in partners)
            rows.append({"notice": document, "unit": unit, "pairings": len(partners), "partners": listed})
    columns = [*(["notice"] if len(kb.documents) > 1 else []), "unit", "pairings", "partners"]
    table = pd.DataFrame(rows, columns=columns)
    table = table.sort_values("pairings", ascending=False, kind="stable")
    return Section(words("paired_twice", lang), _named(table, lang), "" if rows else words("none", lang))


def noted(kb: KnowledgeBase, severities: tuple[str, ...], heading: str, lang: Language | None) -> Section:
    """The rows of `unread` with these severities: where, why, and the text; why a file was not read is never cut."""
    part = kb.unread[kb.unread["severity"].isin(severities)]
    failed = part["reason"] == "file_unreadable"
    rows = [
        {
            "severity": row["severity"],
            "head_address": row["address"],
            "head_reason": _reason(row["reason"], lang),
            "head_text": _clipped(row["text"]),
        }
        for row in part[~failed].to_dict("records")
    ]
    lines = [
        f"{row['severity']}  {row['address']}  {_reason(row['reason'], lang)}: {' '.join(row['text'].split())}"
        for row in part[failed].to_dict("records")
    ]
    text = "\n".join(lines) if len(part) else words("nothing", lang)
    return Section(words(heading, lang), _named(pd.DataFrame(rows), lang), text)


def _reason(reason: str, lang: Language | None) -> str:
    return " ".join(reason_text(reason, one) for one in ((lang,) if lang else ("zh", "en")))


def _clipped(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[:_SHOWN_CHARACTERS]}…"


def _named(table: pd.DataFrame, lang: Language | None) -> pd.DataFrame:
    """The table with its columns named for a reader."""
    return table.rename(columns=lambda name: column(name, lang))
