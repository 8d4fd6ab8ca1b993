"""Names that may be one body's, and false friends that a real word keeps apart."""

from __future__ import annotations

import pytest

from pairing_graph.base.reference import reference
from pairing_graph.reading.same_names import body_of, is_reordered, is_short_for, local_places

REGION = "某某县"


def same(one, other, region=REGION):
    a, b = body_of(one, [region]), body_of(other, [region])
    equal = a.level == b.level and a.core == b.core
    return equal or is_short_for(a, b) or is_short_for(b, a) or is_reordered(a, b)


@pytest.mark.parametrize("row", reference("same_names"), ids=lambda row: f"{row['use']}-{row['word']}")
def test_every_row_has_two_names_that_it_makes_one(row):
    assert row["word"] in row["example"].replace(REGION, "").replace(REGION[:2], "")
    assert same(row["example"], row["also"])
    assert row["use"] in ("parent", "branch", "branch_office", "first", "before_place", "form", "left_out")


@pytest.mark.parametrize(
    ("one", "other", "region"),
    [
        ("县供电公司", "国网某某县供电公司", REGION),
        ("县供电公司", "国网某某供电公司", REGION),
        ("县供电公司", "某某供电公司", REGION),
        ("县供电公司", "国网石柱供电公司", "石柱土家族自治县"),
        ("县农行", "中国农业银行某某县支行", REGION),
        ("电信某某分公司", "中国电信某某分公司", REGION),
        ("县税务局", "国家税务总局某某县税务局", REGION),
        ("市生态环境局某某分局", "县生态环境局", REGION),
        ("县生态环境分局", "县生态环境局", REGION),
        ("县发改委", "县发展和改革委员会", REGION),
        ("县卫健委", "县卫生健康委", REGION),
        ("县教体局", "县教育和体育局", REGION),
        ("县科技局", "县科学技术局", REGION),
        ("区规资局", "区规划自然资源局", "某某区"),
        ("县自规局", "县自然资源和规划局", REGION),
        ("市文广旅体局", "市文旅广体局", "某某市"),
        ("枝城镇人民政府", "枝城镇", REGION),
        ("县政府", "某某县人民政府", REGION),
        ("团县委", "共青团某某县委", REGION),
        ("县委网信办", "县网信办", REGION),
        ("县工业园区管委会", "县工业园管理委员会", REGION),
    ],
)
def test_one_body_is_found_under_two_names(one, other, region):
    assert same(one, other, region)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("县交通局", "县交通运输综合行政执法大队"),
        ("县农业局", "县农业综合行政执法大队"),
        ("贵州大学", "贵州师范大学"),
        ("市第一人民医院", "市第二人民医院"),
        ("市第一中学", "市中学"),
        ("县中医院", "县中心医院"),
        ("县人民医院", "县中医医院"),
        ("土城镇", "土城乡"),
        ("土城镇", "土城街道"),
        ("某某镇", "某某县"),
        ("某某镇卫生院", "县卫生院"),
        ("县水利局", "县水务局"),
        ("县教育局", "县教育体育局"),
        ("县文化局", "县文化旅游局"),
        ("县渔业局", "县渔业发展局"),
        ("县林业局", "县林业和草原局"),
        ("县农业局", "县农业农村局"),
        ("县商务局", "县商务和经济合作局"),
        ("县经济合作局", "县商务经济合作和外事局"),
        ("县自然资源局", "县自然资源和规划局"),
        ("县扶贫办", "县乡村振兴局"),
        ("县国土资源局", "县国资局"),
        ("县农业银行", "县农业发展银行"),
        ("县农行", "县农商行"),
        ("县城投公司", "县交投公司"),
        ("县城投公司", "县城投集团"),
        ("县委办公室", "县政府办公室"),
        ("县委督查室", "县政府督查室"),
        ("县财政局", "市财政局"),
        ("市生态环境局", "市生态环境分局"),
        ("团县委", "县团工委"),
        ("县文旅局", "县文广旅局"),
        ("县工信局", "县工商信局"),
        ("农业服务中心", "县农业服务中心"),
        ("派出所", "县公安局"),
        ("国网邻某供电公司", "县供电公司"),
        ("市场监管所", "县市场监管局"),
    ],
)
def test_a_real_word_makes_another_body(one, other):
    assert not same(one, other)


def test_a_place_is_taken_off_where_the_name_is_of_the_whole_region_only():
    assert body_of("和平镇卫生院", ["和平县"]).core == "和平镇卫生院"
    assert body_of("和平县卫生院", ["和平县"]).core == "卫生院"
    assert body_of("农行环县支行", ["环县"]).core == "农行"


def test_a_place_is_taken_from_behind_a_mother_company():
    assert local_places(["国网乙县供电公司", "国网甲乙县供电公司", "甲乙县水利局"]) == ["甲乙县"]
