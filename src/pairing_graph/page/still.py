"""A still picture of the first view, for places where the page itself may not run: an untrusted notebook, a code host.

It is drawn from the same data as the page, as SVG with the font inside, and needs no other library.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from pairing_graph.base.words import Language
from pairing_graph.look import palette
from pairing_graph.page.font import FAMILY, font_face
from pairing_graph.page.layouts.boxes import CAPTION_FONT, LABEL_GAP, LINE_HEIGHT, TASK_FONT, UNIT_FONT, text_width

# Lengths are in pixels, as in the page.
_MARGIN = 26.0
_TOP = 62.0
"""Room for title and subtitle."""
_TITLE, _SUBTITLE, _SOURCE = (30, 18), (50, 12), (10, 11)
"""Baseline and size: from the upper end, the last one from the lower end."""
_ARROW = 9.0
_BASELINE = 0.36
"""How far a baseline is below the middle of a line, in sizes of the font."""
_HALO = 0.28
"""The paper around a letter, in sizes of the font, so that it is legible on a line."""
_LEAST_PULL = 46.0
"""How far a curve leaves horizontally at least."""
_DOUBLE = (1.8, -1.4)
"""What a double line adds to the width of its kind, and what the paper in its middle does: the same as in the page."""
_BULLET = (7.0, 20.0)
"""The square in a task's box: its side, and the text behind it."""
Record = Mapping[str, Any]


def still_picture(payload: Record, lang: Language) -> str:
    """The first view of a page as an SVG text.

    Args:
        payload: The data of the page.
        lang: The language of its words.
    """
    drawing = _Drawing(payload, lang)
    body = [*drawing.edges(), *drawing.nodes(), *drawing.captions()]
    left, right, top, bottom = drawing.extent
    width, height = right - left + 2 * _MARGIN, bottom - top + _TOP + 2 * _MARGIN
    heading = payload["heading"]
    title = _text(_MARGIN, _TITLE[0], heading["finding"][lang], _TITLE[1], palette.INK, bold=True)
    subtitle = _text(_MARGIN, _SUBTITLE[0], heading["subtitle"][lang], _SUBTITLE[1], palette.MUTED)
    source = _text(_MARGIN, height - _SOURCE[0], heading["source"][lang], _SOURCE[1], palette.MUTED)
    shift = f"translate({_MARGIN - left:.1f} {_TOP + _MARGIN / 2 - top:.1f})"
    shown = "".join([title, subtitle, f'<g transform="{shift}">', *body, "</g>", source])
    style = f"<style>{escape(font_face([shown]))}</style>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" font-family="{FAMILY}, sans-serif">{style}'
        f'<rect width="100%" height="100%" fill="{palette.PAPER}"/>{shown}</svg>'
    )


class _Drawing:
    """The first view, element by element; it remembers how far it reaches."""

    def __init__(self, payload: Record, lang: Language) -> None:
        self._payload, self._lang = payload, lang
        self._layout: Record = payload["layouts"][payload["layout"]]
        self._kinds = {kind["key"]: kind for kind in (*payload["kinds"]["nodes"], *payload["kinds"]["edges"])}
        shown = set(self._layout["shown"])
        self._hidden = {key for key, kind in self._kinds.items() if kind["hidden"] and key not in shown}
        self._reach = [math.inf, -math.inf, math.inf, -math.inf]

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, right, upper and lower end of what was drawn."""
        left, right, top, bottom = self._reach
        return (left, right, top, bottom) if left < right else (0.0, 1.0, 0.0, 1.0)

    def edges(self) -> Iterator[str]:
        """Lines between the nodes that are shown."""
        facts = self._payload["facts"]
        for look, fact in zip(self._payload["network"]["edges"], facts["edges"], strict=True):
            ends = (look["from"], look["to"])
            kinds = {facts["nodes"][end]["kind"] for end in ends} | {fact["kind"]}
            if not kinds & self._hidden and ends[0] != ends[1]:
                yield self._edge(*ends, self._kinds[fact["kind"]])

    def nodes(self) -> Iterator[str]:
        """Marks with their labels."""
        for look, fact in zip(self._payload["network"]["nodes"], self._payload["facts"]["nodes"], strict=True):
            if fact["kind"] not in self._hidden:
                yield self._node(look, fact)

    def captions(self) -> Iterator[str]:
        """Headings of the layout."""
        words = self._payload["words"][self._lang]
        anchors = {"left": "start", "center": "middle", "right": "end"}
        for caption in self._layout["captions"]:
            text = words[caption["word"]].replace("{name}", caption["text"])
            anchor = anchors[caption["align"]]
            width = text_width(text, CAPTION_FONT)
            centre = caption["x"] + {"start": width / 2, "middle": 0.0, "end": -width / 2}[anchor]
            self._take(centre, caption["y"], width / 2, CAPTION_FONT)
            yield _text(caption["x"], caption["y"] + 5, text, CAPTION_FONT, palette.MUTED, anchor=anchor, bold=True)

    def _at(self, node: int) -> tuple[float, float]:
        return self._layout["x"][node], self._layout["y"][node]

    def _half(self, node: int) -> float:
        box: Sequence[Any] = self._layout["boxes"][node]
        return float(box[2]) / 2 if len(box) > 1 else float(self._payload["network"]["nodes"][node]["size"])

    def _edge(self, tail: int, head: int, kind: Record) -> str:
        (x1, y1), (x2, y2) = self._at(tail), self._at(head)
        if self._layout["curve"] != "horizontal":
            return _stroke(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}", kind)
        way = 1.0 if x2 >= x1 else -1.0
        start, tip = x1 + way * self._half(tail), x2 - way * self._half(head)
        end = tip - way * (_ARROW if kind["arrow"] else 0.0)
        pull = way * max(_LEAST_PULL, abs(end - start) / 2)
        line = f"M{start:.1f} {y1:.1f}C{start + pull:.1f} {y1:.1f} {end - pull:.1f} {y2:.1f} {end:.1f} {y2:.1f}"
        point = f"{tip:.1f},{y2:.1f} {end:.1f},{y2 - 4:.1f} {end:.1f},{y2 + 4:.1f}"
        arrow = f'<polygon points="{point}" fill="{kind["color"]}"/>' if kind["arrow"] else ""
        return _stroke(line, kind) + arrow

    def _node(self, look: Record, fact: Record) -> str:
        (x, y), size = self._at(look["id"]), float(look["size"])
        align, *box = self._layout["boxes"][look["id"]]
        font = TASK_FONT if fact["type"] in ("task", "target") else UNIT_FONT
        if box:
            return self._boxed(x, y, box, font, task=fact["type"] == "task")
        label, width = str(look["label"]), text_width(str(look["label"]), font)
        mark = _mark(self._kinds[fact["kind"]], x, y, size)
        reach = size + LABEL_GAP
        if align == "below":
            self._take(x, y + reach + font, width / 2, font)
            return mark + _text(x, y + reach + font, label, font, palette.INK, anchor="middle", halo=True)
        way, anchor = (-1, "end") if align == "left" else (1, "start")
        self._take(x + way * (reach + width), y, 0.0, font)
        return mark + _text(x + way * reach, y + font * _BASELINE, label, font, palette.INK, anchor=anchor, halo=True)

    def _boxed(self, x: float, y: float, box: Sequence[Any], font: float, *, task: bool) -> str:
        lines, width, height = box
        self._take(x, y, width / 2, height / 2)
        look = f'rx="4" fill="{palette.PAPER}"' if task else f'rx="9" fill="{palette.BAND}"'
        frame = (
            f'<rect x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'{look} stroke="#9A9A9A" stroke-width="0.8"/>'
        )
        start, anchor = (x - width / 2 + _BULLET[1], "start") if task else (x, "middle")
        if task:
            side = _BULLET[0]
            place = f'x="{x - width / 2 + side:.1f}" y="{y - side / 2:.1f}" width="{side:g}" height="{side:g}"'
            frame += f'<rect {place} fill="{palette.TASK}"/>'
        first = y - font * LINE_HEIGHT * len(lines) / 2
        rows = [first + font * LINE_HEIGHT * (row + 0.5) + font * _BASELINE for row in range(len(lines))]
        return frame + "".join(
            _text(start, row, line, font, palette.INK, anchor=anchor) for row, line in zip(rows, lines, strict=True)
        )

    def _take(self, x: float, y: float, across: float, down: float) -> None:
        left, right, top, bottom = self._reach
        self._reach = [min(left, x - across), max(right, x + across), min(top, y - down), max(bottom, y + down)]


def _text(
    x: float,
    y: float,
    text: str,
    size: float,
    color: str,
    *,
    anchor: str = "start",
    bold: bool = False,
    halo: bool = False,
) -> str:
    weight = ' font-weight="700"' if bold else ""
    outline = f' stroke="{palette.PAPER}" stroke-width="{size * _HALO:.1f}" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{color}"{weight}{outline}>'
        f"{escape(text)}</text>"
    )


def _stroke(line: str, kind: Record) -> str:
    """The line of a kind; a double one is a broad line with paper in its middle."""
    width, dashes = kind["width"], ""
    if kind["dashes"]:
        dashes = f' stroke-dasharray="{" ".join(map(str, kind["dashes"]))}"'
    strokes = [(width, kind["color"])]
    if kind["double"]:
        outer, inner = _DOUBLE
        strokes = [(width + outer, kind["color"]), (width + inner, palette.PAPER)]
    return "".join(
        f'<path d="{line}" fill="none" stroke="{color}" stroke-width="{wide:g}"{dashes}/>' for wide, color in strokes
    )


def _mark(kind: Record, x: float, y: float, r: float) -> str:
    look = f'fill="{kind["fill"]}" stroke="{kind["border"]}" stroke-width="1.4"'
    corners: Mapping[str, Sequence[tuple[float, float]]] = {
        "diamond": [(0, -1), (1, 0), (0, 1), (-1, 0)],
        "triangle": [(0, -1), (0.95, 0.75), (-0.95, 0.75)],
        "triangleDown": [(0, 1), (0.95, -0.75), (-0.95, -0.75)],
        "square": [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)],
        "hexagon": [(math.cos(turn * math.pi / 3), math.sin(turn * math.pi / 3)) for turn in range(6)],
        "star": [_star(turn) for turn in range(10)],
    }
    if kind["shape"] not in corners:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" {look}/>'
    points = " ".join(f"{x + across * r:.1f},{y + down * r:.1f}" for across, down in corners[kind["shape"]])
    return f'<polygon points="{points}" {look}/>'


def _star(turn: int) -> tuple[float, float]:
    far, angle = (1.0 if turn % 2 == 0 else 0.45), (turn / 5 - 0.5) * math.pi
    return far * math.cos(angle), far * math.sin(angle)
