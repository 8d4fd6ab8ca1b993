"""Which files of a collection are meant by paths: files as they were read, or folders with all beneath them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from pairing_graph.base.errors import Complaint, UnknownNameError
from pairing_graph.collection.collecting import noted_path
from pairing_graph.collection.index import Index

_NEAR = 0.75
"""How alike two names of files are (difflib's ratio) where one is probably a slip of the other."""


def meant_files(folder: Path, paths: Iterable[Path]) -> list[Path]:
    """The files of a collection that are meant, whether they are still on the disk or not.

    Args:
        folder: The folder of the collection.
        paths: Files that were read, or folders above such; or as the collection names them, from its own folder.

    Raises:
        FileError: It is no collection.
        UnknownNameError: Nothing of a path is in the collection; all such paths at once, with what is near.
    """
    with Index(folder) as index:
        known = index.files()
    found: dict[str, None] = {}
    complaints = []
    for path in paths:
        noted = noted_path(path, folder)
        beneath = _beneath(noted, known) or _beneath(path.as_posix(), known)
        found |= dict.fromkeys(beneath)
        complaints += [] if beneath else [_unknown(path, noted, known)]
    if complaints:
        raise UnknownNameError(complaints)
    return [folder / file for file in found]


def _beneath(path: str, known: Iterable[str]) -> list[str]:
    return [file for file in known if file == path or file.startswith(f"{path}/")]


def _unknown(path: Path, noted: str, known: Iterable[str]) -> Complaint:
    """The complaint about a path, with the files of nearly the same name, those of the same folder first."""
    name, above = PurePosixPath(noted).name, PurePosixPath(noted).parent
    files = sorted(map(PurePosixPath, known), key=lambda file: (file.parent != above, file))
    close = difflib.get_close_matches(name, list(dict.fromkeys(file.name for file in files)), n=3, cutoff=_NEAR)
    near = [str(file) for wanted in close for file in files if file.name == wanted]
    advice = f"Did you mean {' or '.join(near[:3])}?" if near else "collection.files has those that are."
    return Complaint(
        "The file is not in the collection", str(path), "a file that was read, or a folder of such", advice=advice
    )
