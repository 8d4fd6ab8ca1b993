"""Quantified targets (量化目标): every number with a measure word in a task's text, with comparator and aspiration.

Years, dates, grades, sayings, roads, document numbers and ages are no targets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pairing_graph.base.reference import reference
from pairing_graph.base.text import fold_width
from pairing_graph.lexicon.patterns import one_of

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_RANGE = r"\s*(?:[—–~～\-－]{1,2}|至|到)\s*"
_CLAUSE = re.compile(r"[，。；！？：\n]|,(?!\d)|;")
_AT_MOST = re.compile(rf"{one_of('quantities', 'at_most')}|内$|[≤<]")
_ABOUT = re.compile(rf"{one_of('quantities', 'about')}|近$")
_BOUND = one_of("quantities", "bound")
_AFTER = re.compile(rf"^{one_of('quantities', 'insert')}?({one_of('quantities', 'bound', 'remainder')})")
_BEFORE = re.compile(rf"({one_of('quantities', 'before')}|[≥≤><])[^\d，。；！？]{{0,12}}$|(?<![最附临远])(近|超)$")
_GOVERNS = re.compile(one_of("quantities", "governs"))
_EACH = re.compile(one_of("quantities", "each"))
_ASPIRES = re.compile(one_of("quantities", "aspires"))
_ASPIRES_BEFORE_TIME = re.compile(
    rf"({one_of('quantities', 'aspires')}(?:到|在|于)?(?:\d{{4}}年|年|\d{{1,2}}月|[一二三四]季度|今年)[^，。；]{{0,8}})，"
)
_BASE = re.compile(r"(?:由|从)(?:[^，。；\d]{0,8}的?)?$")
_BASE_ENDS = re.compile(rf"^[^，。；]{{0,4}}{one_of('quantities', 'change')}")
_NO_TARGET_BEFORE = re.compile(
    r"(?<![A-Za-z]{2})[A-Za-z]$|[第〔\[+＋×xX*:：/∶]$|\d$|[GSXsgx]$|\d[.．]$|“[^”]*$|‘[^’]*$|《[^》]*$"
    rf"|{one_of('quantities', 'code')}(?:[:：][^，。；]{{0,4}})?$|{one_of('quantities', 'age')}[^，。]{{0,4}}$"
    rf"|(?:^|[^之])前$|{one_of('quantities', 'road')}[^，。；]{{0,2}}$|\d号楼?$|[Kk]\d*\+?$"
)
_NO_TARGET_AFTER = re.compile(rf"^(?:{one_of('quantities', 'no_target_after')}|[＋×/](?=\d))")
_PERIODS = re.compile(rf"^{one_of('quantities', 'period')}")
_NO_QUANTITY = re.compile(rf"^(?:24小时|7[×x*]24小时)|^\d+小时[^，。；]{{0,4}}{one_of('quantities', 'hours_of')}")
_THRESHOLD = re.compile(rf"(?:（含）|及)?以[上下](?:的)?[\u4e00-\u9fff]{{0,6}}?{one_of('quantities', 'size_of')}")
_NOT_METRIC = re.compile(one_of("quantities", "not_metric"))
_BOUND_FIRST = re.compile(rf"^(?:及)?{_BOUND}")
_BOUND_OF_ALL = re.compile(rf"[^，。；\d]{{0,6}}(?:\d[\d.,]*[^\d，。；]{{0,8}}){{1,4}}?({_BOUND})(?=[，。；]|$)")
_LARGEST = 1e15
"""The largest number: larger ones are not exact as a float, and no notice counts so far."""
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


def find_targets(text: str) -> list[Target]:
    """The targets in a text, in their order; every quantity counts.

    Example:
        >>> [(t.comparator, t.value, t.quantity_unit) for t in find_targets("力争实际到位资金5000万元以上，培训3—5名。")]
        [('>=', 5000.0, '万元'), ('range', 3.0, '名')]
        >>> find_targets("2025年底前完成s356线“百人计划”，联系电话51234567，招录35岁以下人员，创建4A级景区")
        []
        >>> [(t.comparator, t.value) for t in find_targets("两率分别达到65%和55%以上，比上年增长8%左右，建1到2个点")]
        [('>=', 65.0), ('>=', 55.0), ('~', 8.0), ('range', 1.0)]
    """
    # Every replacement keeps the length, so that places in the folded text are places in the text.
    folded = _ASPIRES_BEFORE_TIME.sub(r"\1 ", fold_width(text).replace("－", "-"))
    return list(_found(folded, text))


@cache
def _quantity() -> re.Pattern[str]:
    units = sorted((row["word"] for row in reference("quantity_units")), key=len, reverse=True)
    unit = "|".join(map(re.escape, units))
    return re.compile(
        rf"(?P<value>{_NUMBER})(?:\s*(?P<first>{unit}){_RANGE}(?P<far>{_NUMBER})\s*(?P=first)"
        rf"|(?:{_RANGE}(?P<near>{_NUMBER}))?(?P<more>余|多)?\s*(?P<unit>{unit}))(?![A-Za-z])"
    )


def _found(text: str, raw: str) -> Iterator[Target]:
    for match in _quantity().finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        top = match["far"] or match["near"]
        if _is_no_target(match, before, after) or max(_value(match["value"]), _value(top or "0")) > _LARGEST:
            continue
        clause_start = _last_end(_CLAUSE, before)
        clause = before[clause_start:]
        negative = bool(re.search(r"(?<![\dA-Za-z])-$", before))
        yield Target(
            metric=_metric(clause, _CLAUSE.split(after, maxsplit=1)[0]),
            comparator=_comparator(match, clause, after),
            value=-_value(match["value"]) if negative else _value(match["value"]),
            value_max=_value(top) if top else None,
            quantity_unit=_unit(match),
            aspirational=bool(_ASPIRES.search(clause)),
            as_written=raw[_start(match, clause, clause_start, negative) : _end(match, after)],
        )


def _unit(match: re.Match[str]) -> str:
    return match["unit"] or match["first"]


def _start(match: re.Match[str], clause: str, clause_start: int, negative: bool) -> int:
    """Where the words of a quantity begin: with the comparator before it, where there is one."""
    ahead = _BEFORE.search(clause)
    first = clause_start + ahead.start(1 if ahead[1] else 2) if ahead else match.start()
    return min(first, match.start() - negative)


def _end(match: re.Match[str], after: str) -> int:
    ending = _AFTER.match(after)
    return match.end() + (ending.end() if ending else 0)


def _is_no_target(match: re.Match[str], before: str, after: str) -> bool:
    """Roads, phones, dates, ages, ranks, periods, sayings, document numbers, and where a change begins."""
    whole = match[0] + after[:12]
    unit = _unit(match)
    periods = unit == "个" and bool(_PERIODS.match(after))
    base = bool(_BASE.search(before)) and bool(_BASE_ENDS.match(after))
    of_a_year = unit in ("亿", "万", "亿元", "万元") and after[:1] in ("年", "号", "级")
    rank = unit in ("名", "位", "强") and bool(re.search(r"(?:前|第|居|列)$", before))
    threshold = unit.endswith("元") and bool(_THRESHOLD.match(after))
    signs = bool(_NO_TARGET_BEFORE.search(before)) or bool(_NO_TARGET_AFTER.match(after))
    return signs or periods or base or of_a_year or rank or threshold or bool(_NO_QUANTITY.match(whole))


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((found.end() for found in pattern.finditer(text)), default=0)


def _comparator(match: re.Match[str], clause: str, after: str) -> str:
    if match["far"] or match["near"]:
        return "range"
    behind, ahead = _AFTER.match(after), _BEFORE.search(clause)
    own = clause.rpartition("、")[2]
    governing = _GOVERNS.findall(own or clause)  # 不少于3场、投入100万元 says nothing of the money
    shared = _shared_ending(after) if _EACH.search(clause) else ""
    signal = (
        (behind and behind[1]) or (ahead and (ahead[1] or ahead[2])) or shared or (governing[-1] if governing else "")
    )
    if not signal:
        return ">=" if match["more"] else "="
    if _AT_MOST.search(signal):
        return "<="
    if _ABOUT.search(signal):
        return "~"
    return ">="


def _shared_ending(after: str) -> str:
    """The bound after the last of several quantities joined by 分别 (分别达到65%和55%以上)."""
    match = _BOUND_OF_ALL.match(after)
    return match[1] if match else ""


def _metric(clause: str, clause_after: str) -> str:
    """The words of the clause around the quantity, without comparators and aspiration."""
    words = _BOUND_FIRST.sub("", clause_after)
    whole = f"{clause}{words}"
    return _NOT_METRIC.sub("", whole).strip(_TRIM)


def _value(text: str) -> float:
    return float(text.replace(",", ""))
