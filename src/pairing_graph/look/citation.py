"""How a figure or page names the notice that it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pairing_graph.base.words import Language, word
from pairing_graph.look.style import clipped

if TYPE_CHECKING:
    from pairing_graph.kb.knowledge_base import KnowledgeBase

_NAMED = 3
"""Notices that a foot names; more would be longer than two lines."""


def short_citation(kb: KnowledgeBase, lang: Language = "zh") -> str:
    """Number, date and issuers of up to three notices, for the foot of a figure.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> short_citation(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        '来源：巫溪府发〔2022〕24号，2022-06-23，巫溪县人民政府、渝中区人民政府'
    """
    return citation_line(kb.documents.to_dict("records"), lang, clipped)


def citation_line(documents: Sequence[Mapping[Any, Any]], lang: Language, shown: Callable[[str], str] = str) -> str:
    """What `short_citation` says, of rows of the documents table or of document nodes of the graph.

    Args:
        documents: The notices.
        lang: The language of the words around.
        shown: What is done to a number and to the name of an issuer.
    """
    if not documents:
        return word("source_unknown", lang)
    named = []
    for row in documents:
        number = row.get("document_number") or row.get("number") or row.get("document", "")
        issuers = word("listing", lang).join(shown(str(name)) for name in row.get("issuers", ()))
        named.append(word("comma", lang).join(filter(None, (shown(str(number)), str(row.get("date", "")), issuers))))
    details = word("semicolon", lang).join(named[:_NAMED])
    if len(named) > _NAMED:
        details = word("and_more_notices", lang, named=details, count=len(named))
    return word("source", lang) + word("colon", lang) + details


def full_citations(kb: KnowledgeBase) -> list[str]:
    """Issuers, title, number and date of every notice, for the metadata of a file.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> full_citations(read_notice("data/raw/wuxi-yuzhong-2022.txt"))[0][-30:]
        '的通知. 巫溪府发〔2022〕24号. 2022-06-23'
    """
    return [_full(named) for named in cited_notices(kb)]


@dataclass(frozen=True)
class CitedNotice:
    """What a citation says of a notice, as the notice says it; what it does not say is empty.

    Attributes:
        document: Its id.
        issuers: Who issued it (责任者).
        title: Its title.
        number: Its official number (文号).
        date: Its date, ISO 8601.
        file: The name of the file that was read.
        sha256: The checksum of the file.
    """

    document: str
    issuers: tuple[str, ...]
    title: str
    number: str
    date: str
    file: str
    sha256: str


def cited_notices(kb: KnowledgeBase) -> list[CitedNotice]:
    """The notices of a knowledge base as citations name them, in their order.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> cited_notices(read_notice("data/raw/wuxi-yuzhong-2022.txt"))[0].issuers
        ('巫溪县人民政府', '渝中区人民政府')
    """
    names = ["document", "issuers", "title", "number", "date", "file", "sha256"]
    rows = kb.documents[names].itertuples(index=False, name=None)
    return [CitedNotice(document, tuple(issuers), *rest) for document, issuers, *rest in rows]


def _full(named: CitedNotice) -> str:
    parts = ("、".join(named.issuers), named.title or named.file, named.number or named.document, named.date)
    return ". ".join(part for part in parts if part)
