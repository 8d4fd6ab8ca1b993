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
