"""The empty coding sheet: the whole notice, no answers, and what Excel is told about its columns."""

from __future__ import annotations

import openpyxl
import pytest
from tests.measures.coded import fill_in

import pairing_graph as pg
from pairing_graph.base.errors import FileError, NoticeError, UnknownNameError
from pairing_graph.kb.document import Cell, Document, Grid, Paragraph, Source
from pairing_graph.kb.frames import frame
from pairing_graph.output.coding_sheet import coding_sheet
from pairing_graph.reading.coding_sheets import read_coding
from pairing_graph.reading.codings import Places


@pytest.fixture(scope="module")
def sheet(notice, tmp_path_factory):
    return coding_sheet(notice, tmp_path_factory.mktemp("sheet") / "sheet.xlsx")


@pytest.fixture(scope="module")
def book(sheet):
    return openpyxl.load_workbook(sheet)


def test_every_row_and_paragraph_is_there_and_nothing_is_filled_in(book, kb):
    """29 and 32 rows of the two tables, and 12 paragraphs with words: those that an editor shows."""
    assert book.sheetnames == ["说明 instructions", "原文 notice", "分工 assignments", "结对 pairings", "目标 targets"]
    for name in book.sheetnames[2:]:
        page = book[name]
        listed = [cell.value for cell in page["A"][1:] if cell.value]
        assert len(listed) == 29 + 32 + 12
        assert listed[:2] == ["p4", "p5"]
        answers = [cell.value for row in page.iter_rows(min_row=2, min_col=3) for cell in row]
        assert set(answers) == {None}


def test_no_answer_of_the_reading_is_in_it(book, kb):
    """Full names of units and ids of tasks are the reading's own; the notice says 县商务委."""
    texts = [str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value]
    assert not [text for text in texts if "巫溪县商务委" in text or "#" in text]


def test_the_sheets_are_made_to_be_filled_in(book):
    page = book["目标 targets"]
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref.startswith("A1:H")
    assert page["B5"].alignment.wrap_text
    lists = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"}
    assert [value for key, value in lists.items() if key.startswith("E2")] == [
        '"不少于 >=,不超过 <=,等于 =,左右 ~,区间 range"'
    ]
    hints = {rule.prompt for rule in book["分工 assignments"].data_validations.dataValidation}
    assert any("照原文写" in hint for hint in hints)


def test_every_choice_of_a_list_is_understood_when_it_is_chosen(sheet, book, kb, tmp_path):
    page = book["目标 targets"]
    rule = next(rule for rule in page.data_validations.dataValidation if str(rule.sqref).startswith("E2"))
    choices = rule.formula1.strip('"').split(",")
    facts = {"targets": [(f"t1r{row}", {"value": "9", "comparator": one}) for row, one in enumerate(choices, 2)]}
    found = pg.agreement(kb, fill_in(sheet, facts, tmp_path / "chosen.xlsx")).differences
    assert found.loc[found["subject"] == "9", "chosen"].tolist() == [">=", "<=", "=", "~", "range"]


def test_merged_cells_are_merged_and_texts_are_no_formulas(tmp_path):
    cells = (Cell(1, 1, "=1+1", rowspan=2), Cell(1, 2, "县商务委"), Cell(2, 2, "@SUM(A1)"))
    document = Document("a", "a.txt", "", (Paragraph(1, "=通知"), Grid(1, cells)))
    kb = pg.KnowledgeBase(documents=frame("documents", [{"document": "a"}]), sources={"a": Source(document)})
    page = openpyxl.load_workbook(coding_sheet(kb, tmp_path / "a.xlsx"))["原文 notice"]
    assert [str(merged) for merged in page.merged_cells.ranges] == ["B3:B4"]
    for cell in (page["B2"], page["B3"], page["C4"]):
        assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_the_same_notice_gives_the_same_bytes(sheet, notice, tmp_path):
    assert coding_sheet(notice, tmp_path / "again.xlsx").read_bytes() == sheet.read_bytes()


def test_a_sheet_that_may_be_filled_in_is_not_replaced(sheet, notice, tmp_path):
    mine = fill_in(sheet, {"pairings": [("t2r2", {"donor": "区委组织部"})]}, tmp_path / "mine.xlsx")
    before = mine.read_bytes()
    with pytest.raises(FileError, match="may be filled in"):
        coding_sheet(notice, mine)
    assert mine.read_bytes() == before
    coding_sheet(notice, mine, overwrite=True)
    assert coding_sheet(notice, mine).read_bytes() == sheet.read_bytes()


def test_a_sample_is_of_tasks_and_depends_on_its_seed_alone(notice, kb, tmp_path):
    def drawn(seed, name="分工 assignments"):
        path = coding_sheet(kb, tmp_path / "sample.xlsx", sample=10, seed=seed, overwrite=True)
        return [cell.value for cell in openpyxl.load_workbook(path)[name]["A"][1:] if cell.value]

    assert drawn(1) == drawn(1) != drawn(2)
    assert len(drawn(1)) == len(drawn(1, "结对 pairings")) == 10
    assert set(drawn(1)) <= {f"t1r{row}" for row in range(2, 30)}
    assert set(drawn(1, "结对 pairings")) <= {f"t2r{row}" for row in range(2, 33)}


def test_csv_files_for_a_coder_without_excel(notice, kb, tmp_path):
    folder = coding_sheet(notice, tmp_path / "coding", sheets=["assignments"], lang="zh")
    assert sorted(path.name for path in folder.iterdir()) == ["assignments.csv", "instructions.txt"]
    text = (folder / "assignments.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "地址,原文,牵头,责任,配合,指导,备注"
    filled = text.replace("t1r2,", "t1r2,", 1).splitlines()
    row = next(count for count, line in enumerate(filled) if line.startswith("t1r2,"))
    filled[row] = filled[row].removesuffix(",,,,,") + ",县发展改革委、区招商投资局,,,,"
    (folder / "assignments.csv").write_text("\n".join(filled), encoding="utf-8-sig")
    found = pg.agreement(kb, folder)
    assert found.coders == ("kb", "coding")
    assert found.table.loc[("assignments", "kb, coding"), "common"] == 2


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"sheets": ["duties"]}, UnknownNameError, "no such sheet"),
        ({"sample": 0}, NoticeError, "1 or more"),
        ({"sample": 1.5, "seed": -1}, NoticeError, "seed. Expected: 0 or more. Got: -1"),
        ({"lang": "fr"}, UnknownNameError, "no such language"),
    ],
)
def test_what_cannot_be_asked_for_is_a_sentence(notice, tmp_path, options, error, words):
    with pytest.raises(error, match=words):
        coding_sheet(notice, tmp_path / "x.xlsx", **options)


def test_another_suffix_and_the_notice_itself_are_refused(kb, notice, graph, tmp_path):
    with pytest.raises(FileError, match="is not written so"):
        coding_sheet(notice, tmp_path / "sheet.docx")
    bare = pg.to_knowledge_base(graph)
    with pytest.raises(NoticeError, match="words of the notice are not there"):
        coding_sheet(bare, tmp_path / "x.xlsx")


def test_excel_takes_every_hint_and_list(book):
    """Excel repairs a workbook whose hints exceed 255 signs, their titles 32, or whose lists exceed 255."""
    rules = [rule for page in book for rule in page.data_validations.dataValidation]
    assert len(rules) == 4 + 3 + 5
    assert max(len(rule.prompt) for rule in rules) <= 255
    assert max(len(rule.promptTitle) for rule in rules) <= 32
    assert max(len(rule.formula1 or "") for rule in rules) <= 255
    assert max(map(len, book.sheetnames)) <= 31


def test_every_yellow_cell_takes_that_there_is_nothing_and_no_other_cell_does(sheet, book, kb, tmp_path):
    """The instructions say so of any yellow cell; a remark is no entry, and its column is not yellow."""
    for title in ("分工 assignments", "结对 pairings", "目标 targets"):
        page, name = book[title], title.split()[-1]
        for column in range(3, page.max_column + 1):
            yellow = page.cell(2, column).fill.fgColor.rgb.endswith("FFF7D6")
            heading = page.cell(1, column).value.split()[-1]
            assert yellow == (heading != "remark"), heading
            assert yellow == page.cell(1, column).fill.fgColor.rgb.endswith("FFF7D6")
            copy = openpyxl.load_workbook(sheet)
            copy[title].cell(2, column).value = "无"
            copy.save(tmp_path / "none.xlsx")
            coding = read_coding(tmp_path / "none.xlsx", Places(kb))
            assert (name in coding.listed) == yellow, heading
            assert [*coding.assignments, *coding.pairings, *coding.targets] == []
