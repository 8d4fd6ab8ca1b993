"""Pages whose words all stand sideways, such as a wide table on a page that was not turned: turned upright before they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pairing_graph.readers.page_flow import Drawn
from pairing_graph.readers.page_rulings import Edge
from pairing_graph.readers.page_words import Char

_MOST = 0.8
"""Share of the characters of a page that stand sideways in one direction, from which on the page is turned."""


def turned_upright(page: Drawn) -> Drawn:
    """The page turned so that its words stand upright, if nearly all of them run upwards or downwards.

    Example:
        >>> char = {"text": "县", "x0": 10, "x1": 20, "top": 70, "bottom": 80, "size": 10, "upright": False, "matrix": (0, 1, -1, 0, 20, 20)}
        >>> found = turned_upright(Drawn(1, 60, 100, [char], []))
        >>> found.width, [(char["x0"], char["top"], char["upright"]) for char in found.chars]
        (100, [(20, 10, True)])
    """
    ways = Counter(map(_direction, page.chars))
    way, count = max(ways.items(), key=lambda item: item[1], default=("", 0))
    if way not in ("up", "down") or count < _MOST * len(page.chars):
        return page
    chars = [_char(char, page, way) for char in page.chars if _direction(char) == way]
    rest = [{**char, "upright": False} for char in page.chars if _direction(char) != way]
    edges = [_edge(edge, page, way) for edge in page.edges]
    return replace(page, width=page.height, height=page.width, chars=[*chars, *rest], edges=edges)


def _direction(char: Char) -> str:
    """Where the words run: `up`, `down`, empty for upright ones and all others."""
    if char.get("upright", True):
        return ""
    a, b, c, d = (*char.get("matrix", ()), 0, 0, 0, 0)[:4]
    if abs(a) + abs(d) > 0.05 * (abs(b) + abs(c)) or b * c >= 0:
        return "other"
    return "up" if b > 0 else "down"


def _turned(box: Mapping[str, Any], page: Drawn, way: str) -> dict[str, float]:
    """The sides of a box on the turned page."""
    if way == "up":
        left, right, top, bottom = page.height - box["bottom"], page.height - box["top"], box["x0"], box["x1"]
    else:
        left, right, top, bottom = box["top"], box["bottom"], page.width - box["x1"], page.width - box["x0"]
    return {"x0": left, "x1": right, "top": top, "bottom": bottom}


def _char(char: Char, page: Drawn, way: str) -> Char:
    sides = _turned(char, page, way)
    return {**char, **sides, "size": sides["bottom"] - sides["top"], "upright": True}


def _edge(edge: Edge, page: Drawn, way: str) -> Edge:
    turned = {"h": "v", "v": "h"}[edge["orientation"]]
    return {**edge, **_turned(edge, page, way), "orientation": turned, "width": edge["height"], "height": edge["width"]}
