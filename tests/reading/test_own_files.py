"""A file that this package wrote, given where a notice was wanted, is opened or named."""

from __future__ import annotations

import json
import shutil

import pytest

import pairing_graph as pg


def test_a_saved_folder_is_opened(kb, tmp_path):
    folder = kb.save(tmp_path / "kb", format="csv")
    for opened in (pg.read_notice(folder), pg.read_notices(folder), pg.read_notices([folder])):
        assert opened.equals(kb)
        assert opened.sources == kb.sources


def test_json_of_tables_is_opened_without_sources(kb, tmp_path):
    file = pg.write_tables(kb, tmp_path / "tables.json")
    opened = pg.read_notice(file)
    assert opened.equals(kb)
    assert not opened.sources


@pytest.mark.parametrize("option", [{"qualifier": "separate"}, {"aliases": "a.csv"}, {"corrections": "c.csv"}], ids=str)
def test_options_of_reading_are_refused_for_what_was_read_before(kb, tmp_path, option):
    folder = kb.save(tmp_path / "kb", format="csv")
    with pytest.raises(pg.NoticeError, match="options of reading do not apply"):
        pg.read_notice(folder, **option)


def written(kb, folder):
    """Files of ours by what the sentence about them says."""
    saved = kb.save(folder / "kb", format="csv")
    tables = pg.write_tables(kb, folder / "tables")
    return {
        "read_graph": [pg.write_graph(kb, folder / f"g.{suffix}") for suffix in ("graphml", "json", "gexf")],
        "corrections=": [pg.write_tables(kb, folder / "tables.xlsx")],
        "pg.open_kb": list(saved.glob("data-*/*.csv")),
        "kb.save": [tables / f"{name}.csv" for name in ("tasks", "units", "unread")],
    }


def test_others_say_what_opens_them(kb, tmp_path):
    for words, files in written(kb, tmp_path).items():
        for file in files:
            with pytest.raises(pg.FileError) as error:
                pg.read_notice(file)
            assert words in str(error.value), file


def test_among_notices_they_are_left_out_with_the_sentence(kb, notice, tmp_path):
    folder = tmp_path / "notices"
    folder.mkdir()
    shutil.copy(notice, folder)
    pg.write_tables(kb, folder / "tables.xlsx")
    saved = kb.save(tmp_path / "kb", format="csv")
    read = pg.read_notices([folder, saved])
    assert read.documents["document"].tolist() == kb.documents["document"].tolist()
    said = "\n".join(read.unread.loc[read.unread["reason"] == "file_unreadable", "text"])
    assert "workbook of a knowledge base" in said
    assert "Open it alone: pg.open_kb" in said


@pytest.mark.parametrize(
    "change", [lambda data: data.pop("tasks"), lambda data: data.update(tasks=5), lambda data: data.update(tasks=[])]
)
def test_damaged_json_of_tables_is_a_sentence(kb, tmp_path, change):
    file = pg.write_tables(kb, tmp_path / "tables.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(pg.NoticeError, match="damaged|cannot be opened|names a task"):
        pg.read_notice(file)
