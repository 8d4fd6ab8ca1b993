"""Who does what, in words: 甲局牵头，乙局配合 · 牵头单位：甲局；责任单位：乙局 · 甲局、乙局负责，9月底前完成.

One grammar for brackets, label lines, sentences and cells. Lists keep their places; `units` decides what they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import zip_longest

from pairing_graph.base.reference import mapping
from pairing_graph.base.text import NUMERALS, Span, brackets, split_list
from pairing_graph.kb.schema import ROLES
from pairing_graph.lexicon.levels import REGION_LEVELS
from pairing_graph.lexicon.patterns import one_of, one_of_role_verbs, one_of_roles
from pairing_graph.places.mentions import place_at
from pairing_graph.reading.behind_names import open_end
from pairing_graph.reading.kinds import known_kind
from pairing_graph.reading.name_lists import split_names
from pairing_graph.reading.names import are_units, body_of_titled, is_person
from pairing_graph.reading.options import Options
from pairing_graph.reading.prose.deadlines import is_deadline, name_and_date
from pairing_graph.reading.prose.labels import Label, find_labels
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.role_statements import Basis, RoleList, RoleStatement
from pairing_graph.reading.prose.rules import without_rule

_MANNER = (
    rf"(?:等?{one_of('role_words', 'by')}{one_of('role_words', 'own')}?{one_of('role_words', 'duty')}(?:职责)?(?:分工)?"
    rf"|{one_of('role_words', 'manner')})*"
)
_ABOVE = rf"以上(?:各|\d{{1,2}}|[{NUMERALS}]{{1,2}})?项?(?:工作|任务|事项)?(?:均|都)?"
"""What a bracket says that is meant for several items above it (以上3项由甲局负责)."""
_LEADING_WORDS = re.compile(rf"^(?:[；;，,。、：:\s]|{_ABOVE}(?=由)|{one_of('role_words', 'leading')})+")
_WITH = re.compile(rf"(?<=[\u4e00-\u9fff）)]){one_of('role_words', 'joined_by')}")
_JOINS = re.compile(rf"[，,；;、\s]*{one_of('role_words', 'joined_by')}")
_CLAUSE_END = re.compile(r"[；;。]")
_TITLED = re.compile(rf"{one_of('persons', 'title_ending')}(?:[\u4e00-\u9fff]{{2,3}})?$")
_BY_WHEN = (
    rf"(?:\d{{1,4}}[年月]|[{NUMERALS}]{{1,3}}月|{one_of('times', 'date')})[^，,；;。、）)\s]{{0,14}}?"
    rf"{one_of('times', 'ends_deadline')}(?:完成)?(?:$|[，,；;。、）)\s])"
)
"""A deadline right behind the verb that closes a list (县水利局负责9月底前完成)."""
_SHORTEST_PLACE = 2
"""Signs of a county's name that other words are full of (和县)."""


def read_roles(passage: Passage, options: Options, *, default: str = "") -> RoleStatement:
    """Read the roles, deadlines and leaders in a passage.

    Args:
        passage: The words inside of a bracket, a label line, a sentence, or a cell.
        options: Further heading words.
        default: The role of names that have none of their own (the role of the column), else they are left.

    Example:
        >>> from pairing_graph.kb.address import Address
        >>> place = Address("a", paragraph=1)
        >>> roles = read_roles(Passage("县商务局牵头，县财政局、县供销社配合，9月底前完成", place), Options())
        >>> [(one.role, one.names.text) for one in roles.lists], [one.text for one in roles.deadlines]
        ([('lead', '县商务局'), ('support', '县财政局、县供销社')], ['9月底前完成'])
        >>> roles = read_roles(Passage("牵头单位：县水利局；责任单位：各乡镇，完成时限：9月底", place), Options())
        >>> [(one.role, one.names.text) for one in roles.lists], [one.text for one in roles.deadlines]
        ([('lead', '县水利局'), ('responsible', '各乡镇')], ['9月底'])
    """
    cleaned, rule = without_rule(passage)
    roles = RoleStatement(rule=rule)
    labels = list(find_labels(_without_brackets(cleaned.text), options))
    first = labels[0].start if labels else len(cleaned.text)
    _read_unlabelled(cleaned.part(0, first), roles, default, "column" if default else "bare")
    for label, following in zip_longest(labels, labels[1:]):
        end = following.start if following else len(cleaned.text)
        _read_value(label, cleaned.part(label.end, end), roles)
    return roles


def verb_pattern() -> re.Pattern[str]:
    """The words that close a list of names (牵头, 按职责分工负责)."""
    return _verbs()


@cache
def _verbs() -> re.Pattern[str]:
    behind = f"(?:{one_of_roles()}|{one_of('role_words', 'behind')})*"
    return re.compile(
        rf"{_MANNER}(?P<core>{one_of_role_verbs()}){behind}(?=$|[，,；;。、）)】\]\s由]|[{REGION_LEVELS}各](?!级领导)|{_BY_WHEN})"
    )


def _read_value(label: Label, value: Passage, roles: RoleStatement) -> None:
    if label.meaning in ("leaders", "deadline"):
        value = _first_clause(value, roles)
    elif label.meaning in ROLES:
        value = _first_sentence(value, roles)
    trimmed = _trimmed(value)
    if label.meaning in ROLES:
        _read_unlabelled(value, roles, label.meaning, "label", label.region)
    elif not trimmed.text:
        return
    elif label.meaning == "deadline":
        roles.deadlines.append(trimmed)
    elif label.meaning == "leaders":
        roles.leaders.append(trimmed)
    elif label.meaning == "progress":
        roles.progress.append(trimmed)
    else:
        roles.others.append((label.meaning, trimmed))


def _first_clause(value: Passage, roles: RoleStatement) -> Passage:
    """A value up to the first semicolon; what follows it has no label of its own."""
    cut = _CLAUSE_END.search(value.text)
    if not cut or not value.text[: cut.start()].strip():
        return value
    _read_unlabelled(value.part(cut.end(), len(value.text)), roles, "", "bare")
    return value.part(0, cut.start())


def _last_comma(text: str) -> int:
    """Where the last clause of a labelled list begins: the part before it has no verb (责任单位：甲局、乙局，丙局配合)."""
    words = _without_brackets(text)
    if "、" not in words:
        return 0
    return max(words.rfind(sign) for sign in "，,；;") + 1


def _first_sentence(value: Passage, roles: RoleStatement) -> Passage:
    """A list up to the full stop; a sentence behind it that is no list is left."""
    cut = _without_brackets(value.text).find("。")
    behind = value.part(cut + 1, len(value.text))
    if cut < 0 or not _has_words(behind) or are_units([span.text for span in split_names(behind.text)]):
        return value
    roles.left.append(_trimmed(behind))
    return value.part(0, cut)


def _read_unlabelled(passage: Passage, roles: RoleStatement, default: str, basis: Basis, region: str = "") -> None:
    """Lists closed by a verb, and behind the last verb those of the default role."""
    start = 0
    for verb in _verbs().finditer(_without_brackets(passage.text)):
        names = passage.part(start, verb.start())
        cut = _last_comma(names.text) if default and not start else 0
        if cut and _has_words(names.part(0, cut)):
            _add_lists(names.part(0, cut), default, basis, roles, region)
            names = names.part(cut, len(names.text))
        if _has_words(names):
            _add_lists(names, _role_of(verb[0]), "verb", roles, region)
            start = verb.end()
    rest = passage.part(start, len(passage.text))
    if not _has_words(rest):
        return
    role = default or ("responsible" if start else "")
    _add_lists(rest, role, basis, roles, region)


def _without_brackets(text: str) -> str:
    """A text with its brackets blanked out; labels in 【】 are kept."""
    if "（" not in text and "(" not in text:
        return text
    signs = list(text)
    for span in brackets(text):
        if text[span.start] in "（(" and span.start:
            signs[span.start : span.end] = "〇" * (span.end - span.start)
    return "".join(signs)


def _role_of(verb: str) -> str:
    roles = {role for word, role in mapping("roles", "word", "role").items() if word in verb}
    return next(role for role in ("lead", "support", "responsible", "guide") if role in roles)


def _add_lists(names: Passage, role: str, basis: Basis, roles: RoleStatement, region: str) -> None:
    """One list of names; dates and persons with a title are taken out, and 会同 opens the list of those who join."""
    masked = list(names.text)
    unit_ends = len(names.text)
    for span in _clauses(names.text):
        words = open_end(span.text)
        both = name_and_date(span.text)
        if both:
            first, last = (span.start + place for place in both.date)
            roles.deadlines.append(names.part(first, last))
            name = slice(span.start + both.name[0], span.start + both.name[1])
            masked[span.start : span.end] = "；" * (span.end - span.start)
            masked[name] = names.text[name]
            unit_ends = name.stop
            continue
        if is_deadline(span.text):
            roles.deadlines.append(_trimmed(names.part(span.start, span.end)))
        elif (
            not words
            and is_person(span.text)
            and (_TITLED.search(span.text) or (role and names.text[unit_ends : span.start].isspace()))
        ):
            roles.leaders.append(names.part(span.start, span.end))
            kept = len(body_of_titled(span.text)) if basis == "column" else 0
            masked[span.start + kept : span.end] = "；" * (span.end - span.start - kept)
            unit_ends = span.end if kept else unit_ends
            continue
        else:
            unit_ends = span.end if known_kind(span.text) else len(names.text)
            continue
        masked[span.start : span.end] = "；" * (span.end - span.start)
    cleaned = Passage("".join(masked), names.address, names.offset)
    if not _has_words(cleaned):
        return
    if not role:
        roles.left.append(_trimmed(cleaned))
        return
    if _JOINS.match(cleaned.text):
        role = "support"
    joined = _WITH.search(cleaned.text)
    if joined and role in ("lead", "responsible"):
        roles.lists.append(RoleList(role, _trimmed(cleaned.part(0, joined.start())), basis, region))
        roles.lists.append(RoleList("support", _trimmed(cleaned.part(joined.end(), len(cleaned.text))), basis, region))
        return
    roles.lists.append(RoleList(role, _trimmed(cleaned), basis, region))


def _clauses(text: str) -> Iterable[Span]:
    return split_list(text, "，,；;。、\n \t")


def _has_words(passage: Passage) -> bool:
    start, end = _trimmed_bounds(passage.text)
    return bool(passage.text[start:end].strip())


def _trimmed(passage: Passage) -> Passage:
    return passage.part(*_trimmed_bounds(passage.text))


def _trimmed_bounds(text: str) -> tuple[int, int]:
    opening = _LEADING_WORDS.match(text)
    start = opening.end() if opening else 0
    place = place_at(text, start - 1) if start else None
    if place and len(place.name) > _SHORTEST_PLACE:  # 和平区 begins with no 和, but 和县财政局 does
        start -= 1
    return start, max(start, len(text.rstrip("；;，,。、：: \n\t")))
