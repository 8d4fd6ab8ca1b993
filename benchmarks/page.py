"""The page beside plain pyvis, with the same graph, in one run of one browser.

    python benchmarks/page.py                      # 120, 1,000, 5,000 and 20,000 nodes
    python benchmarks/page.py --sizes 120 1000 --patience 90

Measured for each: seconds to write the file; size of the file; seconds from opening it to the first steady frame (ours:
labels drawn with the font, once at the tab that it opens with and once at the network, which is what pyvis draws;
pyvis: its physics has settled); milliseconds between frames while the view is dragged
(median, longest). Plain pyvis is waited for no longer than the patience; `>` says that it was not steady by then.
Needs playwright and Debian's Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import networkx as nx
from playwright.sync_api import sync_playwright
from pyvis.network import Network

from pairing_graph.page import write_page

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
TARGETS = {5000: 2.0, 20000: 5.0}


def notice_like(nodes):
    """Two regions, a third of the nodes units, the rest tasks with two leading units each, every fifth unit paired."""
    units = max(4, nodes // 3)
    graph = nx.MultiDiGraph()
    graph.add_node("d", node_type="document", document="d", title="大通知", date="2024-01-01", number="d")
    names = [f"{'甲区' if count % 2 else '乙县'}单位{count}" for count in range(units)]
    for name in names:
        graph.add_node(name, node_type="unit", unit=name, name=name[2:], region=name[:2], kind="department",
                       collective=False)  # fmt: skip
    for count in range(nodes - units):
        task = f"d#{count + 1}"
        place = f"d!t1r{count + 2}"
        graph.add_node(task, node_type="task", task=task, number=count + 1, text=f"做好第{count + 1}项工作。",
                       label=f"做好第{count + 1}项工作", address=f"{place}c2")  # fmt: skip
        graph.add_edge("d", task, key=place, relation="issued", address=f"{place}c2")
        for rank in (1, 2):
            unit = names[(count // 3 + rank * 7 * (count % 5)) % units]
            address = f"{place}c3.{rank}"
            graph.add_edge(unit, task, key=address, relation="assigned", role="lead", rank=rank, address=address,
                           as_written=unit[2:])  # fmt: skip
    for count in range(0, units - 1, 5):
        address = f"d!t2r{count + 2}"
        graph.add_edge(
            names[count | 1],
            names[count & ~1],
            key=address,
            relation="paired",
            document="d",
            address=address,
            direction_basis="header",
        )
    return graph


def plain_graph(graph):
    """The same nodes and edges as plain pyvis can take them."""
    plain = nx.DiGraph()
    shown = [node for node, data in graph.nodes(data=True) if data["node_type"] != "document"]
    plain.add_nodes_from((node, {"label": str(graph.nodes[node].get("label", node))}) for node in shown)
    plain.add_edges_from((a, b) for a, b in graph.edges() if a in plain and b in plain)
    return plain


def write_plain(graph, path):
    network = Network(directed=True, cdn_resources="in_line")
    network.from_nx(plain_graph(graph))
    path.write_text(network.generate_html(), encoding="utf-8")


def steady(page, question, patience):
    """Seconds until the page says yes; more than the patience if it does not."""
    start = time.perf_counter()
    while time.perf_counter() - start < patience:
        if page.evaluate(question):
            return time.perf_counter() - start
        time.sleep(0.02)
    return float("inf")


SETTLED = """(() => { if (typeof network === 'undefined') return false;
  if (!window.watched) { window.watched = true; network.on('stabilized', () => { window.settled = true; });
    if (!network.physics.physicsEnabled || network.physics.stabilized) window.settled = true; }
  return window.settled === true; })()"""
FRAMES = """(() => { window.frames_ = []; let last = performance.now();
  const step = now => { window.frames_.push(now - last); last = now;
    if (window.frames_.length < 2000) requestAnimationFrame(step); };
  requestAnimationFrame(step); })()"""


def dragged(page, selector):
    box = page.locator(selector).first.bounding_box()
    x, y = box["x"] + 20, box["y"] + 20
    page.evaluate(FRAMES)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(x + 6 * step, y + 4 * step)
    page.mouse.up()
    page.wait_for_timeout(60)
    frames = page.evaluate("window.frames_.slice(1)")
    return statistics.median(frames), max(frames)


def measured(browser, path, question, selector, patience, hash_=""):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    page.set_default_timeout(max(30.0, patience) * 1000)
    start = time.perf_counter()
    page.goto(path.as_uri() + hash_, wait_until="commit")
    waited = steady(page, question, patience)
    opened = time.perf_counter() - start
    frames = (float("nan"), float("nan")) if waited == float("inf") else dragged(page, selector)
    context.close()
    return (opened if waited != float("inf") else float("inf")), *frames


def row(name, nodes, edges, written, path, result, patience):
    opened, median, longest = result
    shown = f"{opened:8.2f}" if opened != float("inf") else f" > {patience:5.0f}"
    size = path.stat().st_size / 1e6
    print(
        f"{nodes:7,} {edges:7,}  {name:<13} {written:8.2f} {size:8.2f} {shown} {median:8.0f} {longest:8.0f}", flush=True
    )
    return opened


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[120, 1000, 5000, 20000])
    parser.add_argument("--patience", type=float, default=90.0, help="seconds to wait for plain pyvis")
    chosen = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("There is no chromium.")
    write_page(notice_like(20), Path(tempfile.mkdtemp()) / "warm.html")
    print("  nodes   edges  page            write s     file MB  steady s  frame ms  longest")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for nodes in chosen.sizes:
            graph = notice_like(nodes)
            edges = graph.number_of_edges()
            ours, plain = Path(folder) / f"ours-{nodes}.html", Path(folder) / f"plain-{nodes}.html"
            start = time.perf_counter()
            write_page(graph, ours)
            written = time.perf_counter() - start
            ready = "Boolean(window.pairingGraph && window.pairingGraph.ready)"
            result = measured(browser, ours, ready, "#load-view", 60.0)
            row("ours, load", nodes, edges, written, ours, result, 60.0)
            result = measured(browser, ours, ready, "#graph", 60.0, "#tab=network")
            first = row("ours, network", nodes, edges, written, ours, result, 60.0)
            start = time.perf_counter()
            write_plain(graph, plain)
            written = time.perf_counter() - start
            result = measured(browser, plain, SETTLED, "#mynetwork", chosen.patience)
            other = row("plain pyvis", nodes, edges, written, plain, result, chosen.patience)
            bound = min(other, chosen.patience)
            told = f"at least {bound / first:.0f}" if other == float("inf") else f"{bound / first:.0f}"
            target = (
                f"; target {TARGETS[nodes]:.0f} s: {'met' if first <= TARGETS[nodes] else 'MISSED'}"
                if nodes in TARGETS
                else ""
            )
            print(f"{'':17}steady {told} times sooner{target}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
