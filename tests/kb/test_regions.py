"""Regions come in one order everywhere."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from pairing_graph.kb.regions import regions_in_order
from pairing_graph.look.palette import REGIONS, region_looks
from pairing_graph.places.order import order_regions


@pytest.mark.parametrize(
    ("pairs", "titled", "expected"),
    [
        ([], [], ["甲", "乙", "丙", ""]),
        ([], ["丙", "丁", "乙"], ["丙", "乙", "甲", ""]),
        ([("乙", "丙")], ["甲"], ["乙", "丙", "甲", ""]),
        ([("乙", "丙"), ("丙", "甲"), ("丙", "甲")], [], ["丙", "甲", "乙", ""]),
        ([("乙", "丙"), ("甲", "丙")], [], ["乙", "丙", "甲", ""]),
        ([("", "乙"), ("", "乙"), ("丙", "")], [], ["丙", "乙", "甲", ""]),
        ([("乙", "乙")], [], ["乙", "甲", "丙", ""]),
        ([("丁", "乙")], ["丁"], ["乙", "甲", "丙", ""]),
    ],
    ids=["units", "titles", "pairings-first", "the-most", "equal", "unknown", "within-one", "without-units"],
)
def test_pairings_then_titles_then_units(pairs, titled, expected):
    assert order_regions(["甲", "", "乙", "丙", "甲"], pairs, titled) == expected


def test_nothing_has_no_order():
    assert order_regions([]) == regions_in_order(pg.KnowledgeBase()) == []


def test_the_2022_notice_begins_with_the_donors(kb):
    assert regions_in_order(kb) == ["渝中区", "巫溪县"]


def test_a_notice_that_is_cut_before_its_pairings_follows_its_title(kb):
    cut = kb.replace(pairings=kb.pairings.iloc[:0])
    assert regions_in_order(cut) == ["渝中区", "巫溪县"] == list(kb.documents["regions"].iloc[0])
    turned = cut.replace(units=cut.units.iloc[::-1])
    assert regions_in_order(turned) == ["渝中区", "巫溪县"]


def test_figures_paint_regions_in_this_order(kb):
    cut = kb.replace(pairings=kb.pairings.iloc[:0])
    assert [look.colour for look in region_looks(cut).values()] == [look.colour for look in REGIONS[:2]]
    assert list(region_looks(cut)) == regions_in_order(cut)
