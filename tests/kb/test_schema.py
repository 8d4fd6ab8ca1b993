"""What the declared tables refuse."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from pairing_graph.kb.validation import validate
from pairing_graph.reading.user_tables import read_reference


def test_a_table_that_is_none_is_refused(kb):
    with pytest.raises(pg.SchemaError, match="no such table.*magic"):
        kb.replace(magic=kb.units)


@pytest.mark.parametrize("given", [None, 3, [], {"task": []}], ids=repr)
def test_what_is_no_frame_replaces_no_table(kb, given):
    with pytest.raises(pg.SchemaError, match="no table.*tasks"):
        kb.replace(tasks=given)


def test_a_table_that_lacks_columns_is_not_filled_in_silence(kb):
    with pytest.raises(pg.SchemaError, match="lacks the columns text, deadline") as raised:
        kb.replace(tasks=kb.tasks.drop(columns=["text", "deadline"]), units=kb.units[["unit"]])
    assert len(raised.value.complaints) == 2


def test_many_rows_that_lack_one_thing_are_one_complaint(kb):
    with pytest.raises(pg.SchemaError, match="and 20 more") as raised:
        kb.replace(tasks=kb.tasks.iloc[:3])
    assert [complaint.where for complaint in raised.value.complaints] == ["assignments", "targets"]


@pytest.mark.parametrize("other", [5, None, "x"], ids=repr)
def test_a_knowledge_base_equals_nothing_of_another_sort(kb, other):
    assert kb.equals(other) is False


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("unread", "reason", "magic", "unknown value.*magic"),
        ("assignments", "address", "", "no address"),
        ("tasks", "address", "elsewhere!p1", "not there.*elsewhere"),
    ],
    ids=["reason", "empty-address", "unknown-document"],
)
def test_a_broken_row_is_named(kb, table, column, value, words):
    rows = kb.tables[table].copy()
    rows.loc[0, column] = value
    with pytest.raises(pg.SchemaError, match=words):
        validate(kb.replace(**{table: rows}))


@pytest.mark.parametrize(
    ("table", "row", "words"),
    [
        ("headers", "神秘栏,magic,exact", "meaning.*row 3.*magic"),
        ("headers", "神秘栏,lead,magic", "match.*row 3.*magic"),
        ("headers", ",lead,exact", "word is empty.*row 3"),
        ("aliases", "县,,县教委,x", "alias is empty.*row 3"),
        ("aliases", "县,教育局,,x", "name is empty.*row 3"),
    ],
)
def test_a_row_of_a_users_own_table_that_means_nothing_is_named(tmp_path, table, row, words):
    heading = {"headers": "word,meaning,match\n牵头方,lead,exact", "aliases": "region,alias,name,reason\n县,甲,乙,x"}
    file = tmp_path / "own.csv"
    file.write_text(f"{heading[table]}\n{row}\n", encoding="utf-8")
    with pytest.raises(pg.FileError, match=words):
        read_reference(table, file)
