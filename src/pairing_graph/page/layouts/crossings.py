"""Few crossings: order the rows of neighbouring columns by the places of their neighbours (barycentre sweeps)."""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping, Sequence

Links = Sequence[tuple[int, int]]


def crossings(left: Sequence[int], right: Sequence[int], links: Links) -> int:
    """How often straight links between two columns cross.

    Example:
        >>> crossings([1, 2], [3, 4], [(1, 4), (2, 3)])
        1
    """
    row_left = {node: row for row, node in enumerate(left)}
    row_right = {node: row for row, node in enumerate(right)}
    ends = sorted((row_left[a], row_right[b]) for a, b in links if a in row_left and b in row_right)
    tree = [0] * (len(right) + 1)
    count = seen = 0
    pending: list[int] = []
    last = -1
    for start, end in ends:
        if start != last:
            for waiting in pending:
                _add(tree, waiting)
            seen += len(pending)
            pending, last = [], start
        count += seen - _sum(tree, end)
        insort(pending, end)
    return count


def order_columns(columns: Sequence[Sequence[int]], links: Links, *, sweeps: int = 16) -> list[list[int]]:
    """Reorder several columns so that the links between them cross seldom; the best of all sweeps is kept.

    Args:
        columns: The nodes of each column in a first order.
        links: Pairs of nodes of different columns.
        sweeps: How often the columns are gone through, forth and back.

    Example:
        >>> order_columns([[1, 2], [3, 4]], [(1, 4), (2, 3)])
        [[2, 1], [3, 4]]
    """
    current = [list(column) for column in columns]
    if sweeps < 1:
        return current
    neighbours: dict[int, list[int]] = {}
    for tail, head in links:
        neighbours.setdefault(tail, []).append(head)
        neighbours.setdefault(head, []).append(tail)
    best, fewest = [list(column) for column in current], _total(current, links)
    for sweep in range(sweeps):
        order = range(len(current)) if sweep % 2 == 0 else range(len(current) - 1, -1, -1)
        for column in order:
            place = _places(current)
            current[column] = _by_barycentre(current[column], neighbours, place)
        count = _total(current, links)
        if count < fewest:
            best, fewest = [list(column) for column in current], count
    return best


def _by_barycentre(
    column: Sequence[int], neighbours: Mapping[int, Sequence[int]], place: Mapping[int, float]
) -> list[int]:
    own = set(column)

    def middle(node: int) -> float:
        others = [place[other] for other in neighbours.get(node, ()) if other in place and other not in own]
        return sum(others) / len(others) if others else place[node]

    return sorted(column, key=lambda node: (round(middle(node), 9), place[node]))


def _places(columns: Sequence[Sequence[int]]) -> dict[int, float]:
    return {node: (row + 0.5) / len(column) for column in columns for row, node in enumerate(column)}


def _total(columns: Sequence[Sequence[int]], links: Links) -> int:
    return sum(
        crossings(columns[a], columns[b], [*links, *((head, tail) for tail, head in links)])
        for a in range(len(columns))
        for b in range(a + 1, len(columns))
    )


def _add(tree: list[int], place: int) -> None:
    place += 1
    while place < len(tree):
        tree[place] += 1
        place += place & -place


def _sum(tree: list[int], place: int) -> int:
    place += 1
    total = 0
    while place > 0:
        total += tree[place]
        place -= place & -place
    return total
