"""The built site holds together: every link leads somewhere, every page has its twin, nothing is fetched."""

from __future__ import annotations

import re

import pairing_graph as pg

from .conftest import LANGUAGES, page, pages, target

ADDRESS = re.compile(r"https?://[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(/[^\s<>\"]*)?$")


def test_every_link_within_leads_to_a_page_and_a_place_in_it(site):
    broken = []
    for path in pages(site):
        for link in page(path).links:
            if re.match(r"[a-z]+:", link):
                continue
            file, place = target(path, link)
            if not file.exists() or (place and file.suffix == ".html" and place not in page(file).ids):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert not broken


def test_links_to_elsewhere_have_the_form_of_an_address(site):
    found = {link for path in pages(site) for link in page(path).links if re.match(r"[a-z]+:", link)}
    assert {link for link in found if not ADDRESS.match(link)} == set()


def test_nothing_that_a_page_loads_comes_from_elsewhere_or_is_missing(site):
    for path in pages(site):
        for link in page(path).loads:
            assert not re.match(r"(https?:)?//", link), f"{path}: {link}"
            assert link.startswith("data:") or target(path, link)[0].exists(), f"{path}: {link}"


def test_no_style_of_ours_or_of_the_theme_fetches(site):
    for path in site.rglob("*.css"):
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", path.read_text(encoding="utf-8")), path


def test_every_page_has_its_twin_in_the_other_language_and_leads_to_it(site):
    names = {language: {path.relative_to(site / language) for path in pages(site / language)} for language in LANGUAGES}
    assert names["zh"] == names["en"]
    for language, other in (("zh", "en"), ("en", "zh")):
        for name in names[language]:
            path = site / language / name
            assert (site / other / name).resolve() in {target(path, link)[0] for link in page(path).links}, path


def test_pages_say_in_which_language_they_are(site):
    for language, tag in (("zh", "zh-CN"), ("en", "en")):
        assert {page(path).language for path in pages(site / language)} == {tag}


def test_every_public_name_is_explained(site):
    ids = {name for path in pages(site / "en" / "reference") for name in page(path).ids}
    assert {name for name in pg.__all__ if name != "__version__" and f"pairing_graph.{name}" not in ids} == set()


def test_tutorials_have_their_figures(site):
    for language in LANGUAGES:
        text = (site / language / "tutorials" / "02-workload.html").read_text(encoding="utf-8")
        assert text.count('class="output image_png"') >= 2 or text.count("_images/") >= 2
        assert "区招商投资局" in text


def test_a_line_break_in_chinese_text_is_no_blank(site):
    broken = re.compile(r"[\u3001-\u3011\uff01-\uff1f\u4e00-\u9fff]\n(?=[\u4e00-\u9fff])")
    for path in pages(site / "zh" / "howto"):
        paragraphs = re.findall(r"<p>.*?</p>", path.read_text(encoding="utf-8"), re.DOTALL)
        assert not [text for text in paragraphs if broken.search(text)], path
