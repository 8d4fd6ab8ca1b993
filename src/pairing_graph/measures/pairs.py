"""Pairs of units: which of them share a task, and which of them the pairing table (结对帮扶表) joins.

Pairs are of two regions. In a notice that names units of one region only they are pairs within it. Collectives (各乡镇,
县级各部门) are left out, or expanded along the pairing table: a task that 各街道 and 各乡镇 answer for is a joint task
of the subdistricts and towns that the table pairs, never of all with all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, get_args

import narwhals as nw
import pandas as pd

from pairing_graph.base.errors import refuse_unknown
from pairing_graph.kb.address import join, whole_cell
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.part import Part
from pairing_graph.measures.pair_guard import as_it_is, refuse_too_many
from pairing_graph.measures.relations import (
    Frames,
    Role,
    answerable,
    ends,
    facts,
    frames_of,
    native,
    once,
    places,
    regions_of,
    shares,
)
from pairing_graph.reading.kinds import kinds_covered

Collectives = Literal["leave_out", "expand"]
Dependence = Literal["identity", "area"]
PAIR = ["unit", "partner"]
Cell = tuple[str, str]
"""The address of a name, and the cell that holds its words."""


def joint(
    frames: Frames,
    *,
    role: Role = "answerable",
    first_listed: bool = False,
    dependence: Dependence = "identity",
    most_pairs: int | None = None,
    named: Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]] = as_it_is,
) -> nw.LazyFrame[Any]:
    """Two named units and a task that they share; every pair occurs in both orders.

    Args:
        frames: The tables, of any library.
        role: Which assignments count.
        first_listed: Only units that come first in their region's cell.
        dependence: `identity`: the same task; `area`: two tasks of one area as well, each depending on the other.
        most_pairs: How many pairs are made at most, as in `refuse_too_many`.
        named: Turns codes into names.

    Returns:
        unit, partner, task, other_task, document, area.

    Raises:
        NoticeError: There would be more pairs.
    """
    rows = _laid_on(frames, role, first_listed).filter(~nw.col("collective"))
    keys = ["task"]
    if dependence == "area":
        task = nw.col("task").cast(nw.String)
        rows = rows.with_columns(key=nw.when(nw.col("area") != "").then(nw.col("area")).otherwise(task))
        keys = ["document", "key"]
    refuse_too_many(frames, rows, most_pairs, role=role, keys=keys, named=named)
    partners = rows.select(*keys, partner=nw.col("unit"), partner_region=nw.col("region"), other_task=nw.col("task"))
    pairs = rows.join(partners, on=keys, how="inner").filter(nw.col("unit") != nw.col("partner"))
    pairs = pairs.join(_region_counts(frames), on="document", how="left")
    across = (
        (nw.col("region") != nw.col("partner_region")) & (nw.col("region") != "") & (nw.col("partner_region") != "")
    )
    return pairs.filter(across | (nw.col("regions") <= 1)).select(*PAIR, "task", "other_task", "document", "area")


def _laid_on(frames: Frames, role: Role, first_listed: bool) -> nw.LazyFrame[Any]:
    """The tasks of every unit, collectives included, or those where it comes first in its region's cell."""
    rows = answerable(frames, role)
    if first_listed:
        rows = shares(rows).filter(nw.col("first"))
    return rows.select("task", "unit", "region", "collective", "document", "area")


@once
def _region_counts(frames: Frames) -> nw.LazyFrame[Any]:
    """How many regions the named units of a document belong to, in either table."""
    units = frames["units"].filter(~nw.col("collective")).select("unit", "region")
    tasks = frames["tasks"].select("task", "document")
    seen = frames["assignments"].select("task", "unit").join(tasks, on="task", how="inner").select("document", "unit")
    both = nw.concat([seen, ends(frames).select("document", "unit")])
    known = both.join(units, on="unit", how="inner").filter(nw.col("region") != "")
    counted = known.group_by("document").agg(nw.col("region").n_unique().alias("regions"))
    documents = frames["documents"].select("document").join(counted, on="document", how="left")
    return documents.with_columns(nw.col("regions").fill_null(0))


@once
def joint_pairs(
    kb: KnowledgeBase,
    *,
    role: Role = "answerable",
    first_listed: bool = False,
    collectives: Collectives = "leave_out",
    dependence: Dependence = "identity",
    pooled: bool = False,
    most_pairs: int | None = None,
) -> pd.DataFrame:
    """One row per pair of units and task (or two tasks of an area), each pair in one order: that of `oriented`.

    Args:
        kb: The knowledge base.
        role: Which assignments count.
        first_listed: Only units that come first in their region's cell.
        collectives: `leave_out`, or `expand` along the pairing table.
        dependence: As in `joint`.
        pooled: Whether collectives expand along the pairing tables of all notices, not of their own.
        most_pairs: As in `joint`.

    Returns:
        unit, partner, task, other_task, document, area.

    Raises:
        UnknownNameError: There is no such choice.
        NoticeError: The tasks make too many pairs.
    """
    refuse_unknown("There is no such choice for collectives", "collectives", collectives, get_args(Collectives))
    refuse_unknown("There is no such choice for dependence", "dependence", dependence, get_args(Dependence))
    options: Any = {"role": role, "first_listed": first_listed, "dependence": dependence}
    rows = native(joint(frames_of(kb), **options, most_pairs=most_pairs))
    if kb.part:
        rows = _between_regions(kb, rows, kb.part)
    if collectives == "expand":
        rows = pd.concat([rows, _along_the_table(kb, role, first_listed, pooled=pooled)], ignore_index=True)
    rows = rows.drop_duplicates([*PAIR, "task", "other_task"])
    task = rows["task"].map(places(kb.tasks["task"]))
    kept = rows.assign(_task=task)[_forward(kb, rows)]
    return kept.sort_values("_task", kind="stable").drop(columns="_task").reset_index(drop=True)


def _between_regions(kb: KnowledgeBase, rows: pd.DataFrame, part: Part) -> pd.DataFrame:
    """The pairs without those of one region in notices that name several, which the part alone does not show."""
    region = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    within = rows["unit"].map(region) == rows["partner"].map(region)
    return rows[~(within & rows["document"].isin(part.between_regions)).astype(bool)]


@once
def paired_links(kb: KnowledgeBase, *, apart: bool = False) -> pd.DataFrame:
    """The pairs of named units that the table joins, in the order of `oriented`: unit, partner, rows, address.

    Args:
        kb: The knowledge base.
        apart: Whether every notice has its own row of a pair, with its document.
    """
    keys = ["document", *PAIR] if apart else PAIR
    rows = native(ends(frames_of(kb)).select("document", *PAIR, "address"))
    collective = set(kb.units.loc[kb.units["collective"], "unit"])
    named = ~rows["unit"].isin(collective) & ~rows["partner"].isin(collective)
    kept = rows[named.astype(bool) & _forward(kb, rows)]
    grouped = kept.groupby(keys, sort=False)["address"]
    return grouped.agg(rows="size", address=join).reset_index().astype({"rows": "int64"})


@once
def fact_places(kb: KnowledgeBase, role: Role = "answerable") -> Mapping[tuple[str, str], Sequence[Cell]]:
    """For each task and unit the addresses of its names, each with the cell that holds the words."""
    found: dict[tuple[str, str], list[Cell]] = {}
    rows = native(facts(frames_of(kb), role).select("task", "unit", "address", "inherited_from"))
    for task, unit, address, inherited in rows.itertuples(index=False):
        found.setdefault((task, unit), []).append((address, cell_of(inherited or address)))
    return found


def cell_of(addresses: str) -> str:
    """The whole cells that addresses lie in.

    Example:
        >>> cell_of("a!t1r5c3.2")
        'a!t1r5c3'
    """
    return join(whole_cell(address) for address in addresses.split())


@once
def covered(
    kb: KnowledgeBase, role: Role = "answerable", *, first_listed: bool = False, pooled: bool = False
) -> pd.DataFrame:
    """Which units a task's collectives cover: those of the kinds and the region that the same document names.

    Args:
        kb: The knowledge base.
        role: Which assignments count.
        first_listed: Only collectives that come first in their region's cell.
        pooled: Whether units that any document names are covered.

    Returns:
        task, document, area, unit, collective (the one that covers it).
    """
    units = kb.units.set_index("unit")
    rows = native(_laid_on(frames_of(kb), role, first_listed).filter(nw.col("collective")))
    kinds = [kinds_covered(str(units.at[unit, "name"])) for unit in rows["unit"]]
    spread = rows.assign(kind=pd.Series(kinds, index=rows.index, dtype="object")).explode("kind")
    spread = spread.astype({"kind": "string"}).rename(columns={"unit": "collective_unit"})
    keys = ["region", "kind"] if pooled else ["document", "region", "kind"]
    seen = _named_in(kb)[["unit"]].drop_duplicates() if pooled else _named_in(kb)
    named = seen.merge(kb.units.loc[~kb.units["collective"], ["unit", "region", "kind"]], on="unit")
    joined = spread[["task", "document", "area", "region", "kind", "collective_unit"]].merge(named, on=keys)
    joined = joined.rename(columns={"collective_unit": "collective"})
    return joined[["task", "document", "area", "unit", "collective"]].drop_duplicates(ignore_index=True)


def _named_in(kb: KnowledgeBase) -> pd.DataFrame:
    frames = frames_of(kb)
    seen = facts(frames, "any").select("document", "unit")
    return native(nw.concat([seen, ends(frames).select("document", "unit")]).unique(["document", "unit"]))


def _along_the_table(kb: KnowledgeBase, role: Role, first_listed: bool, *, pooled: bool) -> pd.DataFrame:
    """Joint tasks of paired units where a collective covers one of them or both, in both orders."""
    columns = ["task", "document", "area", "unit"]
    own = native(_laid_on(frames_of(kb), role, first_listed).filter(~nw.col("collective")).select(columns))
    through = covered(kb, role, first_listed=first_listed, pooled=pooled)[columns]
    answering = pd.concat([own, through], ignore_index=True).drop_duplicates()
    keys = ["unit"] if pooled else ["document", "unit"]
    links = native(ends(frames_of(kb)).select("document", *PAIR))[[*keys, "partner"]].drop_duplicates()
    sides = links.merge(answering, on=keys)
    both = sides.merge(answering[["task", "unit"]].rename(columns={"unit": "partner"}), on=["task", "partner"])
    return both.assign(other_task=both["task"])[[*PAIR, "task", "other_task", "document", "area"]]


def _forward(kb: KnowledgeBase, rows: pd.DataFrame) -> pd.Series[bool]:
    """Whether a pair is in its canonical order: by region as the title lists them, then by place in the notice."""
    region = {name: count for count, name in enumerate(regions_of(kb))}
    place = places(kb.units["unit"])
    order = {
        unit: (region.get(name, len(region)), place[unit])
        for unit, name in zip(kb.units["unit"], kb.units["region"], strict=True)
    }
    ahead = [order[unit] < order[partner] for unit, partner in zip(rows["unit"], rows["partner"], strict=True)]
    return pd.Series(ahead, index=rows.index, dtype=bool)
