"""Choices of a measure on the command line: each is what the measure takes, or a sentence."""

from __future__ import annotations

import pytest

from pairing_graph.base.errors import UnknownNameError
from pairing_graph.cli.numbers import options


@pytest.mark.parametrize(
    ("said", "meant"), [("no", False), ("False", False), ("否", False), ("yes", True), ("TRUE", True), ("是", True)]
)
def test_a_choice_between_two_is_yes_or_no(said, meant):
    assert options([f"collectives={said}"], "workload") == {"collectives": meant}
    assert options([f"pooled={said}"], "congruence") == {"pooled": meant}


def test_a_count_is_a_whole_number_and_a_word_stays_a_word():
    given = ["draws=10", "seed=-1", "collectives=expand", "by=document", "unheard=no"]
    meant = {"draws": 10, "seed": -1, "collectives": "expand", "by": "document", "unheard": "no"}
    assert options(given, "congruence") == meant
    assert options(["role=lead"], "no_such_measure") == {"role": "lead"}
    assert options(None, "congruence") == {}


def test_all_that_is_neither_is_refused_at_once():
    with pytest.raises(UnknownNameError) as refused:
        options(["pooled=perhaps", "draws=1.5", "seed=", "role"], "congruence")
    places = [complaint.where for complaint in refused.value.complaints]
    assert places == ["--choice pooled", "--choice draws", "--choice seed", "--choice"]
    assert "yes, no" in str(refused.value)
