"""Tasks that many units share: how many pairs each would make, and the tables without the largest of them.

A list of all departments that was read as one cell makes a task of hundreds of units, and d(d−1)/2 pairs of them.
`pair_guard` refuses to join too many; here such tasks are listed, and left out if one asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar, cast, overload

import narwhals as nw
import pandas as pd

from pairing_graph.base.errors import Complaint, NoticeError, warn_left_out
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import TABLES
from pairing_graph.kb.selection import without_tasks
from pairing_graph.measures.engines import AnySource, CodedTables, HasTables, Needed, Tables, engine_of
from pairing_graph.measures.relations import Frames, frames_of, lazy, native
from pairing_graph.measures.small_tables import fetched

MOST_UNITS = 50
"""Units of a task from which on it is listed. In the 2022 notice the largest has 6; a county has some 40 departments, so
that more than 50 are rarely the units of one task."""
_NEEDED: Needed = MappingProxyType({"tasks": ("task", "document"), "assignments": ("task", "unit")})
_COLUMNS = ("task", "document", "units", "pairs")
Rows = nw.LazyFrame[Any]
_Given = TypeVar("_Given", bound=Mapping[str, Any] | HasTables)


@overload
def large_tasks(source: Source, *, most_units: int = MOST_UNITS) -> pd.DataFrame: ...
@overload
def large_tasks(source: Tables, *, most_units: int = MOST_UNITS) -> Any: ...
def large_tasks(source: AnySource, *, most_units: int = MOST_UNITS) -> Any:
    """Tasks with more units than a number, in any role, and how many pairs of units each of them makes.

    Args:
        source: A knowledge base or its graph; or a collection, or tables of another library, by name.
        most_units: The largest number of units that is not listed.

    Returns:
        task, document, units, pairs (d(d−1)/2 for d units), the largest first; of the kind that was given.

    Raises:
        NoticeError: There is no such number of units; or a table is missing.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> large_tasks(kb, most_units=5)[["task", "units", "pairs"]].values.tolist()
        [['巫溪府发〔2022〕24号#4', 6, 15], ['巫溪府发〔2022〕24号#5', 6, 15], ['巫溪府发〔2022〕24号#6', 6, 15]]
    """
    _refuse_number(most_units)
    engine = engine_of(source, _NEEDED)
    if engine is not None:
        return engine.result(_sized(engine.frames, most_units), _COLUMNS, ["units"])
    rows = native(_sized(frames_of(as_knowledge_base(cast("Source", source))), most_units))
    return _in_order(rows)


@overload
def without_large_tasks(source: Source, *, most_units: int = MOST_UNITS) -> KnowledgeBase: ...
@overload
def without_large_tasks(source: _Given, *, most_units: int = MOST_UNITS) -> _Given: ...
def without_large_tasks(source: AnySource, *, most_units: int = MOST_UNITS) -> Any:
    """The same notices without the tasks that have more units than a number, for a measure of pairs.

    Pairings stay. A knowledge base says in its `part` what it is; a collection is given back as its tables.

    Args:
        source: A knowledge base or its graph; or a collection, or tables of another library, by name.
        most_units: The largest number of units, in any role, of a task that stays.

    Raises:
        NoticeError: There is no such number of units; or a table is missing.

    Warns:
        LeftOutWarning: Tasks are left out: how many, with how many pairs, and the largest of them.

    Example:
        >>> import warnings
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> with warnings.catch_warnings(record=True) as warned:
        ...     warnings.simplefilter("always")
        ...     kept = without_large_tasks(kb, most_units=5)
        >>> len(kb.tasks), len(kept.tasks)
        (28, 25)
        >>> str(warned[0].message)
        'Left out: 3 tasks of more than 5 units, which make 45 pairs: 巫溪府发〔2022〕24号#4, 巫溪府发〔2022〕24号#5, 巫溪府发〔2022〕24号#6.'
    """
    found = large_tasks(source, most_units=most_units)
    rows = found if isinstance(found, pd.DataFrame) else fetched(nw.from_native(found).lazy())
    if len(rows):
        what = f"{len(rows)} tasks of more than {most_units} units, which make {int(rows['pairs'].sum()):,} pairs"
        warn_left_out(what, list(rows["task"]))
    if isinstance(source, HasTables):
        return _Without(source, most_units)
    if isinstance(source, Mapping):
        return _kept(dict(source), lazy({name: source[name] for name in _NEEDED}), most_units)
    kb = as_knowledge_base(source)
    return without_tasks(kb, rows["task"], "most_units", str(most_units)) if len(rows) else kb


@dataclass(frozen=True)
class _Without:
    """A collection without its largest tasks."""

    whole: HasTables
    most_units: int

    @property
    def engine_tables(self) -> CodedTables:
        return _CodedWithout(self.whole.engine_tables, self.most_units)


@dataclass(frozen=True)
class _CodedWithout:
    whole: CodedTables
    most_units: int

    def coded(self) -> Mapping[str, Any]:
        tables = self.whole.coded()
        return _kept(dict(tables), lazy(tables), self.most_units)

    def names(self) -> Mapping[str, Any]:
        return self.whole.names()


def _kept(tables: dict[str, Any], frames: Frames, most_units: int) -> dict[str, Any]:
    """The tables, those of tasks without the rows of large ones, each of the kind that it was."""
    large = _sized(frames, most_units).select("task")
    for name, table in tables.items():
        if name in TABLES and "task" in TABLES[name].names:
            given = nw.from_native(table)
            rows = given.lazy().join(large, on="task", how="anti")
            is_lazy = isinstance(given, nw.LazyFrame)
            tables[name] = rows.to_native() if is_lazy else rows.collect(backend=given.implementation).to_native()
    return tables


def _sized(frames: Frames, most_units: int) -> Rows:
    sizes = frames["assignments"].group_by("task").agg(units=nw.col("unit").n_unique())
    large = sizes.filter(nw.col("units") > most_units).with_columns(nw.col("units").cast(nw.Int64))
    rows = large.join(frames["tasks"].select("task", "document"), on="task", how="inner")
    return rows.with_columns(pairs=nw.col("units") * (nw.col("units") - 1) // 2).select(*_COLUMNS)


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values(["units", "task", "document"], ascending=[False, True, True], ignore_index=True)


def _refuse_number(most_units: int) -> None:
    if most_units < 1:
        raise NoticeError(Complaint("There is no such number of units", "most_units", "1 or more", str(most_units)))
