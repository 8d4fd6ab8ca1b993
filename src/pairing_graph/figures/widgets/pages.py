"""A matrix on as many pages below each other as its columns need, so that none is wider than the sheet.

Lengths are in points and were chosen by eye, on the 2022 notice at 900 pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from pairing_graph.base.words import Language, word
from pairing_graph.figures.sheet import HEADING_SIZE, INNER, MARGIN, NOTE_SIZE, TEXT_SIZE, WIDTH, Canvas, widest
from pairing_graph.figures.widgets.cells import Cells, Column, Row
from pairing_graph.figures.widgets.grid import NAME_GAP, Grid, Span, SpanHeads, cell_width
from pairing_graph.figures.widgets.texts import Legend, RowNames, draw_region_heading, name_column
from pairing_graph.look.palette import FAINT, INK, MUTED, RegionLook
from pairing_graph.look.style import HEADING_INDENT

_ROW = 16.0
_REGION_HEAD = 26.0
_WIDEST_NAME = 0.34
"""The share of the sheet that names may take."""
_NAME_AIR = 12.0
_TOTAL = 26.0
_LONGEST_COLUMN = 16
_ABOVE_LEGEND = 12.0
_BETWEEN_PAGES = 26.0
_RULE = 2.0
"""From the upper end of a region to the rule over it."""
_HEADING_AIR = 3.0
"""What the column of names leaves free behind a region's heading."""
_AIR = 14.0
"""What it leaves free behind the longest name."""

Regions = Sequence[tuple[str, RegionLook, Sequence[Row]]]
"""Regions in their order, each with its units."""


@dataclass(frozen=True)
class Page:
    """Some columns, and the units that have something there.

    Attributes:
        regions: The units by region.
        columns: The columns.
        grid: Where rows and columns are.
        total_end: The right end of the column of totals.
        lang: The language.
    """

    regions: Regions
    columns: Sequence[Column]
    grid: Grid
    total_end: float
    lang: Language

    @property
    def height(self) -> float:
        """How high the page is, in points."""
        rows = sum(_REGION_HEAD + self.grid.names.heights(row.name for row in rows) for _, _, rows in self.regions)
        return self._heads.height + rows

    def draw(self, canvas: Canvas, y: float, cells: Cells) -> None:
        """Draw from a height downwards."""
        self._heads.draw(canvas, y, y + self.height)
        y += self._heads.height
        for region, look, rows in self.regions:
            self._draw_region(canvas, region, look, y)
            y += _REGION_HEAD
            for row in rows:
                height = self.grid.names.height(row.name)
                middle = y + height / 2.0
                self.grid.draw_name(canvas, row.name, middle, colour=MUTED if row.collective else INK)
                canvas.line((self.grid.left, self.grid.edge(len(self.columns))), (middle, middle), FAINT)
                cells.draw(canvas, self.grid, self.columns, row, look, middle)
                canvas.text(self.total_end, middle, str(row.total), TEXT_SIZE, ha="right")
                y += height

    @cached_property
    def _heads(self) -> SpanHeads:
        documents = list(_spans([(column.document,) for column in self.columns]))
        areas = list(_spans([(column.document, column.area) for column in self.columns]))
        return SpanHeads(self.grid, documents, areas, _LONGEST_COLUMN)

    def _draw_region(self, canvas: Canvas, region: str, look: RegionLook, y: float) -> None:
        canvas.line((MARGIN, self.total_end), (y + _RULE, y + _RULE), FAINT)
        middle = y + (_REGION_HEAD + _RULE) / 2.0
        draw_region_heading(canvas, (MARGIN, middle), region, look, self.grid.name_width, self.lang)
        for place, column in enumerate(self.columns):
            canvas.text(self.grid.middle(place), middle, column.title, NOTE_SIZE, ha="center", colour=MUTED)
        canvas.text(self.total_end, middle, word("column_tasks", self.lang), NOTE_SIZE, ha="right", colour=MUTED)


@dataclass(frozen=True)
class Matrix:
    """Units against columns, and the legend of what is in the cells.

    Attributes:
        regions: The units by region.
        columns: All columns, in their order.
        cells: What is in the cells.
        lang: The language.
    """

    regions: Regions
    columns: Sequence[Column]
    cells: Cells
    lang: Language

    @property
    def height(self) -> float:
        """How high the drawing is, in points."""
        pages = sum(page.height for page in self.pages) + (len(self.pages) - 1) * _BETWEEN_PAGES
        return pages + _ABOVE_LEGEND + self._legend.height

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw from a height downwards."""
        for page in self.pages:
            page.draw(canvas, y, self.cells)
            y += page.height + _BETWEEN_PAGES
        self._legend.draw(canvas, y - _BETWEEN_PAGES + _ABOVE_LEGEND)

    @cached_property
    def pages(self) -> list[Page]:
        """The pages; one has all units, several have those that are named there."""
        parts = paged(self.columns, self._most)
        widest_part = max(map(len, parts))
        cell = cell_width(self._room, widest_part, self.cells.narrowest, self.cells.broadest)
        grid = Grid(RowNames(self._name_width - _NAME_AIR, _ROW), self._name_width, cell)
        end = grid.edge(widest_part) + _TOTAL
        return [
            Page(self._named(part) if len(parts) > 1 else self.regions, part, grid, end, self.lang) for part in parts
        ]

    def _named(self, columns: Sequence[Column]) -> Regions:
        found = []
        for region, look, rows in self.regions:
            named = [row for row in rows if any(self.cells.has(row, column) for column in columns)]
            found += [(region, look, named)] if named else []
        return found

    @cached_property
    def _name_width(self) -> float:
        names = [row.name for _, _, rows in self.regions for row in rows]
        headings = widest([region for region, _, _ in self.regions], HEADING_SIZE) + HEADING_INDENT + _HEADING_AIR
        return name_column(names, INNER * _WIDEST_NAME, headings=headings, air=_AIR)

    @property
    def _room(self) -> float:
        """What is left for columns."""
        return INNER - self._name_width - NAME_GAP - _TOTAL

    @property
    def _most(self) -> int:
        return max(1, int(self._room / self.cells.narrowest))

    @cached_property
    def _legend(self) -> Legend:
        pages = [([row for _, _, rows in page.regions for row in rows], page.columns) for page in self.pages]
        return Legend(self.cells.keys(pages, self.lang), WIDTH - MARGIN)


def paged(columns: Sequence[Column], most: int) -> list[list[Column]]:
    """Columns in parts of up to so many, of about the same length; an area is divided only where no part holds it.

    Example:
        >>> columns = [Column(str(n), str(n), "", "甲" if n < 3 else "乙") for n in range(5)]
        >>> [len(part) for part in paged(columns, 4)]
        [3, 2]
    """
    fewest = len(_filled(columns, most))
    shortest = -(-len(columns) // max(fewest, 1))
    return next(parts for size in range(shortest, most + 1) if len(parts := _filled(columns, size)) == fewest)


def _filled(columns: Sequence[Column], most: int) -> list[list[Column]]:
    parts: list[list[Column]] = [[]]
    for _, found in groupby(columns, key=lambda column: (column.document, column.area)):
        group = list(found)
        if parts[-1] and len(parts[-1]) + len(group) > most >= len(group):
            parts.append([])
        for column in group:
            if len(parts[-1]) == most:
                parts.append([])
            parts[-1].append(column)
    return parts


def _spans(keys: Sequence[tuple[str, ...]]) -> Iterator[Span]:
    for key, found in groupby(enumerate(keys), key=lambda item: item[1]):
        places = [place for place, _ in found]
        yield Span(key[-1], places[0], len(places))
