"""Structure: the position of units and tasks in the network of assignments, as in studies of two-mode data.

For one notice these say little: the units and tasks of the 2022 notice fall into nine components, most of them one unit
of each side and the tasks they share, and inside such a component every position is the same. They are meant for many
notices of one region, or for notices with long lists of units.
"""

from __future__ import annotations

from math import exp, nan
from typing import TYPE_CHECKING, Any, cast, overload

import networkx as nx
import pandas as pd
from networkx.algorithms import bipartite

from pairing_graph.graph import Source, as_knowledge_base, unit_task_view
from pairing_graph.kb.address import join
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.engines import AnySource, Tables, engine_of
from pairing_graph.measures.on_engines.loads import PROJECTION_NEEDED, projected
from pairing_graph.measures.on_engines.loads import projection as on_engine
from pairing_graph.measures.pair_guard import refuse_too_many
from pairing_graph.measures.pairs import cell_of
from pairing_graph.measures.relations import (
    answerable,
    brackets_of,
    facts,
    frames_of,
    keeping,
    native,
    part_of,
    places,
)

if TYPE_CHECKING:
    Graph = nx.Graph[str]
else:
    Graph = nx.Graph

MEASURES = ("centrality", "projection", "sole_leads", "task_exclusivity")


def centrality(source: Source, *, collectives: bool = False) -> pd.DataFrame:
    """Two-mode degree, closeness and betweenness of units and tasks, normalised after Borgatti & Halgin (2011).

    A unit's degree is divided by the number of tasks and a task's by the number of units; closeness and betweenness by
    the most that a node of its mode can reach. Computed by `networkx.bipartite`. Closeness is that within the node's
    own component, so it does not compare nodes of two components.

    Args:
        source: A knowledge base or its graph.
        collectives: Whether collectives are among the units.

    Returns:
        A frame indexed by node: node_type (unit, task), degree, closeness, betweenness, component (counted from 1, the
        largest first), component_size. Betweenness is NaN where the network is too small to normalise. Units without a
        task and tasks without a unit are isolated, with 0.

        What it does not say: who is influential. A unit lies between others because two lists of one notice overlap.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> table = centrality(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> table.loc["渝中区招商投资局", ["degree", "component_size"]].tolist()
        [0.25, 20.0]
    """
    view = unit_task_view(source, collectives=collectives)
    table = two_mode_centrality(view)
    types = {node: data["node_type"] for node, data in view.nodes(data=True)}
    table.insert(0, "node_type", pd.Series(types, dtype="string").reindex(table.index))
    table.attrs = {
        "collectives": collectives,
        "edges": "answerable units",
        "brackets": brackets_of(as_knowledge_base(source)),
    }
    table.attrs.update(part_of(as_knowledge_base(source)))
    return table


def two_mode_centrality(view: Graph) -> pd.DataFrame:
    """The core of `centrality` on any two-mode graph whose nodes carry bipartite=0 or 1.

    Example:
        >>> view = nx.Graph([("a", "x"), ("b", "x")])
        >>> nx.set_node_attributes(view, {"a": 0, "b": 0, "x": 1}, "bipartite")
        >>> two_mode_centrality(view)["degree"].to_dict()
        {'a': 1.0, 'x': 1.0, 'b': 1.0}
    """
    nodes = list(view)
    top = [node for node in nodes if view.nodes[node]["bipartite"] == 0]
    both = 0 < len(top) < len(nodes)
    place = {node: count for count, node in enumerate(nodes)}
    parts = sorted(nx.connected_components(view), key=lambda part: (-len(part), min(place[node] for node in part)))
    found: dict[str, dict[str, float]] = {
        "degree": bipartite.degree_centrality(view, top) if both else {},
        "closeness": _closeness(view, [sorted(part, key=place.__getitem__) for part in parts]),
        "betweenness": _betweenness(view, top) if both else {},
    }
    component = {node: (count, len(part)) for count, part in enumerate(parts, 1) for node in part}
    rows = {node: {name: float(values.get(node, 0.0)) for name, values in found.items()} for node in nodes}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(found)).rename_axis("node")
    table["component"] = [component[node][0] for node in nodes]
    table["component_size"] = [component[node][1] for node in nodes]
    return table.astype(dict.fromkeys(found, "float64") | {"component": "int64", "component_size": "int64"})


@overload
def projection(source: Source, *, collectives: bool = False, most_pairs: int | None = None) -> pd.DataFrame: ...
@overload
def projection(source: Tables, *, collectives: bool = False, most_pairs: int | None = None) -> Any: ...
def projection(source: AnySource, *, collectives: bool = False, most_pairs: int | None = None) -> Any:
    """Pairs of units that answer for a task together, of either region, with two weights.

    Args:
        source: A knowledge base or its graph; or a collection, or tables of another library, by name.
        collectives: Whether collectives are among the units.
        most_pairs: How many pairs of units the tasks may make, d(d−1)/2 for d units; 200 million if not given.

    Returns:
        A frame indexed by unit and partner: joint_tasks, newman (Σ 1/(n−1) over the joint tasks, n the units of the
        task: Newman 2001, PRE 64, 016132; a task of two counts 1, one of six 0.2), tasks (a tuple), address.

        What it does not say: that the two meet; on a long list each knows the first, if anyone.

        Of a collection or of tables of another library the result is of the same kind, without tasks and address; the
        two units of a pair go by their names.

    Raises:
        NoticeError: The tasks make more pairs than `most_pairs`.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> pairs = projection(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> pairs.loc[("巫溪县商务委", "渝中区商务委"), ["joint_tasks", "newman"]].tolist()
        [5.0, 2.6]
    """
    engine = engine_of(source, PROJECTION_NEEDED)
    if engine is not None:
        return on_engine(engine, collectives=collectives, most_pairs=most_pairs)
    kb = as_knowledge_base(source)
    with keeping():
        refuse_too_many(frames_of(kb), projected(frames_of(kb), collectives=collectives), most_pairs)
    view = unit_task_view(cast("Source", source), collectives=collectives)
    units = [node for node, data in view.nodes(data=True) if data["bipartite"] == 0]
    table = one_mode(view, units)
    joint = [sorted(set(view[one]) & set(view[other]), key=_order(kb)) for one, other in table.index]
    table["tasks"] = pd.Series([tuple(tasks) for tasks in joint], index=table.index, dtype="object")
    table["address"] = pd.array(
        [
            join(place for task in tasks for node in pair for place in view.edges[node, task]["addresses"].split())
            for pair, tasks in zip(table.index, joint, strict=True)
        ],
        dtype="string",
    )
    table.attrs = {"collectives": collectives, "brackets": brackets_of(kb)}
    table.attrs.update(part_of(kb))
    return table


def one_mode(view: Graph, nodes: list[str]) -> pd.DataFrame:
    """The core of `projection` on any two-mode graph: the pairs of `nodes`, heaviest first, ties in their order.

    Example:
        >>> one_mode(nx.Graph([("a", "x"), ("b", "x")]), ["a", "b"]).to_dict("index")
        {('a', 'b'): {'joint_tasks': 1, 'newman': 1.0}}
    """
    place = {node: count for count, node in enumerate(nodes)}
    empty = len(nodes) == len(view)  # without a second mode there is nothing to project, and NetworkX says so
    counts = nx.Graph() if empty else bipartite.weighted_projected_graph(view, nodes)
    newman = counts if empty else bipartite.collaboration_weighted_projected_graph(view, nodes)
    rows = [
        (*sorted((one, other), key=place.__getitem__), data["weight"], newman.edges[one, other]["weight"])
        for one, other, data in counts.edges(data=True)
    ]
    rows.sort(key=lambda row: (-row[2], place[row[0]], place[row[1]]))
    table = pd.DataFrame(rows, columns=["unit", "partner", "joint_tasks", "newman"])
    table["newman"] = table["newman"].astype("float64").round(12)  # the order of summing must not show
    return table.astype({"joint_tasks": "int64"}).set_index(["unit", "partner"])


def sole_leads(source: Source) -> pd.DataFrame:
    """Tasks that one unit alone answers for on its side: if it fails, nobody else is named. The list is our own.

    Returns:
        A frame indexed by task and region: unit, collective (a collective is one name, not one unit), number, area,
        address.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> found = sole_leads(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> found.groupby("region").size().to_dict()
        {'巫溪县': 21, '渝中区': 21}
    """
    kb = as_knowledge_base(source)
    rows = native(facts(frames_of(kb)).select("task", "region", "unit", "collective", "area", "address"))
    alone = rows[rows.groupby(["task", "region"])["unit"].transform("nunique") == 1]
    grouped = alone.groupby(["task", "region", "unit", "collective", "area"], sort=False)["address"].agg(join)
    table = grouped.reset_index().assign(number=lambda t: t["task"].map(kb.tasks.set_index("task")["number"]))
    table = table.assign(_place=table["task"].map(_order(kb))).sort_values("_place", kind="stable")
    columns = ["unit", "collective", "number", "area", "address"]
    table = table.astype({"collective": "bool", "number": "Int64"}).set_index(["task", "region"])[columns]
    table.attrs = {"answerable": "leads, else responsible units", "brackets": brackets_of(kb)}
    table.attrs.update(part_of(kb))
    return table


def task_exclusivity(source: Source, *, across: bool = False) -> pd.DataFrame:
    """How far a unit's tasks are its alone: Σ over its tasks of exp(1 − n), n the units that answer for the task.

    The task exclusivity index of Ashworth & Carley (2003), as in ORA. It is counted within the unit's own region, since
    a notice of two regions names somebody on each side, a variant of our own; `across` counts both, as they do.

    Args:
        source: A knowledge base or its graph.
        across: Whether n counts the units of all regions.

    Returns:
        A frame indexed by unit, those with a task only: region, tasks, exclusivity (from 0 to tasks), share
        (exclusivity / all tasks), blocks (written cells behind its tasks), address.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> table = task_exclusivity(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> round(float(table.loc["渝中区招商投资局", "exclusivity"]), 3)
        4.406
    """
    kb = as_knowledge_base(source)
    rows = native(answerable(frames_of(kb)).select("task", "unit", "region", "collective"))
    keys = ["task"] if across else ["task", "region"]
    rows = rows.assign(part=rows.groupby(keys)["unit"].transform("nunique").map(lambda n: exp(1 - n)))
    named = rows[~rows["collective"].astype(bool)]
    table = named.groupby(["unit", "region"], sort=False).agg(tasks=("task", "size"), exclusivity=("part", "sum"))
    table = table.reset_index()
    table["share"] = (table["exclusivity"] / max(len(kb.tasks), 1)).astype("float64").round(12)
    table["exclusivity"] = table["exclusivity"].astype("float64").round(12)
    written = native(facts(frames_of(kb)).select("unit", "address", "inherited_from"))
    written["cell"] = written["inherited_from"].where(written["inherited_from"] != "", written["address"]).map(cell_of)
    table["blocks"] = table["unit"].map(written.groupby("unit")["cell"].nunique()).astype("int64")
    table["address"] = table["unit"].map(written.groupby("unit")["address"].agg(join)).astype("string")
    table = table.assign(_place=table["unit"].map(places(kb.units["unit"])))
    table = table.sort_values(["exclusivity", "_place"], ascending=[False, True], kind="stable")
    table = table.drop(columns="_place").set_index("unit").astype({"tasks": "int64"})
    table.attrs = {"across": across, "brackets": brackets_of(kb)}
    table.attrs.update(part_of(kb))
    return table


def _closeness(view: Graph, parts: list[list[str]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in parts:
        top = [node for node in part if view.nodes[node]["bipartite"] == 0]
        if len(part) > 1:
            found |= bipartite.closeness_centrality(view.subgraph(part), top)
    return found


def _betweenness(view: Graph, top: list[str]) -> dict[str, float]:
    try:
        found: dict[str, float] = bipartite.betweenness_centrality(view, top)
    except ZeroDivisionError:  # with too few nodes in a mode there is nothing to normalise by
        return dict.fromkeys(view, nan)
    return found


def _order(kb: KnowledgeBase) -> Any:
    return places(kb.tasks["task"]).__getitem__
