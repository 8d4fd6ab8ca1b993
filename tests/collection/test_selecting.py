"""Which notices a selection finds: by year as panels date them, by province as their units lie."""

from __future__ import annotations

import numpy as np
import pytest
from tests.collection.conftest import text_of

import pairing_graph as pg


def collected(tmp_path, *texts):
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    made = pg.Collection(tmp_path / "c")
    assert made.add([tmp_path / f"{number}.txt" for number in range(len(texts))], workers=1).read == len(texts)
    return made


def without(text, *signs):
    return "\n".join(line for line in text.splitlines() if not any(sign in line for sign in signs)) + "\n"


@pytest.mark.parametrize("signs", [("月",), ("月", "〔")], ids=["number", "title"])
def test_a_notice_without_a_date_has_the_year_that_a_panel_gives_it(tmp_path, signs):
    made = collected(tmp_path, without(text_of(1, year=2019), *signs), text_of(2, year=2020))
    assert set(pg.panel(made).df()["year"]) == {2019, 2020}
    assert made.select(year=2019).documents["file"].tolist() == ["0.txt"]


@pytest.mark.parametrize(
    "year", [2019, "2019", np.int64(2019), np.array([2019, 2030]), ["2019"], range(2018, 2020), {2019}]
)
def test_years_are_numbers_texts_or_several(tmp_path, year):
    made = collected(tmp_path, text_of(1, year=2019), text_of(2, year=2020))
    assert made.select(year=year).documents["file"].tolist() == ["0.txt"]


@pytest.mark.parametrize("year", ["last", 2019.5, [2019, None], "0) OR (1=1"])
def test_what_is_no_year_is_refused_in_a_sentence(tmp_path, year):
    made = collected(tmp_path, text_of(1, year=2019))
    with pytest.raises(pg.UnknownNameError, match="This is no year"):
        made.select(year=year)


def pairings(year, recipient="县财政局"):
    """A notice of counties of two provinces: the donors of 浙江 first."""
    rows = f"序号\t帮扶单位\t受帮扶单位\n1\t区财政局\t{recipient}\n2\t南浔镇\t红土镇\n"
    return f"南浔区·松潘县{year}年部门街镇结对帮扶表\n\n{rows}"


@pytest.mark.parametrize("province", ["浙江省", "四川省", "33", "51"])
def test_a_notice_of_two_provinces_is_found_under_either(tmp_path, province):
    made = collected(tmp_path, pairings(2020), text_of(1, year=2020))
    part = made.select(province=province)
    assert part.documents["file"].tolist() == ["0.txt"]
    assert {"南浔区财政局", "松潘县财政局"} <= set(part.units["unit"])
    assert made.select(province=province, year=2020, region="松潘县").documents["file"].tolist() == ["0.txt"]
    for wrong in ({"province": "江苏省"}, {"province": province, "year": 2021}):
        with pytest.raises(pg.UnknownNameError, match="No notice"):
            made.select(**wrong)
    assert len(made.select(province=[province, "重庆市"]).documents) == 2


def test_names_of_a_county_are_one_bodys_whatever_province_their_notices_are_kept_under(tmp_path):
    own = text_of(1, county="松潘县", year=2022).replace("县财政局", "县财政委")
    made = collected(tmp_path, pairings(2019), own)
    table = made.suggest_aliases(lang="en")
    assert set(made.tables["documents"].df()["document"]) == set(made.select(province="四川省").documents["document"])
    row = table.set_index(["region", "alias"]).loc[("松潘县", "县财政局")]
    assert (row["name"], row["years"]) == ("县财政委", "2019 → 2022")
    assert set(table["region"]) == {"松潘县"}
    assert not table.duplicated(["region", "alias"]).any()
