"""A run's folder: all files or none, one run at a time, and nobody's work is replaced."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap

import pytest

import pairing_graph as pg
from pairing_graph.base.files import write_file
from pairing_graph.cli.app import main
from pairing_graph.output import run_folder as module
from pairing_graph.output.run_folder import INCOMPLETE, MANIFEST, run_folder


def run(folder, contents, *, inputs=(), **options):
    with run_folder(folder, inputs={f"notice {path}": path for path in inputs}, **options) as made:
        for name, text in contents.items():
            write_file(made.work / name, text.encode())


def shown(folder):
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return files - {".lock", MANIFEST}


def test_files_appear_together_when_the_run_is_over(tmp_path):
    with run_folder(tmp_path / "out", inputs={}) as made:
        write_file(made.work / "tables" / "a.csv", b"a")
        assert not (tmp_path / "out" / "tables").exists()
    assert shown(tmp_path / "out") == {"tables/a.csv"}
    assert list(json.loads((tmp_path / "out" / MANIFEST).read_text())["files"]) == ["tables/a.csv"]


def test_a_run_that_fails_leaves_the_folder_as_it_was(tmp_path):
    run(tmp_path, {"a": "1"})
    with pytest.raises(pg.FileError):
        run(tmp_path, {"a": "2", "a/b": "no file below a file"})
    assert (tmp_path / "a").read_text() == "1"
    assert shown(tmp_path) == {"a"}


def test_what_a_second_run_does_not_write_is_removed(tmp_path):
    run(tmp_path, {"a": "1", "b": "1"})
    (tmp_path / "mine.txt").write_text("mine")
    run(tmp_path, {"a": "2"})
    assert shown(tmp_path) == {"a", "mine.txt"}


@pytest.mark.parametrize("known", [True, False], ids=["changed", "never-written"])
def test_a_file_of_somebody_else_is_not_replaced(tmp_path, known):
    if known:
        run(tmp_path, {"a": "1", "b": "1"})
    (tmp_path / "a").write_text("my own words")
    with pytest.raises(pg.FileError, match="changed since" if known else "not written by an earlier run"):
        run(tmp_path, {"a": "2", "b": "2"})
    assert (tmp_path / "a").read_text() == "my own words"
    assert not known or (tmp_path / "b").read_text() == "1"
    run(tmp_path, {"a": "2"}, overwrite=True)
    assert (tmp_path / "a").read_text() == "2"


def test_a_changed_file_that_is_no_longer_written_stays(tmp_path):
    run(tmp_path, {"a": "1", "b": "1"})
    (tmp_path / "b").write_text("my own words")
    run(tmp_path, {"a": "1"})
    assert shown(tmp_path) == {"a", "b"}


def test_an_input_is_never_overwritten_not_even_on_demand(tmp_path):
    (tmp_path / "graph.html").write_text("the notice")
    with pytest.raises(pg.FileError, match="overwrite the notice"):
        run(tmp_path, {"graph.html": "x"}, inputs=[tmp_path / "graph.html"], overwrite=True)
    assert (tmp_path / "graph.html").read_text() == "the notice"


def test_a_second_run_at_the_same_time_is_refused(tmp_path):
    code = """
        import sys
        from pairing_graph.output.run_folder import run_folder
        with run_folder(sys.argv[1], inputs={}):
            print("in", flush=True)
            sys.stdin.read()
    """
    other = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout.readline().strip() == b"in"
    with pytest.raises(pg.FileError, match="Another run is writing"):
        run(tmp_path, {"a": "1"})
    other.communicate(b"")
    run(tmp_path, {"a": "1"})
    assert shown(tmp_path) == {"a"}


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_a_killed_run_leaves_no_half_files_and_does_not_stop_the_next(tmp_path):
    code = """
        import os, signal, sys
        from pairing_graph.base.files import write_file
        from pairing_graph.output.run_folder import run_folder
        with run_folder(sys.argv[1], inputs={}) as made:
            write_file(made.work / "a", b"half")
            os.kill(os.getpid(), signal.SIGKILL)
    """
    run(tmp_path, {"a": "1"})
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code), str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "a").read_text() == "1"
    run(tmp_path, {"a": "2"})
    assert shown(tmp_path) == {"a"}
    assert (tmp_path / "a").read_text() == "2"


def test_a_run_that_stops_while_files_are_put_in_place_says_so_and_the_next_mends_it(tmp_path, monkeypatch):
    run(tmp_path, {"a": "1", "b": "1"})
    real = module.Path.replace

    def broken(self, target):
        if target == tmp_path / "b":
            raise OSError(5, "Input/output error")
        return real(self, target)

    monkeypatch.setattr(module.Path, "replace", broken)
    with pytest.raises(pg.FileError, match="incomplete"):
        run(tmp_path, {"a": "2", "b": "2"})
    monkeypatch.undo()
    assert (tmp_path / INCOMPLETE).exists()
    assert "interrupted" in json.loads((tmp_path / INCOMPLETE).read_text())["note"]
    run(tmp_path, {"a": "3", "b": "3"})
    assert shown(tmp_path) == {"a", "b"}


@pytest.mark.parametrize("name", ["a", "a/b"], ids=["folder-for-a-file", "file-for-a-folder"])
def test_what_is_in_the_way_is_named_before_anything_is_moved(tmp_path, name):
    if name == "a":
        (tmp_path / "a").mkdir()
    else:
        (tmp_path / "a").write_text("x")
    with pytest.raises(pg.FileError, match="in the place of an output"):
        run(tmp_path, {name: "1", "0": "1"}, overwrite=True)
    assert not (tmp_path / "0").exists()
    assert not (tmp_path / INCOMPLETE).exists()


@pytest.mark.parametrize("text", ["{", "[]", '{"files": 5}', '{"files": {"../outside": "x"}}'])
def test_a_damaged_manifest_erases_nothing(tmp_path, text):
    folder = tmp_path / "out"
    folder.mkdir()
    (tmp_path / "outside").write_text("x")
    (folder / MANIFEST).write_text(text)
    with pytest.raises(pg.FileError, match="no record of a run"):
        run(folder, {"a": "1"})
    run(folder, {"a": "1"}, overwrite=True)
    assert (tmp_path / "outside").read_text() == "x"


def test_only_the_remains_of_runs_are_removed(tmp_path):
    for name in (".unfinished", ".pairing-graph-run-mine", "notes"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "diary.txt").write_text("mine")
    (tmp_path / ".pairing-graph-run-link").symlink_to(tmp_path / "notes")
    run(tmp_path, {"a": "1"})
    assert (tmp_path / "a").exists()
    for name in (".unfinished", ".pairing-graph-run-mine", "notes"):
        assert (tmp_path / name / "diary.txt").read_text() == "mine"


@pytest.mark.parametrize("record", [MANIFEST, INCOMPLETE])
def test_a_record_that_is_a_link_to_the_notice_is_not_written_through(tmp_path, record):
    (tmp_path / "n.txt").write_text("the notice")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / record).symlink_to(tmp_path / "n.txt")
    with pytest.raises(pg.FileError, match="overwrite the notice"):
        run(tmp_path / "out", {"a": "1"}, inputs=[tmp_path / "n.txt"], overwrite=True)
    assert (tmp_path / "n.txt").read_text() == "the notice"


def test_an_input_that_an_earlier_run_wrote_is_not_removed(tmp_path):
    run(tmp_path, {"a": "1", "old.csv": "words"})
    run(tmp_path, {"a": "2"}, inputs=[tmp_path / "old.csv"])
    assert (tmp_path / "old.csv").read_text() == "words"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of Unix")
def test_what_cannot_be_compared_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "a")
    with pytest.raises(pg.FileError, match="not written by an earlier run"):
        run(tmp_path, {"a": "1"})
    assert (tmp_path / "a").is_fifo()


def test_a_folder_that_was_interrupted_twice_is_still_known_as_ours(tmp_path, monkeypatch):
    run(tmp_path, {"a": "1", "b": "1"})
    real = module.Path.replace
    for stop, text in (("b", "2"), ("a", "3")):

        def broken(self, target, stop=stop):
            if target == tmp_path / stop:
                raise OSError(5, "Input/output error")
            return real(self, target)

        monkeypatch.setattr(module.Path, "replace", broken)
        with pytest.raises(pg.FileError, match="incomplete"):
            run(tmp_path, {"a": text, "b": text})
        monkeypatch.undo()
    run(tmp_path, {"a": "4", "b": "4"})
    assert (tmp_path / "a").read_text() == (tmp_path / "b").read_text() == "4"


@pytest.mark.parametrize("given", ["{folder}", "{folder}/repor*.txt"], ids=["folder", "pattern"])
def test_analyse_never_overwrites_a_notice_of_a_folder_or_pattern(capsys, tmp_path, notice, given):
    (tmp_path / "report.txt").write_bytes(notice.read_bytes())
    code = main(["analyse", given.format(folder=tmp_path), "--out", str(tmp_path), "--overwrite"])
    assert code == 2
    assert "overwrite the notice" in capsys.readouterr().err
    assert (tmp_path / "report.txt").read_bytes() == notice.read_bytes()


def test_analyse_mixes_no_two_notices(capsys, tmp_path, monkeypatch):
    def draw(results, folder, _lang):  # Figures and page take most of the time of a run.
        write_file(folder / "figures" / f"{results.kb.documents['document'].item()}.png", b"drawn")
        return []

    monkeypatch.setattr("pairing_graph.cli.analyse._draw", draw)
    out = str(tmp_path / "out")
    assert main(["analyse", "data/raw/wuxi-yuzhong-2022.txt", "--out", out]) == 0
    (tmp_path / "out" / "notes.txt").write_text("mine")
    assert main(["analyse", "data/examples/livelihood.docx", "--out", out]) == 0
    record = json.loads((tmp_path / "out" / MANIFEST).read_text())
    assert [row["file"] for row in record["notices"]] == ["livelihood.docx"]
    assert shown(tmp_path / "out") == {*record["files"], "notes.txt"}
    assert sum(name.startswith("figures/") for name in record["files"]) == 1
    assert "垫江" in (tmp_path / "out" / "report.txt").read_text(encoding="utf-8")
    capsys.readouterr()
    (tmp_path / "out" / "tables" / "tasks.csv").write_text("my remarks")
    assert main(["analyse", "data/raw/wuxi-yuzhong-2022.txt", "--out", out]) == 2
    assert "tasks.csv" in capsys.readouterr().err
    assert (tmp_path / "out" / "tables" / "tasks.csv").read_text() == "my remarks"
