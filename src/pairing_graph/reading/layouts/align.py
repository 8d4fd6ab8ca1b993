"""Put cells without a grid into columns by their content: numbers, deadlines, units, persons and sentences differ.

A row that lacks cells, or has too many, is laid along the columns in order; the best way counts. Where a cell fits no
column the row is not placed, and where two ways are as good the placing is marked as uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pairing_graph.base.remembered import MOST_REMEMBERED
from pairing_graph.base.text import brackets_closed, fold_width, leading_number, squeeze
from pairing_graph.lexicon.patterns import is_blank
from pairing_graph.reading.name_lists import split_names
from pairing_graph.reading.names import is_person
from pairing_graph.reading.prose.deadlines import is_deadline
from pairing_graph.reading.tables.evidence import NUMBER, looks_like_units
from pairing_graph.reading.tables.headings import Meaning

_UNITS = ("lead", "responsible", "support", "guide", "donor", "recipient", "unit")
_WORDS = ("task", "goal", "progress", "remark", "area", "other", "unknown")
_SKIP = 4.0
"""What it costs to leave out a column of weight 1: as much as one fitting cell gains."""
_JOIN = 3.0
"""What it costs to put two cells into one column though the first one is not open."""
_NEVER = -100.0
"""The score of what cannot be."""
_MOST = 60
"""Cells or columns; wider tables are no notices, and the search would take long."""
_WAYS = 3
"""The best ways to each column that are followed further."""
_CLOSE = 0.5
"""Two ways whose scores differ by no more are as good."""
_LONG_DEADLINE, _SHORT_TASK, _LONGEST_NAME, _LONG_CELL = 25, 14, 16, 20
"""Characters beyond which words are hardly a deadline, surely a task, no name, and hardly the rest of a cell."""
_GOES_ON = re.compile(r"[、，；。）)]|[（(][^（()）]{1,8}[)）]$")


@dataclass(frozen=True)
class Placing:
    """How the cells of a row lie in its columns.

    Attributes:
        columns: The column of every cell, from 0; cells with the same one belong together.
        score: How well they fit.
        certain: Whether no other way is as good.
    """

    columns: tuple[int, ...]
    score: float
    certain: bool


def place(cells: Sequence[str], meanings: Sequence[Meaning]) -> Placing | None:
    """Lay cells along columns, None where they fit no way, or where a table is wider than notices are.

    Args:
        cells: The words of the cells, in their order.
        meanings: What the columns hold.

    Example:
        >>> place(["3", "完善仓储设施。", "县商务局", "9月底"], ["number", "task", "lead", "deadline"]).columns
        (0, 1, 2, 3)
    """
    if max(len(cells), len(meanings)) > _MOST:
        return None
    best: dict[int, list[tuple[float, tuple[int, ...]]]] = {-1: [(0.0, ())]}
    for position, cell in enumerate(cells):
        reached: dict[int, list[tuple[float, tuple[int, ...]]]] = {}
        before = cells[position - 1] if position else ""
        for last, ways in best.items():
            for column in range(max(last, 0), len(meanings)):
                gain = _step(cell, before, position, last, column, meanings)
                if gain <= _NEVER:
                    continue
                reached.setdefault(column, []).extend((score + gain, (*way, column)) for score, way in ways)
        best = {column: sorted(ways, reverse=True)[:_WAYS] for column, ways in reached.items()}
    ended = sorted(
        (
            (score - _SKIP * _weight(meanings[column + 1 :]), way)
            for column, ways in best.items()
            for score, way in ways
        ),
        reverse=True,
    )
    if not ended:
        return None
    score, way = ended[0]
    return Placing(way, score, len(ended) < 2 or score - ended[1][0] > _CLOSE)


@lru_cache(maxsize=MOST_REMEMBERED)
def fit(cell: str, meaning: Meaning) -> float:
    """How well the words of a cell fit a column: above 0 where they do, below where they do not.

    Example:
        >>> fit("9月底", "deadline") > 0, fit("9月底", "lead") > 0, fit("县商务局、各乡镇", "lead") > 0
        (True, False, True)
    """
    words = squeeze(fold_width(cell))
    if is_blank(words):
        return 0.5 if meaning not in ("number", "task") else -3.0
    if meaning == "number":
        return 6.0 if NUMBER.fullmatch(words) else -8.0
    if NUMBER.fullmatch(words):
        return -6.0
    units = looks_like_units(words)
    if meaning in _UNITS:
        return 4.0 if units else -5.0
    if meaning == "deadline":
        return 4.0 if is_deadline(words) else (-5.0 if units or len(words) > _LONG_DEADLINE else -2.0)
    if meaning == "leaders":
        names = [span.text for span in split_names(words)]
        return 4.0 if names and all(is_person(name) for name in names) else -4.0
    if meaning == "task":
        return (-4.0 if units or is_deadline(words) else 3.0) + (1.0 if len(words) > _SHORT_TASK else 0.0)
    if meaning in _WORDS:
        sentence = 3.0 if meaning == "area" and words.endswith(("。", "；")) else 0.0
        return (-3.0 if units else 1.0) - (0.5 if is_deadline(words) else 0.0) - sentence
    return 0.0


def is_open(text: str) -> bool:
    """Whether words go on in the next line: a list or a bracket is open.

    Example:
        >>> is_open("县商务局、"), is_open("完善（含"), is_open("县商务局")
        (True, True, False)
    """
    words = text.rstrip()
    return words.endswith(tuple("、，,；;：:（(")) or not brackets_closed(words)


def _step(cell: str, before: str, position: int, last: int, column: int, meanings: Sequence[Meaning]) -> float:
    """What it gains to put a cell into a column after the cell before it."""
    own = fit(cell, meanings[column])
    if column == last and position and _GOES_ON.match(cell.strip()):
        return 1.0
    if own <= -5.0:
        return _NEVER
    if column == last:
        numbered = leading_number(cell).style != ""
        loose = 0.0 if is_open(before) else _JOIN - (1.5 if numbered or len(cell) > _LONG_CELL else 0.0)
        return min(own, 1.0) - loose if meanings[column] != "number" else _NEVER
    return own - _SKIP * _weight(meanings[last + 1 : column])


def _weight(skipped: Sequence[Meaning]) -> float:
    """How odd it is that columns have no cell: a task and a lead are hardly ever left out."""
    weights = {"task": 3.0, "number": 1.5, "lead": 1.2, "responsible": 1.0, "donor": 2.0, "recipient": 2.0}
    return sum(weights.get(meaning, 0.5) for meaning in skipped)
