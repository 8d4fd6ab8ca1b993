"""Files that are made to break a reader, each small on the disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache

from tests.rendering import table, to_docx, to_html, to_pdf, to_xlsx

ROWS = table(["序号", "具体任务", "牵头单位"], ["1", "做事", "县教委"])
BODY, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
BOMB = 160_000_000
"""Bytes, a little more than a file may unpack to."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@cache
def docx() -> bytes:
    return to_docx(["文", ROWS])


@cache
def xlsx() -> bytes:
    return to_xlsx({"S": [ROWS]})


@cache
def pdf() -> bytes:
    return to_pdf([ROWS])


def html() -> bytes:
    return to_html([ROWS])


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def with_part(data: bytes, name: str, content: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for other in archive.namelist():
            if other != name:
                made.writestr(other, archive.read(other))
        made.writestr(name, content)
    return out.getvalue()


@cache
def bomb_docx() -> bytes:
    return with_part(docx(), "word/media/a.bin", bytes(BOMB))


def lying_docx() -> bytes:
    """A bomb whose directory says that it is small."""
    data = bytearray(bomb_docx())
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/media/a.bin"))
    data[entry + 24 : entry + 28] = struct.pack("<I", 100)
    return bytes(data)


def entities_docx() -> bytes:
    xml = part(docx(), BODY).replace("?>", f"?>{ENTITIES}]>", 1).replace("<w:t>文</w:t>", "<w:t>&j;</w:t>")
    return with_part(docx(), BODY, xml)


def entities_html() -> bytes:
    return f"{ENTITIES}]><html><body><p>&j;&j;</p></body></html>".encode()


def wide_docx() -> bytes:
    return with_part(docx(), BODY, part(docx(), BODY).replace("</w:tr>", "<w:tc><w:p/></w:tc>" * 10_000 + "</w:tr>", 1))


def span_docx() -> bytes:
    xml = part(docx(), BODY).replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2000000000"/>', 1)
    return with_part(docx(), BODY, xml)


def wide_html() -> bytes:
    return b"<table><tr>" + b"<td>x</td>" * 10_000 + b"</tr></table>"


def span_html() -> bytes:
    return b"<table><tr><td colspan=100000000>x</td><td rowspan=99999999>y</td></tr><tr><td>a</td></tr></table>"


def deep_html() -> bytes:
    return b"<div>" * 5000 + b"x" + b"</div>" * 5000


def tables_in_tables_html() -> bytes:
    return b"<table><tr><td>" * 60 + b"x"


def many_tags_html() -> bytes:
    return b"<p><a>b</a></p>" * 300_000


def merged_xlsx() -> bytes:
    xml = part(xlsx(), SHEET)
    merge = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return with_part(xlsx(), SHEET, xml.replace("</sheetData>", merge))


def far_xlsx() -> bytes:
    cell = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return with_part(xlsx(), SHEET, part(xlsx(), SHEET).replace("</sheetData>", cell))


def drawn_pdf(content: bytes, filters: str = "/FlateDecode") -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>",
        f"<</Length {len(content)}/Filter{filters}>>\nstream\n".encode() + content + b"\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    lines = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 5\n0000000000 65535 f \n{lines}trailer<</Size 5/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


@cache
def _zeros() -> bytes:
    return zlib.compress(bytes(BOMB))


def bomb_pdf() -> bytes:
    return drawn_pdf(_zeros())


def twice_packed_pdf() -> bytes:
    return drawn_pdf(zlib.compress(_zeros()), "[/FlateDecode/FlateDecode]")


def scribbled_pdf() -> bytes:
    return drawn_pdf(zlib.compress(b"0 0 m 10 10 l S\n" * 400_000))


def crossed_pdf() -> bytes:
    strokes = (f"{n % 600} 0 m {n % 600} 700 l S 0 {n % 800} m 500 {n % 800} l S\n" for n in range(5100))
    return drawn_pdf(zlib.compress("".join(strokes).encode()))


def locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", "owner"), invariant=1)
    canvas.drawString(100, 100, "a")
    canvas.save()
    return out.getvalue()


def scanned_pdf() -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "white")), 0, 0, 590, 840)
    canvas.save()
    return out.getvalue()


def long_text() -> bytes:
    return "县商务委牵头负责\n".encode() * 1_900_000


def one_line() -> bytes:
    return "县商务委牵头负责".encode() * 400_000
