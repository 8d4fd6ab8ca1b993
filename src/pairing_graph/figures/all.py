"""All figures of a knowledge base; a new figure is a new row in `FIGURES`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from pairing_graph.base.files import make_folder
from pairing_graph.base.words import Language
from pairing_graph.figures.coordination import coordination_sheet
from pairing_graph.figures.matrix import responsibility_matrix_sheet
from pairing_graph.figures.pairings import pairings_sheet
from pairing_graph.figures.sheet import Sheet
from pairing_graph.figures.workload import workload_sheet
from pairing_graph.figures.write import write_figure
from pairing_graph.graph import Source
from pairing_graph.look.style import style
from pairing_graph.measures.results import Results, results_of

FIGURES: Mapping[str, Callable[..., Sheet]] = MappingProxyType(
    {
        "workload": workload_sheet,
        "pairings": pairings_sheet,
        "responsibility-matrix": responsibility_matrix_sheet,
        "coordination": coordination_sheet,
    }
)


def write_figures(
    source: Source,
    folder: str | Path,
    *,
    lang: Language = "zh",
    formats: Sequence[str] = ("png", "svg"),
    results: Results | None = None,
) -> list[Path]:
    """Write every figure into a folder, which is made where it is missing.

    Args:
        source: A knowledge base or its graph.
        folder: Where the files go: workload.png, workload.svg, pairings.png …
        lang: The language of the words around the names, zh or en.
        formats: png, svg or both.
        results: The measures of the source; computed if not given.

    Returns:
        The paths that were written.

    Raises:
        FileError: A format is neither, or a file cannot be written.
        MissingExtraError: Matplotlib is not installed.
    """
    results = results or results_of(source)
    folder = make_folder(folder)
    written: list[Path] = []
    with style():
        from matplotlib.figure import Figure

        for name, plan in FIGURES.items():
            sheet = plan(results, lang=lang)
            figure = Figure(figsize=sheet.size)
            sheet.draw(figure.add_axes((0.0, 0.0, 1.0, 1.0)))
            written += [write_figure(figure, folder / f"{name}.{suffix.lstrip('.')}", results.kb) for suffix in formats]
    return written
