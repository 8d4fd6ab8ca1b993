"""Large graphs: labels by zoom, no physics, a page all the same."""

from __future__ import annotations

import networkx as nx
import pytest

from pairing_graph.page import write_page


def notice_like(units: int, tasks: int) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_node("d", node_type="document", document="d", title="大通知", date="2024-01-01", number="d")
    for count in range(units):
        region = "甲区" if count % 2 else "乙县"
        graph.add_node(f"{region}单位{count}", node_type="unit", unit=f"{region}单位{count}", name=f"单位{count}", region=region, kind="department",
                       collective=False)  # fmt: skip
    names = [name for name, data in graph.nodes(data=True) if data["node_type"] == "unit"]
    for count in range(tasks):
        task = f"d#{count + 1}"
        graph.add_node(task, node_type="task", task=task, number=count + 1, text=f"任务{count}", label=f"任务{count}",
                       address=f"d!t1r{count + 2}c2")  # fmt: skip
        graph.add_edge("d", task, relation="issued", address=f"d!t1r{count + 2}c2")
        for place in range(2):
            unit = names[(count * 13 + place * 7) % units]
            address = f"d!t1r{count + 2}c3.{place + 1}"
            graph.add_edge(unit, task, key=address, relation="assigned", role="lead", rank=place + 1, address=address,
                           as_written=unit)  # fmt: skip
    return graph


@pytest.fixture(scope="module", params=[(400, 400), (1100, 1500)], ids=["800", "2600"])
def large(request, tmp_path_factory):
    units, tasks = request.param
    file = write_page(notice_like(units, tasks), tmp_path_factory.mktemp("large") / "graph.html", tab="network")
    return units + tasks, file


def test_labels_come_with_zoom_and_never_overlap(open_page, large):
    count, file = large
    reader = open_page(file)
    assert reader.complaints == []
    boxes = "pairingGraph.canvas.labels.placed().filter(b => b.id !== null)"
    at_first = reader.js(f"{boxes}.length")
    assert 10 < at_first < count
    assert reader.js(
        f"""(() => {{ const b = {boxes}; return b.every((a, i) => b.slice(i + 1).every(c =>
        Math.min(a.x + a.width, c.x + c.width) - Math.max(a.x, c.x) < 0.5 ||
        Math.min(a.y + a.height, c.y + c.height) - Math.max(a.y, c.y) < 0.5)); }})()"""
    )
    share = "pairingGraph.canvas.labels.placed().filter(b => b.id !== null).length / (() => {{ const {{bounds}} = pairingGraph.canvas.view(); return pairingGraph.canvas.positions.filter(p => p.x > bounds.left && p.x < bounds.right && p.y > bounds.top && p.y < bounds.bottom).length; }})()".replace(
        "{{", "{"
    ).replace("}}", "}")
    first_share = reader.js(share)
    reader.js("pairingGraph.canvas.pan(0, 0)")
    reader.js("pairingGraph.canvas.network.moveTo({position: pairingGraph.canvas.positions[0], scale: 2})")
    reader.page.wait_for_timeout(200)
    assert reader.js(share) > max(0.9, first_share)


def test_physics_is_off(open_page, large):
    _, file = large
    reader = open_page(file)
    assert reader.js("pairingGraph.canvas.network.physics.physicsEnabled") is False


def test_search_and_focus_work(open_page, large):
    _, file = large
    reader = open_page(file)
    reader.page.fill("#search", "甲区单位13")
    reader.page.press("#search", "Enter")
    assert reader.js("pairingGraph.canvas.focus().nodes.size") > 1
    assert reader.page.inner_text("#details h2") == "甲区单位13"


def test_every_line_ends_at_its_task(open_page, large):
    _, file = large
    gaps = open_page(file).js(
        """(() => { const {canvas, model} = pairingGraph;
        return model.edges.filter(e => e.relation === 'assigned').map(e => {
          const [x, y] = canvas.curves.path(e).line.trim().split(/\\s+/).slice(-2).map(Number);
          const p = canvas.positions[e.to];
          return Math.hypot(x - p.x, y - p.y) - canvas.marks[e.to];
        }); })()"""
    )
    assert len(gaps) >= 800
    assert max(gaps) < 1


def test_what_is_on_show_decides_whether_tasks_are_boxes_with_their_words(open_page, tmp_path):
    reader = open_page(write_page(notice_like(200, 250), tmp_path / "graph.html", tab="network"))
    boxes = (
        "pairingGraph.canvas.network.body.data.nodes.get().filter(node => node.shape === 'box' && !node.hidden).length"
    )
    assert reader.js(boxes) == 0
    reader.js("pairingGraph.store.set({filters: {...pairingGraph.store.get('filters'), region: '乙县', least: 3}})")
    shown = reader.js(
        "pairingGraph.model.nodes.filter(n => n.type === 'task' && pairingGraph.onShow.visible().nodes[n.id]).length"
    )
    assert 0 < shown < 250
    assert reader.js(boxes) == shown
    reader.page.click("#reset-filters")
    assert reader.js(boxes) == 0


def test_no_name_is_cut_by_the_frame(open_page, large):
    reader = open_page(large[1])
    cut = reader.js("""(() => { const c = pairingGraph.canvas, s = c.network.getScale(), w = document.getElementById('graph').clientWidth;
        return c.labels.placed().filter(b => { const p = c.network.canvasToDOM(b); return p.x < -1 || p.x + b.width * s > w + 1; }).length; })()""")
    assert cut == 0
