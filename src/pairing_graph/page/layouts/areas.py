"""By area: every area (事项) is a block with its tasks, and with the units that have most of their tasks there."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pairing_graph.page.layouts.boxes import (
    ROW_GAP,
    Align,
    Box,
    Caption,
    Layout,
    fill_columns,
    measure,
    stacked,
    widest,
)
from pairing_graph.page.layouts.columns import place_beside, place_pairs, sides_of
from pairing_graph.page.layouts.crossings import order_columns
from pairing_graph.page.model import Model

# Lengths are in pixels of the page at its first zoom and were chosen by eye on the 2022 notice.
_AREA_CHARACTERS, _TASK_CHARACTERS = 26, 13
"""Chinese characters in a line: an area's name in one line, a task in two to four."""
_LINK_ROOM = 56.0
"""Between a task's box and its units."""
_BLOCK_GAP = (34.0, 24.0)
"""Between blocks, across and down."""
_HEADING = 28.0
_HEADING_MIDDLE = 10.0
_CAPTION_DROP = 4.0
"""The caption of the idle units, below the last block."""
_ASPECT = 1.5
"""Width by height of the whole, about that of a screen."""
_SWEEPS = 6
"""Fewer than `order_columns` makes by default: a block has few rows, and there are many blocks."""
_MANY_LINKS = 2000
"""A block with more links is not untangled: that would take too long."""
_TARGET_STEPS = (-40.0, 50.0, 24.0, 7.0)
"""Targets are in threes below their task: the first place, the step across, the row, the step down."""


@dataclass(frozen=True)
class _Block:
    area: int
    left: Sequence[int]
    tasks: Sequence[int]
    right: Sequence[int]
    height: float


def area_layout(model: Model, sizes: Sequence[float]) -> Layout:
    """Places by area, in the order of the notice; units without a task go below, with their partners.

    Args:
        model: What is shown.
        sizes: Half the width of each node's mark.
    """
    side = sides_of(model)
    boxes = [_box(model, node.id, side, sizes) for node in model.nodes]
    blocks = _blocks(model, side, boxes)
    placed = {node for block in blocks for node in (*block.left, *block.tasks, *block.right)}
    left_width = widest(boxes, [node for block in blocks for node in block.left])
    right_width = widest(boxes, [node for block in blocks for node in block.right])
    task_width = widest(boxes, [node for block in blocks for node in block.tasks])
    inner = task_width / 2 + _LINK_ROOM
    x, y = [0.0] * len(boxes), [0.0] * len(boxes)
    width = left_width + right_width + 2 * inner
    columns = _columns(blocks, width)
    captions: list[Caption] = []
    deepest = 0.0
    for count, column in enumerate(columns):
        centre = count * (width + _BLOCK_GAP[0]) + left_width + inner
        at = 0.0
        for block in column:
            _place_block(block, boxes, centre, inner, at, x, y)
            if block.area < 0:
                under = (*block.left, *block.tasks, *block.right)
                captions.append(Caption(centre, at + _HEADING_MIDDLE, "page.caption.no_area", nodes=under))
            else:
                x[block.area], y[block.area] = centre, at + _HEADING_MIDDLE
            at += block.height + _BLOCK_GAP[1]
        deepest = max(deepest, at)
    links = model.links
    idle = [unit for unit in side if unit not in placed]
    if idle:
        total = len(columns) * (width + _BLOCK_GAP[0]) - _BLOCK_GAP[0] if blocks else 0.0
        place_pairs(idle, side, links, boxes, (deepest + _HEADING, total), x, y, centre=total / 2)
        captions.append(Caption(total / 2, deepest + _CAPTION_DROP, "page.caption.paired_only", nodes=idle))
    _place_targets(model, x, y)
    return Layout("areas", x, y, boxes, "horizontal", captions, ("area",))


def _box(model: Model, number: int, side: Mapping[int, int], sizes: Sequence[float]) -> Box:
    node = model.nodes[number]
    if node.type == "area":
        return measure(node, sizes[number], "inside", characters=_AREA_CHARACTERS)
    if node.type in ("task", "other"):
        return measure(node, sizes[number], "inside", characters=_TASK_CHARACTERS)
    align: Align = "left" if side.get(number, 0) < 0 else "right"
    return measure(node, sizes[number], align)


def _blocks(model: Model, side: Mapping[int, int], boxes: Sequence[Box]) -> list[_Block]:
    area_of = {edge.tail: edge.head for edge in model.edges if edge.relation == "part_of"}
    tasks: dict[int, list[int]] = {}
    for node in model.nodes:
        if node.type in ("task", "other"):
            tasks.setdefault(area_of.get(node.id, -1), []).append(node.id)
    counts: dict[int, Counter[int]] = {}
    task_links: dict[int, list[tuple[int, int]]] = {}
    for edge in model.edges:
        if edge.tail in side and model.nodes[edge.head].type in ("task", "other"):
            area = area_of.get(edge.head, -1)
            counts.setdefault(edge.tail, Counter())[area] += 2 if edge.category == "lead" else 1
            task_links.setdefault(area, []).append((edge.tail, edge.head))
    home = {unit: count.most_common(1)[0][0] for unit, count in counts.items()}
    for edge in model.edges:  # a unit without a task goes with its partner
        if edge.relation == "paired" and (edge.tail in home) != (edge.head in home):
            known, alone = (edge.tail, edge.head) if edge.tail in home else (edge.head, edge.tail)
            home[alone] = home[known]
    at_home: dict[int, list[int]] = {}
    for unit in side:
        if unit in home:
            at_home.setdefault(home[unit], []).append(unit)
    blocks = []
    for area, own in tasks.items():
        members = at_home.get(area, [])
        left = [unit for unit in members if side[unit] < 0]
        right = [unit for unit in members if side[unit] > 0]
        links = task_links.get(area, [])
        left, middle, right = order_columns(
            [left, own, right], links, sweeps=_SWEEPS if len(links) <= _MANY_LINKS else 0
        )
        height = max(stacked(part, boxes) for part in (left, middle, right)) + _HEADING
        blocks.append(_Block(area, left, middle, right, height))
    return blocks


def _columns(blocks: Sequence[_Block], width: float) -> list[list[_Block]]:
    """Blocks in as many columns as make the whole about half again as wide as high, read downwards."""
    heights = [block.height + _BLOCK_GAP[1] for block in blocks]
    count = max(1, min(len(blocks), round(math.sqrt(_ASPECT * sum(heights) / (width + _BLOCK_GAP[0])))))
    return fill_columns(blocks, heights, count)


def _place_block(
    block: _Block, boxes: Sequence[Box], centre: float, inner: float, top: float, x: list[float], y: list[float]
) -> None:
    room = block.height - _HEADING
    for nodes, across in ((block.left, centre - inner), (block.tasks, centre), (block.right, centre + inner)):
        free = (room - stacked(nodes, boxes)) / max(1, len(nodes))
        at = top + _HEADING
        for node in nodes:
            step = boxes[node].height + ROW_GAP + free
            x[node], y[node] = across, at + step / 2
            at += step


def _place_targets(model: Model, x: list[float], y: list[float]) -> None:
    areas = {node.id: (x[node.id], y[node.id]) for node in model.of_type("area")}
    left, across, row, down = _TARGET_STEPS
    place_beside(model, x, y, lambda count: (left + across * (count % 3), row + down * count))
    for area, place in areas.items():
        x[area], y[area] = place
