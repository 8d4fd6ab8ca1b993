"""What a quantity measures: the words of its clause without the quantity, its limits, its time and who acts."""

from __future__ import annotations

import re

from pairing_graph.lexicon.patterns import one_of

_TIME = (
    r"(?:(?:到|至|在|于)?(?:(?:19|20)\d\d年(?:\d{1,2}月)?|“?十[三四五六]五”?|\d{1,2}月(?:\d{1,2}日)?|[今明本]年"
    r"|[一二三四]季度|年(?=[底末内中初前]))(?:底|末|内|中|初|期间|时期|上半年|下半年)?(?:[之以]?前)?|全年|每[年月季]度?)"
)
_OPENING = re.compile(rf"^(?:{_TIME}|[（(]?\d{{1,2}}[）).．、]|其中|[和及与并]|以及|[、，,;的共（\s])+")
_LIMIT = one_of("quantities", "bound", "remainder")
_BEHIND = re.compile(rf"^(?:{one_of('quantities', 'insert')}?{_LIMIT})?[内的\s]*")
_FILLER = re.compile(one_of("quantities", "not_metric"))
_FROM = re.compile(r"(?:由|从)[^，。；]{0,12}?\d[^，。；]{1,12}$")
_ENDING = re.compile(
    rf"(?:{one_of('quantities', 'before', 'reach', 'aspires', 'about', 'each')}|平均|最[高低]|达|[为至到由近超约的：:、\s（≥≤><])+$"
)
_TREND = re.compile(rf"{one_of('quantities', 'before_trend')}*{one_of('quantities', 'trend')}")
_GOAL = re.compile(one_of("quantities", "goal"))
_GOALS_FIRST = re.compile(rf"^(?:{one_of('quantities', 'goal')})+")
_ENDS_IN_VERB = re.compile(rf"(?:^|{one_of('quantities', 'goal')})[了各]?$")
_WHO = re.compile(rf"(?:、[^、]*|[各每][\u4e00-\u9fff]{{0,3}}|双方|(?<!城){one_of('quantities', 'place_noun')})$")
_NOUNS_BETWEEN = re.compile(r"、|以及|和(?!谐|解)|(?<!参)与(?!会)|(?<![普涉危触以])及(?![时格])")
_DESCRIBES = re.compile(rf"^(?:{_LIMIT})?的")
_STOP = re.compile(r"[，。；！？：（、\n;]|,(?!\d)")
_TRIM = "，,。；;、：的和与及 "
_NO_NOUN = re.compile(rf"^(?:$|[的并和及与或且用以由]|{one_of('quantities', 'goal', 'trend', 'change', 'served')})")
"""What may follow a quantity and is not what it counts: a verb, or a word that joins."""


def metric_of(own: str, behind: str, previous: str, counts: bool = False) -> str:
    """What is counted or measured: the words before the quantity, and the noun behind it.

    Args:
        own: The words of the clause before the quantity, from the target before it on.
        behind: The words behind it, to the next quantity.
        previous: The metric of the target before it in the sentence, empty if there is none.
        counts: Whether the unit is a measure word, which the noun may follow (8家企业), and no share (5%).

    Example:
        >>> metric_of("到2025年森林覆盖率提升至", "以上", ""), metric_of("培育", "以上龙头企业，", "", True)
        ('森林覆盖率', '培育龙头企业')
        >>> metric_of("增长", "以上", "固定资产投资"), metric_of("甲镇、乙镇各建设", "示范点", "")
        ('固定资产投资增长', '建设示范点')
    """
    before = _ENDING.sub("", _FROM.sub("", _OPENING.sub("", _FILLER.sub("", own))))
    noun = _BEHIND.sub("", _FILLER.sub("", behind))
    follows = counts and not _NO_NOUN.match(noun) and not _DESCRIBES.match(behind)
    after = _STOP.split(noun, maxsplit=1)[0]
    if previous and _TREND.fullmatch(before):
        return trend_of(previous, before)
    if previous and before and not after and not _GOALS_FIRST.sub("", before):
        return f"{before}{_GOALS_FIRST.sub('', previous)}"
    goal = _GOAL.search(before)
    if goal and _WHO.search(before[: goal.start()]) and (after or goal.end() < len(before)):
        before = before[goal.start() :]
    elif not goal and after and "、" in before:
        before = ""  # who or where is listed (甲镇、乙镇各1个站点), not what is counted
    whole = f"{before}{after}" if follows or _ENDS_IN_VERB.search(before) else before
    return whole.strip(_TRIM) or previous or _ENDING.sub("", _FILLER.sub("", own)).strip(_TRIM)


def trend_of(metric: str, trend: str) -> str:
    """How a metric is to move: 固定资产投资 and 增长 make 固定资产投资增长."""
    return metric if metric.endswith(trend) else f"{_GOALS_FIRST.sub('', metric)}{trend}"


def shared_out(names: str, count: int) -> list[str]:
    """The metrics before 分别 one by one, where there are as many as quantities behind it.

    Example:
        >>> shared_out("自来水普及率、规模化供水率", 2), shared_out("两率", 2)
        (['自来水普及率', '规模化供水率'], [])
    """
    nouns = [noun.strip(_TRIM) for noun in _NOUNS_BETWEEN.split(_OPENING.sub("", _FILLER.sub("", names)))]
    return nouns if len(nouns) == count else []
