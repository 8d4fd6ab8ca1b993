"""Coordination on paper: which units share a task, which units the table pairs, and where the two differ.

Both sides are formal documents. A joint task does not show that two units work together, a pairing does not show that
they talk. A gap is a joint task without a pairing, no more: nobody need have failed, and a telephone call that no notice
mentions may close it. Without a pairing table there are no gaps to speak of: they are NA, not every pair. Tasks and
pairings of several notices meet within their own notice, unless all are pooled (`meeting`).

The counts of this module are variants of our own of the coordination requirements of Cataldo, Wagstrom, Herbsleb & Carley
(2006), CR = TA · TD · TAᵀ: they name the cells of CR, and which of them the pairing table meets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict, Unpack, overload

import pandas as pd

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.address import join
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.engines import AnySource, Tables, engine_of
from pairing_graph.measures.meeting import HELD, By, Meeting, meeting
from pairing_graph.measures.on_engines import coordination as on_engines
from pairing_graph.measures.on_engines.pairs import NEEDED
from pairing_graph.measures.pairs import PAIR, Cell, Collectives, covered, fact_places
from pairing_graph.measures.relations import Role, brackets_of, keeping, numbers_of, places, typed

MEASURES = ("unpaired_in_task", "coordination", "gaps")

STATUSES = ("paired_joint", "gap", "paired_only")


class PairChoices(TypedDict, total=False):
    """The choices of `unpaired_in_task`, for the types of its overloads."""

    role: Role
    collectives: Collectives
    by: By | None
    pooled: bool
    most_pairs: int | None


class ListedPairChoices(PairChoices, total=False):
    """Those of `coordination`."""

    first_listed: bool


class GapChoices(ListedPairChoices, total=False):
    """Those of `gaps`."""

    pairs: pd.DataFrame | None


@overload
def unpaired_in_task(source: Source, **choices: Unpack[PairChoices]) -> pd.DataFrame: ...
@overload
def unpaired_in_task(source: Tables, **choices: Unpack[PairChoices]) -> Any: ...
def unpaired_in_task(
    source: AnySource,
    *,
    role: Role = "answerable",
    collectives: Collectives = "leave_out",
    by: By | None = None,
    pooled: bool = False,
    most_pairs: int | None = None,
) -> Any:
    """Units with no paired counterpart inside their own task, one row per unit.

    A task counts for a unit where it names units of another region and the table pairs the unit with none of them (it
    may pair it with others: see `partners`). A task that names no unit on the other side does not count; `checks`
    reports it. This is the cleaner finding than `gaps`, since it does not cross the lists of a cell. The count is our own.

    Args:
        source: A knowledge base or its graph; or a collection, or tables of another library, by name.
        role: `answerable` units, `lead` only, or `any` role.
        collectives: `leave_out`, or `expand` along the pairing table.
        by: `document`: rows for every notice.
        pooled: Hold the tasks of all notices against the pairings of all, as if they were one notice.
        most_pairs: How many pairs of units the tasks may make, d(d−1)/2 for d units; 200 million if not given.

    Returns:
        A frame indexed by unit, with `by` by document and unit: region, tasks (how many), numbers (which, a tuple),
        counterparts (units of the other side in these tasks, a tuple), partners (whom the table of these tasks' notices
        pairs it with, a tuple), address. Where the notices hold no pairing at all nothing
        can be said: the frame is empty and `attrs["pairings"]` is 0. `attrs` says what was held against what, and names
        notices that have one of the two tables only, as in `congruence`.

        Of a collection or of tables of another library the result is of the same kind, counterparts and partners are
        numbers, numbers and address are left out.

    Raises:
        UnknownNameError: There is no such choice.
        NoticeError: The tasks make more pairs than `most_pairs`; or both `by` and `pooled` are asked for.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> unpaired_in_task(read_notice("data/raw/wuxi-yuzhong-2022.txt"))["numbers"].to_dict()["巫溪县农业农村委"]
        ('4', '5', '6')
    """
    engine = engine_of(source, NEEDED)
    if engine is not None:
        return on_engines.unpaired_in_task(
            engine, role=role, collectives=collectives, by=by, pooled=pooled, most_pairs=most_pairs
        )
    kb = as_knowledge_base(source)
    with keeping():
        met = meeting(kb, by, pooled=pooled)
        links = _both_orders(met.links(kb))
        rows = _both_orders(met.joint(kb, role=role, collectives=collectives, most_pairs=most_pairs))
        unmet = (
            rows[~rows.groupby(["unit", "task"])["paired"].transform("any").astype(bool)]
            if len(links)
            else rows.iloc[:0]
        )
        table = _unpaired_rows(kb, unmet, links, role, met)
    choices = {"role": role, "collectives": collectives, "pairings": len(links) // 2}
    return _with_attrs(table, kb, met, **choices)


@overload
def coordination(source: Source, **choices: Unpack[ListedPairChoices]) -> pd.DataFrame: ...
@overload
def coordination(source: Tables, **choices: Unpack[ListedPairChoices]) -> Any: ...
def coordination(
    source: AnySource,
    *,
    role: Role = "answerable",
    first_listed: bool = False,
    collectives: Collectives = "leave_out",
    by: By | None = None,
    pooled: bool = False,
    most_pairs: int | None = None,
) -> Any:
    """Every pair of units of two regions that a task or the pairing table joins.

    Where a notice names units of one region only, pairs are within it. The number of joint tasks follows from crossing
    the lists of two cells, so one merged cell makes many of them: `blocks` counts the cells, not the rows. joint_tasks is
    the cell of CR = TA · TAᵀ (Cataldo, Wagstrom, Herbsleb & Carley 2006); joint_areas, blocks and status are our own.

    Args:
        source: A knowledge base or its graph; or a collection, or tables of another library, by name.
        role: `answerable` units, `lead` only, or `any` role.
        first_listed: Only units that come first in their region's cell.
        collectives: `leave_out`, or `expand` along the pairing table.
        by: `document`: rows for every notice.
        pooled: Hold the tasks of all notices against the pairings of all, as if they were one notice.
        most_pairs: How many pairs of units the tasks may make, d(d−1)/2 for d units; 200 million if not given.

    Returns:
        A frame indexed by unit and partner (regions in the order of the title), with `by` by document before them:

        | column | holds |
        |---|---|
        | joint_tasks, joint_areas | distinct tasks and areas that both have |
        | blocks | distinct pairs of written cells behind them; tasks that share merged cells are one |
        | paired | whether the table pairs them; NA where no notice pairs any named units |
        | status | paired_joint, gap (a joint task without a pairing), paired_only (no named joint task); NA as paired |
        | tasks | the joint tasks, a tuple |
        | unit_kind, partner_kind | the kinds of the two units |
        | address | where the task table names them, then the pairing |

        Of several notices a pair is a gap where one of them gives it a joint task and does not pair it; the joint tasks
        of a gap are those of such notices, and `paired` says whether another notice pairs it. `attrs` says what was
        held against what, and names notices that have one of the two tables only, as in `congruence`.

        Of a collection or of tables of another library the result is of the same kind, without tasks and address; the
        two units of a pair go by their names. Collectives are left out there.

    Raises:
        UnknownNameError: There is no such choice.
        NoticeError: The tasks make more pairs than `most_pairs`; or both `by` and `pooled` are asked for.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> pairs = coordination(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> pairs["status"].value_counts().to_dict()
        {'paired_only': 20, 'paired_joint': 15, 'gap': 10}
    """
    engine = engine_of(source, NEEDED)
    if engine is not None:
        return on_engines.coordination(
            engine,
            role=role,
            first_listed=first_listed,
            collectives=collectives,
            by=by,
            pooled=pooled,
            most_pairs=most_pairs,
        )
    kb = as_knowledge_base(source)
    with keeping():
        met = meeting(kb, by, pooled=pooled)
        options: Any = {"role": role, "first_listed": first_listed, "collectives": collectives}
        rows = met.joint(kb, **options, most_pairs=most_pairs)
        through = covered(kb, role, pooled=pooled) if collectives == "expand" else None
        joint = _joint_rows(unmet_first(rows, met.keys), cells_behind(kb, role, through), met.keys)
        links = met.links(kb)
        table = joint.merge(_paired_rows(links, met.keys), on=met.keys, how="outer")
    choices = {"role": role, "first_listed": first_listed, "collectives": collectives, "pairings": len(links)}
    return _with_attrs(_finished(kb, table, met, any_link=bool(len(links))), kb, met, **choices)


@overload
def gaps(source: Source, **choices: Unpack[GapChoices]) -> pd.DataFrame: ...
@overload
def gaps(source: Tables, **choices: Unpack[GapChoices]) -> Any: ...
def gaps(
    source: AnySource,
    *,
    role: Role = "answerable",
    first_listed: bool = False,
    collectives: Collectives = "leave_out",
    by: By | None = None,
    pooled: bool = False,
    pairs: pd.DataFrame | None = None,
    most_pairs: int | None = None,
) -> Any:
    """Joint tasks without a pairing: pairs of units that share a task and that the table does not pair.

    That is all that a gap says; it is no failure of anybody. They are the rows of `coordination` with status gap, and
    come from crossing the lists of cells with several units; a single merged cell can make the strongest of them. Read
    them beside `unpaired_in_task`, and count `blocks` rather than `joint_tasks`.

    Where the notices pair no named units at all, as where there is no pairing table, nothing can be said: the frame is
    empty and `attrs["pairings"]` is 0. The name and the count are a variant of our own: |CR>0 ∧ CA=0| after the
    coordination requirements CR of Cataldo and others (2006), as in `congruence`.

    Args:
        source: A knowledge base or its graph; or a collection, or tables of another library, by name.
        role: As in `coordination`.
        first_listed: As in `coordination`.
        collectives: As in `coordination`.
        by: As in `coordination`.
        pooled: As in `coordination`.
        pairs: What `coordination` returned for these choices; computed if not given.
        most_pairs: As in `coordination`.

    Raises:
        NoticeError: The tasks make more pairs than `most_pairs`.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> found = gaps(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> len(found), int(found["joint_tasks"].max()), int(found["blocks"].max())
        (10, 3, 1)
    """
    engine = engine_of(source, NEEDED)
    if engine is not None:
        if pairs is not None:
            raise NoticeError(Complaint("Pairs are computed from tables of another library, not taken", "pairs"))
        return on_engines.coordination(
            engine,
            role=role,
            first_listed=first_listed,
            collectives=collectives,
            by=by,
            pooled=pooled,
            most_pairs=most_pairs,
            gaps=True,
        )
    if pairs is None:
        pairs = coordination(
            as_knowledge_base(source),
            role=role,
            first_listed=first_listed,
            collectives=collectives,
            by=by,
            pooled=pooled,
            most_pairs=most_pairs,
        )
    found = pairs[(pairs["status"] == "gap").fillna(False).astype(bool)].drop(columns=["paired", "status"])
    found.attrs = dict(pairs.attrs)
    return found


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


def _joint_rows(rows: pd.DataFrame, cells: Mapping[tuple[str, str], Sequence[Cell]], keys: list[str]) -> pd.DataFrame:
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


def _paired_rows(links: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    joined = links.groupby(keys, sort=False)["address"].agg(join).rename("pairing_address")
    return joined.reset_index().astype("string").assign(paired=True)


def _finished(kb: KnowledgeBase, table: pd.DataFrame, met: Meeting, *, any_link: bool) -> pd.DataFrame:
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
    finished = met.indexed(table, PAIR)[columns]
    if not any_link:
        finished[["paired", "status"]] = pd.NA
    return finished.astype({"paired": "boolean", "status": "string"})


def _unpaired_rows(
    kb: KnowledgeBase, unmet: pd.DataFrame, links: pd.DataFrame, role: Role, met: Meeting
) -> pd.DataFrame:
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


def _both_orders(rows: pd.DataFrame) -> pd.DataFrame:
    turned = rows.rename(columns={"unit": "partner", "partner": "unit"})
    return pd.concat([rows, turned], ignore_index=True)


def _with_attrs(table: pd.DataFrame, kb: KnowledgeBase, met: Meeting, **choices: Any) -> pd.DataFrame:
    table.attrs.update(choices, brackets=brackets_of(kb), **met.attrs)
    return table
