"""The words of the tables that people fill in: Chinese headings of their columns, and what means yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pairing_graph.base.reference import reference
from pairing_graph.base.text import fold_width, squeeze
from pairing_graph.lexicon.patterns import is_blank


def column_of(sheet: str, cell: str) -> str:
    """The name of a column of a table (corrections, aliases, headers), whether its heading is Chinese or English.

    Example:
        >>> column_of("aliases", "别名"), column_of("aliases", " Region "), column_of("aliases", "X")
        ('alias', 'region', 'x')
    """
    cell = cell.strip()
    return _words(sheet).get(cell, cell.lower())


def decision_of(cell: str) -> Literal["yes", "no", "", "unknown"]:
    """What a reviewer wrote into a cell of decisions; empty for nothing.

    Example:
        >>> [decision_of(cell) for cell in ("是", " Yes", "１", "✓", "否", "", "—", "再议")]
        ['yes', 'yes', 'yes', 'yes', 'no', '', '', 'unknown']
    """
    words = squeeze(fold_width(cell)).lower()
    if not words:
        return ""
    known = _words("decision").get(words)
    if known is None:
        return "" if is_blank(words) else "unknown"
    return "yes" if known == "yes" else "no"


def is_deletion(cell: str) -> bool:
    """Whether a corrected value says that there is to be none.

    Example:
        >>> is_deletion("删除"), is_deletion(" Delete "), is_deletion("删除违章建筑")
        (True, True, False)
    """
    return squeeze(fold_width(cell)).lower() in _words("deletion")


@cache
def _words(sheet: str) -> Mapping[str, str]:
    return {row["word"]: row["meaning"] for row in reference("sheet_words") if row["sheet"] == sheet}
