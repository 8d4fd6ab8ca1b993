"""Duties by department: a body is the heading or the subject, what it has to do is below or behind it.

（一）县发展改革委。⏎ 1.… ⏎ 2.… · 县水利局：负责…；负责…。 · 第五条 县水利局负责…

A paragraph that may open the duties of a body does so where its neighbours are alike, or where a heading
(各部门职责) says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from pairing_graph.base.text import Numbered, chinese_number
from pairing_graph.kb.address import Address
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.names import are_units, known_kind, split_names
from pairing_graph.reading.options import Options
from pairing_graph.reading.prose.blocks import LEVELS, is_heading, numbered_item
from pairing_graph.reading.prose.label_lines import read_label_line
from pairing_graph.reading.prose.openings import ACTS, DOES, LEADS, Opening, is_title, read_opening
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.roles import RoleList, RoleStatement, names_units, read_roles
from pairing_graph.reading.prose.statements import Statement, find_statements, without
from pairing_graph.reading.tasks import Entry, Given, TaskWriter, area_name

_NUMERAL = r"[零〇一二三四五六七八九十百\d]{1,5}"
_CHAPTER = re.compile(rf"\s*第({_NUMERAL})[章节]\s*")
_ARTICLE = re.compile(rf"\s*第({_NUMERAL})条(?=[\u4e00-\u9fff])")
_DECIMAL = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){0,3})(?:[ \u3000]+|(?<=\.\d))(?=[\u4e00-\u9fff])")
_INNER = re.compile(
    r"(?:^|(?<=[。；;：:，,]))\s*(?=\d{1,2}[.．、](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[①②③④⑤⑥⑦⑧⑨⑩]"
    r"|[一二三四五六七八九十]{1,2}是[\u4e00-\u9fff])"
)
_LETTER = re.compile(one_of("duties", "letter"))
_CLAUSE_END = re.compile(r"[。；;，,]\s*")
_DOCUMENT = -1
"""The level of the whole document, above every number."""
_CHAPTER_LEVEL = 0
_OPENS_NO_LIST = ("chapter", "decimal", "chinese", "ordinal")
"""Styles of numbers that end the duties of a body whose heading has no number."""
_SHORTEST_DUTY = 8
"""Characters of a duty that no verb opens; shorter words behind a body are a person or a telephone."""
_FEWEST_INNER = 2
"""Numbers in a paragraph that count on; one alone may be anything."""


@dataclass
class _Line:
    """A paragraph, and what is above it.

    Attributes:
        passage: The paragraph.
        numbered: The number before it.
        body: Its words without the number.
        level: How deep its number is.
        opening: The bodies that it begins with.
        title: Whether it heads a section of duties.
        titled: Whether it is in such a section.
        heading: The heading above it.
        article: The number of the article that it is in.
    """

    passage: Passage
    numbered: Numbered
    body: Passage
    level: int
    opening: Opening | None
    title: bool
    titled: bool = False
    heading: _Line | None = None
    article: int | None = None


@dataclass
class _Piece:
    """One duty: its words, its number, and label lines below it."""

    number: int | None
    texts: list[Passage] = field(default_factory=list)
    labels: list[tuple[Passage, RoleStatement]] = field(default_factory=list)


@dataclass(frozen=True)
class _Duties:
    """A body's opening line with the lines below it."""

    line: _Line
    opening: Opening
    below: Sequence[_Line]
    begins: int


@dataclass(frozen=True)
class Section:
    """A run of paragraphs that is read in one way.

    Attributes:
        kind: Whether it holds duties by department, or items and prose.
        passages: The paragraphs of items and prose.
        duties: The duties.
        headings: The headings above them.
    """

    kind: Literal["duties", "items"]
    passages: tuple[Passage, ...] = ()
    duties: tuple[_Duties, ...] = ()
    headings: tuple[Passage, ...] = ()


def split_sections(passages: Sequence[Passage], writer: TaskWriter) -> Iterator[Section]:
    """The runs of a text that are duties by department, and those between them.

    Args:
        passages: The paragraphs with words.
        writer: Knows the title of the document.
    """
    title = str(writer.builder.rows["documents"][0]["title"]) if writer.builder.rows["documents"] else ""
    lines = _lines(passages, titled=is_title(_named_in_title(title)))
    found = _find(lines, writer.options)
    heads = {id(duties.line.heading) for duties in found if duties.line.heading}
    taken = {index for duties in found for index in range(duties.begins, duties.begins + 1 + len(duties.below))}
    taken |= {index for index, line in enumerate(lines) if id(line) in heads}
    start = 0
    while start < len(lines):
        end = next((i for i in range(start, len(lines)) if (i in taken) != (start in taken)), len(lines))
        inside = tuple(duties for duties in found if start <= duties.begins < end)
        if start in taken:
            above = tuple(line.passage for line in lines[start:end] if id(line) in heads)
            yield Section("duties", duties=inside, headings=above)
        else:
            yield Section("items", tuple(line.passage for line in lines[start:end]))
        start = end


def read_duties(section: Section, writer: TaskWriter) -> list[str]:
    """Write the duties of a section as tasks of their bodies.

    Returns:
        The names of the forms that were recognised.
    """
    for heading in section.headings:
        writer.builder.use(heading.address, "header")
    before: _Duties | None = None
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


def _named_in_title(title: str) -> str:
    """What the title of a document is about: 关于印发《…职责》的通知 without the words around."""
    match = re.search(r"《([^《》]+)》", title)
    words = match[1] if match else title
    return re.sub(r"的(?:通知|公告|通告|意见|决定)$", "", words)


# The paragraphs, and what is above each


def _lines(passages: Sequence[Passage], *, titled: bool) -> list[_Line]:
    lines: list[_Line] = []
    above: list[tuple[int, bool, _Line | None]] = [(_DOCUMENT, titled, None)]
    article: int | None = None
    for passage in passages:
        line = _line(passage)
        if line.numbered.style:
            while above[-1][0] >= line.level:
                above.pop()
            article = line.numbered.number if line.numbered.style == "ordinal" else article
            article = article if line.level >= LEVELS["ordinal"] and line.numbered.style != "chinese" else None
        elif line.title:
            above = [(_DOCUMENT, True, None)]
        line.titled, line.heading, line.article = above[-1][1], above[-1][2], article
        lines.append(line)
        if line.numbered.style and (line.title or (not line.opening and is_heading(line.body.text))):
            inherited = above[-1][1] and (above[-1][0] > _DOCUMENT or known_kind(line.body.text))
            above.append((line.level, line.title or inherited, line))
    return lines


def _line(passage: Passage) -> _Line:
    numbered = _numbered(passage.text)
    body = passage.part(numbered.length, len(passage.text))
    opening = read_opening(body)
    return _Line(passage, numbered, body, _level(passage.text, numbered), opening, not opening and is_title(body.text))


def _level(text: str, numbered: Numbered) -> int:
    """How deep a number is; one in decimals (2.2.1) is as deep as it has points."""
    if numbered.style == "chapter":
        return _CHAPTER_LEVEL
    return text[: numbered.length].count(".") if numbered.style == "decimal" else LEVELS[numbered.style]


def _numbered(text: str) -> Numbered:
    for pattern, style in ((_CHAPTER, "chapter"), (_ARTICLE, "ordinal")):
        match = pattern.match(text)
        if match:
            return Numbered(chinese_number(match[1]), text[match.end() :], style, match.end())
    decimal = _DECIMAL.match(text)
    if decimal and ("." in decimal[1] or is_heading(text)):
        return Numbered(int(decimal[1].rpartition(".")[2]), text[decimal.end() :], "decimal", decimal.end())
    return numbered_item(text)


# Which of them open duties


def _find(lines: Sequence[_Line], options: Options) -> list[_Duties]:
    opens = [_opens(lines, index) for index in range(len(lines))]
    found: list[_Duties] = []
    for index, line in enumerate(lines):
        if opens[index] and line.opening:
            below = _below(lines, index, opens, options)
            found.append(_Duties(line, line.opening, below, index))
    return found


def _opens(lines: Sequence[_Line], index: int) -> bool:
    line = lines[index]
    if not line.opening:
        return False
    if line.opening.form == "line":
        return _heads(lines, index)
    if line.opening.form == "sentence":
        return _says(lines, index)
    return _has_words_behind(lines, index, line.opening)


def _has_words_behind(lines: Sequence[_Line], index: int, opening: Opening) -> bool:
    """Whether what is set apart behind bodies is their duty: by its verb, by its siblings, or by the heading above."""
    line, words = lines[index], opening.behind.text
    beside = _has_strong_sibling(lines, index)
    if opening.strong or _inner_cuts(words):
        return opening.sure or line.titled or beside
    if (beside or line.titled) and ACTS.match(words) and not _LETTER.match(words):
        return True
    listed = bool(line.numbered.style) or not opening.general
    return line.titled and listed and opening.form != "gap" and _tells(words)


def _heads(lines: Sequence[_Line], index: int) -> bool:
    """Whether bodies on a line of their own are the heading of duties: those follow, and the heading has siblings."""
    line = lines[index]
    if not _headed(lines, index, ACTS if line.titled else DOES):
        return False
    if line.titled:
        return True
    others = [place for place, other in enumerate(lines) if place != index and _alike(line, other)]
    return any(_headed(lines, place, DOES) for place in others)


def _headed(lines: Sequence[_Line], index: int, verbs: re.Pattern[str]) -> bool:
    line, following = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    if not following or following.title or (following.opening and following.opening.form != "sentence"):
        return False
    if following.numbered.style and line.numbered.style and following.level <= line.level:
        return False
    if verbs.match(following.body.text):
        return True
    return line.titled and bool(following.numbered.style) and not is_heading(following.body.text)


def _says(lines: Sequence[_Line], index: int) -> bool:
    """Whether a sentence about bodies states their duty: in an article, in a section of duties, or in a list of them."""
    line, before = lines[index], lines[index - 1] if index else None
    opening = line.opening
    if not opening:
        return False
    if line.article is not None and opening.strong and opening.sure:
        return True
    if line.titled:
        listed = bool(line.numbered.style or not before or before.title or not before.numbered.style)
        listed |= before is not None and before is line.heading
        return listed and (opening.strong or not opening.general)
    near = [lines[place] for place in (index - 1, index + 1) if 0 <= place < len(lines)]
    firm = bool(line.numbered.style) and opening.strong and opening.sure
    return firm and any(_alike(line, other) and other.opening and other.opening.strong for other in near)


def _has_strong_sibling(lines: Sequence[_Line], index: int) -> bool:
    """Whether another line begins with bodies in the same way and says what they do."""
    others = (other for place, other in enumerate(lines) if place != index and _alike(lines[index], other))
    return any(other.opening is not None and other.opening.strong for other in others)


def _alike(one: _Line, other: _Line) -> bool:
    """Whether two lines begin with bodies in the same way."""
    if not one.opening or not other.opening:
        return False
    return one.numbered.style == other.numbered.style and one.opening.form == other.opening.form


def _tells(words: str) -> bool:
    """Whether words without a verb at their head may be a duty all the same.

    They are long enough, no list of names, and not what a letter says to those that it is addressed to.
    """
    names = are_units([span.text for span in split_names(words)])
    return len(words) >= _SHORTEST_DUTY and not names and not _LETTER.match(words)


def _below(lines: Sequence[_Line], index: int, opens: Sequence[bool], options: Options) -> list[_Line]:
    """The lines that belong to an opening."""
    line, below = lines[index], list[_Line]()
    for place in range(index + 1, len(lines)):
        other = lines[place]
        if opens[place] or other.title or not _belongs(line, below, other, options):
            break
        below.append(other)
    return below


def _belongs(line: _Line, below: Sequence[_Line], other: _Line, options: Options) -> bool:
    style = other.numbered.style
    if not style:
        if read_label_line(other.passage, options):
            return bool(line.opening and (line.opening.behind.text or below))
        first = not below and bool(line.opening and line.opening.form == "line")
        return first or (bool(DOES.match(other.body.text)) and not any(one.numbered.style for one in below))
    if line.opening and line.opening.behind.text and is_heading(other.body.text) and not ACTS.match(other.body.text):
        return False
    if line.numbered.style:
        return other.level > line.level
    counts = next((one.level for one in below if one.numbered.style), other.level)
    return other.level >= counts and (style not in _OPENS_NO_LIST or bool(DOES.match(other.body.text)))


# The duties of one body


def _pieces(duties: _Duties, options: Options) -> list[_Piece]:
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
    cuts = _inner_cuts(passage.text)
    pieces: list[_Piece] = []
    for start, end in pairwise(dict.fromkeys([0, *cuts, len(passage.text)])):
        part = passage.part(start, end)
        numbered = numbered_item(part.text) if start in cuts else Numbered(None, part.text)
        words = part.part(numbered.length, len(part.text))
        if words.text:
            pieces.append(_Piece(numbered.number, [words]))
    return pieces


def _inner_cuts(text: str) -> list[int]:
    """Where the numbers inside of a paragraph are, if they count on from 1."""
    cuts = [match.end() for match in _INNER.finditer(text)]
    numbered = [(cut, numbered_item(text[cut:])) for cut in cuts]
    own = [(cut, one.number) for cut, one in numbered if one.style == numbered[0][1].style]
    counted = [number for _, number in own] == list(range(1, len(own) + 1))
    return [cut for cut, _ in own] if counted and len(own) >= _FEWEST_INNER else []


def _counts(pieces: Sequence[_Piece]) -> bool:
    """Whether the duties of a body have numbers of their own."""
    return any(piece.number is not None for piece in pieces)


def _of_another_count(before: _Duties | None, duties: _Duties) -> bool:
    """Whether the number of an opening does not go on with that of the one before it."""
    if not before:
        return True
    same_article = duties.line.article is not None and duties.line.article == before.line.article
    follows = before.begins + len(before.below) + 1 == duties.begins
    alike = before.line.numbered.style == duties.line.numbered.style
    return not (same_article or (follows and alike))


# Writing


def _write_all(duties: _Duties, pieces: Sequence[_Piece], before: _Duties | None, writer: TaskWriter) -> None:
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
    names: Passage, piece: _Piece, duties: _Duties, writer: TaskWriter, *, area: str, number: int | None, shared: bool
) -> None:
    texts = [(passage, _statements(passage, writer.options)) for passage in piece.texts]
    words = "".join(without(passage.text, found) for passage, found in texts)
    places = [*_places(piece), *(label.address for label, _ in piece.labels)]
    entry = writer.add(words, list(dict.fromkeys(places)), printed=number, area=area, shared=shared)
    role = "lead" if any(LEADS.search(passage.text) for passage in piece.texts) else "responsible"
    writer.assign(entry, [Given(RoleList(role, names, "label"))])
    for _, found in texts:
        for one in found:
            _write_roles(entry, one.roles, writer)
    for place, roles in piece.labels:
        _write_roles(entry, roles, writer)
        writer.builder.use(place.address, "tasks")
    if duties.opening.form == "line":
        writer.builder.use(duties.line.passage.address, "assignments")


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
