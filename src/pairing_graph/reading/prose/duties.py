"""Duties by department: a body is the heading or the subject, what it has to do is below or behind it.

（一）县发展改革委。⏎ 1.… ⏎ 2.… · 县水利局：负责…；负责…。 · 第五条 县水利局负责…
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pairing_graph.base.text import Numbered
from pairing_graph.kb.address import Address
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.kinds import known_kind
from pairing_graph.reading.name_lists import body_names
from pairing_graph.reading.options import Options
from pairing_graph.reading.prose.blocks import numbered_item
from pairing_graph.reading.prose.duty_sections import Duties, Section, inner_cuts
from pairing_graph.reading.prose.label_lines import read_label_line
from pairing_graph.reading.prose.openings import DOES, LEADS, Opening, read_opening
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.role_statements import RoleList, RoleStatement, names_units
from pairing_graph.reading.prose.roles import read_roles
from pairing_graph.reading.prose.statements import Statement, find_statements, without
from pairing_graph.reading.tasks import Entry, Given, TaskWriter, area_name

_WITH = re.compile(rf"\s*{one_of('role_words', 'joined_by')}")
_LONGEST_LIST = 60
"""Characters of the bodies that join in a duty; the same as between 由 and its verb."""
_CLAUSE_END = re.compile(r"[。；;，,]\s*")


@dataclass
class _Piece:
    """One duty: its words, its number, and label lines below it."""

    number: int | None
    texts: list[Passage] = field(default_factory=list)
    labels: list[tuple[Passage, RoleStatement]] = field(default_factory=list)


def read_duties(section: Section, writer: TaskWriter) -> list[str]:
    """Write the duties of a section as tasks of their bodies.

    Returns:
        The names of the forms that were recognised.
    """
    for heading in section.headings:
        writer.builder.use(heading.address, "header")
    before: Duties | None = None
    for duties in section.duties:
        pieces = _pieces(duties, writer.options)
        counted = _counts(pieces) or _of_another_count(before, duties)
        if counted:
            writer.assign_numbers()
        _write_all(duties, pieces, before, writer)
        before = None if _counts(pieces) else duties
        if _counts(pieces):
            writer.assign_numbers()
    writer.assign_numbers()
    return ["duties"] if section.duties else []


def _pieces(duties: Duties, options: Options) -> list[_Piece]:
    """The duties below and behind an opening: one, or as many as are numbered."""
    pieces = list(_split(duties.opening.behind)) if duties.opening.behind.text else []
    top = next((line.level for line in duties.below if line.numbered.style), 0)
    for line in duties.below:
        label = read_label_line(line.passage, options)
        if label and pieces:
            pieces[-1].labels.append((line.passage, label))
        elif line.numbered.style and line.level == top:
            pieces.append(_Piece(line.numbered.number, [line.body]))
        elif pieces:
            pieces[-1].texts.append(line.body)
        else:
            pieces += _split(line.body)
    announced = len(pieces) > 1 and pieces[0].number is None
    return pieces[1:] if announced and pieces[0].texts[-1].text.endswith(("：", ":")) else pieces


def _split(passage: Passage) -> list[_Piece]:
    """A paragraph at the numbers inside of it (1.…2.… · 一是…；二是…)."""
    cuts = inner_cuts(passage.text)
    pieces: list[_Piece] = []
    for start, end in pairwise(dict.fromkeys([0, *cuts, len(passage.text)])):
        part = passage.part(start, end)
        numbered = numbered_item(part.text) if start in cuts else Numbered(None, part.text)
        words = part.part(numbered.length, len(part.text))
        if words.text:
            pieces.append(_Piece(numbered.number, [words]))
    return pieces


def _counts(pieces: Sequence[_Piece]) -> bool:
    """Whether the duties of a body have numbers of their own."""
    return any(piece.number is not None for piece in pieces)


def _of_another_count(before: Duties | None, duties: Duties) -> bool:
    """Whether the number of an opening does not go on with that of the one before it."""
    if not before:
        return True
    same_article = duties.line.article is not None and duties.line.article == before.line.article
    follows = before.begins + len(before.below) + 1 == duties.begins
    alike = before.line.numbered.style == duties.line.numbered.style
    return not (same_article or (follows and alike))


def _write_all(duties: Duties, pieces: Sequence[_Piece], before: Duties | None, writer: TaskWriter) -> None:
    area = area_name(duties.line.heading.body.text) if duties.line.heading else ""
    own = duties.line.numbered.number if duties.line.numbered.style else duties.line.article
    again = bool(before and own is not None and before.line.article == own == duties.line.article)
    for piece in pieces:
        for names, part in _by_subject(duties.opening, piece):
            number = part.number if part.number is not None else own
            _write(names, part, duties, writer, area=area, number=number, shared=again and part.number is None)
            again = part.number is None and number is not None


def _by_subject(opening: Opening, piece: _Piece) -> Iterator[tuple[Passage, _Piece]]:
    """A duty in a sentence at each further body that it names as its subject (甲局负责…，乙局负责…)."""
    if opening.form != "sentence" or piece.number is not None or len(piece.texts) != 1:
        yield opening.names, piece
        return
    passage = piece.texts[0]
    names, start = opening.names, 0
    for sign in _CLAUSE_END.finditer(passage.text):
        rest = passage.part(sign.end(), len(passage.text))
        following = read_opening(rest)
        if following and following.form == "sentence" and following.strong and following.sure:
            yield names, _Piece(None, [passage.part(start, sign.end())])
            names, start = following.names, sign.end() + len(following.names.text)
    yield names, _Piece(None, [passage.part(start, len(passage.text))], piece.labels)


def _write(
    names: Passage, piece: _Piece, duties: Duties, writer: TaskWriter, *, area: str, number: int | None, shared: bool
) -> None:
    texts = [(passage, _statements(passage, writer.options)) for passage in piece.texts]
    words = "".join(without(passage.text, found) for passage, found in texts)
    places = [*_places(piece), *(label.address for label, _ in piece.labels)]
    entry = writer.add(words, list(dict.fromkeys(places)), printed=number, area=area, shared=shared)
    role = "lead" if any(LEADS.search(passage.text) for passage in piece.texts) else "responsible"
    if duties.opening.known:
        writer.assign(entry, [Given(RoleList(role, names, "label"))])
    else:
        writer.assign_body(entry, RoleList(role, names, "label"))
    joined = _joined_bodies(piece.texts[0]) if piece.texts else None
    if joined:
        writer.assign(entry, [Given(RoleList("support", joined, "verb"))])
    for _, found in texts:
        for one in found:
            _write_roles(entry, one.roles, writer)
    for place, roles in piece.labels:
        _write_roles(entry, roles, writer)
        writer.builder.use(place.address, "tasks")
    if duties.opening.form == "line":
        writer.builder.use(duties.line.passage.address, "assignments")


def _joined_bodies(passage: Passage) -> Passage | None:
    """The bodies that a duty is done together with (会同县教育局负责…), None where it names none at its head."""
    opened = _WITH.match(passage.text)
    if not opened:
        return None
    for verb in DOES.finditer(passage.text, opened.end()):
        part = passage.part(opened.end(), verb.start())
        names = body_names(part.text)
        if names and all(map(known_kind, names)):
            return part
        if len(part.text) > _LONGEST_LIST:
            break
    return None


def _places(piece: _Piece) -> list[Address]:
    return [passage.span for passage in piece.texts]


def _write_roles(entry: Entry, roles: RoleStatement, writer: TaskWriter) -> None:
    for deadline in roles.deadlines:
        writer.add_deadline(entry, deadline)
    for leader in roles.leaders:
        writer.add_leaders(entry, leader)
    writer.assign(entry, [Given(one) for one in roles.lists])


def _statements(passage: Passage, options: Options) -> list[Statement]:
    """What brackets and a last clause (，县公安局配合。) add to a duty."""
    found = [one for one in find_statements(passage, options) if one.form == "bracket"]
    return [*found, *_last_clause(passage, options, found)]


def _last_clause(passage: Passage, options: Options, found: Sequence[Statement]) -> Iterator[Statement]:
    text = passage.text.rstrip("。；; ")
    start = max((sign.end() for sign in _CLAUSE_END.finditer(text)), default=0)
    if not start or any(one.end > start for one in found):
        return
    roles = read_roles(passage.part(start, len(text)), options)
    verbs = roles.lists and all(one.basis == "verb" for one in roles.lists)
    if verbs and not roles.left and names_units(roles, all_of_them=True):
        yield Statement(start, len(text), roles, "sentence")
