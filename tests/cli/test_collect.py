"""`pairing-graph collect`, and commands on a collection: what is printed, what is refused, what is written."""

from __future__ import annotations

import csv
import subprocess
import sys

import pytest
from tests.collection.conftest import text_of

import pairing_graph as pg
from pairing_graph.cli.app import main
from pairing_graph.cli.collect import SHOWN
from pairing_graph.cli.collections import INDEX
from pairing_graph.collection import database, index


def run(capsys, *arguments):
    code = main(list(map(str, arguments)))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def notices(tmp_path):
    folder = tmp_path / "notices"
    (folder / "2022").mkdir(parents=True)
    for number in range(1, 4):
        (folder / "2022" / f"{number}.txt").write_text(text_of(number), encoding="utf-8")
    (folder / "letter.txt").write_text("今天没有表。\n", encoding="utf-8")
    return folder


@pytest.fixture
def collected(capsys, notices, tmp_path):
    target = tmp_path / "collection"
    assert run(capsys, "collect", notices, "--into", target, "--workers", 1)[0] == 0
    return target


def test_what_was_read_is_said_with_the_failures(capsys, notices, tmp_path):
    code, out, err = run(capsys, "collect", notices, "--into", tmp_path / "c", "--workers", 1)
    assert (code, out) == (0, "3 read, 1 could not be read\n")
    assert "letter.txt: " in err
    assert "No table was found" in err
    (notices / "2022" / "1.txt").write_text(text_of(7), encoding="utf-8")
    (notices / "2022" / "9.txt").write_text(text_of(2), encoding="utf-8")
    code, out, _ = run(capsys, "collect", notices, "--into", tmp_path / "c", "--workers", 1)
    assert (code, out) == (0, "1 read, 1 changed, 2 unchanged, 1 repeated, 1 could not be read\n")


def test_of_many_failures_the_first_are_said_and_how_to_see_all(capsys, notices, tmp_path):
    for number in range(SHOWN + 2):
        (notices / f"empty-{number}.txt").write_text("", encoding="utf-8")
    _, _, err = run(capsys, "collect", notices, "--into", tmp_path / "c", "--workers", 1)
    lines = err.splitlines()
    assert (len(lines), lines[-1]) == (SHOWN + 1, f"3 more: pairing-graph collect --into {tmp_path / 'c'} --failures")
    code, out, err = run(capsys, "collect", "--into", tmp_path / "c", "--failures")
    assert (code, len(out.splitlines()), err) == (0, SHOWN + 3, "")


def test_a_named_file_that_fails_is_a_mistake(capsys, notices, tmp_path):
    assert run(capsys, "collect", notices / "letter.txt", notices, "--into", tmp_path / "c", "--workers", 1)[0] == 2
    code, _, err = run(capsys, "collect", tmp_path / "none", "--into", tmp_path / "c", "--workers", 1)
    assert (code, "There is no such file" in err) == (2, True)
    assert run(capsys, "collect", "--into", tmp_path / "c")[0] == 2


def test_loads_of_the_country_are_written_in_one_go(capsys, notices, tmp_path):
    path = tmp_path / "loads.csv"
    code, out, _ = run(capsys, "collect", notices, "--into", tmp_path / "c", "--loads", path, "--workers", 1)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert (code, f"{len(rows)} units" in out) == (0, True)
    expected = pg.workload(pg.read_notices(notices / "2022", progress=False))
    assert {row["unit"]: int(row["tasks"]) for row in rows} == expected["tasks"].to_dict()


def test_loads_that_need_more_memory_than_is_saved_are_written_all_the_same(capsys, collected, tmp_path, monkeypatch):
    first = tmp_path / "first.csv"
    assert run(capsys, "workload", collected, "--out", first)[0] == 0
    monkeypatch.setattr(database, "memory_of_loads", lambda: "1MiB")
    again, loads = tmp_path / "again.csv", tmp_path / "loads.csv"
    assert run(capsys, "workload", collected, "--out", again)[0] == 0
    assert run(capsys, "collect", "--into", collected, "--loads", loads)[0] == 0
    assert first.read_bytes() == again.read_bytes() == loads.read_bytes()


@pytest.mark.parametrize("command", [["workload"], ["measures", "--table", "workload"], ["panel"]])
def test_measures_take_a_collection_for_a_notice(capsys, collected, tmp_path, command):
    code, out, _ = run(capsys, *command, collected, "--format", "csv")
    rows = list(csv.DictReader(out.splitlines()))
    assert (code, rows[0]["lead"]) == (0, "1")
    assert run(capsys, *command, collected, "--out", tmp_path / "a.parquet")[0] == 0
    import pandas as pd

    assert pd.read_parquet(tmp_path / "a.parquet")["unit"].tolist() == [row["unit"] for row in rows]


def test_the_terminal_has_the_first_rows(capsys, collected, monkeypatch):
    monkeypatch.setattr("pairing_graph.cli.collections.SHOWN", 4)
    code, out, _ = run(capsys, "workload", collected, "--lang", "en")
    assert code == 0
    assert "The first 4 of 15 rows" in out
    assert sum(line.startswith(("巫溪", "城口", "奉节")) for line in out.splitlines()) == 4


def test_a_mistyped_path_is_refused_and_leaves_nothing(capsys, notices, tmp_path):
    into = tmp_path / "c"
    code, _, err = run(capsys, "collect", notices, notices / "nothere.txt", "--into", into, "--workers", 1)
    assert (code, "There is no such file" in err, "nothere.txt" in err) == (2, True, True)
    assert len(pg.Collection(into)) == 0
    assert pg.Collection(into).failures == {}


def test_what_is_left_out_is_a_sentence_said_once(capsys, collected):
    code, _, err = run(capsys, "measures", collected, "--lang", "en")
    assert code == 0
    assert "Warning" not in err
    assert len(err.splitlines()) == len(set(err.splitlines()))


def test_what_does_not_apply_to_a_collection_is_refused(capsys, collected):
    for command in ("workload", "panel"):
        code, _, err = run(capsys, command, collected, "--qualifier", "separate")
        assert (code, "Give them to pairing-graph collect" in err) == (2, True)
    code, _, err = run(capsys, "measures", collected, "--table", "centrality")
    assert (code, "workload" in err) == (2, True)
    code, _, err = run(capsys, "measures", collected, "--format", "csv")
    assert (code, "One measure at a time" in err) == (2, True)


def test_the_loads_are_not_written_over_a_notice(capsys, notices, tmp_path):
    file = notices / "2022" / "1.txt"
    before = file.read_bytes()
    code, _, err = run(capsys, "collect", file, "--into", tmp_path / "c", "--loads", file, "--workers", 1)
    assert (code, "overwrite" in err, file.read_bytes()) == (2, True, before)


def test_loads_are_not_written_over_a_notice_of_a_folder_before_it_is_read(capsys, notices, tmp_path):
    file = (notices / "2022" / "1.txt").rename(notices / "2022" / "1.xlsx")
    before = file.read_bytes()
    code, _, err = run(capsys, "collect", notices, "--into", tmp_path / "c", "--loads", file, "--workers", 1)
    assert (code, "overwrite" in err, file.read_bytes()) == (2, True, before)
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize("options", [[], ["--of", "region"], ["--of", "pair"], ["--balanced"]])
def test_the_panel_of_a_collection_is_that_of_its_notices(capsys, notices, collected, tmp_path, options):
    of_collection, of_notices = tmp_path / "a.csv", tmp_path / "b.csv"
    assert run(capsys, "panel", collected, *options, "--out", of_collection)[0] == 0
    assert run(capsys, "panel", notices / "2022", *options, "--out", of_notices)[0] == 0
    assert of_collection.read_text("utf-8-sig") == of_notices.read_text("utf-8-sig")


def test_the_panel_of_a_collection_has_loads_by_unit_and_year(capsys, collected):
    code, out, _ = run(capsys, "panel", collected, "--format", "csv")
    rows = {(row["unit"], row["year"]): row["lead"] for row in csv.DictReader(out.splitlines())}
    assert code == 0
    assert {unit: lead for unit, lead in rows.items() if "发展改革委" in unit[0]} == {
        ("城口县发展改革委", "2022"): "1",
        ("奉节县发展改革委", "2021"): "1",
        ("巫溪县发展改革委", "2022"): "1",
    }


@pytest.mark.parametrize("command", [["panel"], ["measures", "--table", "panel"]])
def test_which_notices_of_a_collection_have_no_year_is_said_beside_the_panel(capsys, collected, tmp_path, command):
    undated = tmp_path / "undated.txt"
    undated.write_text("序号\t任务内容\t牵头单位\n1\t修路\t甲县水利局\n", encoding="utf-8")
    assert run(capsys, "collect", undated, "--into", collected, "--workers", 1)[0] == 0
    code, out, err = run(capsys, *command, collected, "--format", "csv")
    assert (code, "undated" in err, "Warning" in err, "undated" in out) == (0, True, False, False)


@pytest.mark.parametrize(
    "command", [["workload"], ["measures", "--table", "workload"], ["panel"], ["collect", "--into"]]
)
def test_nothing_is_written_over_a_collected_notice(capsys, notices, collected, command):
    file = (notices / "2022" / "1.txt").rename(notices / "1.csv")
    before = file.read_bytes()
    code, _, err = run(capsys, *command, collected, "--loads" if command[0] == "collect" else "--out", file)
    assert (code, "overwrite" in err, file.read_bytes()) == (2, True, before)


@pytest.fixture
def corrections(tmp_path):
    file = tmp_path / "corrections.csv"
    address = "城口县府办发〔2022〕1号!t1r2c3"
    file.write_text(f"address,column,value,reason\n{address},text,县农业农村委,电话核实\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("options", [[], ["--failures"]])
def test_corrections_and_aliases_are_applied_without_notices(capsys, collected, corrections, tmp_path, options):
    code, out, _ = run(capsys, "collect", "--into", collected, "--corrections", corrections, "--workers", 1, *options)
    assert (code, out.splitlines()[0]) == (0, "1 read, 1 changed")
    aliases = tmp_path / "aliases.csv"
    aliases.write_text("region,alias,name,reason\n城口县,县农业农村委,县农业委,同\n", encoding="utf-8")
    code, out, _ = run(capsys, "collect", "--into", collected, "--aliases", aliases, "--workers", 1, *options)
    assert (code, out.splitlines()[0]) == (0, "1 read, 1 changed")
    assert "城口县农业委" in pg.Collection(collected).select(region="城口县").units["unit"].tolist()


def test_decisions_without_notices_are_said_so_where_nothing_was_given(capsys, collected):
    code, _, err = run(capsys, "collect", "--into", collected)
    assert (code, "corrections" in err, "aliases" in err) == (2, True, True)


def test_a_folder_of_which_nothing_can_be_read_is_a_mistake(capsys, tmp_path):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "letter.txt").write_text("今天没有表。\n", encoding="utf-8")
    for _ in range(2):  # Also where the failure is known already.
        assert run(capsys, "collect", tmp_path / "bad", "--into", tmp_path / "c", "--workers", 1)[0] == 2


@pytest.mark.parametrize("option", [["--by", "document"], ["--pooled"]])
def test_all_measures_of_a_collection_take_an_option_that_some_have(capsys, collected, option):
    code, out, err = run(capsys, "measures", collected, "--lang", "en", *option)
    assert (code, err) == (0, "")
    whole = run(capsys, "measures", collected, "--lang", "en")[1]
    assert out.splitlines()[:4] == whole.splitlines()[:4]  # workload and others have no such option


@pytest.mark.parametrize("command", [["analyse"], ["read"], ["cite"], ["report"], ["compare"], ["measures"]])
def test_a_command_that_takes_no_collection_says_that_it_is_one(capsys, collected, notices, command):
    others = [notices / "2022" / "1.txt"] if command[0] in ("compare", "measures") else []
    code, _, err = run(capsys, *command, *others, collected)
    assert (code, "is a collection" in err, "pairing-graph workload" in err) == (2, True, True)
    assert "panel" in err
    assert "without notices" not in err


def test_a_format_that_is_not_written_is_refused_before_anything_is_read(capsys, notices, tmp_path):
    code, _, err = run(capsys, "collect", notices, "--into", tmp_path / "c", "--loads", tmp_path / "loads.xyz")
    assert code == 2
    assert "This table format is not written" in err
    assert not (tmp_path / "c").exists()


def test_help_does_not_wait_for_the_collections():
    assert INDEX == index.INDEX
    code = (
        "import sys; from pairing_graph.cli.app import main; main(['collect', '--help']);"
        "print([m for m in ('duckdb', 'loky', 'pyarrow', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode("utf-8").splitlines()[-1] == "[]"


def test_interrupted_it_says_how_many_were_read_and_how_to_go_on(capsys, notices, tmp_path, monkeypatch):
    from pairing_graph.collection import collecting

    real, calls = collecting.read_jobs, []

    def read(jobs, choices):
        calls.append(jobs)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(jobs, choices)

    monkeypatch.setattr(collecting, "CHUNK", 1)
    monkeypatch.setattr(collecting, "read_jobs", read)
    command = ["collect", notices, "--into", tmp_path / "c", "--workers", 1, "--loads", tmp_path / "a.csv"]
    code, out, err = run(capsys, *command)
    assert (code, out) == (130, "")
    assert "Interrupted: 1 read. What was read is kept; the same command goes on with the others." in err
    assert not (tmp_path / "a.csv").exists()
    assert "2 read, 1 unchanged" in run(capsys, *command)[1]


def test_what_an_older_version_read_is_read_again(capsys, notices, tmp_path, monkeypatch):
    command = ["collect", notices, "--into", tmp_path / "c", "--workers", 1]
    with monkeypatch.context() as older:
        older.setattr(pg, "__version__", "0.0.9")
        run(capsys, *command)
    assert "3 read, 3 changed" in run(capsys, *command, "--again", "older")[1]
    assert "0 read, 3 unchanged" in run(capsys, *command, "--again", "older")[1]
