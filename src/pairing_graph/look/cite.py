"""Cite a notice, a number, or this package: plain text in two styles, CSL-JSON, RIS and BibTeX."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, FileError, NoticeError
from pairing_graph.base.files import write_file
from pairing_graph.base.words import Language, word
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.look.citation import CitedNotice, cited_notices
from pairing_graph.look.locators import locators
from pairing_graph.look.reference_files import bibtex_text, csl_text, ris_text
from pairing_graph.look.reference_styles import Item, Style, reference_text
from pairing_graph.measures.explain import explain
from pairing_graph.measures.explanation import Explanation

SOFTWARE: Mapping[str, str] = MappingProxyType(
    {"title": "pairing_graph", "author": "The pairing_graph founders", "released": "2026-11-26"}
)
"""What CITATION.cff says of this package; the version is that of the package."""
_SUFFIXES = {".json": "csl", ".ris": "ris", ".bib": "bibtex", ".txt": "text"}
_CHECKSUM = 8
"""Digits of a checksum in the key of an entry: enough to tell a study's notices apart."""
_STYLE_LANGUAGE: Mapping[Style, Language] = MappingProxyType({"gb7714": "zh", "apa": "en"})


@dataclass(frozen=True, repr=False)
class Citation:
    """The references of a notice, of a number or of this package, in every format; `cite` makes it.

    Attributes:
        items: One CSL item per reference.
        claim: Of a number: what it is, where it stands, how it was worked out, by language; else empty.
        sources: Checksums of the files that were read, which are never overwritten.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> cited = cite(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> cited.text("apa")[-30:]
        '部门街镇结对帮扶表》的通知 (巫溪府发〔2022〕24号).'
        >>> cited.csl()[0]["issued"]
        {'date-parts': [[2022, 6, 23]]}
    """

    items: tuple[Item, ...]
    claim: Mapping[Language, str] = field(default_factory=lambda: MappingProxyType({}))
    sources: frozenset[str] = frozenset()

    def text(self, style: Style = "gb7714") -> str:
        """Plain text, a reference a line; of a number with a line that says what it is and how it can be redone.

        Args:
            style: `gb7714` (GB/T 7714—2015) or `apa` (APA 7; the title is set in italics there).

        Raises:
            UnknownNameError: There is no such style.
        """
        lines = [" ".join(reference_text(item, style).split()) for item in self.items]
        return "\n".join([*lines, *([self.claim[_STYLE_LANGUAGE[style]]] if self.claim else [])])

    def csl(self) -> list[dict[str, Any]]:
        """The items of CSL-JSON, as Zotero and pandoc read them."""
        return [dict(item) for item in self.items]

    def ris(self) -> str:
        """RIS, as EndNote, NoteExpress and Zotero read it."""
        return ris_text(self.items)

    def bibtex(self) -> str:
        """BibTeX entries."""
        return bibtex_text(self.items)

    def write(self, path: str | Path) -> Path:
        """Write a file in the format of its suffix: .json (CSL), .ris, .bib or .txt (GB/T 7714).

        Raises:
            FileError: There is no such format, or the file cannot be written.

        Example:
            >>> import tempfile
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     cite().write(Path(folder) / "tool.bib").read_text(encoding="utf-8")[:6]
            '@misc{'
        """
        suffix = Path(path).suffix.lower()
        if suffix not in _SUFFIXES:
            expected = ", ".join(_SUFFIXES)
            raise FileError(Complaint("There is no such format of references", str(path), expected, suffix or "none"))
        return write_file(path, self.formatted(_SUFFIXES[suffix]).encode("utf-8"), sources=self.sources)

    def formatted(self, style: str) -> str:
        """The text of a file: csl, ris, bibtex, or text in a style (gb7714, apa)."""
        made = {"csl": lambda: csl_text(self.items), "ris": self.ris, "bibtex": self.bibtex}
        if style in made:
            return made[style]()
        return self.text("gb7714" if style == "text" else style) + "\n"  # type: ignore[arg-type]

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        parts = ((word(f"cite.style.{style}", lang), self.text(style)) for style, lang in _STYLE_LANGUAGE.items())
        return "".join(
            f"<p><b>{escape(name)}</b></p>" + "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
            for name, text in parts
        )


def cite(
    source: Source | None = None,
    what: str | pd.DataFrame | Explanation | None = None,
    row: Any = None,
    column: str = "",
    **choices: Any,
) -> Citation:
    """The citation of notices; of one number out of them; without arguments of this package.

    A number is cited by the notices that it rests on and by this package with its version; a line says in which cells
    they have it, by which formula and choices, so that a reader can redo it. What a notice does not say (issuer, date,
    number) is missing as the style demands (佚名, n.d.), never made up.

    Args:
        source: A knowledge base or its graph.
        what: A measure or its frame, as in `explain`, or what `explain` gave; without it the notices are cited.
        row: The row of the number, as in `explain`.
        column: The column of the number.
        **choices: Options of the measure, as in `explain`.

    Raises:
        UnknownNameError: There is no such number.
        NoticeError: The source is missing, there is no notice in it, or the number rests on another notice.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> print(cite(kb, "workload", "区招商投资局", "lead").text().split("\\n")[-1][:58])
        workload(渝中区招商投资局, lead) = 7；巫溪府发〔2022〕24号：表1第2—7、10行第4格（文
        >>> print(cite().text("apa"))
        The pairing_graph founders. (2026). pairing_graph (Version 0.1.0) [Computer software].
    """
    if source is None:
        if what is not None:
            raise NoticeError(
                Complaint("A number is cited out of a knowledge base", expected="cite(kb, …)", got="none")
            )
        return Citation((_software(),))
    kb = as_knowledge_base(source)
    if kb.documents.empty:
        raise NoticeError(Complaint("There is no notice to cite: the knowledge base holds none", "documents"))
    sources = frozenset(kb.documents["sha256"]) - {""}
    if what is None:
        return Citation(tuple(_notices(cited_notices(kb))), sources=sources)
    found = what if isinstance(what, Explanation) else explain(kb, what, row, column, **choices)
    _refuse_of_others(kb, found)
    return _of_number(kb, found, sources)


def _refuse_of_others(kb: KnowledgeBase, found: Explanation) -> None:
    """Refuse a number that rests on cells of a notice that is not there to be cited."""
    known = list(kb.documents["document"])
    strange = dict.fromkeys(place.split("!")[0] for place in found.addresses if place.split("!")[0] not in known)
    if strange:
        what, advice = "The number rests on another notice", "Cite it with the knowledge base that it was explained of."
        raise NoticeError(Complaint(what, found.title, ", ".join(known), ", ".join(strange), advice))


def _of_number(kb: KnowledgeBase, found: Explanation, sources: frozenset[str]) -> Citation:
    """The notices that the number rests on (all, where it rests on no cell), each with its cells; then the package."""
    places = {document: found.of_document(document) for document in kb.documents["document"]}
    behind = [named for named in cited_notices(kb) if not places[named.document].empty]
    named = behind or cited_notices(kb)
    claim: dict[Language, str] = {"zh": _claim(named, found, "zh"), "en": _claim(named, found, "en")}
    items = _notices(named)
    for item, one in zip(items, named, strict=True):
        item["note"] = claim["zh"]
        item["custom"] = {"addresses": list(dict.fromkeys(" ".join(places[one.document]["address"]).split()))}
        item["custom"] |= {"call": found.title, "choices": {name: str(value) for name, value in found.choices.items()}}
    return Citation((*items, _software()), MappingProxyType(claim), sources)


def _claim(named: Sequence[CitedNotice], found: Explanation, lang: Language) -> str:
    """What the number is, in which cells, by which formula and choices, and with which version, in one line."""
    colon, semicolon = word("colon", lang), word("semicolon", lang)
    placed = ((one.number or one.document, locators(found.of_document(one.document), lang)) for one in named)
    where = semicolon.join(f"{number}{colon}{cells}" if cells else number for number, cells in placed)
    choices = "; ".join(f"{name}={value}" for name, value in found.choices.items())
    said = word("cite.choices", lang, choices=choices) if choices else ""
    formula = found.formula[lang] + (f" ({found.source})" if found.source else "")
    tool = {"tool": SOFTWARE["title"], "version": _version()}
    title = f"{found.title}{semicolon}{where}"
    return " ".join(word("cite.claim", lang, title=title, formula=formula, choices=said, **tool).split())


def _notices(named: Iterable[CitedNotice]) -> list[dict[str, Any]]:
    """A CSL item per notice; keys are plain letters and digits, each once."""
    items: list[dict[str, Any]] = []
    taken: set[str] = set()
    for place, one in enumerate(named, 1):
        key = f"notice-{one.date[:4] or 'nd'}-{one.sha256[:_CHECKSUM] or place}"
        key = key if key not in taken else f"{key}-{place}"
        taken.add(key)
        items.append(_item(key, one))
    return items


def _item(key: str, named: CitedNotice) -> dict[str, Any]:
    """A notice as CSL has it: what it does not say is left out; without a title its file is named, in brackets."""
    item: dict[str, Any] = {"id": key, "type": "document", "title": named.title or f"[{named.file or named.document}]"}
    item["author"] = [{"literal": issuer} for issuer in named.issuers]
    item["number"] = named.number
    if named.date:
        item["issued"] = {"date-parts": [[int(part) for part in named.date.split("-")]]}
    return {name: value for name, value in item.items() if value} | {"language": "zh-CN"}


def _software() -> dict[str, Any]:
    released = [int(part) for part in SOFTWARE["released"].split("-")]
    return {
        "id": f"pairing-graph-{_version()}",
        "type": "software",
        "title": SOFTWARE["title"],
        "author": [{"literal": SOFTWARE["author"]}],
        "version": _version(),
        "issued": {"date-parts": [released]},
        "language": "en",
    }


def _version() -> str:
    from pairing_graph import __version__

    return __version__
