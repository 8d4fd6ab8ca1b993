"""The least of a Word document and of a workbook that is valid, always in the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

Rows = Sequence[Sequence[str]]
"""A table; a cell that is None belongs to the one above."""
Block = str | list[list[str | None]]
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument"


def docx(blocks: Sequence[Block]) -> bytes:
    body = "".join(_paragraph(block) if isinstance(block, str) else _word_table(block) for block in blocks)
    document = f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    return _package(
        "word/document.xml", f"{_TYPES}.wordprocessingml.document.main+xml", {"word/document.xml": document}
    )


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _word_table(rows: Sequence[Sequence[str | None]]) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    made = []
    for place, row in enumerate(rows):
        cells = ""
        for column, text in enumerate(row):
            begins = text is not None and place + 1 < len(rows) and rows[place + 1][column] is None
            merged = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>" if text is None else ""
            cells += f"<w:tc><w:tcPr>{merged}</w:tcPr>{_paragraph(text or '')}</w:tc>"
        made.append(f"<w:tr>{cells}</w:tr>")
    grid = "<w:gridCol/>" * len(rows[0])
    table = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    return f"<w:tbl>{table}{''.join(made)}</w:tbl>{_paragraph('')}"


def xlsx(sheets: Sequence[Sequence[Block]]) -> bytes:
    """A workbook with the sheets that are not empty."""
    filled = {f"rId{number}": _sheet(blocks) for number, blocks in enumerate(filter(None, sheets), 1)}
    named = "".join(f'<sheet name="Sheet{key[3:]}" sheetId="{key[3:]}" r:id="{key}"/>' for key in filled)
    book = f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>'
    places = {key: ("worksheet", f"worksheets/sheet{key[3:]}.xml") for key in filled}
    parts = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": _relations(places)}
    parts |= {f"xl/{places[key][1]}": text for key, text in filled.items()}
    more = {f"/xl/{name}": f"{_TYPES}.spreadsheetml.worksheet+xml" for _, name in places.values()}
    return _package("xl/workbook.xml", f"{_TYPES}.spreadsheetml.sheet.main+xml", parts, more)


def _sheet(blocks: Sequence[Block]) -> str:
    rows: list[list[str | None]] = []
    merged: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            rows.append([block])
            continue
        merged += _merged(block, len(rows))
        rows += block
    cells = "".join(f'<row r="{y}">{_cells(row, y)}</row>' for y, row in enumerate(rows, 1))
    spans = f'<mergeCells count="{len(merged)}">{"".join(merged)}</mergeCells>' if merged else ""
    return f'{_HEAD}<worksheet xmlns="{_SHEET}"><sheetData>{cells}</sheetData>{spans}</worksheet>'


def _cells(row: Sequence[str | None], y: int) -> str:
    return "".join(
        f'<c r="{_column(x)}{y}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        for x, text in enumerate(row)
        if text
    )


def _merged(rows: Sequence[Sequence[str | None]], above: int) -> list[str]:
    found = []
    for x in range(len(rows[0])):
        column = [row[x] for row in rows]
        for y, text in enumerate(column):
            end = y
            while end + 1 < len(column) and text is not None and column[end + 1] is None:
                end += 1
            if end > y:
                found.append(f'<mergeCell ref="{_column(x)}{above + y + 1}:{_column(x)}{above + end + 1}"/>')
    return found


def _column(place: int) -> str:
    return "ABCDEFGHIJ"[place]


def _relations(of: Mapping[str, tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for name, (kind, target) in of.items()
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _package(main: str, kind: str, parts: Mapping[str, str], more: Mapping[str, str] | None = None) -> bytes:
    types = {f"/{main}": kind, **(more or {})}
    overrides = "".join(f'<Override PartName="{name}" ContentType="{of}"/>' for name, of in types.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    content = f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{rels}<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    all_parts = {
        "[Content_Types].xml": content,
        "_rels/.rels": _relations({"rId1": ("officeDocument", main)}),
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in all_parts.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
