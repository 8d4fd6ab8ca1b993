"""Documents written by hand in each text layout and as attachments, held against hand-made answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from pairing_graph.reading.notices import read_notice
from tests.ledger import claimed_without_a_row, unaccounted

from .scoring import FACTS, expected, got

CORPUS = Path(__file__).parents[1] / "data" / "notices"
DOCUMENTS = sorted(file.parent for room in ("text", "attachments") for file in (CORPUS / room).rglob("notice.*"))
WITHOUT_RESULTS = ("held-out-4", "attachments")
OF_SEVERAL_LAYOUTS = ("follow_up", "held-out", "held-out-2", "held-out-3", "held-out-4", "attachments")


def _name(folder: Path) -> str:
    return str(folder.relative_to(CORPUS))


@pytest.fixture(scope="module", params=DOCUMENTS, ids=_name)
def read(request):
    return request.param, read_notice(next(request.param.glob("notice.*")))


@pytest.mark.parametrize("name", FACTS)
def test_facts_are_those_of_the_hand_made_answers(read, name):
    folder, kb = read
    if name == "results" and not (folder / "results.csv").exists() and folder.parent.name in WITHOUT_RESULTS:
        pytest.skip("nobody has written down what progress this document reports")
    wanted, found = expected(folder, name), got(kb, name, folder)
    assert (wanted - found, found - wanted) == ({}, {})


def test_every_cell_and_line_is_used_or_reported(read):
    assert list(unaccounted(read[1])) == []


def test_every_cell_that_is_said_to_be_used_is_cited_by_a_row(read):
    assert list(claimed_without_a_row(read[1])) == []


def test_the_layout_is_named(read):
    folder, kb = read
    layout = folder.parent.name
    if layout not in OF_SEVERAL_LAYOUTS:
        assert layout in kb.documents["layout"].item().split("+")
