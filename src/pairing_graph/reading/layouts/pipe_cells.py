"""Tables with a bar between the cells: one row a line, with or without bars at its ends, or one cell a line.

Lines of a separator (|---|---|, +---+) only rule. A row that goes on in the next line is closed; one that has too few
or too many cells stays as lines and is reported. Where merged cells were left out, so that a row begins further to the
left and blank bars fill its end, its cells are laid along the columns by their content.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pairing_graph.base.text import leading_number, squeeze
from pairing_graph.kb.document import Cell, Document, Grid, Note, Paragraph
from pairing_graph.reading import targets
from pairing_graph.reading.layouts import align
from pairing_graph.reading.layouts.stretches import gather
from pairing_graph.reading.options import Options
from pairing_graph.reading.tables.evidence import TOTAL
from pairing_graph.reading.tables.headings import Meaning, heading_words, looks_like_heading, split_region
from pairing_graph.reading.tables.meanings import meanings_of_rows
from pairing_graph.reading.tables.rows import looks_like_area, names_area

NAME = "pipe_cells"
_BAR = re.compile(r"(?<!\\)[|｜│┃]")
_CLOSED = re.compile(r"(?<!\\)[|｜│┃]\s*$")
_RULE = re.compile(r"^[\s|｜│┃+\-:：=─━┌┐└┘├┤┬┴┼—]+$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MOST_PLAIN_LINES = 6
"""Lines without a bar between two that have one: a cell with line breaks."""
_LONGEST_ROW = 100
"""Lines of one row."""


def recover(document: Document, options: Options) -> Document:
    """The document with its barred tables as grids; bars alone between cells of one line are left out."""
    return gather(document, _has_bar, lambda lines, number: _tables(lines, number, options), gap=_MOST_PLAIN_LINES)


def _has_bar(line: Paragraph) -> bool:
    return len(_BAR.findall(line.text)) >= 1 and not line.text.startswith("\t")


def _tables(
    lines: Sequence[Paragraph], number: int, options: Options
) -> tuple[list[Paragraph | Grid], list[Note]] | None:
    """Grids out of the lines of a stretch, None where they are no table; a new heading begins a new one."""
    alone = [line for line in lines if _is_blank_cell(line.text)]
    if len(alone) > _MOST_PLAIN_LINES and len(alone) == len([line for line in lines if _has_bar(line)]):
        return [line for line in lines if line not in alone], []
    blocks: list[Paragraph | Grid] = []
    notes: list[Note] = []
    count = number
    for part in _apart(lines, options):
        made = _table(part, count, options)
        blocks += made[0] if made else part
        notes += made[1] if made else []
        count += bool(made)
    return (blocks, notes) if count > number else None


def _apart(lines: Sequence[Paragraph], options: Options) -> list[list[Paragraph]]:
    """The lines of each table; unbarred ones before a heading (a caption) are a group of their own."""
    parts: list[list[Paragraph]] = [[]]
    top: list[str] = []
    for line in lines:
        words = _parts(line.text)
        own = [heading_words(word) for word in words]
        if _has_bar(line) and len(words) > 1 and (own == top or _is_heading(words, options)):
            plain: list[Paragraph] = []
            while top and parts[-1] and not _has_bar(parts[-1][-1]):
                plain.insert(0, parts[-1].pop())
            captioned = any(line.text.strip() for line in plain)
            if top and (own != top or captioned):
                parts += [plain, []]
            else:
                parts[-1] += plain
            top = own
        parts[-1].append(line)
    return [part for part in parts if part]


def _is_heading(words: Sequence[str], options: Options) -> bool:
    """Whether a line names columns; a row of nothing but regions may be a pair."""
    filled = [word for word in words if word]
    named = [word for word in filled if not split_region(heading_words(word), ())[0]]
    known = [word for word in filled if looks_like_heading(word, options)]
    return bool(named) and (len(known) == len(filled) or 2 < len(known) >= len(filled) - 2)


def _table(
    lines: Sequence[Paragraph], number: int, options: Options
) -> tuple[list[Paragraph | Grid], list[Note]] | None:
    barred = [line for line in lines if _has_bar(line) and not _is_rule(line.text)]
    sizes = Counter(len(_parts(line.text)) for line in barred)
    if not barred or (max(sizes) < 2 and len(barred) < 4):
        return None
    heading = _heading_line(barred, options)
    if heading is None:
        return None
    if len(_parts(heading.text)) == 1:
        return _one_cell_a_line(lines, number, options)
    return _rows(lines, heading, number, options)


def _heading_line(barred: Sequence[Paragraph], options: Options) -> Paragraph | None:
    """The first line that names columns; any where every line holds one cell."""
    if all(len(_parts(line.text)) == 1 for line in barred):
        return barred[0]
    for line in barred[:4]:
        parts = _parts(line.text)
        if len(parts) > 1 and sum(looks_like_heading(part, options) for part in parts) >= 2:
            return line
    return None


def _rows(
    lines: Sequence[Paragraph], heading: Paragraph, number: int, options: Options
) -> tuple[list[Paragraph | Grid], list[Note]]:
    top = _parts(heading.text)
    width = len(top)
    joined = _joined(lines, heading, width)
    below = next(place for place, (_, sources) in enumerate(joined, 1) if heading in sources)
    whole = [parts for parts, _ in joined[below:] if len(parts) == width and parts != top]
    meanings = meanings_of_rows(top, [parts for parts in whole if parts[-1].strip()] or whole, options)
    cells: list[Cell] = []
    left: list[Paragraph] = []
    notes: list[Note] = []
    latest: dict[int, int] = {}
    row = 0
    for place, (parts, sources) in enumerate(joined, 1):
        filled = [part for part in parts if part.strip()]
        fixed = place < below or bool(TOTAL.match(squeeze(parts[0])))  # metadata and sums lie where they are
        if len(parts) < width and len(filled) > 1 and fixed:
            parts = [*parts, *[""] * (width - len(parts))]
        over_all = len(filled) == 1 and (len(parts) < width or _is_area(parts, meanings))
        short = None if over_all or len(parts) >= width else _moved([*parts, *[""] * (width - len(parts))], meanings)
        if len(parts) != width and not over_all and not short:
            reason = "row_short" if len(parts) < width else "row_long"
            left += sources
            notes += [Note(reason, line.text.strip(), paragraph=line.number) for line in sources]
            continue
        row += 1
        if over_all:
            cells.append(Cell(row, 1, filled[0], colspan=width, place=sources[0].place))
            continue
        moved = short or (_moved(parts, meanings) if row > 1 and not fixed else None)
        if moved:
            notes.append(Note("cell_placed", " | ".join(filled), table=number, row=row))
        covered = _reach_down(cells, latest, moved, row) if moved else set()
        for column, text in enumerate(moved or parts, 1):
            if column not in covered:
                latest[column] = len(cells)
                cells.append(Cell(row, column, text, place=sources[0].place))
    grid = Grid(number, tuple(cells), blank="unknown", layout=NAME)
    return [grid, *left], notes


def _reach_down(cells: list[Cell], latest: Mapping[int, int], moved: Sequence[str], row: int) -> set[int]:
    """The columns of a row where a merged cell of the rows above was left out: that one now reaches down to it."""
    last = max(column for column, text in enumerate(moved, 1) if text)
    covered: set[int] = set()
    for column in range(1, last):
        place = latest.get(column)
        if moved[column - 1] or place is None or cells[place].row + cells[place].rowspan != row:
            continue
        cells[place] = replace(cells[place], rowspan=cells[place].rowspan + 1)
        covered.add(column)
    return covered


def _is_area(parts: Sequence[str], meanings: Sequence[Meaning]) -> bool:
    """Whether a row with words in its first cell only names an area."""
    if not parts[0].strip() or not looks_like_area(parts[0]) or targets.find_targets(parts[0]):
        return False
    return names_area(parts[0]) or (meanings[0] == "number" and not leading_number(f"{parts[0]}.").style)


def _moved(parts: Sequence[str], meanings: Sequence[Meaning]) -> list[str] | None:
    """The cells of a row at their columns, where those of merged cells were left out and blank ones fill its end."""
    words = list(parts)
    while words and not words[-1].strip():
        words.pop()
    if not words or len(words) == len(parts) or not words[0].strip():
        return None
    if align.fit(words[0], meanings[0]) > 0 and all(
        align.fit(*pair) > 0 for pair in zip(words, meanings, strict=False)
    ):
        return None
    placing = align.place(words, meanings)
    if not placing or len(set(placing.columns)) < len(words) or not placing.certain:
        return None
    found = [""] * len(parts)
    for column, word in zip(placing.columns, words, strict=True):
        found[column] = word
    return found


def _joined(lines: Sequence[Paragraph], heading: Paragraph, width: int) -> list[tuple[list[str], list[Paragraph]]]:
    """The cells of every row with its lines; a line without enough bars goes on with the row before it.

    Where a bar closes every row, a row goes on to the line that ends with one.
    """
    rows: list[tuple[list[str], list[Paragraph]]] = []
    closes = bool(_CLOSED.search(heading.text))
    for line in lines:
        if not line.text.strip() or _is_rule(line.text):
            continue
        text = line.text.strip()
        last = rows[-1] if rows else None
        open_row = last is not None and closes and not _CLOSED.search(last[1][-1].text) and len(last[1]) < _LONGEST_ROW
        if last and open_row and not _BAR.match(text) and len(last[0]) <= width:
            joined = _parts("\n".join(part.text.strip() for part in (*last[1], line)), width)
            if len(joined) <= width:
                last[0][:] = joined
                last[1].append(line)
                continue
        parts = _parts(text, width)
        if last and _completes(last[0], parts, text, width):
            last[0][-1] = f"{last[0][-1]}\n{parts[0]}".strip()
            last[0].extend(parts[1:])
            last[1].append(line)
        elif last and len(last[0]) == width and not _BAR.search(text) and _goes_on(last[1][-1].text, text):
            last[0][-1] = f"{last[0][-1]}\n{text}".strip()
            last[1].append(line)
        else:
            rows.append((parts, [line]))
    return rows


def _completes(row: Sequence[str], parts: Sequence[str], text: str, width: int) -> bool:
    """Whether a line fills up the row before it."""
    return not _BAR.match(text) and 1 < len(row) < width and len(row) + len(parts) - 1 <= width


def _goes_on(row: str, text: str) -> bool:
    """Whether an unbarred line goes on with the last cell of a full row, and does not name an area."""
    return not _CLOSED.search(row) and not names_area(text)


def _one_cell_a_line(
    lines: Sequence[Paragraph], number: int, options: Options
) -> tuple[list[Paragraph | Grid], list[Note]] | None:
    """Every line one cell: the heading determines how many make a row; a blank cell is a bar with nothing behind it."""
    found: list[tuple[str, Paragraph]] = []
    for line in lines:
        if not line.text.strip() or (_is_rule(line.text) and not _is_blank_cell(line.text)):
            continue
        if _has_bar(line) or not found:
            found.append((_parts(line.text)[0] if _has_bar(line) else line.text.strip(), line))
        else:
            found[-1] = (f"{found[-1][0]}\n{line.text.strip()}", found[-1][1])
    width = 0
    while width < len(found) and looks_like_heading(found[width][0], options):
        width += 1
    if width < 2:
        return None
    cells = [
        Cell(index // width + 1, index % width + 1, text, place=line.place) for index, (text, line) in enumerate(found)
    ]
    whole = len(found) // width * width
    over = [line for _, line in found[whole:]]
    notes = [Note("row_short", line.text.strip(), paragraph=line.number) for line in over]
    return [Grid(number, tuple(cells[:whole]), blank="unknown", layout=NAME), *over], notes


def _parts(text: str, width: int = 0) -> list[str]:
    """The cells of a line; bars at its ends open and close it, unless a blank cell is due there."""
    parts = _BAR.split(text.strip())
    if len(parts) > 1 and not parts[0].strip() and len(parts) != width:
        parts = parts[1:]
    if len(parts) > 1 and not parts[-1].strip() and len(parts) != width and not text.rstrip().endswith("\\|"):
        parts = parts[:-1]
    return [_BREAK.sub("\n", part).replace("\\|", "|").strip().strip("*").strip() for part in parts]


def _is_rule(text: str) -> bool:
    return bool(_RULE.match(text)) and bool(re.search(r"[-—─━=+]", text))


def _is_blank_cell(text: str) -> bool:
    return bool(re.fullmatch(r"\s*[|｜│┃]\s*[|｜│┃]?\s*", text))
