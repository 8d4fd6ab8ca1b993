"""Every row of the 2022 notice against the rows that were read from it by hand."""

from __future__ import annotations

import hashlib
import re

import pandas as pd
import pytest

import pairing_graph as pg
from pairing_graph.base.text import squeeze
from tests.ledger import claimed_without_a_row, unaccounted

ID = "巫溪府发〔2022〕24号"


def rows(table: pd.DataFrame, columns: list[str]) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in table[columns].itertuples(index=False)]


def named(kb):
    tasks = kb.tasks[["task", "number"]].rename(columns={"number": "printed"})
    return kb.assignments.merge(tasks, on="task").merge(kb.units[["unit", "name", "region"]], on="unit")


def test_every_assignment_is_the_one_read_by_hand(kb, expected):
    got = named(kb)
    got["inherited"] = got["inherited_from"].ne("").map({True: "yes", False: "no"})
    got["task"] = got["printed"]
    wanted = expected("assignments")
    assert rows(got, list(wanted.columns)) == rows(wanted, list(wanted.columns))


def test_every_pairing_is_the_one_read_by_hand(kb, expected):
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    got = kb.pairings.assign(
        donor_name=kb.pairings["donor"].map(names), recipient_name=kb.pairings["recipient"].map(names)
    )
    wanted = expected("pairings")
    assert rows(got, list(wanted.columns)) == rows(wanted, list(wanted.columns))


def test_every_task_is_the_one_read_by_hand(kb, expected):
    wanted = expected("tasks")
    assert [int(number) for number in kb.tasks["number"]] == [int(task) for task in wanted["task"]]
    assert list(kb.tasks["area"]) == list(wanted["area"])
    begins = [text.startswith(start) for text, start in zip(kb.tasks["text"], wanted["text_begins"], strict=True)]
    assert all(begins)


def test_every_target_is_the_one_read_by_hand(kb, expected):
    wanted = expected("targets")
    got = kb.targets.merge(kb.tasks[["task", "number"]], on="task")
    got = got.assign(task=got["number"], aspirational=got["aspirational"].map({True: "yes", False: "no"}))
    for column in ("value", "value_max"):
        got[column] = got[column].map(lambda value: "" if pd.isna(value) else f"{value:g}")
    assert rows(got, list(wanted.columns)) == rows(wanted, list(wanted.columns))


def test_the_cover_is_read(kb):
    document = kb.documents.iloc[0]
    assert document["number"] == document["document"] == ID
    assert document["issuers"] == ("巫溪县人民政府", "渝中区人民政府")
    assert document["regions"] == ("渝中区", "巫溪县")
    assert document["date"] == "2022-06-23"
    assert document["title"] == (
        "关于印发《2022年渝中区·巫溪县对口协同发展任务分解表》《2022年渝中区·巫溪县部门街镇结对帮扶表》的通知"
    )
    assert len(document["addressees"]) == 4
    assert document["addressees"][0] == "巫溪县各乡镇人民政府、街道办事处"
    assert document["scheme"] == "对口协同发展"
    assert document["layout"] == "tab_cells"


def test_the_notice_is_the_registered_file(kb, notice, root):
    checksum = hashlib.sha256(notice.read_bytes()).hexdigest()
    assert kb.documents["sha256"].item() == checksum
    assert f"{checksum}  {notice.name}" in (root / "data/raw/registry.txt").read_text(encoding="utf-8")


def test_the_counts_are_those_of_a_hand_count(kb):
    assert len(kb.tasks) == 28
    assert kb.tasks["area"].nunique() == 16
    assert len(kb.assignments) == len(kb.assignments.drop_duplicates(["task", "unit"])) == 79
    assert kb.pairings["number"].nunique() == 31
    assert len(kb.pairings) == 35
    assert len(kb.units) == 68
    assert set(kb.units.loc[kb.units["collective"], "name"]) == {
        "县级各部门",
        "各乡镇",
        "区级各部门",
        "各街道",
        "管委会",
    }
    assert len(kb.targets) == 19
    assert kb.results.empty


def test_what_is_unread_is_known(kb):
    got = [(row.severity, row.reason, row.address.partition("!")[2]) for row in kb.unread.itertuples()]
    assert got == [
        ("info", "prose", "p15"),
        ("info", "caption", "p21"),
        ("info", "caption", "p179"),
        ("info", "imprint", "p312"),
        ("info", "number_filled", "t1r2c2"),
        ("info", "carried_over", "t1r22c4"),
        ("info", "inherited_across_areas", "t1r24c3"),
        ("info", "inherited_across_areas", "t1r24c4"),
    ]


def test_the_ledger_is_closed(kb):
    assert not list(unaccounted(kb))
    assert not list(claimed_without_a_row(kb))


def test_the_recovered_document_holds_every_character_of_the_file(kb, notice):
    pieces = [text for _, text, _ in kb.sources[ID].document.pieces(ID)]
    assert sorted(squeeze("".join(pieces))) == sorted(squeeze(notice.read_text(encoding="utf-8")))


def test_a_task_cell_is_its_number_and_its_text(kb):
    source = kb.sources[ID]
    cells = {str(address): text for address, text, _ in source.document.pieces(ID)}
    for task in kb.tasks.itertuples():
        assert re.sub(r"^\d+\.", "", cells[task.address]) == task.text


def test_the_names_of_a_cell_make_up_the_cell(kb):
    cells = {str(address): text for address, text, _ in kb.sources[ID].document.pieces(ID)}
    own = kb.assignments[kb.assignments["inherited_from"] == ""]
    for cell, part in own.groupby(own["address"].str.rpartition(".")[0]):
        assert "、".join(part["as_written"]) == squeeze(cells[cell]).strip("、")


def test_inherited_names_point_to_the_cell_that_has_them(kb, expected):
    cells = {str(address): text for address, text, _ in kb.sources[ID].document.pieces(ID)}
    inherited = kb.assignments[kb.assignments["inherited_from"] != ""]
    assert len(inherited) == (expected("assignments")["inherited"] == "yes").sum() > 0
    for row in inherited.itertuples():
        assert row.as_written in squeeze(cells[row.inherited_from.rpartition(".")[0]])
        assert row.address.rpartition(".")[0] not in cells


def test_kinds_and_lines_are_those_of_the_names(kb):
    units = kb.units.set_index("unit")
    assert units["kind"].value_counts().to_dict() == {
        "department": 27, "party_organ": 2, "institution": 3, "management_committee": 5, "subdistrict": 11, "town": 8,
        "township": 7, "collective": 5,
    }  # fmt: skip
    assert units.loc["渝中区商务委", "line"] == units.loc["巫溪县商务委", "line"] == "商务"
    assert units.loc["巫溪县土城镇", "line"] == ""


def test_the_direction_comes_from_the_sentence_in_the_text(kb):
    assert set(kb.pairings["direction_basis"]) == {"sentence"}
    regions = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    assert {regions[unit] for unit in kb.pairings["donor"]} == {"渝中区"}


def test_a_bracketed_name_can_be_a_unit_of_its_own(notice):
    kb = pg.read_notice(notice, qualifier="separate")
    assert "巫溪县发展改革委（县投资促进服务中心）" in set(kb.units["unit"])
    assert (kb.pairings["recipient"] == "巫溪县发展改革委").sum() == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_encoding_and_line_ends_change_nothing(kb, notice, tmp_path, encoding, newline):
    copy = tmp_path / notice.name
    copy.write_bytes(notice.read_text(encoding="utf-8").replace("\n", newline).encode(encoding))
    assert pg.read_notice(copy).equals(kb, ignore=["documents"])
