"""Names and texts of any length are cut off before they are measured: no notice makes a figure slow or huge."""

from __future__ import annotations

import warnings
from dataclasses import replace
from inspect import signature
from itertools import product

import pytest
from matplotlib.textpath import text_to_path

import pairing_graph as pg
from pairing_graph.figures.all import FIGURES
from pairing_graph.look import style
from pairing_graph.look.labels import enumerated, labels_of, region_label
from pairing_graph.measures.results import Results

NAMES = {
    "latin": "A" * 10_000,
    "latin-words": "office of " * 1_000,
    "chinese": "县" * 10_000,
    "combining": "e" + "\u0301" * 10_000,
    "blanks": "甲" + " " * 2_000 + "局",
    "emoji": "🏛🚀😀" * 30,
}


def of_one(plot):
    """A plot of one knowledge base; one that compares two is given it twice."""
    required = sum(parameter.default is parameter.empty for parameter in signature(plot).parameters.values())
    return lambda kb: plot(*[kb] * required)


PLOTS = {name.removeprefix("plot_"): of_one(getattr(pg, name)) for name in pg.__all__ if name.startswith("plot_")}
# The drawing of one name at its worst, sixty signs that the font lacks, each as its code, is taller than a page.
TALLEST = 20.0


@pytest.fixture
def measured(monkeypatch):
    """Every text that Matplotlib is asked to measure."""
    style.text_width.cache_clear()
    texts = []
    measure = text_to_path.get_text_width_height_descent

    def noted(text, *rest):
        texts.append(text)
        return measure(text, *rest)

    monkeypatch.setattr(text_to_path, "get_text_width_height_descent", noted)
    yield texts
    style.text_width.cache_clear()


def notice(invent, place, name):
    """Two regions with four units; the long name is a unit's, a region's, an area's, a document's or every task's."""
    long = {place: name}
    one, other = f"{long.get('region', '甲区')}|发改局", f"乙县|{long.get('unit', '农业局')}"
    tasks = [
        (long.get("area", "产业"), {"lead": [one, other]}),
        ("民生", {"lead": [other, "乙县|教委"]}),
        ("民生", {"lead": [other]}),
    ]
    pairings = [(one, other), (one, "乙县|教委")]
    kb = invent(tasks, pairings, document=long.get("document", "甲府发〔2024〕1号"))
    if place != "task":
        return kb
    return replace(kb, tasks=kb.tasks.assign(**{c: kb.tasks[c].map(lambda _: name) for c in ("text", "label")}))


PLACES = ["unit", "region", "area", "task", "document"]
WITHOUT_ADDRESSES = {("document", "blanks"), ("document", "latin-words")}
DRAWN = {(place, "latin") for place in PLACES}
"""These are not planned only: the next test draws them."""


@pytest.mark.parametrize(
    ("place", "name"), [pair for pair in product(PLACES, NAMES) if pair not in WITHOUT_ADDRESSES | DRAWN]
)
def test_only_bounded_texts_are_planned(invent, measured, place, name):
    kb = notice(invent, place, NAMES[name])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", style.MissingGlyphWarning)
        heights = [plan(Results(kb)).size[1] for plan in FIGURES.values()]
    assert max(map(len, measured)) <= style.LONGEST_TEXT
    assert max(heights) < TALLEST


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
@pytest.mark.parametrize("place", PLACES)
def test_a_figure_of_a_long_name_shows_no_more_than_its_beginning(invent, measured, place, plot):
    ax = plot(notice(invent, place, NAMES["latin"]))
    texts = [text.get_text() for text in ax.texts]
    assert "".join(texts).count("A") <= 6 * style.LONGEST_NAME
    assert max(map(len, texts)) <= style.LONGEST_TEXT
    assert max(map(len, measured)) <= style.LONGEST_TEXT
    assert ax.figure.get_size_inches()[1] < TALLEST


@pytest.mark.parametrize("place", ["unit", "region"])
@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_no_text_of_a_long_name_leaves_the_sheet(invent, place, plot):
    ax = plot(notice(invent, place, NAMES["chinese"]))
    ax.figure.canvas.draw()
    width = ax.figure.bbox.width
    assert all(0.0 <= text.get_window_extent().x0 <= text.get_window_extent().x1 <= width for text in ax.texts)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("latin", "A" * (style.LONGEST_NAME - 1) + "…"),
        ("chinese", "县" * (style.LONGEST_NAME - 1) + "…"),
        ("combining", "e" + "\u0301" * (style.LONGEST_NAME - 2) + "…"),
        ("blanks", "甲 局"),
        ("emoji", "🏛🚀😀" * 19 + "🏛🚀…"),
    ],
    ids=["latin", "chinese", "combining", "blanks", "emoji"],
)
def test_a_label_is_cut_off_with_an_ellipsis(kb, name, label):
    units = kb.units.iloc[:1].set_index("unit").assign(name=NAMES[name])
    assert list(labels_of(units).values()) == [label]
    assert enumerated([NAMES[name]]) == label


def test_a_name_of_full_length_is_not_cut_off():
    assert style.clipped("县" * style.LONGEST_NAME) == "县" * style.LONGEST_NAME


def test_the_heading_of_a_region_keeps_to_its_place():
    label = region_label(NAMES["chinese"], 11.0, 100.0)
    assert label.endswith("…")
    assert style.text_width(label, 11.0) <= 100.0


@pytest.mark.parametrize("name", ["latin", "latin-words", "chinese"])
def test_a_long_text_is_wrapped_in_few_measurements(measured, name):
    lines = style.wrapped(NAMES[name], 10.0, 200.0)
    assert len(lines) < 40
    assert lines[-1].endswith("…")
    assert sum(map(len, measured)) < 60 * style.LONGEST_TEXT


def test_thousands_of_missing_characters_are_not_looked_for_one_by_one():
    rare = "".join(map(chr, range(0x20000, 0x22000)))
    with pytest.warns(style.MissingGlyphWarning) as warned:
        text = style.drawable(rare)
    assert len(text) == style.LONGEST_TEXT
    assert len(warned) < style.LONGEST_TEXT
