"""Graph files as other programs read them: igraph, NetworkX, the published rules of GEXF, a CSV reader."""

from __future__ import annotations

import csv
import json
import math
from collections import Counter
from xml.etree import ElementTree

import igraph
import networkx as nx
import pandas as pd
import pytest

import pairing_graph as pg
from pairing_graph.output.graph_files import WRITERS

VIEWS = {
    "pairings": pg.pairing_view,
    "units-tasks": pg.unit_task_view,
    "co-leads": pg.co_lead_view,
}


@pytest.fixture(params=["plain", "hostile"])
def either_graph(request, kb, hostile):
    return pg.build_graph({"plain": kb, "hostile": hostile}[request.param])


@pytest.fixture(params=VIEWS)
def view(request, hostile):
    return VIEWS[request.param](hostile)


def id_of(vertex):
    """The id of a vertex; igraph 1.0 leaves an ampersand of an id escaped, and of an attribute not."""
    return vertex["id"].replace("&#38;", "&")


def given(attributes):
    """The attributes that igraph was given; it fills the others in."""
    return {name: value for name, value in attributes.items() if not (value == "" or value is None or value != value)}


def test_igraph_reads_every_attribute_of_the_graphml(either_graph, tmp_path):
    read = igraph.Graph.Read_GraphML(str(pg.write_graph(either_graph, tmp_path / "graph.graphml")))
    nodes = {id_of(vertex): given(vertex.attributes()) for vertex in read.vs}
    assert set(nodes) == set(either_graph)
    for node, data in either_graph.nodes(data=True):
        found = nodes[node]
        assert {name: found.get(name, False) for name in data} == data
    names = [id_of(vertex) for vertex in read.vs]
    edges = Counter((names[edge.source], names[edge.target], edge["relation"], edge["address"]) for edge in read.es)
    assert edges == Counter((u, v, d["relation"], d["address"]) for u, v, d in either_graph.edges(data=True))


def test_the_ids_of_edges_in_graphml_are_there_once(either_graph, tmp_path):
    root = ElementTree.parse(pg.write_graph(either_graph, tmp_path / "graph.graphml")).getroot()
    ids = [edge.get("id") for edge in root.iter("{http://graphml.graphdrawing.org/xmlns}edge")]
    assert len(ids) == len(set(ids)) == either_graph.number_of_edges()
    keys = [(key.get("for"), key.get("attr.name")) for key in root.iter("{http://graphml.graphdrawing.org/xmlns}key")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("suffix", ["graphml", "json"])
def test_a_hostile_notice_comes_back(hostile, tmp_path, suffix):
    back = pg.to_knowledge_base(pg.read_graph(pg.write_graph(hostile, tmp_path / f"graph.{suffix}")))
    assert back.equals(hostile, ignore=["unread"])


def test_edges_that_share_an_address_keep_their_keys(kb, tmp_path):
    twice = kb.replace(targets=pd.concat([kb.targets, kb.targets], ignore_index=True))
    doubled = twice.replace(assignments=pd.concat([kb.assignments, kb.assignments.assign(role="support")]))
    graph = pg.build_graph(doubled)
    back = pg.read_graph(pg.write_graph(graph, tmp_path / "graph.graphml"))
    assert sorted(back.edges(keys=True)) == sorted(graph.edges(keys=True))
    assert pg.to_knowledge_base(back).equals(doubled, ignore=["unread"])


def test_graphml_of_an_earlier_version_is_read(graph, tmp_path):
    file = tmp_path / "graph.graphml"
    nx.write_graphml_xml(graph, file)  # Its edges had their keys for ids.
    back = pg.read_graph(file)
    assert sorted(back.edges(keys=True)) == sorted(graph.edges(keys=True))


GEXF_RULES = {
    "gexf": ({"version"}, {"graph"}),
    "graph": ({"mode", "defaultedgetype"}, {"attributes", "nodes", "edges"}),
    "attributes": ({"class", "mode"}, {"attribute"}),
    "attribute": ({"id", "title", "type"}, set()),
    "nodes": (set(), {"node"}),
    "node": ({"id", "label"}, {"attvalues"}),
    "edges": (set(), {"edge"}),
    "edge": ({"id", "source", "target", "label", "weight"}, {"attvalues"}),
    "attvalues": (set(), {"attvalue"}),
    "attvalue": ({"for", "value"}, set()),
}
"""Elements of GEXF 1.2draft with the attributes and children that its schema allows them (those that are used)."""
GEXF = "{http://www.gexf.net/1.2draft}"
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
FORMS = {"long": int, "double": float, "boolean": {"true": True, "false": False}.__getitem__, "string": str}


def read_by_the_rules(file):
    """Nodes and edges of a GEXF file with their typed values; anything that the schema does not allow fails."""
    root = ElementTree.parse(file).getroot()
    for element in root.iter():
        attributes, children = GEXF_RULES[element.tag.removeprefix(GEXF)]
        assert set(element.attrib) - {LOCATION} <= attributes
        assert {child.tag.removeprefix(GEXF) for child in element} <= children
    types = {}
    for group in root.iter(f"{GEXF}attributes"):
        for entry in group:
            assert (group.get("class"), entry.get("id")) not in types
            types[group.get("class"), entry.get("id")] = (entry.get("title"), FORMS[entry.get("type")])

    def typed(element, kind):
        found = {}
        for value in element.iter(f"{GEXF}attvalue"):
            name, form = types[kind, value.get("for")]
            found[name] = form(value.get("value"))
        return found

    nodes = {node.get("id"): (node.get("label"), typed(node, "node")) for node in root.iter(f"{GEXF}node")}
    edges = [(e.get("source"), e.get("target"), e.get("weight"), typed(e, "edge")) for e in root.iter(f"{GEXF}edge")]
    ids = [edge.get("id") for edge in root.iter(f"{GEXF}edge")]
    assert len(ids) == len(set(ids))
    assert {end for edge in edges for end in edge[:2]} <= set(nodes)
    return nodes, edges


def test_gexf_keeps_to_its_schema_and_loses_nothing(either_graph, tmp_path):
    nodes, edges = read_by_the_rules(pg.write_graph(either_graph, tmp_path / "graph.gexf"))
    for node, data in either_graph.nodes(data=True):
        label, found = nodes[node]
        assert ({"label": label} if "label" in data else {}) | found == data
    assert [edge[3] for edge in edges] == [data for *_, data in either_graph.edges(data=True)]


def test_networkx_reads_the_gexf(either_graph, tmp_path):
    read = nx.read_gexf(pg.write_graph(either_graph, tmp_path / "graph.gexf"))
    assert set(read) == set(either_graph)
    assert read.number_of_edges() == either_graph.number_of_edges()


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "json", "net", "dl", "csv"])
def test_every_view_can_be_written(view, tmp_path, suffix):
    written = pg.write_graph(view, tmp_path / f"view.{suffix}")
    assert written.stat().st_size > 0
    assert pg.write_graph(view, tmp_path / f"again.{suffix}").read_bytes() == written.read_bytes()


def test_a_view_in_graphml_is_read_by_igraph_and_networkx_alike(view, tmp_path):
    file = pg.write_graph(view, tmp_path / "view.graphml")
    one, two = igraph.Graph.Read_GraphML(str(file)), nx.read_graphml(file)
    assert one.is_directed() == two.is_directed() == view.is_directed()
    assert {id_of(vertex) for vertex in one.vs} == set(view) == set(two)
    weights = Counter(weight for *_, weight in view.edges(data="weight"))
    assert Counter(one.es["weight"]) == weights == Counter(weight for *_, weight in two.edges(data="weight"))


def test_a_view_in_gexf_has_its_weights(view, tmp_path):
    _, edges = read_by_the_rules(pg.write_graph(view, tmp_path / "view.gexf"))
    assert Counter(float(weight) for *_, weight, _ in edges) == Counter(w for *_, w in view.edges(data="weight"))


def test_igraph_and_networkx_read_the_pajek_network(either_graph, tmp_path):
    file = pg.write_graph(either_graph, tmp_path / "graph.net")
    one, two = igraph.Graph.Read_Pajek(str(file)), nx.read_pajek(file)
    assert one.is_directed()
    assert two.is_directed()
    assert (one.vcount(), one.ecount()) == (len(either_graph), either_graph.number_of_edges())
    assert set(one.vs["name"]) == set(two)
    assert two.number_of_edges() == either_graph.number_of_edges()
    labels = Counter(
        " ".join(data[name] for name in ("relation", "role") if name in data)
        for *_, data in either_graph.edges(data=True)
    )
    assert Counter(one.es["label"]) == labels == Counter(label for *_, label in two.edges(data="l"))


def test_names_of_pajek_and_ucinet_stay_apart(hostile, tmp_path):
    network = pg.pairing_view(hostile)
    for suffix, read in (("net", igraph.Graph.Read_Pajek), ("dl", igraph.Graph.Read_DL)):
        graph = read(str(pg.write_graph(network, tmp_path / f"graph.{suffix}")))
        assert len(set(graph.vs["name"])) == len(network)
    assert {"a_b", "a_b~2"} <= set(graph.vs["name"])


def test_pajek_has_two_modes(kb, tmp_path):
    view = pg.unit_task_view(kb)
    graph = igraph.Graph.Read_Pajek(str(pg.write_graph(view, tmp_path / "view.net")))
    kinds = dict(zip(graph.vs["name"], graph.vs["type"], strict=True))
    assert {name: bool(data["bipartite"]) for name, data in view.nodes(data=True)} == kinds
    assert graph.ecount() == 74


def matrix_of(graph, nodes):
    """Sums of weights by hand, not by the writer's way."""
    sums = Counter()
    for tail, head, data in graph.edges(data=True):
        for pair in {(tail, head)} | (set() if graph.is_directed() else {(head, tail)}):
            sums[pair] += data.get("weight", 1)
    return [[sums[one, other] for other in nodes] for one in nodes]


@pytest.mark.parametrize(
    "make", [pg.pairing_view, pg.co_lead_view, pg.build_graph], ids=["pairings", "co-leads", "all"]
)
def test_igraph_reads_the_cells_of_the_matrix_out_of_a_ucinet_file(kb, tmp_path, make):
    network = make(kb)
    graph = igraph.Graph.Read_DL(str(pg.write_graph(network, tmp_path / "graph.dl")))
    assert graph.vs["name"] == [name.replace(",", "，") for name in network]
    found = [[0] * len(network) for _ in network]
    for edge in graph.es:
        found[edge.source][edge.target] = edge["weight"]
    assert found == matrix_of(network, list(network))


def test_a_ucinet_file_of_two_modes_has_rows_and_columns(kb, tmp_path):
    view = pg.unit_task_view(kb)
    head, _, data = pg.write_graph(view, tmp_path / "view.dl").read_text(encoding="utf-8").partition("data:\n")
    rows, _, columns = head.partition("row labels:\n")[2].partition("column labels:\n")
    rows, columns = rows.split(), columns.split()
    assert head.startswith(f"dl nr={len(rows)} nc={len(columns)}\nformat = edgelist2\n")
    cells = {(rows[int(r) - 1], columns[int(c) - 1]): float(w) for r, c, w in map(str.split, data.splitlines())}
    assert cells == {(u, t): w for u, t, w in view.edges(data="weight")}


def test_a_matrix_is_units_by_tasks(kb, tmp_path):
    file = pg.write_graph(pg.unit_task_view(kb), tmp_path / "view.csv")
    table = pd.read_csv(file, index_col=0, encoding="utf-8-sig")
    assert table.shape == (63, 28)
    assert int(table.loc["渝中区招商投资局"].sum()) == 7
    assert int(table.to_numpy().sum()) == 74


def test_a_matrix_has_no_cell_that_a_spreadsheet_runs(hostile, tmp_path):
    text = pg.write_graph(pg.pairing_view(hostile), tmp_path / "view.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(text.splitlines(keepends=True)) for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell[:1] in tuple("=+@-")]


def test_a_matrix_that_is_too_large_is_refused(monkeypatch, kb, tmp_path):
    monkeypatch.setattr("pairing_graph.output.graph_files.networks.MOST_CELLS", 131 * 132)
    with pytest.raises(pg.FileError, match=r"132 by 132.*\.dl"):
        pg.write_graph(kb, tmp_path / "graph.csv")


def imported(folder):
    """Nodes and relationships as `neo4j-admin database import` takes them by the header."""
    forms = {"long": int, "double": float, "boolean": FORMS["boolean"], "string": str}
    nodes, edges = {}, []
    for file in sorted(folder.iterdir()):
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        for row in rows:
            data = {}
            for head, text in row.items():
                name, _, kind = head.partition(":")
                if name and kind in forms and text:
                    data[name] = forms[kind](text)
            if file.name.startswith("nodes-"):
                assert row["id:ID"] not in nodes
                nodes[row["id:ID"]] = (row[":LABEL"], data)
            else:
                edges.append((row[":START_ID"], row[":END_ID"], row[":TYPE"], data))
    return nodes, edges


def test_a_folder_has_the_headers_of_the_neo4j_import(either_graph, tmp_path):
    nodes, edges = imported(pg.write_graph(either_graph, tmp_path / "neo4j"))
    assert set(nodes) == {("'" if node[0] in "=@" else "") + node for node in either_graph}
    assert Counter(kind for *_, kind, _ in edges) == {
        "ASSIGNED": 79, "PAIRED": 35, "PART_OF": 28, "ISSUED": 28, "AIMS_AT": 19,
    }  # fmt: skip
    assert {end for edge in edges for end in edge[:2]} <= set(nodes)
    label, data = nodes["巫溪府发〔2022〕24号#3/2"]
    assert (label, data["value"], data["aspirational"]) == ("Target", 5000.0, True)
    assert json.loads(nodes["巫溪府发〔2022〕24号"][1]["regions"]) == ["渝中区", "巫溪县"]


def test_a_view_is_a_folder_of_nodes_and_relationships(view, tmp_path):
    nodes, edges = imported(pg.write_graph(view, tmp_path / "neo4j"))
    assert (len(nodes), len(edges)) == (len(view), view.number_of_edges())
    assert math.fsum(data["weight"] for *_, data in edges) == sum(w for *_, w in view.edges(data="weight"))


def test_a_type_of_anothers_graph_names_no_file_elsewhere(tmp_path):
    graph = nx.DiGraph()
    graph.add_node("a", node_type="../../evil")
    pg.write_graph(graph, tmp_path / "out")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["nodes-_evil.csv"]


def test_an_empty_knowledge_base_is_written_in_every_format(tmp_path):
    for suffix in WRITERS:
        assert pg.write_graph(pg.KnowledgeBase(), tmp_path / f"empty{suffix}").is_file()
    for view in VIEWS.values():
        for suffix in WRITERS:
            pg.write_graph(view(pg.KnowledgeBase()), tmp_path / f"view{suffix}")


def test_what_is_no_graph_gets_a_sentence(tmp_path):
    with pytest.raises(pg.NoticeError, match="no knowledge base"):
        pg.write_graph(5, tmp_path / "graph.net")


def test_a_folder_with_files_of_another_graph_is_refused_and_left_as_it_is(kb, tmp_path):
    folder = pg.write_graph(kb, tmp_path / "neo4j")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(pg.FileError, match=r"file of another graph.*nodes-task\.csv"):
        pg.write_graph(pg.pairing_view(kb), folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    (folder / "notes.csv").write_text("mine", encoding="utf-8")
    assert pg.write_graph(kb, folder) == folder
