"""Who answers for what: units down the side, tasks across the top, one mark per responsibility."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.figures.marks import SORTS, Sort, answering_roles, draw_mark, responsibility_marks
from pairing_graph.figures.sheet import (
    MARGIN,
    NOTE_SIZE,
    TEXT_SIZE,
    WIDTH,
    Canvas,
    Sheet,
    put_on,
    sentence_sheet,
    widest,
)
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.schema import ROLES, KnowledgeBase
from pairing_graph.look.citation import short_citation
from pairing_graph.look.labels import counted, labels_of, region_label
from pairing_graph.look.palette import (
    BAND,
    FAINT,
    INK,
    MUTED,
    TASK,
    RegionLook,
    UnitLook,
    region_looks,
    unit_look,
)
from pairing_graph.look.style import clipped, drawable, text_width, wrapped
from pairing_graph.look.vertical import vertical_cells, vertical_columns
from pairing_graph.measures.workload import workload

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW = 16.0
_LINE = 12.0
_TITLE = 11.0
_REGION_HEAD = 26.0
_NARROWEST = 14.5
_BROADEST = 30.0
_WIDEST_NAME = 0.34
_NAME_GAP = 8.0
_TOTAL = 26.0
_UPRIGHT = 11.0
_LONGEST_COLUMN = 16
_LEGEND_LINE = 17.0


def plot_responsibility_matrix(source: Source, *, ax: Axes | None = None, lang: Language = "zh") -> Axes:
    """Draw units (rows) against tasks (columns), a mark wherever a unit answers for a task or supports it.

    Units stand by region and load, collectives last in their region; tasks by area, in the order of the notice. A
    filled square is an answerable unit listed first in its region's cell, a hatched one an answerable unit behind it, a
    ring another responsible unit, a dot a supporting one. Squares joined by a bar come out of one merged cell.
    Collectives are hollow.

    Args:
        source: A knowledge base or its graph.
        ax: Where to draw; without it a new figure is made.
        lang: The language of the words around the names, zh or en.

    Returns:
        The axes.

    Raises:
        MissingExtraError: Matplotlib is not installed.
    """
    return put_on(matrix_sheet(as_knowledge_base(source), lang=lang), ax)


def matrix_sheet(kb: KnowledgeBase, *, lang: Language = "zh") -> Sheet:
    """The plan of `plot_responsibility_matrix`."""
    foot = short_citation(kb, lang)
    if kb.assignments.empty:
        return sentence_sheet(word("no_matrix_title", lang), word("no_matrix_text", lang), foot)
    marks = responsibility_marks(kb)
    matrix = _matrix(kb, marks, lang)
    named = int((~kb.units.set_index("unit").loc[marks["unit"].unique(), "collective"]).sum())
    told = word("matrix_subtitle", lang, units=named, tasks=len(kb.tasks))
    return Sheet(_finding(kb, marks, lang), told, foot, matrix.draw, matrix.height, matrix.sheet_width)


@dataclass(frozen=True)
class _Row:
    """A unit."""

    unit: str
    name: str
    look: UnitLook
    collective: bool
    total: int


@dataclass(frozen=True)
class _Span:
    """Neighbouring columns under one heading."""

    title: str
    start: int
    count: int


@dataclass(frozen=True)
class _Matrix:
    """Rows and columns of a size that fits the sheet."""

    regions: Sequence[tuple[str, RegionLook, Sequence[_Row]]]
    tasks: Sequence[str]
    numbers: Sequence[str]
    areas: Sequence[_Span]
    documents: Sequence[_Span]
    marks: Mapping[tuple[str, str], tuple[Sort, str]]
    answering: Sequence[str]
    name_width: float
    cell: float
    lang: Language

    @property
    def left(self) -> float:
        return MARGIN + self.name_width + _NAME_GAP

    @property
    def right(self) -> float:
        return self.left + self.cell * len(self.tasks)

    @property
    def sheet_width(self) -> float:
        return max(WIDTH, self.right + _TOTAL + MARGIN)

    @property
    def height(self) -> float:
        rows = sum(_REGION_HEAD + sum(map(self._row_height, rows)) for _, _, rows in self.regions)
        return self._head_height() + rows + 12.0 + _LEGEND_LINE * len(self._legend_lines())

    def draw(self, canvas: Canvas, y: float) -> None:
        top, bottom = y, y + self.height - 12.0 - _LEGEND_LINE * len(self._legend_lines())
        self._draw_bands(canvas, top, bottom)
        self._draw_documents(canvas, top)
        self._draw_areas(canvas, top + self._head_height() - 6.0)
        y += self._head_height()
        for region, look, rows in self.regions:
            self._draw_region(canvas, region, look, y)
            y += _REGION_HEAD
            for row in rows:
                height = self._row_height(row)
                self._draw_row(canvas, row, look, y + height / 2.0)
                y += height
        self._draw_legend(canvas, y + 12.0)

    def _lines(self, row: _Row) -> list[str]:
        return wrapped(row.name, TEXT_SIZE, self.name_width - 12.0)

    def _row_height(self, row: _Row) -> float:
        return max(_ROW, len(self._lines(row)) * _LINE + 4.0)

    def _upright(self, area: _Span) -> list[list[str]]:
        fitting = max(1, int(area.count * self.cell // _UPRIGHT))
        cells = vertical_cells(clipped(drawable(area.title)))
        longest = max(_LONGEST_COLUMN, -(-len(cells) // fitting))
        return vertical_columns(cells, longest) if cells else []

    def _head_height(self) -> float:
        longest = max((len(column) for area in self.areas for column in self._upright(area)), default=0)
        return self._documents_height() + longest * _UPRIGHT + 10.0

    def _documents_height(self) -> float:
        if len(self.documents) < 2:
            return 0.0
        return max(len(self._document_lines(span)) for span in self.documents) * _LINE + 10.0

    def _document_lines(self, span: _Span) -> list[str]:
        return wrapped(clipped(span.title), NOTE_SIZE, max(span.count * self.cell - 4.0, NOTE_SIZE * 1.1))

    def _draw_bands(self, canvas: Canvas, top: float, bottom: float) -> None:
        for area in self.areas[::2]:
            x, y = self.left + area.start * self.cell, top + self._documents_height()
            canvas.box(x, y, area.count * self.cell, bottom - y, BAND, zorder=0)

    def _draw_documents(self, canvas: Canvas, top: float) -> None:
        if len(self.documents) < 2:
            return
        for span in self.documents:
            x, width = self.left + span.start * self.cell, span.count * self.cell
            for count, line in enumerate(self._document_lines(span)):
                canvas.text(x + width / 2.0, top + (count + 0.5) * _LINE, line, NOTE_SIZE, ha="center", colour=MUTED)
            below = top + self._documents_height() - 4.0
            canvas.line((x + 2.0, x + width - 2.0), (below, below), MUTED)

    def _draw_areas(self, canvas: Canvas, bottom: float) -> None:
        for area in self.areas:
            columns = self._upright(area)
            middle = self.left + (area.start + area.count / 2.0) * self.cell
            for place, column in enumerate(columns):
                # Vertical lines follow each other from right to left.
                x = middle + ((len(columns) - 1) / 2.0 - place) * _UPRIGHT
                for count, cell in enumerate(column):
                    y = bottom - (max(map(len, columns)) - count - 0.5) * _UPRIGHT
                    size = min(TEXT_SIZE, TEXT_SIZE * _UPRIGHT / max(text_width(cell, TEXT_SIZE), 1.0))
                    canvas.text(x, y, cell, size, ha="center")

    def _draw_region(self, canvas: Canvas, region: str, look: RegionLook, y: float) -> None:
        canvas.line((MARGIN, self.right + _TOTAL), (y + 2.0, y + 2.0), FAINT)
        middle = y + _REGION_HEAD / 2.0 + 1.0
        canvas.mark(MARGIN + 5.0, middle, unit_look(look, ""), 9.0)
        title = region_label(region, _TITLE, self.name_width - 15.0, self.lang)
        canvas.text(MARGIN + 15.0, middle, title, _TITLE, strong=True)
        for place, number in enumerate(self.numbers):
            x = self.left + (place + 0.5) * self.cell
            canvas.text(x, middle, number, NOTE_SIZE - 0.5, ha="center", colour=MUTED)
        canvas.text(self.right + _TOTAL, middle, word("column_tasks", self.lang), NOTE_SIZE, ha="right", colour=MUTED)

    def _draw_row(self, canvas: Canvas, row: _Row, region: RegionLook, y: float) -> None:
        lines = self._lines(row)
        for count, line in enumerate(lines):
            canvas.text(
                self.left - _NAME_GAP, y + (count - (len(lines) - 1) / 2.0) * _LINE, line, TEXT_SIZE, ha="right",
                colour=MUTED if row.collective else INK,
            )  # fmt: skip
        canvas.line((self.left, self.right), (y, y), FAINT)
        self._draw_joints(canvas, row, y)
        for place, task in enumerate(self.tasks):
            mark = self.marks.get((task, row.unit))
            if mark:
                x = self.left + (place + 0.5) * self.cell
                draw_mark(canvas, (x, y), mark[0], region, hollow=row.collective)
        canvas.text(self.right + _TOTAL, y, str(row.total), TEXT_SIZE, ha="right")

    def _draw_joints(self, canvas: Canvas, row: _Row, y: float) -> None:
        """Bars between neighbouring marks that one merged cell supplied."""
        for place in self._joints(row):
            x = self.left + (place + 0.5) * self.cell
            canvas.box(x, y - 1.5, self.cell, 3.0, row.look.edge, zorder=1.5)

    def _joints(self, row: _Row) -> list[int]:
        """The columns whose mark and the next one come out of one cell."""
        origins = [self.marks.get((task, row.unit), ("first", ""))[1] for task in self.tasks]
        return [place for place, (here, there) in enumerate(pairwise(origins)) if here and here == there]

    def _legend(self) -> list[tuple[str, str]]:
        shown_sorts = {sort for sort, _ in self.marks.values()}
        keys: list[str] = [sort for sort in SORTS if sort in shown_sorts]
        if any(self._joints(row) for _, _, rows in self.regions for row in rows):
            keys.append("joined")
        if any(row.collective for _, _, rows in self.regions for row in rows):
            keys.append("hollow")
        roles = word("or", self.lang).join(word(role, self.lang) for role in self.answering)
        return [(key, word(f"legend_{key}", self.lang, roles=roles)) for key in keys]

    def _legend_lines(self) -> list[list[tuple[float, str, str]]]:
        """The keys with their places, in as many lines as they need."""
        lines: list[list[tuple[float, str, str]]] = [[]]
        x = MARGIN
        for key, title in self._legend():
            width = 22.0 + text_width(title, NOTE_SIZE) + 18.0
            if x + width > self.sheet_width - MARGIN and lines[-1]:
                lines.append([])
                x = MARGIN
            lines[-1].append((x, key, title))
            x += width
        return lines

    def _draw_legend(self, canvas: Canvas, y: float) -> None:
        grey = RegionLook(TASK, "#D0D0D0", "square", "")
        for line in self._legend_lines():
            for x, key, title in line:
                middle = y + _LEGEND_LINE / 2.0
                if key == "joined":
                    canvas.box(x + 2.0, middle - 1.5, 14.0, 3.0, TASK)
                    for end in (x + 2.0, x + 16.0):
                        draw_mark(canvas, (end, middle), "first", grey, size=7.0)
                elif key == "hollow":
                    draw_mark(canvas, (x + 9.0, middle), "first", grey, hollow=True)
                else:
                    sort: Sort = next(sort for sort in SORTS if sort == key)
                    draw_mark(canvas, (x + 9.0, middle), sort, grey)
                canvas.text(x + 24.0, middle, title, NOTE_SIZE, colour=MUTED)
            y += _LEGEND_LINE


def _matrix(kb: KnowledgeBase, marks: pd.DataFrame, lang: Language) -> _Matrix:
    tasks = _ordered_tasks(kb)
    regions = list(_regions(kb, marks))
    names = [row.name for _, _, rows in regions for row in rows]
    heads = [region for region, _, _ in regions]
    inner = WIDTH - 2.0 * MARGIN
    name_width = min(max(widest(names, TEXT_SIZE), widest(heads, _TITLE) + 18.0) + 14.0, inner * _WIDEST_NAME)
    cell = (inner - name_width - _NAME_GAP - _TOTAL) / len(tasks)
    return _Matrix(
        regions=regions,
        tasks=list(tasks["task"]),
        numbers=_numbers(tasks),
        areas=list(_spans(tasks, ["document", "area"])),
        documents=list(_spans(tasks, ["document"])),
        marks={
            (task, unit): (sort, origin)
            for task, unit, sort, origin in zip(*(marks[name] for name in marks.columns), strict=True)
        },
        answering=answering_roles(kb, marks),
        name_width=name_width,
        cell=min(max(cell, _NARROWEST), _BROADEST),
        lang=lang,
    )


def _ordered_tasks(kb: KnowledgeBase) -> pd.DataFrame:
    """Tasks by document and area, both in the order in which they first appear."""
    places: dict[tuple[str, str], int] = {}
    for key in zip(kb.tasks["document"], kb.tasks["area"], strict=True):
        places.setdefault(key, len(places))
    documents = {name: count for count, name in enumerate(dict.fromkeys(kb.tasks["document"]))}
    order = pd.DataFrame({
        "document": kb.tasks["document"].map(documents),
        "area": [places[key] for key in zip(kb.tasks["document"], kb.tasks["area"], strict=True)],
    })  # fmt: skip
    return kb.tasks.loc[order.sort_values(["document", "area"], kind="stable").index].reset_index(drop=True)


def _numbers(tasks: pd.DataFrame) -> list[str]:
    """The printed number, else the task's place in its document."""
    places = [str(task).rpartition("#")[2] for task in tasks["task"]]
    return [place if pd.isna(number) else str(number) for number, place in zip(tasks["number"], places, strict=True)]


def _spans(tasks: pd.DataFrame, keys: list[str]) -> Iterator[_Span]:
    rows = enumerate(tasks[keys].itertuples(index=False, name=None))
    for key, found in groupby(rows, key=lambda item: item[1]):
        places = [place for place, _ in found]
        yield _Span(str(key[-1]), places[0], len(places))


def _regions(kb: KnowledgeBase, marks: pd.DataFrame) -> Iterator[tuple[str, RegionLook, list[_Row]]]:
    loads = workload(kb, collectives=True)
    units = kb.units.set_index("unit")
    totals = {str(unit): int(count) for unit, count in loads["tasks"].items()}
    for region, look in region_looks(kb).items():
        own = units[units["region"] == region]
        names = labels_of(own, full=not region)
        busy = [unit for unit, total in totals.items() if total and unit in own.index]
        busy.sort(key=lambda unit: bool(own.at[unit, "collective"]))
        rows = []
        for unit in busy:
            collective = bool(own.at[unit, "collective"])
            drawn = unit_look(look, str(own.at[unit, "kind"]), collective=collective)
            rows.append(_Row(unit, names[unit], drawn, collective, totals[unit]))
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
