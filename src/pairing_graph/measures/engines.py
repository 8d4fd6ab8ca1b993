"""Tables of any library that Narwhals knows (pandas, Polars, PyArrow, DuckDB, PySpark), and results of the same kind.

A measure takes them as a mapping of names (`workload({"units": …, "assignments": …})`) or as a collection. The relations
that it starts from are the same as those of a knowledge base; only what an engine cannot hold is left out, such as
lists of tasks in a cell. `on_engines` has the measures themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias, runtime_checkable

import narwhals as nw

from pairing_graph.base.errors import Complaint, NoticeError, warn_left_out
from pairing_graph.graph import Source
from pairing_graph.kb.schema import TABLES
from pairing_graph.measures.relations import Frames, lazy
from pairing_graph.measures.small_tables import Kinds, fetched, small_table


class CodedTables(Protocol):
    """Tables whose documents, tasks and units are integer codes."""

    def coded(self) -> Mapping[str, Any]:
        """The eight tables, all of one engine."""

    def names(self) -> Mapping[str, Any]:
        """`document`, `task`, `unit` → a table of the `code` and the `name` that it stands for."""


@runtime_checkable
class HasTables(Protocol):
    """What keeps its tables in an engine, such as a collection."""

    @property
    def engine_tables(self) -> CodedTables:
        """The tables as they are now."""


Tables: TypeAlias = Mapping[str, Any] | HasTables
"""Tables of a library, by name, or a collection."""
AnySource: TypeAlias = Source | Tables
Needed: TypeAlias = Mapping[str, Sequence[str]]
"""The tables that a measure starts from, each with the columns that it uses."""
_CODE_OF: Mapping[str, str] = MappingProxyType(
    {"unit": "unit", "partner": "unit", "donor": "unit", "recipient": "unit", "task": "task", "document": "document"}
)
"""The columns of results that may hold codes, each with what the code is of."""


_EXAMPLES = 3
"""Repeated units that a refusal names."""
_NAMES = frozenset((*_CODE_OF, "region", "area", "level", "year"))
"""The columns by which rows are sorted where nothing else is said."""


@dataclass(frozen=True)
class Engine:
    """Tables in another library.

    Attributes:
        frames: The tables as lazy frames.
        give_back: Makes of a lazy frame what the library has: computed if the tables were, else not yet.
        names: What codes stand for, by what they are of; empty where names are names.
    """

    frames: Frames
    give_back: Callable[[nw.LazyFrame[Any]], Any]
    names: Frames

    def result(
        self,
        rows: nw.LazyFrame[Any],
        columns: Sequence[str],
        heaviest: Sequence[str] = (),
        *,
        part: str | None = None,
        pairs: Sequence[tuple[str, str]] = (),
    ) -> Any:
        """A result in the library's own kind.

        Args:
            rows: The rows of a measure, in no order.
            columns: The columns that it gives, in order; codes are turned into names.
            heaviest: Columns by which rows are sorted, the largest first; ties by the columns of names. They need not
                be among those that it gives.
            part: A column that comes before them all.
            pairs: Columns of the two ends of a pair that has no direction, the ends first: it goes by their names.
        """
        kept = list(dict.fromkeys([*columns, *heaviest]))
        named = _by_name(self.named(rows.select(*kept)), pairs if self.names else ()).select(*kept)
        ties = [name for name in columns if name in _NAMES]
        order = dict.fromkeys([*([part] if part else []), *heaviest, *ties])
        down = [name in heaviest for name in order]
        return self.give_back(named.sort(*order, descending=down).select(*columns))

    def table(self, rows: Sequence[Mapping[str, Any]], kinds: Kinds) -> Any:
        """Rows that are worked out already, in their order, in the library's own kind."""
        return self.give_back(self.small(rows, kinds))

    def small(self, rows: Sequence[Mapping[str, Any]], kinds: Kinds) -> nw.LazyFrame[Any]:
        """A few rows as a frame of the library, to join with its own."""
        return small_table(next(iter(self.frames.values())), rows, kinds)

    def named(self, rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The rows with names in the place of codes."""
        if not self.names:
            return rows
        for column in rows.collect_schema().names():
            if column in _CODE_OF and _CODE_OF[column] in self.names:
                known = self.names[_CODE_OF[column]].select(nw.col("code").alias(column), _name=nw.col("name"))
                rows = rows.join(known, on=column, how="left").drop(column).rename({"_name": column})
        return rows


def given_back(result: Any, left_out: Sequence[str], which: str, **choices: Any) -> Any:
    """A result with what is left out, and the choices, in `attrs`; of a library without them what is left out is warned.

    Args:
        result: The result in the library's own kind.
        left_out: The names of notices.
        which: Which notices these are.
        choices: The choices that were made.

    Warns:
        LeftOutWarning: Something is left out and the library has no `attrs`.
    """
    if hasattr(result, "attrs"):
        result.attrs.update(choices, **({"left_out": tuple(left_out)} if left_out else {}))
    elif left_out:
        warn_left_out(f"{len(left_out):,} {which}", left_out)
    return result


def _by_name(rows: nw.LazyFrame[Any], pairs: Sequence[tuple[str, str]]) -> nw.LazyFrame[Any]:
    """The two ends of a pair, with what is known of each, in the order of their names: codes have another."""
    if not pairs:
        return rows
    forward = nw.col(pairs[0][0]) < nw.col(pairs[0][1])
    turned = {one: nw.when(forward).then(nw.col(one)).otherwise(nw.col(other)) for one, other in pairs}
    turned |= {other: nw.when(forward).then(nw.col(other)).otherwise(nw.col(one)) for one, other in pairs}
    return rows.with_columns(**turned)


def engine_of(source: AnySource, needed: Needed) -> Engine | None:
    """The engine of tables or of a collection; None for a knowledge base or its graph.

    Args:
        source: What a measure was given.
        needed: The tables that it starts from, each with the columns that it uses.

    Raises:
        NoticeError: A table is missing, lacks a column, or is of another library than the others; all at once.
    """
    if isinstance(source, HasTables):
        coded = source.engine_tables
        return Engine(lazy(coded.coded()), nw.to_native, lazy(coded.names()))
    if not isinstance(source, Mapping):
        return None
    tables = {name: table for name, table in source.items() if name in TABLES}
    _refuse_unfit(tables, needed)
    first = nw.from_native(next(iter(tables.values())))
    frames = lazy(tables)
    if "unit" in needed.get("units", ()):
        _refuse_repeated_units(frames["units"])
    return Engine(frames, _as_given(first), {})


def _refuse_repeated_units(units: nw.LazyFrame[Any]) -> None:
    """Refuse units of which one has several rows: every load of it would count as often. Of a collection each has one.

    Raises:
        NoticeError: Some are repeated.
    """
    counted = fetched(units.select(rows=nw.len(), units=nw.col("unit").n_unique())).fillna(0)
    rows, number = (int(counted[name].iloc[0]) for name in ("rows", "units"))
    if rows != number:
        repeated = units.group_by("unit").agg(rows=nw.len()).filter(nw.col("rows") > 1).sort("unit").head(_EXAMPLES)
        listed = "; ".join(map(str, fetched(repeated)["unit"]))
        expected, advice = "one row for each unit", "Keep one of them, or none where the unit is missing."
        what = "A unit has several rows"
        raise NoticeError(Complaint(what, f"units: {listed}", expected, f"{rows:,} rows of {number:,} units", advice))


def _as_given(first: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> Callable[[nw.LazyFrame[Any]], Any]:
    if isinstance(first, nw.LazyFrame):
        return nw.to_native
    backend = first.implementation
    return lambda rows: rows.collect(backend=backend).to_native()


def _refuse_unfit(source: Mapping[str, Any], needed: Needed) -> None:
    complaints = [
        Complaint("A table is missing", name, ", ".join(needed), ", ".join(source) or "none")
        for name in needed
        if name not in source
    ]
    libraries: dict[str, str] = {}
    for name, table in source.items():
        try:
            frame = nw.from_native(table)
        except TypeError:
            expected = "a frame of pandas, Polars, PyArrow, DuckDB or PySpark"
            complaints.append(Complaint("This is no table", name, expected, type(table).__name__))
            continue
        libraries.setdefault(str(frame.implementation), name)
        columns = frame.collect_schema()
        missing = [column for column in needed.get(name, ()) if column not in columns]
        if missing:
            complaints.append(Complaint("A table lacks columns", name, ", ".join(missing)))
    if len(libraries) > 1:
        got = ", ".join(f"{name} of {library}" for library, name in libraries.items())
        complaints.append(Complaint("The tables are of several libraries", expected="one library", got=got))
    if complaints:
        raise NoticeError(complaints)
