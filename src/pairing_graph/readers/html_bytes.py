"""HTML as bytes: detecting pages and their actual encoding, which may differ from the declared one."""

from __future__ import annotations

import codecs
import re

from pairing_graph.base.encodings import encoding_of, text_encoding
from pairing_graph.base.errors import Complaint, FileError

_HEAD = 4096
_FIRST_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|link|script|style|table|div|p|center|font|span|section|article|main|form|ol|ul|h[1-6]|pre|br|b|strong)\b",
    re.I,
)
_BEFORE_IT = (("<?xml", "?>"), ("<!--", "-->"))
_NO_BLANK = re.compile(r"[^\s\ufeff]|\Z")
_ANY_TAG = re.compile(r"</?[a-z][a-z0-9]{0,9}(?:\s[^<>]*)?/?>", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.I)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{2,30})", re.I)
_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".jsp", ".aspx")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NARROWER = ("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "gb18030", "hz-gb-2312", "euc-cn", "chinese")


def recognise(data: bytes, suffix: str) -> bool:
    """Whether the bytes are a page: they start with a tag, or have tags and the suffix of a page."""
    head = _decoded_head(data)
    return _opens_with_a_tag(head) or (suffix in _SUFFIXES and bool(_ANY_TAG.search(head)))


def _opens_with_a_tag(head: str) -> bool:
    """Whether a tag of a page comes first, apart from an XML declaration and comments."""
    start = _behind_blanks(head, 0)
    for _ in range(len(head)):
        closing = next((end for begin, end in _BEFORE_IT if head.startswith(begin, start)), "")
        end = head.find(closing, start + 2) if closing else -1
        if end < 0:
            break
        start = _behind_blanks(head, end + len(closing))
    return bool(_FIRST_TAG.match(head, start))


def _behind_blanks(text: str, start: int) -> int:
    found = _NO_BLANK.search(text, start)
    return found.start() if found else len(text)


def text_of(data: bytes, file: str) -> str:
    """The page as text. gb2312 is read as its superset GB18030, because pages often declare one and use the other.

    Raises:
        FileError: The bytes fit none of the encodings.

    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace")
    declared = _declared(data)
    for encoding in (declared, "utf-8", "gb18030"):
        if encoding:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return _nearly(data, declared, file)


def _nearly(data: bytes, declared: str, file: str) -> str:
    """A page with a few invalid bytes, decoded by its declared or likely encoding; they become U+FFFD."""
    encoding = declared or encoding_of(data) or "utf-8"
    text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") > max(20, len(text) / 100):
        expected = "UTF-8, UTF-16 or GB18030"
        got = f"bytes that are not {encoding}"
        raise FileError(Complaint("The encoding of the page is not recognised", file, expected, got))
    return text


def _declared(data: bytes) -> str:
    match = _CHARSET.search(data[: 4 * _HEAD]) or _XML_ENCODING.search(data[:_HEAD])
    name = match[1].decode("ascii").lower() if match else ""
    encoding = text_encoding(name)
    if encoding.startswith("utf-16"):
        return ""  # Said in ASCII bytes, it cannot be true.
    return "gb18030" if name in _NARROWER or encoding in _NARROWER else encoding


def _decoded_head(data: bytes) -> str:
    head = data[:_HEAD]
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return head[len(bom) :].decode(encoding, errors="ignore")
    return head.decode("latin-1")
