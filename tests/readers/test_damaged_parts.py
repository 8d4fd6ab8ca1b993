"""Damage in a part that holds no words does not cost the words; bombs and entities are refused wherever they are."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from tests.readers import hostile
from tests.readers.hostile import BODY, SHEET, part, with_part

import pairing_graph as pg
from pairing_graph.readers import archive, read_document

UNNEEDED = {
    "docx": (
        "word/theme/theme1.xml", "word/webSettings.xml", "word/fontTable.xml", "word/settings.xml",
        "word/stylesWithEffects.xml", "customXml/item1.xml", "docProps/core.xml", "docProps/app.xml",
        "[Content_Types].xml",
    ),
    "xlsx": (
        "xl/theme/theme1.xml", "docProps/core.xml", "docProps/app.xml", "xl/worksheets/_rels/sheet1.xml.rels",
        "[Content_Types].xml",
    ),
}  # fmt: skip
NEEDED = {
    "docx": (BODY, "word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "_rels/.rels"),
    "xlsx": ("xl/workbook.xml", SHEET, "xl/styles.xml", "xl/_rels/workbook.xml.rels"),
}
MAKE = {"docx": hostile.docx, "xlsx": hostile.xlsx}
DAMAGE = {
    "cut-off": b"<a><b>",
    "no-markup": bytes(100),
    "bytes": b'<?xml version="1.0" encoding="UTF-8"?><a>\xff\xfe</a>',
    "encoding": b'<?xml version="1.0" encoding="utf-7"?><a/>',
    "prefix": b"<q:a/>",
}


def cases(parts):
    return [(form, name) for form, names in parts.items() for name in names]


@pytest.fixture
def read(tmp_path):
    def from_bytes(data: bytes, form: str, **options):
        file = tmp_path / f"a.{form}"
        file.write_bytes(data)
        return read_document(file, **options)

    return from_bytes


def scratched(data: bytes, name: str, size: int | None = None) -> bytes:
    """The file with a member whose checksum does not fit, and another size if one is given."""
    if name not in archive.member_names(data):
        data = with_part(data, name, "<a/>")
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))
    entries = bytearray(data)
    entries[entry + 16 : entry + 20] = bytes(4)
    if size is not None:
        entries[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    return bytes(entries)


@pytest.mark.parametrize(("form", "name"), cases(UNNEEDED))
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_part_without_words_is_left_out(read, form, name, damage):
    assert read(with_part(MAKE[form](), name, DAMAGE[damage]), form).blocks == read(MAKE[form](), form).blocks


@pytest.mark.parametrize(("form", "name"), cases(UNNEEDED))
def test_a_part_without_words_that_does_not_unpack_is_left_out(read, form, name):
    assert read(scratched(MAKE[form](), name), form).blocks == read(MAKE[form](), form).blocks


@pytest.mark.parametrize(("form", "name"), cases(NEEDED))
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_part_with_words_is_refused(read, form, name, damage):
    with pytest.raises(pg.FileError, match="damaged|encoding"):
        read(with_part(MAKE[form](), name, DAMAGE[damage]), form)


@pytest.mark.parametrize(("form", "name"), cases(NEEDED))
def test_a_part_with_words_that_does_not_unpack_is_refused(read, form, name):
    with pytest.raises(pg.FileError, match="damaged"):
        read(scratched(MAKE[form](), name), form)


@pytest.mark.parametrize(("form", "name"), cases(UNNEEDED))
def test_entities_are_refused_in_parts_that_are_left_out(read, form, name):
    with pytest.raises(pg.FileError, match="entities"):
        read(with_part(MAKE[form](), name, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;'), form)


@pytest.mark.parametrize(("form", "name"), cases(UNNEEDED))
def test_limits_hold_for_parts_that_are_left_out(read, form, name):
    with pytest.raises(pg.FileError, match="tags"):
        read(with_part(MAKE[form](), name, b"<a>" + b"<b/>" * 60_000 + b"</a>"), form, limits=pg.Limits(tags=50_000))
    with pytest.raises(pg.FileError, match="bytes in"):
        read(with_part(MAKE[form](), name, bytes(500_000)), form, limits=pg.Limits(markup_bytes=400_000))


@pytest.mark.parametrize("name", ["customXml/item1.xml", "word/media/a.bin"])
def test_what_does_not_unpack_is_counted_up_to_its_damage(read, name):
    """Each of these declares little and unpacks to megabytes before its checksum fails."""
    data = hostile.docx()
    names = [f"{number}{name}" for number in range(5)]
    for each in names:
        data = with_part(data, each, bytes(3_000_000))
    for each in names:
        data = scratched(data, each, size=100)
    with pytest.raises(pg.FileError, match="unpacked"):
        read(data, "docx", limits=pg.Limits(unpacked_bytes=10_000_000))


def test_only_what_is_read_reaches_python_docx(monkeypatch, read):
    opened = []
    packed = archive.packed
    monkeypatch.setattr(archive, "packed", lambda parts: opened.append(dict(parts)) or packed(parts))
    read(hostile.docx(), "docx")
    (parts,) = opened
    assert not [name for name in parts if re.search("theme|customXml|docProps|settings|fontTable", name)]


def test_a_header_that_is_referred_to_thousands_of_times_is_opened_once(monkeypatch, read):
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    header = f'<w:hdr xmlns:w="{words}"><w:p><w:r><w:t>内部资料</w:t></w:r></w:p></w:hdr>'
    relations = "".join(f'<Relationship Id="h{n}" Type="{kind}" Target="header1.xml"/>' for n in range(2000))
    name = "word/_rels/document.xml.rels"
    data = with_part(hostile.docx(), name, part(hostile.docx(), name).replace("</Rel", f"{relations}</Rel"))
    parsed, opened = archive.parsed, []
    monkeypatch.setattr(archive, "parsed", lambda xml, file: opened.append(xml) or parsed(xml, file))
    document = read(with_part(data, "word/header1.xml", header), "docx")
    assert [(note.reason, note.text) for note in document.notes] == [("boilerplate", "内部资料")]
    assert len([xml for xml in opened if "内部资料".encode() in xml]) == 1


def test_a_body_may_have_another_name(read):
    """`_rels/.rels` says which part the body is."""
    data = with_part(hostile.docx(), "word/other.xml", part(hostile.docx(), BODY).replace("做事", "做好"))
    relations = part(hostile.docx(), "_rels/.rels").replace("word/document.xml", "/word/other.xml")
    document = read(with_part(data, "_rels/.rels", relations), "docx")
    assert document.grids[0].row_texts(2) == ["1", "做好", "县教委"]


def test_a_part_that_the_body_needs_and_that_is_missing_is_named(read):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(hostile.docx())) as source, zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            if name != "word/styles.xml":
                made.writestr(name, source.read(name))
    with pytest.raises(pg.FileError, match=r"word/styles\.xml"):
        read(out.getvalue(), "docx")
