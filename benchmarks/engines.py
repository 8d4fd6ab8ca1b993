"""Load and projection of millions of assignments: this package beside the same written by hand in SQL for DuckDB.

    python benchmarks/engines.py [--rows 10000000] [--runs 3] [--codes]

Assignments have string keys (with --codes: integer ones), units are drawn by Zipf's law. Each run is a process of its
own; its seconds and its peak memory are printed with their ratios, and both answers are compared. The tables are made
once and kept in a folder beside this file, which git ignores.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

FOLDER = Path(__file__).parent / "generated"
TASK_ROWS = 4
"""Assignments of a task: 79 of 28 tasks in the 2022 notice are 2.8, with support cells usual elsewhere more."""
NOTICE_TASKS = 30
NOTICE_UNITS = 60
"""Units that a notice draws from: 68 in the 2022 notice."""
ZIPF = 1.1
"""Exponent of the loads of a notice's units."""
MEMORY = "3GB"
SEED = 0.42

LOAD = """
WITH role_rows AS (
    SELECT DISTINCT task, unit, role FROM assignments),
led AS (SELECT DISTINCT task FROM assignments WHERE role = 'lead'),
answering AS (
    SELECT a.task, a.unit, min(a.rank) AS rank FROM assignments a
    WHERE a.role = 'lead' OR (a.role = 'responsible' AND a.task NOT IN (SELECT task FROM led)) GROUP BY ALL),
known AS (SELECT x.*, u.region, t.area, t.document FROM answering x JOIN units u USING (unit) JOIN tasks t USING (task)),
cell AS (SELECT task, region, count(*) AS size, min(rank) AS foremost FROM known GROUP BY ALL),
shared AS (SELECT k.*, 1.0 / c.size AS share, k.rank = c.foremost AS first FROM known k JOIN cell c USING (task, region)),
by_role AS (
    SELECT unit, count(*) FILTER (role = 'lead') AS lead, count(*) FILTER (role = 'responsible') AS responsible,
    count(*) FILTER (role = 'support') AS support, count(*) FILTER (role = 'guide') AS guide, count(DISTINCT task) AS tasks
    FROM role_rows GROUP BY unit),
per_task AS (SELECT task, count(*) AS targets FROM targets GROUP BY task),
by_answer AS (
    SELECT unit, count(DISTINCT (document, area)) FILTER (area <> '') AS areas, count(*) FILTER (first) AS listed_first,
    sum(share) AS fractional, coalesce(sum(targets), 0) AS targets FROM shared LEFT JOIN per_task USING (task) GROUP BY unit),
ends AS (
    SELECT donor AS unit, recipient AS partner FROM pairings UNION ALL SELECT recipient, donor FROM pairings),
paired AS (SELECT unit, count(*) AS pairings, count(DISTINCT partner) AS partners FROM ends GROUP BY unit)
SELECT unit, coalesce(lead, 0) AS lead, coalesce(responsible, 0) AS responsible, coalesce(support, 0) AS support,
    coalesce(guide, 0) AS guide, coalesce(tasks, 0) AS tasks, coalesce(areas, 0) AS areas, coalesce(listed_first, 0) AS listed_first,
    round(coalesce(fractional, 0), 12) AS fractional, coalesce(pairings, 0) AS pairings, coalesce(partners, 0) AS partners,
    coalesce(targets, 0) AS targets
FROM units LEFT JOIN by_role USING (unit) LEFT JOIN by_answer USING (unit) LEFT JOIN paired USING (unit)
WHERE NOT collective ORDER BY lead DESC, tasks DESC, listed_first DESC, fractional DESC, pairings DESC, unit
"""
PROJECTION = """
WITH led AS (SELECT DISTINCT task FROM assignments WHERE role = 'lead'),
answering AS (
    SELECT DISTINCT task, unit FROM assignments
    WHERE role = 'lead' OR (role = 'responsible' AND task NOT IN (SELECT task FROM led))),
named AS (SELECT a.* FROM answering a JOIN units u USING (unit) WHERE NOT u.collective)
SELECT a.unit, b.unit AS partner, count(*) AS joint_tasks FROM named a JOIN named b ON a.task = b.task AND a.unit < b.unit
GROUP BY ALL
"""


def tables(rows: int, codes: bool) -> Path:
    """The folder of the tables, made if they are not there."""
    folder = FOLDER / f"{rows}-{'codes' if codes else 'names'}"
    if (folder / "done").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    engine = duckdb.connect()
    engine.execute(f"SELECT setseed({SEED})")
    tasks, notices = rows // TASK_ROWS, max(rows // TASK_ROWS // NOTICE_TASKS, 1)
    county = "('县' || lpad((notice % 2800)::VARCHAR, 4, '0'))"
    task = (
        "notice * 1048576 + k"
        if codes
        else f"({county} || '府办发〔' || (2000 + notice // 2800) || '〕' || notice || '号#' || k)"
    )
    unit = "(notice % 2800) * 1000 + place" if codes else f"({county} || '发展和改革委员会' || place)"
    document = "notice" if codes else f"({county} || '府办发〔' || (2000 + notice // 2800) || '〕' || notice || '号')"
    made = {
        "documents": f"SELECT {document} AS document, '' AS title FROM range({notices}) r(notice)",
        "units": f"SELECT {unit} AS unit, {county} AS region, 'department' AS kind, '' AS line, false AS collective FROM range(least(2800, {notices})) r(notice), range({NOTICE_UNITS}) p(place)",
        "tasks": f"SELECT {task} AS task, {document} AS document, k AS number, 'area' || (k // 5) AS area FROM (SELECT i // {NOTICE_TASKS} AS notice, i % {NOTICE_TASKS} + 1 AS k FROM range({tasks}) r(i))",
        "assignments": f"SELECT {task} AS task, {unit} AS unit, CASE WHEN part = 0 THEN 'lead' WHEN part = 1 AND k % 3 = 0 THEN 'lead' ELSE 'support' END AS role, part + 1 AS rank, notice || '!t1r' || k || 'c3.' || part AS address, '' AS inherited_from FROM (SELECT i // {TASK_ROWS} // {NOTICE_TASKS} AS notice, (i // {TASK_ROWS}) % {NOTICE_TASKS} + 1 AS k, i % {TASK_ROWS} AS part, least(floor(power(random(), -1 / {ZIPF}) - 1), {NOTICE_UNITS - 1})::BIGINT AS place FROM range({rows}) r(i))",
        "pairings": f"SELECT {document} AS document, {unit} AS donor, {unit.replace('place', '(place + 1) % ' + str(NOTICE_UNITS)) if codes else unit.replace('place', '((place + 1) % ' + str(NOTICE_UNITS) + ')')} AS recipient, notice || '!t2r' || place AS address FROM range({notices}) r(notice), range(10) p(place)",
        "targets": f"SELECT {task} AS task, 1.0 AS value FROM (SELECT i // {NOTICE_TASKS} AS notice, i % {NOTICE_TASKS} + 1 AS k FROM range({tasks}) r(i)) WHERE k % 2 = 0",
    }
    for name, query in made.items():
        engine.execute(f"COPY ({query}) TO '{folder / name}.parquet' (FORMAT parquet)")
    (folder / "done").touch()
    return folder


def opened(folder: Path) -> Any:
    engine = duckdb.connect()
    engine.execute(f"SET memory_limit = '{MEMORY}'")
    engine.execute("SET threads = 2")
    engine.execute(f"SET temp_directory = '{folder / 'spill'}'")
    for path in folder.glob("*.parquet"):
        engine.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM read_parquet('{path}')")
    return engine


def by_hand(query: str) -> Callable[[Any], Any]:
    return lambda engine: engine.sql(query)


def load(engine: Any) -> Any:
    import pairing_graph as pg

    return pg.workload(relations(engine))


def projection(engine: Any) -> Any:
    import pairing_graph as pg

    return pg.projection(relations(engine))


def relations(engine: Any) -> dict[str, Any]:
    names = [name for (name,) in engine.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()]
    return {name: engine.sql(f"SELECT * FROM {name}") for name in names}


TASKS = {
    "load": load,
    "load by hand": by_hand(LOAD),
    "projection": projection,
    "projection by hand": by_hand(PROJECTION),
}


def measure(task: str, folder: Path) -> dict[str, float]:
    """Seconds and peak memory of one task, and a checksum of its answer."""
    engine = opened(folder)
    begin = time.perf_counter()
    answer = folder / "answers" / f"{task}.parquet"
    answer.parent.mkdir(exist_ok=True)
    TASKS[task](engine).to_parquet(str(answer))
    seconds = time.perf_counter() - begin
    weight = (
        "sum(lead * 3 + tasks + fractional + areas + targets + pairings + partners)"
        if "load" in task
        else "sum(joint_tasks)"
    )
    rows, weighed = duckdb.sql(f"SELECT count(*), {weight} FROM '{answer}'").fetchall()[0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {"seconds": seconds, "gigabytes": peak, "rows": rows, "weighed": round(float(weighed), 3)}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rows", type=int, default=10_000_000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--codes", action="store_true")
    arguments.add_argument("--one", choices=TASKS)
    arguments.add_argument("--only", choices=("load", "projection"))
    asked = arguments.parse_args()
    folder = tables(asked.rows, asked.codes)
    if asked.one:
        print(json.dumps(measure(asked.one, folder)))
        return
    command = [sys.executable, __file__, "--rows", str(asked.rows), *(["--codes"] if asked.codes else []), "--one"]
    found: dict[str, list[dict[str, float]]] = {}
    for _ in range(asked.runs):
        for task in TASKS:
            if asked.only in (None, task.split()[0]):
                out = subprocess.run([*command, task], check=True, capture_output=True, text=True).stdout
                found.setdefault(task, []).append(json.loads(out))
    for task, runs in found.items():
        seconds = statistics.median(run["seconds"] for run in runs)
        peer = statistics.median(run["seconds"] for run in found[f"{task.removesuffix(' by hand')} by hand"])
        peak = max(run["gigabytes"] for run in runs)
        print(
            f"{task:20} {seconds:8.2f} s  {seconds / peer:5.2f} x by hand  {peak:5.2f} GB  {runs[0]['rows']:>10,.0f} rows  {runs[0]['weighed']}"
        )


if __name__ == "__main__":
    main()
