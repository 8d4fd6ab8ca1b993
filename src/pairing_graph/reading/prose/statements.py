"""Find role statements in running text: in a bracket, behind labels, or in a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Literal

from pairing_graph.base.text import brackets, leading_number
from pairing_graph.kb.schema import ROLES
from pairing_graph.lexicon.patterns import one_of, one_of_role_verbs
from pairing_graph.reading.behind_names import open_end
from pairing_graph.reading.kinds import kind_of, known_kind
from pairing_graph.reading.name_lists import body_names, split_names
from pairing_graph.reading.names import are_units, may_be_body
from pairing_graph.reading.options import Options
from pairing_graph.reading.prose.deadlines import is_deadline, name_and_date
from pairing_graph.reading.prose.done_by import date_before, done_by
from pairing_graph.reading.prose.labels import find_labels
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.role_statements import RoleList, RoleStatement, names_bodies, names_units
from pairing_graph.reading.prose.roles import read_roles, verb_pattern

Form = Literal["bracket", "labels", "sentence"]
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_DOUBLED_STOP = re.compile(r"([。；])[。；，]+")
_LONGEST_NAME = 20
"""Characters of a name in a sentence, where nothing but its length tells it from a clause."""
_LONGEST_CLAUSE = 600
"""Characters of a clause that 由 opens; what is longer is no clause but a text without full stops."""
_MOST_VERBS = 12
"""Verbs of such a clause that are tried for its end, the last one first."""
_MOST_OPENED = 20
"""由 of one sentence that are tried; a sentence with more is a list without full stops."""
_LONGEST_LIST = 60
"""Characters between 由 and the verb."""
_DONE_BY = f"(?:{one_of_role_verbs()}|{one_of('role_words', 'behind')})"
_BY = re.compile(
    rf"(?:^|(?<=[，,；;。：:])){one_of('role_words', 'this_task')}?由(?=[^，。；]{{2,{_LONGEST_LIST}}}{_DONE_BY})"
)
_BY_INSIDE = re.compile(rf"(?<=[\u4e00-\u9fff])由(?=[^，。；]{{2,{_LONGEST_LIST}}}{_DONE_BY})")
"""由 behind what is to be done (水源地的监管由市生态环境局牵头), where sure units follow."""
_LIST_SIGN = re.compile("[、，,；;]")
_ROLE_LABELS = (*ROLES, "leaders")
_SURE_DEADLINE = re.compile(one_of("times", "sure_deadline"))


@dataclass(frozen=True)
class Statement:
    """A stretch of text that names who does a task, or its deadline.

    Attributes:
        start: Where it begins in the passage.
        end: Where it ends.
        roles: Its content.
        form: How it is written.
        assumed: Whether the role is assumed because no word gives it.
    """

    start: int
    end: int
    roles: RoleStatement
    form: Form
    assumed: bool = False


def find_statements(passage: Passage, options: Options) -> list[Statement]:
    """The statements in a passage, in their order.

    Example:
        >>> from pairing_graph.kb.address import Address
        >>> text = "完善仓储设施（含冷库）。（县商务局、县供销社负责）"
        >>> found = find_statements(Passage(text, Address("a", paragraph=1)), Options())
        >>> [(one.form, one.roles.lists[0].names.text) for one in found]
        [('bracket', '县商务局、县供销社')]
    """
    text = passage.text
    found = [one for span in brackets(text) if (one := _bracket(passage, span.start, span.end, options))]
    taken = [(one.start, one.end) for one in found]
    found += _labels(passage, taken, options)
    taken = [(one.start, one.end) for one in found]
    found += [one for one in _sentences(passage, options) if not _overlaps(one, taken)]
    return sorted(found, key=lambda one: one.start)


def statements_in(passage: Passage, options: Options) -> tuple[str, list[RoleStatement]]:
    """The text of a passage without its statements, and the content of those."""
    found = find_statements(passage, options)
    return without(passage.text, found), [one.roles for one in found]


def without(text: str, found: Sequence[Statement], start: int = 0, end: int | None = None) -> str:
    """A text, or a stretch of it, without its statements.

    Example:
        >>> without("完善设施（县商务局负责）。", [Statement(4, 12, RoleStatement(), "bracket")])
        '完善设施。'
    """
    end = len(text) if end is None else end
    kept, position = [], start
    for one in found:
        if start <= one.start and one.end <= end:
            kept.append(text[position : one.start])
            position = one.end
    kept.append(text[position:end])
    words = "".join(kept).strip()
    return _DOUBLED_STOP.sub(r"\1", words).strip("，,、 ")


def _bracket(passage: Passage, start: int, end: int, options: Options) -> Statement | None:
    text = passage.text
    closed = text[end - 1] in "）)】]〕］}" and end - start > 2
    inner = passage.part(start + 1, end - 1 if closed else end)
    roles = read_roles(inner, options)
    if (
        any(roles.lists)
        and all(one.basis == "verb" for one in roles.lists)
        and not (names_units(roles, all_of_them=False) or (_closes(text, start, end) and _may_be_bodies(roles)))
    ):
        return None
    if roles.left and not roles.lists:
        bare = _bare(passage, start, end, roles)
        if bare or not roles.leaders:
            return bare
    if roles.lists or roles.leaders:
        return Statement(start, end, roles, "bracket")
    sure = roles.deadlines and all(_SURE_DEADLINE.search(one.text) for one in roles.deadlines)
    return Statement(start, end, roles, "bracket") if sure or roles.progress or roles.rule else None


def _closes(text: str, start: int, end: int) -> bool:
    """Whether a bracket closes a sentence or an item: one ends before it, or nothing of it comes behind."""
    after = text[end:].strip()
    return (
        text[:start].rstrip()[-1:] in tuple("。；！")
        or not after
        or after[0] in "。；;（("
        or bool(leading_number(after).style)
    )


def _may_be_bodies(roles: RoleStatement) -> bool:
    """Whether all names of a bracket that closes a sentence with a role may be bodies, whatever they end in."""
    names = roles.bodies
    return bool(names) and all(map(may_be_body, names))


def _bare(passage: Passage, start: int, end: int, roles: RoleStatement) -> Statement | None:
    """A bracket of nothing but units, where a sentence ends: in charge, though no verb or label is given."""
    before = passage.text[:start]
    spans = [span for one in roles.left for span in split_names(one.text)]
    names = [name for one in roles.left for name in body_names(one.text)]
    bare = len(names) > 1 and before[-1:] in tuple("。；！？”") and all(known_kind(n) and may_be_body(n) for n in names)
    if not are_units([span.text for span in spans]) and not bare:
        return None
    ends = _closes(passage.text, start, end)
    apart = before[-1:] in tuple("。；！？”") or len(spans) > 1 or bool(roles.deadlines or roles.leaders)
    if not (ends and apart) or (before[-1:] not in "。；！？" and any(open_end(span.text) for span in spans[:-1])):
        return None
    lists = [RoleList("responsible", one, "bare") for one in roles.left]
    return Statement(
        start, end, RoleStatement(lists, roles.deadlines, roles.leaders, rule=roles.rule), "bracket", assumed=True
    )


def _labels(passage: Passage, taken: Sequence[tuple[int, int]], options: Options) -> Iterator[Statement]:
    """Runs of labels outside of brackets, each to the end of its sentence."""
    text = passage.text
    position = 0
    for label in find_labels(text, options):
        inside = any(start <= label.start < end for start, end in taken)
        head = label.start == 0 or text[label.start - 1] in "。；;，,！\n\t 　）)"
        if inside or label.start < position or label.meaning not in _ROLE_LABELS or not head:
            continue
        end = _end_of_labels(text, label.start)
        roles = read_roles(passage.part(label.start, end), options)
        if roles.lists or roles.leaders:
            yield Statement(label.start, end, roles, "labels")
        position = end  # where the whole run says nothing of roles, a part of it does not either


def _end_of_labels(text: str, start: int) -> int:
    """The end of a run of labels: the full stop that no further label follows."""
    for match in re.finditer(r"。", text[start:]):
        end = start + match.end()
        following = text[end:].lstrip()
        if not re.match(r"[【\[]?[\u4e00-\u9fff]{2,10}[】\]]?\s*[：:]", following):
            return end
    return len(text)


def _sentences(passage: Passage, options: Options) -> Iterator[Statement]:
    """Sentences, and clauses that 由 opens, that contain nothing but a role statement."""
    for sentence in _SENTENCE.finditer(passage.text):
        start = sentence.start() + leading_number(sentence[0]).length
        roles = _all_roles(passage, start, sentence.end(), options, surely=True)
        if roles:
            yield Statement(start, sentence.end(), roles, "sentence")
            continue
        found = _opened_by(passage, start, sentence.end(), options)
        doers = None if found else done_by(passage, start, sentence.end())
        if found:
            yield found
        elif doers:
            yield Statement(start, doers.end, doers.roles, "sentence", assumed=doers.assumed)
        elif sentence.start() and (named := _named_by_when(passage.part(start, sentence.end()), options)):
            yield Statement(start, sentence.end(), named, "sentence", assumed=True)


def _opened_by(passage: Passage, start: int, end: int, options: Options) -> Statement | None:
    """The first clause of a sentence that 由 opens and that ends in a role, with the deadline that stands before it."""
    opened_by = chain.from_iterable(one.finditer(passage.text, start, end) for one in (_BY, _BY_INSIDE))
    for opened in islice(opened_by, _MOST_OPENED):
        found = _clause_by(passage, opened.start(), end, options)
        surely = bool(_BY.match(passage.text, opened.start())) or (found and _are_known(found.roles))
        if found and surely:
            deadline = date_before(passage, start, found.start)
            if deadline:
                found.roles.deadlines.append(deadline)
            return replace(found, start=start) if deadline else found
    return None


def _named_by_when(part: Passage, options: Options) -> RoleStatement | None:
    """Bodies and a deadline, where a sentence behind the task holds nothing else (县水利局、县林业局9月底前完成。)."""
    words = part.text.rstrip("。！？； ")
    if len(words) > _LONGEST_LIST or not name_and_date(_LIST_SIGN.split(words)[-1]):
        return None
    roles = read_roles(part.part(0, len(words)), options, default="responsible")
    surely = names_units(roles, all_of_them=True) and not any(kind_of(name) == "region" for name in roles.bodies)
    return roles if surely and not roles.left else None


def _are_known(roles: RoleStatement) -> bool:
    """Whether all names of a statement are units, or end in what bodies end in."""
    names = roles.bodies
    return names_units(roles, all_of_them=True) or (bool(names) and all(map(known_kind, names)))


def _clause_by(passage: Passage, start: int, end: int, options: Options) -> Statement | None:
    """What 由 opens, to the end of the sentence or to its last verb (由甲局牵头、乙局配合，做到小事不出村)."""
    last = min(end, start + _LONGEST_CLAUSE)
    verbs = [match.end() for match in verb_pattern().finditer(passage.text, start, last)]
    for stop in (*((end,) if end == last else ()), *reversed(verbs[:_MOST_VERBS])):
        roles = _all_roles(passage, start, stop, options, surely=False)
        if roles:
            return Statement(start, stop, roles, "sentence")
    return None


def _all_roles(passage: Passage, start: int, end: int, options: Options, *, surely: bool) -> RoleStatement | None:
    """The roles of a stretch that holds nothing else; `surely` where no 由 says that names come."""
    part = passage.part(start, end)
    words = part.text.rstrip("。！？； ")
    verbs = list(verb_pattern().finditer(words))
    if not verbs or verbs[-1].end() != len(words):
        tail = words[verbs[-1].end() :].strip("，,；; ") if verbs else ""
        if not is_deadline(tail):
            return None
    roles = read_roles(part.part(0, len(words)), options)
    if roles.left or not (names_units(roles, all_of_them=True) or names_bodies(roles)):
        return None
    names = roles.bodies
    if any("由" in name for name in names):
        return None
    known = all(map(known_kind, names)) or not surely or names_units(roles, all_of_them=True)
    return roles if known and all(len(name) <= _LONGEST_NAME and may_be_body(name) for name in names) else None


def _overlaps(one: Statement, taken: Sequence[tuple[int, int]]) -> bool:
    return any(one.start < end and start < one.end for start, end in taken)
