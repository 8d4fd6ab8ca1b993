"""Documents written by hand in each text layout and as attachments, held against hand-made answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger import claimed_without_a_row, unaccounted

from .scoring import FACTS, expected, got

CORPUS = Path(__file__).parents[1] / "data" / "notices"
DOCUMENTS = sorted(file.parent for room in ("text", "attachments") for file in (CORPUS / room).rglob("notice.*"))
WITHOUT_RESULTS = ("held-out-4", "attachments")
"""Folders in which nobody has written down what progress a document reports, unless it has a table of results."""
OF_SEVERAL_LAYOUTS = ("follow_up", "held-out", "held-out-2", "held-out-3", "held-out-4", "attachments")


def _name(folder: Path) -> str:
    return str(folder.relative_to(CORPUS))


def _tables(folder: Path) -> list[str]:
    unknown = folder.parent.name in WITHOUT_RESULTS and not (folder / "results.csv").exists()
    return [name for name in FACTS if not (name == "results" and unknown)]


@pytest.mark.parametrize("folder", DOCUMENTS, ids=_name)
def test_facts_are_those_of_the_hand_made_answers(reading, folder):
    wrong = {}
    for name in _tables(folder):
        wanted, found = expected(folder, name), got(reading(folder), name, folder)
        if wanted != found:
            wrong[name] = {"missing": wanted - found, "invented": found - wanted}
    assert wrong == {}


@pytest.mark.parametrize("folder", DOCUMENTS, ids=_name)
def test_every_cell_and_line_is_used_by_a_row_that_cites_it_or_reported(reading, folder):
    kb = reading(folder)
    assert (list(unaccounted(kb)), list(claimed_without_a_row(kb))) == ([], [])


@pytest.mark.parametrize(
    "folder", [folder for folder in DOCUMENTS if folder.parent.name not in OF_SEVERAL_LAYOUTS], ids=_name
)
def test_the_layout_is_named(reading, folder):
    assert folder.parent.name in reading(folder).documents["layout"].item().split("+")


def test_the_corpus_is_there():
    assert len(DOCUMENTS) == 121
    assert sum(len(_tables(folder)) for folder in DOCUMENTS) == 5 * 121 - 17
