"""`pairing-graph panel`: units, pairs or regions by year."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pairing_graph.base.files import refuse_inputs
from pairing_graph.cli.notices import complain_of_files, read
from pairing_graph.cli.options import (
    Balanced,
    Format,
    Lang,
    NoticesOrCollection,
    PanelOf,
    PanelRows,
    Reading,
    TableOut,
    files_of,
    reads,
)

if TYPE_CHECKING:
    from pairing_graph.base.words import Language as Words

EXAMPLE = "Example: pairing-graph panel data/raw/wuxi-yuzhong-2022.txt data/examples/invented-2023.txt --format csv"


@reads
def command(
    notices: NoticesOrCollection,
    of: PanelOf = PanelRows.unit,
    balanced: Balanced = False,
    format: Format = None,  # noqa: A002
    out: TableOut = None,
    lang: Lang = None,
    *,
    reading: Reading,
) -> None:
    """Print a row for every unit, pair or region and year: the loads of each year, a frame for a regression.

    Of a collection the first rows are printed; --format or --out gives all.
    """
    from pairing_graph.cli.collections import is_collection
    from pairing_graph.cli.data import print_tables
    from pairing_graph.cli.errors import say
    from pairing_graph.measures.panel import panel
    from pairing_graph.reading.notice_files import notice_files

    words: Words | None = lang.value if lang else None
    if len(notices) == 1 and is_collection(notices[0]):
        from pairing_graph.cli.collections import print_panel, refuse_reading

        refuse_reading(reading)
        refuse_inputs([out], files_of(reading))
        print_panel(notices[0], of, balanced, format, out, words)
        return
    refuse_inputs([out], {**files_of(reading), **{f"notice {file.name}": file for file in notice_files(notices)}})
    kb = read(notices, reading)
    table = panel(kb, of.value, balanced=balanced)
    if out is not None:
        from pairing_graph.output.tables import write_table

        write_table(table, out)
    else:
        print_tables({"panel": table}, format, words)
    if "note" in table.attrs:
        say(table.attrs["note"], sys.stderr)
    complain_of_files(kb, notices)
