"""Formal task load (名义任务量): how many tasks a notice assigns to each unit, counted in several ways side by side.

A count comes from the document; it does not measure work done: a task may be a phone call or a year's campaign, and a lead
may pass it on. The ranking depends on what is counted, so all counts are given together.
"""

from __future__ import annotations

from functools import reduce
from types import MappingProxyType
from typing import Any, Literal, get_args, overload

import narwhals as nw
import pandas as pd

from pairing_graph.base.errors import refuse_split
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.regions import regions_in_order
from pairing_graph.kb.schema import ROLES
from pairing_graph.measures.engines import AnySource, Engine, Needed, Tables, engine_of
from pairing_graph.measures.relations import (
    Frames,
    answerable,
    described,
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
NEEDED: Needed = MappingProxyType(
    {
        "units": ("unit", "region", "kind", "collective"),
        "tasks": ("task", "document", "area"),
        "assignments": ("task", "unit", "role", "rank", "address", "inherited_from"),
        "pairings": ("document", "donor", "recipient", "address"),
        "targets": ("task",),
    }
)
_HEAVY = ("lead", "tasks", "listed_first", "fractional", "pairings")
"""What makes a unit the heavier of two, the first count that differs."""
_DECIMALS = 12  # Of fractional: the order of summing must not show.
_PAIRING_COUNTS = ("pairings", "partners")


@overload
def workload(source: Source, *, by: By | None = None, collectives: bool = False) -> pd.DataFrame: ...
@overload
def workload(source: Tables, *, by: By | None = None, collectives: bool = False) -> Any: ...
def workload(source: AnySource, *, by: By | None = None, collectives: bool = False) -> Any:
    """Formal task load, one row per unit, the heaviest first.

    Counts of our own, of what the tables say; fractional is a variant of our own of the fractional counting of bibliometrics
    (Lindsey 1980, Price 1981: each of n authors has 1/n of a paper): the authors are a region's answerable units.

    Args:
        source: A knowledge base or its graph; or a collection, or tables of another library, by name. Of those the
            result is of the same kind, with the unit as a column, ties in the order of the names.
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
        refuse_split("Loads cannot be split by that", by, get_args(By))
    engine = engine_of(source, NEEDED)
    if engine is not None:
        return _on_engine(engine, by, collectives)
    kb = as_knowledge_base(source)
    with keeping():
        table = _counted(kb, by, collectives)
    parts = {"region": pd.Series(regions_in_order(kb)), "area": kb.tasks["area"], "document": kb.documents["document"]}
    finished = _finished(table, kb.units, by, parts[by] if by else None, collectives)
    finished.attrs |= part_of(kb)
    return finished


def _on_engine(engine: Engine, by: By | None, collectives: bool) -> Any:
    rows = rounded_counts(engine.frames, by=by, collectives=collectives)
    about = [name for name in DESCRIBED if name != by]
    rows = rows.join(engine.frames["units"].select("unit", *about), on="unit", how="left")
    counted = _counts_of(by)
    heaviest = [name for name in _HEAVY if name in counted]
    return engine.result(rows, [*([by] if by else []), "unit", *about, *counted], heaviest, part=by)


def rounded_counts(
    frames: Frames, *, by: By | Literal["year"] | None = None, collectives: bool = False
) -> nw.LazyFrame[Any]:
    """The rows of `counts` with whole numbers as integers, so that they are the same in every library."""
    whole = [name for name in _counts_of(by) if name != "fractional"]
    rows = counts(frames, by=by, collectives=collectives)
    return rows.with_columns(nw.col("fractional").round(_DECIMALS), nw.col(*whole).cast(nw.Int64))


def _counts_of(by: str | None) -> list[str]:
    """Pairings belong to no area."""
    return [name for name in COUNTS if by != "area" or name not in _PAIRING_COUNTS]


@once
def _counted(kb: KnowledgeBase, by: By | None, collectives: bool) -> pd.DataFrame:
    return native(counts(frames_of(kb), by=by, collectives=collectives))


def named_loads(kb: KnowledgeBase, loads: pd.DataFrame) -> pd.DataFrame:
    """The rows of a `workload` of a knowledge base that are of named units, not of collectives."""
    named = loads[~loads.index.isin(kb.units.loc[kb.units["collective"], "unit"])]
    named.attrs = loads.attrs | {"collectives": False}
    return named


def counts(frames: Frames, *, by: By | Literal["year"] | None = None, collectives: bool = False) -> nw.LazyFrame[Any]:
    """The core of `workload` on lazy frames of any library: columns unit, (by,) and the counts, rows in no order.

    By year, documents and tasks have a column of that name.
    """
    keys = ["unit"] if by is None else [by, "unit"]
    parts = [_by_role(frames, keys), _by_answer(frames, keys)]
    if by != "area":
        parts.append(_pairings(frames, keys))
    base = _base(frames, keys, collectives)
    joined = reduce(lambda left, right: left.join(right, on=keys, how="left"), parts, base)
    return joined.with_columns(nw.col(*_counts_of(by)).fill_null(0))


def _base(frames: Frames, keys: list[str], collectives: bool) -> nw.LazyFrame[Any]:
    units = frames["units"].select("unit", "region", "collective")
    if not collectives:
        units = units.filter(~nw.col("collective"))
    if keys[0] in ("unit", "region"):
        return units.select(keys)
    seen = [described(frames, frames["assignments"].select("task", "unit"), keys).select(keys)]
    if keys[0] in ("document", "year"):
        seen.append(_ends(frames, keys).select(keys))
    return nw.concat(seen).unique().join(units.select("unit"), on="unit", how="semi")


def _by_role(frames: Frames, keys: list[str]) -> nw.LazyFrame[Any]:
    """Distinct tasks in each role, and in any: a row for every unit and task first, which are few beside the rows."""
    rows = frames["assignments"].select("task", "unit", "role")
    held = rows.with_columns(**{role: (nw.col("role") == role).cast(nw.Int64) for role in ROLES})
    pairs = held.group_by("task", "unit").agg(nw.col(*ROLES).max())
    return described(frames, pairs, keys).group_by(keys).agg(nw.col(*ROLES).sum(), nw.len().alias("tasks"))


def _by_answer(frames: Frames, keys: list[str]) -> nw.LazyFrame[Any]:
    """What follows from the tasks that a unit answers for: areas, listed_first, fractional, targets."""
    per_task = frames["targets"].group_by("task").agg(nw.len().alias("targets"))
    answering = shares(answerable(frames, known=("region",))).select("task", "unit", "region", "share", "first")
    known = ("document", "area", *(["year"] if "year" in keys else []))
    rows = described(frames, answering, known).join(per_task, on="task", how="left")
    rows = rows.with_columns(listed_first=nw.col("first").cast(nw.Int64), targets=nw.col("targets").fill_null(0))
    by_area = rows.group_by(list(dict.fromkeys([*keys, "document", "area"]))).agg(
        nw.col("listed_first", "targets").sum(), nw.col("share").sum().alias("fractional")
    )
    areas = (nw.col("area") != "").cast(nw.Int64)
    summed = by_area.with_columns(areas=areas).group_by(keys)
    return summed.agg(nw.col("areas", "listed_first", "fractional", "targets").sum())


def _pairings(frames: Frames, keys: list[str]) -> nw.LazyFrame[Any]:
    """Rows of the pairings table, and distinct partners."""
    rows = _ends(frames, keys)
    return rows.group_by(keys).agg(nw.len().alias("pairings"), nw.col("partner").n_unique().alias("partners"))


def _ends(frames: Frames, keys: list[str]) -> nw.LazyFrame[Any]:
    """Both ends of every pairing, by year with that of the notice."""
    if "year" not in keys:
        return ends(frames)
    return ends(frames).join(frames["documents"].select("document", "year"), on="document", how="left")


def _finished(
    table: pd.DataFrame, units: pd.DataFrame, by: By | None, order: pd.Series[str] | None, collectives: bool
) -> pd.DataFrame:
    """Parts in the order of the notice, the heaviest first, ties again in its order; whole numbers as integers."""
    place = places(units["unit"])
    table = table.reindex(columns=[*([by] if by else []), "unit", *COUNTS])
    table = table.assign(_place=table["unit"].map(place))
    parts = [by] if by else []
    table = table.sort_values([*_HEAVY, "_place"], ascending=[False] * len(_HEAVY) + [True], kind="stable")
    if by and order is not None:
        seen = places(order)
        table = table.sort_values(by, kind="stable", key=lambda part: part.map(seen))
    whole = {name: "Int64" if by == "area" and name in _PAIRING_COUNTS else "int64" for name in COUNTS}
    table["fractional"] = table["fractional"].round(_DECIMALS)
    about = [name for name in DESCRIBED if name != by]
    table = table.join(units.set_index("unit")[about], on="unit")
    typed = table.astype(whole | {"fractional": "float64"}).set_index([*parts, "unit"])[[*about, *COUNTS]]
    typed.attrs = {"by": by or "", "collectives": collectives, "answerable": "leads, else responsible units"}
    return typed
