"""Find one number in a table of a measure: by the labels that an analyst types, or by the place of its row."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from numbers import Integral
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, UnknownNameError
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.lookup import find_task, find_unit

_UNITS = ("unit", "partner", "donor", "recipient", "node")
_PAIRS = (["unit", "partner"], ["donor", "recipient"])


def found_row(kb: KnowledgeBase, table: pd.DataFrame, row: Any, column: str) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The labels of a row, and its labels and cells by name.

    Args:
        kb: The knowledge base, which knows other names of units and tasks.
        table: What a measure gave.
        row: The label of the row, its labels as a tuple, or, where labels are doubled or numbers, its place.
        column: The column that is wanted.

    Raises:
        UnknownNameError: There is no such column or row, or more than one row.

    Example:
        >>> table = pd.DataFrame({"unit": ["a", "b"], "lead": [1, 2]}).set_index("unit")
        >>> found_row(KnowledgeBase(), table, "b", "lead")[0]
        ('b',)
    """
    if column not in table.columns:
        listed = ", ".join(map(str, table.columns))
        raise UnknownNameError(Complaint("The table has no such column", "column", listed, repr(column)))
    place = _place(kb, table, row)
    names = [str(name or "") for name in table.index.names]
    label = table.index[place]
    labels = tuple(label) if isinstance(label, tuple) else (label,)
    one = table.iloc[[place]].reset_index(drop=True)
    cells = {str(name): one[name].array[0] for name in table.columns}
    by_name = dict(zip(names, labels, strict=True)) | cells
    return _told_apart(table, labels, by_name), by_name


def _told_apart(table: pd.DataFrame, labels: tuple[Any, ...], row: dict[str, Any]) -> tuple[Any, ...]:
    """The labels of a row; where other rows have the same, its first cells too; a bare place as its first cells."""
    if table.index.names == [None]:
        return (*labels, *(str(row[str(name)]) for name in table.columns[:1]))
    if table.index.is_unique:
        return labels
    more = [row[str(name)] for name in table.columns if isinstance(row[str(name)], str) and row[str(name)]]
    return (*labels, *more)


def _place(kb: KnowledgeBase, table: pd.DataFrame, row: Any) -> int:
    """The place of the one row that is meant, from 0."""
    index = table.index
    if isinstance(row, str) and row.isdecimal() and (not index.is_unique or index.names == [None]):
        row = int(row)
    if isinstance(row, Integral) and (not index.is_unique or index.names == [None]):
        return _at(table, int(row))
    given = row if isinstance(row, tuple) else (row,)
    for labels in _readings(kb, [str(name or "") for name in index.names], given):
        found = _matching(table, labels)
        if len(found) == 1:
            return found[0]
        if found:
            what, advice = "More than one row has these labels", "Give its place, from 0, or more of its cells."
            raise UnknownNameError(Complaint(what, "row", "one", f"{len(found)} rows", advice))
    raise UnknownNameError(_no_such_row(table, row))


def _at(table: pd.DataFrame, place: int) -> int:
    """The place of a row that is called by a number: by its label, where rows are numbered, else by its place."""
    if table.index.names == [None] and table.index.is_unique and place in table.index:
        return int(table.index.get_loc(place))  # type: ignore[arg-type]
    if not 0 <= place < len(table):
        expected = f"0 to {len(table) - 1}" if len(table) else "a table with rows"
        raise UnknownNameError(Complaint("There is no such row", "row", expected, str(place)))
    return place


def _readings(kb: KnowledgeBase, names: list[str], given: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The labels as they were given; with units and tasks by their ids; and a pair the other way round."""
    yield given
    resolved = tuple(_id(kb, name, label) for name, label in zip(names, given, strict=False)) + given[len(names) :]
    if resolved != given:
        yield resolved
    if any(names[-2:] == pair for pair in _PAIRS) and len(given) == len(names):
        yield (*resolved[:-2], resolved[-1], resolved[-2])


def _id(kb: KnowledgeBase, name: str, label: Any) -> Any:
    finders = [find_unit] if name in _UNITS and isinstance(label, str) else []
    finders += [find_task] if name in ("task", "node") else []  # type: ignore[list-item]
    for find in finders:
        try:
            return find(kb, label)
        except UnknownNameError:
            continue
    return label


def _matching(table: pd.DataFrame, labels: tuple[Any, ...]) -> list[int]:
    """The places of the rows whose labels and then first cells are these."""
    depth = table.index.nlevels
    if len(labels) < depth or len(labels) > depth + len(table.columns):
        return []
    levels = [table.index.get_level_values(place) for place in range(depth)]
    columns = [*levels, *(table[name] for name in table.columns[: len(labels) - depth])]
    found = range(len(table))
    for column, label in zip(columns, labels, strict=False):
        values = list(column)
        found = [place for place in found if _same(values[place], label)]  # type: ignore[assignment]
    return list(found)


def _same(value: Any, label: Any) -> bool:
    return value is not pd.NA and str(value) == str(label)


def _no_such_row(table: pd.DataFrame, row: Any) -> Complaint:
    listed = [", ".join(map(str, label)) if isinstance(label, tuple) else str(label) for label in table.index]
    names = ", ".join(str(name or "the number of the row") for name in table.index.names)
    asked = ", ".join(map(str, row)) if isinstance(row, tuple) else str(row)
    near = difflib.get_close_matches(asked, list(dict.fromkeys(listed)), n=3, cutoff=0.5)
    advice = f"Did you mean {' or '.join(near)}?" if near else "The index of the table lists what there is."
    return Complaint("The table has no such row", "row", names, asked, advice)
