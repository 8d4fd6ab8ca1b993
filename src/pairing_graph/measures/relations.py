"""The tables of a knowledge base as Narwhals lazy frames, and the relations that several measures start from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar, get_args

import narwhals as nw
import pandas as pd

from pairing_graph.base.errors import refuse_unknown
from pairing_graph.base.text import split_qualifier
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.regions import regions_in_order
from pairing_graph.kb.schema import TABLES

Frames = Mapping[str, nw.LazyFrame[Any]]
Role = Literal["answerable", "lead", "any"]
_P = ParamSpec("_P")
_R = TypeVar("_R")
_kept: ContextVar[dict[Any, tuple[Any, Any]] | None] = ContextVar("kept", default=None)


@contextmanager
def keeping() -> Iterator[None]:
    """While it lasts, each relation of a knowledge base is worked out once, however many measures start from it.

    For the length of one call only: between two calls a table may have been changed.
    """
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(relation: Callable[_P, _R]) -> Callable[_P, _R]:
    """A relation that `keeping` keeps, by what it is made from; nobody changes what it gives back."""

    @wraps(relation)
    def found(*args: _P.args, **options: _P.kwargs) -> _R:
        kept = _kept.get()
        if kept is None:
            return relation(*args, **options)
        key = (relation, id(args[0]), args[1:], tuple(sorted(options.items())))
        if key not in kept:
            kept[key] = args[0], relation(*args, **options)  # the source too, or its id could become another's
        made: _R = kept[key][1]
        return made

    return found


def lazy(tables: Mapping[str, Any]) -> dict[str, nw.LazyFrame[Any]]:
    """Native tables of any library that Narwhals knows as lazy frames; list columns are left out."""
    lists = {name: [c.name for c in table.columns if c.kind == "list"] for name, table in TABLES.items()}
    frames = {name: nw.from_native(table).lazy() for name, table in tables.items()}
    return {name: frame.drop(lists.get(name, []), strict=False) for name, frame in frames.items()}


@once
def frames_of(kb: KnowledgeBase) -> dict[str, nw.LazyFrame[Any]]:
    """The tables of a knowledge base as lazy frames."""
    return lazy(kb.tables)


_OF_UNIT = ("region", "collective")
_OF_TASK = ("document", "area")
_KNOWN_OF_TASK = (*_OF_TASK, "year")


def described(frames: Frames, rows: nw.LazyFrame[Any], columns: Iterable[str]) -> nw.LazyFrame[Any]:
    """Rows of task and unit with what is known of them: any of region, collective, document, area (and year)."""
    wanted = list(columns)
    of_unit, of_task = ([name for name in names if name in wanted] for names in (_OF_UNIT, _KNOWN_OF_TASK))
    if of_unit:
        rows = rows.join(frames["units"].select("unit", *of_unit), on="unit", how="left")
    if of_task:
        rows = rows.join(frames["tasks"].select("task", *of_task), on="task", how="left")
    return rows


@once
def assigned(frames: Frames) -> nw.LazyFrame[Any]:
    """Assignments with what is known of their unit and task.

    Returns:
        task, unit, role, rank, address, inherited_from, region, collective, document, area.
    """
    rows = frames["assignments"].select("task", "unit", "role", "rank", "address", "inherited_from")
    return described(frames, rows, (*_OF_UNIT, *_OF_TASK))


@once
def facts(frames: Frames, role: Role = "answerable") -> nw.LazyFrame[Any]:
    """The assignments that count for a choice of roles, with what is known of their unit and task.

    Args:
        frames: The tables.
        role: `answerable`: a task's leads (牵头), or where it has none its responsible units (责任); `lead`: leads
            only; `any`: support (配合) and guide (指导) too.

    Raises:
        UnknownNameError: There is no such choice.
    """
    return _counting(assigned(frames), role)


def _counting(rows: nw.LazyFrame[Any], role: Role) -> nw.LazyFrame[Any]:
    refuse_unknown("There is no such choice of roles", "role", role, get_args(Role))
    if role == "any":
        return rows
    leads = rows.filter(nw.col("role") == "lead")
    if role == "lead":
        return leads
    led = leads.select("task")
    return nw.concat([leads, rows.filter(nw.col("role") == "responsible").join(led, on="task", how="anti")])


@once
def answerable(
    frames: Frames, role: Role = "answerable", known: Sequence[str] = (*_OF_UNIT, *_OF_TASK)
) -> nw.LazyFrame[Any]:
    """Who answers for a task: its leads (牵头), or where it has none its responsible units (责任); each pair once.

    Args:
        frames: The tables.
        role: Another choice of roles, as in `facts`.
        known: What of the unit and the task they have: an engine sorts narrow rows in less memory.

    Returns:
        task, unit, rank (the first place in a cell), and what is known: region, collective, document, area.
    """
    rows = _counting(frames["assignments"].select("task", "unit", "role", "rank"), role)
    return described(frames, rows.group_by("task", "unit").agg(nw.col("rank").min()), known)


def answering_pairs(frames: Frames, role: Role = "answerable") -> nw.LazyFrame[Any]:
    """Who answers for a task, as `answerable` has it, but the task and the unit alone: no other table is joined."""
    return (
        _counting(frames["assignments"].select("task", "unit", "role"), role)
        .group_by("task", "unit")
        .agg(_rows=nw.len())
        .drop("_rows")
    )


@once
def shares(answering: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """A task's load of 1 per region, split equally over that region's answerable units, and who comes first.

    Args:
        answering: The rows of `answerable`.

    Returns:
        These with share (in tasks) and first (whether no unit of the region comes before it).
    """
    size, foremost = nw.len().over("task", "region"), nw.col("rank").min().over("task", "region")
    return answering.with_columns(share=1.0 / size.cast(nw.Float64), first=nw.col("rank") == foremost)


@once
def ends(frames: Frames) -> nw.LazyFrame[Any]:
    """Both ends of every pairing: unit, partner, document, address, region (of the unit)."""
    pairings = frames["pairings"]
    gives = pairings.select("document", "address", unit=nw.col("donor"), partner=nw.col("recipient"))
    takes = pairings.select("document", "address", unit=nw.col("recipient"), partner=nw.col("donor"))
    return nw.concat([gives, takes]).join(frames["units"].select("unit", "region"), on="unit", how="left")


def native(rows: nw.LazyFrame[Any]) -> pd.DataFrame:
    """The rows of a lazy frame as a pandas frame."""
    frame: pd.DataFrame = rows.collect(backend="pandas").to_native()
    return frame


def typed(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], **types: str) -> pd.DataFrame:
    """Records as a frame: the columns are text unless another type is named."""
    return pd.DataFrame(list(rows), columns=list(columns)).astype(dict.fromkeys(columns, "string") | types)


def places(names: pd.Series[str]) -> dict[str, int]:
    """Every name with its place in the order in which the notice mentions them."""
    return {name: count for count, name in enumerate(names.drop_duplicates())}


def regions_of(kb: KnowledgeBase) -> list[str]:
    """The regions that units belong to, in the order in which they are shown."""
    return [region for region in regions_in_order(kb) if region]


def numbers_of(kb: KnowledgeBase) -> dict[str, str]:
    """What each task is called in a list: its printed number, else its place in the document."""
    printed = zip(kb.tasks["task"], kb.tasks["number"], strict=True)
    return {task: task.rpartition("#")[2] if number is pd.NA else str(number) for task, number in printed}


def part_of(kb: KnowledgeBase) -> dict[str, Any]:
    """What a result says in `attrs` of a knowledge base that is a part, of what; nothing where it is a whole."""
    return {"part": str(kb.part)} if kb.part else {}


@once
def brackets_of(kb: KnowledgeBase) -> str:
    """How bracketed names were read: base or separate, empty where none is in the notice."""
    if any(split_qualifier(name)[1] for name in kb.units.loc[~kb.units["collective"], "name"]):
        return "separate"
    kept = (kb.assignments["qualifier"], kb.pairings["donor_qualifier"], kb.pairings["recipient_qualifier"])
    return "base" if any((column != "").any() for column in kept) else ""
