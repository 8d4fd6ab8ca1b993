"""The rows of coordination on paper: what the joint tasks and the pairings of each pair amount to, with places and status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from pairing_graph.kb.address import join
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.meeting import HELD, Meeting
from pairing_graph.measures.pairs import PAIR, Cell, fact_places
from pairing_graph.measures.relations import Role, numbers_of, places, typed

STATUSES = ("paired_joint", "gap", "paired_only")


def cells_behind(
    kb: KnowledgeBase, role: Role, through: pd.DataFrame | None
) -> Mapping[tuple[str, str], Sequence[Cell]]:
    """The places of every unit in every task; those of a collective for the units that it covers."""
    own = fact_places(kb, role)
    if through is None:
        return own
    cells = {fact: list(found) for fact, found in own.items()}
    for task, unit, collective in through[["task", "unit", "collective"]].itertuples(index=False):
        cells.setdefault((task, unit), []).extend(cells[task, collective])
    return cells


def unmet_first(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The joint tasks of every pair; where some of its notices do not pair it, those of these notices alone."""
    gap = ~rows.groupby(keys)["paired"].transform("all").astype(bool)
    return rows[~(gap & rows["paired"])]


def joint_rows(rows: pd.DataFrame, cells: Mapping[tuple[str, str], Sequence[Cell]], keys: list[str]) -> pd.DataFrame:
    """One row per pair with a joint task: whether it is a gap, its counts, its tasks and their places."""
    found = [dict(zip(keys, pair, strict=True)) | _joint_row(part, cells) for pair, part in _grouped(rows, keys)]
    counts = ["joint_tasks", "joint_areas", "blocks"]
    types = {"gap": "boolean", "tasks": "object"} | dict.fromkeys(counts, "int64")
    return typed(found, [*keys, "gap", *counts, "tasks", "task_address"], **types)


def _joint_row(part: Sequence[Any], cells: Mapping[tuple[str, str], Sequence[Cell]]) -> dict[str, Any]:
    """What the joint tasks of one pair amount to."""
    unit, partner = part[0].unit, part[0].partner
    tasks = list(dict.fromkeys(row.task for row in part))
    sides = [(cells[task, unit], cells[task, partner]) for task in tasks]
    blocks = {(left, right) for ours, theirs in sides for _, left in ours for _, right in theirs}
    areas = {(row.document, row.area) for row in part if row.area}
    return {
        "gap": not all(row.paired for row in part),
        "joint_tasks": len(tasks),
        "joint_areas": len(areas),
        "blocks": len(blocks),
        "tasks": tuple(tasks),
        "task_address": join(address for ours, theirs in sides for address, _ in (*ours, *theirs)),
    }


def _grouped(rows: pd.DataFrame, keys: Sequence[str]) -> Iterable[tuple[tuple[Any, ...], Sequence[Any]]]:
    """Rows by their keys, in the order of the first of each; a frame for each of thousands of pairs takes seconds."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    places = [rows.columns.get_loc(key) for key in keys]
    for row in rows.itertuples(index=False):
        groups.setdefault(tuple(row[place] for place in places), []).append(row)
    return groups.items()


def paired_rows(links: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """One row per pair of the pairing tables, with the places of its rows."""
    joined = links.groupby(keys, sort=False)["address"].agg(join).rename("pairing_address")
    return joined.reset_index().astype("string").assign(paired=True)


def with_status(kb: KnowledgeBase, table: pd.DataFrame, met: Meeting, *, any_link: bool) -> pd.DataFrame:
    """Pairs with their status, in order; where nobody is paired there is no telling who lacks a pairing."""
    kinds = dict(zip(kb.units["unit"], kb.units["kind"], strict=True))
    place = places(kb.units["unit"])
    texts, counts = ["task_address", "pairing_address"], ["joint_tasks", "joint_areas", "blocks"]
    table[texts] = table[texts].fillna("")
    joint = [tasks if isinstance(tasks, tuple) else () for tasks in table["tasks"]]
    table["tasks"] = pd.Series(joint, index=table.index, dtype="object")
    table[counts] = table[counts].fillna(0).astype("int64")
    is_gap, is_joint = table["gap"].fillna(False).astype(bool), table["joint_tasks"] > 0
    status = pd.Series("paired_only", index=table.index, dtype="string").mask(is_joint, "paired_joint")
    table = table.assign(
        paired=table["paired"].notna().astype(bool),
        status=status.mask(is_gap, "gap"),
        unit_kind=table["unit"].map(kinds).astype("string"),
        partner_kind=table["partner"].map(kinds).astype("string"),
        address=(table["task_address"] + " " + table["pairing_address"]).str.strip(),
        _status=lambda rows: rows["status"].map({name: count for count, name in enumerate(STATUSES)}),
        _unit=table["unit"].map(place),
        _partner=table["partner"].map(place),
    )
    table = table.sort_values(
        ["_status", "joint_tasks", "_unit", "_partner"], ascending=[True, False, True, True], kind="stable"
    )
    columns = [*counts, "paired", "status", "tasks", "unit_kind", "partner_kind", "address"]
    pairs = met.indexed(table, PAIR)[columns]
    if not any_link:
        pairs[["paired", "status"]] = pd.NA
    return pairs.astype({"paired": "boolean", "status": "string"})


def unpaired_rows(
    kb: KnowledgeBase, unmet: pd.DataFrame, links: pd.DataFrame, role: Role, met: Meeting
) -> pd.DataFrame:
    """One row per unit with tasks that none of its partners shares, those with most such tasks first."""
    numbers, cells = numbers_of(kb), fact_places(kb, role)
    regions = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    task_place, unit_place = places(kb.tasks["task"]), places(kb.units["unit"])
    linked = {unit: part for (unit,), part in _grouped(links, ["unit"])}
    found = []
    for key, part in _grouped(unmet, [HELD, "unit"] if met.by else ["unit"]):
        unit, held = str(key[-1]), {row.held for row in part}
        tasks = sorted({row.task for row in part}, key=task_place.__getitem__)
        opposite = {row.partner for row in part}
        partners = [link.partner for link in linked.get(unit, ()) if link.held in held]
        found.append(
            {
                HELD: key[0],
                "unit": unit,
                "region": regions[unit],
                "tasks": len(tasks),
                "numbers": tuple(numbers[task] for task in tasks),
                "counterparts": tuple(sorted(opposite, key=unit_place.__getitem__)),
                "partners": tuple(dict.fromkeys(partners)),
                "address": join(address for task in tasks for address, _ in cells.get((task, unit), [])),
            }
        )
    found.sort(key=lambda row: (-row["tasks"], unit_place[row["unit"]]))
    columns = ["region", "tasks", "numbers", "counterparts", "partners", "address"]
    lists = dict.fromkeys(["numbers", "counterparts", "partners"], "object")
    table = typed(found, [HELD, "unit", *columns], tasks="int64", **lists)
    return met.indexed(table, ["unit"])[columns]
