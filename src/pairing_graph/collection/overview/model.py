"""What the overview of a collection says, before any markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pairing_graph.collection.index import Index
from pairing_graph.collection.leading import regions_and_lines
from pairing_graph.collection.review import review_queue
from pairing_graph.collection.selecting import Part, part_of_folder
from pairing_graph.measures.engines import HasTables

MOST_REGIONS = 60
"""Rows of regions: two screens of a laptop; the measure itself has all of them."""
MOST_LINES = 24
"""Columns of lines: as many as a screen of 1,440 pixels holds beside the names."""
MOST_DOUBTS = 30
MOST_NOTICES = 300
MOST_FAILURES = 30
SHADES = 5
"""Steps of colour; the number is printed as well, so that colour is never the only sign."""


@dataclass(frozen=True)
class Heat:
    """Regions by lines: how many tasks a line answers for.

    Attributes:
        lines: The lines, that with the most tasks first.
        rows: For each region its name and its cells: the number and the shade, 0 for none.
        regions: Regions in all.
        all_lines: Lines in all.
    """

    lines: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    regions: int
    all_lines: int


@dataclass(frozen=True)
class Overview:
    """All that the page shows.

    Attributes:
        totals: What there is of each: notices, files, failures, regions, units, tasks, assignments, pairings.
        leader: The line that answers for most tasks in most regions, those regions and all; None where no line is known.
        heat: Regions by lines.
        years: For each year of issue (0 unknown): notices, tasks, assignments, pairings; read without doubt, with doubts,
            with losses.
        doubts: The first rows of the queue of doubts.
        all_doubts: How many there are.
        notices: The notices, those first on whose doubts most depends.
        failures: Files that could not be read, with the sentence.
    """

    totals: Mapping[str, int]
    leader: tuple[str, int, int] | None
    heat: Heat
    years: tuple[Mapping[str, int], ...]
    doubts: tuple[Mapping[str, Any], ...]
    all_doubts: int
    notices: tuple[Mapping[str, Any], ...]
    failures: tuple[tuple[str, str], ...]


def overview_of(folder: Path, collection: HasTables, lang: Any) -> Overview:
    """The overview of a collection.

    Args:
        folder: Its folder.
        collection: The collection, as measures take it.
        lang: The language of what doubts mean.
    """
    part = part_of_folder(folder)
    with Index(folder) as index:
        counts, failures = index.counts(), index.failures()
    queue = review_queue(folder, MOST_NOTICES, lang)
    rows, lines = regions_and_lines(collection)
    leader = [(str(line), int(number)) for line, number in lines["leads_most"].head(1).items()]
    regions = int(lines.attrs["regions"])
    return Overview(
        totals={**counts, **_totals(part)},
        leader=(*leader[0], regions) if leader and regions > 1 else None,
        heat=_heat(rows, list(lines.sort_values("tasks", ascending=False).index)),
        years=tuple(_years(part)),
        doubts=tuple(_records(queue[queue["document"] != ""].head(MOST_DOUBTS))),
        all_doubts=int(queue.attrs["doubts"]) - len(failures),
        notices=tuple(_notices(part, queue)),
        failures=tuple(failures[:MOST_FAILURES]),
    )


def _totals(part: Part) -> dict[str, int]:
    found = dict.fromkeys(("tasks", "assignments", "pairings"), 0)
    for table in found:
        rows = part.rows(table)
        found[table] = part.records(f"SELECT count(*) AS n FROM ({rows})")[0]["n"] if rows else 0
    units = part.rows("units")
    query = f"""SELECT count(DISTINCT unit) AS units, count(DISTINCT region) FILTER (region <> '') AS regions
        FROM ({units}) WHERE NOT collective"""
    return found | (part.records(query)[0] if units else {"units": 0, "regions": 0})


def _heat(rows: pd.DataFrame, lines: Sequence[str]) -> Heat:
    """The heaviest regions and lines; shades by the square root, so that a capital does not leave the rest pale."""
    table = rows.reset_index()
    size = table.groupby("region")["tasks_of_region"].first()
    regions = list(size.reset_index().sort_values(["tasks_of_region", "region"], ascending=[False, True])["region"])
    chosen, shown = regions[:MOST_REGIONS], tuple(lines[:MOST_LINES])
    named = zip(table["region"], table["line"], table["tasks"], strict=True)
    counts = {(region, line): int(tasks) for region, line, tasks in named}
    largest = max(counts.values(), default=1)
    cells = tuple(
        (region, tuple(_shaded(counts.get((region, line), 0), largest) for line in shown)) for region in chosen
    )
    return Heat(shown, cells, len(regions), len(lines))


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _shaded(number: int, largest: int) -> tuple[int, int]:
    """A number with its shade.

    Example:
        >>> _shaded(0, 25), _shaded(1, 25), _shaded(25, 25)
        ((0, 0), (1, 1), (25, 5))
    """
    return number, max(1, round(SHADES * (number / largest) ** 0.5)) if number else 0


def _years(part: Part) -> list[dict[str, int]]:
    documents, unread = part.rows("documents"), part.rows("unread")
    if not documents:
        return []
    joined = "".join(
        f" LEFT JOIN (SELECT document_code, count(*) AS {name} FROM ({rows}) GROUP BY document_code) "
        f"{name}_of USING (document_code)"
        for name in ("tasks", "assignments", "pairings")
        if (rows := part.rows(name))
    )
    sums = ", ".join(
        f"CAST(sum(coalesce({name}, 0)) AS BIGINT) AS {name}" if part.rows(name) else f"0 AS {name}"
        for name in ("tasks", "assignments", "pairings")
    )
    graver = (
        f"SELECT document_code, max(CASE severity WHEN 'loss' THEN 2 WHEN 'doubt' THEN 1 ELSE 0 END) AS worst "
        f"FROM ({unread}) GROUP BY document_code"
        if unread
        else "SELECT NULL::BIGINT AS document_code, 0 AS worst WHERE false"
    )
    query = f"""SELECT year, count(*) AS notices, {sums}, count(*) FILTER (coalesce(worst, 0) = 0) AS clean,
        count(*) FILTER (worst = 1) AS doubtful, count(*) FILTER (worst = 2) AS lossy
        FROM ({documents}) d {joined} LEFT JOIN ({graver}) w USING (document_code) GROUP BY year ORDER BY year"""
    return part.records(query)


def _notices(part: Part, queue: pd.DataFrame) -> list[dict[str, Any]]:
    documents, tasks = part.rows("documents"), part.rows("tasks")
    if not documents:
        return []
    counted = f"(SELECT document_code, count(*) AS tasks FROM ({tasks}) GROUP BY document_code)" if tasks else ""
    joined = f"LEFT JOIN {counted} t USING (document_code)" if counted else ""
    number = "coalesce(t.tasks, 0)" if counted else "0"
    weight = queue.astype({"priority": "int64"}).groupby("document")["priority"].sum()
    times = queue.groupby("document").size()
    part.engine.register(
        "weights", pd.DataFrame({"document": weight.index.astype(object), "weight": weight.to_numpy()})
    )
    query = f"""SELECT d.document_code, d.document, d.title, d.date, d.regions, d.file, {number} AS tasks,
        coalesce(w.weight, 0) AS weight FROM ({documents}) d {joined} LEFT JOIN weights w ON w.document = d.document
        ORDER BY weight DESC, d.document_code LIMIT {MOST_NOTICES}"""
    return [{**row, "doubts": int(times.get(row["document"], 0))} for row in part.records(query)]
