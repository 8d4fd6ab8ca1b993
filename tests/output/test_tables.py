"""CSV for a spreadsheet: numbers as written, no formula, a comparator that stays one."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import pairing_graph as pg
from pairing_graph.base.errors import FileError
from pairing_graph.output.tables import csv_text, write_tables


@pytest.mark.parametrize("value", [12345678.0, 1234567.5, 0.1, 5000.0, 123456789012.0])
def test_a_number_stays_as_it_was_written(value):
    written = csv_text(pd.DataFrame({"value": [value]})).splitlines()[1]
    assert float(written) == value
    assert "e" not in written


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "＝1",
        "＋1",
        "－1",
        "＠A",
        "\n=1",
        " =1",
        "\u3000=1",
        "\u200b=1",
        "\ufeff+1",
    ],
    ids=ascii,
)
def test_a_formula_is_written_as_text(text):
    assert csv_text(pd.DataFrame({"text": [text]})).splitlines()[1].strip('"').startswith("'")


@pytest.mark.parametrize("sign", ["=", ">=", "<=", "~", "-"])
def test_a_lone_sign_is_no_formula(sign):
    assert csv_text(pd.DataFrame({"text": [sign]})).splitlines()[1] == sign


def test_one_frame_is_one_csv_file(kb, tmp_path):
    path = pg.write_csv(pg.workload(kb), tmp_path / "out" / "workload.csv")
    assert path == tmp_path / "out" / "workload.csv"
    assert pd.read_csv(path).loc[0, ["unit", "lead"]].tolist() == ["渝中区招商投资局", 7]


def test_several_frames_are_a_folder_and_no_file(kb, tmp_path):
    files = pg.write_csv({"tasks": kb.tasks, "units": kb.units}, tmp_path / "folder")
    assert [file.name for file in files] == ["tasks.csv", "units.csv"]
    with pytest.raises(FileError, match="holds one table"):
        pg.write_csv({"tasks": kb.tasks}, tmp_path / "tasks.csv")
    with pytest.raises(FileError, match=r"Expected: \.csv\. Got: \.xlsx"):
        pg.write_csv(kb.tasks, tmp_path / "tasks.xlsx")
    with pytest.raises(pg.NoticeError, match="no table"):
        pg.write_csv({"tasks": kb.tasks.columns}, tmp_path / "folder")


@pytest.mark.parametrize("write", [pg.write_report, pg.write_page, pg.write_reading, pg.write_database])
@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_no_file_is_named_after_another_format(kb, tmp_path, write, suffix):
    with pytest.raises(FileError, match=f"Got: {suffix}"):
        write(kb, tmp_path / f"report{suffix}")
    assert not list(tmp_path.iterdir())


def test_the_tables_of_a_graph_can_be_written(kb, graph, tmp_path):
    for source, name in ((kb, "kb.json"), (graph, "graph.json")):
        write_tables(source, tmp_path / name)
    ours, theirs = (json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("kb.json", "graph.json"))
    assert len(ours["assignments"]) == len(theirs["assignments"]) == 79
    with pytest.raises(pg.NoticeError, match="no knowledge base"):
        write_tables("notice.txt", tmp_path / "no.json")
