"""The words of the tables that people fill in."""

from __future__ import annotations

import pytest

from pairing_graph.base.reference import reference
from pairing_graph.lexicon.sheet_words import column_of, decision_of
from pairing_graph.reading.corrections import COLUMNS

SHEETS = {
    "corrections": COLUMNS,
    "aliases": (*reference("aliases")[0], "address", "decision"),
    "headers": tuple(reference("headers")[0]),
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_heading_is_that_of_a_column(sheet):
    rows = [row for row in reference("sheet_words") if row["sheet"] == sheet]
    assert rows
    assert [row["word"] for row in rows if column_of(sheet, f" {row['word']} ") not in SHEETS[sheet]] == []


def test_every_word_of_a_decision_means_yes_or_no():
    rows = [row for row in reference("sheet_words") if row["sheet"] == "decision"]
    assert {row["meaning"] for row in rows} == {"yes", "no"}
    assert [row for row in rows if decision_of(row["word"].upper()) != row["meaning"]] == []
    assert {row["sheet"] for row in reference("sheet_words")} == {*SHEETS, "decision", "deletion"}
