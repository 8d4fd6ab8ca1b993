"""Zip archives (docx, xlsx, ofd) and their XML, checked for bombs, encryption and damage before a library opens them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.readers.limits import BROKEN, Limits, damaged
from pairing_graph.readers.markup import normalised, refuse_declarations

if TYPE_CHECKING:
    from lxml.etree import _Element

MAGIC = b"PK\x03\x04"
_CHUNK = 1 << 20
_MOST_MEMBERS = 10_000
_MARKUP = (".xml", ".rels")


class Parts:
    """The parts of an archive. A damaged part raises only when it is requested, so damage to unused parts is ignored.

    Args:
        found: Name → content, or what is wrong with it.
    """

    def __init__(self, found: Mapping[str, bytes | FileError]) -> None:
        self._found = found

    def get(self, name: str) -> bytes:
        """The content of a part, empty if there is no such part.

        Raises:
            FileError: The part is damaged.
        """
        content = self._found.get(name, b"")
        if isinstance(content, FileError):
            raise content
        return content


def member_names(data: bytes) -> frozenset[str]:
    """The member names of a zip archive; empty if it cannot be read."""
    if not data.startswith(MAGIC):
        return frozenset()
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except BROKEN:
        return frozenset()


def unpack(data: bytes, file: str, limits: Limits) -> Parts:
    """The members of an archive, each checked against the limits whether it is needed or not.

    Markup is UTF-8 and in the dialect that libraries know. Other members (pictures, macros,
    embedded files) are left empty because they are never read.

    Raises:
        FileError: The archive is damaged, encrypted or larger than the limits, or a part declares entities.

    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            limits.hold("unpacked_bytes", sum(member.file_size for member in members), "bytes when unpacked", file)
            if len(members) > _MOST_MEMBERS:
                got = f"{len(members):,} members"
                raise FileError(Complaint("The archive has too many members", file, f"at most {_MOST_MEMBERS:,}", got))
            return Parts(_members(archive, members, file, limits))
    except BROKEN as error:
        raise FileError(damaged(file, "an undamaged archive", error)) from error


def packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    """An archive of checked parts, for a library to open."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    out.seek(0)
    return out


def parsed(xml: bytes, file: str) -> _Element:
    """The root of an XML part; nothing outside is fetched, no entity is expanded.

    Raises:
        FileError: It is not well-formed.

    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileError(damaged(file, "well-formed XML", error)) from error


def _members(archive: ZipFile, members: list[ZipInfo], file: str, limits: Limits) -> dict[str, bytes | FileError]:
    found: dict[str, bytes | FileError] = {}
    total = tags = 0
    for member in members:
        if member.flag_bits & 0x1:
            raise FileError(Complaint("The file is protected by a password", file, "an open file", "an encrypted one"))
        markup = member.filename.lower().endswith(_MARKUP)
        content, size, error = _content(archive, member, markup, limits.unpacked_bytes - total)
        total += size
        limits.hold("unpacked_bytes", total, "bytes when unpacked", file)
        if markup:
            limits.hold("markup_bytes", size, f"bytes in {member.filename}", file)
        if error is None and size != member.file_size:
            raise FileError(
                damaged(file, f"{member.file_size:,} bytes in {member.filename}", f"{size:,} bytes or more")
            )
        if error is not None:
            found[member.filename] = FileError(damaged(file, f"an undamaged part {member.filename}", error))
            continue
        part = _checked(content, member.filename, file) if content else content
        if isinstance(part, bytes):
            tags += part.count(b"<")
            limits.hold("tags", tags, "tags", file)
        found[member.filename] = part
    return found


def _checked(content: bytes, name: str, file: str) -> bytes | FileError:
    """A part of markup, normalised for the libraries, or what is wrong with it.

    Raises:
        FileError: It declares entities.
    """
    try:
        plain = normalised(content, name, file)
    except FileError as error:
        return error
    try:
        refuse_declarations(plain, name, file)
    except ExpatError as error:
        return FileError(damaged(file, f"well-formed XML in {name}", error))
    return plain


def _content(archive: ZipFile, member: ZipInfo, keep: bool, most: int) -> tuple[bytes, int, Exception | None]:
    """The actual content of a member, its size, and the error that ended it, if any.

    It is read in chunks because its declared size is not trusted. Bytes before the error count towards the limit.
    """
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # zipfile unpacks others without a limit
        return b"", 0, NotImplementedError(f"compression method {member.compress_type}")
    open_ended = copy(member)
    open_ended.file_size = most + 2 * _CHUNK
    pieces, size = [], 0
    try:
        with archive.open(open_ended) as stream:
            while size <= most and (piece := stream.read(_CHUNK)):
                size += len(piece)
                if keep:
                    pieces.append(piece)
    except BROKEN as error:
        return b"", size, error
    return b"".join(pieces), size, None
