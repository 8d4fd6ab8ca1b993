"""Normalise and reduce XML parts of an archive before a library reads them: encoding, dialect, declarations, elements."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from xml.parsers import expat

from pairing_graph.base.encodings import text_encoding
from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.readers.limits import damaged

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_STARTS = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARATION = re.compile(r"\A<\?xml\s[^<>]*>")
_ENCODING = re.compile(r"encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_LONGEST_DECLARATION = 300
_STRICT = re.compile(rb"(=\s*[\"'])http://purl\.oclc\.org/ooxml/(\w+)(?=[/\"'])")
_WITH_NAMESPACES = "}"
"""The separator that ElementTree gives expat: undeclared prefixes are then refused, as the libraries do."""
_TAG = re.compile(rb"<[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>")


def normalised(xml: bytes, member: str, file: str) -> bytes:
    """A part as UTF-8 without XML declaration, with Strict Open XML namespaces replaced by Transitional ones.

    Strict names are those of ISO/IEC 29500-1, the others those of ISO/IEC 29500-4 (Transitional).

    Raises:
        FileError: Its encoding is unknown, or its bytes do not fit the declared one.

    Example:
        >>> normalised('<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"), "a.xml", "a.docx")
        b'<a/>'
        >>> normalised(b'<w:p xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>', "a.xml", "a.docx")
        b'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    """
    encoding, start = _encoding(xml, member, file)
    try:
        text = xml[start:].decode(encoding)
    except UnicodeDecodeError as error:
        raise FileError(damaged(file, f"{encoding} in {member}", error)) from error
    plain = _DECLARATION.sub("", text, count=1).encode("utf-8", errors="replace")
    return _STRICT.sub(rb"\1http://schemas.openxmlformats.org/\2/2006", plain)


def refuse_declarations(xml: bytes, member: str, file: str) -> None:
    """Refuse a part that declares a document type: entities can be declared nowhere else.

    Raises:
        FileError: It does.
        ExpatError: It is not well-formed.
    """
    parser = expat.ParserCreate("utf-8", _WITH_NAMESPACES)

    def refuse(*_: object) -> None:
        expected = "markup without document type and entity declarations, as office programs write it"
        raise FileError(
            Complaint("The file declares entities, which may be a bomb", file, expected, f"one in {member}")
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(xml, True)


class Trimmer:
    """Reduces a part to its root and selected elements, at any depth and with any prefix.

    Args:
        kept: Local names of the elements that stay, inside of others that stay.
        noted: Local names of elements that are dropped but passed to `begin`.
    """

    def __init__(self, kept: Collection[str], noted: Collection[str] = ()) -> None:
        self._kept = kept
        self._noted = noted
        self._xml = b""
        self._depth = 0
        self._cut_at = 0
        self._done = 0
        self._pieces: list[bytes] = []
        self._parser = expat.ParserCreate("utf-8")

    def trimmed(self, xml: bytes) -> bytes:
        """The reduced part; a trimmer can be used only once.

        Args:
            xml: The part, well-formed and in UTF-8.

        Example:
            >>> Trimmer(("b",)).trimmed(b"<x:a><x:c d='>'/><x:b>1<c><b/></c></x:b></x:a>")
            b'<x:a><x:b>1</x:b></x:a>'
        """
        self._xml = xml
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(xml, True)
        return b"".join([*self._pieces, xml[self._done :]])

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Called at the start of an element that is kept or noted."""

    def finish(self, name: str) -> None:
        """Called at the end of an element that is kept."""

    def position(self) -> int:
        """Byte offset of the current tag; for the end of an empty element, the offset after it."""
        return self._parser.CurrentByteIndex

    def source(self, start: int, end: int) -> str:
        """A slice of the part as text."""
        return self._xml[start:end].decode("utf-8")

    def behind_tag(self, start: int) -> int:
        """Offset after the tag that starts at an offset."""
        match = _TAG.match(self._xml, start)
        return match.end() if match else start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        local = name.rpartition(":")[2]
        if local in self._noted:
            self.begin(local, attributes)
        if self._cut_at:
            return
        if self._depth > 1 and local not in self._kept:
            self._cut_at = self._depth
            self._pieces.append(self._xml[self._done : self.position()])
            self._done = self.behind_tag(self.position())
        else:
            self.begin(local, attributes)

    def _end(self, name: str) -> None:
        if not self._cut_at:
            self.finish(name.rpartition(":")[2])
        elif self._cut_at == self._depth:
            if not self._xml.endswith(b"/>", 0, self._done) or self.position() != self._done:
                self._done = self.behind_tag(self.position())
            self._cut_at = 0
        self._depth -= 1


def _encoding(xml: bytes, member: str, file: str) -> tuple[str, int]:
    """The encoding of a part and the length of its byte order mark."""
    for bom, encoding in _BOMS:
        if xml.startswith(bom):
            return encoding, len(bom)
    for start, encoding in _STARTS:
        if xml.startswith(start):
            return encoding, 0
    declaration = _DECLARATION.match(xml[:_LONGEST_DECLARATION].decode("latin-1"))
    declared = _ENCODING.search(declaration[0]) if declaration else None
    if declared is None:
        return "utf-8", 0
    encoding = text_encoding(declared[1])
    if not encoding or encoding.startswith("utf-16"):
        expected = "UTF-8, as office programs write it"
        raise FileError(Complaint("The encoding of a part is not read", file, expected, f"{declared[1]} in {member}"))
    return encoding, 0
