"""The baseline of congruence: hand-computed bounds of the 2022 notice, every permutation of small ones, and its limits."""

from __future__ import annotations

import time
from itertools import permutations
from statistics import mean

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.small import answering, small, together

import pairing_graph as pg
from pairing_graph.measures.baseline import drawn

ONE, OTHER = ["甲区商务局", "甲区教育局", "甲区财政局"], ["乙县商务局", "乙县教育局", "乙县林业局"]


@pytest.mark.parametrize(
    ("shuffled", "links", "expected", "upper"), [("all", 35, 0.06, 0.12), ("departments", 20, 0.10, 0.20)]
)
def test_the_2022_notice_is_far_above_chance(kb, shuffled, links, expected, upper):
    table = pg.congruence(kb, baseline="permutation", shuffled=shuffled, draws=4000)
    row = table.loc["plain"]
    assert row["expected"] == pytest.approx(expected, abs=0.006)
    assert row["upper"] == pytest.approx(upper, abs=1e-9)
    assert (row["congruence"], row["at_or_above"]) == (pytest.approx(0.6), 0)
    assert table.attrs["shuffled_links"] == links
    assert table.attrs["interval"] == "5th to 95th percentile"


def test_the_same_seed_gives_the_same_numbers(kb):
    one, same, other = (pg.congruence(kb, baseline="permutation", draws=200, seed=seed) for seed in (7, 7, 8))
    pd.testing.assert_frame_equal(one, same)
    assert not one["expected"].equals(other["expected"])


def test_the_other_columns_are_those_without_a_baseline(kb):
    plain = pg.congruence(kb)
    beside = pg.congruence(kb, baseline="permutation", draws=50)
    pd.testing.assert_frame_equal(beside[list(plain.columns)], plain, check_like=True)


def by_all_permutations(kb):
    """The congruence of every way to deal the partners out again, without the package's own code."""
    region = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    facts = answering(kb)
    needed = {
        frozenset((one, other))
        for units in facts.values()
        for one in units
        for other in units
        if region[one] != region[other]
    }
    links = list(zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True))
    donors, partners = zip(*links, strict=True)
    found = [{frozenset(pair) for pair in zip(donors, order, strict=True)} for order in permutations(partners)]
    return [len(pairs & needed) / len(needed) for pairs in found], len(set(map(frozenset, links)) & needed) / len(
        needed
    )


cells = st.lists(st.sampled_from(ONE), min_size=1, max_size=3, unique=True)
other_cells = st.lists(st.sampled_from(OTHER), min_size=1, max_size=3, unique=True)
tasks = st.lists(st.tuples(cells, other_cells), min_size=1, max_size=3)
some_links = st.lists(st.tuples(st.sampled_from(ONE), st.sampled_from(OTHER)), min_size=1, max_size=5, unique=True)


@settings(max_examples=25, deadline=None)
@given(tasks, some_links)
def test_it_is_that_of_all_permutations(lists, pairings):
    kb = small([{"lead": [*left, *right]} for left, right in lists], pairings)
    shares, observed = by_all_permutations(kb)
    row = pg.congruence(kb, baseline="permutation", draws=6000).loc["plain"]
    assert row["congruence"] == pytest.approx(observed)
    assert row["expected"] == pytest.approx(mean(shares), abs=0.03)
    assert row["at_or_above"] == pytest.approx(mean(share >= observed - 1e-9 for share in shares), abs=0.03)
    low, high = np.percentile(shares, [3, 97], method="inverted_cdf")
    assert low - 1e-9 <= row["lower"] <= row["upper"] <= high + 1e-9


def test_a_pair_that_is_drawn_twice_counts_once():
    kb = small([{"lead": ["甲区商务局", "乙县商务局"]}], [(ONE[0], OTHER[0]), (ONE[0], OTHER[1]), (ONE[1], OTHER[0])])
    shares, _ = by_all_permutations(kb)
    assert max(shares) == 1  # The two links of one unit can both be drawn for the other: still one pair.
    row = pg.congruence(kb, baseline="permutation").loc["plain"]
    assert row["upper"] == 1


def test_links_of_the_township_level_stay_where_only_departments_are_shuffled():
    kinds = {"甲区东街街道": "subdistrict", "乙县西镇": "town"}
    kb = small(
        [{"lead": ["甲区东街街道", "乙县西镇"]}, {"lead": [ONE[0], OTHER[0]]}],
        [("甲区东街街道", "乙县西镇"), (ONE[0], OTHER[0]), (ONE[1], OTHER[1])],
        kinds=kinds,
    )
    row = pg.congruence(kb, baseline="permutation", shuffled="departments").loc["plain"]
    assert row["lower"] == 0.5
    assert row["expected"] == pytest.approx(0.75, abs=0.03)


def test_each_notice_keeps_its_own_links(kb):
    one = small([{"lead": [ONE[0], OTHER[0]]}], [(ONE[0], OTHER[0])], document="a")
    other = small([{"lead": [ONE[1], OTHER[1]]}], [(ONE[1], OTHER[1])], document="b")
    both = together(one, other)
    assert pg.congruence(both, baseline="permutation").loc["plain", ["expected", "at_or_above"]].tolist() == [1, 1]
    pooled = pg.congruence(both, baseline="permutation", pooled=True).loc["plain"]
    assert pooled["expected"] == pytest.approx(0.5, abs=0.04)
    apart = pg.congruence(both, baseline="permutation", by="document")
    assert apart.xs("plain", level="variant")["expected"].to_dict() == {"a": 1, "b": 1}


def test_without_pairings_there_is_no_baseline(kb):
    table = pg.congruence(kb.replace(pairings=kb.pairings.iloc[:0]), baseline="permutation")
    assert table[["congruence", "expected", "lower", "upper", "at_or_above"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"baseline": "moon"}, "permutation"),
        ({"baseline": "permutation", "shuffled": "moon"}, "all, departments"),
        ({"baseline": "permutation", "draws": 0}, "1 or more"),
        ({"baseline": "permutation", "draws": 1.5}, "whole number. Where: draws. Expected: 1 or more. Got: 1.5"),
        ({"baseline": "permutation", "draws": True}, "whole number. Where: draws"),
        ({"baseline": "permutation", "seed": -1}, "whole number. Where: seed. Expected: 0 or more. Got: -1"),
        ({"baseline": "permutation", "by": "unit"}, "too few links"),
        ({"baseline": "permutation", "collectives": "expand"}, "leave_out"),
    ],
)
def test_what_would_mislead_is_refused(kb, options, said):
    with pytest.raises(pg.NoticeError, match=said):
        pg.congruence(kb, **options)


def test_a_thousand_units_take_seconds_at_most():
    rng = np.random.default_rng(0)
    sides = [f"a{i}" for i in range(500)], [f"b{i}" for i in range(500)]
    pairs = pd.DataFrame({"held": "d", "unit": rng.choice(sides[0], 4000), "partner": rng.choice(sides[1], 4000)})
    links = pairs.drop_duplicates().head(1000).reset_index(drop=True).assign(unit_region="a", partner_region="b")
    required = pairs.drop_duplicates().tail(2000).assign(plain=1, weighted=2)
    before = time.perf_counter()
    found = drawn(required, links, pd.Series(True, index=links.index), 2000, 0)["d"]
    assert time.perf_counter() - before < 10  # A second or less on a free machine.
    assert found.shape == (2000, 2)
    assert (found[:, 1] == 2 * found[:, 0]).all()
    assert found[:, 0].mean() == pytest.approx(1000 * 2000 / 250_000, rel=0.05)


def test_a_notice_draws_by_its_place_among_those_with_links():
    """With NumPy's own generator: as the second of two it draws otherwise than alone; one without links takes no place."""
    sides = [f"a{i}" for i in range(9)], [f"b{i}" for i in range(9)]
    own = pd.DataFrame({"held": "second", "unit": sides[0], "partner": sides[1]})
    own = own.assign(unit_region="a", partner_region="b")
    both = pd.concat([own.assign(held="first"), own], ignore_index=True)
    required = own[["held", "unit", "partner"]].assign(plain=1)

    def met(links, before):
        wanted = pd.concat([required.assign(held="first"), required]) if before else required
        return drawn(wanted, links, pd.Series(True, index=links.index), 50, seed=3)["second"][:, 0].tolist()

    def by_hand(place):
        partners = np.random.default_rng([3, place]).permuted(np.tile(np.arange(9), (50, 1)), axis=1)
        return (partners == np.arange(9)).sum(axis=1).tolist()

    assert met(both, before=True) == by_hand(1)
    assert met(own, before=True) == met(own, before=False) == by_hand(0)
    assert by_hand(0) != by_hand(1)
