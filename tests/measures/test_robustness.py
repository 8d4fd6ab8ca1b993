"""Robustness: every headline with its range, which are the least and the greatest rows of `choices`."""

from __future__ import annotations

import pytest
from tests.measures.small import small

import pairing_graph as pg
from pairing_graph.kb.knowledge_base import KnowledgeBase


@pytest.fixture(scope="module")
def chosen(kb):
    return pg.choices(kb)


@pytest.fixture(scope="module")
def sure(kb, chosen):
    return pg.robustness(kb, lang="en", chosen=chosen)


def test_the_ranges_are_those_of_the_choices(sure, chosen):
    keyed = chosen.reset_index().groupby(["figure", "of"])["value"]
    for key, low, high in zip(keyed.groups, keyed.min(), keyed.max(), strict=True):
        assert sure.loc[key, ["lowest", "highest"]].tolist() == [low, high]
    assert set(sure.index) == {*keyed.groups, ("first_place", "渝中区"), ("first_place", "巫溪县")}


def test_congruence_of_the_2022_notice(sure):
    row = sure.loc[("congruence", "plain")]
    assert (row["value"], row["lowest"], row["highest"]) == pytest.approx((15 / 25, 14 / 25, 34 / 44))
    assert row["lowest_choice"] == "bracketed names as units of their own, collectives left out"
    assert row["highest_choice"].endswith("collectives expanded along the pairing table")
    assert row["choices"] == 12
    assert sure.loc[("congruence", "first_listed"), ["lowest", "highest"]].tolist() == [1, 1]
    assert sure.loc[("congruence", "first_listed"), "lowest_choice"] == "every choice"


def test_a_gini_is_shown_with_its_population(sure):
    row = sure.loc[("gini", "渝中区: lead")]
    assert (row["value"], row["lowest"]) == pytest.approx((0.424, 0.342), abs=5e-4)
    assert row["headline"] == "渝中区: Gini of tasks led among departments"
    assert (row["lowest_choice"], row["highest_choice"]) == ("units that have any", "all named units")


def test_whether_the_first_place_holds_and_who_takes_it(sure):
    assert sure.loc[("first_place", "渝中区"), "first"] == ("渝中区招商投资局",)
    assert sure.loc[("first_place", "渝中区"), "others_first"] == "渝中区商务委 (tasks listed first)"
    held = sure["first_holds"]
    assert not held[("first_place", "渝中区")]
    assert held[("most_loaded", "渝中区: lead")]
    assert not held[("most_loaded", "巫溪县: lead")]
    assert held[("congruence", "plain")] is None or held.isna()[("congruence", "plain")]


def test_it_does_not_depend_on_how_brackets_were_read_but_for_the_default(notice, sure):
    apart = pg.robustness(pg.read_notice(notice, qualifier="separate"), lang="en")
    assert apart.loc[("congruence", "plain"), "value"] == pytest.approx(14 / 25)
    columns = ["headline", "lowest", "lowest_choice", "highest", "choices"]
    pairs = [name for name in sure.index if name[0] in ("congruence", "gaps")]
    assert apart.loc[pairs, columns].equals(sure.loc[pairs, columns])


def test_it_is_told_in_both_languages(kb, chosen, sure):
    chinese = pg.robustness(kb, chosen=chosen)
    assert chinese.loc[("gini", "渝中区: lead"), "headline"] == "渝中区：牵头任务的基尼系数（部门）"
    numbers = ["value", "lowest", "highest", "choices", "first", "first_holds"]
    assert chinese[numbers].equals(sure[numbers])


def test_a_region_with_one_unit_has_no_ranking_and_no_gini():
    kb = small([{"lead": ["甲区商务局", "乙县商务局", "乙县教育局"]}], [("甲区商务局", "乙县商务局")])
    regions = {of.partition(":")[0] for figure, of in pg.robustness(kb).index if figure in ("most_loaded", "gini")}
    assert regions == {"乙县"}


def test_without_pairings_nothing_is_said_of_gaps(kb):
    row = pg.robustness(kb.replace(pairings=kb.pairings.iloc[:0])).loc[("gaps", "")]
    assert row[["value", "lowest", "highest"]].isna().all()
    assert (row["choices"], row["lowest_choice"]) == (0, "")


def test_nothing_has_no_range():
    assert pg.robustness(KnowledgeBase())["value"].isna().all()
