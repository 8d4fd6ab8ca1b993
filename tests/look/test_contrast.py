"""Marks are seen by eyes that see little contrast or few colours."""

from __future__ import annotations

import pytest
from matplotlib.colors import to_rgb

from pairing_graph.figures.coordination import plot_coordination
from pairing_graph.figures.pairings import plot_pairings
from pairing_graph.look.contrast import contrast, ink_on
from pairing_graph.look.palette import BAND, DOUBT, DOUBT_LINE, NO_REGION, PAIRED, PAIRED_LINE, PAPER, REGIONS
from pairing_graph.page.template import asset

MARK, LETTERS = 3.0, 4.5
"""WCAG 2.2: 1.4.11 for what is not text, 1.4.3 for letters."""


def by_the_book(one, other):
    """The contrast by the words of WCAG 2.2, apart from the package's own."""

    def luminance(colour):
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", [PAPER, BAND], ids=["paper", "band"])
@pytest.mark.parametrize("mark", [DOUBT, PAIRED], ids=["gap", "pairing"])
def test_a_mark_has_three_times_the_luminance_of_its_ground_or_a_third(mark, ground):
    assert by_the_book(mark, ground) >= MARK


@pytest.mark.parametrize("sheet", ["page.css", "reading.css", "source.css"])
def test_the_page_marks_a_doubt_in_the_colour_of_the_palette(sheet):
    css = asset(sheet).lower()
    assert DOUBT.lower() in css
    assert "#e69f00" not in css


@pytest.mark.parametrize("look", [*REGIONS, NO_REGION], ids=lambda look: look.shape)
def test_letters_on_any_fill_of_a_region_are_legible(look):
    for fill in (look.colour, look.light, PAPER):
        assert by_the_book(ink_on(fill), fill) >= LETTERS


@pytest.mark.parametrize(("one", "other"), [(DOUBT, PAPER), ("#000000", "#FFFFFF"), ("#0072B2", "#F3C6A5")])
def test_the_contrast_is_that_of_the_book(one, other):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(by_the_book(one, other))


def test_a_gap_differs_from_a_pairing_by_form(kb):
    assert DOUBT_LINE.dashes
    assert not PAIRED_LINE.dashes
    ax = plot_coordination(kb)
    corners = [p for p in ax.patches if p.get_facecolor()[:3] == to_rgb(DOUBT)]
    assert len(corners) == 10 + 1  # a mark on each gap of 2022, and one in the legend


def test_the_outline_of_a_gap_lies_on_paper(kb):
    dashed = [p for p in plot_coordination(kb).patches if p.get_edgecolor()[:3] == to_rgb(DOUBT)]
    assert {p.get_facecolor()[:3] for p in dashed} == {to_rgb(PAPER)}


def test_a_pairing_is_a_double_line(kb):
    from matplotlib.patches import PathPatch

    links = [patch for patch in plot_pairings(kb).patches if isinstance(patch, PathPatch)]
    assert len(links) == 35
    for link in links:
        outer, core = link.get_path_effects()
        assert to_rgb(core._gc["foreground"]) == to_rgb(PAPER)
        assert core._gc["linewidth"] == pytest.approx(link.get_linewidth() / 3.0)
        assert not outer._gc
