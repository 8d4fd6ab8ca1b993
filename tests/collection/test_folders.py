"""Folders of collections: nothing of another is touched, and their names may be any."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from tests.collection.conftest import content, text_of

import pairing_graph as pg


def _notice(folder, number):
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{number}.txt"
    file.write_text(text_of(number), encoding="utf-8")
    return file


@pytest.mark.parametrize("inside", ["tables/mine.parquet", "incoming/mine.parquet"])
def test_a_folder_of_another_with_names_like_ours_is_refused(tmp_path, inside):
    mine = tmp_path / "x" / inside
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"precious")
    with pytest.raises(pg.FileError, match="other files"):
        pg.Collection(tmp_path / "x").add(_notice(tmp_path / "n", 1), workers=1)
    assert mine.read_bytes() == b"precious"


def test_where_the_index_is_lost_nothing_is_removed(tmp_path):
    collection = pg.Collection(tmp_path / "c")
    collection.add(_notice(tmp_path / "n", 1), workers=1)
    (collection.folder / "index.sqlite").unlink()
    files = sorted(collection.folder.rglob("*.parquet"))
    with pytest.raises(pg.FileError, match=r"index\.sqlite"):
        collection.add(tmp_path / "n", workers=1)
    assert sorted(collection.folder.rglob("*.parquet")) == files != []


def test_files_of_another_within_a_collection_stay(tmp_path):
    collection = pg.Collection(tmp_path / "c")
    collection.add(_notice(tmp_path / "n", 1), workers=1)
    mine = [
        collection.folder / name
        for name in ("tables/mine.parquet", "tables/tasks/mine.parquet", "incoming/a/mine.parquet")
    ]
    for file in mine:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"precious")
    collection.add(_notice(tmp_path / "n", 2), workers=1)
    collection.compact()
    assert [file.read_bytes() for file in mine] == [b"precious"] * 3


@pytest.mark.parametrize("name", ["c[1]", "c*", "c?", "c{1}", "c'1", "~c", "c#%20 1", "c\\1"])
def test_a_folder_may_be_called_like_a_pattern(tmp_path, name):
    others, files = (
        [_notice(tmp_path / kind, number) for number in numbers] for kind, numbers in (("a", (1, 3)), ("b", (5, 7)))
    )
    collection, plain = pg.Collection(tmp_path / name), pg.Collection(tmp_path / "plain")
    for one, added in ((pg.Collection(tmp_path / "c1"), others), (collection, files), (plain, files)):
        for file in added:
            one.add(file, workers=1)
    assert content(collection) == content(plain)
    assert pg.workload(collection).fetchall() == pg.workload(plain).fetchall()
    assert collection.select(year=2022).equals(plain.select(year=2022))
    collection.compact()
    assert content(collection) == content(plain)


def test_a_folder_is_found_from_where_it_was_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    collection = pg.Collection("~c")
    collection.add(_notice(tmp_path / "n", 2), workers=1)
    assert len(pg.workload(collection).fetchall()) > 0


@pytest.mark.parametrize("above", ["unit=1", "year=1999", "document_code=7", "province=11/year=x"])
def test_the_folders_above_say_nothing_about_the_rows(tmp_path, above):
    file = _notice(tmp_path / "n", 1)
    collection, plain = pg.Collection(tmp_path / above / "c"), pg.Collection(tmp_path / "plain")
    for one in (collection, plain):
        one.add(file, workers=1)
    assert content(collection) == content(plain)
    assert pg.workload(collection).fetchall() == pg.workload(plain).fetchall()
    assert collection.select(year=2022, province="50").equals(plain.select(year=2022, province="50"))
    collection.remove([file])
    assert len(collection) == len(collection.tables["units"].fetchall()) == 0


@pytest.fixture
def without_a_file(tmp_path):
    """A collection of which a file was deleted."""
    collection = pg.Collection(tmp_path / "c")
    collection.add(_notice(tmp_path / "n", 1), workers=1)
    for file in (collection.folder / "tables" / "assignments").rglob("*.parquet"):
        file.unlink()
    return collection


@pytest.mark.parametrize(
    "use",
    [pg.workload, lambda one: one.select(year=2022), lambda one: one.compact()],
    ids=["workload", "select", "compact"],
)
def test_a_missing_file_is_a_sentence(without_a_file, use):
    with pytest.raises(pg.FileError, match="missing or damaged"):
        use(without_a_file)


def test_a_missing_file_is_a_sentence_on_the_command_line(without_a_file):
    command = [sys.executable, "-m", "pairing_graph", "workload", str(without_a_file.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "missing or damaged" in done.stderr
    assert "Unexpected" not in done.stderr


def test_what_duckdb_cannot_write_is_a_sentence(tmp_path):
    collection = pg.Collection(tmp_path / "c")
    collection.add(_notice(tmp_path / "n", 1), workers=1)
    for number in range(3, 9):
        (collection.folder / "tables" / "national_units" / f"s{number:08d}.parquet" / "in the way").mkdir(parents=True)
    with pytest.raises(pg.FileError, match="cannot be written"):
        collection.add(_notice(tmp_path / "n", 2), workers=1)


def test_an_index_of_another_program_is_refused(tmp_path):
    (tmp_path / "x").mkdir()
    with closing(sqlite3.connect(tmp_path / "x" / "index.sqlite")) as theirs:
        theirs.execute("CREATE TABLE mine (a)")
        theirs.commit()
    for use in (lambda one: one.add(_notice(tmp_path / "n", 1), workers=1), len):
        with pytest.raises(pg.FileError, match="index"):
            use(pg.Collection(tmp_path / "x"))
    with closing(sqlite3.connect(tmp_path / "x" / "index.sqlite")) as theirs:
        assert theirs.execute("SELECT name FROM sqlite_master").fetchall() == [("mine",)]


def test_hidden_folders_are_not_gone_through(tmp_path):
    _notice(tmp_path / ".home" / "n", 1)
    _notice(tmp_path / ".home" / "n" / ".git", 2)
    _notice(tmp_path / ".home" / "n" / "sub" / ".ipynb_checkpoints", 3)
    assert pg.Collection(tmp_path / "c").add(tmp_path / ".home" / "n", workers=1).seen == 1
