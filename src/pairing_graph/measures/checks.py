"""Checks of a notice against itself: what is missing, duplicated or contradictory in the document. Nothing is corrected.

| check | severity | found when |
|---|---|---|
| nobody_answers | doubt | a task names no unit at all that answers for it on one of the two sides |
| several_leads | info | a side has several leads and no rule in the notice says who is first |
| unit_twice | doubt | a unit is named twice in a task |
| number_skipped, number_doubled, number_missing | doubt | the printed numbers of tasks or pairing rows |
| count_differs | doubt | a stated count (共6项) that does not hold |
| duty_not_met | doubt | a stated duty not met by the table: a task says “一对一”, and rows or links of the table are not |
| unknown_kind | info | a unit's name fits no known kind of body |
| same_body | doubt | two names are probably one body's: `suggest_aliases` |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from pairing_graph.base.text import chinese_number, squeeze
from pairing_graph.base.words import Language, word
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.address import Address, join, row_of
from pairing_graph.kb.knowledge_base import KnowledgeBase, with_tables
from pairing_graph.kb.schema import SEVERITIES
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.measures.concentration import POPULATIONS
from pairing_graph.measures.pairs import cell_of
from pairing_graph.measures.relations import brackets_of, facts, frames_of, native, numbers_of, part_of, typed
from pairing_graph.measures.same_bodies import same_bodies

MEASURES = ("checks",)

SEVERITY = {
    "nobody_answers": "doubt",
    "several_leads": "info",
    "unit_twice": "doubt",
    "number_skipped": "doubt",
    "number_doubled": "doubt",
    "number_missing": "doubt",
    "count_differs": "doubt",
    "duty_not_met": "doubt",
    "unknown_kind": "info",
    "same_body": "doubt",
}
_STATED = re.compile(
    r"共(?:计|有)?(?P<count>\d{1,4}|[零〇一二两三四五六七八九十百]{1,6})(?P<what>项|条|对)(?:[^\u4e00-\u9fff]|任务|工作|举措|措施|事项|结对|$)"
)
_EACH, _NEAR = one_of("pairing_words", "one_to_one"), "[^。；]{0,12}"
_ONE_TO_ONE = re.compile(
    f"{_EACH}{_NEAR}{one_of('pairing_words', 'pairs_up')}|{one_of('pairing_words', 'pairs_up_before')}{_NEAR}{_EACH}"
)
_KEY_TOWNSHIPS = re.compile(one_of("pairing_words", "key_townships"))
_COLUMNS = ["check", "severity", "document", "subject", "count", "of", "found", "address"]

Finding = dict[str, Any]


def checks(source: Source, *, lang: Language = "zh") -> pd.DataFrame:
    """Inconsistencies within the notices themselves.

    Args:
        source: A knowledge base, or its graph, which keeps no words outside of the tables: stated counts there are
            only checked in the names of areas.
        lang: The language of the sentences, zh or en.

    Returns:
        One row per finding, the most severe first: check, severity (doubt, info), document, subject (the tasks, unit or row,
        a tuple), count and of (how many of how many, NA where it is not a matter of counting), found (a sentence), address.

        Checks are rules of our own, read off the text; a stated duty not met by the table (duty_not_met) is a difference
        between two places of one document. Of departments those links are counted that have a department, party organ or
        institution on both sides; committees (管委会) and the township level are none. Where the text speaks of key
        townships (重点乡镇) the sentence says that others are not meant.

        Of a part (`kb.select`), numbers of tasks and stated counts are not checked, since it leaves tasks out.

        What it does not say: that anything is wrong on the ground, or that anybody broke a promise. Several leads are
        usual practice, and “一对一” may be meant for one level only, or be met outside of the table.

    Raises:
        UnknownNameError: There is no such language.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> found = checks(read_notice("data/raw/wuxi-yuzhong-2022.txt"), lang="en")
        >>> found.loc[found["check"] == "duty_not_met", ["count", "of"]].to_numpy().tolist()
        [[3, 31], [9, 19]]
    """
    kb = as_knowledge_base(source)
    kb = with_tables(kb, **{name: _in_reading_order(kb.tables[name]) for name in ("tasks", "assignments", "pairings")})
    findings = [
        *_nobody_answers(kb, lang),
        *_several_leads(kb, lang),
        *_units_twice(kb, lang),
        *_numbering(kb, lang),
        *_stated_counts(kb, lang),
        *_stated_duties(kb, lang),
        *_unknown_kinds(kb, lang),
        *_same_bodies(kb, lang),
    ]
    table = typed(findings, _COLUMNS, subject="object", count="Int64", of="Int64")
    grave = {severity: count for count, severity in enumerate(SEVERITIES)}
    table = table.sort_values("severity", key=lambda s: s.map(grave), ascending=False, kind="stable")
    table = table.reset_index(drop=True)
    table.attrs.update(lang=lang, brackets=brackets_of(kb), **part_of(kb))
    return table


def _in_reading_order(rows: pd.DataFrame) -> pd.DataFrame:
    """A table's rows in the order of the notices; those without an address, of a scenario, behind the others."""
    keys = [(not text, [Address.parse(part).sort_key for part in text.split()]) for text in rows["address"]]
    return rows.iloc[sorted(range(len(rows)), key=keys.__getitem__)].reset_index(drop=True)


def _finding(
    check: str, document: str, subject: str | tuple[str, ...], address: str, lang: Language, **values: Any
) -> Finding:
    about = (subject,) if isinstance(subject, str) else subject
    return {
        "check": check,
        "severity": SEVERITY[check],
        "document": document,
        "subject": about,
        "count": values.get("count", pd.NA),
        "of": values.get("of", pd.NA),
        "found": word(f"check_{values.pop('sentence', check)}", lang, subject=" ".join(about), **values),
        "address": address,
    }


def _nobody_answers(kb: KnowledgeBase, lang: Language) -> Iterator[Finding]:
    """Sides are the regions that have units in a document's task table; without any units it has one side."""
    numbers = numbers_of(kb)
    rows = native(facts(frames_of(kb)).select("task", "region", "document"))
    sides: dict[str, list[str]] = {}
    for document, part in rows.groupby("document", sort=False):
        sides[str(document)] = [region for region in dict.fromkeys(part["region"]) if region]
    present = set(zip(rows["task"], rows["region"], strict=True))
    answered = set(rows["task"])
    for task, document, address in kb.tasks[["task", "document", "address"]].itertuples(index=False):
        regions = sides.get(document, [])
        missing = [region for region in regions if (task, region) not in present] if len(regions) > 1 else []
        if task not in answered:
            yield _finding("nobody_answers", document, task, address, lang, number=numbers[task], side="")
            continue
        for region in missing:
            side = word("check_side", lang, region=region)
            yield _finding("nobody_answers", document, task, address, lang, number=numbers[task], side=side)


def _several_leads(kb: KnowledgeBase, lang: Language) -> Iterator[Finding]:
    """One finding per written cell, with the tasks that it covers."""
    ruled = set(kb.unread.loc[kb.unread["reason"] == "stated_rule", "document"])
    columns = ["task", "unit", "region", "document", "address", "inherited_from"]
    rows = _in_reading_order(native(facts(frames_of(kb), "lead").select(columns)))
    cells = rows["inherited_from"].where(rows["inherited_from"] != "", rows["address"]).map(cell_of)
    rows = rows[~rows["document"].isin(ruled)].assign(cell=cells)
    numbers, names = numbers_of(kb), dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    for (document, _, cell), part in rows.groupby(["document", "region", "cell"], sort=False):
        units = list(dict.fromkeys(part["unit"]))
        if len(units) < 2:
            continue
        tasks = list(dict.fromkeys(part["task"]))
        details = {
            "units": word("listing", lang).join(names[unit] for unit in units),
            "number": word("listing", lang).join(numbers[task] for task in tasks),
        }
        yield _finding("several_leads", str(document), tuple(tasks), str(cell), lang, count=len(units), **details)


def _units_twice(kb: KnowledgeBase, lang: Language) -> Iterator[Finding]:
    numbers, names = numbers_of(kb), dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    documents = dict(zip(kb.tasks["task"], kb.tasks["document"], strict=True))
    for (task, unit), part in kb.assignments.groupby(["task", "unit"], sort=False):
        if len(part) > 1:
            details = {"number": numbers[str(task)], "unit": names[str(unit)], "count": len(part)}
            yield _finding("unit_twice", documents[str(task)], str(task), join(part["address"]), lang, **details)
    for row in kb.unread[kb.unread["reason"] == "unit_twice"].to_dict("records"):
        details = {"sentence": "unit_twice_in_cell", "unit": row["text"]}
        yield _finding("unit_twice", row["document"], row["address"], row["address"], lang, **details)


def _numbering(kb: KnowledgeBase, lang: Language) -> Iterator[Finding]:
    tasks = kb.tasks if kb.part is None else kb.tasks.iloc[:0]  # A part may leave out any of them.
    for document, part in tasks.groupby("document", sort=False):
        rows = list(part[["number", "task", "address"]].itertuples(index=False, name=None))
        yield from _run(str(document), rows, "task", lang)
    for document, part in kb.pairings[kb.pairings["address"] != ""].groupby("document", sort=False):
        places = part["address"].map(row_of)
        lines = part.assign(place=places).drop_duplicates("place")
        rows = list(lines[["number", "place", "place"]].itertuples(index=False, name=None))
        yield from _run(str(document), rows, "row", lang)


def _run(document: str, rows: list[tuple[Any, str, str]], kind: str, lang: Language) -> Iterator[Finding]:
    """Gaps and doubles in a run of numbers; 1 begins a new run, and nothing is said where nothing is numbered."""
    seen: set[int] = set()
    before = 0
    numbered = any(number is not pd.NA for number, _, _ in rows)
    details = {"what": word(f"check_{kind}", lang)}
    for number, subject, address in rows:
        if number is pd.NA:
            if numbered:
                yield _finding("number_missing", document, subject, address, lang, **details)
            continue
        if number == 1:
            seen, before = set(), 0
        if number in seen:
            yield _finding("number_doubled", document, subject, address, lang, number=number, **details)
        elif number > before + 1:
            yield _finding("number_skipped", document, subject, address, lang, before=before, number=number, **details)
        seen.add(number)
        before = max(before, number)


def _stated_counts(kb: KnowledgeBase, lang: Language) -> Iterator[Finding]:
    """Counts in the words of an area hold for its tasks, those elsewhere for the document's."""
    rows_of = {document: part["address"].map(row_of).nunique() for document, part in kb.pairings.groupby("document")}
    if kb.part is not None:
        return  # Counts that are stated of the whole need not hold for a part.
    for document, part in kb.tasks.groupby("document", sort=False):
        for area, tasks in part[part["area"] != ""].groupby("area", sort=False):
            yield from _compared(str(document), str(area), len(tasks), {}, tasks["address"].iloc[0], lang)
    for document, address, text in _prose(kb):
        counted = {"对": rows_of.get(document, 0)}
        yield from _compared(document, text, int((kb.tasks["document"] == document).sum()), counted, address, lang)


def _compared(
    document: str, text: str, tasks: int, others: dict[str, int], address: str, lang: Language
) -> Iterator[Finding]:
    for match in _STATED.finditer(squeeze(text)):
        stated = chinese_number(match["count"])
        actual = others.get(match["what"], tasks)
        if stated is not None and actual and stated != actual:
            details = {"count": actual, "of": stated, "text": match[0].rstrip("）)，。；、")}
            yield _finding("count_differs", document, match[0], address, lang, **details)


def _prose(kb: KnowledgeBase) -> Iterable[tuple[str, str, str]]:
    """The words outside of tables: of the document where it is at hand, else its title and the rows of unread."""
    for document, title in zip(kb.documents["document"], kb.documents["title"], strict=True):
        source = kb.sources.get(document)
        if source:
            for paragraph in source.document.paragraphs:
                yield document, str(Address(document, paragraph=paragraph.number)), paragraph.text
            continue
        yield document, document, title
        reported = kb.unread[(kb.unread["document"] == document) & kb.unread["reason"].isin(["prose", "caption"])]
        yield from (
            (document, address, text) for address, text in zip(reported["address"], reported["text"], strict=True)
        )


def _stated_duties(kb: KnowledgeBase, lang: Language) -> Iterator[Finding]:
    """Where a task says “一对一”: rows of the table with several units on a side, and links of departments that are not."""
    for task in kb.tasks.to_dict("records"):
        if not _ONE_TO_ONE.search(task["text"]):
            continue
        links = kb.pairings[kb.pairings["document"] == task["document"]]
        key_towns = word("check_duty_key_townships", lang) if _KEY_TOWNSHIPS.search(task["text"]) else ""
        subject = (task["document"], task["task"])
        for sentence, several, of, places in (_several_in_a_row(links), _not_exclusive(kb, links)):
            if several:
                details: dict[str, Any] = {"count": several, "of": of, "sentence": sentence, "townships": key_towns}
                yield _finding("duty_not_met", *subject, join([task["address"], *places]), lang, **details)


def _several_in_a_row(links: pd.DataFrame) -> tuple[str, int, int, list[str]]:
    """Rows of the pairing table that name several units on a side: how many, of how many, where."""
    rows = links.assign(place=links["address"].map(row_of)).groupby("place", sort=False)
    several = [str(place) for place, part in rows if max(part["donor"].nunique(), part["recipient"].nunique()) > 1]
    return "duty_rows", len(several), rows.ngroups, several


def _not_exclusive(kb: KnowledgeBase, links: pd.DataFrame) -> tuple[str, int, int, list[str]]:
    """Links of two departments that are not the only one of both, among all links: how many, of how many, where."""
    departments = set(kb.units.loc[kb.units["kind"].isin(POPULATIONS["departments"]), "unit"])
    between = links[links["donor"].isin(departments) & links["recipient"].isin(departments)]
    alone = between["donor"].map(links.groupby("donor")["recipient"].nunique()).eq(1)
    alone &= between["recipient"].map(links.groupby("recipient")["donor"].nunique()).eq(1)
    places = " ".join(between.loc[~alone, "address"]).split()
    return "duty_links", int((~alone).sum()), len(between), places


def _unknown_kinds(kb: KnowledgeBase, lang: Language) -> Iterator[Finding]:
    found: dict[str, str] = {}
    for frame, columns in ((kb.assignments, ["unit"]), (kb.pairings, ["donor", "recipient"])):
        for column in columns:
            found |= dict(zip(frame[column], frame["address"], strict=True)) | found
    for unit in kb.units.loc[kb.units["kind"] == "other", "unit"]:
        address = found.get(unit, "")
        document = Address.parse(address.split()[0]).document if address else ""
        yield _finding("unknown_kind", document, unit, address, lang)


def _same_bodies(kb: KnowledgeBase, lang: Language) -> Iterator[Finding]:
    for found in same_bodies(kb):
        document = Address.parse(found.address.split()[0]).document if found.address else ""
        details = {"alias": found.alias, "reason": found.reason(lang)}
        yield _finding("same_body", document, found.unit, found.address, lang, **details)
