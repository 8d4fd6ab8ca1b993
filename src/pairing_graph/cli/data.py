"""Tables as data: JSON, CSV, or one table in full in the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.cli.options import Output
from pairing_graph.output.formats import FORMATS

if TYPE_CHECKING:
    import pandas as pd

    from pairing_graph.base.words import Language


def check_tables(table: str, format: Output | None) -> None:  # noqa: A002
    """Refuse several tables in a format whose text holds one.

    Raises:
        NoticeError: No table is named.
    """
    if format is not None and not table and FORMATS[format.value].of_many is None:
        raise NoticeError(Complaint("Several tables do not fit one stream", advice="Add --table NAME."))


def print_tables(
    tables: dict[str, pd.DataFrame],
    format: Output | None,  # noqa: A002
    lang: Language | None,
    *,
    choices: bool = True,
) -> None:
    """Print tables in a format, or for a reader with all their columns; the columns have the names that the data have.

    Args:
        tables: Frames by name; one where the text of the format holds one.
        format: The format; without one they are for a reader.
        lang: The language of sentences.
        choices: Whether a format that can say the choices of a measure says them, or gives the rows alone.
    """
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.output.section import Section

    row = FORMATS[format.value] if format is not None else None
    if row and row.of_many and choices:
        sys.stdout.write(row.of_many(tables))
        return
    flat = {name: rows.reset_index() if rows.index.names != [None] else rows for name, rows in tables.items()}
    if row and row.of_one:
        sys.stdout.write(row.of_one(next(iter(flat.values()))))
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
