"""Encodings of text: detecting the one of a file, and checking declared names."""

from __future__ import annotations

import codecs

from pairing_graph.base.text import CONTROL

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_SAMPLE = 50_000
"""Characters examined to detect an encoding; notices are shorter."""
_CONTROLS_IN = 200
"""Up to one control character in so many is damage; with more it is not text."""
_EVERYDAY = 0.8
"""Minimum share of non-ASCII characters that are in GB 2312 if a text is Chinese."""
_OF_BROWSERS = frozenset(
    ("ascii", "big5", "big5hkscs", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
     "cp1258", "cp866", "cp874", "cp932", "cp949", "euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "hz", "iso2022_jp",
     "iso8859-1", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8",
     "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u", "mac-cyrillic",
     "mac-roman", "shift_jis", "utf-16", "utf-16-be", "utf-16-le", "utf-8")
)  # fmt: skip
"""The encodings that browsers read (WHATWG Encoding Standard), by Python's names: Python's other codecs
(base64, idna, unicode_escape, utf-7 …) are not encodings of pages."""


def encoding_of(data: bytes) -> str | None:
    """The encoding that decodes the bytes to plausible text, None if there is none.

    Example:
        >>> encoding_of("渝中区".encode("gb18030")), encoding_of("渝中区".encode("utf-16")), encoding_of(b"\\x00\\x01")
        ('gb18030', 'utf-16', None)
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding if _decoded(data, encoding) is not None else None
    for encoding in _CANDIDATES:
        text = _decoded(data, encoding)
        if text is not None and _plausible(text, encoding):
            return encoding
    return None


def text_encoding(name: str) -> str:
    """Python's name for a declared encoding, empty if it is not a text encoding.

    Example:
        >>> text_encoding("GBK"), text_encoding("base64"), text_encoding("undefined"), text_encoding("?")
        ('gbk', '', '', '')
    """
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return known if known in _OF_BROWSERS else ""


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausible(text: str, encoding: str) -> bool:
    """Few control characters, and in a legacy or BOM-less encoding mostly everyday Chinese."""
    if "\x00" in text or len(CONTROL.findall(text)) > len(text) / _CONTROLS_IN:
        return False
    if encoding == "utf-8":
        return True
    foreign = [char for char in text[:: len(text) // _SAMPLE + 1] if ord(char) > 0x7F]
    everyday = sum(1 for char in foreign if _in_gb2312(char))
    return bool(foreign) and everyday >= _EVERYDAY * len(foreign)


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return char in "•〔〕—–"
    return True
