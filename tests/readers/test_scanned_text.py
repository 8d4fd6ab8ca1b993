"""Text from scans: blanks between all characters, full-width digits."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rendering import table, to_docx, to_xlsx

import pairing_graph as pg
from pairing_graph.readers import read_document

TEXTS = sorted((Path(__file__).parents[1] / "data" / "notices" / "text").glob("*_*/*/notice.txt"))
BRACKETS = [
    file for file in TEXTS if file.parts[-3] in ("inline_brackets", "label_lines", "role_sentences", "pair_list")
]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
FACTS = {
    "tasks": ["number", "text", "deadline"], "assignments": ["task", "unit", "role"],
    "pairings": ["donor", "recipient"], "targets": ["task", "comparator", "value", "quantity_unit"],
}  # fmt: skip


def facts(kb: pg.KnowledgeBase) -> dict[str, list[tuple[str, ...]]]:
    def plain(value) -> str:
        return str(value).translate(
            {ord(wide): narrow for narrow, wide in zip("0123456789", "０１２３４５６７８９", strict=True)}
        )

    return {
        name: sorted(tuple("".join(plain(value).split()) for value in row) for row in kb.tables[name][columns].itertuples(index=False))
        for name, columns in FACTS.items()
    }  # fmt: skip


@pytest.mark.parametrize("file", BRACKETS, ids=lambda file: "-".join(file.parts[-3:-1]))
@pytest.mark.parametrize("wide", [False, True], ids=["half", "full-width"])
def test_a_scan_of_a_notice_says_the_same(file, wide, tmp_path):
    text = file.read_text(encoding="utf-8")
    text = text.translate(WIDE) if wide else text
    scan = tmp_path / "notice.txt"
    scan.write_text("\n".join(" ".join("".join(line.split())) for line in text.splitlines()), encoding="utf-8")
    plain = tmp_path / "plain" / "notice.txt"
    plain.parent.mkdir()
    plain.write_text("\n".join("".join(line.split()) for line in text.splitlines()), encoding="utf-8")
    found = pg.read_notice(scan)
    assert facts(found) == facts(pg.read_notice(plain))
    assert "blanks_removed" in set(found.unread["reason"])


def test_the_address_counts_what_a_reader_sees(tmp_path):
    file = tmp_path / "a.txt"
    words = "1.完善仓储设施，建设冷链物流中心两个，改造农贸市场。（县商务局、县供销社负责）"
    file.write_text(
        "\n".join(
            [
                "某县二〇二五年重点工作分工",
                " ".join(words),
                " ".join("2.修复农村公路和桥梁，方便群众出行。（县交通局负责）"),
            ]
        ),
        encoding="utf-8",
    )
    document = read_document(file)
    assert [(item.number, item.text) for item in document.paragraphs][1] == (2, words)


@pytest.mark.parametrize(
    "make", [lambda rows: to_docx([rows]), lambda rows: to_xlsx({"S": [rows]})], ids=["docx", "xlsx"]
)
def test_cells_of_office_files_are_closed_up_too(tmp_path, make):
    rows = [
        [" ".join(text) for text in row]
        for row in (["序号", "工作任务", "牵头单位"], ["1", "办好城乡学校和幼儿园", "县教育委员会"])
    ]
    file = tmp_path / "a"
    file.write_bytes(make(table(*rows)))
    assert read_document(file).grids[0].row_texts(2) == ["1", "办好城乡学校和幼儿园", "县教育委员会"]


@pytest.mark.parametrize(
    "lines",
    [
        ["县教委 县财政局 县水利局"] * 5,
        ["张 三", "李 四", "各乡镇人民政府，县政府各部门：现将任务印发给你们"],
        ["通 知"],
        ["a b c d e f g h i j k l m n o p q r s t u v w x y z"],
    ],
    ids=["names", "persons", "title", "letters"],
)
def test_blanks_that_are_written_stay(tmp_path, lines):
    file = tmp_path / "a.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    document = read_document(file)
    assert [item.text for item in document.paragraphs] == lines
    assert document.notes == ()
