"""Who does what, in words: 甲局牵头，乙局配合 · 牵头单位：甲局；责任单位：乙局 · 甲局、乙局负责，9月底前完成.

One grammar for brackets, label lines, sentences and cells. Lists keep their places; `units` decides what they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from typing import Literal

from pairing_graph.base.reference import mapping
from pairing_graph.base.remembered import remembered
from pairing_graph.base.text import NUMERALS, Span, brackets, fold_width, split_list
from pairing_graph.lexicon.levels import LEVELS, REGION_LEVELS
from pairing_graph.lexicon.patterns import (
    composed_headings,
    heading_rows,
    one_of,
    one_of_role_verbs,
    one_of_roles,
    role_words,
    vocabulary,
)
from pairing_graph.places.mentions import place_at
from pairing_graph.reading.behind_names import open_end
from pairing_graph.reading.kinds import known_kind
from pairing_graph.reading.name_lists import body_names, split_names
from pairing_graph.reading.names import are_units, body_of_titled, is_person, is_unit_like, may_be_body
from pairing_graph.reading.options import Options
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.rules import without_rule
from pairing_graph.reading.tables.headings import Meaning, meaning_of

Basis = Literal["label", "verb", "bare", "column"]
ROLES = ("lead", "responsible", "support", "guide")
_LABELS = (*ROLES, "leaders", "deadline", "progress", "remark", "task", "area", "goal")
_UNIT_START = rf"(?=[{LEVELS}各](?!级|直|领导))"
_BEFORE_LABEL = r"(?:^|(?<=[；;，,。、\s（(【\[])|(?<=[\u4e00-\u9fff]))"
_REGION_OR_LEVEL = (
    rf"(?:[\u4e00-\u9fff]{{2,7}}?[{REGION_LEVELS}]|[省市区县][级直]|{one_of('role_words', 'before_label')})?"
)
_MANNER = (
    rf"(?:等?{one_of('role_words', 'by')}{one_of('role_words', 'own')}?{one_of('role_words', 'duty')}(?:职责)?(?:分工)?"
    rf"|{one_of('role_words', 'manner')})*"
)
_ABOVE = rf"以上(?:各|\d{{1,2}}|[{NUMERALS}]{{1,2}})?项?(?:工作|任务|事项)?(?:均|都)?"
"""What a bracket says that is meant for several items above it (以上3项由甲局负责)."""
_LEADING_WORDS = re.compile(rf"^(?:[；;，,。、：:\s]|{_ABOVE}(?=由)|{one_of('role_words', 'leading')})+")
_WITH = re.compile(rf"(?<=[\u4e00-\u9fff）)]){one_of('role_words', 'joined_by')}")
_JOINS = re.compile(rf"[，,；;、\s]*{one_of('role_words', 'joined_by')}")
_LABEL_NOUNS = vocabulary("role_words", "label_noun")
_MAY_LABEL = re.compile(rf"[：:】\]]|{one_of('role_words', 'label_noun')}")
_TIME = re.compile(rf"\d\s*年|\d\s*月|{one_of('times', 'deadline')}|[{NUMERALS}]月")
_CLAUSE_END = re.compile(r"[；;。]")
_ENDS_LIKE_A_BODY = re.compile(r"[局委办镇乡部院](?:、|$)|街道|中心")
_TITLED = re.compile(rf"{one_of('persons', 'title_ending')}(?:[\u4e00-\u9fff]{{2,3}})?$")
_SHORTEST_PLACE = 2
"""Signs of a county's name that other words are full of (和县)."""
_BEFORE_AN_ENDING = 4
"""Characters before the listed word that ends a label with a colon (挂帅领导：): two words of two."""
_LONGEST_DEADLINE = 24
"""Characters of a deadline; longer words say what is to be done as well."""


@dataclass(frozen=True)
class RoleList:
    """A list of names in one role.

    Attributes:
        role: lead, responsible or support.
        names: The words of the list.
        basis: How the role is given.
        region: The region that a label or a column names.
    """

    role: str
    names: Passage
    basis: Basis = "column"
    region: str = ""


@dataclass
class RoleStatement:
    """Roles, deadlines and more, as stated for a task in a bracket, a label line, a sentence or a cell.

    Attributes:
        lists: Who does it.
        deadlines: By when.
        leaders: The persons in charge.
        progress: What is reported.
        others: Values of further labels, by what they mean.
        rule: Whether it states that the first one listed leads.
        left: Words that the grammar does not take.
    """

    lists: list[RoleList] = field(default_factory=list)
    deadlines: list[Passage] = field(default_factory=list)
    leaders: list[Passage] = field(default_factory=list)
    progress: list[Passage] = field(default_factory=list)
    others: list[tuple[Meaning, Passage]] = field(default_factory=list)
    rule: bool = False
    left: list[Passage] = field(default_factory=list)

    @property
    def bodies(self) -> list[str]:
        """The names of all lists, shared endings added."""
        return [name for one in self.lists for name in body_names(one.names.text)]

    @property
    def empty(self) -> bool:
        """Whether it contains nothing about a task."""
        return not (self.lists or self.deadlines or self.leaders or self.progress)


@dataclass(frozen=True)
class _Label:
    meaning: Meaning
    start: int
    end: int
    region: str = ""


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


def find_labels(text: str, options: Options) -> Iterator[_Label]:
    """The labels of a text (牵头单位：), with what they mean; a label without a colon counts where a unit follows.

    Example:
        >>> [label.meaning for label in find_labels("牵头单位：县水利局；完成时限：9月底", Options())]
        ['lead', 'deadline']
    """
    folded = fold_width(text).replace("﹕", "：")
    if not _MAY_LABEL.search(folded):
        return
    position = 0
    for match in _label_pattern(options.heading_words).finditer(folded):
        if match.start() < position or not _is_label(match, folded):
            continue
        meaning = meaning_of(match["word"], options)
        if meaning == "unknown" and match["word"] in mapping("roles", "word", "role"):
            meaning = mapping("roles", "word", "role")[match["word"]]  # type: ignore[assignment]
        if meaning in _LABELS:
            region = match["region"] or ""
            named = region if len(region) > 2 and region[-1] in REGION_LEVELS else ""
            yield _Label(meaning, match.start(), match.end(), named)
            position = match.end()


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
    )


def verb_pattern() -> re.Pattern[str]:
    """The words that close a list of names (牵头, 按职责分工负责)."""
    return _verbs()


@cache
def _verbs() -> re.Pattern[str]:
    behind = f"(?:{one_of_roles()}|{one_of('role_words', 'behind')})*"
    return re.compile(
        rf"{_MANNER}(?P<core>{one_of_role_verbs()}){behind}(?=$|[，,；;。、）)】\]\s由]|[{REGION_LEVELS}各](?!级领导))"
    )


@cache
def _label_pattern(further: tuple[tuple[str, str, str], ...]) -> re.Pattern[str]:
    rows = [*further, *heading_rows()]
    listed = {word for word, meaning, _ in rows if meaning in _LABELS} | set(role_words())
    endings = {word for word, meaning, match in rows if meaning in _LABELS and match != "exact"}
    longer = rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{1,{_BEFORE_AN_ENDING}}}(?:{composed_headings()}|{_any(endings)})(?=\s*[：:])"
    word = f"{composed_headings()}|{_any(listed)}|{longer}"
    return re.compile(
        rf"{_BEFORE_LABEL}[【\[]?(?P<region>{_REGION_OR_LEVEL})(?P<word>{word})(?P<order>[一二三1-3])?[】\]]?"
        rf"(?P<sign>\s*[：:]\s*|为{_UNIT_START}|(?<=[】\]])|[ \u3000]+(?=[^ \u3000\d])|{_UNIT_START})"
    )


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def _is_label(match: re.Match[str], text: str) -> bool:
    """A word of a label counts with a colon; without one only at the head of a clause and where it names units."""
    before = text[: match.start()]
    at_head = not before or before[-1] in "；;，,。（(【[ \n\t"
    if "：" in match["sign"] or ":" in match["sign"] or match[0].endswith(("】", "]")):
        return True
    return at_head and match["word"].endswith(_LABEL_NOUNS)


def _read_value(label: _Label, value: Passage, roles: RoleStatement) -> None:
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


def names_units(roles: RoleStatement, *, all_of_them: bool) -> bool:
    """Whether the lists name units: one of them at least, or every one.

    Example:
        >>> from pairing_graph.kb.address import Address
        >>> names_units(read_roles(Passage("由专人负责", Address("a", paragraph=1)), Options()), all_of_them=False)
        False
    """
    names = [span.text for one in roles.lists for span in split_names(one.names.text)]
    return are_units(names) if all_of_them else any(is_unit_like(name) for name in names)


def names_bodies(roles: RoleStatement) -> bool:
    """Whether every name of the lists may be a body, whatever it ends in, and one at least is known to be one.

    Example:
        >>> from pairing_graph.kb.address import Address
        >>> place = Address("a", paragraph=1)
        >>> [names_bodies(read_roles(Passage(words, place), Options())) for words in ("财政所、税务总局负责", "由专人负责")]
        [True, False]
    """
    names = roles.bodies
    return bool(names) and any(map(known_kind, names)) and all(map(may_be_body, names))
