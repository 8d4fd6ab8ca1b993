"""Who answers for what: units down the side, tasks across the top, one mark per responsibility."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby, pairwise

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.figures.plotting import Plot, plot_of
from pairing_graph.figures.sheet import (
    HEADING_SIZE,
    INNER,
    MARGIN,
    NOTE_SIZE,
    TEXT_SIZE,
    WIDTH,
    Canvas,
    Sheet,
    sentence_sheet,
    widest,
)
from pairing_graph.figures.widgets.grid import (
    NAME_GAP,
    SORTS,
    Grid,
    Sort,
    Span,
    SpanHeads,
    cell_width,
    draw_joint,
    draw_mark,
)
from pairing_graph.figures.widgets.texts import Legend, RowNames, draw_region_heading, name_column
from pairing_graph.kb.address import Address
from pairing_graph.kb.schema import ROLES, KnowledgeBase
from pairing_graph.look.citation import short_citation
from pairing_graph.look.labels import counted, labels_of
from pairing_graph.look.palette import FAINT, GREY, INK, MUTED, RegionLook, region_looks
from pairing_graph.look.style import HEADING_INDENT
from pairing_graph.measures.relations import answerable, frames_of, native, numbers_of, shares
from pairing_graph.measures.results import Results

# Lengths are in points and were chosen by eye, on the 2022 notice at 900 pixels.
_ROW = 16.0
_REGION_HEAD = 26.0
_NARROWEST = 14.5
"""A column must have room for a mark and some air."""
_WIDEST_NAME = 0.34
"""The share of the sheet that names may take."""
_NAME_AIR = 12.0
_TOTAL = 26.0
_LONGEST_COLUMN = 16
_ABOVE_LEGEND = 12.0
_RULE = 2.0
"""From the upper end of a region to the rule over it."""
_HEADING_AIR = 3.0
"""What the column of names leaves free behind a region's heading."""
_AIR = 14.0
"""What it leaves free behind the longest name."""
_KEY_MIDDLE = 9.0
"""The middle of a mark in the legend, from its left end."""
_KEY_JOINED = (2.0, 16.0, 7.0)
"""Of two joined marks in the legend the middles, and their size: smaller, so that the bar between them is seen."""


def responsibility_matrix_sheet(results: Results, *, lang: Language = "zh") -> Sheet:
    """Draw units (rows) against tasks (columns), a mark wherever a unit answers for a task, supports or guides it.

    Units are ordered by region and load, collectives last in their region; tasks by area, in the order of the notice. A
    filled square is an answerable unit listed first in its region's cell, a hatched one an answerable unit behind it, a
    ring another responsible unit, a dot a supporting one, a small triangle one that guides. Squares joined by a bar are from one merged cell.
    Collectives are hollow.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> plot_responsibility_matrix(read_notice("data/raw/wuxi-yuzhong-2022.txt"), lang="en").get_label()
        '7 of 28 tasks are led jointly by units of one region'
    """
    kb = results.kb
    foot = short_citation(kb, lang)
    if kb.assignments.empty:
        return sentence_sheet("no_matrix", foot, lang)
    marks = responsibility_marks(kb)
    matrix = _matrix(results, marks, lang)
    named = int((~kb.units.set_index("unit").loc[marks["unit"].unique(), "collective"]).sum())
    subtitle = word("matrix_subtitle", lang, units=named, tasks=len(kb.tasks))
    return Sheet(_finding(kb, marks, lang), subtitle, foot, matrix.draw, matrix.height, matrix.sheet_width)


plot_responsibility_matrix: Plot = plot_of(responsibility_matrix_sheet)


def responsibility_marks(kb: KnowledgeBase) -> pd.DataFrame:
    """What the matrix shows: one row per task and unit, the strongest of its roles.

    Returns:
        task, unit, sort (first, listed: answerable, first in its region's cell or behind; responsible, support, guide) and
        origin, the cell that the fact comes from, which a merged cell shares between tasks.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> marks = responsibility_marks(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> marks["sort"].value_counts().to_dict()
        {'first': 56, 'listed': 23}
    """
    answering = native(shares(answerable(frames_of(kb))))
    first = {(row.task, row.unit): bool(row.first) for row in answering.itertuples()}
    rows = []
    for row in kb.assignments.itertuples():
        found = first.get((row.task, row.unit))
        sort = str(row.role) if found is None else ("first" if found else "listed")
        place = str(row.inherited_from or row.address).split()[0]
        rows.append({"task": row.task, "unit": row.unit, "sort": sort, "origin": str(Address.parse(place).cell)})
    marks = pd.DataFrame(rows, columns=["task", "unit", "sort", "origin"])
    strongest = marks.sort_values("sort", key=lambda sorts: sorts.map(SORTS.index), kind="stable")
    return strongest.drop_duplicates(["task", "unit"]).sort_index(ignore_index=True)


def answering_roles(kb: KnowledgeBase, marks: pd.DataFrame) -> list[str]:
    """The roles that the answerable units have: lead, responsible or, over many notices, both.

    Args:
        kb: A knowledge base.
        marks: Its `responsibility_marks`.
    """
    answering = marks[marks["sort"].isin(["first", "listed"])]
    roles = set(kb.assignments.merge(answering[["task", "unit"]], on=["task", "unit"])["role"])
    return [role for role in ROLES if role in roles and role in ("lead", "responsible")]


@dataclass(frozen=True)
class _Row:
    """A unit."""

    unit: str
    name: str
    collective: bool
    total: int


@dataclass(frozen=True)
class _Matrix:
    """Rows and columns of a size that fits the sheet."""

    regions: Sequence[tuple[str, RegionLook, Sequence[_Row]]]
    tasks: Sequence[str]
    numbers: Sequence[str]
    heads: SpanHeads
    marks: Mapping[tuple[str, str], tuple[Sort, str]]
    answering: Sequence[str]
    grid: Grid
    lang: Language

    @property
    def total_end(self) -> float:
        """The right end of the column of totals."""
        return self.grid.edge(len(self.tasks)) + _TOTAL

    @property
    def sheet_width(self) -> float:
        return max(WIDTH, self.total_end + MARGIN)

    @property
    def height(self) -> float:
        return self._matrix_height + _ABOVE_LEGEND + self._legend.height

    @cached_property
    def _matrix_height(self) -> float:
        rows = sum(_REGION_HEAD + self.grid.names.heights(row.name for row in rows) for _, _, rows in self.regions)
        return self.heads.height + rows

    def draw(self, canvas: Canvas, y: float) -> None:
        self.heads.draw(canvas, y, y + self._matrix_height)
        y += self.heads.height
        for region, look, rows in self.regions:
            self._draw_region(canvas, region, look, y)
            y += _REGION_HEAD
            for row in rows:
                height = self.grid.names.height(row.name)
                self._draw_row(canvas, row, look, y + height / 2.0)
                y += height
        self._legend.draw(canvas, y + _ABOVE_LEGEND)

    def _draw_region(self, canvas: Canvas, region: str, look: RegionLook, y: float) -> None:
        canvas.line((MARGIN, self.total_end), (y + _RULE, y + _RULE), FAINT)
        middle = y + (_REGION_HEAD + _RULE) / 2.0
        draw_region_heading(canvas, (MARGIN, middle), region, look, self.grid.name_width, self.lang)
        for place, number in enumerate(self.numbers):
            canvas.text(self.grid.middle(place), middle, number, NOTE_SIZE - 0.5, ha="center", colour=MUTED)
        canvas.text(self.total_end, middle, word("column_tasks", self.lang), NOTE_SIZE, ha="right", colour=MUTED)

    def _draw_row(self, canvas: Canvas, row: _Row, look: RegionLook, y: float) -> None:
        self.grid.draw_name(canvas, row.name, y, colour=MUTED if row.collective else INK)
        canvas.line((self.grid.left, self.grid.edge(len(self.tasks))), (y, y), FAINT)
        for place in self._joints(row):
            draw_joint(canvas, self.grid.middle(place), y, self.grid.cell, look.colour, zorder=1.5)
        for place, task in enumerate(self.tasks):
            mark = self.marks.get((task, row.unit))
            if mark:
                draw_mark(canvas, (self.grid.middle(place), y), mark[0], look, hollow=row.collective)
        canvas.text(self.total_end, y, str(row.total), TEXT_SIZE, ha="right")

    def _joints(self, row: _Row) -> list[int]:
        """The columns whose mark and the next one are from one cell."""
        origins = [self.marks.get((task, row.unit), ("first", ""))[1] for task in self.tasks]
        return [place for place, (here, there) in enumerate(pairwise(origins)) if here and here == there]

    @cached_property
    def _legend(self) -> Legend:
        """What occurs, and no more."""
        shown = {sort for sort, _ in self.marks.values()}
        rows = [row for _, _, rows in self.regions for row in rows]
        draws: dict[str, Callable[[Canvas, float, float], None]]
        draws = {sort: partial(_draw_key, sort=sort) for sort in SORTS if sort in shown}
        draws |= {"joined": _draw_joined} if any(map(self._joints, rows)) else {}
        draws |= {"hollow": partial(_draw_key, hollow=True)} if any(row.collective for row in rows) else {}
        roles = word("or", self.lang).join(word(role, self.lang) for role in self.answering)
        keys = [(word(f"legend_{key}", self.lang, roles=roles), draw) for key, draw in draws.items()]
        return Legend(keys, self.sheet_width - MARGIN)


def _draw_key(canvas: Canvas, x: float, middle: float, *, sort: Sort = "first", hollow: bool = False) -> None:
    draw_mark(canvas, (x + _KEY_MIDDLE, middle), sort, GREY, hollow=hollow)


def _draw_joined(canvas: Canvas, x: float, middle: float) -> None:
    first, second, size = _KEY_JOINED
    draw_joint(canvas, x + first, middle, second - first, GREY.colour)
    for end in (first, second):
        draw_mark(canvas, (x + end, middle), "first", GREY, size=size)


def _matrix(results: Results, marks: pd.DataFrame, lang: Language) -> _Matrix:
    tasks = _ordered_tasks(results.kb)
    numbers, regions = numbers_of(results.kb), list(_regions(results))
    names = [row.name for _, _, rows in regions for row in rows]
    headings = widest([region for region, _, _ in regions], HEADING_SIZE) + HEADING_INDENT + _HEADING_AIR
    width = name_column(names, INNER * _WIDEST_NAME, headings=headings, air=_AIR)
    cell = cell_width(INNER - width - NAME_GAP - _TOTAL, len(tasks), _NARROWEST)
    grid = Grid(RowNames(width - _NAME_AIR, _ROW), width, cell)
    by_task = zip(*(marks[name] for name in ("task", "unit", "sort", "origin")), strict=True)
    return _Matrix(
        regions=regions,
        tasks=list(tasks["task"]),
        numbers=[numbers[task] for task in tasks["task"]],
        heads=SpanHeads(
            grid, list(_spans(tasks, ["document"])), list(_spans(tasks, ["document", "area"])), _LONGEST_COLUMN
        ),
        marks={(task, unit): (sort, origin) for task, unit, sort, origin in by_task},
        answering=answering_roles(results.kb, marks),
        grid=grid,
        lang=lang,
    )


def _ordered_tasks(kb: KnowledgeBase) -> pd.DataFrame:
    """Tasks by document and area, both in the order in which they first appear."""
    areas = kb.tasks.groupby(["document", "area"], sort=False).ngroup()
    order = pd.DataFrame({"document": pd.factorize(kb.tasks["document"])[0], "area": areas})
    return kb.tasks.loc[order.sort_values(["document", "area"], kind="stable").index].reset_index(drop=True)


def _spans(tasks: pd.DataFrame, keys: list[str]) -> Iterator[Span]:
    rows = enumerate(tasks[keys].itertuples(index=False, name=None))
    for key, found in groupby(rows, key=lambda item: item[1]):
        places = [place for place, _ in found]
        yield Span(str(key[-1]), places[0], len(places))


def _regions(results: Results) -> Iterator[tuple[str, RegionLook, list[_Row]]]:
    units = results.kb.units.set_index("unit")
    totals = {str(unit): int(count) for unit, count in results.loads["tasks"].items()}
    for region, look in region_looks(results.kb).items():
        own = units[units["region"] == region]
        names = labels_of(own, full=not region)
        busy = [unit for unit, total in totals.items() if total and unit in own.index]
        busy.sort(key=lambda unit: bool(own.at[unit, "collective"]))
        rows = []
        for unit in busy:
            collective = bool(own.at[unit, "collective"])
            rows.append(_Row(unit, names[unit], collective, totals[unit]))
        if rows:
            yield region, look, rows


def _finding(kb: KnowledgeBase, marks: pd.DataFrame, lang: Language) -> str:
    """How many tasks several units of one region answer for together."""
    units = kb.units.set_index("unit")
    named = marks[marks["sort"].isin(["first", "listed"]) & ~marks["unit"].map(units["collective"]).astype(bool)]
    sizes = named.groupby(["task", named["unit"].map(units["region"])], sort=False)["unit"].nunique()
    joint = sizes[sizes > 1].index.get_level_values("task").nunique()
    role = "lead" if (kb.assignments["role"] == ROLES[0]).any() else "responsible"
    tasks = counted("task", len(kb.tasks), lang)
    form = "none" if not joint else "one" if joint == 1 else "many"
    return word(f"finding_joint_{role}_{form}", lang, tasks=tasks, joint=joint)
