"""The space of a node with its label, and the layout classes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeVar

from pairing_graph.page.model import Node

Item = TypeVar("Item")
Align = Literal["left", "right", "below", "inside"]
# Lengths are in pixels of the page at its first zoom and were chosen by eye on the 2022 notice: fonts so that at 1440 by
# 900, where all of it is seen at 0.84, no label is smaller than 12 pixels.
UNIT_FONT = 14.25
TASK_FONT = 14.25
CAPTION_FONT = 15.0
LINE_HEIGHT = 1.15
CHIP_PADDING = (26.0, 4.0)
"""What a box has around its text, across (the mark included) and down."""
LABEL_GAP = 4.0
ROW_GAP = 5.0
_NARROW = 0.62
"""The width of a Latin letter or digit in sizes of the font, an average."""
_TOLERANCE = 0.31
"""How much longer than its share a line may be, in Chinese characters: half a Latin letter."""
_NOT_AT_LINE_START = "，、。；：！？）〕》」』”’…,.;:!?)"


@dataclass(frozen=True)
class Box:
    """A node with its label.

    Attributes:
        lines: The label's lines.
        align: Position of the label: left or right of the mark, below it, or inside a box.
        width: Width of all of it.
        height: Height of all of it.
        size: Half the width of the mark.
    """

    lines: tuple[str, ...]
    align: Align
    width: float
    height: float
    size: float


@dataclass(frozen=True)
class Caption:
    """A heading in the layout.

    Attributes:
        x: Place across.
        y: Place down.
        word: Key of its word, else empty.
        text: Its text.
        align: Which end of the text `x` is.
        nodes: The nodes under it; where none is shown, neither is the heading.
    """

    x: float
    y: float
    word: str
    text: str = ""
    align: Literal["left", "center", "right"] = "center"
    nodes: Sequence[int] = ()


@dataclass(frozen=True)
class Layout:
    """Places of all nodes.

    Attributes:
        name: columns, network or areas.
        x: Place across of each node.
        y: Place down of each node.
        boxes: The room of each node.
        curve: How edges run.
        captions: Headings.
        shown: Kinds of node that are shown in this layout although they start hidden.
        roomy: Whether every node has the room of its box, whatever their number.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float]
    boxes: Sequence[Box]
    curve: Literal["horizontal", "straight"]
    captions: Sequence[Caption] = field(default_factory=tuple)
    shown: Sequence[str] = ()
    roomy: bool = True


def text_width(text: str, size: float) -> float:
    """Width of a line of text; Chinese characters are as wide as high, others narrower.

    Example:
        >>> text_width("区商务委", 10)
        40.0
    """
    wide = sum(map(_is_wide, text))
    return size * (wide + _NARROW * (len(text) - wide))


@cache
def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"


def measure(node: Node, size: float, align: Align, *, characters: int = 0) -> Box:
    """The room of a node.

    Args:
        node: The node.
        size: Half the width of its mark.
        align: Position of its label.
        characters: Width of a line in Chinese characters, after which it is broken; 0 for one line.

    Example:
        >>> measure(Node(0, "a", "unit", "区商务委"), 6, "right").width
        73.0
    """
    font = TASK_FONT if node.type in ("task", "target") else UNIT_FONT
    lines = wrap(node.label, characters) if characters else (node.label,)
    width = max(text_width(line, font) for line in lines)
    height = font * LINE_HEIGHT * len(lines)
    if align == "inside":
        return Box(lines, align, round(width + CHIP_PADDING[0], 1), round(height + CHIP_PADDING[1], 1), size)
    if align == "below":
        return Box(lines, align, max(width, 2 * size), 2 * size + LABEL_GAP + height, size)
    return Box(lines, align, width + 2 * size + LABEL_GAP, max(height, 2 * size), size)


def wrap(text: str, characters: int) -> tuple[str, ...]:
    """Break a text into lines of about equal length, none longer than so many Chinese characters.

    Example:
        >>> wrap("推动渝中重点骨干企业", 6)
        ('推动渝中重', '点骨干企业')
    """
    width = text_width(text, 1.0)
    count = max(1, -int(-width // characters))
    if count == 1:
        return (text,)
    limit = width / count
    lines: list[str] = []
    line, used = "", 0.0
    for character in text:
        step = 1.0 if _is_wide(character) else _NARROW
        full = used + step > limit + _TOLERANCE and character not in _NOT_AT_LINE_START
        if line and full and len(lines) < count - 1:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + character, used + step
    return (*lines, line)


def widest(boxes: Sequence[Box], nodes: Sequence[int]) -> float:
    """The width of the widest of some nodes."""
    return max((boxes[node].width for node in nodes), default=0.0)


def stacked(nodes: Sequence[int], boxes: Sequence[Box]) -> float:
    """The height of some nodes, one below the other."""
    return sum(boxes[node].height + ROW_GAP for node in nodes)


def fill_columns(items: Sequence[Item], heights: Sequence[float], count: int) -> list[list[Item]]:
    """Items in so many columns of about the same height, read downwards.

    Example:
        >>> fill_columns("abc", [1, 1, 2], 2)
        [['a', 'b'], ['c']]
    """
    columns: list[list[Item]] = [[]]
    deepest, at = sum(heights) / count, 0.0
    for item, height in zip(items, heights, strict=True):
        if columns[-1] and at + height / 2 > deepest and len(columns) < count:
            columns.append([])
            at = 0.0
        columns[-1].append(item)
        at += height
    return columns
