"""A whole collection as an igraph network, built from codes: components and paths where NetworkX is too slow."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Literal, get_args

import narwhals as nw
import numpy as np
import pandas as pd

from pairing_graph.base.errors import refuse_unknown
from pairing_graph.base.extras import require
from pairing_graph.graph import as_knowledge_base
from pairing_graph.measures.engines import AnySource, Needed, engine_of
from pairing_graph.measures.relations import Frames, answerable, frames_of

Relation = Literal["tasks", "pairings"]
NEEDED: Needed = MappingProxyType(
    {
        "units": ("unit", "region", "collective"),
        "tasks": ("task", "document", "area"),
        "assignments": ("task", "unit", "role", "rank"),
        "pairings": ("document", "donor", "recipient", "address"),
    }
)


def collection_network(source: AnySource, *, relation: Relation = "tasks", collectives: bool = False) -> Any:
    """All notices as one igraph network.

    Args:
        source: A collection, a knowledge base or its graph, or tables of another library.
        relation: `tasks`: units and the tasks that they answer for, two modes (`type` is false for a unit); `pairings`:
            units that are paired, directed from donor to recipient, each pair once with its number of rows as `weight`.
        collectives: Whether collectives are among the units.

    Returns:
        An igraph graph; vertices have a `name`, the id of the unit or task. Only those with an edge are in it.

    Raises:
        MissingExtraError: igraph is not installed.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> network = collection_network(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> network.ecount(), len(network.connected_components())
        (74, 9)
    """
    refuse_unknown("There is no such relation", "relation", relation, get_args(Relation))
    igraph = require("igraph", "network", "The network of a collection")
    engine = engine_of(source, NEEDED)
    frames: Frames = engine.frames if engine else frames_of(as_knowledge_base(source))
    named = frames["units"].filter(~nw.col("collective")) if not collectives else frames["units"]
    if relation == "tasks":
        edges = answerable(frames).select("unit", "task").join(named.select("unit"), on="unit", how="semi")
        return _two_mode(igraph, _sorted(edges), engine.names if engine else {})
    rows = frames["pairings"].group_by("donor", "recipient").agg(nw.len().alias("weight"))
    for side in ("donor", "recipient"):
        rows = rows.join(named.select(nw.col("unit").alias(side)), on=side, how="semi")
    return _one_mode(igraph, _sorted(rows), engine.names if engine else {})


def collection_centrality(source: AnySource, *, cutoff: int | None = None, collectives: bool = False) -> pd.DataFrame:
    """Components and betweenness of the units of all notices, in the network of units and tasks, by igraph.

    Betweenness is the number of shortest paths between two other nodes that lead through a unit, each pair counting
    once, split over its paths (Freeman 1977; Brandes 2001); not normalised, so that a cutoff does not change its scale.
    `centrality` has the normalised one for a notice or a few.

    Args:
        source: A collection, a knowledge base or its graph, or tables of another library.
        cutoff: Only paths of at most so many steps, which a large network needs (Everett & Borgatti 2005: with 4, units
            that share tasks with the same third); all where there is none: some minutes for 10,000 units.
        collectives: Whether collectives are among the units.

    Returns:
        A frame indexed by unit: tasks (its degree), component (from 1, the largest first), component_size,
        betweenness; the highest first.

    Raises:
        MissingExtraError: igraph is not installed.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> table = collection_centrality(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> table.loc["渝中区招商投资局", ["tasks", "component_size"]].tolist()
        [7, 20]
    """
    network = collection_network(source, collectives=collectives)
    parts = network.connected_components()
    units = [vertex.index for vertex in network.vs if not vertex["type"]]
    table = pd.DataFrame(
        {
            "tasks": network.degree(units),
            "component": [parts.membership[unit] for unit in units],
            "component_size": [parts.size(parts.membership[unit]) for unit in units],
            "betweenness": network.betweenness(units, directed=False, cutoff=cutoff),
        },
        index=pd.Index([network.vs[unit]["name"] for unit in units], name="unit", dtype="object"),
    ).sort_index()
    by_size = table.sort_values("component_size", ascending=False, kind="stable")["component"]
    rank = {part: place for place, part in enumerate(dict.fromkeys(by_size), 1)}
    table["component"] = table["component"].map(rank).astype("int64")
    table = table.sort_values("betweenness", ascending=False, kind="stable")
    table.attrs = {"cutoff": cutoff, "collectives": collectives, "edges": "answerable units"}
    return table


def _sorted(rows: nw.LazyFrame[Any]) -> pd.DataFrame:
    table: pd.DataFrame = rows.collect(backend="pandas").to_native()
    return table.sort_values(list(table.columns[:2]), kind="stable", ignore_index=True)


def _two_mode(igraph: Any, edges: pd.DataFrame, names: Frames) -> Any:
    units, tasks = (np.sort(edges[column].unique()) for column in ("unit", "task"))
    ends_of = np.column_stack(
        [np.searchsorted(units, edges["unit"]), len(units) + np.searchsorted(tasks, edges["task"])]
    )
    network = igraph.Graph(n=len(units) + len(tasks), edges=ends_of.tolist())
    network.vs["name"] = [*_names(units, names, "unit"), *_names(tasks, names, "task")]
    network.vs["type"] = [False] * len(units) + [True] * len(tasks)
    return network


def _one_mode(igraph: Any, edges: pd.DataFrame, names: Frames) -> Any:
    units = np.sort(pd.unique(pd.concat([edges["donor"], edges["recipient"]])))
    ends_of = np.column_stack([np.searchsorted(units, edges[side]) for side in ("donor", "recipient")])
    network = igraph.Graph(n=len(units), edges=ends_of.tolist(), directed=True)
    network.vs["name"] = _names(units, names, "unit")
    network.es["weight"] = edges["weight"].tolist()
    return network


def _names(keys: Any, names: Frames, what: str) -> list[str]:
    """What codes stand for, in their order; names are themselves."""
    if not names:
        return [str(key) for key in keys]
    known: pd.DataFrame = names[what].collect(backend="pandas").to_native()
    return known.set_index("code")["name"].reindex(keys).astype(str).tolist()
