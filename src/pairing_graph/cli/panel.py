"""`pairing-graph panel`: units, pairs or regions by year."""

from __future__ import annotations

import sys

from pairing_graph.cli.notices import complain_of_files, read
from pairing_graph.cli.options import Balanced, Format, Lang, Notices, PanelOf, PanelRows, Reading, reads

EXAMPLE = "Example: pairing-graph panel data/raw/wuxi-yuzhong-2022.txt data/examples/invented-2023.txt --format csv"


@reads
def command(
    notices: Notices,
    of: PanelOf = PanelRows.unit,
    balanced: Balanced = False,
    format: Format = None,  # noqa: A002
    lang: Lang = None,
    *,
    reading: Reading,
) -> None:
    """Print a row for every unit, pair or region and year: a frame for a regression."""
    from pairing_graph.cli.data import print_tables
    from pairing_graph.cli.errors import say
    from pairing_graph.measures.panel import panel

    kb = read(notices, reading)
    table = panel(kb, of.value, balanced=balanced)
    print_tables({"panel": table}, format, lang.value if lang else None)
    if "note" in table.attrs:
        say(table.attrs["note"], sys.stderr)
    complain_of_files(kb, notices)
