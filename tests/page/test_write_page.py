"""The file that is written: whole in itself, the same from run to run, of anything that is a graph."""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from tests.page.unpacking import table as unpack_table
from tests.page.unpacking import unpacked

import pairing_graph as pg
from pairing_graph.base.errors import FileError, MissingExtraError, NoticeError, UnknownNameError
from pairing_graph.graph import co_lead_view, neighbourhood, pairing_view, unit_task_view
from pairing_graph.look.palette import region_looks
from pairing_graph.page import page_html, template, write_page
from pairing_graph.page.columns import as_table
from pairing_graph.page.payload import build_payload
from pairing_graph.page.write import page_data


def payload_of(html: str) -> dict:
    found = re.search(r'<script type="application/json" id="payload">(.*?)</script>', html, re.DOTALL)
    assert found
    return unpacked(json.loads(found.group(1)))


def test_names_no_outside_address_but_in_comments_and_namespaces(page_file):
    text = page_file.read_text(encoding="utf-8")
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!#|data:)""", text.split('<script type="application/json"')[0])
    assert "cdnjs" not in text
    assert "sourceMappingURL" not in text


def test_policy_allows_nothing_by_default(page_file):
    text = page_file.read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text).group(1)
    assert policy.startswith("default-src &#39;none&#39;")
    assert "unsafe" not in policy


def test_same_graph_gives_the_same_bytes(kb, answers_file):
    assert page_html(kb).encode() == answers_file.read_bytes()


def test_is_utf8_whatever_the_locale(root, answers_file, tmp_path):
    target = tmp_path / "graph.html"
    notice = root / "data" / "raw" / "wuxi-yuzhong-2022.txt"
    code = (
        "import sys; from pairing_graph.reading.notices import read_notice; from pairing_graph.page import write_page;"
        "write_page(read_notice(sys.argv[1]), sys.argv[2])"
    )
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, str(notice), str(target)], check=True, env=environment)
    assert target.read_bytes() == answers_file.read_bytes()


def test_graph_is_not_changed(graph):
    before = copy.deepcopy(graph)
    page_html(graph)
    assert nx.utils.graphs_equal(graph, before)


def test_every_unit_task_and_relation_is_in_it(kb, page_file):
    payload = payload_of(page_file.read_text(encoding="utf-8"))
    nodes, edges = payload["facts"]["nodes"], payload["facts"]["edges"]
    assert sum(node["type"] == "unit" for node in nodes) == len(kb.units)
    assert sum(node["type"] == "task" for node in nodes) == len(kb.tasks)
    assert sum(edge["relation"] == "assigned" for edge in edges) == len(kb.assignments)
    assert sum(edge["relation"] == "paired" for edge in edges) == len(kb.pairings)
    assert len(payload["network"]["nodes"]) == len(nodes)
    assert len(payload["network"]["edges"]) == len(edges)


def test_sizes_grow_with_the_tasks_led(page_file):
    payload = payload_of(page_file.read_text(encoding="utf-8"))
    sizes = {
        fact["node"]: look["size"]
        for fact, look in zip(payload["facts"]["nodes"], payload["network"]["nodes"], strict=True)
    }
    assert sizes["渝中区招商投资局"] == max(sizes.values())
    assert sizes["渝中区招商投资局"] > sizes["渝中区教委"] > sizes["渝中区交通局"]


def test_parallel_edges_stay_and_numpy_values_are_taken():
    graph = nx.MultiDiGraph()
    graph.add_node("a", node_type="unit", name="甲", region="甲区", collective=np.bool_(False), weight=np.float64(2.5))
    graph.add_node("t", node_type="task", number=np.int64(3), text="做事", label="做事")
    for count in range(3):
        graph.add_edge(
            "a", "t", relation="assigned", role="lead", rank=np.int32(count), address=f"x!t1r2c3.{count + 1}"
        )
    payload = payload_of(page_html(graph))
    assert len(payload["network"]["edges"]) == 3
    assert payload["facts"]["nodes"][1]["data"]["number"] == 3
    assert payload["facts"]["nodes"][0]["data"]["weight"] == 2.5


@pytest.mark.parametrize(
    "view",
    [
        pytest.param(lambda graph: neighbourhood(graph, "县林业局", hops=1), id="neighbourhood"),
        pytest.param(lambda graph: neighbourhood(graph, "县发展改革委", hops=2), id="two-steps"),
        pytest.param(
            lambda graph: graph.subgraph([n for n, d in graph.nodes(data=True) if d.get("region") == "渝中区"]),
            id="region",
        ),
        pytest.param(unit_task_view, id="units-and-tasks"),
        pytest.param(pairing_view, id="pairings"),
        pytest.param(co_lead_view, id="co-leads"),
        pytest.param(lambda graph: nx.path_graph(3), id="any-graph"),
    ],
)
def test_parts_and_views_can_be_shown(graph, view):
    part = view(graph)
    payload = payload_of(page_html(part))
    documents = sum(data.get("node_type") == "document" for _, data in part.nodes(data=True))
    assert len(payload["network"]["nodes"]) == part.number_of_nodes() - documents


def test_load_in_a_neighbourhood_counts_what_is_in_it(graph):
    payload = payload_of(page_html(neighbourhood(graph, "县林业局", hops=1)))
    loads = {node["node"]: node.get("load") for node in payload["facts"]["nodes"]}
    assert loads["巫溪县林业局"]["lead"] == 2


def test_an_empty_graph_is_refused(tmp_path):
    with pytest.raises(NoticeError, match="nothing to show"):
        write_page(nx.MultiDiGraph(), tmp_path / "x.html")
    assert not (tmp_path / "x.html").exists()


def test_a_graph_too_large_is_refused_and_the_views_are_named(tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(30_001), node_type="unit")
    with pytest.raises(NoticeError, match=r"pg\.neighbourhood\(G, unit, hops=2\)"):
        write_page(graph, tmp_path / "x.html")


def test_what_is_no_graph_is_refused():
    with pytest.raises(NoticeError, match="cannot be drawn"):
        page_html([1, 2])


def test_an_unknown_layout_is_refused(kb):
    with pytest.raises(UnknownNameError, match="columns, network, areas"):
        page_html(kb, layout="circle")


def test_a_folder_that_is_a_file_is_a_clear_error(kb, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FileError, match="cannot be written"):
        write_page(kb, tmp_path / "file" / "graph.html")


def test_file_is_at_most_one_megabyte_plus_the_data(page_file):
    text = page_file.read_bytes()
    payload = re.search(rb'id="payload">(.*?)</script>', text, re.DOTALL).group(1)
    assert len(text) - len(payload) <= 1_000_000


@pytest.fixture(scope="module")
def data(graph):
    """What the page of the 2022 notice holds, before it is put into HTML."""
    return page_data(graph, lang="zh", layout=None)


@pytest.mark.parametrize("source", ["vis_script", "page_script", "font_face"])
@pytest.mark.parametrize("text", ["x = '</script>'", "x = '</SCRIPT '", "</style>", "a <!-- b"], ids=repr)
def test_a_script_or_style_that_would_end_its_element_is_refused(data, monkeypatch, source, text):
    monkeypatch.setattr(template, source, lambda *_: text)
    with pytest.raises(MissingExtraError, match="cannot be put into HTML"):
        template.render(data, "zh")


def test_page_and_figures_give_a_region_the_same_colour_in_a_notice_without_pairings(kb):
    cut = kb.replace(pairings=kb.pairings.iloc[:0])
    looks = region_looks(cut)
    kinds = build_payload(cut, pg.build_graph(cut))["kinds"]["nodes"]
    painted = {kind["region"]: kind["fill"] for kind in kinds if kind["key"].startswith("unit:unit:")}
    assert painted == {region: looks[region].colour for region in ("渝中区", "巫溪县")}
    assert list(looks)[:2] == ["渝中区", "巫溪县"]


def test_columns_are_the_records_again():
    given = [{"a": 1, "data": {"x": "1"}}, {"data": {}}, {"a": True, "data": {"x": 1, "__proto__": [1]}}]
    assert repr(unpack_table(as_table(given, ("data",)))) == repr(given)


@pytest.mark.parametrize(
    ("part", "tab"),
    [({}, "load"), ({"tasks": 0, "assignments": 0, "targets": 0}, "pairs")],
    ids=["tasks", "pairings-only"],
)
def test_the_page_opens_at_what_the_notice_holds(kb, part, tab):
    whole = kb.replace(**{name: getattr(kb, name).iloc[:rows] for name, rows in part.items()})
    assert page_data(whole, lang="zh", layout=None)["tab"] == tab
