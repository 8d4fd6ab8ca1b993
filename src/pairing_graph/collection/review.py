"""The queue of doubts of a collection: what is in doubt or was not read, that first on which most rows depend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.base.words import Language, reason_text, word
from pairing_graph.collection.index import Index
from pairing_graph.collection.reading import ID_TAKEN
from pairing_graph.collection.selecting import Part, part_of_folder
from pairing_graph.kb.address import Address, split
from pairing_graph.kb.document import Grid, Source
from pairing_graph.reading.corrections import TEXT
from pairing_graph.reading.corrections.rows import BLANK

COLUMNS = (
    "priority", "depends", "severity", "doubt", "meaning", "words", "address", "column", "expected", "value", "reason",
    "document", "file",
)  # fmt: skip
WEIGHTS: Mapping[str, int] = MappingProxyType({"loss": 2, "doubt": 1})
"""How much a row that depends on a doubt counts. Our own choice: what was not read is missing from every number for certain,
what was read in doubt may be right."""
LEAST = 1
"""Rows that depend on any doubt at the least: it would else be last however grave."""
UNREADABLE = "file_unreadable"
NOT_CORRECTED = (UNREADABLE, ID_TAKEN)
"""Reasons that no correction of words answers: something is to be done about the file."""
_FACTS = (("assignments", True), ("pairings", True), ("targets", False))
"""The tables whose rows are counted, and whether they name the cell that supplied a blank one."""
_MARK = "regexp_extract({0}, '!([^!]*)$', 1)"
_ROW = r"^t\d+r\d+"
_LEVELS = (r"^t\d+r\d+c\d+", r"^p\d+", _ROW, r"^t\d+", "^")
"""Cell, paragraph, row, table, notice: what a place may be, the finest first."""
_COLUMN = (r"^(t\d+)r\d+(c\d+).*$", r"\1\2")
"""A cell, and the column that it is in."""
_OF_COLUMNS = ("no_direction", "column_guessed")
"""Reasons that are about a heading: on them depends what was read of its column."""


def review_queue(folder: Path, most: int, lang: Language) -> pd.DataFrame:
    """The queue of doubts; see `Collection.review`.

    Raises:
        NoticeError: There is to be less than one row.
        FileError: It is no collection.
    """
    if most < 1:
        raise NoticeError(Complaint("The queue would be empty", "most", "1 row or more", repr(most)))
    part = part_of_folder(folder)
    with Index(folder) as index:
        failures = index.failures()
        paths = dict(reversed(index.paths_of(code for _, code in index.live_documents())))
    usual = _usual(part)
    rows = [*_doubts(part, most), *_failures(failures[:most], usual)]
    rows.sort(key=lambda row: (-row["priority"], row["severity"] != "loss", row["document_code"], row["row"]))
    rows = rows[:most]
    codes = sorted({row["document_code"] for row in rows if row["document"]})
    sources = part.narrowed(codes).sources(codes)
    table = pd.DataFrame([_finished(row, paths, sources, lang) for row in rows], columns=list(COLUMNS), dtype="object")
    table = table.astype({"priority": "int64", "depends": "int64"})
    table.attrs = {
        "doubts": _number(part) + len(failures), "weights": dict(WEIGHTS), "rows_of_a_notice": usual,
        "depends": "assignments, pairings and targets that cite the place or were supplied by it",
    }  # fmt: skip
    return table


def number_of_doubts(folder: Path) -> int:
    """How many doubts and losses the notices of a collection have; files that could not be read are no notices.

    Raises:
        FileError: It is no collection.
    """
    return _number(part_of_folder(folder))


def _facts(part: Part) -> str:
    """Every row that may depend on a doubt, once for each place that it cites: notice, its own number, the place."""
    queries = []
    for number, (table, inherits) in enumerate(_FACTS):
        rows = part.rows(table)
        if rows:
            cited = "address || ' ' || inherited_from" if inherits else "address"
            queries.append(
                f"SELECT document_code, {number} AS kind, row, unnest(string_split({cited}, ' ')) AS place FROM ({rows})"
            )
    return " UNION ALL ".join(queries) or "SELECT 0 AS document_code, 0 AS kind, 0 AS row, '' AS place WHERE false"


def _number(part: Part) -> int:
    rows = part.rows("unread")
    if not rows:
        return 0
    query = f"SELECT count(*) AS n FROM ({rows}) WHERE severity IN ('doubt', 'loss')"
    return int(part.records(query)[0]["n"])


def _usual(part: Part) -> int:
    """The rows of a notice at the median, for a notice that was not read."""
    documents = part.rows("documents")
    if not documents:
        return LEAST
    query = (
        f"SELECT median(n) AS n FROM (SELECT count(f.row) AS n FROM ({documents}) d LEFT JOIN "
        f"(SELECT DISTINCT document_code, kind, row FROM ({_facts(part)})) f USING (document_code) GROUP BY d.document_code)"
    )
    return max(LEAST, int(part.records(query)[0]["n"] or 0))


def _doubts(part: Part, most: int) -> list[dict[str, Any]]:
    """The doubts on which most rows depend.

    Where no row cites the place of a doubt, as when a cell was not read, those of its row of the table depend on it; on a
    doubt about a heading those of its column.
    """
    unread, documents = part.rows("unread"), part.rows("documents")
    if not unread:
        return []
    mark = _MARK.format("place")
    keys = [f"regexp_extract({mark}, '{level}')" for level in _LEVELS]
    column = f"regexp_replace({mark}, '{_COLUMN[0]}', '{_COLUMN[1]}')"
    finest = ", ".join(f"nullif({key}, '')" for key in keys)
    scope = f"CASE WHEN reason IN {_OF_COLUMNS} AND {keys[0]} <> '' THEN {column} ELSE coalesce({finest}, '') END"
    weight = " ".join(f"WHEN '{severity}' THEN {number}" for severity, number in WEIGHTS.items())
    query = f"""
        WITH doubts AS (SELECT document_code, row, document, severity, reason, text, address FROM ({unread})
            WHERE severity IN ('doubt', 'loss')),
        places AS (SELECT *, {scope} AS scope, regexp_extract({mark}, '{_ROW}') AS line FROM
            (SELECT document_code, row, reason, unnest(string_split(address, ' ')) AS place FROM doubts)),
        facts AS (SELECT DISTINCT document_code, kind, row AS fact, unnest([{", ".join([*keys, column])}]) AS key
            FROM ({_facts(part)}) WHERE place <> '' AND document_code IN (SELECT document_code FROM doubts)),
        citing AS (SELECT p.document_code, p.row, count(DISTINCT (f.kind, f.fact)) AS n FROM places p
            JOIN facts f ON f.document_code = p.document_code AND f.key = p.scope GROUP BY ALL),
        beside AS (SELECT p.document_code, p.row, count(DISTINCT (f.kind, f.fact)) AS n FROM places p
            JOIN facts f ON f.document_code = p.document_code AND f.key = p.line AND p.line <> '' GROUP BY ALL)
        SELECT d.*, o.file, greatest(coalesce(c.n, b.n, 0), {LEAST}) AS depends,
            depends * CASE severity {weight} END AS priority
        FROM doubts d LEFT JOIN citing c USING (document_code, row) LEFT JOIN beside b USING (document_code, row)
        LEFT JOIN (SELECT document_code, file FROM ({documents})) o USING (document_code)
        ORDER BY priority DESC, severity <> 'loss', document_code, row LIMIT {most}"""
    return part.records(query)


def _failures(failures: Sequence[tuple[str, str]], usual: int) -> Iterator[dict[str, Any]]:
    """Files that could not be read: as many rows as a notice has at the median depend on each."""
    for number, (path, sentence) in enumerate(failures):
        yield {
            "document_code": 0, "row": number, "document": "", "severity": "loss", "reason": UNREADABLE,
            "text": sentence, "address": "", "file": path, "depends": usual, "priority": usual * WEIGHTS["loss"],
        }  # fmt: skip


def _finished(
    row: Mapping[str, Any], paths: Mapping[int, str], sources: Mapping[str, Source], lang: Language
) -> dict[str, Any]:
    """A row of the queue: the doubt, and the correction that could be made, with what is there now."""
    address, expected = place_to_correct(row["address"], sources.get(row["document"]))
    return {
        "priority": row["priority"],
        "depends": row["depends"],
        "severity": row["severity"],
        "doubt": row["reason"],
        "meaning": meaning(row["reason"], lang),
        "words": row["text"],
        "address": address,
        "column": "" if expected is None else TEXT,
        "expected": "" if expected is None else expected or BLANK,
        "value": "",
        "reason": "",
        "document": row["document"],
        "file": paths.get(row["document_code"], row["file"]) if row["document"] else row["file"],
    }


def meaning(reason: str, lang: Language) -> str:
    """What a doubt means, and what to do where a correction does not help.

    Example:
        >>> meaning("id_taken", "en").split(": ")[0]
        'another file carries the same official number'
    """
    said = reason_text(reason, lang)
    return f"{said}{word('colon', lang)}{word(f'review.to_do.{reason}', lang)}" if reason in NOT_CORRECTED else said


def place_to_correct(addresses: str, source: Source | None) -> tuple[str, str | None]:
    """The paragraph or cell that a doubt is about, and its words; None where it is about no single one.

    Of a row of a table it is the first cell that has words.
    """
    if source is None or not addresses:
        return addresses, None
    place = split(addresses)[0]
    for block in source.document.blocks:
        if place.paragraph and block.number == place.paragraph and not isinstance(block, Grid):
            return str(Address(place.document, paragraph=place.paragraph)), block.text
        if place.row and isinstance(block, Grid) and block.number == place.table:
            cell = block.at(place.row, place.column) if place.column else None
            in_row = (one for one in block.cells if one.row == place.row and one.text.strip())
            cell = cell or (None if place.column else next(in_row, None))
            if cell is not None:
                return str(Address(place.document, table=place.table, row=cell.row, column=cell.column)), cell.text
    return addresses.split()[0], None
