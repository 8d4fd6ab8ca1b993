"""Small files that once took minutes: the time for each grows with its size, not with its square."""

from __future__ import annotations

import time
import zlib
from contextlib import suppress

import pytest
from tests.readers import hostile
from tests.readers.hostile import BODY, SHEET, part, with_part

import pairing_graph as pg
from pairing_graph.readers import html_bytes, read_document
from pairing_graph.reading.units import explicit_region

SECONDS = 10
"""Of the processor; each of these files takes about one, and took minutes or hours while the time was quadratic."""
NAMES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def with_body(markup: str) -> bytes:
    start = part(hostile.docx(), BODY).split("<w:body>")[0]
    return with_part(hostile.docx(), BODY, f"{start}<w:body>{markup}</w:body></w:document>")


def pictures() -> bytes:
    return with_body(
        "<w:p/>" + f"<w:p><w:r><w:drawing {NAMES}><a:blip/></w:drawing></w:r></w:p>" * 6_000 + "<w:tbl/>" * 60_000
    )


def drawing() -> bytes:
    return with_body(
        f"<w:p><w:r><w:drawing><wp:inline {NAMES}>{'<a:blip/>' * 60_000}</wp:inline></w:drawing></w:r></w:p>"
    )


def lists() -> bytes:
    levels = "".join(f'<w:lvl w:ilvl="{level}"/>' for level in range(20_000))
    numbers = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/></w:num>' for number in range(20_000))
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inner = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>{numbers}'
    return with_part(hostile.docx(), "word/numbering.xml", f'<w:numbering xmlns:w="{words}">{inner}</w:numbering>')


def rows(*filled: str) -> bytes:
    """A workbook with a number in the given columns of each row."""
    lines = []
    for row, columns in enumerate(filled, 1):
        cells = "".join(f'<c r="{column}{row}"><v>1</v></c>' for column in columns)
        lines.append(f'<row r="{row}">{cells}</row>')
    before = part(hostile.xlsx(), SHEET).split("<sheetData>")[0]
    return with_part(hostile.xlsx(), SHEET, f"{before}<sheetData>{''.join(lines)}</sheetData></worksheet>")


def packed_streams() -> bytes:
    stream = b"stream\n" + zlib.compress(b"0 0 m S") + b"\nendstream\n"
    return b"%PDF-1.4\n" + stream * 2_000 + bytes(15_000_000) + b"%%EOF"


FILES = {
    "comments.html": lambda: b"<!-- -->" * 40 + b"x<p>a",
    "comments.txt": lambda: b"<!-- -->" * 500 + "县教委".encode(),
    "blanks.html": lambda: b"<p>a" + b" " * 150_000 + b"b",
    "wide-blanks.html": lambda: b"<p>a" + "\u3000".encode() * 150_000 + b"b",
    "rows-of-one.html": lambda: b"<table><tr><td>a<td>b</tr>" + b"<tr><td>x</td></tr>" * 45_000 + b"</table>",
    "attributes.html": lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">a",
    "hidden-attributes.html": lambda: b"<script><p a='</script><p c='>' " + b" ".join(b"a%d" % n for n in range(100_000)) + b">a",
    "carriage-returns.txt": lambda: b"a" + b"\r" * 49_000,
    "pictures.docx": pictures,
    "drawing.docx": drawing,
    "lists.docx": lists,
    "lone-rows.xlsx": lambda: rows("AB", *["", "A"] * 40_000),
    "many-tables.xlsx": lambda: rows(*["AB", "", "A"] * 12_000),
    "streams.pdf": packed_streams,
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_or_refused_in_seconds(tmp_path, name):
    file = tmp_path / name
    file.write_bytes(FILES[name]())
    began = time.process_time()
    with suppress(pg.FileError):
        read_document(file)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(
    ("head", "is_page"),
    [
        (b"<!-- a --> <?xml version='1.0'?>\n<!-- b --><html>", True),
        (b"\xef\xbb\xbf \n<table>", True),
        (b"<!-- a --> text <html>", False),
        (b"<!-- never closed <html>", False),
        (b"<!---->\n<p>", True),
        (b"<other>", False),
        (b"", False),
    ],
)
def test_what_stands_before_the_first_tag_of_a_page(head, is_page):
    assert html_bytes.recognise(head, ".txt") is is_page


def test_tables_with_many_columns_are_counted_together(tmp_path):
    wide = "".join(chr(ord("A") + n) for n in (0, 25))
    file = tmp_path / "a.xlsx"
    file.write_bytes(rows(*[wide, "", "A"] * 8_000))
    with pytest.raises(pg.FileError, match="table cells"):
        read_document(file)


@pytest.mark.parametrize("count", [600, 50_000], ids=["deep", "long"])
def test_a_name_of_many_regions_is_looked_through_without_end(count):
    began = time.process_time()
    explicit_region("甲县乙县" * count + "教委", ["甲县"])
    explicit_region("甲县乙县" * count, ())
    assert time.process_time() - began < SECONDS
