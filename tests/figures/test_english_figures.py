"""A figure in English has no Chinese punctuation outside the names and words of the notice."""

from __future__ import annotations

import re
from inspect import signature

import pytest

import pairing_graph as pg
from pairing_graph.base.words import catalogue
from pairing_graph.reading.combining import combine

MARKS = re.compile("[、，；：（）“”《》。]")
KEYS_OF_FIGURES = re.compile(r"^(page|check|reading|sheet|alias|trace|terminal|coding)[._]")
"""Words that no figure shows."""
SOURCES = ["kb", "strange", "county", "flat", "tasks_only", "pairs_only", "one_region", "many", "empty"]


def drawn(plot, kb):
    required = [p for p in signature(plot).parameters.values() if p.default is p.empty]
    return plot(*[kb] * len(required), lang="en")


def names(kb):
    """Everything of a notice that a figure shows as it is written, the longest first."""
    texts = [*kb.units["name"], *kb.units["unit"], *kb.units["region"], *kb.tasks["area"]]
    texts += [*kb.documents["document"], *kb.documents["number"]]
    texts += [str(issuer) for issuers in kb.documents["issuers"] for issuer in issuers]
    return sorted({str(text) for text in texts if text}, key=len, reverse=True)


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize(
    "plot", [getattr(pg, name) for name in pg.__all__ if name.startswith("plot_")], ids=lambda plot: plot.__name__
)
def test_no_chinese_mark_is_left_in_english(request, invent, name, plot):
    if name == "many":
        parts = [invent([("甲", {"lead": ["甲县|水利局"]})], document=f"甲府发〔2024〕{n}号") for n in range(1, 6)]
        kb = combine(parts)
    else:
        kb = pg.KnowledgeBase() if name == "empty" else request.getfixturevalue(name)
    written = "\n".join(text.get_text() for text in drawn(plot, kb).texts)
    for known in names(kb):
        written = written.replace(known, "")
    assert MARKS.findall(written) == []


def test_no_sentence_of_the_figures_has_a_chinese_mark_in_english():
    words = {key: text for key, text in catalogue("en").items() if not KEYS_OF_FIGURES.match(key)}
    assert [key for key, text in words.items() if MARKS.search(text)] == []
