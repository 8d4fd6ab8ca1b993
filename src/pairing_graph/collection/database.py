"""A DuckDB database over the files of a collection, whose errors are sentences."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.extras import require
from pairing_graph.collection.folder import Lease, not_written, spill_place

MEMORY_OF_A_THREAD = 128
"""Megabytes for each thread of the loads of a whole collection before they spill: DuckDB advises 125 at the least (its guide
"Tuning Workloads"). With two threads those of 12 million assignments take 0.5 GB, and 1.8 GB without a limit. Measures of
pairs of units cannot spill all that they hold, and fail under it."""
_MOST_THREADS = 16
"""Threads that it is reckoned for: a container may see all processors of a machine, and have a small part of its memory."""
_OF_PATTERNS = re.compile(r"[*?\[]")
"""What DuckDB reads as a pattern in a path; between brackets each stands for itself."""


@dataclass(frozen=True)
class Found:
    """What a query found."""

    folder: Path
    result: Any

    @property
    def description(self) -> Sequence[Sequence[Any]]:
        """The columns, the name of each first."""
        columns: Sequence[Sequence[Any]] = self.result.description
        return columns

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows.

        Raises:
            FileError: The files cannot be used.
        """
        with used(self.folder):
            rows: list[tuple[Any, ...]] = self.result.fetchall()
        return rows


class Database:
    """A database in memory that spills into the folder of the collection.

    Args:
        folder: The folder.
        memory: What it may take before it spills, as DuckDB has it (`4GB`); without one, what DuckDB takes by itself,
            which is four fifths of the machine's.

    Raises:
        FileError: That is no size.
    """

    def __init__(self, folder: Path, memory: str = "") -> None:
        self._folder = folder
        self._engine = require("duckdb", "collection", "A collection").connect(":memory:")
        self._engine.execute(f"SET temp_directory = {quoted(spill_place(folder))}")
        if memory:
            self._limit(memory)

    def _limit(self, memory: str) -> None:
        duckdb = require("duckdb", "collection", "A collection")
        try:
            self._engine.execute(f"SET memory_limit = {quoted(memory)}")
        except duckdb.Error as error:
            raise FileError(Complaint("This is no size of memory", "memory", "such as 4GB", memory)) from error

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.close()

    def hold(self, lease: Lease) -> None:
        """Refer to a lease as long as this database, or a relation of it, is referred to."""
        self._engine.create_function("lease_of_the_files", lease.held, [], "BIGINT")

    def execute(self, query: str) -> Found:
        """Do what a statement says.

        Raises:
            FileError: The files cannot be used.
        """
        with used(self._folder):
            return Found(self._folder, self._engine.execute(query))

    def executemany(self, query: str, rows: Sequence[Sequence[Any]]) -> None:
        """Do a statement with each row of values."""
        with used(self._folder):
            self._engine.executemany(query, rows)

    def register(self, name: str, table: Any) -> None:
        """Let queries know a frame by a name."""
        self._engine.register(name, table)

    def sql(self, query: str) -> Any:
        """A relation, which is not computed yet.

        Raises:
            FileError: The files cannot be used.
        """
        with used(self._folder):
            return self._engine.sql(query)

    def write(self, query: str, path: Path) -> None:
        """Write what a query finds into a Parquet file.

        Raises:
            FileError: It cannot be written.
        """
        try:
            self._engine.execute(f"COPY ({query}) TO {quoted(path.absolute())} (FORMAT parquet, COMPRESSION zstd)")
        except require("duckdb", "collection", "A collection").Error as error:
            raise not_written(path, error) from error


def memory_of_loads() -> str:
    """What the loads of a whole collection may take before they spill.

    Example:
        >>> memory_of_loads().endswith("MiB")
        True
    """
    return f"{MEMORY_OF_A_THREAD * min(os.cpu_count() or 1, _MOST_THREADS)}MiB"


@contextmanager
def used(folder: Path) -> Iterator[None]:
    """What DuckDB or Arrow raise on files, as a sentence.

    Raises:
        FileError: The files cannot be used.
    """
    duckdb = require("duckdb", "collection", "A collection")
    try:
        yield
    except (duckdb.Error, OSError, ValueError) as error:
        what = "The files of the collection cannot be used: one is missing or damaged, or there is no room"
        got = next(iter(str(error).splitlines()), type(error).__name__)
        advice = "Make room, or collect the notices into a new folder."
        raise FileError(Complaint(what, os.fspath(folder), got=got, advice=advice)) from error


def pattern_of(path: Path) -> str:
    """A path as `read_parquet` takes it, in quotes: nothing in it is a pattern, `~` or the beginning of an address.

    Example:
        >>> pattern_of(Path("/all/c[1]/a*.parquet"))
        "'/all/c[[]1]/a[*].parquet'"
    """
    return quoted(_OF_PATTERNS.sub(r"[\g<0>]", str(path.absolute())))


def quoted(text: object) -> str:
    """A text as SQL has it.

    Example:
        >>> quoted("it's")
        "'it''s'"
    """
    return "'" + str(text).replace("'", "''") + "'"
