"""`panel` on tables of any library: notices get their year, a small table, and the engine counts by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import narwhals as nw

from pairing_graph.kb.schema import ROLES
from pairing_graph.kb.years import year_of
from pairing_graph.measures.engines import Engine, Needed, given_back
from pairing_graph.measures.relations import Frames, answerable, ends
from pairing_graph.measures.small_tables import fetched
from pairing_graph.measures.workload import COUNTS, rounded_counts
from pairing_graph.places.history import region_today

Rows = nw.LazyFrame[Any]
NEEDED: Needed = MappingProxyType(
    {
        "documents": ("document", "title", "number", "date"),
        "units": ("unit", "region", "region_code", "kind", "line", "collective"),
        "tasks": ("task", "document", "area"),
        "assignments": ("task", "unit", "role", "rank", "address", "inherited_from"),
        "pairings": ("document", "donor", "recipient", "address"),
        "targets": ("task",),
    }
)
_TIMES = ("first_year", "last_year")
_OF_UNIT = ("region", "region_code", "kind", "line")
_UNIT_COLUMNS = {"assignments": ("unit",), "pairings": ("donor", "recipient")}


def panel(
    engine: Engine,
    keys: Sequence[str],
    about: Sequence[str],
    counted: Sequence[str],
    *,
    balanced: bool,
    collectives: bool,
) -> Any:
    """`panel` of an engine's tables.

    Args:
        engine: The tables.
        keys: unit; donor and recipient; or region.
        about: The columns of what is known of these in every year.
        counted: The columns that are counted.
        balanced: Whether years between that do not name it have rows.
        collectives: Whether collectives have rows.
    """
    engine, left_out = _with_years(_of_today(engine))
    frames = engine.frames
    count = {"unit": _of_units, "donor": _of_pairs, "region": _of_regions}[keys[0]]
    rows = count(frames, collectives).with_columns(named=nw.lit(True))
    spans = rows.group_by(*keys).agg(first_year=nw.col("year").min(), last_year=nw.col("year").max())
    roles = ["roles"] if keys[0] == "unit" else []
    if balanced:
        rows = _balanced(frames, rows, spans, keys, [*counted, *roles])
    rows = rows.join(spans, on=list(keys), how="left").join(_known(frames, keys), on=list(keys), how="left")
    whole = [name for name in counted if name != "fractional"]
    rows = rows.with_columns(nw.col("year", *_TIMES, *whole).cast(nw.Int64))
    result = engine.result(rows, [*keys, "year", *about, *_TIMES, "named", *roles, *counted], part=keys[0])
    return given_back(result, left_out, "notices without a year", balanced=balanced, collectives=collectives)


def _of_today(engine: Engine) -> Engine:
    """The tables with the regions and units of today: a county that was renamed has one name in all years."""
    units = engine.frames["units"]
    regions = fetched(units.filter(nw.col("region") != "").select("region", "region_code").unique())
    today = {region: region_today(region, code) for region, code in sorted(regions.itertuples(index=False))}
    renamed = {old: new for old, (new, _) in today.items() if old != new}
    codes = [{"region": old, "_region": new, "_code": code} for old, (new, code) in today.items()]
    if renamed:
        engine = _with_names(engine)
        units = engine.frames["units"]
    known = engine.small(codes, {"region": "text", "_region": "text", "_code": "text"})
    units = _replaced(units.join(known, on="region", how="left"), {"region": "_region", "region_code": "_code"})
    frames = {**engine.frames, "units": units}
    return replace(engine, frames=_renamed(engine, frames, renamed) if renamed else frames)


def _with_names(engine: Engine) -> Engine:
    """The tables with names for the codes of units, since a renamed unit may become one that has another code."""
    if "unit" not in engine.names:
        return engine
    units = replace(engine, names={"unit": engine.names["unit"]})
    frames = {name: units.named(frame) for name, frame in engine.frames.items()}
    return replace(engine, frames=frames, names={name: of for name, of in engine.names.items() if name != "unit"})


def _renamed(engine: Engine, frames: Frames, renamed: Mapping[str, str]) -> Frames:
    """The tables with today's names of the units of renamed regions; units that become one are one row."""
    old = engine.frames["units"].filter(nw.col("region").is_in(list(renamed))).select("unit", "region")
    rows = [
        {"unit": unit, "_unit": str(unit).replace(region, renamed[region], 1)}
        for unit, region in fetched(old).itertuples(index=False)
    ]
    known = engine.small(rows, {"unit": "text", "_unit": "text"})
    units = _replaced(frames["units"].join(known, on="unit", how="left"), {"unit": "_unit"})
    flagged = units.with_columns(collective=nw.col("collective").cast(nw.Int64)).group_by("unit")
    once = flagged.agg(nw.col(*_OF_UNIT, "collective").max())
    changed = {"units": once.with_columns(collective=nw.col("collective") == 1)}
    for table, columns in _UNIT_COLUMNS.items():
        changed[table] = frames[table]
        for column in columns:
            here = known.rename({"unit": column})
            changed[table] = _replaced(changed[table].join(here, on=column, how="left"), {column: "_unit"})
    return {**frames, **changed}


def _replaced(rows: Rows, columns: Mapping[str, str]) -> Rows:
    """The rows with other values where there are any."""
    values = {name: nw.coalesce(nw.col(other), nw.col(name)) for name, other in columns.items()}
    return rows.with_columns(**values).drop(*columns.values())


def _with_years(engine: Engine) -> tuple[Engine, tuple[str, ...]]:
    """The tables of the notices that have a year, which documents, tasks and pairings say; and the other notices."""
    frames = engine.frames
    rows = fetched(frames["documents"].select("document", "date", "number", "title"))
    years = {row[0]: year_of(*(str(text or "") for text in row[1:])) for row in rows.itertuples(index=False)}
    coded = frames["documents"].collect_schema()["document"].is_integer()
    dated = [{"document": document, "year": year} for document, year in years.items() if year is not None]
    known = engine.small(dated, {"document": "integer" if coded else "text", "year": "integer"})
    tables = ("documents", "tasks", "pairings")
    found = {**frames, **{name: frames[name].join(known, on="document", how="inner") for name in tables}}
    if len(dated) == len(years):
        return replace(engine, frames=found), ()
    tasks = found["tasks"].select("task")
    found |= {name: frames[name].join(tasks, on="task", how="semi") for name in ("assignments", "targets")}
    others = frames["documents"].select("document").join(known, on="document", how="anti")
    return replace(engine, frames=found), tuple(sorted(fetched(engine.named(others))["document"]))


def _seen(frames: Frames) -> Rows:
    """The notices that name each unit, in either table: unit, document, year."""
    tasks = frames["tasks"].select("task", "document")
    assigned = frames["assignments"].select("task", "unit").join(tasks, on="task", how="inner")
    both = nw.concat([assigned.select("unit", "document"), ends(frames).select("unit", "document")]).unique()
    return both.join(frames["documents"].select("document", "year"), on="document", how="inner")


def _of_units(frames: Frames, collectives: bool) -> Rows:
    rows = rounded_counts(frames, by="year", collectives=collectives)
    documents = _seen(frames).group_by("year", "unit").agg(documents=nw.len())
    held = {f"_{role}": nw.when(nw.col(role) > 0).then(nw.lit(f"+{role}")).otherwise(nw.lit("")) for role in ROLES}
    roles = nw.concat_str([nw.col(name) for name in held]).str.strip_chars("+")
    rows = rows.with_columns(**held).with_columns(roles=roles).drop(*held)
    return rows.join(documents, on=["year", "unit"], how="left").select("year", "unit", "roles", "documents", *COUNTS)


def _of_pairs(frames: Frames, collectives: bool) -> Rows:
    keys = ["year", "donor", "recipient"]
    rows = frames["pairings"].select(*keys, "document")
    if not collectives:
        named = frames["units"].filter(~nw.col("collective")).select("unit")
        for side in ("donor", "recipient"):
            rows = rows.join(named.rename({"unit": side}), on=side, how="semi")
    counts = rows.group_by(keys).agg(documents=nw.col("document").n_unique(), rows=nw.len())
    joint = _joint_tasks(frames, counts.select(*keys))
    return counts.join(joint, on=keys, how="left").with_columns(nw.col("joint_tasks").fill_null(0))


def _joint_tasks(frames: Frames, pairs: Rows) -> Rows:
    """The tasks of a year that name both units of a pair, in any role: year, donor, recipient, joint_tasks."""
    tasks = frames["tasks"].select("task", "year")
    held = frames["assignments"].select("task", "unit").unique().join(tasks, on="task", how="inner")
    donors = pairs.join(held.rename({"unit": "donor"}), on=["year", "donor"], how="inner")
    both = donors.join(held.rename({"unit": "recipient"}), on=["year", "recipient", "task"], how="inner")
    return both.group_by("year", "donor", "recipient").agg(joint_tasks=nw.len())


def _of_regions(frames: Frames, collectives: bool) -> Rows:
    """A region's tasks are those of all its units, collectives included, whether or not these have rows as units."""
    del collectives
    keys = ["year", "region"]
    units = frames["units"].filter(nw.col("region") != "").select("unit", "region", "collective")
    seen = _seen(frames).join(units, on="unit", how="inner")
    named = seen.filter(~nw.col("collective")).select(*keys, "unit").unique().group_by(keys).agg(units=nw.len())
    rows = seen.group_by(keys).agg(documents=nw.col("document").n_unique())
    for part in (named, _tasks_of_regions(frames, units), _answers_of_regions(frames), *_pairings_of(frames)):
        rows = rows.join(part, on=keys, how="left")
    counts = [name for name in rows.collect_schema().names() if name not in keys]
    return rows.with_columns(nw.col(*counts).fill_null(0))


def _tasks_of_regions(frames: Frames, units: Rows) -> Rows:
    """Distinct tasks that a region's units have in each role, and in any."""
    rows = frames["assignments"].select("task", "unit", "role").join(units, on="unit", how="inner")
    held = rows.with_columns(**{role: (nw.col("role") == role).cast(nw.Int64) for role in ROLES})
    tasks = held.group_by("region", "task").agg(nw.col(*ROLES).max())
    dated = tasks.join(frames["tasks"].select("task", "year"), on="task", how="inner")
    return dated.group_by("year", "region").agg(nw.col(*ROLES).sum(), tasks=nw.len())


def _answers_of_regions(frames: Frames) -> Rows:
    """The tasks that a region's units answer for, their areas and targets."""
    per_task = frames["targets"].group_by("task").agg(targets=nw.len())
    rows = answerable(frames).select("region", "task", "document", "area").unique()
    rows = rows.join(frames["tasks"].select("task", "year"), on="task", how="inner")
    rows = rows.join(per_task, on="task", how="left").with_columns(nw.col("targets").fill_null(0))
    by_area = rows.group_by("year", "region", "document", "area").agg(nw.col("targets").sum(), answerable=nw.len())
    by_area = by_area.with_columns(areas=(nw.col("area") != "").cast(nw.Int64))
    return by_area.group_by("year", "region").agg(nw.col("answerable", "areas", "targets").sum())


def _pairings_of(frames: Frames) -> tuple[Rows, Rows]:
    """Rows of the pairing tables that a region's units are in, as donor, as recipient; partners on the other side."""
    keys = ["year", "region"]
    rows = frames["pairings"].select("year", "donor", "recipient")
    for side in ("donor", "recipient"):
        regions = frames["units"].select(nw.col("unit").alias(side), nw.col("region").alias(f"_{side}"))
        rows = rows.join(regions, on=side, how="left")
    across = (nw.col("_donor") != nw.col("_recipient")).cast(nw.Int64)
    none, one = nw.lit(0).cast(nw.Int64), nw.lit(1).cast(nw.Int64)
    given = rows.select("year", region=nw.col("_donor"), pairings=one, given=one, received=none)
    taken = rows.select("year", region=nw.col("_recipient"), pairings=across, given=none, received=one)
    summed = nw.concat([given, taken]).group_by(keys).agg(nw.col("pairings", "given", "received").sum())
    years = frames["documents"].select("document", "year")
    both = ends(frames).join(years, on="document", how="inner")
    return summed, both.group_by(keys).agg(partners=nw.col("partner").n_unique())


def _balanced(frames: Frames, rows: Rows, spans: Rows, keys: Sequence[str], counted: Sequence[str]) -> Rows:
    """The rows, and those of years between the first and the last that do not name it, though its region has a notice."""
    absent = _between(frames, rows, spans, list(keys))
    if "joint_tasks" in counted:
        joint = _joint_tasks(frames, absent)
        absent = absent.join(joint, on=["year", *keys], how="left")
    zero: dict[str, nw.Expr] = {name: nw.lit(0).cast(nw.Int64) for name in counted if name != "joint_tasks"}
    zero |= {"fractional": nw.lit(0.0)} if "fractional" in counted else {}
    zero |= {"roles": nw.lit("")} if "roles" in counted else {}
    zero |= {"joint_tasks": nw.col("joint_tasks").fill_null(0)} if "joint_tasks" in counted else {}
    absent = absent.with_columns(**zero, named=nw.lit(False))
    whole = [name for name in counted if name not in ("fractional", "roles")]
    columns = ["year", *keys, *counted, "named"]
    both = (part.with_columns(nw.col("year", *whole).cast(nw.Int64)).select(*columns) for part in (rows, absent))
    return nw.concat(list(both))


def _between(frames: Frames, rows: Rows, spans: Rows, keys: list[str]) -> Rows:
    """The years of the keys between the first and the last that have no row, where all their regions have a notice."""
    units = frames["units"].select("unit", "region")
    covered = _seen(frames).join(units, on="unit", how="inner").select("year", "region").unique()
    placed = spans
    for place, key in enumerate(keys):
        own = units.select(nw.col("unit").alias(key), nw.col("region").alias(f"_region{place}"))
        own = units.select("region", _region0=nw.col("region")).unique() if key == "region" else own
        placed = placed.join(own, on=key, how="left")
    found = placed.join(covered.rename({"region": "_region0"}), on="_region0", how="inner")
    if len(keys) > 1:
        found = found.join(covered.rename({"region": "_region1"}), on=["_region1", "year"], how="semi")
    found = found.filter((nw.col("first_year") < nw.col("year")) & (nw.col("year") < nw.col("last_year")))
    return found.select("year", *keys).join(rows.select("year", *keys), on=["year", *keys], how="anti")


def _known(frames: Frames, keys: Sequence[str]) -> Rows:
    """What is known in every year of a unit, of both ends of a pair, or of a region, beside the keys."""
    units = frames["units"]
    if keys[0] == "unit":
        return units.select("unit", *_OF_UNIT)
    regions = units.filter(nw.col("region") != "").group_by("region").agg(nw.col("region_code").max())
    if keys[0] == "region":
        return regions
    pairs = frames["pairings"].select("donor", "recipient").unique()
    for side in keys:
        known = units.select(
            nw.col("unit").alias(side),
            nw.col("region").alias(f"{side}_region"),
            nw.col("region_code").alias(f"{side}_region_code"),
        )
        pairs = pairs.join(known, on=side, how="left")
    return pairs
