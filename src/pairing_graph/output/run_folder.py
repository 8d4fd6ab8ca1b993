"""The folder of a run: its files appear together, and no other file is replaced.

While a run works, its files are in a hidden folder beside their places. `manifest.json` lists what the last run wrote
with checksums: a file changed since is kept, and what the next run no longer writes is removed.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.files import checksum, is_among, make_folder, refuse, refuse_inputs, refuse_sources, write_file
from pairing_graph.kb.knowledge_base import KnowledgeBase

MANIFEST = "manifest.json"
INCOMPLETE = "INCOMPLETE.json"
_WORK = ".pairing-graph-run-"
_MARK = ".unfinished"
"""A file in a run's own work folder, that identifies what a killed run left behind."""
_LOCK = ".lock"
_NOTE = "A run was interrupted while it put its files here: some are of this run, some of the one before. Run it again."
_SHOWN = 10


@dataclass
class RunFolder:
    """The folder of a run while it works.

    Attributes:
        place: Where the files will be.
        work: Where they are written until the run is over.
        about: What the manifest says besides: the program, the notices.
    """

    place: Path
    work: Path
    about: dict[str, Any] = field(default_factory=lambda: {"notices": []})


def about(kb: KnowledgeBase) -> dict[str, Any]:
    """What a manifest says of a run: the version of the program, the notices with their checksums.

    Example:
        >>> about(KnowledgeBase())["notices"]
        []
    """
    from pairing_graph import __version__

    columns = ["document", "file", "sha256"]
    return {"program": f"pairing_graph {__version__}", "notices": kb.documents[columns].to_dict("records")}


@contextmanager
def run_folder(
    place: str | Path, *, inputs: Mapping[str, str | Path | None], overwrite: bool = False
) -> Iterator[RunFolder]:
    """A folder to write the files of a run into; they are put in place together when the block ends without an error.

    Args:
        place: The folder, made if it is not there.
        inputs: What the run reads, by what it is; none of it is overwritten.
        overwrite: Also replace files that were changed since, or that no run wrote.

    Yields:
        The folder; files go below its `work`.

    Raises:
        FileError: Another run is writing into it, it cannot be written to, or a file that no run wrote would be replaced.
    """
    from filelock import FileLock, Timeout

    folder = make_folder(place)
    try:
        with FileLock(folder / _LOCK, timeout=0):
            _remove_remains(folder)
            work = Path(tempfile.mkdtemp(prefix=_WORK, dir=folder))
            (work / _MARK).touch()
            run = RunFolder(folder, work)
            try:
                yield run
                _publish(run, inputs, overwrite=overwrite)
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except Timeout as error:
        advice = "Wait until it is over, or name another folder."
        raise FileError(Complaint("Another run is writing into the folder", str(folder), "", "", advice)) from error


def _publish(run: RunFolder, inputs: Mapping[str, str | Path | None], *, overwrite: bool) -> None:
    """Put the files in place; from the first to the last of them a file says that the folder is incomplete."""
    files = [file for file in sorted(run.work.rglob("*")) if file.is_file() and file.name != _MARK]
    made = {str(file.relative_to(run.work).as_posix()): file for file in files}
    sums = {name: checksum(file) for name, file in made.items()}
    before = _written_before(run.place)
    targets = [run.place / name for name in (*made, MANIFEST, INCOMPLETE)]
    sources = {str(notice["sha256"]) for notice in run.about.get("notices", ())}
    refuse_inputs(targets, inputs)
    refuse_sources(targets, sources)
    _refuse_blocked(run.place, targets)
    if not overwrite:
        _refuse_foreign(run.place, sums, before)
    known = {name: [*before.get(name, ()), digest] for name, digest in sums.items()}
    write_file(run.place / INCOMPLETE, _as_json({"note": _NOTE, "files": known}))
    try:
        for name, file in made.items():
            target = run.place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
    except OSError as error:
        expected = "a place that can be written to"
        raise FileError(Complaint("The folder is incomplete", str(run.place), expected, str(error))) from error
    for name in set(before) - set(made):
        old, digest = run.place / name, checksum(run.place / name)
        if digest in before[name] and digest not in sources and not is_among(old, inputs.values()):
            old.unlink(missing_ok=True)
    write_file(run.place / MANIFEST, _as_json(run.about | {"files": sums}))
    (run.place / INCOMPLETE).unlink(missing_ok=True)


def _written_before(place: Path) -> dict[str, list[str]]:
    """The checksums of what earlier runs wrote, an interrupted one included, by name."""
    known: dict[str, list[str]] = {}
    for record in (MANIFEST, INCOMPLETE):
        try:
            files = json.loads((place / record).read_text(encoding="utf-8"))["files"]
            entries = [(str(name), [found] if isinstance(found, str) else list(found)) for name, found in files.items()]
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
        for name, digests in entries:
            if not Path(name).is_absolute() and ".." not in Path(name).parts:
                known.setdefault(name, []).extend(map(str, digests))
    return known


def _remove_remains(folder: Path) -> None:
    """Remove the work folders of killed runs; nothing else is touched."""
    for work in folder.glob(f"{_WORK}*"):
        if work.is_dir() and not work.is_symlink() and (work / _MARK).is_file():
            shutil.rmtree(work, ignore_errors=True)


def _refuse_blocked(place: Path, files: Sequence[Path]) -> None:
    """Refuse where a folder is in the place of a file, or a file in that of a folder.

    Raises:
        FileError: With a complaint for each.
    """
    blocked = [file for file in files if file.is_dir()]
    folders = dict.fromkeys(folder for file in files for folder in file.parents if place in folder.parents)
    blocked += [folder for folder in folders if folder.exists() and not folder.is_dir()]
    what = "Something else is in the place of an output"
    refuse([(what, path) for path in blocked], "Move it away, or name another folder.")


def _refuse_foreign(place: Path, sums: Mapping[str, str], before: Mapping[str, Sequence[str]]) -> None:
    """Refuse to replace what no run wrote, or what was changed since.

    Raises:
        FileError: With a complaint for each such file.
    """
    complaints = []
    for name, digest in sums.items():
        there = checksum(place / name)
        unknown = not there and os.path.lexists(place / name)
        if unknown or (there and there != digest and there not in before.get(name, ())):
            what = "was changed since it was written" if name in before else "was not written by an earlier run"
            complaints.append(Complaint(f"A file that would be replaced {what}", str(place / name)))
    records = (place / name for name in (MANIFEST, INCOMPLETE) if os.path.lexists(place / name))
    what = "A file that would be replaced is no record of a run"
    complaints += [Complaint(what, str(record)) for record in records if not _is_own_record(record)]
    if complaints:
        shown = complaints[:_SHOWN]
        more = f"{len(complaints) - _SHOWN} more. " if len(complaints) > _SHOWN else ""
        advice = f"{more}Move them away, name another folder, or replace them with --overwrite."
        raise FileError([*shown, Complaint("Nothing was replaced", str(place), advice=advice)])


def _is_own_record(path: Path) -> bool:
    """Whether a manifest, or the remark that a folder is incomplete, is one that a run wrote."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    own = isinstance(record, dict) and isinstance(record.get("files"), dict)
    return own and not path.is_symlink() and ("notices" in record or record.get("note") == _NOTE)


def _as_json(record: Mapping[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
