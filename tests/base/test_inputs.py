"""Files that a user names: what is no file is not opened, and a table of one's own says what is wrong with it."""

from __future__ import annotations

import csv
import os
import socket
from pathlib import Path

import pytest

import pairing_graph as pg
from pairing_graph.base.encodings import encoding_of, text_encoding
from pairing_graph.base.inputs import file_name, read_bytes
from pairing_graph.base.text import printable
from pairing_graph.readers import read_document
from pairing_graph.reading.corrections import read_corrections
from pairing_graph.reading.user_tables import read_reference

READERS = {
    "notice": read_document,
    "corrections": read_corrections,
    "aliases": lambda path: read_reference("aliases", path),
    "headers": lambda path: read_reference("headers", path),
}
HEADINGS = {"aliases": "region,alias,name,reason", "headers": "word,meaning,match"}
ROWS = {"aliases": "县,教育局,教委,改名", "headers": "牵头方,lead,exact"}


@pytest.fixture(params=READERS)
def reader(request):
    return READERS[request.param]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes that have names")
def test_a_pipe_is_not_waited_for(reader, tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(pg.FileError, match="not a regular file.*a pipe"):
        reader(tmp_path / "a.txt")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_not_read(reader, device):
    with pytest.raises(pg.FileError, match="not a regular file.*a device"):
        reader(device)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no sockets that have names")
def test_a_socket_is_not_read(reader, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("a.txt")
        with pytest.raises(pg.FileError, match="not a regular file.*a socket"):
            reader("a.txt")


def test_a_folder_is_not_read(reader, tmp_path):
    with pytest.raises(pg.FileError, match="A folder was given"):
        reader(tmp_path)


@pytest.mark.parametrize(
    "path", ["nowhere.csv", "a\0b.csv", "a" * 5000, "nowhere/a.csv"], ids=["missing", "null", "long", "folder"]
)
def test_a_path_that_leads_nowhere_is_named(reader, tmp_path, path):
    with pytest.raises(pg.FileError, match="There is no such file|cannot be read"):
        reader(tmp_path / path)


@pytest.mark.parametrize("content", [b"", b" \n", b"\xef\xbb\xbf"], ids=["nothing", "blank", "mark"])
def test_an_empty_file_is_named(reader, tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(pg.FileError, match=r"a\.csv"):
        reader(tmp_path / "a.csv")


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x" * 11)
    assert read_bytes(tmp_path / "a.csv", "file", 11) == b"x" * 11
    with pytest.raises(pg.FileError, match="too large.*at most 10 bytes.*11 bytes.*Do this"):
        read_bytes(tmp_path / "a.csv", "file", 10, advice="Do this.")


@pytest.mark.parametrize("name", ["a\x1b[2J.txt", "a\x9b.txt", "a\n.txt", "a\t.txt"], ids=ascii)
def test_a_control_character_in_a_name_stops_nothing(tmp_path, name):
    (tmp_path / name).write_text("县教委牵头", encoding="utf-8")
    document = read_document(tmp_path / name)
    assert document.file == file_name(name) == "a\ufffd" + name[2:]
    assert document.name == document.file.removesuffix(".txt")


def test_complaints_about_a_name_are_printable(tmp_path):
    with pytest.raises(pg.FileError) as error:
        read_document(tmp_path / "a\x1b[2J\n.txt")
    assert str(error.value) == printable(str(error.value))
    assert "\n" not in str(error.value)


def test_printable_text_has_line_breaks_and_tabs_and_no_other_control():
    every = "".join(map(chr, [*range(0xA1), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x20AC, 0x2028]))
    kept = [char for char in printable(every) if char not in "\ufffd?"]
    assert kept == ["\t", "\n", *map(chr, [*range(0x20, 0x3F), *range(0x40, 0x7F)]), "\xa0", "€", "\u2028"]
    assert printable(printable(every)) == printable(every)


@pytest.mark.parametrize("table", HEADINGS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_table_may_be_saved_as_excel_saves_it(tmp_path, table, encoding):
    file = tmp_path / "own.csv"
    file.write_bytes(f"{HEADINGS[table]}\r\n{ROWS[table]}\r\n".encode(encoding))
    assert list(read_reference(table, file)[0].values()) == ROWS[table].split(",")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{heading}\n{row},\n", None),
        ("{heading}\n{row},多余\n", "row 2.*more cells|more cells.*row 2"),
        ("{heading},{heading}\n{row}\n", None),
        ("{heading}\n\n\n{row}\n", None),
        ("{heading}\n{word}\n", "row 2"),
        ("word\n牵头\n", "lacks a column"),
        ("\n{heading}\n{row}\n", "lacks a column"),
        ("{heading}\n{row}\0\n", "encoding|unknown word|cannot be read"),
        ('{heading}\n"{long}"\n', "cannot be read"),
    ],
    ids=["blank-cell", "too-many", "doubled-heading", "blank-lines", "too-few", "column", "no-heading", "null", "long"],
)
def test_an_odd_row_of_a_table_is_read_or_named(tmp_path, content, words):
    csv.field_size_limit(131_072)  # Python's own; another library of the tests raises it for the whole process
    file = tmp_path / "own.csv"
    word = ROWS["headers"].split(",")[0]
    made = content.format(heading=HEADINGS["headers"], row=ROWS["headers"], word=word, long="x" * 200_000)
    file.write_text(made, encoding="utf-8", newline="")
    if words is None:
        assert read_reference("headers", file) == ({"word": "牵头方", "meaning": "lead", "match": "exact"},)
        return
    with pytest.raises(pg.FileError, match=f"(?s){words}"):
        read_reference("headers", file)


def test_a_row_with_fewer_columns_has_blanks_for_the_rest(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text(f"{HEADINGS['aliases']}\n县,教育局,教委\n", encoding="utf-8")
    assert read_reference("aliases", file)[0]["reason"] == ""


def test_control_characters_in_a_table_are_shown_as_damage(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text(f"{HEADINGS['aliases']}\n县,教\x9b育局,教\x07委,{'改名' * 400}\n", encoding="utf-8")
    assert list(read_reference("aliases", file)[0].values())[1:3] == ["教\ufffd育局", "教\ufffd委"]


@pytest.mark.parametrize(
    "name", ["utf_7", "UTF-7", "rot13", "zlib", "mbcs", "idna", "unicode-escape", "x", "", "a\0b"], ids=ascii
)
def test_a_codec_that_is_no_encoding_of_text_is_not_believed(name):
    assert text_encoding(name) == ""


def test_bytes_in_no_encoding_are_none_of_them():
    assert encoding_of(bytes(range(128, 256))) is None


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("重慶市渝中區與巫溪縣結對幫扶工作方案，各單位按職責分工負責落實。", "big5"),
        ("東京都の観光局は、年末までに作業を完了する。", "shift_jis"),
        ("Отдел туризма завершит работу до конца года.", "cp1251"),
        ("Отдел туризма завершит работу до конца года.", "koi8-r"),
    ],
    ids=["big5", "shift-jis", "cp1251", "koi8-r"],
)
def test_text_in_another_legacy_encoding_is_not_taken_for_chinese(text, encoding):
    assert encoding_of(text.encode(encoding)) is None


def test_a_few_rare_characters_leave_gb18030_what_it_is():
    assert encoding_of("县商务委牵头，县财政局、垚鎔㐂镇配合落实。".encode("gb18030")) == "gb18030"
