"""Coverage: whom the pairing table reaches and whom it leaves out, and how the two tables of a notice overlap.

The gazetteer holds the township-level divisions of every county (National Bureau of Statistics); its date is in `attrs`.
Where it does not know a region, or the region is no county, the list of divisions is unknown, so the answer is NA, never
"unpaired".
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any, overload

import pandas as pd

from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.address import join
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.measures.concentration import POPULATIONS
from pairing_graph.measures.engines import AnySource, Engine, Tables, engine_of
from pairing_graph.measures.meeting import HELD, By, meeting, taken_together
from pairing_graph.measures.on_engines.coverage import COLUMNS, NEEDED, reached
from pairing_graph.measures.pairs import covered
from pairing_graph.measures.relations import (
    Role,
    answerable,
    brackets_of,
    ends,
    facts,
    frames_of,
    keeping,
    native,
    numbers_of,
    part_of,
    places,
    typed,
)
from pairing_graph.measures.relations import regions_of as regions_named
from pairing_graph.places.gazetteer import townships_of
from pairing_graph.places.history import is_renamed_only, names_of
from pairing_graph.places.mentions import whole_place
from pairing_graph.places.records import sources
from pairing_graph.reading.kinds import kind_of
from pairing_graph.reading.unit_names import unit_id

MEASURES = ("coverage", "divisions", "units_in_one_table", "tasks_by_size")

_COUNTY_CODE = 6
"""Digits of the code of a county; a township has nine."""
LEVELS = ("township_level", "management_committee", "department")
_OFFICES = (("街道办事处", "街道"), ("乡人民政府", "乡"), ("镇人民政府", "镇"), ("乡政府", "乡"), ("镇政府", "镇"))
_DIVISION_COLUMNS = ["unit", "region", "level", "kind", "paired", "named", "in_gazetteer", "partners", "address"]


def divisions(source: Source) -> pd.DataFrame:
    """Township-level divisions, management committees and departments, each with whether the table pairs it.

    Township-level divisions are those of the gazetteer, named in the notice or not, and those that only the notice
    names. No gazetteer lists committees and departments; those that the notice names are taken. The list is our own.

    Returns:
        A frame indexed by unit: region, level (township_level, management_committee, department), kind, paired (NA for
        a division of a region that the gazetteer does not hold and that has no pairing), named (in the notice),
        in_gazetteer (NA where it does not hold the region or the level), partners (a tuple), address.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> found = divisions(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> bool(found.loc["巫溪县土城镇", "paired"]), bool(found.loc["巫溪县城厢镇", "paired"])
        (True, False)
    """
    kb = as_knowledge_base(source)
    links = native(ends(frames_of(kb)).select("unit", "partner", "address"))
    partners = {str(unit): list(dict.fromkeys(part["partner"])) for unit, part in links.groupby("unit", sort=False)}
    cells = {unit: join(" ".join(part["address"]).split()) for unit, part in links.groupby("unit", sort=False)}
    held = _gazetteer(regions_named(kb), _codes(kb))
    rows = _division_rows(kb.units, held, set(partners), any_pairing=not kb.pairings.empty)
    for row in rows:
        row["partners"], row["address"] = tuple(partners.get(row["unit"], ())), cells.get(row["unit"], "")
    return _division_frame(kb, rows)


@overload
def coverage(source: Source) -> pd.DataFrame: ...
@overload
def coverage(source: Tables) -> Any: ...
def coverage(source: AnySource) -> Any:
    """How many divisions, committees and departments of each region the pairing table reaches. The count is our own.

    That a township is not paired is no duty that is not met: a notice may mean its key townships (重点乡镇) only.

    Args:
        source: A knowledge base or its graph; or a collection, or tables of another library, by name.

    Returns:
        A frame indexed by region and level (township_level, management_committee, department): paired, named (in the
        notice), known (all there are: by the gazetteer for divisions of the regions that it holds, else NA), unpaired
        (known less paired, NA where known is), share (paired / known), named_share (named / known), unpaired_units (their
        names, of the known ones, a tuple).

        For committees and departments known and share are NA: no gazetteer lists them, so units that the notice
        omits cannot be counted. Their `unpaired` counts named ones without a pairing.

        Of a collection or of tables of another library the result is of the same kind, without unpaired_units. Regions
        are those of the units, in the order of their names.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> reached = coverage(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> [int(n) for n in reached.loc[("巫溪县", "township_level"), ["paired", "known"]]]
        [15, 32]
    """
    engine = engine_of(source, NEEDED)
    if engine is not None:
        return _on_engine(engine)
    found = divisions(as_knowledge_base(source))
    rows = _coverage_rows(found)
    columns = ["region", "level", "paired", "named", "known", "unpaired", "share", "named_share", "unpaired_units"]
    table = pd.DataFrame(rows, columns=columns)
    types = {"paired": "Int64", "named": "int64", "known": "Int64", "unpaired": "Int64"}
    types |= {"share": "Float64", "named_share": "Float64"}
    table = table.astype(types).set_index(["region", "level"])
    table.attrs = dict(found.attrs)
    return table


def _on_engine(engine: Engine) -> Any:
    found = reached(engine, list(_levels()))
    held = _gazetteer(found.regions, found.codes)
    rows = _division_rows(found.units, held, found.paired, any_pairing=found.any_pairing)
    flags = {"paired": "boolean", "in_gazetteer": "boolean"}
    columns = ["unit", "region", "level", "paired", "named", "in_gazetteer"]
    table = pd.DataFrame(rows, columns=columns).astype(flags).set_index("unit")
    counted = sorted(_coverage_rows(table), key=lambda row: (row["region"], row["level"]))
    return engine.table(counted, COLUMNS)


def _coverage_rows(found: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        _coverage_row(str(region), str(level), part)
        for (region, level), part in found.groupby(["region", "level"], sort=False)
    ]


def units_in_one_table(source: Source, *, by: By | None = None, pooled: bool = False) -> pd.DataFrame:
    """Named units in the task table or in the pairing table of a notice but not in both.

    Township-level divisions are usually in the pairing table only: the task table says 各乡镇, 各街道. A department
    that has a task and no pairing, or a pairing and no task, is the finding. The list is our own.

    Args:
        source: A knowledge base or its graph.
        by: `document`: rows for every notice.
        pooled: Take the tables of all notices as one.

    Returns:
        A frame indexed by unit, with `by` by document and unit: region, kind, table (tasks, pairings), collectives
        (those of the task table that cover its kind in its region, a tuple), address. A unit that is only in the tasks
        of one notice and only in the pairings of another has a row for each. `attrs` says whose tables were compared,
        and names notices that have one of the two only, as in `congruence`.

    Raises:
        UnknownNameError: `by` is not `document`.
        NoticeError: Both `by` and `pooled` are asked for.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> found = units_in_one_table(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> list(found.index[(found["kind"] == "department") & (found["table"] == "pairings")])
        ['渝中区交通局', '渝中区经济信息委', '巫溪县人力社保局', '巫溪县规划自然资源局']
    """
    kb = as_knowledge_base(source)
    with keeping():
        met = meeting(kb, by, pooled=pooled)
        tasked = met.place(native(facts(frames_of(kb), "any").select("document", "unit", "address")))
        paired = met.place(native(ends(frames_of(kb)).select("document", "unit", "address")))
        through: dict[str, list[tuple[str, str]]] = {}
        for unit, held, collective in met.place(covered(kb, "any", pooled=pooled))[
            ["unit", HELD, "collective"]
        ].to_numpy():
            through.setdefault(unit, []).append((held, collective))
    rows = []
    for name, here, there in (("tasks", tasked, paired), ("pairings", paired, tasked)):
        others = set(zip(there[HELD], there["unit"], strict=True))
        alone = [pair not in others for pair in zip(here[HELD], here["unit"], strict=True)]
        kept = here[pd.Series(alone, index=here.index, dtype=bool)]
        for (held, unit), part in kept.groupby([HELD if by else "unit", "unit"], sort=False):
            collectives = [found for place, found in through.get(str(unit), ()) if place in set(part[HELD])]
            row = {HELD: held, "unit": unit, "table": name, "collectives": tuple(dict.fromkeys(collectives))}
            rows.append(row | {"address": join(" ".join(part["address"]).split())})
    named = kb.units.loc[~kb.units["collective"], ["unit", "region", "kind"]]
    columns = ["region", "kind", "table", "collectives", "address"]
    found = typed(rows, [HELD, "unit", "table", "collectives", "address"], collectives="object").merge(named, on="unit")
    found = found.assign(unit=found["unit"].astype("string"), _place=found["unit"].map(places(named["unit"])))
    found = found.sort_values(["table", "_place"], ascending=[False, True])
    table = met.indexed(found, ["unit"])[columns]
    table.attrs.update(met.attrs, brackets=brackets_of(kb))
    return table


def tasks_by_size(source: Source, *, role: Role = "answerable") -> pd.DataFrame:
    """Tasks by the number of units that answer for them, for each region. The count is our own.

    Args:
        source: A knowledge base or its graph.
        role: `answerable` units, `lead` only, or `any` role.

    Returns:
        A frame indexed by region and units (their number, collectives left out): tasks (how many), collectives (how
        many of these tasks a collective answers for as well), numbers (which, a tuple). A task that a region's units have no
        part in counts as 0 units for it.

    Raises:
        UnknownNameError: There is no such choice of roles.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> tasks_by_size(read_notice("data/raw/wuxi-yuzhong-2022.txt")).loc["渝中区", "tasks"].to_dict()
        {0: 1, 1: 21, 2: 2, 3: 4}
    """
    kb = as_knowledge_base(source)
    rows = native(answerable(frames_of(kb), role).select("task", "unit", "region", "collective"))
    regions = regions_named(kb)
    titled = dict(zip(kb.documents["document"], kb.documents["regions"], strict=True))
    found = []
    for task, document in zip(kb.tasks["task"], kb.tasks["document"], strict=True):
        mine = rows[rows["task"] == task]
        for region in regions:
            part = mine[mine["region"] == region]
            if len(part) or region in titled[document]:
                named = part.loc[~part["collective"].astype(bool), "unit"].nunique()
                found.append({"region": region, "units": named, "task": task, "more": part["collective"].any()})
    return _sizes(kb, found, regions, role)


def _sizes(kb: KnowledgeBase, found: list[dict[str, Any]], regions: list[str], role: Role) -> pd.DataFrame:
    numbers = numbers_of(kb)
    rows = pd.DataFrame(found, columns=["region", "units", "task", "more"])
    grouped = rows.assign(number=rows["task"].map(numbers), more=rows["more"].astype("int64")).groupby(
        ["region", "units"]
    )
    table = grouped.agg(tasks=("task", "size"), collectives=("more", "sum"), numbers=("number", tuple)).reset_index()
    order = {region: count for count, region in enumerate(regions)}
    table = table.sort_values(["region", "units"], key=lambda part: part.map(order) if part.name == "region" else part)
    table = table.astype({"tasks": "int64", "collectives": "int64"}).set_index(["region", "units"])
    table.attrs = {"role": role, "collectives": "counted apart", "brackets": brackets_of(kb)}
    table.attrs.update(part_of(kb))
    return table


def _codes(kb: KnowledgeBase) -> dict[str, str]:
    codes = dict(zip(kb.units["region"], kb.units["region_code"], strict=True))
    for named, coded in zip(kb.documents["regions"], kb.documents["region_codes"], strict=True):
        codes |= dict(zip(named, coded, strict=False))  # Tables made by hand may have no codes.
    return codes


def _gazetteer(regions: Iterable[str], codes: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Id → region and kind of the divisions that the gazetteer holds of some regions."""
    return {
        unit_id(region, township.name): {"region": region, "kind": kind}
        for region in regions
        for county in _counties(region, codes.get(region, ""))
        for township in townships_of(county)
        if (kind := kind_of(township.name)) in TOWNSHIP_LEVEL
    }


def _counties(region: str, code: str) -> tuple[str, ...]:
    """The code of a region, by its name where it has none and the name is clear.

    None for what the gazetteer does not know, and for a county that was merged: whose townships are which is in no list.
    """
    if not code:
        found = whole_place(region)
        codes = {place.code for place in found.candidates if place.last is None} if found else set()
        code = codes.pop() if len(codes) == 1 else ""
    named = (
        [place for place in names_of(code[:_COUNTY_CODE]) if region.endswith((place.name, *place.short_forms))]
        if code
        else []
    )
    return (code,) if named and is_renamed_only(named[-1]) else ()


def _division_rows(
    units: pd.DataFrame, held: dict[str, dict[str, str]], paired: Container[str], *, any_pairing: bool
) -> list[dict[str, Any]]:
    """Divisions, committees and departments, named or in the gazetteer, each with whether it is paired."""
    held_regions = {division["region"] for division in held.values()}
    rows = []
    for row in _named_divisions(units):
        region_held = row["region"] in held_regions and row["level"] == "township_level"
        row["in_gazetteer"] = row["place"] in held if region_held else pd.NA
        rows.append(row | {"named": True})
    seen = {row["place"] for row in rows}
    rows += [row for row in _unnamed_divisions(held) if row["unit"] not in seen]
    for row in rows:
        unsaid = row["level"] == "township_level" and row["in_gazetteer"] is pd.NA
        row["paired"] = True if row["unit"] in paired else pd.NA if unsaid or not any_pairing else False
    return rows


def _levels() -> dict[str, str]:
    """Kind → the level that it is counted in."""
    levels = dict.fromkeys(POPULATIONS["departments"], "department")
    return levels | dict.fromkeys(TOWNSHIP_LEVEL, "township_level") | {"management_committee": "management_committee"}


def _named_divisions(units: pd.DataFrame) -> list[dict[str, Any]]:
    levels = _levels()
    rows = []
    for unit in units.to_dict("records"):
        if not unit["collective"] and unit["kind"] in levels:
            name = unit["name"]
            for office, division in _OFFICES:
                name = name.removesuffix(office) + division if name.endswith(office) else name
            place = unit_id(unit["region"], name) if unit["region"] else unit["unit"]
            row = {name: unit[name] for name in ("unit", "region", "kind")}
            rows.append(row | {"level": levels[unit["kind"]], "place": place})
    return rows


def _unnamed_divisions(held: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    fixed = {"level": "township_level", "named": False, "in_gazetteer": True}
    return [{"unit": unit, **division, **fixed} for unit, division in held.items()]


def _division_frame(kb: KnowledgeBase, rows: list[dict[str, Any]]) -> pd.DataFrame:
    regions = {region: count for count, region in enumerate(regions_named(kb))}
    order = {level: count for count, level in enumerate(LEVELS)}
    rows.sort(key=lambda row: (regions.get(row["region"], len(regions)), order[row["level"]], not row["named"]))
    flags = {"paired": "boolean", "named": "bool", "in_gazetteer": "boolean"}
    table = typed(rows, _DIVISION_COLUMNS, partners="object", **flags).set_index("unit")
    as_of = next(row["as_of"] for row in sources() if row["used_for"] == "townships")
    gazetteer = f"National Bureau of Statistics, {as_of}"
    table.attrs = {"gazetteer": gazetteer, "brackets": brackets_of(kb)}
    table.attrs.update(taken_together(kb))
    return table


def _coverage_row(region: str, level: str, part: pd.DataFrame) -> dict[str, Any]:
    held = bool(part["in_gazetteer"].notna().any())
    listed = part[part["in_gazetteer"].fillna(False).astype(bool)] if held else part
    paired, sure = part["paired"].fillna(False), listed["paired"].notna().all()
    alone = listed.index[(~listed["paired"].fillna(True)).astype(bool)]
    known = len(listed) if held else pd.NA
    return {
        "region": region,
        "level": level,
        "paired": int(paired.sum()) if part["paired"].notna().any() else pd.NA,
        "named": int(part["named"].sum()),
        "known": known,
        "unpaired": len(alone) if sure else pd.NA,
        "share": int(listed["paired"].sum()) / len(listed) if held and sure else pd.NA,
        "named_share": int(listed["named"].sum()) / len(listed) if held else pd.NA,
        "unpaired_units": tuple(alone),
    }
