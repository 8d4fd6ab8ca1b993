"""Words that say by when."""

from __future__ import annotations

import re
from typing import NamedTuple

from pairing_graph.base.remembered import remembered
from pairing_graph.base.text import NUMERALS, fold_width
from pairing_graph.kb.schema import DEPARTMENT_KINDS
from pairing_graph.lexicon.levels import LEVELS
from pairing_graph.lexicon.patterns import one_of, vocabulary
from pairing_graph.places.mentions import place_at
from pairing_graph.reading.behind_names import without_open_end
from pairing_graph.reading.kinds import is_collective, kind_of
from pairing_graph.reading.names import invalid_reason, is_unit_like

_TIME = re.compile(rf"\d\s*年|\d\s*月|{one_of('times', 'deadline')}|[{NUMERALS}]月")
_ENDS_LIKE_A_BODY = re.compile(r"[局委办镇乡部院](?:、|$)|街道|中心")
_DATE = rf"{one_of('times', 'before_date')}?(?:\d{{4}}年|\d{{1,2}}月|[{NUMERALS}]{{1,3}}月|{one_of('times', 'deadline', 'opens_date')})"
_BEHIND = re.compile(rf"[\s：:，,（(]*(?={_DATE})")
_BEFORE = re.compile(rf"(?P<date>{_DATE}[^，,；;。]{{0,14}}?{one_of('times', 'ends_deadline')}+)[，,\s]*由?")
_DONE = re.compile(rf"{one_of('role_words', 'behind')}?$")
_SURE = re.compile(one_of("times", "sure_deadline", "ends_deadline"))
_OPENS_A_NAME = (*LEVELS, *vocabulary("names", "all"), *vocabulary("names", "mother_company"))
_LONGEST_DEADLINE = 24
"""Characters of a deadline; longer words say what is to be done as well."""
_LONGEST_WITH_NAME = 60
"""Characters of a name of thirty, a deadline, and the signs around them."""
_SHORTEST_NAME = 3
"""Characters of a name that is sure without a column (县水利局, 各乡镇)."""


class NamedDate(NamedTuple):
    """A name and a deadline with no sign of a list between them: where the name is, and where the deadline is.

    Attributes:
        name: Where the name begins and ends.
        date: Where the deadline begins and ends.
    """

    name: tuple[int, int]
    date: tuple[int, int]


@remembered
def name_and_date(words: str) -> NamedDate | None:
    """A unit and its deadline in one clause, None where words are not surely both.

    Example:
        >>> words = "县水利局2023年9月30日前完成"
        >>> (found := name_and_date(words)) and (words[slice(*found.name)], words[slice(*found.date)])
        ('县水利局', '2023年9月30日前完成')
        >>> name_and_date("县财政局：8月底前"), name_and_date("8月底前县财政局完成"), name_and_date("县财政局（8月底前）")
        (NamedDate(name=(0, 4), date=(5, 9)), NamedDate(name=(4, 8), date=(0, 4)), NamedDate(name=(0, 4), date=(5, 9)))
        >>> name_and_date("县水利局"), name_and_date("9月底前完成"), name_and_date("县水利局2023年预算")
        (None, None, None)
    """
    folded = fold_width(words)
    if len(words) > _LONGEST_WITH_NAME or len(folded) != len(words) or not _TIME.search(folded):
        return None
    opening = _BEFORE.match(folded)
    return _date_first(folded, opening) if opening else _name_first(folded)


def _date_first(words: str, opening: re.Match[str]) -> NamedDate | None:
    done = _DONE.search(words, opening.end())
    name = opening.end(), done.start() if done else len(words)
    return NamedDate(name, opening.span("date")) if _is_one_name(words[slice(*name)]) else None


def _name_first(words: str) -> NamedDate | None:
    for gap in _BEHIND.finditer(words, _SHORTEST_NAME):
        date = words[gap.end() :].rstrip("）) ")
        if _SURE.search(date) and is_deadline(date) and _is_one_name(words[: gap.start()]):
            return NamedDate((0, gap.start()), (gap.end(), gap.end() + len(date)))
    return None


def _is_one_name(words: str) -> bool:
    """Whether words are surely the name of one body, or of all bodies of a sort, and no verb is before it (报县财政局)."""
    plain = without_open_end(words)
    sure = is_unit_like(plain) or is_collective(plain) or kind_of(plain) in DEPARTMENT_KINDS
    if len(plain) < _SHORTEST_NAME or not sure or invalid_reason(plain):
        return False
    behind_a_verb = not plain.startswith(_OPENS_A_NAME) and any(sign in LEVELS for sign in plain[1:3])
    return not behind_a_verb or place_at(plain) is not None


@remembered
def is_deadline(words: str) -> bool:
    """Whether words are a deadline and nothing else.

    Example:
        >>> is_deadline("9月底前完成"), is_deadline("长期坚持"), is_deadline("县商务局")
        (True, True, False)
    """
    words = fold_width(words).strip("，,；;。、 ")
    return (
        0 < len(words) <= _LONGEST_DEADLINE
        and bool(_TIME.search(words))
        and not is_unit_like(words)
        and not _ENDS_LIKE_A_BODY.search(words)
        and not name_and_date(words)
    )
