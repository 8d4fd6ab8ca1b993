"""How often links between two columns cross; figures and page order their columns for few crossings."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


def crossings(left: Sequence[Name], right: Sequence[Name], links: Iterable[tuple[Name, Name]]) -> int:
    """How many pairs of straight links cross; links with an end in neither column do not count.

    Example:
        >>> crossings("ab", "12", [("a", "2"), ("b", "1")])
        1
    """
    rows, columns = ({name: place for place, name in enumerate(side)} for side in (left, right))
    ends = sorted((rows[start], columns[end]) for start, end in links if start in rows and end in columns)
    count = 0
    above: list[int] = []
    for _, fan in groupby(ends, key=itemgetter(0)):
        arrivals = [column for _, column in fan]
        count += sum(len(above) - bisect_right(above, column) for column in arrivals)
        for column in arrivals:
            insort(above, column)
    return count
