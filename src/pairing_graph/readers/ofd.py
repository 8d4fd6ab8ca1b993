"""OFD files (GB/T 33190, the fixed layout of Chinese offices): a zip of XML with words and lines at their places.

The pages are drawn by `ofd_page`; `page_flow` makes tables and text of them, as of those of a PDF.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pairing_graph.base.errors import FileError
from pairing_graph.kb.document import Document
from pairing_graph.readers import archive
from pairing_graph.readers.limits import Limits, checked, damaged
from pairing_graph.readers.ofd_page import Drawing, box_of, children, named, words_of
from pairing_graph.readers.packages import root
from pairing_graph.readers.page_flow import Flow

ENTRY = "OFD.xml"
_A4 = (0.0, 0.0, 210.0, 297.0)


@dataclass(frozen=True)
class _Body:
    """A document of the file; most files have one.

    Attributes:
        member: Its part.
        root: The root of that part.
        templates: Id → root of a page that others are drawn upon.
        units: Id → root of a drawing that pages repeat.
    """

    member: str
    root: Element
    templates: Mapping[str, Element]
    units: Mapping[str, Element]


def recognise(data: bytes, suffix: str) -> bool:
    """Whether the bytes are an OFD file, regardless of the suffix."""
    return ENTRY in archive.member_names(data)


def read(data: bytes, file: str, sha256: str, limits: Limits) -> Document:
    """Make a document from the bytes of an OFD file.

    Raises:
        FileError: It is damaged, encrypted, larger than the limits, or contains only scanned pages.

    """
    return checked(_Reader(archive.unpack(data, file, limits), file, limits).document(sha256), limits)


class _Reader:
    """Walks the documents and pages of a file.

    Args:
        parts: The parts of the archive.
        file: Name of the file.
        limits: Upper bounds for the file.
    """

    def __init__(self, parts: archive.Parts, file: str, limits: Limits) -> None:
        self._parts = parts
        self._file = file
        self._limits = limits
        self._flow = Flow("OFD file", file, limits)
        self._pages = 0
        self._marks = 0

    def document(self, sha256: str) -> Document:
        """The document; words that are no part of its pages are notes."""
        entries = [body for body in children(root(self._parts, ENTRY, self._file), "DocBody") if _text(body, "DocRoot")]
        for entry in entries:
            body = self._body(self._member(ENTRY, _text(entry, "DocRoot")))
            for page in children(named(body.root, "Pages"), "Page"):
                self._page(body, page)
            self._report_beside(body)
        if not self._pages:
            raise FileError(damaged(self._file, "an OFD file with pages", "none"))
        return self._flow.document(sha256)

    def _body(self, member: str) -> _Body:
        document = root(self._parts, member, self._file)
        common = named(document, "CommonData")
        templates = {
            item.get("ID", ""): self._linked(member, item.get("BaseLoc", ""))
            for item in children(common, "TemplatePage")
        }
        units: dict[str, Element] = {}
        for kind in ("PublicRes", "DocumentRes"):
            for location in children(common, kind):
                resources = self._linked(member, location.text or "")
                for unit in children(named(resources, "CompositeGraphicUnits"), "CompositeGraphicUnit"):
                    units[unit.get("ID", "")] = unit
        return _Body(member, document, templates, units)

    def _page(self, body: _Body, listed: Element) -> None:
        """Draw a page, the templates that it names below it."""
        self._pages += 1
        self._limits.hold("pages", self._pages, "pages", self._file)
        page = self._linked(body.member, listed.get("BaseLoc", ""))
        templates = [body.templates.get(item.get("TemplateID", "")) for item in children(page, "Template")]
        area = named(named(body.root, "CommonData"), "PageArea")
        box = box_of(_text(named(page, "Area"), "PhysicalBox") or _text(area, "PhysicalBox")) or _A4
        drawing = Drawing(box, body.units, self._file, self._limits)
        for layer in (*(item for item in templates if item is not None), page):
            drawing.add(named(layer, "Content"))
        self._marks += drawing.marks
        self._limits.hold("marks", self._marks, "characters and lines on its pages", self._file)
        self._flow.add(drawing.drawn(self._pages))
        for text in drawing.hidden:
            self._flow.note("hidden_text", text)

    def _report_beside(self, body: _Body) -> None:
        """Report the words of annotations and stamps, and the files that are attached."""
        for annotation in self._annotations(body):
            kind = "boilerplate" if annotation.get("Type") == "Watermark" else "comment"
            self._flow.note(kind, words_of(annotation))
        location = _text(body.root, "Attachments")
        listed = self._linked(body.member, location) if location else None
        for attachment in children(listed, "Attachment"):
            self._flow.note("embedded_file", attachment.get("Name") or attachment.get("ID") or ENTRY)

    def _annotations(self, body: _Body) -> Iterator[Element]:
        location = _text(body.root, "Annotations")
        if not location:
            return
        member = self._member(body.member, location)
        for page in children(self._linked(body.member, location), "Page"):
            if _text(page, "FileLoc"):
                yield from children(self._linked(member, _text(page, "FileLoc")), "Annot")

    def _linked(self, member: str, location: str) -> Element:
        return root(self._parts, self._member(member, location), self._file)

    def _member(self, member: str, location: str) -> str:
        """The part that another one refers to: from its folder, else from the top, as some programs write it."""
        location = location.strip().replace("\\", "/")
        relative = posixpath.normpath(posixpath.join("/", posixpath.dirname(member), location)).lstrip("/")
        from_top = posixpath.normpath(location).lstrip("/")
        return from_top if self._parts.get(from_top) and not self._parts.get(relative) else relative


def _text(parent: Element | None, name: str) -> str:
    """The text of a child, empty if there is none."""
    found = named(parent, name)
    return (found.text or "").strip() if found is not None else ""
