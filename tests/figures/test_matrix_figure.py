"""The matrix shows every assignment, and how it was given."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from pairing_graph.figures.matrix import plot_responsibility_matrix, responsibility_marks
from pairing_graph.look.palette import PAPER, REGIONS
from pairing_graph.reading.combining import combine

plot_responsibility_matrix = cache(plot_responsibility_matrix)
"""What only looks at a picture looks at the same one."""


def nearest(places, place):
    """The text whose place is this one, rounding aside."""
    found = min(places, key=lambda other: abs(other - place))
    return places[found] if abs(found - place) < 0.1 else None


def squares(ax):
    """The drawn squares: (unit's name, task's number) → fill and hatch, read off by where they stand."""
    numbers = {text.get_position()[0]: text.get_text() for text in ax.texts if text.get_text().isdecimal()}
    named = [text for text in ax.texts if text.get_ha() == "right" and not text.get_text().isdecimal()]
    names = {text.get_position()[1]: text.get_text() for text in named}
    found = {}
    for patch in ax.patches:
        if isinstance(patch, Rectangle) and patch.get_width() == patch.get_height() == pytest.approx(10.5):
            name = nearest(names, patch.get_y() + patch.get_height() / 2.0)
            number = nearest(numbers, patch.get_x() + patch.get_width() / 2.0)
            if name and number:
                found[name, int(number)] = (to_hex(patch.get_facecolor()).upper(), patch.get_hatch() or "")
    return found


def labelled(ax):
    names = [text for text in ax.texts if text.get_ha() == "right"]
    return [text.get_text() for text in sorted(names, key=lambda text: -text.get_position()[1])]


def drawn(ax):
    return [text.get_text() for text in ax.texts]


def test_every_assignment_read_by_hand_is_one_square(kb, expected):
    rows = expected("assignments")
    name = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    number = dict(zip(kb.tasks["task"], kb.tasks["number"], strict=True))
    pairs = {(name[row.unit], int(number[row.task])) for row in kb.assignments.itertuples()}
    assert set(squares(plot_responsibility_matrix(kb))) == pairs
    assert len(pairs) == len(rows) == 79


def test_the_first_listed_are_filled_and_the_others_hatched(kb):
    found = squares(plot_responsibility_matrix(kb))
    assert found["区商务委", 4] == (REGIONS[0].colour, "")
    assert found["区招商投资局", 4][1]
    assert found["区招商投资局", 1] == (REGIONS[0].colour, "")
    assert found["县林业局", 27][1]
    first = [cell for cell, (_, hatch) in found.items() if not hatch]
    assert len(first) == 56  # one per task and region


def test_collectives_are_hollow_and_stand_last(kb):
    ax = plot_responsibility_matrix(kb)
    assert squares(ax)["区级各部门", 21][0] == PAPER
    names = labelled(ax)
    assert names.index("区级各部门") > names.index("区国资委")
    assert names.index("各乡镇") > names.index("工业园区管委会")


def test_rows_stand_by_region_and_load(kb):
    names = [name for name in labelled(plot_responsibility_matrix(kb)) if not name.isdecimal() and name != "合计"]
    assert names[:5] == ["区招商投资局", "区商务委", "区发展改革委", "区教委", "区卫生健康委"]
    assert names[17:20] == ["县发展改革委", "县商务委", "县教委"]


def test_areas_are_written_upright_with_vertical_punctuation(kb):
    letters = "".join(drawn(plot_responsibility_matrix(kb)))
    for area in kb.tasks["area"].unique():
        assert area.replace("“", "﹃").replace("”", "﹄") in letters


def test_marks_of_one_merged_cell_are_joined(kb):
    bars = [
        patch for patch in plot_responsibility_matrix(kb).patches
        if isinstance(patch, Rectangle) and patch.get_height() == pytest.approx(3.0)
    ]  # fmt: skip
    inherited = (kb.assignments["inherited_from"] != "").sum()
    legend = 1
    assert len(bars) == inherited + legend


def test_the_strongest_role_is_marked_once(strange):
    marks = responsibility_marks(strange)
    sorts = marks.assign(task=marks["task"].str.rpartition("#")[2]).set_index(["task", "unit"])["sort"]
    assert sorts["1", "甲区发改局"] == "first"
    assert sorts["1", "甲区财政局"] == "responsible"
    assert sorts["2", "甲区财政局"] == "first"
    assert sorts["2", "甲区各街道"] == "support"
    assert sorts["3", "丙市商务局"] == "guide"
    assert not marks.duplicated(["task", "unit"]).any()


def test_a_unit_with_two_roles_in_a_task_has_its_stronger_one(invent):
    marks = responsibility_marks(invent([("甲", {"support": ["甲区|A局"], "lead": ["甲区|A局"]})]))
    assert marks["sort"].tolist() == ["first"]


def test_a_guide_is_a_triangle_and_no_answerable_unit(invent):
    kb = invent([("甲", {"guide": ["甲区|A局"], "responsible": ["甲区|B局"]})])
    assert responsibility_marks(kb)["sort"].tolist() == ["guide", "first"]
    ax = plot_responsibility_matrix(kb)
    assert [line.get_marker() for line in ax.lines if line.get_marker() == "^"] == ["^", "^"]  # the mark and its key
    assert list(squares(ax)) == [("B局", 1)]


def test_the_legend_explains_what_occurs_and_no_more(kb, strange):
    assert [text for text in drawn(plot_responsibility_matrix(kb))[-6:-1] if "，" in text] == [
        "牵头，列首位",
        "牵头，列其后",
    ]
    told = drawn(plot_responsibility_matrix(strange))
    assert {"牵头或责任，列首位", "责任（另有牵头）", "配合", "指导", "同一合并单元格", "统称"} <= set(told)
    assert not {"责任（另有牵头）", "配合", "指导"} & set(drawn(plot_responsibility_matrix(kb)))


@pytest.mark.parametrize(
    ("tasks", "title"),
    [
        ([{"lead": ["甲区|A局", "甲区|B局"]}, {"lead": ["甲区|A局"]}], "2 项任务中有 1 项由同一地区的多个单位共同牵头"),
        ([{"lead": ["甲区|A局", "乙县|B局"]}], "没有任务由同一地区的多个单位共同牵头"),
        ([{"responsible": ["甲区|A局", "甲区|B局"]}], "1 项任务中有 1 项由同一地区的多个单位共同负责"),
    ],
    ids=["one-of-two", "none", "responsible"],
)
def test_the_title_says_how_many_tasks_are_shared(invent, tasks, title):
    assert drawn(plot_responsibility_matrix(invent([("甲", cells) for cells in tasks])))[0] == title


def test_the_title_of_the_2022_notice(kb):
    # Tasks 4, 5, 6, 27 and 28 on both sides, 9 in the county, 24 in the district.
    assert drawn(plot_responsibility_matrix(kb))[0] == "28 项任务中有 7 项由同一地区的多个单位共同牵头"
    assert drawn(plot_responsibility_matrix(kb, lang="en"))[0] == "7 of 28 tasks are led jointly by units of one region"


def test_tasks_of_one_area_stand_together(invent):
    cells = {"lead": ["甲区|A局"]}
    ax = plot_responsibility_matrix(invent([("甲", cells), ("乙", cells), ("甲", cells)]))
    numbers = sorted(
        (t.get_position()[0], t.get_text()) for t in ax.texts if t.get_text().isdecimal() and t.get_ha() == "center"
    )
    assert [number for _, number in numbers] == ["1", "3", "2"]


def test_many_notices_are_named_above_their_tasks(invent):
    parts = [invent([("甲", {"lead": ["甲县|水利局"]})] * 3, document=f"甲府发〔2024〕{n}号") for n in (1, 2)]
    ax = plot_responsibility_matrix(combine(parts))
    letters = "".join(drawn(ax))
    assert "甲府发〔2024〕1号" in letters
    assert "甲府发〔2024〕2号" in letters


def test_a_task_without_a_number_shows_its_place(invent):
    kb = invent([("甲", {"lead": ["甲区|A局"]})] * 2)
    kb = kb.replace(tasks=kb.tasks.assign(number=pd.array([7, pd.NA], dtype="Int64")))
    assert {"7", "2"} <= set(drawn(plot_responsibility_matrix(kb)))
