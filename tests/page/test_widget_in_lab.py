"""The widget in a real JupyterLab: from a choice on the page to the kernel, and back."""

from __future__ import annotations

import time

import nbformat
import pytest

pytest.importorskip("anywidget", reason="anywidget is not installed")
pytest.importorskip("jupyterlab", reason="jupyterlab is not installed")

from tests.page.lab import PATIENCE, Analyst, running_lab

UNIT = "巫溪县国资监管中心"
CELLS = (
    "import pairing_graph as pg",
    "w = pg.widget(pg.read_notice({notice!r}), lang='en')\nw",
    "w.selected",
    "w.focus('区招商投资局')",
)


@pytest.fixture(scope="module")
def lab(notice, tmp_path_factory):
    """The address of a notebook in a JupyterLab of its own, which is gone afterwards."""
    kernel = {"name": "python3", "display_name": "Python 3"}
    cells = [nbformat.v4.new_code_cell(cell.format(notice=str(notice))) for cell in CELLS]
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), lab.work / "w.ipynb")
        yield lab.address("w.ipynb")


@pytest.fixture
def analyst(browser, lab):
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    yield Analyst(context.new_page(), lab)
    context.close()


def test_a_choice_on_the_page_reaches_the_kernel_and_the_other_way_round(analyst):
    analyst.run(0)
    analyst.run(1)
    view = analyst.page.frame_locator("iframe.pairing-graph-page")
    view.locator("#details h2").first.wait_for()
    view.locator("#search").fill("国资监管中心")
    view.locator("#search").press("Enter")
    view.locator("#details h2", has_text=UNIT).wait_for()
    deadline = time.monotonic() + PATIENCE
    while UNIT not in (said := analyst.run(2).inner_text()):
        assert time.monotonic() < deadline, said
    assert f"units=('{UNIT}',)" in said
    analyst.run(3)
    view.locator("#details h2", has_text="渝中区招商投资局").wait_for()
    assert "units=('渝中区招商投资局',)" in analyst.run(2).inner_text()
    assert analyst.outside == []
