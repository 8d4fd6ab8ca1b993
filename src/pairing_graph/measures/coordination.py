"""Coordination on paper: which units share a task, which units the table pairs, and where the two differ.

Both sides are formal documents. A joint task does not show that two units work together, a pairing does not show that
they talk. A gap is a joint task without a pairing, no more: nobody need have failed, and a telephone call that no notice
mentions may close it. Without a pairing table there are no gaps to speak of: they are NA, not every pair. Tasks and
pairings of several notices meet within their own notice, unless all are pooled (`meeting`).

The counts of this module are variants of our own of the coordination requirements of Cataldo, Wagstrom, Herbsleb & Carley
(2006), CR = TA · TD · TAᵀ: they name the cells of CR, and which of them the pairing table meets.
"""

from __future__ import annotations

from typing import Any, TypedDict, Unpack, overload

import pandas as pd

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.coordination_rows import (
    cells_behind,
    joint_rows,
    paired_rows,
    unmet_first,
    unpaired_rows,
    with_status,
)
from pairing_graph.measures.engines import AnySource, Tables, engine_of
from pairing_graph.measures.meeting import By, Meeting, meeting
from pairing_graph.measures.on_engines import coordination as on_engines
from pairing_graph.measures.on_engines.pairs import NEEDED
from pairing_graph.measures.pairs import Collectives, covered
from pairing_graph.measures.relations import Role, brackets_of, keeping

MEASURES = ("unpaired_in_task", "coordination", "gaps")


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
        table = unpaired_rows(kb, unmet, links, role, met)
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
        joint = joint_rows(unmet_first(rows, met.keys), cells_behind(kb, role, through), met.keys)
        links = met.links(kb)
        table = joint.merge(paired_rows(links, met.keys), on=met.keys, how="outer")
    choices = {"role": role, "first_listed": first_listed, "collectives": collectives, "pairings": len(links)}
    return _with_attrs(with_status(kb, table, met, any_link=bool(len(links))), kb, met, **choices)


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


def _both_orders(rows: pd.DataFrame) -> pd.DataFrame:
    turned = rows.rename(columns={"unit": "partner", "partner": "unit"})
    return pd.concat([rows, turned], ignore_index=True)


def _with_attrs(table: pd.DataFrame, kb: KnowledgeBase, met: Meeting, **choices: Any) -> pd.DataFrame:
    table.attrs.update(choices, brackets=brackets_of(kb), **met.attrs)
    return table
