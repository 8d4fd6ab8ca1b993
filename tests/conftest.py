"""What the tests share: the real notice, and the rows that were read from it by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import pairing_graph as pg

ROOT = Path(__file__).parents[1]
NOTICE = ROOT / "data" / "raw" / "wuxi-yuzhong-2022.txt"
EXPECTED = Path(__file__).parent / "data" / "expected-2022"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def notice() -> Path:
    return NOTICE


@pytest.fixture(scope="session")
def kb() -> pg.KnowledgeBase:
    return pg.read_notice(NOTICE)


@pytest.fixture(scope="session")
def graph(kb):
    return pg.build_graph(kb)


@pytest.fixture(scope="session")
def expected():
    """The hand-made rows: assignments, pairings, targets, tasks."""

    def read(table: str) -> pd.DataFrame:
        return pd.read_csv(EXPECTED / f"{table}.csv", keep_default_na=False, dtype=str)

    return read
