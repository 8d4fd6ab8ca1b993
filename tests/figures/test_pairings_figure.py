"""The pairing figure shows every link of the table."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from matplotlib.patches import PathPatch

import pairing_graph as pg
from pairing_graph.figures.pairings import plot_pairings
from pairing_graph.look.palette import PAIRED

plot_pairings = cache(plot_pairings)
"""What only looks at a picture looks at the same one."""


def named(ax):
    """The names of a column by the height at which they stand."""
    return [(text.get_text(), text.get_ha(), text.get_position()[1]) for text in ax.texts]


def links(ax):
    """The drawn links as pairs of names, read off the ends of the curves."""
    left = {round(y, 3): text for text, ha, y in named(ax) if ha == "right"}
    right = {round(y, 3): text for text, ha, y in named(ax) if ha == "left"}
    curves = [patch.get_path().vertices for patch in ax.patches if isinstance(patch, PathPatch)]
    return Counter((left[round(ends[0][1], 3)], right[round(ends[-1][1], 3)]) for ends in curves)


def test_every_pairing_of_the_notice_is_one_link(kb, expected):
    name = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    drawn = links(plot_pairings(kb))
    assert drawn == Counter(
        (name[a], name[b]) for a, b in zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True)
    )
    assert sum(drawn.values()) == len(expected("pairings")) == 35


def test_links_are_green(kb):
    from matplotlib.colors import to_rgba

    patches = [patch for patch in plot_pairings(kb).patches if isinstance(patch, PathPatch)]
    assert {patch.get_edgecolor() for patch in patches} == {to_rgba(PAIRED)}


def test_units_paired_more_than_once_carry_their_number(kb):
    drawn = named(plot_pairings(kb))
    numbers = {round(y, 3): text for text, ha, y in drawn if ha == "center"}
    marked = {text: numbers[round(y, 3)] for text, ha, y in drawn if ha != "center" and round(y, 3) in numbers}
    assert {name: marked[name] for name in ("区发展改革委", "区招商投资局", "区规划自然资源局")} == {
        "区发展改革委": "3", "区招商投资局": "2", "区规划自然资源局": "2",
    }  # fmt: skip
    assert {name: marked[name] for name in ("县发展改革委", "县商务委", "县国资监管中心")} == {
        "县发展改革委": "2", "县商务委": "2", "县国资监管中心": "2",
    }  # fmt: skip
    assert len(numbers) == len([text for text, ha, _ in drawn if ha == "center"]) == 6


def test_departments_come_before_the_township_level(kb):
    drawn = {text: y for text, _, y in named(plot_pairings(kb))}
    low = [drawn[name] for name in kb.units.loc[kb.units["kind"].isin(["subdistrict", "town", "township"]), "name"]]
    high = [drawn[name] for name in ("区委组织部", "区发展改革委", "县商务委", "区生态环境局")]
    assert min(high) > max(low)


@pytest.mark.parametrize(
    ("pairings", "title"),
    [
        ([("甲区|A局", "乙县|B局")], "1 对结对，每个单位只结对一次"),
        ([("甲区|A局", "乙县|B局"), ("甲区|A局", "乙县|C局")], "A局结对 2 次"),
        ([("甲区|A局", "乙县|B局"), ("甲区|A局", "乙县|B局")], "A局与B局各结对 2 次"),
    ],
    ids=["one-to-one", "one-to-two", "repeated"],
)
def test_the_title_says_who_is_paired_most(invent, pairings, title):
    assert named(plot_pairings(invent((), pairings)))[0][0] == title


def test_the_title_of_the_2022_notice(kb):
    assert named(plot_pairings(kb))[0][0] == "区发展改革委结对 3 次，共 6 个单位结对不止一次"
    assert (
        named(plot_pairings(kb, lang="en"))[0][0] == "区发展改革委 is paired 3 times, 6 units are paired more than once"
    )


def test_the_unit_that_the_title_names_stands_first(invent):
    chain = [("甲区|A局", "乙县|C局"), ("甲区|A局", "乙县|D局"), ("甲区|B局", "乙县|D局"), ("甲区|B局", "乙县|E局")]
    ax = plot_pairings(invent((), [*chain, *[("甲区|翠微局", "乙县|石门局")] * 3]))
    assert named(ax)[0][0].startswith("翠微局与石门局各结对 3 次")
    heights = {text: y for text, ha, y in named(ax) if ha == "right"}
    assert heights["翠微局"] > heights["A局"] > heights["B局"]


def test_a_repeated_pairing_is_one_link_with_its_count(invent):
    drawn = plot_pairings(invent((), [("甲区|翠微街道", "乙县|石门镇")] * 2))
    assert links(drawn) == {("翠微街道", "石门镇"): 1}
    assert "×2" in [text for text, _, _ in named(drawn)]


@pytest.mark.parametrize(("basis", "dashed"), [("header", False), ("sentence", False), ("unknown", True)])
def test_a_direction_that_is_not_stated_is_dashed_and_said(invent, basis, dashed):
    ax = plot_pairings(invent((), [("甲区|A局", "乙县|B局")], basis=basis))
    (link,) = [patch for patch in ax.patches if isinstance(patch, PathPatch)]
    assert (link.get_linestyle() not in ("-", "solid")) == dashed
    assert any("虚线" in text for text, _, _ in named(ax)) == dashed


def test_a_unit_may_help_and_be_helped(invent):
    ax = plot_pairings(invent((), [("甲区|A局", "乙县|B局"), ("乙县|B局", "丙县|C局")]))
    assert links(ax) == {("甲区A局", "乙县B局"): 1, ("乙县B局", "丙县C局"): 1}


@pytest.fixture
def villages(tmp_path):
    """Departments paired with villages, which are of no kind that the tables know."""
    rows = [("县财政局", "绿水镇香沟村"), ("县教育局", "绿水镇大湾村"), ("县水利局", "绿水镇小湾村")]
    lines = "".join(f"{number}\t{one}\t{other}\n" for number, (one, other) in enumerate(rows, 1))
    head = "巫溪县人民政府办公室关于印发巫溪县结对帮扶表的通知\n巫溪府办发〔2022〕7号\n\n2022年3月1日\n\n巫溪县结对帮扶表\n"
    file = tmp_path / "villages.txt"
    file.write_text(f"{head}\n序号\t帮扶单位\t结对村\n{lines}", encoding="utf-8")
    kb = pg.read_notice(file)
    assert sorted(kb.units["kind"]) == ["department"] * 3 + ["other"] * 3
    return kb


@pytest.mark.parametrize(
    ("lang", "left", "right"),
    [("zh", "巫溪县 部门", "巫溪县 其他单位"), ("en", "巫溪县 departments", "巫溪县 other units")],
)
def test_villages_are_not_called_departments(villages, lang, left, right):
    texts = [text.get_text() for text in plot_pairings(villages, lang=lang).texts]
    assert left in texts
    assert right in texts
