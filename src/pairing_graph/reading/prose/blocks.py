"""Blocks: an item or a paragraph of running text with its body, its label lines and the roles that they state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pairing_graph.base.text import NUMERALS, Numbered, chinese_number, leading_number, squeeze
from pairing_graph.kb.address import Address
from pairing_graph.lexicon.patterns import one_of, vocabulary
from pairing_graph.reading.prose.label_lines import (
    BULLET,
    continues_label,
    names_a_body,
    numbered_labels,
    open_label,
    read_label_line,
    read_unknown_label,
    read_value,
)
from pairing_graph.reading.prose.legend import read_marked_line
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.role_statements import RoleStatement
from pairing_graph.reading.prose.statements import Statement, find_statements, without
from pairing_graph.reading.tasks import TaskWriter

UNNUMBERED = 9
"""The level of a paragraph without a number: below every number."""
LEVELS = {
    "chinese": 1,
    "ordinal": 1,
    "section": 2,
    "part": 2,
    "plain": 3,
    "word": 3,
    "bracketed": 4,
    "circled": 5,
    "spoken": 6,
    "": UNNUMBERED,
}
NOTE = re.compile(rf"^\s*{one_of('table_words', 'note')}\s*[:：]")
"""A line that begins a note (注：, 备注：)."""
_WORD_NUMBER = re.compile(
    rf"\s*(?P<word>{one_of('table_words', 'item', 'part')})\s*(?P<number>\d{{1,3}}|[{NUMERALS}]{{1,4}})\s*[：:、.．]\s*"
)
_NEXT_ITEM = re.compile(r"(?<=[。；;）)】])\s*(?=(?:\d{1,3}[.．、](?!\d)|[（(]\d{1,2}[)）]|[①②③④⑤⑥⑦⑧⑨⑩]))")
_SPOKEN = re.compile(rf"\s*(?:第?([{NUMERALS}]{{1,3}}))是(?=[\u4e00-\u9fff])")
_ABOUT_DUTY = re.compile(r"责任[。！？；]*$")
_APPEAL = re.compile(rf"(?:要|应当?|须)(?:密切|{one_of('role_words', 'manner')})*$")
_ENDS_A_SENTENCE = ("。", "；", "！", "？", "：", ":", "，", "、", ";")
_LONGEST_HEADING = 40
"""Characters of a heading; the same as for the row of an area in a table."""


@dataclass
class Block:
    """An item or paragraph with what belongs to it.

    Attributes:
        numbered: The number before it.
        texts: Its words, paragraph by paragraph, with the roles stated in them.
        labels: The roles stated in its label lines.
        label_places: Those lines.
        bodies: How many of its paragraphs behind the first state roles.
        first_body: The first of them.
        labelled: Whether a label (主要任务：) opens it.
        title: The heading that names it, where a label opens its words.
        shared: Whether its number is that of the block before it.
    """

    numbered: Numbered
    texts: list[tuple[Passage, list[Statement]]] = field(default_factory=list)
    labels: list[RoleStatement] = field(default_factory=list)
    label_places: list[Passage] = field(default_factory=list)
    bodies: int = 0
    first_body: int = 0
    labelled: bool = False
    title: str = ""
    shared: bool = False
    _silent: tuple[int, int] = field(default=(0, 0), init=False, repr=False, compare=False)

    @property
    def style(self) -> str:
        """The style of its number, empty where it has none."""
        return self.numbered.style

    @property
    def level(self) -> int:
        """How deep its number is, from 1."""
        return LEVELS[self.style]

    @property
    def roles(self) -> list[RoleStatement]:
        """All that is stated of roles, in its words and in its label lines."""
        return [one.roles for _, found in self.texts for one in found] + self.labels

    @property
    def has_roles(self) -> bool:
        """Whether it names who does it; what is known to name nobody is not asked again, for a block may grow long."""
        texts, labels = self._silent
        added = [*(one.roles for _, found in self.texts[texts:] for one in found), *self.labels[labels:]]
        if any(roles.lists or roles.leaders for roles in added):
            return True
        self._silent = len(self.texts), len(self.labels)
        return False

    @property
    def words(self) -> str:
        """Its words without what is stated of roles."""
        return "".join(without(passage.text, found) for passage, found in self.texts)


def make_blocks(passages: Sequence[Passage], writer: TaskWriter) -> list[Block]:
    """The items and paragraphs of a run of text, each with the bodies and label lines that follow it.

    Args:
        passages: The paragraphs with words.
        writer: Takes what belongs to nothing.
    """
    parts = [part for whole in passages for part in _split_items(whole, writer)]
    maker = _Maker(writer, numbered_labels(parts, writer.options))
    for part in parts:
        maker.take(part)
    maker.close()
    return maker.done


@dataclass
class _Maker:
    """Puts items, bodies and label lines together, paragraph by paragraph.

    Attributes:
        numbered: The places of label lines that are numbered.
        done: The blocks that are complete.
        block: The one that is open.
        inside: The level of the numbered label line that is open; deeper numbers are parts of its value.
        waiting: What the label means whose value is expected on the next line.
    """

    writer: TaskWriter
    numbered: set[Address]
    done: list[Block] = field(default_factory=list)
    block: Block | None = None
    inside: int = 0
    waiting: str = ""

    def take(self, passage: Passage) -> None:
        """Take the next paragraph."""
        if self.block and self.waiting and continues_label(passage, self.waiting):
            self._add_label(passage, read_value(passage, self.waiting, self.writer.options))
            return
        self.waiting = ""
        if self.block and passage.span in self.numbered:
            self._take_numbered_label(self.block, passage)
        elif not self._takes_label(passage):
            self._take_words(passage)

    def close(self) -> None:
        """Take note that the open block is complete."""
        if self.block:
            self.done.append(self.block)
        self.block, self.inside = None, 0

    def _take_numbered_label(self, block: Block, passage: Passage) -> None:
        numbered = leading_number(passage.text)
        words = passage.part(numbered.length, len(passage.text))
        self.inside = LEVELS[numbered.style]
        roles = read_label_line(words, self.writer.options) or read_unknown_label(words)
        if not roles:
            block.texts.append((words, []))
        elif roles.others and roles.others[0][0] in ("task", "area") and not roles.lists:
            block.texts.append((roles.others[0][1], []))
            block.label_places.append(passage)
        else:
            self._add_label(passage, roles)
            self.waiting = open_label(words, self.writer.options)

    def _takes_label(self, passage: Passage) -> bool:
        """Whether a paragraph is a label line: one that names the task opens a block."""
        if _WORD_NUMBER.match(passage.text):
            return False
        roles = read_marked_line(passage, self.writer.resolver.lists.marks) or read_label_line(
            passage, self.writer.options
        )
        if roles is None and self.block and self.block.labels and names_a_body(passage.text):
            roles = read_unknown_label(passage)
            if roles:
                self.writer.builder.report("role_assumed", passage.text.strip(), passage.address)
        if roles is None:
            return False
        if roles.others and roles.others[0][0] in ("task", "area") and not roles.lists:
            self.close()
            self.block = Block(Numbered(None, ""), [(roles.others[0][1], [])], labelled=True, label_places=[passage])
        elif self.block:
            self._add_label(passage, roles)
            self.waiting = open_label(passage, self.writer.options)
        else:
            reason = "note" if NOTE.match(passage.text) else "no_task"
            self.writer.builder.report(reason, passage.text.strip(), passage.address)
        return True

    def _take_words(self, passage: Passage) -> None:
        numbered = numbered_item(passage.text)
        body = passage.part(numbered.length, len(passage.text))
        found = _statements(body, self.writer)
        block = self.block
        deeper = bool(self.inside and numbered.style) and LEVELS[numbered.style] > self.inside
        if block and deeper and numbered.style != block.style:
            block.texts.append((body, found))
        elif block and not numbered.style and _is_body(block, body, found):
            if not block.bodies:
                block.first_body = len(block.texts)
            block.bodies += bool(found)
            block.texts.append((body, found))
        else:
            self.close()
            self.block = Block(numbered, [(body, found)])

    def _add_label(self, passage: Passage, roles: RoleStatement) -> None:
        if self.block:
            self.block.labels.append(roles)
            self.block.label_places.append(passage)


def _statements(body: Passage, writer: TaskWriter) -> list[Statement]:
    """What a paragraph states of roles; a heading (强化地方政府责任。) and an appeal (各部门要密切配合。) state nothing."""
    return [
        one
        for one in find_statements(body, writer.options)
        if one.form != "sentence" or not (_ABOUT_DUTY.search(body.text[one.start : one.end]) or _appeals(one))
    ]


def _appeals(statement: Statement) -> bool:
    lists = statement.roles.lists
    return bool(lists) and all(_APPEAL.search(one.names.text) for one in lists)


def _split_items(passage: Passage, writer: TaskWriter) -> Iterator[Passage]:
    """A paragraph that holds several numbered items with their brackets, one by one."""
    cuts = [match.end() for match in _NEXT_ITEM.finditer(passage.text) if match.end()]
    styles = [leading_number(passage.text).style, *(leading_number(passage.text[cut:]).style for cut in cuts)]
    inner = styles[1] if len(styles) > 1 and (not styles[0] or _counts_from_one(passage.text, cuts)) else styles[0]
    cuts = [cut for cut, style in zip(cuts, styles[1:], strict=True) if style == inner]
    parts = [passage.part(start, end) for start, end in pairwise([0, *cuts, len(passage.text)])]
    if len(parts) > 1 and sum(_names_roles(part, writer) for part in parts) > 1:
        yield from parts
    else:
        yield passage.part(0, len(passage.text))


def _names_roles(part: Passage, writer: TaskWriter) -> bool:
    return any(one.roles.lists for one in _statements(part, writer))


def _counts_from_one(text: str, cuts: Sequence[int]) -> bool:
    """Whether the numbers inside of an item count on their own: (1), (2) behind a 1."""
    numbered = [leading_number(text[cut:]) for cut in cuts]
    own = [one.number for one in numbered if one.style == numbered[0].style]
    return numbered[0].style != leading_number(text).style and own == list(range(1, len(own) + 1))


def numbered_item(text: str) -> Numbered:
    """A paragraph and the number before it, 任务一： and 一是 included; a bullet is no number.

    Example:
        >>> numbered_item("任务一：完善仓储").number, numbered_item("二是完善仓储").style
        (1, 'spoken')
    """
    match = _WORD_NUMBER.match(text)
    if match:
        style = "part" if match["word"] in vocabulary("table_words", "part") else "word"
        return Numbered(chinese_number(match["number"]), text[match.end() :], style, match.end())
    numbered = leading_number(text)
    if numbered.style:
        return numbered
    spoken = _SPOKEN.match(text)
    if spoken:
        return Numbered(chinese_number(spoken[1]), text[spoken.end() :], "spoken", spoken.end())
    bullet = BULLET.match(text)
    return Numbered(None, text, "", bullet.end() if bullet else 0)


def _is_body(block: Block, body: Passage, found: Sequence[Statement]) -> bool:
    """Whether an unnumbered paragraph goes on with the item before it: the item has no roles yet."""
    if block.has_roles or not block.style:
        return False
    return bool(found) or not is_heading(body.text)


def is_heading(text: str) -> bool:
    """Whether words are a heading: short, and no sentence.

    Example:
        >>> is_heading("一、改善环境"), is_heading("改善环境。")
        (True, False)
    """
    words = squeeze(text)
    return 1 < len(words) <= _LONGEST_HEADING and not words.endswith(_ENDS_A_SENTENCE)
