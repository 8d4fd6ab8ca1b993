"""Reading into a collection: once each, whatever happens, and the same in the end."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from tests.collection.conftest import content, text_of

import pairing_graph as pg
from pairing_graph.collection import collecting, segments
from pairing_graph.collection.collecting import noted_path


def test_every_file_is_read_repeated_or_failed(notices, tmp_path):
    collection = pg.Collection(tmp_path / "c")
    done = collection.add(notices, workers=1)
    assert (done.read, done.repeated, len(done.failed), done.seen) == (9, 1, 1, 11)
    assert str(done) == "9 read, 1 repeated, 1 could not be read"
    assert len(collection) == 9
    assert "9 notices of 11 files, 1 could not be read" in repr(collection)
    assert [path.rpartition("/")[2] for path in collection.failures] == ["letter.txt"]


def test_it_holds_what_read_notices_reads(notices, tmp_path):
    collection = pg.Collection(tmp_path / "c")
    collection.add(notices, workers=1)
    kb = pg.read_notices(sorted(path for path in notices.rglob("*.txt") if path.name[0].isdigit()))
    part = collection.select(year=[2021, 2022])
    assert sorted(part.documents["document"]) == sorted(kb.documents["document"])
    assert len(part.assignments) == len(kb.assignments) == 9 * 5
    for document in kb.documents["document"]:
        one = collection.select(document=document)
        assert one.equals(kb.select(document=document))
        assert one.sources == kb.select(document=document).sources


def test_parallel_and_alone_give_the_same(notices, tmp_path):
    alone, together = pg.Collection(tmp_path / "a"), pg.Collection(tmp_path / "b")
    alone.add(notices, workers=1)
    together.add(notices, workers=2)
    assert content(alone) == content(together)


def test_what_was_read_is_not_read_again_and_what_changed_is(notices, tmp_path, monkeypatch):
    collection = pg.Collection(tmp_path / "c")
    collection.add(notices, workers=1)
    read = []
    real = collecting.read_jobs
    monkeypatch.setattr(collecting, "read_jobs", lambda jobs, choices: read.extend(jobs) or real(jobs, choices))
    again = collection.add(notices, workers=1)
    assert (again.read, again.unchanged, len(again.failed), read) == (0, 10, 1, [])
    (notices / "2022" / "01.txt").write_text(text_of(40), encoding="utf-8")
    changed = collection.add(notices, workers=1)
    assert (changed.read, changed.changed, len(read)) == (1, 1, 1)
    other = pg.Collection(tmp_path / "other")
    other.add(notices, workers=1)
    assert content(collection) == content(other)
    collection.compact()
    assert content(collection) == content(other)


def test_a_file_that_another_repeats_can_change_without_taking_the_notice_away(notices, tmp_path):
    collection = pg.Collection(tmp_path / "c")
    collection.add(notices, workers=1)
    (notices / "again.txt").write_text(text_of(50), encoding="utf-8")
    collection.add(notices, workers=1)
    assert len(collection) == 10


def test_a_notice_that_becomes_unreadable_is_out_and_comes_back(notices, tmp_path):
    collection = pg.Collection(tmp_path / "c")
    collection.add(notices, workers=1)
    before = content(collection)
    file = notices / "2022" / "05.txt"
    text = file.read_text(encoding="utf-8")
    file.write_text("没有。", encoding="utf-8")
    assert len(collection.add(notices, workers=1).failed) == 2
    assert len(collection) == 8
    assert all("巫溪县" not in name or "5号" not in name for name in _documents(collection))
    file.write_text(text, encoding="utf-8")
    collection.add(notices, workers=1)
    assert content(collection) == before


def _documents(collection):
    return [name for (name,) in collection.tables["documents"].select("document").fetchall()]


def test_another_file_under_a_taken_number_is_kept_apart(notices, tmp_path):
    (notices / "zz.txt").write_text(text_of(4).replace("培训干部", "再培训干部"), encoding="utf-8")
    collection = pg.Collection(tmp_path / "c")
    collection.add(notices, workers=1)
    assert sum(name.endswith("~2") for name in _documents(collection)) == 1
    reasons = [reason for (reason,) in collection.tables["unread"].select("reason").fetchall()]
    assert reasons.count("id_taken") == 1


def test_other_choices_are_refused(notices, tmp_path):
    collection = pg.Collection(tmp_path / "c")
    collection.add(notices, workers=1)
    with pytest.raises(pg.FileError, match="other choices"):
        collection.add(notices, workers=1, qualifier="separate")


def test_a_folder_of_other_files_is_refused(notices, tmp_path):
    with pytest.raises(pg.FileError, match="other files"):
        pg.Collection(notices).add(notices, workers=1)
    with pytest.raises(pg.FileError, match="no collection"):
        pg.Collection(tmp_path / "nothing").select(year=2022)


class KilledError(BaseException):
    """The process ends here: nothing that handles errors gets to see it."""


@pytest.mark.parametrize("step", range(0, 40, 4))
def test_a_kill_at_any_step_is_made_good_by_the_next_call(notices, tmp_path, step, monkeypatch):
    undisturbed = pg.Collection(tmp_path / "a")
    undisturbed.add(notices, workers=1)
    monkeypatch.setattr(collecting, "COMMIT", 4)
    monkeypatch.setattr(collecting, "CHUNK", 2)
    steps = iter(range(1000))
    real = segments.sync

    def sync(path):
        if next(steps) == step:
            raise KilledError
        real(path)

    collection = pg.Collection(tmp_path / "b")
    with monkeypatch.context() as killing:
        killing.setattr(segments, "sync", sync)
        try:
            collection.add(notices, workers=1)
        except KilledError:
            pass
        else:
            pytest.fail("there are fewer steps than were to be tried")
    collection.add(notices, workers=1)
    assert content(collection) == content(undisturbed)
    named = sum(1 for _ in (tmp_path / "b").rglob("*.parquet"))
    assert named == sum(1 for _ in _files(collection)), "what the index does not name is removed"


def _files(collection):
    from pairing_graph.collection.index import Index

    with Index(collection.folder) as index:
        yield from index.segments()


def test_a_full_disk_is_a_sentence_and_nothing_is_lost(notices, tmp_path, monkeypatch):
    collection = pg.Collection(tmp_path / "c")
    collection.add(notices / "2021", workers=1)
    before = content(collection)

    def full(table, path):
        raise segments.not_written(path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))

    with monkeypatch.context() as disk:
        disk.setattr(segments, "write_parquet", full)
        with pytest.raises(pg.FileError, match="No space left"):
            collection.add(notices, workers=1)
    assert content(collection) == before
    collection.add(notices, workers=1)
    assert len(collection) == 9


COLLECT = "import sys, pairing_graph as pg; pg.Collection(sys.argv[1]).add(sys.argv[2], workers=2)"


def test_a_killed_process_and_a_second_collector(notices, tmp_path):
    undisturbed = pg.Collection(tmp_path / "a")
    undisturbed.add(notices, workers=1)
    command = [sys.executable, "-c", COLLECT, str(tmp_path / "b"), str(notices)]
    killed = subprocess.Popen(command, start_new_session=True)
    _wait_for(tmp_path / "b" / "index.sqlite")
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    both = [subprocess.Popen(command) for _ in range(2)]
    assert [one.wait(timeout=120) for one in both] == [0, 0]
    assert content(pg.Collection(tmp_path / "b")) == content(undisturbed)


def _wait_for(path):
    deadline = time.monotonic() + 60
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert path.exists()


def test_paths_are_noted_from_the_folder_so_that_both_can_move(notices, tmp_path):
    collection = pg.Collection(tmp_path / "c")
    collection.add(notices, workers=1)
    moved = tmp_path / "moved"
    moved.mkdir()
    notices.rename(moved / "notices")
    collection.folder.rename(moved / "c")
    again = pg.Collection(moved / "c").add(moved / "notices", workers=1)
    assert (again.read, again.unchanged) == (0, 10)
    assert noted_path(moved / "notices" / "a.txt", moved / "c") == "../notices/a.txt"


def test_a_reader_sees_what_was_there_when_it_began(notices, tmp_path):
    collection = pg.Collection(tmp_path / "c")
    collection.add(notices / "2021", workers=1)
    tables = collection.tables
    thread = threading.Thread(target=lambda: len(tables["tasks"].fetchall()))
    thread.start()
    thread.join()
    assert len(tables["tasks"].fetchall()) == 2 * len(collection)


def test_interrupted_it_writes_what_was_read_and_says_so(notices, tmp_path, monkeypatch):
    collection = pg.Collection(tmp_path / "c")
    real, calls = collecting.read_jobs, []

    def read(jobs, choices):
        calls.append(jobs)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(jobs, choices)

    monkeypatch.setattr(collecting, "CHUNK", 2)
    with monkeypatch.context() as stopping:
        stopping.setattr(collecting, "read_jobs", read)
        with pytest.raises(KeyboardInterrupt, match=r"Interrupted: 4 read.*goes on with the others") as stopped:
            collection.add(notices, workers=1)
    assert (len(collection), stopped.value.progress.read, stopped.value.progress.held) == (4, 4, 0)
    assert str(collection.add(notices, workers=1)) == "5 read, 4 unchanged, 1 repeated, 1 could not be read"
    other = pg.Collection(tmp_path / "other")
    other.add(notices, workers=1)
    assert content(collection) == content(other)


def test_interrupted_while_it_writes_it_writes_again(notices, tmp_path, monkeypatch):
    collection = pg.Collection(tmp_path / "c")
    real, calls = collecting.write_incoming, []

    def write(*given):
        calls.append(given)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(collecting, "COMMIT", 4)
    monkeypatch.setattr(collecting, "CHUNK", 4)
    monkeypatch.setattr(collecting, "write_incoming", write)
    with pytest.raises(KeyboardInterrupt, match="Interrupted: 4 read"):
        collection.add(notices, workers=1)
    assert len(collection) == 4


def test_the_bar_goes_on_while_nothing_is_written(notices, tmp_path, monkeypatch):
    from contextlib import contextmanager

    from pairing_graph.collection import adding

    seen = []

    @contextmanager
    def counted(total, *, shown=None):
        yield seen.append

    monkeypatch.setattr(adding, "counted", counted)
    monkeypatch.setattr(collecting, "CHUNK", 2)
    pg.Collection(tmp_path / "c").add(notices, workers=1)
    assert seen == [0, 2, 4, 6, 8, 10, 11, 11]


def test_what_an_older_version_read_can_be_read_again(notices, tmp_path, monkeypatch):
    collection = pg.Collection(tmp_path / "c")
    with monkeypatch.context() as older:
        older.setattr(pg, "__version__", "0.0.9")
        collection.add(notices / "2021", workers=1)
        collection.add(notices / "letter.txt", workers=1)
    collection.add(notices, workers=1)
    assert collection.versions.groupby("program")["older"].agg(["size", "sum"]).to_dict() == {
        "size": {"0.0.9": 5, pg.__version__: 6},
        "sum": {"0.0.9": 5, pg.__version__: 0},
    }
    before = content(collection)
    done = collection.add(notices, workers=1, again="older")
    assert (done.read, done.changed, done.unchanged, len(done.failed)) == (4, 4, 6, 1)
    assert content(collection) == before
    assert not collection.versions["older"].any()
    assert str(collection.add(notices, workers=1, again="older")) == "0 read, 10 unchanged, 1 could not be read"
    with pytest.raises(pg.UnknownNameError, match=r"There are no such files to read again.*older"):
        collection.add(notices, again="all")


def test_a_repeated_file_follows_its_notice_that_is_read_again(notices, tmp_path, monkeypatch):
    collection = pg.Collection(tmp_path / "c")
    with monkeypatch.context() as older:
        older.setattr(pg, "__version__", "0.0.9")
        collection.add(notices, workers=1)
    before = content(collection)
    repeated = next(path for path in sorted((notices / "2022").iterdir()) if path.name == "03.txt")
    assert collection.add(repeated, workers=1, again="older").read == 1
    assert content(collection) == before
    assert collection.versions.set_index("file")["older"].sum() == 9
    collection.remove([repeated])
    assert len(collection) == 9, "the other file holds it"


def fails_on(monkeypatch, names, document):
    """Let a reading of a file fail, under its own id alone where one is named that corrections do not fit."""
    real = collecting.read_jobs

    def read(jobs, choices):
        chunk = real(jobs, choices)
        failure = "No table was found. Where: it."
        outcomes = tuple(
            replace(one, document=document if not one.job.document else "", failure=failure)
            if one.job.noted.endswith(names)
            else one
            for one in chunk.outcomes
        )
        return replace(chunk, outcomes=outcomes)

    monkeypatch.setattr(collecting, "read_jobs", read)


ITSELF, NOBODY, ANOTHER = "城口县府办发〔2021〕4号", "城口县府办发〔2021〕99号", "巫溪县府办发〔2022〕3号"


@pytest.mark.parametrize("document", ["", ITSELF, NOBODY, ANOTHER])
@pytest.mark.parametrize("names", [("04.txt",), ("03.txt", "again.txt")], ids=["one file", "two of the same bytes"])
def test_what_a_newer_version_cannot_read_stays_as_an_older_one_read_it(
    notices, tmp_path, monkeypatch, document, names
):
    collection = pg.Collection(tmp_path / "c")
    with monkeypatch.context() as older:
        older.setattr(pg, "__version__", "0.0.9")
        collection.add(notices, workers=1)
    before = content(collection)
    with monkeypatch.context() as newer:
        fails_on(newer, names, document)
        done = collection.add(notices, workers=1, again="older")
    failed = {path.rpartition("/")[2]: sentence for path, sentence in done.failed}
    assert (done.read, sorted(failed)) == (8, sorted([*names, "letter.txt"]))
    said = "No table was found. Where: it. The notice stays as version 0.0.9 read it."
    assert {failed[name] for name in names} == {said}
    assert content(collection) == {**before, "failures": sorted(collection.failures)}
    assert sorted(path.rpartition("/")[2] for path in collection.failures) == sorted([*names, "letter.txt"])
    assert collection.versions["older"].sum() == len(names)
    assert collection.add(notices, workers=1, again="older").read == 1, "it is tried again"
    assert content(collection) == before


def test_an_index_of_the_version_before_is_read_and_brought_up(notices, tmp_path):
    import sqlite3
    from contextlib import closing

    collection = pg.Collection(tmp_path / "c")
    collection.add(notices, workers=1)
    before = content(collection)
    with closing(sqlite3.connect(collection.folder / "index.sqlite")) as index, index:
        for column in ("refused", "program", "format"):
            index.execute(f"ALTER TABLE files DROP COLUMN {column}")
        index.execute("UPDATE about SET value = '2' WHERE name = 'version'")
        index.execute("""INSERT INTO about VALUES ('refused', '{"../notices/letter.txt": "x"}')""")
    assert content(collection) == before
    assert collection.versions["older"].all()
    assert collection.add(notices, workers=1, again="older").read == 9
    assert content(collection) == before
    assert not collection.versions["older"].any()
