"""The documents as data of the page: every cell and line once, with what it was used for and where names stand in it.

Columns rather than records, and no address that follows from the place of a piece: of a notice little more than its own
text is written. `assets/source_data.js` is the other half.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pairing_graph.base.words import Language, reason_text
from pairing_graph.kb.address import Address, split
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.page.model import visible
from pairing_graph.page.reading_model import KINDS, Block, DocumentView, Piece, document_views

MOST_TEXT = 3_000_000
"""Bytes of text that a page takes with it. A page of 20,000 nodes should be sent by e-mail, that is, stay below 10 MB, and
two thirds of that are its graph. The notice of 2022 has 8,000, so that a page takes the documents of some hundred such."""
_SHADES = (*KINDS, "blank")
_WRITTEN = {"assignments": ("as_written",), "pairings": ("donor_as_written", "recipient_as_written")}
"""The tables whose facts lie on names within a cell, and the columns with these names, one for each address."""


def source_data(source: Any, *, most: int | None = MOST_TEXT) -> dict[str, Any]:
    """The documents behind a source as JSON takes them; without any, `why` says why: `no_files` or `too_long`.

    Args:
        source: A knowledge base that was read from files has documents; a graph has none.
        most: Bytes of text beyond which they are left out; None takes any number.

    Example:
        >>> source_data(KnowledgeBase())
        {'documents': [], 'why': 'no_files'}
    """
    if not isinstance(source, KnowledgeBase) or not source.sources:
        return {"documents": [], "why": "no_files"}
    if most is not None and _length(source) > most:
        return {"documents": [], "why": "too_long"}
    views = list(document_views(source))
    reasons = list(dict.fromkeys(reason for view in views for reason in _reasons_of(view)))
    languages: tuple[Language, ...] = ("zh", "en")
    names = _names(source)
    return {
        "documents": [_document(view, reasons, names) for view in views],
        "shades": list(_SHADES),
        "reasons": {lang: [reason_text(reason, lang) for reason in reasons] for lang in languages},
    }


def _length(kb: KnowledgeBase) -> int:
    return sum(len(text.encode("utf-8", "replace")) for held in kb.sources.values() for text in held.document.texts())


def _reasons_of(view: DocumentView) -> Iterator[str]:
    yield from view.reasons
    yield from (reason for piece in view.pieces for reason in piece.reasons)


def _document(view: DocumentView, reasons: Sequence[str], names: Mapping[Address, Sequence[_Name]]) -> dict[str, Any]:
    pieces = list(view.pieces)
    return {
        "document": view.document,
        "title": visible(view.title),
        "file": visible(view.file),
        "blocks": [_block(block) for block in view.blocks],
        "texts": [visible(piece.text) for piece in pieces],
        "shades": [_SHADES.index(piece.kind) for piece in pieces],
        "marks": _where(pieces, lambda piece: piece.mark),
        "also": _where(pieces, lambda piece: [_SHADES.index(kind) for kind in piece.used if kind != piece.kind]),
        "reasons": _where(pieces, lambda piece: [reasons.index(reason) for reason in piece.reasons]),
        "spans": _where(
            pieces, lambda piece: [piece.rowspan, piece.colspan] if piece.rowspan + piece.colspan > 2 else 0
        ),
        "names": _where(pieces, lambda piece: _found(piece.text, names.get(piece.address, ()))),
        "places": _places(pieces),
        "counts": dict(view.counts),
        "reported": [[reasons.index(reason), count] for reason, count in view.reasons.items()],
        "besides": [[reasons.index(reason), visible(text)] for reason, text in view.besides],
    }


def _where(pieces: Sequence[Piece], value: Callable[[Piece], Any]) -> dict[str, Any]:
    """What only some pieces have, by their count from 0."""
    found = ((str(count), value(piece)) for count, piece in enumerate(pieces))
    return {count: what for count, what in found if what}


def _block(block: Block) -> Any:
    """A paragraph is its number; a row of a table the number of its cells, or their columns where some are covered."""
    if not block.table:
        return block.rows[0][0].address.paragraph
    columns = [[piece.address.column for piece in row] for row in block.rows]
    rows = [len(row) if row == list(range(1, len(row) + 1)) else row for row in columns]
    record: dict[str, Any] = {"table": block.table, "rows": rows}
    return record | {name: list(held) for name, held in (("sheets", block.sheets), ("pages", block.pages)) if held}


def _places(pieces: Sequence[Piece]) -> list[list[Any]]:
    """From which piece on another page or sheet begins; empty for a file that has neither."""
    changes: list[list[Any]] = []
    for count, piece in enumerate(pieces):
        place = [piece.place.page, visible(piece.place.sheet)]
        if place != (changes[-1][1:] if changes else [0, ""]):
            changes.append([count, *place])
    return changes


_Name = tuple[Address, str]
"""A name within a cell or paragraph, and its words."""


def _names(kb: KnowledgeBase) -> dict[Address, list[_Name]]:
    """The names that facts cite, by the cell that holds them, in their order there."""
    names: dict[Address, dict[Address, str]] = {}
    for table, columns in _WRITTEN.items():
        frame = kb.tables[table]
        rows = zip(frame["address"], frame["inherited_from"], *(frame[column] for column in columns), strict=True)
        for address, supplier, *written in rows:
            for at, words in _cited(str(address), str(supplier), written):
                if at != at.cell:
                    names.setdefault(at.cell, {}).setdefault(at, words)
    return {cell: sorted(found.items(), key=lambda name: name[0].sort_key) for cell, found in names.items()}


def _cited(address: str, supplier: str, written: Iterable[str]) -> Iterator[_Name]:
    """The places of a fact with the words at each: for a blank one those of the cell above that supplies it."""
    suppliers = split(supplier)
    for place, words in zip(split(address), written, strict=False):
        above = (other for other in suppliers if (other.table, other.column) == (place.table, place.column))
        yield next(above, place), str(words)


def _found(text: str, names: Sequence[_Name]) -> list[list[Any]]:
    """Where names stand in a text: the end of the address, first and last place as a browser counts characters."""
    found: list[list[Any]] = []
    behind = 0
    for address, words in names:
        if address.start:
            begin, end = address.start - 1, address.end
        else:
            begin = text.find(words, behind) if words else -1
            end = begin + len(words)
        if 0 <= begin < end <= len(text):
            found.append([str(address)[len(str(address.cell)) :], _counted(text[:begin]), _counted(text[:end])])
            behind = end
    return found


def _counted(text: str) -> int:
    return len(visible(text).encode("utf-16-le")) // 2
