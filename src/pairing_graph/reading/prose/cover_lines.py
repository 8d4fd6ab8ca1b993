"""A line or cell of a cover that has several things at once: number, issuers and date (甲府发〔2023〕1号 甲县人民政府 2023年5月4日)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pairing_graph.base.text import NUMERALS, fold_width, iso_date
from pairing_graph.lexicon.patterns import one_of

NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}(?:[〔\[(（【]\d{4}[〕\])）】]|\d{4}年?第?|\[?\d{4}\]?)第?\d{1,5}号")
ISSUER = re.compile(rf"[\u4e00-\u9fff]{{2,30}}{one_of('names', 'issuer_ending')}|{one_of('names', 'state_issuer')}")
_BETWEEN = re.compile(r"[\s;；,，、|｜/／()（）·]+")
_LABEL = re.compile(rf"{one_of('boilerplate', 'number_label', 'cover_label')}[:：]")
_DAY = re.compile(
    rf"\d{{4}}\s*[年./-]\s*\d{{1,2}}\s*[月./-]\s*\d{{1,2}}(?:\s*日|(?!\d))"
    rf"|[{NUMERALS}〇○]{{4}}年[{NUMERALS}]{{1,3}}月[{NUMERALS}]{{1,3}}日"
)
_MARK = re.compile(rf"{one_of('titles', 'imprint')}(?![\u4e00-\u9fff])")
_BODY = re.compile(r"[\u4e00-\u9fff]{2,30}")
_LONGEST = 160
"""Characters of such a line: four offices with number and date have about a hundred."""


@dataclass(frozen=True)
class CoverLine:
    """What a line of a cover has.

    Attributes:
        number: The official number, else empty.
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
        elif (found := _BODY.match(words, position, _next_day(words, position))) and ISSUER.fullmatch(found[0]):
            issuers.append(found[0])
        else:
            return None
        position = found.end()
    whole = (number and (issuers or date)) or (issuers and date and not printed)
    return CoverLine(number, tuple(dict.fromkeys(issuers)), date) if whole else None


def _next_day(words: str, position: int) -> int:
    """Where the next date begins, else the end of the words."""
    day = _DAY.search(words, position)
    return day.start() if day else len(words)
