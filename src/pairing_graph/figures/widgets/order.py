"""The order of two columns of names in which their links cross least."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from pairing_graph.look.crossings import crossings

Link = tuple[str, str]
_FEW = 6
"""All 720 orders of six names are tried in milliseconds; seven would be 5,040."""
_ROUNDS = 24
"""Barycentre rounds settle after a few; the bound is for those that never do."""
_MOST_SWAPPED = 200
"""Links up to which neighbours are exchanged, which counts the crossings anew for each exchange."""


@dataclass(frozen=True)
class Cluster:
    """Units that are joined to each other by links, and to no others.

    Attributes:
        left: The left units, from top to bottom.
        right: The right units.
        links: The links between them, each once.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The left and the right units."""
        return self.left, self.right


def clusters(links: Iterable[Link]) -> list[Cluster]:
    """The links split into clusters without a link between them, each in an order with few crossings.

    Clusters come in the order in which the links first name them. A unit may be on both sides, and counts as two
    then. Where one side of a cluster has up to six units all its orders are tried, else barycentre rounds
    (Sugiyama, Tagawa & Toda 1981) with the best order kept.

    Example:
        >>> [cluster.left for cluster in clusters([("a", "1"), ("b", "2"), ("c", "1")])]
        [('a', 'c'), ('b',)]
    """
    distinct = list(dict.fromkeys(links))
    owner: dict[tuple[int, str], int] = {}
    parts: dict[int, list[Link]] = {}
    for count, link in enumerate(distinct):
        ends = ((0, link[0]), (1, link[1]))
        joined = sorted({owner[end] for end in ends if end in owner}) or [count]
        home = joined[0]
        merged = [*parts.pop(home, []), *(found for other in joined[1:] for found in parts.pop(other)), link]
        parts[home] = merged
        for found in merged:
            owner[0, found[0]] = owner[1, found[1]] = home
    return [_untangled(parts[home]) for home in sorted(parts)]


def _untangled(links: Sequence[Link]) -> Cluster:
    left = list(dict.fromkeys(start for start, _ in links))
    right = list(dict.fromkeys(end for _, end in links))
    if min(len(left), len(right)) <= _FEW:
        return _tried_out(left, right, links)
    best = (crossings(left, right, links), left, right)
    for _ in range(_ROUNDS):
        if not best[0]:
            break
        right = _by_barycentre(right, left, [(end, start) for start, end in links])
        left = _by_barycentre(left, right, links)
        now = crossings(left, right, links)
        if now >= best[0] and len(links) <= _MOST_SWAPPED:
            left, right = _swapped(best[1], best[2], links)
            now = crossings(left, right, links)
        if now >= best[0]:
            break
        best = (now, left, right)
    return Cluster(tuple(best[1]), tuple(best[2]), tuple(links))


def _tried_out(left: Sequence[str], right: Sequence[str], links: Sequence[Link]) -> Cluster:
    """The best order of the shorter side, the longer one following it; no crossing where none is needed."""
    back = [(end, start) for start, end in links]
    swap = len(left) > len(right)
    best: tuple[int, list[str], list[str]] | None = None
    for tried in permutations(right if swap else left):
        one = _by_barycentre(left, tried, links) if swap else list(tried)
        other = list(tried) if swap else _by_barycentre(right, tried, back)
        now = crossings(one, other, links)
        if best is None or now < best[0]:
            best = (now, one, other)
        if not now:
            break
    _, ordered_left, ordered_right = best or (0, list(left), list(right))
    return Cluster(tuple(ordered_left), tuple(ordered_right), tuple(links))


def _by_barycentre(moved: Sequence[str], fixed: Sequence[str], links: Sequence[Link]) -> list[str]:
    places = _places(fixed)
    partners: dict[str, list[int]] = {name: [] for name in moved}
    for name, partner in links:
        partners[name].append(places[partner])
    return sorted(moved, key=lambda name: sum(partners[name]) / len(partners[name]))


def _swapped(left: Sequence[str], right: Sequence[str], links: Sequence[Link]) -> tuple[list[str], list[str]]:
    """Neighbours exchanged wherever that saves a crossing."""
    left, right = list(left), list(right)
    for side in (left, right):
        for place in range(len(side) - 1):
            before = crossings(left, right, links)
            side[place], side[place + 1] = side[place + 1], side[place]
            if crossings(left, right, links) >= before:
                side[place], side[place + 1] = side[place + 1], side[place]
    return left, right


def _places(names: Sequence[str]) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(names)}
