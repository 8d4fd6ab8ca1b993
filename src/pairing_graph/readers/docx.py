"""Word documents (docx): paragraphs and tables in document order, merged cells once, automatic numbers written out.

Opened by python-docx; what it does not expose (extent of merged cells, list numbers, text boxes, deletions) is read
from the XML.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pairing_graph.base.errors import FileError
from pairing_graph.base.extras import require
from pairing_graph.kb.document import Document, Grid, Note, Paragraph
from pairing_graph.readers import archive, docx_parts
from pairing_graph.readers.docx_numbering import Numbering
from pairing_graph.readers.docx_words import ALTERNATIVES, Aside, all_words, alternative, blocks, words
from pairing_graph.readers.docx_xml import W, flag, number, twips, value
from pairing_graph.readers.grids import Box, cells_of, grid_of, short_rows
from pairing_graph.readers.limits import BROKEN, Limits, checked, damaged, only_pictures

if TYPE_CHECKING:
    from lxml.etree import _Element

_TWIPS_APART = 240
_DEFAULT_WIDTH = 1000
_MARGINS = ("/header", "/footer")
_NOTES = ("/footnotes", "/endnotes")
_COMMENTS = "/comments"


def recognise(data: bytes, suffix: str) -> bool:
    """Whether the bytes are a Word document, regardless of the suffix."""
    return docx_parts.BODY in archive.member_names(data)


def read(data: bytes, file: str, sha256: str, limits: Limits) -> Document:
    """Make a document from the bytes of a docx file.

    Raises:
        FileError: It is damaged, encrypted or larger than the limits.
        MissingExtraError: python-docx is not installed.

    """
    bare = docx_parts.cut_down(data, file, limits)
    return checked(_Reader(_open(bare, file), file, limits).document(sha256), limits)


def _open(bare: io.BytesIO, file: str) -> Any:
    docx = require("docx", "docx", "Reading Word documents", file)
    try:
        return docx.Document(bare).part
    except BROKEN as error:
        raise FileError(damaged(file, "a Word document (docx)", error)) from error


class _Reader:
    """Walks a document and collects its blocks.

    Args:
        part: The main part of the document, as python-docx opens it.
        file: Name of the file.
        limits: Upper bounds for the file.

    """

    def __init__(self, part: Any, file: str, limits: Limits) -> None:
        self._part = part
        self._file = file
        self._limits = limits
        self._numbering = Numbering(self._root("/numbering"), self._root("/styles"))
        self._blocks: list[Paragraph | Grid] = []
        self._notes: list[Note] = []
        self._paragraphs = 0
        self._tables = 0
        self._covered = 0

    def document(self, sha256: str) -> Document:
        """The document, its headers, footers and footnotes as notes."""
        body = self._part.element.find(f"{W}body")
        if body is None:
            raise FileError(damaged(self._file, "a Word document with a body", f"a <{self._part.element.tag}>"[:200]))
        self._walk(body)
        pictures = sum(note.reason == "picture" for note in self._notes)
        if pictures and not self._blocks:
            raise FileError(only_pictures("Word document", self._file, pictures))
        around = [("boilerplate", ending) for ending in _MARGINS] + [("footnote", ending) for ending in _NOTES]
        around.append(("comment", _COMMENTS))
        found = dict.fromkeys((reason, all_words(root)) for reason, ending in around for root in self._roots(ending))
        self._notes += [Note(reason, text) for reason, text in found if text]
        return Document(PurePath(self._file).stem, self._file, sha256, tuple(self._blocks), tuple(self._notes))

    def _walk(self, parent: _Element) -> None:
        aside = Aside()
        for block in blocks(parent, aside):
            if block.tag == f"{W}p":
                self._paragraph(block)
            else:
                self._table(block)
        self._note(aside, paragraph=self._paragraphs)

    def _paragraph(self, element: _Element) -> None:
        aside = Aside()
        # A tab at the head of a paragraph is an indent in Word; in plain text it is the mark of a flattened cell.
        text = words(element, self._numbering, aside).lstrip("\t")
        for line in text.split("\n"):
            self._paragraphs += 1
            if line.strip():
                self._blocks.append(Paragraph(self._paragraphs, line))
        self._note(aside, paragraph=self._paragraphs)

    def _table(self, element: _Element) -> None:
        boxes, asides = self._boxes(element)
        cells = cells_of((box for box, _ in boxes), near_columns=_TWIPS_APART)
        if max((cell.column + cell.colspan - 1 for cell in cells), default=0) <= 1:
            for _, content in boxes:
                self._walk(content)
            return
        self._tables += 1
        for box, content in boxes:
            box.text = self._cell_text(content, asides.setdefault((box.top, box.left), Aside()))
        made = cells_of((box for box, _ in boxes), near_columns=_TWIPS_APART)
        made_grid, short = short_rows(grid_of(self._tables, made))
        self._blocks.append(made_grid)
        self._notes += short
        self._place_asides(boxes, asides)

    def _place_asides(self, boxes: list[tuple[Box, _Element]], asides: dict[tuple[float, float], Aside]) -> None:
        """Notes on the cells of a table; those of a deleted row refer to the table."""
        marked = [Box(box.top, box.left, box.bottom, box.right, f"{box.top} {box.left}") for box, _ in boxes]
        places = {cell.text: cell for cell in cells_of(marked, near_columns=_TWIPS_APART)}
        for (top, left), aside in asides.items():
            cell = places.get(f"{top} {left}")
            if cell:
                self._note(aside, table=self._tables, row=cell.row, column=cell.column)
            else:
                self._note(aside, table=self._tables)

    def _boxes(self, table: _Element) -> tuple[list[tuple[Box, _Element]], dict[tuple[float, float], Aside]]:
        """The cells of a table by their grid lines, each with its element; merged cells once."""
        lines = _grid_lines(table)
        boxes: list[tuple[Box, _Element]] = []
        asides: dict[tuple[float, float], Aside] = {}
        above: dict[tuple[int, int], Box] = {}
        count = 0
        for row in _parts(table, "tr"):
            properties = row.find(f"{W}trPr")
            if flag(properties, "del"):
                asides.setdefault((-1, -1), Aside()).add("deleted_text", all_words(row))
                continue
            current: dict[tuple[int, int], Box] = {}
            start = max(number(value(properties, "gridBefore"), 0), 0)
            for cell in _parts(row, "tc"):
                cell_properties = cell.find(f"{W}tcPr")
                span = max(number(value(cell_properties, "gridSpan"), 1), 1)
                self._limits.hold("columns", start + span, "columns", self._file)
                edges = (start, start + span)
                merged = _merge(cell_properties)
                if merged == "continue" and edges in above:
                    box = above[edges]
                    box.bottom = count + 1
                    asides.setdefault((box.top, box.left), Aside()).add("hidden_text", all_words(cell))
                else:
                    box = Box(count, _line(lines, edges[0]), count + 1, _line(lines, edges[1]))
                    boxes.append((box, cell))
                self._covered += span
                current[edges] = box
                start += span
            self._limits.hold("cells", self._covered, "table cells", self._file)
            above = current
            count += 1
        return boxes, asides

    def _cell_text(self, cell: _Element, aside: Aside, *, nested: bool = False) -> str:
        """The text of a cell including nested tables; each nested table is reported once."""
        lines = []
        for block in blocks(cell, aside):
            if block.tag == f"{W}p":
                lines.append(words(block, self._numbering, aside).strip("\t"))
            else:
                rows = [" ".join(filter(None, self._row_texts(row, aside))) for row in _parts(block, "tr")]
                if not nested:
                    aside.add("nested_table", "\n".join(rows))
                lines += rows
        return "\n".join(lines).strip("\n")

    def _row_texts(self, row: _Element, aside: Aside) -> list[str]:
        return [self._cell_text(cell, aside, nested=True).strip() for cell in _parts(row, "tc")]

    def _note(self, aside: Aside, *, paragraph: int = 0, table: int = 0, row: int = 0, column: int = 0) -> None:
        for reason, text in aside.found:
            self._notes.append(Note(reason, text, paragraph, table, row, column))

    def _root(self, ending: str) -> _Element | None:
        return next(iter(self._roots(ending)), None)

    def _roots(self, ending: str) -> list[_Element]:
        """The XML roots of the parts that the body refers to under a type of relation."""
        parts = [rel.target_part for rel in self._part.rels.values() if rel.reltype.endswith(ending)]
        return [archive.parsed(part.blob, self._file) for part in parts]


def _parts(parent: _Element, name: str) -> Iterable[_Element]:
    """The rows of a table or the cells of a row, through content controls and tracked insertions."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag == ALTERNATIVES:
            yield from _parts(alternative(child), name)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}moveTo"):
            yield from _parts(child, name)


def _grid_lines(table: _Element) -> list[float]:
    """Positions of the column lines of the underlying grid, in twips."""
    lines: list[float] = [0]
    for column in table.iterfind(f"{W}tblGrid/{W}gridCol"):
        width = twips(column.get(f"{W}w", ""), _DEFAULT_WIDTH)
        lines.append(lines[-1] + max(width, 1))
    return lines


def _line(lines: list[float], index: int) -> float:
    missing = index - len(lines) + 1
    return lines[index] if missing <= 0 else lines[-1] + missing * _DEFAULT_WIDTH


def _merge(properties: _Element | None) -> str:
    """`restart`, `continue`, or empty: whether a cell starts, continues or is not part of a vertical merge."""
    found = properties.find(f"{W}vMerge") if properties is not None else None
    if found is None:
        return ""
    return "restart" if found.get(f"{W}val") == "restart" else "continue"
