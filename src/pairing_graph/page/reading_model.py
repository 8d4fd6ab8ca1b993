"""How a document was read, piece by piece: which table each went to, or why none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pairing_graph.base.errors import NoticeError
from pairing_graph.kb.address import Address
from pairing_graph.kb.document import Cell, Grid, Paragraph, Place, Source
from pairing_graph.kb.knowledge_base import KnowledgeBase

TABLES = ("header", "tasks", "assignments", "pairings", "targets", "results", "documents")
KINDS = (*TABLES, "info", "doubt", "loss", "lost")
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
        place: Its position in the file.
        used: The tables that it went to.
        reasons: Why it is reported, each once.
        rowspan: Rows it covers.
        colspan: Columns it covers.
    """

    text: str
    address: Address
    kind: str
    mark: str
    place: Place
    used: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True)
class Block:
    """A paragraph (one piece) or a table (rows of pieces).

    Attributes:
        rows: The pieces.
        table: Number of the table, 0 for a paragraph.
        sheets: Sheets of the workbook that it lies on.
        pages: First and last page; empty where the file has none.
    """

    rows: tuple[tuple[Piece, ...], ...]
    table: int = 0
    sheets: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class DocumentView:
    """A document as it is shown.

    Attributes:
        document: Its id.
        title: Its title, or the name of the file.
        file: Name of the file.
        blocks: Paragraphs and tables in their order.
        counts: Kind → how many pieces it shades, in the order of `KINDS`.
        reasons: Reason → how often it is given.
        besides: What is reported without a piece: reason and words.
    """

    document: str
    title: str
    file: str
    blocks: tuple[Block, ...]
    counts: Mapping[str, int]
    reasons: Mapping[str, int]
    besides: tuple[tuple[str, str], ...] = field(default=())

    @property
    def pieces(self) -> Iterator[Piece]:
        """Every cell and paragraph in its order, blank ones included."""
        for block in self.blocks:
            for row in block.rows:
                yield from row


def document_views(kb: KnowledgeBase) -> Iterator[DocumentView]:
    """Every document of a knowledge base that was read from files."""
    titles = dict(zip(kb.documents["document"], kb.documents["title"], strict=True))
    for name, source in kb.sources.items():
        yield _Reading(name, source, _reported(kb, name)).view(titles.get(name, ""))


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
    """A document, and what was made of it."""

    name: str
    source: Source
    reported: Mapping[str, Sequence[Entry]]

    def view(self, title: str) -> DocumentView:
        document = self.source.document
        blocks = tuple(map(self._block, document.blocks))
        counted = Counter(piece.kind for block in blocks for row in block.rows for piece in row)
        places = {str(address) for address, _, _ in document.pieces(self.name)}
        besides = [
            (reason, text)
            for address, entries in self.reported.items()
            if address not in places
            for _, reason, text in entries
        ]
        reasons = Counter(reason for entries in self.reported.values() for _, reason, _ in entries)
        counts = {kind: counted[kind] for kind in KINDS if counted[kind]}
        title = title or document.file
        return DocumentView(
            self.name, title, document.file, blocks, counts, dict(reasons.most_common()), tuple(besides)
        )

    def _block(self, block: Paragraph | Grid) -> Block:
        if isinstance(block, Paragraph):
            return Block(((self._piece(block, Address(self.name, paragraph=block.number)),),))
        rows: list[list[Piece]] = [[] for _ in range(block.shape[0])]
        for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
            address = Address(self.name, table=block.number, row=cell.row, column=cell.column)
            rows[cell.row - 1].append(self._piece(cell, address, (cell.rowspan, cell.colspan)))
        places = [cell.place for cell in block.cells]
        sheets = tuple(dict.fromkeys(place.sheet for place in places if place.sheet))
        pages = sorted({place.page for place in places if place.page})
        return Block(tuple(map(tuple, rows)), block.number, sheets, (pages[0], pages[-1]) if pages else ())

    def _piece(self, item: Paragraph | Cell, address: Address, spans: tuple[int, int] = (1, 1)) -> Piece:
        uses = self.source.uses.get(str(address), ())
        used = tuple(kind for kind in TABLES if kind in uses)
        entries = self.reported.get(str(address), ())
        gravest = next((severity for severity in _SEVERITIES if any(entry[0] == severity for entry in entries)), "")
        kind = next(iter(used), gravest or "lost") if item.text.strip() else "blank"
        mark = gravest if gravest in ("doubt", "loss") and (used or kind == "blank") else ""
        mark = mark or ("inherited" if used and kind == "blank" else "")
        reasons = tuple(dict.fromkeys(reason for _, reason, _ in entries))
        return Piece(item.text, address, kind, mark, item.place, used, reasons, *spans)
