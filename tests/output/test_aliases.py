"""The table of aliases to decide in: written, decided, read back, written again."""

from __future__ import annotations

import csv
import io

import openpyxl
import pandas as pd
import pytest

import pairing_graph as pg

COLUMNS = ["region", "alias", "name", "reason", "address", "decision"]


@pytest.fixture(scope="module")
def notice(root):
    return root / "data" / "examples" / "two-names.txt"


@pytest.fixture(scope="module")
def two_names(notice):
    return pg.read_notice(notice)


def decide(path, decisions, encoding="utf-8-sig"):
    """Write decisions into a table, by alias, and save it as Excel would."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        for row in book["aliases"].iter_rows(min_row=2):
            row[5].value = decisions.get(row[1].value)
        book.save(path)
        return
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    out = io.StringIO()
    csv.writer(out).writerows([rows[0], *([*row[:5], decisions.get(row[1], "")] for row in rows[1:])])
    path.write_bytes(out.getvalue().encode(encoding))


def test_the_table_cites_a_place_of_each_name_and_decides_nothing(two_names):
    table = pg.suggest_aliases(two_names)
    assert list(table) == COLUMNS
    assert set(table["decision"]) == {""}
    for alias, name, address in table[["alias", "name", "address"]].itertuples(index=False):
        written = (
            pg.trace(two_names, address.split()[0])["text"].item(),
            pg.trace(two_names, address.split()[1])["text"].item(),
        )
        assert alias in written[0]
        assert name in written[1]
    pd.testing.assert_frame_equal(pg.suggest_aliases(pg.build_graph(two_names)), table)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_is_accepted_is_one_unit_at_the_next_reading(notice, two_names, tmp_path, name):
    file = tmp_path / name
    pg.suggest_aliases(two_names, file)
    decide(file, {"国网云岭县供电公司": "是", "云岭供电公司": "✓", "县农委": "否"})
    kb = pg.read_notice(notice, aliases=file)
    assert len(kb.units) == len(two_names.units) - 2
    assert kb.units.set_index("unit").loc["云岭县供电公司", "aliases"] == ("国网云岭县供电公司", "云岭供电公司")
    assert pg.workload(kb).loc["云岭县供电公司", "lead"] == 3
    assert "alias_unused" not in set(kb.unread["reason"])
    assert "供电公司" not in " ".join(pg.suggest_aliases(kb)["alias"])


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-8"])
def test_a_decided_table_may_be_saved_as_excel_saves_it(notice, two_names, tmp_path, encoding):
    file = tmp_path / "a.csv"
    pg.suggest_aliases(two_names, file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    decide(file, {"县农委": "是"}, encoding)
    assert len(pg.read_notice(notice, aliases=file).units) == len(two_names.units) - 1


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_decisions_stay_when_the_table_is_written_again(notice, two_names, tmp_path, name):
    file = tmp_path / name
    pg.suggest_aliases(two_names, file)
    decide(file, {"国网云岭县供电公司": "是", "县农委": "否"})
    pg.suggest_aliases(pg.read_notice(notice, aliases=file), file)
    once = file.read_bytes()
    kb = pg.read_notice(notice, aliases=file)
    assert len(kb.units) == len(two_names.units) - 1
    pg.suggest_aliases(kb, file)
    assert file.read_bytes() == once
    rows = (
        pd.read_csv(file, dtype="string") if name == "a.csv" else pd.read_excel(file, dtype="string", engine="openpyxl")
    )
    assert rows["decision"].fillna("").tolist() == ["是", "否", "", "", ""]


def test_a_table_without_decisions_keeps_its_rows_as_accepted(two_names, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("region,alias,name,reason\n云岭县,县水务局,县水利局,改名\n", encoding="utf-8")
    pg.suggest_aliases(two_names, file)
    rows = pd.read_csv(file, dtype="string")
    assert rows.loc[0, ["alias", "reason", "decision"]].tolist() == ["县水务局", "改名", "是"]
    assert len(rows) == 6


def test_nothing_else_is_written_over(notice, two_names, tmp_path):
    (tmp_path / "mine.csv").write_text("my,words\n1,2\n")
    with pytest.raises(pg.FileError, match="lacks a column"):
        pg.suggest_aliases(two_names, tmp_path / "mine.csv")
    assert (tmp_path / "mine.csv").read_text() == "my,words\n1,2\n"
    with pytest.raises(pg.FileError, match=r"not written so.*\.csv or \.xlsx"):
        pg.suggest_aliases(two_names, tmp_path / "a.json")
    copy = tmp_path / "copy.csv"
    copy.write_bytes(notice.read_bytes())
    with pytest.raises(pg.FileError, match="overwrite the notice"):
        pg.suggest_aliases(two_names, copy)


def test_the_same_knowledge_base_gives_the_same_bytes(two_names, tmp_path):
    for name in ("a.csv", "a.xlsx"):
        made = []
        for folder in ("one", "two"):
            pg.suggest_aliases(two_names, tmp_path / folder / name)
            made.append((tmp_path / folder / name).read_bytes())
        assert made[0] == made[1]


def test_no_body_under_two_names_is_an_empty_table(kb, tmp_path):
    assert pg.suggest_aliases(kb, tmp_path / "a.csv").empty
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig") == ",".join(COLUMNS) + "\n"
