"""The words around the graph: its finding, its counts and its source, in both languages."""

from __future__ import annotations

from pairing_graph.base.words import Language, word
from pairing_graph.look.citation import citation_line
from pairing_graph.look.labels import counted, enumerated
from pairing_graph.page.measured import Loads
from pairing_graph.page.model import Model


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
        "source": {lang: citation_line(model.documents, lang) for lang in languages},
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
    key = "page.subtitle" if pairs else "page.subtitle.unpaired"
    counts = word(key, lang, units=units, tasks=len(model.of_type("task")), pairings=pairs)
    return f"{counts} · {_title(model)}" if _title(model) else counts
