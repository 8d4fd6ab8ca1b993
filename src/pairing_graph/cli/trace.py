"""`pairing-graph trace`: the original cells behind a result."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.cli.options import Lang, Notice, Reading, Traced, reads

if TYPE_CHECKING:
    from pairing_graph.base.words import Language
    from pairing_graph.output.section import Section

EXAMPLE = "Example: pairing-graph trace data/raw/wuxi-yuzhong-2022.txt 3"


@reads
def command(notice: Notice, what: Traced, lang: Lang = None, *, reading: Reading) -> None:
    """Print the original cells behind a unit, a task, a pairing or an address."""
    if len(what) > 2:
        raise NoticeError(
            Complaint("Too much to trace at once", "", "one thing, or the two units of a pair", str(len(what)))
        )
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.kb.tracing import trace
    from pairing_graph.output.section import Section, column
    from pairing_graph.reading.notices import read_notice

    kb = read_notice(notice, **reading)
    cells = trace(kb, what[0] if len(what) == 1 else (what[0], what[1]))
    shown = cells.drop(columns=["file", "inherited_by"])
    empty = [name for name in ("line", "page", "sheet") if not shown[name].replace("", None).notna().any()]
    shown = shown.drop(columns=empty)

    def sections(lang: Language | None) -> list[Section]:
        return [Section(str(notice), shown.rename(columns=lambda name: column(f"trace_{name}", lang)))]

    print_sections(sections, sys.stdout, lang.value if lang else None)
