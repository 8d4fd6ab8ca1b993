"""The words around the graph: what it finds, what it counts, where it comes from, in both languages."""

from __future__ import annotations

from pairing_graph.base.words import Language, word
from pairing_graph.look.labels import counted, enumerated
from pairing_graph.page.measured import Loads
from pairing_graph.page.model import Model

_NAMED = 3


def heading(model: Model, loads: Loads, count: str) -> dict[str, dict[str, str]]:
    """Finding, subtitle and source, each by language.

    Args:
        model: What is shown.
        loads: Loads of its units.
        count: The count that the finding is about.
    """
    languages: tuple[Language, ...] = ("zh", "en")
    return {
        "finding": {lang: _finding(model, loads, count, lang) for lang in languages},
        "subtitle": {lang: _subtitle(model, lang) for lang in languages},
        "source": {lang: _source(model, lang) for lang in languages},
    }


def _finding(model: Model, loads: Loads, count: str, lang: Language) -> str:
    named = {
        node.label: loads[node.node][count]
        for node in model.of_type("unit")
        if node.level != "collective" and node.node in loads
    }
    most = max(named.values(), default=0.0)
    if most < 1 or count != "lead":
        return _title(model) or word("page.title", lang)
    names = [name for name, value in named.items() if value == most]
    key = "finding_lead_one" if len(names) == 1 else "finding_lead_many"
    return word(key, lang, names=enumerated(names, lang), tasks=counted("task", int(most), lang))


def _title(model: Model) -> str:
    titles = [str(document.get("title") or "") for document in model.documents]
    return titles[0] if len(titles) == 1 else ""


def _subtitle(model: Model, lang: Language) -> str:
    units = len(model.of_type("unit"))
    pairs = sum(edge.relation == "paired" for edge in model.edges)
    counts = word("page.subtitle", lang, units=units, tasks=len(model.of_type("task")), pairings=pairs)
    return f"{counts} · {_title(model)}" if _title(model) else counts


def _source(model: Model, lang: Language) -> str:
    if not model.documents:
        return word("source_unknown", lang)
    comma = word("comma", lang)
    named = [
        comma.join(
            part
            for part in (
                str(document.get("document_number") or document.get("document", "")),
                str(document.get("date", "")),
                word("listing", lang).join(map(str, document.get("issuers", []))),
            )
            if part
        )
        for document in model.documents
    ]
    details = word("semicolon", lang).join(named[:_NAMED])
    if len(named) > _NAMED:
        details = word("and_more_notices", lang, named=details, count=len(named))
    return word("source", lang) + word("colon", lang) + details
