"""Pure functions for strings of Chinese notices: widths, lists, numerals, brackets. Nothing about units or tasks.

Functions that return a string are idempotent.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

_CONTROLS = r"\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
CONTROL = re.compile(f"[{_CONTROLS}]")
"""Characters that are not text, apart from line breaks: C0, DEL, C1, surrogates, noncharacters."""
_NOT_PRINTED = re.compile(rf"[{_CONTROLS}\r\f\x85]")
_OPENING = "（(〔[【《“‘「"
_CLOSING = "）)〕]】》”’」"
_PAIRS = dict(zip(_CLOSING, _OPENING, strict=True))
_BRACKETS = {"（": "）)", "(": "）)", "【": "】", "[": "]", "〔": "〕", "［": "］", "{": "}"}
_ROUND = re.compile("[（()）]")
_SAME = {"（": "（(", "(": "（(", "【": "【", "[": "[", "〔": "〔", "［": "［", "{": "{"}
_SEPARATORS = "、，,；;／/\n"
_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_SPACE = re.compile(r"\s+")
_SPACE_OR_INVISIBLE = re.compile(rf"[\s{_UNSEEN}]+")
_LINE_BREAK = re.compile(r"\s*\n\s*")
_CJK = r"\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’·•—…"
_BLANK_IN_CHINESE = re.compile(rf"(?<=[{_CJK}])[^\S\n]+(?=[{_CJK}])")
NUMERALS = "一二三四五六七八九十"
"""The signs of numerals to ninety-nine, as items, months and lists are numbered."""
_DIGITS = {char: value for value, char in enumerate(f"零{NUMERALS[:-1]}")} | {"〇": 0, "两": 2, "○": 0}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_DIGIT_SIGNS = f"〇零○Ｏ{NUMERALS[:-1]}"
_LONGEST_NUMERAL = 40
_LARGEST_NUMBER = 10**15
_KEPT_WIDE = "，。；：！？（）、～"
_HALF_WIDTH = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE
}
_FULL_WIDTH = re.compile(f"[{''.join(map(chr, _HALF_WIDTH))}]")
_NUMERAL = f"零〇{NUMERALS}百"
_ARABIC = re.compile(r"[0-9]{1,15}")
_DATE = re.compile(r"(?<!\d)(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*(?:日|(?!\d))")
_CHINESE_DATE = re.compile(rf"([{_DIGIT_SIGNS}]{{4}})年([{_NUMERAL}]{{1,3}})月([{_NUMERAL}]{{1,3}})日")
_QUALIFIED = re.compile(r"([^（(]+)[（(]([^（()）]+)[)）]")
_NUMBERED = re.compile(
    rf"\s*(?:(?P<plain>\d{{1,3}})\s*(?:[.．、](?!\d)|[)）])"
    rf"|[(（]\s*(?P<bracketed>\d{{1,3}}|[{_NUMERAL}]{{1,4}})\s*[)）][.、]?"
    rf"|(?P<chinese>[{_NUMERAL}]{{1,4}})\s*(?:、(?![{_NUMERAL}]{{1,2}}[、和产])|[.．])"
    rf"|第(?P<ordinal>\d{{1,3}}|[{_NUMERAL}]{{1,4}})[条项](?:[.、：:]|(?=\s|$))"
    rf"|(?P<circled>[{_CIRCLED}]))\s*"
)


class Span(NamedTuple):
    """A substring and its position: `text == source[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Numbered:
    """A text and the number before it.

    Attributes:
        number: The number, None if there is none.
        text: The text after it.
        style: `plain` (1.), `bracketed` (（1）), `section` (（一）), `chinese` (一、), `ordinal` (第一条),
            `circled` (①), or empty.
        length: How many characters the number takes.
    """

    number: int | None
    text: str
    style: str = ""
    length: int = 0


def printable(text: str) -> str:
    r"""A text that can be printed: U+FFFD for control characters except line breaks and tabs, ? for surrogates.

    Example:
        >>> printable("县教委\x07\x9b\r\n\t\udcff")
        '县教委\ufffd\ufffd\n\t?'
    """
    if text.isprintable():
        return text
    encodable = text.replace("\r\n", "\n").encode("utf-8", errors="replace").decode("utf-8")
    return _NOT_PRINTED.sub("\ufffd", encodable)


def fold_width(text: str) -> str:
    """Convert full-width digits, letters and symbols to half-width; keep Chinese punctuation.

    Example:
        >>> fold_width("２０２２年，ＣＢＤ５０％")
        '2022年，CBD50%'
    """
    return text.translate(_HALF_WIDTH) if _FULL_WIDTH.search(text) else text


def squeeze(text: str) -> str:
    """Remove all white space and invisible characters.

    Example:
        >>> squeeze(" 巫溪县牵头\\n\\n责任单位 ")
        '巫溪县牵头责任单位'
    """
    return text if _is_solid(text) else _SPACE_OR_INVISIBLE.sub("", text)


def _is_solid(text: str) -> bool:
    """Whether a text surely has no white space and nothing invisible, at a fraction of the cost of a pattern."""
    return text.isprintable() and " " not in text


def tidy(text: str) -> str:
    """Join to one line: drop line breaks and blanks between Chinese characters, collapse other white space.

    Example:
        >>> tidy("推动  重点\\n企业 5 家")
        '推动重点企业 5 家'
    """
    if _is_solid(text):
        return text
    joined = _LINE_BREAK.sub("", _INVISIBLE.sub("", text).strip())
    return _SPACE.sub(" ", _BLANK_IN_CHINESE.sub("", joined)).strip()


def undouble(text: str) -> str:
    """Undo the immediate repetition of a text.

    Example:
        >>> undouble("序号序号"), undouble("序号")
        ('序号', '序号')
    """
    half = len(text) // 2
    while half and text == text[:half] * 2:
        text = text[:half]
        half = len(text) // 2
    return text


def brackets_closed(text: str) -> bool:
    """Whether all round brackets are balanced, full-width and half-width alike.

    Example:
        >>> brackets_closed("市交通委（市道运局）"), brackets_closed("市交通委（市道运局")
        (True, False)
    """
    depth = 0
    for bracket in _ROUND.findall(text):
        depth += 1 if bracket in "（(" else -1
        if depth < 0:
            return False
    return depth == 0


def split_list(text: str, separators: str = _SEPARATORS) -> list[Span]:
    """Split a list at 、 and similar separators, with positions; separators inside brackets do not split.

    Example:
        >>> [span.text for span in split_list("县商务委、县发展改革委（县招商局、县统计局）、")]
        ['县商务委', '县发展改革委（县招商局、县统计局）']
    """
    respected = _OPENING if brackets_closed(text) else _OPENING.replace("（", "").replace("(", "")
    spans, start, stack = [], 0, [""]
    signs = ((match.start(), match[0]) for match in _listing_signs(separators).finditer(text))
    for index, char in (*signs, (len(text), separators[0])):
        if char in respected:
            stack.append(char)
        elif len(stack) > 1 and _PAIRS.get(char) in stack:
            while stack.pop() != _PAIRS[char]:
                pass
        if index == len(text) or (char in separators and len(stack) == 1):
            piece = text[start:index]
            trimmed = piece.strip()
            if trimmed:
                first = start + piece.index(trimmed)
                spans.append(Span(trimmed, first, first + len(trimmed)))
            start = index + 1
    return spans


@cache
def _listing_signs(separators: str) -> re.Pattern[str]:
    """What divides a list, and what keeps parts of it together."""
    return re.compile(f"[{re.escape(_OPENING + _CLOSING + separators)}]")


def split_qualifier(name: str) -> tuple[str, str]:
    """A name and the bracket after it; the second is empty if there is none.

    Example:
        >>> split_qualifier("县发展改革委（县投资促进服务中心）")
        ('县发展改革委', '县投资促进服务中心')
        >>> split_qualifier("县商务委")
        ('县商务委', '')
    """
    match = _QUALIFIED.fullmatch(name.strip())
    return (match[1].strip(), match[2].strip()) if match else (name.strip(), "")


def brackets(text: str) -> list[Span]:
    """The outermost brackets of a text, including the bracket characters; an unclosed one extends to the end.

    Example:
        >>> [span.text for span in brackets("甲（乙（丙）丁）戊【己】")]
        ['（乙（丙）丁）', '【己】']
    """
    found: list[Span] = []
    start, depth, kind = 0, 0, ""
    for index, char in enumerate(text):
        if depth == 0 and char in _BRACKETS:
            start, depth, kind = index, 1, char
        elif depth and char in _SAME[kind]:
            depth += 1
        elif depth and char in _BRACKETS[kind]:
            depth -= 1
            if depth == 0:
                found.append(Span(text[start : index + 1], start, index + 1))
    if depth:
        last = max(text.rfind(sign) for sign in _BRACKETS[kind])
        end = last + 1 if last > start else len(text)
        found.append(Span(text[start:end], start, end))
        found += [Span(span.text, span.start + end, span.end + end) for span in brackets(text[end:])]
    return found


def chinese_number(text: str) -> int | None:
    """The value of a numeral in Chinese or Arabic digits, None if it is not one or above 10**15.

    Example:
        >>> chinese_number("二十一"), chinese_number("十"), chinese_number("一百零五"), chinese_number("12")
        (21, 10, 105, 12)
        >>> chinese_number("若干") is None
        True
    """
    text = fold_width(text.strip())
    if _ARABIC.fullmatch(text):
        return int(text)
    if not 0 < len(text) <= _LONGEST_NUMERAL or any(char not in _DIGITS and char not in _POWERS for char in text):
        return None
    if not any(char in _POWERS for char in text):
        return _counted(int("".join(str(_DIGITS[char]) for char in text)))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "万":
            total, section, digit = (total + section + digit) * 10000, 0, 0
        else:
            section += (digit or 1) * _POWERS[char]
            digit = 0
    return _counted(total + section + digit)


def _counted(number: int) -> int | None:
    """A number that counts something; one beyond that would not fit into a column of integers."""
    return number if number <= _LARGEST_NUMBER else None


def leading_number(text: str) -> Numbered:
    """The number printed before a text: `2.`, `2、`, `（2）`, `二、`, `第二条`, `②`.

    Example:
        >>> leading_number("2.共同推介").number, leading_number("2.共同推介").text
        (2, '共同推介')
        >>> leading_number("2.5万元以上").number is None
        True
        >>> leading_number("十二、完善仓储").style, leading_number("（三）完善仓储").style
        ('chinese', 'section')
    """
    match = _NUMBERED.match(text)
    if not match:
        return Numbered(None, text.strip())
    style = match.lastgroup or ""
    value = match[style]
    number = _CIRCLED.index(value) + 1 if style == "circled" else chinese_number(value)
    if style == "bracketed" and not value.isdecimal():
        style = "section"
    return Numbered(number, text[match.end() :].strip(), style, match.end())


def iso_date(text: str) -> str:
    """The first full date in a text as ISO 8601, empty if there is none.

    Example:
        >>> iso_date("巫溪县人民政府办公室 2022年6月23日印发")
        '2022-06-23'
        >>> iso_date("２０２２年１３月１日"), iso_date("二〇二二年六月二十三日")
        ('', '2022-06-23')
    """
    folded = fold_width(text)
    match = _DATE.search(folded) or _CHINESE_DATE.search(folded)
    if not match:
        return ""
    year, month, day = (chinese_number(part) or 0 for part in match.groups())
    try:
        return datetime.date(year, month, day).isoformat() if 1900 <= year <= 2200 else ""
    except ValueError:
        return ""
