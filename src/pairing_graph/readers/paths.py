"""Paths that a user gives, however odd: too long, with a null byte, or of bytes that are no UTF-8."""

from __future__ import annotations

from pathlib import Path


def is_folder(path: str | Path) -> bool:
    """Whether a path is a folder; a path that no system takes is none.

    Example:
        >>> is_folder("a" * 5000), is_folder(".")
        (False, True)
    """
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def exists(path: str | Path) -> bool:
    """Whether there is such a file or folder; a path that no system takes is not there.

    Example:
        >>> exists("a" * 5000)
        False
    """
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def printable(text: str) -> str:
    r"""A path or name as UTF-8 can hold it; bytes that are no UTF-8 become question marks.

    Example:
        >>> printable("notice\udcff.txt")
        'notice?.txt'
    """
    return text.encode("utf-8", errors="replace").decode("utf-8")


def file_name(path: str | Path) -> str:
    r"""The name of a file, as UTF-8 can hold it.

    Example:
        >>> file_name("folder/notice\udcff.txt")
        'notice?.txt'
    """
    return printable(Path(path).name)
