"""A knowledge base checked against the declared tables: columns, types, keys, closed lists, references, addresses.

The check goes through plain columns, so that one notice of thousands needs no frame for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pairing_graph.base.errors import Complaint, NoticeError, SchemaError, some_of
from pairing_graph.base.reference import mapping
from pairing_graph.kb.address import check_addresses
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import DTYPES, REFERENCES, TABLES, Table

_MOST_SHOWN = 5
"""Values of one kind that a complaint lists: enough to find them, and a sentence still."""
_Columns = Mapping[str, Sequence[Any]]


def validate(kb: KnowledgeBase) -> KnowledgeBase:
    """Check a knowledge base against the declared tables and give it back.

    Raises:
        SchemaError: With every complaint: columns, types, keys, closed lists, references, addresses.
    """
    complaints = [complaint for declared in TABLES.values() for complaint in _wrong_columns(kb, declared)]
    if not complaints:
        columns = {name: kb.columns(name) for name in TABLES}
        complaints = [found for declared in TABLES.values() for found in _wrong_rows(declared, columns[declared.name])]
        complaints = complaints or list(_dangling(columns))
    if complaints:
        raise SchemaError(complaints)
    return kb


def _wrong_columns(kb: KnowledgeBase, declared: Table) -> Iterable[Complaint]:
    """Columns that are not the declared ones, or of another type; records have what `records` gave them."""
    rows = kb.held_frame(declared.name)
    if rows is None:
        return
    if list(rows.columns) != declared.names:
        got = ", ".join(map(str, rows.columns))
        yield Complaint("The columns are not those of the table", declared.name, ", ".join(declared.names), got)
        return
    for column, dtype in zip(declared.columns, rows.dtypes, strict=True):
        if dtype != DTYPES[column.kind]:
            yield Complaint(f"{column.name} is of the wrong type", declared.name, column.kind, str(dtype))


def _wrong_rows(declared: Table, columns: _Columns) -> Iterable[Complaint]:
    for column in declared.columns:
        strange = sorted(set(columns[column.name]) - set(column.values)) if column.values else ()
        if strange:
            yield Complaint(
                f"{column.name} holds unknown values", declared.name, ", ".join(column.values), str(strange)
            )
    doubled = _doubled_key(columns, declared.key)
    if doubled:
        yield Complaint("A key occurs twice", declared.name, "one row each", str(doubled))
    for addresses in columns.get("address", ()):
        try:
            check_addresses(addresses)
        except NoticeError as error:
            yield Complaint("An address does not parse", declared.name, "document!t1r7c4.2", str(error))


def _doubled_key(columns: _Columns, key: Sequence[str]) -> list[Any]:
    """The first key that is in several rows, empty where there is none."""
    seen: set[Any] = set()
    for parts in zip(*(columns[part] for part in key), strict=True):
        if parts in seen:
            return list(parts)
        seen.add(parts)
    return []


def _dangling(tables: Mapping[str, _Columns]) -> Iterable[Complaint]:
    known = {to: set(tables[f"{to}s"][to]) for to in ("document", "unit", "task")}
    for table, column, to in REFERENCES:
        strange = sorted(set(tables[table][column]) - known[to])
        if strange:
            yield Complaint(
                f"{column} names a {to} that is not there",
                table,
                f"a row in {to}s",
                some_of(list(map(repr, strange)), _MOST_SHOWN),
            )
    for table, declared in TABLES.items():
        if "address" in declared.names and table != "unread":  # unread also names files that could not be read
            yield from _placeless(table, tables[table], known["document"])
    reasons = mapping("reasons", "reason", "severity")
    for reason in sorted(set(tables["unread"]["reason"]) - set(reasons)):
        yield Complaint("reason holds an unknown value", "unread", "a reason of lexicon/reasons.csv", repr(reason))


def _placeless(table: str, columns: _Columns, documents: set[str]) -> Iterable[Complaint]:
    """Rows without an address; only a what-if scenario adds such."""
    addresses = columns["address"]
    scenarios = columns.get("scenario") or [""] * len(addresses)
    for position, (address, scenario) in enumerate(zip(addresses, scenarios, strict=True), 1):
        if not address.strip() and not scenario:
            yield Complaint("A row has no address", f"{table}, row {position}", "document!t1r7c4")
        for document in sorted({part.partition("!")[0] for part in address.split()} - documents):
            yield Complaint("An address names a document that is not there", table, "a row in documents", document)
