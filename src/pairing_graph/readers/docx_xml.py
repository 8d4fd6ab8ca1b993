"""Helpers for the XML of a Word document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WHOLE = re.compile(r"[+-]?[0-9]{1,10}")  # the digits of a 32-bit integer, enough for any attribute of Word
_MEASURE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(mm|cm|in|pt|pc|pi)")
_TWIPS = {"mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440, "pt": 20, "pc": 240, "pi": 240}
"""Twips in the units of a measure (ISO/IEC 29500-1, ST_UniversalMeasure), which Strict Open XML writes."""


def value(parent: _Element | None, name: str) -> str:
    """The value of a property, empty if it is missing."""
    found = parent.find(f"{W}{name}") if parent is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def number(text: str, default: int) -> int:
    """An attribute as an integer, or the default if it is not one.

    Example:
        >>> number("3", 1), number("three", 1), number("9" * 5000, 1)
        (3, 1, 1)

    """
    return int(text) if _WHOLE.fullmatch(text) else default


def twips(text: str, default: int) -> int:
    """A width in twips (twentieths of a point), or the default if it is not one.

    Example:
        >>> twips("1440", 0), twips("72pt", 0), twips("2.54cm", 0), twips("wide", 0)
        (1440, 1440, 1440, 0)

    """
    match = _MEASURE.fullmatch(text)
    return round(float(match[1]) * _TWIPS[match[2]]) if match else number(text, default)


def flag(properties: _Element | None, name: str) -> bool:
    """Whether an on/off property is on."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(f"{W}val", "true") not in ("0", "false", "off", "none")
