"""OFD files (GB/T 33190) as the programs of offices write them: text runs with their steps, ruling paths, pages."""

from __future__ import annotations

import html
import io
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

NAMESPACE = "http://www.ofdspec.org/2016"
PAGE = (210.0, 297.0)
MARGIN = (25.0, 28.0)
WORDS, CELLS = 5.64, 3.7
"""Sizes in millimetres: 16 points for the text, 10.5 in tables."""
PADDING = 1.2
LEADING = 1.35


def width(text: str) -> float:
    """The width of a text in sizes."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def wrapped(text: str, most: float) -> list[str]:
    """A text in lines of at most so many sizes."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for char in paragraph:
            if line and width(line + char) > most:
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return lines


def steps(text: str, size: float) -> str:
    """The distances of its characters, equal ones gathered as programs do."""
    found: list[list[Any]] = []
    for char in text[:-1]:
        step = f"{size * width(char):.4f}".rstrip("0").rstrip(".")
        if found and found[-1][1] == step:
            found[-1][0] += 1
        else:
            found.append([1, step])
    return " ".join(f"g {count} {step}" if count > 1 else step for count, step in found)


@dataclass
class Pages:
    """Draws pages. `points` writes runs in points with a matrix, as some programs do; else in millimetres."""

    points: bool = False
    pages: list[list[str]] = field(default_factory=lambda: [[]])
    count: int = 10

    def add(self, xml: str) -> None:
        self.count += 1
        self.pages[-1].append(xml.replace("ID=?", f'ID="{self.count}"'))

    def run(self, x: float, top: float, text: str, size: float = CELLS, more: str = "") -> None:
        """A run of characters with its upper left corner."""
        if not text.strip():
            return
        unit = 25.4 / 72 if self.points else 1.0
        shown = size / unit
        matrix = f' CTM="{unit:.6f} 0 0 {unit:.6f} 0 0"' if self.points else ""
        delta = f' DeltaX="{steps(text, shown)}"' if len(text) > 1 else ""
        box = f"{x:.4f} {top:.4f} {size * width(text):.4f} {size * 1.2:.4f}"
        code = f'<ofd:TextCode X="0" Y="{0.88 * shown:.4f}"{delta}>{html.escape(text)}</ofd:TextCode>'
        self.add(
            f'<ofd:TextObject ID=? Boundary="{box}"{matrix} Font="3" Size="{shown:.4f}"{more}>{code}</ofd:TextObject>'
        )

    def stroke(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A ruling."""
        box = f"{x0:.4f} {y0:.4f} {x1 - x0:.4f} {y1 - y0:.4f}"
        data = f"M 0 0 L {x1 - x0:.4f} {y1 - y0:.4f}"
        path = f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
        self.add(f'<ofd:PathObject ID=? Boundary="{box}" LineWidth="0.18" Stroke="true">{path}</ofd:PathObject>')

    def frame(self, left: float, top: float, right: float, bottom: float) -> None:
        """The border of a cell as one path."""
        w, h = right - left, bottom - top
        path = f"<ofd:AbbreviatedData>M 0 0 L {w:.4f} 0 L {w:.4f} {h:.4f} L 0 {h:.4f} C</ofd:AbbreviatedData>"
        box = f"{left:.4f} {top:.4f} {w:.4f} {h:.4f}"
        self.add(f'<ofd:PathObject ID=? Boundary="{box}" LineWidth="0.18">{path}</ofd:PathObject>')

    def picture(self, x: float, y: float, w: float, h: float) -> None:
        self.add(f'<ofd:ImageObject ID=? Boundary="{x} {y} {w} {h}" CTM="{w} 0 0 {h} 0 0" ResourceID="9"/>')

    def turn(self) -> None:
        self.pages.append([])

    def packed(self, *, document: str = "", parts: dict[str, str] | None = None) -> bytes:
        """The archive; `document` goes into Document.xml, `parts` beside it."""
        made = {
            "OFD.xml": element(
                "OFD", "<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>"
                "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>", ' Version="1.0" DocType="OFD"',
            ),
            "Doc_0/Document.xml": element("Document", self._common() + self._listed() + document),
            "Doc_0/PublicRes.xml": element("Res", '<ofd:Fonts><ofd:Font ID="3" FontName="仿宋"/></ofd:Fonts>', ' BaseLoc="Res"'),
        }  # fmt: skip
        for number, objects in enumerate(self.pages):
            layer = f'<ofd:Content><ofd:Layer ID="1">{"".join(objects)}</ofd:Layer></ofd:Content>'
            made[f"Doc_0/Pages/Page_{number}/Content.xml"] = element("Page", layer)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {**made, **(parts or {})}.items():
                archive.writestr(zipfile.ZipInfo(name, (2022, 6, 23, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _common(self) -> str:
        area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {PAGE[0]:g} {PAGE[1]:g}</ofd:PhysicalBox></ofd:PageArea>"
        resources = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        return f"<ofd:CommonData><ofd:MaxUnitID>{self.count}</ofd:MaxUnitID>{area}{resources}</ofd:CommonData>"

    def _listed(self) -> str:
        pages = "".join(
            f'<ofd:Page ID="{number + 1}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
            for number in range(len(self.pages))
        )
        return f"<ofd:Pages>{pages}</ofd:Pages>"


def element(name: str, content: str, attributes: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:{name} xmlns:ofd="{NAMESPACE}"{attributes}>{content}</ofd:{name}>'


def to_ofd(
    blocks: Sequence[Any], *, points: bool = False, frames: bool = False, ruled: bool = True, numbers: bool = True
) -> bytes:
    """Paragraphs (str) and tables (`rendering.Table`) on pages; a merged cell over a page break goes on on the next."""
    pages = Pages(points)
    top = MARGIN[1]
    for block in blocks:
        top = (
            _paragraph(pages, block, top)
            if isinstance(block, str)
            else _table(pages, block, top, frames, ruled) + WORDS
        )
    if numbers:
        for number, objects in enumerate(pages.pages, 1):
            before, pages.pages = pages.pages, [objects]
            pages.run(PAGE[0] / 2 - 8, PAGE[1] - 20, f"— {number} —", 4.9)
            pages.pages = before
    return pages.packed()


def _room(top: float, needed: float) -> bool:
    return top + needed <= PAGE[1] - MARGIN[1]


def _paragraph(pages: Pages, text: str, top: float) -> float:
    left, right = MARGIN[0], PAGE[0] - MARGIN[0]
    height = WORDS * LEADING
    lines = wrapped("\u3000\u3000" + text, (right - left) / WORDS) if text else [""]
    for line in lines:
        if not _room(top, height):
            pages.turn()
            top = MARGIN[1]
        shown = line.lstrip("\u3000")
        pages.run(left + WORDS * (len(line) - len(shown)), top, shown, WORDS)
        top += height
    return top


def _table(pages: Pages, table: Any, top: float, frames: bool, ruled: bool) -> float:
    rows, columns = table.shape
    whole = PAGE[0] - 2 * MARGIN[0]
    shares = table.widths or [1.0] * columns
    ends = [MARGIN[0] + whole * sum(shares[:index]) / sum(shares) for index in range(columns + 1)]
    lines = {
        id(span): wrapped(
            span.text, (ends[span.column + span.colspan - 1] - ends[span.column - 1] - 2 * PADDING) / CELLS
        )
        for span in table.cells
    }
    heights = [CELLS * LEADING + 2 * PADDING] * (rows + 1)
    for span in sorted(table.cells, key=lambda cell: cell.row + cell.rowspan):
        held = sum(heights[span.row : span.row + span.rowspan])
        needed = len(lines[id(span)]) * CELLS * LEADING + 2 * PADDING
        heights[span.row + span.rowspan - 1] += max(needed - held, 0)
    row = 1
    while row <= rows:
        last, bottom = row, top + heights[row]
        while last < rows and _room(bottom, heights[last + 1]):
            last += 1
            bottom += heights[last]
        if not _room(top, heights[row]) and top > MARGIN[1]:
            pages.turn()
            top = MARGIN[1]
            continue
        levels = {row: top}
        for index in range(row, last + 1):
            levels[index + 1] = levels[index] + heights[index]
        _part(pages, table, (row, last), levels, ends, lines, frames, ruled)
        top, row = levels[last + 1], last + 1
        if row <= rows:
            pages.turn()
            top = MARGIN[1]
    return top


def _part(
    pages: Pages, table: Any, shown: tuple[int, int], levels: dict[int, float], ends: list[float],
    lines: dict[int, list[str]], frames: bool, ruled: bool,
) -> None:  # fmt: skip
    for span in table.cells:
        first, last = max(span.row, shown[0]), min(span.row + span.rowspan - 1, shown[1])
        if first > last:
            continue
        left, right = ends[span.column - 1], ends[span.column + span.colspan - 1]
        upper, lower = levels[first], levels[last + 1]
        if frames:
            pages.frame(left, upper, right, lower)
        elif ruled:
            for line in (
                (left, upper, right, upper),
                (left, lower, right, lower),
                (left, upper, left, lower),
                (right, upper, right, lower),
            ):
                pages.stroke(*line)
        rest = lines[id(span)]
        room = max(int((lower - upper - 2 * PADDING + 0.01) / (CELLS * LEADING)), 1)
        for index, text in enumerate(rest[:room]):
            pages.run(left + PADDING, upper + PADDING + index * CELLS * LEADING, text)
        lines[id(span)] = rest[room:]
