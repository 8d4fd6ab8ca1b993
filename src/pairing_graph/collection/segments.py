"""The Parquet files of a collection: written whole, named in the index, then sorted by year and province."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pairing_graph.collection.arrow import arrow, arrow_types, compute, parquet, release_memory
from pairing_graph.collection.columns import (
    CODES,
    TABLE_NAMES,
    TASK_BITS,
    TASK_CODED,
    kept_columns,
    own_columns,
)
from pairing_graph.collection.database import Database, pattern_of
from pairing_graph.collection.folder import INCOMING, TABLES_FOLDER, UNITS, not_written
from pairing_graph.collection.index import Index, Segment
from pairing_graph.collection.partitions import ROWS_OF_GROUP, partitioned

_OF_UNIT = ("unit", "name", "region", "kind", "line", "collective")
_NEXT = "next_segment"


def write_incoming(
    folder: Path, index: Index, tables: Mapping[str, Any], documents: Sequence[tuple[int, int, str]]
) -> None:
    """Write the rows of some notices beside each other and name the files in the index.

    Args:
        folder: The folder of the collection.
        index: Its index, within a change.
        tables: Name → Arrow table of `reading.arrow_table`; `document_code` is a place among the documents.
        documents: The code, year and province of each notice.
    """
    number = next_number(index)
    place = folder / INCOMING / f"{number:08d}"
    place.mkdir(parents=True, exist_ok=True)
    segments = []
    for name, table in tables.items():
        if table.num_rows:
            path = place / f"{name}.parquet"
            write_parquet(finished(name, table, documents, index), path)
            segments.append(Segment(path.relative_to(folder).as_posix(), name))
    sync(place)
    index.replace_segments(segments)


def next_number(index: Index) -> int:
    """The number of the next set of files; none is used twice."""
    number = int(index.about(_NEXT) or 1)
    index.note(_NEXT, str(number + 1))
    return number


def finished(name: str, table: Any, documents: Sequence[tuple[int, int, str]], index: Index) -> Any:
    """A table with the codes of its notices, tasks and units, and the partition of each row."""
    pa, pc, types = arrow(), compute(), arrow_types()
    places = table.column("document_code")
    codes, years, provinces = (
        pa.array([document[part] for document in documents], type=types[kind])
        for part, kind in enumerate(("integer", "integer", "text"))
    )
    columns = {column: table.column(column) for column in own_columns(name)}
    columns |= {"document_code": codes.take(places), "row": table.column("row")}
    columns |= {"year": years.take(places), "province": provinces.take(places)}
    if name in TASK_CODED:
        after = pc.list_element(pc.split_pattern(table.column("task"), "#", max_splits=1, reverse=True), 1)
        shifted = pc.shift_left(columns["document_code"], TASK_BITS)
        columns["task_code"] = pc.add(shifted, after.cast(types["integer"]))
    for code, named in CODES.get(name, {}).items():
        names = table.column(named).combine_chunks()
        units = list(dict.fromkeys(names.to_pylist()))
        known = index.unit_codes(units)
        dictionary = pa.array([known[unit] for unit in units], type=types["integer"])
        columns[code] = dictionary.take(pc.index_in(names, value_set=pa.array(units, type=types["text"])))
    return pa.table({column: columns[column] for column in kept_columns(name)})


def write_parquet(table: Any, path: Path) -> None:
    """Write a Parquet file and wait until it is on the disk.

    Raises:
        FileError: It cannot be written.
    """
    try:
        parquet().write_table(table, path, compression="zstd", row_group_size=ROWS_OF_GROUP)
        sync(path)
    except OSError as error:
        raise not_written(path, error) from error


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sort_incoming(folder: Path, index: Index) -> None:
    """Move the rows that came in into the partitions of their year and province."""
    incoming = [segment for segment in index.segments() if segment.table in TABLE_NAMES and not segment.sorted]
    release_memory()
    if incoming:
        with _room(folder), index.change():
            _rewrite(folder, index, incoming)
    release_memory()


def compact(folder: Path, index: Index) -> None:
    """Write every partition anew as one file, without the rows of notices that are out."""
    with _room(folder), index.change():
        _rewrite(folder, index, [segment for segment in index.segments() if segment.table in TABLE_NAMES])
        index.forget_dropped()


@contextmanager
def _room(folder: Path) -> Iterator[None]:
    """What the system says where files cannot be written, as a sentence."""
    try:
        yield
    except OSError as error:
        raise not_written(folder, error) from error


def _rewrite(folder: Path, index: Index, old: Sequence[Segment]) -> None:
    """Write files anew by partition, in the order of the notices, and the units of all notices."""
    number, dropped = next_number(index), index.dropped()
    new = []
    for name in TABLE_NAMES:
        files = [segment for segment in old if segment.table == name]
        if files:
            new += _partitioned(folder, name, files, number, dropped)
            release_memory()
    kept = [one for one in index.segments("units", "documents") if one not in old]
    new += _write_national_units(folder, [*kept, *new], number, dropped)
    index.replace_segments(new, [*old, *index.segments(UNITS)])


def _partitioned(
    folder: Path, name: str, files: Sequence[Segment], number: int, dropped: Sequence[int]
) -> list[Segment]:
    found = []
    for path, rows in partitioned(folder, folder / TABLES_FOLDER / name, name, files, number, dropped):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_parquet(rows, path)
        sync(path.parent)
        found.append(_segment_of(folder, name, path))
    return found


def _segment_of(folder: Path, name: str, file: Path) -> Segment:
    year, province = (part.partition("=")[2] for part in file.parts[-3:-1])
    return Segment(file.relative_to(folder).as_posix(), name, int(year), province, sorted=True)


def _write_national_units(folder: Path, files: Sequence[Segment], number: int, dropped: Sequence[int]) -> list[Segment]:
    if not any(segment.table == "units" for segment in files):
        return []
    path = folder / TABLES_FOLDER / UNITS / f"s{number:08d}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    with Database(folder) as engine:
        engine.write(f"{national_units(folder, files, dropped)} ORDER BY unit_code", path)
    sync(path)
    return [Segment(path.relative_to(folder).as_posix(), UNITS)]


def national_units(folder: Path, files: Sequence[Segment], dropped: Sequence[int]) -> str:
    """Each unit once, as a query: as the earliest notice that names it has it; its region's code is the latest known.

    Notices go by their dates and ids, so that nothing depends on the order in which they were read.
    """
    units, documents = (
        rows_of(folder, [segment for segment in files if segment.table == table], dropped)
        for table in ("units", "documents")
    )
    first = ", ".join(f"arg_min({column}, place) AS {column}" for column in _OF_UNIT)
    return (
        f"SELECT unit_code, {first}, "
        "coalesce(arg_max(region_code, place) FILTER (region_code <> ''), '') AS region_code, "
        "list_sort(list_distinct(flatten(list(aliases)))) AS aliases "
        f"FROM ({units}) JOIN (SELECT document_code, row_number() OVER (ORDER BY date, document) AS place "
        f"FROM ({documents})) USING (document_code) GROUP BY unit_code"
    )


def union(folder: Path, files: Sequence[Segment]) -> str:
    """The rows of files as a query; their year and province are columns, so that no folder of the path says anything.

    All have the same columns: with `union_by_name` DuckDB would keep every file open, some hundred kilobytes each.
    """
    paths = ", ".join(pattern_of(folder / segment.path) for segment in files)
    return f"SELECT * FROM read_parquet([{paths}], hive_partitioning = false)"


def rows_of(folder: Path, files: Sequence[Segment], dropped: Sequence[int]) -> str:
    """The rows of files as a query, without those of notices that are out; empty where there is no file."""
    return f"SELECT * FROM ({union(folder, files)}) {without(dropped)}" if files else ""


def without(dropped: Sequence[int]) -> str:
    """The condition that leaves notices out."""
    return f"WHERE document_code NOT IN ({', '.join(map(str, dropped))})" if dropped else ""
