"""The folder of a run: its files appear as a whole, and no other file is replaced.

While a run works, its files are in a hidden folder beside their places. `manifest.json` lists what the last run wrote
with checksums: a file changed since is kept, and what the next run no longer writes is removed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.files import checksum, make_folder, refuse_inputs, write_file
from pairing_graph.kb.schema import KnowledgeBase

MANIFEST = "manifest.json"
INCOMPLETE = "INCOMPLETE.json"
_UNFINISHED = ".unfinished"
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
    about: dict[str, Any] = field(default_factory=dict)


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
        overwrite: Replace files too that were changed since, or that no run wrote.

    Yields:
        The folder; files go below its `work`.

    Raises:
        FileError: Another run is writing into it, it cannot be written to, or a file that no run wrote would be replaced.
    """
    from filelock import FileLock, Timeout

    folder = make_folder(place)
    try:
        with FileLock(folder / _LOCK, timeout=0):
            work = folder / _UNFINISHED
            shutil.rmtree(work, ignore_errors=True)
            run = RunFolder(folder, make_folder(work))
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
    made = {str(file.relative_to(run.work).as_posix()): file for file in sorted(run.work.rglob("*")) if file.is_file()}
    sums = {name: checksum(file) for name, file in made.items()}
    before = _written_before(run.place)
    refuse_inputs([run.place / name for name in made], inputs)
    _refuse_blocked(run.place, made)
    if not overwrite:
        _refuse_foreign(run.place, sums, before)
    write_file(run.place / INCOMPLETE, _as_json({"note": _NOTE, "files": sums}))
    try:
        for name, file in made.items():
            target = run.place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
    except OSError as error:
        expected = "a place that can be written to"
        raise FileError(Complaint("The folder is incomplete", str(run.place), expected, str(error))) from error
    for name in set(before) - set(made):
        if checksum(run.place / name) in before[name]:
            (run.place / name).unlink(missing_ok=True)
    write_file(run.place / MANIFEST, _as_json(run.about | {"files": sums}))
    (run.place / INCOMPLETE).unlink(missing_ok=True)


def _written_before(place: Path) -> dict[str, list[str]]:
    """The checksums of what earlier runs wrote, an interrupted one included, by name."""
    known: dict[str, list[str]] = {}
    for record in (MANIFEST, INCOMPLETE):
        try:
            files = json.loads((place / record).read_text(encoding="utf-8"))["files"]
            pairs = [(str(name), str(digest)) for name, digest in files.items()]
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
        for name, digest in pairs:
            if not Path(name).is_absolute() and ".." not in Path(name).parts:
                known.setdefault(name, []).append(digest)
    return known


def _refuse_blocked(place: Path, names: Iterable[str]) -> None:
    """Refuse where a folder is in the place of a file, or a file in that of a folder.

    Raises:
        FileError: With a complaint for each.
    """
    files = [place / name for name in names]
    blocked = [file for file in files if file.is_dir()]
    folders = dict.fromkeys(folder for file in files for folder in file.parents if place in folder.parents)
    blocked += [folder for folder in folders if folder.exists() and not folder.is_dir()]
    if blocked:
        advice = "Move it away, or name another folder."
        raise FileError(
            [Complaint("Something else is in the place of an output", str(path), "", "", advice) for path in blocked]
        )


def _refuse_foreign(place: Path, sums: Mapping[str, str], before: Mapping[str, Sequence[str]]) -> None:
    """Refuse to replace what no run wrote, or what was changed since.

    Raises:
        FileError: With a complaint for each such file.
    """
    complaints = []
    for name, digest in sums.items():
        there = checksum(place / name)
        if there and there != digest and there not in before.get(name, ()):
            what = "was changed since it was written" if name in before else "was not written by an earlier run"
            complaints.append(Complaint(f"A file that would be replaced {what}", str(place / name)))
    if complaints:
        shown = complaints[:_SHOWN]
        more = f"{len(complaints) - _SHOWN} more. " if len(complaints) > _SHOWN else ""
        advice = f"{more}Move them away, name another folder, or replace them with --overwrite."
        raise FileError([*shown, Complaint("Nothing was replaced", str(place), advice=advice)])


def _as_json(record: Mapping[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
