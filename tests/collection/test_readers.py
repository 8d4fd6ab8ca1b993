"""Readers beside a writer: what a reader holds stays until it lets go, and goes then."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from tests.collection.conftest import content, text_of

import pairing_graph as pg
from pairing_graph.collection.database import Database


@pytest.fixture
def growing(tmp_path):
    """A collection, and a way to add one more notice to it."""
    collection, numbers = pg.Collection(tmp_path / "c"), iter(range(1, 100))

    def grow(times=1):
        for _ in range(times):
            file = tmp_path / f"{next(numbers)}.txt"
            file.write_text(text_of(int(file.stem)), encoding="utf-8")
            collection.add(file, workers=1)

    grow(2)
    return collection, grow


def _left(collection):
    """The files that the index does not name."""
    from pairing_graph.collection.index import Index

    with Index(collection.folder) as index:
        named = {segment.path for segment in index.segments()}
    found = {file.relative_to(collection.folder).as_posix() for file in collection.folder.rglob("*.parquet")}
    assert named <= found
    return found - named


def test_a_result_that_is_not_computed_outlives_changes(growing):
    collection, grow = growing
    expected = pg.workload(collection).fetchall()
    loads, tables = pg.workload(collection), collection.tables
    grow(3)
    collection.compact()
    assert loads.fetchall() == expected
    assert len(tables["documents"].fetchall()) == 2
    del loads, tables
    grow()
    assert _left(collection) == set()


def test_what_was_replaced_goes_once_nobody_reads(growing):
    collection, grow = growing
    tables = collection.tables
    grow()
    assert _left(collection)
    del tables
    grow()
    assert _left(collection) == set()


def test_readers_in_a_thread_never_fail(growing):
    collection, grow = growing
    failures, ended, reads = [], threading.Event(), []

    def read():
        while not ended.is_set():
            try:
                reads.append(len(pg.workload(collection).fetchall()))
                collection.select(document=collection.tables["documents"].fetchall()[0][0])
            except Exception as error:  # noqa: BLE001 – whatever it is fails the test
                failures.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    grow(4)
    collection.compact()
    ended.set()
    thread.join()
    assert failures == []
    assert reads


READ = """
import sys, pairing_graph as pg
tables = pg.Collection(sys.argv[1]).tables
print("reading", flush=True)
if sys.stdin.readline() == "end\\n":
    print(len(tables["documents"].fetchall()), flush=True)
"""


def test_another_process_reads_what_was_there_and_a_killed_one_holds_nothing(growing):
    collection, grow = growing
    command = [sys.executable, "-c", READ, str(collection.folder)]
    reading, killed = (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    )
    assert [one.stdout.readline() for one in (reading, killed)] == ["reading\n"] * 2
    grow(2)
    assert reading.communicate("end\n")[0] == "2\n"
    assert _left(collection)
    killed.kill()
    killed.communicate()
    grow()
    assert _left(collection) == set()


def test_a_reader_keeps_where_it_spills(growing):
    collection, grow = growing
    tables = collection.tables
    place = collection.folder / _spill(tables["tasks"])
    place.mkdir()
    (place / "spilled").write_bytes(b"rows")
    with Database(collection.folder) as other:
        other_place = other.execute("SELECT current_setting('temp_directory')").fetchall()[0][0]
    assert other_place != str(place)
    grow()
    assert (place / "spilled").exists()
    (place / "spilled").unlink()
    del tables
    grow()
    assert not list(collection.folder.glob(".spill*"))


def _spill(relation):
    ((found,),) = relation.aggregate("any_value(current_setting('temp_directory'))").fetchall()
    return found


def test_a_collection_that_cannot_be_written_to_is_read(growing, monkeypatch):
    from pairing_graph.collection import folder

    collection, _ = growing
    before = content(collection)
    (collection.folder / folder.READERS).unlink()
    monkeypatch.setattr(folder, "READERS", "no/such/folder")
    assert content(collection) == before


def test_a_measure_spills_where_the_memory_ends(growing):
    collection, _ = growing
    for memory, expected in (("64MiB", "64.0 MiB"), ("", None)):
        tables = pg.Collection(collection.folder, memory=memory).tables
        ((found,),) = tables["tasks"].aggregate("any_value(current_setting('memory_limit'))").fetchall()
        assert found == (expected or found)
        assert found.endswith(("MiB", "GiB"))
    with pytest.raises(pg.FileError, match=r"This is no size of memory.*Got: many"):
        pg.Collection(collection.folder, memory="many").tables  # noqa: B018


def test_a_table_that_does_not_fit_into_the_memory_is_refused_with_a_sentence(growing, tmp_path):
    collection, _ = growing
    with pytest.raises(pg.FileError, match=r"does not fit into the memory.*Allow more"):
        pg.write_table(pg.workload(pg.Collection(collection.folder, memory="1MiB")), tmp_path / "loads.csv")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_relation_whose_file_is_gone_is_refused_with_a_sentence(growing, suffix, tmp_path):
    collection, _ = growing
    loads = pg.workload(collection)
    for file in (collection.folder / "tables" / "assignments").rglob("*.parquet"):
        file.unlink()
    with pytest.raises(pg.FileError, match=r"The table cannot be computed: a file of the collection is missing"):
        pg.write_table(loads, tmp_path / f"loads.{suffix}")
