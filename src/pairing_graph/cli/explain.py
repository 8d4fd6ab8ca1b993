"""`pairing-graph explain`: the rows, cells and words behind one number."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pairing_graph.cli.numbers import options, row_and_column
from pairing_graph.cli.options import Choices, Format, Lang, Measure, Notice, Number, Reading, reads

if TYPE_CHECKING:
    from pairing_graph.base.words import Language
    from pairing_graph.output.section import Section

EXAMPLE = "Example: pairing-graph explain data/raw/wuxi-yuzhong-2022.txt congruence plain congruence"

_HEADS = {name: f"explain.head.{name}" for name in ("counted", "contributes", "of", "inherited_from")}
"""Words of the columns that the cells of `trace` do not have."""


@reads
def command(
    notice: Notice,
    measure: Measure,
    number: Number,
    choice: Choices = None,
    format: Format = None,  # noqa: A002
    lang: Lang = None,
    *,
    reading: Reading,
) -> None:
    """Print where one number of a measure comes from: formula, choices, rows, cells and words."""
    from pairing_graph.base.words import word
    from pairing_graph.cli.data import print_tables
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.measures.explain import explain
    from pairing_graph.output.section import Section
    from pairing_graph.output.section import column as column_of
    from pairing_graph.reading.notices import read_notice

    row, column = row_and_column(number)
    found = explain(read_notice(notice, **reading), measure, row, column, **options(choice, measure))
    if format is not None:
        print_tables({"rows": found.rows}, format, None, choices=False)
        return

    def sections(lang: Language | None) -> list[Section]:
        rows = found.few(None).rename(columns=lambda name: column_of(_HEADS.get(name, f"trace_{name}"), lang))
        said = found.said(lang or "zh").items()
        return [
            Section(found.title, rows, "\n".join(label + word("colon", lang or "zh") + text for label, text in said))
        ]

    print_sections(sections, sys.stdout, lang.value if lang else None)
