"""Tables of other libraries are written like frames of pandas."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.measures.libraries import CHEAP, tables_in

import pairing_graph as pg


@pytest.mark.parametrize("library", CHEAP)
def test_a_measure_of_any_library_is_written(kb, library, tmp_path):
    written = pg.write_table(pg.projection(tables_in(library, kb)), tmp_path / "pairs.csv")
    table = pd.read_csv(written)
    assert table["joint_tasks"].sum() == pg.projection(kb)["joint_tasks"].sum()


def test_what_is_no_table_is_refused(tmp_path):
    with pytest.raises(pg.NoticeError, match=r"This is no table\. Expected: a table of pandas, Polars.*Got: int"):
        pg.write_table(3, tmp_path / "a.csv")
