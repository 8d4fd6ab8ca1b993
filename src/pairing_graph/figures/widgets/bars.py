"""Rows of bars: panels side by side, a name and a bar or two in each row.

Lengths are in points and were chosen by eye.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.figures.sheet import INNER, MARGIN, NOTE_SIZE, WIDTH, Canvas
from pairing_graph.figures.widgets.texts import Legend, RowNames, draw_region_heading, name_column
from pairing_graph.look.palette import GREY, INK, MUTED, PAPER, RegionLook
from pairing_graph.look.style import TEXT_GAP, wrapped

NAME_GAP = 6.0
"""Between a name and the line that bars begin at."""
HEADING_MIDDLE = 7.0
"""The middle of a panel's heading below its upper end: half a line of it."""
_GUTTER = 26.0
_HEAD = 26.0
"""From the upper end of a panel to its first row."""
_KEY = 24.0
_ROW = 27.0
_LINE = 12.0
_BAR = 9.0
_BARS_GAP = 1.0
"""Between the two bars of a row."""
_AROUND_NAME = 5.0
"""What a name of several lines has above and below together."""
_KEY_BAR = 18.0
_WIDEST_NAME = 0.45
"""The share of a panel that names may take; longer ones are broken into lines."""
_NUMBER = 30.0
"""Behind the longest bar, for its number: up to five figures."""
_KEY_LOOK = replace(GREY, colour=MUTED)


@dataclass(frozen=True)
class Panels:
    """Places for the panels of a figure, in rows of one or two.

    Attributes:
        across: How many there are in a row.
        heights: How high each is.
    """

    across: int
    heights: Sequence[float] = ()

    @property
    def width(self) -> float:
        """The width of a panel."""
        return (INNER - (self.across - 1) * _GUTTER) / self.across

    @property
    def height(self) -> float:
        """The height of all rows."""
        return sum(self._rows) + max(len(self._rows) - 1, 0) * _GUTTER

    def places(self, y: float) -> Iterator[tuple[float, float]]:
        """The top left corners, from a height downwards."""
        for count in range(len(self.heights)):
            row, place = divmod(count, self.across)
            yield MARGIN + place * (self.width + _GUTTER), y + sum(self._rows[:row]) + row * _GUTTER

    @property
    def _rows(self) -> list[float]:
        starts = range(0, len(self.heights), self.across)
        return [max(self.heights[start : start + self.across]) for start in starts]


def bar_rows(canvas: Canvas, names: Sequence[str], column: RowNames, left: float, y: float) -> Iterator[float]:
    """Draw names and the line that bars begin at; yield the middle of each row once its name is drawn."""
    top = y
    for name in names:
        middle = y + column.height(name) / 2.0
        column.draw(canvas, left - NAME_GAP, middle, name)
        yield middle
        y += column.height(name)
    canvas.line((left, left), (top, y), INK)


@dataclass(frozen=True)
class TwinBars:
    """Rows with two bars each, one state above the other, by region.

    Attributes:
        loads: Indexed by unit: region, before, after; NA where the unit is not there.
        names: What units are called.
        looks: How regions look, in their order.
        titles: What the upper and the lower bar are.
        note: A line below.
        lang: The language.
    """

    loads: pd.DataFrame
    names: Mapping[str, str]
    looks: Mapping[str, RegionLook]
    titles: tuple[str, str]
    note: str
    lang: Language

    @property
    def height(self) -> float:
        """How high the drawing is, in points."""
        note = len(self._note_lines) * _LINE + NAME_GAP if self.note else 0.0
        return self._legend.height + self._panels.height + note

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw onto a canvas, from a height downwards."""
        self._legend.draw(canvas, y)
        y += self._legend.height
        for (region, rows), corner in zip(self._regions.items(), self._panels.places(y), strict=True):
            self._draw_region(canvas, region, rows, *corner)
        y += self._panels.height
        for count, line in enumerate(self._note_lines):
            canvas.text(MARGIN, y + NAME_GAP + (count + 0.5) * _LINE, line, NOTE_SIZE, colour=MUTED)

    @cached_property
    def _regions(self) -> dict[str, pd.DataFrame]:
        parts = {region: self.loads[self.loads["region"] == region] for region in self.looks}
        return {region: rows for region, rows in parts.items() if not rows.empty}

    @cached_property
    def _panels(self) -> Panels:
        heights = [_HEAD + self._column.heights(self._named(rows)) for rows in self._regions.values()]
        return Panels(self._across, heights)

    @property
    def _across(self) -> int:
        return 2 if len(self._regions) > 1 else 1

    @cached_property
    def _column(self) -> RowNames:
        width = name_column(list(self.names.values()), Panels(self._across).width * _WIDEST_NAME)
        return RowNames(width, _ROW, _LINE, around=_AROUND_NAME)

    @cached_property
    def _legend(self) -> Legend:
        keys = [(title, partial(_draw_key, lower=lower)) for lower, title in enumerate(self.titles)]
        return Legend(keys, WIDTH - MARGIN, gap=_KEY, line=_KEY)

    @cached_property
    def _note_lines(self) -> list[str]:
        return wrapped(self.note, NOTE_SIZE, INNER)

    def _named(self, rows: pd.DataFrame) -> list[str]:
        return [self.names[str(unit)] for unit in rows.index]

    def _draw_region(self, canvas: Canvas, region: str, rows: pd.DataFrame, x: float, y: float) -> None:
        look, width = self.looks[region], self._panels.width
        draw_region_heading(canvas, (x, y + HEADING_MIDDLE), region, look, width, self.lang)
        left = x + self._column.width + NAME_GAP
        largest = float(self.loads[["before", "after"]].max().max()) or 1.0
        step = (x + width - _NUMBER - left) / largest
        middles = bar_rows(canvas, self._named(rows), self._column, left, y + _HEAD)
        # The middles come first: when they end, the line that the bars begin at is drawn.
        for middle, values in zip(middles, rows[["before", "after"]].itertuples(index=False), strict=True):
            for lower, value in enumerate(values):
                top = middle - _BAR - _BARS_GAP / 2.0 + lower * (_BAR + _BARS_GAP)
                self._draw_value(canvas, left, top, None if pd.isna(value) else float(value), step, lower, look)

    def _draw_value(
        self, canvas: Canvas, x: float, y: float, value: float | None, step: float, lower: int, look: RegionLook
    ) -> None:
        if value is None:
            canvas.text(x + TEXT_GAP, y + _BAR / 2.0, word("not_named", self.lang), NOTE_SIZE, colour=MUTED)
            return
        _draw_bar(canvas, x, y, value * step, lower, look)
        text = f"{value:.0f}" if value == round(value) else f"{value:.2f}"
        canvas.text(x + value * step + TEXT_GAP, y + _BAR / 2.0, text, NOTE_SIZE, strong=lower == 1)


def _draw_bar(canvas: Canvas, x: float, y: float, length: float, lower: int, look: RegionLook) -> None:
    """The upper bar is hollow, the lower one filled."""
    if length:
        fill, width = (look.colour, 0.6) if lower else (PAPER, 1.0)
        canvas.box(x, y, length, _BAR, fill, ec=look.colour, lw=width)


def _draw_key(canvas: Canvas, x: float, middle: float, *, lower: int) -> None:
    _draw_bar(canvas, x, middle - _BAR / 2.0, _KEY_BAR, lower, _KEY_LOOK)
