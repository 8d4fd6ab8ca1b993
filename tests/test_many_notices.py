"""Folders, patterns and the progress bar."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from pairing_graph import progress
from tests.rendering import table, to_docx, to_html

ROWS = table(["序号", "工作任务", "牵头单位"], ["1", "办好学校", "县教委"])


@pytest.fixture
def folder(tmp_path, notice):
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.docx").write_bytes(to_docx(["一", ROWS]))
    (tmp_path / "b.HTML").write_bytes(to_html(["二", ROWS]))
    (tmp_path / "inner" / "c.txt").write_bytes(notice.read_bytes())
    (tmp_path / "~$a.docx").write_bytes(b"lock")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "notes.csv").write_text("a,b\n", encoding="utf-8")
    return tmp_path


def test_out_of_a_folder_the_files_named_as_a_format_are_taken(folder):
    assert list(pg.read_notices(folder).documents["file"]) == ["a.docx", "b.HTML"]


def test_a_format_that_is_not_read_is_reported_and_not_passed_over(folder):
    (folder / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + "Workbook\0".encode("utf-16-le"))
    kb = pg.read_notices(folder)
    (failed,) = kb.unread.loc[kb.unread["reason"] == "file_unreadable", "text"]
    assert "old workbook (xls)" in failed


@pytest.mark.parametrize(
    ("pattern", "files"),
    [("*.docx", ["a.docx"]), ("**/*.txt", ["c.txt"]), ("[ab].*", ["a.docx", "b.HTML"])],
    ids=["suffix", "folders", "letters"],
)
def test_a_pattern_takes_what_fits_it(folder, pattern, files):
    assert list(pg.read_notices(str(folder / pattern)).documents["file"]) == files


def test_files_folders_and_patterns_go_together_each_file_once(folder):
    kb = pg.read_notices([folder, folder / "a.docx", str(folder / "**" / "*.txt")])
    assert list(kb.documents["file"]) == ["a.docx", "b.HTML", "c.txt"]
    assert "same_file" not in set(kb.unread["reason"])


def test_a_pattern_that_fits_nothing_is_named(folder):
    with pytest.raises(pg.FileError, match=r"no notice under the pattern.*\*\.pdf"):
        pg.read_notices(str(folder / "*.pdf"))


def test_the_bar_is_silent_where_nobody_watches_and_shown_on_request(folder, capsys):
    pg.read_notices(folder)
    assert capsys.readouterr() == ("", "")
    pg.read_notices(folder, progress=True)
    assert "0/2" in capsys.readouterr().err


def test_in_a_notebook_the_bar_stays_off_standard_error(folder, capsys, monkeypatch):
    monkeypatch.setattr(progress, "_in_notebook", lambda: True)
    pg.read_notices(folder)
    out = capsys.readouterr()
    assert "0/2" in out.out
    assert not out.err
