"""Formal task load (名义任务量): how many tasks a notice assigns to each unit, counted in several ways side by side.

A count comes from the document; it does not measure work done: a task may be a phone call or a year's campaign, and a lead
may pass it on. The ranking depends on what is counted, so all counts are given together.
"""

from __future__ import annotations

from functools import reduce
from typing import Any, Literal, get_args

import narwhals as nw
import pandas as pd

from pairing_graph.base.errors import refuse_unknown
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.regions import regions_in_order
from pairing_graph.kb.schema import ROLES, KnowledgeBase
from pairing_graph.measures.relations import (
    Frames,
    answerable,
    assigned,
    ends,
    frames_of,
    keeping,
    native,
    once,
    part_of,
    places,
    shares,
)

MEASURES = ("workload",)

By = Literal["region", "area", "document"]
COUNTS = (
    "lead",
    "responsible",
    "support",
    "guide",
    "tasks",
    "areas",
    "listed_first",
    "fractional",
    "pairings",
    "partners",
    "targets",
)
DESCRIBED = ("region", "kind")
"""The columns of the units table beside the counts."""
_PAIRING_COUNTS = ("pairings", "partners")


def workload(source: Source, *, by: By | None = None, collectives: bool = False) -> pd.DataFrame:
    """Formal task load, one row per unit, the heaviest first.

    Counts of our own, of what the tables say; fractional is a variant of our own of the fractional counting of bibliometrics
    (Lindsey 1980, Price 1981: each of n authors has 1/n of a paper): the authors are a region's answerable units.

    Args:
        source: A knowledge base or its graph.
        by: Split every unit's load by `region` (its own), `area` or `document`; the index then has two levels, the
            part and the unit. Pairings belong to no area, so they are NA there.
        collectives: Whether collectives (各乡镇, 县级各部门) have rows; they never count into a named unit's load, but
            they do take their share of a task.

    Returns:
        A frame indexed by unit:

        | column | holds or counts |
        |---|---|
        | region, kind | those of the unit; no region where it is in the index |
        | lead, responsible, support, guide | distinct tasks in that role |
        | tasks | distinct tasks in any role |
        | areas | distinct areas among its answerable tasks |
        | listed_first | answerable tasks where it comes first in its region's cell |
        | fractional | tasks; each counts 1 per region, split equally over that region's answerable units |
        | pairings | rows of the pairings table that it is in |
        | partners | distinct units on the other side |
        | targets | targets of its answerable tasks; shared between units, so not additive |

        A task's answerable units are its leads, or where it has none its responsible ones; never those that support or guide. `attrs` names the choices.

    Raises:
        UnknownNameError: `by` is none of these.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> loads = workload(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> loads.loc["渝中区招商投资局", ["lead", "areas", "listed_first", "fractional"]].tolist()
        [7.0, 3.0, 4.0, 5.0]
    """
    if by is not None:
        refuse_unknown("Loads cannot be split by that", "by", by, get_args(By))
    kb = as_knowledge_base(source)
    with keeping():
        table = _counted(kb, by, collectives)
    parts = {"region": pd.Series(regions_in_order(kb)), "area": kb.tasks["area"], "document": kb.documents["document"]}
    finished = _finished(table, kb.units, by, parts[by] if by else None, collectives)
    finished.attrs |= part_of(kb)
    return finished


@once
def _counted(kb: KnowledgeBase, by: By | None, collectives: bool) -> pd.DataFrame:
    return native(counts(frames_of(kb), by=by, collectives=collectives))


def named_loads(kb: KnowledgeBase, loads: pd.DataFrame) -> pd.DataFrame:
    """The rows of a `workload` of a knowledge base that are of named units, not of collectives."""
    named = loads[~loads.index.isin(kb.units.loc[kb.units["collective"], "unit"])]
    named.attrs = loads.attrs | {"collectives": False}
    return named


def counts(frames: Frames, *, by: By | None = None, collectives: bool = False) -> nw.LazyFrame[Any]:
    """The core of `workload` on lazy frames of any library: columns unit, (by,) and the counts, rows in no order."""
    keys = ["unit"] if by is None else [by, "unit"]
    rows, answering = assigned(frames), answerable(frames)
    shared = shares(answering)
    parts = [
        *(_tasks(rows.filter(nw.col("role") == role), keys, role) for role in ROLES),
        _tasks(rows, keys, "tasks"),
        _areas(answering, keys),
        _tasks(shared.filter(nw.col("first")), keys, "listed_first"),
        shared.group_by(keys).agg(nw.col("share").sum().alias("fractional")),
        _targets(frames, answering, keys),
    ]
    if by != "area":
        parts.append(_pairings(frames, keys))
    base = _base(frames, rows, keys, collectives)
    joined = reduce(lambda left, right: left.join(right, on=keys, how="left"), parts, base)
    counted = [name for name in COUNTS if by != "area" or name not in _PAIRING_COUNTS]
    return joined.with_columns(nw.col(*counted).fill_null(0))


def _base(frames: Frames, rows: nw.LazyFrame[Any], keys: list[str], collectives: bool) -> nw.LazyFrame[Any]:
    units = frames["units"].select("unit", "region", "collective")
    if not collectives:
        units = units.filter(~nw.col("collective"))
    if keys[0] in ("unit", "region"):
        return units.select(keys)
    seen = [rows.select(keys)]
    if keys[0] == "document":
        seen.append(ends(frames).select(keys))
    return nw.concat(seen).unique().join(units.select("unit"), on="unit", how="semi")


def _tasks(rows: nw.LazyFrame[Any], keys: list[str], name: str) -> nw.LazyFrame[Any]:
    return rows.group_by(keys).agg(nw.col("task").n_unique().alias(name))


def _areas(answering: nw.LazyFrame[Any], keys: list[str]) -> nw.LazyFrame[Any]:
    named = answering.filter(nw.col("area") != "")
    together = named.with_columns(place=nw.concat_str([nw.col("document"), nw.col("area")], separator="\t"))
    return together.group_by(keys).agg(nw.col("place").n_unique().alias("areas"))


def _targets(frames: Frames, answering: nw.LazyFrame[Any], keys: list[str]) -> nw.LazyFrame[Any]:
    per_task = frames["targets"].group_by("task").agg(nw.len().alias("targets"))
    return answering.join(per_task, on="task", how="inner").group_by(keys).agg(nw.col("targets").sum())


def _pairings(frames: Frames, keys: list[str]) -> nw.LazyFrame[Any]:
    return ends(frames).group_by(keys).agg(nw.len().alias("pairings"), nw.col("partner").n_unique().alias("partners"))


def _finished(
    table: pd.DataFrame, units: pd.DataFrame, by: By | None, order: pd.Series[str] | None, collectives: bool
) -> pd.DataFrame:
    """Parts in the order of the notice, the heaviest first, ties again in its order; whole numbers as integers."""
    place = places(units["unit"])
    table = table.reindex(columns=[*([by] if by else []), "unit", *COUNTS])
    table = table.assign(_place=table["unit"].map(place))
    heavy = ["lead", "tasks", "listed_first", "fractional", "pairings"]
    parts = [by] if by else []
    table = table.sort_values([*heavy, "_place"], ascending=[False] * len(heavy) + [True], kind="stable")
    if by and order is not None:
        seen = places(order)
        table = table.sort_values(by, kind="stable", key=lambda part: part.map(seen))
    whole = {name: "Int64" if by == "area" and name in _PAIRING_COUNTS else "int64" for name in COUNTS}
    table["fractional"] = table["fractional"].round(12)  # the order of summing must not show
    described = [name for name in DESCRIBED if name != by]
    table = table.join(units.set_index("unit")[described], on="unit")
    typed = table.astype(whole | {"fractional": "float64"}).set_index([*parts, "unit"])[[*described, *COUNTS]]
    typed.attrs = {"by": by or "", "collectives": collectives, "answerable": "leads, else responsible units"}
    return typed
