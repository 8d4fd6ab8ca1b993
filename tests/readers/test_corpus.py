"""The documents of the corpus, format by format, against the answers that were made by hand."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from tests.ledger import claimed_without_a_row, unaccounted

import pairing_graph as pg
from pairing_graph.readers.doc import office_program

CORPUS = Path(__file__).parents[1] / "data" / "notices"
FORMATS = ("docx", "xlsx", "html", "pdf", "ofd", "doc")
DOCUMENTS = sorted(
    file for name in FORMATS for file in (CORPUS / name).iterdir() if file.suffix != ".csv" and "2022" not in file.name
)
THE_2022_NOTICE = [CORPUS / name / f"wuxi-yuzhong-2022.{name}" for name in ("docx", "xlsx", "html", "pdf", "ofd")]
SAME = ("units", "tasks", "assignments", "pairings", "targets")


def label(file: Path) -> str:
    return f"{file.parent.name}-{file.stem}"


@cache
def read(file: Path) -> pg.KnowledgeBase:
    if file.parent.name == "doc" and not office_program():
        pytest.skip("LibreOffice is not installed")
    return pg.read_notice(file)


def rows(kb: pg.KnowledgeBase) -> set[tuple[str, str, str, str]]:
    """What a knowledge base says, in the form of the answers."""
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    numbers = dict(zip(kb.tasks["task"], kb.tasks["number"].astype(str), strict=True))
    found = {("task", str(row.number), row.area, row.deadline) for row in kb.tasks.itertuples()}
    found |= {("assignment", numbers[row.task], names[row.unit], row.role) for row in kb.assignments.itertuples()}
    found |= {("pairing", str(r.number), names[r.donor], names[r.recipient]) for r in kb.pairings.itertuples()}
    quantities = kb.targets.itertuples()
    return found | {("target", numbers[r.task], f"{r.comparator}{r.value:g}", r.quantity_unit) for r in quantities}


def answers(file: Path) -> set[tuple[str, ...]]:
    with file.with_suffix(".csv").open(encoding="utf-8", newline="") as lines:
        return {tuple(row) for row in list(csv.reader(lines))[1:]}


@pytest.mark.parametrize("file", DOCUMENTS, ids=label)
def test_a_document_is_read_as_by_hand(file):
    assert rows(read(file)) == answers(file)


@pytest.mark.parametrize("file", THE_2022_NOTICE, ids=label)
def test_the_2022_notice_is_the_same_in_every_format(file, kb, expected):
    other = read(file)
    for table in SAME:
        assert other.tables[table].equals(kb.tables[table]), table
    assert rows(other) >= {
        ("assignment", row.task, row.name, row.role) for row in expected("assignments").itertuples(index=False)
    }
    assert len(other.assignments) == len(expected("assignments"))
    assert list(other.documents["date"]) == list(kb.documents["date"])


@pytest.mark.parametrize("file", [*DOCUMENTS, *THE_2022_NOTICE], ids=label)
def test_the_ledger_holds(file):
    found = read(file)
    assert list(unaccounted(found)) == []
    assert list(claimed_without_a_row(found)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_two_documents_at_least(name):
    assert len([file for file in (CORPUS / name).iterdir() if file.suffix != ".csv"]) >= 2


def test_a_table_over_pages_is_one_and_its_split_rows_are_whole():
    found = read(CORPUS / "pdf" / "long.pdf")
    source = found.sources["long"].document
    assert len(source.grids) == 1
    assert max(cell.place.page for cell in source.grids[0].cells) > 3
    reasons = Counter(note.reason for note in source.notes)
    assert (
        reasons["header_repeated"] == reasons["boilerplate"] - 1
    )  # a page number on every page, a heading but on the first
    assert reasons["row_joined"] >= 3
    assert all(text.endswith(f"年内完成{number}个项目。") for number, text in enumerate(found.tasks["text"], 1))


def test_what_word_hides_or_deletes_is_reported_and_not_read():
    found = read(CORPUS / "docx" / "livelihood.docx")
    reported = set(zip(found.unread["reason"], found.unread["text"], strict=True))
    assert reported >= {
        ("text_box", "特急"), ("deleted_text", "请于三日内上报。"), ("hidden_text", "（内部掌握）"),
        ("boilerplate", "内部资料"), ("boilerplate", "— 1 —"),
    }  # fmt: skip
    assert not found.tasks["text"].str.contains("内部掌握").any()


def test_a_page_keeps_its_words_and_sets_its_boilerplate_aside():
    found = read(CORPUS / "html" / "livelihood.html")
    boilerplate = " ".join(found.unread.loc[found.unread["reason"] == "boilerplate", "text"])
    assert "首页" in boilerplate
    assert "微信" in boilerplate
    assert "网站标识码" in boilerplate
    texts = [text for _, text, _ in next(iter(found.sources.values())).document.pieces("x")]
    assert "现将垚鎔㐂任务分解表印发给你们，请抓好落实。" in texts
    assert not any("document.write" in text for text in texts)


def test_hidden_sheets_and_rows_are_reported():
    first, second = (read(CORPUS / "xlsx" / f"{name}.xlsx") for name in ("livelihood", "helping"))
    assert ("hidden_sheet", "草稿: 6") in set(zip(first.unread["reason"], first.unread["text"], strict=True))
    assert "尚未确定" not in set(first.tasks["text"])
    assert ("hidden_rows", "Sheet1: 8") in set(zip(second.unread["reason"], second.unread["text"], strict=True))


def test_a_page_printed_by_a_browser_says_the_same(kb):
    """Double borders, and merged cells that a page leaves open below."""
    other = read(CORPUS / "pdf" / "wuxi-yuzhong-2022-printed.pdf")
    places = ["address", "inherited_from"]
    for table in SAME:
        found, wanted = (base.tables[table].drop(columns=places, errors="ignore") for base in (other, kb))
        assert found.equals(wanted), table
    assert list(unaccounted(other)) == []
