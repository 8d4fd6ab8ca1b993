"""`pairing-graph export`: a notice as one file for another program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pairing_graph.base.files import refuse_inputs
from pairing_graph.cli.errors import say
from pairing_graph.cli.options import Notices, Reading, files_of, reads

EXAMPLE = "Example: pairing-graph export data/raw/wuxi-yuzhong-2022.txt --to pairings.net --view pairings"

To = Annotated[
    Path,
    typer.Option(
        help="The file; its suffix tells the format: .graphml, .json, .gexf, .net, .dl, .csv; .lbug; .ttl, .jsonld, .nt. "
        "Without a suffix a folder of CSV files for Neo4j.",
        show_default=False,
    ),
]
"""Written out, so that help does not wait for what writes them; a test holds it against the rows."""
View = Annotated[
    str, typer.Option(help="A network of it instead: pairings, units-tasks or co-leads.", show_default=False)
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Also replace a database that this program did not write.")
]


@reads
def command(notices: Notices, to: To, view: View = "", *, reading: Reading, overwrite: Overwrite = False) -> None:
    """Write notices for another program: a network, a graph database or linked data.

    Tables are written by read --format.
    """
    from pairing_graph.cli.notices import complain_of_files, read
    from pairing_graph.output.export import check_export, export
    from pairing_graph.reading.notice_files import notice_files

    check_export(to, view)
    inputs = {**files_of(reading), **{f"notice {file.name}": file for file in notice_files(notices)}}
    refuse_inputs([to], inputs)
    kb = read(notices, reading)
    export(kb, to, view=view, overwrite=overwrite)
    say(str(to))
    complain_of_files(kb, notices)
