"""Formal task load per unit: the regions side by side, three ways of counting in one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.figures.missing import missing_sheet
from pairing_graph.figures.plotting import Plot, plot_of
from pairing_graph.figures.sheet import NOTE_SIZE, TEXT_SIZE, Canvas, Sheet, widest
from pairing_graph.figures.widgets.bars import HEADING_MIDDLE, NAME_GAP, Panels, bar_rows
from pairing_graph.figures.widgets.texts import RowNames, draw_region_heading
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import ROLES
from pairing_graph.look.citation import short_citation
from pairing_graph.look.labels import counted, enumerated, labels_of
from pairing_graph.look.palette import INK, MUTED, PAPER, RegionLook, UnitLook, region_looks, unit_look
from pairing_graph.look.style import TEXT_GAP, text_width, wrapped
from pairing_graph.measures.results import Results

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Lengths are in points and were chosen by eye, on the 2022 notice at 900 pixels.
_HEAD = 40.0
_ROW = 19.0
_LINE = 12.5
_HEADING_SIZE = 11.5
_BAR = 11.0
_COLUMN_GAP = 12.0
_COLUMN_AIR = 12.0
"""Beside a column's title or widest number, for the sign before the title."""
_ABOVE_ROWS = 9.0
"""From the middle of the columns' titles to the first row."""
_ABOVE_NOTE = 8.0
_NOTE_DROP = 2.0
"""With it the middle of the note's first line is half a line below the gap above it."""
_BEFORE_TITLE = 6.0
"""From a column's sign to its title."""
_SWATCH = 8.0
"""The side of a bar's colour before a title, and the height of a tick there."""
_TICK, _TICK_WIDTH, _HALO = 13.5, 1.8, 3.6
"""A tick is longer than the bar is high; paper on both sides sets it off from the bar."""
_CROSS, _CROSS_EDGE = 6.2, 0.8
"""A cross fits into the bar."""
_BEHIND_BAR = 8.0
"""From the end of the longest bar to its number, with room for a cross on the end."""
_NARROWEST_COLUMN = 30.0
_SHORTEST_BAR = 84.0
"""Where the longest bar would be shorter, regions go below each other: 84 points show seven tasks in steps of twelve."""
_WIDEST_NAME = 0.42
"""The share of a panel that names may take where it has the whole width."""
_NARROWEST_NAME = 48.0
"""Points: five characters a line, where many columns leave no more."""
_COUNTS = ("listed_first", "fractional")


def workload_sheet(results: Results, *, lang: Language = "zh") -> Sheet:
    """Draw the formal task load of every unit that has a task by name, three ways of counting side by side.

    A bar is the tasks that a unit leads (then those it is responsible for, supports and guides, where the notice has such
    roles), a tick the tasks where it is listed first in its region's cell, a cross the fractional load. The numbers are
    beside the bars. What each means is said in `workload`.

    Returns:
        The axes; each region's bars are on inset axes (`ax.child_axes`) in tasks.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> plot_workload(read_notice("data/raw/wuxi-yuzhong-2022.txt"), lang="en").get_label()
        '区招商投资局 and 县发展改革委 each lead 7 tasks'
    """
    foot = short_citation(results.kb, lang)
    roles = [role for role in ROLES if results["workload"][role].any()]
    regions = list(_regions(results, roles[0], lang)) if roles else []
    if not regions:
        return missing_sheet(results.kb, "tasks", "no_tasks", lang)
    chart = _chart(regions, roles, lang)
    roles_in_words = word("plus", lang).join(word(role, lang) for role in roles)
    subtitle = word("workload_subtitle", lang, roles=roles_in_words)
    return Sheet(_finding(results.kb, regions, roles[0], lang), subtitle, foot, chart.draw, chart.panels.height)


plot_workload: Plot = plot_of(workload_sheet)


@dataclass(frozen=True)
class _Region:
    """Its units that have tasks, those with most in the role of the title first, and what is left out."""

    region: str
    look: RegionLook
    loads: pd.DataFrame
    names: Sequence[str]
    kinds: Sequence[str]
    note: str


@dataclass(frozen=True)
class _Chart:
    """A panel for each region, all to one scale."""

    regions: Sequence[_Region]
    roles: Sequence[str]
    columns: Sequence[str]
    lang: Language
    panels: Panels
    names: RowNames
    column_width: float
    bar_width: float
    largest: float

    def panel_height(self, region: _Region) -> float:
        note = len(wrapped(region.note, NOTE_SIZE, self.panels.width)) * _LINE
        return _HEAD + self.names.heights(region.names) + _ABOVE_NOTE + note

    def draw(self, canvas: Canvas, y: float) -> None:
        for region, corner in zip(self.regions, self.panels.places(y), strict=True):
            self._draw_region(canvas, region, *corner)

    def _draw_region(self, canvas: Canvas, region: _Region, x: float, y: float) -> None:
        self._draw_head(canvas, region, x, y)
        left, top, right = x + self.names.width + NAME_GAP, y + _HEAD, x + self.panels.width
        middles = list(bar_rows(canvas, region.names, self.names, left, top))
        height = self.names.heights(region.names)
        axes = canvas.panel(left, top, self.bar_width, height)
        axes.set_label(region.region)
        axes.set_xlim(0.0, self.largest)
        axes.set_ylim(height, 0.0)
        self._draw_bars(axes, region, [middle - top for middle in middles], canvas.scale)
        self._draw_numbers(canvas, region, left, middles, right)
        for count, line in enumerate(wrapped(region.note, NOTE_SIZE, self.panels.width), 1):
            canvas.text(x, top + height + count * _LINE + _NOTE_DROP, line, NOTE_SIZE, colour=MUTED)

    def _draw_head(self, canvas: Canvas, region: _Region, x: float, y: float) -> None:
        at, width = (x, y + HEADING_MIDDLE), self.panels.width
        draw_region_heading(canvas, at, region.region, region.look, width, self.lang, _HEADING_SIZE)
        head = y + _HEAD - _ABOVE_ROWS
        bars = word(self.roles[0] if len(self.roles) == 1 else "column_tasks", self.lang)
        canvas.text(x + self.names.width + NAME_GAP, head, bars, NOTE_SIZE, colour=MUTED)
        for right, column in zip(self._column_ends(x + width), self.columns, strict=True):
            title = word(f"column_{column}", self.lang)
            canvas.text(right, head, title, NOTE_SIZE, colour=MUTED, ha="right")
            before = right - text_width(title, NOTE_SIZE) - _BEFORE_TITLE
            if column in _COUNTS:
                _draw_mark(canvas.ax, column, [before], [canvas.height - head], canvas.scale, tick=_SWATCH)
            else:
                swatch = _bar_settings(column, unit_look(region.look, ""), region.look, 1.0)
                canvas.box(before - TEXT_GAP, head - _SWATCH / 2.0, _SWATCH, _SWATCH, swatch.pop("fc"), **swatch)

    def _draw_bars(self, axes: Axes, region: _Region, ys: Sequence[float], scale: float) -> None:
        starts = [0.0] * len(ys)
        for role in self.roles:
            counts = region.loads[role].tolist()
            for unit, kind, y, count, start in zip(region.loads.index, region.kinds, ys, counts, starts, strict=True):
                if count:
                    settings = _bar_settings(role, unit_look(region.look, kind), region.look, scale)
                    label = f"{unit}\t{role}"
                    axes.barh([y], [count], left=[start], height=_BAR, label=label, clip_on=False, **settings)
            starts = [start + count for start, count in zip(starts, counts, strict=True)]
        for column in _COUNTS:
            _draw_mark(axes, column, list(region.loads[column].astype(float)), ys, scale)

    def _draw_numbers(self, canvas: Canvas, region: _Region, left: float, ys: Sequence[float], right: float) -> None:
        for unit, y in zip(region.loads.index, ys, strict=True):
            row = region.loads.loc[unit]
            length = max(row[list(self.roles)].sum(), row["listed_first"], row["fractional"])
            total = row[self.roles[0]] if len(self.roles) == 1 else row["tasks"]
            bar_end = left + self.bar_width * length / self.largest
            canvas.text(bar_end + _BEHIND_BAR, y, f"{total:.0f}", TEXT_SIZE, strong=True)
            for place, column in zip(self._column_ends(right), self.columns, strict=True):
                number = f"{row[column]:.2f}" if column == "fractional" else f"{row[column]:.0f}"
                canvas.text(place, y, number, TEXT_SIZE, ha="right", colour=INK if row[column] else MUTED)

    def _column_ends(self, right: float) -> list[float]:
        count = len(self.columns)
        return [right - (count - 1 - place) * self.column_width for place in range(count)]


def _draw_mark(
    axes: Axes, column: str, xs: Sequence[float], ys: Sequence[float], scale: float, tick: float = _TICK
) -> None:
    """A tick across the bar for `listed_first`, a cross for `fractional`; both may share a place, none is at zero."""
    settings: dict[str, Any] = {"ls": "", "clip_on": False, "zorder": 4}
    xs = [x or float("nan") for x in xs]
    if column == "listed_first":
        axes.plot(xs, ys, marker="|", ms=tick * scale, mew=_HALO * scale, mec=PAPER, label="_halo", **settings)
        axes.plot(xs, ys, marker="|", ms=tick * scale, mew=_TICK_WIDTH * scale, mec=INK, label=column, **settings)
    else:
        cross: dict[str, Any] = {"ms": _CROSS * scale, "mew": _CROSS_EDGE * scale, "mfc": PAPER, "mec": INK}
        axes.plot(xs, ys, marker="X", label=column, **cross, **(settings | {"zorder": 5}))


def _bar_settings(role: str, look: UnitLook, region: RegionLook, scale: float) -> dict[str, Any]:
    if role == "lead":
        return {"fc": look.fill, "ec": look.edge, "lw": 0.6 * scale}
    if role == "responsible":
        return {"fc": region.light, "ec": look.edge, "lw": 0.6 * scale, "hatch": "////"}
    if role == "support":
        return {"fc": PAPER, "ec": look.edge, "lw": 0.8 * scale, "ls": (0, (1.0, 1.5))}
    return {"fc": PAPER, "ec": look.edge, "lw": 0.6 * scale, "hatch": "...."}


def _regions(results: Results, role: str, lang: Language) -> Iterator[_Region]:
    kb, loads = results.kb, results["workload"]
    units = kb.units.set_index("unit")
    for region, look in region_looks(kb).items():
        own = units[units["region"] == region]
        busy = loads[loads.index.isin(own.index) & (loads["tasks"] > 0)].sort_values(
            role, ascending=False, kind="stable"
        )
        if not busy.empty:
            names = labels_of(own, full=not region)
            kinds = [str(kind) for kind in own.loc[busy.index, "kind"]]
            yield _Region(region, look, busy, [names[unit] for unit in busy.index], kinds, _note(own, busy, lang))


def _note(own: pd.DataFrame, busy: pd.DataFrame, lang: Language) -> str:
    """How many units of the region have no row, and why."""
    idle = int((~own["collective"]).sum()) - len(busy)
    collectives = list(own.loc[own["collective"], "name"])
    parts = [counted("idle_units", idle, lang)] if idle else []
    if collectives:
        parts.append(word("collectives_left_out", lang, names=enumerated(collectives, lang)))
    return word("semicolon", lang).join(parts)


def _chart(regions: Sequence[_Region], roles: Sequence[str], lang: Language) -> _Chart:
    """Regions in two columns where that leaves room for bars, else in one."""
    columns = ([*roles] if len(roles) > 1 else []) + list(_COUNTS)
    largest = max(float(region.loads[list(roles)].sum(axis=1).max()) for region in regions)
    largest = max(largest, *(float(region.loads[column].max()) for region in regions for column in _COUNTS))
    titles = [word(f"column_{column}", lang) for column in columns]
    column_width = max(widest([*titles, "00.00"], NOTE_SIZE) + _COLUMN_AIR, _NARROWEST_COLUMN) + _COLUMN_GAP / 2.0
    names = widest([name for region in regions for name in region.names], TEXT_SIZE) + 2.0
    end = text_width("000", TEXT_SIZE) + _BEFORE_TITLE
    for across in (2, 1) if len(regions) > 1 else (1,):
        width = Panels(across).width
        room = width - NAME_GAP - end - len(columns) * column_width
        name_width = (
            names if across > 1 else min(names, width * _WIDEST_NAME, max(room - _SHORTEST_BAR, _NARROWEST_NAME))
        )
        bar_width = room - name_width
        if bar_width >= _SHORTEST_BAR:
            break
    column = RowNames(name_width, _ROW, _LINE)
    chart = _Chart(regions, roles, columns, lang, Panels(across), column, column_width, bar_width, largest)
    return replace(chart, panels=Panels(across, [chart.panel_height(region) for region in regions]))


def _finding(kb: KnowledgeBase, regions: Sequence[_Region], role: str, lang: Language) -> str:
    """Who has most, in each of two regions or among all."""
    names = labels_of(kb.units.set_index("unit"), full=len(regions) > 2)
    loads = [region.loads[role] for region in regions]
    loads = loads if len(loads) <= 2 else [pd.concat(loads)]
    tops = [(int(load.max()), [names[str(unit)] for unit in load.index[load == load.max()]]) for load in loads]
    tops = [(count, units) for count, units in tops if count]
    if len({count for count, _ in tops}) == 1:
        tops = [(tops[0][0], [name for _, units in tops for name in units])]
    clauses = []
    for count, units in tops:
        form, tasks = "one" if len(units) == 1 else "many", counted("task", count, lang)
        clauses.append(word(f"finding_{role}_{form}", lang, names=enumerated(units, lang), tasks=tasks))
    return word("comma", lang).join(clauses)
