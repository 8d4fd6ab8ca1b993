"""Two columns: who helps on the left, who is helped on the right, their tasks between them; pairs without a task below.

Rows are ordered for few crossings. Where a column would be too long for the page it is folded into several.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import networkx as nx

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
from pairing_graph.page.layouts.crossings import order_columns
from pairing_graph.page.model import Model

# Lengths are in pixels of the page at its first zoom and were chosen by eye on the 2022 notice.
_GUTTER = 140.0
"""Between the tasks and the units of a side: links stay apart and can be pointed at."""
_FOLD = 60
"""Rows that can be read without scrolling; a longer column is folded."""
_FOLDED_ASPECT = 8
"""Rows per part of a folded column, so that the whole is about as wide as high."""
_COLUMN_GAP = 24.0
_CAPTION_RISE = 30.0
"""Headings above the first row."""
_LOWER_GAP = 56.0
_LOWER_CAPTION_RISE = 26.0
_LINK_ROOM = 74.0
"""Between the two sides of a pair that has no task."""
_BLOCK_GAP = 26.0
_ASPECT = 1.6
"""Width by height of the pairs without a task, about that of a screen."""
_MANY_GROUPS = 60
"""With more groups the number of columns is reckoned, not tried."""
_MANY_NODES = 3000
"""A larger graph is not untangled: that would take too long."""
_BESIDE_STEPS = (26.0, 60.0, -14.0, 9.0)
"""Areas and targets are in pairs beside their task: the first place, the step across, the row, the step down."""


def sides_of(model: Model) -> dict[int, int]:
    """The side of every unit: -1 helps (left), 1 is helped (right).

    A region without any pairing goes to the side with fewer regions; a unit without a region goes by its own pairings.
    """
    side = dict.fromkeys(model.donors, -1) | dict.fromkeys(model.recipients, 1)
    for region in model.regions:
        if region not in side and region:
            side[region] = -1 if list(side.values()).count(-1) <= list(side.values()).count(1) else 1
    own: dict[int, int] = {}
    for edge in model.edges:
        if edge.relation == "paired":
            own.setdefault(edge.tail, -1)
            own.setdefault(edge.head, 1)
    return {unit.id: side.get(unit.region) or own.get(unit.id, -1) for unit in model.of_type("unit")}


def column_layout(model: Model, sizes: Sequence[float]) -> Layout:
    """Places in columns.

    Args:
        model: What is shown.
        sizes: Half the width of each node's mark.
    """
    side = sides_of(model)
    links = model.links
    tasks = [node.id for node in model.nodes if node.type in ("task", "other")]
    busy = _with_partners(set(tasks), links)
    left = [unit for unit, place in side.items() if place < 0 and unit in busy]
    right = [unit for unit, place in side.items() if place > 0 and unit in busy]
    boxes = [_box(model, node.id, side, sizes) for node in model.nodes]
    chip = max((boxes[task].width for task in tasks), default=0.0)
    for task in tasks:
        boxes[task] = replace(boxes[task], width=chip)
    x, y = [0.0] * len(boxes), [0.0] * len(boxes)
    upper = order_columns([left, tasks, right], links) if len(boxes) <= _MANY_NODES else [left, tasks, right]
    reach = chip / 2 + _GUTTER if tasks else _GUTTER
    bottom = _place_block(upper, boxes, (-reach, 0.0, reach), x, y)
    captions = _captions(model, reach, left, tasks, right)
    idle = [unit for unit in side if unit not in busy]
    if idle:
        start = bottom + _LOWER_GAP if busy else 0.0
        width = 2 * reach + widest(boxes, left) + widest(boxes, right)
        place_pairs(idle, side, links, boxes, (start, width), x, y)
        if busy:
            captions.append(Caption(0.0, start - _LOWER_CAPTION_RISE, "page.caption.paired_only", nodes=idle))
    first, across, row, down = _BESIDE_STEPS
    place_beside(model, x, y, lambda count: (first + across * (count % 2), row + down * count))
    return Layout("columns", x, y, boxes, "horizontal", captions)


def _with_partners(tasks: set[int], links: Sequence[tuple[int, int]]) -> set[int]:
    """The tasks, their units, and all that are paired with those."""
    parts = nx.connected_components(_linked(tasks, links))
    return {node for part in parts if not tasks.isdisjoint(part) for node in part}


def _linked(nodes: Iterable[int], links: Iterable[tuple[int, int]]) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(links)
    return graph


def _box(model: Model, number: int, side: Mapping[int, int], sizes: Sequence[float]) -> Box:
    node = model.nodes[number]
    align: Align = "left" if side.get(number, 0) < 0 else "right" if number in side else "inside"
    if node.type == "target":
        align = "right"
    return measure(node, sizes[number], align)


def _captions(
    model: Model, reach: float, left: Sequence[int], tasks: Sequence[int], right: Sequence[int]
) -> list[Caption]:
    known = [region for region in model.regions if region]
    donors = "、".join(filter(None, model.donors)) or "、".join(known[::2])
    recipients = "、".join(filter(None, model.recipients)) or "、".join(known[1::2])
    both = bool(model.donors)
    captions = []
    if left:
        word = "page.caption.donor" if both else "page.caption.units"
        captions.append(Caption(-reach, -_CAPTION_RISE, word, donors, "right", left))
    if tasks:
        captions.append(Caption(0.0, -_CAPTION_RISE, "page.caption.tasks", nodes=tasks))
    if right:
        word = "page.caption.recipient" if both else "page.caption.units"
        captions.append(Caption(reach, -_CAPTION_RISE, word, recipients, "left", right))
    return captions


def _place_block(
    columns: Sequence[Sequence[int]], boxes: Sequence[Box], across: Sequence[float], x: list[float], y: list[float]
) -> float:
    """Spread each column over the height of the longest; long ones are folded outwards. Gives the lower end."""
    folds = [max(1, math.ceil(len(column) / _FOLD)) for column in columns]
    if max(folds) > 1:
        folds = [max(1, round(math.sqrt(len(column) / _FOLDED_ASPECT))) for column in columns]
    heights = [stacked(column, boxes) / fold for column, fold in zip(columns, folds, strict=True)]
    total = max(heights, default=0.0)
    shift = 0.0
    for index in (1, 0, 2):
        column, fold = columns[index], folds[index]
        step = widest(boxes, column) + _COLUMN_GAP
        direction = (-1, 1, 1)[index]
        centre = across[index] + direction * shift
        for row, node in enumerate(column):
            part = row % fold
            x[node] = centre + (step * (part - (fold - 1) / 2) if index == 1 else direction * step * part)
        if index == 1:
            shift = step * (fold - 1) / 2
        _spread(column, boxes, total, fold, y)
    return total


def _spread(column: Sequence[int], boxes: Sequence[Box], total: float, fold: int, y: list[float]) -> None:
    rows = [column[start : start + fold] for start in range(0, len(column), fold)]
    heights = [max(boxes[node].height for node in row) for row in rows]
    free = max(ROW_GAP, (total - sum(heights)) / max(1, len(rows)))
    at = free / 2
    for row, height in zip(rows, heights, strict=True):
        for node in row:
            y[node] = at + height / 2
        at += height + free


def place_pairs(
    idle: Sequence[int],
    side: Mapping[int, int],
    links: Sequence[tuple[int, int]],
    boxes: Sequence[Box],
    room: tuple[float, float],
    x: list[float],
    y: list[float],
    *,
    centre: float = 0.0,
) -> None:
    """Units that are only paired: every group of partners is a block of its own, blocks fill as many columns as fit.

    Args:
        idle: The units.
        side: The side of every unit.
        links: All links.
        boxes: The room of each node.
        room: The upper end, and the width that may be filled.
        x: Places across, filled in.
        y: Places down, filled in.
        centre: The middle of the room.
    """
    start, width = room
    groups = _groups(idle, links)
    pitch = max(boxes[node].height for node in idle) + ROW_GAP
    rows = [max(_both(group, side)) for group in groups]
    span = [widest(boxes, [node for node in idle if side[node] == direction]) for direction in (-1, 1)]
    wanted = max(width, math.sqrt(sum(rows) * pitch * (sum(span) + _LINK_ROOM) * _ASPECT))
    count = (
        1
        + max(
            (
                k
                for k in range(1, len(groups))
                if _total_width(fill_columns(groups, rows, k + 1), side, boxes) <= wanted
            ),
            default=0,
        )
        if len(groups) <= _MANY_GROUPS
        else max(1, int(wanted // (sum(span) + _LINK_ROOM)))
    )
    columns = fill_columns(groups, rows, count)
    across = centre - _total_width(columns, side, boxes) / 2
    for column in columns:
        left, right = _widths(column, side, boxes)
        at = 0.0
        for group in column:
            size = max(_both(group, side))
            for direction in (-1, 1):
                members = [node for node in group if side[node] == direction]
                for row, node in enumerate(members):
                    x[node] = across + left + (0.0 if direction < 0 else _LINK_ROOM)
                    y[node] = start + pitch * (at + (size - len(members)) / 2 + row + 0.5)
            at += size
        across += left + _LINK_ROOM + right + _BLOCK_GAP


def _widths(column: Sequence[list[int]], side: Mapping[int, int], boxes: Sequence[Box]) -> tuple[float, float]:
    nodes = [node for group in column for node in group]
    return (
        widest(boxes, [node for node in nodes if side[node] < 0]),
        widest(boxes, [node for node in nodes if side[node] > 0]),
    )


def _total_width(columns: Sequence[Sequence[list[int]]], side: Mapping[int, int], boxes: Sequence[Box]) -> float:
    widths = [sum(_widths(column, side, boxes)) + _LINK_ROOM for column in columns]
    return sum(widths) + _BLOCK_GAP * (len(columns) - 1)


def _both(group: Sequence[int], side: Mapping[int, int]) -> tuple[int, int]:
    left = sum(side[node] < 0 for node in group)
    return left, len(group) - left


def _groups(nodes: Sequence[int], links: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Connected groups among some nodes, in their order."""
    among = set(nodes)
    graph = _linked(nodes, (link for link in links if {*link} <= among))
    groups: list[list[int]] = []
    seen: set[int] = set()
    for node in nodes:
        if node not in seen:
            groups.append([node, *(found for _, found in nx.bfs_edges(graph, node))])
            seen.update(groups[-1])
    return groups


def place_beside(model: Model, x: list[float], y: list[float], offset: Callable[[int], tuple[float, float]]) -> None:
    """Put every area and target beside its first task, several of them apart."""
    counts: dict[int, int] = {}
    placed: set[int] = set()
    for edge in model.edges:
        if edge.relation in ("part_of", "aims_at") and edge.head not in placed:
            placed.add(edge.head)
            count = counts[edge.tail] = counts.get(edge.tail, 0) + 1
            across, down = offset(count)
            x[edge.head], y[edge.head] = x[edge.tail] + across, y[edge.tail] + down
