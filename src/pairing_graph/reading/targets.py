"""Quantified targets (量化目标): the quantities of a task's text that say how much, with comparator and aspiration.

Years, dates, grades, sayings, roads, document numbers, ages and limits that say for whom are no targets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pairing_graph.base.text import NUMERALS, fold_width
from pairing_graph.lexicon.patterns import one_of, vocabulary
from pairing_graph.reading.metrics import metric_of, shared_out, trend_of
from pairing_graph.reading.quantities import (
    Quantity,
    find_quantities,
    may_hold_quantity,
    without_one_by_one,
    without_quoted,
)

_WINDOW = 60
"""How many signs before and behind a quantity say what it means: a clause is shorter, and every rule stays linear."""
_CLAUSE = re.compile(r"[，。；！？：;\n]|(?<!\d),|,(?!\d{3}(?!\d))")
_HAN = r"[\u4e00-\u9fff]"
_GOAL = one_of("quantities", "goal")
_BOUND = one_of("quantities", "bound")
_AT_MOST = re.compile(rf"{one_of('quantities', 'at_most')}|内$|[≤<]")
_ABOUT = re.compile(rf"{one_of('quantities', 'about')}|近$")
_AFTER = re.compile(rf"^{one_of('quantities', 'insert')}?({one_of('quantities', 'bound', 'remainder')})")
_BEFORE = re.compile(
    rf"({one_of('quantities', 'before')}|[≥≤><])[^\d，。；！？]{{0,12}}$|({one_of('quantities', 'just_before')})$"
)
_GOVERNS = re.compile(one_of("quantities", "governs"))
_EACH_BEFORE = re.compile(rf"{one_of('quantities', 'each')}({one_of('quantities', 'before')})")
_EACH = re.compile(one_of("quantities", "each"))
_ASPIRES = re.compile(one_of("quantities", "aspires"))
_ASPIRES_BEFORE_TIME = re.compile(
    rf"({one_of('quantities', 'aspires')}(?:到|在|于)?(?:\d{{4}}年|年|\d{{1,2}}月|[一二三四]季度|今年)[^，。；]{{0,8}})，"
)
_BOUND_OF_ALL = re.compile(rf"[^，。；\d]{{0,6}}(?:\d[\d.,]*[^\d，。；]{{0,8}}){{1,4}}?({_BOUND})(?=[，。；]|$)")
_BASE = re.compile(r"(?:由|从)(?:\d{4}年底?的?)?(?:[^，。；\d]{0,8}的?)?$")
_BASE_ENDS = re.compile(rf"^[^，。；]{{0,4}}{one_of('quantities', 'change')}")
_NO_TARGET_BEFORE = re.compile(
    rf"(?<![A-Za-z]{{2}})[A-Za-z]$|[第〔\[×*∶/每]$|[\d{NUMERALS}A-Za-z]\s?[:：+xX]$|\d\s?[.．]$"
    rf"|{one_of('quantities', 'code')}(?:[:：][^，。；]{{0,4}})?$|{one_of('quantities', 'age')}[^，。]{{0,4}}$"
    rf"|(?:^|[^之提底末月日年])前$|{one_of('quantities', 'road')}线?$|\d号楼?$|[Kk]\d*\+?$"
    rf"|{one_of('quantities', 'no_goal')}$|每{_GOAL}$"
)
_NO_TARGET_AFTER = re.compile(rf"^(?:{one_of('quantities', 'no_target_after')}|级|[＋×](?=\d))")
_PERIODS = re.compile(rf"^{one_of('quantities', 'period')}")
_NO_QUANTITY = re.compile(
    rf"^(?:24小时|7[×x*]24小时)(?!以?内)|^\d+小时(?!以?内)[^，。；]{{0,4}}{one_of('quantities', 'hours_of')}"
)
_ORDINAL = re.compile(r"[前后第居列]$")
_RANKED = ("名", "位", "强")
_SIZE_OF = one_of("quantities", "size_of")
_NO_VERB = rf"(?:(?!{_GOAL}){_HAN})"
_THRESHOLD = re.compile(
    rf"(?:（含）|及)?以[上下](?:(?:[、且或][^，。；]{{2,16}}以[上下])?的(?!目标|水平|规模|要求){_HAN}|{_NO_VERB}{{0,6}}?{_SIZE_OF}"
    rf"|(?!{_GOAL}){_HAN}{{1,12}}?\d+(?:个|家|户|名|处|座|条|所|项))"
)
_SMALL_ONES = re.compile(rf"(?:（含）|及)?以[下内]{_NO_VERB}")
_OF_A_SIZE = re.compile(rf"^{_SIZE_OF}(?!投资|建设|资金|基金)")
_PLACES_LISTED = re.compile(r"[\u4e00-\u9fff]{2,10}(?:、[\u4e00-\u9fff]{2,10})+等?$|[\u4e00-\u9fff]{2,10}等$")
_OF_PLACES = re.compile(rf"^{one_of('quantities', 'place_noun')}(?!{_HAN}{{0,4}}(?:示范|试点))")
_GOAL_BEFORE = re.compile(_GOAL)
_GOAL_JUST_BEFORE = re.compile(rf"(?:{_GOAL}|至少|不少于|[各每]{_HAN}{{0,3}})[了各新]?$")
_JOINING = ("、", "和", "与", "及")
_GOES_ON = re.compile(rf"{_HAN}{{1,12}}?[{''.join(_JOINING)}]")
"""What stands between two things of a list: the noun of the first, and a sign or word that joins."""
_CLAUSE_ENDS = re.compile(r"[，。；、]|$")
_SAYING = re.compile(rf"^(?:{one_of('quantities', 'saying')})")
_COMPRESSED = re.compile(one_of("quantities", "compress"))
_REACHED = re.compile(rf"(?:{one_of('quantities', 'reach')})[了为]?$")
_STATED = re.compile(rf"{one_of('quantities', 'reach', 'before')}$")
_FALLS = re.compile(rf"{one_of('quantities', 'trend')}[了]?$")
_LASTING = re.compile(rf"(?:{one_of('quantities', 'time_noun')})(?:平均)?[为达]?$")
_LIFE = re.compile(one_of("quantities", "life"))
_TIME_LIMIT = re.compile(r"^(?:（含）|及)?(?:以内|之内|以上|以下)")
_SERVED = re.compile(rf"^内[^，。；\d]{{0,6}}{one_of('quantities', 'served')}")
_SENTENCE = re.compile(r"[。；！？\n]")
_MINUS = re.compile(r"(?<![\dA-Za-z])-$")
_SIGNS = "≥≤>< "
_LABEL = re.compile(r"([^，。；！？：\n]+)：$")
_EACH_OF = re.compile(rf"^(.{{0,40}}?)分别({one_of('quantities', 'trend')})?")
_MOST_SHARED = 6
"""How many quantities 分别 is taken to share out; more are not read one by one."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
"""A number between them without a unit, or in years, is a date."""
_POWERS = "百千万亿"
_WHOLE = 100
"""The percent that no share exceeds: a bound that 分别 shares out says nothing of it."""
_LARGEST = 1e15
"""The largest number: larger ones are not exact as a float, and no notice counts so far."""


@dataclass(frozen=True)
class Target:
    """A quantity in a text.

    Attributes:
        metric: What is counted or measured, without the quantity.
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


@dataclass(frozen=True)
class _Place:
    """A quantity where it stands.

    Attributes:
        quantity: The quantity.
        before: The signs before it, at most `_WINDOW`.
        clause: Those of them in its own clause.
        after: The signs behind it, at most `_WINDOW`.
        goes_on: Whether it goes on with a target before it, as in a list (一个公园、一个广场).
    """

    quantity: Quantity
    before: str
    clause: str
    after: str
    goes_on: bool = False


def find_targets(text: str) -> list[Target]:
    """The targets in a text, in their order; every quantity counts.

    Example:
        >>> [(t.comparator, t.value, t.quantity_unit) for t in find_targets("力争实际到位资金5000万元以上，培训3—5名。")]
        [('>=', 5000.0, '万元'), ('range', 3.0, '名')]
        >>> find_targets("2025年底前完成s356线“百人计划”，联系电话51234567，招录35岁以下人员，创建4A级景区")
        []
        >>> [(t.comparator, t.value) for t in find_targets("两率分别达到65%和55%以上，比上年增长8%左右，建1到2个点")]
        [('>=', 65.0), ('>=', 55.0), ('~', 8.0), ('range', 1.0)]
        >>> [(t.value, t.quantity_unit) for t in find_targets("新建两个站点，时限压缩至3个工作日以内，工期2年")]
        [(2.0, '个'), (3.0, '个工作日')]
        >>> [(t.metric, t.value, t.quantity_unit) for t in find_targets("新建一个公园、一个广场，能耗下降一半，产值翻一番")]
        [('新建公园', 1.0, '个'), ('广场', 1.0, '个'), ('能耗下降', 50.0, '%'), ('产值', 1.0, '番')]
    """
    # Every replacement keeps the length, so that places in the folded text are places in the text.
    folded = fold_width(text).replace("－", "-")
    if not may_hold_quantity(folded):
        return []
    return list(_found(without_one_by_one(without_quoted(_ASPIRES_BEFORE_TIME.sub(r"\1 ", folded))), text))


def _found(text: str, raw: str) -> Iterator[Target]:
    places = list(_places(text))
    for place, metric in zip(places, _metrics(places, raw), strict=True):
        quantity = place.quantity
        negative = bool(_MINUS.search(place.before))
        yield Target(
            metric=metric,
            comparator=_comparator(place),
            value=-quantity.value if negative else quantity.value,
            value_max=quantity.top,
            quantity_unit=quantity.unit,
            aspirational=bool(_ASPIRES.search(place.clause)),
            as_written=raw[_start(place, negative) : _end(place)],
        )


def _places(text: str) -> Iterator[_Place]:
    """The quantities that are targets, each with the words around it."""
    quantities = list(find_quantities(text))
    starts = [0, *(sign.end() for sign in _CLAUSE.finditer(text))] if quantities else []
    listed = 0  # where the last target ends
    for quantity in quantities:
        at, end = quantity.start, quantity.end
        opening = max(starts[bisect_right(starts, at) - 1], at - _WINDOW)
        goes_on = 0 < listed <= at and bool(_GOES_ON.fullmatch(text, listed, at))
        place = _Place(quantity, text[max(0, at - _WINDOW) : at], text[opening:at], text[end : end + _WINDOW], goes_on)
        if max(quantity.value, quantity.top or 0) <= _LARGEST and _is_target(place):
            listed = end
            yield place


def _metrics(places: list[_Place], raw: str) -> Iterator[str]:
    """What each target measures, from the words between its neighbours."""
    said: list[str] = []
    last_end, shared = 0, deque[str]()
    for number, place in enumerate(places):
        at = place.quantity.start
        opening = at - len(place.clause)
        if _SENTENCE.search(raw[last_end:at]):
            said = []
        if last_end <= opening:
            nearby = places[number : number + _MOST_SHARED]
            shared = deque(_shared(raw[opening:at], sum(at - opening == _offset(one, at) for one in nearby), said))
        own = raw[max(opening, last_end) : at]
        label = _LABEL.search(raw[max(0, opening - _WINDOW) : opening]) if not own.strip(_SIGNS) else None
        if label and last_end <= opening - len(label[1]):
            own = label[1]
        if last_end > opening:  # what is counted by the one before stands behind it
            own = "" if own.endswith(_JOINING) or said[-1].endswith(own) else own.rpartition("、")[2]
        following = places[number + 1].quantity.start if number + 1 < len(places) else len(raw)
        behind = raw[place.quantity.end : min(following, place.quantity.end + _WINDOW)]
        counts = place.quantity.use not in ("share", "span", "long_span", "life")
        metric = shared.popleft() if shared else metric_of(own, behind, said[-1] if said else "", counts)
        yield metric
        said.append(metric)
        last_end = _end(place)


def _offset(place: _Place, at: int) -> int:
    """How far before a place in the text the clause of a quantity begins."""
    return at - place.quantity.start + len(place.clause)


def _shared(words: str, count: int, said: list[str]) -> list[str]:
    """The metrics that 分别 shares out among several quantities: named before it, or in the clauses before."""
    each = _EACH_OF.match(words)
    if not each or count == 1:
        return []
    if each[1]:
        return shared_out(each[1], count)
    trend = each[2]
    return [trend_of(metric, trend) for metric in said[-count:]] if trend and len(said) >= count else []


def _start(place: _Place, negative: bool) -> int:
    """Where the words of a quantity begin: with the comparator before it, where there is one."""
    ahead = _BEFORE.search(place.clause)
    start = place.quantity.start
    first = start - len(place.clause) + ahead.start(1 if ahead[1] else 2) if ahead else start
    return min(first, start - negative)


def _end(place: _Place) -> int:
    ending = _AFTER.match(place.after)
    return place.quantity.end + (ending.end() if ending else 0)


def _is_target(place: _Place) -> bool:
    if _NO_TARGET_BEFORE.search(place.before) or _NO_TARGET_AFTER.match(place.after):
        return False
    if _is_part_of_something(place) or _says_for_whom(place):
        return False
    quantity, use = place.quantity, place.quantity.use
    if use in ("span", "long_span"):
        return _is_limit_of_time(place)
    if use == "life":
        return bool(_LIFE.search(place.clause))
    if quantity.unit == "" and use == "":
        return bool(_STATED.search(place.clause)) and not _is_year(quantity)
    if use == "":
        return any(said.search(place.clause) for said in (_GOAL_BEFORE, _REACHED, _BEFORE))
    return not quantity.numeral or _counts_in_words(place)


def _is_part_of_something(place: _Place) -> bool:
    """Ranks, stretches of time, sizes of a grade, places summed up, and where a change begins."""
    quantity, after = place.quantity, place.after
    period = quantity.unit == "个" and bool(_PERIODS.match(after))
    base = bool(_BASE.search(place.before)) and bool(_BASE_ENDS.match(after))
    hours = quantity.unit == "小时" and bool(_NO_QUANTITY.match(f"{quantity.value:g}小时{after[:12]}"))
    rank = quantity.unit in _RANKED and bool(_ORDINAL.search(place.before))
    places = (
        quantity.unit == "个"
        and bool(_OF_PLACES.match(after))
        and bool(_PLACES_LISTED.search(place.clause))
        and not _GOAL_BEFORE.search(place.clause)
    )
    return period or base or hours or rank or places


def _says_for_whom(place: _Place) -> bool:
    """Whether the quantity is a limit that says which ones are meant: 500平方米以上的场所, 1亿元企业."""
    quantity = place.quantity
    if quantity.use not in ("size", "crowd", "span", "long_span"):
        return False
    of_a_size = quantity.unit.endswith(("元", "亿", "万")) and bool(_OF_A_SIZE.match(place.after))
    governed = any(said.search(place.clause) for said in (_GOAL_BEFORE, _BEFORE, _REACHED))
    small = bool(_SMALL_ONES.match(place.after)) and not governed
    return of_a_size or small or bool(_THRESHOLD.match(place.after))


def _is_limit_of_time(place: _Place) -> bool:
    """Whether a stretch of time is a target: with a comparator, reached, or the outcome of making it shorter."""
    quantity, clause = place.quantity, place.clause
    if quantity.unit == "年" and _is_year(quantity):
        return False
    ahead = _BEFORE.search(clause)
    own = clause.rpartition("、")[2] or clause
    if (
        (ahead and not _ABOUT.search(ahead[0]))
        or _GOVERNS.search(own)
        or _REACHED.search(clause)
        or _COMPRESSED.search(clause)
    ):
        return True
    if quantity.use == "long_span":
        return False
    limited = _TIME_LIMIT.match(place.after) or _SERVED.match(place.after) or _LASTING.search(clause)
    return bool(limited) or (quantity.unit == "小时" and bool(_GOAL_JUST_BEFORE.search(clause)))


def _is_year(quantity: Quantity) -> bool:
    return _FIRST_YEAR <= quantity.value <= _LAST_YEAR


def _counts_in_words(place: _Place) -> bool:
    """Whether a number in Chinese numerals counts: behind a verb that gives things, with a bound, or as a measure.

    One (一个) is also an article and the beginning of many sayings, so it counts only right behind such a verb, and in a
    list behind one that does.
    """
    quantity = place.quantity
    if quantity.numeral in vocabulary("quantities", "half"):
        done = _CLAUSE_ENDS.match(place.after[_end(place) - place.quantity.end :]) and _GOAL_BEFORE.search(place.clause)
        return bool(done or _GOAL_JUST_BEFORE.search(place.clause)) or _moves(place)
    if quantity.unit == "":  # 三分之一: of whom (三分之二以上业主同意), or by how much
        return _moves(place)
    if quantity.use == "share" or (quantity.use == "size" and quantity.value > 1):
        return True
    if quantity.numeral == "二" or _SAYING.match(f"{quantity.unit}{place.after}"):
        return False  # two of a thing is 两, so that 二次, 二期 are the second
    bounded = bool(_AFTER.match(place.after)) or bool(_BEFORE.search(place.clause))
    if quantity.value == 1 and quantity.unit[0] not in _POWERS:
        own = quantity.unit in vocabulary("quantities", "after_one")
        behind_a_noun = _CLAUSE_ENDS.match(place.after) and _GOAL_BEFORE.search(place.clause)
        given = bounded or bool(behind_a_noun) or bool(_GOAL_JUST_BEFORE.search(place.clause)) or place.goes_on
        return bool(_STATED.search(place.clause)) or (own and given)
    return bounded or bool(_GOAL_BEFORE.search(place.clause))


def _moves(place: _Place) -> bool:
    """Whether something reaches a quantity, or is made smaller or larger by it."""
    return any(said.search(place.clause) for said in (_STATED, _COMPRESSED, _FALLS))


def _comparator(place: _Place) -> str:
    quantity, clause, after = place.quantity, place.clause, place.after
    if quantity.top is not None:
        return "range"
    behind, ahead = _AFTER.match(after), _BEFORE.search(clause)
    own = clause.rpartition("、")[2]
    governing = _GOVERNS.findall(own or clause)  # 不少于3场、投入100万元 says nothing of the money
    all_of_it = quantity.unit == "%" and quantity.value == _WHOLE
    shared = (_shared_ending(after) or _shared_opening(clause)) if _EACH.search(clause) and not all_of_it else ""
    within = "内" if quantity.use == "span" and _SERVED.match(after) else ""
    signal = (
        (behind and behind[1])
        or within
        or (ahead and (ahead[1] or ahead[2]))
        or shared
        or (governing[-1] if governing else "")
    )
    if not signal:
        return ">=" if quantity.more else "="
    if _AT_MOST.search(signal):
        return "<="
    if _ABOUT.search(signal):
        return "~"
    return ">="


def _shared_opening(clause: str) -> str:
    """The bound before the first of several quantities joined by 分别 (分别突破100亿元和5亿元)."""
    match = _EACH_BEFORE.search(clause)
    return match[1] if match else ""


def _shared_ending(after: str) -> str:
    """The bound after the last of several quantities joined by 分别 (分别达到65%和55%以上)."""
    match = _BOUND_OF_ALL.match(after)
    return match[1] if match else ""
