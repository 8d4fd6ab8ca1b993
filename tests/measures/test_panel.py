"""The panel of units, pairs and regions by year, against hand counts and brute force."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from tests.measures.small import small, together, years

import pairing_graph as pg
from pairing_graph.kb.years import year_of

A, B = ("甲区商务局", "乙县商务局"), ("甲区教育局", "乙县教育局")


def dated(part, date="", **columns):
    return part.replace(documents=part.documents.assign(date=date, **columns))


@pytest.fixture(scope="module")
def both(root):
    return pg.read_notices([root / "data/raw/wuxi-yuzhong-2022.txt", root / "data/examples/invented-2023.txt"])


@pytest.fixture(scope="module")
def three():
    """2022 names 商务局, 2023 does not, 2024 does in two notices."""
    parts = [
        dated(small([{"lead": A}, {"lead": A[:1], "support": A[1:]}], [A, B], document="a"), "2022-03-01"),
        dated(small([{"lead": B}], [B], document="b"), "2023-03-01"),
        dated(small([{"lead": A[:1]}], [A], document="c"), "2024-03-01"),
        dated(small([{"responsible": A}], [(A[0], B[1])], document="d"), "2024-09-01"),
    ]
    return together(*parts)


def test_every_year_of_a_unit_has_the_loads_of_that_notice(both, notice, root):
    table = pg.panel(both, "unit")
    for year, file in ((2022, notice), (2023, root / "data/examples/invented-2023.txt")):
        alone = pg.workload(pg.read_notice(file))
        mine = table.xs(year, level="year")
        pd.testing.assert_frame_equal(
            mine[alone.columns].sort_index(), alone.sort_index(), check_index_type=False, check_dtype=False
        )
    assert table.loc[("渝中区招商投资局", 2022), ["lead", "tasks", "areas", "listed_first", "fractional"]].tolist() == [
        7,
        7,
        3,
        4,
        5,
    ]
    assert table.index.is_monotonic_increasing
    assert table.attrs["years"] == (2022, 2023)


def test_a_renamed_unit_has_its_first_and_last_year(both):
    table = pg.panel(both)
    assert table.loc["渝中区招商投资局", ["first_year", "last_year"]].to_numpy().tolist() == [[2022, 2022]]
    assert table.loc["渝中区招商投资促进局", ["first_year", "last_year"]].to_numpy().tolist() == [[2023, 2023]]


def test_notices_of_one_year_add_up(three):
    row = pg.panel(three).loc[("甲区商务局", 2024)]
    assert row[["documents", "lead", "responsible", "tasks", "pairings", "partners"]].tolist() == [2, 1, 1, 2, 2, 2]
    assert row["roles"] == "lead+responsible"


def test_unbalanced_a_year_that_does_not_name_a_unit_has_no_row_and_balanced_it_has_zeros(three):
    assert pg.panel(three).loc["甲区商务局"].index.tolist() == [2022, 2024]
    whole = pg.panel(three, balanced=True)
    assert whole.loc["甲区商务局"].index.tolist() == [2022, 2023, 2024]
    added = whole.loc[("甲区商务局", 2023)]
    assert (added["named"], added["lead"], added["fractional"], added["roles"]) == (False, 0, 0.0, "")
    assert (added["region"], added["first_year"], added["last_year"]) == ("甲区", 2022, 2024)
    assert whole.loc["甲区教育局"].index.tolist() == [2022, 2023]
    assert whole.dtypes.equals(pg.panel(three).dtypes)


def test_of_a_year_without_a_notice_of_the_region_nothing_is_invented():
    parts = [dated(small([{"lead": A}], document=f"d{year}"), f"{year}-01-01") for year in (2020, 2023)]
    elsewhere = dated(small([{"lead": ["丙区商务局", "丁县商务局"]}], document="e"), "2021-01-01")
    assert len(pg.panel(together(*parts, elsewhere), balanced=True)) == 6


def test_pairs_have_their_rows_and_joint_tasks_of_the_year(three):
    table = pg.panel(three, "pair")
    assert table.loc[A].to_dict("index") == {
        year: {"donor_region": "甲区", "donor_region_code": "", "recipient_region": "乙县", "recipient_region_code": ""}
        | {"first_year": 2022, "last_year": 2024, "named": True, "documents": 1, "rows": 1, "joint_tasks": joint}
        for year, joint in ((2022, 2), (2024, 1))
    }
    whole = pg.panel(three, "pair", balanced=True)
    assert whole.loc[(*A, 2023), ["named", "rows", "joint_tasks"]].tolist() == [False, 0, 0]


def test_regions_count_every_task_and_partner_once(three):
    table = pg.panel(three, "region")
    columns = ["documents", "units", "lead", "responsible", "support", "tasks", "answerable", "pairings", "given", "partners"]  # fmt: skip
    assert table.loc[("甲区", 2022), columns].tolist() == [1, 2, 2, 0, 0, 2, 2, 2, 2, 2]
    assert table.loc[("乙县", 2022), columns].tolist() == [1, 2, 1, 0, 1, 2, 1, 2, 0, 2]
    assert table.loc[("甲区", 2024), columns].tolist() == [2, 1, 1, 1, 0, 2, 2, 2, 2, 2]
    assert table["received"].to_dict()[("乙县", 2024)] == 2


def test_regions_of_the_two_years_by_hand(both):
    table = pg.panel(both, "region")
    assert table.loc[("渝中区", 2022), ["tasks", "pairings", "given", "received"]].tolist() == [28, 35, 35, 0]
    assert table.loc[("巫溪县", 2022), ["tasks", "targets", "received"]].tolist() == [28, 19, 35]


@settings(max_examples=15, deadline=None)
@given(notices=years)
def test_the_panel_sums_to_the_loads_of_all_years(notices):
    kb = together(*(dated(part, f"202{k}-01-01") for k, part in enumerate(notices)))
    loads, table = pg.workload(kb), pg.panel(kb)
    summed = table.groupby("unit")[["lead", "responsible", "tasks", "pairings"]].sum()
    assert summed.to_dict("index") == loads[summed.columns].loc[summed.index].to_dict("index")
    pairs = pg.panel(kb, "pair")
    assert pairs["rows"].sum() == len(kb.pairings)
    assert (pg.panel(kb, balanced=True)["lead"].sum()) == table["lead"].sum()
    for year, notice in enumerate(notices, 2020):
        named = {*notice.assignments["unit"], *notice.pairings["donor"], *notice.pairings["recipient"]}
        assert set(table[table.index.get_level_values("year") == year].index.get_level_values("unit")) == named


def test_the_code_of_a_region_is_there_to_join_with_a_yearbook(three):
    codes = {"甲区": "500103", "乙县": "500238"}
    coded = three.replace(units=three.units.assign(region_code=three.units["region"].map(codes).astype("string")))
    assert pg.panel(coded, "region")["region_code"].to_dict()[("乙县", 2022)] == "500238"
    assert set(pg.panel(coded, "unit").loc["甲区商务局", "region_code"]) == {"500103"}
    assert pg.panel(coded, "pair")["recipient_region_code"].unique().tolist() == ["500238"]


def test_a_renamed_county_is_one_in_all_years():
    parts = []
    for year, county, code in ((2013, "璧山县", "500227"), (2015, "璧山区", "500120")):
        kb = small([{"lead": [f"{county}民政局"]}], document=str(year))
        units = kb.units.assign(region=county, region_code=code)
        parts.append(dated(kb.replace(units=units.astype(kb.units.dtypes.to_dict())), f"{year}-01-01"))
    table = pg.panel(together(*parts))
    assert table.index.tolist() == [("璧山区民政局", 2013), ("璧山区民政局", 2015)]
    assert set(table["region_code"]) == {"500120"}
    assert table["first_year"].tolist() == [2013, 2013]


def test_a_notice_without_a_year_is_left_out_in_a_sentence():
    kb = together(dated(small([{"lead": A}], document="a"), "2022-01-01"), small([{"lead": B}], document="b"))
    table = pg.panel(kb)
    assert set(table.index.get_level_values("unit")) == set(A)
    assert (table.attrs["documents"], table.attrs["left_out"]) == (("a",), ("b",))
    assert table.attrs["note"].startswith("Left out, since neither date nor number nor title tells one year: b.")


@pytest.mark.parametrize(
    ("date", "number", "title", "year"),
    [
        ("2022-06-23", "甲府发〔2021〕4号", "2020年任务", 2022),
        ("", "甲府发〔2021〕4号", "2020年任务", 2021),
        ("", "甲府发[2021]4号", "", 2021),
        ("", "甲府发4号", "关于下达2020年重点任务的通知", 2020),
        ("", "", "二〇二三年重点任务", 2023),
        ("", "", "2021—2023年行动方案", None),
        ("", "", "2021年至2023年行动方案", None),
        ("", "", "投资5000年产", None),
        ("", "", "", None),
    ],
)
def test_the_year_is_that_of_the_date_else_of_the_number_else_of_the_title(date, number, title, year):
    assert year_of(date, number, title) == year


def test_collectives_have_rows_where_they_are_asked_for():
    kb = dated(small([{"lead": ["甲区各街道", *A]}], [A], collectives=["甲区各街道"]), "2022-01-01")
    assert "甲区各街道" not in pg.panel(kb).index.get_level_values("unit")
    assert pg.panel(kb, collectives=True).loc[("甲区各街道", 2022), "lead"] == 1


@pytest.mark.parametrize("of", ["unit", "pair", "region"])
def test_nothing_gives_an_empty_frame_of_the_same_types(of, three):
    empty, full = pg.panel(pg.KnowledgeBase(), of), pg.panel(three, of)
    assert empty.empty
    assert empty.dtypes.equals(full.dtypes)
    assert empty.index.names == full.index.names


def test_an_unknown_panel_is_refused(three):
    with pytest.raises(pg.UnknownNameError, match="unit, pair, region"):
        pg.panel(three, "county")


def test_a_graph_gives_what_its_tables_give(both):
    pd.testing.assert_frame_equal(pg.panel(pg.build_graph(both)), pg.panel(both))
