"""From pages of characters and lines at their places to a document: tables joined across pages, the text around them.

Used by every format whose pages are drawn: it does not matter who drew them.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.kb.document import Document, Grid, Note, Paragraph, Place
from pairing_graph.readers.grids import cells_of, grid_of
from pairing_graph.readers.limits import Limits, only_pictures
from pairing_graph.readers.page_columns import table_above, unruled_tables
from pairing_graph.readers.page_rulings import Edge
from pairing_graph.readers.page_tables import NEAR, Ruled, continues, join, ruled_tables
from pairing_graph.readers.page_words import Char, Line, damaged_share, line_of, once, paragraphs_of, rows_of, runs_of

_PAGE_NUMBER = re.compile(
    r"[\s\-—–－·•_~]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[\s\-—–－·•_~]*"
)
_MARGIN = 0.11
_REPEATED = 3
_MOST_EDGES = 10_000
_MOST_DAMAGED = 0.3
_NEARLY_ALL = 0.5
_NARROWEST = 0.7
_FEWEST_WORDS = 20
_COLUMNS = 3

Piece = Line | Ruled


@dataclass(frozen=True)
class Drawn:
    """What is drawn on a page, in points from its upper left corner.

    Attributes:
        number: Number of the page, from 1.
        width: Its width.
        height: Its height.
        chars: Its characters; those that do not stand upright have a false `upright`.
        edges: Horizontal and vertical lines.
        pictures: The areas of its pictures.
    """

    number: int
    width: float
    height: float
    chars: Sequence[Char]
    edges: Sequence[Edge]
    pictures: Sequence[float] = ()


@dataclass(frozen=True)
class _Held:
    """A page until all are there: its ruled tables, and the lines outside of them as characters."""

    number: int
    height: float
    rows: Sequence[Sequence[Char]]
    tables: Sequence[Ruled]


class Flow:
    """Takes the pages one by one and joins their pieces.

    Args:
        kind: What a user calls the format.
        file: Name of the file.
        limits: Upper bounds for the file.

    """

    def __init__(self, kind: str, file: str, limits: Limits) -> None:
        self._kind = kind
        self._file = file
        self._limits = limits
        self._pages: list[_Held] = []
        self._widths: list[float] = []
        self._notes: list[Note] = []
        self._damaged: list[float] = []
        self._scanned = 0

    def add(self, page: Drawn) -> None:
        """Take the lines and tables of a page; report a page that is a picture with hardly any text."""
        self._limits.hold("page_marks", len(page.chars), "characters on a page", self._file)
        if len(page.edges) > _MOST_EDGES:
            got = f"{len(page.edges):,} on page {page.number}"
            raise FileError(Complaint("A page has too many drawn lines", self._file, f"at most {_MOST_EDGES:,}", got))
        chars = once(char for char in page.chars if char.get("upright", True))
        self.note("turned_text", _turned(page.chars))
        if chars:
            self._damaged.append(damaged_share(chars))
        tables = ruled_tables(chars, page.edges, page.width, page.number, self._file)
        outside = [char for char in chars if not any(_within(char, table) for table in tables)]
        rows = rows_of(outside)
        self._pages.append(_Held(page.number, page.height, rows, tables))
        self._widths.append(page.width)
        pictures = sum(page.pictures) / max(page.width * page.height, 1)
        words = sum(map(len, rows))
        if not tables and words < _FEWEST_WORDS and (pictures > _NEARLY_ALL or (not words and page.pictures)):
            self._scanned += 1
            self._notes.append(Note("page_without_text", f"{page.number}"))

    def note(self, reason: str, text: str) -> None:
        """Report words that are not taken along."""
        if text.strip():
            self._notes.append(Note(reason, text.strip()))

    def document(self, sha256: str) -> Document:
        """The document.

        Raises:
            FileError: No page has text, or its fonts do not map to characters.

        """
        self._refuse_what_has_no_words()
        pages = self._without_boilerplate()
        flow = list(_joined(pages))
        right = self._right_margin(pages)
        blocks: list[Paragraph | Grid] = []
        paragraphs = tables = 0
        for is_table, group in itertools.groupby(flow, key=lambda piece: isinstance(piece, Ruled)):
            if not is_table:
                lines = [piece for piece in group if isinstance(piece, Line)]
                for text, page in paragraphs_of(lines, right):
                    paragraphs += 1
                    blocks.append(Paragraph(paragraphs, text, Place(page=page)))
                continue
            for table in group:
                if isinstance(table, Ruled):
                    tables += 1
                    blocks.append(grid_of(tables, cells_of(table.boxes, near_rows=NEAR, near_columns=NEAR)))
                    self._notes += [Note(reason, text, table=tables) for reason, text in table.notes]
        return Document(PurePath(self._file).stem, self._file, sha256, tuple(blocks), tuple(self._notes))

    def _without_boilerplate(self) -> list[list[Piece]]:
        """The pieces of each page from the top: lines and tables, headers and footers left out."""
        running = _running_heads(self._pages)
        found: list[list[Piece]] = []
        rest: Sequence[Sequence[Char]] = []
        for place, page in enumerate(self._pages):
            rows = [row for row in page.rows if not self._sets_aside(line_of(row, page.number), page.height, running)]
            last = found[-1][-1] if found and found[-1] else None
            unruled, others = unruled_tables(rows, page.number, last if isinstance(last, Ruled) else None)
            pieces = _pieces(page, unruled, others)
            first = pieces[0] if pieces else None
            if isinstance(first, Ruled) and first.gaps and isinstance(last, Line):
                before = self._pages[place - 1]
                above, rest = table_above(rest, before.number, first)
                tables = [piece for piece in found[-1] if isinstance(piece, Ruled) and piece.gaps]
                found[-1] = _pieces(before, [*tables, *above], rest)
            found.append(pieces)
            rest = others
        return found

    def _sets_aside(self, line: Line, height: float, running: frozenset[str]) -> bool:
        """Whether a line is a header or footer, which is reported."""
        aside = _is_boilerplate(line, height, running)
        if aside:
            self._notes.append(Note("boilerplate", line.text))
        return aside

    def _right_margin(self, pages: Sequence[Sequence[Piece]]) -> float:
        """The right margin of the text: the end of the longest line or table, or at least well past the middle of the page."""
        pieces = [piece for page in pages for piece in page]
        ends = [piece.x1 for piece in pieces if isinstance(piece, Line)]
        ends += [box.right for piece in pieces if isinstance(piece, Ruled) for box in piece.boxes]
        return max([*ends, _NARROWEST * max(self._widths, default=0.0)])

    def _refuse_what_has_no_words(self) -> None:
        if not self._damaged and any(note.reason == "turned_text" for note in self._notes):
            advice = "Turn its pages, print it to a new PDF and read that."
            raise FileError(
                Complaint(f"The words of the {self._kind} stand sideways", self._file, "upright words", "", advice)
            )
        if not self._damaged or self._scanned == len(self._pages):
            raise FileError(only_pictures(self._kind, self._file, len(self._pages), "pictures of pages"))
        if sum(self._damaged) / len(self._damaged) > _MOST_DAMAGED:
            advice = "Open it, print it to a new PDF, or look for the notice in another format."
            expected = "fonts that map to characters"
            raise FileError(
                Complaint(f"The fonts of the {self._kind} do not map to characters", self._file, expected, "", advice)
            )
        if any(self._damaged):
            self._notes.append(Note("text_damaged", self._file))


def _pieces(page: _Held, unruled: Sequence[Ruled], rows: Sequence[Sequence[Char]]) -> list[Piece]:
    """The lines and tables of a page from the top."""
    lines = [line_of(row, page.number) for row in rows]
    return sorted([*lines, *page.tables, *unruled], key=lambda piece: piece.top)


def _joined(pages: Sequence[Sequence[Piece]]) -> Iterator[Piece]:
    """All pieces in reading order; tables are joined across pages."""
    last: Piece | None = None
    for page in pages:
        for place, piece in enumerate(page):
            if not place and isinstance(piece, Ruled) and isinstance(last, Ruled) and _continues(last, piece):
                join(last, piece)
                continue
            if last is not None:
                yield last
            last = piece
    if last is not None:
        yield last


def _continues(table: Ruled, piece: Ruled) -> bool:
    return piece.page == table.page + 1 and continues(table, piece)


def _turned(chars: Sequence[Char]) -> str:
    """The words that stand sideways or upside down, in the order in which they were drawn."""
    return "".join(char["text"] for char in chars if not char.get("upright", True))


def _running_heads(pages: Sequence[_Held]) -> frozenset[str]:
    """Lines at the top or bottom of several pages that are equal up to digits; a line of several columns is a heading."""
    seen: Counter[str] = Counter()
    for page in pages:
        lines = (line_of(row) for row in page.rows if len(runs_of(row)) < _COLUMNS)
        seen.update({_mask(line.text) for line in lines if _in_the_margin(line, page.height)})
    return frozenset(text for text, count in seen.items() if count >= _REPEATED)


def _is_boilerplate(line: Line, height: float, running: frozenset[str]) -> bool:
    if not _in_the_margin(line, height):
        return False
    return bool(_PAGE_NUMBER.fullmatch(" ".join(line.text.split()))) or _mask(line.text) in running


def _in_the_margin(line: Line, height: float) -> bool:
    return line.bottom < _MARGIN * height or line.top > (1 - _MARGIN) * height


def _mask(text: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", text))


def _within(char: Char, table: Ruled) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(box.left <= x < box.right and box.top <= y < box.bottom for box in table.boxes)
