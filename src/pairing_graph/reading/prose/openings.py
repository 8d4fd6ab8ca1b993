"""What opens the duties of a body, in the four forms that notices have.

（一）县教育局。 · 县水利局：负责… · 县公安局  负责… · 第五条 县水利局负责…

Grammar of one paragraph; `duties` decides by its neighbours whether it is meant so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pairing_graph.base.text import fold_width, squeeze
from pairing_graph.lexicon.levels import LEVELS
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.behind_names import split_qualifier, without_open_end
from pairing_graph.reading.kinds import collective_words, is_collective, kind_of, line_of, wide_brackets
from pairing_graph.reading.name_lists import split_names
from pairing_graph.reading.names import invalid_reason, is_unit_like
from pairing_graph.reading.prose.passage import Passage

Form = Literal["line", "colon", "stop", "gap", "sentence"]
_SIGN = re.compile(r"[：:]|。|[ \t\u3000]+|$")
_BAR = re.compile(r"[|｜│]")
"""A row of a table that was not understood as one: not to be guessed at here."""
_FORMS: dict[str, Form] = {"：": "colon", ":": "colon", "。": "stop"}
_OF_UNIT = re.compile(rf"的?{one_of('duties', 'of_unit')}$")
_WORDS = r"(?=[\u4e00-\u9fff“《\d])"
_AS = r"(?:(?:作为|是)[^，。；：]{2,30}[，,])?"
"""县水利局是水行政主管部门，负责…; thirty characters hold the longest of such descriptions."""
_PERSON = r"(?!负责(?:同志|人(?![民员才口力事防居工])))"
"""负责人 is a person, but for 负责人民调解, 负责人员疏散 and the like."""
_MANNER = f"{_AS}{one_of('duties', 'manner')}*{_PERSON}"
DOES = re.compile(f"{_MANNER}{one_of('duties', 'does')}{_WORDS}")
"""Words that say what a body does, wherever they stand behind its name."""
_BY_DUTY = re.compile(
    f"{_AS}{one_of('role_words', 'by')}照?{one_of('role_words', 'own')}?的?{one_of('role_words', 'duty')}(?:分工|范围)?[，,]?{_WORDS}"
)
"""县公安局依照各自职责，做好…: says what named bodies do; of 各有关部门 it is a phrase."""
ACTS = re.compile(f"{_MANNER}{one_of('duties', 'does', 'acts')}{_WORDS}|{_BY_DUTY.pattern}")
"""Words that say so in a section of duties."""
LEADS = re.compile(rf"(?:^|[，,。；;：:、]|{one_of('duties', 'does', 'manner')}|并|和){one_of('duties', 'leads')}")
_HEADING = one_of("duties", "heading")
_NAMES_DUTIES = re.compile(_HEADING)
_CLAUSE_SIGN = re.compile("[，。；：,;]")
_TITLE = re.compile(rf"{_HEADING}{one_of('duties', 'heading_tail')}*$")
_LISTED = re.compile(rf"{_HEADING}.*{one_of('duties', 'listed_below')}|{one_of('duties', 'listed_below')}.*{_HEADING}")
_BRACKET_BEHIND = re.compile(r"[（(][^（()）]{1,8}[）)]$")
_GENERAL = re.compile(
    rf"(?!{one_of('names', 'all')}|{one_of('names', 'others')}|[{LEVELS}]).*{one_of('names', 'general_body')}$"
)
"""A body by its nature (供水单位), which no list of a notice means by name."""
_NO_BODY = re.compile(rf"[由的]|^{one_of('duties', 'no_body', 'does')}")
"""本办法由县水利局 is no name, nor are 改造提升农贸市场 and 负责噪声的查处."""
_GENERAL_ENDING = re.compile(f"{one_of('names', 'general_body')}$")
_OF_A_LINE = re.compile(f"(?:行政|主管)*{_GENERAL_ENDING.pattern}")
_LONGEST_COLLECTIVE = 6
"""Characters of a collective that is in no table: 各村民委员会 and the like."""
_LONGEST_TITLE = 40
"""Characters of a heading; the same as for other headings."""
_LONGEST_ANNOUNCEMENT = 100
"""Characters of a sentence that announces the list below it."""
_LONGEST_NAME = 20
"""Characters of a name in a sentence, where nothing but its length tells it from a clause."""
_LONGEST_HEAD = 150
"""Characters of a list of bodies: about fifteen names."""
_LONGEST_UNKNOWN = 8
"""Characters of a body of an unknown kind; longer words are a heading of another sort."""
_MOST_SIGNS = 4
"""Signs looked at for the end of the names: a number, a blank in a name, and the one that ends them."""


@dataclass(frozen=True)
class Opening:
    """A paragraph that begins with bodies and what they do.

    Attributes:
        names: The list of bodies.
        behind: The words behind it, empty where the bodies are a heading.
        form: How the two are kept apart.
        strong: Whether the words behind say what a body does.
        sure: Whether the names are surely bodies.
        general: Whether all of them are collective (各有关部门).
        known: Whether all of them are of a known kind.
    """

    names: Passage
    behind: Passage
    form: Form
    strong: bool
    sure: bool
    general: bool
    known: bool = True


def read_opening(body: Passage) -> Opening | None:
    """The bodies that a paragraph begins with and what is said of them, None where it begins otherwise.

    Args:
        body: The paragraph without its number.

    Example:
        >>> from pairing_graph.kb.address import Address
        >>> place = Address("a", paragraph=1)
        >>> found = read_opening(Passage("县公安局、县交通运输局：负责查处超载；负责宣传。", place))
        >>> found.form, found.names.text, found.behind.text
        ('colon', '县公安局、县交通运输局', '负责查处超载；负责宣传。')
        >>> [read_opening(Passage(text, place)).form for text in ("司法所职责", "县水利局  负责防汛。", "县水利局负责防汛。")]
        ['line', 'gap', 'sentence']
        >>> read_opening(Passage("县水利局局长负责防汛。", place)), read_opening(Passage("县政府决定负责到底。", place))
        (None, None)
    """
    if _BAR.search(body.text[:_LONGEST_HEAD]):
        return None
    return _set_apart(body) or _in_a_sentence(body)


def is_title(text: str) -> bool:
    """Whether a paragraph heads or announces a section of duties.

    Example:
        >>> [is_title(text) for text in ("各部门职责", "现将各单位职责分工明确如下：", "要认真履行职责，确保落实。")]
        [True, True, False]
    """
    words = squeeze(text)
    plain = _BRACKET_BEHIND.sub("", words.rstrip("：:。"))
    if len(plain) <= _LONGEST_TITLE and not _CLAUSE_SIGN.search(plain) and _TITLE.search(plain):
        return True
    if len(words) > _LONGEST_ANNOUNCEMENT or not _NAMES_DUTIES.search(words):
        return False
    return words.endswith(("：", ":")) or bool(_LISTED.search(words) and words.endswith("。"))


def _set_apart(body: Passage) -> Opening | None:
    """Bodies kept apart from what follows by a colon, a full stop, blanks or the end of the line."""
    text = body.text
    for sign in list(_SIGN.finditer(text[: _LONGEST_HEAD + 1]))[:_MOST_SIGNS]:
        words = text[: sign.start()]
        end = next((end for end in _ends(words) if bodies(words[:end])), 0)
        behind = body.part(sign.end(), len(text))
        form = _FORMS.get(sign[0], "gap") if behind.text else "line"
        if form == "line" and end < len(words) and _GENERAL_ENDING.search(words[:end]):
            return None  # 各部门职责 heads the duties of many
        if end and (form != "gap" or ACTS.match(behind.text)):
            return _opening(body.part(0, end), behind, form)
        if not end and form != "gap" and _may_be_a_body(words):
            return Opening(
                body.part(0, len(words)), behind, form, bool(DOES.match(behind.text)), False, False, known=False
            )
    return None


def _may_be_a_body(words: str) -> bool:
    """Whether a heading may be a body of a kind that nobody knows; its neighbours have to bear it out."""
    reason = invalid_reason(words) if len(words) <= _LONGEST_UNKNOWN else "not_a_name"
    return reason == "unknown_kind" and not ACTS.search(f"{words}的") and not _TITLE.search(words)


def _ends(words: str) -> list[int]:
    """Where the names may end: with the words, or before a 职责 behind them."""
    behind = _OF_UNIT.search(words)
    return [len(words), behind.start()] if behind else [len(words)]


def _in_a_sentence(body: Passage) -> Opening | None:
    for verb in ACTS.finditer(body.text[: _LONGEST_HEAD + 1], 2):
        if bodies(body.text[: verb.start()]):
            return _opening(body.part(0, verb.start()), body.part(verb.start(), len(body.text)), "sentence")
    return None


def _opening(names: Passage, behind: Passage, form: Form) -> Opening:
    listed = bodies(names.text)
    sure = sum(map(is_unit_like, listed)) * 2 >= len(listed)
    general = all(map(is_collective, listed))
    strong = bool(DOES.match(behind.text) or (not general and _BY_DUTY.match(behind.text)))
    return Opening(names, behind, form, strong, sure, general)


def bodies(words: str) -> Sequence[str]:
    """The names of a list in which every one is a body, none where one of them is not.

    Example:
        >>> bodies("县公安局、司法所"), bodies("工作要求"), bodies("供水单位"), bodies("县公安局、")
        (['县公安局', '司法所'], [], [], [])
    """
    if words[-1:] in tuple("、，,和及与") or len(words) > _LONGEST_HEAD:
        return []
    names = [span.text for span in split_names(words)]
    plain = [without_open_end(name) for name in names]
    return plain if all(map(_is_body, plain)) else []


def _is_body(name: str) -> bool:
    base = split_qualifier(fold_width(name))[0]
    if len(base) > _LONGEST_NAME or invalid_reason(name) or (_GENERAL.match(base) and not _of_a_line(base)):
        return False
    if _NO_BODY.search(base) or "由" in base:
        return False
    return not is_collective(base) or _is_plain_collective(name, base)


def _of_a_line(name: str) -> bool:
    """Whether a department is called by its line alone (民政部门, 教育行政部门)."""
    return bool(line_of(f"{_OF_A_LINE.sub('', name)}局"))


def _is_plain_collective(name: str, base: str) -> bool:
    """Whether a collective is nothing but one; what begins like one may be a whole sentence (各镇负责辖区内…)."""
    if ACTS.search(base) or _OF_UNIT.search(base):
        return False
    known = wide_brackets(name) in collective_words() or kind_of(base) != "other"
    return known or bool(_GENERAL_ENDING.search(base)) or len(base) <= _LONGEST_COLLECTIVE
