"""Every declared column has a Chinese heading and a meaning in both languages."""

from __future__ import annotations

import re

import pytest

import pairing_graph as pg
from pairing_graph.base.reference import reference
from pairing_graph.kb.columns import column_words
from pairing_graph.kb.schema import TABLES


def test_every_table_and_column_has_its_row_and_no_other_has():
    declared = [(table.name, name) for table in TABLES.values() for name in ("", *table.names)]
    assert [(row["table"], row["column"]) for row in reference("columns")] == declared


def test_every_row_has_a_chinese_heading_and_meaning():
    for row in reference("columns"):
        assert re.search(r"[\u4e00-\u9fff]", row["title"]), row
        assert len(row["title"]) <= 10, row
        assert re.search(r"[\u4e00-\u9fff]{3}", row["meaning"]), row


@pytest.mark.parametrize("table", TABLES)
def test_no_heading_occurs_twice_in_a_table(table):
    titles = [column_words(table, name).title for name in TABLES[table].names]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("table", TABLES)
def test_a_closed_list_that_is_explained_in_english_is_in_chinese(table):
    for column in TABLES[table].columns:
        if column.values and all(value in column.meaning for value in column.values):
            meaning = column_words(table, column.name).meaning
            assert all(value in meaning for value in column.values if value != "="), column.name


def test_the_meanings_are_there_in_both_languages():
    meanings = pg.column_meanings()
    assert list(meanings.columns) == ["kind", "meaning", "title_zh", "meaning_zh"]
    assert meanings.loc[("pairings", "donor"), "title_zh"] == "帮扶单位"
    assert not meanings.isna().any(axis=None)
