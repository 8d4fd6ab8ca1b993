"""What a text file may be, and what is said of one that it may not be."""

from __future__ import annotations

from pathlib import Path

import pytest

import pairing_graph as pg
from pairing_graph.readers import read_document
from pairing_graph.readers.limits import Limits
from pairing_graph.readers.text import encoding_of
from pairing_graph.readers.text import read as read_text


def test_lines_keep_the_number_that_an_editor_shows(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("\n一\n\n\t二\r\n三".encode())
    found = [(paragraph.number, paragraph.text) for paragraph in read_document(file).paragraphs]
    assert found == [(2, "一"), (4, "\t二"), (5, "三")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("# 西区人民政府办公室文件", "西区人民政府办公室文件"),
        ("### 一、产业协作 ###", "一、产业协作"),
        ("**关于印发任务分解表的通知**", "关于印发任务分解表的通知"),
        ("# **任务分解表**", "任务分解表"),
        ("**牵头单位：**县商务局", "**牵头单位：**县商务局"),
        ("#3楼会议室", "#3楼会议室"),
        ("\t# 一", "\t# 一"),
    ],
    ids=["heading", "closed", "bold", "both", "bold-word", "number", "cell"],
)
def test_a_heading_has_no_signs_of_markdown(tmp_path, line, words):
    file = tmp_path / "a.md"
    file.write_text(f"{line}\n", encoding="utf-8")
    assert [paragraph.text for paragraph in read_document(file).paragraphs] == [words]


def test_the_region_of_a_markdown_heading_is_that_of_the_notice(tmp_path):
    text = "# 西区人民政府办公室关于印发任务分解表的通知\n\n| 序号 | 任务 | 牵头单位 |\n|---|---|---|\n"
    file = tmp_path / "a.md"
    file.write_text(f"{text}| 1 | 办好学校。 | 区教育局 |\n| 2 | 修路。 | 区交通局 |\n", encoding="utf-8")
    kb = pg.read_notice(file)
    assert kb.documents["regions"].item() == ("西区",)
    assert kb.documents["title"].item().startswith("西区")
    assert set(kb.units["region"]) == {"西区"}


def test_the_locale_does_not_matter(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    file = tmp_path / "渝中区.txt"
    file.write_bytes("县商务委".encode())
    assert read_document(file).paragraphs[0].text == "县商务委"


def test_control_characters_are_shown_as_damage(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(("县商务委" * 100 + "\x08").encode())
    assert read_document(file).paragraphs[0].text.endswith("委\ufffd")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (bytes(range(256)) * 4, "binary"),
        (b"PK\x03\x04" + bytes(200), "zip archive"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "old Office"),
        ("縣農業農村委員會負責推動產業鏈協同發展".encode("big5"), "encoding"),
        ("ＡＢＣ渝".encode()[:-1] + b"\xff\xfe\xff", "encoding"),
    ],
    ids=["nothing", "blanks", "binary", "zip", "pdf", "ole", "big5", "broken-utf8"],
)
def test_what_is_no_readable_text_is_said_in_a_sentence(tmp_path, data, words):
    file = tmp_path / "notice.txt"
    file.write_bytes(data)
    with pytest.raises(pg.FileError, match="(?i)" + words) as error:
        pg.read_notice(file)
    assert "notice.txt" in str(error.value)


@pytest.mark.parametrize("path", ["nowhere.txt", "nowhere/notice.txt", "a\0b.txt"], ids=["file", "folder", "nul"])
def test_a_missing_file_is_named(tmp_path, path):
    with pytest.raises(pg.FileError, match="no such file|cannot be read"):
        pg.read_notice(tmp_path / path)


def test_a_folder_is_no_notice(tmp_path):
    with pytest.raises(pg.FileError, match="folder"):
        pg.read_notice(tmp_path)


@pytest.mark.parametrize(
    "limits",
    [Limits(file_bytes=100), Limits(lines=10), Limits(line_characters=10)],
    ids=["bytes", "lines", "characters"],
)
def test_a_file_over_a_limit_is_refused_with_the_limit(notice, limits):
    with pytest.raises(pg.FileError, match="too large.*at most"):
        pg.read_notice(notice, limits=limits)


@pytest.mark.parametrize("char", ["\x80", "\x9b", "\x1c", "\x1f", "\x7f"], ids=ascii)
def test_a_control_character_is_shown_as_damaged(char):
    text = "\n".join(["渝中区教委" * 80, f"县商{char}务委", "甲\u0085乙"])
    document = read_text(text.encode(), "a.txt", "", Limits())
    assert [paragraph.text for paragraph in document.paragraphs][1:] == ["县商\ufffd务委", "甲", "乙"]


def test_bytes_full_of_control_characters_are_no_text():
    assert encoding_of(("\x80\x9b\x1c" * 50).encode()) is None


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
def test_a_device_is_not_read():
    with pytest.raises(pg.FileError, match="not a regular file.*a device"):
        pg.read_notice("/dev/zero")
