"""The page of a reading: every cell once, shaded by what it went to, safe whatever the notice holds."""

from __future__ import annotations

import json
import re

import pytest
from lxml import html

import pairing_graph as pg
from pairing_graph.page.reading_view import reading_html, show_reading, write_reading

TABLE = "\t序号\n\t工作任务\n\t牵头单位\n\n\t1\n\t{words}\n\t县教委\n\n\t2\n\t办好学校\n\t县财政局\n"


@pytest.fixture(scope="module")
def page(kb):
    """What a browser without scripts shows; what it draws with them is tested in `test_source`."""
    return html.document_fromstring(reading_html(kb))


def test_every_cell_and_line_is_shown_once_with_its_address(kb, page):
    document = next(iter(kb.sources.values())).document
    shown = [element.get("data-address") for element in page.xpath("//*[@data-address]")]
    cells = sum(len(grid.cells) for grid in document.grids)
    assert len(shown) == len(set(shown)) == cells + len(document.paragraphs)
    texts = {element.get("data-address"): element.text_content() for element in page.xpath("//*[@data-address]")}
    for address, text, _ in document.pieces(kb.documents["document"].item()):
        assert texts[str(address)] == text


def test_a_cell_is_shaded_by_the_table_that_it_went_to(kb, page):
    name = kb.documents["document"].item()
    classes = {
        element.get("data-address"): element.get("class").split() for element in page.xpath("//*[@data-address]")
    }
    assert classes[f"{name}!t1r1c1"] == ["piece", "header"]
    assert classes[f"{name}!t1r2c2"] == ["piece", "tasks"]
    assert classes[f"{name}!t1r2c3"] == ["piece", "assignments"]
    assert classes[f"{name}!t1r3c3"] == ["piece", "blank", "mark-inherited"]
    assert classes[f"{name}!t2r2c2"] == ["piece", "pairings"]
    assert "info" in classes[f"{name}!p15"]


def test_the_legend_counts_what_is_shaded(page):
    for entry in page.xpath("//ul[@class='shades']/li"):
        kind = entry.xpath("./span/@class")[0].split()[-1]
        count = len(page.xpath(f"//*[@data-address and contains(concat(' ', @class, ' '), ' {kind} ')]"))
        assert int(entry.xpath("./b")[0].text_content()) == count
    assert not page.xpath("//li/span[contains(@class, 'lost')]")


def test_the_address_and_the_reason_show_when_one_points_at_a_cell(open_page, page_file, kb, tmp_path):
    reader = open_page(page_file)
    reader.page.goto(write_reading(kb, tmp_path / "reading.html").as_uri())
    prose = reader.page.locator(f'[data-address="{kb.documents["document"].item()}!p15"]')
    prose.hover()
    assert prose.get_attribute("title").startswith(f"{kb.documents['document'].item()}!p15\n")
    assert "表格以外的正文" in prose.get_attribute("title")


def test_merged_cells_are_merged_on_the_page(tmp_path):
    from tests.rendering import table, to_docx

    file = tmp_path / "a.docx"
    rows = [["序号", "工作任务", "牵头单位"], ["1", "甲", "县教委"], ["2", "乙", "^"]]
    file.write_bytes(to_docx([table(*rows)]))
    page = html.document_fromstring(reading_html(file))
    (cell,) = page.xpath("//td[@rowspan]")
    assert (cell.get("rowspan"), cell.text_content()) == ("2", "县教委")


def test_words_of_a_notice_are_no_markup(tmp_path):
    hostile = '</style><script>alert("1")</script><img src=x onerror=alert(1)></noscript> {{ 7*7 }} “\'>'
    file = tmp_path / "a.txt"
    file.write_text(TABLE.format(words=hostile), encoding="utf-8")
    text = reading_html(file)
    page = html.document_fromstring(text)
    assert not page.xpath("//img | //link | //*[@onerror]")
    assert len(page.xpath("//script")) == 2
    assert hostile in {element.text_content() for element in page.xpath("//td")}
    data = json.loads(page.xpath("//script[@type='application/json']")[0].text)
    assert hostile in data["source"]["documents"][0]["texts"]
    policy = page.xpath("//meta[@http-equiv]/@content")[0]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    outside = re.findall(r"https?://[^\"' ]+", text)
    assert set(outside) <= {"http://www.w3.org/2000/svg"}


def test_a_notice_that_is_not_understood_is_shown_with_what_is_said_against_it(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("没有表格的文字\n第二行\n", encoding="utf-8")
    page = html.document_fromstring(reading_html(file, lang="en"))
    assert "No table was found" in page.xpath("//*[@role='alert']")[0].text_content()
    assert [element.get("class") for element in page.xpath("//*[@data-address]")] == ["piece line loss"] * 2


def test_corrections_that_fail_are_shown_with_the_notice(notice, tmp_path):
    file = tmp_path / "c.csv"
    file.write_text("address,column,value,reason\na!t1r1c1,text,x,y\n", encoding="utf-8")
    assert "another document" in reading_html(notice, corrections=file)


def test_the_same_reading_gives_the_same_page(kb, notice, tmp_path):
    first, second = (
        write_reading(source, tmp_path / f"{n}.html").read_bytes() for n, source in enumerate((kb, notice))
    )
    assert first == second


def test_the_notebook_gets_a_frame_and_where_it_is_not_trusted_the_text(kb):
    shown = show_reading(kb)._repr_html_()
    frame, _, instead = shown.partition("</iframe>")
    assert 'sandbox="allow-scripts"' in frame
    assert "srcdoc" in frame
    assert "县国资监管中心" in instead
    assert "<script" not in instead
    assert "<style" not in instead


def test_a_knowledge_base_without_its_documents_is_refused(graph):
    with pytest.raises(pg.NoticeError, match="does not hold the documents"):
        show_reading(pg.to_knowledge_base(graph))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_languages(kb, lang):
    words = {"zh": "任务单位", "en": "units of a task"}
    assert words[lang] in reading_html(kb, lang=lang)
