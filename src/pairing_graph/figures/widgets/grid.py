"""A matrix: named rows, columns of one width, marks or boxes where they cross."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pairing_graph.figures.sheet import MARGIN, NOTE_SIZE, Canvas
from pairing_graph.figures.widgets.texts import RowNames, Upright
from pairing_graph.look.palette import BAND, MUTED, PAPER, RegionLook, UnitLook
from pairing_graph.look.style import clipped, wrapped

NAME_GAP = 8.0
"""Points between a name and the first column."""
SQUARE = 10.5
"""The side of a mark, in points: the narrowest column has room for it."""
BROADEST = 30.0
"""Points; wider columns would only pull the marks apart."""
_LINE = 12.0
_AROUND_HEADS = 10.0
"""What a storey of headings has above and below together."""
_ABOVE_RULE = 6.0
"""From the lower end of upright names to the first row."""
_BELOW_LINES = 4.0
"""From the rule below lines of text to the lower storey."""
_INSET = 2.0
"""How far a rule, or lines of text, keep from the ends of their span, so that two spans stay apart."""
_THICKNESS = 3.0
"""Of the bar between two marks of one cell: seen, and thinner than a mark."""
_ROUND: Mapping[str, tuple[str, float]] = {
    "responsible": ("circle", 0.9),
    "support": ("circle", 0.45),
    "guide": ("triangle", 0.6),
}
"""The shapes of marks that are no squares, and the part of a square's side at which a ring looks as large, a dot and a
triangle half as large."""
_HATCH = "//////"

Sort = Literal["first", "listed", "responsible", "support", "guide"]
SORTS: tuple[Sort, ...] = ("first", "listed", "responsible", "support", "guide")
"""From the strongest to the weakest: a full square, a hatched one, a ring, a dot, a small triangle."""


def cell_width(room: float, columns: int, narrowest: float, broadest: float = BROADEST) -> float:
    """The width of a column; the narrowest where the room is not enough for all."""
    return min(max(room / columns, narrowest), broadest)


@dataclass(frozen=True)
class Grid:
    """Where rows and columns are.

    Attributes:
        names: The names of the rows.
        name_width: The width that is kept for them.
        cell: The width of a column.
    """

    names: RowNames
    name_width: float
    cell: float

    @property
    def left(self) -> float:
        """The left end of the first column."""
        return MARGIN + self.name_width + NAME_GAP

    def edge(self, place: int) -> float:
        """The left end of a column, and so the right end of the one before."""
        return self.left + place * self.cell

    def middle(self, place: int) -> float:
        """The middle of a column."""
        return self.left + (place + 0.5) * self.cell

    def draw_name(self, canvas: Canvas, name: str, middle: float, **options: Any) -> None:
        """The name of a row."""
        self.names.draw(canvas, self.left - NAME_GAP, middle, name, **options)


@dataclass(frozen=True)
class Span:
    """Neighbouring columns under one heading."""

    title: str
    start: int
    count: int


@dataclass(frozen=True)
class SpanHeads:
    """Headings of spans of columns, in two storeys: lines of text across the upper, upright names in the lower.

    Attributes:
        grid: The columns.
        upper: Spans of the upper storey, which is left out where there is only one.
        lower: Spans of the lower storey; every other one of several has a band behind it.
        longest: How many squares an upright name has at the least before it is broken.
    """

    grid: Grid
    upper: Sequence[Span]
    lower: Sequence[Span]
    longest: int

    @property
    def height(self) -> float:
        """The height of both storeys."""
        return self.upper_height + max((self._upright(span).height for span in self.lower), default=0.0) + _AROUND_HEADS

    @property
    def upper_height(self) -> float:
        """The height of the upper storey."""
        if len(self.upper) < 2:
            return 0.0
        return max(len(self._lines(span)) for span in self.upper) * _LINE + _AROUND_HEADS

    def draw(self, canvas: Canvas, top: float, bottom: float) -> None:
        """Draw the headings from a height downwards, and bands as far as the bottom of the matrix."""
        for span in self.lower[::2] if len(self.lower) > 1 else ():
            y = top + self.upper_height
            canvas.box(self.grid.edge(span.start), y, span.count * self.grid.cell, bottom - y, BAND, zorder=0)
        for span in self.upper if len(self.upper) > 1 else ():
            x, width = self.grid.edge(span.start), span.count * self.grid.cell
            for count, line in enumerate(self._lines(span)):
                canvas.text(x + width / 2.0, top + (count + 0.5) * _LINE, line, NOTE_SIZE, ha="center", colour=MUTED)
            below = top + self.upper_height - _BELOW_LINES
            canvas.line((x + _INSET, x + width - _INSET), (below, below), MUTED)
        for span in self.lower:
            middle = self.grid.left + (span.start + span.count / 2.0) * self.grid.cell
            self._upright(span).draw(canvas, middle, top + self.height - _ABOVE_RULE)

    def _upright(self, span: Span) -> Upright:
        return Upright(span.title, span.count * self.grid.cell, self.longest)

    def _lines(self, span: Span) -> list[str]:
        return wrapped(clipped(span.title), NOTE_SIZE, max(span.count * self.grid.cell - 2.0 * _INSET, NOTE_SIZE * 1.1))


def draw_mark(
    canvas: Canvas, at: tuple[float, float], sort: Sort, look: RegionLook, *, hollow: bool = False, size: float = SQUARE
) -> None:
    """A mark, one for each of `SORTS`; of a collective it is hollow."""
    x, y = at
    if sort in _ROUND:
        shape, part = _ROUND[sort]
        fill = PAPER if sort == "responsible" or hollow else look.colour
        canvas.mark(x, y, UnitLook(fill, look.colour, shape), size * part, mew=1.3)
        return
    fill, hatch = (look.colour, "") if sort == "first" else (look.light, _HATCH)
    fill, width = (PAPER, 1.6) if hollow else (fill, 0.8)
    half = size / 2.0
    canvas.box(x - half, y - half, size, size, fill, ec=look.colour, lw=width, hatch=hatch, zorder=3)


def draw_joint(canvas: Canvas, x: float, middle: float, width: float, colour: str, zorder: float = 1.0) -> None:
    """A bar that joins two marks."""
    canvas.box(x, middle - _THICKNESS / 2.0, width, _THICKNESS, colour, zorder=zorder)
