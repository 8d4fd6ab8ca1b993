"""`pairing-graph read`: the eight tables of a notice."""

from __future__ import annotations

import sys
from pathlib import Path

from pairing_graph.base.errors import Complaint, NoticeError, refuse_unknown
from pairing_graph.base.files import refuse_inputs, write_file
from pairing_graph.cli.options import Lang, Notice, Out, Reading, Table, TableFormat, TableOutput, files_of, reads

EXAMPLE = "Example: pairing-graph read data/raw/wuxi-yuzhong-2022.txt --format csv --out out/tables"


@reads
def command(
    notice: Notice,
    format: TableFormat = TableOutput.json,  # noqa: A002
    out: Out = None,
    table: Table = "",
    lang: Lang = None,
    *,
    reading: Reading,
) -> None:
    """Read one notice into the eight tables.

    The columns have the same names in every language; --lang is for the hints in the workbook.
    """
    from pairing_graph.graph.build import checksums
    from pairing_graph.kb.schema import TABLES
    from pairing_graph.output.tables import csv_text, json_text, write_csv, write_tables
    from pairing_graph.reading.notices import read_notice

    _check_output(format, out, table, list(TABLES))
    inputs: dict[str, Path | None] = {"notice": notice, **files_of(reading)}
    if format is TableOutput.xlsx:
        del inputs["corrections"]  # A workbook keeps its sheet of corrections.
    names = TABLES if format is TableOutput.csv else ()
    refuse_inputs([out, *(out / f"{name}.csv" for name in names if out)], inputs)
    if format is TableOutput.json and out and out.suffix.lower() not in ("", ".json") and not out.is_char_device():
        advice = "For a workbook add --format xlsx, for tables --format csv."
        raise NoticeError(Complaint("JSON is written to a .json file", "--out", "--out NAME.json", str(out), advice))
    kb = read_notice(notice, **reading)
    sources = checksums(kb)
    if format is TableOutput.csv and out:
        write_csv({table: kb.tables[table]} if table else kb.tables, out, sources=sources)
    elif format is TableOutput.csv:
        sys.stdout.write(csv_text(kb.tables[table]))
    elif format is TableOutput.xlsx and out:
        write_tables(kb, out, lang=lang.value if lang else None)
    elif out:
        write_file(out, json_text(kb).encode("utf-8"), sources=sources)
    else:
        sys.stdout.write(json_text(kb))


def _check_output(format: TableOutput, out: Path | None, table: str, known: list[str]) -> None:  # noqa: A002
    """Refuse options that do not go together before anything is read."""
    if table:
        refuse_unknown("There is no such table", "--table", table, known)
    if format is TableOutput.xlsx and (not out or out.suffix.lower() != ".xlsx"):
        raise NoticeError(Complaint("A workbook is a file", "--out", "--out NAME.xlsx", str(out or "nothing")))
    if table and format is not TableOutput.csv:
        raise NoticeError(Complaint("One table alone is printed as CSV", "--table", "--format csv", format.value))
    if format is TableOutput.csv and not out and not table:
        raise NoticeError(Complaint("Eight tables do not fit one stream", advice="Add --out FOLDER or --table NAME."))
