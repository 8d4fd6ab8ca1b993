"""Tasks with many units: listed with their pairs, and left out with a report."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest
from tests.measures.libraries import CHEAP, rows_of, tables_in
from tests.measures.small import small

import pairing_graph as pg

SOURCES = ["knowledge base", *CHEAP]
SENTENCE = r"Left out: 1 tasks? of more than 5 units, which make 36 pairs: d#2\."


def named(units):
    return [f"{'甲区' if place % 2 else '乙县'}{place}号局" for place in range(units)]


@pytest.fixture(scope="module")
def kb():
    """A task of three units, one of nine (36 pairs), and one whose supporting units are counted with its lead."""
    names = named(9)
    return small(
        [{"lead": names[:3]}, {"lead": names}, {"lead": names[:2], "support": names[2:4]}], [(names[1], names[0])]
    )


def in_library(library, kb):
    return kb if library == "knowledge base" else tables_in(library, kb)


@pytest.mark.parametrize("library", SOURCES)
def test_they_are_listed_with_the_pairs_that_they_make(kb, library):
    found = pg.large_tasks(in_library(library, kb), most_units=3)
    rows = found.to_dict("records") if isinstance(found, pd.DataFrame) else rows_of(found)
    assert [(row["task"], row["document"], row["units"], row["pairs"]) for row in rows] == [
        ("d#2", "d", 9, 36),
        ("d#3", "d", 4, 6),
    ]


@pytest.mark.parametrize("library", SOURCES)
@pytest.mark.parametrize("measure", ["projection", "coordination", "unpaired_in_task", "congruence", "workload"])
def test_without_them_a_measure_is_that_of_the_other_tasks(kb, library, measure):
    alone = small([{"lead": named(3)}, {"lead": named(2), "support": named(4)[2:]}], [(named(9)[1], named(9)[0])])
    with pytest.warns(pg.LeftOutWarning, match=SENTENCE):
        kept = pg.without_large_tasks(in_library(library, kb), most_units=5)
    expected = getattr(pg, measure)(in_library(library, alone))
    got = getattr(pg, measure)(kept)
    if measure == "workload":  # a unit of the large task alone has a row, without tasks
        got, expected = (sum(row["tasks"] for row in records(frame)) for frame in (got, expected))
        assert got == expected > 0
    else:
        assert len(got) == len(expected) > 0
        joint = [[row.get("joint_tasks") for row in records(frame)] for frame in (got, expected)]
        assert sorted(joint[0], key=str) == sorted(joint[1], key=str)


def records(table):
    return table.reset_index().to_dict("records") if isinstance(table, pd.DataFrame) else rows_of(table)


def test_a_knowledge_base_says_what_part_it_is(kb):
    with pytest.warns(pg.LeftOutWarning):
        part = pg.without_large_tasks(kb, most_units=5)
    assert str(part.part) == "most_units 5, out of 3 tasks of 1 notice"
    assert "不超过 5 个单位的任务" in part.part.said("zh")
    assert len(part.units) == len(kb.units)
    assert pg.congruence(part).attrs["part"]


def test_nothing_is_said_where_nothing_is_left_out(kb):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(pg.without_large_tasks(kb).tasks) == len(kb.tasks)
        assert len(pg.large_tasks(kb)) == 0


def test_of_many_the_first_are_named():
    kb = small([{"lead": named(4)}] * 7)
    with pytest.warns(
        pg.LeftOutWarning, match=r"7 tasks of more than 3 units, which make 42 pairs: d#1, .*d#5 and 2 more\."
    ):
        pg.without_large_tasks(kb, most_units=3)


def test_a_number_below_one_is_refused(kb):
    with pytest.raises(pg.NoticeError, match="There is no such number of units.*1 or more.*Got: 0"):
        pg.large_tasks(kb, most_units=0)
