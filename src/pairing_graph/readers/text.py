"""Plain text: UTF-8 with or without BOM, UTF-16, GB18030; one paragraph per line, numbered as an editor shows them.

A table of cells that are separated by commas or semicolons becomes a grid (`separated`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from pairing_graph.base.encodings import encoding_of
from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.text import printable
from pairing_graph.kb.document import Document, Grid, Paragraph, Place
from pairing_graph.readers import separated
from pairing_graph.readers.grids import grid_of
from pairing_graph.readers.limits import Limits, checked

__all__ = ["encoding_of", "read", "recognise"]

_LINE_BREAK = re.compile("\r{0,2}\n|[\r\f\u0085\u2028\u2029]")
"""Two carriage returns before a line feed are one break that was translated twice."""
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+")
"""A heading as Markdown marks it (ATX)."""
_STRONG = re.compile(r"(?P<sign>\*\*|__)(?P<words>(?:(?!(?P=sign)).)+)(?P=sign)")
"""A line all of whose words Markdown prints bold."""


def recognise(data: bytes, suffix: str) -> bool:
    """Whether the bytes are text in one of the known encodings, regardless of the suffix."""
    if _has_magic(data):
        return False
    return encoding_of(data) is not None or (suffix in (".txt", ".md", ".csv", ".tsv", "") and b"\x00" not in data)


def read(data: bytes, file: str, sha256: str, limits: Limits) -> Document:
    """Make a document from a text file's bytes.

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
    blocks = _blocks([_unmarked(printable(line)) for line in lines], PurePath(file).suffix.lower())
    return checked(Document(PurePath(file).stem, file, sha256, tuple(blocks)), limits)


def _unmarked(line: str) -> str:
    """A line without the signs that Markdown marks a heading with: a title begins with its words."""
    heading = _HEADING.match(line)
    words = line[heading.end() :].rstrip().rstrip("#").rstrip() if heading else line
    strong = _STRONG.fullmatch(words.strip())
    return strong["words"] if strong else words


def _blocks(lines: Sequence[str], suffix: str) -> Iterator[Paragraph | Grid]:
    """The lines as paragraphs, those of a separated table as a grid."""
    stretches = separated.stretches_of(lines, suffix)
    inside = {line: number for number, stretch in enumerate(stretches, 1) for line in stretch.lines}
    for place, line in enumerate(lines):
        if place in inside:
            number = inside[place]
            if place == stretches[number - 1].lines[0]:
                yield grid_of(number, stretches[number - 1].cells())
            continue
        text = separated.beside(line, stretches[0].separator) if stretches else line
        if text:
            yield Paragraph(place + 1, text, Place(line=place + 1))


def _has_magic(data: bytes) -> bool:
    return data.startswith(
        (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
    )
