"""Write the tables: CSV for Excel (BOM, one file a table), JSON (one object), a workbook to correct a reading in."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.files import make_folder, write_files
from pairing_graph.base.safe_cells import safe_text
from pairing_graph.base.words import Language
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.schema import KnowledgeBase
from pairing_graph.output import formats

LIST_SEPARATOR = "；"


def write_csv(tables: Mapping[str, pd.DataFrame], folder: str | Path, *, sources: Collection[str] = ()) -> list[Path]:
    """Write frames as CSV files that Excel opens as they are: UTF-8 with BOM, one file a table.

    A text that Excel would take for a formula gets an apostrophe in front (a lone sign is none). Lists are joined by
    ；, numbers keep twelve digits.

    Args:
        tables: Frames by name; `kb.tables` gives the eight. A named index becomes columns.
        folder: Where the files go; created if it does not exist.
        sources: SHA-256 of the files that the tables were made from; none of them is overwritten.

    Returns:
        The files that were written.

    Raises:
        FileError: The folder cannot be written to.
    """
    folder = make_folder(folder)
    flat = {name: table.reset_index() if table.index.names != [None] else table for name, table in tables.items()}
    contents = {folder / f"{name}.csv": csv_text(table).encode("utf-8-sig") for name, table in flat.items()}
    return write_files(contents, sources=sources)


def write_tables(source: Source, path: str | Path, *, lang: Language | None = None) -> Path:
    """Write the knowledge base as a workbook (`.xlsx`), as JSON (`.json`), or as a folder of CSV files.

    The workbook has the eight tables as sheets, a sheet `cells` with every cell and line of the documents, and an empty
    sheet `corrections`; filled in, it is what `read_notice(path, corrections=...)` takes. Written again, the workbook keeps
    what is in that sheet; a workbook with other sheets is not replaced.

    Args:
        source: A knowledge base or its graph.
        path: The file, or a folder.
        lang: The language of the hints in the workbook; without one, Chinese and English.

    Returns:
        The path.

    Raises:
        NoticeError: It is neither a knowledge base nor a graph.
        FileError: The suffix is of another format, the file is the notice itself, or it cannot be written.
        MissingExtraError: openpyxl is not installed.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_tables(KnowledgeBase(), Path(folder) / "tables.xlsx").name
        'tables.xlsx'
    """
    kb, path = as_knowledge_base(source), Path(path)
    suffix, rows = path.suffix.lower(), formats.FORMATS.values()
    row = next((row for row in rows if row.suffix == suffix and not row.folder), None)
    if row is None:
        if suffix and not suffix[1:].isdigit() and not path.is_dir():  # A version (tables-1.2) is no format.
            advice = "For a folder of CSV files, name it without a suffix."
            raise FileError(Complaint("This table format is not written", str(path), formats.places(), suffix, advice))
        row = next(row for row in rows if row.folder)
    row.write(kb, kb.tables, path, lang)
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


def _cell(value: Any) -> Any:
    if isinstance(value, tuple | list):
        value = LIST_SEPARATOR.join(map(str, value))
    return safe_text(value) if isinstance(value, str) else value
