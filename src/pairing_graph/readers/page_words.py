"""Text of a page from its characters: lines, and the paragraphs and cells they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Char = Mapping[str, Any]
"""A character: `text`, `x0`, `x1`, `top`, `bottom`, `size`, in points from the upper left corner of its page."""
_CID = re.compile(r"\(cid:\d+\)")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—·•]")
_ENDED = re.compile(r"[。；;！!？?]\s*$")
_CLAUSE = re.compile(r"[，。]")
_ITEM = re.compile(r"\s*(?:[(（]?\d{1,3}[)）.．、]|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳])")
_NARROW = 12
_ROOM = 1.4
_ROOM_IN_CELL = 2.6
_INDENT = 1.2
_PADDING = 6.0
_SAME_PLACE = 1.0
APART = 0.5
"""Sizes: characters closer than this are of one run; between columns of measured tables without rulings there are 0.7."""


@dataclass(frozen=True)
class Line:
    """A line of a page.

    Attributes:
        text: Its text.
        x0: Left end.
        x1: Right end.
        top: Upper edge, from the top of the page.
        bottom: Lower edge.
        size: Font size.
        page: Page, from 1.

    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int = 0


def once(chars: Iterable[Char]) -> list[Char]:
    """Characters without those that are printed again at their own place, as a substitute for bold type.

    Example:
        >>> places = ((10, 0), (10.3, 0), (20, 0))
        >>> len(once({"text": "县", "x0": x, "top": y} for x, y in places))
        2
    """
    kept: dict[tuple[str, int, int], Char] = {}
    for char in chars:
        column, row = int(char["x0"] // _SAME_PLACE), int(char["top"] // _SAME_PLACE)
        around = ((char["text"], column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1))
        if not any(key in kept and _same_place(kept[key], char) for key in around):
            kept[char["text"], column, row] = char
    return list(kept.values())


def _same_place(one: Char, other: Char) -> bool:
    return bool(abs(one["x0"] - other["x0"]) <= _SAME_PLACE and abs(one["top"] - other["top"]) <= _SAME_PLACE)


def rows_of(chars: Iterable[Char]) -> list[list[Char]]:
    """Group characters into lines, from the top, each from the left."""
    rows: list[list[Char]] = []
    middle = 0.0
    for char in sorted((c for c in chars if c["text"].strip()), key=lambda c: ((c["top"] + c["bottom"]) / 2, c["x0"])):
        centre = (char["top"] + char["bottom"]) / 2
        if rows and centre - middle <= 0.5 * max(char["size"], 1):
            rows[-1].append(char)
        else:
            rows.append([char])
            middle = centre
    return [sorted(row, key=lambda c: c["x0"]) for row in rows]


def runs_of(chars: Sequence[Char]) -> list[tuple[float, float]]:
    """The left and right ends of the stretches of a line that stand apart."""
    size = max(char["size"] for char in chars)
    runs: list[tuple[float, float]] = []
    for char in chars:
        if runs and char["x0"] - runs[-1][1] <= APART * max(size, 1):
            runs[-1] = (runs[-1][0], max(runs[-1][1], char["x1"]))
        else:
            runs.append((char["x0"], char["x1"]))
    return runs


def line_of(chars: Sequence[Char], page: int = 0) -> Line:
    """A line from its characters; wide gaps become blanks."""
    text = ""
    before: Char | None = None
    for char in chars:
        words = _CID.sub("\ufffd", char["text"])
        if before is not None:
            gap = char["x0"] - before["x1"]
            wide = _WIDE.match(words) or _WIDE.match(before["text"][-1:])
            text += " " if gap > (0.9 if wide else 0.28) * max(char["size"], 1) else ""
        text += words
        before = char
    top, bottom = min(char["top"] for char in chars), max(char["bottom"] for char in chars)
    size = max(char["size"] for char in chars)
    return Line(text, chars[0]["x0"], max(char["x1"] for char in chars), top, bottom, size, page)


def lines_of(chars: Iterable[Char], page: int = 0) -> list[Line]:
    """Group characters into lines, from the top; wide gaps within a line become blanks."""
    return [line_of(row, page) for row in rows_of(chars)]


def unwrapped(lines: Sequence[Line], right: float) -> str:
    """The text of a cell: in a wide cell or in one of sentences, a line that fills the width continues on the next.

    In a narrow cell of names, lines are kept: names listed one per line would otherwise be merged into one.

    Args:
        lines: The lines.
        right: The right edge of the cell.
    """
    wide = max((len(line.text) for line in lines), default=0) > _NARROW or any(
        _CLAUSE.search(line.text) for line in lines
    )
    text = ""
    before: Line | None = None
    for line in lines:
        if before is not None:
            full = right - before.x1 < _ROOM_IN_CELL * before.size + _PADDING
            item = _ENDED.search(before.text) and _ITEM.match(line.text)
            text += _joint(before.text, line.text) if wide and full and not item else "\n"
        text += line.text
        before = line
    return text


def paragraphs_of(lines: Sequence[Line], right: float) -> list[tuple[str, int]]:
    """Paragraphs and their pages: a line that reaches the right margin continues on the next line if that is not indented.

    Args:
        lines: Lines that follow each other.
        right: The right margin of the document's text.
    """
    left = min((line.x0 for line in lines), default=0.0)
    found: list[tuple[str, int]] = []
    before: Line | None = None
    for line in lines:
        if before is not None and _goes_on(before, line, left, right):
            text, page = found[-1]
            found[-1] = (text + _joint(text, line.text) + line.text, page)
        else:
            found.append((line.text, line.page))
        before = line
    return found


def damaged_share(chars: Sequence[Char]) -> float:
    """The share of characters that the fonts do not map to Unicode."""
    return sum(1 for char in chars if _is_damaged(char["text"])) / max(len(chars), 1)


def _is_damaged(text: str) -> bool:
    return bool(_CID.search(text)) or any(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in text)


def _joint(text: str, following: str) -> str:
    """A blank between two Latin words separated by a line break, nothing in Chinese."""
    latin = re.match(r"[A-Za-z]", following) and re.search(r"[A-Za-z,;]$", text)
    return " " if latin else ""


def _goes_on(line: Line, following: Line, left: float, right: float) -> bool:
    reaches = right - line.x1 < _ROOM * line.size
    flush = following.x0 - left < _INDENT * line.size
    same_type = abs(line.size - following.size) < 0.15 * line.size
    near = following.page != line.page or following.top - line.bottom < 2.0 * line.size
    return reaches and flush and same_type and near
