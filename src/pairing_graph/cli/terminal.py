"""Tables that fit the terminal: names are data, never markup and never a command to the terminal.

A table that is too wide loses, in this order: the second language of its headings, the blanks between columns, columns
in which all cells are alike, the ends of long cells, columns from the right. The first column always stays, a cell is
never cut so that it equals another one of its column, and a line below says what is not shown. Output that does not go
to a terminal has all columns in full.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

import pandas as pd
import typer
from rich.cells import cell_len

from pairing_graph.base.text import printable
from pairing_graph.base.words import Language
from pairing_graph.output.section import Section, listed, words

Sections = Callable[[Language | None], Iterable[Section]]
_LONG = 24  # A cell up to this width is not cut as long as there is a column to leave out.
_SHORTEST = 8
_GAPS = (2, 1)
_PARTS = re.compile(r"[!-~]+ *|[^!-~] *")  # a word, or a character of any other writing


def print_sections(sections: Sections, file: TextIO, lang: Language | None = None) -> None:
    """Print sections, each below its heading, their tables no wider than the terminal.

    Args:
        sections: Makes the sections for a language; for None with both languages in the headings.
        file: Where they go.
        lang: The language. Without one, both where they fit the width of the terminal, and else Chinese.
    """
    width = shutil.get_terminal_size().columns if file.isatty() else None
    chosen = list(sections(lang))
    shorter = list(sections("zh")) if lang is None and width else chosen
    incomplete = False

    def folded(text: str) -> str:
        return "\n".join(_folded(printable(text), width))

    for wide, narrow in zip(chosen, shorter, strict=True):
        heading = next(text for text in (wide.heading, narrow.heading) if _fits(text, width) or text is narrow.heading)
        typer.echo(f"\n{typer.style(folded(heading), bold=True)}", file=file)
        if len(wide.table):
            lines, complete = table_lines(wide.table, narrow.table, width, lang or "zh")
            incomplete |= not complete
            typer.echo("\n".join(["", *lines, ""]), file=file)
        if text := wide.text if _fits(wide.text, width) else narrow.text:
            typer.echo(folded(text), file=file)
    if incomplete:
        typer.echo("\n" + folded(words("terminal_more", lang or "zh")), file=file)


def table_lines(wide: pd.DataFrame, narrow: pd.DataFrame, width: int | None, lang: Language) -> tuple[list[str], bool]:
    """The lines of a table, and whether all of it is shown.

    Args:
        wide: The table with headings in both languages.
        narrow: The same with headings in one language, for where that is too wide.
        width: How wide the lines may be at most; None for any width.
        lang: The language of the remark on what is left out.
    """
    if width is None:
        return _lines(_columns(wide), _GAPS[0]), True
    for table in (wide, narrow):
        columns = _columns(table)
        for gap in _GAPS:
            if _width(columns, gap) <= width:
                return _lines(columns, gap), True
    shown, hidden = _fitted(columns, width)
    lines = _lines(shown, _GAPS[-1])
    if hidden:
        names = ("、" if lang == "zh" else ", ").join(column.remark for column in columns if column in hidden)
        lines += ["", *_folded(words("terminal_hidden", lang, columns=names), width)]
    return lines, False


@dataclass(frozen=True, eq=False)
class _Column:
    """A column of a table as text."""

    heading: str
    cells: tuple[str, ...]
    is_number: bool

    @property
    def width(self) -> int:
        """How wide the cells are, or the longest word of the heading."""
        return max(cell_len(text) for text in (*self.cells, *self.heading.split()))

    @property
    def is_uniform(self) -> bool:
        """Whether all cells are alike, so that one remark says them all."""
        return len(self.cells) > 1 and len(set(self.cells)) == 1

    @property
    def remark(self) -> str:
        """The heading, with the value where all cells are alike and short."""
        name = " ".join(self.heading.split())
        return f"{name} = {self.cells[0]}" if self.is_uniform and cell_len(self.cells[0]) <= _LONG else name

    def heading_lines(self) -> list[str]:
        """The heading broken at blanks to the width of the column; each language begins a line."""
        lines: list[str] = []
        for part in self.heading.split("\n"):
            line = ""
            for word in part.split():
                joined = f"{line} {word}".lstrip()
                if line and cell_len(joined) > self.width:
                    lines.append(line)
                    joined = word
                line = joined
            lines.append(line)
        return lines

    def cut(self, width: int) -> _Column:
        """The column with its cells cut to a width, or to the least width at which different cells differ."""
        distinct = set(self.cells)
        for tried in range(width, self.width):
            cut = {text: _cut(text, tried) for text in distinct}
            if len(set(cut.values())) == len(distinct):
                return _Column(self.heading, tuple(cut[text] for text in self.cells), self.is_number)
        return self


def _columns(table: pd.DataFrame) -> list[_Column]:
    columns = []
    for place, name in enumerate(table.columns):
        cells = tuple(_one_line(str(listed(value))) for value in table.iloc[:, place])
        columns.append(_Column(printable(str(name)), cells, _is_number(cells)))
    return columns


def _one_line(text: str) -> str:
    return " ".join(printable(text).split("\n")).replace("\t", " ").strip()


def _is_number(cells: Sequence[str]) -> bool:
    """Whether a column has numbers, those that were formatted as text included, and else nothing but gaps."""
    filled = [text for text in cells if text not in ("", "<NA>", words("na", "zh"), words("na", "en"))]
    return bool(filled) and all(text.removeprefix("-").replace(".", "", 1).isdecimal() for text in filled)


def _width(columns: Sequence[_Column], gap: int) -> int:
    return sum(column.width for column in columns) + gap * (len(columns) - 1)


def _fitted(columns: list[_Column], width: int) -> tuple[list[_Column], list[_Column]]:
    """Columns that fit, and those that are left out for it."""
    shown, hidden = list(columns), []
    gap = _GAPS[-1]
    for column in reversed(columns[1:]):
        if _width(shown, gap) > width and column.is_uniform:
            shown.remove(column)
            hidden.append(column)
    while True:
        cut = _shortened(shown, width, _LONG)
        if _width(cut, gap) <= width:
            return cut, hidden
        if len(shown) == 1:
            return _shortened(shown, width, _SHORTEST), hidden
        hidden.append(shown.pop())


def _shortened(columns: Sequence[_Column], width: int, floor: int) -> list[_Column]:
    """The columns with the widest ones cut until they fit, none to less than the floor."""
    done, fixed = list(columns), set()
    while (excess := _width(done, _GAPS[-1]) - width) > 0:
        free = [place for place, column in enumerate(done) if column.width > floor and place not in fixed]
        if not free:
            break
        place = max(free, key=lambda place: done[place].width)
        others = [done[other].width for other in free if other != place]
        aim = max(floor, done[place].width - excess, min(done[place].width - 1, max(others, default=0)))
        cut = columns[place].cut(aim)
        if cut.width >= done[place].width:
            fixed.add(place)
        done[place] = cut
    return done


def _lines(columns: Sequence[_Column], gap: int) -> list[str]:
    """Headings, a rule and the rows; no blanks at the end of a line."""
    headings = [column.heading_lines() for column in columns]
    height = max(map(len, headings))
    rows: Iterator[Sequence[str]] = zip(*(column.cells for column in columns), strict=True)
    above = ([lines[place] if place < len(lines) else "" for lines in headings] for place in range(height))
    rule = "─" * _width(columns, gap)
    return [*(_line(row, columns, gap) for row in above), rule, *(_line(row, columns, gap) for row in rows)]


def _line(texts: Sequence[str], columns: Sequence[_Column], gap: int) -> str:
    padded = []
    for text, column in zip(texts, columns, strict=True):
        blanks = " " * (column.width - cell_len(text))
        padded.append(blanks + text if column.is_number else text + blanks)
    return (" " * gap).join(padded).rstrip()


def _cut(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    kept = ""
    taken = 0
    for sign in text:
        taken += cell_len(sign)
        if taken > width - 1:
            break
        kept += sign
    return f"{kept}…"


def _folded(text: str, width: int | None) -> list[str]:
    """The lines of a text, long ones broken at blanks and between Chinese characters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.append("")
        if _fits(paragraph, width):
            lines[-1] = paragraph
            continue
        for part in _PARTS.findall(paragraph):
            if lines[-1] and not _fits((lines[-1] + part).rstrip(), width):
                lines.append("")
            lines[-1] += part
    return [line.rstrip() for line in lines]


def _fits(text: str, width: int | None) -> bool:
    return width is None or all(cell_len(line) <= width for line in text.split("\n"))
