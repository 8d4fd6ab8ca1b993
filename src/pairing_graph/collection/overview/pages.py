"""The files beside an overview that hold the pages of notices: their names, the way back, and those of an earlier run."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

_NAME = re.compile(r"pages-\d{2,}\.html")


def page_name(number: int) -> str:
    """The name of a file of pages.

    Example:
        >>> page_name(3)
        'pages-03.html'
    """
    return f"pages-{number:02d}.html"


def back_link(overview: Path) -> str:
    """The address of an overview from the folder of its pages.

    Example:
        >>> back_link(Path("out/a b.html"))
        '../a%20b.html'
    """
    return f"../{quote(overview.name)}"


def remove_others(folder: Path, back: str, written: Collection[Path]) -> None:
    """Remove the pages of an earlier overview, and the folder where nothing else is in it.

    These are files under the names of pages that lead back to the overview as only its pages do; what somebody else put there
    stays.

    Args:
        folder: The folder of the pages.
        back: The address of the overview, to which its pages lead back.
        written: The pages that the overview has now.
    """
    mark = f'<a class="back" href="{back}">'.encode()
    with suppress(OSError):  # What cannot be removed is as it was before; the overview is written and complete.
        named = (file for file in sorted(folder.iterdir()) if file not in written and _NAME.fullmatch(file.name))
        others = [file for file in named if file.is_file() and not file.is_symlink() and mark in file.read_bytes()]
        for file in others:
            file.unlink()
        if others and not any(folder.iterdir()):
            folder.rmdir()
