"""The units of coding on which coders can agree: for every kind of fact, which there are and what each coder says of them.

A kind of fact has its own population. Who is assigned is asked of every place that anybody takes for a task and every unit
that anybody names, so that two who leave a unit out agree; which targets there are has no such population, since the
quantities that nobody saw cannot be counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from pairing_graph.kb.address import Address, document_of
from pairing_graph.kb.schema import COMPARATORS, ROLES
from pairing_graph.measures.coefficients import MISSING, Codes
from pairing_graph.reading.codings import Coding
from pairing_graph.reading.corrections.values import shown_number

Key = tuple[Any, ...]
Said = Mapping[Key, str]
NONE = "none"
_TOGETHER = "+"


class Pair(NamedTuple):
    """A pair of units as a coder sees it; the direction is `known`, `unknown` or `both`."""

    donor: str
    recipient: str
    direction: str


@dataclass(frozen=True)
class Ratings:
    """What coders say of the units of coding of one kind of fact.

    Attributes:
        keys: The units of coding.
        codes: A row per unit, a column per coder: the number of the category, -1 where the coder did not look.
        clusters: The task (or donor) of each unit, from 0: what is drawn for intervals.
        categories: The categories that could be used, `none` first where absence is one.
        chance: Whether agreement by chance is defined: the population holds what nobody named.
    """

    keys: tuple[Key, ...]
    codes: Codes
    clusters: Codes
    categories: tuple[str, ...]
    chance: bool = True


def ratings(fact: str, codings: Sequence[Coding], rank: Mapping[str, int]) -> Ratings:
    """The units of coding of a kind of fact and what each coder says.

    Args:
        fact: One of `FACTS`.
        codings: The coders, two or more.
        rank: Unit → its place in the order by which directions are named.
    """
    return FACTS[fact](codings, rank)


def roles_said(coding: Coding) -> dict[Key, str]:
    """(place, unit) → its role; several are joined."""
    found: dict[Key, set[str]] = defaultdict(set)
    for place, unit, role in coding.assignments:
        found[place, unit].add(role)
    return {key: _TOGETHER.join(role for role in ROLES if role in roles) for key, roles in found.items()}


def pairs_said(coding: Coding) -> dict[Key, Pair]:
    """(document, the two units by name) → donor, recipient, and `known`, `unknown` or `both` for the direction."""
    found: dict[Key, Pair] = {}
    for place, donor, recipient, known in sorted(coding.pairings):
        key = (document_of(place), *sorted((donor, recipient)))
        before = found.get(key, Pair(donor, recipient, "known" if known else "unknown"))
        turned = before[:2] != (donor, recipient)
        found[key] = Pair(before.donor, before.recipient, "both" if turned else before.direction)
    return found


def targets_said(coding: Coding) -> dict[Key, tuple[str, bool]]:
    """(place, value, value_max, quantity_unit, which of equal ones) → comparator, and whether it is aspirational."""
    count: Counter[Key] = Counter()
    found: dict[Key, tuple[str, bool]] = {}
    for aimed in sorted(coding.targets, key=repr):
        key = (
            aimed.place,
            *("" if number is None else shown_number(number) for number in aimed[1:3]),
            aimed.quantity_unit,
        )
        count[key] += 1
        found[*key, count[key]] = aimed.comparator, aimed.aspirational
    return found


def _coded(codings: Sequence[Coding], sheet: str) -> list[Coding]:
    return [coding for coding in codings if sheet in coding.listed]


def _pairable(coders: Sequence[Coding], sheet: str, places: Iterable[str]) -> list[str]:
    """The places that two or more coders looked at, in the order of reading."""
    kept = [place for place in set(places) if sum(coder.covers(sheet, place) for coder in coders) > 1]
    return sorted(kept, key=lambda place: Address.parse(place).sort_key)


def _made(
    keys: Sequence[Key],
    cluster: Callable[[Key], Any],
    categories: Sequence[str],
    values: Sequence[Callable[[Key], str | None]],
    *,
    chance: bool = True,
) -> Ratings:
    """Ratings from one function per coder: key → category, None where the coder did not look."""
    number = {category: count for count, category in enumerate(categories)} | {None: MISSING}
    codes = np.array([[number[value(key)] for value in values] for key in keys], dtype=np.int64)
    order: dict[Any, int] = {}
    clusters = np.array([order.setdefault(cluster(key), len(order)) for key in keys], dtype=np.int64)
    return Ratings(tuple(keys), codes.reshape(len(keys), len(values)), clusters, tuple(categories), chance)


def _at_places(said: Sequence[Said], coders: Sequence[Coding], sheet: str) -> list[Callable[[Key], str | None]]:
    """For each coder: what is said of a unit of coding whose first part is a place; `none`, or None where not looked."""

    def answer(mine: Said, coder: Coding) -> Callable[[Key], str | None]:
        return lambda key: mine.get(key, NONE) if coder.covers(sheet, key[0]) else None

    return [answer(mine, coder) for mine, coder in zip(said, coders, strict=True)]


def _assigned(codings: Sequence[Coding]) -> tuple[list[Coding], list[dict[Key, str]], list[str]]:
    coders = _coded(codings, "assignments")
    said = [roles_said(coder) for coder in coders]
    return coders, said, _pairable(coders, "assignments", (place for mine in said for place, _ in mine))


def _assignments(codings: Sequence[Coding], rank: Mapping[str, int]) -> Ratings:
    coders, said, places = _assigned(codings)
    here = set(places)
    units = dict.fromkeys(sorted(unit for mine in said for place, unit in mine if place in here))
    keys = [(place, unit) for place in places for unit in units]
    present = [dict.fromkeys(mine, "assigned") for mine in said]
    return _made(keys, _first, (NONE, "assigned"), _at_places(present, coders, "assignments"))


def _roles(codings: Sequence[Coding], rank: Mapping[str, int]) -> Ratings:
    coders, said, places = _assigned(codings)
    named: dict[str, set[str]] = defaultdict(set)
    for place, unit in chain.from_iterable(said):
        named[place].add(unit)
    keys = [(place, unit) for place in places for unit in sorted(named[place])]
    together = sorted({role for mine in said for role in mine.values()} - {*ROLES})
    return _made(keys, _first, (NONE, *ROLES, *together), _at_places(said, coders, "assignments"))


def _roles_given_unit(codings: Sequence[Coding], rank: Mapping[str, int]) -> Ratings:
    return _given(_roles(codings, rank))


def _given(whole: Ratings) -> Ratings:
    """The units of coding of which nobody says `none`, without that category."""
    kept = (whole.codes != 0).all(axis=1)
    codes = np.where(whole.codes == MISSING, MISSING, whole.codes - 1)[kept]
    _, clusters = np.unique(whole.clusters[kept], return_inverse=True)
    keys = tuple(key for key, keep in zip(whole.keys, kept, strict=True) if keep)
    return Ratings(keys, codes, clusters.astype(np.int64), whole.categories[1:])


def _paired(codings: Sequence[Coding]) -> list[dict[Key, Pair]]:
    """What each coder says of pairs, at the places that all of them looked at."""
    coders = _coded(codings, "pairings")

    def common(coder: Coding) -> Coding:
        kept = (fact for fact in coder.pairings if all(other.covers("pairings", fact.place) for other in coders))
        return Coding(coder.name, pairings=frozenset(kept))

    return [pairs_said(common(coder)) for coder in coders] if len(coders) > 1 else []


def _pairings(codings: Sequence[Coding], rank: Mapping[str, int]) -> Ratings:
    said = _paired(codings)
    ends: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for key, pair in sorted(chain.from_iterable(mine.items() for mine in said)):
        for side, unit in zip(ends[key[0]], pair[:2], strict=True):
            side.add(unit)
    cluster: dict[Key, Key] = {}
    for document, (donors, recipients) in ends.items():
        possible = ((a, b) for a in sorted(donors) for b in sorted(recipients) if a != b)
        cluster.update({(document, *sorted(pair)): (document, pair[0]) for pair in possible})
    present = [dict.fromkeys(mine, "paired") for mine in said]
    values = [_getter(mine, NONE) for mine in present]
    return _made(list(cluster), lambda key: cluster[key], (NONE, "paired"), values)


def _directions(codings: Sequence[Coding], rank: Mapping[str, int]) -> Ratings:
    said = _paired(codings)
    keys = sorted(set.intersection(*map(set, said))) if said else []
    directions = [{key: _direction(pair, rank) for key, pair in mine.items()} for mine in said]
    values = [_getter(mine, NONE) for mine in directions]
    return _made(keys, lambda key: said[0][key].donor, ("forward", "backward", "unknown", "both"), values)


def _direction(pair: Pair, rank: Mapping[str, int]) -> str:
    """Whether the unit that helps comes first in the order of regions and names."""
    if pair.direction != "known":
        return pair.direction
    donor, recipient = ((rank.get(unit, len(rank)), unit) for unit in pair[:2])
    return "forward" if donor < recipient else "backward"


def _quantities(codings: Sequence[Coding]) -> tuple[list[Coding], list[dict[Key, tuple[str, bool]]], list[Key]]:
    coders = _coded(codings, "targets")
    said = [targets_said(coder) for coder in coders]
    places = _pairable(coders, "targets", (key[0] for mine in said for key in mine))
    order = {place: count for count, place in enumerate(places)}
    keys = {key for mine in said for key in mine if key[0] in order}
    return coders, said, sorted(keys, key=lambda key: (order[key[0]], key))


def _targets(codings: Sequence[Coding], rank: Mapping[str, int]) -> Ratings:
    coders, said, keys = _quantities(codings)
    present = [dict.fromkeys(mine, "found") for mine in said]
    return _made(keys, _first, (NONE, "found"), _at_places(present, coders, "targets"), chance=False)


def _comparators(codings: Sequence[Coding], rank: Mapping[str, int]) -> Ratings:
    coders, said, keys = _quantities(codings)
    compared = [{key: pair[0] for key, pair in mine.items()} for mine in said]
    return _given(_made(keys, _first, (NONE, *COMPARATORS), _at_places(compared, coders, "targets")))


def _aspirational(codings: Sequence[Coding], rank: Mapping[str, int]) -> Ratings:
    coders, said, keys = _quantities(codings)
    flags = [{key: "yes" if pair[1] else "no" for key, pair in mine.items()} for mine in said]
    return _given(_made(keys, _first, (NONE, "no", "yes"), _at_places(flags, coders, "targets")))


def _first(key: Key) -> Any:
    return key[0]


def _getter(said: Said, default: str) -> Callable[[Key], str | None]:
    return lambda key: said.get(key, default)


FACTS: Mapping[str, Callable[[Sequence[Coding], Mapping[str, int]], Ratings]] = MappingProxyType(
    {
        "assignments": _assignments,
        "roles": _roles,
        "roles_given_unit": _roles_given_unit,
        "pairings": _pairings,
        "directions": _directions,
        "targets": _targets,
        "comparators": _comparators,
        "aspirational": _aspirational,
    }
)
"""Kind of fact → its units of coding."""
SHEET_OF: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("assignments", "roles", "roles_given_unit"), "assignments"),
        **dict.fromkeys(("pairings", "directions"), "pairings"),
        **dict.fromkeys(("targets", "comparators", "aspirational"), "targets"),
    }
)
"""Kind of fact → the sheet in which it is coded."""
