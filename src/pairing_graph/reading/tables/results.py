"""Reported progress (进展): the results in a follow-up table, and the day they refer to."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import Any

from pairing_graph.base.text import fold_width, iso_date, tidy
from pairing_graph.lexicon.patterns import is_blank
from pairing_graph.reading import targets

_MONTH = re.compile(r"(\d{4})年(\d{1,2})月(底|末)?")


def read_results(text: str, heading: str = "") -> Iterator[dict[str, Any]]:
    """The results in a report: one for every quantity in it, or the words alone where there is none.

    Args:
        text: The words of the report.
        heading: The heading of its column, which may name the day.

    Example:
        >>> [(row["as_of"], row["value"], row["quantity_unit"]) for row in read_results("已建成3个", "2023年6月底进展")]
        [('2023-06-30', 3.0, '个')]
        >>> list(read_results("正在推进"))[0]["value"] is None
        True
    """
    words = tidy(text)
    if is_blank(words):
        return
    day = as_of(words) or as_of(heading)
    found = targets.find_targets(words)
    for target in found:
        yield {"as_of": day, "value": target.value, "quantity_unit": target.quantity_unit, "as_written": words}
    if not found:
        yield {"as_of": day, "value": None, "quantity_unit": "", "as_written": words}


def as_of(text: str) -> str:
    """The day that a report is for, ISO 8601; the last day for "end of the month", empty without a year.

    Example:
        >>> as_of("截至2023年6月底"), as_of("截至2023年9月30日"), as_of("截至6月底")
        ('2023-06-30', '2023-09-30', '')
    """
    folded = fold_width(text)
    full = iso_date(folded)
    if full:
        return full
    match = _MONTH.search(folded)
    if not match or not match[3] or not 1 <= int(match[2]) <= 12:
        return ""
    year, month = int(match[1]), int(match[2])
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"
