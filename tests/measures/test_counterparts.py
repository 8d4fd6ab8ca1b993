"""Counterparts by line: paired with one's own, with another, with nobody; unknown is not different."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.measures.small import small

import pairing_graph as pg
from pairing_graph.kb.knowledge_base import KnowledgeBase


@pytest.mark.parametrize(
    ("unit", "counterpart", "paired_with"),
    [
        ("渝中区商务委", "named", "own_line"),
        ("巫溪县商务委", "named", "own_and_other"),
        ("渝中区发展改革委", "named", "own_and_other"),
        ("渝中区交通局", "no_such_unit", "other_line"),
        ("巫溪县乡村振兴局", "no_such_unit", "other_line"),
        ("渝中区金融办", "no_such_unit", "other_line"),
        ("渝中区国资委", "named", "own_line"),
        ("巫溪县国资监管中心", "named", "own_and_other"),
        ("渝中区招商投资局", "in_bracket", "own_in_bracket"),
        ("巫溪县发展改革委", "named", "own_line"),
    ],
)
def test_lines_of_the_2022_notice(kb, unit, counterpart, paired_with):
    row = pg.counterparts(kb).loc[unit]
    assert (row["counterpart"], row["paired_with"]) == (counterpart, paired_with)


def test_the_bracket_that_makes_two_units_one_line_is_shown(kb):
    table = pg.counterparts(kb)
    assert table.loc["渝中区招商投资局", "bracket"] == "县投资促进服务中心"
    assert table.loc["渝中区商务委", "bracket"] == ""


def test_the_line_in_a_bracket_is_neither_missing_nor_unknown(kb):
    row = pg.counterparts(kb).loc["渝中区招商投资局"]
    assert row[["own", "in_bracket", "other", "unknown"]].tolist() == [0, 1, 0, 1]
    table = pg.counterparts(kb)
    assert (table[["own", "in_bracket", "other", "unknown"]].sum(axis=1) == table["partners"].map(len)).all()


def test_departments_only_unless_asked_for(kb):
    assert len(pg.counterparts(kb)) == 32
    assert set(pg.counterparts(kb, population="township_level")["paired_with"]) == {"unknown"}
    assert len(pg.counterparts(kb, population="all")) == 63


def test_what_the_table_of_lines_does_not_know_is_unknown():
    kb = small([{"lead": ["甲区商务局", "乙县林业局"]}], [("甲区商务局", "乙县林业局")])
    blank = kb.units.assign(line=kb.units["line"].where(kb.units["unit"] != "乙县林业局", ""))
    row = pg.counterparts(kb.replace(units=blank)).loc["甲区商务局"]
    assert (row["counterpart"], row["paired_with"], row["unknown"]) == ("unknown", "unknown", 1)
    assert pg.counterparts(kb).loc["甲区商务局", "paired_with"] == "other_line"


def test_nobody_is_an_answer_but_not_without_a_pairing_table():
    kb = small([{"lead": ["甲区商务局", "乙县商务局", "乙县林业局"]}], [("甲区商务局", "乙县商务局")])
    assert pg.counterparts(kb).loc["乙县林业局", "paired_with"] == "none"
    assert pg.counterparts(kb.replace(pairings=kb.pairings.iloc[:0]))["paired_with"].isna().all()


def test_one_region_has_no_other_side():
    assert set(pg.counterparts(small([{"lead": ["甲区商务局", "甲区教育局"]}]))["counterpart"]) == {"one_region"}


def test_only_regions_of_the_same_notice_face_each_other():
    one = small([{"lead": ["甲区商务局", "乙县林业局"]}], document="a")
    other = small([{"lead": ["丙区商务局", "丁县商务局"]}], document="b")
    both = one.replace(**{name: pd.concat([one.tables[name], other.tables[name]]) for name in one.tables})
    assert pg.counterparts(both).loc["甲区商务局", "counterpart"] == "no_such_unit"


def test_an_unknown_population_is_refused(kb):
    with pytest.raises(pg.UnknownNameError, match="departments, township_level, all"):
        pg.counterparts(kb, population="bearers")


def test_nobody_is_an_empty_frame(kb):
    empty = pg.counterparts(KnowledgeBase())
    assert empty.empty
    assert list(empty.columns) == list(pg.counterparts(kb).columns)


def test_lists_are_lists(kb):
    table = pg.counterparts(kb)
    assert table.loc["渝中区商务委", "counterparts"] == ("巫溪县商务委",)
    assert set(map(type, table["partners"])) == {tuple}
