"""Text whose cells are separated by commas, semicolons or tabs, as exports write it: the stretch of its table as a grid.

Found by form, no word is known here. A stretch of prose has no equal number of commas line by line, no row of short
cells at its head and no columns that are unlike each other; all three are asked of text that does not call itself csv.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from pairing_graph.kb.document import Cell, Place

_SEPARATORS = ",;"
_LONGEST_RECORD = 100
"""Lines of one record: a quoted cell may hold line breaks."""
_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
_MOST = 0.8
"""Share of records that have the usual number of cells."""
_LONGEST_HEADING = 15
_UNLIKE = 1.8
"""How many times longer the cells of the longest column are than those of the shortest, where columns differ in kind."""
_SENTENCE_SIGNS = "。；：！？，、"


class Record(NamedTuple):
    """A row of cells and the lines that it takes, counted from 0, the last one excluded."""

    first: int
    end: int
    cells: Sequence[str]


@dataclass(frozen=True)
class Stretch:
    """A table in a text.

    Attributes:
        rows: Its records.
        columns: How many cells most of them have.
        separator: What separates them.
    """

    rows: Sequence[Record]
    columns: int
    separator: str

    @property
    def lines(self) -> range:
        """Its lines, from 0."""
        return range(self.rows[0].first, self.rows[-1].end)

    def cells(self) -> Iterator[Cell]:
        """Its cells; a short row lacks the last ones."""
        for number, row in enumerate(self.rows, 1):
            for column, text in enumerate(row.cells, 1):
                yield Cell(number, column, text.strip(), place=Place(line=row.first + 1))


def separator_of(suffix: str) -> str:
    """The separators that a file with this suffix may have; empty for plain text, where tabs and bars are layouts of their own."""
    return {".csv": ",;\t", ".tsv": "\t"}.get(suffix, "")


def stretches_of(lines: Sequence[str], suffix: str) -> list[Stretch]:
    """The separated tables of a text.

    Args:
        lines: The lines of the text.
        suffix: Suffix of the file: `.csv` and `.tsv` lower what is asked of a table.

    Example:
        >>> (found,) = stretches_of(["通知", "序号,任务,单位", '1,"办好学校,\\n改善条件。",县教委', "2,修路。,县交通局"], ".csv")
        >>> found.columns, list(found.lines), found.rows[1].cells
        (3, [1, 2, 3], ['1', '办好学校,\\n改善条件。', '县教委'])
        >>> stretches_of(["推动产业发展,加快项目建设,确保见效。"] * 5, ".txt")
        []
    """
    declared = separator_of(suffix)
    found = [
        _stretches(lines, sign, bool(declared) and (sign != "\t" or suffix == ".tsv"))
        for sign in declared or _SEPARATORS
    ]
    return max(found, key=lambda some: sum(len(stretch.rows) * (stretch.columns - 1) for stretch in some))


def beside(line: str, separator: str) -> str:
    """A line above or below a table, without the empty cells that an export pads it with.

    Example:
        >>> beside("任务表,,,,", ","), beside("六政发〔2025〕17号,,,4月15日", ","), beside("甲,乙。", ",")
        ('任务表', '六政发〔2025〕17号 4月15日', '甲,乙。')
    """
    if separator * 2 not in line and not line.endswith(separator):
        return line
    record = next(_records([line], separator), None)
    return " ".join(cell.strip() for cell in record.cells if cell.strip()) if record else line


def _stretches(lines: Sequence[str], separator: str, declared: bool) -> list[Stretch]:
    found = (_stretch(run, separator, declared) for run in _runs(list(_records(lines, separator)), lines))
    return [stretch for stretch in found if stretch]


def _stretch(run: Sequence[Record], separator: str, declared: bool) -> Stretch | None:
    """The table in records that follow each other, None if it is none."""
    run = _without_padding(run)
    counts = Counter(len(record.cells) for record in run)
    columns = max(counts, key=lambda count: (counts[count] * (count - 1), count))
    rows = _trimmed(run, columns)
    usual = [row for row in rows if len(row.cells) == columns]
    fewest_rows, fewest_columns = (2, 2) if declared else (_FEWEST_ROWS + 1, _FEWEST_COLUMNS)
    if columns < fewest_columns or len(usual) < fewest_rows or len(usual) < _MOST * len(rows):
        return None
    if not declared and not (_has_heading(usual[0]) and _are_unlike(usual[1:], columns)):
        return None
    return Stretch(rows, columns, separator)


def _records(lines: Sequence[str], separator: str) -> Iterator[Record]:
    """The records of a text; a line that is none on its own, such as one with a lone quotation mark, is passed over."""
    place = 0
    while place < len(lines):
        if separator not in lines[place] and not lines[place].startswith('"'):
            place += 1
            continue
        reader = csv.reader(
            (f"{line}\n" for line in islice(lines, place, place + _LONGEST_RECORD)), delimiter=separator, strict=True
        )
        try:
            cells = next(reader)
            taken = reader.line_num
        except (csv.Error, StopIteration):
            cells, taken = [], 1
        if len(cells) > 1:
            yield Record(place, place + taken, cells)
        place += taken


def _runs(records: Sequence[Record], lines: Sequence[str]) -> Iterator[list[Record]]:
    """Records that follow each other; blank lines between them are passed over, unless a title or another table follows."""
    run: list[Record] = []
    blank = False
    for record in records:
        if not any(cell.strip() for cell in record.cells):
            blank = True
            continue
        between = lines[run[-1].end : record.first] if run else []
        other = len(record.cells) != len(run[-1].cells) or _filled(record) == 1 if run else False
        if run and (any(line.strip(" ,;\t") for line in between) or ((blank or between) and other)):
            yield run
            run = []
        run.append(record)
        blank = False
    if run:
        yield run


def _filled(record: Record) -> int:
    return sum(1 for cell in record.cells if cell.strip())


def _trimmed(run: Sequence[Record], columns: int) -> list[Record]:
    """Records from the first to the last that has words in most columns, padded titles and notes left out.

    A last row with words in one cell is a note, unless that is not the first cell.
    """
    filled = [_filled(record) for record in run]
    full = [place for place, record in enumerate(run) if len(record.cells) == columns and 2 * filled[place] > columns]
    if not full:
        return []
    first = full[0]
    last = max((place for place, count in enumerate(filled) if count > 1 or not run[place].cells[0].strip()), default=0)
    return list(run[first : max(last, first) + 1])


def _without_padding(run: Sequence[Record]) -> list[Record]:
    """Records without the last columns in which no row of several words has any: an export pads all tables to one width."""
    used = [
        place for record in run if _filled(record) > 1 for place, cell in enumerate(record.cells, 1) if cell.strip()
    ]
    width = max(used, default=0)
    if not any(any(cell.strip() for cell in record.cells[width:]) for record in run):
        return [record._replace(cells=record.cells[:width]) for record in run]
    return list(run)


def _has_heading(record: Record) -> bool:
    cells = [cell.strip() for cell in record.cells]
    short = all(0 < len(cell) <= _LONGEST_HEADING for cell in cells)
    return (
        short and len(set(cells)) == len(cells) and not any(sign in cell for cell in cells for sign in _SENTENCE_SIGNS)
    )


def _are_unlike(rows: Sequence[Record], columns: int) -> bool:
    """Whether columns differ in kind: one of running numbers, or one of much longer cells than another."""
    lengths = []
    for column in range(columns):
        cells = [row.cells[column].strip() for row in rows if row.cells[column].strip()]
        if cells and all(cell.isdecimal() for cell in cells):
            return True
        lengths.append(sum(map(len, cells)) / len(cells) if cells else 0.0)
    held = [length for length in lengths if length]
    return bool(held) and max(held) >= _UNLIKE * min(held)
