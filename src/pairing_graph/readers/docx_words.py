"""The text of a Word paragraph as shown on the page: with automatic numbers, without deletions and text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from pairing_graph.readers.docx_numbering import Numbering
from pairing_graph.readers.docx_xml import W, flag

if TYPE_CHECKING:
    from lxml.etree import _Element

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = f"{_COMPATIBILITY}AlternateContent"
"""Several forms of the same content, for programs of different age."""
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DRAWINGS = (f"{_DRAWING}inline", f"{_DRAWING}anchor")
_DESCRIPTION = f"{_DRAWING}docPr"
_MOST_BEFORE_THE_NAME = 10
"""How many children of a drawing are searched for its description: up to seven precede it (ECMA-376, CT_Anchor)."""
_PICTURE_WORD = "picture"
_VML_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_SILENT = {f"{W}{name}" for name in ("pPr", "rPr", "instrText", "rt", "delInstrText", "sectPr", "tblPr", "tcPr")}
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}


@dataclass
class Aside:
    """What a paragraph contains besides its text.

    Attributes:
        found: Reason of the `unread` table and the words.

    """

    found: list[tuple[str, str]] = field(default_factory=list)

    def add(self, reason: str, text: str) -> None:
        """Record text that is left out."""
        if text.strip():
            self.found.append((reason, text.strip()))


def blocks(parent: _Element, aside: Aside) -> Iterator[_Element]:
    """The paragraphs and tables in an element, also inside the wrappers of tracked changes and content controls."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in (f"{W}del", f"{W}moveFrom"):
            aside.add("deleted_text", all_words(child))
        elif child.tag in _WRAPPERS:
            yield from blocks(child, aside)
        elif child.tag == ALTERNATIVES:
            yield from blocks(alternative(child), aside)
        elif child.tag == f"{W}altChunk":
            aside.add("embedded_file", "altChunk")


def words(paragraph: _Element, numbering: Numbering, aside: Aside) -> str:
    """The text of a paragraph, preceded by its automatic number."""
    text = "".join(_pieces(paragraph, aside)).replace("\u00a0", " ").replace("\u00ad", "")
    return numbering.label(paragraph) + text


def all_words(element: _Element) -> str:
    """All text in an element, deleted text included; paragraphs are separated by line breaks."""
    lines: list[str] = []
    pieces: list[str] = []
    for node in element.iter(f"{W}p", f"{W}t", f"{W}delText"):
        if node.tag == f"{W}p":
            lines.append("".join(pieces))
            pieces.clear()
        else:
            pieces.append(node.text or "")
    lines.append("".join(pieces))
    return "\n".join(line for line in lines if line.strip())


def _pieces(element: _Element, aside: Aside) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in (f"{W}t", f"{_MATH}t"):
            yield child.text or ""
        elif tag in _SIGNS:
            yield "" if child.get(f"{W}type") in ("page", "column") else _SIGNS[tag]
        elif tag in (f"{W}del", f"{W}moveFrom"):
            aside.add("deleted_text", all_words(child))
        elif tag == f"{W}txbxContent":
            aside.add("text_box", all_words(child))
        elif tag in (_PICTURE, _VML_PICTURE):
            aside.add("picture", _picture_name(child))
        elif tag == f"{W}r" and flag(child.find(f"{W}rPr"), "vanish"):
            aside.add("hidden_text", all_words(child))
        elif tag == ALTERNATIVES:
            yield from _pieces(alternative(child), aside)
        elif tag not in _SILENT and isinstance(tag, str):
            yield from _pieces(child, aside)


def alternative(element: _Element) -> _Element:
    """The first of several alternatives that has words, else the first: the others would repeat them."""
    forms = [form for name in ("Choice", "Fallback") for form in element.iterfind(f"{_COMPATIBILITY}{name}")]
    return next((form for form in forms if all_words(form)), next(iter(forms), element))


def _picture_name(element: _Element) -> str:
    """The description or name of a picture, from the drawing that contains it."""
    for ancestor in element.iterancestors():
        if ancestor.tag in _DRAWINGS:
            for child in islice(ancestor, _MOST_BEFORE_THE_NAME):
                if child.tag == _DESCRIPTION:
                    return child.get("descr") or child.get("name") or _PICTURE_WORD
            break
        if ancestor.tag in (f"{W}r", f"{W}p"):
            break
    return _PICTURE_WORD
