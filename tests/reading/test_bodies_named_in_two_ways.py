"""Bodies that are written in two ways, or without the half that says which they are."""

from __future__ import annotations

import pytest

import pairing_graph as pg

TASKS = """{head}
关于印发2022年重点任务分解表的通知

序号\t工作任务\t牵头单位\t配合单位
1\t改造社区食堂12个。\t县民政局\t{one}
2\t新建停车位500个。\t县住建局\t{other}

{head}
2022年3月1日
"""


def read(tmp_path, one="县财政局", other="县审计局", head="渭源县人民政府办公室", **given):
    file = tmp_path / "notice.txt"
    file.write_text(TASKS.format(head=head, one=one, other=other), encoding="utf-8")
    return pg.read_notice(file, **given)


def supporting(kb):
    return kb.assignments.loc[kb.assignments["role"] == "support", "unit"].tolist()


def severe(kb):
    return kb.unread.loc[kb.unread["severity"] != "info", ["reason", "text"]].values.tolist()


@pytest.mark.parametrize(
    "written",
    [
        "共青团渭源县委",
        "共青团渭源县委员会",
        "团渭源县委",
        "共青团县委",
        "渭源团县委",
        "渭源县团县委",
        "中国共产主义青年团渭源县委员会",
    ],
)
def test_the_youth_league_of_a_county_is_one_unit(tmp_path, written):
    kb = read(tmp_path, "团县委", written)
    assert supporting(kb) == ["共青团渭源县委"] * 2
    unit = kb.units.set_index("unit").loc["共青团渭源县委"]
    assert [unit["name"], unit["region"], unit["kind"]] == ["团县委", "渭源县", "institution"]
    assert written in unit["aliases"]
    assert kb.assignments["as_written"].tolist()[1::2] == ["团县委", written]
    assert severe(kb) == []


@pytest.mark.parametrize(
    ("alias", "name"), [("县青年工作部", "团县委"), ("县青年工作部", "共青团渭源县委"), ("共青团县委", "团县委")]
)
def test_the_youth_league_is_one_unit_under_an_alias_too(tmp_path, alias, name):
    table = tmp_path / "aliases.csv"
    table.write_text(f"region,alias,name,reason\n渭源县,{alias},{name},同\n", encoding="utf-8")
    kb = read(tmp_path, "团县委", alias, aliases=table)
    assert supporting(kb) == ["共青团渭源县委"] * 2
    assert alias in kb.units.set_index("unit").loc["共青团渭源县委", "aliases"]


def test_each_level_has_its_own(tmp_path):
    kb = read(tmp_path, "团县委、团市委、团省委", "共青团定西市委、共青团甘肃省委")
    assert supporting(kb) == ["共青团渭源县委", "共青团定西市委", "共青团甘肃省委", "共青团定西市委", "共青团甘肃省委"]


def test_the_committee_of_a_county_that_begins_alike_is_none(tmp_path):
    kb = read(tmp_path, "团风县委、团风县教育局", head="团风县人民政府办公室")
    assert supporting(kb)[:2] == ["团风县委", "团风县教育局"]


@pytest.mark.parametrize(
    "office", ["领导小组办公室", "县领导小组办公室", "工作专班办公室", "指挥部办公室", "县联席会议办公室"]
)
def test_an_office_without_its_group_is_a_unit_and_a_doubt(tmp_path, office):
    kb = read(tmp_path, office)
    assert supporting(kb)[0] == f"渭源县{office.removeprefix('县')}"
    assert severe(kb) == [["group_missing", office]]


def test_an_office_with_its_group_is_no_doubt(tmp_path):
    assert severe(read(tmp_path, "县防汛抗旱指挥部办公室、县委农村工作领导小组办公室")) == []


PARTY, GOVERNMENT = "中共渭源县委办公室", "渭源县人民政府办公室"


@pytest.mark.parametrize(
    ("head", "issuers"),
    [
        (f"{PARTY}\n{GOVERNMENT}", (PARTY, GOVERNMENT)),
        (f"{PARTY}　{GOVERNMENT}", (PARTY, GOVERNMENT)),
        (f"{PARTY}、{GOVERNMENT}", (PARTY, GOVERNMENT)),
        (f"{PARTY}和{GOVERNMENT}", (PARTY, GOVERNMENT)),
        (f"{PARTY}{GOVERNMENT}", (PARTY, GOVERNMENT)),
        ("中共渭源县委员会\n渭源县人民政府", ("中共渭源县委员会", "渭源县人民政府")),
        ("共青团渭源县委　渭源县妇女联合会", ("共青团渭源县委", "渭源县妇女联合会")),
        ("渭源县总工会\n渭源县残联", ("渭源县总工会", "渭源县残联")),
    ],
)
def test_every_issuer_is_kept(tmp_path, head, issuers):
    kb = read(tmp_path, head=head)
    assert kb.documents["issuers"][0] == issuers
    assert kb.documents["regions"][0] == ("渭源县",)
    assert set(kb.units["region"]) == {"渭源县"}
    assert severe(kb) == []


@pytest.mark.parametrize("between", ["", " ", "　", "、", "\n"])
def test_issuers_in_the_title_count_where_nobody_signed(tmp_path, between):
    file = tmp_path / "notice.txt"
    text = TASKS.format(head="X", one="县财政局", other="县审计局").replace(
        "X\n关于", f"{PARTY}{between}{GOVERNMENT}关于"
    )
    file.write_text(text.partition("\nX")[0], encoding="utf-8")
    assert pg.read_notice(file).documents["issuers"][0] == (PARTY, GOVERNMENT)
