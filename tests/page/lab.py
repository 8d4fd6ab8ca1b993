"""A JupyterLab of its own: no settings, workspaces or kernels of whoever runs the tests, nothing asked of the network."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

PATIENCE = 60.0
"""Seconds; a kernel on a busy machine starts within ten."""
SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
}
"""Nothing is asked of the network; every cell is in the page."""


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab.

    Attributes:
        base: Its address.
        token: Its token.
        work: The folder that it shows.
    """

    base: str
    token: str
    work: Path

    def address(self, notebook: str) -> str:
        return f"{self.base}/doc/tree/{notebook}?token={self.token}&reset"

    def ask(self, path: str, method: str = "GET") -> Any:
        request = Request(f"{self.base}/api/{path}", method=method, headers={"Authorization": f"token {self.token}"})
        with urlopen(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read() or b"null")

    def end_kernels(self) -> None:
        """End every kernel: each holds some 300 MB."""
        for session in self.ask("sessions"):
            self.ask(f"sessions/{session['id']}", "DELETE")


@contextmanager
def running_lab(folder: Path) -> Iterator[Lab]:
    """A JupyterLab that keeps all its files in a folder and is gone afterwards."""
    for name, values in SETTINGS.items():
        file = folder / "settings" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    work = folder / "work"
    work.mkdir()
    token, port = secrets.token_hex(16), _free_port()
    lab = Lab(f"http://127.0.0.1:{port}", token, work)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={work}"]
    with (folder / "log.txt").open("w") as log:
        running = subprocess.Popen(command, env=os.environ | _homes(folder), stdout=log, stderr=log, cwd=work)
    try:
        _wait_for(lab, running, folder / "log.txt")
        yield lab
    finally:
        running.terminate()
        running.wait(PATIENCE)


def _homes(folder: Path) -> dict[str, str]:
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    homes = {name: str(folder / name.lower()) for name in names}
    return homes | {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(lab: Lab, running: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            lab.ask("status")
            return
        except URLError:
            assert running.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.05)


class Analyst:
    """Somebody in front of a notebook."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.outside: list[str] = []
        page.set_default_timeout(PATIENCE * 1000)
        page.on("request", self._note)
        page.goto(address)
        self.idle()

    def _note(self, request: Any) -> None:
        if "127.0.0.1" not in request.url and not request.url.startswith(("data:", "blob:")):
            self.outside.append(request.url)

    def idle(self) -> None:
        # The toolbar says idle before there is a kernel; the status bar names it.
        self.page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()

    def run(self, number: int) -> Any:
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

    def run_all(self) -> None:
        """Run every cell by the menu."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
        self.page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
