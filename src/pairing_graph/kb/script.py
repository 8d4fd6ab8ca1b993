"""A document in traditional characters: read in simplified ones, cited in its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from pairing_graph.base.script import Written, is_traditional, to_simplified
from pairing_graph.kb.document import Cell, Document, Grid, Note, Paragraph
from pairing_graph.kb.knowledge_base import KnowledgeBase, with_tables

CITED = MappingProxyType(
    {
        "documents": ("title",),
        "tasks": ("area", "text", "label", "leaders", "deadline"),
        "assignments": ("as_written", "qualifier"),
        "pairings": ("donor_as_written", "recipient_as_written", "donor_qualifier", "recipient_qualifier", "remark"),
        "targets": ("metric", "as_written"),
        "results": ("as_written",),
        "unread": ("text",),
    }
)
"""The columns that cite the file. Names of units, regions and measure words are simplified, so that notices can be compared."""


def simplified(document: Document) -> Document:
    """The document in simplified characters, the same document if it is not in traditional ones.

    Every text is as long as before: what is found at a place stands there in the file.

    Raises:
        MissingExtraError: It is in traditional characters and OpenCC is not installed.
    """
    texts = list(document.texts())
    if not is_traditional("".join(texts)):
        return document
    texts += [note.text for note in document.notes]
    found = dict(zip(texts, to_simplified(texts, document.file), strict=True))
    return _with_texts(document, lambda text: found.get(text, text))


def in_written_signs(kb: KnowledgeBase, written: Document, read: Document) -> KnowledgeBase:
    """What was read of a simplified document, cited as the file shows it.

    Args:
        kb: What was read, of this document only.
        written: The document as in the file.
        read: The same in simplified characters.
    """
    if read is written:
        return kb
    back = Written(zip(read.texts(), written.texts(), strict=True)).of
    tables = {}
    for name, columns in CITED.items():
        rows = kb.tables[name].copy()
        for column in columns:
            if len(rows):
                rows[column] = [_back(value, back) for value in rows[column]]
        tables[name] = rows
    sources = {key: replace(source, document=_with_texts(source.document, back)) for key, source in kb.sources.items()}
    return replace(with_tables(kb, **tables), sources=sources)


def _back(value: Any, back: Callable[[str], str]) -> Any:
    if isinstance(value, tuple):
        return tuple(map(back, value))
    return back(value) if isinstance(value, str) else value


def _with_texts(document: Document, change: Callable[[str], str]) -> Document:
    """The document with every text changed."""

    def cell(one: Cell) -> Cell:
        return replace(one, text=change(one.text))

    blocks: list[Paragraph | Grid] = [
        replace(block, text=change(block.text))
        if isinstance(block, Paragraph)
        else replace(block, cells=tuple(map(cell, block.cells)))
        for block in document.blocks
    ]
    notes: tuple[Note, ...] = tuple(replace(note, text=change(note.text)) for note in document.notes)
    return replace(document, blocks=tuple(blocks), notes=notes)
