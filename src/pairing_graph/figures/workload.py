"""Formal task load per unit: the regions side by side, three ways of counting in one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pairing_graph.base.words import Language, word
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
from pairing_graph.look.labels import counted, enumerated, labels_of, region_label
from pairing_graph.look.palette import INK, MUTED, PAPER, RegionLook, UnitLook, region_looks, unit_look
from pairing_graph.look.style import text_width, wrapped
from pairing_graph.measures.workload import workload

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_GUTTER = 26.0
_HEAD = 40.0
_ROW = 19.0
_LINE = 12.5
_TITLE = 11.5
_BAR = 11.0
_COLUMN_GAP = 12.0
_SHORTEST_BAR = 84.0
_WIDEST_NAME = 0.42
_COUNTS = ("listed_first", "fractional")


def plot_workload(source: Source, *, ax: Axes | None = None, lang: Language = "zh") -> Axes:
    """Draw the formal task load of every unit that has a task by name, three ways of counting side by side.

    A bar is the tasks that a unit leads (then those it is responsible for and supports, where the notice has such
    roles), a tick the tasks where it stands first in its region's cell, a cross the fractional load. The numbers stand
    beside. What each means is said in `workload`.

    Args:
        source: A knowledge base or its graph.
        ax: Where to draw; without it a new figure is made.
        lang: The language of the words around the names, zh or en.

    Returns:
        The axes; each region's bars are on inset axes (`ax.child_axes`) in tasks.

    Raises:
        MissingExtraError: Matplotlib is not installed.
    """
    return put_on(workload_sheet(as_knowledge_base(source), lang=lang), ax)


def workload_sheet(kb: KnowledgeBase, *, lang: Language = "zh") -> Sheet:
    """The plan of `plot_workload`."""
    foot = short_citation(kb, lang)
    panels = list(_panels(kb, lang))
    if not panels:
        return sentence_sheet(word("no_tasks_title", lang), word("no_tasks_text", lang), foot)
    roles = [role for role in ROLES if any(panel.loads[role].any() for panel in panels)]
    grid = _grid(panels, roles, lang)
    roles_told = word("plus", lang).join(word(role, lang) for role in roles)
    subtitle = word("workload_subtitle", lang, roles=roles_told)
    return Sheet(_finding(kb, panels, roles[0], lang), subtitle, foot, grid.draw, grid.height)


@dataclass(frozen=True)
class _Panel:
    """One region: its units that have tasks, the heaviest first, and what is left out."""

    region: str
    look: RegionLook
    loads: pd.DataFrame
    names: dict[str, str]
    kinds: dict[str, str]
    note: str


@dataclass(frozen=True)
class _Grid:
    """Panels in one or two columns, all to one scale."""

    panels: Sequence[_Panel]
    roles: Sequence[str]
    columns: Sequence[str]
    lang: Language
    across: int
    width: float
    name_width: float
    column_width: float
    bar_width: float
    largest: float

    @property
    def height(self) -> float:
        return sum(self._row_height(start) for start in range(0, len(self.panels), self.across))

    def draw(self, canvas: Canvas, y: float) -> None:
        for start in range(0, len(self.panels), self.across):
            for place, panel in enumerate(self.panels[start : start + self.across]):
                self._draw_panel(canvas, panel, MARGIN + place * (self.width + _GUTTER), y)
            y += self._row_height(start)

    def _row_height(self, start: int) -> float:
        heights = [self._panel_height(panel) for panel in self.panels[start : start + self.across]]
        last = start + self.across >= len(self.panels)
        return max(heights) + (0.0 if last else _GUTTER)

    def _panel_height(self, panel: _Panel) -> float:
        note = len(wrapped(panel.note, NOTE_SIZE, self.width)) * _LINE
        return _HEAD + sum(self._unit_height(panel, unit) for unit in panel.loads.index) + 8.0 + note

    def _lines(self, panel: _Panel, unit: str) -> list[str]:
        return wrapped(panel.names[unit], TEXT_SIZE, self.name_width)

    def _unit_height(self, panel: _Panel, unit: str) -> float:
        return max(_ROW, len(self._lines(panel, unit)) * _LINE + 4.0)

    def _draw_panel(self, canvas: Canvas, panel: _Panel, x: float, y: float) -> None:
        self._draw_head(canvas, panel, x, y)
        left, top = x + self.name_width + 6.0, y + _HEAD
        middles: list[float] = []
        below = top
        for unit in panel.loads.index:
            height = self._unit_height(panel, unit)
            middles.append(below + height / 2.0)
            self._draw_names(canvas, self._lines(panel, unit), left - 6.0, middles[-1])
            below += height
        axes = canvas.panel(left, top, self.bar_width, below - top)
        axes.set_label(panel.region)
        axes.set_xlim(0.0, self.largest)
        axes.set_ylim(below - top, 0.0)
        self._draw_bars(axes, panel, [middle - top for middle in middles], canvas.scale)
        canvas.line((left, left), (top, below), INK)
        self._draw_numbers(canvas, panel, left, middles, x + self.width)
        for line in wrapped(panel.note, NOTE_SIZE, self.width):
            below += _LINE
            canvas.text(x, below + 2.0, line, NOTE_SIZE, colour=MUTED)

    def _draw_head(self, canvas: Canvas, panel: _Panel, x: float, y: float) -> None:
        canvas.mark(x + 5.0, y + 7.0, unit_look(panel.look, ""), 9.0)
        title = region_label(panel.region, _TITLE, self.width - 15.0, self.lang)
        canvas.text(x + 15.0, y + 7.0, title, _TITLE, strong=True)
        head = y + _HEAD - 9.0
        bars = word(self.roles[0] if len(self.roles) == 1 else "column_tasks", self.lang)
        canvas.text(x + self.name_width + 6.0, head, bars, NOTE_SIZE, colour=MUTED)
        for right, column in zip(self._rights(x + self.width), self.columns, strict=True):
            title = word(f"column_{column}", self.lang)
            canvas.text(right, head, title, NOTE_SIZE, colour=MUTED, ha="right")
            before = right - text_width(title, NOTE_SIZE) - 6.0
            if column in _COUNTS:
                _draw_mark(canvas.ax, column, [before], [canvas.height - head], canvas.scale, tick=8.0)
            else:
                swatch = _bar_settings(column, unit_look(panel.look, ""), panel.look, 1.0)
                canvas.box(before - 5.0, head - 4.0, 8.0, 8.0, swatch.pop("fc"), **swatch)

    def _draw_names(self, canvas: Canvas, lines: Sequence[str], x: float, y: float) -> None:
        y -= (len(lines) - 1) * _LINE / 2.0
        for count, line in enumerate(lines):
            canvas.text(x, y + count * _LINE, line, TEXT_SIZE, ha="right")

    def _draw_bars(self, axes: Axes, panel: _Panel, ys: Sequence[float], scale: float) -> None:
        starts = [0.0] * len(ys)
        for role in self.roles:
            counts = panel.loads[role].tolist()
            for unit, y, count, start in zip(panel.loads.index, ys, counts, starts, strict=True):
                look = unit_look(panel.look, panel.kinds[unit])
                if count:
                    settings = _bar_settings(role, look, panel.look, scale) | {"clip_on": False}
                    axes.barh([y], [count], left=[start], height=_BAR, label=f"{unit}\t{role}", **settings)
            starts = [start + count for start, count in zip(starts, counts, strict=True)]
        for column in _COUNTS:
            _draw_mark(axes, column, list(panel.loads[column].astype(float)), ys, scale)

    def _draw_numbers(self, canvas: Canvas, panel: _Panel, left: float, ys: Sequence[float], right: float) -> None:
        for unit, y in zip(panel.loads.index, ys, strict=True):
            row = panel.loads.loc[unit]
            length = max(row[list(self.roles)].sum(), row["listed_first"], row["fractional"])
            ends = row[self.roles[0]] if len(self.roles) == 1 else row["tasks"]
            bar_end = left + self.bar_width * length / self.largest
            canvas.text(bar_end + 8.0, y, f"{ends:.0f}", TEXT_SIZE, strong=True)
            for place, column in zip(self._rights(right), self.columns, strict=True):
                number = f"{row[column]:.2f}" if column == "fractional" else f"{row[column]:.0f}"
                canvas.text(place, y, number, TEXT_SIZE, ha="right", colour=INK if row[column] else MUTED)

    def _rights(self, right: float) -> list[float]:
        count = len(self.columns)
        return [right - (count - 1 - place) * self.column_width for place in range(count)]


def _draw_mark(
    axes: Axes, column: str, xs: Sequence[float], ys: Sequence[float], scale: float, tick: float = 13.5
) -> None:
    """A tick across the bar for `listed_first`, a cross for `fractional`; both can stand on one place, none at zero."""
    settings: dict[str, Any] = {"ls": "", "clip_on": False, "zorder": 4}
    xs = [x or float("nan") for x in xs]
    if column == "listed_first":
        axes.plot(xs, ys, marker="|", ms=tick * scale, mew=3.6 * scale, mec=PAPER, label="_halo", **settings)
        axes.plot(xs, ys, marker="|", ms=tick * scale, mew=1.8 * scale, mec=INK, label=column, **settings)
    else:
        cross: dict[str, Any] = {"ms": 6.2 * scale, "mew": 0.8 * scale, "mfc": PAPER, "mec": INK}
        axes.plot(xs, ys, marker="X", label=column, **cross, **(settings | {"zorder": 5}))


def _bar_settings(role: str, look: UnitLook, region: RegionLook, scale: float) -> dict[str, Any]:
    if role == "lead":
        return {"fc": look.fill, "ec": look.edge, "lw": 0.6 * scale}
    if role == "responsible":
        return {"fc": region.light, "ec": look.edge, "lw": 0.6 * scale, "hatch": "////"}
    return {"fc": PAPER, "ec": look.edge, "lw": 0.8 * scale, "ls": (0, (1.0, 1.5))}


def _panels(kb: KnowledgeBase, lang: Language) -> Iterator[_Panel]:
    loads = workload(kb)
    units = kb.units.set_index("unit")
    regions = region_looks(kb)
    for region, look in regions.items():
        own = units[units["region"] == region]
        busy = loads[loads.index.isin(own.index) & (loads["tasks"] > 0)]
        if not busy.empty:
            names = labels_of(own, full=not region)
            kinds = {str(unit): str(kind) for unit, kind in own["kind"].items()}
            yield _Panel(region, look, busy, names, kinds, _note(own, busy, lang))


def _note(own: pd.DataFrame, busy: pd.DataFrame, lang: Language) -> str:
    """How many units of the region have no row, and why."""
    idle = int((~own["collective"]).sum()) - len(busy)
    collectives = list(own.loc[own["collective"], "name"])
    parts = [counted("idle_units", idle, lang)] if idle else []
    if collectives:
        parts.append(word("collectives_left_out", lang, names=enumerated(collectives, lang)))
    return word("semicolon", lang).join(parts)


def _grid(panels: Sequence[_Panel], roles: Sequence[str], lang: Language) -> _Grid:
    columns = ([*roles] if len(roles) > 1 else []) + list(_COUNTS)
    largest = max(float(p.loads[list(roles)].sum(axis=1).max()) for p in panels)
    largest = max(largest, *(float(p.loads[column].max()) for p in panels for column in _COUNTS))
    titles = [word(f"column_{column}", lang) for column in columns]
    column_width = max(widest([*titles, "00.00"], NOTE_SIZE) + 12.0, 30.0) + _COLUMN_GAP / 2.0
    names = widest([panel.names[unit] for panel in panels for unit in panel.loads.index], TEXT_SIZE) + 2.0
    end = text_width("000", TEXT_SIZE) + 6.0
    for across in (2, 1) if len(panels) > 1 else (1,):
        width = (WIDTH - 2.0 * MARGIN - (across - 1) * _GUTTER) / across
        name_width = names if across > 1 else min(names, width * _WIDEST_NAME)
        bar_width = width - name_width - 6.0 - end - len(columns) * column_width
        if bar_width >= _SHORTEST_BAR or across == 1:
            break
    return _Grid(panels, roles, columns, lang, across, width, name_width, column_width, bar_width, largest)


def _finding(kb: KnowledgeBase, panels: Sequence[_Panel], role: str, lang: Language) -> str:
    """Who has most, in each of two regions or among all."""
    names = labels_of(kb.units.set_index("unit"), full=len(panels) > 2)
    loads = [panel.loads[role] for panel in panels]
    loads = loads if len(loads) <= 2 else [pd.concat(loads)]
    tops = [(int(load.max()), [names[str(unit)] for unit in load.index[load == load.max()]]) for load in loads]
    tops = [(count, units) for count, units in tops if count]
    if len({count for count, _ in tops}) == 1:
        tops = [(tops[0][0], [name for _, units in tops for name in units])]
    clauses = []
    for count, units in tops:
        form = "one" if len(units) == 1 else "many"
        told = counted("task", count, lang)
        clauses.append(word(f"finding_{role}_{form}", lang, names=enumerated(units, lang), tasks=told))
    return word("comma", lang).join(clauses)
