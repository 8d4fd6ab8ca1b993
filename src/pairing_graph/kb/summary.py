"""A knowledge base in a few lines, for display in a notebook."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pairing_graph.base.words import reason_text

if TYPE_CHECKING:
    from pairing_graph.kb.knowledge_base import KnowledgeBase


def summary(kb: KnowledgeBase) -> str:
    """What a knowledge base holds, what was guessed in it and what was not understood, in a few lines."""
    counts = ", ".join(f"{len(table)} {name}" for name, table in kb.tables.items() if name != "unread")
    lines = [f"KnowledgeBase: {counts}"]
    if kb.part:
        lines.append(f"  a part: {kb.part}; pairing tables are whole")
    for row in kb.documents.head(5).to_dict("records"):
        details = f"{row['document']} ({row['date'] or 'no date'}): {row['title'] or row['file']} [{row['layout']}]"
        lines.append(f"  {details}")
    if len(kb.documents) > 5:
        lines.append(f"  … and {len(kb.documents) - 5} more documents")
    for heading, severities in (("guessed or noted", ("info",)), ("not understood", ("doubt", "loss"))):
        part = kb.unread[kb.unread["severity"].isin(severities)]
        reasons = Counter(part["reason"])
        details = "; ".join(f"{count} x {reason_text(reason)}" for reason, count in reasons.items())
        nothing = "nothing" if kb.unread_known else "not known: it was read from a graph that does not say"
        lines.append(f"  {heading}: {details or nothing}")
    return "\n".join(lines)
