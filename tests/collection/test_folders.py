"""Folders of collections: nothing of another is touched, and their names may be any."""

from __future__ import annotations

import pytest
from tests.collection.conftest import text_of

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
