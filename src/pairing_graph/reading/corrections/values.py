"""Values of corrections: from the words in a sheet to what a column of a table holds, and back."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, CorrectionError, UnknownNameError
from pairing_graph.base.text import fold_width, iso_date
from pairing_graph.kb import address as addresses
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.lookup import find_unit
from pairing_graph.kb.schema import Column
from pairing_graph.lexicon.patterns import is_blank

_YES = frozenset(("是", "yes", "true", "1", "y", "√"))
_NO = frozenset(("否", "no", "false", "0", "n", ""))
_LONGEST_SHOWN = 100
"""Characters of a refused value that a complaint repeats."""
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATES = frozenset(("date", "as_of"))
"""The text columns that hold a day, as declared in the schema."""
_COUNT = re.compile(r"[1-9][0-9]{0,14}")
"""A whole number from 1, as numbers and ranks are, of as many digits as numbers in a notice may have."""
UNIT_COLUMNS = frozenset((("assignments", "unit"), ("pairings", "donor"), ("pairings", "recipient")))


def shown_value(value: Any) -> str:
    """A value of a table as a sheet shows it.

    Example:
        >>> shown_value(("甲", "乙")), shown_value(5.0), shown_value(pd.NA), shown_value(True)
        ('甲；乙', '5', '', '是')
    """
    if isinstance(value, tuple | list):
        return "；".join(map(str, value))
    if value is None or value is pd.NA:
        return ""
    if pd.api.types.is_bool(value):
        return "是" if value else "否"
    if isinstance(value, float):
        return shown_number(value)
    return str(value)


def shown_number(value: float) -> str:
    """A number with all the digits that a decimal number keeps as a float, but not the traces of reckoning.

    Example:
        >>> shown_number(5.0), shown_number(1234567.5), shown_number(1 + 0.14), shown_number(math.nan)
        ('5', '1234567.5', '1.14', '')
    """
    if math.isnan(value):
        return ""
    return str(int(value)) if float(value).is_integer() else f"{value:.{sys.float_info.dig}g}"


def typed(column: Column, text: str) -> Any:
    """The words of a correction as the type of its column.

    Raises:
        CorrectionError: The column does not take them.

    Example:
        >>> from pairing_graph.kb.schema import TABLES
        >>> typed(TABLES["tasks"].columns[2], "12")
        12
    """
    text = text.strip()
    if column.values and text not in column.values:
        raise CorrectionError(Complaint("The column does not take the value", "", ", ".join(column.values), repr(text)))
    if column.kind == "list":
        return tuple(part.strip() for part in re.split(r"[；;、]", text) if not is_blank(part))
    if column.kind == "text" and (not text or column.name not in _DATES):
        return text
    if column.kind in ("integer", "number") and is_blank(text):
        return pd.NA
    expected, read = _READ["date" if column.kind == "text" else column.kind]
    value = read(fold_width(text))
    if value is None:
        raise CorrectionError(
            Complaint("The column does not take the value", "", expected, repr(text[:_LONGEST_SHOWN]))
        )
    return value


def _flag(text: str) -> bool | None:
    return text.lower() in _YES if text.lower() in _YES | _NO else None


def _count(text: str) -> int | None:
    return int(text) if _COUNT.fullmatch(text) else None


def _quantity(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in text else None


def _day(text: str) -> str | None:
    return text if _ISO_DAY.fullmatch(text) and iso_date(text) == text else None


_READ: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "flag": ("是 or 否", _flag),
    "integer": ("a whole number from 1", _count),
    "number": ("a number", _quantity),
    "date": ("a day such as 2022-06-23", _day),
}
"""What a kind of column takes, in words, and how it is read; None where it is not taken."""


def unit_or_value(kb: KnowledgeBase, table: str, column: str, value: Any) -> Any:
    """The id of a unit in a column of units, any other value as it is.

    Raises:
        CorrectionError: No unit goes by the name.
    """
    if (table, column) not in UNIT_COLUMNS:
        return value
    try:
        return find_unit(kb, str(value))
    except UnknownNameError as error:
        advice = "For a unit that the notice does not name elsewhere, correct the text of the cell (column: text)."
        raise CorrectionError(
            [Complaint(complaint.what, "", complaint.expected, complaint.got, advice) for complaint in error.complaints]
        ) from error


def matching(table: pd.DataFrame, address: str) -> list[int]:
    """The rows of a table at an address: those that cite it as it is, else those that cite a place within it.

    Args:
        table: The table; that of documents has ids for addresses.
        address: One address or several.
    """
    if "address" not in table:
        return [row for row, document in enumerate(table["document"]) if document == address]
    wanted = addresses.split(address)
    cited = [addresses.split(places) for places in table["address"]]
    exact = [row for row, places in enumerate(cited) if set(wanted) <= set(places)]
    within = [row for row, places in enumerate(cited) if all(any(want.holds(p) for p in places) for want in wanted)]
    return exact or within
