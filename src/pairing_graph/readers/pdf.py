"""PDF files: ruled tables, joined across pages, and the text around them; scanned pages are reported."""

from __future__ import annotations

import io
import itertools
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.extras import require
from pairing_graph.kb.document import Document, Grid, Note, Paragraph, Place
from pairing_graph.readers import pdf_check
from pairing_graph.readers.grids import cells_of, grid_of
from pairing_graph.readers.limits import BROKEN, Limits, checked, damaged
from pairing_graph.readers.pdf_tables import NEAR, Ruled, continues, join, ruled_tables
from pairing_graph.readers.pdf_words import Line, damaged_share, lines_of, paragraphs_of

_MAGIC = b"%PDF-"
_HEAD = 1024
_PAGE_NUMBER = re.compile(
    r"[\s\-—–－·•_~]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[\s\-—–－·•_~]*"
)
_MARGIN = 0.11
_REPEATED = 3
_MOST_EDGES = 10_000
_MOST_DAMAGED = 0.3
_NEARLY_ALL = 0.5
_NARROWEST = 0.7

Piece = Line | Ruled


def recognise(data: bytes, suffix: str) -> bool:
    """Whether the bytes are a PDF, regardless of the suffix."""
    return _MAGIC in data[:_HEAD] and not data.startswith(b"PK")


def read(data: bytes, file: str, sha256: str, limits: Limits) -> Document:
    """Make a document from the bytes of a PDF.

    Raises:
        FileError: It is damaged, encrypted, larger than the limits, or contains only scanned pages.
        MissingExtraError: pdfplumber is not installed.

    """
    pdf_check.look_through(data, file, limits)
    try:
        with _open(data, file) as pdf:
            _hold_pages(pdf, file, limits)
            reader = _Reader(file, limits)
            for number, page in enumerate(pdf.pages, 1):
                reader.add(page, number)
                page.close()
    except BROKEN as error:
        raise FileError(damaged(file, "an undamaged PDF", error)) from error
    except Exception as error:  # pdfminer's errors have no other common base
        if not type(error).__module__.startswith(("pdfminer", "pdfplumber")):
            raise
        raise FileError(_refused(file, error)) from error
    return checked(reader.document(sha256), limits)


def _open(data: bytes, file: str) -> Any:
    pdfplumber = require("pdfplumber", "pdf", "Reading PDF files", file)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    return pdfplumber.open(io.BytesIO(pdf_check.with_blanks_for_zeros(data)))


def _refused(file: str, error: Exception) -> Complaint:
    words = f"{type(error).__name__} {error!r}"
    if "Password" in words or "Encryption" in words:
        advice = "Open it, remove the password, and save it again."
        return Complaint("The file is protected by a password", file, "an open PDF", "an encrypted one", advice)
    return damaged(file, "an undamaged PDF", error)


def _hold_pages(pdf: Any, file: str, limits: Limits) -> None:
    from pdfminer.pdfpage import PDFPage

    pages = list(itertools.islice(PDFPage.create_pages(pdf.doc), limits.pages + 1))
    limits.hold("pages", len(pages), "pages", file)
    if not pages:
        raise FileError(damaged(file, "a PDF with pages", "none"))
    pdf_check.hold_marks(pages, file, limits)


class _Reader:
    """Takes the pages one by one and joins their pieces.

    Args:
        file: Name of the file.
        limits: Upper bounds for the file.

    """

    def __init__(self, file: str, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self._pieces: list[list[Piece]] = []
        self._heights: list[float] = []
        self._widths: list[float] = []
        self._notes: list[Note] = []
        self._chars: list[float] = []

    def add(self, page: Any, number: int) -> None:
        """Take the lines and tables of a page; report a page that is a picture with hardly any text."""
        self._limits.hold("page_marks", len(page.chars), "characters on a page", self._file)
        if len(page.edges) > _MOST_EDGES:
            got = f"{len(page.edges):,} on page {number}"
            raise FileError(Complaint("A page has too many drawn lines", self._file, f"at most {_MOST_EDGES:,}", got))
        upright = page.filter(lambda item: item.get("upright", True)).dedupe_chars()
        if upright.chars:
            self._chars.append(damaged_share(upright.chars))
        tables = ruled_tables(upright, number)
        outside = [char for char in upright.chars if not any(_within(char, table) for table in tables)]
        lines = lines_of(outside, number)
        pieces: list[Piece] = [*lines, *tables]
        self._pieces.append(sorted(pieces, key=lambda piece: piece.top))
        self._heights.append(float(page.height))
        self._widths.append(float(page.width))
        pictures = sum(_area(image) for image in page.images) / max(page.width * page.height, 1)
        words = sum(len(line.text) for line in lines)
        if not tables and words < 20 and (pictures > _NEARLY_ALL or (not words and page.images)):
            self._notes.append(Note("page_without_text", f"{number}"))

    def document(self, sha256: str) -> Document:
        """The document.

        Raises:
            FileError: No page has text, or its fonts do not map to characters.

        """
        self._refuse_what_has_no_words()
        flow = list(self._flow())
        right = self._right_margin()
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

    def _right_margin(self) -> float:
        """The right margin of the text: the end of the longest line or table, or at least well past the middle of the page."""
        pieces = [piece for page in self._pieces for piece in page]
        ends = [piece.x1 for piece in pieces if isinstance(piece, Line)]
        ends += [box.right for piece in pieces if isinstance(piece, Ruled) for box in piece.boxes]
        return max([*ends, _NARROWEST * max(self._widths, default=0.0)])

    def _refuse_what_has_no_words(self) -> None:
        if not self._chars:
            advice = "Recognise its characters (OCR) first, or look for the notice as text."
            got = f"{len(self._pieces)} pages without a character"
            raise FileError(Complaint("The PDF contains only pictures of pages", self._file, "text", got, advice))
        if sum(self._chars) / len(self._chars) > _MOST_DAMAGED:
            advice = "Open it, print it to a new PDF, or look for the notice in another format."
            expected = "fonts that map to characters"
            raise FileError(
                Complaint("The fonts of the PDF do not map to characters", self._file, expected, "", advice)
            )
        if any(self._chars):
            self._notes.append(Note("text_damaged", self._file))

    def _flow(self) -> Iterator[Piece]:
        """All pieces in reading order, without headers and footers; tables are joined across pages."""
        running = _running_heads(self._pieces, self._heights)
        last: Piece | None = None
        for page, height in zip(self._pieces, self._heights, strict=True):
            first = True
            for piece in page:
                if isinstance(piece, Line) and _is_boilerplate(piece, height, running):
                    self._notes.append(Note("boilerplate", piece.text))
                    continue
                if first and isinstance(piece, Ruled) and isinstance(last, Ruled) and _continues(last, piece):
                    join(last, piece)
                    first = False
                    continue
                if last is not None:
                    yield last
                last, first = piece, False
        if last is not None:
            yield last


def _continues(table: Ruled, piece: Ruled) -> bool:
    return piece.page == table.page + 1 and continues(table, piece)


def _running_heads(pages: Sequence[Sequence[Piece]], heights: Sequence[float]) -> frozenset[str]:
    """Lines at the top or bottom of several pages that are equal up to digits."""
    seen: Counter[str] = Counter()
    for page, height in zip(pages, heights, strict=True):
        texts = {_mask(piece.text) for piece in page if isinstance(piece, Line) and _in_the_margin(piece, height)}
        seen.update(texts)
    return frozenset(text for text, count in seen.items() if count >= _REPEATED)


def _is_boilerplate(line: Line, height: float, running: frozenset[str]) -> bool:
    if not _in_the_margin(line, height):
        return False
    return bool(_PAGE_NUMBER.fullmatch(" ".join(line.text.split()))) or _mask(line.text) in running


def _in_the_margin(line: Line, height: float) -> bool:
    return line.bottom < _MARGIN * height or line.top > (1 - _MARGIN) * height


def _mask(text: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", text))


def _within(char: Any, table: Ruled) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(box.left <= x < box.right and box.top <= y < box.bottom for box in table.boxes)


def _area(image: Any) -> float:
    return max(float(image["x1"] - image["x0"]), 0.0) * max(float(image["bottom"] - image["top"]), 0.0)
