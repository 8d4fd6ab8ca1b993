"""The search finds Chinese words in files on the disk, by the same rule in the index and in the browser."""

from __future__ import annotations

import time
from urllib.parse import quote

import pytest

QUERIES = {
    "招商": "howto/who-carries-most",
    "结对帮扶": "reading/what-is-understood",
    "牵头": "howto/who-carries-most",
    "任务分解表": "howto/congruence",
    "吻合度": "howto/congruence",
    "缺口": "howto/who-lacks-a-counterpart",
    "合并单元格": "reading/what-is-understood",
    "更正": "howto/correct-a-reading",
    "面板数据": "howto/panel",
    "镇": "reference/columns",
    "机构合并": "howto/what-if",
    "行政区划代码": "howto/panel",
    "congruence 吻合": "reference/measures",
}
WAIT = 10
"""Seconds; an answer takes less than one."""


def found(reader, site, query: str, language: str = "zh") -> list[str]:
    reader.goto((site / language / "search.html").as_uri() + f"?q={quote(query)}")
    end = time.monotonic() + WAIT
    while not reader.evaluate(
        "Boolean(document.querySelector('#search-results .search-summary, #search-results p')?.innerText.match(/\\d|not match|没有/))"
    ):
        assert time.monotonic() < end, query
        time.sleep(0.05)
    time.sleep(0.1)
    links = "[...document.querySelectorAll('#search-results li a')].map(link => link.getAttribute('href'))"
    return reader.evaluate(links)


@pytest.mark.parametrize("query", QUERIES)
def test_a_chinese_query_finds_its_page(reader, site, query):
    links = found(reader, site, query)
    assert any(QUERIES[query] in link for link in links), links
    assert not reader.complaints


def test_an_english_query_finds_its_page(reader, site):
    assert any("howto/correct-a-reading" in link for link in found(reader, site, "corrections", "en"))
    assert any("reading/what-is-understood" in link for link in found(reader, site, "任务分解表", "en"))


def test_words_that_no_page_has_are_not_found(reader, site):
    assert found(reader, site, "航天飞机") == []


def test_the_index_and_the_browser_split_alike(reader, site):
    han_search = pytest.importorskip("sphinx.search.en") and _class()
    reader.goto((site / "zh" / "index.html").as_uri())
    for text in ("结对帮扶", "2022年渝中区", "kb.tasks 任务", "镇", "“一对一”", "GB/T 7714"):
        terms = {term for term in han_search.split(text) if len(term) > 1 or len(text) == 1}
        assert set(reader.evaluate("text => splitQuery(text)", text)) <= terms | set(text), text


def _class():
    import importlib.util
    from pathlib import Path

    path = Path(__file__).parents[2] / "docs" / "extensions" / "han_search.py"
    spec = importlib.util.spec_from_file_location("han_search", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.HanSearch({})
