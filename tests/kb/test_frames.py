"""What a frame of a declared table takes, and what it refuses."""

from __future__ import annotations

import pandas as pd
import pytest

import pairing_graph as pg
from pairing_graph.kb.frames import frame


@pytest.mark.parametrize("value", ["甲,乙", 5, {"甲"}], ids=["text", "number", "set"])
def test_what_is_no_list_is_refused_in_a_list(value):
    with pytest.raises(pg.SchemaError, match="issuers"):
        frame("documents", [{"issuers": value}])


@pytest.mark.parametrize("value", [[], ["a"], "x", 5], ids=repr)
def test_what_is_no_flag_is_refused_in_a_flag(value):
    with pytest.raises(pg.SchemaError, match="collective"):
        frame("units", [{"collective": value}, {"collective": value}])


def test_a_number_among_texts_is_written_as_it_is():
    assert frame("results", [{"as_of": 5}, {}])["as_of"].tolist() == ["5", ""]


@pytest.mark.parametrize("value", ["", None, pd.NA, float("nan"), []], ids=repr)
def test_nothing_is_an_empty_list(value):
    assert frame("documents", [{"issuers": value}])["issuers"].item() == ()
