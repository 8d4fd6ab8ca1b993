"""The eight tables, each column declared once: name, type, meaning. The knowledge base is these and nothing else.

The lists of a few columns (issuers, regions, aliases …) are tuples of strings in the frames, arrays in JSON.
Text that is not there is an empty string; a number that is not there is NA.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

Kind = Literal["text", "integer", "number", "flag", "list"]
DTYPES: dict[Kind, Any] = {
    "text": pd.StringDtype("python"),
    "integer": pd.Int64Dtype(),
    "number": pd.Float64Dtype(),
    "flag": pd.BooleanDtype(),
    "list": "object",
}
ROLES = ("lead", "responsible", "support", "guide")
COMPARATORS = (">=", "<=", "=", "~", "range")
BASES = ("header", "sentence", "unknown")
SEVERITIES = ("info", "doubt", "loss")
DEPARTMENT_KINDS = ("department", "party_organ", "institution")
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
