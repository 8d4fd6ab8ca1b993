"""Coefficients of agreement against the numbers that were published with their formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pairing_graph.measures import coefficients as c

COHEN_1960 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
"""Cohen (1960), table 2: 200 patients, two judges, kappa .492."""
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
"""Gwet (2014), in irrCAC `cont3x3abstractors`: kappa 0.7964094, Scott's pi 0.7962397, AC1 0.8493305, alpha 0.7972585."""
TEN_BY_FOURTEEN = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
"""The table of 10 subjects, 14 raters and 5 categories with which Fleiss' kappa is explained everywhere: 0.210."""
SIX_RATERS = [
    [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0],
    [2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6],
    [1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1],
]  # fmt: skip
"""irrCAC `distrib.6raters` (half of Fleiss 1971): AC1 0.4448007, Fleiss 0.4139265, alpha 0.4204384, agreement 0.5511111."""
M = 0
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, M, M, M],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, M, 3],
    [M, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, M],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, M],
]
"""Krippendorff (2011): 4 observers, 12 units, alpha .743; irrCAC `cac.raw4raters`: AC1 0.77544, agreement 0.8181818."""
THREE_CODERS = [
    [M, M, M, M, M, 3, 4, 1, 2, 1, 1, 3, 3, M, 3],
    [1, M, 2, 1, 3, 3, 4, 3, M, M, M, M, M, M, M],
    [M, M, 2, 1, 3, 4, 4, M, 2, 1, 1, 3, 3, M, 4],
]
"""Krippendorff's example of 3 coders and 15 units, many missing: alpha .691."""
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
"""Krippendorff (2011): two observers, ten units, two values: alpha .095."""


def from_table(table):
    return np.array([(a, b) for a, row in enumerate(table) for b, many in enumerate(row) for _ in range(many)])


def raw(rows, categories):
    codes = np.array(rows).T - 1
    return c.counts_of(codes, categories)


def test_cohen_1960():
    assert c.cohens_kappa(from_table(COHEN_1960), 3) == pytest.approx(0.492, abs=5e-4)


def test_two_abstractors_by_gwet():
    codes = from_table(ABSTRACTORS)
    counts = c.counts_of(codes, 3)
    assert c.cohens_kappa(codes, 3) == pytest.approx(0.7964094, abs=5e-8)
    assert c.fleiss_kappa(counts) == pytest.approx(0.7962397, abs=5e-8)
    assert c.gwets_ac1(counts) == pytest.approx(0.8493305, abs=5e-8)
    assert c.krippendorffs_alpha(counts) == pytest.approx(0.7972585, abs=5e-8)
    assert c.percent_agreement(counts) == pytest.approx(0.89)


def test_fleiss_kappa_of_ten_subjects():
    assert c.fleiss_kappa(np.array(TEN_BY_FOURTEEN)) == pytest.approx(0.210, abs=5e-4)


def test_six_raters_by_gwet():
    counts = np.array(SIX_RATERS)
    assert c.gwets_ac1(counts) == pytest.approx(0.4448007, abs=5e-8)
    assert c.fleiss_kappa(counts) == pytest.approx(0.4139265, abs=5e-8)
    assert c.krippendorffs_alpha(counts) == pytest.approx(0.4204384, abs=5e-8)
    assert c.percent_agreement(counts) == pytest.approx(0.5511111, abs=5e-8)


def test_four_observers_of_whom_some_did_not_look():
    counts = raw(FOUR_OBSERVERS, 5)
    assert c.krippendorffs_alpha(counts) == pytest.approx(0.743, abs=5e-4)
    assert c.gwets_ac1(counts) == pytest.approx(0.77544, abs=5e-6)
    assert c.percent_agreement(counts) == pytest.approx(0.8181818, abs=5e-8)


def test_three_coders_with_many_missing():
    assert c.krippendorffs_alpha(raw(THREE_CODERS, 4)) == pytest.approx(0.691, abs=5e-4)


def test_two_observers_of_two_values():
    assert c.krippendorffs_alpha(c.counts_of(np.array(BINARY).T, 2)) == pytest.approx(0.095, abs=5e-4)


def test_the_paradox_of_kappa():
    """118 of 125 agree on yes, none on no (Gwet 2002): kappa is below 0, AC1 0.94."""
    codes = from_table([[118, 5], [2, 0]])
    assert c.cohens_kappa(codes, 2) == pytest.approx(-0.0234, abs=5e-5)
    assert c.gwets_ac1(c.counts_of(codes, 2)) == pytest.approx(0.9409, abs=5e-4)


def test_one_category_only_leaves_all_but_ac1_undefined():
    codes = np.zeros((5, 2), dtype=int)
    counts = c.counts_of(codes, 4)
    assert math.isnan(c.cohens_kappa(codes, 4))
    assert math.isnan(c.fleiss_kappa(counts))
    assert math.isnan(c.krippendorffs_alpha(counts))
    assert (c.percent_agreement(counts), c.gwets_ac1(counts)) == (1, 1)


@pytest.mark.parametrize("counts", [np.array(SIX_RATERS), raw(FOUR_OBSERVERS, 5), raw(THREE_CODERS, 4)])
def test_the_sums_of_the_bootstrap_give_the_alpha_of_the_library(counts):
    sums = {"counts": c.count_rows(counts).sum(axis=0)[None]}
    assert c.resampled_many(sums, counts.shape[1])["alpha"][0] == pytest.approx(c.krippendorffs_alpha(counts))


def interval(codes, clusters, **options):
    counts = c.counts_of(codes, 2)
    sums = {"counts": c.count_rows(counts), "crossed": c.crossed(codes, 2)}
    return c.intervals(clusters, sums, lambda drawn: c.resampled_pair(drawn, 2), **options)


def test_an_interval_is_that_of_a_plain_bootstrap():
    """A second way: draw the clusters one by one and take the share of equal codes."""
    generator = np.random.default_rng(3)
    codes = generator.integers(0, 2, size=(200, 2))
    codes[:120, 1] = codes[:120, 0]
    clusters = np.arange(200) // 4
    low, high = interval(codes, clusters, resamples=4000)["percent"]
    equal = (codes[:, 0] == codes[:, 1]).reshape(50, 4).mean(axis=1)
    plain = [equal[generator.integers(0, 50, 50)].mean() for _ in range(4000)]
    assert (low, high) == pytest.approx(tuple(np.percentile(plain, [2.5, 97.5])), abs=0.01)


def test_intervals_are_the_same_for_the_same_seed_and_need_two_clusters():
    codes = np.array([[0, 0], [0, 1], [1, 1], [1, 1], [0, 0], [1, 0]])
    clusters = np.array([0, 0, 1, 1, 2, 2])
    assert interval(codes, clusters) == interval(codes, clusters)
    assert all(math.isnan(end) for ends in interval(codes, np.zeros(6, dtype=int)).values() for end in ends)
