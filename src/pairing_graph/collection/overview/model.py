"""What the overview of a collection says, before any markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pairing_graph.collection.index import Index
from pairing_graph.collection.leading import regions_and_lines
from pairing_graph.collection.overview.failures import without_folders
from pairing_graph.collection.review import review_queue
from pairing_graph.collection.selecting import Part, part_of_folder
from pairing_graph.measures.engines import HasTables

MOST_REGIONS = 40
"""Rows of regions: a screen and a half of a laptop; the measure itself has all of them."""
MOST_LINES = 24
"""Columns of lines: as many as a screen of 1,440 pixels holds beside the names."""
MOST_LEADERS = 8
"""Lines whose bars are shown at first: the ones behind, which can be unfolded, have a few regions each."""
MOST_DOUBTS = 30
MOST_WEIGHED = 300
"""Doubts of which the rows that depend on them are counted, so that their notices come first."""
MOST_NOTICES = 40
"""Notices in the list as it opens; the others are found by searching, or unfolded."""
MOST_LISTED = 20_000
"""Notices that the page knows: two megabytes of titles, which a browser searches at once."""
MOST_FAILURES = 500
"""Failed files that are listed, by reason."""
SHADES = 5
"""Steps of colour; the number is printed as well, so that colour is never the only sign."""


@dataclass(frozen=True)
class Cell:
    """What a line answers for in a region.

    Attributes:
        tasks: How many tasks.
        per_notice: As many for each notice that names a unit of the region.
        shade: The shade of the number for each notice, 0 for none.
        shade_of_all: The shade of the whole number.
    """

    tasks: int
    per_notice: float
    shade: int
    shade_of_all: int


@dataclass(frozen=True)
class HeatRow:
    """A region: its name, the notices that assign tasks to its units, and a cell for each line."""

    region: str
    notices: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Heat:
    """Regions by lines: how many tasks a line answers for.

    Attributes:
        lines: The lines, that with the most tasks first.
        rows: The regions, that with the most tasks first.
        regions: Regions in all.
        all_lines: Lines in all.
    """

    lines: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    regions: int
    all_lines: int


@dataclass(frozen=True)
class Overview:
    """All that the page shows.

    Attributes:
        totals: What there is of each: notices, files, failures, regions, units, tasks, assignments, pairings; regions
            with a task that a line answers for (tasked).
        leaders: The lines, that first which answers for most tasks in most regions: the line, in how many regions it does, in how many
            it answers for any, and its tasks.
        heat: Regions by lines.
        years: For each year of issue (0 unknown): notices, tasks, assignments, pairings; read without doubt, with doubts,
            with losses.
        doubts: The first rows of the queue of doubts.
        all_doubts: How many there are.
        notices: The notices, those first on whose doubts most depends.
        failures: Files that could not be read, by name and folder, with the sentence.
    """

    totals: Mapping[str, int]
    leaders: tuple[tuple[str, int, int, int], ...]
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
    queue = review_queue(folder, MOST_WEIGHED, lang)
    rows, lines = regions_and_lines(collection)
    leading = lines.reset_index()[["line", "leads_most", "regions", "tasks"]]
    by_tasks = list(lines.reset_index().sort_values(["tasks", "line"], ascending=[False, True])["line"])
    return Overview(
        totals={**counts, **_totals(part), "tasked": int(lines.attrs["regions"])},
        leaders=tuple(
            (str(line), int(most), int(regions), int(tasks))
            for line, most, regions, tasks in leading.itertuples(index=False)
        ),
        heat=_heat(rows, by_tasks, _notices_of_regions(part)),
        years=tuple(_years(part)),
        doubts=tuple(_records(queue[queue["document"] != ""].head(MOST_DOUBTS))),
        all_doubts=int(queue.attrs["doubts"]) - len(failures),
        notices=tuple(_notices(part, queue)),
        failures=without_folders(failures[:MOST_FAILURES]),
    )


def _notices_of_regions(part: Part) -> dict[str, int]:
    """How many notices assign tasks to units of each region."""
    units, assignments = part.rows("units"), part.rows("assignments")
    if not units or not assignments:
        return {}
    query = f"""SELECT region, count(DISTINCT document_code) AS n FROM ({units}) SEMI JOIN ({assignments})
        USING (document_code, unit) WHERE region <> '' AND NOT collective GROUP BY region"""
    return {row["region"]: row["n"] for row in part.records(query)}


def _totals(part: Part) -> dict[str, int]:
    found = dict.fromkeys(("tasks", "assignments", "pairings"), 0)
    for table in found:
        rows = part.rows(table)
        found[table] = part.records(f"SELECT count(*) AS n FROM ({rows})")[0]["n"] if rows else 0
    units = part.rows("units")
    query = f"""SELECT count(DISTINCT unit) AS units, count(DISTINCT region) FILTER (region <> '') AS regions
        FROM ({units}) WHERE NOT collective"""
    return found | (part.records(query)[0] if units else {"units": 0, "regions": 0})


def _heat(rows: pd.DataFrame, lines: Sequence[str], notices: Mapping[str, int]) -> Heat:
    """The heaviest regions and lines."""
    table = rows.reset_index()
    size = table.groupby("region")["tasks_of_region"].first()
    regions = list(size.reset_index().sort_values(["tasks_of_region", "region"], ascending=[False, True])["region"])
    chosen, shown = regions[:MOST_REGIONS], tuple(lines[:MOST_LINES])
    named = zip(table["region"], table["line"], table["tasks"], strict=True)
    counts = {(region, line): int(tasks) for region, line, tasks in named if region in set(chosen)}
    each = {place: number / notices.get(place[0], 1) for place, number in counts.items()}
    most, most_each = max(counts.values(), default=1), max(each.values(), default=1.0)
    found = tuple(
        HeatRow(
            region,
            notices.get(region, 1),
            tuple(_cell(counts, each, (region, line), most, most_each) for line in shown),
        )
        for region in chosen
    )
    return Heat(shown, found, len(regions), len(lines))


def _cell(
    counts: Mapping[tuple[str, str], int],
    each: Mapping[tuple[str, str], float],
    place: tuple[str, str],
    most: int,
    most_each: float,
) -> Cell:
    tasks, per_notice = counts.get(place, 0), each.get(place, 0.0)
    return Cell(tasks, per_notice, _shade(per_notice, most_each), _shade(tasks, most))


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _shade(number: float, largest: float) -> int:
    """The shade of a number, by its square root, so that a capital does not leave the rest pale.

    Example:
        >>> _shade(0, 25), _shade(1, 25), _shade(25, 25)
        (0, 1, 5)
    """
    return max(1, round(SHADES * (number / largest) ** 0.5)) if number else 0


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
    documents = part.rows("documents")
    if not documents:
        return []
    weight = queue.astype({"priority": "int64"}).groupby("document")["priority"].sum()
    part.engine.register(
        "weights", pd.DataFrame({"document": weight.index.astype(object), "weight": weight.to_numpy()})
    )
    of_each = {"tasks": "true", "unread": "severity IN ('doubt', 'loss')"}
    counted = "".join(
        f" LEFT JOIN (SELECT document_code, count(*) AS n FROM ({rows}) WHERE {test} GROUP BY document_code) {table} "
        "USING (document_code)"
        for table, test in of_each.items()
        if (rows := part.rows(table))
    )
    tasks, doubts = (f"coalesce({table}.n, 0)" if part.rows(table) else "0" for table in of_each)
    query = f"""SELECT d.document_code, d.document, d.title, d.date, d.regions, {tasks} AS tasks, {doubts} AS doubts,
        coalesce(w.weight, 0) AS weight FROM ({documents}) d {counted} LEFT JOIN weights w ON w.document = d.document
        ORDER BY weight DESC, doubts DESC, d.document_code LIMIT {MOST_LISTED}"""
    return part.records(query)
