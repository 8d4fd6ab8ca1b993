"""Baseline of congruence: what pairings drawn at random would meet, with the same number of pairings for every unit.

The partners are shuffled over the links of the pairing table, so every unit keeps its number of links: the stubs of a
configuration model (Newman, Strogatz & Watts 2001) between the same two regions. That such a draw is held against the
observed number is a permutation test as in Hubert & Schultz (1976) and Krackhardt (1988); that it is applied to
congruence is a variant of our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.concentration import POPULATIONS
from pairing_graph.measures.meeting import HELD
from pairing_graph.measures.pairs import PAIR

Baseline = Literal["permutation"]
Shuffled = Literal["all", "departments"]
LOWER, UPPER = 5, 95
"""Percentiles of the interval: nine draws of ten lie between them, as is usual beside a one-sided test at 5 %."""
DRAWS = 2000
"""With so many the standard error of a 95th percentile's place is half a per cent of the draws: √(.05 · .95 / 2000)."""
_CELLS = 2_000_000
"""Drawn links that are in memory at a time: 16 MB of integers for each of a few arrays."""


def drawn(
    required: pd.DataFrame, links: pd.DataFrame, moves: pd.Series[bool], draws: int, seed: int
) -> dict[str, NDArray[np.int64]]:
    """What each of many random pairings meets: for every notice an array of draws × weights.

    A draw that gives a pair of units two links counts it once, and a link of a unit with itself counts nothing: such
    draws have fewer pairs than the table. Nothing is drawn again for it, since that would favour units with few links.

    The draws of a notice are those of NumPy's `default_rng([seed, place])`, its place from 0 among the notices with links,
    which is `default_rng(seed)` for the first: `permuted` over draws × partners, the links of each two regions in their
    order. So anyone can draw the same of the same notices in the same order. A notice that comes later is
    drawn with other numbers than alone: its expected share then differs by chance, the less the more draws.

    Args:
        required: The pairs that need coordination: held, unit, partner, then a column for every weight.
        links: The pairs that the table joins: held, unit, partner, and the regions of both.
        moves: Which links are shuffled; the others stay.
        draws: How many.
        seed: What the numbers are drawn from; the same seed gives the same draws.
    """
    places = {held: place for place, held in enumerate(dict.fromkeys(links[HELD]))}
    found: dict[str, NDArray[np.int64]] = {}
    for held, part in required.groupby(HELD, sort=False):
        own = links[links[HELD] == held]
        rng = np.random.default_rng([seed, places.get(str(held), 0)])
        met = [_met(part, own, moves.loc[own.index], count, rng) for count in _portions(draws, len(own))]
        found[str(held)] = np.concatenate(met)
    return found


def moving(kb: KnowledgeBase, links: pd.DataFrame, shuffled: Shuffled) -> pd.Series[bool]:
    """Which links are shuffled: all, or those with a department, party organ or institution at one end at least."""
    if shuffled == "all":
        return pd.Series(True, index=links.index)
    departments = set(kb.units.loc[kb.units["kind"].isin(POPULATIONS["departments"]), "unit"])
    return links["unit"].isin(departments) | links["partner"].isin(departments)


def with_regions(kb: KnowledgeBase, links: pd.DataFrame) -> pd.DataFrame:
    """Links with the regions of both ends."""
    region = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    return links.assign(unit_region=links["unit"].map(region), partner_region=links["partner"].map(region))


def compared(drawn_counts: NDArray[np.int64], observed: int, required: int) -> dict[str, Any]:
    """The mean and the percentiles of the drawn shares, and how many draws are at or above what is observed.

    Example:
        >>> compared(np.array([0, 1, 1, 2]), 2, 4)["expected"], compared(np.array([0, 1, 1, 2]), 2, 4)["at_or_above"]
        (0.25, 0.25)
    """
    lower, upper = np.percentile(drawn_counts, [LOWER, UPPER], method="inverted_cdf") / required
    return {
        "expected": float(drawn_counts.mean()) / required,
        "lower": float(lower),
        "upper": float(upper),
        "at_or_above": float((drawn_counts >= observed).mean()),
    }


def _portions(draws: int, links: int) -> Iterator[int]:
    most = max(_CELLS // max(links, 1), 1)
    for start in range(0, draws, most):
        yield min(most, draws - start)


def _met(
    required: pd.DataFrame, links: pd.DataFrame, moves: pd.Series[bool], draws: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """What some draws of one notice meet, draws × weights."""
    weights = required.drop(columns=[HELD, *PAIR]).to_numpy(dtype=np.int64)
    units = pd.Index(pd.unique(pd.concat([links["unit"], links["partner"], required["unit"], required["partner"]])))
    size = len(units)
    one, other = (units.get_indexer(pd.Index(required[side])) for side in PAIR)
    wanted = _codes(one, other, size)
    order = np.argsort(wanted)
    pairs = _shuffled(links, moves, units, draws, rng)
    pairs.sort(axis=1)  # so that a pair that is drawn twice stands beside itself
    once = np.ones(pairs.shape, dtype=bool)
    once[:, 1:] = pairs[:, 1:] != pairs[:, :-1]
    place = np.searchsorted(wanted, pairs, sorter=order)
    hit = once & (place < len(wanted))
    which = order[np.minimum(place, len(wanted) - 1)]
    hit &= wanted[which] == pairs
    total = np.zeros((draws, weights.shape[1]), dtype=np.int64)
    draw, column = np.nonzero(hit)
    np.add.at(total, draw, weights[which[draw, column]])
    return total


def _shuffled(
    links: pd.DataFrame, moves: pd.Series[bool], units: pd.Index[str], draws: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """The codes of the pairs of every draw: partners change places among links of the same two regions."""
    parts = [np.zeros((draws, 0), dtype=np.int64)]
    for _, part in _blocks(links, moves):
        unit, partner = (units.get_indexer(pd.Index(part[side])).astype(np.int64) for side in PAIR)
        places = np.tile(partner, (draws, 1))
        if moves.loc[part.index].all():
            places = rng.permuted(places, axis=1)
        parts.append(_codes(np.broadcast_to(unit, places.shape), places, len(units)))
    return np.concatenate(parts, axis=1)


def _blocks(links: pd.DataFrame, moves: pd.Series[bool]) -> Iterable[tuple[Any, pd.DataFrame]]:
    return links.assign(_moves=moves).groupby(["unit_region", "partner_region", "_moves"], sort=False)


def _codes(one: NDArray[Any], other: NDArray[Any], size: int) -> NDArray[np.int64]:
    """A number for every pair of units, whichever comes first."""
    least, greatest = np.minimum(one, other).astype(np.int64), np.maximum(one, other).astype(np.int64)
    codes: NDArray[np.int64] = least * size + greatest
    return codes
