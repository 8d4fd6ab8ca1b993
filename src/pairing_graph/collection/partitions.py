"""Rows of a collection's files sorted into partitions: read a piece at a time, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from pairing_graph.collection.arrow import arrow, arrow_types, compute, parquet
from pairing_graph.collection.columns import SOURCES, kept_columns
from pairing_graph.collection.database import used
from pairing_graph.collection.index import Segment

BUFFER = 48 * 2**20
"""Bytes of rows that wait in memory to be written: some thousand notices with their sources."""
_ROWS_READ = 4096
_SOURCES_READ = 256
"""Rows that are read at a time: those of sources have some 30 kB, so that they are smaller than the buffer."""
ROWS_OF_GROUP = 122_880  # DuckDB's own choice for a row group.


@dataclass
class _Waiting:
    """Rows by partition that wait to be written."""

    place: Path
    number: int
    rows: dict[tuple[int, str], list[Any]] = field(default_factory=dict)
    size: int = 0
    written: int = 0

    def add(self, table: Any, partition: tuple[int, str]) -> Iterator[tuple[Path, Any]]:
        """Take rows of one partition; where too many wait, all of them are given to be written."""
        self.rows.setdefault(partition, []).append(table)
        self.size += table.nbytes
        if self.size >= BUFFER:
            yield from self.flush()

    def flush(self) -> Iterator[tuple[Path, Any]]:
        """All rows that wait, a file for each partition."""
        for (year, province), tables in sorted(self.rows.items()):
            folder = self.place / f"year={year}" / f"province={province}"
            yield folder / f"s{self.number:08d}_{self.written}.parquet", arrow().concat_tables(tables)
        self.rows, self.size, self.written = {}, 0, self.written + 1


def partitioned(
    folder: Path, place: Path, name: str, files: Sequence[Segment], number: int, dropped: Sequence[int]
) -> Iterator[tuple[Path, Any]]:
    """The rows of files by partition, each with the file that it is to be written to.

    Codes grow with time, so that rows in the order of the files are in the order of their notices.

    Args:
        folder: The folder of the collection.
        place: The folder of the table's partitions.
        name: The table.
        files: The files; those of one partition are joined, those that just came in are divided.
        number: The number of the new files.
        dropped: The codes of notices whose rows are left out.
    """

    def partition(segment: Segment) -> tuple[int, str]:
        return segment.year, segment.province

    waiting = _Waiting(place, number)
    for _, group in groupby(sorted(files, key=lambda one: (*partition(one), one.path)), key=partition):
        for segment in group:
            for rows in _read(folder / segment.path, name, dropped):
                for own, part in _divided(rows):
                    yield from waiting.add(part, own)
        yield from waiting.flush()


def _read(path: Path, name: str, dropped: Sequence[int]) -> Iterator[Any]:
    """The rows of a file, some at a time, with all columns that are kept."""
    pa, pc, types = arrow(), compute(), arrow_types()
    schema = pa.schema([(column, types[kind]) for column, kind in kept_columns(name).items()])
    out = pa.array(dropped, types["integer"])
    with used(path), parquet().ParquetFile(path) as file:
        at_a_time = _SOURCES_READ if name == SOURCES else _ROWS_READ
        for batch in file.iter_batches(batch_size=at_a_time, use_threads=False):
            rows = pa.table(batch).select(schema.names).cast(schema)
            yield rows.filter(pc.invert(pc.is_in(rows.column("document_code"), value_set=out)))


def _divided(rows: Any) -> Iterator[tuple[tuple[int, str], Any]]:
    """Rows by their partition, in their order."""
    pc = compute()
    for year in pc.unique(rows.column("year")).to_pylist():
        of_year = rows.filter(pc.equal(rows.column("year"), year))
        for province in pc.unique(of_year.column("province")).to_pylist():
            yield (year, province), of_year.filter(pc.equal(of_year.column("province"), province))
