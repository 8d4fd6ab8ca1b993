"""The order in which links cross least."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing_graph.figures.widgets.order import clusters
from pairing_graph.look.crossings import crossings

LINKS = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("12345")), min_size=1, max_size=9)


def counted_by_hand(left, right, links):
    return sum(
        (left.index(a) - left.index(b)) * (right.index(x) - right.index(y)) < 0
        for (a, x), (b, y) in combinations(links, 2)
    )


@given(LINKS)
def test_crossings_are_counted_pair_by_pair(links):
    assert crossings("abcde", "12345", links) == counted_by_hand("abcde", "12345", links)


@given(LINKS)
def test_clusters_keep_every_link_once_and_share_no_unit(links):
    found = clusters(links)
    kept = [link for cluster in found for link in cluster.links]
    assert sorted(kept) == sorted(set(links))
    for side in (0, 1):
        named = [unit for cluster in found for unit in (cluster.left, cluster.right)[side]]
        assert sorted(named) == sorted({link[side] for link in links})


@given(LINKS)
def test_where_no_crossing_is_needed_there_is_none(links):
    for cluster in clusters(links):
        left, right = sorted(cluster.left), sorted(cluster.right)
        least = min(
            counted_by_hand(one, other, cluster.links)
            for one in permutations(left)
            for other in permutations(right)
        ) if len(left) * len(right) <= 9 else None  # fmt: skip
        now = crossings(cluster.left, cluster.right, cluster.links)
        if least == 0:
            assert now == 0


def test_a_large_cluster_crosses_no_more_than_as_written():
    links = [(f"左{i}", f"右{(i * 7) % 10}") for i in range(10)] + [(f"左{i}", f"右{i}") for i in range(10)]
    written = crossings([f"左{i}" for i in range(10)], list(dict.fromkeys(end for _, end in links)), links)
    assert sum(crossings(c.left, c.right, c.links) for c in clusters(links)) < written


def test_the_pairings_of_2022_need_no_crossing(kb):
    links = list(zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True))
    assert [crossings(c.left, c.right, c.links) for c in clusters(links)] == [0] * 28


@pytest.mark.parametrize("links", [[], [("a", "a")]], ids=["none", "same-name-on-both-sides"])
def test_edges_of_the_case(links):
    assert [cluster.links for cluster in clusters(links)] == [tuple(links)] * bool(links)
