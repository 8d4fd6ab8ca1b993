"""Where nodes stand: steady, apart from each other, with few crossings, with and without igraph."""

from __future__ import annotations

import itertools
import sys

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing_graph.look.crossings import crossings
from pairing_graph.page.layouts import area_layout, column_layout, network_layout
from pairing_graph.page.layouts.crossings import order_columns
from pairing_graph.page.model import build_model

LAYOUTS = {"columns": column_layout, "network": network_layout, "areas": area_layout}


@pytest.fixture(scope="module")
def model(graph):
    return build_model(graph)


def rectangle(layout, node):
    box, x, y = layout.boxes[node], layout.x[node], layout.y[node]
    if box.align == "left":
        return x - box.width + box.size, x + box.size, y - box.height / 2, y + box.height / 2
    if box.align == "right":
        return x - box.size, x + box.width - box.size, y - box.height / 2, y + box.height / 2
    if box.align == "below":
        return x - box.width / 2, x + box.width / 2, y - box.size, y - box.size + box.height
    return x - box.width / 2, x + box.width / 2, y - box.height / 2, y + box.height / 2


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_node_covers_another(model, name):
    layout = LAYOUTS[name](model, [6.0] * len(model.nodes))
    hidden = {"target"} if name == "areas" else {"target", "area"}
    nodes = [node for node in model.nodes if node.type not in hidden]
    for a, b in itertools.combinations(nodes, 2):
        left, right, top, bottom = rectangle(layout, a.id)
        other = rectangle(layout, b.id)
        covers = min(right, other[1]) - max(left, other[0]) > 0.1 and min(bottom, other[3]) - max(top, other[2]) > 0.1
        assert not covers, (a.label, b.label)


@pytest.mark.parametrize("name", LAYOUTS)
def test_same_places_every_time(model, name):
    sizes = [6.0] * len(model.nodes)
    first, second = LAYOUTS[name](model, sizes), LAYOUTS[name](model, sizes)
    assert (first.x, first.y) == (second.x, second.y)


def test_columns_put_helpers_left_tasks_between_and_helped_right(model):
    layout = column_layout(model, [6.0] * len(model.nodes))
    tasks = [layout.x[node.id] for node in model.of_type("task")]
    assigned = {edge.tail for edge in model.edges if edge.relation == "assigned"}
    for node in model.of_type("unit"):
        if node.id in assigned:
            assert (layout.x[node.id] < min(tasks)) == (node.region == "渝中区")
            assert (layout.x[node.id] > max(tasks)) == (node.region == "巫溪县")


def brute_force(left, right, links):
    row_left = {node: row for row, node in enumerate(left)}
    row_right = {node: row for row, node in enumerate(right)}
    ends = [(row_left[a], row_right[b]) for a, b in links]
    return sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in itertools.combinations(ends, 2))


links = st.lists(st.tuples(st.integers(0, 7), st.integers(10, 17)), max_size=25)


@given(links)
def test_crossings_are_those_of_brute_force(pairs):
    left, right = list(range(8)), list(range(10, 18))
    assert crossings(left, right, pairs) == brute_force(left, right, pairs)


@given(links)
def test_ordering_never_adds_crossings_and_loses_nobody(pairs):
    left, right = list(range(8)), list(range(10, 18))
    ordered = order_columns([left, right], pairs)
    assert sorted(ordered[0]) == left
    assert sorted(ordered[1]) == right
    assert brute_force(*ordered, pairs) <= brute_force(left, right, pairs)


def test_the_real_notice_has_far_fewer_crossings_than_in_its_own_order(model):
    tasks = [node.id for node in model.of_type("task")]
    donors = [node.id for node in model.of_type("unit") if node.region == "渝中区"]
    links = [(edge.tail, edge.head) for edge in model.edges if edge.tail in set(donors) and edge.head in set(tasks)]
    layout = column_layout(model, [6.0] * len(model.nodes))
    sorted_donors = sorted(donors, key=lambda node: layout.y[node])
    sorted_tasks = sorted(tasks, key=lambda node: layout.y[node])
    assert crossings(sorted_donors, sorted_tasks, links) * 2 < crossings(donors, tasks, links)


def scattered(units: int) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for count in range(units):
        graph.add_node(f"u{count}", node_type="unit", name=f"甲{count}局", region="甲区" if count % 2 else "乙县")
        graph.add_node(f"t{count}", node_type="task", text="做事", label="做事", number=count)
        graph.add_edge(f"u{count}", f"t{count}", relation="assigned", role="lead")
        graph.add_edge(f"u{(count * 7) % units}", f"t{count}", relation="assigned", role="support")
    return graph


@pytest.mark.parametrize("units", [20, 400], ids=["small", "large"])
def test_without_igraph_there_is_a_steady_layout_too(monkeypatch, units):
    monkeypatch.setitem(sys.modules, "igraph", None)
    model = build_model(scattered(units))
    first = network_layout(model, [5.0] * len(model.nodes))
    second = network_layout(model, [5.0] * len(model.nodes))
    assert (first.x, first.y) == (second.x, second.y)
    assert len({(round(x, 3), round(y, 3)) for x, y in zip(first.x, first.y, strict=True)}) == len(model.nodes)


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize(
    "graph_",
    [
        pytest.param({"a": {"node_type": "unit", "name": "甲"}}, id="one-unit"),
        pytest.param({"t": {"node_type": "task", "text": "做事"}}, id="one-task"),
        pytest.param({"x": {}}, id="no-type"),
    ],
)
def test_the_smallest_graphs_have_a_layout(name, graph_):
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(graph_.items())
    layout = LAYOUTS[name](build_model(graph), [5.0])
    assert len(layout.x) == 1


def test_a_table_of_one_region_has_its_units_on_one_side():
    graph = scattered(6)
    nx.set_node_attributes(graph, {f"u{count}": "甲区" for count in range(6)}, "region")
    model = build_model(graph)
    layout = column_layout(model, [5.0] * len(model.nodes))
    tasks = [layout.x[node.id] for node in model.of_type("task")]
    assert all(layout.x[node.id] < min(tasks) for node in model.of_type("unit"))
