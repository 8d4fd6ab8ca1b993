"""How the parts of a docx or xlsx refer to each other (ISO/IEC 29500-2, Open Packaging Conventions)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from pairing_graph.base.errors import FileError
from pairing_graph.readers.archive import Parts
from pairing_graph.readers.limits import damaged

TYPES = "[Content_Types].xml"
PACKAGE_RELATIONS = "_rels/.rels"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""The common prefix of relation types."""
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True)
class Relation:
    """A reference of one part to another.

    Attributes:
        kind: The last word of its type, such as `styles`.
        member: Name of the other part in the archive.
    """

    kind: str
    member: str


def root(parts: Parts, member: str, file: str) -> ElementTree.Element:
    """The root of a small part; checked before to have no declarations, so there are no entities to expand.

    Raises:
        FileError: The part is missing or damaged.
    """
    if not parts.get(member):
        raise FileError(damaged(file, f"the part {member}", "none"))
    try:
        return ElementTree.fromstring(parts.get(member))
    except ElementTree.ParseError as error:
        raise FileError(damaged(file, f"well-formed XML in {member}", error)) from error


def relations(parts: Parts, member: str, folder: str, file: str) -> dict[str, Relation]:
    """Id → relation, without those to targets outside of the file.

    Args:
        parts: The parts of the file.
        member: The part that lists the relations.
        folder: The folder that their targets are relative to.
        file: Name of the file.

    Raises:
        FileError: The part is missing or damaged.
    """
    found: dict[str, Relation] = {}
    for item in root(parts, member, file):
        if item.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", "")))
            found[item.get("Id", "")] = Relation(item.get("Type", "").rpartition("/")[2], target.lstrip("/"))
    return found


def relations_of(member: str) -> str:
    """Where the relations of a part are listed.

    Example:
        >>> relations_of("word/document.xml")
        'word/_rels/document.xml.rels'
    """
    folder, name = posixpath.split(member)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations_part(targets: Iterable[tuple[str, str, str]]) -> bytes:
    """The part that lists relations, from their ids, kinds and targets."""
    lines = "".join(
        f"<Relationship Id={quoteattr(name)} Type={quoteattr(f'{KINDS}/{kind}')} Target={quoteattr(target)}/>"
        for name, kind, target in targets
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'.encode()


def types_part(types: Mapping[str, str]) -> bytes:
    """The part that declares the content type of each other part."""
    lines = "".join(
        f"<Override PartName={quoteattr(f'/{name}')} ContentType={quoteattr(kind)}/>" for name, kind in types.items()
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{lines}</Types>'.encode()
