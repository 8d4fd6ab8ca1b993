"""The command that collects, killed and on a full disk: a small version of `benchmarks/kills.py`."""

from __future__ import annotations

import sys

import pytest
from benchmarks import kills
from benchmarks.generate_collection import generate
from benchmarks.notices.answers import rows

import pairing_graph as pg

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for workers in /proc")
NOTICES = 24


@pytest.fixture(scope="module")
def notices(tmp_path_factory):
    folder = tmp_path_factory.mktemp("invented")
    generate(folder, NOTICES, 5, tasks=4)
    return folder / "notices"


def test_killed_at_moments_that_are_drawn_it_ends_as_undisturbed(notices, tmp_path):
    assert kills.rounds(notices, tmp_path, 1, 1) == 1


def test_on_a_full_disk_it_says_so_and_goes_on_when_there_is_room(notices, tmp_path):
    code, sentence = kills.on_a_full_disk(notices, tmp_path / "full")
    assert (code, "cannot be" in sentence, "Traceback" in sentence) == (2, True, False)
    assert kills.run(notices, tmp_path / "full") == 0
    wanted = [row for row in rows(notices.parent / "answers" / "documents.csv") if row["state"] == "read"]
    assert len(pg.Collection(tmp_path / "full")) == len(wanted)
