"""The eight tables, each column declared once: name, type, meaning. The knowledge base is these and nothing else.

The lists of a few columns (issuers, regions, aliases …) are tuples of strings in the frames, arrays in JSON.
Text that is not there is an empty string; a number that is not there is NA.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import pandas as pd

from pairing_graph.base.errors import Complaint, SchemaError
from pairing_graph.kb.address import Address
from pairing_graph.kb.document import Source
from pairing_graph.kb.held import Held
from pairing_graph.kb.part import Part

Kind = Literal["text", "integer", "number", "flag", "list"]
Names = str | Iterable[str]
"""One name or several."""
DTYPES: dict[Kind, Any] = {
    "text": pd.StringDtype("python"),
    "integer": pd.Int64Dtype(),
    "number": pd.Float64Dtype(),
    "flag": pd.BooleanDtype(),
    "list": "object",
}
_NOTHING: Mapping[Kind, Any] = MappingProxyType({"text": "", "flag": False})
"""What stands for a missing value; a missing number is NA."""
ROLES = ("lead", "responsible", "support", "guide")
COMPARATORS = (">=", "<=", "=", "~", "range")
BASES = ("header", "sentence", "unknown")
SEVERITIES = ("info", "doubt", "loss")
TOWNSHIP_LEVEL = ("subdistrict", "town", "township")
KINDS = (
    "department",
    "party_organ",
    "institution",
    "management_committee",
    *TOWNSHIP_LEVEL,
    "region",
    "enterprise",
    "school",
    "hospital",
    "collective",
    "other",
)


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        name: Its name in the frame.
        kind: text, integer, number, flag or list.
        meaning: What it holds.
        values: The closed list of its values, empty where it is open.
    """

    name: str
    kind: Kind
    meaning: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table of the knowledge base.

    Attributes:
        name: Its name.
        row: What one row represents.
        key: The columns that tell rows apart; empty where rows may repeat.
        columns: Its columns, in order.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.columns]


_ADDRESS = Column("address", "text", "address of the fact; several are joined by a blank")
_DOCUMENT = Column("document", "text", "id of the notice: its official number (文号), else the file's stem")
_INHERITED = Column("inherited_from", "text", "the cell that supplied a blank (merged) one, else empty")
_SCENARIO = Column("scenario", "text", "the what-if scenario that changed the row, else empty")

_TABLES = (
    Table(
        "documents",
        "notice (通知)",
        ("document",),
        (
            _DOCUMENT,
            Column("title", "text", "title (标题), its lines joined"),
            Column("number", "text", "official number (文号) as printed, else empty"),
            Column("issuers", "list", "who issued it (发文机关)"),
            Column("addressees", "list", "to whom it is addressed (主送机关), as written"),
            Column("date", "text", "date of issue (成文日期), ISO 8601"),
            Column("regions", "list", "the regions whose units it names, as the title lists them"),
            Column(
                "region_codes", "list", "their codes (GB/T 2260) at its date, in the same order; empty where unknown"
            ),
            Column("scheme", "text", "the programme it belongs to (对口协同, 东西部协作 …)"),
            Column("layout", "text", "the layouts recognised in it, joined by +"),
            Column("file", "text", "name of the file"),
            Column("sha256", "text", "checksum of the file's bytes"),
        ),
    ),
    Table(
        "units",
        "unit (单位)",
        ("unit",),
        (
            Column("unit", "text", "full name, region and name merged as people write them"),
            Column("name", "text", "short form, as the units of its region call it"),
            Column("region", "text", "its region, empty where the text does not tell"),
            Column(
                "region_code",
                "text",
                "code of the region (GB/T 2260, nine digits for a township) at the date of the notice, empty where unknown",
            ),
            Column("kind", "text", "what sort of body it is", KINDS),
            Column("line", "text", "functional line (条线), empty where the reviewed table has none"),
            Column("collective", "flag", "whether it covers many units (各乡镇, 县级各部门)"),
            Column("aliases", "list", "other forms of the name that look-ups accept"),
        ),
    ),
    Table(
        "tasks",
        "task (任务)",
        ("task",),
        (
            Column("task", "text", "id: document#k, k its place among the document's tasks"),
            _DOCUMENT,
            Column(
                "number", "integer", "the printed number; filled in only where its neighbours leave one possibility"
            ),
            Column("area", "text", "its area (事项, 类别), else empty"),
            Column("text", "text", "the words of the task, without its number"),
            Column("label", "text", "its first clause, for figures"),
            Column("leaders", "list", "persons in charge (责任领导)"),
            Column("deadline", "text", "deadline (完成时限) as written"),
            _ADDRESS,
        ),
    ),
    Table(
        "assignments",
        "task x unit x role",
        ("task", "unit", "role", "address"),
        (
            Column("task", "text", "the task"),
            Column("unit", "text", "the unit"),
            Column("role", "text", "lead (牵头), responsible (责任), support (配合) or guide (指导)", ROLES),
            Column("rank", "integer", "place in the cell, from 1"),
            Column("as_written", "text", "the name as written, bracket included"),
            Column("qualifier", "text", "the bracket behind the name, relation unspecified"),
            _INHERITED,
            _SCENARIO,
            _ADDRESS,
        ),
    ),
    Table(
        "pairings",
        "donor x recipient",
        ("document", "donor", "recipient", "address"),
        (
            _DOCUMENT,
            Column("number", "integer", "the printed number of the row"),
            Column("donor", "text", "the helping unit (帮扶方)"),
            Column("recipient", "text", "the helped unit (受帮扶方)"),
            Column("donor_as_written", "text", "the donor's name as written"),
            Column("recipient_as_written", "text", "the recipient's name as written"),
            Column("donor_qualifier", "text", "the bracket behind the donor's name"),
            Column("recipient_qualifier", "text", "the bracket behind the recipient's name"),
            Column("direction_basis", "text", "what tells who helps whom; unknown means left helps right", BASES),
            _INHERITED,
            Column("remark", "text", "remark (备注)"),
            _SCENARIO,
            _ADDRESS,
        ),
    ),
    Table(
        "targets",
        "quantified target (量化目标)",
        (),
        (
            Column("task", "text", "the task; its targets are counted document#3/1, document#3/2 in the graph"),
            Column("metric", "text", "what is counted or measured, in the words of the text"),
            Column("comparator", "text", ">= 以上, <= 以内, = none, ~ 左右, range 3—5", COMPARATORS),
            Column("value", "number", "the number as written (5000 in 5000万元)"),
            Column("value_max", "number", "the upper end of a range"),
            Column(
                "quantity_unit",
                "text",
                "the unit as written (万元, 人次); % for 一半, 番 for doublings (翻两番: 2 番, fourfold)",
            ),
            Column("aspirational", "flag", "力争, 争取: aimed at, not promised"),
            Column("as_written", "text", "the words of the quantity"),
            _ADDRESS,
        ),
    ),
    Table(
        "results",
        "reported progress (进展)",
        (),
        (
            Column("task", "text", "the task"),
            Column("as_of", "text", "the day it is reported for, ISO 8601"),
            Column("value", "number", "the number as written"),
            Column("quantity_unit", "text", "the unit as written"),
            Column("as_written", "text", "the words of the report"),
            _ADDRESS,
        ),
    ),
    Table(
        "unread",
        "thing that is not in a table",
        (),
        (
            _DOCUMENT,
            Column("severity", "text", "info, doubt or loss", SEVERITIES),
            Column("reason", "text", "one of the reasons in lexicon/reasons.csv"),
            Column("text", "text", "the words concerned"),
            _ADDRESS,
        ),
    ),
)
TABLES: Mapping[str, Table] = {table.name: table for table in _TABLES}
REFERENCES = (
    ("tasks", "document", "document"),
    ("assignments", "task", "task"),
    ("assignments", "unit", "unit"),
    ("pairings", "document", "document"),
    ("pairings", "donor", "unit"),
    ("pairings", "recipient", "unit"),
    ("targets", "task", "task"),
    ("results", "task", "task"),
)
"""Columns that name a row of another table: table, column, and what it names."""


def frame(table: str, rows: Iterable[Mapping[str, Any]] | pd.DataFrame = ()) -> pd.DataFrame:
    """A frame of a table out of records; columns that a record leaves out are empty, False or NA.

    Raises:
        SchemaError: A record has a column that the table does not declare, or a value of the wrong type.

    Example:
        >>> frame("results").columns.tolist()
        ['task', 'as_of', 'value', 'quantity_unit', 'as_written', 'address']
    """
    return frame_of_columns(table, *_columns_of(rows))


def frame_of_columns(table: str, given: Mapping[str, Any], count: int) -> pd.DataFrame:
    """A frame of a table out of columns; those that are not given are empty, False or NA.

    Args:
        table: The table.
        given: Column → its values, in an array.
        count: The number of rows.

    Raises:
        SchemaError: As in `frame`.
    """
    declared = TABLES[table]
    strangers = [str(name) for name in given if name not in declared.names]
    if strangers:
        raise SchemaError(
            Complaint(f"The table {table} has no column {', '.join(strangers)}", expected=", ".join(declared.names))
        )
    nothing = np.full(count, None, dtype=object)
    columns = {column.name: _typed(table, column, given.get(column.name, nothing)) for column in declared.columns}
    return pd.DataFrame(columns)


def _columns_of(rows: Iterable[Mapping[str, Any]] | pd.DataFrame) -> tuple[dict[str, Any], int]:
    """What is given for each column, and the number of rows; a frame of records would guess types first, and slowly."""
    if isinstance(rows, pd.DataFrame):
        return {name: rows[name].array for name in rows.columns}, len(rows)
    held = list(rows)
    names = dict.fromkeys(name for row in held for name in row)
    return {name: objects([row.get(name) for row in held]) for name in names}, len(held)


def objects(values: Sequence[Any]) -> Any:
    """Values as an array of objects, whatever they are."""
    return np.fromiter(values, dtype=object, count=len(values))


def _typed(table: str, column: Column, values: Any) -> Any:
    """The values of a column as its type has them: a text that is missing is empty, a missing flag False."""
    if column.kind == "list":
        return pd.Series([_listed(table, column, value) for value in values], dtype="object")
    try:
        typed = pd.array(values, dtype=DTYPES[column.kind])
    except (TypeError, ValueError) as error:
        raise SchemaError(
            Complaint(
                f"The column {column.name} of {table} holds what it may not", expected=column.kind, got=str(error)
            )
        ) from error
    if column.kind in _NOTHING:
        missing = typed.isna()
        if missing.any():
            typed[missing] = _NOTHING[column.kind]
    return typed


def _listed(table: str, column: Column, value: Any) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(value)
    if value is None or value is pd.NA or value == "" or value != value:
        return ()
    what = f"The column {column.name} of {table} holds what it may not"
    raise SchemaError(Complaint(what, expected="a list of texts, such as ('甲', '乙')", got=repr(value)))


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


def plain_columns(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """The columns of a frame as lists, what is missing as None."""
    found = {str(name): rows[name].tolist() for name in rows.columns}
    return {name: [None if value is pd.NA else value for value in values] for name, values in found.items()}


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


def ordered(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in an order that depends on nothing but what they hold.

    Example:
        >>> ordered("results", frame("results", [{"task": "b"}, {"task": "a"}]))["task"].tolist()
        ['a', 'b']
    """
    declared = TABLES[table]
    first = [name for name in declared.key if name in rows]
    names = first + [name for name in declared.names if name not in first]
    keys = pd.DataFrame({name: rows[name].map(repr) for name in names})
    return rows.loc[keys.sort_values(names, kind="stable").index].reset_index(drop=True)


def advice_on(given: object) -> str:
    """What to do with what is no knowledge base: of a collection, which keeps its tables in an engine, a part is one.

    Example:
        >>> advice_on("a.txt")
        ''
    """
    part = "Of a collection take a part: collection.select(year=2022), or region=, unit=, document= …, is a knowledge base."
    return part if hasattr(type(given), "engine_tables") else ""


def task_id(document: str, count: int) -> str:
    """The id of a document's k-th task.

    Example:
        >>> task_id("notice", 3)
        'notice#3'
    """
    return f"{document}#{count}"


def document_of(address: str) -> str:
    """The document that an address (or the first of several) lies in.

    Example:
        >>> document_of("notice!t1r2 notice!t1r3")
        'notice'
    """
    return Address.parse(address.split()[0]).document if address.strip() else ""
