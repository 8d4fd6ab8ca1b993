"""The figures of the measures keep to what every figure keeps to, and show what the measures say."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text

import pairing_graph as pg
from pairing_graph.figures.change import plot_before_after, plot_comparison
from pairing_graph.figures.coordination import plot_coordination
from pairing_graph.figures.lorenz import plot_lorenz
from pairing_graph.figures.write import write_figure
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.look import style
from pairing_graph.look.palette import DOUBT, PAIRED
from pairing_graph.reading.combining import combine


@cache
def scenario(kb):
    return pg.remove_unit(kb, kb.assignments["unit"][0])


PLOTS = {
    "lorenz": plot_lorenz,
    "coordination": plot_coordination,
    "balance": plot_before_after,
    "scenario": lambda kb, **options: plot_before_after(kb, scenario(kb), **options),
    "comparison": lambda kb, **options: plot_comparison(kb, scenario(kb), **options),
}
seen = cache(lambda plot, source, **options: plot(source, **options))
"""A picture that is only looked at, drawn once."""
every_figure = pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
both_languages = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="module", params=["real", "strange", "both"])
def source(request, kb, strange):
    return {"real": kb, "strange": strange}.get(request.param) or combine([kb, strange])


@pytest.fixture(scope="module")
def later(root):
    return pg.read_notice(root / "data" / "examples" / "invented-2023.txt")


def texts(ax):
    return [text for text in ax.figure.findobj(Text) if text.get_text().strip()]


def drawn(ax):
    return [text.get_text() for text in texts(ax)]


@every_figure
@both_languages
def test_nothing_is_cut_off_and_no_text_lies_on_another(source, plot, lang):
    ax = seen(plot, source, lang=lang)
    renderer = ax.figure.canvas.get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(ax)]
    right, top = ax.figure.bbox.x1, ax.figure.bbox.y1
    assert [name for name, box in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > right or box.y1 > top] == []
    padded = [(name, box.padded(-1.5)) for name, box in boxes]
    assert [(a, b) for (a, one), (b, other) in combinations(padded, 2) if one.overlaps(other)] == []


@every_figure
@both_languages
def test_letters_are_legible_at_900_pixels_and_nothing_is_turned(kb, plot, lang):
    ax = seen(plot, kb, lang=lang)
    assert ax.figure.get_size_inches()[0] == pytest.approx(9.0)
    assert min(text.get_fontsize() for text in texts(ax)) >= 0.12 * 72.0  # twelve of 900 pixels
    assert {text.get_rotation() for text in texts(ax)} == {0.0}
    assert {text.get_fontfamily()[0] for text in texts(ax)} == {style.FONT_FAMILY}


@every_figure
def test_axes_that_are_given_are_given_back(kb, plot):
    from matplotlib import pyplot

    _, ax = pyplot.subplots(figsize=(9.0, 9.0))
    assert plot(kb, ax=ax) is ax


@every_figure
def test_the_same_figure_gives_the_same_bytes(kb, plot, tmp_path):
    once = write_figure(seen(plot, kb, lang="zh"), tmp_path / "one.svg", kb).read_bytes()
    assert write_figure(plot(kb), tmp_path / "two.svg", kb).read_bytes() == once


@pytest.mark.parametrize("plot", [plot_lorenz, plot_coordination, plot_before_after], ids=lambda plot: plot.__name__)
def test_nothing_to_draw_is_a_sentence(plot):
    assert len(drawn(plot(KnowledgeBase()))) >= 2
    assert len(drawn(plot_comparison(KnowledgeBase(), KnowledgeBase()))) >= 2


def test_lorenz_curves_are_those_of_the_measure(kb):
    ax = seen(plot_lorenz, kb, lang="zh")
    (panel,) = ax.child_axes
    curves = {line.get_label(): line for line in panel.lines}
    table = pg.concentration(kb)
    for region in ("渝中区", "巫溪县"):
        shares, loads = zip(*table.loc[region, "lorenz"], strict=True)
        assert list(curves[region].get_xdata()) == pytest.approx(list(shares))
        assert list(curves[region].get_ydata()) == pytest.approx(list(loads))
    assert "牵头任务的基尼系数（部门）：渝中区 0.42，巫溪县 0.39" in drawn(ax)
    assert curves["渝中区"].get_marker() != curves["巫溪县"].get_marker()


def test_the_matrix_outlines_pairings_and_gaps(kb):
    ax = seen(plot_coordination, kb, lang="zh")
    boxes = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    edges = [to_hex(patch.get_edgecolor()).upper() for patch in boxes]
    in_the_legend = {PAIRED: 2, DOUBT: 1}
    assert edges.count(PAIRED) == 15 + 5 + in_the_legend[PAIRED]
    assert edges.count(DOUBT) == 10 + in_the_legend[DOUBT]
    assert {patch.get_linestyle() for patch, edge in zip(boxes, edges, strict=True) if edge == PAIRED} == {"solid"}
    assert "有共同任务的 25 对单位中，15 对已结对" in drawn(ax)
    numbers = [int(text) for text in drawn(ax) if text.isdecimal()]
    assert sum(numbers) == 61 + 2 + 2


def test_balance_shows_what_changes(kb):
    told = drawn(seen(plot_before_after, kb, lang="zh"))
    assert "调整 7 处后，最重单位由 5 项降为 4 项" in told
    assert "区商务委" in told
    assert "区教委" not in told


def test_a_scenario_that_does_nothing_has_nothing_to_show(kb):
    assert "没有单位的任务量变化" in drawn(plot_before_after(kb, kb))


def test_bars_of_a_scenario_stand_by_the_longer_of_the_two(county):
    units = county.assignments["unit"].unique()
    ax = plot_before_after(county, pg.merge_units(county, units[0], units[4]), lang="en")
    lengths = {}
    for patch in ax.patches:
        if isinstance(patch, Rectangle) and patch.get_height() == pytest.approx(9.0):
            lengths.setdefault(round(patch.get_x(), 2), []).append((-patch.get_y(), patch.get_width()))
    panels = [[width for _, width in sorted(bars)] for bars in lengths.values() if len(bars) > 2]
    assert panels
    for bars in panels:
        pairs = [max(bars[place : place + 2]) for place in range(0, len(bars) - 1, 2)]
        assert pairs == sorted(pairs, reverse=True)


def test_many_units_go_on_blocks_below_each_other(county):
    ax = seen(plot_coordination, county, lang="zh")
    assert ax.figure.get_size_inches()[0] == pytest.approx(9.0)
    numbers = sum(int(text) for text in drawn(ax) if text.isdecimal())
    assert numbers == pg.coordination(county)["joint_tasks"].sum() + 2 + 2  # two keys of the legend


def test_a_scenario_shows_who_is_gone(kb):
    told = drawn(plot_before_after(kb, pg.merge_units(kb, "县乡村振兴局", "县农业农村委", scenario="机构改革")))
    assert told[0] == "机构改革：本任务内未结对的单位 4 → 3，有共同任务而未结对的单位对 10 → 9"
    assert "未列名" in told


def test_two_years_side_by_side(kb, later):
    told = drawn(plot_comparison(kb, later))
    assert told[0] == "27 项任务延续（8 项改写），1 项取消，1 项新增；8 个量化目标变动"
    assert {"区招商投资局", "区招商投资促进局", "虚构府发〔2023〕1号，2023-03-31"} <= set(told)


@pytest.mark.parametrize(
    "plot",
    [lambda kb: plot_lorenz(kb, count="x"), lambda kb: plot_before_after(kb, count="x"), lambda kb: plot_comparison(kb, kb, count="x")],
    ids=["lorenz", "change", "comparison"],
)  # fmt: skip
def test_an_unknown_count_is_refused(kb, plot):
    with pytest.raises(pg.UnknownNameError, match="no such count"):
        plot(kb)


def test_a_lorenz_curve_of_units_without_a_region_says_so(invent):
    kb = invent([("", {"lead": ["戊局", "己局"]}), ("", {"lead": ["戊局"]})])
    assert "region unknown 0.17" in plot_lorenz(kb, lang="en").get_label()


@pytest.mark.parametrize(("lang", "title"), [("zh", "文件中没有结对表"), ("en", "The notice has no pairing table")])
def test_without_a_pairing_table_no_share_of_pairs_is_told(kb, lang, title):
    unpaired = kb.replace(pairings=kb.pairings.iloc[:0])
    assert pg.plot_coordination(unpaired, lang=lang).get_label().startswith(title)


def test_a_reviewed_table_joins_the_bars_of_a_renamed_unit(kb, root):
    later = pg.read_notice(root / "data/examples/invented-2023.txt")
    joined = drawn(plot_comparison(kb, later, aliases=root / "data/examples/invented-renames.csv"))
    apart = drawn(plot_comparison(kb, later))
    assert "区招商投资局" in apart
    assert "区招商投资局" not in joined
    assert "区招商投资促进局" in joined
