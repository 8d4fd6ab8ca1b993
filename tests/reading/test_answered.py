"""Documents that others wrote with answers, without sight of the reading; each was scored before any fix for it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import pairing_graph as pg
from tests.answers import FACTS, count_facts, score

ANSWERED = Path(__file__).parents[1] / "data" / "answered"
DOCUMENTS = sorted(file for file in ANSWERED.rglob("notice.*"))
FIRST_WITH_IDS = 10
"""The first round whose answers name each unit in full."""
DATES_IN_SENTENCES = "deadlines"
"""The answers of the first rounds count a date inside of a task's sentence; the reading leaves it in the text."""
NOT_READ = {
    ("round-1", "pdf-unruled-table"): {"tasks": 1, "assignments": 1},
    ("round-3", "department-duty-list-numbered"): {"targets": 1},
    ("round-4", "category-rows-and-supervising-column-docx"): {"targets": 1},
    ("round-4", "first-listed-leads-rule-brackets"): {"targets": 2},
    ("round-4", "province-guide-brackets-hard-breaks-half-width"): {"targets": 2},
    ("round-4", "township-prose-brackets-docx"): {"targets": 1},
    ("round-6", "township-flood-brackets"): {"targets": 1},
    ("round-6", "traditional-mirror"): {"targets": 6},
    ("round-7", "08-bar-pagebreak"): {"assignments": 14},
    ("round-7", "09-legend"): {"targets": 1},
    ("round-7", "11-trad"): {"targets": 6},
    ("round-7", "17-quarters"): {"assignments": 1},
    ("round-8", "01-sentence-end"): {"targets": 1},
    ("round-8", "11-trad"): {"targets": 4},
    ("round-9", "n04-tianzhu-bars"): {"targets": 1},
    ("round-9", "n08-ninghai-numlabel"): {"targets": 1},
    ("round-9", "n13-heshan-trad"): {"targets": 4},
}
"""Facts that are missing or invented, by document: known faults, not to grow."""


def _name(file: Path) -> str:
    return f"{file.parent.parent.name}/{file.parent.name}"


@pytest.mark.parametrize("file", DOCUMENTS, ids=_name)
def test_the_facts_are_those_of_the_answers_and_no_deadline_is_invented(file):
    found = score(file)
    wrong = {}
    for name in FACTS:
        counted = count_facts(found["wanted"][name], found["got"][name])
        missed = 0 if name == DATES_IN_SENTENCES else counted["missing"]
        if missed + counted["invented"]:
            wrong[name] = missed + counted["invented"]
    assert wrong == NOT_READ.get((file.parent.parent.name, file.parent.name), {})


def test_all_rounds_are_there():
    assert len({file.parent.parent.name for file in DOCUMENTS}) == 12
    assert len(DOCUMENTS) == 250


WITH_IDS = [file for file in DOCUMENTS if int(file.parent.parent.name.removeprefix("round-")) >= FIRST_WITH_IDS]


@pytest.mark.parametrize("file", WITH_IDS, ids=_name)
def test_every_unit_has_the_name_that_it_has_in_the_whole_country(file):
    wanted = {
        row[column]
        for table, columns in (("assignments", ["unit"]), ("pairings", ["donor", "recipient"]))
        if (answers := file.with_name(f"{table}.csv")).exists()
        for row in pd.read_csv(answers, dtype=str).to_dict("records")
        for column in columns
    }
    found = set(pg.read_notice(file).units["unit"]) if wanted else set()
    assert found == wanted
