"""Write files atomically, and never over a file that the result was made from."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TypeAlias

from pairing_graph.base.errors import Complaint, FileError

_CHUNK = 1 << 20
HTML_SUFFIXES = (".html", ".htm")
Content: TypeAlias = bytes | Callable[[IO[bytes]], object]
"""What a file holds: its bytes, or what writes them a piece at a time."""
_OPEN_STREAMS = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")


def write_file(path: str | Path, data: Content, *, sources: Collection[str] = ()) -> Path:
    """Write a file atomically: a full disk or a killed process leaves the old file in place.

    Missing folders are created. Links are followed; devices and pipes (`/dev/stdout`) are written to directly.

    Args:
        path: The file.
        data: Its content, or what writes it into an open file.
        sources: SHA-256 of the files that the data were made from; none of them is overwritten.

    Returns:
        The path as it was given.

    Raises:
        FileError: It cannot be written, or it is one of the sources.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_file(Path(folder) / "tables" / "a.txt", b"a").read_bytes()
        b'a'
    """
    return write_files({Path(path): data}, sources=sources)[0]


def write_files(contents: Mapping[Path, Content], *, sources: Collection[str] = ()) -> list[Path]:
    """Write several files: all are complete under temporary names before the first is moved into place.

    Args:
        contents: The content of each file.
        sources: As in `write_file`.

    Returns:
        The paths as they were given.

    Raises:
        FileError: With a complaint for every path that is one of the sources; or one cannot be written.
    """
    refuse_sources(contents, sources)
    with ExitStack() as unfinished:
        ready: list[tuple[Path, Path, Path]] = []
        for path, data in contents.items():
            try:
                if _is_stream(path):
                    with path.open("ab") as stream:
                        _fill(stream, data)
                    continue
                target = Path(os.path.realpath(path))
                if target.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                target.parent.mkdir(parents=True, exist_ok=True)
                beside = target.parent / f".pairing-graph-{secrets.token_hex(8)}.tmp"
                unfinished.callback(beside.unlink, missing_ok=True)
                _write_new(beside, data, target)
                ready.append((path, beside, target))
            except (OSError, ValueError) as error:
                raise _not_written(path, error) from error
        for path, beside, target in ready:
            try:
                beside.replace(target)
            except OSError as error:
                raise _not_written(path, error) from error
    return list(contents)


def make_folder(folder: str | Path) -> Path:
    """A folder, created if it does not exist.

    Raises:
        FileError: It cannot be created, or a file is in its place.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise FileError(Complaint("The folder cannot be made", str(folder), "a folder", _reason(error))) from error
    return folder


def refuse_sources(paths: Iterable[Path], sources: Collection[str]) -> None:
    """Refuse to write over a file that the result was made from, under whatever name or link.

    Args:
        paths: The files to be written.
        sources: SHA-256 of the files that were read.

    Raises:
        FileError: With a complaint for each.
    """
    known = set(sources) - {""}
    what = "The output would overwrite the notice that was read"
    refuse([(what, path) for path in paths if known and checksum(path) in known], "Name another file.")


def refuse(faults: Iterable[tuple[str, object]], advice: str) -> None:
    """Refuse to go on where anything is wrong: each fault with the path that has it.

    Raises:
        FileError: With a complaint for each.
    """
    complaints = [Complaint(what, str(path), advice=advice) for what, path in faults]
    if complaints:
        raise FileError(complaints)


def refuse_inputs(outputs: Iterable[str | Path | None], inputs: Mapping[str, str | Path | None]) -> None:
    """Refuse outputs that are among the inputs, before anything is read.

    Args:
        outputs: Files to be written.
        inputs: What was given to read, by what it is (notice, corrections).

    Raises:
        FileError: With a complaint for each.
    """
    clashes = [
        (f"The output would overwrite the {what}", out)
        for out in outputs
        for what, path in inputs.items()
        if out is not None and is_among(Path(out), [path])
    ]
    refuse(clashes, "Name another file or folder with --out.")


def refuse_suffix(path: str | Path, what: str, suffixes: Collection[str], advice: str = "") -> None:
    """Refuse a file whose suffix promises another format than the one that is written.

    A name without a suffix, a version (`report-1.2`) and an open stream are no promise.

    Raises:
        FileError: The suffix is none of these.

    Example:
        >>> refuse_suffix("report.pdf", "A report is written as HTML", (".html", ".htm"))
        Traceback (most recent call last):
        pairing_graph.base.errors.FileError: A report is written as HTML. Where: report.pdf. Expected: .html, .htm. Got: .pdf.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix and not suffix[1:].isdigit() and suffix not in suffixes and not _is_stream(path):
        raise FileError(Complaint(what, str(path), ", ".join(suffixes), path.suffix, advice))


def checksum(path: Path) -> str:
    """The SHA-256 of a regular file; empty if it cannot be read."""
    try:
        if not path.is_file():
            return ""
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
    except (OSError, ValueError):
        return ""
    return digest.hexdigest()


def _write_new(beside: Path, data: Content, target: Path) -> None:
    """A new file with the permissions of the one that it will replace, on the disk when this returns."""
    with beside.open("xb") as file:
        _fill(file, data)
        file.flush()
        os.fsync(file.fileno())
    if target.is_file():
        beside.chmod(stat.S_IMODE(target.stat().st_mode))


def _fill(file: IO[bytes], data: Content) -> None:
    if isinstance(data, bytes):
        file.write(data)
    else:
        data(file)


def _is_stream(path: Path) -> bool:
    """Whether a path is an open stream, or is neither a file nor a folder: a device or a pipe."""
    if path.as_posix().startswith(_OPEN_STREAMS):
        return True
    return path.exists() and not path.is_file() and not path.is_dir()


def is_among(path: Path, others: Iterable[str | Path | None]) -> bool:
    """Whether a path is the same file as one of others, under whatever name or link."""
    return any(other is not None and _is_same(path, Path(other)) for other in others)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _not_written(path: Path, error: Exception) -> FileError:
    expected = "a place that can be written to, with room on the disk"
    advice = "What was there before is unchanged."
    return FileError(Complaint("The file cannot be written", str(path), expected, _reason(error), advice))


def _reason(error: Exception) -> str:
    """What the system says, without the path, which may be one of the writer's own."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
