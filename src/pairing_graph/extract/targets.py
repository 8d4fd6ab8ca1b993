"""Quantified targets (量化目标): every number with a measure word in a task's text, with comparator and aspiration.

Years, dates, grades, sayings, roads, document numbers and ages are no targets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pairing_graph.reference import reference
from pairing_graph.text import fold_width

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_RANGE = r"\s*(?:[—–~～\-－]{1,2}|至|到)\s*"
_CLAUSE = re.compile(r"[，。；！？：\n]")
_AT_MOST = re.compile(r"不超过|不高于|不多于|至多|(?<!不)低于|控制在|以内|以下|之内|[≤<]")
_ABOUT = re.compile(r"左右|上下|约")
_AFTER = re.compile(r"^(?:及)?(以上|以内|以下|之内|左右|上下|余)")
_BEFORE = re.compile(
    r"(不少于|不低于|不小于|至少|超过|突破|高于|不超过|不高于|不多于|至多|低于|控制在|约|[≥≤><])[^\d，。；！？]{0,12}$"
)
_GOVERNS = re.compile(r"(不少于|不低于|至少|不超过|至多)")
_ASPIRES = re.compile(r"力争|争取|努力")
_NO_TARGET_BEFORE = re.compile(r"[A-Za-z第〔\[（(]$|\d$|[GSXsgx]$|电话[:：]?$|热线[:：]?$|“[^”]*$|年龄[^，。]{0,4}$")
_TRIM = "，。；、：的 "


@dataclass(frozen=True)
class Target:
    """A quantity in a text.

    Attributes:
        metric: The clause that says what is counted, without the quantity.
        comparator: `>=`, `<=`, `=`, `~` or `range`.
        value: The number as written.
        value_max: The upper end of a range, else None.
        quantity_unit: The measure word as written.
        aspirational: Whether it is aimed at (力争), not promised.
        as_written: The words of the quantity.
    """

    metric: str
    comparator: str
    value: float
    value_max: float | None
    quantity_unit: str
    aspirational: bool
    as_written: str

    def columns(self) -> dict[str, Any]:
        """As a row of the table of targets."""
        return dict(vars(self))


def find(text: str) -> list[Target]:
    """The targets in a text, in their order; every quantity counts.

    Example:
        >>> [(t.comparator, t.value, t.quantity_unit) for t in find("力争实际到位资金5000万元以上，培训3—5名。")]
        [('>=', 5000.0, '万元'), ('range', 3.0, '名')]
        >>> find("2025年底前完成s356线“百人计划”，联系电话51234567")
        []
    """
    folded = fold_width(text)
    return list(_found(folded))


@cache
def _quantity() -> re.Pattern[str]:
    units = sorted((row["word"] for row in reference("quantity_units")), key=len, reverse=True)
    unit = "|".join(map(re.escape, units))
    return re.compile(rf"(?P<value>{_NUMBER})(?:(?:{unit})?{_RANGE}(?P<max>{_NUMBER}))?\s*(?P<unit>{unit})(?![A-Za-z])")


def _found(text: str) -> Iterator[Target]:
    for match in _quantity().finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if _NO_TARGET_BEFORE.search(before) or _is_no_target(match, after):
            continue
        clause_start = _last_end(_CLAUSE, before)
        clause = before[clause_start:]
        clause_after = _CLAUSE.split(after, maxsplit=1)[0]
        comparator = _comparator(match, clause, after)
        ending = _AFTER.match(after)
        as_written = match[0] + (ending[0] if ending else "")
        yield Target(
            metric=_metric(clause, clause_after),
            comparator=comparator,
            value=_value(match["value"]),
            value_max=_value(match["max"]) if match["max"] else None,
            quantity_unit=match["unit"],
            aspirational=bool(_ASPIRES.search(clause)),
            as_written=as_written,
        )


def _is_no_target(match: re.Match[str], after: str) -> bool:
    """Ages, document numbers and money of another thing behind the measure word."""
    return bool(re.match(r"(?:号|线|路|级|版|岁|年)", after)) or (match["unit"] in ("亿", "万") and after[:1] in "年号")


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((found.end() for found in pattern.finditer(text)), default=0)


def _comparator(match: re.Match[str], clause: str, after: str) -> str:
    if match["max"]:
        return "range"
    behind, ahead = _AFTER.match(after), _BEFORE.search(clause)
    governing = _GOVERNS.findall(clause)
    signal = (behind and behind[1]) or (ahead and ahead[1]) or (governing[-1] if governing else "")
    if not signal:
        return "="
    if _AT_MOST.search(signal):
        return "<="
    if _ABOUT.search(signal):
        return "~"
    return ">="


def _metric(clause: str, clause_after: str) -> str:
    """The words of the clause around the quantity, without comparators and aspiration."""
    words = re.sub(r"^(?:及)?(?:以上|以内|以下|之内|左右|上下)", "", clause_after)
    whole = f"{clause}{words}"
    return re.sub(r"力争|争取|不少于|不低于|至少|不超过|超过", "", whole).strip(_TRIM)


def _value(text: str) -> float:
    return float(text.replace(",", ""))
