"""The overview page: its numbers are those of the measures, names are data, nothing is fetched, one notice's page opens."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest
from tests.collection.conftest import text_of

import pairing_graph as pg
from pairing_graph.base.errors import Complaint
from pairing_graph.collection.overview import write as room
from pairing_graph.collection.overview.failures import by_reason, without_folders
from pairing_graph.collection.overview.model import overview_of
from pairing_graph.collection.overview.write import overview_html
from pairing_graph.page.write import NotShownError, page_html

HOSTILE = '<img src=x onerror="alert(1)">"</script>'


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    """Nine notices, one with a doubt and hostile words, and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(1, 10):
        text = text_of(number)
        if number == 5:
            text = text.replace("2\t培训", "4\t培训").replace("关于印发", f"关于印发{HOSTILE}")
        path = folder / "notices" / f"{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "notices" / "letter<b>.txt").write_text("今天没有表。\n", encoding="utf-8")
    made = pg.Collection(folder / "c")
    made.add(folder / "notices", workers=1)
    return made


@pytest.fixture(scope="module")
def overview(collection):
    return overview_of(collection.folder, collection, "en")


def test_totals_and_years_are_those_of_the_tables(collection, overview):
    kb = collection.select(year=[2021, 2022])
    for name in ("tasks", "assignments", "pairings"):
        assert overview.totals[name] == len(kb.tables[name]) == sum(row[name] for row in overview.years)
    named = kb.units[~kb.units["collective"]]
    assert (overview.totals["units"], overview.totals["regions"]) == (len(named), named["region"].nunique())
    assert {row["year"]: row["notices"] for row in overview.years} == {2021: 4, 2022: 5}
    assert all(row["clean"] + row["doubtful"] + row["lossy"] == row["notices"] for row in overview.years)
    doubtful = kb.unread.loc[kb.unread["severity"] != "info", "document"].nunique()
    assert sum(row["doubtful"] + row["lossy"] for row in overview.years) == doubtful


def test_regions_and_lines_are_those_of_the_measure(collection, overview):
    rows = pg.leading_lines(collection, by="region")["tasks"]
    cells = [
        (line, row, cell)
        for row in overview.heat.rows
        for line, cell in zip(overview.heat.lines, row.cells, strict=True)
        if cell.tasks
    ]
    assert {(line, row.region): cell.tasks for line, row, cell in cells} == rows.to_dict()
    lines = pg.leading_lines(collection)
    assert [name for name, *_ in overview.leaders] == lines.index[: len(overview.leaders)].tolist()
    assert [most for _, most, *_ in overview.leaders] == lines["leads_most"].head(len(overview.leaders)).tolist()
    assert overview.totals["tasked"] == lines.attrs["regions"]


def test_a_region_with_more_notices_is_not_darker_for_that(collection, overview):
    """Every county has three notices here, each of which gives a line as much."""
    kb = collection.select(year=[2021, 2022])
    notices = (
        kb.tasks.merge(kb.assignments, on="task").merge(kb.units, on="unit").groupby("region")["document"].nunique()
    )
    assert {row.region: row.notices for row in overview.heat.rows} == notices.to_dict()
    for row in overview.heat.rows:
        assert [cell.per_notice for cell in row.cells] == [cell.tasks / row.notices for cell in row.cells]


def test_doubts_are_those_of_the_queue_and_notices_follow_them(collection, overview):
    queue = collection.review()
    queue = queue[queue["document"] != ""]
    assert [row["address"] for row in overview.doubts] == queue["address"].tolist()
    assert overview.notices[0]["document"] == queue["document"].iloc[0]
    assert len(overview.notices) == 9
    assert [path.rpartition("/")[2] for path, _ in overview.failures] == ["letter<b>.txt"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_names_are_data(overview, lang):
    html = overview_html(overview, lang)
    assert "<img" not in html
    assert html.count("</script>") == 2, "the data and the script"
    assert "letter<b>" not in html
    assert not re.search(r"(?:src|href)=\"(?!#)", html), "nothing is fetched"


def test_the_bar_of_a_year_is_as_long_as_its_notices_are_many(overview):
    html = overview_html(overview, "en")
    bars = re.findall(r'<td class="bar" data-value="(\d+)">(.*?)</td>', html, re.S)
    lengths = {int(notices): sum(map(float, re.findall(r'width="([\d.]+)"', svg))) for notices, svg in bars}
    assert lengths[5] == pytest.approx(100)
    assert lengths[4] == pytest.approx(80)


def test_reasons_of_failures_are_in_the_language_of_the_page(overview):
    assert "没有找到任务表或结对表" in overview_html(overview, "zh")
    assert '<small lang="en">No table was found' in overview_html(overview, "zh")
    sentences = [("a", "The file is empty. Where: a."), ("b", "Something else."), ("c", "The file is empty. Where: c.")]
    assert [(one.reason, len(one.files)) for one in by_reason(sentences, "zh")] == [("文件为空", 2), ("其他原因", 1)]


def test_a_file_that_failed_is_named_with_its_folder_and_no_path_of_the_machine(tmp_path):
    for name in ("2021/a.txt", "2022/a.txt", "x/2022/b.docx", "y/2022/b.docx"):
        (tmp_path / "private" / "notices" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "private" / "notices" / name).write_text("今天没有表。\n" if name.endswith("txt") else "", "utf-8")
    (tmp_path / "private" / "notices" / "2021" / "1.txt").write_text(text_of(1), encoding="utf-8")
    made = pg.Collection(tmp_path / "c")
    made.add(tmp_path / "private" / "notices", workers=1)
    failures = overview_of(made.folder, made, "en").failures
    assert [path for path, _ in failures] == ["2021/a.txt", "2022/a.txt", "x/2022/b.docx", "y/2022/b.docx"]
    assert all(f"Where: {path}." in sentence for path, sentence in failures if path.endswith("docx"))
    text = pg.write_overview(made, tmp_path / "o.html", notices=0).read_text(encoding="utf-8")
    assert "private" not in text
    assert str(tmp_path) not in text


@pytest.mark.parametrize(
    ("path", "sentence", "named"),
    [
        (
            "../h/o'x/a.txt",
            '[Errno 13] Permission denied: "/h/o\'x/a.txt"',
            '[Errno 13] Permission denied: "o\'x/a.txt"',
        ),
        ("2022/my.docx", "Error at zip:/h/my.docx [in /h/me/other/x.xml]", "Error at zip:/h/my.docx [in x.xml]"),
        ("a b/c.txt", "Where: /home/me/a b/c.txt. Read it.", "Where: a b/c.txt. Read it."),
        ("2022/a.txt", "See https://example.org/a/b.", "See https://example.org/a/b."),
        ("..", "The folder failed.", "The folder failed."),
    ],
    ids=["quote", "another-file", "blank", "address", "no-name"],
)
def test_no_folder_of_the_machine_is_left_in_a_sentence(path, sentence, named):
    assert without_folders([(path, sentence)])[0][1] == named


def test_of_many_failures_it_says_how_many_are_listed(overview, monkeypatch):
    cut = replace(overview, totals={**overview.totals, "failures": 812})
    assert "Listed are 1 of 812" in overview_html(cut, "en")
    assert "此处列出 812 个中的 1 个" in overview_html(cut, "zh")
    assert "Listed are" not in overview_html(overview, "en")


def test_of_more_lines_than_are_shown_it_says_how_many_and_all_can_be_unfolded(overview):
    lines = tuple((f"line{number}", 9 - number // 3, 9, 30 - number) for number in range(23))
    html = overview_html(replace(overview, leaders=lines), "en")
    assert "8 of 23 lines" in html
    assert "23 个条线中的 8 个" in overview_html(replace(overview, leaders=lines), "zh")
    shown, folded = html.split("<details", 1)
    assert [f"line{number}<" in shown for number in range(23)] == [True] * 8 + [False] * 15
    assert all(f"line{number}<" in folded for number in range(8, 23))
    assert "of 8 lines" not in overview_html(replace(overview, leaders=lines[:8]), "en")


def test_one_of_a_kind_has_its_noun_in_the_singular(overview):
    one = replace(overview, leaders=(("line", 1, 1, 1),), totals={**overview.totals, "notices": 1})
    html = overview_html(one, "en")
    assert "<title>1 notice</title>" in html
    assert "1 task in 1 region<" in html
    assert "<b>1 region, " in html
    assert "共 1 项任务，涉及 1 个地区" in overview_html(one, "zh")


def test_pages_of_an_earlier_overview_with_more_of_them_are_removed(collection, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "IN_A_FILE", 1)
    file, folder = tmp_path / "o.html", tmp_path / "o_notices"
    pg.write_overview(collection, file, notices=4)
    (folder / "pages-09.html").write_text("<p>mine</p>", encoding="utf-8")
    copy = folder / "my copy.html"
    copy.write_bytes((folder / "pages-04.html").read_bytes())
    others = folder / "pages-10.html"
    others.write_text((folder / "pages-04.html").read_text("utf-8").replace("../o.html", "../p.html"), "utf-8")
    pg.write_overview(collection, file, notices=2)
    kept = ["my copy.html", "pages-09.html", "pages-10.html"]
    assert sorted(path.name for path in folder.iterdir()) == [*kept[:1], "pages-01.html", "pages-02.html", *kept[1:]]
    for name in kept:
        (folder / name).unlink()
    pg.write_overview(collection, file, notices=0)
    assert not folder.exists()


def test_pages_of_notices_share_a_file_and_a_number_names_each(collection, tmp_path):
    written = pg.write_overview(collection, tmp_path / "o.html", notices=3)
    (pages,) = (tmp_path / "o_notices").iterdir()
    links = re.findall(r'href="(o_notices/[^"]*)"', written.read_text(encoding="utf-8"))
    assert len(set(links)) == 3
    assert all(re.fullmatch(r"o_notices/pages-01\.html\?n=\d{6}", link) for link in links)
    text = pages.read_text(encoding="utf-8")
    assert text.count("vis-network") == render_of(collection).count("vis-network")
    assert 'href="../o.html"' in text
    assert "<img src=x" not in text


def render_of(collection) -> str:
    return page_html(collection.select(document=collection.select(year=2022).documents["document"].iloc[0]))


def test_of_many_pages_some_share_a_file(collection, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "IN_A_FILE", 2)
    pg.write_overview(collection, tmp_path / "o.html", notices=3)
    assert sorted(path.name for path in (tmp_path / "o_notices").iterdir()) == ["pages-01.html", "pages-02.html"]


@pytest.mark.parametrize("stem", ["a#b", "a?b c%20", "县"])
def test_links_lead_to_the_pages_and_back_whatever_the_name_of_the_overview(collection, tmp_path, stem):
    written = pg.write_overview(collection, tmp_path / f"{stem}.html", notices=1)
    links = re.findall(r"href=\"([^\"#][^\"]*)\"", written.read_text(encoding="utf-8"))
    pages = list(written.parent.glob("*_notices/*"))
    assert {unquote(urlsplit(link).path) for link in links} == {f"{stem}_notices/{page.name}" for page in pages}
    assert links
    back = re.findall(r'class="back" href="([^"]*)"', pages[0].read_text(encoding="utf-8"))
    assert [unquote(urlsplit(link).path) for link in back] == [f"../{stem}.html"]


def test_a_notice_that_no_page_can_show_has_none_and_other_errors_are_raised(collection, tmp_path, monkeypatch):
    def refuses(error):
        def data(*_, **__):
            raise error

        monkeypatch.setattr(room, "page_data", data)

    complaint = Complaint("Too large", "the graph")
    refuses(NotShownError(complaint))
    assert "o_notices/" not in pg.write_overview(collection, tmp_path / "o.html", notices=1).read_text(encoding="utf-8")
    refuses(pg.NoticeError(Complaint("This is larger than a page can show", "elsewhere")))
    with pytest.raises(pg.NoticeError, match="elsewhere"):
        pg.write_overview(collection, tmp_path / "o.html", notices=1)


def test_the_same_collection_gives_the_same_bytes(overview):
    assert overview_html(overview, "zh") == overview_html(overview, "zh")


def test_the_same_collection_gives_the_same_files(collection, tmp_path):
    for name in ("one", "other"):
        pg.write_overview(collection, tmp_path / name / "o.html", notices=2)
    files = [sorted(path for path in (tmp_path / name).rglob("*.html")) for name in ("one", "other")]
    assert len(files[0]) == 2
    assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]


def test_unknown_notices_and_too_many_pages_are_refused(collection, tmp_path, monkeypatch):
    with pytest.raises(pg.UnknownNameError, match="no such notice"):
        pg.write_overview(collection, tmp_path / "o.html", notices=["x"])
    monkeypatch.setattr(room, "MOST_PAGES", 2)
    with pytest.raises(pg.NoticeError, match="too many pages"):
        pg.write_overview(collection, tmp_path / "o.html", notices=3)
    assert not list(tmp_path.iterdir())


def test_no_notice_is_written_over(collection):
    notice = collection.folder.parent / "notices" / "1.txt"
    before = notice.read_bytes()
    with pytest.raises(pg.FileError, match="would overwrite"):
        pg.write_overview(collection, notice, notices=0)
    assert notice.read_bytes() == before


def test_show_gives_the_overview(collection):
    view = pg.show(collection, path=None, lang="en")
    assert "answers for most tasks" in view.html
    assert "sandbox" in view._repr_html_()


def test_show_writes_the_overview_alone(collection, tmp_path):
    view = pg.show(collection, path=tmp_path / "show.html")
    assert [path.name for path in tmp_path.iterdir()] == ["show.html"]
    assert (tmp_path / "show.html").read_text(encoding="utf-8") == view.html


def test_in_a_browser_it_fits_sorts_finds_and_leads_to_a_notice(collection, browser, tmp_path):
    file = pg.write_overview(collection, tmp_path / "o.html", notices=2)
    for width, scheme in ((1440, "light"), (390, "dark")):
        context = browser.new_context(offline=True, viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is (scheme == "dark")
        smallest = (
            "Math.min(...[...document.querySelectorAll('main *')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
        )
        assert page.evaluate(smallest) >= 12
        page.fill("#find", "城口县")
        assert page.locator("#list tbody tr:visible").count() == 3
        page.fill("#find", "")
        if width > 640:  # A phone has no heads to click: the rows are folded.
            page.locator("#list thead [role=button]").nth(3).click()
            assert page.locator("#list th").nth(3).get_attribute("aria-sort") == "descending"
        page.check("#all")
        assert page.locator("#heat td b:visible").count() > 0
        assert page.locator("#heat td i:visible").count() == 0
        link = page.locator("#list a").nth(1)
        title = link.inner_text()
        link.click()
        page.wait_for_load_state()
        assert "/o_notices/pages-01.html?n=" in page.url
        assert page.title() == title
        page.locator("a.back").click()
        page.wait_for_load_state()
        assert page.url == file.as_uri()
        assert said == []
        context.close()


def test_in_a_browser_all_notices_are_found_and_unfolded(collection, browser, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "MOST_NOTICES", 2)
    file = pg.write_overview(collection, tmp_path / "o.html", notices=0)
    page = browser.new_page(offline=True)
    page.goto(file.as_uri())
    assert page.locator("#list tbody tr").count() == 2
    page.fill("#find", "城口县")
    assert page.locator("#list tbody tr").count() == 3
    assert "3" in page.inner_text("#found")
    page.fill("#find", HOSTILE[:5])
    assert page.locator("#list tbody tr").count() == 1
    assert page.locator("#list img").count() == 0
    page.close()
