"""Corrections by hand: applied on every reading, cited, and refused where the notice does not hold what they are for."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import pairing_graph as pg
from pairing_graph.measures.results import offered, on_request
from pairing_graph.output.tables import write_tables
from pairing_graph.reading.corrections import correctable, read_corrections
from tests.ledger import unaccounted

ID = "巫溪府发〔2022〕24号"
DATA = Path(__file__).parents[1] / "data"
HEAD = "address,column,value,reason,expected\n"


@pytest.fixture
def sheet(tmp_path):
    def write(*rows: str, head: str = HEAD, encoding: str = "utf-8"):
        file = tmp_path / "corrections.csv"
        file.write_bytes((head + "\n".join(rows) + "\n").encode(encoding))
        return file

    return write


def test_corrections_may_be_a_frame(root):
    notice = root / "data/examples/livelihood.docx"
    table = root / "data/examples/livelihood-corrections.csv"
    rows = pd.read_csv(table)
    assert pg.read_notice(notice, corrections=rows).equals(pg.read_notice(notice, corrections=table))
    with pytest.raises(pg.CorrectionError, match="corrections, row 2"):
        pg.read_notice(notice, corrections=rows.assign(value=None))


@pytest.mark.parametrize("given", [["a.csv"], 3, {"value": "x"}])
def test_what_is_no_table_of_corrections_is_refused_in_a_sentence(root, given):
    with pytest.raises(pg.NoticeError, match="These are no corrections"):
        pg.read_notice(root / "data/examples/livelihood.docx", corrections=given)


def units_of(kb, task):
    names = kb.units.set_index("unit")["name"]
    found = kb.assignments[kb.assignments["task"] == f"{ID}#{task}"]
    return {(names[row.unit], row.role) for row in found.itertuples()}


def cited(kb):
    rows = kb.unread[kb.unread["reason"] == "corrected"]
    return list(zip(rows["text"], rows["address"], strict=True))


def test_the_words_of_a_cell_are_corrected_before_they_are_read(notice, sheet):
    file = sheet(f"{ID}!t2r15c3,text,县国资委,the office was renamed,县国资监管中心")
    kb = pg.read_notice(notice, corrections=file)
    assert "巫溪县国资委" in set(kb.units["unit"])
    pair = kb.pairings[kb.pairings["address"] == f"{ID}!t2r15c2.1 {ID}!t2r15c3.1"]
    assert pair["recipient"].item() == "巫溪县国资委"
    assert cited(kb) == [("text: 县国资监管中心 → 县国资委 (the office was renamed)", f"{ID}!t2r15c3")]
    assert list(unaccounted(kb)) == []
    assert pg.trace(kb, f"{ID}!t2r15c3")["text"].item() == "县国资委"


def test_a_blank_cell_can_be_given_words_of_its_own(notice, sheet):
    kb = pg.read_notice(notice, corrections=sheet(f"{ID}!t1r4c4,text,区商务委,told by telephone,"))
    assert units_of(kb, 3) == {("县发展改革委", "lead"), ("区商务委", "lead")}
    assert units_of(kb, 2) == {("县发展改革委", "lead"), ("区招商投资局", "lead")}


def test_a_piece_of_a_line_is_corrected(notice, sheet):
    kb = pg.read_notice(notice, corrections=sheet(f"{ID}!p4:12-12,text,5,misprint,4"))
    assert kb.sources[ID].document.paragraphs[0].text == "巫溪府发〔2022〕25号"
    assert kb.documents["number"].item() == "巫溪府发〔2022〕25号"


@pytest.mark.parametrize(
    ("row", "table", "column", "value"),
    [
        (f"{ID}!t1r2c3.1,assignments.role,support,told so,lead", "assignments", "role", "support"),
        (f"{ID}!t1r2c4.1,assignments.unit,区商务委,told so,区招商投资局", "assignments", "unit", "渝中区商务委"),
        (f"{ID}!t1r5c2,tasks.deadline,2022年底,told so,", "tasks", "deadline", "2022年底"),
        (f"{ID}!t1r4c2,tasks.leaders,甲、乙,told so,", "tasks", "leaders", ("甲", "乙")),
        (f"{ID}!t1r23c2,targets.value,3,told so,2", "targets", "value", 3.0),
        (f"{ID}!t1r23c2,targets.aspirational,否,told so,是", "targets", "aspirational", False),
        (f"{ID}!t2r3c2.1 {ID}!t2r3c3.2,pairings.remark,主要,told so,", "pairings", "remark", "主要"),
        (f"{ID},documents.scheme,试点,told so,", "documents", "scheme", "试点"),
    ],
    ids=["role", "unit", "deadline", "leaders", "number", "flag", "pairing", "document"],
)
def test_a_column_of_a_table_is_corrected(notice, sheet, row, table, column, value):
    expected_unit = row.replace(",区招商投资局", ",渝中区招商投资局")
    kb = pg.read_notice(notice, corrections=sheet(expected_unit))
    assert value in list(kb.tables[table][column])
    assert len(cited(kb)) == 1
    assert len(kb.assignments) == 79


def test_a_unit_that_is_named_no_more_is_gone(notice, sheet, kb):
    row = f"{ID}!t1r27c4.1,assignments.unit,区教委,told so,渝中区金融办"
    corrected = pg.read_notice(notice, corrections=sheet(row, f"{ID}!t2r14c2,text,区教委,told so,区金融办"))
    assert set(kb.units["unit"]) - set(corrected.units["unit"]) == {"渝中区金融办"}


def test_all_complaints_come_at_once(notice, sheet):
    file = sheet(
        f"{ID}!t1r4c4,text,区商务委,why,区教委",
        f"{ID}!t9r1c1,text,区商务委,why,",
        f"{ID}!t1r99c1,text,区商务委,why,",
        f"{ID}!t1r2c3.1,assignments.unit,县魔法局,why,",
        f"{ID}!t1r5c3,assignments.role,support,why,",
        "别的通知!t1r1c1,text,甲,why,",
        f"{ID}!t1r23c2,targets.value,许多,why,",
        f"{ID}!t1r24c1,tasks.deadline,年底,why,",
    )
    with pytest.raises(pg.NoticeError) as error:
        pg.read_notice(notice, corrections=file)
    told = [complaint.what for complaint in error.value.complaints]
    assert len(told) == 8
    assert [complaint.where.split(" (")[0] for complaint in error.value.complaints] == [
        f"corrections.csv, row {number}" for number in (7, 2, 3, 4, 5, 6, 8, 9)
    ]
    assert any("no longer holds" in what for what in told)
    assert any("县魔法局" in what for what in told)
    assert any("more than one row" in what for what in told)


def test_a_place_that_holds_the_corrected_words_already_says_so(notice, sheet):
    with pytest.raises(pg.NoticeError, match="take the correction out"):
        pg.read_notice(notice, corrections=sheet(f"{ID}!t2r15c3,text,县国资监管中心,why,县国资委"))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["a b!t1r4,text,甲,why,"], "another document"),
        (["a!x4,text,甲,why,"], "no valid address"),
        ([",text,甲,why,"], "no address"),
        ([f"{ID}!t1r4c4,words,甲,why,"], "names no column"),
        ([f"{ID}!t1r4c4,units.kind,甲,why,"], "names no column"),
        ([f"{ID}!t1r4c4,text,甲,,"], "no reason"),
        ([f"{ID}!t1r4c4,text,,why,"], "no value.*删除"),
        ([f"{ID}!t1r4c4,text,甲,why,", f"{ID}!t1r4c4,text,乙,why,"], "corrected twice"),
    ],
    ids=["two-addresses", "address", "no-address", "column", "fixed-column", "reason", "value", "twice"],
)
def test_a_row_that_can_be_no_correction_is_named(notice, sheet, rows, words):
    with pytest.raises(pg.NoticeError, match=words):
        pg.read_notice(notice, corrections=sheet(*rows))


def test_remarks_chinese_headings_and_the_encoding_of_excel_are_taken(sheet):
    file = sheet("# 备注", f"{ID}!t1r4c4,text,区商务委,电话核实", head="地址,栏目,更正为,理由\n", encoding="gb18030")
    (correction,) = read_corrections(file)
    assert (correction.value, correction.expected) == ("区商务委", None)


@pytest.mark.parametrize("content", ["", "address,value\n", "\n"], ids=["empty", "columns", "blank"])
def test_a_sheet_without_its_columns_is_refused(tmp_path, content):
    file = tmp_path / "a.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(pg.FileError):
        read_corrections(file)


def test_only_declared_columns_can_be_corrected():
    assert "assignments.role" in correctable()
    assert not {"tasks.task", "assignments.address", "documents.sha256"} & set(correctable())


@pytest.fixture(scope="module")
def empty_workbook(kb, tmp_path_factory):
    return write_tables(kb, tmp_path_factory.mktemp("workbook") / "tables.xlsx").read_bytes()


@pytest.fixture
def workbook(empty_workbook, tmp_path):
    """The workbook of the reading with rows put into its sheet of corrections."""

    def fill(*rows):
        file = tmp_path / "tables.xlsx"
        file.write_bytes(empty_workbook)
        book = openpyxl.load_workbook(file)
        for row in rows:
            book["corrections"].append(row)
        book.save(file)
        return file

    return fill


def test_the_workbook_has_every_table_every_cell_and_room_for_corrections(kb, workbook):
    book = openpyxl.load_workbook(workbook())
    shown = [name for name in offered() if name not in on_request()]
    assert book.sheetnames == ["corrections", *kb.tables, "cells", *shown, "evidence", "contents"]
    for name, table in kb.tables.items():
        assert book[name].max_row == len(table) + 1
    assert book["cells"].max_row == 1 + 10 + 2 + 29 * 4 + 32 * 3
    assert read_corrections(workbook()) == ()


def test_the_workbook_knows_what_stood_there(notice, tmp_path, workbook):
    file = workbook([f"{ID}!t2r15c3", "text", None, "县国资委", "renamed"])
    assert read_corrections(file)[0].expected == "县国资监管中心"
    assert len(cited(pg.read_notice(notice, corrections=file))) == 1
    changed = tmp_path / "changed.txt"
    words = notice.read_text(encoding="utf-8").replace("区国资委\n\t县国资监管中心", "区国资委\n\t县国资局")
    changed.write_text(words, encoding="utf-8")
    with pytest.raises(pg.NoticeError, match="no longer holds.*Expected: 县国资监管中心. Got: 县国资局"):
        pg.read_notice(changed, corrections=file)


def test_a_blank_cell_that_has_words_since_is_not_overwritten(notice, tmp_path, workbook):
    file = workbook([f"{ID}!t1r4c4", "text", None, "区商务委", "told so"])
    assert read_corrections(file)[0].expected == ""
    assert ("区商务委", "lead") in units_of(pg.read_notice(notice, corrections=file), 3)


def test_the_same_reading_gives_the_same_workbook(kb, tmp_path):
    first, second = (write_tables(kb, tmp_path / f"{name}.xlsx").read_bytes() for name in "ab")
    assert first == second


def test_what_looks_like_a_formula_is_written_as_text(kb, tmp_path):
    hostile = kb.replace(tasks=kb.tasks.assign(text='=HYPERLINK("http://x")', label="\x07+1"))
    sheet = openpyxl.load_workbook(write_tables(hostile, tmp_path / "a.xlsx"))["tasks"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert '=HYPERLINK("http://x")' in [cell.value for cell in cells]


def test_many_notices_take_corrections_together(notice, sheet, tmp_path):
    copy = tmp_path / "other.txt"
    copy.write_text(notice.read_text(encoding="utf-8") + "\n（另附）\n", encoding="utf-8")
    file = sheet(f"{ID}!t1r4c4,text,区商务委,why,", f"{ID}~2!t1r4c4,text,区教委,why,")
    kb = pg.read_notices([notice, copy], corrections=file)
    assert len(cited(kb)) == 2
    with pytest.raises(pg.NoticeError, match="another document"):
        pg.read_notices([notice], corrections=file)


ROWS = [
    [f"{ID}!t2r15c3", "text", None, "县国资委", "renamed"],
    [f"{ID}!t1r4c4", "text", None, "区商务委", "by telephone"],
    [f"{ID}!t1r2c4.1", "assignments.role", None, "support", "a slip"],
    [f"{ID}!t1r3c4.1", "assignments.unit", None, "区商务委", "a slip"],
    [f"{ID}!t1r5c2", "tasks.deadline", None, "2022年底", "by telephone"],
    ["# my remark", None, None, None, None],
]


@pytest.mark.parametrize("named", [True, False], ids=["with-corrections", "without"])
def test_a_workbook_written_again_keeps_its_corrections_and_reads_the_same(notice, workbook, named):
    file = workbook(*ROWS)
    once = pg.read_notice(notice, corrections=file)
    assert len(cited(once)) == 5
    for _ in range(2):  # once over the workbook as it was filled in, once over what that wrote
        write_tables(pg.read_notice(notice, corrections=file if named else None), file)
        assert pg.read_notice(notice, corrections=file).equals(once)
    remarks = [row[0] for row in openpyxl.load_workbook(file)["corrections"].iter_rows(values_only=True)]
    assert remarks.count("# my remark") == 1


def test_the_command_that_emptied_the_sheet_keeps_it(notice, workbook, capsys):
    from pairing_graph.cli.app import main

    file = str(workbook(*ROWS))
    arguments = ["read", str(notice), "--corrections", file, "--format", "xlsx", "--out", file]
    assert [main(arguments) for _ in range(2)] == [0, 0]
    assert len(read_corrections(file)) == 5


def test_a_changed_notice_is_still_noticed_after_the_workbook_was_written_again(notice, tmp_path, workbook):
    file = workbook(ROWS[0])
    write_tables(pg.read_notice(notice, corrections=file), file)
    changed = tmp_path / "changed.txt"
    words = notice.read_text(encoding="utf-8").replace("区国资委\n\t县国资监管中心", "区国资委\n\t县国资局")
    changed.write_text(words, encoding="utf-8")
    with pytest.raises(pg.NoticeError, match="Expected: 县国资监管中心. Got: 县国资局"):
        pg.read_notice(changed, corrections=file)


def test_sheets_of_somebody_else_are_not_lost(kb, workbook):
    file = workbook()
    book = openpyxl.load_workbook(file)
    book.create_sheet("我的分析")["A1"] = "mine"
    book.save(file)
    before = file.read_bytes()
    with pytest.raises(pg.FileError, match="Sheets of somebody else would be lost.*我的分析"):
        write_tables(kb, file)
    assert file.read_bytes() == before


def test_a_file_that_is_no_workbook_is_not_replaced_by_one(kb, tmp_path):
    (tmp_path / "a.xlsx").write_text("my words")
    with pytest.raises(pg.FileError, match="no workbook would be replaced"):
        write_tables(kb, tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_text() == "my words"


@pytest.mark.parametrize(
    ("column", "address", "value", "words"),
    [
        ("tasks.number", f"{ID}!t1r5c2", "9" * 30, "whole number from 1"),
        ("tasks.number", f"{ID}!t1r5c2", "9" * 5000, "whole number from 1"),
        ("tasks.number", f"{ID}!t1r5c2", "-5", "whole number from 1"),
        ("tasks.number", f"{ID}!t1r5c2", "0", "whole number from 1"),
        ("tasks.number", f"{ID}!t1r5c2", "1.5", "whole number from 1"),
        ("assignments.rank", f"{ID}!t1r2c3.1", "-1", "whole number from 1"),
        ("targets.value", f"{ID}!t1r23c2", "nan", "a number"),
        ("targets.value", f"{ID}!t1r23c2", "inf", "a number"),
        ("targets.value", f"{ID}!t1r23c2", "1e999", "a number"),
        ("targets.value", f"{ID}!t1r23c2", "1_000", "a number"),
        ("documents.date", ID, "2022年6月", "a day such as"),
        ("documents.date", ID, "2022-13-01", "a day such as"),
        ("documents.date", ID, "2022-06", "a day such as"),
    ],
    ids=["thirty-digits", "endless", "negative", "nought", "fraction", "rank", "nan", "inf", "overflow", "underscore",
         "words", "month-13", "month-only"],
)  # fmt: skip
def test_a_value_that_the_column_does_not_take_is_named(notice, sheet, column, address, value, words):
    with pytest.raises(pg.NoticeError, match=f"does not take the value.*{words}"):
        pg.read_notice(notice, corrections=sheet(f"{address},{column},{value},why,"))


@pytest.mark.parametrize(
    ("column", "address", "value", "held"),
    [
        ("tasks.number", f"{ID}!t1r5c2", "１２", 12),
        ("targets.value", f"{ID}!t1r23c2", "-2.5", -2.5),
        ("documents.date", ID, "2022-06-30", "2022-06-30"),
        ("documents.date", ID, "删除", ""),
        ("tasks.deadline", f"{ID}!t1r5c2", "年底", "年底"),
        ("documents.title", ID, "关\x9b于", "关\ufffd于"),
    ],
    ids=["wide-digits", "below-nought", "day", "no-day", "deadline", "control"],
)
def test_a_value_that_the_column_takes_is_held(notice, sheet, column, address, value, held):
    table, name = column.split(".")
    kb = pg.read_notice(notice, corrections=sheet(f"{address},{column},{value},{'told so' * 30},"))
    assert held in list(kb.tables[table][name])


@pytest.mark.parametrize("place", ["p" + "9" * 5000, "t1r" + "9" * 10, "p１"], ids=["endless", "ten-digits", "wide"])
def test_an_address_has_counts_of_nine_digits_at_the_most(sheet, place):
    with pytest.raises(pg.NoticeError, match="no valid address") as error:
        read_corrections(sheet(f"a!{place},text,甲,why,"))
    assert len(str(error.value)) < 1000


@pytest.mark.parametrize("change", ["one-sheet", "comment", "chart"])
def test_a_workbook_with_what_would_be_lost_is_not_replaced(kb, workbook, change):
    file = workbook()
    book = openpyxl.load_workbook(file)
    if change == "one-sheet":
        for name in book.sheetnames:
            if name != "tasks":
                del book[name]
    elif change == "comment":
        book["corrections"]["A1"].comment = openpyxl.comments.Comment("ask Li", "me")
    else:
        book.create_chartsheet("tasks2")
    book.save(file)
    before = file.read_bytes()
    with pytest.raises(pg.FileError, match="somebody else"):
        write_tables(kb, file)
    assert file.read_bytes() == before


def test_a_note_beside_a_correction_is_kept_where_it_is(notice, workbook):
    file = workbook([*ROWS[0], "asked Li on Monday"])
    for _ in range(2):
        write_tables(pg.read_notice(notice, corrections=file), file)
    rows = list(openpyxl.load_workbook(file)["corrections"].iter_rows(values_only=True))
    assert "asked Li on Monday" in rows[-1]
    assert len(cited(pg.read_notice(notice, corrections=file))) == 1


@pytest.mark.parametrize("word", ["删除", "delete"])
def test_a_cell_is_emptied_without_the_unit_above_moving_in(notice, sheet, kb, word):
    corrected = pg.read_notice(notice, corrections=sheet(f"{ID}!t1r5c4,text,{word},struck out later,"))
    assert {name for name, _ in units_of(kb, 4)} == {
        "区招商投资局", "区商务委", "区发展改革委", "县农业农村委", "县商务委", "县发展改革委",
    }  # fmt: skip
    assert {name for name, _ in units_of(corrected, 4)} == {"县农业农村委", "县商务委", "县发展改革委"}
    assert list(unaccounted(corrected)) == []


def test_a_unit_is_taken_out_of_a_task(notice, sheet, kb):
    row = f"{ID}!t1r5c4.2,assignments.unit,删除,struck out later,渝中区招商投资局"
    corrected = pg.read_notice(notice, corrections=sheet(row))
    assert units_of(kb, 4) - units_of(corrected, 4) == {("区招商投资局", "lead")}
    assert len(corrected.assignments) == len(kb.assignments) - 1
    assert list(unaccounted(corrected)) == []


def test_what_has_to_have_a_value_is_not_emptied(notice, sheet):
    with pytest.raises(pg.CorrectionError, match="does not take the value"):
        pg.read_notice(notice, corrections=sheet(f"{ID}!t1r5c4.2,assignments.role,删除,why,"))


def _csv(rows, separator):
    return "\n".join(separator.join(row) for row in rows).encode()


def _xls(rows):
    """The same rows as an old workbook, kept as a file: no library that is kept up writes this format."""
    return (DATA / "corrections.xls").read_bytes()


def _ods(rows, more=""):
    cells = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        for row in rows
    ]
    lines = "".join(f"<table:table-row>{line}</table:table-row>" for line in cells)
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="corrections">{lines}{more}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


FORMS = {
    "semicolons.csv": lambda rows: _csv(rows, ";"),
    "tabs.csv": lambda rows: _csv(rows, "\t"),
    "old.xls": _xls,
    "open.ods": _ods,
}


@pytest.mark.parametrize("name", FORMS)
def test_corrections_are_taken_as_any_spreadsheet_saves_them(notice, tmp_path, name):
    rows = [["地址", "栏目", "更正为", "理由"], [f"{ID}!t2r15c3", "text", "县国资委", "更名"]]
    (tmp_path / name).write_bytes(FORMS[name](rows))
    corrected = pg.read_notice(notice, corrections=tmp_path / name)
    assert cited(corrected) == [("text: 县国资监管中心 → 县国资委 (更名)", f"{ID}!t2r15c3")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_xls([["地址"]])[:600], "damaged"),
        (_ods([["地址"]])[:200], "damaged"),
        (_ods([["地址"]], '<table:table-row table:number-rows-repeated="x"><table:table-cell/></table:table-row>'), "repeated rows"),
        (_ods([["地址"]], '<table:table-row table:number-rows-repeated="900000000"><table:table-cell table:number-columns-repeated="90"><text:p>a</text:p></table:table-cell></table:table-row>'), "too many cells"),
    ],
    ids=["xls-cut-off", "ods-cut-off", "count", "bomb"],
)  # fmt: skip
def test_a_spreadsheet_that_is_broken_or_a_bomb_is_a_sentence(notice, tmp_path, data, words):
    (tmp_path / "corrections.ods").write_bytes(data)
    with pytest.raises(pg.FileError, match=words):
        pg.read_notice(notice, corrections=tmp_path / "corrections.ods")


def test_a_workbook_of_a_corrected_reading_holds_its_corrections(notice, sheet, tmp_path):
    rows = (
        f"{ID}!t2r15c3,text,县国资委,更名,",
        f"{ID}!t1r5c2,tasks.deadline,年底,补充,",
        f"{ID}!t1r5c4,text,删除,删去,",
    )
    corrected = pg.read_notice(notice, corrections=sheet(*rows))
    file = write_tables(corrected, tmp_path / "corrected.xlsx")
    again = pg.read_notice(notice, corrections=file)
    assert again.equals(corrected)
    assert again.sources[ID].corrections == corrected.sources[ID].corrections
    assert len(cited(again)) == 3
