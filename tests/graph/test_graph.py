"""The graph holds what the tables hold, and gives it back."""

from __future__ import annotations

import json
import subprocess
import sys

import networkx as nx
import pandas as pd
import pytest

import pairing_graph as pg
from pairing_graph.graph.build import RENAMED
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import TABLES
from pairing_graph.output import graph_files
from pairing_graph.reading.combining import combine

ID = "巫溪府发〔2022〕24号"


def counted(values):
    return pd.Series(list(values)).value_counts().to_dict()


def test_every_fact_is_an_edge_of_its_own(graph):
    assert counted(data["relation"] for *_, data in graph.edges(data=True)) == {
        "assigned": 79, "paired": 35, "part_of": 28, "issued": 28, "aims_at": 19,
    }  # fmt: skip
    assert counted(data["node_type"] for _, data in graph.nodes(data=True)) == {
        "unit": 68, "task": 28, "target": 19, "area": 16, "document": 1,
    }  # fmt: skip


def test_edges_are_keyed_by_address(graph):
    assert all(key == data["address"] for *_, key, data in graph.edges(keys=True, data=True))
    assert graph.has_edge("渝中区金融办", f"{ID}#26", key=f"{ID}!t1r27c4.1")


def test_attributes_are_plain_and_the_missing_ones_left_out(graph):
    values = [value for _, data in graph.nodes(data=True) for value in data.values()]
    values += [value for *_, data in graph.edges(data=True) for value in data.values()]
    assert {type(value) for value in values} == {str, int, float, bool}
    assert "" not in values
    assert "line" not in graph.nodes["巫溪县土城镇"]
    assert json.loads(graph.nodes[ID]["regions"]) == ["渝中区", "巫溪县"]


def types_of(attributes):
    kinds: dict[str, set[str]] = {}
    for data in attributes:
        for name, value in data.items():
            kinds.setdefault(name, set()).add(type(value).__name__)
    return kinds


def test_an_attribute_has_one_type_on_all_nodes_and_one_on_all_edges(graph):
    for kinds in (types_of(d for _, d in graph.nodes(data=True)), types_of(d for *_, d in graph.edges(data=True))):
        assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


def test_no_two_tables_give_one_attribute_two_types():
    node_tables = ("documents", "units", "tasks", "targets")
    kinds: dict[str, set[str]] = {}
    for table in node_tables:
        for column in TABLES[table].columns:
            kinds.setdefault(RENAMED.get(table, {}).get(column.name, column.name), set()).add(column.kind)
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


def test_igraph_reads_the_graphml_with_every_node_and_edge(kb, graph, tmp_path):
    igraph = pytest.importorskip("igraph")
    read = igraph.Graph.Read_GraphML(str(pg.write_graph(graph, tmp_path / "graph.graphml")))
    assert (read.vcount(), read.ecount(), read.is_directed()) == (132, 189, True)
    assert sorted(read.vs["id"]) == sorted(graph.nodes)
    named = read.vs.find(unit="渝中区招商投资局")
    assert (named["short_name"], named["region"]) == ("区招商投资局", "渝中区")
    assert read.vs.find(node_type="document")["document_number"] == ID
    assert sum(role == "lead" for role in read.es["role"]) == int((kb.assignments["role"] == "lead").sum())


@pytest.mark.parametrize("suffix", ["", "graphml", "json"])
def test_the_knowledge_base_comes_back_whole_from_the_graph_and_its_files(kb, graph, tmp_path, suffix):
    back = pg.to_knowledge_base(pg.read_graph(pg.write_graph(graph, tmp_path / f"g.{suffix}")) if suffix else graph)
    assert back.equals(kb)
    assert len(back.unread) == len(kb.unread) > 0
    assert repr(back) == repr(kb)


@pytest.mark.parametrize("suffix", ["graphml", "json"])
def test_a_part_says_of_what_after_a_graph_file_too(kb, tmp_path, suffix):
    part = kb.select(area=kb.tasks["area"].iloc[0])
    back = pg.to_knowledge_base(pg.read_graph(pg.write_graph(part, tmp_path / f"g.{suffix}")))
    assert back.equals(part)
    assert back.part == part.part


def test_a_graph_without_unread_gives_a_knowledge_base_that_does_not_know_it(kb):
    graph = pg.build_graph(kb)
    del graph.graph["unread"]
    back = pg.to_knowledge_base(graph)
    assert back.equals(kb, ignore=["unread"])
    assert "not understood: not known" in repr(back)
    assert "nothing" not in repr(back)
    assert "unread" not in pg.build_graph(back).graph


@pytest.mark.parametrize(
    ("name", "value"),
    [("unread", "x"), ("unread", 5), ("unread", '["a"]'), ("part", "[]"), ("part", "{}"), ("part", 7)],
)
def test_an_attribute_of_the_graph_that_is_none_of_ours_is_named(kb, name, value):
    graph = pg.build_graph(kb)
    graph.graph[name] = value
    with pytest.raises(pg.SchemaError, match=f"{name} of the graph"):
        pg.to_knowledge_base(graph)


def test_results_and_scenarios_come_back(kb):
    task = kb.tasks["task"].iloc[0]
    rows = [
        {
            "task": task,
            "as_of": "2023-01-01",
            "value": 2.0,
            "quantity_unit": "个",
            "as_written": "2个",
            "address": f"{ID}!p1",
        }
    ] * 2
    changed = kb.replace(results=frame("results", rows), assignments=kb.assignments.assign(scenario="merger"))
    assert pg.to_knowledge_base(pg.build_graph(changed)).equals(changed)


def test_two_facts_at_one_address_do_not_merge(kb):
    twice = pd.concat([kb.targets, kb.targets], ignore_index=True)
    changed = kb.replace(targets=twice)
    assert pg.build_graph(changed).number_of_edges() == 189 + 19
    assert pg.to_knowledge_base(pg.build_graph(changed)).equals(changed)


@pytest.mark.parametrize("suffix", ["graphml", "json"])
def test_a_graph_file_comes_back_with_every_key_and_attribute(graph, tmp_path, suffix):
    back = pg.read_graph(pg.write_graph(graph, tmp_path / f"graph.{suffix}"))
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert sorted(back.edges(keys=True, data=True), key=str) == sorted(graph.edges(keys=True, data=True), key=str)


@pytest.mark.parametrize("suffix", ["graphml", "json", "gexf"])
def test_the_same_graph_gives_the_same_bytes(kb, tmp_path, suffix):
    one = pg.write_graph(pg.build_graph(kb), tmp_path / f"one.{suffix}").read_bytes()
    two = pg.write_graph(
        pg.build_graph(pg.read_notice("data/raw/wuxi-yuzhong-2022.txt")), tmp_path / f"two.{suffix}"
    ).read_bytes()
    assert one == two


def test_gexf_is_xml_that_keeps_parallel_edges(kb, tmp_path):
    twice = kb.replace(
        pairings=pd.concat([kb.pairings, kb.pairings.assign(address=kb.pairings["address"] + f" {ID}!t9r1")])
    )
    graph = pg.build_graph(twice)
    from xml.etree import ElementTree

    root = ElementTree.fromstring(pg.write_graph(graph, tmp_path / "graph.gexf").read_bytes())
    edges = root.findall(".//{*}edge")
    assert len(edges) == len({edge.get("id") for edge in edges}) == graph.number_of_edges() == 189 + 35
    labels = {node.get("id"): node.get("label") for node in root.findall(".//{*}node")}
    assert labels["渝中区金融办"] == "区金融办"
    assert labels[f"{ID}#a1"] == kb.tasks["area"].iloc[0]
    assert labels[f"{ID}#3/1"] == kb.targets.loc[kb.targets["task"] == f"{ID}#3", "as_written"].iloc[0]
    assert labels[ID] == ID
    relations = counted(relation for *_, relation in graph.edges(data="relation"))
    assert counted(edge.get("label") for edge in edges) == relations
    assert nx.read_gexf(tmp_path / "graph.gexf").number_of_nodes() == graph.number_of_nodes()


def test_a_graph_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(graph_files, "LARGEST_FILE", 10)
    (tmp_path / "a.json").write_text(" " * 10)
    with pytest.raises(pg.FileError, match="damaged"):
        pg.read_graph(tmp_path / "a.json")
    (tmp_path / "a.json").write_text(" " * 11)
    with pytest.raises(pg.FileError, match="too large.*at most 10 bytes"):
        pg.read_graph(tmp_path / "a.json")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "", "not read"),
        ("a.gexf", "<gexf/>", "not read back"),
        ("a.graphml", "<graphml", "damaged"),
        ("a.graphml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><graphml/>', "entities"),
        ("a.graphml", '<!DOCTYPE x SYSTEM "x.dtd"><graphml/>', "document type"),
        ("a.json", "{", "damaged"),
        ("a.json", "[]", "damaged"),
        ("a.json", '{"directed": false, "multigraph": false, "graph": {}, "nodes": [], "edges": []}', "another kind"),
        ("a.json", "[" * 200_000, "damaged"),
        ("a.json", '{"directed": true, "multigraph": true, "graph": 5, "nodes": [], "edges": []}', "damaged"),
    ],
    ids=[
        "suffix",
        "gexf",
        "cut",
        "entities",
        "document-type",
        "json-cut",
        "json-list",
        "undirected",
        "json-deep",
        "graph-is-5",
    ],
)
def test_a_bad_graph_file_gets_a_sentence(tmp_path, name, content, words):
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    with pytest.raises(pg.FileError, match=words):
        pg.read_graph(file)


def test_a_missing_graph_file_and_an_unknown_suffix_get_a_sentence(graph, tmp_path):
    with pytest.raises(pg.FileError, match="cannot be read"):
        pg.read_graph(tmp_path / "no.json")
    with pytest.raises(pg.FileError, match="not written"):
        pg.write_graph(graph, tmp_path / "graph.pickle")


def test_a_control_character_is_refused_in_xml_and_kept_in_json(kb, tmp_path):
    units = kb.units.assign(name=kb.units["name"].str.replace("区金融办", "区金\x08融办"))
    graph = pg.build_graph(kb.replace(units=units))
    with pytest.raises(pg.FileError, match="渝中区金融办"):
        pg.write_graph(graph, tmp_path / "graph.graphml")
    assert (
        pg.read_graph(pg.write_graph(graph, tmp_path / "graph.json")).nodes["渝中区金融办"]["short_name"]
        == "区金\x08融办"
    )


def test_a_graph_that_is_none_of_ours_is_refused_with_all_complaints():
    graph = nx.MultiDiGraph()
    graph.add_node("a", node_type="unit", unit="a")
    graph.add_node("b", node_type="wizard")
    graph.add_edge("a", "b", relation="assigned")
    graph.add_edge("b", "a", relation="loves")
    with pytest.raises(pg.SchemaError) as error:
        pg.to_knowledge_base(graph)
    assert [complaint.where for complaint in error.value.complaints] == ["b", "a → b", "b → a"]


def test_a_unit_that_is_called_as_a_task_is_refused(kb):
    units = pd.concat([kb.units, kb.units.head(1).assign(unit=f"{ID}#1")], ignore_index=True)
    with pytest.raises(pg.SchemaError, match="one id"):
        pg.build_graph(kb.replace(units=units))


def named(kb, old, new):
    """The knowledge base with another document id, as a file of another name would give it."""
    tables = {}
    for name, rows in kb.tables.items():
        texts = {
            c: rows[c].str.replace(old, new, regex=False)
            for c in ("document", "task", "address", "inherited_from")
            if c in rows
        }
        tables[name] = rows.assign(**texts)
    return kb.replace(**tables)


@pytest.mark.parametrize("clash", ["渝中区金融办", "document:渝中区金融办"], ids=["unit", "prefixed"])
def test_a_document_saved_under_a_units_name_gets_a_node_of_its_own(kb, clash):
    units = pd.concat([kb.units, kb.units.head(1).assign(unit="document:渝中区金融办")], ignore_index=True)
    clashing = named(kb, ID, clash).replace(units=units)
    graph = pg.build_graph(clashing)
    nodes = [node for node, data in graph.nodes(data=True) if data["node_type"] == "document"]
    assert nodes == ["document:document:渝中区金融办"]
    assert graph.nodes["渝中区金融办"]["node_type"] == "unit"
    assert pg.to_knowledge_base(graph).equals(clashing)


def test_documents_named_as_the_tasks_areas_and_targets_of_another_stay_apart(kb):
    parts = [named(kb, ID, name) for name in ("a", "a#1", "a#a1", "a#1/1", "document:a#1")]
    both = combine(parts)
    assert pg.to_knowledge_base(pg.build_graph(both)).equals(both)


def test_usual_keys_are_the_plain_ids(graph):
    assert {ID, f"{ID}#1", f"{ID}#a1", "渝中区金融办"} <= set(graph)


def test_an_empty_knowledge_base_is_an_empty_graph():
    assert pg.build_graph(KnowledgeBase()).number_of_nodes() == 0


def test_views_carry_weights_and_addresses_and_leave_the_graph_alone(kb, graph):
    before = (dict(graph.nodes(data=True)), list(graph.edges(keys=True, data=True)))
    across = pg.co_lead_view(graph, across=True)
    assert across.number_of_edges() == 25
    assert sum(weight for *_, weight in across.edges(data="weight")) == 61
    edge = across["渝中区招商投资局"]["巫溪县发展改革委"]
    assert edge["weight"] == 7
    assert f"{ID}!t1r2c3.1" in edge["addresses"].split()
    tasks = pg.unit_task_view(graph)
    assert nx.is_bipartite(tasks)
    assert pg.unit_task_view(graph, collectives=True).number_of_edges() == 79
    assert pg.unit_task_view(graph, roles=["support"]).number_of_edges() == 0
    assert pg.pairing_view(graph).out_degree("渝中区发展改革委") == 3
    assert (dict(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))) == before


def test_a_neighbourhood_goes_by_short_names_and_refuses_unknown_ones(graph):
    near = pg.neighbourhood(graph, "县国资监管中心")
    assert set(near) == {"巫溪县国资监管中心", "渝中区金融办", "渝中区国资委", f"{ID}#26"}
    assert len(pg.neighbourhood(graph, "县国资监管中心", hops=2)) > len(near)
    with pytest.raises(pg.UnknownNameError, match="县魔法局"):
        pg.neighbourhood(graph, "县魔法局")


@pytest.mark.parametrize("hops", [-1, "1", 1.5])
def test_steps_that_are_no_count_are_refused(graph, hops):
    with pytest.raises(pg.UnknownNameError, match="no count"):
        pg.neighbourhood(graph, "县林业局", hops=hops)


def test_a_role_that_is_none_is_refused_and_a_lone_one_taken(graph):
    with pytest.raises(pg.UnknownNameError, match="magic"):
        pg.unit_task_view(graph, roles=["lead", "magic"])
    with pytest.raises(pg.UnknownNameError, match="le"):
        pg.unit_task_view(graph, roles="le")
    assert pg.unit_task_view(graph, roles="lead").edges == pg.unit_task_view(graph, roles=["lead"]).edges


@pytest.mark.parametrize(
    ("node_type", "attribute", "value", "words"),
    [
        ("area", "label", None, "lacks label"),
        ("document", "issuers", "{", "no list"),
        ("document", "regions", "[1]", "no list"),
        ("unit", "aliases", "[" * 100_000, "no list"),
        ("task", "results", "{", "no list"),
        ("task", "results", "[5]", "no list"),
    ],
)
def test_a_node_that_lacks_what_the_tables_need_gets_a_sentence(graph, node_type, attribute, value, words):
    broken = graph.copy()
    node = next(node for node, data in broken.nodes(data=True) if data["node_type"] == node_type)
    broken.nodes[node].pop(attribute, None)
    if value is not None:
        broken.nodes[node][attribute] = value
    with pytest.raises(pg.SchemaError, match=words) as error:
        pg.to_knowledge_base(broken)
    assert [complaint.where for complaint in error.value.complaints] == [node]


def test_counting_does_not_wait_for_networkx(root):
    code = "import sys; import pairing_graph.cli.app as c; c.main(['workload', 'data/raw/wuxi-yuzhong-2022.txt']); "
    code += "sys.exit('networkx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=False)
    assert done.returncode == 0


def test_errors_of_graph_files_name_every_format(tmp_path):
    with pytest.raises(pg.FileError, match=r"\.graphml, \.json, \.gexf, \.net, \.dl, \.csv or a folder"):
        pg.write_graph(pg.KnowledgeBase(), tmp_path / "graph.dot")
    with pytest.raises(pg.FileError, match=r"\.graphml or \.json \(\.gexf, .* are written for other programs"):
        pg.read_graph(tmp_path / "graph.gexf")


@pytest.mark.parametrize("node", [19, "19"])
def test_the_neighbourhood_of_a_task_is_found_by_its_number(kb, node):
    around = pg.neighbourhood(kb, node)
    assert "巫溪府发〔2022〕24号#19" in around


def test_a_number_that_no_task_has_is_a_sentence(graph):
    with pytest.raises(pg.UnknownNameError, match="no task '99'"):
        pg.neighbourhood(graph, 99)


@pytest.mark.parametrize("view", [pg.pairing_view, pg.unit_task_view])
def test_a_view_is_no_knowledge_base_and_that_is_one_sentence(graph, view):
    with pytest.raises(pg.SchemaError) as raised:
        pg.to_knowledge_base(view(graph))
    assert len(raised.value.complaints) == 1


def test_the_graph_of_a_path_is_refused_in_a_sentence():
    with pytest.raises(pg.NoticeError, match=r"no knowledge base.*Got: str"):
        pg.build_graph("notice.txt")
