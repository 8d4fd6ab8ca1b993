"""Plain text: UTF-8 with or without BOM, UTF-16, GB18030; one paragraph per line, numbered as an editor shows them."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath

from pairing_graph.document import Document, Paragraph, Place
from pairing_graph.errors import Complaint, FileError
from pairing_graph.readers.limits import Limits

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_SAMPLE = 50_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LINE_BREAK = re.compile("\r\n|[\r\n\f\u0085\u2028\u2029]")


def recognise(data: bytes, suffix: str) -> bool:
    """Whether the bytes are text in one of the known encodings, whatever the suffix."""
    if _has_magic(data):
        return False
    return encoding_of(data) is not None or (suffix in (".txt", ".md", "") and b"\x00" not in data)


def read(data: bytes, file: str, sha256: str, limits: Limits) -> Document:
    """Make a document out of a text file's bytes.

    Raises:
        FileError: The encoding is unknown, or the text is larger than the limits.
    """
    encoding = encoding_of(data)
    if encoding is None:
        expected = "UTF-8, UTF-8 with BOM, UTF-16 or GB18030 text"
        raise FileError(
            Complaint("The encoding of the text is not recognised", file, expected, "bytes that read as none of them")
        )
    text = data.decode(encoding)
    lines = _LINE_BREAK.split(text)
    longest = max(map(len, lines))
    if len(lines) > limits.lines or longest > limits.line_characters:
        got = f"{len(lines):,} lines, the longest of {longest:,} characters"
        expected = f"at most {limits.lines:,} lines of {limits.line_characters:,} characters"
        raise FileError(Complaint("The text is too large", file, expected, got))
    long = [line for line in lines if len(line) > limits.columns]
    cells = max((max(line.count("\t"), line.count("|")) for line in long), default=0) + 1
    limits.hold("columns", cells, "columns in one line", file)
    paragraphs = tuple(
        Paragraph(number, _printable(line), Place(line=number)) for number, line in enumerate(lines, 1) if line
    )
    return Document(PurePath(file).stem, file, sha256, paragraphs)


def encoding_of(data: bytes) -> str | None:
    """The encoding in which the bytes read as plausible text, None where there is none.

    Example:
        >>> encoding_of("渝中区".encode("gb18030")), encoding_of("渝中区".encode("utf-16")), encoding_of(b"\\x00\\x01")
        ('gb18030', 'utf-16', None)
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding if _decoded(data, encoding) is not None else None
    for encoding in _CANDIDATES:
        text = _decoded(data, encoding)
        if text is not None and _plausible(text, encoding):
            return encoding
    return None


def _has_magic(data: bytes) -> bool:
    return data.startswith(
        (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
    )


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausible(text: str, encoding: str) -> bool:
    """Few control characters, and in a legacy or BOM-less encoding mostly everyday Chinese."""
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > len(text) / 200:
        return False
    if encoding == "utf-8":
        return True
    foreign = [char for char in text[:: len(text) // _SAMPLE + 1] if ord(char) > 0x7F]
    everyday = sum(1 for char in foreign if _in_gb2312(char))
    return bool(foreign) and everyday >= 0.8 * len(foreign)


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return char in "•〔〕—–"
    return True


def _printable(line: str) -> str:
    return _CONTROL.sub("\ufffd", line)
