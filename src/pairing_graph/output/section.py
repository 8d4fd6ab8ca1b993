"""A part of what is shown in a terminal, and the words of its headings in one language or in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.kb.knowledge_base import KnowledgeBase


@dataclass(frozen=True)
class Section:
    """A part of a report.

    Attributes:
        heading: What it is about.
        table: Its rows, the columns named for a reader; empty where there is only text.
        text: Sentences below the table.
    """

    heading: str
    table: pd.DataFrame
    text: str = ""


def words(key: str, lang: Language | None, separator: str = " ", **values: Any) -> str:
    """A word or sentence in one language, or in Chinese and English where none is chosen.

    Example:
        >>> words("lead", "en"), words("lead", None)
        ('lead', '牵头 lead')
    """
    return separator.join(word(key, one, **values) for one in ((lang,) if lang else ("zh", "en")))


def column(key: str, lang: Language | None) -> str:
    """The heading of a column; two languages take two lines.

    Example:
        >>> column("lead", None)
        '牵头\\nlead'
    """
    return words(key, lang, "\n")


def listed(cell: Any, lang: Language | None = None) -> Any:
    """A list as a reader sees it, anything else as it is; with Chinese marks unless the language is English.

    Example:
        >>> listed(("甲", "乙")), listed(("甲", "乙"), "en")
        ('甲、乙', '甲, 乙')
    """
    return word("listing", lang or "zh").join(map(str, cell)) if isinstance(cell, tuple) else cell


def missing_table(kb: KnowledgeBase, heading: str, lang: Language | None, *tables: str) -> Section | None:
    """A section that says that the notices lack the first of some tables that they lack, or None where they have them all.

    Args:
        kb: A knowledge base.
        heading: The heading of the section.
        lang: The language; without one, both.
        tables: tasks, pairings or both: what the section is about.
    """
    for table in tables:
        if kb.tables[table].empty:
            count = len(kb.documents)
            key = f"no_{table}_table_{'many' if count > 1 else 'one'}_title"
            return Section(heading, pd.DataFrame(), words(key, lang, count=count))
    return None
