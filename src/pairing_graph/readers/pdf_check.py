"""PDF files checked before their pages are interpreted: compressed bombs, huge font ranges, nested drawings."""

from __future__ import annotations

import itertools
import re
import zlib
from typing import Any

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.readers.limits import Limits, damaged

_STREAM = re.compile(rb"stream\r?\n")
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]{1,16})\s*>\s*<\s*([0-9A-Fa-f]{1,16})\s*>\s*(?:[<\[]|\d)")
_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_STEP = re.compile(rb"(?<=[\s\d])(?:re|[mlcvyh])(?=\s)")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]+)>")
_LITERAL = re.compile(rb"\(([^()]*)\)")
_BYTES_PER_MARK = 40
_LONGEST_RANGE = 70_000
_TAIL = 65_536
_DEEPEST = 3
_PIECE = 1 << 14
_ZEROS = re.compile(rb"\0{4096,}")  # as many bytes as pdfminer reads at a time; no font or text has that many in a row
_PACKED = (b"\x78", b"\x08", b"\x18", b"\x28", b"\x38", b"\x48", b"\x58", b"\x68")
"""First bytes of a zlib stream, by the size of its window (RFC 1950)."""


def look_through(data: bytes, file: str, limits: Limits) -> None:
    """Refuse a file that is truncated, or that unpacks to more than the limits.

    Raises:
        FileError: It is; the message names the limit.

    """
    if b"%%EOF" not in data[-_TAIL:]:
        raise FileError(damaged(file, "the end mark of a PDF", "the file ends without it"))
    total = 0
    view = memoryview(data)
    for match in _STREAM.finditer(data):
        if data[match.start() - 3 : match.start()] == b"end":
            continue
        unpacked = _unpacked(view[match.end() :], limits.unpacked_bytes - total)
        total += len(unpacked)
        limits.hold("unpacked_bytes", total, "bytes when unpacked", file)
        _refuse_huge_ranges(unpacked, file)


def with_blanks_for_zeros(data: bytes) -> bytes:
    """Replace long runs of zeros, as left by a broken copy, by blanks.

    Both are white space (ISO 32000-1, 7.2.2), but pdfminer skips zeros one at a time, again for every object that the
    file lists there, and blanks all at once.

    Example:
        >>> with_blanks_for_zeros(b"a" + bytes(5000) + b"b").split()
        [b'a', b'b']
    """
    return _ZEROS.sub(lambda match: b" " * len(match[0]), data)


def hold_marks(pages: list[Any], file: str, limits: Limits) -> None:
    """Refuse pages that draw more than the limits; a repeated part counts each time.

    Args:
        pages: Pages from pdfminer.
        file: Name of the file.
        limits: The limits.

    Raises:
        FileError: They draw more.
    """
    known: dict[int, int] = {}
    total = 0
    for page in pages:
        content = b"\n".join(_data(stream) for stream in _listed(page.contents))
        marks = _expanded(content, page.resources, known, (), limits.marks)
        limits.hold("page_marks", marks, "characters and lines on a page", file)
        total += marks
        limits.hold("marks", total, "characters and lines on its pages", file)


def marks_in(content: bytes) -> int:
    """An estimate of the characters and lines of a drawing: path steps and characters, at least in proportion to its size.

    Example:
        >>> marks_in(b"0 0 m 10 0 l 10 10 l S BT <4E2D6587> Tj (abc) Tj ET")
        8
    """
    steps = len(_STEP.findall(content))
    characters = sum(len(text) // 4 for text in _HEX.findall(content)) + sum(map(len, _LITERAL.findall(content)))
    return max(steps + characters, len(content) // _BYTES_PER_MARK)


def _unpacked(packed: memoryview, most: int) -> bytes:
    """The unpacked content of a stream, even if packed several times; empty if it is not packed."""
    data = b""
    for _ in range(_DEEPEST):
        if bytes(packed[:1]) not in _PACKED:
            break
        inflated = _inflated(packed, most)
        data = inflated or data
        if not inflated or len(data) > most:
            break
        packed = memoryview(data)
    return data


def _inflated(packed: memoryview, most: int) -> bytes:
    """A stream unpacked up to its end or its first error, as pdfminer does.

    It is passed in chunks: given the whole file, zlib would copy everything after the stream each time.
    """
    unpacking = zlib.decompressobj()
    pieces: list[bytes] = []
    size = 0
    for start in range(0, len(packed), _PIECE):
        try:
            pieces.append(unpacking.decompress(packed[start : start + _PIECE], max(most - size, 0) + 1))
        except zlib.error:
            break
        size += len(pieces[-1])
        if unpacking.eof or size > most:
            break
    return b"".join(pieces)


def _refuse_huge_ranges(stream: bytes, file: str) -> None:
    if b"begin" not in stream[:_TAIL] or (b"bfrange" not in stream and b"cidrange" not in stream):
        return
    for start, end in _RANGE.findall(stream):
        if int(end, 16) - int(start, 16) > _LONGEST_RANGE:
            expected = f"ranges of at most {_LONGEST_RANGE:,} characters"
            raise FileError(Complaint("A font of the file declares a huge range of characters", file, expected))


def _listed(contents: Any) -> list[Any]:
    from pdfminer.pdftypes import resolve1

    found = resolve1(contents)
    return list(itertools.islice(found, 10_000)) if isinstance(found, list) else [found]


def _data(stream: Any) -> bytes:
    from pdfminer.pdftypes import PDFStream, resolve1

    found = resolve1(stream)
    return found.get_data() if isinstance(found, PDFStream) else b""


def _expanded(content: bytes, resources: Any, known: dict[int, int], above: tuple[int, ...], most: int) -> int:
    """The marks of a drawing and the forms that it draws; a form that draws itself counts once."""
    from pdfminer.pdftypes import PDFStream, resolve1

    size = marks_in(content)
    forms = resolve1((resolve1(resources) or {}).get("XObject")) or {}
    for name in _DRAWN.findall(content):
        form = resolve1(forms.get(name.decode("latin-1")))
        if not isinstance(form, PDFStream) or getattr(form.get("Subtype"), "name", "") != "Form" or id(form) in above:
            continue
        if id(form) not in known:
            inner = (*above, id(form))
            known[id(form)] = _expanded(form.get_data(), form.get("Resources", resources), known, inner, most)
        size += known[id(form)]
        if size > most:
            break
    return size
