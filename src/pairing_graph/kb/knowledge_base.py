"""The knowledge base: the eight tables of one or many notices, with the documents behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from pairing_graph.base.errors import Complaint, SchemaError
from pairing_graph.kb.document import Source
from pairing_graph.kb.frames import frame, ordered, plain_columns
from pairing_graph.kb.held import Held
from pairing_graph.kb.part import Part
from pairing_graph.kb.schema import TABLES

Names = str | Iterable[str]
"""One name or several."""


@dataclass(frozen=True, eq=False, repr=False)
class KnowledgeBase:
    """What one or many notices say, as eight frames. It is never changed in place.

    Each frame that it hands out is a copy: change that, and make a new knowledge base with `replace`.

    Attributes:
        documents: One row per notice.
        units: One row per unit.
        tasks: One row per task.
        assignments: One row per task, unit and role.
        pairings: One row per donor and recipient.
        targets: One row per quantified target.
        results: One row per reported progress.
        unread: One row per thing that is in no other table.
        sources: The documents behind it, by id, for `trace`; not compared.
        part: What it is a part of, where `select` made it; not compared.
        unread_known: Whether `unread` is known; it is not where a graph file of an earlier version left it out.

    Example:
        >>> KnowledgeBase().equals(KnowledgeBase())
        True
    """

    documents: Held = Held()
    units: Held = Held()
    tasks: Held = Held()
    assignments: Held = Held()
    pairings: Held = Held()
    targets: Held = Held()
    results: Held = Held()
    unread: Held = Held()
    sources: Mapping[str, Source] = field(default_factory=dict)
    part: Part | None = None
    unread_known: bool = True

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The eight frames by name."""
        return {name: getattr(self, name) for name in TABLES}

    def held_frame(self, table: str) -> pd.DataFrame | None:
        """A table's frame as it is held, not to be changed; None where it is held as records."""
        held = self.__dict__[table]
        return held if isinstance(held, pd.DataFrame) else None

    def columns(self, table: str) -> Mapping[str, Sequence[Any]]:
        """A table as plain columns, not to be changed: column → values, a number that is missing None.

        Example:
            >>> KnowledgeBase().columns("results")["value"]
            []
        """
        held = self.__dict__[table]
        return plain_columns(held) if isinstance(held, pd.DataFrame) else held.columns

    def replace(self, **tables: pd.DataFrame) -> KnowledgeBase:
        """A new knowledge base with some tables replaced, checked as a whole.

        Raises:
            SchemaError: There is no such table, what is given for it is no frame or lacks a column, or what comes of it
                breaks the schema: types, keys, references (an assignment of a task that is no longer there). `select`
                takes a part.

        Example:
            >>> KnowledgeBase().replace(results=frame("results").drop(columns="value"))
            Traceback (most recent call last):
            pairing_graph.base.errors.SchemaError: The table lacks the column value. Where: results. Expected: task, as_of, \
value, quantity_unit, as_written, address.
        """
        complaints = [found for name, table in tables.items() if name in TABLES for found in _incomplete(name, table)]
        if complaints:
            raise SchemaError(complaints)
        from pairing_graph.kb.validation import validate

        return validate(with_tables(self, **tables))

    def select(
        self,
        *,
        document: Names = (),
        region: Names = (),
        area: Names = (),
        unit: Names = (),
        role: Names = (),
        line: Names = (),
    ) -> KnowledgeBase:
        """A part as a whole, valid knowledge base: the tasks that fit, each whole, with the pairing tables of their notices.

        Each criterion takes one name or several (any of them fits); several criteria narrow each other. `document` and
        `area` are those of a task. A task fits `unit`, `region`, `line` and `role` where one of its assignments has them
        all: `unit="区招商投资局", role="lead"` gives the tasks that it leads.

        What stays, and why measures of the part are right:

        - A task keeps all its assignments, targets and results: who answers for it, and a region's shares in it,
          depend on them all. So counts of a unit that was asked for are those of the whole within the tasks chosen;
          other units have rows because they are named in these tasks, and their counts are of these tasks alone.
        - A notice keeps its pairing table whole: pairings have no area and no role, and a gap is seen against the whole
          table (in a cut one, pairs would turn into gaps). `pairings` and `partners` are those of the notice.
        - A notice stays where a task of it fits, or, unless `area` or `role` is asked for, a pairing of a unit that fits.
          It keeps its `unread` rows and its source, so that `trace` works.
        - A unit stays where a table still names it, or where it was asked for by name.

        Args:
            document: Ids of notices, or names of their files.
            region: Regions of units.
            area: Areas (事项, 类别) of tasks.
            unit: Units by full or short name or alias.
            role: lead, responsible, support or guide, or the Chinese word.
            line: Functional lines (条线) of units.

        Returns:
            The part; `part` and its repr say of what.

        Raises:
            UnknownNameError: With every name that is not there; or nothing was asked for.

        Example:
            >>> from pairing_graph.reading.notices import read_notice
            >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
            >>> part = kb.select(unit="区招商投资局", role="牵头")
            >>> len(part.tasks), len(part.pairings)
            (7, 35)
        """
        from pairing_graph.kb.selection import selected

        return selected(self, document=document, region=region, area=area, unit=unit, role=role, line=line)

    def save(self, path: str | Path, *, format: Literal["parquet", "csv"] = "parquet") -> Path:  # noqa: A002
        """Save it as a folder that `open_kb` opens again, with its sources and what was not understood.

        The folder is a Data Package (frictionless): a file a table, a `datapackage.json` that describes every column in
        Chinese and English. It appears at once: a save that is interrupted leaves what was there. The same knowledge
        base gives the same bytes.

        Args:
            path: The folder: a new one, an empty one, or one that was saved before.
            format: `parquet`, which needs pyarrow, or `csv`, which spreadsheets open safely: a text that they could take
                for a formula has an apostrophe in front, and so has one that begins with an apostrophe.

        Returns:
            The path.

        Raises:
            FileError: It cannot be written, or holds what no earlier save wrote, or what was changed since.
            MissingExtraError: pyarrow is not installed.
            SchemaError: It breaks the schema.

        Example:
            >>> import tempfile
            >>> from pairing_graph.kb.saved import open_kb
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     open_kb(KnowledgeBase().save(f"{folder}/kb", format="csv")).equals(KnowledgeBase())
            True
        """
        from pairing_graph.kb.saving import save

        return save(self, path, format)

    def equals(self, other: object, *, ignore: Iterable[str] = ()) -> bool:
        """Whether all tables hold the same rows, whatever their order.

        Args:
            other: The other knowledge base; anything else is not equal.
            ignore: Names of tables that are not compared.
        """
        if not isinstance(other, KnowledgeBase):
            return False
        names = [name for name in TABLES if name not in set(ignore)]
        return all(ordered(name, getattr(self, name)).equals(ordered(name, getattr(other, name))) for name in names)

    def records(self) -> dict[str, list[dict[str, Any]]]:
        """The tables as lists of plain records, as JSON takes them: no NA but None, tuples as lists."""
        return {name: [_plain(row) for row in table.to_dict("records")] for name, table in self.tables.items()}

    def __repr__(self) -> str:
        from pairing_graph.kb.summary import summary

        return summary(self)


def with_tables(kb: KnowledgeBase, **tables: pd.DataFrame) -> KnowledgeBase:
    """A knowledge base with some tables replaced, not yet checked as a whole: a step on the way to one that is.

    Raises:
        SchemaError: There is no such table, or a frame does not have its table's columns and types.
    """
    strange = [name for name in tables if name not in TABLES]
    if strange:
        raise SchemaError(Complaint("There is no such table", ", ".join(strange), ", ".join(TABLES)))
    checked: dict[str, Any] = {name: frame(name, table) for name, table in tables.items()}
    return replace(kb, **checked)


def _incomplete(name: str, table: object) -> Iterable[Complaint]:
    """What `frame` would fill in silence: columns that a frame lacks."""
    expected = TABLES[name].names
    if not isinstance(table, pd.DataFrame):
        yield Complaint("This is no table", name, "a DataFrame", type(table).__name__)
    elif missing := [column for column in expected if column not in table]:
        columns = "columns" if len(missing) > 1 else "column"
        yield Complaint(f"The table lacks the {columns} {', '.join(missing)}", name, ", ".join(expected))


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    def value(cell: Any) -> Any:
        if isinstance(cell, tuple):
            return list(cell)
        return None if cell is pd.NA else cell

    return {str(name): value(cell) for name, cell in row.items()}


def advice_on(given: object) -> str:
    """What to do with what is no knowledge base: of a collection, which keeps its tables in an engine, a part is one.

    Example:
        >>> advice_on("a.txt")
        ''
    """
    part = "Of a collection take a part: collection.select(year=2022), or region=, unit=, document= …, is a knowledge base."
    return part if hasattr(type(given), "engine_tables") else ""
