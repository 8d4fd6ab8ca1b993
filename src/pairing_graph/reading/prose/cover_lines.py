"""A line or cell of a cover that has several things at once: number, issuers and date (甲府发〔2023〕1号 甲县人民政府 2023年5月4日)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pairing_graph.base.text import NUMERALS, fold_width, iso_date, squeeze
from pairing_graph.lexicon.levels import REGION_LEVELS
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.prose.cover_regions import region_of_issuer

_OPENS, _CLOSES = r"[〔\[(（【〖﹝〈<{「]", r"[〕\])）】〗﹞〉>}」]"
NUMBER = re.compile(rf"[\u4e00-\u9fff]{{1,14}}(?:{_OPENS}\d{{4}}{_CLOSES}|\d{{4}}年?第?|\[?\d{{4}}\]?)第?\d{{1,5}}号")
_YEAR_IN_BRACKETS = re.compile(rf"{_OPENS}(\d{{4}}){_CLOSES}")
ISSUER = re.compile(rf"[\u4e00-\u9fff]{{2,30}}{one_of('names', 'issuer_ending')}|{one_of('names', 'state_issuer')}")
_NATIONAL = re.compile(
    rf"^{one_of('names', 'of_the_state')}|^[^{REGION_LEVELS}]{{2,10}}{one_of('names', 'state_ending')}$"
)
_BETWEEN = re.compile(r"[\s;；,，、|｜/／()（）·]+")
_LABEL = re.compile(rf"{one_of('boilerplate', 'number_label', 'cover_label')}[:：]")
_DAY = re.compile(
    rf"\d{{4}}\s*[年./-]\s*\d{{1,2}}\s*[月./-]\s*\d{{1,2}}(?:\s*日|(?!\d))"
    rf"|[{NUMERALS}〇○]{{4}}年[{NUMERALS}]{{1,3}}月[{NUMERALS}]{{1,3}}日"
)
_MARK = re.compile(rf"{one_of('titles', 'imprint')}(?![\u4e00-\u9fff])")
_BODY = re.compile(r"[\u4e00-\u9fff]{2,30}")
_SIGN = re.compile(r"[\s、，,；;]+")
_LETTERHEAD = re.compile(rf"\s*{one_of('titles', 'letterhead')}$")
_NO_LETTERHEAD = re.compile(one_of("titles", "no_letterhead"))
_JOINER = re.compile(one_of("names", "joins_regions"))
_ISSUING = re.compile(one_of("titles", "issuing"))
_SHORTEST_ORGAN = 4
"""Signs of an organ with its region (忠县县委, 开县教委)."""
_LONGEST = 160
"""Characters of such a line: four offices with number and date have about a hundred."""


@dataclass(frozen=True)
class CoverLine:
    """What a line of a cover has.

    Attributes:
        number: The official number as written, else empty.
        issuers: Who issued it.
        date: The day, ISO 8601, else empty.
    """

    number: str = ""
    issuers: tuple[str, ...] = ()
    date: str = ""


def cover_line(text: str) -> CoverLine | None:
    """What a line has that is nothing but number, issuers and date, two of them at least; None for any other.

    The imprint of the printing office (甲县人民政府办公室 2023年5月4日印发) is none: who printed a notice need not have issued it.

    Example:
        >>> cover_line("甲府办发〔2023〕15号 甲县人民政府办公室 2023年5月4日 印发")
        CoverLine(number='甲府办发〔2023〕15号', issuers=('甲县人民政府办公室',), date='2023-05-04')
        >>> cover_line("甲县人民政府办公室 2023年5月4日印发"), cover_line("甲县财政局 2023年5月4日").issuers
        (None, ('甲县财政局',))
    """
    words = fold_width(text).strip() if len(text) <= _LONGEST else ""
    number, date, issuers, printed, position = "", "", [], False, 0
    while position < len(words):
        if found := _BETWEEN.match(words, position) or _LABEL.match(words, position):
            pass
        elif found := _DAY.match(words, position):
            date = date or iso_date(found[0])
        elif found := NUMBER.match(words, position):
            number = number or found[0]
        elif found := _MARK.match(words, position):
            printed = True
        elif (found := _BODY.match(words, position, _next_day(words, position))) and (
            organs := [found[0]] if ISSUER.fullmatch(found[0]) else letterhead(found[0])
        ):
            issuers += organs
        else:
            return None
        position = found.end()
    whole = (number and (issuers or date)) or (issuers and date and not printed)
    return CoverLine(number, tuple(dict.fromkeys(issuers)), date) if whole else None


def official_number(words: str) -> str:
    """An official number with its year in the brackets of GB/T 9704, whichever it is written with.

    Example:
        >>> official_number("巫溪府发[2022]24号"), official_number("巫溪府发（2022）24号"), official_number("县府令第3号")
        ('巫溪府发〔2022〕24号', '巫溪府发〔2022〕24号', '县府令第3号')
    """
    return _YEAR_IN_BRACKETS.sub(r"〔\1〕", words)


def cover_cell(text: str) -> CoverLine | None:
    """What the only cell of a row has, as `cover_line`; without a number its issuers are named with their region.

    Example:
        >>> cover_cell("甲县财政局 2023年5月4日").issuers, cover_cell("县财政局 2023年5月4日")
        (('甲县财政局',), None)
    """
    found = cover_line(text)
    return found if found and (found.number or all(map(region_of_issuer, found.issuers))) else None


def issuers_in(text: str) -> list[str]:
    """The organs of a line that names nothing else, those of one region without a sign between them too; else none.

    Example:
        >>> issuers_in("中共渝中区委办公室 渝中区人民政府办公室"), issuers_in("中共渝中区委办公室渝中区人民政府办公室")
        (['中共渝中区委办公室', '渝中区人民政府办公室'], ['中共渝中区委办公室', '渝中区人民政府办公室'])
        >>> issuers_in("国家税务总局巫溪县税务局"), issuers_in("各有关单位")
        (['国家税务总局巫溪县税务局'], [])
    """
    parts = [part for part in _SIGN.split(text.strip()) if part] if len(text) <= _LONGEST else []
    return [organ for part in parts for organ in _organs(part)] if all(map(ISSUER.fullmatch, parts)) else []


def is_national(issuer: str) -> bool:
    """Whether an issuer is a body of the state.

    Example:
        >>> is_national("国务院办公厅"), is_national("巫溪县人民政府办公室")
        (True, False)
    """
    return bool(_NATIONAL.match(issuer))


def letterhead(text: str) -> list[str]:
    """The organs of the head of a notice's first page (红头), which are followed by 文件; none for any other line.

    Example:
        >>> letterhead("巫溪县人民政府办公室文件"), letterhead("中共巫溪县委 巫溪县人民政府 文件"), letterhead("巫溪县人民政府")
        (['巫溪县人民政府办公室'], ['中共巫溪县委', '巫溪县人民政府'], [])
        >>> letterhead("巫 溪 县 人 民 政 府 文 件"), letterhead("县级各部门有关文件"), letterhead("国务院文件")
        (['巫溪县人民政府'], [], ['国务院'])
        >>> letterhead("关于贯彻落实安徽省人民政府文件")
        []
    """
    words = text.strip() if len(text) <= _LONGEST else ""
    for written in (words, squeeze(words)):
        head = _LETTERHEAD.sub("", written)
        found = issuers_in(head) if head != written and not _NO_LETTERHEAD.search(head) else []
        if found and all(region_of_issuer(issuer) or is_national(issuer) for issuer in found):
            return found
    return []


def issuers_in_title(title: str) -> list[str]:
    """The organs that a title begins with, before what they do.

    Example:
        >>> issuers_in_title("渝中区人民政府办公室转发区教委关于做好某某工作的通知"), issuers_in_title("关于某某的通知")
        (['渝中区人民政府办公室'], [])
        >>> issuers_in_title("国务院办公厅关于落实重点工作分工的意见")
        ['国务院办公厅']
    """
    begin = _ISSUING.search(title)
    found = issuers_in(title[: begin.start()]) if begin else []
    return found if all(region_of_issuer(issuer) or is_national(issuer) for issuer in found) else []


def _organs(words: str) -> list[str]:
    """The organs that words name one behind the other, each of the same region; the words themselves where it is one."""
    for place in range(_SHORTEST_ORGAN, len(words) - _SHORTEST_ORGAN + 1):
        first, joiner = words[:place], _JOINER.match(words, place)
        rest = words[joiner.end() if joiner else place :]
        if ISSUER.fullmatch(first) and ISSUER.fullmatch(rest):
            regions = region_of_issuer(first), region_of_issuer(rest)
            if all(regions) and (joiner or regions[0] == regions[1]):
                return [first, *_organs(rest)]
    return [words]


def _next_day(words: str, position: int) -> int:
    """Where the next date begins, else the end of the words."""
    day = _DAY.search(words, position)
    return day.start() if day else len(words)
