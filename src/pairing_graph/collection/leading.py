"""Lines compared over counties: which functional line (条线) answers for most, in how many counties, and with whom."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Literal, get_args

import narwhals as nw
import pandas as pd

from pairing_graph.base.errors import refuse_split
from pairing_graph.graph import as_knowledge_base
from pairing_graph.measures.engines import AnySource, Needed, engine_of
from pairing_graph.measures.relations import Frames, answerable, frames_of

NEEDED: Needed = MappingProxyType(
    {
        "units": ("unit", "region", "line", "collective"),
        "tasks": ("task", "document", "area", "text"),
        "assignments": ("task", "unit", "role", "rank"),
    }
)
By = Literal["region"]
MOST_COMPANIONS = 3
"""Lines that are named as the commonest companions of a line: as many as a sentence lists."""
_ROWS = ["line", "region", "tasks", "tasks_of_region", "share", "leads_most"]
_LINES = ["regions", "share_of_regions", "tasks", "leads_most", "share_leading_most", "with_lines", "with_tasks"]


def leading_lines(source: AnySource, *, topic: str = "", by: By | None = None) -> pd.DataFrame:
    """Which lines answer for most in how many counties: `topic="招商"` asks who leads that in most counties.

    A line answers for a task in a region where a unit of the region and line does: as lead, or, where the task has no
    lead, as responsible. Units without a line, without a region and collectives are left out; `attrs` counts the tasks
    that have no unit with a line. Counts of our own.

    Args:
        source: A collection, a knowledge base or its graph, or tables of another library.
        topic: Only tasks whose area or words contain it; all where it is empty.
        by: `region` gives the rows behind the lines: one per line and region.

    Returns:
        A frame indexed by line, the line that leads in most regions first:

        | column | holds or counts |
        |---|---|
        | regions | regions r in which it answers for a task |
        | share_of_regions | r / R, R the regions with any such task |
        | tasks | distinct tasks that it answers for, of all regions |
        | leads_most | regions m in which no line answers for more tasks than it; ties count for each |
        | share_leading_most | m / R |
        | with_lines | up to 3 other lines that answer for most tasks together with it, of any region (a tuple) |
        | with_tasks | how many tasks each of these (a tuple) |

        With `by="region"` indexed by line and region: tasks, tasks_of_region (distinct tasks of the region that any line
        answers for), share, leads_most; `regions` and `leads_most` above are the counts of these rows.

        What it does not say: who works on it most. A notice of many small tasks counts more than one of few large ones.

    Raises:
        UnknownNameError: `by` is none of these.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> table = leading_lines(read_notice("data/raw/wuxi-yuzhong-2022.txt"), topic="招商")
        >>> table[["regions", "leads_most"]].head(1).to_dict("index")
        {'发展改革': {'regions': 2, 'leads_most': 1}}
    """
    if by is not None:
        refuse_split("Lines cannot be split by that", by, get_args(By))
    return regions_and_lines(source, topic)[0 if by else 1]


def regions_and_lines(source: AnySource, topic: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables of `leading_lines`: that by region and that of the lines."""
    engine = engine_of(source, NEEDED)
    frames: Frames = engine.frames if engine else frames_of(as_knowledge_base(source))
    answers, without = _answers(frames, topic, computed="pandas" if engine is None else "pyarrow")
    rows = _by_region(answers)
    attrs: dict[Any, Any] = {"topic": topic, "regions": int(rows["region"].nunique()), "tasks_without_line": without}
    table = _by_line(rows, answers)
    rows = rows.sort_values(["line", "tasks", "region"], ascending=[True, False, True], kind="stable")
    rows = rows.set_index(["line", "region"])
    rows.attrs, table.attrs = dict(attrs), dict(attrs)
    return rows, table


def _answers(frames: Frames, topic: str, computed: Literal["pandas", "pyarrow"]) -> tuple[nw.LazyFrame[Any], int]:
    """Task, region and line, each once; and how many tasks asked for have no unit with a line."""
    tasks = frames["tasks"].select("task", "area", "text")
    if topic:
        tasks = tasks.filter(
            nw.col("area").str.contains(topic, literal=True) | nw.col("text").str.contains(topic, literal=True)
        )
    units = frames["units"].select("unit", "region", "line", "collective")
    units = units.filter(~nw.col("collective") & (nw.col("line") != "") & (nw.col("region") != ""))
    answering = answerable(frames).select("task", "unit").join(tasks.select("task"), on="task", how="semi")
    rows = answering.join(units.select("unit", "region", "line"), on="unit", how="inner")
    asked = _collected(answering.select("task").unique().select(nw.len().alias("n")))["n"].iloc[0]
    once = rows.select("task", "region", "line").unique().collect(backend=computed)  # Used five times below.
    return once.lazy(backend="duckdb") if computed == "pyarrow" else once.lazy(), int(asked) - int(
        once["task"].n_unique() if len(once) else 0
    )


def _by_region(answers: nw.LazyFrame[Any]) -> pd.DataFrame:
    rows = _collected(answers.group_by("line", "region").agg(nw.len().alias("tasks")))
    whole = answers.select("task", "region").unique().group_by("region").agg(nw.len().alias("tasks_of_region"))
    rows = rows.merge(_collected(whole), on="region", how="left")
    rows["share"] = rows["tasks"] / rows["tasks_of_region"]
    rows["leads_most"] = rows["tasks"] == rows.groupby("region")["tasks"].transform("max")
    return rows.reindex(columns=_ROWS).astype({"tasks": "int64", "tasks_of_region": "int64", "leads_most": "bool"})


def _by_line(rows: pd.DataFrame, answers: nw.LazyFrame[Any]) -> pd.DataFrame:
    regions = rows["region"].nunique()
    distinct = answers.select("task", "line").unique()
    table = rows.groupby("line").agg(regions=("region", "size"), leads_most=("leads_most", "sum"))
    tasks = _collected(distinct.group_by("line").agg(nw.len().alias("tasks")))
    table = table.join(tasks.set_index("line")["tasks"])
    table["share_of_regions"] = table["regions"] / regions if regions else 0.0
    table["share_leading_most"] = table["leads_most"] / regions if regions else 0.0
    companions = _companions(distinct)
    table["with_lines"] = pd.Series(
        [tuple(n for n, _ in companions.get(i, ())) for i in table.index], table.index, "object"
    )
    table["with_tasks"] = pd.Series(
        [tuple(c for _, c in companions.get(i, ())) for i in table.index], table.index, "object"
    )
    table = table.reset_index().sort_values(
        ["leads_most", "regions", "tasks", "line"], ascending=[False, False, False, True], kind="stable"
    )
    return table.set_index("line")[_LINES].astype({"regions": "int64", "tasks": "int64", "leads_most": "int64"})


def _companions(distinct: nw.LazyFrame[Any]) -> dict[str, list[tuple[str, int]]]:
    """The lines with which each line answers for most tasks; a task has a few lines, however many units it has."""
    pairs = distinct.join(distinct.select("task", nw.col("line").alias("other")), on="task", how="inner")
    pairs = pairs.filter(nw.col("line") != nw.col("other")).group_by("line", "other").agg(nw.len().alias("tasks"))
    table = _collected(pairs).sort_values(["line", "tasks", "other"], ascending=[True, False, True], kind="stable")
    found: dict[str, list[tuple[str, int]]] = {}
    for line, other, tasks in table[["line", "other", "tasks"]].itertuples(index=False):
        if len(found.setdefault(line, [])) < MOST_COMPANIONS:
            found[line].append((other, int(tasks)))
    return found


def _collected(rows: nw.LazyFrame[Any]) -> pd.DataFrame:
    table: pd.DataFrame = rows.collect(backend="pandas").to_native()
    names = [name for name in ("line", "region", "other") if name in table]
    for name in names:
        table[name] = table[name].astype(pd.StringDtype("python"))
    return table
