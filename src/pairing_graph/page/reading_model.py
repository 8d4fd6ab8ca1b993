"""How a document was read, piece by piece: which table each went to, or why none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pairing_graph.base.errors import NoticeError
from pairing_graph.base.words import Language, reason_text, word
from pairing_graph.kb.address import Address
from pairing_graph.kb.document import Grid, Paragraph, Place, Source
from pairing_graph.kb.schema import KnowledgeBase

_TABLES = ("header", "tasks", "assignments", "pairings", "targets", "results", "documents")
KINDS = (*_TABLES, "info", "doubt", "loss", "lost")
_SEVERITIES = ("loss", "doubt", "info")
Entry = tuple[str, str, str]
"""What is reported: severity, reason, words."""


@dataclass(frozen=True)
class Piece:
    """A cell or paragraph as it is shown.

    Attributes:
        text: Its words.
        address: Its address.
        kind: One of `KINDS` by which it is shaded, `blank` where it has no words.
        mark: `doubt` or `loss` where something about it is in doubt, though a table used it; `inherited` where a blank
            one was read as the cell above; else empty.
        hint: Its tooltip.
        rowspan: Rows it covers.
        colspan: Columns it covers.
    """

    text: str
    address: str
    kind: str
    mark: str
    hint: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True)
class Block:
    """A paragraph (one piece) or a table (rows of pieces).

    Attributes:
        rows: The pieces.
        table: Number of the table, 0 for a paragraph.
        heading: The heading of a table: its number, sheet or page.
    """

    rows: tuple[tuple[Piece, ...], ...]
    table: int = 0
    heading: str = ""


@dataclass(frozen=True)
class DocumentView:
    """A document as it is shown.

    Attributes:
        title: Its title, or the name of the file.
        file: Name of the file.
        subtitle: How many pieces were used and reported.
        blocks: Paragraphs and tables in their order.
        counts: Kind → how many pieces it shades, in the order of `KINDS`.
        reasons: Reason → how often it is given.
        besides: What is reported without a piece.
    """

    title: str
    file: str
    subtitle: str
    blocks: tuple[Block, ...]
    counts: Mapping[str, int]
    reasons: Mapping[str, int]
    besides: tuple[tuple[str, str], ...] = field(default=())


def document_views(kb: KnowledgeBase, lang: Language) -> Iterator[DocumentView]:
    """Every document of a knowledge base that was read from files."""
    titles = dict(zip(kb.documents["document"], kb.documents["title"], strict=True))
    for name, source in kb.sources.items():
        yield _Reading(name, source, _reported(kb, name), lang).view(titles.get(name, ""))


def _reported(kb: KnowledgeBase, document: str) -> dict[str, list[Entry]]:
    """What is reported at each cell or paragraph, by its address."""
    found: dict[str, list[Entry]] = {}
    for row in kb.unread[kb.unread["document"] == document].to_dict("records"):
        for part in str(row["address"]).split():
            try:
                cell = str(Address.parse(part).cell)
            except NoticeError:
                cell = part
            found.setdefault(cell, []).append((str(row["severity"]), str(row["reason"]), str(row["text"])))
    return found


@dataclass(frozen=True)
class _Reading:
    """A document, what was made of it, and the language in which that is shown."""

    name: str
    source: Source
    reported: Mapping[str, Sequence[Entry]]
    lang: Language

    def view(self, title: str) -> DocumentView:
        document, lang = self.source.document, self.lang
        blocks = tuple(map(self._block, document.blocks))
        pieces = [piece for block in blocks for row in block.rows for piece in row if piece.kind != "blank"]
        counted = Counter(piece.kind for piece in pieces)
        places = {str(address) for address, _, _ in document.pieces(self.name)}
        besides = [
            (reason_text(reason, lang), text)
            for address, entries in self.reported.items()
            if address not in places
            for _, reason, text in entries
        ]
        reasons = Counter(reason_text(reason, lang) for entries in self.reported.values() for _, reason, _ in entries)
        used = sum(counted[kind] for kind in _TABLES)
        subtitle = word(
            "reading.subtitle", lang, pieces=len(pieces), used=used, lost=counted["lost"],
            reported=len(pieces) - used - counted["lost"],
        )  # fmt: skip
        counts = {kind: counted[kind] for kind in KINDS if counted[kind]}
        title = title or document.file
        return DocumentView(title, document.file, subtitle, blocks, counts, dict(reasons.most_common()), tuple(besides))

    def _block(self, block: Paragraph | Grid) -> Block:
        if isinstance(block, Paragraph):
            return Block(((self._piece(block.text, Address(self.name, paragraph=block.number), block.place),),))
        rows: list[list[Piece]] = [[] for _ in range(block.shape[0])]
        for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
            address = Address(self.name, table=block.number, row=cell.row, column=cell.column)
            rows[cell.row - 1].append(self._piece(cell.text, address, cell.place, (cell.rowspan, cell.colspan)))
        return Block(tuple(map(tuple, rows)), block.number, self._heading(block))

    def _heading(self, grid: Grid) -> str:
        places = [cell.place for cell in grid.cells]
        sheets = list(dict.fromkeys(place.sheet for place in places if place.sheet))
        pages = sorted({place.page for place in places if place.page})
        parts = [word("reading.table", self.lang, number=grid.number), *sheets]
        if pages:
            shown = f"{pages[0]}–{pages[-1]}" if len(pages) > 1 else pages[0]
            parts.append(word("reading.page", self.lang, page=shown))
        return " · ".join(parts)

    def _piece(self, text: str, at: Address, place: Place, spans: tuple[int, int] = (1, 1)) -> Piece:
        address, lang = str(at), self.lang
        used = [kind for kind in _TABLES if kind in self.source.uses.get(address, ())]
        entries = self.reported.get(address, ())
        gravest = next((severity for severity in _SEVERITIES if any(entry[0] == severity for entry in entries)), "")
        kind = next(iter(used), gravest or "lost") if text.strip() else "blank"
        mark = gravest if gravest in ("doubt", "loss") and (used or kind == "blank") else ""
        mark = mark or ("inherited" if used and kind == "blank" else "")
        details = ["、".join(word(f"reading.{table}", lang) for table in used) or word(f"reading.{kind}", lang)]
        details += [word("reading.inherited", lang)] if mark == "inherited" else []
        details += dict.fromkeys(reason_text(reason, lang) for _, reason, _ in entries)
        where = word("reading.page", lang, page=place.page) if place.page else place.sheet
        hint = "\n".join([address, *filter(None, [where, *details])])
        return Piece(text, address, kind, mark, hint, *spans)
