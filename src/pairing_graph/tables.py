"""Write the tables: CSV for Excel (BOM, one file a table), JSON (one object), a workbook to correct a reading in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pairing_graph.errors import Complaint, FileError
from pairing_graph.schema import KnowledgeBase

LIST_SEPARATOR = "；"
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def write_csv(tables: Mapping[str, pd.DataFrame], folder: str | Path) -> list[Path]:
    """Write frames as CSV files that Excel opens as they are: UTF-8 with BOM, one file a table.

    A text that Excel would take for a formula gets an apostrophe in front (a lone sign is none). Lists are joined by
    ；, numbers keep twelve digits.

    Args:
        tables: Frames by name; `kb.tables` gives the eight. A named index becomes columns.
        folder: Where the files go; it is made if it is not there.

    Returns:
        The files that were written.

    Raises:
        FileError: The folder cannot be written to.
    """
    folder = make_folder(folder)
    written = []
    for name, table in tables.items():
        flat = table.reset_index() if table.index.names != [None] else table
        path = folder / f"{name}.csv"
        write_bytes(path, csv_text(flat).encode("utf-8-sig"))
        written.append(path)
    return written


def write_tables(kb: KnowledgeBase, path: str | Path) -> Path:
    """Write the knowledge base as a workbook (`.xlsx`), as JSON (`.json`), or as a folder of CSV files.

    The workbook has the eight tables as sheets, a sheet `cells` with every cell and line of the documents, and an empty
    sheet `corrections`; filled in, it is what `read_notice(path, corrections=...)` takes.

    Args:
        kb: The knowledge base.
        path: The file, or a folder.

    Returns:
        The path.

    Raises:
        FileError: The place cannot be written to.
        MissingExtraError: openpyxl is not installed.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_tables(KnowledgeBase(), Path(folder) / "tables.xlsx").name
        'tables.xlsx'
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".json"):
        make_folder(path.parent)
    if suffix == ".xlsx":
        from pairing_graph.workbook import workbook_bytes

        return write_bytes(path, workbook_bytes(kb))
    if suffix == ".json":
        return write_bytes(path, json_text(kb).encode("utf-8"))
    write_csv(kb.tables, path)
    return path


def csv_text(table: pd.DataFrame) -> str:
    r"""A frame as CSV text, safe to open in a spreadsheet.

    Example:
        >>> csv_text(pd.DataFrame({"unit": ["=1+1"], "names": [("甲", "乙")]}))
        "unit,names\n'=1+1,甲；乙\n"
    """
    return table.map(_cell).to_csv(index=False, lineterminator="\n", float_format="%.12g")


def json_text(kb: KnowledgeBase) -> str:
    """The eight tables as one JSON object of lists of records.

    Example:
        >>> json.loads(json_text(KnowledgeBase()))["tasks"]
        []
    """
    return json.dumps(kb.records(), ensure_ascii=False, indent=1) + "\n"


def make_folder(folder: str | Path) -> Path:
    """The folder, made if it is not there.

    Raises:
        FileError: It cannot be made, or a file is in its place.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(Complaint("The folder cannot be made", str(folder), "a folder", str(error))) from error
    return folder


def write_bytes(path: Path, data: bytes) -> Path:
    """Write a file.

    Raises:
        FileError: It cannot be written.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise FileError(Complaint("The file cannot be written", str(path), "a writable place", str(error))) from error
    return path


def _cell(value: Any) -> Any:
    if isinstance(value, tuple | list):
        value = LIST_SEPARATOR.join(map(str, value))
    if isinstance(value, str) and len(value) > 1 and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
