"""Paragraphs that a hard line break cuts in two: inside of a bracket, in a list, or in the middle of a name."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pairing_graph.base.text import brackets_closed, leading_number
from pairing_graph.kb.document import Document, Grid, Paragraph
from pairing_graph.reading.kinds import known_kind
from pairing_graph.reading.name_lists import split_names
from pairing_graph.reading.names import is_unit_like
from pairing_graph.reading.options import Options
from pairing_graph.reading.prose.boilerplate import is_boilerplate
from pairing_graph.reading.prose.labels import find_labels

_MOST_LINES = 4
"""Lines, blank ones included, between two halves of a paragraph."""
_LONGEST = 2_000
"""Characters of a paragraph that still takes in a further line."""
_RAGGED = 6
"""Columns by which lines that reach a margin may differ: three Chinese signs, for a bracket never opens at its end."""
_LEAST_MARGIN, _MOST_MARGIN = 36, 120
"""Columns of a margin: 18 signs in a narrow page, 60 in a wide one."""
_LEAST_FULL = 5
"""Lines that have to reach a margin to prove it."""
_ENDS = ("。", "；", "！", "？", ";", "：", ":")
_FIRST_NAME = re.compile(r"[^、，；。,;（）()]+")


def recover(document: Document, options: Options) -> Document:
    """The document with its broken paragraphs joined; each keeps the number and place of its first line."""
    blocks: list[Paragraph | Grid] = []
    noted = {note.paragraph for note in document.notes}
    margin = _margin(document)
    reaches: set[int] = set()
    for block in document.blocks:
        last = blocks[-1] if blocks else None
        joins = (
            isinstance(block, Paragraph)
            and isinstance(last, Paragraph)
            and (block.number - last.number <= _MOST_LINES or block.number - 1 in reaches)
            and not {block.number, last.number} & noted
            and not is_boilerplate(block.text)
            and (
                (block.number - 1 in reaches and _is_wrapped(last.text, block.text, options))
                or _goes_on(last.text, block.text, options)
            )
        )
        if isinstance(block, Paragraph) and margin and _width(block.text) >= margin:
            reaches.add(block.number)
        if joins and isinstance(last, Paragraph) and isinstance(block, Paragraph):
            blocks[-1] = replace(last, text=last.text.rstrip() + block.text.strip())
        else:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def _margin(document: Document) -> int:
    """The width that lines reach where all of a text is broken at a margin, 0 where it is not."""
    lines = [p.text.rstrip() for p in document.paragraphs if p.text.strip()]
    widths = [_width(line) for line in lines]
    longest = max(widths, default=0)
    full = [line for line, width in zip(lines, widths, strict=True) if width >= longest - _RAGGED]
    whole = [line for line in full if line.endswith((*_ENDS, "）", ")"))]
    follows = sum(1 for one, other in pairwise(document.paragraphs) if one.text.strip() and other.text.strip())
    broken = _LEAST_MARGIN <= longest <= _MOST_MARGIN and len(full) >= _LEAST_FULL and len(full) * 3 >= len(widths)
    cut = len(whole) * 2 < len(full)  # lines of one length that end as sentences do are no cut ones
    return longest - _RAGGED if broken and cut and follows * 2 >= len(widths) else 0


def _width(text: str) -> int:
    """Columns that a line takes on a screen, where a Chinese sign takes two."""
    return sum(1 if char.isascii() else 2 for char in text.rstrip())


def _is_wrapped(text: str, following: str, options: Options) -> bool:
    """Whether a line at the margin goes on: the next one opens no item and no label."""
    behind = following.strip()
    opens = leading_number(behind).style or next(
        (label for label in find_labels(behind, options) if not label.start), None
    )
    return bool(behind) and not opens and len(text) <= _LONGEST


def _goes_on(text: str, following: str, options: Options) -> bool:
    """Whether a line goes on in the next one."""
    words, behind = text.rstrip(), following.strip()
    if not behind or not words or len(words) > _LONGEST or words.endswith(_ENDS) or leading_number(behind).style:
        return False
    label = next(iter(find_labels(behind, options)), None)
    if label and label.start and words.endswith("、"):
        return True
    if label:
        return not brackets_closed(words) and not brackets_closed(behind)
    if not brackets_closed(words) and not brackets_closed(behind):
        return words.count("（") + words.count("(") > words.count("）") + words.count(")")
    return _cuts_a_name(words, behind, options)


def _cuts_a_name(words: str, behind: str, options: Options) -> bool:
    """Whether the last name of a label line is whole only with the words of the next line."""
    if not next(iter(find_labels(words, options)), None):
        return False
    names = split_names(re.split(r"[：:]", words)[-1])
    head = _FIRST_NAME.match(behind)
    closed = words.endswith(("）", ")"))  # …（牵头单位：县住建局） above a signature
    if closed or not names or not head or known_kind(names[-1].text):
        return False
    return is_unit_like(names[-1].text + head[0].strip())
