"""Common words that are names of counties too (西区, 老城区, 城区): a county where the notice says so, else no region."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from tests.reading.test_regions import doubts, read

PAIRS = """{issuer}
关于印发《2022年东山县·{county}部门街镇结对帮扶表》的通知

2022年东山县·{county}部门街镇结对帮扶表

序号\t帮扶单位\t受帮扶单位
1\t县财政局\t区财政局
2\t康美镇\t{street}
{more}
{issuer}
2022年3月1日
"""
TASKS = """{issuer}
关于印发2022年重点任务分解表的通知

序号\t工作任务\t牵头单位\t责任单位
1\t改造城区道路12条。\t{level}住建局\t{units}
2\t新建停车位500个。\t{level}公安局\t{level}财政局

{issuer}
2022年3月1日
"""


@pytest.mark.parametrize(
    ("issuer", "county", "street", "more", "label", "code"),
    [
        ("西区人民政府办公室", "西区", "清香坪街道", "", "西区", "510403"),
        ("东区人民政府办公室", "东区", "炳草岗街道", "", "东区", "510402"),
        ("老城区人民政府", "老城区", "西关街道", "", "老城区", "410302"),
        ("中共老城区委办公室", "老城区", "西关街道", "", "老城区", "410302"),
        ("东山县人民政府办公室", "西区", "清香坪街道", "3\t县水利局\t攀枝花市水利局\n", "西区", "510403"),
        ("城区人民政府办公室", "城区", "上站街道", "", "阳泉市城区", "140302"),
        ("新城区人民政府办公室", "新城区", "西一路街道", "3\t县水利局\t西安市水利局\n", "西安市新城区", "610102"),
        ("攀枝花市西区人民政府办公室", "西区", "清香坪街道", "", "西区", "510403"),
        ("晋城市城区人民政府办公室", "城区", "东街街道", "", "晋城市城区", "140502"),
    ],
)  # fmt: skip
def test_the_county_of_the_cover_is_a_county(tmp_path, issuer, county, street, more, label, code):
    kb = read(tmp_path, PAIRS.format(issuer=issuer, county=county, street=street, more=more))
    assert kb.pairings["recipient"].tolist()[:2] == [f"{label}财政局", f"{label}{street}"]
    assert kb.units.set_index("unit")["region_code"][f"{label}财政局"] == code
    assert doubts(kb) == []


@pytest.mark.parametrize(
    ("issuer", "county", "street", "doubt"),
    [
        (
            "郊区人民政府办公室", "郊区", "第一街道",
            "郊区: 山西省/阳泉市/郊区 | 黑龙江省/佳木斯市/郊区 | 安徽省/铜陵市/郊区",
        ),
        ("东山县人民政府办公室", "西区", "第一街道", "西区: 四川省/攀枝花市/西区"),
    ],
    ids=["several", "no-government"],
)  # fmt: skip
def test_what_the_notice_leaves_open_is_a_doubt_and_no_one_elses_unit(tmp_path, issuer, county, street, doubt):
    kb = read(tmp_path, PAIRS.format(issuer=issuer, county=county, street=street, more=""))
    assert kb.pairings["recipient"].tolist()[0] == f"notice:{county}财政局"
    assert ("region_open", doubt) in doubts(kb)


@pytest.mark.parametrize(
    ("city", "written", "units"),
    [
        ("晋城市", "城区、泽州县、高平市", ["晋城市城区", "泽州县", "高平市"]),
        ("晋城市", "泽州县人民政府、城区住建局", ["泽州县人民政府", "晋城市城区住建局"]),
        ("攀枝花市", "东区、西区、仁和区", ["东区", "西区", "仁和区"]),
        ("攀枝花市", "仁和区人民政府、西区财政局", ["仁和区人民政府", "西区财政局"]),
        ("阳泉市", "城区、矿区、郊区、平定县", ["阳泉市城区", "阳泉市矿区", "阳泉市郊区", "平定县"]),
        ("洛阳市", "西工区、老城区财政局", ["西工区", "老城区财政局"]),
        ("西安市", "新城区、碑林区", ["西安市新城区", "碑林区"]),
        ("重庆市", "西区管委会、渝中区", ["重庆市西区管委会", "渝中区"]),
    ],
)
def test_in_the_list_of_its_prefecture_it_is_the_county(tmp_path, city, written, units):
    kb = read(tmp_path, TASKS.format(issuer=f"{city}人民政府办公室", level="市", units=written))
    found = kb.assignments[(kb.assignments["task"] == kb.tasks["task"][0]) & (kb.assignments["role"] == "responsible")]
    assert found["unit"].tolist() == units
    assert doubts(kb) == []


@pytest.mark.parametrize("written", ["城区环卫站", "西区管委会", "城区街道"])
def test_elsewhere_it_stays_a_common_word(tmp_path, written):
    kb = read(tmp_path, TASKS.format(issuer="泽州县人民政府办公室", level="县", units=written))
    assert set(kb.units["region"]) == {"泽州县"}
    assert doubts(kb) == []


def test_two_counties_called_by_one_common_word_do_not_become_one(tmp_path):
    for number, (street, _) in enumerate([("上站街道", "阳泉市"), ("开发区街道", "晋城市")]):
        read(
            tmp_path, PAIRS.format(issuer="城区人民政府办公室", county="城区", street=street, more=""), f"{number}.txt"
        )
    units = pg.read_notices(tmp_path, progress=False).units["unit"].tolist()
    assert "阳泉市城区财政局" in units
    assert "晋城市城区财政局" in units


def test_a_township_that_is_called_street_is_its_countys(tmp_path):
    text = PAIRS.replace("东山县", "皮山县").replace("康美镇", "街道")
    kb = read(tmp_path, text.format(issuer="龙文区人民政府办公室", county="龙文区", street="步文街道", more=""))
    assert kb.pairings[["donor", "recipient"]].values.tolist()[1] == ["皮山县街道", "龙文区步文街道"]
    units = kb.units.set_index("unit")
    assert units.loc["皮山县街道", ["kind", "collective"]].tolist() == ["subdistrict", False]
    assert pg.workload(kb).loc["皮山县街道", "pairings"] == 1


def test_a_unit_of_such_a_county_is_found_by_what_people_write(tmp_path):
    kb = read(tmp_path, TASKS.format(issuer="晋城市人民政府办公室", level="市", units="泽州县人民政府、城区住建局"))
    for name in ("城区住建局", "晋城市城区住建局", "山西省晋城市城区住建局"):
        assert pg.trace(kb, name)["text"].tolist()


TITLED = (
    "{}\n\n序号\t工作任务\t牵头单位\t配合单位\n1\t改造道路12条。\t区住建局\t{}\n2\t新建车位5个。\t区公安局\t各街道\n"
)


@pytest.mark.parametrize(
    ("title", "support", "unit"),
    [
        ("关于印发老城区2022年重点任务分解表的通知", "洛阳市水务局", "老城区住建局"),
        ("城区2022年重点任务分解表", "晋城市水务局", "晋城市城区住建局"),
        ("西区2022年重点任务分解表", "清香坪街道", "西区住建局"),
    ],
)
def test_the_title_alone_names_it_before_a_year(tmp_path, title, support, unit):
    kb = read(tmp_path, TITLED.format(title, support))
    assert kb.units["unit"][0] == unit
    assert doubts(kb) == []


@pytest.mark.parametrize("words", ["老城区改造2022年", "城区12个社区改造", "老城区1200户改造"])
def test_a_part_of_a_town_in_a_title_is_no_county(tmp_path, words):
    kb = read(tmp_path, TITLED.format(f"关于印发{words}重点任务分解表的通知", "渭源县水务局"))
    assert kb.units["unit"][0] == "notice:区住建局"
