"""The table of aliases to decide in: suggestions with their evidence and an empty column, written as CSV or workbook."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.files import refuse_sources, write_file
from pairing_graph.base.inputs import exists
from pairing_graph.base.words import Language
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.graph.build import checksums
from pairing_graph.lexicon.sheet_words import decision_of
from pairing_graph.measures.same_bodies import same_bodies
from pairing_graph.output.tables import csv_text
from pairing_graph.output.workbook import sheet_bytes
from pairing_graph.reading.user_tables import DECISION, read_rows

SHEET = "aliases"
_KEY = ["region", "alias", "name"]
_COLUMNS = [*_KEY, "reason", "address", DECISION]
_SUFFIXES = (".csv", ".xlsx")


def suggest_aliases(source: Source, path: str | Path | None = None, *, lang: Language = "zh") -> pd.DataFrame:
    """Suggest which names of units are one body's: a table of aliases to decide in, row by row.

    Two names are suggested as one within a region (without one, within a document) where the same is left of both without
    mother company, place, legal form and listed abbreviations, or where one abbreviates every word of the other. Nothing
    is merged. Write 是 (yes) or 否 (no) into the column `decision` and give the file to `read_notice(path, aliases=file)`.
    Written again, the file keeps its rows with a decision.

    Args:
        source: A knowledge base or its graph, of one notice or many.
        path: Where to write the table: `.csv` (UTF-8 with BOM, for Excel) or `.xlsx`; without one nothing is written.
        lang: The language of the reasons.

    Returns:
        One row per suggestion, in the order of the units: region (of a unit without a region the document), alias, name
        (the more frequent or fuller one), reason (the evidence, and how often each is written), address (of an alias and
        of a name), decision (empty).

        What it does not say: that the names not listed are different bodies, or that those listed are one.

    Raises:
        FileError: The suffix is another one, the file is the notice itself or no table of aliases, or it cannot be written.
        MissingExtraError: openpyxl is not installed, for a workbook.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> table = suggest_aliases(read_notice("data/examples/two-names.txt"))
        >>> table.loc[table["name"] == "县供电公司", "alias"].tolist()
        ['国网云岭县供电公司', '云岭供电公司']
    """
    if path is not None:
        refuse_suffix(path)
    kb = as_knowledge_base(source)
    rows = [(found.region, found.alias, found.name, found.reason(lang), found.address, "") for found in same_bodies(kb)]
    table = pd.DataFrame(rows, columns=_COLUMNS, dtype="object")
    return table if path is None else write_aliases(table, Path(path), checksums(kb))


def refuse_suffix(path: str | Path) -> None:
    """Refuse a path under which no table of aliases is written, before anything is read.

    Raises:
        FileError: Its suffix is another one.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _SUFFIXES:
        raise FileError(Complaint("A table of aliases is not written so", str(path), " or ".join(_SUFFIXES), suffix))


def write_aliases(table: pd.DataFrame, path: Path, sources: frozenset[str]) -> pd.DataFrame:
    """Write a table of aliases; rows of the file that somebody decided about stay.

    Returns:
        The table as it was written, with these rows.

    Raises:
        FileError: The file is a notice or no table of aliases, or it cannot be written.
        MissingExtraError: openpyxl is not installed, for a workbook.
    """
    refuse_sources([path], sources)
    table = _with_decisions(table, path)
    data = sheet_bytes(SHEET, table) if path.suffix.lower() == ".xlsx" else csv_text(table).encode("utf-8-sig")
    write_file(path, data, sources=sources)
    return table


def _with_decisions(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    """The rows of the file that somebody decided about, as they are, and the suggestions that it does not have."""
    if not exists(path):
        return table
    header, rows = read_rows(SHEET, path)
    decided = DECISION not in header
    kept = [row for _, row in rows if decided or decision_of(row[DECISION])]
    known = {tuple(row[name] for name in _KEY) for row in kept}
    new = [row for row in table.to_dict("records") if tuple(row[name] for name in _KEY) not in known]
    columns = [*table.columns, *(name for name in header if name and name not in table.columns)]
    given = [{DECISION: "是", **row} if decided else row for row in kept]
    return pd.DataFrame([*given, *new], columns=columns, dtype="object").fillna("")
