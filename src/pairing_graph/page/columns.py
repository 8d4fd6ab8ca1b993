"""Records as columns: a name is written once for all records, a value that comes again and again once in a table.

The page's `payload.js` makes the records of it again. A table is `{"count": …, "columns": {name: column}}`; a column is
one of

| column | value of its n-th record |
|---|---|
| `{"each": value}` | the value |
| `{"list": [...]}` | the n-th of the list |
| `{"table": [...], "at": [...]}` | that of the table at the n-th place |
| `{"records": {name: column}}` | a record of such columns |

and where not every record has the name also `runs`: the first of the records that have it in a row and how many they
are, then the first of the next ones, and so on.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

Column = dict[str, Any]
_WHOLE = 2.0**53
"""Beyond it JavaScript has no longer every whole number, and a float is written as it is."""
_FEW = 2
"""A table is tried where every value comes so often on average; with fewer the places take what it saves."""


def as_table(records: Sequence[Mapping[str, Any]], nested: Collection[str] = ()) -> dict[str, Any]:
    """Records as one table of columns.

    Args:
        records: The records, none of them with None for a value: what is missing is left out.
        nested: The names under which each record has a record of its own; that becomes a table in the same way.

    Example:
        >>> as_table([{"kind": "lead", "rank": 1}, {"kind": "lead"}])
        {'count': 2, 'columns': {'kind': {'each': 'lead'}, 'rank': {'runs': [0, 1], 'each': 1}}}
    """
    return {"count": len(records), "columns": _columns(records, nested)}


def _columns(records: Sequence[Mapping[str, Any]], nested: Collection[str] = ()) -> dict[str, Column]:
    rows: dict[str, list[int]] = {}
    values: dict[str, list[Any]] = {}
    for row, record in enumerate(records):
        for name, value in record.items():
            if name not in rows:
                rows[name], values[name] = [], []
            rows[name].append(row)
            values[name].append(value)
    return {
        name: _runs(rows[name], len(records))
        | ({"records": _columns(values[name])} if name in nested else as_column(values[name]))
        for name in rows
    }


def as_column(values: Sequence[Any]) -> Column:
    """Values as the shortest column.

    Example:
        >>> as_column(["lead", "lead"]), as_column([1.0, 2.5])
        ({'each': 'lead'}, {'list': [1, 2.5]})
    """
    short = [_short(value) if isinstance(value, float) else value for value in values]
    places: dict[Any, int] = {}
    table: list[Any] = []
    at: list[int] = []
    for value in short:
        place = places.setdefault(value if isinstance(value, str) else _written_key(value), len(table))
        if place == len(table):
            table.append(value)
        at.append(place)
    if len(table) == 1:
        return {"each": table[0]}
    if len(table) * _FEW <= len(short) and _length(table) + _length(at) < _length(short):
        return {"table": table, "at": at}
    return {"list": short}


def _short(value: float) -> float:
    """A whole number without the point, which JavaScript does not tell from one with it."""
    return int(value) if value.is_integer() and abs(value) < _WHOLE else value


def _written_key(value: Any) -> tuple[str]:
    """What two values that are no texts share if and only if they are written alike: True is not 1, "1" is not 1."""
    return (repr(value),)


def _length(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _runs(rows: Sequence[int], count: int) -> Column:
    if len(rows) == count:
        return {}
    runs: list[int] = []
    for row in rows:
        if runs and row == runs[-2] + runs[-1]:
            runs[-1] += 1
        else:
            runs += [row, 1]
    return {"runs": runs}


def packed(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The data of the page as the file holds them; `readPayload` in `payload.js` undoes it.

    Looks of edges and places of nodes are left out of the network: kinds and layouts have them.
    """
    facts, network = payload["facts"], payload["network"]
    nodes = [{name: value for name, value in node.items() if name not in ("id", "x", "y")} for node in network["nodes"]]
    ends = [{"from": edge["from"], "to": edge["to"]} for edge in network["edges"]]
    return {
        **payload,
        "format": 2,
        "network": {"nodes": as_table(nodes), "edges": as_table(ends)},
        "facts": {
            "nodes": as_table(facts["nodes"], ("data", "load")),
            "edges": as_table(facts["edges"], ("data",)),
        },
        "cells": as_table(payload["cells"]),
        "layouts": {name: _packed_layout(layout, network["nodes"]) for name, layout in payload["layouts"].items()},
    }


def _packed_layout(layout: Mapping[str, Any], nodes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    boxes = [_packed_box(box, node["label"]) for box, node in zip(layout["boxes"], nodes, strict=True)]
    return {**layout, "x": as_column(layout["x"]), "y": as_column(layout["y"]), "boxes": as_column(boxes)}


def _packed_box(box: Sequence[Any], label: str) -> Sequence[Any]:
    """A box with the lengths of its lines in characters, since its lines are its label."""
    if len(box) == 1 or "".join(box[1]) != label:
        return box
    return [box[0], list(map(len, box[1])), *box[2:]]
