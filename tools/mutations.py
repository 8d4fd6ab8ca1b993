"""Small ways of breaking a notice, each a function of a random generator and what it breaks.

The same generator and the same input give the same mutant. Nothing here reads or writes a file.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from types import MappingProxyType

Random = random.Random
TextMutator = Callable[[Random, str], str]
ByteMutator = Callable[[Random, bytes], bytes]

ODD_CHARACTERS = (
    "\x00", "\x0b", "\x1b", "\u00a0", "\u00ad", "\u0301", "\u200b", "\u202e", "\u2028", "\u3000", "\ud800", "\ufeff",
    "\ufffd", "\ufffe", "\U000e0041", "\U0001f600", "\U0002a6a5", "\uff0e", "①", "㈠", "Ⅳ", "²", "٣", "〇", "ß", "İ", "|",
    "\t", "$", "\\", "=", "—", "，", "、", "：", "（", "）", "“", "《",
)  # fmt: skip
ODD_NUMBERS = ("0", "-1", "00", "1e9", "1.5", "99999999999", "9" * 400, "NaN", "", " ", "０", "二", "0x10", "+3")
LONG_NAMES = (
    "县" * 5_000,
    "A" * 10_000,
    "e" + "\u0301" * 3_000,
    " " * 2_000,
    "、" * 2_000,
    "一" * 3_000,
    "甲局、" * 1_000,
)
REPEATS = (50, 1_000, 5_000)
MOST_CHANGES = 3
"""Mutators applied to one mutant at the most; with more of them little is left to read."""

_DIGITS = re.compile(r"[0-9０-９]+|[一二三四五六七八九十百]+")
_BRACKET = re.compile(r"[（(〔\[【《“）)〕\]】》”]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ELEMENT = re.compile(r"<([A-Za-z][\w:]*)\b[^<>]*(?<!/)>.*?</\1>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([\w:-]+)=(["'])([^"'<>]*)\2""")
_BETWEEN = re.compile(r">([^<>]+)<")
_PDF_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_ODD_CHARSETS = ("utf-16", "gb2312", "big5", "utf-7", "ascii", "idna", "rot13", "no-such-charset", "", "x" * 500)
_ODD_ENTITIES = (
    "&#0;",
    "&#x110000;",
    "&#xd800;",
    "&" * 500,
    "&#99999999999;",
    "<!--",
    "<![CDATA[",
    "<script>",
    "</table>",
    "<?x",
)
_ODD_FORMATS = ("General", "@", "0%", "[$-804]yyyy年m月d日", "[h]:mm:ss", "e", ";;;", '"', "[Red", "0" * 300, "?/?", "")
_ODD_REFERENCES = ("A0", "ZZZ1", "A1048577", "XFE1", "A1:XFD1048576", "B2:A1", "", "R1C1", "$A$1", "A1:A1:A1", "甲1")
_REFERENCE_NAMES = ("r", "ref", "s", "t", "spans")


def cut_lines(rng: Random, text: str) -> str:
    """Some neighbouring lines are gone."""
    lines = text.split("\n")
    start, end = _stretch(rng, len(lines))
    return "\n".join(lines[:start] + lines[end:])


def double_lines(rng: Random, text: str) -> str:
    """Some neighbouring lines stand twice, or many times."""
    lines = text.split("\n")
    start, end = _stretch(rng, len(lines))
    return "\n".join(lines[:start] + lines[start:end] * rng.choice((2, 3, 20)) + lines[end:])


def shuffle_lines(rng: Random, text: str) -> str:
    """Some neighbouring lines are in another order."""
    lines = text.split("\n")
    start, end = _stretch(rng, len(lines))
    moved = lines[start:end]
    rng.shuffle(moved)
    return "\n".join(lines[:start] + moved + lines[end:])


def odd_characters(rng: Random, text: str) -> str:
    """Characters that no notice should hold, in several places."""
    for _ in range(rng.randint(1, 20)):
        place = rng.randint(0, len(text))
        text = text[:place] + rng.choice(ODD_CHARACTERS) * rng.choice((1, 1, 1, 3)) + text[place:]
    return text


def repeat_brackets(rng: Random, text: str) -> str:
    """One bracket many times over."""
    return _replaced(rng, text, _BRACKET, lambda found: found[0] * rng.choice(REPEATS))


def long_name(rng: Random, text: str) -> str:
    """A name or a stretch of blanks of thousands of characters."""
    place = rng.randint(0, len(text))
    return text[:place] + rng.choice(LONG_NAMES) + text[place:]


def huge_digits(rng: Random, text: str) -> str:
    """A number that counts nothing."""
    return _replaced(rng, text, _DIGITS, lambda _: rng.choice((*ODD_NUMBERS, "九" * 50, "一万" * 30)))


def drop_signs(rng: Random, text: str) -> str:
    """One sign is missing throughout, or in its place is another: a bar, a tab, a colon."""
    sign = rng.choice("\n\t|　：、，（）。 ")
    return text.replace(sign, rng.choice(["", "", "\t", "|", " ", "：", "\n"]))


def drop_tags(rng: Random, text: str) -> str:
    """Some tags are gone."""
    for _ in range(rng.randint(1, 12)):
        text = _replaced(rng, text, _TAG, lambda _: "")
    return text


def double_tags(rng: Random, text: str) -> str:
    """A tag many times over, as deep nesting has it."""
    return _replaced(rng, text, _TAG, lambda found: found[0] * rng.choice(REPEATS))


def drop_elements(rng: Random, text: str) -> str:
    """Some elements are gone with all that is in them."""
    for _ in range(rng.randint(1, 6)):
        text = _replaced(rng, text, _ELEMENT, lambda _: "")
    return text


def double_elements(rng: Random, text: str) -> str:
    """An element stands several times."""
    return _replaced(rng, text, _ELEMENT, lambda found: found[0] * rng.choice((2, 3, 30)))


def odd_attributes(rng: Random, text: str) -> str:
    """Attributes whose values are no number, or one that is far too large."""
    for _ in range(rng.randint(1, 6)):
        text = _replaced(rng, text, _ATTRIBUTE, lambda found: f'{found[1]}="{rng.choice(ODD_NUMBERS)}"')
    return text


def odd_spans(rng: Random, text: str) -> str:
    """Cells of an HTML table that claim odd spans."""
    for _ in range(rng.randint(1, 6)):
        name, value = rng.choice(("colspan", "rowspan")), rng.choice((*ODD_NUMBERS, "300", "70000"))
        text = _replaced(rng, text, re.compile("<t[dh]"), lambda found: f'{found[0]} {name}="{value}"')  # noqa: B023
    return text


def odd_charset(rng: Random, text: str) -> str:
    """A page that claims another character set than it is in."""
    return f'<meta charset="{rng.choice(_ODD_CHARSETS)}">' + text


def odd_entities(rng: Random, text: str) -> str:
    """Entities and markup that begin and do not end."""
    for _ in range(rng.randint(1, 6)):
        text = _replaced(rng, text, _TAG, lambda found: found[0] + rng.choice(_ODD_ENTITIES))
    return text


def odd_references(rng: Random, text: str) -> str:
    """References of a workbook's cells that point nowhere, or everywhere."""
    named = re.compile(rf"""\b({"|".join(_REFERENCE_NAMES)})=(["'])([^"'<>]*)\2""")
    for _ in range(rng.randint(1, 4)):
        text = _replaced(rng, text, named, lambda found: f'{found[1]}="{rng.choice(_ODD_REFERENCES)}"')
    return text


def odd_formats(rng: Random, text: str) -> str:
    """Number formats that are none."""
    value = rng.choice(_ODD_FORMATS).replace('"', "&quot;")
    return _replaced(rng, text, re.compile(r'formatCode="[^"]*"'), lambda _: f'formatCode="{value}"')


def odd_texts(rng: Random, text: str) -> str:
    """The words between two tags are broken as a text is."""
    inner = rng.choice((odd_characters, repeat_brackets, long_name, huge_digits))
    return _replaced(rng, text, _BETWEEN, lambda found: f">{inner(rng, found[1])}<")


def flip_bytes(rng: Random, data: bytes) -> bytes:
    """Single bytes are others."""
    broken = bytearray(data)
    for _ in range(rng.randint(1, 30)):
        broken[rng.randrange(len(broken))] = rng.randrange(256)
    return bytes(broken)


def cut_bytes(rng: Random, data: bytes) -> bytes:
    """A stretch is gone, or all from a place on."""
    start, end = _stretch(rng, len(data))
    return data[:start] + (b"" if rng.random() < 0.3 else data[end:])


def double_bytes(rng: Random, data: bytes) -> bytes:
    """A stretch stands twice."""
    start, end = _stretch(rng, len(data))
    return data[:end] + data[start:]


def zero_bytes(rng: Random, data: bytes) -> bytes:
    """A stretch is nothing but zeros."""
    start, end = _stretch(rng, len(data))
    return data[:start] + bytes(end - start) + data[end:]


def odd_pdf_numbers(rng: Random, data: bytes) -> bytes:
    """Numbers of a PDF's objects: sizes, counts, references, lengths."""
    found = list(_PDF_NUMBER.finditer(data))
    for match in sorted(rng.sample(found, min(len(found), rng.randint(1, 10))), key=re.Match.start, reverse=True):
        data = data[: match.start()] + rng.choice(ODD_NUMBERS).encode() + data[match.end() :]
    return data


def odd_pdf_streams(rng: Random, data: bytes) -> bytes:
    """Numbers inside a packed stream of a PDF: places, sizes, operators' operands."""
    streams = list(_PDF_STREAM.finditer(data))
    if not streams:
        return data
    match = rng.choice(streams)
    try:
        inner = zlib.decompress(match[1])
    except zlib.error:
        return data
    packed = zlib.compress(odd_pdf_numbers(rng, inner))
    return data[: match.start(1)] + packed + data[match.end(1) :]


TEXT: tuple[TextMutator, ...] = (
    cut_lines, double_lines, shuffle_lines, odd_characters, repeat_brackets, long_name, huge_digits, drop_signs,
)  # fmt: skip
MARKUP: tuple[TextMutator, ...] = (
    drop_tags, double_tags, drop_elements, double_elements, odd_attributes, odd_spans, odd_charset, odd_entities,
    odd_texts, odd_characters, long_name,
)  # fmt: skip
XML: tuple[TextMutator, ...] = (
    drop_elements, double_elements, odd_attributes, odd_references, odd_formats, odd_texts, drop_tags, double_tags,
)  # fmt: skip
BYTES: tuple[ByteMutator, ...] = (flip_bytes, cut_bytes, double_bytes, zero_bytes)
PDF: tuple[ByteMutator, ...] = (odd_pdf_numbers, odd_pdf_streams)
# How often a mutant of a format is broken byte by byte: mostly such files are refused at once, which teaches little.
BYTES_SHARE = MappingProxyType({"text": 0.1, "html": 0.1, "docx": 0.1, "xlsx": 0.1, "ofd": 0.1, "pdf": 0.5})


def mutant(rng: Random, data: bytes, form: str) -> tuple[bytes, list[str]]:
    """A broken copy of a document.

    Args:
        rng: Where chance comes from.
        data: The document.
        form: text, html, docx, xlsx, ofd or pdf.

    Returns:
        The bytes, and the names of what was done to them.
    """
    count = rng.randint(1, MOST_CHANGES)
    if rng.random() < BYTES_SHARE[form]:
        return _bytes_mutant(rng, data, BYTES, count)
    if form == "pdf":
        return _bytes_mutant(rng, data, PDF, count)
    if form in ("docx", "xlsx", "ofd"):
        return _zip_mutant(rng, data, count)
    return _text_mutant(rng, data, TEXT if form == "text" else MARKUP, count)


def _bytes_mutant(rng: Random, data: bytes, ways: Sequence[ByteMutator], count: int) -> tuple[bytes, list[str]]:
    chosen = [rng.choice(ways) for _ in range(count)]
    for way in chosen:
        data = way(rng, data) if data else data
    return data, [way.__name__ for way in chosen]


def _text_mutant(rng: Random, data: bytes, ways: Sequence[TextMutator], count: int) -> tuple[bytes, list[str]]:
    text, encoding = _decoded(data)
    chosen = [rng.choice(ways) for _ in range(count)]
    for way in chosen:
        text = way(rng, text)
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace"), [
        way.__name__ for way in chosen
    ]


def _zip_mutant(rng: Random, data: bytes, count: int) -> tuple[bytes, list[str]]:
    """A part of a packed document broken as markup, dropped or put in another's place."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    done = []
    for _ in range(count):
        name = _weighted_part(rng, list(parts))
        if rng.random() < 0.05:
            parts.pop(name)
            done.append(f"drop {name}")
        elif rng.random() < 0.03:
            parts[name] = parts[rng.choice(list(parts))]
            done.append(f"replace {name}")
        else:
            parts[name], ways = _text_mutant(rng, parts[name], XML, 1)
            done.append(f"{ways[0]} {name}")
        if not parts:
            break
    return _zipped(parts), done


def _weighted_part(rng: Random, names: Sequence[str]) -> str:
    """A part, more often one that holds words and tables."""
    weighty = ("document.xml", "sheet", "sharedStrings", "styles", "numbering", "workbook")
    return rng.choices(names, [5.0 if any(word in name for word in weighty) else 1.0 for name in names])[0]


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _decoded(data: bytes) -> tuple[str, str]:
    """The text, and the encoding that it goes back into."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace"), "gb18030"


def _stretch(rng: Random, length: int) -> tuple[int, int]:
    """Where a stretch begins and ends; mostly a short one."""
    start = rng.randint(0, max(length - 1, 0))
    return start, min(length, start + rng.choice((1, 2, 5, 20, max(1, length // 3))))


def _replaced(rng: Random, text: str, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> str:
    """A text with one occurrence of a pattern changed; the first that follows a random place."""
    match = pattern.search(text, rng.randint(0, len(text))) or pattern.search(text)
    return text[: match.start()] + change(match) + text[match.end() :] if match else text
