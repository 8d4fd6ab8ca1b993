"""One unit is one unit: where a region comes from, what it is called, and that no other notice has a say in it."""

from __future__ import annotations

import functools
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pairing_graph as pg

TASKS = "1.改建社区食堂12个。（牵头单位：{0}民政局；配合单位：{0}财政局、{1}）\n2.新建停车位500个。（牵头单位：{0}住建局）\n"


def notice(head: str, level: str, others: str = "{0}教育局", date: str = "2023年3月1日") -> str:
    signed = f"{head}\n{date}\n" if head.endswith("办公室") else ""
    title = "关于印发年度重点任务分解表的通知" if signed else head
    return f"{title}\n{TASKS.format(level, others.format(level))}{signed}"


def read(folder, text, name="notice.txt"):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return pg.read_notice(file)


def doubts(kb):
    rows = kb.unread[kb.unread["severity"] != "info"]
    return list(zip(rows["reason"], rows["text"], strict=True))


@pytest.mark.parametrize(
    ("issuer", "others", "region", "code"),
    [
        ("南京市鼓楼区人民政府办公室", "各街道", "南京市鼓楼区", "320106"),
        ("福州市鼓楼区人民政府办公室", "各街道", "福州市鼓楼区", "350102"),
        ("鼓楼区人民政府办公室", "湖南路街道", "南京市鼓楼区", "320106"),
        ("鼓楼区人民政府办公室", "五凤街道", "福州市鼓楼区", "350102"),
        ("鼓楼区人民政府办公室", "徐州市财政局", "徐州市鼓楼区", "320302"),
        ("晋城市城区人民政府办公室", "各街道", "晋城市城区", "140502"),
        ("江北区人民政府办公室", "观音桥街道", "重庆市江北区", "500105"),
        ("江北区人民政府办公室", "宁波市财政局", "宁波市江北区", "330205"),
        ("渝中区人民政府办公室", "各街道", "渝中区", "500103"),
        ("重庆市渝中区人民政府办公室", "各街道", "渝中区", "500103"),
        ("彭水县人民政府办公室", "各乡镇", "彭水县", "500243"),
        ("彭水苗族土家族自治县人民政府办公室", "各乡镇", "彭水苗族土家族自治县", "500243"),
        ("某某区人民政府办公室", "各街道", "某某区", ""),
    ],
    ids=["path", "other-path", "by-township", "by-other-township", "by-prefecture", "common-word", "ended-since", "still-there", "unique",
         "unique-with-path", "short", "long", "unlisted"],
)  # fmt: skip
def test_the_gazetteer_and_the_notice_say_which_region_it_is(tmp_path, issuer, others, region, code):
    level = "县" if "县" in issuer else "区"
    kb = read(tmp_path, notice(issuer, level, others))
    units = kb.units.set_index("unit")
    assert units.loc[f"{region}民政局", ["name", "region", "region_code"]].tolist() == [f"{level}民政局", region, code]
    regions, codes = kb.documents["regions"].item(), kb.documents["region_codes"].item()
    assert dict(zip(regions, codes, strict=True))[region] == code
    assert doubts(kb) == []


def test_a_region_that_the_notice_leaves_open_is_a_doubt_with_the_candidates(tmp_path):
    kb = read(tmp_path, notice("鼓楼区人民政府办公室", "区", "各街道"))
    assert doubts(kb) == [
        (
            "region_open",
            "鼓楼区: 江苏省/南京市/鼓楼区 | 江苏省/徐州市/鼓楼区 | 福建省/福州市/鼓楼区 | 河南省/开封市/鼓楼区",
        )
    ]
    assert {unit[: len("notice:鼓楼区")] for unit in kb.units["unit"]} == {"notice:鼓楼区"}
    assert set(kb.units["region_code"]) == {""}


def test_two_counties_of_one_name_stay_two_when_read_together(tmp_path):
    for number, city in enumerate(("南京市", "福州市")):
        read(tmp_path, notice(f"{city}鼓楼区人民政府办公室", "区"), f"{number}.txt")
    kb = pg.read_notices(tmp_path)
    assert sorted(kb.units["unit"][kb.units["name"] == "区民政局"]) == ["南京市鼓楼区民政局", "福州市鼓楼区民政局"]


def test_two_counties_of_one_name_in_one_table_are_told_apart_by_their_headings(tmp_path):
    rows = [
        "序号\t帮扶单位（南京市鼓楼区）\t受帮扶单位（西安市新城区）",
        "1\t区教育局\t区教育局",
        "2\t区财政局\t区财政局",
        "3\t区民政局\t区民政局",
    ]
    kb = read(tmp_path, "南京市鼓楼区与西安市新城区部门结对帮扶表\n" + "\n".join(rows))
    assert kb.pairings[["donor", "recipient"]].iloc[0].tolist() == ["南京市鼓楼区教育局", "西安市新城区教育局"]


TITLES = (
    "关于印发{0}{1}年重点工作任务分解表的通知",
    "关于下达{0}{1}年重点工作任务的通知",
    "关于转发{0}{1}年重点工作任务分解表的通知",
    "关于分解落实{0}{1}年政府工作报告重点任务的通知",
    "关于做好{0}{1}年重点工作的通知",
    "关于进一步明确{0}{1}年重点工作任务分工的通知",
    "关于调整{0}{1}年民生实事任务分解表的通知",
    "{0}人民政府办公室关于印发{1}年重点任务分解表的通知",
    "{0}{1}年重点工作任务分解表",
    "中共{0}委办公室{0}人民政府办公室关于分解{1}年任务的通知",
)


@pytest.mark.parametrize("region", ["石台县", "开县", "某某县"], ids=["listed", "of-two-signs", "unlisted"])
@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
def test_the_verb_of_a_title_is_no_part_of_its_region(tmp_path, title, region):
    kb = read(tmp_path, title.format(region, 2010) + "\n" + TASKS.format("县", "县教育局"))
    assert kb.documents["regions"].item() == (region,)
    assert set(kb.units["region"]) == {region}


@pytest.mark.parametrize(("before", "after"), list(itertools.pairwise(TITLES))[:4], ids=range(4))
def test_two_years_of_one_county_under_other_titles_show_no_false_move(tmp_path, before, after):
    years = [
        read(tmp_path, title.format("石台县", year) + "\n" + TASKS.format("县", "县教育局"), f"{year}.txt")
        for title, year in ((before, 2022), (after, 2023))
    ]
    found = pg.compare(*years)
    assert len(found.matches) == 2
    assert found.empty


def test_a_renamed_county_has_the_code_of_the_date_of_the_notice(tmp_path):
    old = read(tmp_path, notice("璧山县人民政府办公室", "县", date="2013年3月1日"), "old.txt")
    new = read(tmp_path, notice("璧山区人民政府办公室", "区", date="2015年3月1日"), "new.txt")
    assert [set(kb.units["region_code"]) for kb in (old, new)] == [{"500227"}, {"500120"}]
    assert pg.compare(old, new).empty


@pytest.mark.parametrize(
    ("head", "region", "guessed"),
    [
        ("长泰区2024年深化改革重点事项交办单", "长泰区", False),
        ("石台县县直单位包保乡镇安排表", "石台县", False),
        ("曲阳县扶贫开发和脱贫工作领导小组\n2020年重点任务", "曲阳县", False),
        ("巫溪府发〔2022〕24号", "巫溪县", False),
        ("平汛指〔2020〕4号\n平利县防汛抗旱指挥部成员单位职责规定", "平利县", False),
        ("填报单位：石台县住建局", "石台县", False),
        ("重点任务\n国网石台县供电公司配合各项任务。", "石台县", True),
    ],
    ids=["list", "sheet", "organ", "number", "rules", "label", "text"],
)
def test_a_page_without_a_cover_has_a_region_all_the_same(tmp_path, head, region, guessed):
    level = region[-1]
    kb = read(tmp_path, f"{head}\n{TASKS.format(level, '各乡镇')}")
    assert set(kb.units["region"]) == {region}
    assert ("region_guessed" in set(kb.unread["reason"])) == guessed


def test_the_name_of_the_file_is_the_last_resort_and_a_doubt(tmp_path):
    kb = read(tmp_path, TASKS.format("县", "各乡镇"), "石台县2023年任务.txt")
    assert set(kb.units["region"]) == {"石台县"}
    assert doubts(kb) == [("region_guessed", "石台县")]
    kb = read(tmp_path, TASKS.format("县", "各乡镇"), "notice.txt")
    assert set(kb.units["region"]) == {""}


def test_names_below_a_heading_with_a_region_belong_to_it(tmp_path):
    body = "1.互派教师20名。（牵头单位：区教育局；配合单位：市财政局）"
    kb = read(
        tmp_path,
        "关于印发东西部协作任务分解表的通知\n"
        + "\n".join(f"{number}、{region}任务\n{body}" for number, region in zip("一二三", ["南京市鼓楼区", "西安市新城区", "某某区"], strict=True))
        + "\n四、南京市鼓楼区和西安市新城区共同任务\n" + body,
    )  # fmt: skip
    units = kb.assignments["unit"][kb.assignments["role"] == "lead"].tolist()
    assert units[:2] == ["南京市鼓楼区教育局", "西安市新城区教育局"]
    assert units[3] not in units[:2]


@pytest.mark.parametrize(
    ("name", "unit", "region"),
    [
        ("国网石台县供电公司", "国网石台县供电公司", "石台县"),
        ("石台供电公司", "石台供电公司", "石台县"),
        ("国家税务总局石台县税务局", "国家税务总局石台县税务局", "石台县"),
        ("国网池州供电公司", "国网池州供电公司", "池州市"),
        ("池州海关", "池州海关", "池州市"),
        ("国家统计局石台调查队", "国家统计局石台调查队", "石台县"),
        ("省烟草专卖局", "安徽省烟草专卖局", "安徽省"),
        ("合肥海关", "合肥海关", "合肥市"),
        ("人保财险石台支公司", "人保财险石台支公司", "石台县"),
        ("市生态环境局石台县分局", "池州市生态环境局石台县分局", "石台县"),
        ("县税务局", "石台县税务局", "石台县"),
        ("市交通运输局", "池州市交通运输局", "池州市"),
        ("省财政厅", "安徽省财政厅", "安徽省"),
        ("池州市生态环境局", "池州市生态环境局", "池州市"),
        ("贵池区教育局", "贵池区教育局", "贵池区"),
    ],
)
def test_a_body_with_a_place_of_its_own_takes_no_other(tmp_path, name, unit, region):
    kb = read(tmp_path, notice("石台县人民政府办公室", "县", name))
    units = kb.units.set_index("unit")
    assert units.loc[unit, "region"] == region
    assert units["region"].tolist().count(region) == (4 if region == "石台县" else 1)


@functools.cache
def sample():
    heads = [
        ("南京市鼓楼区人民政府办公室", "区", "各街道"),
        ("鼓楼区人民政府办公室", "区", "各街道"),
        ("鼓楼区人民政府办公室", "区", "五凤街道"),
        ("璧山县人民政府办公室", "县", "市交通局"),
        ("璧山区人民政府办公室", "区", "国网重庆供电公司"),
        ("关于下达石台县2023年任务的通知", "县", "石台供电公司"),
        ("2023年重点任务", "县", "各乡镇"),
    ]
    return [notice(head, level, others) for head, level, others in heads]


@settings(max_examples=12, deadline=None)
@given(order=st.permutations(range(7)), count=st.integers(1, 7))
def test_ids_do_not_depend_on_what_is_read_together(tmp_path_factory, order, count):
    folder = tmp_path_factory.mktemp("together")
    files = []
    for number in order[:count]:
        file = folder / f"n{number}.txt"
        file.write_text(sample()[number], encoding="utf-8")
        files.append(file)
    together = pg.read_notices(files, progress=False)
    owners = dict(zip(together.tasks["task"], together.tasks["document"], strict=True))
    for file in files:
        alone = pg.read_notice(file)
        mine = together.assignments[together.assignments["task"].map(owners) == file.stem]
        assert mine["unit"].tolist() == alone.assignments["unit"].tolist()
        rows = together.units[together.units["unit"].isin(alone.units["unit"])]
        codes = dict(zip(rows["unit"], rows["region_code"], strict=True))
        assert codes == dict(zip(alone.units["unit"], alone.units["region_code"], strict=True))


def table(title: str, lead: str, support: str) -> str:
    return f"{title}\n\n序号\t工作任务\t牵头单位\t配合单位\n1\t改建社区食堂12个。\t{lead}\t{support}\n2\t新建停车位500个。\t{lead}\t{support}\n"


@pytest.mark.parametrize(
    ("title", "support", "units"),
    [
        ("天津市和平区2023年任务表", "和平区教育局、区财政局", ["天津市和平区教育局", "天津市和平区财政局"]),
        ("巫溪县2023年任务表", "两江新区管委会", ["两江新区管委会"]),
        ("巫溪县2023年任务表", "市教委", ["重庆市教委"]),
        ("渝中区·巫溪县2023年任务表", "市教委", ["重庆市教委"]),
        ("西安市新城区2023年任务表", "新城区财政局", ["西安市新城区财政局"]),
        ("上海市浦东新区2023年任务表", "新区财政局", ["浦东新区财政局"]),
        ("酉阳土家族苗族自治县2023年任务表", "自治县教委", ["酉阳土家族苗族自治县教委"]),
        ("关于推进忠县和垫江县协同任务的通知", "忠县教委、垫江县教委", ["忠县教委", "垫江县教委"]),
        ("关于对成县任务进行分解的通知", "县教育局", ["成县教育局"]),
        ("关于贯彻落实省委省政府部署推进巫溪县乡村振兴任务分解表", "县教委", ["巫溪县教委"]),
        ("巫溪县2023年任务表", "奉节县水利局、万州海关", ["奉节县水利局", "万州海关"]),
    ],
)
def test_a_name_is_what_it_is_in_its_notice(tmp_path, title, support, units):
    kb = read(tmp_path, table(title, "县财政局" if "县" in title else "区民政局", support))
    named = kb.assignments[kb.assignments["role"] == "support"]["unit"].tolist()
    assert named[: len(units)] == units


def test_bodies_with_the_name_of_an_ambiguous_county_are_told_apart(tmp_path):
    bodies = "国网鼓楼区供电公司、国家税务总局鼓楼区税务局、人保财险鼓楼支公司"
    for number, city in enumerate(("南京市", "福州市")):
        text = table(f"{city}鼓楼区2023年任务表", "区商务局", bodies)
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    kb = pg.read_notices(tmp_path)
    assert kb.units["unit"].is_unique
    assert len(kb.units) == 2 * 4
    assert set(kb.units["region_code"]) == {"320106", "350102"}


@pytest.mark.parametrize("words", ["对接沈阳市场", "推进徐州菜馆建设"])
def test_chance_words_decide_no_region(tmp_path, words):
    county = "和平区" if "沈阳" in words else "鼓楼区"
    kb = read(tmp_path, table(f"{county}2023年任务表", "区教育局", "区财政局").replace("改建社区食堂12个", words))
    assert [reason for reason, _ in doubts(kb)] == ["region_open"]


def test_two_years_of_a_county_that_stays_open_show_no_false_move(tmp_path):
    years = [
        read(tmp_path, table(f"鼓楼区{year}年任务表", "区商务局", "区财政局"), f"{year}.txt") for year in (2013, 2015)
    ]
    assert pg.compare(*years).empty


def test_bodies_with_a_place_of_their_own_are_renamed_with_their_county(tmp_path):
    years = [
        read(tmp_path, table(f"{name}{year}年任务表", f"{name}民政局", f"国网{name}供电公司"), f"{year}.txt")
        for year, name in ((2013, "璧山县"), (2015, "璧山区"))
    ]
    assert pg.compare(*years).empty


def test_a_county_that_went_into_another_is_not_taken_for_it(tmp_path):
    for name in ("下关区", "鼓楼区"):
        (tmp_path / f"{name}.txt").write_text(
            table(f"南京市{name}2012年任务表", "区商务局", "区财政局"), encoding="utf-8"
        )
    table_of_years = pg.panel(pg.read_notices(tmp_path))
    assert sorted(table_of_years.index.get_level_values("unit")) == [
        "下关区商务局", "下关区财政局", "南京市鼓楼区商务局", "南京市鼓楼区财政局",
    ]  # fmt: skip
    merged = pg.coverage(pg.read_notice(tmp_path / "下关区.txt").replace())
    assert merged.empty or merged["known"].isna().all()


@pytest.mark.parametrize("order", [(2009, 2015), (2015, 2009)])
def test_the_code_of_a_unit_is_that_of_the_latest_notice(tmp_path, order):
    files = []
    for year in order:
        file = tmp_path / f"{year}.txt"
        file.write_text(
            table(f"庐江县{year}年任务表", "县民政局", "县财政局") + f"庐江县人民政府\n{year}年3月1日\n",
            encoding="utf-8",
        )
        files.append(file)
    assert set(pg.read_notices(files).units["region_code"]) == {"340124"}


def test_a_unit_is_found_by_the_path_that_people_write(tmp_path):
    kb = read(tmp_path, table("南京市鼓楼区2023年任务表", "区商务局", "区财政局"))
    for name in ("鼓楼区财政局", "江苏省南京市鼓楼区财政局", "南京市鼓楼区财政局", "区财政局"):
        assert pg.trace(kb, name)["text"].tolist()
