"""`pairing-graph export`: one file for another program, by its suffix."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest

from pairing_graph.cli.app import main
from pairing_graph.output.export import VIEWS, suffixes

NOTICE = "data/raw/wuxi-yuzhong-2022.txt"


def run(capsys, *arguments):
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("suffix", [*suffixes(), ""])
def test_every_format_is_written_by_its_suffix(capsys, root, tmp_path, suffix):
    to = tmp_path / f"out{suffix}"
    assert run(capsys, "export", str(root / NOTICE), "--to", str(to)) == (0, f"{to}\n", "")
    assert to.is_dir() if not suffix else to.stat().st_size > 0


@pytest.mark.parametrize(("view", "edges"), [("pairings", 35), ("units-tasks", 74), ("co-leads", None)])
def test_a_view_is_written_instead(capsys, root, tmp_path, view, edges):
    to = tmp_path / "view.graphml"
    assert run(capsys, "export", str(root / NOTICE), "--to", str(to), "--view", view) == (0, f"{to}\n", "")
    assert edges in (None, nx.read_graphml(to).number_of_edges())


def test_the_help_names_every_suffix_and_view(capsys):
    _, out, _ = run(capsys, "export", "--help")
    told = " ".join(out.replace("│", " ").split())
    assert all(suffix in told for suffix in suffixes())
    assert all(view in told for view in VIEWS)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--to", "out.sav"], "This format is not written"),
        (["--to", "out.ttl", "--view", "pairings"], "A view is a network"),
        (["--to", "out.net", "--view", "magic"], "There is no such view"),
        (["--to", "notice.txt"], "This format is not written"),
    ],
)
def test_a_mistake_is_told_before_anything_is_read(capsys, monkeypatch, root, tmp_path, arguments, sentence):
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "export", "nowhere.txt", *arguments)
    assert (code, sentence in err) == (2, True)
    assert not list(tmp_path.iterdir())


def test_the_notice_and_a_foreign_file_are_not_written_over(capsys, root, tmp_path):
    notice = tmp_path / "notice.csv"
    notice.write_bytes((root / NOTICE).read_bytes())
    code, _, err = run(capsys, "export", str(notice), "--to", str(notice))
    assert (code, "would overwrite" in err) == (2, True)
    mine = tmp_path / "mine.lbug"
    mine.write_text("mine")
    assert run(capsys, "export", str(root / NOTICE), "--to", str(mine))[0] == 2
    assert mine.read_text() == "mine"
    assert run(capsys, "export", str(root / NOTICE), "--to", str(mine), "--overwrite")[0] == 0


def test_tables_are_written_by_format(capsys, root, tmp_path):
    out = tmp_path / "tables"
    assert run(capsys, "read", str(root / NOTICE), "--format", "dta", "--out", str(out))[0] == 0
    assert len(pd.read_stata(out / "pairings.dta")) == 35
    one = tmp_path / "one"
    assert run(capsys, "read", str(root / NOTICE), "--format", "dta", "--table", "units", "--out", str(one))[0] == 0
    assert [file.name for file in one.iterdir()] == ["units.dta"]
    code, out_, err = run(capsys, "read", str(root / NOTICE), "--format", "dta", "--table", "units")
    assert (code, out_) == (2, "")
    assert "Stata is no text to print" in err
