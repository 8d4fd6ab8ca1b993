"""The tables of a knowledge base as Narwhals lazy frames, and the relations that several measures start from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from pairing_graph.graph import Source, as_knowledge_base

Frames = Mapping[str, nw.LazyFrame[Any]]


def lazy(tables: Mapping[str, Any]) -> dict[str, nw.LazyFrame[Any]]:
    """Native tables of any library that Narwhals knows as lazy frames; list columns are left out."""
    lists = {"documents": ["issuers", "addressees", "regions"], "units": ["aliases"], "tasks": ["leaders"]}
    frames = {name: nw.from_native(table).lazy() for name, table in tables.items()}
    return {name: frame.drop(lists.get(name, []), strict=False) for name, frame in frames.items()}


def frames_of(source: Source) -> dict[str, nw.LazyFrame[Any]]:
    """The tables of a knowledge base or graph as lazy frames."""
    return lazy(as_knowledge_base(source).tables)


def assigned(frames: Frames) -> nw.LazyFrame[Any]:
    """Assignments with what is known of their unit and task.

    Returns:
        task, unit, role, rank, region, collective, document, area.
    """
    units = frames["units"].select("unit", "region", "collective")
    tasks = frames["tasks"].select("task", "document", "area")
    rows = frames["assignments"].select("task", "unit", "role", "rank")
    return rows.join(units, on="unit", how="left").join(tasks, on="task", how="left")


def answerable(frames: Frames) -> nw.LazyFrame[Any]:
    """Who answers for a task: its leads (牵头), or where it has none its responsible units (责任); each pair once.

    Returns:
        task, unit, region, collective, document, area, rank (the foremost place in a cell).
    """
    rows = assigned(frames)
    leads = rows.filter(nw.col("role") == "lead")
    others = rows.filter(nw.col("role") == "responsible")
    led = leads.select("task").unique()
    answering = nw.concat([leads, others.join(led, on="task", how="anti")])
    keys = ["task", "unit", "region", "collective", "document", "area"]
    return answering.group_by(keys).agg(nw.col("rank").min())


def shares(answering: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """A task's load of 1 per region, split equally over that region's answerable units, and who stands first.

    Returns:
        The rows of `answerable` with share (in tasks) and first (whether no unit of the region stands before it).
    """
    cell = answering.group_by("task", "region").agg(
        nw.col("unit").n_unique().alias("size"), nw.col("rank").min().alias("foremost")
    )
    joined = answering.join(cell, on=["task", "region"], how="left")
    return joined.with_columns(
        share=1.0 / nw.col("size").cast(nw.Float64),
        first=nw.col("rank") == nw.col("foremost"),
    ).drop("size", "foremost")
