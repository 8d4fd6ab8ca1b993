"""The coordination matrix: joint tasks of the units of two regions, the paired ones outlined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.figures.missing import is_missing, missing_sheet, missing_title
from pairing_graph.figures.plotting import plot_of
from pairing_graph.figures.sheet import (
    HEADING_SIZE,
    INNER,
    MARGIN,
    NOTE_SIZE,
    TEXT_SIZE,
    WIDTH,
    Canvas,
    Sheet,
    line_style,
    sentence_sheet,
    widest,
)
from pairing_graph.figures.widgets.grid import NAME_GAP, Grid, cell_width
from pairing_graph.figures.widgets.texts import Legend, RowNames, Upright, draw_region_heading, name_column
from pairing_graph.graph import Source
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.look.citation import short_citation
from pairing_graph.look.labels import counted, labels_of
from pairing_graph.look.palette import (
    DOUBT,
    DOUBT_LINE,
    FAINT,
    PAIRED,
    PAIRED_LINE,
    PAPER,
    TASK,
    LineLook,
    RegionLook,
    region_looks,
)
from pairing_graph.look.style import HEADING_INDENT
from pairing_graph.measures.results import Results

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Lengths are in points and were chosen by eye, on the 2022 notice at 900 pixels.
_ROW = 20.0
_NARROWEST = 20.0
"""A cell must have room for a number of two digits and its outline."""
_LONGEST_COLUMN = 14
_WIDEST_NAME = 0.34
"""The share of the sheet that names may take."""
_REGION = 22.0
_REGION_MIDDLE = 8.0
"""The middle of the heading over the columns, below the upper end of a block."""
_ROWS_MIDDLE = 10.0
"""The middle of the heading over the rows, above the first of them."""
_BELOW_NAMES = 6.0
"""From the lower end of upright names to the first row."""
_AROUND_NAMES = 8.0
_LEGEND = 34.0
_ABOVE_LEGEND = 7.5
_LEFT_OUT = 16.0
_LEFT_OUT_MIDDLE = 40.0
"""The middle of the line on what is left out, below the last row: behind the legend."""
_INSET = 2.0
"""From the edges of a cell to its box, so that outlines of neighbours stay apart."""
_HEADING_AIR = 5.0
"""What the column of names leaves free behind a region's heading."""
_KEY = 26.0
"""The width of a cell in the legend."""
_AROUND_NAME = 5.0
"""What a name of several lines has above and below together."""
_BLOCK_GAP = 26.0
_CORNER = 5.0
"""The side of the mark in the corner of a gap: a third sign beside dashes and colour, and no larger than a comma."""
_KEYS = {"paired_joint": 2, "gap": 2, "paired_only": 0, "joint": 2, "paired": 0}
"""The states of a cell in the order of the legend, with the number that its key shows."""
_OUTLINES = {"gap": (DOUBT, DOUBT_LINE), "joint": (TASK, LineLook(0.8))}
"""Outlines of pairs that are not paired; `joint` where no table says who is."""
_TINTS = ("#ECEDEF", "#D3D6DA", "#B4B9BF")
"""Greys for one or two joint tasks, three or four, more; dark ink stays legible on all."""


def coordination_sheet(results: Results, *, pooled: bool = False, lang: Language = "zh") -> Sheet:
    """Draw which units of two regions have joint tasks and which the table pairs, as a matrix.

    The number in a cell is the joint tasks (the darker, the more); a green outline is a pairing, an orange dashed one a
    gap: joint tasks without a pairing. Pairings of the township level without a named joint task are left out and
    counted below. Gaps arise from crossed lists; `unpaired_in_task` is the cleaner finding. Of several notices each is
    held against its own pairing table; how many have one of the two tables only is said. Without a pairing table the
    joint tasks are drawn and no gap; without a task table the pairings. Many units go on blocks below each other.

    Its own arguments:
        pooled: Hold the tasks of all notices against the pairings of all.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> plot_coordination(read_notice("data/raw/wuxi-yuzhong-2022.txt")).get_label()
        '有共同任务的 25 对单位中，15 对已结对'
    """
    kb = results.kb
    if results.by or (pooled and not results.pooled):
        results = replace(results, by=None, pooled=pooled or results.pooled)
    found = results["coordination"]
    pairs, left_out = found.reset_index(), len(found.attrs.get("left_out", ()))
    foot = short_citation(kb, lang)
    level = pairs["unit_kind"].isin(TOWNSHIP_LEVEL) | pairs["partner_kind"].isin(TOWNSHIP_LEVEL)
    township = (pairs["status"] == "paired_only") & level
    shown = pairs[~township]
    if shown.empty and left_out:
        return sentence_sheet("no_notice_with_both", foot, lang)
    if shown.empty:
        return missing_sheet(kb, "tasks" if is_missing(kb, "tasks") else "pairings", "no_coordination", lang)
    if is_missing(kb, "pairings"):
        shown = shown.assign(status="joint")
    if is_missing(kb, "tasks"):
        shown = shown.assign(status="paired")
    matrix = _matrix(results, shown, int(township.sum()), lang)
    subtitle = word(_subtitle(kb), lang, pairs=int((pairs["joint_tasks"] > 0).sum()))
    if left_out:
        subtitle = word("two_sentences", lang, one=subtitle, other=word("one_table_only", lang, count=left_out))
    return Sheet(_finding(kb, pairs, lang), subtitle, foot, matrix.draw, matrix.height)


class _PlotCoordination(Protocol):
    def __call__(
        self, source: Source, *, pooled: bool = False, ax: Axes | None = None, lang: Language = "zh"
    ) -> Axes: ...


plot_coordination: _PlotCoordination = plot_of(coordination_sheet)


@dataclass(frozen=True)
class _Block:
    """Units of one region (rows) against those of another (columns), and joint tasks and status of pairs of them."""

    regions: tuple[str, str]
    rows: Sequence[str]
    columns: Sequence[str]
    cells: Mapping[tuple[str, str], tuple[int, str]]

    def parts(self, most: int) -> Iterator[_Block]:
        """The block in parts of up to so many columns and about the same number, each with the rows that it needs."""
        count = -(-len(self.columns) // most)
        size = -(-len(self.columns) // count)
        for start in range(0, len(self.columns), size):
            columns = self.columns[start : start + size]
            rows = [row for row in self.rows if any((row, column) in self.cells for column in columns)]
            cells = {pair: cell for pair, cell in self.cells.items() if pair[1] in columns}
            yield _Block(self.regions, rows, columns, cells)


@dataclass(frozen=True)
class _Matrix:
    """Blocks, one below the other, to one scale."""

    blocks: Sequence[_Block]
    names: Mapping[str, str]
    looks: Mapping[str, RegionLook]
    grid: Grid
    left_out: int
    lang: Language

    @property
    def height(self) -> float:
        blocks = sum(map(self._block_height, self.blocks)) + (len(self.blocks) - 1) * _BLOCK_GAP
        return blocks + _LEGEND + (_LEFT_OUT if self.left_out else 0.0)

    def draw(self, canvas: Canvas, y: float) -> None:
        for block in self.blocks:
            self._draw_block(canvas, block, y)
            y += self._block_height(block) + _BLOCK_GAP
        y -= _BLOCK_GAP
        self._legend.draw(canvas, y + _ABOVE_LEGEND)
        if self.left_out:
            left_out = word("coordination_left_out", self.lang, count=self.left_out)
            canvas.text(MARGIN, y + _LEFT_OUT_MIDDLE, left_out, NOTE_SIZE, colour=TASK)

    def _titles(self, block: _Block) -> list[Upright]:
        return [Upright(self.names[unit], self.grid.cell, _LONGEST_COLUMN) for unit in block.columns]

    def _head_height(self, block: _Block) -> float:
        return _REGION + max(title.height for title in self._titles(block)) + _AROUND_NAMES

    def _block_height(self, block: _Block) -> float:
        return self._head_height(block) + self.grid.names.heights(self.names[unit] for unit in block.rows)

    def _draw_block(self, canvas: Canvas, block: _Block, y: float) -> None:
        grid, bottom = self.grid, y + self._head_height(block)
        for region, x, middle, right in (
            (block.regions[1], grid.left, y + _REGION_MIDDLE, WIDTH - MARGIN),
            (block.regions[0], MARGIN, bottom - _ROWS_MIDDLE, grid.left),
        ):
            draw_region_heading(canvas, (x, middle), region, self.looks[region], right - x, self.lang)
        for place, title in enumerate(self._titles(block)):
            title.draw(canvas, grid.middle(place), bottom - _BELOW_NAMES)
        right = grid.edge(len(block.columns))
        for unit in block.rows:
            height = grid.names.height(self.names[unit])
            grid.draw_name(canvas, self.names[unit], bottom + height / 2.0)
            canvas.line((grid.left, right), (bottom, bottom), FAINT)
            for place, partner in enumerate(block.columns):
                if (unit, partner) in block.cells:
                    _draw_cell(canvas, (grid.edge(place), bottom), (grid.cell, height), *block.cells[unit, partner])
            bottom += height
        canvas.line((grid.left, right), (bottom, bottom), FAINT)

    @cached_property
    def _legend(self) -> Legend:
        shown = {status for block in self.blocks for _, status in block.cells.values()}
        keys = [
            (word(f"legend_{status}", self.lang), partial(_draw_key, joint=joint, status=status))
            for status, joint in _KEYS.items()
            if status in shown
        ]
        return Legend(keys, WIDTH - MARGIN, indent=30.0, gap=18.0)


def _draw_key(canvas: Canvas, x: float, middle: float, *, joint: int, status: str) -> None:
    _draw_cell(canvas, (x, middle - _ROW / 2.0), (_KEY, _ROW), joint, status)


def _draw_cell(canvas: Canvas, corner: tuple[float, float], size: tuple[float, float], joint: int, status: str) -> None:
    (x, y), (across, down) = (place + _INSET for place in corner), (length - 2.0 * _INSET for length in size)
    fill = _TINTS[min((joint + 1) // 2, len(_TINTS)) - 1] if joint else PAPER
    colour, look = _OUTLINES.get(status, (PAIRED, PAIRED_LINE))
    canvas.box(
        x, y, across, down, PAPER if status == "gap" else fill, ec=colour, lw=look.width, ls=line_style(look), zorder=2
    )
    if status == "gap":
        canvas.box(x + _INSET, y + _INSET, across - 2.0 * _INSET, down - 2.0 * _INSET, fill, zorder=2)
        canvas.box(x + across - _CORNER, y, _CORNER, _CORNER, colour, zorder=3)
    if joint:
        canvas.text(x + across / 2.0, y + down / 2.0, str(joint), TEXT_SIZE, ha="center", zorder=4)


def _matrix(results: Results, pairs: pd.DataFrame, left_out: int, lang: Language) -> _Matrix:
    kb, blocks = results.kb, list(_blocks(results, pairs))
    units = kb.units.set_index("unit")
    used = units[units.index.isin([*pairs["unit"], *pairs["partner"]])]
    names = labels_of(used, full=used["region"].nunique() > 2)
    headings = (
        widest([block.regions[0] or word("no_region", lang) for block in blocks], HEADING_SIZE)
        + HEADING_INDENT
        + _HEADING_AIR
    )
    rows = [names[unit] for block in blocks for unit in block.rows]
    width = name_column(rows, INNER * _WIDEST_NAME, headings=headings)
    room = INNER - width - NAME_GAP
    blocks = [part for block in blocks for part in block.parts(int(room // _NARROWEST))]
    cell = cell_width(room, max(len(block.columns) for block in blocks), _NARROWEST)
    grid = Grid(RowNames(width, _ROW, around=_AROUND_NAME), width, cell)
    return _Matrix(blocks, names, region_looks(kb), grid, left_out, lang)


def _blocks(results: Results, pairs: pd.DataFrame) -> Iterator[_Block]:
    """One block per pair of regions, units by load."""
    units = results.kb.units
    regions = dict(zip(units["unit"], units["region"], strict=True))
    order = {str(unit): place for place, unit in enumerate(results["workload"].index)}
    sides = pairs.assign(one=pairs["unit"].map(regions), other=pairs["partner"].map(regions))
    for (one, other), part in sides.groupby(["one", "other"], sort=False):
        rows = part[["unit", "partner", "joint_tasks", "status"]].itertuples(index=False)
        yield _Block(
            (str(one), str(other)),
            sorted(set(part["unit"]), key=order.__getitem__),
            sorted(set(part["partner"]), key=order.__getitem__),
            {(unit, partner): (int(joint), str(status)) for unit, partner, joint, status in rows},
        )


def _subtitle(kb: KnowledgeBase) -> str:
    missing = next((table for table in ("pairings", "tasks") if is_missing(kb, table)), "")
    return f"coordination_no_{missing}_subtitle" if missing else "coordination_subtitle"


def _finding(kb: KnowledgeBase, pairs: pd.DataFrame, lang: Language) -> str:
    """How many of the pairs with joint tasks are paired; where a table is missing, that it is, and what the other says."""
    satisfied, required = (int((rows["joint_tasks"] > 0).sum()) for rows in (pairs[pairs["status"] != "gap"], pairs))
    if is_missing(kb, "pairings"):
        missing, found = missing_title(kb, "pairings", lang), counted("coordination_joint", required, lang)
        return word("missing_and", lang, missing=missing, finding=found)
    if is_missing(kb, "tasks"):
        missing, found = missing_title(kb, "tasks", lang), counted("pairing", len(kb.pairings), lang)
        return word("missing_and", lang, missing=missing, finding=found)
    key = "coordination_finding" if required else "coordination_finding_none"
    return word(key, lang, satisfied=satisfied, required=required)
