"""Zip archives (docx, xlsx) and their XML, looked through before a library opens them: bombs, encryption, damage."""

from __future__ import annotations

import io
import re
from copy import copy
from typing import TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

from pairing_graph.errors import Complaint, FileError
from pairing_graph.readers.limits import BROKEN, Limits

if TYPE_CHECKING:
    from lxml.etree import _Element

MAGIC = b"PK\x03\x04"
_CHUNK = 1 << 20
_MOST_MEMBERS = 10_000
_DECLARATION = re.compile(
    rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)", re.I
)


def member_names(data: bytes) -> frozenset[str]:
    """The names in a zip archive, none where it is no readable archive."""
    if not data.startswith(MAGIC):
        return frozenset()
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except BROKEN:
        return frozenset()


def unpack(data: bytes, file: str, limits: Limits) -> dict[str, bytes]:
    """The markup of an archive by name, once every member was found to be what it declares and within the limits.

    Raises:
        FileError: The archive is damaged, encrypted, larger than the limits, or one of its members is.

    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            limits.hold("unpacked_bytes", sum(member.file_size for member in members), "bytes when unpacked", file)
            if len(members) > _MOST_MEMBERS:
                got = f"{len(members):,} members"
                raise FileError(Complaint("The archive has too many members", file, f"at most {_MOST_MEMBERS:,}", got))
            return dict(_members(archive, members, file, limits))
    except BROKEN as error:
        raise FileError(damaged(file, "an undamaged archive", error)) from error


def damaged(file: str, expected: str, error: BaseException | str) -> Complaint:
    """The complaint about a file that a library cannot make sense of."""
    advice = "Open it in an office program, save it anew and read that."
    return Complaint("The file is damaged or cut off", file, expected, str(error).split("\n")[0][:200], advice)


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


def _members(archive: ZipFile, members: list[ZipInfo], file: str, limits: Limits) -> list[tuple[str, bytes]]:
    total = 0
    found = []
    for member in members:
        if member.flag_bits & 0x1:
            raise FileError(Complaint("The file is protected by a password", file, "an open file", "an encrypted one"))
        markup = member.filename.lower().endswith((".xml", ".rels", ".vml"))
        content, size = _content(archive, member, markup, limits.unpacked_bytes - total)
        total += size
        limits.hold("unpacked_bytes", total, "bytes when unpacked", file)
        if size != member.file_size:
            raise FileError(
                damaged(file, f"{member.file_size:,} bytes in {member.filename}", f"{size:,} bytes or more")
            )
        if markup:
            limits.hold("markup_bytes", size, f"bytes in {member.filename}", file)
            limits.hold("tags", content.count(b"<"), f"tags in {member.filename}", file)
            _refuse_declarations(content, member.filename, file)
            found.append((member.filename, content))
    return found


def _content(archive: ZipFile, member: ZipInfo, keep: bool, most: int) -> tuple[bytes, int]:
    """What a member really holds, read in pieces: the size that it declares is not trusted."""
    open_ended = copy(member)
    open_ended.file_size = most + 2 * _CHUNK
    pieces, size = [], 0
    with archive.open(open_ended) as stream:
        while size <= most and (piece := stream.read(_CHUNK)):
            size += len(piece)
            if keep:
                pieces.append(piece)
    return b"".join(pieces), size


def _refuse_declarations(content: bytes, member: str, file: str) -> None:
    if _DECLARATION.search(content):
        got = f"one in {member}"
        expected = "markup without document type and entity declarations, as office programs write it"
        raise FileError(Complaint("The file declares entities, which may be a bomb", file, expected, got))
