"""Upper bounds for a file, so that a hostile or broken one is refused before it fills the memory."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from zipfile import BadZipFile

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.kb.document import Document, Grid

BROKEN = (
    ArithmeticError, AssertionError, AttributeError, BadZipFile, EOFError, LookupError, NotImplementedError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What the libraries behind the readers raise on damaged files; each reader turns them into a `FileError`."""


@dataclass(frozen=True)
class Limits:
    """Upper bounds for one file; pass larger ones for larger notices.

    Attributes:
        file_bytes: Size of the file.
        unpacked_bytes: Total uncompressed size of a compressed file (docx, xlsx, ofd, pdf).
        markup_bytes: Size of one part of markup: an HTML page, the body of a docx, a sheet of an xlsx.
        tags: Tags in all of its markup.
        characters: Characters of text, all paragraphs and cells together.
        lines: Lines or paragraphs of text.
        line_characters: Characters of one line or cell.
        columns: Columns of one table.
        cells: Cells of all tables together; a merged cell counts once for every cell it covers.
        pages: Pages of a PDF or OFD file.
        marks: Characters and lines drawn on all of its pages; repeated parts count each time.
        page_marks: The same for one page.
        sheets: Sheets of a workbook.
        seconds: Time that a conversion by LibreOffice may take.

    Example:
        >>> Limits(columns=300).columns
        300

    """

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 150_000_000
    markup_bytes: int = 25_000_000
    tags: int = 800_000
    characters: int = 5_000_000
    lines: int = 50_000
    line_characters: int = 200_000
    columns: int = 200
    cells: int = 100_000
    pages: int = 300
    marks: int = 120_000
    page_marks: int = 30_000
    sheets: int = 100
    seconds: int = 30

    def hold(self, name: str, count: int, what: str, file: str) -> None:
        """Refuse a file that exceeds a limit.

        Args:
            name: Name of the limit.
            count: How many there are in the file.
            what: What is counted, in words.
            file: Name of the file.

        Raises:
            FileError: There are more than the limit.

        """
        most = getattr(self, name)
        if count > most:
            advice = f"If the file is a genuine notice, raise limits=Limits({name}=...)."
            got = f"more than that: {count:,}"
            raise FileError(Complaint(f"The file has too many {what}", file, f"at most {most:,}", got, advice))


def damaged(file: str, expected: str, error: BaseException | str) -> Complaint:
    """The complaint about a file that a library cannot parse."""
    advice = "Open it in an office program, save it again and read that."
    return Complaint("The file is damaged or cut off", file, expected, str(error).split("\n")[0][:200], advice)


def only_pictures(kind: str, file: str, count: int, pictures: str = "pictures") -> Complaint:
    """The complaint about a file whose words are in pictures, with what to do."""
    got = f"{count:,} without a character that can be read"
    advice = "Recognise the characters (OCR) first, or look for the notice as text."
    return Complaint(f"The {kind} contains only {pictures}", file, "text", got, advice)


def checked(document: Document, limits: Limits) -> Document:
    """The document, if it is within the limits.

    Raises:
        FileError: It is larger.

    """
    texts = list(document.texts())
    limits.hold("lines", len(document.paragraphs), "paragraphs", document.file)
    limits.hold(
        "line_characters", max(map(len, texts), default=0), "characters in one paragraph or cell", document.file
    )
    limits.hold("characters", sum(map(len, texts)), "characters", document.file)
    limits.hold("columns", max((grid.shape[1] for grid in document.grids), default=0), "columns", document.file)
    limits.hold("cells", sum(covered(grid) for grid in document.grids), "table cells", document.file)
    return document


def covered(grid: Grid) -> int:
    """How many cells a table has; a merged cell counts once for every cell it covers."""
    return sum(cell.rowspan * cell.colspan for cell in grid.cells)
