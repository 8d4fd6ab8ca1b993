"""Photograph the interactive page for README: `python tools/photograph_page.py` (needs playwright and chromium)."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

import pairing_graph as pg

ROOT = Path(__file__).parents[1]
VIEWS = {"page-pairs": ("tab=pairs", ""), "page-source": ("tab=load&node=渝中区招商投资局", "#details .address")}
"""What is on show in each picture, and what is clicked before it is taken."""
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]


def main() -> None:
    """Write a picture of every view into `figures/`."""
    notices = sorted((ROOT / "data" / "raw").glob("*-*.txt"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = pg.write_page(pg.read_notices(notices), Path(folder) / "graph.html")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for name, (view, clicked) in VIEWS.items():
            page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
            page.goto(f"{page_file.as_uri()}#{view}")
            while not page.evaluate("Boolean(window.pairingGraph && window.pairingGraph.ready)"):
                time.sleep(0.05)
            if clicked:
                page.locator(clicked).first.click()
            page.wait_for_timeout(400)
            page.screenshot(path=ROOT / "figures" / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
