"""A report of some notices: its findings in their order, the headline made of the first of them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.kb.address import row_of
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.look.cite import cite
from pairing_graph.measures.results import Results
from pairing_graph.output.html_report.definitions import definitions_of
from pairing_graph.output.html_report.faults import checks_finding, reading_of
from pairing_graph.output.html_report.load import workload_finding
from pairing_graph.output.html_report.model import Finding, NoticeFacts, Report, Sentence
from pairing_graph.output.html_report.pairs import meeting_finding, pairs_finding
from pairing_graph.output.html_report.reach import coverage_finding, results_finding, targets_finding
from pairing_graph.output.html_report.sentences import Speaker, count
from pairing_graph.output.html_report.sureness import robustness_tables

_FINDINGS: tuple[Callable[[Speaker], Finding | None], ...] = (
    workload_finding,
    pairs_finding,
    meeting_finding,
    coverage_finding,
    targets_finding,
    results_finding,
    checks_finding,
)
"""The questions of a report in their order; a new one is a function here."""
_HEADLINES = ("load", "meeting", "pairs", "coverage", "targets", "checks")
"""The findings that a headline is made of: the first two that there are."""
_HEADLINE_LENGTH = 2


def report_of(results: Results, lang: Language = "zh", *, sure: bool = False) -> Report:
    """What a report says of some notices.

    Args:
        results: The measures of a knowledge base in the report's language.
        lang: The language, zh or en.
        sure: Whether to count every headline under every choice too, which takes longer than all the rest.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> results = Results(read_notice("data/raw/wuxi-yuzhong-2022.txt"), "en")
        >>> report_of(results, "en").findings[0].title.text
        '区招商投资局 and 县发展改革委 each lead 7 tasks'
    """
    speaker, kb = Speaker(results, lang), results.kb
    findings = tuple(finding for make in _FINDINGS if (finding := make(speaker)))
    title = _title(speaker)
    return Report(
        lang=lang,
        title=title,
        headline=_headline(speaker, findings),
        standfirst=_standfirst(speaker),
        notices=tuple(_facts(speaker, pd.Series(row)) for row in kb.documents.to_dict("records")),
        findings=findings,
        reading=reading_of(speaker),
        robustness=robustness_tables(speaker) if sure else (),
        definitions=definitions_of((key for finding in findings for key in finding.measures), lang),
        citations=_citations(kb, lang),
        own_citation=_own_citation(speaker, title),
    )


def _headline(speaker: Speaker, findings: tuple[Finding, ...]) -> Sentence:
    by_key = {finding.key: finding for finding in findings}
    chosen = [by_key[key].title for key in _HEADLINES if key in by_key][:_HEADLINE_LENGTH]
    if not chosen:
        return speaker.say("headline.none")
    separator = word("semicolon", speaker.lang)
    parts = list(chosen[0].parts)
    for sentence in chosen[1:]:
        parts += [separator, *sentence.parts]
    return Sentence(tuple(parts))


def _title(speaker: Speaker) -> str:
    documents = speaker.results.kb.documents
    if len(documents) == 1:
        row = documents.iloc[0]
        return str(row["title"] or row["file"] or row["document"])
    return speaker.word("title.many", count=len(documents))


def _standfirst(speaker: Speaker) -> Sentence:
    """What the notices hold: of each table that is there one clause; of a part first that it is one."""
    kb = speaker.results.kb
    named = int((~kb.units["collective"].astype(bool)).sum())
    areas = len(kb.tasks.loc[kb.tasks["area"] != "", ["document", "area"]].drop_duplicates())
    key = (
        "both"
        if len(kb.tasks) and len(kb.pairings)
        else "tasks"
        if len(kb.tasks)
        else "pairs"
        if len(kb.pairings)
        else "none"
    )
    said = speaker.say(
        f"standfirst.{key}",
        tasks=count(len(kb.tasks)),
        areas=count(areas),
        assignments=count(len(kb.assignments)),
        rows=count(kb.pairings["address"].map(row_of).nunique() if len(kb.pairings) else 0),
        links=count(len(kb.pairings)),
        units=count(named),
        collectives=count(len(kb.units) - named),
        targets=count(len(kb.targets)),
    )
    return Sentence((kb.part.said(speaker.lang), " ", *said.parts)) if kb.part else said


def _facts(speaker: Speaker, row: pd.Series[str]) -> NoticeFacts:
    """What a notice is; what it does not say is left out."""
    kb, document = speaker.results.kb, row["document"]
    listed = {name: speaker.listing(row[name]) for name in ("issuers", "regions", "addressees")}
    held = {
        "number": row["number"],
        "date": row["date"],
        "issuers": listed["issuers"],
        "addressees": listed["addressees"],
        "regions": listed["regions"],
        "scheme": row["scheme"],
        "holds": _holds(speaker, kb, document),
        "file": speaker.word("fact.file_is", file=row["file"], sha256=row["sha256"][:16])
        if row["sha256"]
        else row["file"],
    }
    facts = tuple((speaker.word(f"fact.{name}"), str(value)) for name, value in held.items() if value)
    return NoticeFacts(str(row["title"] or row["file"] or document), facts)


def _holds(speaker: Speaker, kb: KnowledgeBase, document: str) -> str:
    tasks = set(kb.tasks.loc[kb.tasks["document"] == document, "task"])
    counts = {
        "tasks": len(tasks),
        "assignments": int(kb.assignments["task"].isin(tasks).sum()),
        "links": int((kb.pairings["document"] == document).sum()),
        "targets": int(kb.targets["task"].isin(tasks).sum()),
    }
    parts = [speaker.say(f"holds.{name}", count=count(number)).text for name, number in counts.items() if number]
    return word("comma", speaker.lang).join(parts)


def _citations(kb: KnowledgeBase, lang: Language) -> tuple[str, ...]:
    """The notices as a reader of the language cites them: GB/T 7714 in Chinese, APA in English."""
    if kb.documents.empty:
        return ()
    return tuple(cite(kb).text("gb7714" if lang == "zh" else "apa").splitlines())


def _own_citation(speaker: Speaker, title: str) -> str:
    from pairing_graph import __version__

    numbers = [number for number in speaker.results.kb.documents["number"] if number]
    number = (
        f"（{numbers[0]}）"
        if len(numbers) == 1 and speaker.lang == "zh"
        else f" ({numbers[0]})"
        if len(numbers) == 1
        else ""
    )
    return speaker.word("own_citation", title=title, number=number, version=__version__)
