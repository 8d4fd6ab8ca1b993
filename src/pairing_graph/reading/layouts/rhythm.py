"""The rhythm of a table of one cell a line: numbers 1, 2, 3 that lie equally far apart give its width without a word.

The lines above the first number are the heading, whatever they say; what the columns hold is decided by their cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pairing_graph.base.text import squeeze
from pairing_graph.kb.document import Paragraph
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.options import Options
from pairing_graph.reading.tables.headings import SIDE_MEANINGS, Meaning
from pairing_graph.reading.tables.meanings import columns_of_rows

_NUMBER = re.compile(r"\s*[（(]?(\d{1,3})[)）.．、]?\s*")
_NO_HEADING = re.compile(rf"[。；，、：:]|^\d+$|{one_of('titles', 'above_a_table')}$")
_LEAST_ROWS = 3
"""Numbers that have to lie equally far apart: two may do so by chance."""
_REGULAR = 0.6
"""The share of rows that have the commonest width; the others lack a cell, or have an area before them."""
_LONGEST_HEADING = 14
"""Characters of a heading cell without a known word."""
_WIDEST = 12
"""Columns that are looked for without a known word."""


@dataclass(frozen=True)
class Rhythm:
    """A table found by its numbers.

    Attributes:
        heading: The lines of its heading; None for a column whose heading is blank.
        meanings: What its columns hold.
        first: The place of its first number among the lines.
    """

    heading: tuple[Paragraph | None, ...]
    meanings: tuple[Meaning, ...]
    first: int


def find_rhythm(lines: Sequence[Paragraph], options: Options) -> list[Rhythm]:
    """The tables among lines with words, in their order.

    Args:
        lines: Lines with words, blank ones left out.
        options: Further heading words.
    """
    numbers = [own_number(line.text) for line in lines]
    found: list[Rhythm] = []
    for first, number in enumerate(numbers):
        if number != 1:
            continue
        places = _run(numbers, first)
        width = _regular_width(places)
        heading = _heading(lines, first, width) if width else ()
        if heading:
            regular = [
                place
                for place, after in zip(places, [*places[1:], places[-1] + width], strict=True)
                if after - place == width
            ]
            found.append(_understood(lines, heading, regular, first, width, options))
    return [one for one in found if one.meanings]


def width_by_numbers(cells: Sequence[str]) -> int:
    """The columns of a run of cells whose numbers 1, 2, 3 lie equally far apart, 0 where they do not.

    Example:
        >>> width_by_numbers(["a", "b", "1", "x", "2", "y", "3", "z", "4", "w"])
        2
    """
    numbers = [own_number(cell) for cell in cells]
    return _regular_width(_run(numbers, numbers.index(1))) if 1 in numbers else 0


def _regular_width(places: Sequence[int]) -> int:
    """How far apart numbers lie, 0 where they are too few or too irregular."""
    steps = Counter(after - before for before, after in pairwise(places))
    width, times = steps.most_common(1)[0] if len(places) >= _LEAST_ROWS else (0, 0)
    return width if 2 <= width <= _WIDEST and times >= _REGULAR * (len(places) - 1) else 0


def own_number(text: str) -> int:
    """The number that is all of a line, 0 for other lines."""
    match = _NUMBER.fullmatch(text)
    return int(match[1]) if match else 0


def _run(numbers: Sequence[int], first: int) -> list[int]:
    """The places of 1, 2, 3 … from the first on."""
    places = [first]
    for place in range(first + 1, len(numbers)):
        if numbers[place] == len(places) + 1:
            places.append(place)
        elif numbers[place] == 1:
            break
    return places


def _heading(lines: Sequence[Paragraph], first: int, width: int) -> tuple[Paragraph | None, ...]:
    """The lines above the first number that may head its columns; one may be missing."""
    above: list[Paragraph] = []
    for line in reversed(lines[max(0, first - width) : first]):
        words = squeeze(line.text)
        if len(words) > _LONGEST_HEADING or _NO_HEADING.search(words):
            break
        above.insert(0, line)
    if len(above) == width:
        return tuple(above)
    return (None, *above) if len(above) == width - 1 else ()


def _understood(
    lines: Sequence[Paragraph],
    heading: tuple[Paragraph | None, ...],
    rows: Sequence[int],
    first: int,
    width: int,
    options: Options,
) -> Rhythm:
    """The table with the meanings of its columns; a blank heading lies where the words then fit the cells best."""
    above = [line for line in heading if line]
    places = range(width) if len(above) < width else (width,)
    best: tuple[float, tuple[Paragraph | None, ...], tuple[Meaning, ...]] = (0.0, (), ())
    for blank in places:
        own: tuple[Paragraph | None, ...] = (*above[:blank], *([None] if blank < width else []), *above[blank:])
        body = [[line.text for line in lines[place : place + width]] for place in rows]
        columns = columns_of_rows([line.text if line else "" for line in own], body, options)
        score = sum(column.score for column in columns)
        if score > best[0]:
            best = (score, own, tuple(column.meaning for column in columns))
    _, own, meanings = best
    silent = any(line is None and meaning == "unknown" for line, meaning in zip(own, meanings, strict=True))
    sides = sum(meaning in SIDE_MEANINGS for meaning in meanings)
    useful = not silent and ("task" in meanings or sides > 1)
    return Rhythm(own, meanings if useful else (), first)
