"""Invented notices of the whole country: the same bytes for the same seed, and read as they are meant."""

from __future__ import annotations

import hashlib

import pytest
from benchmarks.generate_collection import generate
from benchmarks.notices.answers import differences

import pairing_graph as pg
from pairing_graph.cli.app import main

NOTICES = 60
DAMAGED = 0.3
"""Of a small collection, so that every kind of damage is in it."""


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    folder = tmp_path_factory.mktemp("invented")
    return folder, generate(folder, NOTICES, 3, damaged=DAMAGED)


def _digest(folder):
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_the_same_seed_gives_the_same_bytes_and_fewer_notices_are_the_first_of_more(invented, tmp_path):
    folder, _ = invented
    generate(tmp_path / "again", NOTICES, 3, damaged=DAMAGED)
    assert _digest(tmp_path / "again") == _digest(folder)
    generate(tmp_path / "fewer", 10, 3, damaged=DAMAGED)
    all_files = _digest(folder / "notices")
    assert _digest(tmp_path / "fewer" / "notices").items() <= all_files.items()
    generate(tmp_path / "other", 10, 4, damaged=DAMAGED)
    assert not _digest(tmp_path / "other" / "notices").items() & all_files.items()


def test_from_files_to_the_national_table_of_loads_by_one_command(invented, tmp_path, capsys):
    folder, made = invented
    assert {"docx", "xlsx", "html", "repeated", "same number", "empty"} <= set(made)
    target, loads = tmp_path / "collection", tmp_path / "loads.csv"
    arguments = ["collect", str(folder / "notices"), "--into", str(target), "--loads", str(loads), "--workers", "1"]
    assert main(arguments) == 0
    said = capsys.readouterr()
    assert f"{made['repeated']} repeated" in said.out
    found = differences(folder / "answers", pg.Collection(target), loads)
    assert found == {"files": [], "assignments": [], "pairings": [], "targets": [], "loads": []}
