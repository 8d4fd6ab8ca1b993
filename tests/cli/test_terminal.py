"""Tables in a terminal: they fit, they say what they leave out, and output to a file has everything."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from rich.cells import cell_len

import pairing_graph as pg
from pairing_graph.cli.app import main
from pairing_graph.cli.terminal import print_sections, table_lines
from pairing_graph.measures.results import Results
from pairing_graph.output.findings import comparison_sections, measure_sections
from pairing_graph.output.report import named_workload, sections, workload_section
from pairing_graph.output.section import Section

NOTICE = "data/raw/wuxi-yuzhong-2022.txt"
OTHER = "data/examples/invented-2023.txt"


class Terminal(io.StringIO):
    """Standard output that says it is a terminal."""

    def isatty(self):
        return True


def printed(monkeypatch, make, columns, lang=None):
    monkeypatch.setenv("COLUMNS", str(columns))
    terminal = Terminal()
    print_sections(make, terminal, lang)
    return terminal.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "").split("\n")


@pytest.fixture(scope="module")
def makers(kb):
    results = {lang: Results(kb, lang) for lang in (None, "zh", "en")}
    compared = pg.compare(kb, pg.read_notice(OTHER))
    loads = {by: named_workload(kb, pg.workload(kb, by=by)) for by in (None, "region", "area", "document")}
    split = {f"workload-{by}": lambda lang, by=by: [workload_section(loads[by], lang)] for by in loads}
    return split | {
        "measures": lambda lang: measure_sections(results[lang], lang),
        "report": lambda lang: sections(results[lang], lang),
        "compare": lambda lang: comparison_sections(compared, lang),
    }


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
@pytest.mark.parametrize("lang", [None, "zh", "en"])
def test_no_line_is_wider_than_the_terminal(monkeypatch, makers, columns, lang):
    for name, make in makers.items():
        long = [line for line in printed(monkeypatch, make, columns, lang) if cell_len(line) > columns]
        assert not long, name


def is_of(name, line):
    shown = [*line.split(), "", ""][1]
    return shown == name or (shown.endswith("…") and name.startswith(shown[:-1]))


@pytest.mark.parametrize("columns", [80, 120])
def test_every_unit_keeps_its_line_and_its_name(monkeypatch, makers, kb, columns):
    lines = printed(monkeypatch, makers["workload-None"], columns)
    for name in kb.units.loc[~kb.units["collective"], "name"]:
        assert sum(is_of(name, line) for line in lines) == 1, name
    assert next(line for line in lines if "区招商投资局" in line).split()[:3] == ["渝中区", "区招商投资局", "7"]


def test_a_column_of_equal_cells_goes_first_and_its_value_is_told(monkeypatch, makers):
    lines = printed(monkeypatch, makers["workload-None"], 80)
    assert "未显示的列：责任 = 0、配合 = 0" in lines
    assert sum("less -S" in line for line in lines) == 1
    wide = printed(monkeypatch, makers["workload-None"], 200)
    assert any("Formal task load" in line for line in wide)
    assert not any("less -S" in line or "未显示" in line for line in wide)


def test_guides_have_a_column_only_where_there_are_any(kb):
    guided = kb.assignments.copy()
    guided.loc[0, "role"] = "guide"
    for one, expected in ((kb, False), (kb.replace(assignments=guided), True)):
        assert ("指导" in workload_section(named_workload(one, pg.workload(one)), "zh").table) == expected


def test_both_languages_only_where_they_fit_and_one_where_it_is_chosen(monkeypatch, makers):
    assert any("responsible" in line for line in printed(monkeypatch, makers["workload-None"], 140))
    assert not any("responsible" in line for line in printed(monkeypatch, makers["workload-None"], 110))
    english = "\n".join(printed(monkeypatch, makers["measures"], 120, "en"))
    assert "Congruence of pairings" in english
    assert "结对吻合度" not in english
    assert "only first-listed" in english or "first-listed only" in english


@pytest.mark.parametrize("width", [10, 20, 30])
def test_cut_cells_that_differ_stay_different(width):
    names = [f"{'很长的单位名称' * 3}{sign}科" for sign in "甲乙丙"]
    lines, complete = table_lines(*[pd.DataFrame({"unit": names, "n": [1, 2, 3]})] * 2, width, "zh")
    rows = [line.split()[0] for line in lines[2:5]]
    assert len(set(rows)) == 3
    assert not complete


def test_a_column_is_dropped_before_a_name_is_cut_to_less_than_a_dozen_characters():
    table = pd.DataFrame({"unit": ["电子商务和创意产业园管委会"] * 2, "a": [1, 2], "b": [30, 40]})
    lines, _ = table_lines(table, table, 25, "en")
    assert lines[2].startswith("电子商务和创意产业园管…")
    assert lines[-1] == "Not shown: b"


def test_output_to_a_file_has_all_columns_whatever_the_width(monkeypatch, makers):
    monkeypatch.setenv("COLUMNS", "40")
    file = io.StringIO()
    print_sections(makers["workload-None"], file)
    assert "\x1b" not in file.getvalue()
    assert "量化目标" in file.getvalue()
    assert "targets" in file.getvalue()


@pytest.mark.parametrize("text", ["[red]x[/red]", "a\x1b[31mb", "a\x9bb", ":smile:", "a\nb"])
def test_names_are_neither_markup_nor_commands(text):
    file = io.StringIO()
    print_sections(lambda _: [Section("h", pd.DataFrame({"unit": [text], "n": [-1]}))], file)
    row = file.getvalue().splitlines()[5]
    assert row.endswith("-1")
    assert row.split("  ")[0] == text.replace("\x1b", "\ufffd").replace("\x9b", "\ufffd").replace("\n", " ")


OPTIONS = ("--corrections", "--aliases", "--headers", "--lang", "--qualifier")
COMMANDS = {
    "analyse": [NOTICE, "--out", "never"],
    "read": [NOTICE],
    "workload": [NOTICE],
    "measures": [NOTICE],
    "trace": [NOTICE, "3"],
    "compare": [NOTICE, NOTICE],
    "suggest-aliases": [NOTICE],
}


@pytest.mark.parametrize("option", ["--corrections", "--aliases", "--headers"])
@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_that_reads_takes_the_same_options(capsys, monkeypatch, tmp_path, root, command, option):
    arguments = [str(root / NOTICE) if part == NOTICE else part for part in COMMANDS[command]]
    monkeypatch.chdir(tmp_path)
    code = main([command, *arguments, option, "nowhere.csv", "--lang", "en", "--qualifier", "separate"])
    assert code == 2
    assert "nowhere.csv" in capsys.readouterr().err


def test_corrections_and_names_reach_the_loads(capsys, tmp_path):
    corrections = tmp_path / "c.csv"
    corrections.write_text("address,column,value,reason\n巫溪府发〔2022〕24号!t1r2c4,text,区魔法局,a test\n", "utf-8")
    assert main(["workload", NOTICE, "--corrections", str(corrections), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "区魔法局" in out
    assert "Formal task load" in out
    assert "名义任务量" not in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["measures", NOTICE, "--format", "csv"],
        ["measures", NOTICE, "--table", "magic"],
        ["compare", NOTICE, NOTICE, "--table", "magic"],
        ["compare", NOTICE, NOTICE, "--format", "csv"],
        ["compare", NOTICE, NOTICE, "--threshold", "200"],
        ["compare", NOTICE, NOTICE, "--aliases", "nowhere.csv"],
        ["trace", NOTICE, "1", "2", "3"],
        ["read", NOTICE, "--format", "csv"],
    ],
    ids=" ".join,
)
def test_mistakes_are_refused_before_anything_is_read(capsys, monkeypatch, arguments):
    def read(*_args, **_options):
        raise AssertionError("read too early")

    monkeypatch.setattr("pairing_graph.reading.notices.read_notice", read)
    assert main(arguments) == 2
    assert "read too early" not in capsys.readouterr().err


def test_concentration_is_a_measure_of_the_command_line(capsys):
    assert main(["measures", NOTICE, "--table", "concentration"]) == 0
    assert "gini" in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "count"), [([], 0), (["--format", "json"], 0), (["--table", "choices"], 1)])
def test_choices_are_computed_only_where_they_are_asked_for(capsys, monkeypatch, arguments, count):
    asked = []
    monkeypatch.setattr("pairing_graph.measures.choices.choices", lambda kb: asked.append(kb) or pd.DataFrame())
    assert main(["measures", NOTICE, *arguments]) == 0
    capsys.readouterr()
    assert len(asked) == count


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_hint_in_the_workbook_is_in_the_chosen_language(capsys, tmp_path, lang):
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "n.xlsx"
    assert main(["read", NOTICE, "--format", "xlsx", "--out", str(path), "--lang", lang]) == 0
    hints = [row[0].value for row in openpyxl.load_workbook(path)["corrections"].iter_rows(min_row=2)]
    assert [hint.isascii() for hint in hints] == [lang == "en"]
