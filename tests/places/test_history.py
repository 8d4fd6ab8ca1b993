"""Renamed counties, counties that became districts, mergers: by the year of the State Council's approval."""

from __future__ import annotations

import pytest

from pairing_graph.places.gazetteer import place, places_named
from pairing_graph.places.history import names_of, predecessors, successors, today

CHANGES = [
    ("大足县", "大足区", 2011),
    ("綦江县", "綦江区", 2011),
    ("璧山县", "璧山区", 2014),
    ("铜梁县", "铜梁区", 2014),
    ("潼南县", "潼南区", 2015),
    ("荣昌县", "荣昌区", 2015),
    ("开县", "开州区", 2016),
    ("梁平县", "梁平区", 2016),
    ("武隆县", "武隆区", 2016),
    ("江津市", "江津区", 2006),
    ("永川市", "永川区", 2006),
    ("合川市", "合川区", 2006),
    ("南川市", "南川区", 2006),
    ("蓟县", "蓟州区", 2016),
    ("静海县", "静海区", 2015),
    ("密云县", "密云区", 2015),
    ("崇明县", "崇明区", 2016),
    ("藁城市", "藁城区", 2014),
    ("户县", "鄠邑区", 2016),
    ("陵县", "陵城区", 2014),
    ("苍山县", "兰陵县", 2014),
    ("潞西市", "芒市", 2010),
    ("中甸县", "香格里拉县", 2001),
    ("香格里拉县", "香格里拉市", 2014),
    ("襄樊市", "襄阳市", 2010),
    ("达县", "达川区", 2013),
    ("儋州市", "儋州市", 2015),
    ("哈密市", "伊州区", 2016),
]
"""Old name, new name, year: from the decisions of the State Council, as the writer of these tests knows them."""


@pytest.mark.parametrize(("old", "new", "year"), CHANGES, ids=[f"{old}-{new}" for old, new, _ in CHANGES])
def test_a_renamed_county_is_found_by_the_year(old, new, year):
    [before] = [found for found in places_named(old, year=year) if found.last == year]
    assert successors(before)[0].name == new
    assert successors(before)[0].first == year
    ever_after = [found.code for found in places_named(old, year=year + 1) if found.level == before.level]
    assert before.code not in ever_after
    assert before.code in [found.code for found in places_named(old, year=year - 1)]
    assert before.code in [found.code for found in predecessors(successors(before)[0])]


@pytest.mark.parametrize(
    ("old", "year", "new"),
    [
        ("崇文区", 2010, "北京市/东城区"),
        ("宣武区", 2010, "北京市/西城区"),
        ("卢湾区", 2011, "上海市/黄浦区"),
        ("闸北区", 2015, "上海市/静安区"),
        ("南汇区", 2009, "上海市/浦东新区"),
        ("塘沽区", 2009, "天津市/滨海新区"),
        ("万盛区", 2011, "重庆市/綦江区"),
        ("江浦县", 2002, "江苏省/南京市/浦口区"),
        ("胶南市", 2012, "山东省/青岛市/黄岛区"),
        ("东山区", 2005, "广东省/广州市/越秀区"),
        ("米泉市", 2007, "新疆维吾尔自治区/乌鲁木齐市/米东区"),
    ],
)
def test_a_county_that_was_merged_leads_to_what_holds_it(old, year, new):
    [before] = [found for found in places_named(old, year=year) if found.last == year]
    assert str(today(before)) == new


def test_the_year_of_a_change_knows_both_names():
    assert [found.name for found in places_named("大足", year=2011)] == ["大足区", "大足县"]
    assert [found.name for found in places_named("大足", year=2010)] == ["大足县"]
    assert [found.name for found in places_named("大足", year=2012)] == ["大足区"]


def test_without_a_year_a_former_name_is_found_once_and_only_where_none_stands():
    assert [(found.code, found.last) for found in places_named("大足县")] == [("500225", 2011)]
    assert [found.last for found in places_named("和平区")] == [None, None]
    assert [found.name for found in places_named("大足")] == ["大足区"]


def test_a_path_is_that_of_the_year():
    assert [str(found) for found in places_named("巫溪县", year=1990)] == ["四川省/万县地区/巫溪县"]
    assert [str(found) for found in places_named("巫溪县", year=1995)] == ["四川省/万县市/巫溪县"]
    assert [str(found) for found in places_named("巫溪县", year=2022)] == ["重庆市/巫溪县"]


def test_a_year_after_the_newest_list_is_as_that_list():
    assert places_named("渝中区", year=2040) == places_named("渝中区")
    assert places_named("大足县", year=2040) == ()


def test_a_chain_goes_on_over_several_names():
    [first] = places_named("江津县", year=1990)
    assert [found.name for found in successors(first)] == ["江津市", "江津市", "江津市", "江津区"]
    assert today(first) == places_named("江津区")[0]
    assert [found.name for found in predecessors(today(first))][-1] == "江津县"


def test_a_code_tells_its_names_and_may_be_given_again():
    assert [(found.name, found.first, found.last) for found in names_of("420600")] == [
        ("襄樊市", None, 2010),
        ("襄阳市", 2010, None),
    ]
    assert [found.name for found in names_of("500111")] == ["双桥区", "大足区"]
    assert names_of("999999") == ()


def test_what_no_list_says_is_left_open():
    [divided] = places_named("邯郸县", year=2016)
    assert divided.successor == ""
    assert today(divided) is None


def test_a_township_has_no_history():
    township = place("500238117")
    assert successors(township) == predecessors(township) == ()
    assert today(township) == township
