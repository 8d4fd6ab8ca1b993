"""The 2022 notice against its hand-made expected answers: what holds for any notice must leave this one exact."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

import pairing_graph.notice as notice

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "tests" / "data" / "expected-2022"


@pytest.fixture(scope="module")
def kb():
    return notice.read_notice(ROOT / "data" / "raw" / "wuxi-yuzhong-2022.txt")


def expected(name: str) -> list[dict[str, str]]:
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_assignments_are_those_of_the_hand_count(kb):
    names = kb.units.set_index("unit")["name"]
    number = kb.tasks.set_index("task")["number"]
    got = {
        (str(number[row.task]), row.unit, names[row.unit], row.role, str(row.rank), row.as_written, row.qualifier,
         "yes" if row.inherited_from else "no")
        for row in kb.assignments.itertuples()
    }  # fmt: skip
    columns = ("task", "unit", "name", "role", "rank", "as_written", "qualifier", "inherited")
    assert got == {tuple(row[column] for column in columns) for row in expected("assignments")}


def test_pairings_are_those_of_the_hand_count(kb):
    names = kb.units.set_index("unit")["name"]
    got = [
        (
            str(r.number),
            r.donor,
            r.recipient,
            names[r.donor],
            names[r.recipient],
            r.donor_qualifier,
            r.recipient_qualifier,
        )
        for r in kb.pairings.itertuples()
    ]
    assert got == [tuple(row.values()) for row in expected("pairings")]


def test_targets_are_those_of_the_hand_count(kb):
    number = kb.tasks.set_index("task")["number"]

    def plain(value: object) -> str:
        return "" if pd.isna(value) else f"{value:g}"

    got = [
        (
            str(number[r.task]),
            r.comparator,
            plain(r.value),
            plain(r.value_max),
            r.quantity_unit,
            "yes" if r.aspirational else "no",
        )
        for r in kb.targets.itertuples()
    ]
    assert got == [tuple(row.values()) for row in expected("targets")]


def test_tasks_are_those_of_the_hand_count(kb):
    rows = expected("tasks")
    assert [str(number) for number in kb.tasks["number"]] == [row["task"] for row in rows]
    assert kb.tasks["area"].tolist() == [row["area"] for row in rows]
    for text, row in zip(kb.tasks["text"], rows, strict=True):
        assert text.startswith(row["text_begins"])
