"""What measures start from is worked out once in a call, and anew in the next."""

from __future__ import annotations

import pytest
from tests.measures.small import small

import pairing_graph as pg
from pairing_graph.measures import relations

PAIRINGS = [("甲区商务局", "乙县商务局")]


@pytest.fixture
def started(monkeypatch):
    """Every time that a measure starts from the tables."""
    times = []
    real = relations.lazy
    monkeypatch.setattr(relations, "lazy", lambda tables: times.append(tables) or real(tables))
    return times


def test_choices_start_from_the_tables_once_for_each_reading_of_brackets(kb, started):
    assert set(pg.choices(kb)["brackets"]) == {"base", "separate", ""}
    assert len(started) == 2


@pytest.mark.parametrize("measure", [pg.congruence, pg.coordination, pg.unpaired_in_task], ids=lambda m: m.__name__)
def test_a_measure_starts_from_the_tables_once_and_again_in_the_next_call(kb, started, measure):
    measure(kb)
    assert len(started) == 1
    measure(kb)
    assert len(started) == 2


def test_what_replaces_a_knowledge_base_is_measured_anew():
    kb = small([{"lead": ["甲区商务局", "乙县商务局"]}, {"lead": ["甲区商务局", "乙县教育局"]}], PAIRINGS)
    assert pg.congruence(kb).loc["plain", ["satisfied", "required"]].tolist() == [1, 2]
    assignments = kb.assignments
    assignments.loc[assignments["unit"] == "乙县教育局", "unit"] = "乙县商务局"
    assert pg.congruence(kb).loc["plain", ["satisfied", "required"]].tolist() == [1, 2]
    kb = kb.replace(assignments=assignments)
    assert pg.congruence(kb).loc["plain", ["satisfied", "required"]].tolist() == [1, 1]


def test_nothing_is_kept_of_a_call_that_failed(kb, started):
    with pytest.raises(pg.UnknownNameError), relations.keeping():
        relations.facts(relations.frames_of(kb), "magic")
    pg.congruence(kb)
    assert len(started) == 2
