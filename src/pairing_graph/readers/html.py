"""Web pages (HTML): the tables with their merged cells, the text around them; boilerplate of the page is reported separately."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.extras import require
from pairing_graph.kb.document import Cell, Document, Grid, Note, Paragraph, Place
from pairing_graph.readers import html_bytes
from pairing_graph.readers.grids import Box, cells_of, grid_of, short_rows
from pairing_graph.readers.html_page import PAGE_LABELS, SILENT, is_boilerplate, is_hidden, survey, words_of
from pairing_graph.readers.html_tags import hold_attributes
from pairing_graph.readers.limits import BROKEN, Limits, checked, only_pictures

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
     "ins", "kbd", "label", "mark", "q", "rp", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
     "time", "tt", "u", "var", "wbr", "o:p", "nobr")
)  # fmt: skip
_OF_TABLES = frozenset(("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"))
_ROW_GROUPS = ("thead", "tbody", "tfoot")
_BREAK = "\n"
_SPACE = re.compile(r"[ \t\f\u00a0\u3000]+")
_SOURCE_BREAK = re.compile(r"(?<![ \t\f])[ \t\f]*[\r\n][ \t\r\n\f]*")
_BROKEN_HERE = "\x1f"
_CHINESE = r"[\u2e80-\u9fff\uff00-\uffef]"
_NEEDLESS = re.compile(rf"(?<={_CHINESE}){_BROKEN_HERE}(?={_CHINESE})")
_BLANK_LINES = re.compile(r"\n{3,}")
_SPAN = re.compile(r"\s*\+?(\d{1,9})")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_DEEPEST = 200
_MOST_LABELS = 40
_DEEPEST_TABLES = 15
_SMALLEST_PICTURE = 100
"""Pixels; smaller pictures are icons."""
_MOST_PICTURES = 50

recognise = html_bytes.recognise


def read(data: bytes, file: str, sha256: str, limits: Limits) -> Document:
    """Make a document from a page's bytes.

    Raises:
        FileError: Its encoding is unknown, it is larger than the limits, or nested too deeply.
        MissingExtraError: lxml is not installed.

    """
    limits.hold("markup_bytes", len(data), "bytes of markup", file)
    limits.hold("tags", data.count(b"<"), "tags", file)
    text = html_bytes.text_of(data, file)
    hold_attributes(text, file)
    root = _parsed(text, file)
    return checked(_Page(root, file, limits).document(sha256), limits)


def _parsed(text: str, file: str) -> HtmlElement:
    etree, html = (require(module, "html", "Reading web pages", file) for module in ("lxml.etree", "lxml.html"))
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.replace("\0", "\ufffd").encode("utf-8", errors="replace"), parser=parser)
        levels, tables = survey(root)
    except (etree.ParserError, *BROKEN) as error:
        raise FileError(Complaint("The page cannot be read", file, "an HTML page", str(error)[:200])) from error
    if levels > _DEEPEST or tables > _DEEPEST_TABLES:
        expected = f"at most {_DEEPEST} levels of elements and {_DEEPEST_TABLES} of tables"
        raise FileError(Complaint("The page is nested too deeply", file, expected, f"{levels} and {tables}"))
    return root


class _Page:
    """Walks a page and collects its blocks.

    Args:
        root: The root element.
        file: Name of the file.
        limits: Upper bounds for the file.

    """

    def __init__(self, root: HtmlElement, file: str, limits: Limits) -> None:
        self._root = root
        self._file = file
        self._limits = limits
        self._blocks: list[Paragraph | Grid] = []
        self._notes: list[Note] = []
        self._paragraphs = 0
        self._tables = 0
        self._covered = 0
        self._pictures: dict[str, None] = {}
        self._line: list[str] = []
        self._line_begins = 0

    def document(self, sha256: str) -> Document:
        """The document."""
        body = self._root.find("body")
        self._walk(self._root if body is None else body)
        self._end_line()
        if self._pictures and not self._blocks:
            raise FileError(only_pictures("page", self._file, len(self._pictures)))
        self._notes += [Note("picture", name) for name in islice(self._pictures, _MOST_PICTURES)]
        return Document(PurePath(self._file).stem, self._file, sha256, tuple(self._blocks), tuple(self._notes))

    def _walk(self, element: HtmlElement) -> None:
        """The contents of an element outside of tables: every block element and every <br> ends a paragraph."""
        self._say(element.text, element)
        count = _span(element.get("start"), 0) if element.tag == "ol" else 1
        for child in element:
            if not isinstance(child.tag, str) or child.tag in SILENT:
                pass
            elif is_hidden(child):
                self._aside("hidden_text", words_of(child))
            elif is_boilerplate(child):
                self._end_line()
                self._aside("boilerplate", words_of(child))
            elif child.tag == "table":
                self._end_line()
                self._table(child)
            elif child.tag in ("br", "hr"):
                self._end_line()
            elif child.tag in _INLINE:
                self._picture(child)
                self._walk(child)
            else:
                self._end_line()
                if child.tag == "li" and element.tag == "ol":
                    self._say(f"{count}.", child)
                    count += 1
                self._walk(child)
                self._end_line()
            self._say(child.tail, child)

    def _say(self, text: str | None, element: HtmlElement) -> None:
        if text:
            if not self._line_begins:
                self._line_begins = element.sourceline or 0
            self._line.append(_flowing(text))

    def _end_line(self) -> None:
        text = _tidy("".join(self._line))
        if text:
            self._paragraphs += 1
            self._blocks.append(Paragraph(self._paragraphs, text, Place(line=self._line_begins)))
        self._line.clear()
        self._line_begins = 0

    def _aside(self, reason: str, text: str) -> None:
        if text:
            self._notes.append(Note(reason, text))

    def _table(self, table: HtmlElement) -> None:
        """A data table becomes a grid; the cells of a layout table become paragraphs."""
        for caption in table.iterchildren("caption"):
            self._walk(caption)
            self._end_line()
        for words in _stray(table):
            self._say(words, table)
            self._end_line()
        for row in _hidden_rows(table):
            self._aside("hidden_text", words_of(row))
        boxes = self._boxes(table)
        if _is_about_the_page(table, boxes):
            self._labels(boxes)
            return
        if _arranges_the_page(table, boxes):
            for _, cell in boxes:
                self._walk(cell)
                self._end_line()
            return
        self._tables += 1
        held = [(box, cell) for box, cell in boxes if not is_hidden(cell)]
        for box, cell in boxes:
            self._report_inside(cell)
            box.text = _cell_text(cell)
        cells = cells_of(box for box, _ in held)
        grid, short = short_rows(grid_of(self._tables, cells))
        self._blocks.append(grid)
        self._notes += short
        self._report_nested(held, cells)

    def _report_inside(self, cell: HtmlElement) -> None:
        """Report what a cell of a data table hides, and its pictures."""
        if is_hidden(cell):
            self._aside("hidden_text", words_of(cell))
            return
        for child in cell:
            if isinstance(child.tag, str) and child.tag not in SILENT:
                self._picture(child)
                self._report_inside(child)

    def _picture(self, element: HtmlElement) -> None:
        """Report a picture, icons aside: a notice may have been published as one."""
        if element.tag == "img" and min(_pixels(element, "width"), _pixels(element, "height")) >= _SMALLEST_PICTURE:
            source = element.get("src", "")
            name = "" if source.startswith("data:") else source.rpartition("/")[2]
            self._pictures.setdefault(element.get("alt", "").strip() or name or "picture")

    def _labels(self, boxes: list[tuple[Box, HtmlElement]]) -> None:
        """A table of labels and values, as found above the text of official pages: each pair becomes a paragraph."""
        for _, row in itertools.groupby(boxes, key=lambda item: item[0].top):
            cells = [cell for _, cell in row]
            for label, value in itertools.zip_longest(cells[::2], cells[1::2]):
                self._say(words_of(label).rstrip("：: "), label)
                self._say("：", label)
                self._say(words_of(value) if value is not None else "", label)
                self._end_line()

    def _report_nested(self, held: list[tuple[Box, HtmlElement]], cells: tuple[Cell, ...]) -> None:
        nested = {id(box): cell for box, cell in held if next(cell.iter("table"), None) is not None}
        if not nested:
            return
        ordered = sorted((box for box, _ in held), key=lambda box: (box.top, box.left))
        for box, cell in zip(ordered, cells, strict=False):
            if id(box) in nested:
                self._notes.append(Note("nested_table", cell.text, 0, self._tables, cell.row, cell.column))

    def _boxes(self, table: HtmlElement) -> list[tuple[Box, HtmlElement]]:
        """The cells of a table by position, following the table model of the HTML standard."""
        boxes: list[tuple[Box, HtmlElement]] = []
        taken: dict[int, set[int]] = {}
        top = widest = 0
        for rows in _row_groups(table):
            end = top + len(rows)
            for row in rows:
                occupied = taken.pop(top, set())
                column = 0
                own = list(_parts(row, "td", "th"))
                for cell in own:
                    while column in occupied:
                        column += 1
                    width = _span(cell.get("colspan"), 1)
                    height = _span(cell.get("rowspan"), 0) or end - top
                    height = min(height, end - top)
                    if len(own) == 1 and 1 < widest <= width:
                        height = 1  # a section heading; otherwise the next row would start to the right of the table
                    self._limits.hold("columns", column + width, "columns", self._file)
                    self._covered += width * height
                    self._limits.hold("cells", self._covered, "table cells", self._file)
                    for further in range(top + 1, top + height):
                        taken.setdefault(further, set()).update(range(column, column + width))
                    place = Place(line=cell.sourceline or 0)
                    boxes.append((Box(top, column, top + height, column + width, place=place), cell))
                    column += width
                    widest = max(widest, column)
                top += 1
        return boxes


def _row_groups(table: HtmlElement) -> Iterator[list[HtmlElement]]:
    """The rows of a table by group, head first and foot last; rows without cells are skipped."""
    loose = [row for row in _parts(table, "tr") if len(row)]
    groups = {name: [list(_parts(group, "tr")) for group in _parts(table, name)] for name in _ROW_GROUPS}
    for rows in (*groups["thead"], loose, *groups["tbody"], *groups["tfoot"]):
        shown = [row for row in rows if len(row) and not is_hidden(row)]
        if shown:
            yield shown


def _hidden_rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """The rows of a table that a browser does not show."""
    for group in (table, *(group for name in _ROW_GROUPS for group in _parts(table, name))):
        yield from (row for row in _parts(group, "tr") if is_hidden(row))


def _pixels(element: HtmlElement, name: str) -> int:
    """A width or height that the page states, else a large one."""
    match = re.match(r"\s*(\d{1,5})\s*(?:px)?\s*$", element.get(name, ""))
    return int(match[1]) if match else 10_000


def _parts(parent: HtmlElement, *names: str) -> Iterator[HtmlElement]:
    """The rows of a table or cells of a row, also within a form or another element that has no place there."""
    for child in parent:
        if child.tag in names:
            yield child
        elif child.tag not in _OF_TABLES and not _is_left_out(child):
            yield from _parts(child, *names)


def _stray(parent: HtmlElement) -> Iterator[str]:
    """Words of a table outside of its cells, which browsers show above it."""
    yield parent.text or ""
    for child in parent:
        if child.tag not in ("td", "th", "caption", "table") and not _is_left_out(child):
            yield from _stray(child)
        yield child.tail or ""


def _is_left_out(element: HtmlElement) -> bool:
    return not isinstance(element.tag, str) or element.tag in SILENT or is_hidden(element)


def _span(text: str | None, zero: int) -> int:
    """A span or list start as browsers parse it: `2;` is 2, anything invalid is 1.

    Example:
        >>> _span("2;", 1), _span(None, 1), _span("zwei", 1), _span("0", 0)
        (2, 1, 1, 0)

    """
    match = _SPAN.match(text or "")
    return (int(match[1]) or zero) if match else 1


def _arranges_the_page(table: HtmlElement, boxes: list[tuple[Box, HtmlElement]]) -> bool:
    """Whether a table is used for layout: a single column, or mostly nested tables."""
    columns = {box.left for box, cell in boxes if words_of(cell)}
    if len(columns) <= 1:
        return True
    within = [cell for _, cell in boxes if next(cell.iter("table"), None) is not None]
    if not within:
        return False
    everything = len(words_of(table))
    return sum(len(words_of(cell)) for cell in within) > 0.5 * everything


def _is_about_the_page(table: HtmlElement, boxes: list[tuple[Box, HtmlElement]]) -> bool:
    """Whether a table alternates labels and values: the labels end with a colon or are common on official pages."""
    if next(table.iterdescendants("table"), None) is not None or len(boxes) > _MOST_LABELS:
        return False
    rows = [[words_of(cell) for _, cell in row] for _, row in itertools.groupby(boxes, key=lambda item: item[0].top)]
    labels = [text for row in rows for text in row[::2] if text]
    values = [text for row in rows for text in row[1::2] if text]
    ending = sum(1 for text in labels if text.endswith(("：", ":")))
    known = sum(1 for text in labels if re.sub(r"\s|[：:]", "", text) in PAGE_LABELS)
    return bool(labels) and (
        known >= 2 or (ending > len(labels) / 2 and not any(v.endswith(("：", ":")) for v in values))
    )


def _cell_text(cell: HtmlElement) -> str:
    """The text of a cell, with line breaks where a browser would break."""
    pieces: list[str] = []
    _collect(cell, pieces)
    lines = [_tidy(line) for line in "".join(pieces).split(_BREAK)]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def _collect(element: HtmlElement, pieces: list[str]) -> None:
    pieces.append(_flowing(element.text))
    count = 1
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag not in SILENT and not is_hidden(child):
            apart = tag not in _INLINE and tag not in ("td", "th", "br")
            pieces.append(_BREAK if apart or tag == "br" else " " if tag in ("td", "th") else "")
            if tag == "li" and element.tag == "ol":
                pieces.append(f"{count}.")
                count += 1
            _collect(child, pieces)
            pieces.append(_BREAK if apart else "")
        pieces.append(_flowing(child.tail))


def _flowing(text: str | None) -> str:
    """Text as a browser flows it: a line break in the source is a blank, marked until its neighbours are known."""
    return _SOURCE_BREAK.sub(_BROKEN_HERE, text.replace(_BROKEN_HERE, "")) if text else ""


def _tidy(text: str) -> str:
    """Collapse blanks; drop those from source line breaks between Chinese characters.

    Example:
        >>> _tidy(_flowing("县农业\\n  农村委  县财政局 "))
        '县农业农村委 县财政局'

    """
    return _SPACE.sub(" ", _NEEDLESS.sub("", _INVISIBLE.sub("", text)).strip().replace(_BROKEN_HERE, " "))
