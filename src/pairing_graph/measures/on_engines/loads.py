"""`concentration` and `projection` on tables of any library: of loads, and of tasks that units answer for together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any

import narwhals as nw
import pandas as pd

from pairing_graph.measures.engines import Engine, Needed
from pairing_graph.measures.pair_guard import refuse_too_many
from pairing_graph.measures.pairs import PAIR
from pairing_graph.measures.relations import Frames, answering_pairs
from pairing_graph.measures.small_tables import Kinds, fetched
from pairing_graph.measures.workload import rounded_counts

PROJECTION_NEEDED: Needed = MappingProxyType({"units": ("unit", "collective"), "assignments": ("task", "unit", "role")})
_CONCENTRATION: Kinds = MappingProxyType(
    {"region": "text", "population": "text", "units": "integer", "total": "number"}
    | dict.fromkeys(("gini", "hhi", "jain", "top_share"), "number")
    | {"top_units": "integer"}
)
_DECIMALS = 12  # Of newman: the order of summing must not show.
RowOf = Callable[["pd.Series[Any]", str, str], dict[str, Any]]


def concentration(engine: Engine, count: str, population: str, kinds: tuple[str, ...], row_of: RowOf) -> Any:
    """`concentration` of an engine's tables: it counts how many units of a region have each load, few rows.

    Args:
        engine: The tables.
        count: The count of `workload`.
        population: The name of the population.
        kinds: The kinds of its units, none for all.
        row_of: Makes a row of a region's loads.
    """
    about = engine.frames["units"].select("unit", "region", "kind")
    loads = rounded_counts(engine.frames).join(about, on="unit", how="left").filter(nw.col("region") != "")
    member = nw.col("kind").is_in(kinds) if kinds else nw.col(count) > 0 if population == "bearers" else nw.lit(True)
    loads = loads.with_columns(_member=member.cast(nw.Int64))
    grouped = fetched(loads.group_by("region", count).agg(units=nw.len(), members=nw.col("_member").sum()))
    grouped = grouped.sort_values(["region", count])  # Groups come in any order, and that of summing must not show.
    return engine.table(list(_concentrated(grouped, count, population, row_of)), _CONCENTRATION)


def _concentrated(grouped: pd.DataFrame, count: str, population: str, row_of: RowOf) -> Iterator[dict[str, Any]]:
    for region, part in grouped.groupby("region"):
        row = row_of(part[count].repeat(part["members"].astype("int64").tolist()), str(region), population)
        yield row | {"top_units": len(row["top_units"])}


def projected(frames: Frames, *, collectives: bool) -> nw.LazyFrame[Any]:
    """The tasks and units of which a projection is made, each pair of them once."""
    rows = answering_pairs(frames)
    if collectives:
        return rows
    named = frames["units"].filter(~nw.col("collective")).select("unit")
    return rows.join(named, on="unit", how="semi")


def projection(engine: Engine, *, collectives: bool, most_pairs: int | None) -> Any:
    """`projection` of an engine's tables. Tasks that one unit answers for are dropped before the join."""
    rows = projected(engine.frames, collectives=collectives)
    refuse_too_many(engine.frames, rows, most_pairs, named=engine.named)
    partners = rows.select("task", partner=nw.col("unit"))
    several = rows.with_columns(_size=nw.len().over("task")).filter(nw.col("_size") > 1)
    pairs = several.join(partners, on="task", how="inner").filter(nw.col("unit") < nw.col("partner"))
    weight = 1.0 / (nw.col("_size") - 1).cast(nw.Float64)
    table = pairs.with_columns(newman=weight).group_by(PAIR).agg(joint_tasks=nw.len(), newman=nw.col("newman").sum())
    table = table.with_columns(nw.col("joint_tasks").cast(nw.Int64), nw.col("newman").round(_DECIMALS))
    result = engine.result(table, [*PAIR, "joint_tasks", "newman"], ["joint_tasks"], pairs=[(PAIR[0], PAIR[1])])
    if hasattr(result, "attrs"):
        result.attrs.update(collectives=collectives)
    return result
