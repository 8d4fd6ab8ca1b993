"""The folder of a collection: what in it is the collection's own, and what of that can go."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.collection.columns import TABLE_NAMES
from pairing_graph.collection.index import INDEX, Index

LOCK = ".lock"
TABLES_FOLDER = "tables"
INCOMING = "incoming"
UNITS = "national_units"
"""The units of all notices, each once, as the collection's measures use them."""
_BEFORE_THE_INDEX = {INDEX, LOCK}
"""What a collection has before it has an index: a process may have been killed in between."""
_NAMES = "|".join(TABLE_NAMES)
_OWN_FILE = re.compile(
    rf"{INCOMING}/\d{{8,}}/({_NAMES})\.parquet"
    rf"|{TABLES_FOLDER}/({_NAMES})/year=\d+/province=\w+/s\d{{8,}}_\d+\.parquet"
    rf"|{TABLES_FOLDER}/{UNITS}/s\d{{8,}}\.parquet"
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


def remove_unnamed(folder: Path, index: Index) -> None:
    """Remove what the index does not name: what a killed process left, and what was replaced."""
    named = {segment.path for segment in index.segments()}
    for path, file in _own_files(folder):
        if path not in named:
            file.unlink(missing_ok=True)
    for place in (folder / INCOMING).glob("*"):
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
    shutil.rmtree(folder / ".spill", ignore_errors=True)


def _own_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The Parquet files under names that only a collection gives, each with its path from the folder."""
    for top in (INCOMING, TABLES_FOLDER):
        for file in sorted((folder / top).rglob("*.parquet")):
            path = file.relative_to(folder).as_posix()
            if _OWN_FILE.fullmatch(path):
                yield path, file
