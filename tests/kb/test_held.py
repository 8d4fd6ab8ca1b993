"""What is done to a frame that a knowledge base handed out does not change the knowledge base."""

from __future__ import annotations

import copy
import pickle

import pandas as pd
import pytest

import pairing_graph as pg
from pairing_graph.kb.frames import frame
from pairing_graph.kb.schema import TABLES

LAZY = int(pd.__version__.partition(".")[0]) >= 3
CHANGES = {
    "cell": lambda rows: rows.loc.__setitem__((0, "address"), "x!p1"),
    "place": lambda rows: rows.iloc.__setitem__((0, 0), "x"),
    "one": lambda rows: rows.at.__setitem__((0, "address"), "x!p1"),
    "column": lambda rows: rows.__setitem__("address", "x!p1"),
    "new column": lambda rows: rows.insert(0, "more", 1),
    "names": lambda rows: setattr(rows, "columns", range(rows.shape[1])),
    "fewer columns": lambda rows: rows.pop("address"),
    "rows": lambda rows: setattr(rows, "index", range(5, 5 + len(rows))),
    "attrs": lambda rows: rows.attrs.update(changed=True),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("table", ["tasks", "assignments", "unread"])
def test_a_changed_frame_leaves_the_knowledge_base_as_it_was(notice, table, change):
    kb, other = pg.read_notice(notice), pg.read_notice(notice)
    rows = getattr(kb, table)
    change(rows)
    assert not rows.equals(getattr(other, table)) or rows.attrs
    assert kb.equals(other)
    assert getattr(kb, table).equals(getattr(other, table))
    assert not getattr(kb, table).attrs
    assert pg.workload(kb).equals(pg.workload(other))


def test_a_frame_that_was_handed_in_can_be_changed_afterwards():
    units = frame("units", [{"unit": "甲", "kind": "other"}])
    kb = pg.KnowledgeBase(units=units)
    units.loc[0, "unit"] = "乙"
    assert kb.units["unit"].item() == "甲"


@pytest.mark.skipif(not LAZY, reason="pandas before 3 says nothing of it")
@pytest.mark.parametrize("table", TABLES)
def test_a_change_that_would_be_lost_at_once_is_answered_by_pandas(kb, table):
    with pytest.warns(pd.errors.ChainedAssignmentError):
        getattr(kb, table)["document"] = "x"


def test_a_table_cannot_be_put_in_the_place_of_another(kb):
    with pytest.raises(AttributeError):
        kb.tasks = kb.tasks.iloc[:1]


def test_a_knowledge_base_can_be_copied_and_pickled(kb):
    for other in (copy.copy(kb), copy.deepcopy(kb), pickle.loads(pickle.dumps(kb))):
        assert other.equals(kb)
        assert other.sources == kb.sources


def test_replace_checks_the_whole(kb):
    with pytest.raises(pg.SchemaError, match="names a task that is not there"):
        kb.replace(tasks=kb.tasks.iloc[:1])
