"""Where a table is missing, title and text say so; nothing is counted against a table that is not there."""

from __future__ import annotations

import re
from functools import cache

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

import pairing_graph as pg
from pairing_graph.look.palette import DOUBT, PAIRED
from pairing_graph.reading.combining import combine

ZERO_OF_MANY = re.compile(r"\b0 of \d+|\b0 \d+ 对|已结对 0|中，0 对")
draw = cache(lambda plot, kb, **options: plot(kb, **options))
"""A picture that is only looked at, drawn once."""


def told(ax):
    return [text.get_text() for text in ax.texts]


def edges(ax):
    return {to_hex(patch.get_edgecolor()).upper() for patch in ax.patches if isinstance(patch, Rectangle)}


@pytest.mark.parametrize("name", ["tasks_only", "one_region"])
@pytest.mark.parametrize(
    ("lang", "sentence"), [("zh", "文件中没有结对表"), ("en", "The notice has no pairing table")], ids=["zh", "en"]
)
@pytest.mark.parametrize("plot", [pg.plot_coordination, pg.plot_pairings], ids=lambda plot: plot.__name__)
def test_without_a_pairing_table_the_title_says_so(request, name, plot, lang, sentence):
    ax = draw(plot, request.getfixturevalue(name), lang=lang)
    assert told(ax)[0].startswith(sentence)
    assert not any(ZERO_OF_MANY.search(text) for text in told(ax))


@pytest.mark.parametrize(
    ("lang", "sentence"), [("zh", "文件中没有任务表"), ("en", "The notice has no task table")], ids=["zh", "en"]
)
@pytest.mark.parametrize(
    "plot",
    [pg.plot_workload, pg.plot_responsibility_matrix, pg.plot_coordination, pg.plot_lorenz],
    ids=lambda plot: plot.__name__,
)
def test_without_a_task_table_the_title_says_so(pairs_only, plot, lang, sentence):
    assert told(draw(plot, pairs_only, lang=lang))[0].startswith(sentence)


def test_joint_tasks_are_drawn_without_a_pairing_table_and_none_is_a_gap(tasks_only):
    ax = draw(pg.plot_coordination, tasks_only, lang="en")
    required = len(pg.coordination(tasks_only))
    assert told(ax)[0] == f"The notice has no pairing table: {required} pairs of units have joint tasks"
    assert not {DOUBT, PAIRED} & edges(ax)
    assert not any("not paired" in text for text in told(ax))


def test_pairings_are_drawn_without_a_task_table(pairs_only):
    ax = draw(pg.plot_coordination, pairs_only, lang="en")
    assert told(ax)[0] == "The notice has no task table: 12 pairings"
    assert PAIRED in edges(ax)
    assert "paired" in told(ax)


def test_a_lorenz_curve_of_pairings_asks_for_the_pairing_table(tasks_only):
    assert told(pg.plot_lorenz(tasks_only, count="pairings", lang="en"))[0] == "The notice has no pairing table"


def test_of_several_notices_the_sentence_counts_them(invent):
    parts = [invent([("甲", {"lead": ["甲县|水利局"]})], document=f"甲府发〔2024〕{n}号") for n in (1, 2)]
    assert told(pg.plot_pairings(combine(parts), lang="en"))[0] == "None of the 2 notices has a pairing table"


def test_a_scenario_without_a_pairing_table_counts_no_gaps(tasks_only):
    one, other = tasks_only.units.loc[tasks_only.units["region"] == "甲区", "unit"][:2]
    after = pg.merge_units(tasks_only, one, other, scenario="机构改革")
    ax = pg.plot_before_after(tasks_only, after, lang="en")
    assert told(ax)[0] == "机构改革: loads change. The notice has no pairing table"
