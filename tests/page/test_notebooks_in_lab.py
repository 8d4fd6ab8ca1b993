"""Every notebook in a real JupyterLab, as an analyst runs it: all cells by the menu, until the kernel is idle."""

from __future__ import annotations

import shutil
import time

import nbformat
import pytest

pytest.importorskip("jupyterlab", reason="jupyterlab is not installed")

from tests.conftest import ROOT
from tests.page.lab import PATIENCE, Analyst, running_lab

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SHOWN = ("pg.show(", "pg.show_reading(")
"""Calls that show a page or a document in a frame of its own."""
STATE = """() => Array.from(document.querySelectorAll(".jp-Notebook .jp-CodeCell"), (cell) => ({
    source: cell.querySelector(".cm-content").innerText,
    count: cell.querySelector(".jp-InputPrompt").innerText,
    complaints: Array.from(cell.querySelectorAll(
        '[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]'
    ), (output) => output.innerText),
    figures: Array.from(cell.querySelectorAll(".jp-RenderedImage img"), (one) => one.naturalWidth),
    tables: Array.from(cell.querySelectorAll("table.dataframe"), (one) => one.rows.length * (one.offsetHeight > 0)),
    frames: Array.from(cell.querySelectorAll("iframe"), (one) => one.offsetHeight),
}))"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Copies of the notebooks with their data: what they write and what JupyterLab saves stays out of the repository."""
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        shutil.copytree(ROOT / "data", lab.work / "data")
        (lab.work / "notebooks").mkdir()
        for notebook in NOTEBOOKS:
            shutil.copy(notebook, lab.work / "notebooks")
        yield lab


@pytest.fixture(scope="module")
def profile(browser):
    """One for all notebooks: it keeps the scripts of JupyterLab, which take longer than most cells."""
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    yield context
    context.close()


@pytest.fixture
def analyst(profile, lab, request):
    page = profile.new_page()
    yield Analyst(page, lab.address(f"notebooks/{request.param}.ipynb"))
    page.close()
    lab.end_kernels()


def ran(page):
    """What every code cell shows, once all ran or one complained."""
    deadline = time.monotonic() + 2 * PATIENCE
    while True:
        cells = page.evaluate(STATE)
        if all(cell["count"].strip("[]: ").isdecimal() for cell in cells):
            return cells
        assert not [cell["complaints"] for cell in cells if cell["complaints"]]
        assert time.monotonic() < deadline, [cell["count"] for cell in cells]
        time.sleep(0.1)


@pytest.mark.parametrize("analyst", [path.stem for path in NOTEBOOKS], indirect=True)
def test_all_cells_run_and_show_what_they_are_asked_for(analyst, request):
    name = request.node.callspec.params["analyst"]
    written = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    sources = [cell.source for cell in written if cell.cell_type == "code"]
    analyst.run_all()
    ran(analyst.page)
    analyst.idle()
    cells = analyst.page.evaluate(STATE)
    assert [cell["count"] for cell in cells] == [f"[{number}]:" for number in range(1, len(sources) + 1)]
    assert [cell["complaints"] for cell in cells] == [[]] * len(sources)
    for source, cell in zip(sources, cells, strict=True):
        assert len(cell["figures"]) == source.count("plot_")
        assert len(cell["frames"]) == sum(map(source.count, SHOWN))
        assert min([*cell["figures"], *cell["frames"]], default=300) >= 300, source
    assert sum(map(bool, (cell["tables"] for cell in cells))) >= 1
    assert min(rows for cell in cells for rows in cell["tables"]) >= 2
    assert analyst.outside == []


def test_there_are_notebooks_to_run():
    assert NOTEBOOKS
