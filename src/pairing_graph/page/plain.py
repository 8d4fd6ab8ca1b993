"""The documents as plain markup, for who runs no script: a browser without, a notebook that is not trusted.

The page itself draws the same pieces from its data (`assets/source.js`), with the same classes and so the same shades.
Drawing from data is what the page, its tab and the widget share; to let a script adopt ready markup would put that markup
into every page, in one language, and make it larger than its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pairing_graph.base.words import Language, reason_text, word
from pairing_graph.page.model import visible
from pairing_graph.page.reading_model import TABLES, Block, DocumentView, Piece
from pairing_graph.page.template import fragment


def plain_html(views: Iterable[DocumentView], lang: Language) -> str:
    """Documents as markup without script and style.

    Raises:
        MissingExtraError: Jinja2 is not installed.
    """
    return fragment("plain", "reading", lang, views=[_document(view, lang) for view in views])


def subtitle(view: DocumentView, lang: Language) -> str:
    """How many pieces of a document were used and reported."""
    pieces, lost = sum(view.counts.values()), view.counts.get("lost", 0)
    used = sum(view.counts.get(kind, 0) for kind in TABLES)
    return word("reading.subtitle", lang, pieces=pieces, used=used, lost=lost, reported=pieces - used - lost)


def _document(view: DocumentView, lang: Language) -> Mapping[str, Any]:
    return {
        "title": visible(view.title),
        "file": visible(view.file),
        "subtitle": subtitle(view, lang),
        "counts": view.counts,
        "blocks": [
            {"heading": _heading(block, lang), "rows": [list(map(_piece, row)) for row in block.rows]}
            for block in view.blocks
        ],
        "reasons": [f"{reason_text(reason, lang)} {count}" for reason, count in view.reasons.items()],
        "besides": [f"{reason_text(reason, lang)}: {visible(text)}" for reason, text in view.besides],
    }


def _heading(block: Block, lang: Language) -> str:
    if not block.table:
        return ""
    pages = "–".join(map(str, dict.fromkeys(block.pages)))
    shown = [word("reading.page", lang, page=pages)] if pages else []
    return " · ".join([word("reading.table", lang, number=block.table), *map(visible, block.sheets), *shown])


def _piece(piece: Piece) -> Mapping[str, Any]:
    classes = f"{piece.kind} mark-{piece.mark}" if piece.mark else piece.kind
    spans = {"rowspan": piece.rowspan, "colspan": piece.colspan}
    return {"text": visible(piece.text), "address": str(piece.address), "classes": classes} | spans
