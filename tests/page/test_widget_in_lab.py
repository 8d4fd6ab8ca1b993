"""The widget in a real JupyterLab: from a choice on the page to the kernel, and back."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest

for library in ("anywidget", "jupyterlab"):
    pytest.importorskip(library, reason=f"{library} is not installed")

PATIENCE = 60.0
"""Seconds; a kernel on a busy machine starts within ten."""
UNIT = "巫溪县国资监管中心"
CELLS = (
    "import pairing_graph as pg",
    "w = pg.widget(pg.read_notice({notice!r}), lang='en')\nw",
    "w.selected",
    "w.focus('区招商投资局')",
)
SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
}
"""Nothing is asked of the network; every cell is in the page."""


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def lab(notice, tmp_path_factory):
    """The address of a notebook in a JupyterLab of its own, which is gone afterwards."""
    folder = tmp_path_factory.mktemp("lab")
    for name, values in SETTINGS.items():
        file = folder / "settings" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    kernel = {"name": "python3", "display_name": "Python 3"}
    cells = [nbformat.v4.new_code_cell(cell.format(notice=str(notice))) for cell in CELLS]
    work = folder / "work"
    work.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), work / "w.ipynb")
    token, port = secrets.token_hex(16), free_port()
    homes = {
        name: str(folder / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    homes |= {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={work}"]
    with (folder / "log.txt").open("w") as log:
        running = subprocess.Popen(command, env=os.environ | homes, stdout=log, stderr=log, cwd=work)
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{base}/api/status?token={token}", running, folder / "log.txt")
        yield f"{base}/doc/tree/w.ipynb?token={token}&reset"
    finally:
        running.terminate()
        running.wait(PATIENCE)


def wait_for(address, running, log: Path):
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(address).close()
            return
        except URLError:
            assert running.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.05)


class Lab:
    """An analyst in front of the notebook."""

    def __init__(self, page, address):
        self.page = page
        self.outside = []
        page.set_default_timeout(PATIENCE * 1000)
        page.on("request", lambda request: self.outside.append(request.url) if "127.0.0.1" not in request.url else None)
        page.goto(address)
        self.idle()

    def idle(self):
        # The toolbar says idle before there is a kernel; the status bar names it.
        self.page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()

    def run(self, number):
        """Run a cell by the keyboard, and wait until it was."""
        cell = self.page.locator(".jp-Notebook .jp-CodeCell").nth(number)
        prompt = cell.locator(".jp-InputPrompt").first
        before = prompt.inner_text()
        cell.locator(".cm-content").first.focus()  # a click would miss where an output still grows
        self.page.keyboard.press("Control+Enter")
        deadline = time.monotonic() + PATIENCE
        while prompt.inner_text() == before or "*" in prompt.inner_text():
            assert time.monotonic() < deadline, prompt.inner_text()
        return cell.locator(".jp-OutputArea-output")


@pytest.fixture
def analyst(browser, lab):
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    found = Lab(context.new_page(), lab)
    yield found
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
    assert [url for url in analyst.outside if not url.startswith(("data:", "blob:"))] == []
