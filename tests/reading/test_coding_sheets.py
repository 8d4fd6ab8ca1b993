"""Filled-in coding sheets as input that nobody can trust: sentences for what is wrong, all at once."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

import pairing_graph as pg
from pairing_graph.base.errors import FileError, NoticeError
from pairing_graph.kb.schema import ROLES
from pairing_graph.reading.coding_sheets import COLUMNS, read_coding
from pairing_graph.reading.codings import Places, coding_of
from tests.measures.coded import fill_in


@pytest.fixture(scope="module")
def places(kb):
    return Places(kb)


@pytest.fixture(scope="module")
def empty(notice, tmp_path_factory):
    return pg.coding_sheet(notice, tmp_path_factory.mktemp("sheets") / "empty.xlsx")


def csv_of(tmp_path, text, name="coder.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def units_at(coding, place):
    return {(unit, role) for at, unit, role in coding.assignments if at.endswith(f"!{place}")}


def test_everything_that_is_wrong_is_said_at_once_with_sheet_row_and_column(empty, places, tmp_path):
    facts = {
        "assignments": [("t9r1", {"lead": "县商务委"}), ("somewhere", {"lead": "县商务委"}), ("", {"lead": "县商务委"})],
        "pairings": [("t2r2", {"donor": "区委组织部"}), ("t2r3", {"donor": "甲", "recipient": "乙", "direction": "也许"})],
        "targets": [("t1r4", {"value": "一些"}), ("t1r5", {"comparator": "很多", "value": "1"}),
                    ("t1r6", {"quantity_unit": "个"}), ("t1r7", {"value": "1", "aspirational": "再议"})],
    }  # fmt: skip
    with pytest.raises(FileError) as caught:
        read_coding(fill_in(empty, facts, tmp_path / "wrong.xlsx"), places)
    said = str(caught.value).splitlines()
    assert len(said) == 9
    assert "The notice has no such row or paragraph. Where: wrong.xlsx, sheet 分工 assignments, row" in said[0]
    for what in ("no address", "without an address", "one side only", "direction is not understood", "This is no number",
                 "comparator is not understood", "has no value", "neither yes nor no"):  # fmt: skip
        assert sum(what in line for line in said) == 1, what
    assert all(", column " in line and "Expected: " in line and "Got: " in line for line in said)


def test_all_coders_complain_together(kb, empty, tmp_path):
    one = fill_in(empty, {"targets": [("t1r4", {"value": "x"})]}, tmp_path / "one.xlsx")
    other = fill_in(empty, {"targets": [("t1r4", {"value": "y"})]}, tmp_path / "other.xlsx")
    with pytest.raises(NoticeError) as caught:
        pg.agreement(kb, one, other)
    assert [line.partition("Where: ")[2][:5] for line in str(caught.value).splitlines()] == ["one.x", "other"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_as_excel_saves_it(places, tmp_path, encoding):
    text = "地址,牵头,配合\nt1r2,县发展改革委；区招商投资局,县教委\n"
    coding = read_coding(csv_of(tmp_path, text, encoding=encoding), places)
    assert coding.name == "coder"
    assert units_at(coding, "t1r2") == {
        ("巫溪县发展改革委", "lead"), ("渝中区招商投资局", "lead"), ("巫溪县教委", "support"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "address", ["t1r2", "T1R2", " ｔ１ｒ２ ", "t1r2c3", "巫溪府发〔2022〕24号!t1r2", "巫溪府发〔2022〕24号!t1r2c3.1"]
)
def test_addresses_of_a_row_and_of_its_cells(places, tmp_path, address):
    coding = read_coding(csv_of(tmp_path, f"address,lead\n{address},区商务委\n"), places)
    assert units_at(coding, "t1r2") == {("渝中区商务委", "lead")}


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("县商务委", "巫溪县商务委"),
        ("巫溪县商务委", "巫溪县商务委"),
        ("县 商务委", "巫溪县商务委"),
        ("县发展改革委（县投资促进服务中心）", "巫溪县发展改革委"),
        ("县发展改革委(县投资促进服务中心)", "巫溪县发展改革委"),
        ("某局", "某局"),
        ("=1+1", "=1+1"),
    ],
)
def test_names_are_matched_as_look_ups_match_them(places, tmp_path, written, unit):
    coding = read_coding(csv_of(tmp_path, f'address,lead\nt1r2,"{written}"\n'), places)
    assert units_at(coding, "t1r2") == {(unit, "lead")}


def test_a_long_table_of_units_and_roles(places, tmp_path):
    coding = read_coding(csv_of(tmp_path, "address,unit,role\nt1r2,县教委,牵头\nt1r2,县商务委,support\n"), places)
    assert units_at(coding, "t1r2") == {("巫溪县教委", "lead"), ("巫溪县商务委", "support")}


def test_nothing_filled_in_is_not_coded_and_wu_is(empty, places, tmp_path):
    assert read_coding(empty, places).listed == {}
    coding = read_coding(fill_in(empty, {"pairings": [("p15", {"donor": "无"})]}, tmp_path / "none.xlsx"), places)
    assert list(coding.listed) == ["pairings"]
    assert coding.pairings == frozenset()


def test_a_remark_is_no_answer(empty, places, tmp_path):
    facts = {"assignments": [("t1r2", {"remark": "不清楚"})]}
    assert read_coding(fill_in(empty, facts, tmp_path / "remark.xlsx"), places).listed == {}


def test_a_file_that_is_no_coding_sheet_is_a_sentence(places, tmp_path, notice):
    for file in (csv_of(tmp_path, "a,b\n1,2\n"), notice):
        with pytest.raises(FileError, match="There is nothing to code in the file"):
            read_coding(file, places)
    with pytest.raises(FileError, match="no coding in the folder"):
        read_coding(tmp_path / "..", places)


def test_a_sheet_whose_headings_were_lost_is_a_sentence(empty, places, tmp_path):
    book = openpyxl.load_workbook(empty)
    page = book.worksheets[2]
    page.delete_rows(1)
    book.save(tmp_path / "headless.xlsx")
    with pytest.raises(FileError, match="lacks a column"):
        read_coding(tmp_path / "headless.xlsx", places)


def test_frames_that_lack_a_column_or_are_of_no_kind(kb):
    with pytest.raises(NoticeError, match="lacks a column"):
        pg.agreement(kb, {"assignments": pd.DataFrame({"unit": ["县教委"]})})
    with pytest.raises(NoticeError, match=r"no such sheet.*duties"):
        pg.agreement(kb, {"duties": pd.DataFrame({"unit": ["县教委"]})})


def test_the_reading_as_a_coder_has_every_fact(kb, places):
    coding = coding_of(kb, places)
    assert (len(coding.assignments), len(coding.pairings), len(coding.targets)) == (79, 35, 19)


def test_every_role_has_its_column():
    assert set(ROLES) <= set(COLUMNS["assignments"])
