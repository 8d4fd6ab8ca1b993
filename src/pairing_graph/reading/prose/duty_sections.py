"""Which paragraphs open the duties of a body, and which belong to them: decided by what is around them.

A paragraph that may open the duties of a body does so where its neighbours are alike, or where a heading
(各部门职责) says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from pairing_graph.base.text import NUMERALS, Numbered, chinese_number
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.kinds import kind_of, known_kind
from pairing_graph.reading.name_lists import split_names
from pairing_graph.reading.names import are_units
from pairing_graph.reading.options import Options
from pairing_graph.reading.prose.blocks import LEVELS, is_heading, numbered_item
from pairing_graph.reading.prose.label_lines import LABELLED, read_label_line
from pairing_graph.reading.prose.openings import ACTS, DOES, Opening, is_title, read_opening
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.statements import find_statements
from pairing_graph.reading.tasks import TaskWriter

_NUMERAL = rf"[零〇{NUMERALS}百\d]{{1,5}}"
_CHAPTER = re.compile(rf"\s*第({_NUMERAL})[章节]\s*")
_ARTICLE = re.compile(rf"\s*第({_NUMERAL})条(?=[\u4e00-\u9fff])")
_DECIMAL = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){0,3})(?:[ \u3000]+|(?<=\.\d))(?=[\u4e00-\u9fff])")
_INNER = re.compile(
    rf"(?:^|(?<=[。；;：:，,]))\s*(?=\d{{1,2}}[.．、](?!\d)|[（(](?:\d{{1,2}}|[{NUMERALS}]{{1,3}})[)）]|[①②③④⑤⑥⑦⑧⑨⑩]"
    rf"|[{NUMERALS}]{{1,2}}是[\u4e00-\u9fff])"
)
_LETTER = re.compile(one_of("duties", "letter"))
_ABOUT = re.compile(r"《([^《》]+)》")
_LETTER_ABOUT = re.compile(rf"的{one_of('titles', 'document')}$")
_DOCUMENT = -1
"""The level of the whole document, above every number."""
_CHAPTER_LEVEL = 0
_OPENS_NO_LIST = ("chapter", "decimal", "chinese", "ordinal")
"""Styles of numbers that end the duties of a body whose heading has no number."""
_SHORTEST_DUTY = 8
"""Characters of a duty that no verb opens; shorter words behind a body are a person or a telephone."""
_FEWEST_HEADINGS = 3
"""Bodies with numbered items below them that prove a list of duties, whatever the items begin with."""
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


@dataclass(frozen=True)
class Duties:
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
    duties: tuple[Duties, ...] = ()
    headings: tuple[Passage, ...] = ()


def split_sections(passages: Sequence[Passage], writer: TaskWriter) -> Iterator[Section]:
    """The runs of a text that are duties by department, and those between them.

    Args:
        passages: The paragraphs with words.
        writer: Knows the title of the document.
    """
    title = str(writer.builder.rows["documents"][0]["title"]) if writer.builder.rows["documents"] else ""
    lines = _lines(passages, titled=is_title(_named_in_title(title)))
    found = _Finder(lines, writer.options).find()
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


def _named_in_title(title: str) -> str:
    """What the title of a document is about: 关于印发《…职责》的通知 without the words around."""
    match = _ABOUT.search(title)
    return _LETTER_ABOUT.sub("", match[1] if match else title)


def _lines(passages: Sequence[Passage], *, titled: bool) -> list[_Line]:
    lines = [_line(passage) for passage in passages]
    above: list[tuple[int, bool, _Line | None]] = [(_DOCUMENT, titled, None)]
    article: int | None = None
    for line, following in zip_longest(lines, lines[1:]):
        if following and _heads_bodies(line, following):
            line.opening, line.title = None, is_title(line.body.text)
        if line.numbered.style:
            while above[-1][0] >= line.level:
                above.pop()
            article = line.numbered.number if line.numbered.style == "ordinal" else article
            article = article if line.level >= LEVELS["ordinal"] and line.numbered.style != "chinese" else None
        elif line.title:
            above = [(_DOCUMENT, True, None)]
        line.titled, line.heading, line.article = above[-1][1], above[-1][2], article
        if line.numbered.style and (line.title or (not line.opening and is_heading(line.body.text))):
            inherited = above[-1][1] and (above[-1][0] > _DOCUMENT or known_kind(line.body.text))
            above.append((line.level, line.title or inherited, line))
    return lines


def _line(passage: Passage) -> _Line:
    numbered = _numbered(passage.text)
    body = passage.part(numbered.length, len(passage.text))
    opening = read_opening(body)
    return _Line(passage, numbered, body, _level(passage.text, numbered), opening, not opening and is_title(body.text))


def _heads_bodies(line: _Line, following: _Line) -> bool:
    """Whether a line names a sort of bodies (各站所职责) or a region, and the bodies are below it."""
    region = kind_of(line.body.text) == "region"
    if not line.opening or line.opening.form != "line" or not (line.opening.general or region):
        return False
    deeper = following.level > line.level or not line.numbered.style
    return deeper and _sets_apart(following)


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


class _Finder:
    """Decides which lines open duties.

    Args:
        lines: The paragraphs, in their order.
        options: The reader's choices.
    """

    def __init__(self, lines: Sequence[_Line], options: Options) -> None:
        self.lines = lines
        self.options = options
        self.strong = Counter(_way(line) for line in lines if line.opening and line.opening.strong)
        self.headings = Counter(_way(line) for place, line in enumerate(lines) if self._headed(place, DOES, known=True))

        self.bodies = Counter(
            _way(line)
            for place, line in enumerate(lines)
            if line.opening and line.opening.sure and self._has_items(place)
        )

    def find(self) -> list[Duties]:
        """The openings with the lines below each."""
        opens = [self._opens(place) for place in range(len(self.lines))]
        found: list[Duties] = []
        for place, line in enumerate(self.lines):
            if opens[place] and line.opening:
                found.append(Duties(line, line.opening, self._below(place, opens), place))
        return found

    def _opens(self, place: int) -> bool:
        opening = self.lines[place].opening
        if not opening:
            return False
        if opening.form == "line":
            return self._heads(place, opening)
        if opening.form == "sentence":
            return self._says(place, opening)
        return self._has_words_behind(place, opening)

    def _has_words_behind(self, place: int, opening: Opening) -> bool:
        """Whether what is set apart behind bodies is their duty: by its verb, by its siblings, or by the heading above."""
        line, words = self.lines[place], opening.behind.text
        beside = self.strong[_way(line)] > opening.strong
        if not opening.known:
            return beside and (opening.strong or (line.titled and bool(ACTS.match(words))))
        if opening.strong or inner_cuts(words):
            return opening.sure or line.titled or beside
        if (beside or line.titled) and ACTS.match(words) and not _LETTER.match(words):
            return True
        listed = bool(line.numbered.style) or not opening.general
        return line.titled and listed and opening.form != "gap" and _tells(words)

    def _heads(self, place: int, opening: Opening) -> bool:
        """Whether bodies on a line of their own head duties: those follow, and the heading has siblings or is titled."""
        line = self.lines[place]
        beside = self.headings[_way(line)] > self._headed(place, DOES, known=True)
        if not opening.known:
            return beside and self._headed(place, DOES) and not self._answered(place + 1)
        if opening.sure and self.bodies[_way(line)] >= _FEWEST_HEADINGS and self._has_items(place):
            return True
        return self._headed(place, ACTS if line.titled else DOES) and (line.titled or beside)

    def _has_items(self, place: int) -> bool:
        """Whether a body on a line of its own has numbered items below it that do not say for themselves who does them."""
        line, following = self.lines[place], self.lines[place + 1] if place + 1 < len(self.lines) else None
        if not following or not line.opening or line.opening.form != "line" or not line.numbered.style:
            return False
        deeper = bool(following.numbered.style) and following.level > line.level
        return deeper and not is_heading(following.body.text) and not self._answered(place + 1)

    def _answered(self, place: int) -> bool:
        """Whether a line says for itself who does it, in a bracket or a sentence."""
        passage = self.lines[place].passage
        return any(statement.roles.lists for statement in find_statements(passage, self.options))

    def _headed(self, place: int, verbs: re.Pattern[str], *, known: bool = False) -> bool:
        """Whether bodies on a line of their own have a duty on the next line."""
        line, following = self.lines[place], self.lines[place + 1] if place + 1 < len(self.lines) else None
        if not line.opening or line.opening.form != "line" or (known and not line.opening.known):
            return False
        if not following or following.title or _sets_apart(following):
            return False
        if following.numbered.style and line.numbered.style and following.level <= line.level:
            return False
        if verbs.match(following.body.text):
            return True
        if LABELLED.match(following.body.text):
            return False
        return line.titled and bool(following.numbered.style) and not is_heading(following.body.text)

    def _says(self, place: int, opening: Opening) -> bool:
        """Whether a sentence about bodies states their duty: in an article, in a section of duties, or in a list."""
        line, before = self.lines[place], self.lines[place - 1] if place else None
        if line.article is not None and opening.strong and opening.sure:
            return True
        if line.titled:
            first = before is not None and (before.title or before is line.heading)
            listed = bool(line.numbered.style) or first or not (before and before.numbered.style)
            return listed and (opening.strong or not opening.general)
        near = [self.lines[other] for other in (place - 1, place + 1) if 0 <= other < len(self.lines)]
        firm = bool(line.numbered.style) and opening.strong and opening.sure
        return firm and any(other.opening and other.opening.strong and _way(other) == _way(line) for other in near)

    def _below(self, place: int, opens: Sequence[bool]) -> list[_Line]:
        """The lines that belong to an opening."""
        line, below = self.lines[place], list[_Line]()
        for index in range(place + 1, len(self.lines)):
            other = self.lines[index]
            if opens[index] or other.title or not _belongs(line, below, other, self.options):
                break
            below.append(other)
        return below


def _sets_apart(line: _Line) -> bool:
    """Whether a line begins with bodies that surely are no part of a sentence."""
    return bool(line.opening and line.opening.known and line.opening.form != "sentence")


def _way(line: _Line) -> tuple[str, str]:
    """How a line begins with bodies: the style of its number, and how it keeps them apart."""
    return line.numbered.style, line.opening.form if line.opening else ""


def _tells(words: str) -> bool:
    """Whether words without a verb at their head may be a duty all the same.

    They are long enough, no list of names, and not what a letter says to those that it is addressed to.
    """
    names = are_units([span.text for span in split_names(words)])
    return len(words) >= _SHORTEST_DUTY and not names and not _LETTER.match(words)


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


def inner_cuts(text: str) -> list[int]:
    """Where the numbers inside of a paragraph are, if they count on from 1."""
    cuts = [match.end() for match in _INNER.finditer(text)]
    numbered = [(cut, numbered_item(text[cut:])) for cut in cuts]
    own = [(cut, one.number) for cut, one in numbered if one.style == numbered[0][1].style]
    counted = [number for _, number in own] == list(range(1, len(own) + 1))
    return [cut for cut, _ in own] if counted and len(own) >= _FEWEST_INNER else []
