"""Attributes counted before parsing, because libxml2 takes quadratic time in the attributes of one tag."""

from __future__ import annotations

import re

from pairing_graph.base.errors import Complaint, FileError

_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?)?"""
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rf"<(?:(?P<comment>!--)|(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?:{_ATTRIBUTE})*+))", re.I)
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
"""Elements whose content is not parsed as markup (HTML Standard, 13.2.5)."""
_MOST_ATTRIBUTES = 300
"""Attributes of one tag; real pages have a dozen."""


def hold_attributes(text: str, file: str) -> None:
    """Refuse a page that has a tag with hundreds of attributes.

    Args:
        text: The page.
        file: Name of the file.

    Raises:
        FileError: There is such a tag.

    """
    position = 0
    while match := _TAG.search(text, position):
        position = match.end()
        if match["comment"]:
            position = text.find("-->", position)
        else:
            if len(match["attributes"]) > _MOST_ATTRIBUTES:
                _hold(match["attributes"], file)
            if match["name"].lower() in _RAW:
                closing = re.compile(rf"</{match['name']}", re.I).search(text, position)
                position = closing.start() if closing else -1
        if position < 0:
            break


def _hold(attributes: str, file: str) -> None:
    count = sum(1 for _ in _ATTRIBUTES.finditer(attributes))
    if count > _MOST_ATTRIBUTES:
        expected = f"at most {_MOST_ATTRIBUTES}"
        raise FileError(Complaint("A tag of the page has too many attributes", file, expected, f"{count:,}"))
