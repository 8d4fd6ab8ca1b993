"""How a figure or page names the notice that it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pairing_graph.base.words import Language, word
from pairing_graph.look.style import clipped

if TYPE_CHECKING:
    import pandas as pd

    from pairing_graph.kb.schema import KnowledgeBase

_NAMED = 3
"""Notices that a foot names; more would be longer than two lines."""


def short_citation(kb: KnowledgeBase, lang: Language = "zh") -> str:
    """Number, date and issuers of up to three notices, for the foot of a figure.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> short_citation(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        '来源：巫溪府发〔2022〕24号，2022-06-23，巫溪县人民政府、渝中区人民政府'
    """
    if kb.documents.empty:
        return word("source_unknown", lang)
    comma, colon = word("comma", lang), word("colon", lang)
    issuers = [word("listing", lang).join(map(clipped, names)) for names in kb.documents["issuers"]]
    named = [
        comma.join(part for part in (clipped(row["number"] or row["document"]), row["date"], by) if part)
        for (_, row), by in zip(kb.documents.iterrows(), issuers, strict=True)
    ]
    shown = word("semicolon", lang).join(named[:_NAMED])
    if len(named) > _NAMED:
        shown = word("and_more_notices", lang, named=shown, count=len(named))
    return word("source", lang) + colon + shown


def full_citations(kb: KnowledgeBase) -> list[str]:
    """Issuers, title, number and date of every notice, for the metadata of a file.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> full_citations(read_notice("data/raw/wuxi-yuzhong-2022.txt"))[0][-30:]
        '的通知. 巫溪府发〔2022〕24号. 2022-06-23'
    """
    return [_full(row) for _, row in kb.documents.iterrows()]


def _full(row: pd.Series[str]) -> str:
    parts = ("、".join(row["issuers"]), row["title"] or row["file"], row["number"] or row["document"], row["date"])
    return ". ".join(part for part in parts if part)
