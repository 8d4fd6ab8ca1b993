"""A collection on Spark: notices are read on its workers, and the tables are its DataFrames.

The folder is the same as without Spark, and has to be one that the driver and all workers see, as do the notices.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pairing_graph.base.extras import require
from pairing_graph.collection.columns import kept_columns, own_columns
from pairing_graph.collection.folder import UNITS
from pairing_graph.collection.index import Index, Segment
from pairing_graph.collection.relations import KEYS
from pairing_graph.kb.schema import TABLES

Item = TypeVar("Item")
Result = TypeVar("Result")
WAVE = 4096
"""Pieces of work for one Spark job: enough to keep a cluster busy, few enough to send from the driver at once."""
PER_PARTITION = 4
"""Pieces of a partition: what a worker does before its results go to the driver."""
_OF_PATTERNS = re.compile(r"[{}\[\]*?\\]")
"""What Hadoop reads as a pattern in a path; after a backslash each stands for itself."""
_SCHEMA = "place long, held binary"
_TYPES: Mapping[str, str] = {
    "text": "string",
    "integer": "long",
    "number": "double",
    "flag": "boolean",
    "list": "array<string>",
}


def in_order_on_spark(
    work: Callable[[Sequence[Item]], Result], pieces: Iterable[Sequence[Item]], *, spark: Any
) -> Iterator[Result]:
    """The result of each piece of work, in order, each worked out by `mapInPandas` on a worker of Spark.

    Spark itself does again what a lost worker had begun.

    Args:
        work: What is done with the items of a piece; it can be pickled.
        pieces: The pieces; they are taken a wave at a time.
        spark: The session.
    """
    require("pyspark", "spark", "A collection on Spark")
    waiting = iter(pieces)
    while wave := [tuple(piece) for piece in islice(waiting, WAVE)]:
        rows = [(place, pickle.dumps(piece)) for place, piece in enumerate(wave)]
        frame = spark.createDataFrame(rows, _SCHEMA)
        spread = frame.repartitionByRange(max(len(rows) // PER_PARTITION, 1), "place").sortWithinPartitions("place")
        done = spread.mapInPandas(partial(_work_on, work), _SCHEMA)
        for row in done.toLocalIterator(prefetchPartitions=True):
            yield pickle.loads(row["held"])  # our own workers made it from our own files


def _work_on(work: Callable[[Sequence[Any]], Any], batches: Iterable[Any]) -> Iterator[Any]:
    """Work on the pieces of a partition, one at a time so that results do not pile up."""
    for batch in batches:
        for place in range(len(batch)):
            one = batch.iloc[[place]].copy()
            one["held"] = [pickle.dumps(work(pickle.loads(held))) for held in one["held"]]
            yield one


class SparkRelations:
    """The tables of a collection as DataFrames of Spark, as they are now.

    Args:
        folder: The folder of the collection.
        spark: The session.

    Raises:
        FileError: It is no collection.
    """

    def __init__(self, folder: Path, spark: Any) -> None:
        with Index(folder) as index:
            self._segments, self._dropped = index.held()
        self._folder, self._spark = folder.resolve(), spark

    def named(self) -> dict[str, Any]:
        """The eight tables as a knowledge base has them."""
        return {name: self._rows(name).select(*own_columns(name)) for name in TABLES}

    def coded(self) -> dict[str, Any]:
        """The eight tables with integer codes for documents, tasks and units."""
        return {name: self._with_codes(name) for name in TABLES}

    def names(self) -> dict[str, Any]:
        """What codes stand for: a table of code and name for each of documents, tasks and units."""
        keys = {"document": "documents", "task": "tasks", "unit": "units"}
        return {
            key: self._rows(table).selectExpr(f"{KEYS[table][key]} AS code", f"{key} AS name")
            for key, table in keys.items()
        }

    def _with_codes(self, name: str) -> Any:
        keys = KEYS[name]
        return self._rows(name).selectExpr(
            *(f"`{keys[own]}` AS `{own}`" if own in keys else f"`{own}`" for own in own_columns(name))
        )

    def _rows(self, name: str) -> Any:
        if name == "units":
            return self._units()
        rows = self._read([segment for segment in self._segments if segment.table == name], name)
        return self._without_dropped(rows)

    def _without_dropped(self, rows: Any) -> Any:
        return rows.where(~rows["document_code"].isin(self._dropped)) if self._dropped else rows

    def _units(self) -> Any:
        """Each unit once, as in the file of all units; worked out again where notices came or went since."""
        files = [segment for segment in self._segments if segment.table == "units"]
        known = [segment for segment in self._segments if segment.table == UNITS]
        if known and not self._dropped and all(segment.sorted for segment in files):
            return self._parquet(known[-1:])
        firsts = ("unit", "name", "region", "kind", "line", "collective")
        rows = self._without_dropped(self._read(files, "units"))
        dates = self._rows("documents").selectExpr("document_code", "struct(date, document) AS place")
        rows.join(dates, "document_code").createOrReplaceTempView(view := f"pairing_graph_units_{id(self)}")
        query = (
            f"SELECT unit_code, {', '.join(f'min_by({one}, place) AS {one}' for one in firsts)}, "
            "coalesce(max_by(region_code, CASE WHEN region_code <> '' THEN place END), '') AS region_code, "
            f"sort_array(array_distinct(flatten(collect_list(aliases)))) AS aliases FROM {view} GROUP BY unit_code"
        )
        return self._spark.sql(query)

    def _read(self, files: Sequence[Segment], name: str) -> Any:
        """The rows of files; where there are none, a table without rows."""
        columns = {column: kind for column, kind in kept_columns(name).items() if column not in ("year", "province")}
        if not files:
            schema = ", ".join(f"`{column}` {_TYPES[kind]}" for column, kind in columns.items())
            return self._spark.createDataFrame([], schema)
        return self._parquet(files).select(*columns)

    def _parquet(self, files: Sequence[Segment]) -> Any:
        """The rows of files; no folder of their paths says anything about them."""
        places = (f"file://{(self._folder / segment.path).as_posix()}" for segment in files)
        read = self._spark.read.option("recursiveFileLookup", "true")
        return read.parquet(*(_OF_PATTERNS.sub(r"\\\g<0>", place) for place in places))
