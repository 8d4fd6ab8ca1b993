"""Notices in traditional characters: read in simplified ones, cited in their own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import pairing_graph as pg
from pairing_graph.base.script import is_traditional, to_simplified
from pairing_graph.kb.document import Document, Grid, Paragraph
from pairing_graph.kb.script import in_written_signs, simplified
from pairing_graph.readers import read_document
from pairing_graph.reading.extraction import extract
from pairing_graph.reading.options import Options

DATA = Path(__file__).parents[1] / "data" / "notices"
TEXTS = sorted((DATA / "text").glob("*/*/notice.txt"))
NOTICE = DATA / "traditional" / "notice.txt"


def read(file: Path) -> pg.KnowledgeBase:
    document = read_document(file)
    plain = simplified(document)
    return in_written_signs(extract(plain, Options()), document, plain)


def test_names_are_simplified_and_words_cited_as_written():
    kb = read(NOTICE)
    assert next(iter(kb.tasks["text"])) == "實施農村公路養護工程60公里，年底前完成。"
    assert list(kb.assignments["as_written"]) == ["縣交通局", "縣財政局", "縣農業農村委", "各鄉鎮"]
    assert list(kb.units["name"]) == ["县交通局", "县财政局", "县农业农村委", "各乡镇"]
    assert list(kb.targets["quantity_unit"]) == ["公里", "个"]
    assert list(kb.targets["as_written"])[1] == "3個以上"
    source = next(iter(kb.sources.values())).document
    assert "實施農村公路養護工程" in "".join(text for _, text, _ in source.pieces("x"))


def test_a_recovered_table_keeps_its_signs():
    lines = [
        "| 序號 | 工作任務 | 牽頭單位 |",
        "| 1 | 辦好學校，改善農村辦學條件。 | 縣教委 |",
        "| 2 | 開展鄉鎮綜合執法檢查。 | 縣應急局 |",
        "| 3 | 修築鄉村道路。 | 縣交通局 |",
    ]
    document = Document("a", "a.txt", "", tuple(Paragraph(n, line) for n, line in enumerate(lines, 1)))
    plain = simplified(document)
    kb = in_written_signs(extract(plain, Options()), document, plain)
    (grid,) = next(iter(kb.sources.values())).document.grids
    assert isinstance(grid, Grid)
    assert grid.row_texts(1)[-3:] == ["序號", "工作任務", "牽頭單位"]
    assert set(kb.units["name"]) == {"县教委", "县应急局", "县交通局"}


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: "-".join(file.parts[-3:-1]))
def test_a_simplified_notice_is_left_alone(file):
    document = read_document(file)
    assert simplified(document) is document


def test_every_text_stays_as_long_as_it_was():
    texts = ["乾縣人民政府", "乾燥後的麵粉", "瞭望臺", "著作權", "髮型", "頭髮", "裏程", "\n\t縣 局"]
    assert [len(text) for text in to_simplified(texts)] == [len(text) for text in texts]
    assert to_simplified(texts)[0] == "乾县人民政府"
    assert to_simplified(["縣" * 150_000, "局" * 60_000])[0] == "县" * 150_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [("縣財政局", False), ("縣" * 20, True), ("縣" * 20 + "县" * 6, False), ("東" * 12 + "人民" * 200, False), ("", False)],
    ids=["few", "many", "mixed", "a-quotation", "nothing"],
)  # fmt: skip
def test_a_few_signs_do_not_make_a_traditional_text(text, expected):
    assert is_traditional(text) is expected


def test_without_opencc_a_traditional_notice_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "opencc", None)
    with pytest.raises(pg.MissingExtraError, match=r"notice.txt.*pairing-graph\[traditional\]"):
        simplified(read_document(NOTICE))
    plain = read_document(TEXTS[0])
    assert simplified(plain) is plain
