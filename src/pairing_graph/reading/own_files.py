"""Files that this package wrote, given where a notice was wanted: opened if nothing is lost, else it is said what opens them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pairing_graph.base.errors import Complaint, FileError, NoticeError, SchemaError
from pairing_graph.base.inputs import is_folder, read_bytes
from pairing_graph.base.text import printable
from pairing_graph.kb.document import Document, Grid
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.saved import is_saved, open_kb
from pairing_graph.kb.schema import TABLES
from pairing_graph.kb.validation import validate
from pairing_graph.reading.corrections import CELLS

_HEAD = 4096
"""Bytes from the beginning of a file that tell what wrote it."""
_LARGEST = 500_000_000
_SHEETS = frozenset({CELLS, "units", "tasks", "assignments", "pairings"})
"""Sheets that no notice has together."""
_GRAPHS = (("<graphml", "GraphML"), ("<gexf", "GEXF"), ('"multigraph"', "node-link JSON"))


def open_own(path: str | Path, options: Mapping[str, Any]) -> KnowledgeBase | None:
    """The knowledge base of a saved folder, or of JSON that `write_tables` wrote (without sources); None for other files.

    Args:
        path: The file or folder.
        options: The options of reading that were given; they are for notices.

    Raises:
        NoticeError: It is one of these and cannot be opened, or options of reading were given.
    """
    saved = is_saved(path)
    if not saved and not _is_json_of_tables(_head(path)):
        return None
    given = [
        name for name, value in options.items() if not (value is None or (isinstance(value, str) and value == "base"))
    ]
    if given:
        advice = "Read the notice again with them, and save that."
        what = "It was read before: options of reading do not apply"
        raise NoticeError(Complaint(what, printable(str(path)), "no options", ", ".join(given), advice))
    return open_kb(path) if saved else _open_json(path)


def refuse_own(path: str | Path) -> None:
    """Refuse a file that this package wrote and that is no notice.

    Raises:
        FileError: The message says what opens it.
    """
    head = _head(path)
    where, expected = printable(str(path)), "a notice"
    folder = Path(path).parent.parent
    if not is_folder(path) and is_saved(folder):
        advice = f"Open the folder: pg.open_kb({str(folder)!r})."
        raise FileError(Complaint("The file is a part of a saved knowledge base", where, expected, "", advice))
    if is_saved(path) or _is_json_of_tables(head):
        opens = "pg.open_kb" if is_saved(path) else "pg.read_notice"
        advice = f"Open it alone: {opens}({str(path)!r})."
        raise FileError(
            Complaint("It was read before, and is not read together with notices", where, expected, "", advice)
        )
    kind = next((name for sign, name in _GRAPHS if sign in head), "")
    if kind and head.lstrip("\ufeff \n").startswith(("<?xml", "<g", "{")):
        advice = "pg.to_knowledge_base(pg.read_graph(path)) opens it, if it is GraphML or JSON that write_graph wrote."
        raise FileError(Complaint(f"This is a graph file ({kind}), no notice", where, expected, "", advice))
    table = _table_of(head)
    if table:
        advice = "Read the notice again; kb.save(path) keeps a knowledge base, and pg.open_kb(path) opens it."
        what = f"This is the table {table} of a knowledge base, no notice"
        raise FileError(Complaint(what, where, expected, "one of eight tables", advice))


def refuse_own_workbook(document: Document) -> None:
    """Refuse a workbook that `write_tables` wrote, which shortens long texts and lists.

    Raises:
        FileError: The message says what it is for.
    """
    grids = (block for block in document.blocks if isinstance(block, Grid))
    if {cell.place.sheet for grid in grids for cell in grid.cells[:1]} >= _SHEETS:
        advice = (
            "Its sheet of corrections is for read_notice(notice, corrections=…); kb.save(path) keeps a knowledge base."
        )
        what = "This is a workbook of a knowledge base, no notice"
        raise FileError(Complaint(what, printable(document.file), "a notice", "its eight tables", advice))


def _head(path: str | Path) -> str:
    """The beginning of a regular file; empty where there is none."""
    try:
        if not Path(path).is_file():
            return ""
        with Path(path).open("rb") as file:
            return file.read(_HEAD).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


def _is_json_of_tables(head: str) -> bool:
    first = next(iter(TABLES))
    return "".join(head.lstrip("\ufeff").split()).startswith(f'{{"{first}":[')


def _table_of(head: str) -> str:
    """The table whose columns a CSV file begins with."""
    line = head.lstrip("\ufeff").partition("\n")[0].replace('"', "").strip()
    return next((name for name, table in TABLES.items() if line == ",".join(table.names)), "")


def _open_json(path: str | Path) -> KnowledgeBase:
    """The eight tables that `write_tables` wrote as JSON.

    Raises:
        FileError: It is damaged.
        SchemaError: What it holds breaks the schema.
    """
    data = read_bytes(path, "file", _LARGEST)
    where, expected = printable(str(path)), "JSON of eight tables that write_tables wrote"
    try:
        read = json.loads(data.decode("utf-8-sig"))
        if not isinstance(read, dict) or set(read) != set(TABLES):
            raise ValueError(f"its parts are {', '.join(map(str, read))[:200]}")
        tables: dict[str, Any] = {name: frame(name, _records(read[name])) for name in TABLES}
    except SchemaError as error:
        raise SchemaError([Complaint("The file cannot be opened", where, expected), *error.complaints]) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise FileError(Complaint("The file is damaged", where, expected, str(error)[:200])) from error
    return validate(KnowledgeBase(**tables))


def _records(rows: Any) -> list[dict[str, Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("a table is no list of records")
    return rows
