"""`pairing-graph agreement`: how far a reading and hand codings agree."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pairing_graph.base.errors import refuse_unknown
from pairing_graph.base.files import refuse_inputs
from pairing_graph.cli.errors import say
from pairing_graph.cli.options import (
    CodingSheets,
    CorrectionsOut,
    Format,
    Lang,
    Notice,
    Reading,
    Seed,
    Table,
    files_of,
    reads,
)

if TYPE_CHECKING:
    import pandas as pd

    from pairing_graph.base.words import Language as Words
    from pairing_graph.measures.agreement import Agreement

EXAMPLE = "Example: pairing-graph agreement data/examples/livelihood.docx data/examples/livelihood-coded/anna"
_TABLES = ("agreement", "differences")
_SHOWN = ("n", "precision", "recall", "f1", "percent", "kappa", "fleiss", "alpha", "ac1")
"""What a terminal shows; --table agreement has the counts, intervals and populations too."""

_LONGEST_WORDS = 30
"""Signs of the words of a cell in a terminal; --table differences has them all."""


@reads
def command(
    notice: Notice,
    sheets: CodingSheets,
    table: Table = "",
    format: Format = None,  # noqa: A002
    seed: Seed = 1,
    corrections_out: CorrectionsOut = None,
    lang: Lang = None,
    *,
    reading: Reading,
) -> None:
    """Compare a reading with filled-in coding sheets, and these with each other: coefficients and differing cells.

    With --corrections-out all differences in which the coder is right, as a table for --corrections: delete the rows that
    you do not accept.
    """
    from pairing_graph.cli.data import check_tables, print_tables
    from pairing_graph.measures.agreement import agreement
    from pairing_graph.reading.notices import read_notice

    if table:
        refuse_unknown("There is no such table", "--table", table, _TABLES)
    check_tables(table, format)
    inputs = {**files_of(reading), "notice": notice, **{f"sheet {file.name}": file for file in sheets}}
    refuse_inputs([corrections_out], inputs)
    words: Words | None = lang.value if lang else None
    found = agreement(read_notice(notice, **reading), *sheets, seed=seed, lang=words or "zh")
    if corrections_out is not None:
        _write_corrections(found, corrections_out)
    if "alpha" in found.choices:
        say(f"pairing-graph: {found.choices['alpha']}", sys.stderr)
    tables = {"agreement": found.table, "differences": found.differences}
    if table or format is not None:
        print_tables({table: tables[table]} if table else tables, format, words, choices=False)
    else:
        shown = found.differences.assign(words=found.differences["words"].str.slice(0, _LONGEST_WORDS))
        print_tables({"agreement": _rounded(found.table), "differences": shown}, None, words)


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """The coefficients for a reader; kinds of facts that nobody coded are left out."""
    scored: pd.DataFrame = table.loc[table["n"] > 0, list(_SHOWN)].round(3)
    return scored


def _write_corrections(found: Agreement, path: Path) -> None:
    """All corrections of the first coder; what no correction expresses is said."""
    from pairing_graph.base.files import write_file
    from pairing_graph.output.tables import csv_text

    rows = found.corrections(coder=found.coders[1])
    write_file(path, csv_text(rows).encode("utf-8-sig"))
    if rows.attrs["left"]:
        numbers = ", ".join(map(str, rows.attrs["left"]))
        say(f"pairing-graph: no correction expresses the differences {numbers}", sys.stderr)
