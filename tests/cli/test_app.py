"""The command line: what it writes, what it prints, and one sentence for a mistake."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from functools import wraps
from importlib import import_module
from types import FunctionType

import pandas as pd
import pytest
from tests.measures.small import small, together

import pairing_graph as pg
from pairing_graph.cli.app import main
from pairing_graph.cli.data import print_tables
from pairing_graph.kb.schema import TABLES
from pairing_graph.measures.results import Results, offered
from pairing_graph.output import formats
from pairing_graph.output.findings import measure_sections
from pairing_graph.output.formats import FORMATS, TableFormat
from pairing_graph.output.report import paired_twice

NOTICE = "data/raw/wuxi-yuzhong-2022.txt"


def run(capsys, *arguments):
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture(scope="module")
def analysed(tmp_path_factory, root):
    """One run of `analyse`, by the example in its help: exit code, output, errors and the folder it wrote."""
    folder = tmp_path_factory.mktemp("analysed")
    (folder / "data").symlink_to(root / "data")
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(example_of("analyse"))
    return code, out.getvalue(), err.getvalue(), folder / "out"


def example_of(command):
    """The arguments of the example in the help of a command."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main([command, "--help"]) == 0
    joined = " ".join(part.strip("│ ") for part in out.getvalue().splitlines())
    return joined.partition("Example: pairing-graph ")[2].split()


def draw_little(results, folder, _lang):
    """In place of figures and page, which take most of the time of a run: a file that shows they were asked for."""
    (folder / "graph.html").write_text(results.kb.documents["document"].item(), encoding="utf-8")
    return [("graph.html", "")]


def test_read_prints_one_object_with_the_eight_tables(capsys, kb):
    code, out, err = run(capsys, "read", NOTICE, "--format", "json")
    assert (code, err) == (0, "")
    tables = json.loads(out)
    assert list(tables) == list(TABLES)
    assert {name: len(rows) for name, rows in tables.items()} == {name: len(rows) for name, rows in kb.tables.items()}
    assert tables["documents"][0]["regions"] == ["渝中区", "巫溪县"]
    assert tables["targets"][0]["value_max"] is None
    assert pg.frame("assignments", tables["assignments"]).equals(kb.assignments)


def test_read_writes_csv_that_excel_opens(capsys, kb, tmp_path):
    code, out, _ = run(capsys, "read", NOTICE, "--format", "csv", "--out", str(tmp_path / "tables"))
    assert (code, out) == (0, "")
    assert sorted(file.stem for file in (tmp_path / "tables").iterdir()) == sorted(TABLES)
    data = (tmp_path / "tables" / "units.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["unit"] for row in rows] == list(kb.units["unit"])


def test_one_table_can_be_printed(capsys):
    code, out, _ = run(capsys, "read", NOTICE, "--format", "csv", "--table", "pairings")
    assert code == 0
    assert len(out.splitlines()) == 36


def test_workload_prints_every_unit_in_all_ways_of_counting(capsys, kb):
    code, out, _ = run(capsys, "workload", NOTICE)
    assert code == 0
    line = next(line for line in out.splitlines() if "区招商投资局" in line)
    assert line.split() == ["渝中区", "区招商投资局", "7", "0", "0", "7", "3", "4", "5.00", "2", "2", "5"]
    assert all(name in out for name in kb.units.loc[~kb.units["collective"], "name"])


@pytest.mark.parametrize("format_", ["json", "csv"])
def test_workload_as_data(capsys, kb, format_):
    code, out, _ = run(capsys, "workload", NOTICE, "--format", format_)
    rows = json.loads(out) if format_ == "json" else list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [row["unit"] for row in rows] == list(pg.workload(kb).index)
    assert float(rows[0]["lead"]) == 7


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["read", "nowhere.txt"], "There is no such file"),
        (["read", NOTICE, "--format", "csv"], "--out FOLDER"),
        (["read", NOTICE, "--table", "magic"], "documents, units, tasks"),
        (["workload", "data/raw"], "folder"),
        (["analyse", "nowhere.txt"], "There is no such file"),
        (["workload", "data/raw/registry.txt"], "No table was found"),
    ],
    ids=["no-file", "csv-to-nowhere", "no-such-table", "folder", "analyse-no-file", "no-notice"],
)
def test_a_mistake_is_a_sentence_and_exit_code_2(capsys, arguments, sentence):
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert sentence in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [["read"], ["dance"], ["read", NOTICE, "--format", "docx"]],
    ids=["no-notice", "no-command", "no-format"],
)
def test_a_wrong_call_is_exit_code_2(capsys, arguments):
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert "Usage" in err


@pytest.mark.parametrize("command", ["read", "workload", "trace", "explain", "cite", "measures", "compare"])
def test_the_example_in_the_help_works(capsys, command, tmp_path, monkeypatch, root):
    example = example_of(command)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").symlink_to(root / "data")
    code, _, err = run(capsys, *example)
    assert (example[0], code) == (command, 0), err


def test_the_example_of_analyse_works(analysed):
    code, _, err, out = analysed
    assert (code, err) == (0, "")
    assert (out / "manifest.json").exists()


def test_no_number_is_left_out_on_a_narrow_terminal(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    code, out, _ = run(capsys, "workload", NOTICE)
    assert code == 0
    assert next(line for line in out.splitlines() if "区招商投资局" in line).split()[2:] == [
        "7",
        "0",
        "0",
        "7",
        "3",
        "4",
        "5.00",
        "2",
        "2",
        "5",
    ]


def test_loads_can_be_split(capsys):
    code, out, _ = run(capsys, "workload", NOTICE, "--by", "area", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert [row["area"] for row in rows[:2]] == ["产业协同方面", "产业协同方面"]
    assert rows[0]["pairings"] is None


def test_explain_prints_the_rows_behind_a_number(capsys):
    code, out, _ = run(
        capsys, "explain", NOTICE, "coordination", "区商务委", "县商务委", "joint_tasks", "--choice", "role=lead"
    )
    assert code == 0
    assert "joint_tasks) = 5" in out
    assert "role = lead" in out
    code, out, _ = run(capsys, "explain", NOTICE, "workload", "区教委", "lead", "--format", "csv")
    assert (code, out.splitlines()[0].split(",")[:2]) == (0, ["counted", "contributes"])
    assert run(capsys, "explain", NOTICE, "workload", "区教委")[0] == 2
    assert run(capsys, "explain", NOTICE, "workload", "区教委", "lead", "--choice", "role")[0] == 2


def test_cite_prints_references(capsys):
    code, out, _ = run(capsys, "cite", NOTICE, "--style", "bibtex")
    assert (code, out[:6]) == (0, "@misc{")
    code, out, _ = run(capsys, "cite", NOTICE, "workload", "区教委", "lead", "--style", "apa")
    assert code == 0
    assert out.count("\n") == 3
    assert "workload(渝中区教委, lead) = 3" in out


def test_trace_prints_the_cells(capsys):
    code, out, _ = run(capsys, "trace", NOTICE, "区教委", "县教委")
    assert code == 0
    assert "220" in out
    assert "221" in out
    assert run(capsys, "trace", NOTICE, "区教委", "县教委", "3")[0] == 2
    assert run(capsys, "trace", NOTICE, "县魔法局")[0] == 2


def test_the_version_is_printed(capsys):
    assert run(capsys, "--version")[:2] == (0, f"pairing-graph {pg.__version__}\n")


def test_a_named_file_that_fails_is_said_and_the_others_are_read(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("pairing_graph.cli.analyse._draw", draw_little)
    code, out, err = run(capsys, "analyse", "nowhere.txt", NOTICE, "--out", str(tmp_path / "out"))
    assert code == 2
    assert "There is no such file. Where: nowhere.txt." in err
    assert "1 cells or lines could not be read" in out
    assert (tmp_path / "out" / "graph.html").exists()


def test_the_output_is_utf_8_whatever_the_locale():
    environment = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "pairing_graph", "read", NOTICE, "--format", "csv", "--table", "units"],
        capture_output=True, env=environment, check=True,
    )  # fmt: skip
    assert "渝中区招商投资局" in done.stdout.decode("utf-8")


def test_reading_does_not_wait_for_what_draws():
    code = (
        "import sys; from pairing_graph.cli.app import main; main(['workload', sys.argv[1]]);"
        "print([m for m in ('matplotlib', 'pyvis', 'jinja2', 'IPython', 'fontTools') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, NOTICE], capture_output=True, check=True)
    assert done.stdout.decode("utf-8").splitlines()[-1] == "[]"


def test_analyse_writes_and_prints_what_an_analyst_looks_for(analysed):
    _, out, _, folder = analysed
    written = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    assert {f"tables/{name}.csv" for name in (*TABLES, "workload", "concentration")} <= written
    assert {"graph/graph.graphml", "graph/graph.json", "graph/graph.gexf", "graph.html", "report.txt"} <= written
    assert sum(name.endswith(".png") for name in written) == sum(name.endswith(".svg") for name in written) >= 3
    for words in (
        "多次结对 Paired more than once",
        "巫溪县国资监管中心",
        "区金融办、区国资委",
        "5.00",
        "4.33",
        "序号按上下文补足",
        "graph.html",
    ):
        assert words in out
    assert (folder / "report.txt").read_text(encoding="utf-8") in out.replace("\r", "")


def test_analyse_gives_the_same_bytes_twice(capsys, tmp_path, analysed):
    assert run(capsys, "analyse", NOTICE, "--out", str(tmp_path / "two"))[0] == 0
    first = analysed[3]
    for file in first.rglob("*"):
        if file.is_file():
            assert file.read_bytes() == (tmp_path / "two" / file.relative_to(first)).read_bytes(), file.name


def test_an_out_folder_that_is_a_file_is_a_sentence(capsys, tmp_path):
    (tmp_path / "out").write_text("x", encoding="utf-8")
    code, _, err = run(capsys, "analyse", NOTICE, "--out", str(tmp_path / "out"))
    assert code == 2
    assert "folder cannot be made" in err


INVENTED = "data/examples/invented-2023.txt"


def test_measures_prints_what_an_analyst_reads_first(capsys):
    code, out, err = run(capsys, "measures", NOTICE)
    assert (code, err) == (0, "")
    assert "结对吻合度" in out
    assert next(line for line in out.splitlines() if "first-listed" in line).split()[-3:] == ["11", "11", "1.00"]
    assert next(line for line in out.splitlines() if line.split()[:1] == ["县农业农村委"]).split()[1] == "4、5、6"
    assert "<NA>" not in out


def test_measures_as_data_tell_their_choices(capsys):
    code, out, _ = run(capsys, "measures", NOTICE, "--format", "json", "--table", "congruence")
    told = json.loads(out)["congruence"]
    assert code == 0
    assert [(row["satisfied"], row["required"]) for row in told["rows"]] == [(15, 25), (39, 61), (20, 30), (11, 11)]
    assert told["choices"]["brackets"] == "base"


def test_all_measures_as_one_object(capsys):
    _, out, _ = run(capsys, "measures", NOTICE, "--format", "json")
    told = json.loads(out)
    assert {"coordination", "checks", "balance", "concentration", "centrality"} <= set(told)
    assert "choices" not in told  # It takes longer than all others: only where it is asked for by name.
    assert len(told["gaps"]["rows"]) == 10


def test_one_measure_as_a_table_or_csv(capsys):
    _, out, _ = run(capsys, "measures", NOTICE, "--table", "coverage", "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == 6
    _, out, _ = run(capsys, "measures", NOTICE, "--table", "coverage")
    assert "township_level" in out


def test_compare_prints_what_differs(capsys):
    code, out, err = run(capsys, "compare", NOTICE, INVENTED)
    assert (code, err) == (0, "")
    assert "8000万元以上" in out
    assert "19 matches with score 100 are left out" in out
    assert out.index("8000万元以上") < out.index("Matched tasks")
    assert "渝中区招商投资促进局" in out


YEARS = (NOTICE, "data/examples/invented-2023.txt")


def test_measures_of_several_notices_are_apart_or_pooled_as_asked(capsys):
    plain = {}
    for option in ((), ("--by", "document"), ("--pooled",)):
        code, out, _ = run(capsys, "measures", *YEARS, "--table", "congruence", "--format", "json", *option)
        told = json.loads(out)["congruence"]
        rows = [row for row in told["rows"] if row["variant"] == "plain"]
        plain[told["choices"]["notices"]] = [(row["satisfied"], row["required"]) for row in rows]
        assert code == 0
    assert plain == {"within each": [(31, 50)], "by document": [(15, 25), (16, 25)], "pooled": [(20, 32)]}


def test_measures_by_document_name_the_notice_of_each_row(capsys):
    code, out, _ = run(capsys, "measures", *YEARS, "--by", "document", "--lang", "en")
    assert code == 0
    section = out.split("Congruence of pairings with joint tasks")[1].split("\n\n")[1]
    assert section.split()[0] == "notice"
    assert section.count("虚构府发〔2023〕1号") == 4


def test_a_measure_that_is_not_split_refuses_the_option(capsys):
    for option in (("--by", "document"), ("--pooled",)):
        code, _, err = run(capsys, "measures", *YEARS, "--table", "coverage", *option)
        assert code == 2
        assert "congruence" in err
    code, _, err = run(capsys, "measures", *YEARS, "--by", "document", "--pooled")
    assert (code, "apart or pooled" in err) == (2, True)


def test_sections_say_which_notices_were_left_out_and_how_to_pool_them(kb):
    second = kb.documents.assign(document="table")
    documents = pd.concat([kb.documents, second], ignore_index=True)
    parted = kb.replace(documents=documents, pairings=kb.pairings.assign(document="table"))
    texts = [section.text for section in measure_sections(Results(parted, "en"), "en")]
    assert sum("--pooled" in text and "table" in text for text in texts) == 4
    assert not any("--pooled" in section.text for section in measure_sections(Results(parted, "en", pooled=True), "en"))


def test_a_pairing_that_is_renewed_every_year_is_not_paired_twice():
    parts = [small([], [("甲区商务局", "乙县商务局")], document=document) for document in ("2022", "2023")]
    assert paired_twice(together(*parts), "en").table.empty
    again = small([], [("甲区商务局", "乙县商务局"), ("甲区商务局", "乙县教育局")], document="2024")
    table = paired_twice(together(*parts, again), "en").table
    assert table.to_numpy().tolist() == [["2024", "甲区商务局", 2, "县商务局, 县教育局"]]


def test_the_panel_is_printed_as_a_table_that_other_programs_read(capsys):
    code, out, _ = run(capsys, "panel", *YEARS, "--of", "region", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out.lstrip("\ufeff"))))
    assert code == 0
    assert [(row["region"], row["year"], row["tasks"]) for row in rows] == [
        (region, year, "28") for region in ("巫溪县", "渝中区") for year in ("2022", "2023")
    ]


def test_the_panel_says_which_notice_has_no_year(capsys, tmp_path):
    undated = tmp_path / "undated.html"
    cells = "".join(f"<tr><td>{a}</td><td>{b}</td><td>{c}</td></tr>" for a, b, c in (("序号", "工作任务", "牵头单位"), ("1", "办好学校", "县教委")))  # fmt: skip
    undated.write_text(f"<table>{cells}</table>", encoding="utf-8")
    code, _, err = run(capsys, "panel", NOTICE, str(undated), "--format", "json")
    assert code == 0
    assert "undated" in err
    assert "year" in err


def test_measures_without_a_pairing_table_say_so(kb):
    parts = list(measure_sections(Results(kb.replace(pairings=kb.pairings.iloc[:0]))))
    silent = [part for part in parts if "文件中没有结对表 The notice has no pairing table" in part.text]
    assert len(silent) == 6  # all but checks and balance, which are about the task table
    assert all(part.table.empty for part in silent)


def test_compare_as_data(capsys):
    _, out, _ = run(capsys, "compare", NOTICE, INVENTED, "--format", "json")
    told = json.loads(out)
    assert (len(told["matches"]["rows"]), len(told["tasks"]["rows"])) == (27, 2)
    _, out, _ = run(capsys, "compare", NOTICE, NOTICE, "--format", "json", "--table", "targets")
    assert json.loads(out)["targets"]["rows"] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["measures", NOTICE, "--table", "magic"], "unpaired_in_task"),
        (["measures", NOTICE, "--format", "csv"], "--table NAME"),
        (["measures", "nowhere.txt"], "There is no such file"),
        (["compare", NOTICE, "nowhere.txt"], "There is no such file"),
        (["compare", NOTICE, NOTICE, "--table", "magic"], "matches, tasks"),
        (["compare", NOTICE, NOTICE, "--threshold", "200"], "out of range"),
    ],
    ids=["no-measure", "csv-of-all", "no-file", "no-second-file", "no-table", "threshold"],
)
def test_mistakes_with_measures_are_one_sentence(capsys, arguments, sentence):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert sentence in err


def test_a_report_that_cannot_be_written_gets_a_sentence(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("pairing_graph.cli.analyse._draw", lambda *_: [])
    (tmp_path / "report.txt").mkdir()
    code, _, err = run(capsys, "analyse", NOTICE, "--out", str(tmp_path))
    assert code == 2
    assert "report.txt" in err
    assert "Traceback" not in err


def test_analyse_computes_each_measure_once(capsys, tmp_path, monkeypatch):
    calls = Counter()
    originals = {getattr(module, name): name for name, module in offered().items()}

    def counting(measure, name):
        @wraps(measure)
        def counted(*args, **options):
            calls[name] += 1
            return measure(*args, **options)

        return counted

    import_module("pairing_graph.figures.all")
    import_module("pairing_graph.page")
    for module in [module for name, module in sys.modules.items() if name.startswith("pairing_graph.")]:
        for name, value in list(vars(module).items()):
            if isinstance(value, FunctionType) and value in originals:
                monkeypatch.setattr(module, name, counting(value, originals[value]))
    assert run(capsys, "analyse", NOTICE, "--out", str(tmp_path))[0] == 0
    wanted = {"workload", "concentration", "coordination", "gaps", "congruence", "unpaired_in_task"}
    assert calls == dict.fromkeys(wanted, 1)


def test_a_full_disk_is_one_sentence(capsys, monkeypatch):
    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "No space left on device", "out/x.csv")

    monkeypatch.setattr("pairing_graph.reading.notices.read_notice", full)
    code, _, err = run(capsys, "workload", NOTICE)
    assert (code, err) == (
        2,
        "pairing-graph: A file cannot be read or written. Where: out/x.csv. Got: No space left on device.\n",
    )


def test_an_overlong_path_is_one_sentence(capsys):
    code, _, err = run(capsys, "workload", "a" * 5000)
    assert code == 2
    assert err.startswith("pairing-graph: The file cannot be read")


COMMANDS = [
    ["read", NOTICE],
    ["workload", NOTICE],
    ["trace", NOTICE, "3"],
    ["explain", NOTICE, "workload", "区教委", "lead"],
    ["cite", NOTICE],
    ["measures", NOTICE],
    ["compare", NOTICE, NOTICE],
]


@pytest.mark.parametrize(
    "error", [ValueError("odd\nbytes"), MemoryError(), RecursionError("deep")], ids=lambda e: type(e).__name__
)
@pytest.mark.parametrize("command", [*COMMANDS, ["analyse", NOTICE]], ids=lambda command: command[0])
def test_whatever_a_library_raises_is_one_sentence(capsys, monkeypatch, tmp_path, command, error):
    def broken(*_args, **_options):
        raise error

    monkeypatch.setattr("pairing_graph.reading.notices.read_document", broken)
    options = ["--out", str(tmp_path / "out")] if command[0] == "analyse" else []
    code, out, err = run(capsys, *command, *options)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "The memory is not enough" in err if isinstance(error, MemoryError) else str(error).split()[0] in err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_an_error_behind_the_reading_is_one_sentence_too(capsys, monkeypatch, command):
    def broken(*_args, **_options):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("pairing_graph.reading.notices.validate", broken)
    code, out, err = run(capsys, *command)
    assert (code, out) == (2, "")
    assert err.startswith("pairing-graph: Unexpected error. Got: ZeroDivisionError: division by zero.")
    assert err.count("\n") == 1


@pytest.mark.parametrize("place", ["before", "behind"])
def test_debug_shows_where_an_error_happened(capsys, place):
    arguments = ["workload", "nowhere.txt"]
    code, _, err = run(capsys, *(["--debug", *arguments] if place == "before" else [*arguments, "--debug"]))
    assert code == 2
    assert err.startswith("Traceback")
    assert err.splitlines()[-1].startswith("pairing-graph: There is no such file")


@pytest.mark.parametrize(
    "arguments",
    [["workload", NOTICE], ["read", NOTICE], ["measures", NOTICE], ["--help"], ["analyse", NOTICE]],
    ids=lambda arguments: arguments[0],
)
def test_a_closed_pipe_is_no_error(tmp_path, arguments):
    options = ["--out", str(tmp_path)] if arguments[0] == "analyse" else []
    reader, writer = os.pipe()
    os.close(reader)
    code = "import sys; import pairing_graph.cli.analyse as a; from pairing_graph.cli import main; "
    code += "a._draw = lambda *_: []; sys.exit(main())"  # Figures and page take most of the time and print nothing.
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments, *options],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_mistake_in_front_of_a_closed_pipe_is_still_one(tmp_path):
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "pairing_graph", "read", "nowhere.txt"]
    assert subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False).returncode == 2
    os.close(writer)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["read", "n.txt", "--out", "n.txt"], "overwrite the notice"),
        (["read", "n.txt", "--out", "./../x/n.txt"], "overwrite the notice"),
        (["read", "n.txt", "--corrections", "c.csv", "--out", "c.csv"], "overwrite the corrections"),
        (["read", "n.txt", "--aliases", "tables/units.csv", "--format", "csv", "--out", "tables"], "overwrite the table of aliases"),
        (["read", "n.xlsx", "--format", "xlsx", "--out", "n.xlsx"], "overwrite the notice"),
        (["analyse", "out/graph.html", "--out", "out"], "overwrite the notice out/graph.html"),
        (["analyse", "n.txt", "--corrections", "out/report.txt", "--out", "out"], "overwrite the corrections"),
    ],
    ids=["txt", "other-path", "corrections", "aliases", "xlsx", "page", "corrections-in-out"],
)  # fmt: skip
def test_an_output_that_is_an_input_is_refused(capsys, monkeypatch, root, tmp_path, arguments, words):
    folder = tmp_path / "x"
    for name in ("out", "tables"):
        (folder / name).mkdir(parents=True)
    (folder / "n.txt").write_bytes((root / NOTICE).read_bytes())
    (folder / "n.xlsx").write_bytes(
        (root / "tests/data/notices/attachments/devzone-priorities/notice.xlsx").read_bytes()
    )
    (folder / "out" / "graph.html").write_bytes((root / "tests/data/notices/html/helping.html").read_bytes())
    (folder / "c.csv").write_text("address,column,value,reason\n")
    (folder / "out" / "report.txt").write_text("address,column,value,reason\n")
    (folder / "tables" / "units.csv").write_text("region,alias,name,reason\n")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    monkeypatch.chdir(folder)
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert words in err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"} == before


def test_json_is_not_written_over_a_workbook_by_mistake(capsys, kb, tmp_path):
    file = tmp_path / "tables.xlsx"
    before = pg.write_tables(kb, file).read_bytes()
    code, _, err = run(capsys, "read", NOTICE, "--out", str(file))
    assert code == 2
    assert "--format xlsx" in err
    assert file.read_bytes() == before


@pytest.mark.parametrize("redirected", ["2>&1 | true", "2>/dev/full", ">&-"], ids=["pipe", "full", "closed"])
def test_a_mistake_that_nobody_can_read_still_has_exit_code_2(redirected):
    command = f"set -o pipefail; {sys.executable} -m pairing_graph workload nowhere.txt {redirected}"
    assert subprocess.run(["bash", "-c", command], stderr=subprocess.DEVNULL, check=False).returncode == 2


def test_the_help_of_measures_lists_them(capsys):
    code, out, _ = run(capsys, "measures", "--help")
    assert code == 0
    assert set(offered()) <= set(re.findall(r"\w+", out))


def test_an_empty_measure_says_so_and_under_which_choices(capsys):
    empty = pd.DataFrame({"unit": []})
    empty.attrs = {"role": "answerable", "brackets": ""}
    print_tables({"gaps": empty}, None, "en")
    assert "Nothing was found under these choices: role = answerable." in capsys.readouterr().out
    print_tables({"gaps": pd.DataFrame({"unit": []})}, None, "zh")
    assert "没有结果。" in capsys.readouterr().out
    print_tables({"gaps": pd.DataFrame({"unit": ["甲"]})}, None, "zh")
    assert "没有结果" not in capsys.readouterr().out


def test_the_help_names_every_table_format(capsys):
    _, out, _ = run(capsys, "read", "--help")
    told = " ".join(re.sub(r"[^\x21-\x7e]", " ", out).split())
    assert all(f"{name}: {row.help}" in told for name, row in FORMATS.items())


def test_a_table_format_is_one_row(monkeypatch, kb, tmp_path):
    def write(kb, tables, path, lang):
        path.write_text(str(len(tables)), encoding="utf-8")

    row = TableFormat("Plain text", "a number", ".num", write, of_one=lambda table: str(len(table)))
    monkeypatch.setattr(formats, "FORMATS", {**FORMATS, "num": row})
    assert formats.printed() == ["json", "csv", "num"]
    assert pg.write_tables(kb, tmp_path / "tables.num").read_text(encoding="utf-8") == "8"
    with pytest.raises(pg.FileError, match=r"\.json, \.xlsx, \.num or a folder"):
        pg.write_tables(kb, tmp_path / "tables.sav")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--format", "xlsx"], "A workbook is written to a .xlsx file"),
        (["--format", "xlsx", "--out", "tables.csv"], "A workbook is written to a .xlsx file"),
        (["--format", "json", "--out", "tables.xlsx"], "JSON is written to a .json file"),
        (["--format", "json", "--table", "units"], "One table alone is written as CSV"),
        (["--format", "xlsx", "--out", "t.xlsx", "--table", "units"], "One table alone is written as CSV"),
    ],
    ids=["workbook-to-nowhere", "workbook-to-csv", "json-to-workbook", "json-alone", "workbook-alone"],
)
def test_a_format_goes_to_its_own_kind_of_file(capsys, monkeypatch, root, tmp_path, options, sentence):
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "read", str(root / NOTICE), *options)
    assert code == 2
    assert sentence in err
    assert not list(tmp_path.iterdir())


TWO_NAMES = "data/examples/two-names.txt"


def test_aliases_are_suggested_decided_and_taken_back(capsys, root, tmp_path):
    file, notice = str(tmp_path / "a.csv"), str(root / TWO_NAMES)
    assert run(capsys, "suggest-aliases", notice, "--out", file) == (0, "", "")
    words = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "a.csv").write_text(words.replace("t1r2c4.1,", "t1r2c4.1,是"), encoding="gbk")
    assert run(capsys, "suggest-aliases", notice, "--aliases", file, "--out", file) == (0, "", "")
    code, out, _ = run(capsys, "suggest-aliases", notice, "--aliases", file, "--format", "json")
    assert (code, [row["alias"] for row in json.loads(out)]) == (0, ["县发展改革委", "县住建局", "县农委"])
    assert "云岭供电公司" not in run(capsys, "workload", notice, "--aliases", file)[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.txt", "--out", "a.json"], "not written so"),
        (["a.csv", "--out", "a.csv"], "overwrite the notice a.csv"),
        (["nowhere.txt", "--corrections", "c.csv", "--out", "c.csv"], "overwrite the corrections"),
    ],
    ids=["suffix", "notice", "corrections"],
)
def test_a_table_of_aliases_is_written_over_no_input(capsys, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("x")
    (tmp_path / "c.csv").write_text("x")
    code, _, err = run(capsys, "suggest-aliases", *arguments)
    assert code == 2
    assert words in err
    assert (tmp_path / "a.csv").read_text() == (tmp_path / "c.csv").read_text() == "x"


CODED = "data/examples/livelihood-coded"
LIVELIHOOD = "data/examples/livelihood.docx"


def test_a_coding_sheet_is_written_and_not_replaced_when_it_was_filled_in(capsys, tmp_path, root, monkeypatch):
    monkeypatch.chdir(root)
    sheet = tmp_path / "sheet.xlsx"
    assert run(capsys, "coding-sheet", LIVELIHOOD, "--out", str(sheet), "--sample", "3") == (0, f"{sheet}\n", "")
    code, _, err = run(capsys, "coding-sheet", LIVELIHOOD, "--out", str(sheet))
    assert code == 2
    assert "may be filled in" in err
    assert run(capsys, "coding-sheet", LIVELIHOOD, "--out", str(sheet), "--overwrite")[0] == 0
    assert run(capsys, "coding-sheet", LIVELIHOOD, "--out", str(tmp_path / "sheet.docx"))[0] == 2


def test_agreement_prints_coefficients_and_differences(capsys, root, monkeypatch):
    monkeypatch.chdir(root)
    code, out, err = run(capsys, "agreement", LIVELIHOOD, f"{CODED}/anna", f"{CODED}/ben", "--lang", "en")
    assert (code, err) == (0, "")
    assert "kb, anna, ben" in out
    assert "pairings" not in out  # nobody coded them
    code, out, _ = run(capsys, "agreement", LIVELIHOOD, f"{CODED}/ben", "--table", "differences", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["fact"], row["kb"], row["ben"]) for row in rows] == [
        ("roles", "support", "responsible"),
        ("assignments", "support", "none"),
        ("assignments", "none", "support"),
        ("assignments", "support", "none"),
        ("comparators", ">=", "="),
        ("targets", "=", "none"),
    ]


def test_the_corrections_of_an_agreement_are_taken_by_the_next_reading(capsys, tmp_path, root, monkeypatch):
    monkeypatch.chdir(root)
    file = str(tmp_path / "corrections.csv")
    _, _, err = run(capsys, "agreement", LIVELIHOOD, f"{CODED}/ben", "--corrections-out", file)
    assert "no correction expresses the differences 5, 6" in err
    arguments = ["--corrections", file, "--table", "differences", "--format", "csv"]
    _, out, _ = run(capsys, "agreement", LIVELIHOOD, f"{CODED}/ben", *arguments)
    assert [row["fact"] for row in csv.DictReader(io.StringIO(out))] == ["comparators", "targets"]


def test_what_is_wrong_in_a_coding_is_a_sentence(capsys, tmp_path, root, monkeypatch):
    monkeypatch.chdir(root)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("address,lead\nt9r9,县教委\n", encoding="utf-8")
    code, _, err = run(capsys, "agreement", LIVELIHOOD, str(wrong))
    assert code == 2
    assert "wrong.csv, row 2, column address" in err
    assert run(capsys, "agreement", LIVELIHOOD, str(wrong), "--table", "kappa")[0] == 2


def test_a_saved_folder_is_taken_for_a_notice(capsys, tmp_path):
    folder = str(tmp_path / "kb")
    assert run(capsys, "read", NOTICE, "--format", "parquet", "--out", folder) == (0, "", "")
    assert pg.open_kb(folder).equals(pg.read_notice(NOTICE))
    for command in (["workload"], ["measures", "--table", "congruence"]):
        assert run(capsys, *command, folder, "--format", "csv") == run(capsys, *command, NOTICE, "--format", "csv")
    code, _, err = run(capsys, "read", folder, "--qualifier", "separate")
    assert (code, "options of reading do not apply" in err) == (2, True)


@pytest.mark.parametrize("more", [[], ["--table", "units"]])
def test_a_saved_folder_needs_a_place_and_all_tables(capsys, more):
    code, _, err = run(capsys, "read", NOTICE, "--format", "parquet", *more)
    assert code == 2
    assert "--out FOLDER" in err or "One table alone" in err
