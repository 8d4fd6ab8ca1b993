"""What is in the cells of the responsibility matrix: a mark for each task, or a count for each area.

Lengths are in points and were chosen by eye.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from typing import Protocol

from pairing_graph.base.words import Language, word
from pairing_graph.figures.sheet import NOTE_SIZE, TEXT_SIZE, Canvas, line_style, widest
from pairing_graph.figures.widgets.grid import BROADEST, SORTS, Grid, Sort, draw_joint, draw_mark
from pairing_graph.look.contrast import blended, ink_on
from pairing_graph.look.palette import GREY, PAPER, LineLook, RegionLook

_KEY_MIDDLE = 9.0
"""The middle of a mark in the legend, from its left end."""
_KEY_JOINED = (2.0, 16.0, 7.0)
"""Of two joined marks in the legend the middles, and their size: smaller, so that the bar between them is seen."""
_KEY_BOX = (2.0, 16.0)
"""The left end and the width of a box in the legend."""
_BOX = 13.0
"""The height of a box: a row of 16 points with air."""
_BOX_AIR = 9.0
"""What a box has beside its number, and the boxes between them."""
_NARROWEST_BOX = 24.0
_INSET = 2.0
_OTHERS = LineLook(0.9, (1.0, 1.5))
"""The outline of a unit that answers for no task of the area: dotted, as the links of who supports."""
_TINTS = 3
"""More could not be told apart, least of all in grey."""
_PALEST = 0.55
"""The share of a region's lighter tone in the palest tint: still seen on the band behind every other area."""

Key = tuple[str, Callable[[Canvas, float, float], None]]
"""A title of the legend and what draws its sign."""


@dataclass(frozen=True)
class Row:
    """A unit.

    Attributes:
        unit: Which.
        name: What it is called.
        collective: Whether it is one.
        total: Its tasks in any role.
    """

    unit: str
    name: str
    collective: bool
    total: int


@dataclass(frozen=True)
class Column:
    """A task, or an area with its tasks.

    Attributes:
        key: Which, as in the cells.
        title: The number of the task, or how many tasks the area has.
        document: The notice.
        area: The area.
    """

    key: str
    title: str
    document: str
    area: str


class Cells(Protocol):
    """What is where a unit meets a column."""

    @property
    def broadest(self) -> float:
        """The width that a column has at the most."""

    @property
    def narrowest(self) -> float:
        """The width that a column needs."""

    def has(self, row: Row, column: Column) -> bool:
        """Whether there is something."""

    def draw(
        self, canvas: Canvas, grid: Grid, columns: Sequence[Column], row: Row, look: RegionLook, middle: float
    ) -> None:
        """Draw the cells of a row."""

    def keys(self, pages: Sequence[tuple[Sequence[Row], Sequence[Column]]], lang: Language) -> list[Key]:
        """The legend of what occurs, and no more."""


@dataclass(frozen=True)
class TaskCells:
    """One mark for each task of a unit; marks from one merged cell are joined.

    Attributes:
        marks: The mark of a task and unit, and the cell that it comes from.
        answering: The roles of the units that answer for a task.
        narrowest: The width that a column needs.
        broadest: The width that it has at the most.
    """

    marks: Mapping[tuple[str, str], tuple[Sort, str]]
    answering: Sequence[str]
    narrowest: float
    broadest: float = BROADEST

    def has(self, row: Row, column: Column) -> bool:
        """Whether the unit has it."""
        return (column.key, row.unit) in self.marks

    def draw(
        self, canvas: Canvas, grid: Grid, columns: Sequence[Column], row: Row, look: RegionLook, middle: float
    ) -> None:
        """Draw the marks of a row and what joins them."""
        for place in self._joints(row, columns):
            draw_joint(canvas, grid.middle(place), middle, grid.cell, look.colour, zorder=1.5)
        for place, column in enumerate(columns):
            mark = self.marks.get((column.key, row.unit))
            if mark:
                draw_mark(canvas, (grid.middle(place), middle), mark[0], look, hollow=row.collective)

    def keys(self, pages: Sequence[tuple[Sequence[Row], Sequence[Column]]], lang: Language) -> list[Key]:
        """Each sort of mark that occurs."""
        shown = {sort for sort, _ in self.marks.values()}
        draws: dict[str, Callable[[Canvas, float, float], None]]
        draws = {sort: partial(_draw_key, sort=sort) for sort in SORTS if sort in shown}
        joined = any(self._joints(row, columns) for rows, columns in pages for row in rows)
        draws |= {"joined": _draw_joined} if joined else {}
        draws |= {"hollow": partial(_draw_key, hollow=True)} if _any_collective(pages) else {}
        roles = roles_in_words(self.answering, lang)
        return [(word(f"legend_{key}", lang, roles=roles), draw) for key, draw in draws.items()]

    def _joints(self, row: Row, columns: Sequence[Column]) -> list[int]:
        """The columns whose mark and the next one are from one cell."""
        origins = [self.marks.get((column.key, row.unit), ("first", ""))[1] for column in columns]
        return [place for place, (here, there) in enumerate(pairwise(origins)) if here and here == there]


@dataclass(frozen=True)
class AreaCells:
    """How many tasks of an area a unit answers for, and in how many more it takes part.

    Attributes:
        counts: Both counts of an area and unit.
        answering: The roles of the units that answer for a task.
        broadest: The width that a column has at the most: a box is no bar.
    """

    counts: Mapping[tuple[str, str], tuple[int, int]]
    answering: Sequence[str]
    broadest: float = 42.0

    @cached_property
    def narrowest(self) -> float:
        """The width that a column needs."""
        return max(widest([_count(*counts) for counts in self.counts.values()], TEXT_SIZE) + _BOX_AIR, _NARROWEST_BOX)

    def has(self, row: Row, column: Column) -> bool:
        """Whether the unit has it."""
        return (column.key, row.unit) in self.counts

    def draw(
        self, canvas: Canvas, grid: Grid, columns: Sequence[Column], row: Row, look: RegionLook, middle: float
    ) -> None:
        """Draw the boxes of a row with their numbers."""
        width = grid.cell - 2.0 * _INSET
        for place, column in enumerate(columns):
            if not self.has(row, column):
                continue
            counts, x = self.counts[column.key, row.unit], grid.edge(place) + _INSET
            tint = None if row.collective or not counts[0] else self._tint(counts[0])
            fill = _draw_box(canvas, x, middle, width, look, tint, answers=counts[0] > 0)
            canvas.text(x + width / 2.0, middle, _count(*counts), TEXT_SIZE, ha="center", colour=ink_on(fill), zorder=4)

    def keys(self, pages: Sequence[tuple[Sequence[Row], Sequence[Column]]], lang: Language) -> list[Key]:
        """The tints and what the numbers are."""
        roles = roles_in_words(self.answering, lang)
        keys: list[Key] = []
        for tint, (least, most) in enumerate(self._levels):
            span = f"{least}–{most}" if most > least else str(most)
            title = word("legend_fold_answers", lang, roles=roles, span=span)
            keys.append((title, partial(_draw_key_box, tint=tint)))
        if any(others for _, others in self.counts.values()):
            keys.append((word("legend_fold_others", lang), partial(_draw_key_box, answers=False, text="+")))
        if _any_collective(pages):
            keys.append((word("legend_hollow", lang), _draw_key_box))
        return keys

    @cached_property
    def _levels(self) -> list[tuple[int, int]]:
        """The least and the largest number of each tint."""
        largest = max((answers for answers, _ in self.counts.values()), default=0)
        levels = min(_TINTS, largest)
        ends = [-(-largest * level // levels) for level in range(levels + 1)] if levels else []
        return [(before + 1, end) for before, end in pairwise(ends)]

    def _tint(self, count: int) -> int:
        return next(tint for tint, (_, most) in enumerate(self._levels) if count <= most)


def roles_in_words(roles: Sequence[str], lang: Language) -> str:
    """Roles as a legend names them: lead, or lead or responsible."""
    return word("or", lang).join(word(role, lang) for role in roles)


def _count(answers: int, others: int) -> str:
    """The number in a cell: 3, 3+2 or +2."""
    return f"{answers or ''}{f'+{others}' if others else ''}"


def _any_collective(pages: Sequence[tuple[Sequence[Row], Sequence[Column]]]) -> bool:
    return any(row.collective for rows, _ in pages for row in rows)


def _draw_box(
    canvas: Canvas, x: float, middle: float, width: float, look: RegionLook, tint: int | None, *, answers: bool
) -> str:
    """A box in a tint of a region, without one in white; dotted where the unit answers for nothing. Gives back its fill."""
    tints = (blended(look.light, PAPER, _PALEST), look.light, look.colour)
    fill = PAPER if tint is None else tints[tint]
    outline = _OTHERS if not answers else LineLook(0.7 if tint is not None else 1.6)
    options = {
        "ec": look.colour if answers else look.light,
        "lw": outline.width,
        "ls": line_style(outline),
        "zorder": 3,
    }
    canvas.box(x, middle - _BOX / 2.0, width, _BOX, fill, **options)
    return fill


def _draw_key_box(
    canvas: Canvas, x: float, middle: float, *, tint: int | None = None, answers: bool = True, text: str = ""
) -> None:
    start, width = _KEY_BOX
    fill = _draw_box(canvas, x + start, middle, width, GREY, tint, answers=answers)
    if text:
        canvas.text(x + start + width / 2.0, middle, text, NOTE_SIZE, ha="center", colour=ink_on(fill), zorder=4)


def _draw_key(canvas: Canvas, x: float, middle: float, *, sort: Sort = "first", hollow: bool = False) -> None:
    draw_mark(canvas, (x + _KEY_MIDDLE, middle), sort, GREY, hollow=hollow)


def _draw_joined(canvas: Canvas, x: float, middle: float) -> None:
    first, second, size = _KEY_JOINED
    draw_joint(canvas, x + first, middle, second - first, GREY.colour)
    for end in (first, second):
        draw_mark(canvas, (x + end, middle), "first", GREY, size=size)
