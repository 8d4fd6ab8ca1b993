"""`coordination`, `gaps` and `unpaired_in_task` on tables of any library."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from pairing_graph.measures.engines import Engine
from pairing_graph.measures.meeting import By
from pairing_graph.measures.on_engines.pairs import (
    ORDERED,
    EngineMeeting,
    Rows,
    counted_areas,
    kinds_beside,
    meeting_of,
)
from pairing_graph.measures.pairs import PAIR, Collectives
from pairing_graph.measures.relations import Role, facts

_COUNTS = ("joint_tasks", "joint_areas", "blocks")
_KINDS = ("unit_kind", "partner_kind")
_PLACE_IN_CELL = r"\.[0-9]+$"
"""The end of an address that says which name of a cell it is, as in a!t1r5c3.2."""


def coordination(
    engine: Engine,
    *,
    role: Role,
    first_listed: bool,
    collectives: Collectives,
    by: By | None,
    pooled: bool,
    most_pairs: int | None,
    gaps: bool = False,
) -> Any:
    """`coordination` of an engine's tables, or the gaps among its rows."""
    met = meeting_of(engine, by, pooled=pooled, collectives=collectives)
    rows = met.joint(role=role, first_listed=first_listed, most_pairs=most_pairs)
    table = _pairs(met, _unmet_first(rows.filter(nw.col("unit") < nw.col("partner")), met.keys), role)
    columns = [*met.part, *PAIR, *_COUNTS, *([] if gaps else ["paired", "status"]), *_KINDS]
    if gaps:
        table = table.filter(nw.col("status") == "gap")
    heaviest = ["_status", "joint_tasks"]
    result = engine.result(table, columns, heaviest, part=by, pairs=ORDERED)
    return met.given_back(result, role=role, first_listed=first_listed, collectives=collectives)


def _unmet_first(rows: Rows, keys: list[str]) -> Rows:
    """The joint tasks of every pair; where some of its notices do not pair it, those of these notices alone."""
    met = nw.col("paired").min().over(*keys)
    return rows.filter((met == 1) | (nw.col("paired") == 0))


def _pairs(met: EngineMeeting, rows: Rows, role: Role) -> Rows:
    """Every pair that a task or the pairing table joins, with its counts and its status."""
    keys = met.keys
    links = met.links().filter(nw.col("unit") < nw.col("partner")).select(*keys).unique()
    joint = counted_areas(rows, keys).select(*keys, "joint_tasks", "joint_areas", "met")
    joint = joint.join(_blocks(met.engine, rows, role, keys), on=keys, how="left")
    pairs = nw.concat([joint.select(*keys), links]).unique()
    pairs = pairs.join(joint, on=keys, how="left").join(links.with_columns(linked=nw.lit(1)), on=keys, how="left")
    pairs = kinds_beside(met.engine, pairs).with_columns(nw.col(*_COUNTS).fill_null(0).cast(nw.Int64))
    return _with_status(pairs, any_link=met.any_link)


def _with_status(pairs: Rows, *, any_link: bool) -> Rows:
    """Where nobody is paired there is no telling who lacks a pairing."""
    is_gap = nw.col("met").fill_null(1) == 0
    is_joint = nw.col("joint_tasks") > 0
    place = nw.when(is_gap).then(nw.lit(1)).otherwise(nw.when(is_joint).then(nw.lit(2)).otherwise(nw.lit(0)))
    pairs = pairs.with_columns(_status=nw.when(is_gap).then(nw.lit(1)).otherwise(place))
    status = nw.when(is_joint).then(nw.lit("paired_joint")).otherwise(nw.lit("paired_only"))
    status = nw.when(is_gap).then(nw.lit("gap")).otherwise(status)
    paired = ~nw.col("linked").is_null()
    if not any_link:
        status, paired = nw.lit(None, dtype=nw.String), nw.lit(None, dtype=nw.Boolean)
    return pairs.with_columns(status=status, paired=paired)


def _blocks(engine: Engine, rows: Rows, role: Role, keys: list[str]) -> Rows:
    """Distinct pairs of written cells behind the joint tasks of each pair."""
    written = nw.when(nw.col("inherited_from") != "").then(nw.col("inherited_from")).otherwise(nw.col("address"))
    named = facts(engine.frames, role).with_columns(cell=written)
    named = named.with_columns(nw.col("cell").str.replace_all(_PLACE_IN_CELL, ""))
    cells = named.select("task", "unit", "cell").unique()
    theirs = cells.select("task", partner=nw.col("unit"), other_cell=nw.col("cell"))
    behind = rows.select(*keys, "task").join(cells, on=["task", "unit"], how="inner")
    behind = behind.join(theirs, on=["task", "partner"], how="inner").select(*keys, "cell", "other_cell").unique()
    return behind.group_by(keys).agg(blocks=nw.len())


def unpaired_in_task(
    engine: Engine, *, role: Role, collectives: Collectives, by: By | None, pooled: bool, most_pairs: int | None
) -> Any:
    """`unpaired_in_task` of an engine's tables."""
    met = meeting_of(engine, by, pooled=pooled, collectives=collectives)
    rows = met.joint(role=role, most_pairs=most_pairs)
    keys = [*met.part, "unit"]
    if not met.any_link:
        rows = rows.filter(nw.col("paired") < 0)
    unmet = rows.filter(nw.col("paired").max().over("unit", "task") == 0)
    table = unmet.group_by(keys).agg(tasks=nw.col("task").n_unique(), counterparts=nw.col("partner").n_unique())
    places = unmet.select(*dict.fromkeys([*met.place, *keys])).unique()
    links = met.links().join(places, on=[*met.place, "unit"], how="inner")
    partners = links.group_by(keys).agg(partners=nw.col("partner").n_unique())
    table = table.join(partners, on=keys, how="left").join(
        engine.frames["units"].select("unit", "region"), on="unit", how="left"
    )
    counts = ["tasks", "counterparts", "partners"]
    table = table.with_columns(nw.col(*counts).fill_null(0).cast(nw.Int64))
    result = engine.result(table, [*met.part, "unit", "region", *counts], ["tasks"], part=by)
    return met.given_back(result, role=role, collectives=collectives)
