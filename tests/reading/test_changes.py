"""Small changes to documents that are read well keep nearly all facts, and none is lost in silence.

The whole corpus with every change is printed by `benchmarks/changes.py`; here a draw of it runs.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests import changes

SEED = 20261126
DRAWN = 24
"""Changed copies of each kind that are read; all of them take over a minute."""
KEPT = {"rare word": 0.95, "nonsense": 0.95, "nothing": 0.93, "metadata row": 0.97, "footer": 0.99, "unknown column": 0.93,
        "columns swapped": 0.97, "heading again": 0.97, "page footer": 0.97}  # fmt: skip
"""The least share of facts that a kind of change may leave in this draw."""


def _copies() -> dict[str, list]:
    """A draw of changed copies by the kind of change."""
    chooser = random.Random(SEED)
    found: dict[str, list] = {}
    files = [file for file in changes.files() if changes.reading(file) is not None]
    for file in chooser.sample(files, k=min(20, len(files))):
        for make in (changes.heading_changes, changes.table_changes, changes.line_changes):
            for name, document in make(file):
                found.setdefault(name, []).append((file, document))
    return {name: chooser.sample(copies, k=min(DRAWN, len(copies))) for name, copies in found.items()}


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Counter]:
    sums: dict[str, Counter] = {}
    for name, copies in _copies().items():
        for file, document in copies:
            one = changes.outcome(file, document)
            sums.setdefault(name, Counter()).update(facts=one.facts, kept=one.kept, silent=one.silent)
    return sums


@pytest.mark.parametrize("name", KEPT)
def test_a_small_change_keeps_nearly_all_facts(outcomes, name):
    counted = outcomes[name]
    assert counted["kept"] >= KEPT[name] * counted["facts"]


@pytest.mark.parametrize("name", [name for name in KEPT if name != "nothing"])
def test_hardly_a_fact_is_lost_in_silence(outcomes, name):
    counted = outcomes[name]
    assert counted["silent"] <= 0.01 * counted["facts"]
