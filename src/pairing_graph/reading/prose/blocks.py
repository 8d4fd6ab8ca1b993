"""Blocks: an item or a paragraph of running text with its body, its label lines and the roles that they state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pairing_graph.base.text import Numbered, chinese_number, leading_number, squeeze
from pairing_graph.lexicon.patterns import one_of, vocabulary
from pairing_graph.reading.layouts.align import is_open
from pairing_graph.reading.names import is_unit_like, split_names
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.roles import RoleStatement, find_labels, is_deadline, read_roles
from pairing_graph.reading.prose.statements import Statement, find_statements, without
from pairing_graph.reading.tasks import TaskWriter

UNNUMBERED = 9
"""The level of a paragraph without a number: below every number."""
_LEVELS = {
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
_WORD_NUMBER = re.compile(
    rf"\s*(?P<word>{one_of('table_words', 'item', 'part')})\s*(?P<number>\d{{1,3}}|[一二三四五六七八九十]{{1,4}})\s*[：:、.．]\s*"
)
_NEXT_ITEM = re.compile(r"(?<=[。；;）)】])\s*(?=(?:\d{1,3}[.．、](?!\d)|[（(]\d{1,2}[)）]|[①②③④⑤⑥⑦⑧⑨⑩]))")
_SPOKEN = re.compile(r"\s*(?:第?([一二三四五六七八九十]{1,3}))是(?=[\u4e00-\u9fff])")
BULLET = re.compile(r"^[\s●•·\-—*◆■▲○>◇★☆▶►→※√➢◎‣▪◦▷　]+")
_ENDS_A_SENTENCE = ("。", "；", "！", "？", "：", ":", "，", "、", ";")
_LONGEST_HEADING = 40
"""Characters of a heading; the same as for the row of an area in a table."""
_LONGEST_LABEL = 16
"""Characters of a label at the head of a line, its colon included."""


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
    """

    numbered: Numbered
    texts: list[tuple[Passage, list[Statement]]] = field(default_factory=list)
    labels: list[RoleStatement] = field(default_factory=list)
    label_places: list[Passage] = field(default_factory=list)
    bodies: int = 0
    first_body: int = 0
    labelled: bool = False

    @property
    def style(self) -> str:
        """The style of its number, empty where it has none."""
        return self.numbered.style

    @property
    def level(self) -> int:
        """How deep its number is, from 1."""
        return _LEVELS[self.style]

    @property
    def roles(self) -> list[RoleStatement]:
        """All that is stated of roles, in its words and in its label lines."""
        return [one.roles for _, found in self.texts for one in found] + self.labels

    @property
    def has_roles(self) -> bool:
        """Whether it names who does it."""
        return any(roles.lists or roles.leaders for roles in self.roles)

    @property
    def words(self) -> str:
        """Its words without what is stated of roles."""
        return "".join(without(passage.text, found) for passage, found in self.texts)


def make_blocks(passages: Sequence[Passage], writer: TaskWriter) -> list[Block]:
    """The items and paragraphs of a run of text, each with what belongs to it.

    Args:
        passages: The paragraphs with words.
        writer: Takes what belongs to nothing.
    """
    return _separated(_with_numbers(list(_blocks(passages, writer))))


def _blocks(passages: Sequence[Passage], writer: TaskWriter) -> Iterator[Block]:
    """Items and paragraphs with their bodies and label lines."""
    block: Block | None = None
    waiting: tuple[str, Passage] | None = None
    for passage in (part for whole in passages for part in _split_items(whole, writer)):
        if waiting and _continues_label(passage, waiting[0]):
            label_text, _ = waiting
            if block:
                _add_label(block, passage, writer, default=label_text)
            continue
        waiting = None
        label = None if _WORD_NUMBER.match(passage.text) else _label_line(passage, writer)
        if label is not None:
            if label.others and label.others[0][0] in ("task", "area") and not label.lists:
                if block:
                    yield block
                block = Block(Numbered(None, ""), [(label.others[0][1], [])], labelled=True)
                block.label_places.append(passage)
            elif block:
                _add_label(block, passage, writer)
                waiting = _open_label(passage, writer)
            else:
                writer.builder.report("no_task", passage.text.strip(), passage.address)
            continue
        numbered = numbered_item(passage.text)
        body = passage.part(numbered.length, len(passage.text))
        found = find_statements(body, writer.options)
        if block and not numbered.style and _is_body(block, body, found):
            if not block.bodies:
                block.first_body = len(block.texts)
            block.bodies += bool(found)
            block.texts.append((body, found))
            continue
        if block:
            yield block
        block = Block(numbered, [(body, found)])
    if block:
        yield block


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
    return any(one.roles.lists for one in find_statements(part, writer.options))


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


def _label_line(passage: Passage, writer: TaskWriter) -> RoleStatement | None:
    """The content of a line that begins with a label, None if it does not."""
    bullet = BULLET.match(passage.text)
    start = bullet.end() if bullet else 0
    numbered = leading_number(passage.text[start:])
    text = passage.part(
        start + (numbered.length if numbered.style in ("bracketed", "circled") else 0), len(passage.text)
    )
    first = next(iter(find_labels(text.text, writer.options)), None)
    if not first or first.start or first.end > _LONGEST_LABEL:
        return None
    roles = read_roles(text, writer.options)
    if roles.empty and not roles.others and text.text[first.end :].strip():
        return None
    return roles


def _add_label(block: Block, passage: Passage, writer: TaskWriter, default: str = "") -> None:
    roles = read_roles(
        passage, writer.options, default=default if default in ("lead", "responsible", "support") else ""
    )
    if default == "deadline":
        roles.deadlines.append(passage)
    block.labels.append(roles)
    block.label_places.append(passage)


def _open_label(passage: Passage, writer: TaskWriter) -> tuple[str, Passage] | None:
    """The label at the end of a line that has no value yet."""
    labels = list(find_labels(passage.text, writer.options))
    last = labels[-1] if labels else None
    if not last:
        return None
    value = passage.text[last.end :].strip("：: 　")
    return (last.meaning, passage) if not value or is_open(value) else None


def _continues_label(passage: Passage, meaning: str) -> bool:
    if meaning == "deadline":
        return is_deadline(passage.text)
    names = split_names(passage.text)
    return bool(names) and all(is_unit_like(span.text) for span in names)


def _with_numbers(blocks: list[Block]) -> list[Block]:
    """A numbered heading and the one task that a label opens below it (一、… ⏎ 主要任务：…) are one item."""
    joined: list[Block] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        alone = block.labelled and not (following and following.labelled)
        heading = joined[-1] if joined else None
        if alone and heading and heading.style and not heading.has_roles and not heading.labelled:
            texts = [*heading.texts, *block.texts]
            joined[-1] = replace(block, numbered=heading.numbered, texts=texts)
        else:
            joined.append(block)
    return joined


def _separated(blocks: list[Block]) -> list[Block]:
    """Headings and bodies apart, for every style of number of which one has several bodies with roles below it."""
    many = {block.style for block, after in pairwise(blocks) if block.bodies and not after.style and after.has_roles}
    parted: list[Block] = []
    for block in blocks:
        if block.style in many and block.bodies:
            heading, body = block.texts[: block.first_body or 1], block.texts[block.first_body or 1 :]
            parted.append(Block(block.numbered, heading))
            parted.append(Block(Numbered(None, ""), body, block.labels, block.label_places))
        else:
            parted.append(block)
    return [piece for block in parted for piece in _by_bracket(block)]


def _by_bracket(block: Block) -> Iterator[Block]:
    """An unnumbered paragraph with several brackets is several tasks."""
    if block.style or len(block.texts) != 1:
        yield block
        return
    passage, found = block.texts[0]
    ends = [one.end for one in found if one.roles.lists]
    if len(ends) < 2 or any(without(passage.text, found, a, b) == "" for a, b in zip([0, *ends], ends, strict=False)):
        yield block
        return
    start = 0
    for index, end in enumerate(ends):
        last = index == len(ends) - 1
        end = len(passage.text) if last else end
        part = passage.part(start, end)
        shift = part.offset - passage.offset
        inside = [Statement(one.start - shift, one.end - shift, one.roles, one.form, one.assumed) for one in found
                  if start <= one.start and one.end <= end]  # fmt: skip
        labels, places = (block.labels, block.label_places) if last else ([], [])
        yield Block(Numbered(None, ""), [(part, inside)], labels, places)
        start = end


def is_heading(text: str) -> bool:
    """Whether words are a heading: short, and no sentence.

    Example:
        >>> is_heading("一、改善环境"), is_heading("改善环境。")
        (True, False)
    """
    words = squeeze(text)
    return 1 < len(words) <= _LONGEST_HEADING and not words.endswith(_ENDS_A_SENTENCE)
