"""Input files: odd paths are handled, and at most a given number of bytes is read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from pairing_graph.base.errors import Complaint, FileError, NoticeError
from pairing_graph.base.text import printable

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


def refuse_several(path: object) -> None:
    """Refuse what is no single path.

    Raises:
        NoticeError: It is a list of files, or something else.

    Example:
        >>> refuse_several(["a.txt", "b.txt"])
        Traceback (most recent call last):
        pairing_graph.base.errors.NoticeError: This is no single file. Expected: the path of one notice. Got: list. For \
several notices use read_notices.
    """
    if not isinstance(path, str | os.PathLike):
        expected, advice = "the path of one notice", "For several notices use read_notices."
        raise NoticeError(Complaint("This is no single file", "", expected, f"{type(path).__name__}", advice))


def read_bytes(path: str | Path, what: str, most_bytes: int, *, advice: str = "") -> bytes:
    """The bytes of a regular file; pipes and devices, which may be endless, are refused.

    Args:
        path: The file.
        what: What to call it in errors, such as `file` or `corrections`.
        most_bytes: Maximum size in bytes.
        advice: What to do if it is larger.

    Raises:
        FileError: It is missing, a folder, not a regular file, too large, or cannot be read.
    """
    shown = _one_line(str(path))
    try:
        _refuse_what_is_no_file(Path(path).stat(), shown, what)
        with open(path, "rb", opener=_open_at_once) as file:
            status = os.fstat(file.fileno())
            _refuse_what_is_no_file(status, shown, what)
            size = status.st_size
            data = file.read(most_bytes + 1) if size <= most_bytes else b""
    except FileNotFoundError as error:
        raise FileError(Complaint("There is no such file", shown, f"the {what}", "", "Check the path.")) from error
    except (OSError, ValueError) as error:
        got = _one_line(str(error))
        raise FileError(Complaint(f"The {what} cannot be read", repr(shown), "a readable file", got)) from error
    size = max(size, len(data))
    if size > most_bytes:
        expected = f"at most {most_bytes:,} bytes"
        raise FileError(Complaint("The file is too large", shown, expected, f"{size:,} bytes or more", advice))
    return data


def is_folder(path: str | Path) -> bool:
    """Whether a path is a folder; False for an invalid path.

    Example:
        >>> is_folder("a" * 5000), is_folder(".")
        (False, True)
    """
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def exists(path: str | Path) -> bool:
    """Whether a file or folder exists; False for an invalid path.

    Example:
        >>> exists("a" * 5000)
        False
    """
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def file_name(path: str | Path) -> str:
    r"""The name of a file on one line, valid in UTF-8.

    Example:
        >>> file_name("folder/notice\udcff\n.txt")
        'notice?\ufffd.txt'
    """
    return _one_line(Path(path).name)


def _one_line(text: str) -> str:
    return printable(text).replace("\n", "\ufffd").replace("\t", "\ufffd")


def _open_at_once(path: str, flags: int) -> int:
    """Open without blocking, in case the file has been replaced by a pipe since it was checked."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _refuse_what_is_no_file(status: os.stat_result, shown: str, what: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        expected = f"the {what}"
        raise FileError(Complaint("A folder was given where a file was wanted", shown, expected, "a folder"))
    if not stat.S_ISREG(status.st_mode):
        got = next((name for test, name in _KINDS if test(status.st_mode)), "something else")
        advice = "Save its output to a file and read that."
        raise FileError(Complaint("The path is not a regular file", shown, f"the {what}", got, advice))
