"""The network: Fruchterman–Reingold places, then labels pushed apart until none covers another.

igraph lays out 20,000 nodes in about a second. Without it, up to 500 nodes are laid out by NetworkX (the same method,
in square time), more by a sunflower spiral: tasks in the order of the notice, every unit among its tasks; linear.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import networkx as nx
import numpy as np

from pairing_graph.page.layouts.boxes import Box, Layout, measure
from pairing_graph.page.layouts.columns import place_beside
from pairing_graph.page.model import Model, Node

SEED = 20220623
FULL_LABELS = 300
"""Nodes up to which every label is shown and none covers another; beyond it there is no room."""
_SMALL = 500
_TASK_CHARACTERS = 11
_GOLDEN = math.pi * (3 - math.sqrt(5))
_ASPECT = 1.15
"""Width by height: the window less what is beside the graph."""
_FILL = 0.62
"""The part of the area that labels cover; pushing apart takes the rest."""
_MARGIN = 9.0
"""Between two labels, in pixels."""
_ROUNDS = 600
"""A bound for labels that never come to rest."""
_STEP = 0.6
"""The part of an overlap that a round undoes; less than all, since the neighbours move as well."""
_BESIDE = (34.0, 1.1, 22.0)
"""Areas and targets go round their task: the radius, the angle from one to the next, the way down."""
_STEADY, _LARGE = 2000, 1000
"""Nodes up to which springs have 500 rounds, and beyond which igraph compares near nodes only (its grid)."""
_PULL, _STAY = 0.85, 0.15
"""How far a unit goes from its own place to the middle of its tasks, so that units of the same tasks stay apart."""
Points = np.ndarray[Any, np.dtype[np.float64]]


def network_layout(model: Model, sizes: Sequence[float]) -> Layout:
    """Places by which units share tasks or are paired.

    Args:
        model: What is shown.
        sizes: Half the width of each node's mark.
    """
    boxes = [_box(node, sizes[node.id]) for node in model.nodes]
    main = [node.id for node in model.nodes if node.type not in ("area", "target")]
    row = {node: count for count, node in enumerate(main)}
    links = sorted({(row[tail], row[head]) for tail, head in model.links if tail in row and head in row})
    if len(main) <= FULL_LABELS:
        points = _scaled(_springs(len(main), links), [boxes[node] for node in main])
        points = push_apart(points, [boxes[node] for node in main])
    else:
        points = _spread(len(main), links, [boxes[node] for node in main])
    x, y = [0.0] * len(boxes), [0.0] * len(boxes)
    for node, place in zip(main, points.tolist(), strict=True):
        x[node], y[node] = place
    radius, turn, down = _BESIDE
    place_beside(model, x, y, lambda count: (radius * math.cos(count * turn), radius * math.sin(count * turn) + down))
    return Layout("network", x, y, boxes, "straight", roomy=len(main) <= FULL_LABELS)


def _box(node: Node, size: float) -> Box:
    if node.type in ("task", "area", "other"):
        return measure(node, size, "inside", characters=_TASK_CHARACTERS)
    return measure(node, size, "below")


def _spread(count: int, links: Sequence[tuple[int, int]], boxes: Sequence[Box]) -> Points:
    """A large graph: springs for connected groups, and below them, in rows, groups of one or two nodes."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(links)
    groups = [sorted(group) for group in nx.connected_components(graph)]
    main = sorted(node for group in groups if len(group) > 2 for node in group)
    small = [group for group in groups if len(group) <= 2]
    row = {node: place for place, node in enumerate(main)}
    points = np.zeros((count, 2))
    inner = [(row[tail], row[head]) for tail, head in links if tail in row]
    if main:
        points[main] = _scaled(_springs(len(main), inner), [boxes[node] for node in main])
    step = np.array([max(box.width for box in boxes) + _MARGIN, max(box.height for box in boxes) * 2 + _MARGIN])
    across = max(1, round(math.sqrt(len(small) * step[1] / step[0] * 2)))
    width = float(np.ptp(points[main][:, 0])) if main else 0.0
    across = max(across, int(width // (2 * step[0])))
    below = float(points[main][:, 1].max()) + 2 * step[1] if main else 0.0
    for place, group in enumerate(small):
        corner = np.array([(place % across - (across - 1) / 2) * 2 * step[0], below + place // across * step[1]])
        for offset, node in enumerate(group):
            points[node] = corner + np.array([offset * step[0] * 0.9, 0.0])
    return points


def _springs(count: int, links: Sequence[tuple[int, int]]) -> Points:
    if count == 0:
        return np.zeros((0, 2))
    start = _sunflower(count)
    try:
        igraph = import_module("igraph")
    except ImportError:
        return _without_igraph(count, links, start)
    graph = igraph.Graph(n=count, edges=list(links))
    igraph.set_random_number_generator(random.Random(SEED))
    try:
        grid = "grid" if count > _LARGE else "nogrid"
        niter = 500 if count <= _STEADY else 120
        places = graph.layout_fruchterman_reingold(seed=start.tolist(), niter=niter, grid=grid)
    finally:
        igraph.set_random_number_generator(random)
    return np.asarray(places.coords, dtype=float)


def _without_igraph(count: int, links: Sequence[tuple[int, int]], start: Points) -> Points:
    if count <= _SMALL:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(count))
        graph.add_edges_from(links)
        places = nx.spring_layout(graph, pos=dict(enumerate(start.tolist())), iterations=200, seed=SEED)
        return np.asarray([places[node] for node in range(count)], dtype=float)
    degree = np.zeros(count)
    total = np.zeros((count, 2))
    for tail, head in links:
        degree[tail] += 1
        total[tail] += start[head]
    amid = degree > 0
    points = start.copy()
    points[amid] = _PULL * total[amid] / degree[amid, None] + _STAY * start[amid]
    return points


def _sunflower(count: int) -> Points:
    steps = np.arange(count)
    radius = np.sqrt(steps + 0.5)
    return np.column_stack([radius * np.cos(steps * _GOLDEN), radius * np.sin(steps * _GOLDEN)])


def _scaled(points: Points, boxes: Sequence[Box]) -> Points:
    """Turned so that the long side lies across, and as large as the labels need."""
    if len(points) < 2:
        return points
    points = points - points.mean(axis=0)
    axes = np.linalg.eigh(np.cov(points.T))[1][:, ::-1]
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    points = points @ axes
    spread = np.maximum(np.quantile(np.abs(points), 0.95, axis=0), 1e-9)
    room = sum((box.width + _MARGIN) * (box.height + _MARGIN) for box in boxes) / _FILL
    height = math.sqrt(room / _ASPECT)
    ways = points / spread
    far = np.sign(ways) * (1.0 + np.log(np.maximum(np.abs(ways), 1.0)))
    placed: Points = np.where(np.abs(ways) > 1.0, far, ways) * np.array([height * _ASPECT / 2, height / 2])
    return placed


def push_apart(points: Points, boxes: Sequence[Box]) -> Points:
    """Move nodes until no label covers another: the two of a pair go half the way each, along the shorter way.

    Example:
        >>> box = Box(("a",), "below", 10.0, 10.0, 5.0)
        >>> moved = push_apart(np.array([[0.0, 0.0], [1.0, 0.0]]), [box, box])
        >>> bool(abs(moved[1, 0] - moved[0, 0]) >= 10.0)
        True
    """
    half = np.array([[box.width / 2 + _MARGIN / 2, box.height / 2 + _MARGIN / 2] for box in boxes])
    drop = np.array([[0.0, box.height / 2 - box.size if box.align == "below" else 0.0] for box in boxes])
    centres: Points = points + drop
    count = len(centres)
    across, down = (np.add.outer(side, side) for side in half.T)
    np.fill_diagonal(across, -np.inf)  # no node covers itself
    for _ in range(_ROUNDS):
        x, y = centres.T
        gap_x, gap_y = np.subtract.outer(x, x), np.subtract.outer(y, y)
        first, second = np.nonzero((across - np.abs(gap_x) > 1e-6) & (down - np.abs(gap_y) > 1e-6))
        if not len(first):
            break
        pair = first, second
        over_x, over_y = across[pair] - np.abs(gap_x[pair]), down[pair] - np.abs(gap_y[pair])
        sideways = over_x < over_y
        gap = np.where(sideways, gap_x[pair], gap_y[pair])
        move = 0.5 * np.where(sideways, over_x, over_y) * np.where(gap == 0.0, np.sign(first - second), np.sign(gap))
        moves = [np.bincount(first[way], move[way], count) for way in (sideways, ~sideways)]
        centres = centres + _STEP * np.column_stack(moves)
    moved: Points = centres - drop
    return moved
