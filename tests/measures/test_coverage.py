"""Coverage against the gazetteer and the hand counts of the 2022 notice."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from tests.measures.small import small

import pairing_graph as pg
from pairing_graph.kb.knowledge_base import KnowledgeBase

TOWNSHIPS = Path(__file__).parents[1] / "data" / "townships.csv"


@pytest.mark.parametrize(
    ("region", "paired", "known"), [("巫溪县", 15, 32), ("渝中区", 11, 11)], ids=["wuxi", "yuzhong"]
)
def test_townships_of_the_2022_notice(kb, region, paired, known):
    row = pg.coverage(kb).loc[(region, "township_level")]
    assert (row["paired"], row["known"], row["unpaired"]) == (paired, known, known - paired)
    assert row["share"] == pytest.approx(paired / known)


def test_committees_and_departments_are_those_that_the_notice_names(kb):
    reached = pg.coverage(kb)
    assert reached.loc[("渝中区", "management_committee"), "paired"] == 4
    assert pd.isna(reached.loc[("渝中区", "management_committee"), "known"])
    assert reached.loc[("巫溪县", "department"), ["paired", "named"]].tolist() == [16, 16]


def test_divisions_that_the_notice_does_not_name_are_unpaired(kb):
    found = pg.divisions(kb)
    gazetteer = [f"巫溪县{name}" for name in pd.read_csv(TOWNSHIPS).query("region == '巫溪县'")["name"]]
    towns = found[(found["region"] == "巫溪县") & (found["level"] == "township_level")]
    assert set(towns.index) == set(gazetteer)
    assert not towns.loc["巫溪县宁河街道", "paired"]
    assert not towns.loc["巫溪县宁河街道", "named"]
    assert towns.loc["巫溪县土城镇", "partners"] == ("渝中区解放碑CBD管委会",)


def test_outside_of_the_gazetteer_nobody_is_called_unpaired():
    kinds = {"甲区城东街道": "subdistrict", "乙县河口镇": "town", "乙县山口镇": "town"}
    kb = small([{"lead": ["乙县山口镇"]}], [("甲区城东街道", "乙县河口镇")], kinds=kinds)
    found, reached = pg.divisions(kb), pg.coverage(kb)
    assert found.loc["乙县河口镇", "paired"]
    assert found.loc["乙县山口镇", "paired"] is pd.NA
    assert reached.loc[("乙县", "township_level"), ["known", "unpaired", "share"]].isna().all()
    assert reached.loc[("乙县", "township_level"), "unpaired_units"] == ()


def test_without_a_pairing_table_nobody_is_called_unpaired(kb):
    reached = pg.coverage(kb.replace(pairings=kb.pairings.iloc[:0]))
    assert reached["paired"].isna().all()
    assert reached["share"].isna().all()


def test_the_government_of_a_town_is_the_town():
    kinds = {"渝中区大坪街道办事处": "subdistrict", "巫溪县土城镇人民政府": "town"}
    names = list(kinds)
    kb = small([], [(names[0], names[1])], kinds=kinds)
    units = kb.units.assign(region=["渝中区", "巫溪县"], name=["大坪街道办事处", "土城镇人民政府"])
    documents = kb.documents.assign(regions=pd.Series([("渝中区", "巫溪县")], dtype="object"))
    reached = pg.coverage(kb.replace(units=units, documents=documents))
    assert reached.loc[("巫溪县", "township_level"), ["paired", "known"]].tolist() == [1, 32]


def test_departments_in_one_table_only(kb):
    found = pg.units_in_one_table(kb)
    departments = found[found["kind"].isin(["department", "party_organ", "institution"])]
    assert set(departments.index) == {"渝中区交通局", "渝中区经济信息委", "巫溪县人力社保局", "巫溪县规划自然资源局"}
    assert set(departments["table"]) == {"pairings"}
    assert found.loc["巫溪县土城镇", "collectives"] == ("巫溪县各乡镇",)


def test_a_unit_with_a_task_and_no_pairing_is_told():
    kb = small([{"lead": ["甲区商务局", "乙县商务局"]}], [("甲区教育局", "乙县商务局")])
    assert pg.units_in_one_table(kb)["table"].to_dict() == {"甲区商务局": "tasks", "甲区教育局": "pairings"}


def test_tasks_by_the_number_of_units(kb):
    sizes = pg.tasks_by_size(kb)
    assert sizes.loc["渝中区", "tasks"].to_dict() == {0: 1, 1: 21, 2: 2, 3: 4}
    assert sizes.loc[("渝中区", 3), "numbers"] == ("4", "5", "6", "24")
    assert sizes.loc[("巫溪县", 0), ["collectives", "numbers"]].tolist() == [1, ("21",)]
    assert sizes.groupby("region")["tasks"].sum().to_dict() == {"渝中区": 28, "巫溪县": 28}


@pytest.mark.parametrize(
    "measure", [pg.coverage, pg.divisions, pg.units_in_one_table, pg.tasks_by_size], ids=lambda m: m.__name__
)
def test_nobody_is_an_empty_frame_and_a_graph_will_do(measure, kb, graph):
    empty, full = measure(KnowledgeBase()), measure(kb)
    assert empty.empty
    assert list(empty.columns) == list(full.columns)
    assert len(measure(graph)) == len(full)


def test_the_notices_that_were_taken_together_are_named(kb):
    for table in (pg.coverage(kb), pg.divisions(kb), pg.counterparts(kb)):
        assert table.attrs["notices"] == "pooled"
        assert table.attrs["documents"] == ("巫溪府发〔2022〕24号",)
