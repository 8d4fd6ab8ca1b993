"""Which lines of bodies and dates sign a notice: those at its head, at its end and before an attachment, not those between items."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
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
    before: list[Paragraph] = []
    for index, (signs, run) in enumerate(runs):
        lines = [block for block in run if isinstance(block, Paragraph)]
        if not signs:
            before += lines
            continue
        *earlier, last = _by_date(lines)
        for part in earlier if _is_text(before) else ():
            inside += part if _day(part) != _day(last) else []
        if _is_inside(last, before, runs[index + 1][1][0] if index + 1 < len(runs) else None, inside):
            inside += last
    return inside


def _by_date(lines: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Lines cut behind each date but the last."""
    parts: list[list[Paragraph]] = [[]]
    for number, line in enumerate(lines):
        if _day(parts[-1]) and _day(lines[number:]):
            parts.append([])
        parts[-1].append(line)
    return parts


def _day(lines: Sequence[Paragraph]) -> str:
    """The first date among lines."""
    return next((day for line in lines if (day := iso_date(squeeze(line.text)))), "")


def _may_sign(block: object) -> bool:
    """Whether a block is a line of nothing but bodies, or a date, or both; one with a number of a notice is a cover's."""
    if not isinstance(block, Paragraph):
        return False
    line = cover_line(block.text)
    return (line is not None and not line.number) or bool(issuers_in(block.text)) or is_date_line(block)


def _is_inside(
    lines: Sequence[Paragraph], before: Sequence[Paragraph], behind: object, inside: Sequence[Paragraph]
) -> bool:
    """Whether lines stand between items: the numbers go on behind them, or a sentence does and no region signs."""
    if not _day(lines):
        return False
    bodies = list(_bodies(lines))
    placed = any(region_of_issuer(body) or is_national(body) for body in bodies)
    if not isinstance(behind, Paragraph):
        return bool(inside) and not placed
    following = leading_number(behind.text)
    numbers = [found.number for one in before if (found := leading_number(one.text)).style == following.style]
    if following.style and following.number is not None and following.number - 1 in numbers:
        return True
    return _is_text(before) and not placed and bool(following.style or _says_something(behind.text))


def _is_text(lines: Sequence[Paragraph]) -> bool:
    """Whether there is an item or a sentence among lines: the head of a notice has none."""
    return any(leading_number(line.text).style or _says_something(line.text) for line in lines)


def _says_something(text: str) -> bool:
    return bool(_SENTENCE.search(text)) and not _ATTACHED.match(text.strip())


def _bodies(lines: Sequence[Paragraph]) -> Iterator[str]:
    for line in lines:
        found = cover_line(line.text)
        yield from found.issuers if found else issuers_in(line.text)
