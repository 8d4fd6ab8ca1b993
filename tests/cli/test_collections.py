"""What is done with a collection from the command line: review, repeated notices, removal, the overview, aliases."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from tests.cli.test_collect import run
from tests.collection.conftest import text_of

import pairing_graph as pg
from pairing_graph.collection import repeated

DOUBTFUL = "1\t新建厂房\t县发展改革委\t县财政局、加强宣传、县商务委"


@pytest.fixture
def folder(tmp_path):
    """Four notices, one of them twice with a change of a sign, one with a doubt, and a file that cannot be read."""
    notices = tmp_path / "notices"
    notices.mkdir()
    for number in range(1, 4):
        (notices / f"{number}.txt").write_text(text_of(number), encoding="utf-8")
    (notices / "again.txt").write_text(text_of(2).replace("各有关单位：", "各有关单位:"), encoding="utf-8")
    lines = text_of(5).split("\n")
    doubtful = [DOUBTFUL if line.startswith("1\t") else line for line in lines]
    (notices / "doubtful.txt").write_text("\n".join(doubtful), encoding="utf-8")
    (notices / "letter.txt").write_text("今天没有表。\n", encoding="utf-8")
    return notices


@pytest.fixture
def collected(capsys, folder, tmp_path):
    assert run(capsys, "collect", folder, "--into", tmp_path / "c", "--workers", 1)[0] == 0
    return tmp_path / "c"


def test_collect_says_what_to_look_at_next(capsys, folder, tmp_path):
    into = tmp_path / "c"
    _, _, err = run(capsys, "collect", folder, "--into", into, "--workers", 1)
    doubts = len(pg.Collection(into).review().query("doubt != 'file_unreadable'"))
    assert err.splitlines()[-2:] == [
        f"1 notice looks like a repeat of another: pairing-graph repeated {into}",
        f"{doubts} doubts to review: pairing-graph review {into} --into review.xlsx",
    ]


def test_collect_says_nothing_where_there_is_nothing_to_look_at(capsys, tmp_path):
    (tmp_path / "a.txt").write_text(text_of(1), encoding="utf-8")
    assert run(capsys, "collect", tmp_path / "a.txt", "--into", tmp_path / "c", "--workers", 1)[2] == ""


def test_the_queue_is_written_filled_in_and_applied(capsys, collected, tmp_path):
    queue = tmp_path / "review.csv"
    code, out, _ = run(capsys, "review", collected, "--into", queue)
    assert code == 0
    assert f"pairing-graph collect --into {collected} --corrections {queue}" in out
    table = pd.read_csv(queue, dtype=str, keep_default_na=False)
    row = table["words"] == "加强宣传"
    assert row.sum() == 1
    table.loc[row, ["value", "reason"]] = ["县财政局、县水利局、县商务委", "电话核实"]
    table.to_csv(queue, index=False, encoding="utf-8-sig")
    code, out, _ = run(capsys, "collect", "--into", collected, "--corrections", queue, "--workers", 1)
    assert (code, out) == (0, "1 read, 1 changed\n")
    assert "县水利局" in set(pg.Collection(collected).select(year=2022).units["name"])


def test_the_queue_is_printed_and_given_as_data(capsys, collected):
    code, out, _ = run(capsys, "review", collected, "--lang", "en")
    assert (code, "加强宣传" in out, "review.xlsx" in out) == (0, True, True)
    code, out, _ = run(capsys, "review", collected, "--format", "json", "--most", 1)
    assert (code, len(json.loads(out))) == (0, 1)


def test_a_queue_in_which_nothing_is_filled_in_is_said_so(capsys, collected, tmp_path):
    queue = tmp_path / "review.xlsx"
    run(capsys, "review", collected, "--into", queue)
    code, _, err = run(capsys, "collect", "--into", collected, "--corrections", queue)
    assert (code, "No row is filled in" in err, "value and reason" in err) == (2, True, True)


@pytest.mark.parametrize("path", ["", "."])
def test_an_empty_variable_takes_out_nothing(capsys, collected, path):
    before = len(pg.Collection(collected))
    code, _, err = run(capsys, "remove", collected, path)
    assert (code, len(pg.Collection(collected))) == (2, before)
    assert "all beneath the folder that you are in" in err


def test_repeated_notices_are_listed_decided_and_taken_out(capsys, collected, folder, tmp_path):
    code, out, _ = run(capsys, "repeated", collected, "--lang", "en")
    assert (code, "again.txt" in out or "2.txt" in out) == (0, True)
    table = tmp_path / "repeated.csv"
    code, out, _ = run(capsys, "repeated", collected, "--into", table)
    assert (code, f"pairing-graph remove {collected} --decided {table}" in out) == (0, True)
    rows = pd.read_csv(table, dtype=str, keep_default_na=False)
    rows["decision"] = "是"
    rows.to_csv(table, index=False, encoding="utf-8-sig")
    assert run(capsys, "repeated", collected, "--into", table)[0] == 0, "the decisions stay"
    code, out, _ = run(capsys, "remove", collected, "--decided", table)
    assert (code, out) == (0, "1 removed, 4 notices left\n")
    assert json.loads(run(capsys, "repeated", collected, "--format", "json")[1]) == []
    assert run(capsys, "collect", folder, "--into", collected, "--workers", 1)[1].startswith("0 read, 5 unchanged")


def test_pairs_that_were_decided_are_not_asked_about_again(capsys, collected, tmp_path):
    table = tmp_path / "repeated.csv"
    decide = f"pairing-graph remove {collected} --decided {table}"
    _, out, _ = run(capsys, "repeated", collected, "--into", table)
    assert (out.splitlines()[0], decide in out) == (f"1 pair: {table}", True)
    rows = pd.read_csv(table, dtype=str, keep_default_na=False)
    for decision, said in (
        ("否", "1 pair, all decided"),
        ("是", "1 pair, all decided"),
        ("", "1 pair"),
        ("再议", "1 pair"),
    ):
        rows.assign(decision=decision).to_csv(table, index=False, encoding="utf-8-sig")
        _, out, _ = run(capsys, "repeated", collected, "--into", table)
        assert out.splitlines()[0] == f"{said}: {table}"
        assert ("Write 是" in out) is (decision in ("", "再议"))
        assert (decide in out) is (decision != "否"), "a pair decided yes is still to be taken out"


def test_a_copy_of_the_same_bytes_is_passed_over_and_its_notice_stays(capsys, folder, tmp_path):
    (folder / "copy.txt").write_bytes((folder / "1.txt").read_bytes())
    many, table = tmp_path / "many", tmp_path / "repeated.csv"
    run(capsys, "collect", folder, "--into", many, "--workers", 1)
    run(capsys, "repeated", many, "--into", table)
    rows = pd.read_csv(table, dtype=str, keep_default_na=False)
    rows.loc[rows["basis"] == "bytes", "decision"] = "是"
    rows.to_csv(table, index=False, encoding="utf-8-sig")
    _, out, _ = run(capsys, "remove", many, "--decided", table)
    assert out.splitlines()[0].startswith("0 removed")
    assert out.splitlines()[1].startswith("1 file is passed over")


def test_groups_that_are_too_large_to_compare_are_said_so(capsys, collected, monkeypatch):
    monkeypatch.setattr(repeated, "MOST_IN_A_BLOCK", 1)
    _, _, err = run(capsys, "repeated", collected)
    assert "of more than 1 notices of one region and year with the same task, or of one number, not compared" in err


def test_a_table_without_decisions_is_said_so(capsys, collected, tmp_path):
    table = tmp_path / "repeated.xlsx"
    run(capsys, "repeated", collected, "--into", table)
    code, _, err = run(capsys, "remove", collected, "--decided", table)
    assert (code, "No row says yes" in err) == (2, True)


def test_notices_are_removed_by_their_files_and_folders(capsys, collected, folder):
    code, out, _ = run(capsys, "remove", collected, folder / "1.txt")
    assert (code, out) == (0, "1 removed, 4 notices left\n")
    code, out, _ = run(capsys, "remove", collected, folder)
    assert (code, out) == (0, "4 removed, 0 notices left\n")
    assert pg.Collection(collected).failures == {}


def test_a_file_that_is_not_in_the_collection_is_refused_with_what_is_near(capsys, collected, folder):
    code, _, err = run(capsys, "remove", collected, folder / "1.txt", folder / "agian.txt")
    assert (code, "not in the collection" in err, "again.txt" in err) == (2, True, True)
    assert len(pg.Collection(collected)) == 5, "nothing is removed where one is refused"
    assert run(capsys, "remove", collected)[0] == 2


def test_a_file_may_be_named_as_the_collection_names_it(capsys, collected, monkeypatch, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    failed = next(iter(pg.Collection(collected).failures))
    assert run(capsys, "remove", collected, failed)[0] == 0
    assert pg.Collection(collected).failures == {}


def test_the_overview_is_written_into_a_folder(capsys, collected, tmp_path):
    code, out, _ = run(capsys, "overview", collected, "--into", tmp_path / "o", "--notices", 1, "--lang", "en")
    assert (code, out) == (0, f"{tmp_path / 'o' / 'overview.html'}\n")
    assert len(list((tmp_path / "o" / "overview_notices").glob("*.html"))) == 1
    assert run(capsys, "overview", collected, "--into", tmp_path / "p.html", "--notices", 0)[0] == 0
    assert (tmp_path / "p.html").is_file()


def test_aliases_of_a_collection_are_suggested_and_applied(capsys, collected, tmp_path):
    table = tmp_path / "a.csv"
    code, out, _ = run(capsys, "suggest-aliases", collected, "--out", table)
    assert code == 0
    assert table.is_file()
    assert f"pairing-graph collect --into {collected} --aliases {table}" in out
    code, _, err = run(capsys, "suggest-aliases", collected, "--qualifier", "separate")
    assert (code, "pairing-graph collect" in err) == (2, True)


@pytest.mark.parametrize("command", [["review"], ["repeated"], ["remove"], ["overview", "--into", "o"]])
def test_a_folder_that_is_no_collection_is_refused(capsys, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, *command, tmp_path, *(["a.txt"] if command == ["remove"] else []))
    assert (code, "This is no collection" in err, "pairing-graph collect" in err) == (2, True, True)
    assert not list(tmp_path.iterdir())
