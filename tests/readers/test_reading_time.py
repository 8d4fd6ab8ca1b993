"""Small files that once took minutes: the work for each grows with its size, not with its square.

Steps of Python are counted. What regular expressions and libxml2 do cannot be: files for them take a fraction of a
second, took minutes, and are held to a time of the processor that no busy machine makes of the one.
"""

from __future__ import annotations

import sys
import time
import zlib
from contextlib import suppress
from types import SimpleNamespace

import pytest
from tests.readers import hostile
from tests.readers.hostile import BODY, SHEET, part, with_part

import pairing_graph as pg
from pairing_graph.readers import html_bytes, pdf_check, read_document
from pairing_graph.reading.unit_names import explicit_region

SECONDS = 10
NAMES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def with_body(markup: str) -> bytes:
    start = part(hostile.docx(), BODY).split("<w:body>")[0]
    return with_part(hostile.docx(), BODY, f"{start}<w:body>{markup}</w:body></w:document>")


def pictures(n: int) -> bytes:
    return with_body("<w:p/>" + f"<w:p><w:r><w:drawing {NAMES}><a:blip/></w:drawing></w:r></w:p>" * n + "<w:tbl/>" * n)


def drawing(n: int) -> bytes:
    return with_body(f"<w:p><w:r><w:drawing><wp:inline {NAMES}>{'<a:blip/>' * n}</wp:inline></w:drawing></w:r></w:p>")


def lists(n: int) -> bytes:
    levels = "".join(f'<w:lvl w:ilvl="{level}"/>' for level in range(n))
    numbers = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/></w:num>' for number in range(n))
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


def packed_streams(n: int, blanks: int) -> bytes:
    stream = b"stream\n" + zlib.compress(b"0 0 m S") + b"\nendstream\n"
    return b"%PDF-1.4\n" + stream * n + b" " * blanks + b"%%EOF"


IN_SECONDS = {
    "comments.html": lambda: b"<!-- -->" * 40 + b"x<p>a",
    "comments.txt": lambda: b"<!-- -->" * 500 + "县教委".encode(),
    "blanks.html": lambda: b"<p>a" + b" " * 150_000 + b"b",
    "wide-blanks.html": lambda: b"<p>a" + "\u3000".encode() * 150_000 + b"b",
    "attributes.html": lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">a",
    "hidden-attributes.html": lambda: b"<script><p a='</script><p c='>' " + b" ".join(b"a%d" % n for n in range(100_000)) + b">a",
    "carriage-returns.txt": lambda: b"a" + b"\r" * 49_000,
}  # fmt: skip
IN_STEPS = {
    "rows-of-one.html": lambda n: b"<table><tr><td>a<td>b</tr>" + b"<tr><td>x</td></tr>" * n + b"</table>",
    "carriage-returns.txt": lambda n: b"a" + b"\r" * n,
    "pictures.docx": pictures,
    "drawing.docx": drawing,
    "lists.docx": lists,
    "lone-rows.xlsx": lambda n: rows("AB", *["", "A"] * n),
    "many-tables.xlsx": lambda n: rows(*["AB", "", "A"] * n),
}
SMALL = 150
"""How often a thing is repeated; twice as often must cost about twice the steps."""


def steps(do) -> int:
    """How many instructions of Python the package and its libraries run."""
    count = 0

    def step(frame, event, _):
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        do()
    finally:
        sys.settrace(before)
    return count


def reading(file, data: bytes):
    file.write_bytes(data)

    def read():
        with suppress(pg.FileError):
            read_document(file)

    return read


@pytest.mark.parametrize("name", IN_SECONDS)
def test_a_file_that_expressions_once_ran_over_for_minutes_takes_seconds(tmp_path, name):
    began = time.process_time()
    reading(tmp_path / name, IN_SECONDS[name]())()
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("name", IN_STEPS)
def test_twice_as_much_takes_about_twice_the_steps(tmp_path, name):
    file = tmp_path / name
    reading(file, IN_STEPS[name](1))()  # What is imported and kept is not counted.
    few, many, more = (steps(reading(file, IN_STEPS[name](n))) for n in (SMALL, 2 * SMALL, 3 * SMALL))
    assert more - many < 1.3 * (many - few) + SMALL


def test_streams_of_a_pdf_are_unpacked_without_what_follows_them(tmp_path, monkeypatch):
    make, taken = zlib.decompressobj, []

    class Counted:
        def __init__(self):
            self._inner = make()

        def decompress(self, data, most):
            taken.append(len(data))
            return self._inner.decompress(data, most)

        @property
        def eof(self):
            return self._inner.eof

    monkeypatch.setattr(pdf_check, "zlib", SimpleNamespace(decompressobj=Counted, error=zlib.error))
    reading(tmp_path / "a.pdf", packed_streams(100, blanks=1_000_000))()
    assert 0 < sum(taken) < 100 * 20_000


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
    file.write_bytes(rows(*[wide, "", "A"] * 500))  # 500 tables of 26 columns, 1,500 cells with a number
    with pytest.raises(pg.FileError, match="table cells"):
        read_document(file, limits=pg.Limits(cells=10_000))


def test_a_name_of_many_regions_is_looked_through_at_once():
    def look(count):
        explicit_region("甲县乙县" * count + "教委", ["甲县"])
        explicit_region("甲县乙县" * count, ())

    few, many = (steps(lambda n=n: look(n)) for n in (300, 600))
    assert many < 2.6 * few
    look(50_000)
