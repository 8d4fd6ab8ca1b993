"""The writer: a file is there whole or as it was before, and nothing that was read is written over."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from pathlib import Path

import pytest

import pairing_graph as pg
from pairing_graph.base import files
from pairing_graph.base.files import refuse_inputs, write_file, write_files


def full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_full_disk_leaves_what_was_there_before(tmp_path, monkeypatch):
    file = tmp_path / "a.json"
    file.write_bytes(b"before")
    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(pg.FileError, match=r"a\.json.*No space left.*unchanged"):
        write_file(file, b"after")
    assert file.read_bytes() == b"before"
    assert names(tmp_path) == ["a.json"]


def test_several_files_are_put_in_place_only_when_all_are_complete(tmp_path, monkeypatch):
    count = iter(range(9))
    real = os.fsync
    monkeypatch.setattr(files.os, "fsync", lambda number: full() if next(count) == 2 else real(number))
    with pytest.raises(pg.FileError, match="No space left"):
        write_files({tmp_path / f"{name}.csv": b"x" for name in "abc"})
    assert names(tmp_path) == []


def test_the_file_that_was_read_is_not_written_over_under_any_name(tmp_path):
    notice = tmp_path / "notice.txt"
    notice.write_bytes(b"words")
    digest = hashlib.sha256(b"words").hexdigest()
    (tmp_path / "link.txt").symlink_to(notice)
    os.link(notice, tmp_path / "hard.txt")
    for name in ("notice.txt", "link.txt", "hard.txt"):
        with pytest.raises(pg.FileError, match=f"overwrite the notice.*{name}"):
            write_file(tmp_path / name, b"result", sources=[digest])
    assert notice.read_bytes() == b"words"


def test_no_checksum_is_no_source(tmp_path):
    assert write_file(tmp_path / "new.txt", b"x", sources=[""]).read_bytes() == b"x"


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    (tmp_path / "real.txt").write_bytes(b"before")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write_file(tmp_path / "link.txt", b"after")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"after"


def test_permissions_stay(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"before")
    file.chmod(0o640)
    write_file(file, b"after")
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of Unix")
def test_a_pipe_is_written_to_as_it_is(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, b"through")
    reader.join(10)
    assert got == [b"through"]
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["file/a.txt", "a\0b.txt", "x" * 5000], ids=["below-a-file", "null-byte", "too-long"])
def test_a_place_that_cannot_be_gets_a_sentence(tmp_path, name):
    (tmp_path / "file").write_text("x")
    with pytest.raises(pg.FileError, match="The file cannot be written"):
        write_file(tmp_path / name, b"x")


def test_all_outputs_that_are_inputs_are_named_at_once(tmp_path):
    one, two = tmp_path / "one.txt", tmp_path / "two.csv"
    one.write_text("1")
    two.write_text("2")
    with pytest.raises(pg.FileError) as error:
        refuse_inputs([one, two, None, tmp_path / "new"], {"notice": one, "corrections": two, "table of aliases": None})
    assert [complaint.where for complaint in error.value.complaints] == [str(one), str(two)]


@pytest.mark.parametrize(
    "write",
    [
        lambda kb, path: pg.write_tables(kb, path.with_suffix(".json")),
        lambda kb, path: pg.write_tables(kb, path.with_suffix(".xlsx")),
        lambda kb, path: pg.write_graph(pg.build_graph(kb), path.with_suffix(".graphml")),
        lambda kb, path: pg.write_graph(kb, path.with_suffix(".net")),
        lambda kb, path: pg.write_rdf(kb, path.with_suffix(".ttl")),
        lambda kb, path: pg.write_page(kb, path),
        lambda kb, path: pg.write_page(pg.build_graph(kb), path),
        lambda kb, path: pg.write_reading(kb, path),
        lambda kb, path: pg.show(kb, path=path),
        lambda kb, path: pg.write_figure(pg.plot_pairings(kb), path.with_suffix(".svg"), kb),
    ],
    ids=["json", "xlsx", "graphml", "pajek", "rdf", "page", "page-of-a-graph", "reading", "show", "figure"],
)
def test_no_writer_writes_over_the_notice(kb, notice, tmp_path, write):
    for suffix in (".json", ".xlsx", ".graphml", ".net", ".ttl", ".svg", ".html"):
        (tmp_path / f"a{suffix}").write_bytes(notice.read_bytes())
    with pytest.raises(pg.FileError, match="overwrite the notice"):
        write(kb, tmp_path / "a.html")
    assert all(path.read_bytes() == notice.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize("name", ["x.dta", "x.csv", "x.xls"])
def test_tables_in_another_format_are_refused(kb, tmp_path, name):
    with pytest.raises(pg.FileError, match="format is not written|holds one table, not eight"):
        pg.write_tables(kb, tmp_path / name)
    assert names(tmp_path) == []


def test_a_folder_of_tables_may_have_a_version_in_its_name(kb, tmp_path):
    assert "units.csv" in names(pg.write_tables(kb, tmp_path / "tables-1.2"))


def test_tables_do_not_overwrite_a_notice_that_is_named_like_one(notice, tmp_path):
    (tmp_path / "tasks.csv").write_bytes(notice.read_bytes())
    with pytest.raises(pg.FileError, match="overwrite the notice"):
        pg.write_tables(pg.read_notice(tmp_path / "tasks.csv"), tmp_path)
    assert names(tmp_path) == ["tasks.csv"]


def test_a_folder_in_the_place_of_a_file_is_found_before_any_is_replaced(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"before")
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(pg.FileError, match=r"b\.csv.*unchanged"):
        write_files({tmp_path / "a.csv": b"after", tmp_path / "b.csv": b"after"})
    assert (tmp_path / "a.csv").read_bytes() == b"before"


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no /dev/stdout")
def test_standard_output_is_written_to_behind_what_is_there(tmp_path):
    import subprocess
    import sys

    code = "from pairing_graph.base.files import write_file; write_file('/dev/stdout', b'new')"
    with (tmp_path / "all.txt").open("ab") as out:
        out.write(b"old ")
        out.flush()
        subprocess.run([sys.executable, "-c", code], stdout=out, check=True)
    assert (tmp_path / "all.txt").read_bytes() == b"old new"
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True)
    assert done.stdout == b"new"
