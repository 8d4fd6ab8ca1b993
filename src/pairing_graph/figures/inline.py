"""Figures inside a page: SVG without a style of its own, so that a strict policy shows it, and with words as text."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from xml.sax.saxutils import quoteattr

from pairing_graph.figures.sheet import Sheet
from pairing_graph.look.style import shown, style

_STYLED = re.compile(r'\sstyle="([^"]*)"')
_DECLARED_ID = re.compile(r'(\bid=")([^"]+)"')
_USED_ID = re.compile(r'(url\(#|href="#)([^")]+)')
_NOT_DRAWN = re.compile(r"<!--.*?-->|<metadata>.*?</metadata>|<style\b.*?</style>", re.DOTALL)
_SIZE = re.compile(r"<svg\b[^>]*>")
_OWN_FONT = "font-family"
"""Left out of every text: the page around has the same font under its own name."""


def inline_svg(sheet: Sheet, prefix: str) -> str:
    """The drawing of a sheet, without its title, subtitle and foot, as SVG for an HTML page.

    What Matplotlib writes as styles become attributes; names stay text, which a reader can search and copy. Identifiers get the
    prefix, since a page holds several figures. No date and nothing random goes in.

    Args:
        sheet: The figure; its title is the name of the picture for who cannot see it.
        prefix: What its identifiers begin with, different for each figure of a page.

    Raises:
        MissingExtraError: Matplotlib is not installed.

    Example:
        >>> sheet = Sheet("Nothing <b>", "", "", lambda canvas, y: canvas.text(0.0, y, "a<b"), 10.0)
        >>> drawing = inline_svg(sheet, "one-")
        >>> 'aria-label="Nothing &lt;b&gt;"' in drawing, ">a&lt;b</text>" in drawing, "style=" in drawing
        (True, True, False)
    """
    bare = replace(sheet, title="", subtitle="", foot="")
    drawing = _NOT_DRAWN.sub("", _drawn(bare))
    drawing = _STYLED.sub(lambda found: _attributes(found[1]), drawing[drawing.index("<svg") :])
    drawing = _DECLARED_ID.sub(lambda found: f'{found[1]}{prefix}{found[2]}"', drawing)
    drawing = _USED_ID.sub(lambda found: f"{found[1]}{prefix}{found[2]}", drawing)
    label = quoteattr(shown(sheet.title), {'"': "&quot;"})
    box = " ".join(f"{length:g}" for length in bare.drawing_box)
    drawing = _SIZE.sub(lambda _: f'<svg role="img" aria-label={label} viewBox="{box}">', drawing, count=1)
    return re.sub(r">\s+<", "><", drawing).strip()


def _drawn(sheet: Sheet) -> str:
    with style():
        from matplotlib import rc_context
        from matplotlib.figure import Figure

        figure = Figure(figsize=sheet.size)
        sheet.draw(figure.add_axes((0.0, 0.0, 1.0, 1.0)))
        out = BytesIO()
        with rc_context({"svg.fonttype": "none"}):
            figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue().decode("utf-8")


def _attributes(declared: str) -> str:
    """Style declarations as attributes: both mean the same in SVG, and a policy allows attributes."""
    pairs = (part.partition(":") for part in declared.split(";"))
    kept = ((name.strip(), value.strip()) for name, _, value in pairs if name.strip() not in ("", _OWN_FONT))
    return "".join(f" {name}={quoteattr(value)}" for name, value in kept)
