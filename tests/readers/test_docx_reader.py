"""What a Word file says between its lines: numbers, merges, sloppy grids, boxes inside boxes."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import nsdecls
from tests.readers.hostile import BODY, part, with_part
from tests.rendering import table, to_docx

import pairing_graph as pg
from pairing_graph.readers import read_document
from pairing_graph.readers.docx_numbering import written

W = nsdecls("w")


@pytest.fixture
def read(tmp_path):
    def from_body(body: str, **parts: str):
        base = to_docx(["x"])
        start = part(base, BODY).split("<w:body>")[0]
        data = with_part(base, BODY, f"{start}<w:body>{body}<w:sectPr/></w:body></w:document>")
        for name, content in parts.items():
            data = with_part(data, f"word/{name}.xml", content)
        file = tmp_path / "a.docx"
        file.write_bytes(data)
        return read_document(file)

    return from_body


def paragraph(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def grid(widths, *rows):
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def span(number):
    return f'<w:gridSpan w:val="{number}"/>'


def member(list_id, level=0):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/><w:isLgl/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""


def test_automatic_numbers_are_written_out_and_count_by_level(read):
    levels = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (0, 0)]
    body = "".join(paragraph("事", member(*level)) for level in levels)
    texts = [item.text for item in read(body, numbering=NUMBERING).paragraphs]
    assert texts == ["一、事", "1.1事", "1.2事", "事", "二、事", "2.1事", "一、事", "事"]


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (10, "chineseCounting", "十"), (11, "chineseCountingThousand", "十一"), (20, "chineseCounting", "二十"),
        (105, "chineseCounting", "一百零五"), (110, "chineseCounting", "一百一十"), (21, "decimalEnclosedCircle", "21"),
        (4, "upperRoman", "IV"), (28, "lowerLetter", "bb"), (5, "decimalZero", "05"), (6, "unheardOf", "6"),
    ],
)  # fmt: skip
def test_numbers_in_words_styles(number, style, text):
    assert written(number, style) == text


def test_lines_that_nearly_meet_are_one(read):
    body = grid(
        [1000, 40, 1960, 3000],
        cell("一", span(2)) + cell("二") + cell("三"),
        cell("甲") + cell("乙", span(2)) + cell("丙"),
    )
    (found,) = read(body).grids
    assert found.shape == (2, 3)
    assert found.row_texts(2) == ["甲", "乙", "丙"]


def test_rows_that_begin_late_keep_their_columns(read):
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    (found,) = read(grid([1000, 1000], cell("一") + cell("二"), late + cell("乙"))).grids
    assert found.row_texts(2) == ["", "乙"]


def test_a_deleted_row_is_reported_and_gone(read):
    gone = '<w:trPr><w:del w:id="1"/></w:trPr>'
    found = read(grid([1000, 1000], cell("一") + cell("二"), gone + cell("三") + cell("四"), cell("五") + cell("六")))
    assert found.grids[0].row_texts(2) == ["五", "六"]
    assert [(note.reason, note.text) for note in found.notes] == [("deleted_text", "三\n四")]


def test_a_table_of_one_column_is_a_frame_around_its_words(read):
    found = read(grid([1000], cell("标题"), f"<w:tc>{grid([500, 500], cell('一') + cell('二'))}<w:p/></w:tc>"))
    assert [item.text for item in found.paragraphs] == ["标题"]
    assert [item.row_texts(1) for item in found.grids] == [["一", "二"]]


def test_a_table_in_a_cell_gives_its_words_and_is_reported(read):
    inner = f"<w:tc>{grid([500, 500], cell('三') + cell('四'))}<w:p/></w:tc>"
    found = read(grid([1000, 1000], cell("一") + cell("二"), cell("甲") + inner))
    assert found.grids[0].row_texts(2) == ["甲", "三 四"]
    (note,) = found.notes
    assert (note.reason, note.table, note.row, note.column) == ("nested_table", 1, 2, 2)


def test_controls_insertions_and_alternatives_are_read_once(read):
    choice = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        '<mc:Choice Requires="x"><w:r><w:t>一次</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>一次</w:t></w:r></mc:Fallback>'
        "</mc:AlternateContent></w:p>"
    )
    control = f"<w:sdt><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
    texts = [item.text for item in read(choice + control).paragraphs]
    assert texts == ["一次", "控件"]


def test_an_indent_made_by_a_tab_is_no_cell(read):
    assert read("<w:p><w:r><w:tab/><w:t>正文</w:t></w:r></w:p>").paragraphs[0].text == "正文"


def test_what_blank_means_is_told_by_the_merges(tmp_path):
    merged = [["a", "b"], ["1", "x"], ["2", "^"], ["3", ""]]
    plain = [["a", "b"], ["1", "x"], ["2", ""]]
    file = tmp_path / "a.docx"
    file.write_bytes(to_docx([table(*merged), "", table(*plain)]))
    assert [grid.blank for grid in read_document(file).grids] == ["empty", "unknown"]


def test_footnotes_are_reported(tmp_path):
    document = docx.Document(io.BytesIO(to_docx(["正文"])))
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    xml = f"<w:footnotes {W}><w:footnote><w:p><w:r><w:t>附注</w:t></w:r></w:p></w:footnote></w:footnotes>".encode()
    footnotes = Part(PackURI("/word/footnotes.xml"), "application/xml", xml, document.part.package)
    document.part.relate_to(footnotes, RELATIONSHIP_TYPE.FOOTNOTES)
    file = tmp_path / "a.docx"
    document.save(file)
    assert [(note.reason, note.text) for note in read_document(file).notes] == [("footnote", "附注")]


def test_pictures_are_reported(tmp_path):
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    document = docx.Document()
    document.add_paragraph("各乡镇：")
    document.add_picture(io.BytesIO(picture.getvalue()))
    file = tmp_path / "a.docx"
    document.save(file)
    assert [note.reason for note in read_document(file).notes] == ["picture"]


MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def test_alternatives_around_paragraphs_rows_and_tables_do_not_vanish(read):
    def either(first, second=""):
        return f"<mc:AlternateContent {MC}><mc:Choice>{first}</mc:Choice><mc:Fallback>{second}</mc:Fallback></mc:AlternateContent>"

    rows = f"<w:tr>{cell('1')}{cell('县教委')}</w:tr>" + either(f"<w:tr>{cell('2')}{cell('县水利局')}</w:tr>")
    document = read(
        either(paragraph("一"))
        + either("", paragraph("二"))
        + either(paragraph("三"), paragraph("三"))
        + f"<w:tbl>{rows}</w:tbl>"
    )
    assert [item.text for item in document.paragraphs] == ["一", "二", "三"]
    assert document.grids[0].row_texts(2) == ["2", "县水利局"]


def test_a_comment_is_reported(tmp_path):
    document = docx.Document(io.BytesIO(to_docx(["各乡镇："])))
    if not hasattr(document, "add_comment"):
        pytest.skip("python-docx 1.2 writes comments")
    document.add_comment(document.paragraphs[0].runs, text="改由县财政局牵头", author="某人")
    out = io.BytesIO()
    document.save(out)
    file = tmp_path / "a.docx"
    file.write_bytes(out.getvalue())
    assert [(note.reason, note.text) for note in read_document(file).notes] == [("comment", "改由县财政局牵头")]


def test_a_document_of_pictures_is_refused_with_what_to_do(tmp_path):
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "PNG")
    document = docx.Document()
    document.add_picture(picture)
    out = io.BytesIO()
    document.save(out)
    file = tmp_path / "a.docx"
    file.write_bytes(out.getvalue())
    with pytest.raises(pg.FileError, match="Word document contains only pictures.*OCR"):
        read_document(file)


def test_a_row_that_lacks_a_cell_is_reported(read):
    rows = [
        "".join(map(cell, row))
        for row in (("序号", "任务", "单位"), ("1", "办学", "县教委"), ("2", "县公安局"), ("3", "种树", "县林业局"))
    ]
    document = read(grid((500, 500, 500), *rows))
    assert [(note.reason, note.text, note.row) for note in document.notes] == [("row_short", "2 | 县公安局", 3)]
    assert not document.grids[0].at(3, 3).known
