"""Tables as data: JSON, CSV, or one table in full in the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.cli.options import Output

if TYPE_CHECKING:
    import pandas as pd

    from pairing_graph.base.words import Language


def check_tables(table: str, format: Output | None) -> None:  # noqa: A002
    """Refuse several tables as one CSV.

    Raises:
        NoticeError: The format is CSV and no table is named.
    """
    if format is Output.csv and not table:
        raise NoticeError(Complaint("Several tables do not fit one stream", advice="Add --table NAME."))


def print_tables(tables: dict[str, pd.DataFrame], format: Output | None, lang: Language | None) -> None:  # noqa: A002
    """Print tables as JSON, one as CSV, or one with all its columns; the columns have the names that the data have."""
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.output.findings import tables_json
    from pairing_graph.output.section import Section
    from pairing_graph.output.tables import csv_text

    if format is Output.json:
        sys.stdout.write(tables_json(tables))
        return
    flat = {name: rows.reset_index() if rows.index.names != [None] else rows for name, rows in tables.items()}
    if format is Output.csv:
        sys.stdout.write(csv_text(next(iter(flat.values()))))
    else:

        def sections(lang: Language | None) -> list[Section]:
            return [Section(name, rows, _of_nothing(rows, lang)) for name, rows in flat.items()]

        print_sections(sections, sys.stdout, lang)


def _of_nothing(rows: pd.DataFrame, lang: Language | None) -> str:
    """What an empty table says: that there is nothing, and under which choices."""
    from pairing_graph.output.section import words

    if len(rows):
        return ""
    choices = "; ".join(f"{name} = {value}" for name, value in rows.attrs.items() if value not in ("", None, ()))
    return words("no_rows_under" if choices else "no_rows", lang, choices=choices)
