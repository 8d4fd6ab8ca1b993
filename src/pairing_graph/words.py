"""The words that are shown to a reader, in Chinese and English: `data/words.csv` is the one catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pairing_graph.errors import Complaint, UnknownNameError
from pairing_graph.reference import mapping

if TYPE_CHECKING:
    from pairing_graph.schema import KnowledgeBase

Language = Literal["zh", "en"]


@cache
def catalogue(lang: Language = "zh") -> Mapping[str, str]:
    """All words in one language by key.

    Raises:
        UnknownNameError: There is no such language.
    """
    if lang not in ("zh", "en"):
        raise UnknownNameError(Complaint("There is no such language", expected="zh or en", got=repr(lang)))
    return mapping("words", "key", lang)


def word(key: str, lang: Language = "zh", **values: Any) -> str:
    """One word or sentence of the catalogue, its places filled in.

    Example:
        >>> word("lead", "zh"), word("lead", "en")
        ('牵头', 'lead')
    """
    text = catalogue(lang)[key]
    return text.format(**values) if values else text


def both(key: str) -> str:
    """A word in both languages, for a terminal.

    Example:
        >>> both("lead")
        '牵头 lead'
    """
    return f"{word(key, 'zh')} {word(key, 'en')}"


def reason_text(reason: str, lang: Language = "en") -> str:
    """The sentence for a reason of the `unread` table.

    Example:
        >>> reason_text("number_filled")
        'a missing number was filled in from its neighbours'
    """
    return mapping("reasons", "reason", lang)[reason]


def summary(kb: KnowledgeBase) -> str:
    """What a knowledge base holds, what was guessed in it and what was not understood, in a few lines."""
    counts = ", ".join(f"{len(table)} {name}" for name, table in kb.tables.items() if name != "unread")
    lines = [f"KnowledgeBase: {counts}"]
    for row in kb.documents.head(5).to_dict("records"):
        told = f"{row['document']} ({row['date'] or 'no date'}): {row['title'] or row['file']} [{row['layout']}]"
        lines.append(f"  {told}")
    if len(kb.documents) > 5:
        lines.append(f"  … and {len(kb.documents) - 5} more documents")
    for heading, severities in (("guessed or noted", ("info",)), ("not understood", ("doubt", "loss"))):
        part = kb.unread[kb.unread["severity"].isin(severities)]
        reasons = Counter(part["reason"])
        told = "; ".join(f"{count} x {reason_text(reason)}" for reason, count in reasons.items())
        lines.append(f"  {heading}: {told or 'nothing'}")
    return "\n".join(lines)
