"""The year of a notice: of its date, else of its official number, else of its title."""

from __future__ import annotations

import re

from pairing_graph.base.text import chinese_number, fold_width, squeeze
from pairing_graph.kb.knowledge_base import KnowledgeBase

_FIRST, _LAST = 1900, 2200
"""As for dates (`base.text.iso_date`): other numbers of four digits are no years."""
_OF_DATE = re.compile(r"(\d{4})-\d{2}-\d{2}")
_OF_NUMBER = re.compile(r"[〔\[(【〈<［]\s*(\d{4})\s*[〕\])】〉>］]")
_OF_TITLE = re.compile(r"(?<!\d)(\d{4})年|([〇零一二三四五六七八九]{4})年")
_SEVERAL = re.compile(r"\d{4}年?(?:度)?[-—–~～至到、和]+\d{4}年")


def years_of(kb: KnowledgeBase) -> dict[str, int | None]:
    """Every document with its year, or None where neither date nor number nor title tells one.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> years_of(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        {'巫溪府发〔2022〕24号': 2022}
    """
    columns = (kb.documents[name] for name in ("document", "date", "number", "title"))
    return {document: year_of(date, number, title) for document, date, number, title in zip(*columns, strict=True)}


def year_of(date: str, number: str = "", title: str = "") -> int | None:
    """The year of a notice; a title tells one only where it names a single one.

    Example:
        >>> year_of("2022-06-23", "巫溪府发〔2021〕24号"), year_of("", "巫溪府发〔2021〕24号", "2022年重点任务")
        (2022, 2021)
        >>> year_of("", "", "二〇二三年重点任务"), year_of("", "", "2021—2023年行动方案"), year_of("", "", "重点任务")
        (2023, None, None)
    """
    for pattern, text in ((_OF_DATE, date), (_OF_NUMBER, fold_width(number))):
        match = pattern.search(text)
        if match and (year := _valid(match[1])):
            return year
    words = squeeze(fold_width(title))
    named = {year for digits, signs in _OF_TITLE.findall(words) if (year := _valid(digits or signs))}
    return named.pop() if len(named) == 1 and not _SEVERAL.search(words) else None


def _valid(written: str) -> int | None:
    year = chinese_number(written)
    return year if year is not None and _FIRST <= year <= _LAST else None
