"""A line break in Chinese text of a page is not shown as a blank: browsers put one between two Chinese characters."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx

HAN = "\u3400-\u9fff"
MARKS = "\u3001-\u3011\uff01-\uff1f"
BREAK = re.compile(f"(?<=[{MARKS}])\n|(?<=[{HAN}])\n(?=[{HAN}{MARKS}])|\n(?=[{MARKS}])")
"""Marks have their own distance, so beside one the break goes whatever is on its other side."""


def joined(text: str) -> str:
    """A text without the line breaks of its source.

    Example:
        >>> joined("一格，\\n`a` 与\\n乙 in\\nEnglish")
        '一格，`a` 与乙 in\\nEnglish'
    """
    return BREAK.sub("", text)


def _join(app: Sphinx, doctree: nodes.document) -> None:
    for text in list(doctree.findall(nodes.Text)):
        if "\n" in text and not isinstance(text.parent, nodes.FixedTextElement | nodes.raw):
            text.parent.replace(text, nodes.Text(joined(text)))


def setup(app: Sphinx) -> dict[str, bool]:
    """Join the lines of a Chinese page when it was read."""
    if str(app.config.language).startswith("zh"):
        app.connect("doctree-read", _join)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
