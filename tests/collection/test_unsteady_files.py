"""Files that go, change or have odd names while they are read."""

from __future__ import annotations

import os
import sys

import pytest
from tests.collection.conftest import content, text_of

import pairing_graph as pg
from pairing_graph.collection import collecting, reading


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "n"
    folder.mkdir()
    made = [folder / f"{number}.txt" for number in (1, 2)]
    for file in made:
        file.write_text(text_of(int(file.stem)), encoding="utf-8")
    return made


def test_a_file_that_is_out_of_reach_keeps_its_notice(files, tmp_path):
    collection = pg.Collection(tmp_path / "c")
    collection.add(files, workers=1)
    before = content(collection)
    files[0].rename(tmp_path / "gone")
    done = collection.add(files, workers=1)
    assert (done.read, done.unchanged, [path for path, _ in done.failed]) == (0, 1, ["../n/1.txt"])
    assert "no such file" in done.failed[0][1]
    assert list(collection.failures) == ["../n/1.txt"]
    assert content(collection) | {"failures": []} == before
    (tmp_path / "gone").rename(files[0])
    assert (collection.add(files, workers=1).unchanged, content(collection)) == (2, before)


def test_a_file_that_goes_while_it_is_read_keeps_its_notice(files, tmp_path, monkeypatch):
    collection = pg.Collection(tmp_path / "c")
    collection.add(files, workers=1)
    files[0].write_text(text_of(3), encoding="utf-8")
    real = reading.read_part
    with monkeypatch.context() as going:
        going.setattr(reading, "read_part", lambda file, *rest: file.unlink() or real(file, *rest))
        assert len(collection.add(files[0], workers=1).failed) == 1
    assert len(collection) == 2
    files[0].write_text(text_of(3), encoding="utf-8")
    assert collection.add(files, workers=1).changed == 1


def test_a_new_file_that_is_out_of_reach_is_read_when_it_is_back(files, tmp_path):
    collection = pg.Collection(tmp_path / "c")
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "elsewhere" / "1.txt")  # as of a disk that is not there
    assert len(collection.add([link], workers=1).failed) == 1
    (tmp_path / "elsewhere").mkdir()
    files[0].rename(tmp_path / "elsewhere" / "1.txt")
    assert collection.add([link], workers=1).read == 1
    assert collection.failures == {}


def test_a_file_that_changes_while_it_is_read_is_noted_as_it_was_read(files, tmp_path, monkeypatch):
    collection = pg.Collection(tmp_path / "c")
    real = reading.read_part

    def changed(file, *rest):
        file.write_text(text_of(5), encoding="utf-8")
        return real(file, *rest)

    with monkeypatch.context() as changing:
        changing.setattr(reading, "read_part", changed)
        collection.add(files[0], workers=1)
    again = collection.add(files[0], workers=1)
    assert (again.unchanged, again.read) == (1, 0)
    files[0].write_text(text_of(1), encoding="utf-8")
    assert collection.add(files[0], workers=1).changed == 1
    plain = pg.Collection(tmp_path / "plain")
    plain.add(files[0], workers=1)
    assert content(collection) == content(plain)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no such names")
def test_one_odd_name_does_not_stop_the_others(files, tmp_path):
    for number, odd in ((3, b"\xff2.txt"), (4, b"\xfe2.txt")):
        with open(os.path.join(os.fsencode(tmp_path / "n"), odd), "wb") as file:  # noqa: PTH118, PTH123
            file.write(text_of(number).encode("utf-8"))
    with open(os.path.join(os.fsencode(tmp_path / "n"), b"\xfd.txt"), "wb") as file:  # noqa: PTH118, PTH123
        file.write("今天没有表。".encode())
    collection = pg.Collection(tmp_path / "c")
    done = collection.add(tmp_path / "n", workers=1)
    assert (done.read, len(done.failed)) == (4, 1)
    assert all(text.isprintable() for pair in done.failed for text in pair)
    again = collection.add(tmp_path / "n", workers=1)
    assert (again.unchanged, again.read) == (4, 0)
    documents = [name for (name,) in collection.tables["documents"].project("document").fetchall()]
    document = next(name for name in documents if "3号" in name)
    sheet = tmp_path / "corrections.csv"
    sheet.write_text(f"address,column,value,reason\n{document}!t1r2c2,text,新建厂房1万平方米,r\n", encoding="utf-8")
    assert collection.add(corrections=sheet, workers=1).read == 1
    assert collecting.noted_path(tmp_path / "n" / os.fsdecode(b"\xff2.txt"), tmp_path / "c") == "../n/\\udcff2.txt"


def test_a_file_that_needed_what_was_not_installed_is_tried_again(files, tmp_path, monkeypatch):
    def missing(*_):
        raise pg.MissingExtraError("Reading it needs a library.")

    collection = pg.Collection(tmp_path / "c")
    with monkeypatch.context() as bare:
        bare.setattr(reading, "read_part", missing)
        assert len(collection.add(files, workers=1).failed) == 2
    assert collection.add(files, workers=1).read == 2
    assert collection.failures == {}
