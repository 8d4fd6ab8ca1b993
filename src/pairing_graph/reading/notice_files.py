"""The files of notices that a path, a folder or a pattern means."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.inputs import exists, is_folder
from pairing_graph.kb.saved import is_saved
from pairing_graph.readers import SUFFIXES

Paths = str | Path | Iterable[str | Path]
_PATTERN = re.compile(r"[*?\[]")


def notice_files(paths: Paths, *, deep: bool = False) -> list[Path]:
    """The files that `read_notices` reads: those named, those in folders, those that patterns fit.

    Args:
        paths: Files, folders and patterns.
        deep: Whether folders within folders are gone through as well.

    Raises:
        FileError: No file was given, or a folder or pattern has none.

    Example:
        >>> [path.name for path in notice_files("data/raw/wuxi*.txt")]
        ['wuxi-yuzhong-2022.txt']
    """
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    if not given:
        raise FileError(Complaint("No file was given", expected="one notice at least"))
    files: list[Path] = []
    empty: list[Complaint] = []
    for path in given:
        inside = _inside(path, deep)
        files += inside
        if not inside:
            place = "in the folder" if is_folder(path) else "under the pattern"
            expected = f"one file at least ({', '.join(sorted(SUFFIXES))})"
            empty.append(Complaint(f"There is no notice {place}", str(path), expected, "none"))
    if empty:
        raise FileError(empty)
    return list(dict.fromkeys(files))


def _inside(path: str | Path, deep: bool) -> list[Path]:
    """The file itself, the notices in a folder, or the files that a pattern fits."""
    if is_saved(path):
        return [Path(path)]
    if is_folder(path):
        inside = _beneath(Path(path)) if deep else Path(path).iterdir()
        return sorted(file for file in inside if _is_shown(file) and file.suffix.lower() in SUFFIXES)
    if _PATTERN.search(str(path)) and not exists(path):
        names = glob.glob(str(path), recursive=True)  # noqa: PTH207 – Path.glob takes no absolute pattern
        return sorted(file for file in map(Path, names) if _is_shown(file))
    return [Path(path)]


def _beneath(folder: Path) -> Iterator[Path]:
    """All beneath a folder but what hidden folders hold, such as those of git and Jupyter."""
    for file in folder.rglob("*"):
        if not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield file


def _is_shown(file: Path) -> bool:
    return file.is_file() and not file.name.startswith((".", "~$"))
