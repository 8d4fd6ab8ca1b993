"""What one column of a table holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pairing_graph.reading.tables.headings import Meaning


@dataclass(frozen=True)
class ColumnMeaning:
    """What a column holds.

    Attributes:
        column: Its place in the table, from 1.
        meaning: number, area, task, a role, a side of a pairing, or unknown.
        region: The region whose units it lists, empty where the heading names none.
        heading: The words of the heading.
        score: How well the meaning fits words and cells.
        guessed: Whether no heading word, or not the one that is there, gives the meaning.
        runner_up: The next best meaning, empty where none is close.
        others: Further meanings that the words of the heading name (责任单位及责任人).
        role: The role that a mark (√) in it gives the unit of its heading, or that the heading over it and others has.
    """

    column: int
    meaning: Meaning
    region: str = ""
    heading: str = ""
    score: float = 0.0
    guessed: bool = False
    runner_up: str = ""
    others: tuple[Meaning, ...] = ()
    role: str = ""


def forget(columns: tuple[ColumnMeaning, ...], which: Sequence[ColumnMeaning]) -> tuple[ColumnMeaning, ...]:
    """The columns with some of them of no known meaning.

    Example:
        >>> [column.meaning for column in forget((ColumnMeaning(1, "area", guessed=True),), [ColumnMeaning(1, "area", guessed=True)])]
        ['unknown']
    """
    return tuple(replace(c, meaning="unknown", guessed=False, score=0.0) if c in which else c for c in columns)
