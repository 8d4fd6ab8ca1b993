"""The table of repeated notices to decide in: written as CSV or workbook, and read back with its decisions."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.files import refuse_sources, write_file
from pairing_graph.base.inputs import exists, file_name, read_bytes
from pairing_graph.base.safe_cells import plain_text
from pairing_graph.lexicon.sheet_words import column_of, decision_of
from pairing_graph.output.tables import csv_text
from pairing_graph.output.workbook import sheet_bytes
from pairing_graph.readers.sheets import LIMITS, read_sheets, trimmed
from pairing_graph.reading.user_tables import DECISION, YES

SHEET = "repeated"
PAIR = ("file_kept", "file_repeated")
_SUFFIXES = (".csv", ".xlsx")


def refuse_suffix(path: str | Path) -> None:
    """Refuse a path under which no such table is written, before anything is read.

    Raises:
        FileError: Its suffix is another one.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _SUFFIXES:
        what = "A table of repeated notices is not written so"
        raise FileError(Complaint(what, str(path), " or ".join(_SUFFIXES), suffix or "no suffix"))


def write_repeated(table: pd.DataFrame, path: Path, sources: Collection[str]) -> pd.DataFrame:
    """Write the table; what somebody decided in the file about a pair stays.

    Returns:
        The table as it was written.

    Raises:
        FileError: The file is a notice or another table, or it cannot be written.
        MissingExtraError: openpyxl is not installed, for a workbook.
    """
    refuse_sources([path], sources)
    if exists(path):
        known = {tuple(row[name] for name in PAIR): row[DECISION] for row in read_repeated(path).to_dict("records")}
        pairs = table[list(PAIR)].itertuples(index=False, name=None)
        table = table.assign(**{DECISION: [known.get(pair, "") for pair in pairs]})
    data = sheet_bytes(SHEET, table) if path.suffix.lower() == ".xlsx" else csv_text(table).encode("utf-8-sig")
    write_file(path, data, sources=sources)
    return table


def read_repeated(path: str | Path) -> pd.DataFrame:
    """A table of repeated notices with its decisions, from a CSV or workbook.

    Raises:
        FileError: It cannot be read, or lacks a column.
    """
    what = "table of repeated notices"
    sheets = read_sheets(read_bytes(path, what, LIMITS.file_bytes), file_name(path), Path(path).suffix, what)
    lines = [trimmed(line) for _, line in sheets.get(SHEET) or next(iter(sheets.values()), [])]
    header = [column_of("aliases", cell) for cell in lines[0]] if lines else []
    wanted = (*PAIR, DECISION)
    if not set(wanted) <= set(header):
        got = ", ".join(filter(None, header)) or "nothing"
        advice = "pairing-graph repeated COLLECTION --into FILE writes one."
        raise FileError(Complaint(f"This is no {what}", str(path), ", ".join(wanted), got, advice))
    plain = plain_text if "" in sheets else str
    rows = [dict(zip(header, map(plain, line), strict=False)) for line in lines[1:] if any(line)]
    return pd.DataFrame(rows, columns=list(wanted), dtype="object").fillna("")


def decided_files(decided: pd.DataFrame | str | Path) -> list[str]:
    """The repeated files that a table says yes to, given itself or as its file.

    Raises:
        FileError: It lacks a column, a decision is not understood, or nothing is decided in the file.
    """
    table = decided if isinstance(decided, pd.DataFrame) else read_repeated(decided)
    wanted = (PAIR[1], DECISION)
    missing = [name for name in wanted if name not in table]
    if missing:
        got = ", ".join(map(str, table))
        raise FileError(Complaint("The table lacks a column", "decided", ", ".join(wanted), got))
    rows = [(str(file), decision_of(str(said))) for file, said in table[list(wanted)].itertuples(index=False)]
    strange = [file for file, said in rows if said == "unknown"]
    if strange:
        expected = "是 or yes; 否 or no; or nothing"
        raise FileError([Complaint("The decision is not understood", file, expected) for file in strange])
    if table is not decided and not any(said for _, said in rows):
        raise FileError(Complaint("No row says yes", str(decided), YES))
    return [file for file, said in rows if said == "yes"]
