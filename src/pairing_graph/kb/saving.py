"""Save a knowledge base as a folder that appears at once.

The tables are in a folder of their own, named after their content (`data-1f0c…`), and `datapackage.json` says which. They
are written first; then the new `datapackage.json` is moved into the place of the old, in one step of the file system; what
the old one named is removed last. So whenever a save is killed, `datapackage.json` names files that are complete.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pairing_graph.base.errors import Complaint, FileError, MissingExtraError, SchemaError, refuse_unknown, some_of
from pairing_graph.base.files import checksum, make_folder, write_file, write_files
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.package import OWN, PACKAGE, SOURCES, package_digest, package_text
from pairing_graph.kb.source_files import sources_text
from pairing_graph.kb.table_files import FILE_FORMATS
from pairing_graph.kb.validation import validate

DATA = re.compile(r"data-[0-9a-f]{16}")
"""The folder of the tables: a part of the checksum of all of them, so that its name vouches for its content."""
_WORK = ".pairing-graph-save-"
_LOCK = ".lock"


def save(kb: KnowledgeBase, path: str | Path, format: str) -> Path:  # noqa: A002
    """Save a knowledge base: `KnowledgeBase.save`, which says what is raised."""
    from filelock import FileLock, Timeout

    refuse_unknown("There is no such format", "format", format, FILE_FORMATS)
    files = _files(validate(kb), format)
    data = data_folder(files)
    text = package_text(kb, format, FILE_FORMATS[format], {f"{data}/{name}": held for name, held in files.items()})
    place = make_folder(path)
    try:
        with FileLock(place / _LOCK, timeout=0):
            _refuse_foreign(place)
            _put(place / data, files)
            write_file(place / PACKAGE, text.encode("utf-8"))
            _remove_others(place, data)
    except Timeout as error:
        advice = "Wait until it is over, or name another folder."
        raise FileError(Complaint("Another save is writing into the folder", str(path), "", "", advice)) from error
    except OSError as error:
        expected, advice = (
            "a place that can be written to, with room on the disk",
            "What was there before is unchanged.",
        )
        raise FileError(Complaint("The folder cannot be written", str(path), expected, str(error), advice)) from error
    return Path(path)


def data_folder(files: Mapping[str, bytes]) -> str:
    """The name of the folder of the tables.

    Example:
        >>> data_folder({"a.csv": b"1", "b.csv": b"2"}) == data_folder({"b.csv": b"2", "a.csv": b"1"})
        True
    """
    return _named({name: hashlib.sha256(data).hexdigest() for name, data in files.items()})


def _named(sums: Mapping[str, str]) -> str:
    digest = hashlib.sha256("".join(f"{name} {sums[name]}\n" for name in sorted(sums)).encode("utf-8", "replace"))
    return f"data-{digest.hexdigest()[:16]}"


def _files(kb: KnowledgeBase, format: str) -> dict[str, bytes]:  # noqa: A002
    """The files of the tables and the sources, by name.

    Raises:
        MissingExtraError: The library for the format is not installed.
        SchemaError: A text cannot be written.
    """
    chosen = FILE_FORMATS[format]
    files, complaints = {}, []
    for name, rows in kb.tables.items():
        try:
            files[f"{name}{chosen.suffix}"] = chosen.to_bytes(name, rows)
        except UnicodeError as error:
            complaints.append(_no_text(name, error))
        except MissingExtraError as error:
            instead = Complaint("Without it, it can be saved as CSV", expected='kb.save(path, format="csv")')
            raise MissingExtraError([*error.complaints, instead]) from error
    try:
        files[f"{SOURCES}.json"] = sources_text(kb.sources).encode("utf-8")
    except UnicodeError as error:
        complaints.append(_no_text(SOURCES, error))
    if complaints:
        raise SchemaError(complaints)
    return files


def _no_text(where: str, error: UnicodeError) -> Complaint:
    return Complaint("A text cannot be written as UTF-8", where, "whole characters", str(error)[:200])


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a folder that is complete as soon as it has its name; one of that name holds the same."""
    if folder.is_dir():
        return
    work = Path(tempfile.mkdtemp(prefix=_WORK, dir=folder.parent))
    try:
        write_files({work / name: data for name, data in files.items()})
        work.chmod(folder.parent.stat().st_mode & 0o777)
        work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _remove_others(place: Path, data: str) -> None:
    """Remove what earlier saves left: the tables that were replaced, and the remains of killed ones."""
    for entry in _entries(place):
        stale = _is_work(entry) or (DATA.fullmatch(entry.name) and entry.name != data and _is_intact(entry))
        if stale and entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)


def _refuse_foreign(place: Path) -> None:
    """Refuse a folder that no save made, or in which something was changed since.

    Raises:
        FileError: With a complaint for everything that would be lost.
    """
    entries = _entries(place)
    package = place / PACKAGE
    complaints = list(_changed(package)) if os.path.lexists(package) else list(_strangers(entries))
    for entry in entries:
        if DATA.fullmatch(entry.name) and not _is_intact(entry):
            complaints.append(Complaint("Tables that would be removed were changed since they were saved", str(entry)))
    if complaints:
        advice = "Name another folder, or move these away."
        raise FileError([*complaints, Complaint("Nothing was saved", str(place), advice=advice)])


def _strangers(entries: list[Path]) -> Iterator[Complaint]:
    """What lies in a folder without a description, apart from the remains of killed saves."""
    found = [
        entry for entry in entries if entry.name != _LOCK and not DATA.fullmatch(entry.name) and not _is_work(entry)
    ]
    if found:
        got = some_of([entry.name for entry in found], 3, more=", …")
        yield Complaint("The folder holds other files", str(found[0].parent), "a new or an empty folder", got)


def _changed(package: Path) -> Iterator[Complaint]:
    """What is wrong with a description that would be replaced."""
    own = own_package(package)
    if own is None or package.is_symlink():
        yield Complaint("The file that would be replaced describes something else", str(package))
    elif own[OWN].get("package") != package_digest(own):
        yield Complaint("The file that would be replaced was changed since it was saved", str(package))


def own_package(package: Path) -> dict[str, Any] | None:
    """A `datapackage.json` of a saved knowledge base; None where it is not one."""
    try:
        read = json.loads(package.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) and isinstance(read.get(OWN), dict) else None


def _entries(place: Path) -> list[Path]:
    return sorted(place.iterdir())


def _is_work(entry: Path) -> bool:
    return entry.name.startswith(_WORK)


def _is_intact(folder: Path) -> bool:
    """Whether a folder of tables holds what its name says, and nothing else."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return _named({entry.name: checksum(entry) for entry in folder.iterdir()}) == folder.name
