"""Quantities and targets, sentence by sentence: `tests/data/quantities.csv`, written by hand before each round of changes."""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path

import pytest

from pairing_graph.reading.targets import find_targets

SENTENCES = Path(__file__).parents[1] / "data" / "quantities.csv"
SECONDS = 5
"""Far above the 0.5 s that a rule needs which is linear, far below the 30 s of one that is not."""


def plain(value):
    return "" if value in ("", None) else f"{float(value):g}"


def by_hand():
    wanted = {}
    with SENTENCES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            facts = wanted.setdefault(row["text"], Counter())
            if row["comparator"]:
                value, top = plain(row["value"]), plain(row["value_max"])
                facts[row["comparator"], value, top, row["quantity_unit"], row["aspirational"]] += 1
    return wanted


WANTED = by_hand()


@pytest.mark.parametrize("text", WANTED)
def test_the_targets_of_a_sentence_are_those_read_by_hand(text):
    found = Counter(
        (one.comparator, plain(one.value), plain(one.value_max), one.quantity_unit, "yes" if one.aspirational else "no")
        for one in find_targets(text)
    )
    assert found == WANTED[text]


@pytest.mark.parametrize("text", WANTED)
def test_the_words_of_a_target_are_in_the_text_and_its_metric_says_something(text):
    for one in find_targets(text):
        assert one.as_written in text
        assert one.metric


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("目标值：≥90%", [("目标值", ">=", 90, "%")]),
        ("完成情况：3个", [("完成情况", "=", 3, "个")]),
        ("1次/季度", [("", "=", 1, "次/季度")]),
        ("不少于 3 个", [("", ">=", 3, "个")]),
        ("（1）建设3处", [("建设", "=", 3, "处")]),
        ("100", []), ("2023年", []), ("3个月", []), ("15个工作日", []), ("第1名", []), ("1.5:1", []), ("023-12345678", []),
        ("一个中心、两个基地", []), ("三分之二以上业主同意", []), ("轨道交通二期", []), ("城镇居民二次供水", []),
    ],
)  # fmt: skip
def test_a_quantity_alone_as_in_a_cell(text, found):
    assert [(one.metric, one.comparator, one.value, one.quantity_unit) for one in find_targets(text)] == found


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("到2025年，森林覆盖率达到60%以上。", ["森林覆盖率"]),
        ("培育10家龙头企业。", ["培育龙头企业"]),
        ("完成固定资产投资120亿元，增长8%以上。", ["完成固定资产投资", "固定资产投资增长"]),
        ("自来水普及率、规模化供水率分别达到65%和55%。", ["自来水普及率", "规模化供水率"]),
        ("在土城、上磺、凤凰各建设1个示范点。", ["建设示范点"]),
        ("土城镇、上磺镇各1个示范点。", ["示范点"]),
        ("县教委、县卫生健康委各选派5名干部。", ["选派干部"]),
        ("建设“小巨人”企业2家。", ["建设“小巨人”企业"]),
        ("民营经济占比由58%提升至62%。", ["民营经济占比"]),
        ("开工建设保障性租赁住房800套，竣工500套。", ["开工建设保障性租赁住房", "竣工保障性租赁住房"]),
        ("引进1亿元以上项目20个。", ["引进1亿元以上项目"]),
        ("年发电量3亿千瓦时。", ["年发电量"]),
        ("财政总收入76亿元,其中税收43亿元,分别增长17%和18%。", ["财政总收入", "税收", "财政总收入增长", "税收增长"]),
        ("力争今年工业总产值、税收分别突破100亿元和5亿元大关。", ["工业总产值", "税收"]),
        ("为全区2.3万名老年人提供上门服务。", ["为全区老年人提供上门服务"]),
        ("力争1家企业上市、2家企业挂牌。", ["企业上市", "企业挂牌"]),
        ("完成1.2万亩退耕还林和3.5万亩石漠化治理。", ["完成退耕还林", "石漠化治理"]),
        ("接警后2小时内到达现场,24小时内处置完毕。", ["接警后", "处置完毕"]),
    ],
)
def test_a_metric_says_what_is_counted_and_lists_no_places(text, metrics):
    assert [one.metric for one in find_targets(text)] == metrics


@pytest.mark.parametrize(
    "text",
    [
        "1" * 4000, "1个" * 2000, "5万" * 2000, "1,111" * 1000, "1到" * 2000, "一千" * 2000, "百分之十点" * 800, "“" * 4000,
        "、5个" * 1500, "分别5%" * 1000, "由" * 4000 + "5个", "建" * 4000 + "5个", "甲、" * 2000 + "3个镇", "5亿元以上" * 800,
    ],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_no_rule_is_slow(text):
    begin = time.process_time()
    find_targets(text)
    assert time.process_time() - begin < SECONDS


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("整治一个、验收一个、销号一个，确保清零。", []),
        ("做到成熟一个、审批一个、开工一个。", []),
        ("整治一个、验收一个，新建公园3个。", [3]),
        ("建设一个中心、两个平台。", [1, 2]),
    ],
)
def test_one_after_the_other_is_no_number(text, counted):
    assert [target.value for target in find_targets(text)] == counted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新建一个公园、一个广场。", [("新建公园", 1), ("广场", 1)]),
        ("新建一个公园、一个广场、两个停车场。", [("新建公园", 1), ("广场", 1), ("停车场", 2)]),
        ("建成一所学校、一家医院和一个体育馆。", [("建成学校", 1), ("医院", 1), ("体育馆", 1)]),
        ("新建两个公园、一个广场。", [("新建公园", 2), ("广场", 1)]),
        ("新建一个公园，一个窗口受理。", [("新建公园", 1)]),
        ("坚持一个标准、一个口径。", []),
        ("推行一个窗口受理、一次性告知。", []),
    ],
)
def test_one_of_each_in_a_list_counts_where_the_first_does(text, found):
    assert [(one.metric, one.value) for one in find_targets(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("单位能耗下降一半。", [("单位能耗下降", "=", 50, "%", "一半")]),
        ("完成年度任务的一半以上。", [("完成年度任务", ">=", 50, "%", "一半以上")]),
        ("6月底前完成一半任务。", [("完成任务", "=", 50, "%", "一半")]),
        ("审批用时压缩一半以上。", [("审批用时压缩", ">=", 50, "%", "一半以上")]),
        ("签约率达到半数以上。", [("签约率", ">=", 50, "%", "半数以上")]),
        ("经一半以上业主同意。", []),
        ("补助资金由另一半村承担。", []),
    ],
)
def test_a_half_is_fifty_percent_where_it_is_aimed_at(text, found):
    assert [(t.metric, t.comparator, t.value, t.quantity_unit, t.as_written) for t in find_targets(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("产值翻一番。", [("产值", "=", 1, False, "翻一番")]),
        ("力争营业收入翻两番以上。", [("营业收入", ">=", 2, True, "翻两番以上")]),
        ("到2025年，产值翻了1番。", [("产值", "=", 1, False, "翻了1番")]),
        ("产量翻番。", [("产量", "=", 1, False, "翻番")]),
        ("下一番苦功夫，讲好一番道理。", []),
        ("种植番茄一百亩。", [("种植番茄", "=", 100, False, "一百亩")]),
    ],
)
def test_doubling_keeps_its_number_and_its_word(text, found):
    targets = find_targets(text)
    assert [(t.metric, t.comparator, t.value, t.aspirational, t.as_written) for t in targets] == found
    assert {t.quantity_unit for t in targets if "番" in t.as_written} <= {"番"}
