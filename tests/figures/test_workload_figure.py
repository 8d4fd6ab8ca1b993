"""The load figure shows the numbers of the table."""

from __future__ import annotations

from functools import cache

import pytest

import pairing_graph as pg
from pairing_graph.figures.workload import plot_workload
from pairing_graph.kb.schema import ROLES
from pairing_graph.look.labels import enumerated

plot_workload = cache(plot_workload)
"""What only looks at a picture looks at the same one."""


def bars(ax):
    """The drawn bars by unit and role, in tasks."""
    found = {}
    for panel in ax.child_axes:
        for container in panel.containers:
            unit, role = container.get_label().split("\t")
            found[unit, role] = container.patches[0].get_width()
    return found


def marks(ax, column):
    """The drawn marks of a column, region by region, from top to bottom."""
    return {
        panel.get_label(): [0.0 if x != x else x for x in line.get_xdata()]
        for panel in ax.child_axes
        for line in panel.lines
        if line.get_label() == column
    }


def shown(ax):
    return [text.get_text() for text in ax.texts]


def test_bars_are_the_tasks_that_the_units_lead(kb):
    loads = pg.workload(kb)
    expected = {(unit, "lead"): count for unit, count in loads["lead"].items() if count}
    assert bars(plot_workload(kb)) == expected
    assert expected["渝中区招商投资局", "lead"] == expected["巫溪县发展改革委", "lead"] == 7


def test_bars_of_several_roles_stand_end_to_end(strange):
    ax = plot_workload(strange)
    loads = pg.workload(strange)
    for unit, row in loads.iterrows():
        for role in ROLES:
            assert bars(ax).get((unit, role), 0.0) == row[role]
    ends = {}
    for panel in ax.child_axes:
        for container in panel.containers:
            unit = container.get_label().split("\t")[0]
            patch = container.patches[0]
            assert patch.get_x() == ends.get(unit, 0.0)
            ends[unit] = patch.get_x() + patch.get_width()


def test_bars_are_sorted_by_the_role_that_the_title_names(invent):
    twice = {"responsible": ["甲区|财政局"], "support": ["甲区|水利局"]}
    tasks = [twice, twice, {"responsible": ["甲区|水利局"], "support": ["甲区|教育局"]}, {"support": ["甲区|水利局"]}]
    ax = plot_workload(invent([("甲", cells) for cells in tasks]))
    assert shown(ax)[0] == "财政局负责 2 项任务"
    names = [text for text in shown(ax) if text in ("财政局", "水利局", "教育局")]
    assert names == ["财政局", "水利局", "教育局"]  # by any role 水利局, with four tasks, would come first


@pytest.mark.parametrize("column", ["listed_first", "fractional"])
def test_marks_stand_at_the_other_two_counts(kb, column):
    loads = pg.workload(kb)
    busy = loads[loads["tasks"] > 0]
    region = kb.units.set_index("unit")["region"]
    expected = {
        name: busy[busy.index.map(region) == name][column].astype(float).tolist() for name in ("渝中区", "巫溪县")
    }
    assert marks(plot_workload(kb), column) == {name: pytest.approx(values) for name, values in expected.items()}


def test_zero_is_on_the_axis_and_all_regions_have_one_scale(kb):
    limits = {panel.get_xlim() for panel in plot_workload(kb).child_axes}
    assert limits == {(0.0, 7.0)}


def test_bars_are_sorted(kb):
    for panel in plot_workload(kb).child_axes:
        heights = [container.patches[0].get_y() for container in panel.containers]
        widths = [container.patches[0].get_width() for container in panel.containers]
        assert heights == sorted(heights)
        assert widths == sorted(widths, reverse=True)


def test_the_three_counts_stand_in_the_row(kb):
    ax = plot_workload(kb)
    by_row = {}
    for text in ax.texts:
        by_row.setdefault(round(text.get_position()[1], 3), []).append((text.get_position()[0], text.get_text()))
    rows = [[text for _, text in sorted(row)] for row in by_row.values()]
    assert ["区招商投资局", "7", "4", "5.00", "县发展改革委", "7", "4", "4.33"] in rows
    assert ["区商务委", "5", "5", "3.00", "县商务委", "5", "5", "3.00"] in rows


def test_every_unit_with_a_task_by_name_is_named_and_no_other(kb):
    loads = pg.workload(kb)
    names = kb.units.set_index("unit")["name"]
    busy = {names[unit] for unit in loads.index[loads["tasks"] > 0]}
    idle = set(names) - busy
    drawn = shown(plot_workload(kb))
    assert busy <= set(drawn)
    assert not idle & set(drawn)
    assert (
        sum(line.startswith("另有 17 个单位无具名任务") for line in drawn) == 2
    )  # 31 of each region less 14 and 32 less 15


def test_a_long_name_is_shown_in_full(strange):
    name = "国家级经济技术开发区管理委员会招商引资与产业链供应链现代化提升工作领导小组办公室"
    assert name in "".join(shown(plot_workload(strange)))


@pytest.mark.parametrize(
    ("tasks", "title"),
    [
        (
            [{"lead": ["甲区|发改局", "乙县|农业局"]}, {"lead": ["甲区|发改局"]}],
            "发改局牵头 2 项任务，农业局牵头 1 项任务",
        ),
        ([{"lead": ["甲区|发改局"]}], "发改局牵头 1 项任务"),
        ([{"responsible": ["甲区|发改局", "甲区|财政局"]}], "发改局与财政局各负责 1 项任务"),
        ([{"support": ["甲区|发改局"]}], "发改局配合 1 项任务"),
        ([{"guide": ["甲区|发改局"]}], "发改局指导 1 项任务"),
        ([{"lead": ["甲区|A局", "甲区|B局", "甲区|C局", "甲区|D局"]}], "A局等 4 个单位各牵头 1 项任务"),
        ([{"lead": ["甲区|教委", "乙区|教委"]}], "甲区教委与乙区教委各牵头 1 项任务"),
        ([{"lead": ["甲区|A局", "乙区|B局", "丙区|C局"]}, {"lead": ["丙区|C局"]}], "丙区C局牵头 2 项任务"),
    ],
    ids=[
        "two-regions",
        "one-region",
        "responsible-only",
        "support-only",
        "guide-only",
        "many-tied",
        "same-short-name",
        "three-regions",
    ],
)
def test_the_title_says_who_has_most(invent, tasks, title):
    assert shown(plot_workload(invent([("甲", cells) for cells in tasks])))[0] == title


def test_the_title_of_the_2022_notice(kb):
    assert shown(plot_workload(kb))[0] == "区招商投资局与县发展改革委各牵头 7 项任务"
    assert shown(plot_workload(kb, lang="en"))[0] == "区招商投资局 and 县发展改革委 each lead 7 tasks"


def test_only_roles_that_occur_have_a_column(kb, strange):
    assert {"责任", "配合", "指导"} <= set(shown(plot_workload(strange)))
    assert not {"责任", "配合", "指导"} & set(shown(plot_workload(kb)))


def test_units_without_tasks_do_not_blow_the_figure_up(kb, invent):
    few = invent([("甲", {"lead": ["甲区|发改局"]})])
    many = invent([("甲", {"lead": ["甲区|发改局"]})], [("甲区|发改局", f"甲区|第{n}镇") for n in range(300)])
    heights = [plot_workload(source).figure.get_size_inches()[1] for source in (few, many)]
    assert heights[1] - heights[0] < 0.5


def test_names_in_words():
    assert enumerated([]) == ""
    assert enumerated(["甲"], "en") == "甲"
    assert enumerated(["甲", "乙", "丙", "丁"], "en") == "甲 and 3 others"
