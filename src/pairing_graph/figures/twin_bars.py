"""Two bars per unit, one state above the other: what a change, a scenario or another year does to the load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.figures.sheet import MARGIN, NOTE_SIZE, TEXT_SIZE, WIDTH, Canvas, widest
from pairing_graph.look.labels import region_label
from pairing_graph.look.palette import INK, MUTED, PAPER, RegionLook, unit_look
from pairing_graph.look.style import fitted, text_width, wrapped

_GUTTER = 26.0
_HEAD = 26.0
_KEY = 24.0
_ROW = 27.0
_LINE = 12.0
_TITLE = 11.0
_TITLE_GAP = 24.0
_BAR = 9.0
_WIDEST_NAME = 0.45
_NUMBER = 30.0


@dataclass(frozen=True)
class TwinBars:
    """Units with two numbers each, by region.

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
        rows = [self._regions[start : start + self._across] for start in range(0, len(self._regions), self._across)]
        heights = [max(self._region_height(region) for region in row) for row in rows]
        note = len(self._note_lines) * _LINE + 6.0 if self.note else 0.0
        return self._key_height + sum(heights) + (len(rows) - 1) * _GUTTER + note

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw onto a canvas, from a height downwards."""
        self._draw_key(canvas, y)
        y += self._key_height
        for start in range(0, len(self._regions), self._across):
            row = self._regions[start : start + self._across]
            for place, region in enumerate(row):
                self._draw_region(canvas, region, MARGIN + place * (self._width + _GUTTER), y)
            last = start + self._across >= len(self._regions)
            y += max(self._region_height(region) for region in row) + (0.0 if last else _GUTTER)
        for count, line in enumerate(self._note_lines):
            canvas.text(MARGIN, y + 6.0 + (count + 0.5) * _LINE, line, NOTE_SIZE, colour=MUTED)

    @property
    def _regions(self) -> Sequence[str]:
        return [region for region in self.looks if (self.loads["region"] == region).any()]

    @property
    def _across(self) -> int:
        return 2 if len(self._regions) > 1 else 1

    @property
    def _width(self) -> float:
        return (WIDTH - 2.0 * MARGIN - (self._across - 1) * _GUTTER) / self._across

    @property
    def _name_width(self) -> float:
        return min(widest(list(self.names.values()), TEXT_SIZE) + 2.0, self._width * _WIDEST_NAME)

    @property
    def _note_lines(self) -> list[str]:
        return wrapped(self.note, NOTE_SIZE, WIDTH - 2.0 * MARGIN)

    @property
    def _key_height(self) -> float:
        return _KEY * len(self._key_lines)

    @property
    def _key_titles(self) -> list[str]:
        return [fitted(title, NOTE_SIZE, WIDTH - 2.0 * MARGIN - _TITLE_GAP) for title in self.titles]

    @property
    def _key_lines(self) -> list[list[tuple[float, int]]]:
        """The two keys with their places, in one line or two."""
        first, last = (_TITLE_GAP + text_width(title, NOTE_SIZE) for title in self._key_titles)
        second = MARGIN + first + _TITLE_GAP
        beside = second + last <= WIDTH - MARGIN
        return [[(MARGIN, 0), (second, 1)]] if beside else [[(MARGIN, 0)], [(MARGIN, 1)]]

    def _draw_key(self, canvas: Canvas, y: float) -> None:
        grey = RegionLook(MUTED, "#D0D0D0", "square", "")
        for line in self._key_lines:
            for x, which in line:
                self._draw_bar(canvas, x, y + 4.0, 18.0, which, grey)
                title = self._key_titles[which]
                canvas.text(x + _TITLE_GAP, y + 4.0 + _BAR / 2.0, title, NOTE_SIZE, colour=MUTED)
            y += _KEY

    def _lines(self, unit: str) -> list[str]:
        return wrapped(self.names[unit], TEXT_SIZE, self._name_width)

    def _row_height(self, unit: str) -> float:
        return max(_ROW, len(self._lines(unit)) * _LINE + 5.0)

    def _region_height(self, region: str) -> float:
        return _HEAD + sum(self._row_height(str(unit)) for unit in self._units(region).index)

    def _units(self, region: str) -> pd.DataFrame:
        return self.loads[self.loads["region"] == region]

    def _draw_region(self, canvas: Canvas, region: str, x: float, y: float) -> None:
        look = self.looks[region]
        canvas.mark(x + 5.0, y + 7.0, unit_look(look, ""), 9.0)
        title = region_label(region, _TITLE, self._width - 15.0, self.lang)
        canvas.text(x + 15.0, y + 7.0, title, _TITLE, strong=True)
        y += _HEAD
        left = x + self._name_width + 6.0
        largest = float(self.loads[["before", "after"]].max().max()) or 1.0
        step = (x + self._width - _NUMBER - left) / largest
        top = y
        for unit, row in zip(self._units(region).index, self._units(region).to_dict("records"), strict=True):
            height = self._row_height(str(unit))
            lines = self._lines(str(unit))
            for count, line in enumerate(lines):
                place = y + height / 2.0 + (count - (len(lines) - 1) / 2.0) * _LINE
                canvas.text(left - 6.0, place, line, TEXT_SIZE, ha="right")
            for which, value in enumerate((row["before"], row["after"])):
                place = y + height / 2.0 - _BAR - 0.5 + which * (_BAR + 1.0)
                self._draw_value(canvas, left, place, value, step, which, look)
            y += height
        canvas.line((left, left), (top, y), INK)

    def _draw_value(
        self, canvas: Canvas, x: float, y: float, value: object, step: float, which: int, look: RegionLook
    ) -> None:
        if pd.isna(value):  # type: ignore[call-overload]
            canvas.text(x + 5.0, y + _BAR / 2.0, word("not_named", self.lang), NOTE_SIZE, colour=MUTED)
            return
        number = float(str(value))
        self._draw_bar(canvas, x, y, number * step, which, look)
        told = f"{number:.0f}" if number == round(number) else f"{number:.2f}"
        canvas.text(x + number * step + 5.0, y + _BAR / 2.0, told, NOTE_SIZE, strong=which == 1)

    def _draw_bar(self, canvas: Canvas, x: float, y: float, length: float, which: int, look: RegionLook) -> None:
        if length and which:
            canvas.box(x, y, length, _BAR, look.colour, ec=look.colour, lw=0.6)
        elif length:
            canvas.box(x, y, length, _BAR, PAPER, ec=look.colour, lw=1.0)
