"""Folders, patterns and the progress bar."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pandas as pd
import pytest

import pairing_graph as pg
from pairing_graph.base import progress
from pairing_graph.kb.lookup import find_unit
from pairing_graph.output.tables import json_text
from pairing_graph.reading import notices as notice_module
from pairing_graph.reading.combining import merged_units
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


@pytest.mark.parametrize("error", [RecursionError, OverflowError, ValueError, AttributeError], ids=lambda e: e.__name__)
def test_a_library_that_breaks_on_a_file_does_not_stop_the_others(folder, monkeypatch, error):
    honest = notice_module.read_document

    def breaking(path, **options):
        if path.name == "a.docx":
            raise error("deep inside")
        return honest(path, **options)

    monkeypatch.setattr(notice_module, "read_document", breaking)
    kb = pg.read_notices(folder)
    assert list(kb.documents["file"]) == ["b.HTML"]
    (failed,) = kb.unread.loc[kb.unread["reason"] == "file_unreadable", "text"]
    assert "a.docx" in failed
    assert f"{error.__name__}: deep inside" in failed
    with pytest.raises(error, match="deep inside"):
        pg.read_notices(folder, strict=True)


@pytest.mark.parametrize("path", ["a" * 5000, "a" * 5000 + "*", "a\0b.txt"], ids=["long", "pattern", "nul"])
def test_a_path_that_no_system_takes_gets_a_sentence(path):
    with pytest.raises(pg.NoticeError, match="cannot be read|no notice"):
        pg.read_notices(path)
    with pytest.raises(pg.FileError):
        pg.read_notice(path)


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="file names are UTF-8 there")
def test_a_file_name_that_is_no_utf8_is_cleaned(folder, notice):
    odd = os.fsencode(folder) + b"/\xd6\xd0.txt"
    Path(os.fsdecode(odd)).write_bytes(notice.read_bytes().replace("巫溪府发〔2022〕24号".encode(), b""))
    Path(os.fsdecode(os.fsencode(folder) + b"/\xd6.txt")).write_text("没有", encoding="utf-8")
    kb = pg.read_notices(folder)
    assert "??.txt" in set(kb.documents["file"])
    assert "??" in set(kb.documents["document"])
    assert "?" in set(kb.unread.loc[kb.unread["reason"] == "file_unreadable", "document"])
    json_text(kb).encode("utf-8")


def test_a_second_short_name_of_a_unit_is_an_alias(kb):
    units = kb.units.assign(name=kb.units["name"].replace("县商务委", "商务委员会"))
    codes = dict(zip(kb.units["unit"], kb.units["region_code"], strict=True))
    merged = merged_units(pd.concat([kb.units, units], ignore_index=True), codes)
    assert merged["unit"].is_unique
    both = kb.replace(units=merged)
    assert find_unit(both, "商务委员会") == find_unit(both, "县商务委") == "巫溪县商务委"
    assert merged[merged["unit"] != "巫溪县商务委"].equals(kb.units[kb.units["unit"] != "巫溪县商务委"])
