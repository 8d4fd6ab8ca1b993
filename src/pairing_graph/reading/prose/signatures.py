"""Which lines of bodies and dates sign a notice: those at its head, at its end and before an attachment, not those between items."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pairing_graph.base.text import fold_width, iso_date, leading_number, squeeze
from pairing_graph.kb.document import Document, Paragraph
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.prose.cover_lines import cover_line, is_national, issuers_in
from pairing_graph.reading.prose.cover_regions import region_of_issuer

_SENTENCE = re.compile(r"[。；]|[：:](?!$)")
_ATTACHED = re.compile(rf"{one_of('table_words', 'below_a_table')}|[（(]")
"""Lines behind a signature: 附件：…, （联系人：…）."""
_LONGEST_DATE = 11
"""Characters of a line that is nothing but a date: 二〇二二年十二月三十日 has eleven."""


def is_date_line(paragraph: Paragraph) -> bool:
    """Whether a line is nothing but a date.

    Example:
        >>> is_date_line(Paragraph(1, "二〇二三年三月一日")), is_date_line(Paragraph(1, "县水务局 2023年3月1日"))
        (True, False)
    """
    words = squeeze(fold_width(paragraph.text)).strip("()（）")
    return len(words) <= _LONGEST_DATE and bool(iso_date(words))


def lines_between_items(document: Document, around: Collection[int]) -> list[Paragraph]:
    """The lines of bodies and dates that stand inside a text, as who does an item until when (县水务局 2023年6月30日).

    Args:
        document: The document.
        around: The numbers of lines of the page around the notice.
    """
    blocks = [b for b in document.blocks if not isinstance(b, Paragraph) or (b.text.strip() and b.number not in around)]
    runs = [(signs, list(run)) for signs, run in groupby(blocks, key=_may_sign)]
    inside: list[Paragraph] = []
    before = _Before()
    for index, (signs, run) in enumerate(runs):
        lines = [block for block in run if isinstance(block, Paragraph)]
        if not signs:
            before.take(lines)
            continue
        *earlier, last = _by_date(lines)
        for part in earlier if before.is_text else ():
            inside += part if _day(part) != _day(last) else []
        if _is_inside(last, before, runs[index + 1][1][0] if index + 1 < len(runs) else None, inside):
            inside += last
    return inside


@dataclass
class _Before:
    """What the lines before a run are.

    Attributes:
        is_text: Whether there is an item or a sentence among them: the head of a notice has none.
        numbers: The style and number of each item.
    """

    is_text: bool = False
    numbers: set[tuple[str, int | None]] = field(default_factory=set)

    def take(self, lines: Sequence[Paragraph]) -> None:
        for line in lines:
            found = leading_number(line.text)
            if found.style:
                self.numbers.add((found.style, found.number))
            self.is_text = self.is_text or bool(found.style) or _says_something(line.text)


def _by_date(lines: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Lines cut behind each date but the last."""
    dated = [number for number, line in enumerate(lines) if _day([line])]
    parts: list[list[Paragraph]] = []
    begin = 0
    for number in dated[:-1]:
        parts.append(list(lines[begin : number + 1]))
        begin = number + 1
    return [*parts, list(lines[begin:])]


def _day(lines: Sequence[Paragraph]) -> str:
    """The first date among lines."""
    return next((day for line in lines if (day := iso_date(squeeze(line.text)))), "")


def _may_sign(block: object) -> bool:
    """Whether a block is a line of nothing but bodies, or a date, or both; one with a number of a notice is a cover's."""
    if not isinstance(block, Paragraph):
        return False
    line = cover_line(block.text)
    return (line is not None and not line.number) or bool(issuers_in(block.text)) or is_date_line(block)


def _is_inside(lines: Sequence[Paragraph], before: _Before, behind: object, inside: Sequence[Paragraph]) -> bool:
    """Whether lines stand between items: the numbers go on behind them, or a sentence does and no region signs."""
    if not _day(lines):
        return False
    bodies = list(_bodies(lines))
    placed = any(region_of_issuer(body) or is_national(body) for body in bodies)
    if not isinstance(behind, Paragraph):
        return bool(inside) and not placed
    following = leading_number(behind.text)
    if following.style and following.number == 1 and not before.numbers:
        return False  # what was issued begins behind the signature
    if following.style and following.number is not None and (following.style, following.number - 1) in before.numbers:
        return True
    return before.is_text and not placed and bool(following.style or _says_something(behind.text))


def _says_something(text: str) -> bool:
    return bool(_SENTENCE.search(text)) and not _ATTACHED.match(text.strip())


def _bodies(lines: Sequence[Paragraph]) -> Iterator[str]:
    for line in lines:
        found = cover_line(line.text)
        yield from found.issuers if found else issuers_in(line.text)
