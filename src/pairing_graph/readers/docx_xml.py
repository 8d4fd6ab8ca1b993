"""Small questions to the XML of a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def value(parent: _Element | None, name: str) -> str:
    """The value of a property, empty where it is not there."""
    found = parent.find(f"{W}{name}") if parent is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def number(text: str, default: int) -> int:
    """A whole number out of an attribute, or the default where it is none.

    Example:
        >>> number("3", 1), number("three", 1)
        (3, 1)

    """
    try:
        return int(text)
    except ValueError:
        return default


def flag(properties: _Element | None, name: str) -> bool:
    """Whether a property that is on or off is on."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(f"{W}val", "true") not in ("0", "false", "off", "none")
