"""The string rules, on the trouble that real notices make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing_graph.base import text as rules
from pairing_graph.base.errors import UnknownNameError
from pairing_graph.base.words import word

chinese = st.text(st.sampled_from("渝中区巫溪县商务委、，。；（）()“”《》\n \t０１２３ＣＤ１２3ab•·—　"), max_size=40)


@pytest.mark.parametrize(
    "rule", [rules.fold_width, rules.squeeze, rules.tidy, rules.undouble], ids=lambda r: r.__name__
)
@given(text=chinese | st.text(max_size=40))
def test_a_rule_changes_nothing_the_second_time(rule, text):
    assert rule(rule(text)) == rule(text)


@given(chinese)
def test_the_spans_of_a_list_stand_where_they_say(text):
    for span in rules.split_list(text):
        assert text[span.start : span.end] == span.text == span.text.strip() != ""


@given(chinese)
def test_a_list_loses_nothing_but_separators_and_blanks(text):
    kept = "".join(span.text for span in rules.split_list(text))
    assert rules.squeeze(kept).replace("、", "").replace("，", "").replace("；", "") == rules.squeeze(text).replace(
        "、", ""
    ).replace("，", "").replace("；", "")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县商务委、县林业局", ["县商务委", "县林业局"]),
        ("县发展改革委（县招商局、县统计局）、县林业局", ["县发展改革委（县招商局、县统计局）", "县林业局"]),
        ("市交通委（市道运局、市水利局", ["市交通委（市道运局", "市水利局"]),
        ("县生态环境局、", ["县生态环境局"]),
        ("、，；", []),
    ],
    ids=["plain", "bracket", "bracket-never-closes", "open-end", "separators-only"],
)
def test_a_list_splits_outside_of_brackets(text, names):
    assert [span.text for span in rules.split_list(text)] == names


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("2.共同推介", 2, "共同推介"),
        ("１２．共同推介", 12, "共同推介"),
        ("12、共同推介", 12, "共同推介"),
        ("（3）共同推介", 3, "共同推介"),
        ("(三)共同推介", 3, "共同推介"),
        ("二十一、共同推介", 21, "共同推介"),
        ("⑫共同推介", 12, "共同推介"),
        ("第三条 共同推介", 3, "共同推介"),
        ("2.5万元以上", None, "2.5万元以上"),
        ("2022年底前", None, "2022年底前"),
        ("一对一帮扶", None, "一对一帮扶"),
        ("协同招商。", None, "协同招商。"),
    ],
)
def test_the_number_before_a_text(text, number, rest):
    found = rules.leading_number(text)
    assert (found.number, found.text) == (number, rest)


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("两千", 2000), ("三万五千", 35000), ("〇", 0), ("二〇二二", 2022), ("１２", 12), ("若干", None), ("", None)],
)  # fmt: skip
def test_numerals(text, value):
    assert rules.chinese_number(text) == value


@given(st.integers(0, 10**14))
def test_arabic_digits_are_numerals(value):
    assert rules.chinese_number(str(value)) == value


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2022年6月23日", "2022-06-23"),
        ("　２０２２年６月２３日　", "2022-06-23"),
        ("印发 2022年12月1日印发", "2022-12-01"),
        ("2022121日", ""),
        ("2022年13月1日", ""),
        ("巫溪府发〔2022〕24号", ""),
    ],
)
def test_dates(text, date):
    assert rules.iso_date(text) == date


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("县发展改革委（县投资促进服务中心）", ("县发展改革委", "县投资促进服务中心")),
        ("县发展改革委(县投资促进服务中心)", ("县发展改革委", "县投资促进服务中心")),
        ("各乡（镇）人民政府", ("各乡（镇）人民政府", "")),
        ("市交通委（市道运局", ("市交通委（市道运局", "")),
    ],
)
def test_a_bracket_behind_a_name_is_its_qualifier(name, parts):
    assert rules.split_qualifier(name) == parts


def test_a_word_that_is_missing_names_its_file_and_its_key():
    with pytest.raises(UnknownNameError, match=r"lexicon/words\.csv.*the key legend_magic"):
        word("legend_magic")
