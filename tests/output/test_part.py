"""A part of a notice is called a part, wherever its numbers are shown."""

from __future__ import annotations

import io

import openpyxl
import pytest

import pairing_graph as pg
from pairing_graph.measures.results import Results, offered, on_request
from pairing_graph.output.html_report.compose import report_of
from pairing_graph.output.workbook import CONTENTS, workbook_bytes

PART = "area 产业协同方面, out of 28 tasks of 1 notice"
SENTENCES = {
    "zh": "只统计所选部分：事项“产业协同方面”；全部有任务 28 项、文件 1 份，结对表未删减。",
    "en": "Only a part is counted here: area 产业协同方面. In the whole: tasks 28, notices 1. Pairing tables are whole.",
}


@pytest.fixture(scope="module")
def part(kb):
    return kb.select(area="产业协同方面")


def test_every_measure_says_of_what_it_counted_a_part(kb, part):
    whole, found = Results(kb), Results(part)
    for name in offered():
        if name not in on_request():
            assert found[name].attrs.get("part") == PART, name
            assert "part" not in whole[name].attrs, name


def test_a_number_of_a_part_is_explained_and_cited_as_of_a_part(kb, part):
    region = kb.units["region"].iloc[0]
    assert pg.explain(part, "concentration", region, "total").choices["part"] == PART
    found = pg.explain(part, "congruence", "plain", "congruence")
    assert f"part={PART}" in pg.cite(part, found).text()
    assert f"part={PART}" in pg.cite(part, found).text("apa")
    assert "part" not in pg.explain(kb, "congruence", "plain", "congruence").choices


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_of_a_part_begins_with_it(kb, part, lang):
    assert report_of(Results(part, lang), lang).standfirst.text.startswith(SENTENCES[lang])
    assert SENTENCES[lang] not in report_of(Results(kb, lang), lang).standfirst.text


def test_the_contents_of_a_workbook_of_a_part_begin_with_it(part):
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(part)))
    contents = book[CONTENTS]
    assert contents["B2"].value == f"{SENTENCES['zh']} · {SENTENCES['en']}"
    linked = {row[0].value: row[0].hyperlink for row in contents.iter_rows(min_row=3) if row[2].value is not None}
    assert all(link.location.startswith(f"'{title}'!") for title, link in linked.items())


@pytest.mark.parametrize("criterion", ["document", "region", "unit", "role", "line"])
def test_every_criterion_has_words(kb, criterion):
    values = {"document": kb.documents["document"].iloc[0], "role": "lead"}
    unit = kb.units[(kb.units["line"] != "") & (kb.units["region"] != "")].iloc[0]
    name = values.get(criterion) or unit[criterion]
    selected = kb.select(**{criterion: name}).part
    shown = {"zh": "牵头", "en": "lead"} if criterion == "role" else {"zh": name, "en": name}
    assert all(shown[lang] in selected.said(lang) for lang in shown)
