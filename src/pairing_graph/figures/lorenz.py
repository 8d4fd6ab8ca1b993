"""The Lorenz curve: what share of the load the lightest units carry, one curve per region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.figures.missing import missing_sheet
from pairing_graph.figures.plotting import plot_of
from pairing_graph.figures.sheet import MARGIN, NOTE_SIZE, TEXT_SIZE, WIDTH, Canvas, Sheet
from pairing_graph.figures.widgets.texts import draw_region_heading
from pairing_graph.graph import Source
from pairing_graph.look.citation import short_citation
from pairing_graph.look.palette import FAINT, INK, MUTED, RegionLook, region_looks, unit_look
from pairing_graph.look.style import DASHES, HEADING_INDENT, MARKERS, TEXT_GAP, clipped, wrapped
from pairing_graph.measures.concentration import Population, concentration
from pairing_graph.measures.results import Results

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Lengths are in points and were chosen by eye, on the 2022 notice at 900 pixels.
_SIDE = 300.0
_AXIS = 34.0
_LEFT = MARGIN + _AXIS
_BESIDE = _LEFT + _SIDE + 30.0
_HEAD = 24.0
"""From a region's upper end to the middle of its first sentence."""
_HEADING_MIDDLE = 7.0
_LINE = 14.0
_TICK_MIDDLE = 9.0
"""The middle of the shares below the axis, and further below that of its title."""
_TITLE_MIDDLE = 24.0
_IN_CORNER = 8.0
"""The title of the axis that goes up is inside the upper left corner, where no curve gets."""
_CURVE, _MARK = 2.0, 5.0
"""A curve is as wide as a pairing's link; its marks are larger and still apart for fifty units."""
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_NAMED = 2
"""Of several heaviest units, how many are named; a third would want a third line."""


def lorenz_sheet(
    results: Results, *, count: str = "lead", population: Population = "departments", lang: Language = "zh"
) -> Sheet:
    """Draw how unequally a region's load is spread: the share of the load that the lightest units carry together.

    On the diagonal all units carry the same; the further a curve falls below it, the more of the load is on few units. The Gini
    coefficient is twice the area between the two. It depends on who is counted in, which stands beside every number.

    Its own arguments:
        count: A column of `workload`.
        population: A population of `concentration`.

    Returns:
        The axes; the curves are on inset axes (`ax.child_axes`), labelled with their region.

    Raises:
        UnknownNameError: There is no such count or population.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> plot_lorenz(read_notice("data/raw/wuxi-yuzhong-2022.txt")).get_label()
        '牵头任务的基尼系数（部门）：渝中区 0.42，巫溪县 0.39'
    """
    kb = results.kb
    table = concentration(kb, count=count, population=population, loads=results["workload"])
    rows = {str(region): row for region, row in table[table["gini"].notna()].iterrows()}
    foot = short_citation(kb, lang)
    if not rows:
        return missing_sheet(kb, "pairings" if count in ("pairings", "partners") else "tasks", "no_lorenz", lang)
    choices = {"count": word(f"lorenz_{count}", lang), "population": word(f"population_{population}", lang)}
    title = word("lorenz_of", lang, count=choices["count"], population=word(f"choice_population_{population}", lang))
    curves = [_Curve(region, look, rows[region], lang) for region, look in region_looks(kb).items() if region in rows]
    chart = _Chart(curves, lang)
    subtitle = word("lorenz_subtitle", lang, **choices)
    return Sheet(_finding(curves, title, lang), subtitle, foot, chart.draw, chart.height)


class _PlotLorenz(Protocol):
    def __call__(
        self,
        source: Source,
        *,
        count: str = "lead",
        population: Population = "departments",
        ax: Axes | None = None,
        lang: Language = "zh",
    ) -> Axes: ...


plot_lorenz: _PlotLorenz = plot_of(lorenz_sheet)


@dataclass(frozen=True)
class _Curve:
    """One region's row of `concentration`, and what it says in words."""

    region: str
    look: RegionLook
    row: pd.Series[Any]
    lang: Language

    @property
    def height(self) -> float:
        return _HEAD + len(self.sentences) * _LINE + _LINE

    @property
    def sentences(self) -> list[str]:
        row, lang = self.row, self.lang
        top = list(row["top_units"])
        more = word("lorenz_more", lang, count=len(top) - _NAMED) if len(top) > _NAMED else ""
        names = word("listing", lang).join(map(clipped, top[:_NAMED])) + more
        population = word(f"choice_population_{row['population']}", lang)
        key = "lorenz_top_one" if len(top) == 1 else "lorenz_top_many"
        found = [
            word("lorenz_gini", lang, gini=f"{row['gini']:.2f}", units=row["units"], population=population),
            word(key, lang, names=names, share=f"{row['top_share']:.0%}"),
        ]
        width = WIDTH - MARGIN - _BESIDE - HEADING_INDENT
        return [line for sentence in found for line in wrapped(sentence, TEXT_SIZE, width)]


@dataclass(frozen=True)
class _Chart:
    """All curves in one square, and what they say beside it."""

    curves: Sequence[_Curve]
    lang: Language

    @property
    def height(self) -> float:
        return max(_SIDE + _AXIS, sum(curve.height for curve in self.curves))

    def draw(self, canvas: Canvas, y: float) -> None:
        self._draw_axes(canvas, _LEFT, y)
        panel = canvas.panel(_LEFT, y, _SIDE, _SIDE)
        panel.set_xlim(0.0, 1.0)
        panel.set_ylim(0.0, 1.0)
        equal: dict[str, Any] = {"color": MUTED, "ls": (0, DASHES), "lw": canvas.scale}
        panel.plot([0.0, 1.0], [0.0, 1.0], label="_equal", clip_on=False, **equal)
        for curve in self.curves:
            look = unit_look(curve.look, "")
            line: dict[str, Any] = {"color": look.edge, "lw": _CURVE * canvas.scale}
            marks: dict[str, Any] = {"marker": MARKERS[look.shape], "ms": _MARK * canvas.scale, "mfc": look.fill}
            panel.plot(
                *zip(*curve.row["lorenz"], strict=True), label=curve.region, mew=0.0, clip_on=False, **line, **marks
            )
        for curve in self.curves:
            width = WIDTH - MARGIN - _BESIDE
            draw_region_heading(canvas, (_BESIDE, y + _HEADING_MIDDLE), curve.region, curve.look, width, self.lang)
            for place, sentence in enumerate(curve.sentences):
                canvas.text(_BESIDE + HEADING_INDENT, y + _HEAD + place * _LINE, sentence, TEXT_SIZE)
            y += curve.height

    def _draw_axes(self, canvas: Canvas, x: float, y: float) -> None:
        for share in _TICKS:
            across, down = x + share * _SIDE, y + (1.0 - share) * _SIDE
            canvas.line((x, x + _SIDE), (down, down), INK if not share else FAINT)
            canvas.text(x - TEXT_GAP, down, f"{share:.0%}", NOTE_SIZE, colour=MUTED, ha="right")
            canvas.text(across, y + _SIDE + _TICK_MIDDLE, f"{share:.0%}", NOTE_SIZE, colour=MUTED, ha="center")
        canvas.line((x, x), (y, y + _SIDE), INK)
        canvas.text(
            x + _SIDE / 2.0, y + _SIDE + _TITLE_MIDDLE, word("lorenz_across", self.lang), NOTE_SIZE, ha="center"
        )
        canvas.text(x + _IN_CORNER, y + _IN_CORNER, word("lorenz_up", self.lang), NOTE_SIZE)


def _finding(curves: Sequence[_Curve], count: str, lang: Language) -> str:
    """The coefficients of two regions, or the most unequal of many."""
    ranked = sorted(curves, key=lambda curve: -float(curve.row["gini"])) if len(curves) > 2 else curves
    named = [f"{clipped(c.region) or word('no_region', lang)} {float(c.row['gini']):.2f}" for c in ranked[:2]]
    return word("lorenz_finding", lang, count=count, regions=word("comma", lang).join(named))
