"""Rows held as plain columns until somebody asks for a frame."""

from __future__ import annotations

import pandas as pd
import pytest

import pairing_graph as pg
from pairing_graph.kb.frames import frame, plain_columns
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.records import Records, records
from pairing_graph.kb.schema import TABLES
from pairing_graph.kb.validation import validate

ROWS = {
    "documents": [{"document": "a", "issuers": ("县政府",)}, {"document": "b", "date": "2022-05-06"}],
    "units": [{"unit": "县教委", "kind": "department", "collective": True}, {"unit": "各乡镇", "kind": "other"}],
    "tasks": [{"task": "a#1", "document": "a", "number": 3, "address": "a!p1"}, {"task": "a#2", "document": "a"}],
    "targets": [{"task": "a#1", "comparator": ">=", "value": 5, "value_max": None}, {"task": "a#1", "value": 2.5}],
    "results": [],
}


@pytest.mark.parametrize("table", list(ROWS))
def test_records_give_the_frame_that_the_rows_give(table):
    held = records(table, ROWS[table])
    assert isinstance(held, Records)
    pd.testing.assert_frame_equal(held.frame(), frame(table, ROWS[table]))
    assert len(held) == len(ROWS[table])


@pytest.mark.parametrize("table", list(ROWS))
def test_plain_columns_of_a_frame_are_those_of_the_records(table):
    held = records(table, ROWS[table])
    assert isinstance(held, Records)
    assert plain_columns(frame(table, ROWS[table])) == held.columns


@pytest.mark.parametrize(
    ("row", "held"),
    [({"as_of": 5}, "5"), ({"as_of": None}, ""), ({"as_of": pd.NA}, "")],
    ids=["number", "none", "missing"],
)
def test_a_value_of_another_type_is_converted_as_in_a_frame(row, held):
    assert KnowledgeBase(results=records("results", [row])).results["as_of"].item() == held


@pytest.mark.parametrize("row", [{"task": "a#1", "magic": 1}, {"value": "many"}], ids=["column", "value"])
def test_what_a_frame_refuses_records_refuse(row):
    with pytest.raises(pg.SchemaError):
        records("results", [row])


def test_a_table_held_as_records_is_checked_like_a_frame():
    bad = {"document": "a", "task": "a#1", "address": "a!nowhere"}
    tables = {"documents": [{"document": "a"}], "tasks": [bad, bad], "assignments": [{"task": "a#9", "role": "boss"}]}
    with pytest.raises(pg.SchemaError) as from_records:
        validate(KnowledgeBase(**{name: records(name, rows) for name, rows in tables.items()}))
    with pytest.raises(pg.SchemaError) as from_frames:
        validate(KnowledgeBase(**{name: frame(name, rows) for name, rows in tables.items()}))
    assert from_records.value.complaints == from_frames.value.complaints
    assert len(from_records.value.complaints) == 4


def test_what_is_handed_out_of_records_is_a_copy(kb):
    assert set(kb.columns("tasks")) == set(TABLES["tasks"].names)
    tasks = kb.tasks
    tasks.insert(0, "mine", 1)
    assert kb.tasks.columns.tolist() == list(kb.columns("tasks"))
