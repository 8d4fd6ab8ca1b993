"""The corrections in a workbook that is about to be written anew: they are somebody's work, and stay."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.inputs import file_name, read_bytes
from pairing_graph.kb.schema import TABLES
from pairing_graph.readers import archive, xlsx
from pairing_graph.readers.limits import Limits
from pairing_graph.readers.sheets import read_workbook
from pairing_graph.reading.corrections.rows import (
    BLANK,
    CELLS,
    COMMENT,
    SHEET,
    english_heading,
    known_values,
)

Lines = list[list[str]]
_OWN = frozenset((SHEET, CELLS, *TABLES))
_NOT_KEPT = tuple(
    f"xl/{part}" for part in ("chartsheets", "comments", "drawings", "media", "threadedComments", "vbaProject")
)
"""Parts of a workbook that `write_tables` never makes, and that would be lost."""


def kept_corrections(path: str | Path, also: Collection[str] = ()) -> Lines:
    """The sheet of corrections of a workbook that `write_tables` made, its heading first; empty where there is no file.

    The old values that the workbook knows go into the column `expected`, since the tables around the sheet will be new.

    Args:
        path: The workbook.
        also: Other sheets that are made anew and may be there: those of measures.

    Raises:
        FileError: The file is no such workbook, or has other sheets, which would be lost.
    """
    path = Path(path)
    if not path.is_file():
        return []
    data, file = read_bytes(path, "workbook", Limits().file_bytes), file_name(path)
    advice = "Name another file."
    expected = "a workbook of tables, which is written anew with its corrections kept"
    if not xlsx.recognise(data, path.suffix):
        raise FileError(Complaint("A file that is no workbook would be replaced", str(path), expected, "", advice))
    sheets = read_workbook(data, file)
    foreign = [name for name in sheets if name not in _OWN and name not in also]
    if foreign:
        got = f"the sheets {', '.join(foreign)}"
        raise FileError(Complaint("Sheets of somebody else would be lost", str(path), expected, got, advice))
    lost = [name for name in archive.member_names(data) if name.startswith(_NOT_KEPT)]
    if not set(sheets) >= _OWN or lost:
        got = f"one with {', '.join(sorted(lost)[:3])}" if lost else "one without some of its sheets"
        raise FileError(Complaint("A workbook of somebody else would be replaced", str(path), expected, got, advice))
    lines = [line for _, line in sheets.get(SHEET, []) if any(cell.strip() for cell in line)]
    return _completed(lines, known_values(sheets)) if lines else []


def _completed(lines: Lines, known: dict[tuple[str, str], str]) -> Lines:
    """The rows completed with the old values that the workbook holds."""
    widest = max(map(len, lines))
    lines = [[*line, *[""] * (widest - len(line))] for line in lines]
    header = [english_heading(cell) for cell in lines[0]]
    if not {"address", "column", "value"} <= set(header):
        return lines
    if "expected" not in header:
        header.append("expected")
        lines = [[*lines[0], "expected"], *lines[1:]]
    place = header.index("expected")
    completed = [lines[0]]
    for line in lines[1:]:
        cells = [*line, *[""] * (len(header) - len(line))]
        if not cells[place].strip() and not cells[0].startswith(COMMENT):
            cells[place] = _old_value(dict(zip(header, cells, strict=False)), known)
        completed.append(cells)
    return completed


def _old_value(row: dict[str, str], known: dict[tuple[str, str], str]) -> str:
    """What the workbook holds at the place of a correction; nothing where it does not know, or was corrected already."""
    old = known.get((row["column"].strip(), row["address"].strip()))
    if old is None or old.strip() == row["value"].strip():
        return ""
    return old or BLANK
