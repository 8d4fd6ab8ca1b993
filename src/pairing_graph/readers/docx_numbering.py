"""Automatic numbers of Word lists: shown on the page, but not part of the text of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pairing_graph.readers.docx_xml import W, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_DIGITS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_LEVELS = 9
_LONGEST_CHAIN = 20


@dataclass(frozen=True)
class _Level:
    """One level of a list: how its number is counted and written."""

    start: int
    style: str
    pattern: str
    plain: bool


class Numbering:
    """Counts list items while the paragraphs of a document are read in order.

    Args:
        numbering: The root of the numbering part, None where the document has none.
        styles: The root of the styles part, None where it has none.

    """

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._lists, self._restarts = _lists(numbering)
        self._styles = _styles(styles)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def label(self, paragraph: _Element) -> str:
        """The list number of a paragraph, empty if it has none; each call advances the count."""
        list_id, level = self._membership(paragraph)
        levels = self._lists.get(list_id, ("", {}))[1]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self._lists[list_id][0], {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for restarted, start in self._restarts.get(list_id, {}).items():
                counts[restarted] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        return _written(levels, level, counts)

    def _membership(self, paragraph: _Element) -> tuple[str, int]:
        """The list and level of a paragraph: its own, else its style's."""
        properties = paragraph.find(f"{W}pPr")
        list_id, level = _number_properties(properties)
        style = value(properties, "pStyle")
        for _ in range(_LONGEST_CHAIN):
            if list_id or style not in self._styles:
                break
            parent, list_id, level = self._styles[style]
            style = parent
        return list_id, level if 0 <= level < _LEVELS else 0


def written(count: int, style: str) -> str:
    """A number in one of Word's number formats; decimal if the format is unknown.

    Example:
        >>> [written(12, style) for style in ("decimal", "chineseCounting", "lowerRoman", "upperLetter")]
        ['12', '十二', 'xii', 'L']
        >>> written(3, "decimalEnclosedCircleChinese"), written(7, "bullet")
        ('③', '')

    """
    return _STYLES.get(style, str)(count)


def _chinese(number: int) -> str:
    if not 0 < number < 1000:
        return "".join(_DIGITS[int(digit)] for digit in str(abs(number)))
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += f"{'' if tens == 1 and not hundreds else _DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * min((number - 1) // 26 + 1, 10)


def _roman(number: int) -> str:
    text = ""
    for amount, sign in _ROMAN:
        while number >= amount and len(text) < 20:
            text, number = text + sign, number - amount
    return text


def _circled(number: int) -> str:
    return _CIRCLED[number - 1] if 0 < number <= len(_CIRCLED) else str(number)


_STYLES: Mapping[str, Callable[[int], str]] = {
    "bullet": lambda number: "",
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02d}",
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(abs(number))),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}


def _written(levels: Mapping[int, _Level], level: int, counts: Mapping[int, int]) -> str:
    """The pattern of a level, its places %1 … %9 filled with the counts of the levels above and its own."""
    own = levels[level]

    def fill(match: re.Match[str]) -> str:
        wanted = int(match[1]) - 1
        if wanted not in levels:
            return ""
        count = counts.get(wanted, levels[wanted].start)
        return str(count) if own.plain else written(count, levels[wanted].style)

    return "" if own.style in ("bullet", "none") else re.sub(r"%([1-9])", fill, own.pattern)


def _lists(root: _Element | None) -> tuple[dict[str, tuple[str, dict[int, _Level]]], dict[str, dict[int, int]]]:
    """Id of a list → (its definition, its levels); and the levels at which a list restarts."""
    if root is None:
        return {}, {}
    definitions = {item.get(f"{W}abstractNumId", ""): _levels(item) for item in root.iterfind(f"{W}abstractNum")}
    lists: dict[str, tuple[str, dict[int, _Level]]] = {}
    restarts: dict[str, dict[int, int]] = {}
    for item in root.iterfind(f"{W}num"):
        list_id, definition = item.get(f"{W}numId", ""), value(item, "abstractNumId")
        levels = dict(definitions.get(definition, {}))
        for override in item.iterfind(f"{W}lvlOverride"):
            levels |= _levels(override)
            start = value(override, "startOverride")
            if start:
                restarts.setdefault(list_id, {})[number(override.get(f"{W}ilvl", ""), 0)] = number(start, 1)
        lists[list_id] = (definition, levels)
    return lists, restarts


def _levels(parent: _Element) -> dict[int, _Level]:
    found = {}
    for item in parent.iterfind(f"{W}lvl"):
        level = number(item.get(f"{W}ilvl", ""), 0)
        if not 0 <= level < _LEVELS:
            continue
        style = value(item, "numFmt") or _custom(item) or "decimal"
        start = number(value(item, "start"), 1)
        plain = item.find(f"{W}isLgl") is not None
        found[level] = _Level(start, style, value(item, "lvlText"), plain)
    return found


def _custom(level: _Element) -> str:
    """The style of a level that newer versions of Word write inside of a choice."""
    found = next(level.iter(f"{W}numFmt"), None)
    return found.get(f"{W}val", "") if found is not None else ""


def _styles(root: _Element | None) -> dict[str, tuple[str, str, int]]:
    """Id of a paragraph style → (the style it is based on, its list, its level)."""
    found = {}
    for style in root.iter(f"{W}style") if root is not None else ():
        list_id, level = _number_properties(style.find(f"{W}pPr"))
        found[style.get(f"{W}styleId", "")] = (value(style, "basedOn"), list_id, level)
    return found


def _number_properties(properties: _Element | None) -> tuple[str, int]:
    found = properties.find(f"{W}numPr") if properties is not None else None
    return value(found, "numId"), number(value(found, "ilvl"), 0)
