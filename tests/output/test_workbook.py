"""The workbook: sheets of tables and measures, headings in both languages, links from numbers to facts to cells."""

from __future__ import annotations

import io
import re
import shutil
import subprocess

import openpyxl
import pytest

import pairing_graph as pg
from pairing_graph.measures.relations import keeping
from pairing_graph.measures.results import Results, offered, on_request
from pairing_graph.output.evidence_sheet import evidence_of, labels
from pairing_graph.output.workbook import workbook_bytes


@pytest.fixture(scope="module")
def file(kb, tmp_path_factory):
    return pg.write_tables(kb, tmp_path_factory.mktemp("workbook") / "tables.xlsx")


@pytest.fixture(scope="module")
def book(file):
    return openpyxl.load_workbook(file)


def rows_of(sheet):
    head, *rows = sheet.iter_rows()
    names = [str(cell.value).split()[-1] for cell in head]
    return [dict(zip(names, row, strict=True)) for row in rows]


def target(book, cell):
    sheet, place = re.fullmatch(r"'(\w+)'!(.+)", cell.hyperlink.location).groups()
    return book[sheet], place


def test_every_heading_has_its_chinese_name_above_the_english_one(book, kb):
    for name, table in kb.tables.items():
        heads = [cell.value for cell in book[name][1]]
        assert [head.split("\n")[-1] for head in heads] == list(table.columns)
        assert all(re.match(r"[\u4e00-\u9fff]", head) for head in heads), heads


def test_in_english_the_headings_are_the_names_of_the_columns(kb, tmp_path):
    book = openpyxl.load_workbook(pg.write_tables(kb, tmp_path / "en.xlsx", lang="en"))
    assert [cell.value for cell in book["tasks"][1]] == list(kb.tasks.columns)


def test_heads_stay_and_filter(book, kb):
    for name in (*kb.tables, "cells", "workload"):
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert (sheet.auto_filter.ref is not None) == (sheet.max_row > 1)


def test_every_measure_has_the_rows_that_it_gives(book, kb):
    results = Results(kb, "zh")
    for name in offered():
        if name not in on_request() and len(results[name]):
            assert book[name].max_row == len(results[name]) + 1, name


def test_a_number_of_tasks_leads_to_as_many_facts_and_each_fact_to_its_cell(book, kb):
    facts = rows_of(book["evidence"])
    linked = 0
    for row in rows_of(book["workload"]):
        for column in ("lead", "pairings"):
            if not row[column].value:
                assert row[column].hyperlink is None
                continue
            sheet, place = target(book, row[column])
            first, last = map(int, re.fullmatch(r"A(\d+):F(\d+)", place).groups())
            block = facts[first - 2 : last - 1]
            assert sheet.title == "evidence"
            assert len(block) == row[column].value
            assert {fact["subject"].value for fact in block} == {row["unit"].value}
            linked += 1
    assert linked == 29 + len(set(kb.pairings["donor"]) | set(kb.pairings["recipient"]))
    for fact in facts:
        sheet, place = target(book, fact["address"])
        cell = sheet[place.partition(":")[0]].value
        assert sheet.title == "cells"
        place = fact["address"].value.split()[0]
        assert cell in place or cell.startswith(place)


def test_rows_are_as_high_as_their_lines_and_print_on_pages_as_wide_as_the_sheet(book, kb):
    for name in (*kb.tables, "contents", "gaps"):
        sheet = book[name]
        assert sheet.row_dimensions[1].height == 30
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
    assert book["tasks"].row_dimensions[5].height > 30


def test_every_column_of_a_measure_has_a_chinese_heading(book):
    for name in {*offered()} & {*book.sheetnames}:
        heads = [str(cell.value) for cell in book[name][1]]
        assert all(re.match(r"[\u4e00-\u9fff]+.*\n[a-z_0-9]+$", head) for head in heads), (name, heads)


def test_the_contents_say_what_is_left_out_and_why(book, root):
    def left_out(book):
        rows = [row for row in rows_of(book["contents"]) if row["rows"].value is None]
        return {row["sheet"].value: row["meaning"].value for row in rows}

    assert set(left_out(book)) == set(on_request())
    assert "pg.choices(kb)" in left_out(book)["choices"]
    alone = pg.read_notice(root / "data/examples/livelihood.docx")
    found = left_out(openpyxl.load_workbook(io.BytesIO(workbook_bytes(alone, lang="en"))))
    assert found["gaps"].endswith("nothing was found")
    assert set(found) | set(openpyxl.load_workbook(io.BytesIO(workbook_bytes(alone))).sheetnames) >= set(offered())


def test_the_contents_lead_to_every_sheet(book):
    rows = [row for row in rows_of(book["contents"]) if row["rows"].value is not None]
    assert [row["sheet"].value for row in rows] == [name for name in book.sheetnames if name != "contents"]
    assert all(row["meaning"].value for row in rows), [row["sheet"].value for row in rows if not row["meaning"].value]
    assert [target(book, row["sheet"])[0].title for row in rows] == [row["sheet"].value for row in rows]


def test_widths_follow_what_is_in_the_columns(book):
    sheet = book["units"]
    assert 9 <= sheet.column_dimensions["B"].width < 40
    assert book["tasks"].column_dimensions["E"].width == 56
    assert all(cell.alignment.wrap_text for cell in book["tasks"][2])


def test_what_looks_like_a_formula_stays_text_in_the_measures_too(kb):
    units = kb.units.assign(name="=1+1")
    content = workbook_bytes(kb.replace(units=units, tasks=kb.tasks.assign(text="=1+1")))
    assert b"<f>" not in content
    import io

    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_workbook_is_read_back_as_corrections_with_its_old_values(kb, file, notice, tmp_path):
    book = openpyxl.load_workbook(file)
    task = kb.assignments.iloc[0]
    book["corrections"].append([task["address"], "assignments.role", None, "support", "as an example"])
    book.save(tmp_path / "corrected.xlsx")
    read = pg.read_notice(notice, corrections=tmp_path / "corrected.xlsx")
    assert read.assignments.iloc[0]["role"] == "support"


def test_the_workbook_is_written_again_over_itself(kb, tmp_path):
    path = pg.write_tables(kb, tmp_path / "tables.xlsx")
    first = openpyxl.load_workbook(path).sheetnames
    assert openpyxl.load_workbook(pg.write_tables(kb, path)).sheetnames == first


def test_a_workbook_of_before_the_measures_is_written_again(kb, tmp_path):
    path = pg.write_tables(kb, tmp_path / "tables.xlsx", lang="en")
    book = openpyxl.load_workbook(path)
    for name in book.sheetnames:
        if name not in ("corrections", *kb.tables, "cells"):
            del book[name]
    book.save(path)
    assert "workload" in openpyxl.load_workbook(pg.write_tables(kb, path)).sheetnames


def converted(file, folder):
    """What LibreOffice makes of a workbook; None where it has no spreadsheets."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder / "out"),
    ]
    subprocess.run([*command, str(file)], check=False, capture_output=True, timeout=180)
    out = folder / "out" / file.name
    return openpyxl.load_workbook(out) if out.exists() else None


def test_libreoffice_reads_every_value_and_link(file, book, tmp_path):
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    simple = tmp_path / "simple.xlsx"
    openpyxl.Workbook().save(simple)
    if converted(simple, tmp_path) is None:
        pytest.skip("this LibreOffice has no spreadsheets")
    other = converted(file, tmp_path)
    assert other.sheetnames == book.sheetnames
    for sheet in book.worksheets:
        given = [cell.value for row in sheet.iter_rows() for cell in row]
        shown = other[sheet.title].iter_rows(max_col=sheet.max_column, max_row=sheet.max_row)
        got = [cell.value for row in shown for cell in row]
        for value, read in zip(given, got, strict=True):
            assert read == (pytest.approx(value) if isinstance(value, float) else value)
    cells = [cell for row in other["workload"].iter_rows() for cell in row if cell.hyperlink]
    assert any("evidence" in (cell.hyperlink.location or cell.hyperlink.target) for cell in cells)


def test_a_count_leads_to_the_places_that_explain_gives_for_it_and_none_leads_nowhere(kb):
    linked = set()
    with keeping():
        results = Results(kb, "zh")
        measures = {name: results[name] for name in offered() if name not in on_request() and name != "workload"}
        found = evidence_of(kb, measures)
        for name, table in measures.items():
            for place, label in enumerate(labels(table)):
                for column in table:
                    block = found.blocks.get((name, label, str(column)))
                    if block is None:
                        continue
                    facts = found.rows[block[0] - 2 : block[1] - 1]
                    behind = pg.explain(kb, table, table.index[place], column)
                    cited = {one for address in behind.rows["address"] for one in address.split()}
                    assert behind.value > 0
                    assert {fact[-1] for fact in facts} == cited, (name, label, column)
                    linked.add((name, str(column)))
    assert linked == {
        ("coordination", "joint_tasks"), ("gaps", "joint_tasks"), ("projection", "joint_tasks"),
        ("task_exclusivity", "tasks"),
    }  # fmt: skip
