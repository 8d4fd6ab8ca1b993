"""What the tests share: the real notice, the rows that were read from it by hand, and a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pairing_graph as pg

ROOT = Path(__file__).parents[1]
NOTICE = ROOT / "data" / "raw" / "wuxi-yuzhong-2022.txt"
EXPECTED = Path(__file__).parent / "data" / "expected-2022"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>{cache}</cachedir></fontconfig>"""

SLOW = Path(__file__).parent / "slow.txt"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that `make test` leaves to `make test-all`, which `tools/slow_tests.py` lists."""
    slow = set(SLOW.read_text(encoding="utf-8").split())
    for item in items:
        if item.nodeid.partition("[")[0] in slow:
            item.add_marker(pytest.mark.slow)


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


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Debian's Chromium without the system's Chinese fonts; who uses it takes its network off."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip("there is no Chromium")
    folder = tmp_path_factory.mktemp("fonts")
    config = folder / "fonts.conf"
    config.write_text(NO_FONTS.format(cache=folder / "cache"), encoding="utf-8")
    with sync_api.sync_playwright() as playwright:
        environment = {"FONTCONFIG_FILE": str(config), "HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS), env=environment)
        yield running
        running.close()
