"""Text taken from scans, with a blank between all characters: the blanks are removed before anyone reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from pairing_graph.kb.document import Cell, Document, Note, Paragraph

Piece = TypeVar("Piece", Paragraph, Cell)

_HAN = r"\u3400-\u9fff"
_TOGETHER = re.compile(rf"(?=[{_HAN}]{{2}})")
_APART = re.compile(rf"[ \u00a0\u3000](?<=[{_HAN}].)(?=[{_HAN}])")
_LONE_BLANK = re.compile(r"(?<=\S)[ \u00a0\u3000](?=\S)")
_FEWEST = 10
_MOST = 0.6
"""Share of neighbouring Chinese characters that have a blank between them, from which on the blanks are not written ones."""


def without_scanned_blanks(document: Document) -> Document:
    """The document without the blanks that a scan left between its characters; a note says so.

    Single blanks between characters are removed; two and more stay, for they are indents and columns. Characters are
    then counted without the removed ones: `p12:5-18` is the 5th to the 18th character that a reader sees, blanks aside.
    Lines keep their numbers.

    Example:
        >>> scan = Document("a", "a.txt", "", (Paragraph(1, "关 于 印 发 2 0 2 5 年 任 务 分 工 的 通 知 ， 请 认 真 组 织 实 施 。   县 教 委"),))
        >>> without_scanned_blanks(scan).paragraphs[0].text
        '关于印发2025年任务分工的通知，请认真组织实施。   县教委'
        >>> plain = Document("a", "a.txt", "", (Paragraph(1, "县教委 县财政局"),))
        >>> without_scanned_blanks(plain) is plain
        True
    """
    texts = list(document.texts())
    if not _is_scanned(texts):
        return document
    blocks = tuple(
        _closed_up(block) if isinstance(block, Paragraph) else replace(block, cells=tuple(map(_closed_up, block.cells)))
        for block in document.blocks
    )
    removed = sum(len(_LONE_BLANK.findall(text)) for text in texts)
    return replace(document, blocks=blocks, notes=(*document.notes, Note("blanks_removed", f"{removed:,}")))


def _is_scanned(texts: Sequence[str]) -> bool:
    apart = sum(len(_APART.findall(text)) for text in texts)
    return apart >= _FEWEST and apart >= _MOST * (apart + sum(len(_TOGETHER.findall(text)) for text in texts))


def _closed_up(piece: Piece) -> Piece:
    text = _LONE_BLANK.sub("", piece.text)
    return replace(piece, text=text) if text != piece.text else piece
