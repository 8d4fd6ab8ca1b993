"""A matrix of many tasks folds by area, or goes on pages below each other; it never leaves the width of the sheet."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations

import pytest
from matplotlib import pyplot
from matplotlib.text import Text

from pairing_graph.figures.matrix import plot_responsibility_matrix, responsibility_marks
from pairing_graph.reading.combining import combine

plot_responsibility_matrix = cache(plot_responsibility_matrix)
"""What only looks at a picture looks at the same one."""
TWELVE_PIXELS = 0.12 * 72.0
"""In points, where a figure of nine inches is 900 pixels wide."""


@pytest.fixture(scope="module", params=["county-zh", "county-en", "flat-zh", "one_region-en", "five-zh"])
def picture(request, invent):
    name, lang = request.param.split("-")
    if name == "five":
        parts = [
            invent([(f"事项{n // 2}", {"lead": ["甲县|水利局"]}) for n in range(30)], document=f"甲府发〔2024〕{i}号")
            for i in range(1, 6)
        ]
        kb = combine(parts)
    else:
        kb = request.getfixturevalue(name)
    ax = plot_responsibility_matrix(kb, lang=lang)
    yield ax
    pyplot.close(ax.figure)


def texts(ax):
    return [text for text in ax.figure.findobj(Text) if text.get_text().strip()]


def rows(ax):
    """The numbers of every row by the name at its left, the total last."""
    by_height = {}
    for text in ax.texts:
        x, y = text.get_position()
        by_height.setdefault(round(y, 2), []).append((x, text.get_text()))
    lines = [[text for _, text in sorted(line)] for line in by_height.values()]
    return {line[0]: line[1:] for line in lines if line[-1].isdecimal() and not line[0][0].isdigit()}


def test_the_figure_is_as_wide_as_any_other(picture):
    assert picture.figure.get_size_inches()[0] == pytest.approx(9.0)


def test_no_letter_is_smaller_than_twelve_pixels(picture):
    assert min(text.get_fontsize() for text in texts(picture)) >= TWELVE_PIXELS


def test_nothing_is_cut_off_and_no_text_lies_on_another(picture):
    renderer = picture.figure.canvas.get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(picture)]
    right, top = picture.figure.bbox.x1, picture.figure.bbox.y1
    assert [name for name, box in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > right or box.y1 > top] == []
    padded = [(name, box.padded(-1.5)) for name, box in boxes]
    assert [(a, b) for (a, one), (b, other) in combinations(padded, 2) if one.overlaps(other)] == []


def test_a_row_has_the_leads_and_after_a_plus_the_other_tasks_of_each_area(county):
    area = dict(zip(county.tasks["task"], county.tasks["area"], strict=True))
    name = dict(zip(county.units["unit"], county.units["name"], strict=True))
    leads, others = Counter(), Counter()
    for row in responsibility_marks(county).itertuples():
        (others if row.sort == "support" else leads)[name[row.unit], area[row.task]] += 1
    drawn = rows(plot_responsibility_matrix(county))
    areas = list(dict.fromkeys(county.tasks["area"]))
    for unit in dict.fromkeys(unit for unit, _ in leads | others):
        cells = [(leads[unit, a], others[unit, a]) for a in areas]
        told = [f"{lead or ''}{f'+{other}' if other else ''}" for lead, other in cells if lead or other]
        assert drawn[unit] == [*told, str(sum(map(sum, cells)))]


def test_every_area_says_how_many_tasks_it_has(county):
    drawn = [text.get_text() for text in plot_responsibility_matrix(county).texts]
    sizes = county.tasks["area"].value_counts()
    assert Counter(text for text in drawn if text.endswith(" 项")) - Counter(
        {f"{size} 项": 2 * count for size, count in Counter(sizes).items()}
    ) == Counter({text: 1 for text in drawn if text.startswith("牵头 ")})  # two regions; else the legend alone


def test_the_subtitle_says_that_tasks_were_folded(county):
    assert "150 项任务归入 12 个事项" in "".join(t.get_text() for t in plot_responsibility_matrix(county).texts[1:4])
    english = " ".join(t.get_text() for t in plot_responsibility_matrix(county, lang="en").texts[1:4])
    assert "150 tasks in 12 areas" in english


def test_rows_stand_by_the_number_at_their_end(county):
    totals = [int(cells[-1]) for cells in rows(plot_responsibility_matrix(county)).values()]
    per_region = len(totals) // 2
    for part in (totals[:per_region], totals[per_region:]):
        assert part == sorted(part, reverse=True)


def test_tasks_without_areas_are_paged_and_none_is_left_out(flat):
    ax = plot_responsibility_matrix(flat)
    numbers = Counter(t.get_text() for t in ax.texts if t.get_text().isdecimal() and t.get_ha() == "center")
    assert numbers == Counter({str(n): 2 for n in range(1, 151)})  # once above each region
    assert "自上而下分为" in "".join(t.get_text() for t in ax.texts[1:4])


def test_what_fits_on_two_pages_is_not_folded(kb, one_region, county):
    def folded(source):
        return any("归入" in text.get_text() for text in plot_responsibility_matrix(source).texts)

    assert [folded(source) for source in (kb, one_region, county)] == [False, False, True]


def test_only_collectives_fold_without_a_tint(invent):
    cells = {"lead": ["甲县|各乡镇"]}
    kb = invent([(f"事项{n // 20}", cells) for n in range(120)], kinds={"各乡镇": "collective"})
    assert rows(plot_responsibility_matrix(kb))["各乡镇"] == ["20"] * 6 + ["120"]


def test_axes_that_are_given_are_given_back(county):
    figure, ax = pyplot.subplots(figsize=(9.0, 12.0))
    assert plot_responsibility_matrix.__wrapped__(county, ax=ax) is ax
    assert ax.figure is figure
