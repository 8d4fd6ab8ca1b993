"""Markup that is odd but means something: read for what it says, or refused in a sentence."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.readers import hostile
from tests.readers.hostile import BODY, SHEET, part, with_part

import pairing_graph as pg
from pairing_graph.readers import SUFFIXES, read_document
from pairing_graph.readers.xlsx_values import shown

TYPES = "[Content_Types].xml"
TABLE = "<table><tr><td>序号<td>单位<tr><td>1<td>县教委</table>"


@pytest.fixture
def read(tmp_path):
    def from_bytes(data: bytes | str, name: str):
        file = tmp_path / name
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_document(file)

    return from_bytes


def texts(document):
    return [text for _, text, _ in document.pieces("x")]


@pytest.mark.parametrize(
    "codec",
    ["undefined", "base64", "rot13", "hex", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "mbcs", "oem", "aliases"],
)  # fmt: skip
def test_a_page_that_names_no_encoding_of_text_is_looked_at_instead(read, codec):
    assert texts(read(f"<meta charset={codec}><p>县教委+AGE-", "a.html")) == ["县教委+AGE-"]
    assert texts(read(f"<meta charset={codec}><p>县教委".encode("gb18030"), "b.html")) == ["县教委"]


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "x-gbk", "euc-cn", "big5", "shift_jis", "windows-1252"])
def test_the_encodings_of_browsers_are_believed(read, charset):
    encoding = {"x-gbk": "gbk"}.get(charset, charset)
    word = "a\xe9" if charset == "windows-1252" else "一二三"
    assert texts(read(f"<meta charset={charset}><p>{word}".encode(encoding), "a.html")) == [word]


@pytest.mark.parametrize(
    ("start", "number"),
    [("3", "3."), ("9" * 5000, "999999999."), ("-2", "1."), ("², ", "1."), ("", "1."), ("0", "0.")],
    ids=["three", "endless", "negative", "superscript", "empty", "nought"],
)
def test_a_list_begins_where_it_says(read, start, number):
    assert texts(read(f"<ol start='{start}'><li>甲</ol>", "a.html")) == [f"{number}甲"]


@pytest.mark.parametrize("span", ["colspan", "rowspan"])
def test_a_span_of_endless_digits_is_refused_or_cut(read, span):
    page = f"<table><tr><td {span}={'9' * 5000}>甲<td>乙<tr><td>丙<td>丁</table>"
    if span == "rowspan":
        assert read(page, "a.html").grids[0].shape == (2, 3)
        return
    with pytest.raises(pg.FileError, match="columns"):
        read(page, "a.html")


def body(change):
    return lambda: with_part(hostile.docx(), BODY, change(part(hostile.docx(), BODY)))


@pytest.mark.parametrize(
    "properties",
    ['<w:gridBefore w:val="-3"/>', f'<w:gridBefore w:val="{"9" * 5000}"/>', '<w:gridBefore w:val="x"/>'],
    ids=["negative", "endless", "word"],
)
def test_a_row_that_begins_nowhere_begins_at_the_left(read, properties):
    make = body(lambda xml: xml.replace("<w:tr>", f"<w:tr><w:trPr>{properties}</w:trPr>"))
    assert read(make(), "a.docx").grids[0].row_texts(2) == ["1", "做事", "县教委"]


@pytest.mark.parametrize(
    "make",
    [
        body(lambda xml: re.sub("<w:body>.*</w:body>", "", xml, flags=re.S)),
        body(lambda xml: '<x xmlns="a"/>'),
        body(lambda xml: ""),
        lambda: with_part(hostile.docx(), "_rels/.rels", "<x/>"),
    ],
    ids=["no-body", "another-root", "nothing", "no-relations"],
)
def test_a_word_file_without_a_body_is_damaged(read, make):
    with pytest.raises(pg.FileError, match="damaged"):
        read(make(), "a.docx")


def test_a_relation_without_a_type_is_left_out(read):
    name = "word/_rels/document.xml.rels"
    relations = re.sub(r' Type="[^"]*/(?:numbering|theme)"', "", part(hostile.docx(), name))
    assert read(with_part(hostile.docx(), name, relations), "a.docx").blocks == read(hostile.docx(), "b.docx").blocks


@pytest.mark.parametrize("name", ["xl/workbook.xml", SHEET])
def test_a_namespace_with_a_brace_is_damage(read, name):
    with pytest.raises(pg.FileError, match="damaged"):
        read(with_part(hostile.xlsx(), name, '<x xmlns="a}b"/>'), "a.xlsx")


@pytest.mark.parametrize("name", ["xl/workbook.xml", SHEET])
def test_a_prefix_that_is_not_declared_is_damage(read, name):
    with pytest.raises(pg.FileError, match="damaged"):
        read(
            with_part(hostile.xlsx(), name, part(hostile.xlsx(), name).replace("<sheet", '<q:x a="1"/><sheet', 1)),
            "a.xlsx",
        )


def test_a_body_is_read_under_another_root(read):
    make = body(lambda xml: xml.replace("w:document", "w:styles"))
    assert read(make(), "a.docx").blocks == read(hostile.docx(), "b.docx").blocks


@pytest.mark.parametrize("start", ["-5", "9" * 5000, "2147483647"], ids=["negative", "endless", "large"])
def test_a_list_may_begin_anywhere(read, start):
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="1">'
        f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    numbered = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
    )
    data = with_part(hostile.docx(), BODY, part(hostile.docx(), BODY).replace("<w:body>", f"<w:body>{numbered}"))
    assert texts(read(with_part(data, "word/numbering.xml", numbering), "a.docx"))[0].endswith("甲")


def strict(data: bytes) -> bytes:
    """The file with the names of Strict Open XML, as Word and Excel save it on request."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as made:
        for name in archive.namelist():
            xml = archive.read(name)
            made.writestr(
                name,
                re.sub(
                    rb"http://schemas.openxmlformats.org/(?!package)(\w+)/2006", rb"http://purl.oclc.org/ooxml/\1", xml
                ),
            )
    return out.getvalue()


@pytest.mark.parametrize(("name", "make"), [("a.docx", hostile.docx), ("a.xlsx", hostile.xlsx)], ids=["docx", "xlsx"])
def test_strict_open_xml_is_read_like_the_usual_one(read, name, make):
    assert b"purl.oclc.org" in part(strict(make()), "_rels/.rels").encode()
    assert read(strict(make()), name).blocks == read(make(), name).blocks


def test_strict_word_gives_widths_in_points(read):
    xml = part(hostile.docx(), BODY)
    points = re.sub(r'<w:gridCol w:w="(\d+)"/>', lambda m: f'<w:gridCol w:w="{int(m[1]) / 20}pt"/>', xml)
    assert "pt" in points
    assert read(with_part(hostile.docx(), BODY, points), "a.docx").blocks == read(hostile.docx(), "b.docx").blocks


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".docm", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        (".dotx", f"{WORD}.template.main+xml"),
        (".dotm", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
        (".xlsm", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        (".xltx", f"{EXCEL}.template.main+xml"),
        (".xltm", "application/vnd.ms-excel.template.macroEnabled.main+xml"),
    ],
)
def test_templates_and_files_with_macros_are_read(read, suffix, kind):
    make, usual = (
        (hostile.docx, f"{WORD}.document.main+xml") if suffix[1] == "d" else (hostile.xlsx, f"{EXCEL}.sheet.main+xml")
    )
    types = part(make(), TYPES)
    assert usual in types
    data = with_part(with_part(make(), TYPES, types.replace(usual, kind)), "word/vbaProject.bin", b"macro")
    assert read(data, f"a{suffix}").blocks == read(make(), "a").blocks
    assert suffix in SUFFIXES


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "gb18030"])
def test_the_parts_of_a_file_may_be_in_another_encoding(read, encoding):
    xml = re.sub(r"<\?xml[^>]*>", f'<?xml version="1.0" encoding="{encoding[:7]}"?>', part(hostile.docx(), BODY))
    assert (
        read(with_part(hostile.docx(), BODY, xml.encode(encoding)), "a.docx").blocks
        == read(hostile.docx(), "b.docx").blocks
    )


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "undefined"])
def test_a_part_in_an_encoding_that_no_office_program_writes_is_refused(read, encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    content = xml.encode() if encoding == "undefined" else xml.encode(encoding)
    with pytest.raises(pg.FileError, match="encoding|damaged"):
        read(with_part(hostile.docx(), "word/styles.xml", content), "a.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("name", ["word/styles.xml", "customXml/item1.xml", "_rels/.rels"])
def test_a_declaration_is_seen_in_every_part_and_encoding(read, name, encoding):
    with pytest.raises(pg.FileError, match="entities"):
        read(with_part(hostile.docx(), name, "<!DOCTYPE x><x/>".encode(encoding)), "a.docx")


@pytest.mark.parametrize(
    "code", ["0." + "0" * 31, "0." + "#" * 300, "[" * 255, '"', "\\", "_", ";;;", "0.0.0", "年" * 300, "", "E+E"],
    ids=lambda code: code[:6] or "empty",
)  # fmt: skip
def test_a_number_in_an_odd_format_is_shown(read, code):
    book = Workbook()
    book.active.append([1234.5678, "甲"])
    book.active["A1"].number_format = code
    out = io.BytesIO()
    book.save(out)
    (grid,) = read(out.getvalue(), "a.xlsx").grids
    assert grid.row_texts(1)[1] == "甲"


def test_words_that_cells_share_are_read_without_their_phonetic_form(read):
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings = f'<sst {main}><si><r><rPr><b val="x"/></rPr><t>县</t></r><r><t>教委</t></r><rPh sb="0" eb="1"><t>xian</t></rPh></si></sst>'
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c></row>'
    sheet = f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>"
    data = with_part(with_part(hostile.xlsx(), SHEET, sheet), "xl/sharedStrings.xml", strings)
    assert read(data, "a.xlsx").grids[0].row_texts(1) == ["县教委", "县教委"]


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**400), 10**400), st.floats(), st.text(), st.dates(), st.datetimes(),
    st.times(), st.timedeltas(),
)  # fmt: skip
CODES = st.one_of(st.text(max_size=300), st.text('#0?,.%E;"[]\\_*@年月日ymdhs ', max_size=80))


@given(VALUES, CODES)
def test_any_value_is_shown_in_any_format(value, code):
    assert isinstance(shown(value, code), str)


def test_thirty_decimals_are_shown_as_excel_shows_them():
    assert shown(0.5, "0." + "0" * 40) == "0.5" + "0" * 29


COUNTY_OFFICE = "&#21439;&#25945;&#22996;"
CONTROLS = "\x80\x9b\x7f"


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.html", lambda: f"<p>县{CONTROLS}教委</p>"),
        ("b.html", lambda: f"<table><tr><td>县{CONTROLS}教委<td>1</table>"),
        ("a.docx", body(lambda xml: xml.replace("文", f"县{CONTROLS}教委"))),
        ("b.docx", body(lambda xml: xml.replace("县教委", f"县{CONTROLS}教委"))),
        ("a.xlsx", lambda: with_part(hostile.xlsx(), SHEET, part(hostile.xlsx(), SHEET).replace(COUNTY_OFFICE, f"县{CONTROLS}教委"))),
        ("b.xlsx", lambda: with_part(hostile.xlsx(), SHEET, part(hostile.xlsx(), SHEET).replace(COUNTY_OFFICE, "县_x0007__x001B__x009B_教委"))),
        ("a.txt", lambda: "县教委" * 200 + f"\n县{CONTROLS}教委"),
    ],
    ids=["page", "table-of-a-page", "paragraph", "cell", "workbook", "escaped", "text"],
)  # fmt: skip
def test_a_control_character_is_shown_as_damage_in_every_format(read, name, make):
    assert "县\ufffd\ufffd\ufffd教委" in texts(read(make(), name))


def test_a_control_character_in_a_note_is_shown_as_damage(read):
    assert read(f"<p>甲</p><p hidden>乙{CONTROLS[0]}</p>", "a.html").notes[0].text == "乙\ufffd"


def test_a_null_does_not_end_a_page(read):
    assert texts(read("<p>甲\0</p><p>乙</p>" + TABLE, "a.html"))[:2] == ["甲\ufffd", "乙"]


def test_two_carriage_returns_before_a_line_feed_are_one_line_break(read):
    document = read("一\r\r\n二\r\n三\r四\n\n五", "a.txt")
    assert [(p.number, p.text) for p in document.paragraphs] == [(1, "一"), (2, "二"), (3, "三"), (4, "四"), (6, "五")]


def test_a_table_with_line_breaks_translated_twice_is_a_table(tmp_path):
    file = tmp_path / "a.txt"
    rows = ["序号\t具体任务\t牵头单位", "1\t做好甲事\t县教委", "2\t做好乙事\t县财政局"]
    file.write_bytes("\r\r\n".join(rows).encode())
    assert len(pg.read_notice(file).tasks) == 2
