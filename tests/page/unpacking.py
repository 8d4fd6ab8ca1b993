"""The page's columns as records again, written apart from the page's own script."""

from __future__ import annotations

from typing import Any


def values(column: dict[str, Any], count: int) -> list[Any]:
    if "records" in column:
        return records(column["records"], count)
    if "each" in column:
        return [column["each"]] * count
    return [column["table"][place] for place in column["at"]] if "at" in column else column["list"]


def records(columns: dict[str, Any], count: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{} for _ in range(count)]
    for name, column in columns.items():
        runs = column.get("runs", [0, count])
        pairs = zip(runs[::2], runs[1::2], strict=True)
        rows = [row for first, length in pairs for row in range(first, first + length)]
        for row, value in zip(rows, values(column, len(rows)), strict=True):
            found[row][name] = value
    return found


def table(given: dict[str, Any]) -> list[dict[str, Any]]:
    return records(given["columns"], given["count"])


def unpacked(payload: dict[str, Any]) -> dict[str, Any]:
    """The payload with its tables as records; the lines of boxes stay lengths."""
    parts = {part: {name: table(given) for name, given in payload[part].items()} for part in ("network", "facts")}
    return payload | parts | {"cells": table(payload["cells"])}
