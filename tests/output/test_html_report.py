"""The report: every number is that of its measure, leads to its cells, and the page reads well whatever the notice holds."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from tests.measures.small import small
from tests.page.test_every_view import NOTICES, html_of

import pairing_graph as pg
from pairing_graph.base.errors import FileError
from pairing_graph.kb.frames import frame
from pairing_graph.measures.results import Results
from pairing_graph.output.html_report.compose import report_of
from pairing_graph.output.html_report.write import report_html

DONOR, RECIPIENT = "渝中区", "巫溪县"


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, kb):
    return report_of(Results(kb, request.param), request.param)


@pytest.fixture(scope="module")
def page(kb):
    return report_html(kb, "zh")


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """A notice of the page's tests, by its name."""

    def reads(name: str):
        file = tmp_path_factory.mktemp(name) / f"{name}.html"
        file.write_text(html_of(NOTICES[name]), encoding="utf-8")
        return pg.read_notice(file)

    return reads


def finding(report, key):
    return next(found for found in report.findings if found.key == key)


def values(sentence):
    return [number.value for number in sentence.numbers]


def test_the_numbers_of_the_2022_notice_are_those_counted_by_hand(report):
    load, pairs, meeting, coverage, targets = (
        finding(report, key) for key in ("load", "pairs", "meeting", "coverage", "targets")
    )
    assert values(load.title) == [7]
    assert values(load.sentences[0]) == pytest.approx([7, 5, 5.0])
    assert values(load.sentences[1]) == pytest.approx([7, 5, 13 / 3])
    assert sorted(values(pairs.title)) == [3, 6, 35]
    assert values(meeting.title) == [4]
    congruence = next(sentence for sentence in meeting.sentences if len(sentence.numbers) == 5)
    assert values(congruence) == pytest.approx([25, 15, 15 / 25, 39 / 61, 20 / 30])
    assert [row[0] for row in meeting.tables[0].rows] == ["县农业农村委", "县经济信息委", "区人力社保局", "区国资委"]
    assert values(coverage.title) == [32, 15]
    assert sorted(values(targets.title)) == [12, 19]
    assert {28, 16, 31, 35, 63, 19} >= set(values(report.standfirst)) >= {28, 31, 35, 19}


def test_a_gini_stands_beside_its_population(report):
    donor = next(s for s in finding(report, "load").sentences if 0.342 in [round(v, 3) for v in values(s)])
    assert [round(value, 3) for value in values(donor)][:4] == [16, 0.424, 14, 0.342] or sorted(
        round(value, 3) for value in values(donor)
    ) == sorted([16, 0.424, 14, 0.342, 31, 0.703])


def test_every_row_of_the_load_table_is_that_of_the_measure(kb, report):
    table = finding(report, "load").tables[0]
    loads = pg.workload(kb)
    loads = loads[loads["tasks"] > 0]
    names = kb.units.set_index("unit")["name"]
    assert [row[0] for row in table.rows] == [names[unit] for unit in loads.index]
    for place, column in enumerate(
        ("lead", "listed_first", "fractional", "areas", "pairings", "partners", "targets"), 2
    ):
        assert [row[place].value for row in table.rows] == pytest.approx(loads[column].astype(float).tolist()), column


def test_a_number_of_tasks_cites_as_many_cells(kb, report):
    table = finding(report, "load").tables[0]
    for row in table.rows:
        lead = row[2]
        assert len(lead.addresses) == lead.value
        cited = kb.assignments[kb.assignments["address"].isin(lead.addresses)]
        assert set(cited["role"]) == {"lead"}
        assert cited["unit"].nunique() == 1


class Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.styled = 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.styled += "style" in given
        target = given.get("href") or given.get("xlink:href") or ""
        self.targets += [target[1:]] if target.startswith("#") else []


def test_every_link_leads_somewhere_and_no_place_is_there_twice(page):
    parser = Ids()
    parser.feed(page)
    assert len(parser.ids) == len(set(parser.ids))
    assert len(parser.targets) > 300
    assert set(parser.targets) <= set(parser.ids)


def test_the_page_fetches_nothing_and_has_no_style_that_its_policy_forbids(page):
    parser = Ids()
    parser.feed(page)
    assert parser.styled == 0
    assert "default-src 'none'" in unescape(page)
    shown = re.sub(r"xmlns(:\w+)?=\"[^\"]+\"", "", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", shown)


def test_the_same_notice_gives_the_same_bytes(kb, page):
    assert report_html(kb, "zh") == page


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["tasks-only", "pairs-only", "one-region", "150-tasks"])
def test_a_notice_with_one_of_the_tables_has_no_empty_part(read, name, lang):
    kb = read(name)
    report = report_of(Results(kb, lang), lang)
    keys = [found.key for found in report.findings]
    assert ("load" in keys) == (len(kb.tasks) > 0)
    assert ("pairs" in keys) == (len(kb.pairings) > 0)
    for found in report.findings:
        assert found.title.text
        assert all(table.rows for table in found.tables)
        assert "NA" not in found.title.text
    assert report.headline.text
    page = report_html(kb, lang, sure=False)
    assert "{" not in re.sub(r"<style>.*?</style>|<script>.*?</script>", "", page, flags=re.S)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_knowledge_base_without_anything_says_so(lang):
    report = report_of(Results(pg.KnowledgeBase(), lang), lang)
    assert report.findings == ()
    assert report.headline.text
    assert report_html(pg.KnowledgeBase(), lang, sure=False)


def test_several_notices_are_one_report(root):
    files = [root / "data/raw/wuxi-yuzhong-2022.txt", root / "data/examples/invented-2023.txt"]
    kb = pg.read_notices(files)
    report = report_of(Results(kb, "zh"), "zh")
    assert len(report.notices) == len(report.citations) == 2
    page = report_html(kb, "zh", sure=False)
    assert page.count("<article id=") == 2


def test_names_and_texts_are_data(kb):
    units = kb.units.assign(
        name=kb.units["name"].where(kb.units["unit"] != "渝中区招商投资局", "<img src=x onerror=a>")
    )
    tasks = kb.tasks.assign(text="</script><b>")
    page = report_html(kb.replace(units=units, tasks=tasks), "zh", sure=False)
    assert "<img" not in page
    assert "&lt;img src=x onerror=a&gt;" in page


def test_the_notice_is_never_written_over(tmp_path, root):
    copy = tmp_path / "notice.txt"
    copy.write_bytes((root / "data/raw/wuxi-yuzhong-2022.txt").read_bytes())
    with pytest.raises(FileError, match="overwrite the notice"):
        pg.write_report(pg.read_notice(copy), copy)


def test_a_figure_that_is_too_tall_is_said_to_be_left_out(kb, report, monkeypatch):
    most = 1.0
    monkeypatch.setattr("pairing_graph.output.html_report.write._TALLEST", most)
    page = report_html(kb, report.lang, sure=False)
    tall = {
        found.key
        for found in report.findings
        if found.figure is not None and found.figure.body_height > most * found.figure.width
    }
    assert "pairs" in tall
    for key, plot in (("load", "plot_workload"), ("pairs", "plot_pairings"), ("meeting", "plot_coordination")):
        part = page.split(f'<section class="finding" id="{key}">')[1].split("</section>")[0]
        assert (f"pg.{plot}(kb)" in part) == (key in tall)
        assert ("<figure>" in part) == (key not in tall)


def test_no_figure_is_missed_where_there_is_nothing_to_draw(read):
    assert "pg.plot_" not in report_html(read("tasks-only"), "en", sure=False)


def test_what_is_in_doubt_is_listed_with_its_place(tmp_path):
    lines = [*NOTICES["tasks-only"], "备注：第三项任务由县人大办负责督促落实。"]
    (tmp_path / "notice.html").write_text(html_of(lines), encoding="utf-8")
    kb = pg.read_notice(tmp_path / "notice.html")
    grave = kb.unread[kb.unread["severity"] != "info"]
    report = report_of(Results(kb, "zh"), "zh")
    assert [(doubt.severity, doubt.address) for doubt in report.reading.doubts] == list(
        zip(grave["severity"], grave["address"], strict=True)
    )


def test_a_load_that_is_split_cites_every_task_that_the_unit_answers_for():
    """Two tasks, one as lead and one, which has no lead, as responsible unit: 2 tasks, 2 cells."""
    kb = small([{"lead": ["甲区商务局"]}, {"responsible": ["甲区商务局"]}])
    for lang in ("zh", "en"):
        sentence = finding(report_of(Results(kb, lang), lang, sure=False), "load").sentences[0]
        split = sentence.numbers[2]
        assert split.value == 2.0
        assert split.addresses == ("d!t1r2c3.1", "d!t1r3c3.1")
        assert not {"牵头", "lead"} & set(re.findall(r"牵头|lead", split.what))


def test_a_doubt_leads_only_to_text_that_is_on_the_page(kb):
    row = kb.unread.iloc[0].to_dict() | {"severity": "doubt"}
    placed, unplaced = (
        replace(kb, unread=frame("unread", [row | {"address": address}]))
        for address in (kb.tasks["address"].iloc[0], "")
    )
    for doubtful, links in ((placed, 1), (pg.to_knowledge_base(pg.build_graph(placed)), 0), (unplaced, 0)):
        html = report_html(doubtful, "zh", sure=False)
        part = html.split('<ul class="doubts">')[1].split("</ul>")[0]
        assert (part.count("<li>"), part.count("<a ")) == (1, links)
        parser = Ids()
        parser.feed(html)
        assert set(parser.targets) <= set(parser.ids)
