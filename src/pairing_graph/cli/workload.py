"""`pairing-graph workload`: how many tasks each unit has."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from pairing_graph.base.files import refuse_inputs
from pairing_graph.cli.errors import say
from pairing_graph.cli.options import By, Format, Lang, NoticeOrCollection, Reading, TableOut, files_of, reads

if TYPE_CHECKING:
    from pairing_graph.base.words import Language as Words
    from pairing_graph.measures.workload import By as Part

EXAMPLE = "Example: pairing-graph workload data/raw/wuxi-yuzhong-2022.txt --by area"


@reads
def command(
    notice: NoticeOrCollection,
    by: By = None,
    format: Format = None,  # noqa: A002
    out: TableOut = None,
    lang: Lang = None,
    *,
    reading: Reading,
) -> None:
    """Print the formal task load of every unit, counted in several ways; 0 and NA are distinct.

    Of a collection the heaviest units are printed; --format or --out gives all. By year: pairing-graph panel.
    """
    from pairing_graph.cli.collections import (
        is_collection,
        print_relation,
        refuse_collected,
        refuse_reading,
        write_within_memory,
    )
    from pairing_graph.measures.workload import workload

    split: Part | None = by.value if by else None
    chosen: Words | None = lang.value if lang else None
    refuse_inputs([out], {"notice": notice, **files_of(reading)})
    if is_collection(notice):
        from pairing_graph.collection.collection import Collection

        refuse_reading(reading)
        refuse_collected(notice, out)
        if out is not None:
            say(f"{write_within_memory(notice, partial(workload, by=split), out)} rows: {out}")
        else:
            print_relation("workload", workload(Collection(notice), by=split), format, None, chosen)
        return
    from pairing_graph.cli.data import print_tables
    from pairing_graph.output.report import named_workload, workload_section
    from pairing_graph.reading.notices import read_notice

    kb = read_notice(notice, **reading)
    table = named_workload(kb, workload(kb, by=split))
    if out is not None:
        from pairing_graph.output.tables import write_table

        write_table(table, out)
    elif format is not None:
        print_tables({"workload": table}, format, None, choices=False)
    else:
        from pairing_graph.cli.terminal import print_sections

        print_sections(lambda lang: [workload_section(table, lang)], sys.stdout, chosen)
