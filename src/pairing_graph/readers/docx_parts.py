"""Reduce a Word document to the parts that contain its text, so that damage to other parts does not matter."""

from __future__ import annotations

import io

from pairing_graph.base.errors import FileError
from pairing_graph.readers import archive
from pairing_graph.readers.limits import Limits, damaged
from pairing_graph.readers.packages import (
    PACKAGE_RELATIONS,
    TYPES,
    Relation,
    relations,
    relations_of,
    relations_part,
    types_part,
)

BODY = "word/document.xml"
_KINDS = ("styles", "numbering", "header", "footer", "footnotes", "endnotes", "comments")
"""Kinds of parts that are read; styles may number paragraphs."""
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PLAIN_TYPE = "application/xml"  # python-docx leaves parts of this type as they are; the reader parses them itself


def cut_down(data: bytes, file: str, limits: Limits) -> io.BytesIO:
    """The body of a document and the parts with text that it refers to, for python-docx to open.

    Templates and files with macros become plain documents; macros are dropped and never run.

    Raises:
        FileError: The file is damaged, encrypted or larger than the limits, or one of these parts is.
    """
    parts = archive.unpack(data, file, limits)
    body = _body(parts, file)
    bare = {BODY: parts.get(body)}
    if not bare[BODY]:
        raise FileError(damaged(file, f"the part {body}", "none"))
    listed = []
    for number, relation in enumerate(_needed(parts, body, file), 1):
        name = f"word/part{number}.xml"
        bare[name] = parts.get(relation.member)
        if not bare[name]:
            raise FileError(damaged(file, f"the part {relation.member}", "none"))
        listed.append((f"rId{number}", relation.kind, f"/{name}"))
    types = {name: _MAIN_TYPE if name == BODY else _PLAIN_TYPE for name in bare}
    frame = {
        TYPES: types_part(types),
        PACKAGE_RELATIONS: relations_part([("rId1", "officeDocument", f"/{BODY}")]),
        relations_of(BODY): relations_part(listed),
    }
    return archive.packed(frame | bare)


def _body(parts: archive.Parts, file: str) -> str:
    """The name of the part that contains the body."""
    found = relations(parts, PACKAGE_RELATIONS, "", file).values()
    body = next((relation.member for relation in found if relation.kind == "officeDocument"), "")
    if not body:
        raise FileError(damaged(file, f"the body of the document named in {PACKAGE_RELATIONS}", "none"))
    return body


def _needed(parts: archive.Parts, body: str, file: str) -> list[Relation]:
    """The parts that the body refers to and that are read, without duplicates."""
    member = relations_of(body)
    if not parts.get(member):
        return []
    found = relations(parts, member, body.rpartition("/")[0], file).values()
    return list(dict.fromkeys(relation for relation in found if relation.kind in _KINDS and _is_read(parts, relation)))


def _is_read(parts: archive.Parts, relation: Relation) -> bool:
    """Whether a part is read; damaged comments are passed over, they are no words of the document."""
    try:
        return relation.kind != "comments" or bool(parts.get(relation.member))
    except FileError:
        return False
