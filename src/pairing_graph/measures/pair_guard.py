"""How many pairs a join would make, before it makes them: a task with d units makes d(d−1)/2.

One task that a list of thousands of units was pasted into makes more pairs than all others together, and fills memory
or disk. Too many are refused, with the numbers and the largest tasks; nothing is left out in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import narwhals as nw

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.measures.relations import Frames, Role
from pairing_graph.measures.small_tables import fetched

MOST_PAIRS = 200_000_000
"""Ten million assignments of the 2022 notice's kind (79 assignments, 89 pairs) make 11 million. 18 times as many are more
than pandas holds in the memory of a laptop, and minutes for DuckDB on two cores."""
_LARGEST = 5
"""Tasks that a refusal names: one or two are the usual cause."""
Rows = nw.LazyFrame[Any]


def as_it_is(rows: Rows) -> Rows:
    """The rows: where no code stands for a name."""
    return rows


def refuse_too_many(
    frames: Frames,
    rows: Rows,
    most_pairs: int | None,
    *,
    role: Role = "answerable",
    keys: Sequence[str] = ("task",),
    named: Callable[[Rows], Rows] = as_it_is,
) -> None:
    """Count the pairs that joining rows with themselves makes, and refuse too many.

    Args:
        frames: The tables that the rows come from: where their assignments are few, the rows need not be counted.
        rows: The units that count for each task, each once.
        most_pairs: How many pairs are made at most; None for `MOST_PAIRS`.
        role: Which assignments count.
        keys: What the rows are joined by.
        named: Turns codes into names.

    Raises:
        NoticeError: They would be more, or no such number can be.
    """
    most = MOST_PAIRS if most_pairs is None else most_pairs
    if most < 0:
        raise NoticeError(Complaint("There is no such number of pairs", "most_pairs", "0 or more", str(most)))
    assignments = frames["assignments"]
    count = _number(assignments.select(n=nw.len()))
    if count * (count - 1) // 2 <= most:
        return
    counting = assignments if role == "any" else assignments.filter(nw.col("role").is_in(["lead", "responsible"]))
    if list(keys) == ["task"] and _number(_made(_sizes(counting, keys))) <= most:
        return
    sizes = _sizes(rows, keys)
    pairs = _number(_made(sizes))
    if pairs > most:
        largest = sizes.sort("units", *keys, descending=[True, *(False for _ in keys)]).head(_LARGEST)
        raise NoticeError(_complaint(pairs, most, fetched(named(largest))))


def _sizes(rows: Rows, keys: Sequence[str]) -> Rows:
    return rows.group_by(*keys).agg(units=nw.len()).with_columns(nw.col("units").cast(nw.Int64))


def _made(sizes: Rows) -> Rows:
    """Σ d(d−1)/2."""
    return sizes.select(n=(nw.col("units") * (nw.col("units") - 1) // 2).sum())


def _number(rows: Rows) -> int:
    return int(fetched(rows)["n"].fillna(0).iloc[0])


def _complaint(pairs: int, most: int, largest: Any) -> Complaint:
    names = [name for name in largest.columns if name != "units"]
    rows = largest.sort_values(["units", *names], ascending=[False, *(True for _ in names)]).to_dict("records")
    listed = "; ".join(f"{' '.join(str(row[name]) for name in names)}: {row['units']:,} units" for row in rows)
    return Complaint(
        "Units that share tasks make too many pairs",
        f"the largest are {listed}",
        f"at most {most:,}, as most_pairs says",
        f"{pairs:,}",
        "A list may have been read as one cell: without_large_tasks leaves such tasks out. Or give a larger most_pairs.",
    )
