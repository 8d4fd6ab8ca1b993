"""Headline numbers under every choice agree with the measures that they come from."""

from __future__ import annotations

import pytest
from tests.measures.small import small

import pairing_graph as pg
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.choices import with_brackets


@pytest.fixture(scope="module")
def table(kb):
    return pg.choices(kb)


@pytest.mark.parametrize(
    ("brackets", "collectives", "of", "share"),
    [
        ("base", "leave_out", "plain", (15, 25)),
        ("base", "leave_out", "weighted", (39, 61)),
        ("base", "leave_out", "areas", (20, 30)),
        ("base", "leave_out", "first_listed", (11, 11)),
        ("separate", "leave_out", "plain", (14, 25)),
        ("separate", "leave_out", "weighted", (36, 61)),
        ("base", "expand", "plain", (34, 44)),
    ],
)
def test_congruence_under_every_choice(table, brackets, collectives, of, share):
    rows = table.loc["congruence"]
    chosen = rows[(rows["brackets"] == brackets) & (rows["collectives"] == collectives) & (rows["of"] == of)]
    assert set(chosen["role"]) == {"answerable", "lead", "any"}
    assert set(zip(chosen["numerator"], chosen["denominator"], strict=True)) == {share}


def test_loads_and_coverage(table):
    most = table.loc["most_loaded"].set_index(["brackets", "of"])
    assert most.loc[("base", "渝中区: lead"), ["value", "who"]].tolist() == [7, ("渝中区招商投资局",)]
    assert most.loc[("base", "渝中区: listed_first"), ["value", "who"]].tolist() == [5, ("渝中区商务委",)]
    coverage = table.loc["coverage"].set_index(["of", "population"])
    assert coverage.loc[("巫溪县", "gazetteer"), ["numerator", "denominator"]].tolist() == [15, 32]


def test_gini_depends_on_the_population(table, kb):
    rows = table.loc["gini"]
    lead = rows[(rows["of"] == "渝中区: lead") & (rows["brackets"] == "base")].set_index("population")["value"]
    for population in ("departments", "bearers", "all"):
        wanted = pg.concentration(kb, population=population).loc["渝中区", "gini"]
        assert lead[population] == pytest.approx(wanted)


def test_the_other_reading_of_brackets_is_the_readers_own(notice, kb):
    apart = pg.read_notice(notice, qualifier="separate")
    assert with_brackets(kb, "separate").equals(apart, ignore=["units", "unread"])
    assert with_brackets(apart, "base").equals(kb, ignore=["units", "unread"])
    for mine, theirs in ((with_brackets(kb, "separate"), apart), (with_brackets(apart, "base"), kb)):
        columns = ["unit", "region", "kind", "line", "collective"]
        rows = [kb.units[columns].sort_values("unit").reset_index(drop=True) for kb in (mine, theirs)]
        assert rows[0].equals(rows[1])
    assert with_brackets(kb, "base").equals(kb)


def test_both_readings_give_the_same_choices(notice, table):
    apart = pg.choices(pg.read_notice(notice, qualifier="separate"))
    keys = ["of", "brackets", "role", "collectives", "population"]
    columns = [*keys, "value", "numerator", "denominator"]
    mine, theirs = (t.reset_index()[["figure", *columns]].sort_values(["figure", *keys]) for t in (table, apart))
    assert mine.reset_index(drop=True).equals(theirs.reset_index(drop=True))


def test_without_brackets_there_is_no_such_choice():
    kb = small([{"lead": ["甲区商务局", "乙县商务局"], "support": ["乙县教育局"]}], [("甲区商务局", "乙县商务局")])
    rows = pg.choices(kb).loc["congruence"]
    assert set(rows["brackets"]) == {""}
    plain = rows[(rows["of"] == "plain") & (rows["collectives"] == "leave_out")].set_index("role")
    assert plain["denominator"].to_dict() == {"answerable": 1, "lead": 1, "any": 2}


def test_without_a_pairing_table_gaps_are_not_counted():
    rows = pg.choices(small([{"lead": ["甲区商务局", "乙县商务局"]}]))
    assert rows.loc[["gaps", "unpaired_in_task"], "value"].isna().all()


def test_nothing_has_no_headline():
    assert pg.choices(KnowledgeBase()).loc["congruence", "value"].isna().all()
