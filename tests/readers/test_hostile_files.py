"""Bombs, damaged, locked and mislabelled files: a sentence, never a traceback, and no more memory than the limits allow."""

from __future__ import annotations

import contextlib

import pytest
from tests.readers import hostile

import pairing_graph as pg
from pairing_graph.readers import read_document

OLE = hostile.OLE
REFUSED = [
    ("a.docx", hostile.bomb_docx, "unpacked"),
    ("lying.docx", hostile.lying_docx, "unpacked"),
    ("entities.docx", hostile.entities_docx, "entities"),
    ("wide.docx", hostile.wide_docx, "columns"),
    ("span.docx", hostile.span_docx, "columns"),
    ("half.docx", lambda: hostile.docx()[: len(hostile.docx()) // 2], "damaged"),
    ("merged.xlsx", hostile.merged_xlsx, "merged cells"),
    ("far.xlsx", hostile.far_xlsx, "columns"),
    ("half.xlsx", lambda: hostile.xlsx()[: len(hostile.xlsx()) // 2], "damaged"),
    ("wide.html", hostile.wide_html, "columns"),
    ("span.html", hostile.span_html, "columns"),
    ("deep.html", hostile.deep_html, "nested"),
    ("tables.html", hostile.tables_in_tables_html, "nested"),
    ("tags.html", hostile.many_tags_html, "tags"),
    ("bomb.pdf", hostile.bomb_pdf, "unpacked"),
    ("twice.pdf", hostile.twice_packed_pdf, "unpacked"),
    ("scribbled.pdf", hostile.scribbled_pdf, "characters and lines"),
    ("crossed.pdf", hostile.crossed_pdf, "lines"),
    ("locked.pdf", hostile.locked_pdf, "password"),
    ("scanned.pdf", hostile.scanned_pdf, "pictures of pages"),
    ("half.pdf", lambda: hostile.pdf()[: len(hostile.pdf()) // 2], "cut off"),
    ("locked.docx", lambda: OLE + "EncryptedPackage\0".encode("utf-16-le"), "password"),
    ("old.xls", lambda: OLE + "Workbook\0".encode("utf-16-le"), "xls.*Save it as xlsx"),
    ("lines.txt", hostile.long_text, "too large"),
    ("line.txt", hostile.one_line, "too large"),
]


@pytest.mark.parametrize(("name", "make", "words"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_a_hostile_or_broken_file_is_refused_in_a_sentence(tmp_path, name, make, words):
    file = tmp_path / name
    file.write_bytes(make())
    with pytest.raises(pg.FileError, match=f"(?is){words}") as error:
        read_document(file)
    assert name in str(error.value)


def test_a_file_of_200_megabytes_is_not_even_opened(tmp_path):
    file = tmp_path / "a.txt"
    with file.open("wb") as out:
        out.truncate(200_000_000)
    with pytest.raises(pg.FileError, match="too large.*Limits"):
        read_document(file)


def test_entities_of_a_page_stay_what_they_are(tmp_path):
    file = tmp_path / "a.html"
    file.write_bytes(hostile.entities_html())
    assert sum(len(text) for _, text, _ in read_document(file).pieces("x")) < 100


def test_a_user_may_raise_a_limit(tmp_path):
    file = tmp_path / "a.html"
    file.write_bytes(b"<table>" + b"<tr>" + b"<td>x" * 300 + b"</table>")
    with pytest.raises(pg.FileError, match="Limits\\(columns"):
        read_document(file)
    assert read_document(file, limits=pg.Limits(columns=400)).grids[0].shape == (1, 300)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.txt", hostile.docx), ("a.docx", hostile.pdf), ("a.doc", hostile.html), ("a.xls", hostile.xlsx),
        ("a.pdf", hostile.docx), ("a", hostile.xlsx), ("a.html", hostile.pdf),
    ],
    ids=["docx-as-txt", "pdf-as-docx", "html-as-doc", "xlsx-as-xls", "docx-as-pdf", "xlsx-without-suffix", "pdf-as-html"],
)  # fmt: skip
def test_the_content_tells_the_format_not_the_name(tmp_path, name, make):
    file = tmp_path / name
    file.write_bytes(make())
    (grid,) = read_document(file).grids
    assert grid.row_texts(2) == ["1", "做事", "县教委"]


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (["ppt/presentation.xml"], "pptx"),
        (["content.xml"], "OpenDocument"),
        (["a.txt"], "Unpack"),
    ],
    ids=["pptx", "odt", "zip"],
)
def test_other_archives_are_named_with_what_to_do(tmp_path, members, words):
    import zipfile

    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    with pytest.raises(pg.FileError, match=words):
        read_document(file)


@pytest.mark.parametrize(
    ("module", "make", "extra"),
    [("docx", hostile.docx, "docx"), ("openpyxl", hostile.xlsx, "xlsx"), ("pdfplumber", hostile.pdf, "pdf"), ("lxml", hostile.html, "html")],
)  # fmt: skip
def test_a_missing_library_names_its_extra(tmp_path, monkeypatch, module, make, extra):
    import sys

    data = make()
    monkeypatch.setitem(sys.modules, module, None)
    file = tmp_path / "a"
    file.write_bytes(data)
    with pytest.raises(pg.MissingExtraError, match=rf"pairing-graph\[{extra}\]"):
        read_document(file)


def test_without_libreoffice_an_old_word_file_gets_a_sentence(tmp_path, monkeypatch):
    from pairing_graph.readers import doc

    monkeypatch.setattr(doc, "office_program", lambda: "")
    file = tmp_path / "a.doc"
    file.write_bytes(OLE + "WordDocument\0".encode("utf-16-le"))
    with pytest.raises(pg.FileError, match="LibreOffice.*save the file as docx"):
        read_document(file)


def test_a_conversion_that_takes_too_long_is_ended(tmp_path, monkeypatch):
    from pairing_graph.readers import doc

    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(doc, "office_program", lambda: str(program))
    file = tmp_path / "a.rtf"
    file.write_bytes(b"{\\rtf1 a}")
    with pytest.raises(pg.FileError, match="too long"):
        read_document(file, limits=pg.Limits(seconds=1))


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("exit 0", "cannot convert documents here.*Writer is missing.*Install LibreOffice Writer"),
        ('for last; do :; done; grep -q "rtf1 a}" "$last" && cp "$last" "${last%.rtf}.docx"; exit 0', "cannot convert the file"),
    ],
    ids=["no-writer", "this-file"],
)  # fmt: skip
def test_it_is_said_whether_the_file_or_libreoffice_is_at_fault(tmp_path, monkeypatch, script, words):
    from pairing_graph.readers import doc

    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(doc, "office_program", lambda: str(program))
    file = tmp_path / "a.rtf"
    file.write_bytes(b"{\\rtf1 broken")
    with pytest.raises(pg.FileError, match=words):
        read_document(file)


def test_a_libreoffice_that_cannot_be_started_is_named(tmp_path, monkeypatch):
    from pairing_graph.readers import doc

    program = tmp_path / "soffice"
    program.write_bytes(b"\0")
    monkeypatch.setattr(doc, "office_program", lambda: str(program))
    file = tmp_path / "a.rtf"
    file.write_bytes(b"{\\rtf1 a}")
    with pytest.raises(pg.FileError, match="LibreOffice cannot be started"):
        read_document(file)


@pytest.mark.parametrize("method", [12, 14], ids=["bzip2", "lzma"])
def test_a_member_in_a_compression_without_a_limit_is_not_unpacked(tmp_path, monkeypatch, method):
    import io
    import zipfile

    out = io.BytesIO(hostile.xlsx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/media/x.png", b"0" * 1000, compress_type=method)
    file = tmp_path / "a.xlsx"
    file.write_bytes(out.getvalue())
    opened = []
    real = zipfile.ZipFile.open

    def recorded(self, name, *arguments, **options):
        opened.append(getattr(name, "filename", name))
        return real(self, name, *arguments, **options)

    monkeypatch.setattr(zipfile.ZipFile, "open", recorded)
    with contextlib.suppress(pg.FileError):
        read_document(file)
    assert "xl/worksheets/sheet1.xml" in opened
    assert "xl/media/x.png" not in opened
