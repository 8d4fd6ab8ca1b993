"""A line break in Chinese text of a page is not shown as a blank: browsers put one between two Chinese characters."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx

HAN = "\u3400-\u9fff"
MARKS = "\u3001-\u3011\uff01-\uff1f"
BREAK = re.compile(f"(?<=[{MARKS}])\n|(?<=[{HAN}])\n(?=[{HAN}])|\n(?=[{MARKS}])")
"""Marks have their own distance, so beside one the break goes whatever is on its other side."""


def joined(texts: list[str]) -> list[str]:
    """The texts of a paragraph, which go on in each other, without the line breaks of its source.

    Example:
        >>> joined(["一格，", "\\n", "a", " 与\\n", "乙\\n丙 in", "\\n", "English"])
        ['一格，', '', 'a', ' 与', '乙丙 in', '\\n', 'English']
    """
    gone = {found.start() for found in BREAK.finditer("".join(texts))}
    kept, place = [], 0
    for text in texts:
        kept.append("".join(sign for at, sign in enumerate(text, place) if at not in gone))
        place += len(text)
    return kept


def _join(app: Sphinx, doctree: nodes.document) -> None:
    for paragraph in doctree.findall(nodes.paragraph):
        texts = list(paragraph.findall(nodes.Text))
        for text, new in zip(texts, joined([text.astext() for text in texts]), strict=True):
            if new != text.astext():
                text.parent.replace(text, nodes.Text(new))


def setup(app: Sphinx) -> dict[str, bool]:
    """Join the lines of a Chinese page when it was read."""
    if str(app.config.language).startswith("zh"):
        app.connect("doctree-read", _join)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
