"""A library of an extra is named where it lacks, and so is the extra that brings it."""

from __future__ import annotations

import sys

import pytest

import pairing_graph as pg
from pairing_graph.base.extras import require
from pairing_graph.look.style import font_characters, text_width
from pairing_graph.page import font, network

CACHES = (font.subset_font, network.vis_script, font_characters, text_width)


@pytest.fixture
def hide(monkeypatch):
    """Hides a library as if it had never been installed, with nothing kept from an earlier call."""

    def hidden(library):
        for cache in CACHES:
            cache.cache_clear()
        monkeypatch.setitem(sys.modules, library, None)

    return hidden


def test_a_module_that_is_there_is_given_back():
    assert require("json.decoder", "page", "Anything") is sys.modules["json.decoder"]


def test_a_missing_library_is_told_in_one_sentence_with_its_extra(hide):
    hide("docx")
    with pytest.raises(pg.MissingExtraError) as found:
        require("docx.oxml", "docx", "Reading docx files", "a.docx")
    assert str(found.value) == (
        "Reading docx files needs python-docx. Where: a.docx. Install it with: pip install 'pairing-graph[docx]'."
    )


def test_a_library_that_is_there_but_broken_is_not_called_missing(tmp_path, monkeypatch):
    (tmp_path / "halfinstalled.py").write_text("import no_such_part\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(pg.MissingExtraError, match="cannot be imported: No module named 'no_such_part'"):
        require("halfinstalled", "page", "The page")


CALLS = {
    "plot_before_after": lambda kb, folder: pg.plot_before_after(kb),
    "plot_comparison": lambda kb, folder: pg.plot_comparison(kb, kb),
    "plot_coordination": lambda kb, folder: pg.plot_coordination(kb),
    "plot_lorenz": lambda kb, folder: pg.plot_lorenz(kb),
    "plot_pairings": lambda kb, folder: pg.plot_pairings(kb),
    "plot_responsibility_matrix": lambda kb, folder: pg.plot_responsibility_matrix(kb),
    "plot_workload": lambda kb, folder: pg.plot_workload(kb),
    "write_figures": lambda kb, folder: pg.write_figures(kb, folder),
    "show": lambda kb, folder: pg.show(kb, path=folder / "page.html"),
    "write_page": lambda kb, folder: pg.write_page(kb, folder / "page.html"),
    "show_reading": lambda kb, folder: pg.show_reading(kb),
    "write_reading": lambda kb, folder: pg.write_reading(kb, folder / "reading.html"),
    "compare": lambda kb, folder: pg.compare(kb, kb),
}
FIGURES = [name for name in CALLS if name.startswith("plot_")] + ["write_figures"]
PAGES = ["show", "write_page"]
READINGS = ["show_reading", "write_reading"]


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [(name, "matplotlib", "figures") for name in FIGURES]
    + [(name, library, "page") for name in PAGES for library in ("jinja2", "pyvis", "fontTools")]
    + [(name, "jinja2", "page") for name in READINGS]
    + [(name, "rapidfuzz", "compare") for name in ("compare", "plot_comparison")],
)
def test_without_its_library_a_function_names_the_extra(hide, kb, tmp_path, name, library, extra):
    hide(library)
    with pytest.raises(pg.MissingExtraError, match=rf"needs .+pip install 'pairing-graph\[{extra}\]'"):
        CALLS[name](kb, tmp_path)


def test_every_public_plot_function_is_tried_without_its_library():
    assert {name for name in pg.__all__ if name.startswith("plot_")} < set(FIGURES)


def test_an_empty_notice_names_the_extra_too(hide):
    hide("matplotlib")
    with pytest.raises(pg.MissingExtraError, match=r"pairing-graph\[figures\]"):
        pg.plot_workload(pg.KnowledgeBase())


def test_a_figure_that_cannot_be_written_names_the_extra(hide, kb, tmp_path):
    from matplotlib import pyplot

    ax = pg.plot_workload(kb)
    hide("matplotlib")
    with pytest.raises(pg.MissingExtraError, match=r"pairing-graph\[figures\]"):
        pg.write_figure(ax, tmp_path / "load.png", kb)
    pyplot.close(ax.figure)


@pytest.mark.parametrize("name", [*PAGES, *READINGS])
def test_a_page_of_an_ordinary_notice_does_without(hide, kb, tmp_path, name):
    for library in ("igraph", "matplotlib", "rapidfuzz", "IPython"):
        hide(library)
    CALLS[name](kb, tmp_path)
