"""Chinese written from top to bottom: every character upright, punctuation in its vertical form."""

from __future__ import annotations

import re
from types import MappingProxyType

_FORMS = MappingProxyType(
    dict(
        zip(
            "，、。：；！？…（）()｛｝{}〔〕【】《》〈〉「」『』［］[]“”‘’—–-_～",
            "︐︑︒︓︔︕︖︙︵︶︵︶︷︸︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈﹇﹈﹃﹄﹁﹂︱︲︲︳︴",
            strict=True,
        )
    )
)
_RUNS = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)
_SHARED = 2
"""Letters or digits that share a square."""
_CLOSING = "︐︑︒︓︔︕︖︶︸︺︼︾﹀﹂﹄﹈"


def vertical_cells(text: str) -> list[str]:
    """What is in each square of a vertical line.

    Two Latin letters or digits share a square, as newspapers set them; longer words go letter by letter.

    Example:
        >>> vertical_cells("推进“飞地建园”")
        ['推', '进', '﹃', '飞', '地', '建', '园', '﹄']
        >>> vertical_cells("5G（CBD）")
        ['5G', '︵', 'C', 'B', 'D', '︶']
    """
    cells: list[str] = []
    for run in _RUNS.findall(text):
        cells += [run] if len(run) <= _SHARED else list(run)
    return [_FORMS.get(cell, cell) for cell in cells]


def vertical_columns(cells: list[str], longest: int) -> list[list[str]]:
    """A vertical line broken into columns of about equal length, no closing mark at the head of one.

    Args:
        cells: What is in each square.
        longest: How many squares a column has at the most; one more where a closing mark would else begin a column.

    Example:
        >>> vertical_columns(list("加大消费帮扶力度"), 5)
        [['加', '大', '消', '费'], ['帮', '扶', '力', '度']]
    """
    count = max(1, -(-len(cells) // max(1, longest)))
    length = -(-len(cells) // count)
    columns: list[list[str]] = []
    for cell in cells:
        if columns and (len(columns[-1]) < length or cell in _CLOSING):
            columns[-1].append(cell)
        else:
            columns.append([cell])
    return columns
