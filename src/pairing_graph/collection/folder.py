"""The folder of a collection: what in it is the collection's own, and what of that can go."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sqlite3
import weakref
from collections.abc import Container, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.files import make_folder
from pairing_graph.collection.columns import TABLE_NAMES
from pairing_graph.collection.index import INDEX, Index

LOCK = ".lock"
READERS = ".readers"
_SPILL = ".spill-"
_WAIT = 60.0  # Seconds that a reader waits while files are removed, which takes milliseconds.
TABLES_FOLDER = "tables"
INCOMING = "incoming"
UNITS = "national_units"
"""The units of all notices, each once, as the collection's measures use them."""
_BEFORE_THE_INDEX = {INDEX, LOCK, READERS}
"""What a collection has before it has an index: a process may have been killed in between."""
_NAMES = "|".join(TABLE_NAMES)
_OWN_FILE = re.compile(
    rf"{INCOMING}/\d{{8,}}/({_NAMES})\.parquet"
    rf"|{TABLES_FOLDER}/({_NAMES})/year=\d+/province=\w+/s\d{{8,}}_\d+\.parquet"
    rf"|{TABLES_FOLDER}/{UNITS}/(tmp_)?s\d{{8,}}\.parquet"  # DuckDB writes under the longer name first.
)


def refuse_foreign(folder: Path) -> None:
    """Refuse a folder that holds other files and no index: they are somebody's, or of a collection that lost its index.

    Raises:
        FileError: It does.
    """
    strangers = sorted(entry.name for entry in folder.iterdir() if not _may_come_first(entry.name))
    if strangers and not (folder / INDEX).is_file():
        expected, got = f"a collection, with {INDEX}", ", ".join(strangers[:3])
        raise FileError(
            Complaint("The folder holds other files", str(folder), expected, got, "Name a new or an empty folder.")
        )


def _may_come_first(name: str) -> bool:
    return name in _BEFORE_THE_INDEX or name.startswith(f"{INDEX}-")


class Lease:
    """What a reader holds so that the files it reads stay: a lock that many share, on a file beside the index.

    It is let go when nothing refers to it any more, and by the system when the process ends, however that is. Where the
    folder cannot be written to and nobody who can made the file, there is none.

    Args:
        folder: The folder of the collection.
    """

    def __init__(self, folder: Path) -> None:
        if not (folder / INDEX).is_file():
            return  # No collection, in which nothing is to be made; who opens the index says so.
        try:
            shared = sqlite3.connect(folder / READERS, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        except sqlite3.OperationalError:
            return
        weakref.finalize(self, shared.close)
        try:
            shared.execute("BEGIN")
            shared.execute("SELECT count(*) FROM sqlite_master").fetchall()  # The lock is taken with the first reading.
        except sqlite3.OperationalError:
            return

    def held(self) -> int:
        """One; a database that knows this function refers to the lease as long as there is anything of it."""
        return 1


@contextmanager
def _unread(folder: Path) -> Iterator[bool]:
    """Whether nobody reads; then nobody begins to before this ends."""
    with closing(sqlite3.connect(folder / READERS, timeout=0, isolation_level=None)) as alone:
        try:
            alone.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
        else:
            yield True


def remove_unnamed(folder: Path, index: Index) -> None:
    """Remove what the index does not name: what a killed process left, and what was replaced; not while anybody reads."""
    with _unread(folder) as unread:
        if unread:
            _remove(folder, {segment.path for segment in index.segments()})


def _remove(folder: Path, named: Container[str]) -> None:
    for path, file in _own_files(folder):
        if path not in named:
            file.unlink(missing_ok=True)
    for place in (folder / INCOMING).glob("*"):
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
    for place in folder.glob(f"{_SPILL}*"):
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def changing(folder: Path) -> Iterator[Index]:
    """The index of a collection, for this process alone; what a killed one left is removed first, what is replaced last.

    Raises:
        FileError: The folder holds other files, or cannot be made.
    """
    from filelock import FileLock

    make_folder(folder)
    refuse_foreign(folder)
    with FileLock(folder / LOCK), Index(folder, create=True) as index:
        remove_unnamed(folder, index)
        yield index
        remove_unnamed(folder, index)


def spill_place(folder: Path) -> Path:
    """Where a database may put what does not fit into memory: a folder that no other has."""
    return folder.absolute() / f"{_SPILL}{os.getpid()}-{secrets.token_hex(4)}"


def _own_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The Parquet files under names that only a collection gives, each with its path from the folder."""
    for top in (INCOMING, TABLES_FOLDER):
        for file in sorted((folder / top).rglob("*.parquet")):
            path = file.relative_to(folder).as_posix()
            if _OWN_FILE.fullmatch(path) and file.is_file():
                yield path, file


def not_written(path: Path, error: Exception) -> FileError:
    """That a file of the collection cannot be written; what was read before is kept."""
    advice = "What was read before is kept; make room and run it again."
    return FileError(Complaint("The collection cannot be written", str(path), "a place with room", str(error), advice))
