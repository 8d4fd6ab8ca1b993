"""Figure files: PNG, SVG and PDF that cite their notice in the metadata and are reproducible byte for byte."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.files import write_file
from pairing_graph.graph.build import checksums
from pairing_graph.look.citation import full_citations
from pairing_graph.look.style import shown, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from pairing_graph.kb.knowledge_base import KnowledgeBase

DOTS_PER_INCH = 200.0
"""A figure of nine inches has 1,800 pixels: sharp on screens of double density and in print at half its width."""
_MOST_DOTS = 60_000.0
"""Matplotlib draws no side of 65,536 dots (2 to the 16th) or more."""
_SOFTWARE = "pairing_graph"
_SUFFIXES = (".png", ".svg", ".pdf")


def write_figure(figure: Axes | Figure, path: str | Path, kb: KnowledgeBase) -> Path:
    """Write a figure; the suffix tells the format, `.png`, `.svg` or `.pdf`.

    The citation of the notice is in the file's metadata (PNG: the text chunks Title, Source and Software; SVG:
    `dc:title` and `dc:source`; PDF: Title and Subject). A PDF brings its letters and can be searched. No date and nothing random goes in: the same figure gives the same bytes.

    Args:
        figure: A figure, or the axes of a plot.
        path: Where it goes.
        kb: The knowledge base that it was drawn from.

    Returns:
        The path that was written.

    Raises:
        FileError: The suffix is of another format, or the file cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        expected = ", ".join(_SUFFIXES)
        raise FileError(Complaint("This figure format is not written", str(path), expected, suffix or "no suffix"))
    sheet: Any = figure if hasattr(figure, "savefig") else figure.figure
    title = " · ".join(dict.fromkeys(text for axes in sheet.axes if (text := shown(str(axes.get_label() or "")))))
    source = "; ".join(shown(citation) for citation in full_citations(kb))
    buffer = BytesIO()
    with style():
        metadata = _metadata(suffix, title, source)
        sheet.savefig(buffer, format=suffix[1:], dpi=_resolution(sheet), metadata=metadata)
    return write_file(path, buffer.getvalue(), sources=checksums(kb))


def _metadata(suffix: str, title: str, source: str) -> dict[str, str | None]:
    if suffix == ".png":
        return {"Title": title, "Source": source, "Software": _SOFTWARE}
    if suffix == ".pdf":
        return {"Title": title, "Subject": source, "Creator": _SOFTWARE, "CreationDate": None}
    return {"Title": title, "Source": source, "Creator": _SOFTWARE, "Date": None}


def _resolution(figure: Figure) -> float:
    """Dots per inch; fewer for a figure so large that no image could hold it."""
    return min(DOTS_PER_INCH, _MOST_DOTS / float(max(figure.get_size_inches())))
