"""The coordination matrix: joint tasks of the units of two regions, the paired ones outlined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from pairing_graph.kb.schema import TOWNSHIP_LEVEL, KnowledgeBase
from pairing_graph.look.citation import short_citation
from pairing_graph.look.labels import labels_of, region_label
from pairing_graph.look.palette import (
    DOUBT,
    FAINT,
    MUTED,
    PAIRED,
    PAPER,
    RELATIONS,
    TASK,
    RegionLook,
    region_looks,
    unit_look,
)
from pairing_graph.look.style import clipped, drawable, text_width, wrapped
from pairing_graph.look.vertical import vertical_cells, vertical_columns
from pairing_graph.measures.congruence import congruence
from pairing_graph.measures.coordination import coordination
from pairing_graph.measures.workload import workload

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LINE = 12.0
_TITLE = 11.0
_UPRIGHT = 11.0
_LONGEST_COLUMN = 14
_NARROWEST = 24.0
_BROADEST = 30.0
_WIDEST_NAME = 0.34
_REGION = 22.0
_LEGEND = 34.0
_BLOCK_GAP = 26.0
_TINTS = ("#ECEDEF", "#D3D6DA", "#B4B9BF")


def plot_coordination(source: Source, *, ax: Axes | None = None, lang: Language = "zh") -> Axes:
    """Draw which units of two regions have joint tasks and which the table pairs, as a matrix.

    The number in a cell is the joint tasks (the darker, the more); a green outline is a pairing, an orange dashed one a
    gap: joint tasks without a pairing. Pairings of the township level without a named joint task are left out and
    counted below. Gaps come out of crossed lists; `unpaired_in_task` is the cleaner finding.

    Args:
        source: A knowledge base or its graph.
        ax: Where to draw; without it a new figure is made.
        lang: The language of the words around the names, zh or en.

    Returns:
        The axes.

    Raises:
        MissingExtraError: Matplotlib is not installed.
    """
    return put_on(coordination_sheet(as_knowledge_base(source), lang=lang), ax)


def coordination_sheet(kb: KnowledgeBase, *, lang: Language = "zh") -> Sheet:
    """The plan of `plot_coordination`."""
    pairs = coordination(kb).reset_index()
    foot = short_citation(kb, lang)
    level = pairs["unit_kind"].isin(TOWNSHIP_LEVEL) | pairs["partner_kind"].isin(TOWNSHIP_LEVEL)
    township = (pairs["status"] == "paired_only") & level
    drawn = pairs[~township]
    if drawn.empty:
        return sentence_sheet(word("no_coordination_title", lang), word("no_coordination_text", lang), foot)
    matrix = _matrix(kb, drawn, int(township.sum()), lang)
    told = word("coordination_subtitle", lang, pairs=int((pairs["joint_tasks"] > 0).sum()))
    return Sheet(_finding(kb, lang), told, foot, matrix.draw, matrix.height, matrix.sheet_width)


@dataclass(frozen=True)
class _Block:
    """Units of one region (rows) against those of another (columns)."""

    regions: tuple[str, str]
    rows: Sequence[str]
    columns: Sequence[str]
    cells: Mapping[tuple[str, str], tuple[int, str]]


@dataclass(frozen=True)
class _Matrix:
    """Blocks, one below the other, to one scale."""

    blocks: Sequence[_Block]
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    looks: Mapping[str, RegionLook]
    name_width: float
    cell: float
    left_out: int
    lang: Language

    @property
    def left(self) -> float:
        return MARGIN + self.name_width + 8.0

    @property
    def sheet_width(self) -> float:
        most = max(len(block.columns) for block in self.blocks)
        return max(WIDTH, self.left + most * self.cell + MARGIN)

    @property
    def height(self) -> float:
        blocks = sum(self._block_height(block) for block in self.blocks)
        return blocks + (len(self.blocks) - 1) * _BLOCK_GAP + _LEGEND + (_LINE + 4.0 if self.left_out else 0.0)

    def draw(self, canvas: Canvas, y: float) -> None:
        for block in self.blocks:
            self._draw_block(canvas, block, y)
            y += self._block_height(block) + _BLOCK_GAP
        self._draw_legend(canvas, y - _BLOCK_GAP + 16.0)

    def _upright(self, unit: str) -> list[list[str]]:
        fitting = max(1, int(self.cell // _UPRIGHT))
        cells = vertical_cells(clipped(drawable(self.names[unit])))
        return vertical_columns(cells, max(_LONGEST_COLUMN, -(-len(cells) // fitting)))

    def _head_height(self, block: _Block) -> float:
        longest = max(len(column) for unit in block.columns for column in self._upright(unit))
        return _REGION + longest * _UPRIGHT + 8.0

    def _row_height(self, unit: str) -> float:
        return max(20.0, len(self._lines(unit)) * _LINE + 5.0)

    def _lines(self, unit: str) -> list[str]:
        return wrapped(self.names[unit], TEXT_SIZE, self.name_width)

    def _block_height(self, block: _Block) -> float:
        return self._head_height(block) + sum(map(self._row_height, block.rows))

    def _draw_block(self, canvas: Canvas, block: _Block, y: float) -> None:
        bottom = y + self._head_height(block)
        self._draw_region(canvas, block.regions[1], self.left, y + 8.0, self.sheet_width - MARGIN)
        self._draw_region(canvas, block.regions[0], MARGIN, bottom - 10.0, self.left)
        for place, unit in enumerate(block.columns):
            self._draw_upright(canvas, unit, self.left + (place + 0.5) * self.cell, bottom - 6.0)
        right = self.left + len(block.columns) * self.cell
        for unit in block.rows:
            height = self._row_height(unit)
            lines = self._lines(unit)
            for count, line in enumerate(lines):
                middle = bottom + height / 2.0 + (count - (len(lines) - 1) / 2.0) * _LINE
                canvas.text(self.left - 8.0, middle, line, TEXT_SIZE, ha="right")
            canvas.line((self.left, right), (bottom, bottom), FAINT)
            for place, partner in enumerate(block.columns):
                if (unit, partner) in block.cells:
                    corner = (self.left + place * self.cell, bottom)
                    self._draw_cell(canvas, corner, height, *block.cells[unit, partner])
            bottom += height
        canvas.line((self.left, right), (bottom, bottom), FAINT)

    def _draw_region(self, canvas: Canvas, region: str, x: float, y: float, right: float) -> None:
        canvas.mark(x + 5.0, y, unit_look(self.looks[region], ""), 9.0)
        title = region_label(region, _TITLE, right - x - 15.0, self.lang)
        canvas.text(x + 15.0, y, title, _TITLE, strong=True)

    def _draw_upright(self, canvas: Canvas, unit: str, middle: float, bottom: float) -> None:
        columns = self._upright(unit)
        for place, column in enumerate(columns):
            x = middle + ((len(columns) - 1) / 2.0 - place) * _UPRIGHT
            for count, cell in enumerate(column):
                y = bottom - (max(map(len, columns)) - count - 0.5) * _UPRIGHT
                size = min(TEXT_SIZE, TEXT_SIZE * _UPRIGHT / max(text_width(cell, TEXT_SIZE), 1.0))
                canvas.text(x, y, cell, size, ha="center")

    def _draw_cell(
        self, canvas: Canvas, corner: tuple[float, float], height: float, joint: int, status: str, width: float = 0.0
    ) -> None:
        x, y = corner[0] + 2.0, corner[1] + 2.0
        across, down = (width or self.cell) - 4.0, height - 4.0
        fill = _TINTS[min((joint + 1) // 2, len(_TINTS)) - 1] if joint else PAPER
        if status == "gap":
            look = RELATIONS["doubt"]
            dashes = (0, tuple(part / look.width for part in look.dashes))
            canvas.box(x, y, across, down, fill, ec=DOUBT, lw=look.width, ls=dashes, zorder=2)
        else:
            canvas.box(x, y, across, down, fill, ec=PAIRED, lw=RELATIONS["paired"].width, zorder=2)
        if joint:
            canvas.text(x + across / 2.0, y + down / 2.0, str(joint), TEXT_SIZE, ha="center", zorder=4)

    def _draw_legend(self, canvas: Canvas, y: float) -> None:
        x = MARGIN
        for status, joint in (("paired_joint", 2), ("gap", 2), ("paired_only", 0)):
            self._draw_cell(canvas, (x, y - 10.0), 20.0, joint, status, 26.0)
            title = word(f"legend_{status}", self.lang)
            canvas.text(x + 30.0, y, title, NOTE_SIZE, colour=MUTED)
            x += 30.0 + text_width(title, NOTE_SIZE) + 18.0
        if self.left_out:
            told = word("coordination_left_out", self.lang, count=self.left_out)
            canvas.text(MARGIN, y + 24.0, told, NOTE_SIZE, colour=TASK)


def _matrix(kb: KnowledgeBase, pairs: pd.DataFrame, left_out: int, lang: Language) -> _Matrix:
    blocks = list(_blocks(kb, pairs))
    units = kb.units.set_index("unit")
    used = units[units.index.isin([*pairs["unit"], *pairs["partner"]])]
    full = used["region"].nunique() > 2
    names = labels_of(used, full=full)
    kinds = {str(unit): str(kind) for unit, kind in used["kind"].items()}
    looks = region_looks(kb)
    heads = [block.regions[0] or word("no_region", lang) for block in blocks]
    inner = WIDTH - 2.0 * MARGIN
    rows = [names[unit] for block in blocks for unit in block.rows]
    name_width = min(max(widest(rows, TEXT_SIZE), widest(heads, _TITLE) + 20.0) + 2.0, inner * _WIDEST_NAME)
    most = max(len(block.columns) for block in blocks)
    cell = min(max((inner - name_width - 8.0) / most, _NARROWEST), _BROADEST)
    return _Matrix(blocks, names, kinds, looks, name_width, cell, left_out, lang)


def _blocks(kb: KnowledgeBase, pairs: pd.DataFrame) -> Iterator[_Block]:
    """One block per pair of regions, units by load."""
    regions = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    order = {str(unit): place for place, unit in enumerate(workload(kb).index)}
    sides = pairs.assign(one=pairs["unit"].map(regions), other=pairs["partner"].map(regions))
    for (one, other), part in sides.groupby(["one", "other"], sort=False):
        rows = part[["unit", "partner", "joint_tasks", "status"]].itertuples(index=False)
        yield _Block(
            (str(one), str(other)),
            sorted(set(part["unit"]), key=order.__getitem__),
            sorted(set(part["partner"]), key=order.__getitem__),
            {(unit, partner): (int(joint), str(status)) for unit, partner, joint, status in rows},
        )


def _finding(kb: KnowledgeBase, lang: Language) -> str:
    counts = congruence(kb)[["satisfied", "required"]].to_dict("index")["plain"]
    key = "coordination_finding" if counts["required"] else "coordination_finding_none"
    return word(key, lang, satisfied=counts["satisfied"], required=counts["required"])
