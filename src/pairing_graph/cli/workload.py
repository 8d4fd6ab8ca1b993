"""`pairing-graph workload`: how many tasks each unit has."""

from __future__ import annotations

import sys

from pairing_graph.cli.options import By, Format, Lang, Notice, Reading, reads

EXAMPLE = "Example: pairing-graph workload data/raw/wuxi-yuzhong-2022.txt --by area"


@reads
def command(
    notice: Notice,
    by: By = None,
    format: Format = None,  # noqa: A002
    lang: Lang = None,
    *,
    reading: Reading,
) -> None:
    """Print the formal task load of every unit, counted in several ways; 0 and NA are distinct."""
    from pairing_graph.cli.data import print_tables
    from pairing_graph.measures.workload import workload
    from pairing_graph.output.report import named_workload, workload_section
    from pairing_graph.reading.notices import read_notice

    kb = read_notice(notice, **reading)
    table = named_workload(kb, workload(kb, by=by.value if by else None))
    if format is not None:
        print_tables({"workload": table}, format, None, choices=False)
    else:
        from pairing_graph.cli.terminal import print_sections

        print_sections(lambda lang: [workload_section(table, lang)], sys.stdout, lang.value if lang else None)
