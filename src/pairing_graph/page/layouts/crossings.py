"""Few crossings: order the rows of neighbouring columns by the places of their neighbours (barycentre sweeps)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pairing_graph.look.crossings import crossings

Links = Sequence[tuple[int, int]]


def order_columns(columns: Sequence[Sequence[int]], links: Links, *, sweeps: int = 16) -> list[list[int]]:
    """Reorder several columns so that few links between them cross; the best of all sweeps is kept.

    Args:
        columns: The nodes of each column in a first order.
        links: Pairs of nodes of different columns.
        sweeps: The number of passes over the columns, back and forth.

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
