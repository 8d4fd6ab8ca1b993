"""Bad input gets a sentence, or a row in unread; never an invented unit, never a silent loss."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from tests.ledger import claimed_without_a_row, unaccounted

HEAD = "甲县人民政府\n乙区人民政府\n关于印发《乙区·甲县协作任务分解表》的通知\n\n乙区·甲县协作任务分解表\n"
COLUMNS = "\t事项\n\t具体任务\n\t甲县牵头责任单位\n\t乙区牵头责任单位\n\n"


def read(tmp_path, text, **options):
    file = tmp_path / "notice.txt"
    file.write_text(text, encoding="utf-8")
    kb = pg.read_notice(file, **options)
    assert not list(unaccounted(kb))
    assert not list(claimed_without_a_row(kb))
    return kb


def row(*cells):
    return "".join(f"\t{cell}\n" for cell in cells) + "\n"


def reasons(kb):
    return dict(zip(kb.unread["reason"], kb.unread["text"], strict=True))


def names(kb):
    return sorted(kb.units["name"])


def test_a_text_without_any_table_is_refused(tmp_path):
    with pytest.raises(pg.LayoutError, match="No table was found"):
        read(tmp_path, "关于开展工作的通知\n请认真落实。\n")


def test_a_table_whose_heading_is_not_understood_is_refused_with_its_heading(tmp_path):
    with pytest.raises(pg.LayoutError, match=r"heading.*甲 \| 丙"):
        read(tmp_path, row("甲", "丙") + row("1", "2"))


def test_an_unknown_table_beside_a_known_one_stands_in_unread(tmp_path):
    text = (
        HEAD
        + COLUMNS
        + row("农业", "1.修路。", "县交通局", "区交通局")
        + "\n\n附表\n"
        + row("指标", "数")
        + row("人口", "5")
    )
    kb = read(tmp_path, text)
    assert len(kb.tasks) == 1
    unknown = kb.unread[kb.unread["reason"] == "header_unknown"]
    assert list(unknown["text"]) == ["指标", "数", "人口", "5"]
    assert set(unknown["severity"]) == {"loss"}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (("农业", "1.修路。", "县交通局"), "row_short"),
        (("农业", "1.修路。", "县交通局", "区交通局", "区水利局"), "row_long"),
    ],
    ids=["too-few", "too-many"],
)
def test_a_row_of_the_wrong_size_is_reported_whole(tmp_path, cells, reason):
    good = row("林业", "2.种树。", "县林业局", "区林业局") + row("水利", "3.修渠。", "县水利局", "区水利局")
    kb = read(tmp_path, HEAD + COLUMNS + row(*cells) + good)
    assert list(kb.tasks["number"]) == [2, 3]
    lost = kb.unread[kb.unread["reason"] == reason]
    assert list(lost["text"]) == list(cells)
    assert "县交通局" not in names(kb)


def test_a_lead_cell_with_nothing_to_inherit_is_reported(tmp_path):
    kb = read(
        tmp_path, HEAD + COLUMNS + row("农业", "1.修路。", "", "区交通局") + row("", "2.种树。", "县林业局", "区林业局")
    )
    lost = kb.unread[kb.unread["reason"] == "nothing_to_inherit"]
    assert [address.partition("!")[2] for address in lost["address"]] == ["t1r2c3"]
    assert len(kb.assignments) == 3


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("县�业局", "damaged"),
        ("县□通局", "damaged"),
        ("牵头单位", "not_a_name"),
        ("推动渝中重点骨干企业与巫溪优质企业建立长期稳定合作关系的具体工作", "not_a_name"),
        ("12345", "not_a_name"),
        ("2022121日", "date_among_names"),
        ("县发展改", "not_a_name"),
        ("张某某", "person"),
        ("李建国", "person"),
    ],
)
def test_what_is_no_name_becomes_no_unit(tmp_path, words, reason):
    kb = read(tmp_path, HEAD + COLUMNS + row("农业", "1.修路。", f"县交通局、{words}", "区交通局"))
    assert names(kb) == ["区交通局", "县交通局"]
    assert reasons(kb)[reason] == words


@pytest.mark.parametrize(
    ("words", "deadline"),
    [("6月底前完成。", "6月底前完成"), ("2022年12月", "2022年12月"), ("完成时限：9月底", "9月底")],
)
def test_a_deadline_among_names_is_the_deadline(tmp_path, words, deadline):
    kb = read(tmp_path, HEAD + COLUMNS + row("农业", "1.修路。", f"县交通局、{words}", "区交通局"))
    assert names(kb) == ["区交通局", "县交通局"]
    assert kb.tasks["deadline"].item() == deadline


@pytest.mark.parametrize("blank", ["—", "无", "/", "——"])
def test_a_dash_is_nobody(tmp_path, blank):
    kb = read(
        tmp_path,
        HEAD + COLUMNS + row("农业", "1.修路。", "县交通局", "区交通局") + row("", "2.种树。", blank, "区林业局"),
    )
    second = kb.assignments[kb.assignments["task"].str.endswith("#2")]
    assert list(second["as_written"]) == ["区林业局"]


@pytest.mark.parametrize(
    ("numbers", "filled", "reported"),
    [
        (["", "2", "3"], [1, 2, 3], {"number_filled"}),
        (["1", "", "3"], [1, 2, 3], {"number_filled"}),
        (["1", "2", ""], [1, 2, None], {"number_missing"}),
        (["1", "", "4"], [1, None, 4], {"number_missing"}),
        (["1", "2", "4"], [1, 2, 4], {"number_skipped"}),
        (["1", "2", "2"], [1, 2, 2], {"number_doubled"}),
        (["1", "2", "1"], [1, 2, 1], set()),
        (["", "", ""], [None, None, None], set()),
    ],
    ids=["first", "middle", "last", "two-possible", "skipped", "doubled", "restart", "none"],
)
def test_numbers_are_filled_only_where_one_fits_and_never_mended(tmp_path, numbers, filled, reported):
    rows = [
        row("农业", f"{number}.修第{place}条路。" if number else f"修{'甲乙丙'[place]}路。", "县交通局", "区交通局")
        for place, number in enumerate(numbers)
    ]
    kb = read(tmp_path, HEAD + COLUMNS + "".join(rows))
    assert [
        None if number is None else int(number)
        for number in kb.tasks["number"].astype(object).where(kb.tasks["number"].notna(), None)
    ] == filled
    assert {reason for reason in kb.unread["reason"] if reason.startswith("number")} == reported


def test_two_counties_of_the_same_suffix_never_become_one(tmp_path):
    table = "\t序号\n\t甲县\n\t丁县\n\n" + row("1", "县水利局", "县水利局")
    kb = read(tmp_path, "甲县·丁县结对帮扶表\n" + table)
    assert sorted(kb.units["unit"]) == ["丁县水利局", "甲县水利局"]
    assert list(kb.pairings["direction_basis"]) == ["unknown"]
    assert "no_direction" in reasons(kb)


def test_a_name_without_a_telling_region_carries_the_document(tmp_path):
    table = "\t序号\n\t工作任务\n\t牵头单位\n\n" + row("1", "修渠。", "县水利局") + row("2", "修路。", "县交通局")
    kb = read(tmp_path, table)
    assert set(kb.units["unit"]) == {"notice:县水利局", "notice:县交通局"}
    assert set(kb.units["region"]) == {""}


def test_donor_and_recipient_come_from_the_heading(tmp_path):
    table = "\t序号\n\t受帮扶单位\n\t帮扶单位\n\n" + row("1", "土城镇", "区教委") + row("2", "文峰镇", "区商务委")
    kb = read(tmp_path, "乙区·甲县结对帮扶表\n" + table)
    assert list(kb.pairings["direction_basis"]) == ["header", "header"]
    assert [unit[-3:] for unit in kb.pairings["recipient"]] == ["土城镇", "文峰镇"]


def test_several_on_both_sides_are_paired_and_reported(tmp_path):
    table = (
        "\t序号\n\t乙区\n\t甲县\n\n"
        + row("1", "区教委、区商务委", "县教委、县商务委")
        + row("2", "区林业局", "县林业局")
    )
    kb = read(tmp_path, "乙区·甲县结对帮扶表\n" + table)
    assert len(kb.pairings) == 5
    assert "many_to_many" in reasons(kb)


def test_a_pair_with_one_side_is_reported(tmp_path):
    table = "\t序号\n\t乙区\n\t甲县\n\n" + row("1", "区教委", "县教委") + row("2", "区林业局", "无")
    kb = read(tmp_path, "乙区·甲县结对帮扶表\n" + table)
    assert len(kb.pairings) == 1
    assert list(kb.unread.loc[kb.unread["reason"] == "pair_incomplete", "text"]) == ["2", "区林业局", "无"]


def test_an_alias_is_read_only_in_its_region_and_reported(tmp_path):
    aliases = tmp_path / "aliases.csv"
    aliases.write_text("region,alias,name,reason\n甲县,县发改委,县发展改革委,简称\n", encoding="utf-8")
    text = HEAD + COLUMNS + row("农业", "1.修路。", "县发改委", "区发改委")
    kb = read(tmp_path, text, aliases=aliases)
    assert names(kb) == ["区发改委", "县发展改革委"]
    assert kb.units.set_index("unit").loc["甲县发展改革委", "aliases"] == ("县发改委",)
    assert reasons(kb)["alias_used"] == "县发改委 → 县发展改革委"


def test_a_heading_word_can_be_added(tmp_path):
    table = "\t序号\n\t要办的事\n\t谁来办\n\n" + row("1", "修渠。", "县水利局") + row("2", "修路。", "县交通局")
    headers = tmp_path / "headers.csv"
    headers.write_text("word,meaning,match\n要办的事,task,exact\n谁来办,responsible,exact\n", encoding="utf-8")
    assert list(read(tmp_path, table, headers=headers).assignments["role"]) == ["responsible", "responsible"]


def test_names_are_data(tmp_path):
    hostile = "<b>县交通局"
    kb = read(tmp_path, HEAD + COLUMNS + row("<script>", "1.“</script>”修路。", f"{hostile}、县林业局", "区交通局"))
    assert kb.tasks["area"].item() == "<script>"
    assert reasons(kb)["not_a_name"] == hostile
