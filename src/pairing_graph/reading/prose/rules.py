"""The rule that the first one listed leads (列第一位的为牵头单位，下同): who states it, and the text without it."""

from __future__ import annotations

import re
from dataclasses import replace

from pairing_graph.base.reference import mapping
from pairing_graph.lexicon.patterns import one_of, one_of_roles
from pairing_graph.reading.prose.passage import Passage

_FIRST = f"{one_of('role_words', 'first')}{one_of('role_words', 'place_in_list')}?"
_LEADS = f"{one_of_roles('lead')}(?:责任)?(?:单位|部门)?"
_STATED = re.compile(
    rf"{_FIRST}[^，。；（）()\n]{{0,12}}?{one_of('role_words', 'is')}{{0,2}}[^，。；（）()\n]{{0,3}}{_LEADS}"
    rf"|{_LEADS}(?:为|是|系)[^，。；（）()\n]{{0,10}}{_FIRST}"
)
_REST = re.compile(rf"[，,；;、]?\s*{one_of('role_words', 'the_rest_is')}(?P<role>{one_of_roles()})")
_CLAUSE_ENDS = "，,。；;（）()【】\n：:"
_SAME_BELOW = re.compile(
    rf"[，,；;、]?\s*(?:{one_of('role_words', 'same_below')}|{one_of('role_words', 'the_rest_is')}[^，。；（）()]{{2,8}})"
)
_BESIDE_THE_RULE = 8
"""Characters that a bracket may hold besides the rule and still be taken out whole."""
_BRACKETED = re.compile(r"[（(【][^（）()【】]*[）)】]")


def states_first_leads(text: str) -> bool:
    """Whether a text states that the first unit of a list leads.

    Example:
        >>> states_first_leads("责任单位（列第一位的为牵头单位，下同）"), states_first_leads("排在首位的为牵头部门")
        (True, True)
        >>> states_first_leads("第一个单位为牵头单位。"), states_first_leads("牵头单位要抓好第一季度的工作")
        (True, False)
    """
    return bool(_STATED.search(text))


def role_of_the_rest(text: str) -> str:
    """The role that the rule gives those after the first one, empty where it says nothing of them.

    Example:
        >>> role_of_the_rest("列第一位的为牵头单位，其余为配合单位。"), role_of_the_rest("列第一位的为牵头单位，下同")
        ('support', '')
    """
    for match in _STATED.finditer(text):
        rest = _REST.match(text, match.end())
        if rest:
            return mapping("roles", "word", "role").get(rest["role"], "")
    return ""


def without_rule(passage: Passage) -> tuple[Passage, bool]:
    """A passage with the clause that states the rule blanked out, and whether there was one.

    Blanked out means written over with `；`, so that places stay what they are.

    Example:
        >>> from pairing_graph.kb.address import Address
        >>> cell = Passage("县发改局、县财政局（列第一位的为牵头单位，下同）", Address("a", table=1, row=2, column=3))
        >>> without_rule(cell)[0].text.rstrip("；"), without_rule(cell)[1]
        ('县发改局、县财政局', True)
    """
    text = passage.text
    match = _STATED.search(text)
    if not match:
        return passage, False
    start, end = match.span()
    while start and text[start - 1] not in _CLAUSE_ENDS:
        start -= 1
    same = _SAME_BELOW.match(text, end)
    end = same.end() if same else end
    for bracket in _BRACKETED.finditer(text):
        inside = text[bracket.start() + 1 : bracket.end() - 1]
        if bracket.start() < match.start() < bracket.end() and len(inside) <= end - start + _BESIDE_THE_RULE:
            start, end = min(start, bracket.start()), max(end, bracket.end())
    return replace(passage, text=text[:start] + "；" * (end - start) + text[end:]), True
