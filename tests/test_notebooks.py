"""Notebooks: no outputs committed, cells of a few lines without logic, and every one runs."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
LOGIC = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Lambda, ast.Try, ast.With)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def test_no_outputs_are_committed(notebook):
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_cells_are_short_and_hold_no_logic(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 4
            assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, LOGIC)]


def test_it_begins_with_a_question(notebook):
    assert notebook.cells[0].cell_type == "markdown"
    assert "**Question.**" in notebook.cells[0].source


def test_it_runs_without_a_word_on_standard_error(notebook, tmp_path):
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOKS[0].parent)}}
    )
    done = client.execute()
    outputs = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    complaints = [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"]
    assert not complaints
    drawn = sum("plot_" in cell.source for cell in done.cells if cell.cell_type == "code")
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= drawn
