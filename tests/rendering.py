"""Paragraphs and tables rendered into each format, as office programs and pages write them: for the readers' tests."""

from __future__ import annotations

import html as escaping
import io
from dataclasses import dataclass, field

from docx import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment


@dataclass
class Span:
    """A cell of a table to be written, at its upper left corner, from 1."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass
class Table:
    """A table to be written."""

    cells: list[Span]
    widths: list[float] = field(default_factory=list)

    @property
    def shape(self) -> tuple[int, int]:
        rows = max(cell.row + cell.rowspan - 1 for cell in self.cells)
        return rows, max(cell.column + cell.colspan - 1 for cell in self.cells)


Block = str | Table


def table(*rows: list[str | None], widths: list[float] | None = None) -> Table:
    """A table out of rows of words; `^` is merged with the cell above, `<` with the cell to the left."""
    spans: list[Span] = []
    owner: dict[tuple[int, int], Span] = {}
    for y, row in enumerate(rows, 1):
        for x, text in enumerate(row, 1):
            if text == "^":
                span = owner[y - 1, x]
                span.rowspan = y - span.row + 1
            elif text == "<":
                span = owner[y, x - 1]
                span.colspan = max(span.colspan, x - span.column + 1)
            else:
                span = Span(y, x, text or "")
                spans.append(span)
            owner[y, x] = span
    return Table(spans, widths or [])


def to_docx(blocks: list[Block], *, ruled: bool = True) -> bytes:
    document = WordDocument()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "SimSun", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "SimSun")
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        rows, columns = block.shape
        made = document.add_table(rows, columns, style="Table Grid" if ruled else None)
        for index, width in enumerate(block.widths):
            for cell in made.columns[index].cells:
                cell.width = Pt(width)
        for span in block.cells:
            corner = made.cell(span.row - 1, span.column - 1)
            if span.rowspan > 1 or span.colspan > 1:
                corner = corner.merge(made.cell(span.row + span.rowspan - 2, span.column + span.colspan - 2))
            lines = span.text.split("\n")
            corner.paragraphs[0].text = lines[0]
            for line in lines[1:]:
                corner.add_paragraph(line)
    document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def to_xlsx(sheets: dict[str, list[Block]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, blocks in sheets.items():
        sheet = book.create_sheet(name)
        row = 0
        for block in blocks:
            if isinstance(block, str):
                row += 1
                if block:
                    sheet.cell(row, 1, block)
                continue
            for span in block.cells:
                cell = sheet.cell(row + span.row, span.column, span.text or None)
                cell.alignment = Alignment(wrap_text=True)
                if span.rowspan > 1 or span.colspan > 1:
                    sheet.merge_cells(
                        start_row=row + span.row, end_row=row + span.row + span.rowspan - 1,
                        start_column=span.column, end_column=span.column + span.colspan - 1,
                    )  # fmt: skip
            row += block.shape[0]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def to_html(blocks: list[Block], *, charset: str = "utf-8", head: str = "", foot: str = "") -> bytes:
    parts = []
    for block in blocks:
        if isinstance(block, str):
            parts.append(f"<p>{escaping.escape(block) or '&nbsp;'}</p>")
            continue
        rows = [""] * block.shape[0]
        for span in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
            spans = f' rowspan="{span.rowspan}"' if span.rowspan > 1 else ""
            spans += f' colspan="{span.colspan}"' if span.colspan > 1 else ""
            words = "<br>".join(escaping.escape(line) for line in span.text.split("\n"))
            rows[span.row - 1] += f"<td{spans}><p>{words}</p></td>"
        parts.append("<table border=1>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>")
    body = "\n".join(parts)
    page = f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"><title>x</title></head><body>\n{head}{body}\n{foot}</body></html>'
    return page.encode("gb18030" if charset.startswith("gb") else charset)


def to_pdf(blocks: list[Block], *, landscape: bool = False, repeat: int = 0) -> bytes:
    """Ruled tables, words wrapped by their width; the font is one that every reader has and is not embedded."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate
    from reportlab.platypus import Table as Ruled

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("plain", fontName="STSong-Light", fontSize=9, leading=12, wordWrap="CJK")
    flow: list[object] = []
    for block in blocks:
        if isinstance(block, str):
            flow.append(Paragraph(escaping.escape(block), style))
            continue
        rows, columns = block.shape
        grid: list[list[object]] = [[""] * columns for _ in range(rows)]
        looks: list[tuple[object, ...]] = [
            ("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]  # fmt: skip
        for span in block.cells:
            words = "<br/>".join(escaping.escape(line) for line in span.text.split("\n"))
            grid[span.row - 1][span.column - 1] = Paragraph(words, style)
            corner = (span.column + span.colspan - 2, span.row + span.rowspan - 2)
            if span.rowspan > 1 or span.colspan > 1:
                looks.append(("SPAN", (span.column - 1, span.row - 1), corner))
        size = A4[::-1] if landscape else A4
        widths = block.widths or [(size[0] - 100) / columns] * columns
        flow.append(Ruled(grid, colWidths=widths, style=looks, repeatRows=repeat))
    out = io.BytesIO()
    size = A4[::-1] if landscape else A4
    SimpleDocTemplate(out, pagesize=size, leftMargin=40, rightMargin=40, invariant=1).build(flow)
    return out.getvalue()
