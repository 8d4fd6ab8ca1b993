"""The Lorenz curve: what share of the load the lightest units carry, one curve per region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.figures.sheet import MARGIN, NOTE_SIZE, TEXT_SIZE, WIDTH, Canvas, Sheet, put_on, sentence_sheet
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.schema import KnowledgeBase
from pairing_graph.look.citation import short_citation
from pairing_graph.look.labels import region_label
from pairing_graph.look.palette import FAINT, INK, MUTED, RegionLook, region_looks, unit_look
from pairing_graph.look.style import MARKERS, clipped, wrapped
from pairing_graph.measures.concentration import Population, concentration

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIDE = 300.0
_AXIS = 34.0
_GAP = 30.0
_LINE = 14.0
_TITLE = 11.0
_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_MOST_TOLD = 2


def plot_lorenz(
    source: Source,
    *,
    count: str = "lead",
    population: Population = "departments",
    ax: Axes | None = None,
    lang: Language = "zh",
) -> Axes:
    """Draw how unequally a region's load is spread: the share of the load that the lightest units carry together.

    On the diagonal all units carry the same; the further a curve hangs below it, the more few units carry. The Gini
    coefficient is twice the area between the two. It depends on who is counted in, which the subtitle says.

    Args:
        source: A knowledge base or its graph.
        count: A column of `workload`.
        population: A population of `concentration`.
        ax: Where to draw; without it a new figure is made.
        lang: The language of the words around the names, zh or en.

    Returns:
        The axes; the curves are on inset axes (`ax.child_axes`), labelled with their region.

    Raises:
        MissingExtraError: Matplotlib is not installed.
        UnknownNameError: There is no such count or population.
    """
    return put_on(lorenz_sheet(as_knowledge_base(source), count=count, population=population, lang=lang), ax)


def lorenz_sheet(
    kb: KnowledgeBase, *, count: str = "lead", population: Population = "departments", lang: Language = "zh"
) -> Sheet:
    """The plan of `plot_lorenz`."""
    table = concentration(kb, count=count, population=population)
    table = table[table["gini"].notna()]
    foot = short_citation(kb, lang)
    if table.empty:
        return sentence_sheet(word("no_lorenz_title", lang), word("no_lorenz_text", lang), foot)
    told = {"count": word(f"lorenz_{count}", lang), "population": word(f"population_{population}", lang)}
    looks = region_looks(kb)
    rows = {str(region): row for region, row in table.iterrows()}
    curves = [_Curve(region, look, rows[region]) for region, look in looks.items() if region in rows]
    figure = _Curves(curves, lang)
    return Sheet(
        _finding(curves, told["count"], lang), word("lorenz_subtitle", lang, **told), foot, figure.draw, figure.height
    )


@dataclass(frozen=True)
class _Curve:
    """One region's row of `concentration`."""

    region: str
    look: RegionLook
    row: pd.Series[Any]


@dataclass(frozen=True)
class _Curves:
    """All curves on one square, what they say beside it."""

    curves: Sequence[_Curve]
    lang: Language

    @property
    def height(self) -> float:
        told = sum(self._told_height(curve) for curve in self.curves)
        return max(_SIDE + _AXIS, told)

    def draw(self, canvas: Canvas, y: float) -> None:
        x = MARGIN + _AXIS
        self._draw_axes(canvas, x, y)
        panel = canvas.panel(x, y, _SIDE, _SIDE)
        panel.set_xlim(0.0, 1.0)
        panel.set_ylim(0.0, 1.0)
        thin: dict[str, Any] = {"lw": 1.0 * canvas.scale, "clip_on": False}
        panel.plot([0.0, 1.0], [0.0, 1.0], color=MUTED, ls=(0, (4.0, 3.0)), label="_equal", **thin)
        for curve in self.curves:
            shares, loads = zip(*curve.row["lorenz"], strict=True)
            look = unit_look(curve.look, "")
            marks: dict[str, Any] = {"marker": MARKERS[look.shape], "ms": 5.0 * canvas.scale, "mfc": look.fill}
            panel.plot(
                shares,
                loads,
                color=look.edge,
                lw=2.0 * canvas.scale,
                label=curve.region,
                mew=0.0,
                clip_on=False,
                **marks,
            )
        self._draw_told(canvas, x + _SIDE + _GAP, y)

    def _draw_axes(self, canvas: Canvas, x: float, y: float) -> None:
        for share in _SHARES:
            across, down = x + share * _SIDE, y + (1.0 - share) * _SIDE
            canvas.line((x, x + _SIDE), (down, down), INK if not share else FAINT)
            canvas.text(x - 5.0, down, f"{share:.0%}", NOTE_SIZE, colour=MUTED, ha="right")
            canvas.text(across, y + _SIDE + 9.0, f"{share:.0%}", NOTE_SIZE, colour=MUTED, ha="center")
        canvas.line((x, x), (y, y + _SIDE), INK)
        canvas.text(x + _SIDE / 2.0, y + _SIDE + 24.0, word("lorenz_across", self.lang), NOTE_SIZE, ha="center")
        canvas.text(x + 8.0, y + 8.0, word("lorenz_up", self.lang), NOTE_SIZE)

    def _draw_told(self, canvas: Canvas, x: float, y: float) -> None:
        for curve in self.curves:
            canvas.mark(x + 5.0, y + 7.0, unit_look(curve.look, ""), 9.0)
            title = region_label(curve.region, _TITLE, WIDTH - MARGIN - x - 15.0, self.lang)
            canvas.text(x + 15.0, y + 7.0, title, _TITLE, strong=True)
            for place, line in enumerate(self._told(curve)):
                canvas.text(x + 15.0, y + 24.0 + place * _LINE, line, TEXT_SIZE)
            y += self._told_height(curve)

    def _told_height(self, curve: _Curve) -> float:
        return 24.0 + len(self._told(curve)) * _LINE + 14.0

    def _told(self, curve: _Curve) -> list[str]:
        row = curve.row
        width = WIDTH - MARGIN - (MARGIN + _AXIS + _SIDE + _GAP) - 15.0
        top = list(row["top_units"])
        more = word("lorenz_more", self.lang, count=len(top) - _MOST_TOLD) if len(top) > _MOST_TOLD else ""
        names = word("listing", self.lang).join(map(clipped, top[:_MOST_TOLD])) + more
        told = [
            word("lorenz_gini", self.lang, gini=f"{row['gini']:.2f}", units=row["units"]),
            word(
                "lorenz_top_one" if len(top) == 1 else "lorenz_top_many",
                self.lang,
                names=names,
                share=f"{row['top_share']:.0%}",
            ),
        ]
        return [line for sentence in told for line in wrapped(sentence, TEXT_SIZE, width)]


def _finding(curves: Sequence[_Curve], count: str, lang: Language) -> str:
    """The coefficients of two regions, or the most unequal of many."""
    told = sorted(curves, key=lambda curve: -float(curve.row["gini"])) if len(curves) > 2 else curves
    named = [f"{clipped(c.region) or word('region_unknown', lang)} {float(c.row['gini']):.2f}" for c in told[:2]]
    return word("lorenz_finding", lang, count=count, regions=word("comma", lang).join(named))
