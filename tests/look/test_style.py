"""Settings, text and its measures."""

from __future__ import annotations

import sys

import matplotlib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager

from pairing_graph.base.errors import MissingExtraError
from pairing_graph.look import style
from pairing_graph.look.palette import NO_REGION, PAPER, REGIONS, unit_look
from pairing_graph.look.vertical import vertical_cells, vertical_columns


def test_a_users_settings_come_back():
    mine = {"font.family": ["serif"], "text.parse_math": True, "font.size": 31.0, "svg.hashsalt": "mine"}
    with matplotlib.rc_context(mine):
        before = dict(matplotlib.rcParams)
        with style.style():
            assert matplotlib.rcParams["font.family"] == [style.FONT_FAMILY]
            assert matplotlib.rcParams["font.size"] == 10.0
        assert dict(matplotlib.rcParams) == before


def test_a_users_settings_come_back_after_an_error():
    before = dict(matplotlib.rcParams)
    with pytest.raises(ValueError, match="mine"), style.style():
        raise ValueError("mine")
    assert dict(matplotlib.rcParams) == before


def test_the_font_is_registered_once():
    for _ in range(3):
        style.register_font()
    assert [e.name for e in font_manager.fontManager.ttflist if e.fname == str(style.font_file())] == [
        style.FONT_FAMILY
    ]


def test_the_font_is_found_again_when_the_font_list_was_made_anew(monkeypatch):
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    with style.style():
        assert font_manager.findfont(style.font(10.0)) == str(style.font_file())


def test_a_character_that_the_font_lacks_warns_and_shows_its_code():
    with pytest.warns(style.MissingGlyphWarning, match=r"no glyph for .* \(U\+2A6A5\)"):
        assert style.drawable("县\U0002a6a5委") == "县[U+2A6A5]委"


def test_the_characters_of_the_font_are_those_of_its_table():
    from fontTools.ttLib import TTFont

    assert {ord(character) for character in style.font_characters()} == set(TTFont(style.font_file()).getBestCmap())


def test_without_matplotlib_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"pairing-graph\[figures\]"):
        style.require_matplotlib()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县商务委", "县商务委"),
        (" 县\t商务\n委 ", "县 商务 委"),
        ("县\u200b商务\u202e委", "县商务委"),
        ("县\x00商务\x1b[31m委", "县 商务 [31m委"),
        ("a\u3000b", "a b"),
    ],
    ids=["plain", "blanks", "invisible", "control", "wide-blank"],
)
def test_what_is_drawn_is_one_line_without_control_characters(text, expected):
    assert style.shown(text) == expected


@given(st.text("县商务委，。（）《》ab $\\_1", max_size=60), st.sampled_from([12.0, 30.0, 55.0, 200.0]))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text, width):
    lines = style.wrapped(text, 10.0, width)
    assert "".join(lines).replace(" ", "") == style.shown(text).replace(" ", "")
    assert all(style.text_width(line, 10.0) <= width or len(line) == 1 for line in lines)


def test_a_closing_mark_does_not_begin_a_line():
    lines = style.wrapped("巫溪县农业农村委，巫溪县商务委（县粮食局）。", 10.0, 52.0)
    assert not any(line[0] in "，。）" for line in lines)
    assert not any(line[-1] == "（" for line in lines)


def test_a_latin_word_stays_whole():
    assert style.wrapped("formal task load", 10.0, 45.0) == ["formal", "task load"]


@given(st.text("县商务委，。（）“”5G", min_size=1, max_size=40), st.integers(1, 20))
def test_vertical_columns_keep_every_square(text, longest):
    cells = vertical_cells(text)
    columns = vertical_columns(cells, longest)
    assert [cell for column in columns for cell in column] == cells
    assert not any(column[0] in "︐︒︶﹄" for column in columns[1:])


def test_no_two_regions_look_alike_without_colour():
    looks = [*REGIONS, NO_REGION]
    assert len({look.shape for look in looks}) == len(looks)
    assert "triangle" not in {look.shape for look in looks}
    assert all(look.shape in style.MARKERS for look in looks)


def test_neighbouring_regions_differ_in_grey():
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert all(abs(grey(look.colour) - grey(look.light)) > 60 for look in [*REGIONS, NO_REGION])
    assert abs(grey(REGIONS[0].colour) - grey(REGIONS[1].colour)) > 30


@pytest.mark.parametrize("kind", ["subdistrict", "town", "township"])
def test_the_township_level_is_a_light_triangle(kind):
    look = unit_look(REGIONS[1], kind)
    assert (look.shape, look.fill, look.edge) == ("triangle", REGIONS[1].light, REGIONS[1].colour)


def test_a_unit_of_no_known_kind_is_light():
    look = unit_look(REGIONS[1], "other")
    assert (look.shape, look.fill, look.edge) == (REGIONS[1].shape, REGIONS[1].light, REGIONS[1].colour)


def test_a_collective_is_hollow():
    assert unit_look(REGIONS[0], "collective", collective=True).fill == PAPER
