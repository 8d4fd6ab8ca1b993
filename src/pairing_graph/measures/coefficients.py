"""Coefficients of agreement between coders on nominal categories, each by its published formula, with bootstrap intervals.

What coders said is an array of whole numbers: a row per unit of coding, a column per coder, the category as a number from
0, and -1 where a coder did not code the unit. A coefficient that is not defined (nothing coded, one category only) is NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pairing_graph.base.errors import MissingExtraError
from pairing_graph.base.extras import require

_ALPHA = "Krippendorff's alpha"
Codes = NDArray[np.int64]
Floats = NDArray[np.float64]
MISSING = -1
RESAMPLES = 1000
"""Bootstrap samples: what Efron and Tibshirani (1993, ch. 13) take for percentile intervals."""
SEED = 1
CONFIDENCE = 0.95
_MOST_UNDEFINED = 0.05
"""Share of samples in which a coefficient may be undefined; with more the interval would be one of the others only."""


def counts_of(codes: Codes, categories: int) -> NDArray[np.int64]:
    """How many coders put each unit into each category: a row per unit, a column per category.

    Example:
        >>> counts_of(np.array([[0, 1], [1, 1], [-1, 0]]), 2).tolist()
        [[1, 1], [0, 2], [1, 0]]
    """
    return np.stack([(codes == category).sum(axis=1) for category in range(categories)], axis=1)


def crossed(codes: Codes, categories: int) -> NDArray[np.int64]:
    """For each unit the cell of the table of two coders that it falls into, as a row of 0 and one 1."""
    both = (codes >= 0).all(axis=1)
    cell = np.where(both, codes[:, 0] * categories + codes[:, 1], 0)
    rows = np.zeros((len(codes), categories * categories), dtype=np.int64)
    rows[np.arange(len(codes)), cell] = both
    return rows


def percent_agreement(counts: NDArray[Any]) -> float:
    """Share of pairs of coders who agree, the mean over units: Σ_k r_ik (r_ik - 1) / (r_i (r_i - 1)) (Fleiss 1971).

    For two coders it is the share of units on which they agree. Units of one coder are left out.

    Example:
        >>> percent_agreement(np.array([[2, 0], [1, 1]]))
        0.5
    """
    return float(_of_counts(_count_sums(counts)[None], counts.shape[1])["percent"][0])


def cohens_kappa(codes: Codes, categories: int) -> float:
    """Cohen's kappa for two coders: (p_o - p_e) / (1 - p_e), p_e = Σ_k p_k1 p_k2 (Cohen 1960).

    Example:
        >>> table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]  # Cohen 1960, table 2
        >>> codes = [(a, b) for a, row in enumerate(table) for b, many in enumerate(row) for _ in range(many)]
        >>> round(cohens_kappa(np.array(codes), 3), 3)
        0.492
    """
    return float(_kappas(crossed(codes, categories).sum(axis=0)[None], categories)[0])


def fleiss_kappa(counts: NDArray[Any]) -> float:
    """Fleiss' kappa: p_e = Σ_k p_k², p_k the share of category k in all codes (Fleiss 1971); for two, Scott's pi.

    Example:
        >>> round(fleiss_kappa(np.array([[3, 0], [0, 3], [2, 1]])), 2)
        0.55
    """
    return float(_of_counts(_count_sums(counts)[None], counts.shape[1])["fleiss"][0])


def gwets_ac1(counts: NDArray[Any]) -> float:
    """Gwet's AC1: p_e = Σ_k p_k (1 - p_k) / (q - 1), q the number of categories that could be used (Gwet 2008).

    It is defined where all codes are one category, as where every role of a notice is `lead`; kappa is not.

    Example:
        >>> round(gwets_ac1(np.array([[2, 0], [2, 0], [1, 1]])), 2)
        0.54
        >>> gwets_ac1(np.array([[2, 0], [2, 0]]))
        1.0
    """
    return float(_of_counts(_count_sums(counts)[None], counts.shape[1])["ac1"][0])


def alpha_is_missing() -> str:
    """Why Krippendorff's alpha cannot be computed, as a sentence; empty where it can."""
    try:
        require("krippendorff", "agreement", _ALPHA)
    except MissingExtraError as error:
        return str(error)
    return ""


def krippendorffs_alpha(counts: NDArray[Any]) -> float:
    """Krippendorff's alpha for nominal data, 1 - D_o / D_e, by the library `krippendorff` (Krippendorff 2019, ch. 12).

    Units of one coder are left out, those that some did not code are taken. NaN without the library, which is under the
    GPL: everything else of an agreement can be had without it.

    Example:
        >>> round(krippendorffs_alpha(np.array([[2, 0], [1, 1], [0, 2]])), 3)
        0.444
    """
    if alpha_is_missing():
        return float("nan")
    library = require("krippendorff", "agreement", _ALPHA)
    used = counts[counts.sum(axis=1) >= 2]
    if (used.sum(axis=0) > 0).sum() < 2:
        return float("nan")
    return float(library.alpha(value_counts=used, level_of_measurement="nominal"))


def f_scores(both: Any, one: Any, other: Any) -> tuple[Any, Any, Any]:
    """Precision, recall and F1 of the facts of one coder against those of another.

    Args:
        both: Facts of both.
        one: Facts of the first.
        other: Facts of the second, taken for the truth.

    Example:
        >>> precision, recall, f1 = f_scores(3, 4, 6)
        >>> float(precision), float(recall), float(f1)
        (0.75, 0.5, 0.6)
    """
    return _ratio(both, one), _ratio(both, other), _ratio(2 * np.asarray(both), np.asarray(one) + other)


def intervals(
    clusters: Codes,
    sums: Mapping[str, NDArray[Any]],
    coefficients: Callable[[Mapping[str, Floats]], Mapping[str, Floats]],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, tuple[float, float]]:
    """Percentile intervals of coefficients, whole clusters drawn with replacement (Efron and Tibshirani 1993).

    The units of one task are not independent, so tasks are drawn. NaN with fewer than two clusters, or where more than
    one sample in twenty leaves a coefficient undefined.

    Args:
        clusters: The cluster of each unit, from 0.
        sums: Rows per unit whose sums the coefficients are made of.
        coefficients: The coefficients of many samples at once, given the sums of each.
        resamples: How many samples are drawn.
        seed: The seed of the drawing.
    """
    many = int(clusters.max(initial=-1)) + 1
    drawn = np.random.default_rng(seed).multinomial(many, [1 / max(many, 1)] * max(many, 1), size=resamples)
    resampled = {}
    for name, rows in sums.items():
        per_cluster = np.zeros((max(many, 1), rows.shape[1]))
        np.add.at(per_cluster, clusters, rows)
        resampled[name] = drawn @ per_cluster
    found = coefficients(resampled)
    return {name: _percentiles(values) if many > 1 else (float("nan"),) * 2 for name, values in found.items()}


def resampled_pair(sums: Mapping[str, Floats], categories: int) -> dict[str, Floats]:
    """The coefficients of two coders in many samples at once, given their tables (`crossed`) and counts."""
    return {"kappa": _kappas(sums["crossed"], categories), **_of_counts(sums["counts"], categories)}


def resampled_many(sums: Mapping[str, Floats], categories: int) -> dict[str, Floats]:
    """The coefficients of any number of coders in many samples at once."""
    return _of_counts(sums["counts"], categories)


def count_rows(counts: NDArray[Any]) -> Floats:
    """Rows per unit whose sums give percent agreement, Fleiss' kappa, AC1 and alpha.

    Whether one coded the unit, whether two did, the share of agreeing pairs, the disagreement as alpha weighs it; then
    the share of each category among the unit's codes (as Gwet 2014 does with missing ones), and the codes that alpha takes.
    """
    held = counts.sum(axis=1)
    paired = held >= 2
    agreeing = (counts * (counts - 1)).sum(axis=1)
    pairs = held * (held - 1)
    columns = [held > 0, paired, agreeing / np.maximum(pairs, 1), (pairs - agreeing) / np.maximum(held - 1, 1)]
    shares = counts / np.maximum(held, 1)[:, None]
    rows: Floats = np.concatenate([np.stack(columns, axis=1), shares, counts * paired[:, None]], axis=1).astype(float)
    return rows


def _count_sums(counts: NDArray[Any]) -> Floats:
    rows: Floats = count_rows(counts).sum(axis=0)
    return rows


def _of_counts(sums: Floats, categories: int) -> dict[str, Floats]:
    """Percent agreement, Fleiss' kappa, AC1 and alpha from sums of `count_rows`, a row per sample."""
    coded, paired, agreeing, disagreeing = sums[:, :4].T
    shares, codes = sums[:, 4 : 4 + categories], sums[:, 4 + categories :]
    percent = _ratio(agreeing, paired)
    share = _ratio(shares, coded[:, None])
    by_chance = (share * (1 - share)).sum(axis=1) / max(categories - 1, 1)
    total = codes.sum(axis=1)
    expected = _ratio(total**2 - (codes**2).sum(axis=1), total - 1)
    return {
        "percent": percent,
        "fleiss": _corrected(percent, (share**2).sum(axis=1)),
        "ac1": _corrected(percent, by_chance),
        "alpha": 1 - _ratio(disagreeing, expected),
    }


def _kappas(tables: Floats | NDArray[Any], categories: int) -> Floats:
    """Cohen's kappa of tables of two coders, each flat in a row."""
    square = np.asarray(tables, dtype=float).reshape(-1, categories, categories)
    total = square.sum(axis=(1, 2))
    observed = _ratio(np.trace(square, axis1=1, axis2=2), total)
    expected = _ratio((square.sum(axis=1) * square.sum(axis=2)).sum(axis=1), total**2)
    return _corrected(observed, expected)


def _corrected(observed: Any, expected: Any) -> Floats:
    """Agreement beyond chance: (p_o - p_e) / (1 - p_e), NaN where chance alone would agree always."""
    rest = 1 - expected
    return _ratio(observed - expected, np.where(np.isclose(rest, 0), 0, rest))


def _ratio(part: Any, whole: Any) -> Floats:
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    none = whole == 0
    ratio: Floats = np.where(none, np.nan, part / np.where(none, 1, whole))
    return ratio


def _percentiles(values: Floats) -> tuple[float, float]:
    defined = values[~np.isnan(values)]
    if len(defined) < len(values) * (1 - _MOST_UNDEFINED):
        return float("nan"), float("nan")
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(defined, [tail, 100 - tail])
    return float(low), float(high)
