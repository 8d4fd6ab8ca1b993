"""Tables with one row a line, the cells apart by tabs or blanks; the heading line determines their number.

Where a row has fewer cells than the heading, they are laid along the columns by their content. A heading whose words
run together without anything between them is reported with the lines below it, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from pairing_graph.base.text import iso_date, leading_number, squeeze
from pairing_graph.kb.document import Cell, Document, Grid, Note, Paragraph
from pairing_graph.lexicon.patterns import composed_headings, heading_rows, one_of
from pairing_graph.reading.layouts import align
from pairing_graph.reading.options import Options
from pairing_graph.reading.tables.headings import Meaning, heading_words, looks_like_heading, meaning_of
from pairing_graph.reading.tables.meanings import meanings_of_cells, meanings_of_rows
from pairing_graph.reading.tables.rows import names_area

NAME = "spaced_cells"
_TAB = re.compile(r"\t")
_WIDE = re.compile(r"[ \u3000\u00a0]{2,}|\u3000")
_APART = re.compile(r"(?:(?<=^[\u4e00-\u9fff])|(?<=\s[\u4e00-\u9fff]))[ \u3000]{1,2}(?=[\u4e00-\u9fff](?:\s|$))")
_BLANK = re.compile(r"[ \u3000\u00a0]+")
_SIGN_OF_GAP = re.compile(r"[ \t\u3000\u00a0]")
"""What every separator has; most lines have none between their words, and need not be divided."""
_Divided = Sequence[tuple[re.Pattern[str], list[str]]]
"""The cells of a line by each separator."""
_ENDS = re.compile(
    rf"^{one_of('table_words', 'note', 'below_a_table')}|{one_of('titles', 'above_a_table', 'imprint')}$"
)
_LONGEST_UNKNOWN = 8
"""Characters of a heading whose word is not known."""
_LONGEST_DATE = 11
"""Characters of a line that is nothing but a date."""
_SHORTEST_RUN, _LONGEST_RUN = 8, 60
"""Characters of heading words that run together; shorter ones may be one heading, longer ones are a text."""
_LEAST_WORDS = 3
"""Heading words in a line that prove a heading."""
_LONGEST_BY_RHYTHM = 16
"""Characters of such a heading: 谁来办（责任单位及责任人） has thirteen."""
_LEAST_ROWS = 2
"""Rows of as many cells, numbered 1 and 2, that prove a heading without a known word."""
_NEAR = 8
"""Lines below a heading among which they are looked for; blank ones may lie between."""
_MOST_COLUMNS = 100
"""Cells of a line that are looked at as headings."""


def recover(document: Document, options: Options) -> Document:
    """The document with its rows of spaced cells as grids, and its tables of run-together cells reported."""
    blocks: list[Paragraph | Grid] = []
    notes = list(document.notes)
    number = max((grid.number for grid in document.grids), default=0)
    position = 0
    while position < len(document.blocks):
        block = document.blocks[position]
        position += 1
        gap = None
        if isinstance(block, Paragraph):
            divided = _divided(block.text)
            gap = _gap(divided, options) or _gap_by_rhythm(divided, document.blocks[position : position + _NEAR])
        if gap and isinstance(block, Paragraph):
            made, found, used = _table(block, _body(document.blocks, position), gap, number + 1, options)
            number += 1
            blocks += made
            notes += found
            position += used
        elif isinstance(block, Paragraph) and _runs_together(block.text, options):
            body = _body(document.blocks, position)
            lines = [block, *(line for line in body if line.text.strip())]
            notes += [Note("run_together", line.text.strip(), paragraph=line.number) for line in lines]
            blocks += [block, *body]
            position += len(body)
        else:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks), notes=tuple(notes))


def _divided(text: str) -> _Divided:
    """The cells of a line by each of the separators, none where it has a single one."""
    if not (_SIGN_OF_GAP.search(text.strip()) or text.count("\t") > 1):
        return []
    return [(gap, _cells(text, gap)) for gap in (_TAB, _WIDE, _BLANK)]


def _gap(divided: _Divided, options: Options) -> re.Pattern[str] | None:
    """The separator of the cells of a heading line, None if it is no heading."""
    for gap, cells in divided:
        parts = [part for part in cells if part]
        if not 2 <= len(parts) <= _MOST_COLUMNS:
            continue
        if len(parts) >= _LEAST_WORDS and all(looks_like_heading(part, options) for part in parts):
            return gap
        meanings = meanings_of_cells(parts, options)
        if gap is not _BLANK and len(parts) >= _LEAST_WORDS and _mostly_known(parts, meanings):
            return gap
        sides = [meaning for meaning in meanings if meaning in ("donor", "recipient")]
        if len(parts) == 2 and (
            len(sides) == 2 or (set(meanings) <= {"task", "lead", "responsible"} and len(set(meanings)) == 2)
        ):
            return gap
    return None


def _gap_by_rhythm(divided: _Divided, following: Sequence[Paragraph | Grid]) -> re.Pattern[str] | None:
    """The separator of a heading nobody knows: short words, and as many cells in each of the next lines, numbered 1, 2."""
    headings = [(gap, parts) for gap, parts in divided if _LEAST_WORDS <= len(parts) <= _MOST_COLUMNS]
    if not headings:
        return None
    texts = (one.text for one in following if isinstance(one, Paragraph) and one.text.strip())
    rows = list(islice((text for text in texts if not names_area(text)), _LEAST_ROWS))
    for gap, parts in headings if len(rows) == _LEAST_ROWS else ():
        own = [_cells(row, gap) for row in rows]
        numbers = [leading_number(f"{row[0]}.").number for row in own]
        if (
            all(len(row) == len(parts) for row in own)
            and numbers == list(range(1, len(own) + 1))
            and all(_may_head(part) for part in parts)
        ):
            return gap
    return None


def _may_head(part: str) -> bool:
    return len(squeeze(part)) <= _LONGEST_BY_RHYTHM and not re.search(r"[\d。，；、]", part)


def _mostly_known(parts: Sequence[str], meanings: Sequence[Meaning]) -> bool:
    """Whether the parts of a line with tabs are headings but for one or two unknown short words."""
    unknown = [part for part, meaning in zip(parts, meanings, strict=True) if meaning == "unknown"]
    table = "task" in meanings or len([m for m in meanings if m in ("donor", "recipient", "unit")]) > 1
    return (
        table and len(unknown) * 2 < len(parts) and all(1 < len(squeeze(part)) <= _LONGEST_UNKNOWN for part in unknown)
    )


def _cells(text: str, gap: re.Pattern[str]) -> list[str]:
    stripped = text.strip(" \u3000\u00a0\n") if gap is _TAB else text.strip()
    return [part.strip() for part in gap.split(_APART.sub("", stripped))]


def _body(blocks: Sequence[Paragraph | Grid], start: int) -> list[Paragraph]:
    """The lines below a heading, to the next table, caption, note or date."""
    body: list[Paragraph] = []
    for index in range(start, len(blocks)):
        block = blocks[index]
        words = "" if isinstance(block, Grid) else squeeze(block.text)
        if isinstance(block, Grid) or (
            words and (_ENDS.search(words) or (iso_date(words) and len(words) <= _LONGEST_DATE))
        ):
            break
        body.append(block)
    return body


def _table(
    heading: Paragraph, body: Sequence[Paragraph], gap: re.Pattern[str], number: int, options: Options
) -> tuple[list[Paragraph | Grid], list[Note], int]:
    """The grid with what is left, the notes, and how many lines of the body it took."""
    top = _cells(heading.text, gap)
    second = _second_row(top, body, gap, options)
    cells, meanings = _heading(heading, top, second, gap, options)
    if "unknown" in meanings and not second:
        whole = [parts for line in body if len(parts := _cells(line.text, gap)) == len(top)]
        meanings = meanings_of_rows(top, whole, options)
    notes: list[Note] = []
    left: list[Paragraph] = []
    row, used = 2 if second else 1, 0
    for line, parts, count in _rows(body, second, gap, len(top)):
        placed = _placed(parts, meanings, gap, options)
        if placed:
            row += 1
            cells += [Cell(row, column + 1, text, place=line.place) for column, text in placed.items()]
            if len([part for part in parts if part]) < len(top) and gap is not _TAB:
                notes.append(Note("cell_placed", line.text.strip(), table=number, row=row))
        elif len(parts) == 1 and names_area(parts[0]):
            row += 1
            cells.append(Cell(row, 1, parts[0], colspan=len(top), place=line.place))
        elif len(parts) == 1 and row > 1:
            break
        else:
            left.append(line)
            reason = "row_short" if len(parts) < len(top) else "row_long"
            notes.append(Note(reason, line.text.strip(), paragraph=line.number))
        used = count
    grid = Grid(number, tuple(_filled(cells, len(top))), blank="unknown", layout=NAME)
    return [grid, *left], notes, used


def _rows(
    body: Sequence[Paragraph], second: Paragraph | None, gap: re.Pattern[str], width: int
) -> Iterator[tuple[Paragraph, list[str], int]]:
    """The rows of a table with their cells, and how many lines of the body they take; broken ones are closed."""
    open_row: tuple[Paragraph, list[str], int] | None = None
    for count, line in enumerate(body, 1):
        if not line.text.strip() or line == second:
            continue
        parts = _cells(line.text, gap)
        if open_row and _goes_on(open_row[1], parts, width):
            first, before, _ = open_row
            joined = before[-1] if not parts[0] else f"{before[-1]}\n{parts[0]}"
            text = f"{first.text}\n{line.text}"
            open_row = (replace(first, text=text), [*before[:-1], joined, *parts[1:]], count)
            continue
        if open_row:
            yield open_row
        open_row = (line, parts, count)
    if open_row:
        yield open_row


def _goes_on(parts: Sequence[str], following: Sequence[str], width: int) -> bool:
    """Whether a line break is inside a row: behind an open list, or before its next tab."""
    together = len(parts) + len(following) - 1
    if align.is_open(parts[-1]) and together <= width and not leading_number(f"{following[0]}.").style:
        return True
    return len(parts) < width and not following[0] and together == width


def _second_row(
    top: Sequence[str], body: Sequence[Paragraph], gap: re.Pattern[str], options: Options
) -> Paragraph | None:
    """The second line of a heading whose first has cells over several columns: headings or regions below those."""
    following = next((line for line in body if line.text.strip()), None)
    if gap is not _TAB or "" not in top[1:] or following is None:
        return None
    parts = [part for part in _cells(following.text, gap) if part]
    return following if parts and all(looks_like_heading(part, options) for part in parts) else None


def _heading(
    heading: Paragraph, top: Sequence[str], second: Paragraph | None, gap: re.Pattern[str], options: Options
) -> tuple[list[Cell], list[Meaning]]:
    """The cells of a heading of one line or two, and what the columns hold."""
    if second is None:
        cells = [Cell(1, column, text, place=heading.place) for column, text in enumerate(top, 1)]
        return cells, meanings_of_cells(top, options)
    owner = [max(place for place in range(column + 1) if top[place] or not place) for column in range(len(top))]
    wide = [column for column in range(len(top)) if owner.count(owner[column]) > 1]
    parts = _cells(second.text, gap)
    if len(parts) != len(top):
        own = iter(part for part in parts if part)
        parts = [next(own, "") if column in wide else "" for column in range(len(top))]
    cells = [
        Cell(
            1,
            column + 1,
            top[column],
            colspan=owner.count(column),
            rowspan=1 if column in wide else 2,
            place=heading.place,
        )
        for column in range(len(top))
        if owner[column] == column
    ]
    cells += [Cell(2, column + 1, parts[column], place=second.place) for column in wide]
    below = meanings_of_cells(parts, options)
    above = meanings_of_cells([top[place] for place in owner], options)
    pairs = zip(below, above, strict=True)
    return cells, [low if low not in ("unknown", "unit", "area") else high for low, high in pairs]


def _placed(
    parts: Sequence[str], meanings: Sequence[Meaning], gap: re.Pattern[str], options: Options
) -> dict[int, str] | None:
    """The cells of a line by column; None where they do not fit."""
    if len(parts) == len(meanings):
        if gap is not _BLANK or all(looks_like_heading(part, options) for part in parts):
            return dict(enumerate(parts))
        placing = align.place(parts, meanings)
        return dict(enumerate(parts)) if placing and placing.columns == tuple(range(len(parts))) else None
    if len(parts) < 2 or (gap is _TAB and len(parts) > len(meanings)):
        return None
    for first in (0, len(meanings) - len(parts)) if gap is _TAB else ():
        fits = [align.fit(part, meaning) for part, meaning in zip(parts, meanings[first:], strict=False) if part]
        if all(gain > -5 for gain in fits):
            return {first + place: part for place, part in enumerate(parts)}
    words = [part for part in parts if part]
    placing = align.place(words, meanings)
    if not placing or placing.score <= 0 or not placing.certain:
        return None
    found: dict[int, str] = {}
    for column, word in zip(placing.columns, words, strict=True):
        found[column] = f"{found[column]} {word}" if column in found else word
    return found


def _filled(cells: Sequence[Cell], width: int) -> list[Cell]:
    """The cells with blank ones at the places that rows leave out."""
    full: list[Cell] = []
    divided = {cell.row + cell.rowspan - 1 for cell in cells if cell.rowspan > 1}
    rows: dict[int, dict[int, Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    for row in range(1, max(rows) + 1):
        own = rows.get(row, {})
        if row in divided or any(cell.colspan > 1 for cell in own.values()):
            full += own.values()
            continue
        full += [own.get(column, Cell(row, column, "")) for column in range(1, width + 1)]
    return full


def _runs_together(text: str, options: Options) -> bool:
    """Whether a line is nothing but three or more heading words without anything between them."""
    words = heading_words(text)
    if not _SHORTEST_RUN <= len(words) <= _LONGEST_RUN or "\t" in text.strip():
        return False
    known = _known_words(options.heading_words)
    found: list[str] = []
    position = 0
    while position < len(words):
        fitting = known.match(words, position)
        if not fitting:
            return False
        found.append(fitting[0])
        position = fitting.end()
    meanings = {meaning_of(word, options) for word in found}
    return len(found) >= _LEAST_WORDS and len(meanings) >= _LEAST_WORDS


@cache
def _known_words(further: tuple[tuple[str, str, str], ...]) -> re.Pattern[str]:
    words = {word for word, _, _ in further} | {word for word, _, _ in heading_rows()}
    longest_first = sorted((word for word in words if len(word) > 1), key=len, reverse=True)
    return re.compile("|".join([composed_headings(), *map(re.escape, longest_first)]))
