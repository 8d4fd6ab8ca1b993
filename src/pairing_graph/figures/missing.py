"""What a figure answers where the notices lack the table that it is about."""

from __future__ import annotations

from typing import Literal

from pairing_graph.base.words import Language, word
from pairing_graph.figures.sheet import Sheet, sentence_sheet
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.look.citation import short_citation
from pairing_graph.look.labels import counted

Table = Literal["tasks", "pairings"]


def is_missing(kb: KnowledgeBase, table: Table) -> bool:
    """Whether the notices have the other of the two tables only; notices with neither lack more than a table.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> is_missing(read_notice("data/raw/wuxi-yuzhong-2022.txt"), "pairings")
        False
    """
    wanted, other = (kb.tasks, kb.pairings) if table == "tasks" else (kb.pairings, kb.tasks)
    return wanted.empty and not other.empty


def missing_title(kb: KnowledgeBase, table: Table, lang: Language) -> str:
    """The sentence that the notices have no such table.

    Example:
        >>> missing_title(KnowledgeBase(), "pairings", "en")
        'The notice has no pairing table'
    """
    count = len(kb.documents)
    return word(f"no_{table}_table_{'many' if count > 1 else 'one'}_title", lang, count=count)


def missing_sheet(kb: KnowledgeBase, table: Table, otherwise: str, lang: Language) -> Sheet:
    """A sheet that says that the table is missing and what is there; `otherwise` is the sentence where it is not missing."""
    foot = short_citation(kb, lang)
    if not is_missing(kb, table):
        return sentence_sheet(otherwise, foot, lang)
    found = counted("pairing", len(kb.pairings), lang) if table == "tasks" else counted("task", len(kb.tasks), lang)
    text = word(f"no_{table}_table_text", lang, found=found)
    return Sheet(missing_title(kb, table, lang), text, foot, lambda canvas, y: None, 0.0)
