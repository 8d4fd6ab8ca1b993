"""A name tells its level, by the gazetteer before its ending, and whether the country has it more than once."""

from __future__ import annotations

import pytest

from pairing_graph.base.reference import reference
from pairing_graph.places.gazetteer import places_named
from pairing_graph.places.names import distinct_name, is_ambiguous, level_of


@pytest.mark.parametrize(
    "name",
    ["鼓楼区", "城关区", "和平区", "新华区", "朝阳区", "西湖区", "宝山区", "普陀区", "通州区", "白云区", "长安区"],
)
def test_names_of_several_counties_are_ambiguous(name):
    assert is_ambiguous(name)
    assert is_ambiguous(name.removesuffix("区"))
    assert len({distinct_name(place) for place in places_named(name)}) == len(places_named(name)) > 1


@pytest.mark.parametrize("name", ["渝中区", "巫溪县", "渝中", "东城区", "浦东新区", "仙桃市", "土城镇", "某某县"])
def test_other_names_are_not(name):
    assert not is_ambiguous(name)


def test_how_often_a_name_occurs():
    wanted = {"鼓楼区": 4, "市中区": 4, "新华区": 3, "铁西区": 3, "城关区": 2, "和平区": 2, "朝阳区": 2, "西湖区": 2}
    assert {name: len(places_named(name)) for name in wanted} == wanted


def test_a_name_stays_ambiguous_when_a_namesake_ends():
    assert [is_ambiguous("江北区", year=year) for year in (2024, 2025, 2026)] == [True, True, False]
    assert is_ambiguous("江北区")
    assert [distinct_name(place) for place in places_named("江北区")] == ["宁波市江北区"]


def test_an_old_code_beside_the_new_one_is_no_namesake():
    assert not is_ambiguous("大足县", year=1997)
    assert not is_ambiguous("静海", year=2015)


def test_a_distinct_name_has_the_prefecture_or_the_municipality_before_it():
    assert [distinct_name(place) for place in places_named("鼓楼区")] == [
        "南京市鼓楼区",
        "徐州市鼓楼区",
        "福州市鼓楼区",
        "开封市鼓楼区",
    ]
    assert [distinct_name(place) for place in places_named("朝阳区")] == ["北京市朝阳区", "长春市朝阳区"]
    assert [distinct_name(place) for place in places_named("南京市")] == ["南京市"]


@pytest.mark.parametrize("row", reference("place_endings"), ids=lambda row: row["ending"])
def test_an_unknown_name_has_the_level_of_its_ending(row):
    assert row["example"].endswith(row["ending"])
    assert (level_of(row["example"]) or "none") == row["level"]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("重庆市", "province"),
        ("襄阳市", "prefecture"),
        ("仙桃市", "county"),
        ("江津市", "county"),
        ("滨海新区", "county"),
        ("沈北新区", "county"),
        ("大兴安岭地区", "prefecture"),
        ("锡林郭勒盟", "prefecture"),
        ("凉山彝族自治州", "prefecture"),
        ("神农架林区", "county"),
        ("六枝特区", "county"),
        ("莫力达瓦达斡尔族自治旗", "county"),
        ("土城镇", "township"),
        ("第一中学", None),
    ],
)
def test_the_gazetteer_goes_before_the_ending(name, level):
    assert level_of(name) == level


def test_the_level_is_that_of_the_year():
    assert level_of("儋州市", year=2010) == "county"
    assert level_of("儋州市", year=2020) == level_of("儋州市") == "prefecture"
    assert level_of("巢湖市", year=2005) == "prefecture"
    assert level_of("巢湖市") == "county"


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("威宁自治县", "威宁彝族回族苗族自治县"), ("宽城自治县", "宽城满族自治县"), ("三都自治县", "三都水族自治县"),
        ("莫力达瓦自治旗", "莫力达瓦达斡尔族自治旗"), ("恩施自治州", "恩施土家族苗族自治州"),
        ("积石山自治县", "积石山保安族东乡族撒拉族自治县"), ("鄂伦春自治旗", "鄂伦春自治旗"),
    ],
)  # fmt: skip
def test_an_autonomous_place_is_known_without_its_peoples(short, name):
    assert [place.name for place in places_named(short)] == [name]
    assert not is_ambiguous(short)
