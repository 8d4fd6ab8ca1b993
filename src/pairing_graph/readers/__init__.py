"""Readers: one module per file format, each from bytes to a `Document`. They know nothing of tasks and units.

A new format is a new module and a row in `FORMATS`.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.inputs import file_name, read_bytes
from pairing_graph.base.text import printable
from pairing_graph.kb.document import Cell, Document, Paragraph
from pairing_graph.readers import archive, doc, docx, html, ofd, pdf, text, xlsx
from pairing_graph.readers.limits import Limits
from pairing_graph.readers.scans import without_scanned_blanks

Piece = TypeVar("Piece", Paragraph, Cell)


@dataclass(frozen=True)
class Format:
    """A file format.

    Attributes:
        name: What a user calls it.
        recognise: Whether a file is of this format, judging by its bytes and suffix.
        read: Makes a document from the bytes, the file name and the checksum.
        suffixes: Usual suffixes; the format is detected by content, so a file may have another one.

    """

    name: str
    recognise: Callable[[bytes, str], bool]
    read: Callable[[bytes, str, str, Limits], Document]
    suffixes: tuple[str, ...]


FORMATS: tuple[Format, ...] = (
    Format("Word (docx)", docx.recognise, docx.read, (".docx", ".docm", ".dotx", ".dotm")),
    Format("workbook (xlsx)", xlsx.recognise, xlsx.read, (".xlsx", ".xlsm", ".xltx", ".xltm")),
    Format("OFD", ofd.recognise, ofd.read, (".ofd",)),
    Format("PDF", pdf.recognise, pdf.read, (".pdf",)),
    Format("old Word (doc, rtf)", doc.recognise, doc.read, (".doc", ".rtf", ".wps")),
    Format("web page (HTML)", html.recognise, html.read, (".html", ".htm", ".xhtml", ".shtml")),
    Format("text", text.recognise, text.read, (".txt", ".md", ".text")),
)
"""The formats in the order in which they are tried."""

_REFUSED_SUFFIXES = (".xls", ".xlsb", ".et", ".odt", ".ods", ".ppt", ".pptx", ".mht")
"""Old and foreign formats, reported as unsupported. Files in csv are read if they are named, but not picked from a folder,
which may hold corrections, aliases and exported tables."""
SUFFIXES = frozenset(suffix for known in FORMATS for suffix in known.suffixes) | frozenset(_REFUSED_SUFFIXES)
"""Suffixes of documents: such files are picked from a folder and either read or reported as unsupported."""

_FOREIGN = (
    (b"\x89PNG", "a PNG picture", "Recognise its characters (OCR) first, or look for the notice as text."),
    (b"\xff\xd8\xff", "a JPEG picture", "Recognise its characters (OCR) first, or look for the notice as text."),
    (b"GIF8", "a GIF picture", "Recognise its characters (OCR) first, or look for the notice as text."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and read what is inside."),
    (b"Rar!", "a RAR archive", "Unpack it and read what is inside."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it and read what is inside."),
)
_ZIPPED = (
    ("ppt/presentation.xml", "a presentation (pptx)", "Save its tables as docx or xlsx and read that."),
    ("content.xml", "an OpenDocument file", "Save it as docx or xlsx and read that."),
    ("xl/workbook.bin", "a binary workbook (xlsb)", "Save it as xlsx and read that."),
)


def read_document(path: str | Path, *, limits: Limits | None = None) -> Document:
    """Read one file; its format is detected by content.

    Args:
        path: The file.
        limits: Upper bounds for the file.

    Raises:
        FileError: It is missing, a folder, empty, too large, or of a format or encoding that is not read.

    """
    limits = limits or Limits()
    path = Path(path)
    advice = "If the file is a genuine notice, raise limits=Limits(file_bytes=...)."
    data = read_bytes(path, "file", limits.file_bytes, advice=advice)
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise FileError(
            Complaint("The file is empty", printable(str(path)), "the text of a notice", f"{len(data)} bytes")
        )
    for known in FORMATS:
        if known.recognise(data, path.suffix.lower()):
            document = _cleaned(known.read(data, file_name(path), hashlib.sha256(data).hexdigest(), limits))
            return without_scanned_blanks(document)
    raise FileError(_foreign(data, printable(str(path))))


def _cleaned(document: Document) -> Document:
    """The document without the control characters that some formats let through."""
    return replace(
        document,
        blocks=tuple(
            _clean(block) if isinstance(block, Paragraph) else replace(block, cells=tuple(map(_clean, block.cells)))
            for block in document.blocks
        ),
        notes=tuple(replace(note, text=printable(note.text)) for note in document.notes),
    )


def _clean(piece: Piece) -> Piece:
    text, sheet = printable(piece.text), printable(piece.place.sheet)
    if text == piece.text and sheet == piece.place.sheet:
        return piece
    return replace(piece, text=text, place=replace(piece.place, sheet=sheet))


def _foreign(data: bytes, file: str) -> Complaint:
    """What an unrecognised file is, and what to do with it."""
    expected = ", ".join(known.name for known in FORMATS)
    names = archive.member_names(data)
    zipped = ((got, advice) for member, got, advice in _ZIPPED if member in names)
    plain = ((got, advice) for magic, got, advice in _FOREIGN if data.startswith(magic))
    if data.startswith(archive.MAGIC) and not names:
        got, advice = "a zip archive without a list of what it holds", "Save the file again, or ask the issuer for it."
        return Complaint("The file is damaged or cut off", file, "a whole Word file, workbook or OFD", got, advice)
    if data.startswith(archive.MAGIC):
        got, advice = next(zipped, ("a zip archive", "Unpack it and read what is inside."))
    else:
        got, advice = next(plain, ("binary data", "Save the notice as text (UTF-8) and read that."))
    return Complaint("This format is not read", file, expected, got, advice)
