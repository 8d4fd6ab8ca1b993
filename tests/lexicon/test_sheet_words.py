"""The words of the tables that people fill in."""

from __future__ import annotations

import pytest

from pairing_graph.base.reference import reference
from pairing_graph.kb.schema import COMPARATORS, ROLES
from pairing_graph.lexicon.sheet_words import column_of, decision_of, meaning_of
from pairing_graph.reading.coding_sheets import COLUMNS as CODED
from pairing_graph.reading.corrections import COLUMNS

SHEETS = {
    "corrections": COLUMNS,
    "aliases": (*reference("aliases")[0], "address", "decision"),
    "headers": tuple(reference("headers")[0]),
    "coding": (*(column for columns in CODED.values() for column in columns), "unit", "role"),
}

CLOSED = {"role": ROLES, "comparator": COMPARATORS, "direction": ("known", "unknown")}


@pytest.mark.parametrize("sheet", CLOSED)
def test_every_word_of_a_closed_list_means_one_of_it(sheet):
    rows = [row for row in reference("sheet_words") if row["sheet"] == sheet]
    assert {row["meaning"] for row in rows} == set(CLOSED[sheet])
    assert [row for row in rows if meaning_of(sheet, f" {row['word']} {row['meaning']}") != row["meaning"]] == []
    assert [meaning for meaning in CLOSED[sheet] if meaning_of(sheet, meaning) != meaning] == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_heading_is_that_of_a_column(sheet):
    rows = [row for row in reference("sheet_words") if row["sheet"] == sheet]
    assert rows
    assert [row["word"] for row in rows if column_of(sheet, f" {row['word']} ") not in SHEETS[sheet]] == []


def test_every_word_of_a_decision_means_yes_or_no():
    rows = [row for row in reference("sheet_words") if row["sheet"] == "decision"]
    assert {row["meaning"] for row in rows} == {"yes", "no"}
    assert [row for row in rows if decision_of(row["word"].upper()) != row["meaning"]] == []
    assert {row["sheet"] for row in reference("sheet_words")} == {*SHEETS, "decision", "deletion", *CLOSED}
