"""`pairing-graph read`: the eight tables of a notice."""

from __future__ import annotations

import sys
from pathlib import Path

from pairing_graph.base.errors import Complaint, NoticeError, refuse_unknown
from pairing_graph.base.files import refuse_inputs
from pairing_graph.cli.options import FIRST_FORMAT, Lang, Notice, Out, Reading, Table, TableFormat, files_of, reads
from pairing_graph.output.formats import FORMATS
from pairing_graph.output.formats import TableFormat as Row

EXAMPLE = "Example: pairing-graph read data/raw/wuxi-yuzhong-2022.txt --format csv --out out/tables"


@reads
def command(
    notice: Notice,
    format: TableFormat = FIRST_FORMAT,  # noqa: A002
    out: Out = None,
    table: Table = "",
    lang: Lang = None,
    *,
    reading: Reading,
) -> None:
    """Read one notice into the eight tables.

    The columns have the same names in every language; --lang is for the hints in the workbook.
    """
    from pairing_graph.kb.schema import TABLES
    from pairing_graph.reading.notices import read_notice

    chosen = FORMATS[format.value]
    _check_output(format.value, out, table, list(TABLES))
    inputs: dict[str, Path | None] = {"notice": notice, **files_of(reading)}
    if chosen.keeps_corrections:
        del inputs["corrections"]
    names = TABLES if chosen.folder and not chosen.whole else ()
    refuse_inputs([out, *(out / f"{name}{chosen.suffix}" for name in names if out)], inputs)
    if out:
        _check_suffix(chosen, out)
    kb = read_notice(notice, **reading)
    if out:
        tables = {table: kb.tables[table]} if table else kb.tables
        chosen.write(kb, tables, out, lang.value if lang else None)
    elif table and chosen.of_one:
        sys.stdout.write(chosen.of_one(kb.tables[table]))
    elif chosen.of_all:
        sys.stdout.write(chosen.of_all(kb))


def _check_output(name: str, out: Path | None, table: str, known: list[str]) -> None:
    """Refuse options that do not go together before anything is read."""
    chosen = FORMATS[name]
    if table:
        refuse_unknown("There is no such table", "--table", table, known)
        if not chosen.folder or chosen.whole:
            alone = [other for other, row in FORMATS.items() if row.folder and not row.whole]
            what = f"One table alone is written as {' or '.join(FORMATS[other].what for other in alone)}"
            raise NoticeError(Complaint(what, "--table", " or ".join(f"--format {other}" for other in alone), name))
    if not out and not table and chosen.of_all is None:
        if chosen.folder:
            raise NoticeError(
                Complaint("Eight tables do not fit one stream", advice="Add --out FOLDER or --table NAME.")
            )
        raise _wrong_suffix(chosen, None)


def _check_suffix(chosen: Row, out: Path) -> None:
    """Refuse a file whose suffix says another format; a text may go to any device, and to a file without a suffix."""
    text = chosen.of_all is not None
    known = (chosen.suffix, "") if text else (chosen.suffix,)
    if not chosen.folder and out.suffix.lower() not in known and not (text and out.is_char_device()):
        raise _wrong_suffix(chosen, out)


def _wrong_suffix(chosen: Row, out: Path | None) -> NoticeError:
    formats = ", ".join(f"--format {name} writes {row.place}" for name, row in FORMATS.items())
    what, expected = f"{chosen.what} is written to a {chosen.suffix} file", f"--out NAME{chosen.suffix}"
    return NoticeError(Complaint(what, "--out", expected, str(out or "nothing"), f"{formats}."))
