"""`pairing-graph compare`: what differs between two notices."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from pairing_graph.base.errors import refuse_unknown
from pairing_graph.cli.options import (
    CorrectionsB,
    Format,
    Lang,
    NoticeA,
    NoticeB,
    Reading,
    SameUnits,
    Table,
    Threshold,
    Units,
    reads,
)

if TYPE_CHECKING:
    from pairing_graph.base.words import Language as Words

EXAMPLE = "Example: pairing-graph compare data/raw/wuxi-yuzhong-2022.txt data/examples/invented-2023.txt"


@reads
def command(
    a: NoticeA,
    b: NoticeB,
    format: Format = None,  # noqa: A002
    table: Table = "",
    threshold: Threshold = 60.0,
    by: SameUnits = Units.unit,
    lang: Lang = None,
    *,
    reading: Reading,
    corrections_b: CorrectionsB = None,
) -> None:
    """Compare two notices: tasks, assignments, targets, pairings, and units that look renamed.

    --corrections is for the first notice, --corrections-b for the second; the other options are for both.
    """
    from pairing_graph.cli.data import check_tables, print_tables
    from pairing_graph.kb.knowledge_base import KnowledgeBase
    from pairing_graph.measures.comparison import compare
    from pairing_graph.output.findings import COMPARED, comparison_sections

    known = ["matches", *COMPARED]
    if table:
        refuse_unknown("There is no such table", "--table", table, known)
    check_tables(table, format)
    # A comparison of nothing refuses what a comparison would refuse, before a notice is read.
    options: dict[str, Any] = {"threshold": threshold, "by": by.value, "aliases": reading["aliases"]}
    compare(KnowledgeBase(), KnowledgeBase(), **options)
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.reading.notices import read_notice

    one, other = read_notice(a, **reading), read_notice(b, **reading | {"corrections": corrections_b})
    found = compare(one, other, **options)
    tables = {"matches": found.matches, **found.changes}
    chosen: Words | None = lang.value if lang else None
    if table or format is not None:
        print_tables({table: tables[table]} if table else tables, format, chosen)
    else:
        print_sections(lambda lang: comparison_sections(found, lang), sys.stdout, chosen)
