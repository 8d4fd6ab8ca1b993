"""Reports answer for themselves where a table is missing, and in English without Chinese marks."""

from __future__ import annotations

import re

import pytest

from pairing_graph.measures.results import Results
from pairing_graph.output.findings import measure_sections
from pairing_graph.output.report import sections

NO_PAIRINGS, NO_TASKS = "The notice has no pairing table", "The notice has no task table"


@pytest.fixture(scope="module")
def without_pairings(kb):
    return kb.replace(pairings=kb.pairings.iloc[:0])


@pytest.fixture(scope="module")
def without_tasks(kb):
    empty = {name: kb.tables[name].iloc[:0] for name in ("tasks", "assignments", "targets", "results")}
    return kb.replace(**empty)


def by_heading(parts):
    return {part.heading: part for part in parts}


def test_a_report_without_a_pairing_table_says_so_and_counts_nothing_against_it(without_pairings):
    told = by_heading(sections(Results(without_pairings), "en"))
    for heading in ("Paired more than once", "Units without a paired counterpart in the same task"):
        assert told[heading].text == NO_PAIRINGS
    congruence = told["Congruence of pairings with joint tasks"]
    assert (congruence.text, congruence.table.empty) == (NO_PAIRINGS, True)


def test_a_report_without_a_task_table_says_so(without_tasks):
    told = by_heading(sections(Results(without_tasks), "en"))
    assert told["Formal task load"].text == NO_TASKS
    assert told["Congruence of pairings with joint tasks"].text == NO_TASKS
    assert len(told["Paired more than once"].table) == 6


def test_without_a_pairing_table_no_pair_is_a_gap(without_pairings):
    told = by_heading(measure_sections(Results(without_pairings), "en"))
    gaps = told["Joint tasks without a pairing (from co-listed units)"]
    assert (gaps.text, gaps.table.empty) == (NO_PAIRINGS, True)
    assert not told["Most even load possible: a bound, not advice"].table.empty


def test_with_both_tables_nothing_is_missing(kb):
    texts = [part.text for make in (sections, measure_sections) for part in make(Results(kb), "en")]
    assert not {NO_PAIRINGS, NO_TASKS} & set(texts)


def test_lists_in_english_have_english_commas(kb):
    for part in [*sections(Results(kb, "en"), "en"), *measure_sections(Results(kb, "en"), "en")]:
        cells = [str(cell) for cell in part.table.to_numpy().ravel()]
        if part.heading not in ("Guessed or noted", "Not understood"):  # these quote the notice
            assert [cell for cell in [part.heading, part.text, *cells] if re.search("[、，；]", cell)] == []
