"""On paper: a page for every question, with headline, legend and source; nothing cut, nothing that is too small to read."""

from __future__ import annotations

import pdfplumber
import pytest
from tests.page.test_every_view import NOTICES, html_of

from pairing_graph.page import write_page
from pairing_graph.reading.notices import read_notice

LEAST_POINTS = 7.0
A4 = (595, 842)
SECTIONS = """(() => { dispatchEvent(new Event('beforeprint'));
    const sheets = [...document.querySelectorAll('#print-view .sheet > svg')].map(sheet => sheet.getAttribute('aria-label'));
    dispatchEvent(new Event('afterprint')); return sheets; })()"""
PICTURE = """(() => { const picture = document.createElement('div');
    picture.innerHTML = pairingGraph.picture.svgText().replace(/<\\?xml[^>]*>/, '');
    return [picture.innerText, picture.querySelectorAll('button, [role=button], [tabindex], .on-screen').length]; })()"""


def printed(reader, folder):
    """The pages as [width, height, text without blanks, the smallest letter, how far letters keep from the edges]."""
    file = folder / "page.pdf"
    reader.page.emulate_media(media="print")
    reader.page.pdf(path=file, print_background=True, prefer_css_page_size=True)
    reader.page.emulate_media(media="screen")
    pages = []
    with pdfplumber.open(file) as paper:
        for page in paper.pages:
            letters = [letter for letter in page.chars if letter["text"].strip()]
            text = "".join((page.extract_text() or "").split())
            edge = min(min(c["x0"], c["top"], page.width - c["x1"], page.height - c["bottom"]) for c in letters)
            pages.append((round(page.width), round(page.height), text, min(c["size"] for c in letters), edge))
    return pages


def opened(open_page, tmp_path, name):
    (tmp_path / "notice.html").write_text(html_of(NOTICES[name]), encoding="utf-8")
    return open_page(write_page(read_notice(tmp_path / "notice.html"), tmp_path / "graph.html"))


def bare(text: str) -> str:
    return "".join(text.split())


def check(reader, pages) -> None:
    legend_words = [
        bare(text) for text in reader.js("[...document.querySelectorAll('.legend-name')].map(name => name.textContent)")
    ]
    source = bare(reader.js("document.getElementById('source-note').textContent"))
    for (width, height, text, least, edge), headline in zip(pages, reader.js(SECTIONS), strict=True):
        assert sorted((width, height)) == list(A4)
        assert bare(headline) in text
        assert any(word in text for word in legend_words)
        assert source in text
        assert least >= LEAST_POINTS - 0.05
        assert edge > 20


def test_the_2022_notice_takes_a_page_per_question(open_page, answers_file, tmp_path):
    reader = open_page(answers_file)
    pages = printed(reader, tmp_path)
    check(reader, pages)
    headlines = reader.js(SECTIONS)
    assert len(headlines) == len(pages)
    # The matrix alone takes a sheet for each region: with its heads it is higher than one.
    assert [place for place, (_, _, text, _, _) in enumerate(pages) if "1/2" in text or "2/2" in text] == [3, 4]
    assert len(pages) == 6
    names = [name for name in ("load", "pairs", "gaps") if reader.js(f"!pairingGraph.page.views.{name}.missing()")]
    assert headlines[: len(names)] == [
        reader.js(f"pairingGraph.page.heading.finding(pairingGraph.page.views.{name})") for name in names
    ]


@pytest.mark.parametrize("name", ["150-tasks", "tasks-only", "pairs-only"])
def test_a_long_list_goes_on_pages_and_nothing_is_tiny_or_cut(open_page, tmp_path, name):
    reader = opened(open_page, tmp_path, name)
    pages = printed(reader, tmp_path)
    check(reader, pages)
    if name == "150-tasks":
        assert any(text.endswith("1/3") or "1/3" in text for _, _, text, _, _ in pages)


def test_rows_are_whole_on_every_page(open_page, tmp_path):
    reader = opened(open_page, tmp_path, "150-tasks")
    cut = reader.js("""(() => { dispatchEvent(new Event('beforeprint'));
        const faults = [...document.querySelectorAll('#print-view .sheet > svg > svg')].flatMap(part => {
            const [, from, , high] = part.getAttribute('viewBox').split(' ').map(Number);
            return [...part.querySelectorAll('text')].filter(text => {
                const [middle, half] = [Number(text.getAttribute('y')), Number(text.getAttribute('font-size')) / 2];
                return [from, from + high].some(edge => edge > middle - 2 * half + 1 && edge < middle - 1);
            }).map(text => text.textContent);
        });
        dispatchEvent(new Event('afterprint')); return faults; })()""")
    assert cut == []


@pytest.mark.parametrize("name", ["load", "pairs", "gaps", "network"])
def test_a_picture_has_headline_legend_and_source_and_no_buttons(open_page, answers_file, name):
    reader = open_page(answers_file, f"tab={name}")
    text, buttons = reader.js(PICTURE)
    assert buttons == 0
    assert bare(reader.page.inner_text("#finding")) in bare(text)
    assert bare(reader.js("document.getElementById('source-note').textContent")) in bare(text)
    kinds = reader.js(
        "[...document.querySelectorAll('.legend-row[aria-pressed=true] .legend-name')].map(row => row.textContent)"
    )
    assert [kind for kind in kinds if bare(kind) not in bare(text)] == []
