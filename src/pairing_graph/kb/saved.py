"""Open a knowledge base that was saved: all that is wrong with the folder is said at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, FileError, MissingExtraError, NoticeError, SchemaError
from pairing_graph.base.inputs import exists, is_folder, read_bytes
from pairing_graph.kb.document import Source
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.package import OWN, PACKAGE, SOURCES, VERSION
from pairing_graph.kb.part import Part
from pairing_graph.kb.saving import DATA, own_package
from pairing_graph.kb.schema import TABLES
from pairing_graph.kb.source_files import sources_from
from pairing_graph.kb.table_files import FILE_FORMATS
from pairing_graph.kb.validation import validate

_LARGEST_PACKAGE = 20_000_000
_LARGEST_FILE = 500_000_000
"""Bytes of one file; the tables of the 2022 notice take 20,000, its sources 30,000."""
_DAMAGED = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, MemoryError)


def open_kb(path: str | Path) -> KnowledgeBase:
    """Open a knowledge base that `KnowledgeBase.save` saved.

    It equals the one that was saved, nothing ignored, and has the same sources: `trace`, `show_reading` and the page
    give the same answers.

    Args:
        path: The folder, or its `datapackage.json`.

    Raises:
        FileError: It is no such folder, of a later version, or damaged; with every complaint.
        MissingExtraError: It holds Parquet and pyarrow is not installed.
        SchemaError: Its tables break the schema.

    Example:
        >>> import tempfile
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     open_kb(kb.save(f"{folder}/kb", format="csv")).equals(kb)
        True
    """
    place = Path(path)
    if place.name == PACKAGE and not is_folder(place):
        place = place.parent
    own = _own(place)
    opened = _Opening(place, own, *_layout(place, own))
    kb = opened.knowledge_base()
    try:
        return validate(kb)
    except SchemaError as error:
        whole = Complaint("The tables of the folder do not fit together", str(place))
        raise SchemaError([whole, *error.complaints]) from error


def is_saved(path: str | Path) -> bool:
    """Whether a path is a folder that a save made, or its `datapackage.json`; nothing else of it is checked."""
    place = Path(path)
    if place.name != PACKAGE:
        place = place / PACKAGE
    return exists(place) and own_package(place) is not None


def _own(place: Path) -> Mapping[str, Any]:
    """What the folder says of itself.

    Raises:
        FileError: It is no saved knowledge base, or one of a later version.
    """
    expected = "a folder that kb.save(path) made"
    package = place / PACKAGE
    if not exists(place):
        raise FileError(Complaint("There is no such folder", str(place), expected, "", "Check the path."))
    if not is_folder(place):
        advice = "A notice is read with read_notice, a graph file with read_graph."
        raise FileError(Complaint("A saved knowledge base is a folder", str(place), expected, "a file", advice))
    if not exists(package):
        raise FileError(Complaint("The folder is no saved knowledge base", str(place), f"a {PACKAGE} in it", "none"))
    data = read_bytes(package, "description", _LARGEST_PACKAGE)
    try:
        read = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise FileError(Complaint("The description is damaged", str(package), "JSON", str(error))) from error
    own = read.get(OWN) if isinstance(read, dict) else None
    if not isinstance(own, dict):
        got = "a Data Package of another program"
        raise FileError(Complaint("The folder is no saved knowledge base", str(place), expected, got))
    _check_version(package, own)
    return own


def _check_version(package: Path, own: Mapping[str, Any]) -> None:
    version = own.get("format")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise FileError(Complaint("The description is damaged", str(package), "a format from 1", repr(version)[:40]))
    if version > VERSION:
        advice = "Update it: pip install --upgrade pairing-graph."
        expected, got = f"format {VERSION}", f"format {version}, of {str(own.get('program'))[:60]}"
        what = "The folder was saved by a later version of the program"
        raise FileError(Complaint(what, str(package), expected, got, advice))


def _layout(place: Path, own: Mapping[str, Any]) -> tuple[str, str]:
    """The format of the tables, and the folder that they are in.

    Raises:
        FileError: It names no such format, or other files than those that a save writes.
    """
    package = str(place / PACKAGE)
    chosen, sums = own.get("tables"), own.get("sha256")
    if not isinstance(chosen, str) or chosen not in FILE_FORMATS:
        raise FileError(
            Complaint("The tables are of an unknown format", package, " or ".join(FILE_FORMATS), repr(chosen))
        )
    paths = [str(path) for path in sums] if isinstance(sums, dict) else []
    data = paths[0].partition("/")[0] if paths else ""
    names = [f"{name}{FILE_FORMATS[chosen].suffix}" for name in TABLES]
    expected = {f"{data}/{name}" for name in (*names, f"{SOURCES}.json")}
    if not DATA.fullmatch(data) or set(paths) != expected:
        what = "The description does not name the files of a saved knowledge base"
        raise FileError(Complaint(what, package, ", ".join(names), ", ".join(paths)[:300]))
    return chosen, data


@dataclass
class _Opening:
    """A folder while it is opened, with all that is wrong in it."""

    place: Path
    own: Mapping[str, Any]
    chosen: str
    data: str
    complaints: list[Complaint] = field(default_factory=list)

    def knowledge_base(self) -> KnowledgeBase:
        """What the folder holds.

        Raises:
            FileError: With every complaint.
        """
        suffix = FILE_FORMATS[self.chosen].suffix
        held = {name: self._bytes(f"{self.data}/{name}{suffix}") for name in TABLES}
        tables = dict(self._tables(held))
        sources = self._sources(self._bytes(f"{self.data}/{SOURCES}.json"))
        part = self._part()
        if self.complaints:
            advice = "Save it again, or fetch another copy."
            raise FileError([*self.complaints, Complaint("The folder is damaged", str(self.place), advice=advice)])
        known = self.own.get("unread_known") is not False
        return KnowledgeBase(**tables, sources=sources, part=part, unread_known=known)

    def _bytes(self, path: str) -> bytes | None:
        """A file whose checksum is right."""
        place = self.place / path
        try:
            data = read_bytes(place, "table", _LARGEST_FILE)
        except FileError as error:
            self.complaints += error.complaints
            return None
        if hashlib.sha256(data).hexdigest() != self.own["sha256"][path]:
            expected = "the checksum that datapackage.json has"
            self.complaints.append(Complaint("A file is not as it was saved", str(place), expected, "another one"))
            return None
        return data

    def _tables(self, held: Mapping[str, bytes | None]) -> Iterator[tuple[str, pd.DataFrame]]:
        for name, data in held.items():
            if data is not None:
                try:
                    yield name, FILE_FORMATS[self.chosen].from_bytes(name, data)
                except MissingExtraError as error:
                    instead = Complaint("Without it, only CSV can be opened", expected='kb.save(path, format="csv")')
                    raise MissingExtraError([*error.complaints, instead]) from error
                except NoticeError as error:
                    self.complaints += error.complaints
                except _DAMAGED as error:
                    self._damaged(name, error)

    def _sources(self, data: bytes | None) -> dict[str, Source]:
        try:
            return sources_from(data.decode("utf-8")) if data is not None else {}
        except _DAMAGED as error:
            self._damaged(SOURCES, error)
            return {}

    def _part(self) -> Part | None:
        try:
            return Part.of_record(self.own["part"]) if "part" in self.own else None
        except _DAMAGED as error:
            self._damaged("part", error)
            return None

    def _damaged(self, name: str, error: Exception) -> None:
        got = " ".join(str(error).split())[:200]
        self.complaints.append(Complaint(f"The {name} are not as they are saved", str(self.place), "", got))
