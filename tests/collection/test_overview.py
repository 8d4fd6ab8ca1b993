"""The overview page: its numbers are those of the measures, names are data, nothing is fetched, one notice's page opens."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from tests.collection.conftest import text_of

import pairing_graph as pg
from pairing_graph.base.errors import Complaint
from pairing_graph.collection.overview import write as room
from pairing_graph.collection.overview import write as write_room
from pairing_graph.collection.overview.model import overview_of
from pairing_graph.collection.overview.write import overview_html
from pairing_graph.page.write import NotShownError

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
    shown = {
        (line, region): number
        for region, cells in overview.heat.rows
        for line, (number, shade) in zip(overview.heat.lines, cells, strict=True)
        if number
    }
    assert shown == rows.to_dict()
    assert overview.leader is not None
    assert overview.leader[0] == pg.leading_lines(collection).index[0]


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
    assert html.count("</script>") == 1
    assert "letter<b>" not in html
    assert not re.search(r"(?:src|href)=\"(?!#)", html), "nothing is fetched"


def test_a_page_for_a_notice_stands_beside_and_its_name_is_a_number(collection, tmp_path):
    written = pg.write_overview(collection, tmp_path / "o.html", notices=1)
    pages = [path.name for path in (tmp_path / "o_notices").iterdir()]
    assert len(pages) == 1
    assert re.fullmatch(r"notice-\d{6}\.html", pages[0])
    assert f'href="o_notices/{pages[0]}"' in written.read_text(encoding="utf-8")


@pytest.mark.parametrize("stem", ["a#b", "a?b c%20", "县"])
def test_links_lead_to_the_pages_whatever_the_name_of_the_overview(collection, tmp_path, stem):
    written = pg.write_overview(collection, tmp_path / f"{stem}.html", notices=1)
    links = re.findall(r"href=\"([^\"#][^\"]*)\"", written.read_text(encoding="utf-8"))
    assert {unquote(urlsplit(link).path) for link in links} == {
        f"{stem}_notices/{page.name}" for page in written.parent.glob("*_notices/*")
    }
    assert links


def test_a_notice_that_no_page_can_show_has_none_and_other_errors_are_raised(collection, tmp_path, monkeypatch):
    def refuses(error):
        def write(*_, **__):
            raise error

        monkeypatch.setattr(write_room, "write_page", write)

    complaint = Complaint("Too large", "the graph")
    refuses(NotShownError(complaint))
    assert "o_notices/" not in pg.write_overview(collection, tmp_path / "o.html", notices=1).read_text(encoding="utf-8")
    refuses(pg.NoticeError(Complaint("This is larger than a page can show", "elsewhere")))
    with pytest.raises(pg.NoticeError, match="elsewhere"):
        pg.write_overview(collection, tmp_path / "o.html", notices=1)


def test_the_same_collection_gives_the_same_bytes(overview):
    assert overview_html(overview, "zh") == overview_html(overview, "zh")


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


def test_in_a_browser_it_fits_sorts_finds_and_leads_to_a_notice(collection, browser, tmp_path):
    file = pg.write_overview(collection, tmp_path / "o.html", notices=1)
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
        page.locator("#list thead [role=button]").nth(3).click()
        assert page.locator("#list th").nth(3).get_attribute("aria-sort") == "descending"
        assert said == []
        page.locator("#list a").first.click()
        page.wait_for_load_state()
        assert "/o_notices/notice-" in page.url
        context.close()
