"""Concentration against published and independently computed numbers."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measures.small import small

import pairing_graph as pg
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.concentration import gini, hhi, jain, lorenz

loads = st.lists(st.integers(0, 50), min_size=1, max_size=20).filter(any)


@pytest.fixture(scope="module")
def southern_women():
    graph = nx.davis_southern_women_graph()
    women = graph.graph["top"]
    return [graph.degree(woman) for woman in women], [graph.degree(event) for event in graph if event not in women]


def test_southern_women(southern_women):
    women, events = southern_women
    assert gini(events) == pytest.approx(0.294543, abs=5e-7)
    assert hhi(events) == pytest.approx(0.092539, abs=5e-7)
    assert jain(events) == pytest.approx(0.771877, abs=5e-7)
    assert gini(women) == pytest.approx(0.234082, abs=5e-7)


@pytest.mark.parametrize(
    ("shares", "index"), [([30, 30, 20, 20], 0.26), ([10, 9, 12, 15, 12, 11, 15, 16], 0.1296)], ids=["four", "eight"]
)
def test_published_hhi(shares, index):
    assert hhi(shares) == pytest.approx(index, abs=5e-5)


def test_the_leaders_of_the_2022_notice(kb):
    bearers = pg.concentration(kb, population="bearers")
    assert bearers.loc["渝中区", "gini"] == pytest.approx(0.342, abs=5e-4)
    assert bearers.loc["渝中区", ["units", "total"]].tolist() == [14, 37]
    departments = pg.concentration(kb)
    assert departments.loc["渝中区", "units"] == 16
    assert departments["total"].to_dict() == {"渝中区": 37, "巫溪县": 36}
    assert pg.concentration(kb, population="committees")["total"].to_dict() == {"渝中区": 0, "巫溪县": 1}
    assert departments.loc["渝中区", "gini"] > bearers.loc["渝中区", "gini"]
    assert departments.loc["渝中区", "top_units"] == ("渝中区招商投资局",)
    assert departments.attrs["population"] == "departments"


def test_where_nothing_is_borne_there_is_no_number(kb):
    towns = pg.concentration(kb, population="township_level")
    assert towns["gini"].isna().all()
    assert towns["units"].to_dict() == {"渝中区": 11, "巫溪县": 15}


@pytest.mark.parametrize("options", [{"count": "magic"}, {"population": "elves"}], ids=["count", "population"])
def test_unknown_choices_are_refused(kb, options):
    with pytest.raises(pg.UnknownNameError, match="There is no such"):
        pg.concentration(kb, **options)


def test_nobody_is_an_empty_frame():
    assert pg.concentration(KnowledgeBase()).empty


@given(loads)
def test_bounds_and_the_lorenz_curve(values):
    n = len(values)
    assert -1e-12 <= gini(values) <= (n - 1) / n + 1e-12
    assert 1 / n - 1e-12 <= hhi(values) <= 1 + 1e-12
    assert jain(values) == pytest.approx(1 / (n * hhi(values)))
    curve = lorenz(values)
    area = sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in pairwise(curve))
    assert 1 - 2 * area == pytest.approx(gini(values), abs=1e-9)


@given(st.integers(1, 9), st.integers(0, 9), st.integers(1, 50))
def test_k_of_n_equal(k, idle, load):
    assert jain([load] * k + [0] * idle) == pytest.approx(k / (k + idle))


@pytest.mark.parametrize("values", [[], [0, 0], [-1, 2], [float("nan")]], ids=["none", "zero", "negative", "nan"])
def test_undefined_loads_are_refused(values):
    with pytest.raises(pg.NoticeError, match="not defined"):
        gini(values)


def test_loads_that_are_given_are_not_computed_again(kb):
    loads = pg.workload(kb, collectives=True)
    found = pg.concentration(kb, count="tasks", population="all", loads=loads)
    pd.testing.assert_frame_equal(found, pg.concentration(kb, count="tasks", population="all"))


def test_a_population_of_one_has_no_measure():
    kb = small([{"lead": ["甲区商务局", "乙县商务局", "乙县教育局"]}])
    table = pg.concentration(kb)
    assert table["units"].to_dict() == {"甲区": 1, "乙县": 2}
    assert table["gini"].isna().to_dict() == {"甲区": True, "乙县": False}
    assert table.loc["甲区", ["total", "top_units", "lorenz"]].tolist() == [1, (), ()]
