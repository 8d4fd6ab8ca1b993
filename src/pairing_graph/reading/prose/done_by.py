"""Who does it and what, in one clause: 由甲局负责维修学校 · 5月底前，由甲局会同乙局完善平台.

The clause opens a sentence; in other places 由 has too many other senses to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pairing_graph.kb.schema import DEPARTMENT_KINDS
from pairing_graph.lexicon.patterns import one_of, one_of_roles
from pairing_graph.reading.kinds import collective_words, kind_of, line_of
from pairing_graph.reading.names import is_unit_like
from pairing_graph.reading.prose.deadlines import is_deadline
from pairing_graph.reading.prose.openings import ACTS, DOES, bodies
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.role_statements import RoleList, RoleStatement

_BY = rf"{one_of('role_words', 'this_task')}?由(?!于)"
_OPENS = re.compile(rf"\s*(?:(?P<by_when>[^，,。；;由]{{2,24}})[，,]?\s*)?{_BY}")
_DATE_ALONE = re.compile(rf"\s*(?P<by_when>[^，,。；;由]{{2,24}})[，,]?\s*(?={_BY})")
_BEFORE_CLAUSE = r"(?:^|(?<=[，,；;。：:.．）)\s前]))"
_HEAD = re.compile(f"{_BEFORE_CLAUSE}{_BY}")
_ANY_HEAD = re.compile(rf"{_BEFORE_CLAUSE}(?:{_BY})?(?=[\u4e00-\u9fff])")
_ENDS_IN_TIME = re.compile(f"{one_of('times', 'ends_deadline')}(?:完成)?$")
_WITH = re.compile(one_of("role_words", "joined_by"))
_LEADS = re.compile(one_of_roles("lead"))
_SAYS_WHO = re.compile(f"{one_of_roles('lead')}|{one_of_roles('responsible')}|{one_of('role_words', 'joined_by')}")
_ANSWERS = re.compile(one_of_roles("responsible"))
_NOT_HERE = re.compile(one_of("table_words", "no_role_here"))
_CLAUSE_END = re.compile(r"[，,。；;！？\n]")
_GOES_ON = re.compile(r"[、和及与等（(的]|$")
"""What no list of names ends before, and the end of the clause, behind which nothing is to be done."""
_TITLE = re.compile(one_of("persons", "title"))
_LONGEST_CLAUSE = 80
"""Characters behind 由 that are searched for the end of the names: six names and a verb."""
_LONGEST_NAME = 20
"""Characters of a name in a sentence, where nothing but its length tells it from a clause."""


@dataclass(frozen=True)
class DoneBy:
    """The head of a sentence that says who does what follows.

    Attributes:
        end: Where what is to be done begins.
        roles: Who does it, and by when.
        assumed: Whether no word gives the role (由甲局会同乙局完善平台).
    """

    end: int
    roles: RoleStatement
    assumed: bool


def done_by(passage: Passage, start: int, end: int) -> DoneBy | None:
    """What a sentence that 由 opens says of who does it, None where it says nothing surely.

    Example:
        >>> from pairing_graph.kb.address import Address
        >>> place = Address("a", paragraph=1)
        >>> found = done_by(text := Passage("5月底前，由县水利局会同县气象局完善平台。", place), 0, len(text.text))
        >>> [(one.role, one.names.text) for one in found.roles.lists], found.roles.deadlines[0].text, text.text[found.end :]
        ([('responsible', '县水利局'), ('support', '县气象局')], '5月底前', '完善平台。')
        >>> done_by(Passage("由于县水利局负责维修。", place), 0, 11)
    """
    opened = _OPENS.match(passage.text, start, end)
    if not opened or (opened["by_when"] and not is_time_limit(opened["by_when"])):
        return None
    stop = min(end, opened.end() + _LONGEST_CLAUSE)
    for names, verb in _subjects(passage.text[opened.end() : stop]):
        roles = RoleStatement(_lists(passage.part(opened.end(), opened.end() + names), _role_of(verb)))
        if opened["by_when"]:
            roles.deadlines.append(passage.part(*opened.span("by_when")))
        return DoneBy(opened.end() + names + len(verb), roles, not verb)
    return None


def date_before(passage: Passage, start: int, by: int) -> Passage | None:
    """The deadline that opens a sentence before 由 (5月底前，由县水利局牵头), None where there is no other.

    Example:
        >>> from pairing_graph.kb.address import Address
        >>> date_before(Passage("5月底前，由县水利局牵头。", Address("a", paragraph=1)), 0, 5).text
        '5月底前'
    """
    found = _DATE_ALONE.match(passage.text, start)
    if not found or found.end() != by or not is_time_limit(found["by_when"]):
        return None
    return passage.part(*found.span("by_when"))


def clauses_by(text: str, *, in_task: bool = False) -> Iterator[str]:
    """The clauses of a text that say who does what, wherever they stand: those that 由 opens, in a task also others.

    Example:
        >>> list(clauses_by("经审核，由县教育局负责维修学校2所。")), list(clauses_by("由县到乡推进。"))
        (['由县教育局负责维修学校2所'], [])
        >>> list(clauses_by("维修学校，县财政局负责落实资金。", in_task=True))
        ['县财政局负责落实资金']
    """
    if not _SAYS_WHO.search(text):
        return
    for opened in (_ANY_HEAD if in_task else _HEAD).finditer(text):
        clause = _CLAUSE_END.split(text[opened.end() : opened.end() + _LONGEST_CLAUSE], maxsplit=1)[0]
        joined = _WITH.search(clause, 2)
        if next(_subjects(clause), None) or (joined and _are_sure(clause[: joined.start()])):
            end = _CLAUSE_END.search(text, opened.end())
            yield text[opened.start() : end.start() if end else len(text)].strip()


def is_time_limit(words: str) -> bool:
    """Whether words say by when and no more: 2022年以来 and 长期以来 do not.

    Example:
        >>> is_time_limit("2023年4月20日前"), is_time_limit("长期以来")
        (True, False)
    """
    return is_deadline(words) and bool(_ENDS_IN_TIME.search(words))


def _subjects(text: str) -> Iterator[tuple[int, str]]:
    """Where the names at the head of a clause end, and the verb behind them that gives their role, empty for 会同 alone."""
    clause = _CLAUSE_END.split(text, maxsplit=1)[0]
    for verb in DOES.finditer(clause, 2):
        known = _LEADS.search(verb[0]) or _ANSWERS.search(verb[0])
        if known and not _NOT_HERE.match(clause, verb.end()) and _are_bodies(clause[: verb.start()]):
            yield verb.start(), verb[0]
            return
    joined = _WITH.search(clause, 2)
    if joined and _are_bodies(clause[: joined.start()]):
        end = _end_of_names(clause, joined.end())
        if end:
            yield end, ""


def _end_of_names(clause: str, start: int) -> int:
    """Where a list ends that no verb of a role closes: behind a body of a known line, or before a verb; 0 where neither."""
    ends = [end for end in range(start + 2, len(clause)) if _may_end(clause, end) and _last_is_known(clause[start:end])]
    for end in reversed(ends):
        if _are_bodies(clause[start:end]):
            return end
    verbs = (verb.start() for verb in ACTS.finditer(clause, start + 2))
    return next((end for end in verbs if _may_end(clause, end) and _are_bodies(clause[start:end])), 0)


def _may_end(clause: str, end: int) -> bool:
    return not (_GOES_ON.match(clause, end) or _TITLE.match(clause, end))


def _last_is_known(names: str) -> bool:
    last = re.split("[、和及与]", names)[-1]
    return 2 < len(last) <= _LONGEST_NAME and bool(line_of(last) or last in collective_words())


def _are_bodies(words: str) -> bool:
    """Whether words are lists of bodies, on both sides of a 会同, one of each surely so."""
    return all(_are_sure(side) for side in _WITH.split(words, maxsplit=1))


def _are_sure(words: str) -> bool:
    names = bodies(words)
    return any(is_unit_like(name) or kind_of(name) in DEPARTMENT_KINDS for name in names)


def _lists(names: Passage, role: str) -> list[RoleList]:
    joined = _WITH.search(names.text)
    if not joined:
        return [RoleList(role, names, "verb")]
    with_them = names.part(joined.end(), len(names.text))
    return [RoleList(role, names.part(0, joined.start()), "verb"), RoleList("support", with_them, "verb")]


def _role_of(verb: str) -> str:
    return "lead" if _LEADS.search(verb) else "responsible"
