"""Quantities by their form: a number in digits or Chinese numerals, and what it counts in.

A unit is a word of `quantity_units`, before it a power (3万亩), behind it a rate (5000立方米/日) or a second word in
brackets (3个（次）). What a quantity means, and whether it is a target, is for `targets` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pairing_graph.base.reference import mapping
from pairing_graph.base.remembered import remembered
from pairing_graph.base.text import NUMERALS, chinese_number
from pairing_graph.lexicon.patterns import one_of

UNIT_USES = ("count", "crowd", "size", "share", "span", "long_span", "life")
"""What a unit says: things counted one by one, how many something holds, an extent, a share, a time, an age."""
_DIGITS = r"(?>\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?+"
_RANGE = r"\s?(?:[—–~～\-－]{1,2}|至|到)\s?"
_ONES = f"{NUMERALS[:-1]}两"
_NUMERAL = rf"[{_ONES}十](?>[{_ONES}十百千零〇]*)(?:万(?>[{_ONES}][{_ONES}十百千零〇]*))?+"
_MAY_BEGIN = re.compile(rf"[0-9]+|[{_ONES}十百千]|{one_of('quantities', 'half', 'doubles')}")
_POWER = r"(?:[十百千]?[万亿]{1,2}|[百千])"
_MORE_IN_UNIT = re.compile(r"(?<=[百千万亿])[余多]")
_HAN = r"[\u4e00-\u9fff]"
_NO_UNIT = "[年月日号时点级届楼路线期第大星甲产环强和与及或、的等余多]"
"""What opens no measure word: parts of a date, grade or name (三甲, 5大中心), and the words that join."""
_PART_OF_A_TIME = "年季月周天日时秒"
"""What a rate may be per, beside units: 立方米/秒, 班次/周."""
_LONGEST_NOUN = 3
"""The longest word after a number taken for a unit that is not listed (座, 蒸吨); longer ones are what is counted."""
_QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’|《[^《》]*》|「[^「」]*」|\"[^\"\n]*\"")
_ONE_BY_ONE = re.compile(
    r"[\u4e00-\u9fff]{2}一(?P<what>[\u4e00-\u9fff])(?:[、，][\u4e00-\u9fff]{2,3}一(?P=what))+(?![\u4e00-\u9fff])"
)
_MASK = "＊"
_HALF = 50.0
"""Half of something (一半) in percent."""


@dataclass(frozen=True)
class Quantity:
    """A number and its unit.

    Attributes:
        start: Where the number begins in the text.
        end: Where the unit ends.
        value: The number as written.
        top: The upper end of a range, else None.
        more: Whether something more is said behind the number (10余项).
        unit: The unit as written, empty where there is none (系数提高到0.58以上).
        use: What the unit says, one of `UNIT_USES`; empty for a word that is not listed and for no unit.
        numeral: The number as written where it is in Chinese numerals, else empty.
    """

    start: int
    end: int
    value: float
    top: float | None
    more: bool
    unit: str
    use: str
    numeral: str = ""


def without_quoted(text: str) -> str:
    """The text with everything in quotation marks masked, every sign at its place: a name in them counts nothing.

    Example:
        >>> without_quoted("“百人计划”选5名")
        '“＊＊＊＊”选5名'
    """
    return _QUOTED.sub(lambda match: match[0][0] + _MASK * (len(match[0]) - 2) + match[0][-1], text)


def without_one_by_one(text: str) -> str:
    """The text with 整治一个、验收一个 masked, every sign at its place: one after the other is no number.

    Example:
        >>> without_one_by_one("整治一个、验收一个，新建一个公园")
        '整治＊＊、验收＊＊，新建一个公园'
    """
    return _ONE_BY_ONE.sub(lambda match: re.sub(f"一{match['what']}", _MASK * 2, match[0]), text)


def may_hold_quantity(text: str) -> bool:
    """Whether there is any sign that a number may begin with; most lines of a notice have none."""
    return bool(_MAY_BEGIN.search(text))


def find_quantities(text: str) -> Iterator[Quantity]:
    """The quantities in a text, in their order.

    Example:
        >>> [(one.value, one.top, one.unit) for one in find_quantities("3万亩，3—5名，十二项，百分之六点五，2万立方米/日")]
        [(3.0, None, '万亩'), (3.0, 5.0, '名'), (12.0, None, '项'), (6.5, None, '%'), (2.0, None, '万立方米/日')]
        >>> [(one.value, one.unit) for one in find_quantities("下降一半，翻一番，翻了两番，翻番")]
        [(50.0, '%'), (1.0, '番'), (2.0, '番'), (1.0, '番')]
    """
    for match in _matches(text):
        numbers = _numbers(match)
        if numbers is None:
            continue
        written = match["unit"] or match["first"] or match["counted"] or match["noun"] or ""
        unit, use = _unit(match, written)
        yield Quantity(
            match.start(),
            match.end(),
            *numbers,
            more=bool(match["more"] or match["some"] or _MORE_IN_UNIT.search(written)),
            unit=unit,
            use=use,
            numeral=match["numeral"] or match["share"] or match["part"] or match["half"] or "",
        )


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The matches of the pattern; it is tried only where a number may begin, which is far faster than everywhere."""
    end = 0
    for sign in _MAY_BEGIN.finditer(text):
        if sign.start() >= end and (match := _pattern().match(text, sign.start())):
            end = match.end()
            yield match


def _unit(match: re.Match[str], written: str) -> tuple[str, str]:
    """The unit of a quantity and what it says; shares in words (百分之九十, 一半) have the sign of a share.

    Growth by doubling (翻两番, four times as much) keeps its own number and word, like every other.
    """
    if match["half"]:
        return "%", "share"
    if match["fold"]:
        return match["fold"], "share"
    if match["share"]:
        return ("%" if match["share_of"] == "百" else "‰"), "share"
    if match["part"]:
        return "", "share"
    unit = _MORE_IN_UNIT.sub("", written)
    return unit, _use(unit)


def _numbers(match: re.Match[str]) -> tuple[float, float | None] | None:
    """The number of a quantity and the upper end of its range; None if the numeral is none (三五)."""
    if match["half"]:
        return _HALF, None
    if match["fold"]:
        times = match["times"] or "一"
        return (_value(times) if times[0].isdecimal() else float(chinese_number(times) or 0)), None
    if match["share"]:
        share = _share(match["share"])
        return None if share is None else (share, None)
    if match["part"]:
        return round(_ONES_VALUE[match["part"]] / (chinese_number(match["whole"]) or 1), 4), None
    if match["digits"]:
        top = match["far"] or match["near"]
        return _value(match["digits"]), _value(top) if top else None
    numeral, top = match["numeral"], match["upper"]
    if not top and len(numeral) == len("两三") and _follow(numeral):
        return float(_ONES_VALUE[numeral[0]]), float(_ONES_VALUE[numeral[1]])
    values = [_counted(one) for one in (numeral, top) if one]
    if None in values:
        return None
    return float(values[0] or 0), float(values[1] or 0) if top else None


_ONES_VALUE = {sign: chinese_number(sign) or 0 for sign in _ONES}


def _follow(numeral: str) -> bool:
    """Whether two signs are neighbours, so that they stand for "two or three" (两三)."""
    low, high = (_ONES_VALUE.get(sign, 0) for sign in numeral)
    return bool(low) and high == low + 1


def _counted(numeral: str) -> int | None:
    """The value of a numeral that counts; digits in a row (二三) are a year or a saying."""
    return None if len(numeral) > 1 and all(sign in _ONES for sign in numeral) else chinese_number(numeral)


def _share(words: str) -> float | None:
    whole, _, decimals = words.partition("点")
    if words[0].isdecimal():
        return _value(words)
    value = chinese_number("一百" if whole == "百" else whole)
    if value is None or (decimals and not all(sign in _ONES for sign in decimals)):
        return None
    return value + (float("0." + "".join(str(_ONES_VALUE[sign]) for sign in decimals)) if decimals else 0.0)


def _value(digits: str) -> float:
    return float(digits.replace(",", ""))


@remembered
def _use(unit: str) -> str:
    """What a unit says, by the word in it that is listed; powers, rates, brackets and 次 do not change it."""
    uses = mapping("quantity_units", "word", "use")
    whole = re.split(r"[/(（]", unit)[0]
    bare = re.sub(rf"^{_POWER}", "", whole)
    for word in (unit, whole, bare, bare.removesuffix("次")):
        if word in uses:
            return uses[word]
    return "size" if unit and not bare else ""


@cache
def _pattern() -> re.Pattern[str]:
    word = one_of("quantity_units", *UNIT_USES)
    ends = rf"(?=[，。；、！？（）()\s]|$|{one_of('quantities', 'bound')})"
    unlisted = rf"(?!{one_of('quantities', 'bound', 'goal', 'code', 'no_target_after')}|{_NO_UNIT}){_HAN}{{1,{_LONGEST_NOUN}}}?{ends}"
    listed = (
        rf"(?:{word}|{_POWER}[余多]?+{word}|[万亿]{{1,2}}+(?!{unlisted}))"
        rf"(?:次(?![级干生]))?+(?:[（(]{one_of('quantity_units', 'count', 'crowd')}[）)])?+"
    )
    unit = rf"(?>{listed})(?:/(?:[{_PART_OF_A_TIME}]度?+|{listed}))?+(?![A-Za-z])"
    return re.compile(
        rf"(?P<half>{one_of('quantities', 'half')})"
        rf"|{one_of('quantities', 'doubles')}了?(?P<times>{_DIGITS}|[{_ONES}])?(?P<fold>{one_of('quantities', 'doubling')})"
        rf"|(?P<share_of>[百千])分之(?P<share>{_DIGITS}|[{_ONES}十百](?>[{_ONES}十百零]*)(?:点(?>[{_ONES}零]+))?)"
        rf"|(?<![{_ONES}十百千分])(?P<whole>[{_ONES}十])分之(?P<part>[{_ONES}])"
        rf"|(?<![\d.])(?P<digits>{_DIGITS})(?:\s?(?P<first>{unit}){_RANGE}(?P<far>{_DIGITS})\s?(?P=first)"
        rf"|(?:{_RANGE}(?P<near>{_DIGITS}))?+(?P<more>余|多)?+\s?(?:(?P<unit>{unit})|(?P<noun>[万亿]{{0,2}}{unlisted})|{ends}))"
        rf"|(?<![{_ONES}十百千万零〇])(?P<numeral>{_NUMERAL})(?:{_RANGE}(?P<upper>{_NUMERAL}))?+(?P<some>余|多)?+(?P<counted>{unit})"
    )
