"""Cell values as Excel displays them: 1.0 as 1, dates in their format, shares as percentages."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_DATE_PART = re.compile(r"yyyy|yy|m{1,5}|d{1,4}|h{1,2}|s{1,2}", re.I)
_NUMBER = re.compile(r"[#0?][#0?,]*(?:\.(?P<places>[0#?]+))?")
_ESCAPED = re.compile(r"_x(00[01][0-9A-F]|007F|00[89][0-9A-F]|FFF[EF])_")
"""A control character as Excel escapes it (ECMA-376, ST_Xstring)."""
_LONGEST_DIGITS = 15  # significant digits that Excel keeps
_LONGEST_FORMAT = 255  # characters of a number format, Excel's own limit
_MOST_PLACES = 30  # the most decimals that Excel shows
_LARGEST_SHOWN = 10**12
_ENOUGH_DIGITS = Context(prec=60)  # for any number that is rounded here, all of its decimals included


def shown(value: Any, number_format: str) -> str:
    """A cell value as displayed.

    Example:
        >>> shown(1.0, "General"), shown(0.65, "0%"), shown(5000, "#,##0"), shown(2.5, "0.00")
        ('1', '65%', '5,000', '2.50')
        >>> shown(datetime(2022, 6, 30), 'yyyy"年"m"月"d"日"'), shown(datetime(2022, 6, 30), "mm-dd-yy")
        ('2022年6月30日', '2022-06-30')
        >>> shown(None, "General"), shown(True, "General")
        ('', 'TRUE')

    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date):
        return _date(value, number_format)
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, number_format)
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value).replace("_x000D_", ""))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first(number_format: str) -> str:
    """The section of a format for positive numbers."""
    return number_format[:_LONGEST_FORMAT].split(";")[0]


@lru_cache
def _without_literals(number_format: str) -> str:
    return _LITERAL.sub("", _first(number_format))


def _date(value: datetime | date, number_format: str) -> str:
    """In the format's own words where they are Chinese ones, else ISO 8601: the other orders depend on the place."""
    if any(mark in _first(number_format) for mark in "年月日"):
        pattern = _LITERAL.sub(lambda match: match[1] or match[2] or "", _first(number_format))
        return _DATE_PART.sub(lambda match: _date_part(match[0].lower(), value), pattern)
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return value.isoformat(sep=" ", timespec="minutes")
    return (value.date() if isinstance(value, datetime) else value).isoformat()


def _date_part(part: str, value: datetime | date) -> str:
    numbers = {"y": value.year, "m": value.month, "d": value.day}
    if part[0] not in numbers:
        return f"{getattr(value, 'hour' if part[0] == 'h' else 'second', 0):02d}"
    number = numbers[part[0]]
    if part == "yy":
        return f"{number % 100:02d}"
    return f"{number:02d}" if part in ("mm", "dd") else str(number)


def _number(value: float, number_format: str) -> str:
    plain = _without_literals(number_format)
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return str(value)
    pattern = _NUMBER.search(plain)
    if plain in ("General", "@", "") or not pattern or "E" in plain.upper():
        return _general(exact)
    suffix = "%" if "%" in plain else ""
    scaled = _ENOUGH_DIGITS.multiply(exact, Decimal(100)) if suffix else exact
    places = (pattern["places"] or "")[:_MOST_PLACES]
    unit = Decimal(1).scaleb(-len(places))
    large = abs(scaled) >= _LARGEST_SHOWN
    rounded = scaled if large else scaled.quantize(unit, ROUND_HALF_UP, _ENOUGH_DIGITS)
    text = f"{rounded:,f}" if "," in pattern[0] else f"{rounded:f}"
    optional = len(places) - len(places.rstrip("#"))
    for _ in range(optional):
        text = text[:-1] if text.endswith("0") else text
    return text.rstrip(".") + suffix


def _general(value: Decimal) -> str:
    """The shortest form: binary noise beyond fifteen digits rounded away, no trailing zeros."""
    rounded = +value if len(value.as_tuple().digits) <= _LONGEST_DIGITS else Decimal(f"{value:.{_LONGEST_DIGITS}g}")
    text = f"{rounded:f}" if abs(rounded.adjusted()) < 20 else str(rounded)
    return text.rstrip("0").rstrip(".") if "." in text else text
