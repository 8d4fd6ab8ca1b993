"""Which version of this package read a file of a collection, so that those that an older one read can be read again."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from pairing_graph.collection.index import Index, Known
from pairing_graph.kb.package import VERSION as FORMAT

COLUMNS = ("file", "document", "program", "format", "older")


def versions_of(folder: Path) -> pd.DataFrame:
    """The version that read each file of a collection; see `Collection.versions`.

    Raises:
        FileError: It is no collection.
    """
    with Index(folder) as index:
        rows = [
            (path, document, program, number, is_older(Known("", program=program, format=number)))
            for path, document, program, number in index.read_by()
        ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def known_now(sha256: str, document_code: int | None = None) -> Known:
    """What is noted of a file that this version of the package reads."""
    from pairing_graph import __version__

    return Known(sha256, document_code, program=__version__, format=FORMAT)


def is_older(known: Known) -> bool:
    """Whether an older version of the package read a file, or read it into older tables.

    Example:
        >>> is_older(Known("", program="0.0.9")), is_older(known_now(""))
        (True, False)
    """
    now = known_now("")
    return (_numbers(known.program), known.format) < (_numbers(now.program), now.format)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))
