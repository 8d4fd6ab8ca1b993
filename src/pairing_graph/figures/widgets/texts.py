"""Names beside rows, names above columns, headings and legends.

Lengths are in points and were chosen by eye, so that one line of text has air around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pairing_graph.base.words import Language
from pairing_graph.figures.sheet import HEADING_SIZE, MARGIN, NOTE_SIZE, TEXT_SIZE, Canvas, widest
from pairing_graph.look.labels import region_label
from pairing_graph.look.palette import MUTED, RegionLook, unit_look
from pairing_graph.look.style import HEADING_INDENT, SYMBOL_MIDDLE, clipped, drawable, fitted, text_width, wrapped
from pairing_graph.look.vertical import vertical_cells, vertical_columns

SYMBOL_SIZE = 9.0
"""A region's symbol is as high as the capitals of its heading."""
_UPRIGHT = 11.0
"""The square of an upright character: its 9.5 points and some air."""
_LEGEND_LINE_MIDDLE = 8.5
"""The middle of a line of the legend: half of its 17 points."""


@dataclass(frozen=True)
class RowNames:
    """The names of rows, broken into lines where they are long.

    Attributes:
        width: The width of the column of names.
        row: The height of a row of one line.
        leading: The height of a line.
        around: What a row of many lines has above and below together.
    """

    width: float
    row: float
    leading: float = 12.0
    around: float = 4.0

    def height(self, name: str) -> float:
        """The height of a row."""
        return max(self.row, len(self._lines(name)) * self.leading + self.around)

    def heights(self, names: Iterable[str]) -> float:
        """The height of rows together."""
        return sum(map(self.height, names))

    def draw(self, canvas: Canvas, x: float, middle: float, name: str, **options: Any) -> None:
        """A name, its middle at a height; right-aligned unless the options say otherwise."""
        canvas.lines(x, middle, self._lines(name), self.leading, **({"size": TEXT_SIZE, "ha": "right"} | options))

    def _lines(self, name: str) -> list[str]:
        return wrapped(name, TEXT_SIZE, self.width)


def name_column(names: Sequence[str], most: float, *, headings: float = 0.0, air: float = 2.0) -> float:
    """The width of a column of names: what they or their headings need, no more than the most."""
    return min(max(widest(names, TEXT_SIZE), headings) + air, most)


@dataclass(frozen=True)
class Upright:
    """A name written from top to bottom, in as many columns as have room.

    Attributes:
        text: The name.
        width: The width that it has.
        longest: How many squares a column has at the least before it is broken.
    """

    text: str
    width: float
    longest: int

    @cached_property
    def columns(self) -> list[list[str]]:
        """What is in each square, column by column, the first at the right."""
        cells = vertical_cells(clipped(drawable(self.text)))
        fitting = max(1, int(self.width // _UPRIGHT))
        return vertical_columns(cells, max(self.longest, -(-len(cells) // fitting)))

    @property
    def height(self) -> float:
        """The height of the longest column."""
        return max(map(len, self.columns), default=0) * _UPRIGHT

    def draw(self, canvas: Canvas, middle: float, bottom: float) -> None:
        """The name above a line, around a middle."""
        for place, column in enumerate(self.columns):
            x = middle + ((len(self.columns) - 1) / 2.0 - place) * _UPRIGHT
            for count, cell in enumerate(column):
                y = bottom - self.height + (count + 0.5) * _UPRIGHT
                size = min(TEXT_SIZE, max(NOTE_SIZE, TEXT_SIZE * _UPRIGHT / max(text_width(cell, TEXT_SIZE), 1.0)))
                canvas.text(x, y, cell, size, ha="center")


def draw_region_heading(
    canvas: Canvas, at: tuple[float, float], region: str, look: RegionLook, width: float, lang: Language,
    size: float = HEADING_SIZE,
) -> None:  # fmt: skip
    """A region's symbol and name; `at` is the left end and the middle, `width` has room for both."""
    x, y = at
    canvas.mark(x + SYMBOL_MIDDLE, y, unit_look(look, ""), SYMBOL_SIZE)
    title = region_label(region, size, width - HEADING_INDENT, lang)
    canvas.text(x + HEADING_INDENT, y, title, size, strong=True)


@dataclass(frozen=True)
class Legend:
    """Keys with their titles, in as many lines as they need.

    Attributes:
        keys: A title and what draws its key, at the left end and the middle of the line.
        right: Where a line ends.
        indent: From a key's left end to its title.
        gap: From a title to the next key.
        line: The height of a line.
    """

    keys: Sequence[tuple[str, Callable[[Canvas, float, float], None]]]
    right: float
    indent: float = 24.0
    gap: float = 16.0
    line: float = 17.0

    @property
    def height(self) -> float:
        """The height of all lines."""
        return (self._places[-1][1] + 1) * self.line if self.keys else self.line

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw from a height downwards."""
        for (x, line), title, (_, draw) in zip(self._places, self._titles, self.keys, strict=True):
            middle = y + line * self.line + _LEGEND_LINE_MIDDLE
            draw(canvas, x, middle)
            canvas.text(x + self.indent, middle, title, NOTE_SIZE, colour=MUTED)

    @cached_property
    def _titles(self) -> list[str]:
        return [fitted(title, NOTE_SIZE, self.right - MARGIN - self.indent) for title, _ in self.keys]

    @cached_property
    def _places(self) -> list[tuple[float, int]]:
        """Where each key begins, and in which line."""
        places: list[tuple[float, int]] = []
        x, line = MARGIN, 0
        for title in self._titles:
            width = self.indent + text_width(title, NOTE_SIZE)
            if x + width > self.right and x > MARGIN:
                x, line = MARGIN, line + 1
            places.append((x, line))
            x += width + self.gap
        return places
