"""The notebooks as tutorials: run once for both languages where their paths hold, then given to MyST-NB as they came out."""

from __future__ import annotations

import hashlib
import html
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from sphinx.application import Sphinx

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
BUILT = ROOT / "docs" / "_build" / "notebooks"
TIMEOUT = 120
"""Seconds for a cell; the slowest takes about five."""
FRAME = re.compile(
    r'<style>[^<]*</style><div class="pairing-graph">.*?height="(\d+)" srcdoc="([^"]*)".*</div>\s*$', re.S
)


def run_notebooks() -> list[Path]:
    """Every notebook with its outputs, run anew where it, the package or the data have changed since."""
    state = _digest()
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda path: _run(path, state), NOTEBOOKS))


def _digest() -> str:
    """A checksum of all that the outputs depend on but the notebook itself."""
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.csv"), *(ROOT / "src").rglob("*.js")]
    files += [Path(__file__), *(ROOT / "data").rglob("*")]
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _run(path: Path, state: str) -> Path:
    text = path.read_bytes()
    name = hashlib.sha256(text + state.encode()).hexdigest()[:16]
    done = BUILT / name / path.name
    if not done.exists():
        notebook = nbformat.reads(text.decode("utf-8"), as_version=4)
        place = {"metadata": {"path": str(path.parent)}}
        options = {"timeout": TIMEOUT, "kernel_name": "python3", "resources": place}
        NotebookClient(notebook, extra_arguments=["--log-level=ERROR"], **options).execute()
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                _place_frame(output)
        done.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, done)
    return done


def _place_frame(output: nbformat.NotebookNode) -> None:
    """Put a page that a cell shows into a file of its own, beside the tutorials: five of them would be one huge page."""
    found = FRAME.search(output.get("data", {}).get("text/html", ""))
    if not found:
        return
    height, page = found[1], html.unescape(found[2])
    frame = f"{hashlib.sha256(page.encode()).hexdigest()[:16]}.html"
    (BUILT / "extra" / "frames").mkdir(parents=True, exist_ok=True)
    (BUILT / "extra" / "frames" / frame).write_text(page, encoding="utf-8")
    attributes = f'src="../frames/{frame}" height="{height}" width="100%" loading="lazy" title="pairing_graph"'
    output["data"] = {"text/html": f'<iframe class="shown-page" {attributes}></iframe>'}


def _copy(app: Sphinx) -> None:
    folder = Path(app.srcdir) / "tutorials"
    for old in folder.glob("*.ipynb"):
        old.unlink()
    for done in run_notebooks():
        shutil.copyfile(done, folder / done.name)


def setup(app: Sphinx) -> dict[str, bool]:
    """Put the notebooks where Sphinx looks for them, before it looks."""
    app.connect("builder-inited", _copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
