"""`pairing-graph measures`: the measures of a notice."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperOption

from pairing_graph.base.errors import refuse_unknown
from pairing_graph.cli.notices import complain_of_files, read
from pairing_graph.cli.options import ByDocument, Format, Lang, Notices, Pooled, Reading, Table, reads

if TYPE_CHECKING:
    from pairing_graph.base.words import Language as Words

EXAMPLE = "Example: pairing-graph measures data/raw/wuxi-yuzhong-2022.txt --table congruence --format json"


class WithNames(TyperCommand):
    """A command whose help lists the measures; the modules that declare them are imported only for that."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        from pairing_graph.measures.results import offered

        for parameter in self.params:
            if parameter.name == "table" and isinstance(parameter, TyperOption):
                parameter.help = f"Only this measure, with all its columns: {', '.join(offered())}."
        super().format_help(ctx, formatter)


@reads
def command(
    notices: Notices,
    format: Format = None,  # noqa: A002
    table: Table = "",
    by: ByDocument = None,
    pooled: Pooled = False,
    lang: Lang = None,
    *,
    reading: Reading,
) -> None:
    """Print coordination, counterparts, coverage, checks and balance; with json every measure except choices.

    --table choices repeats the main figures under every choice of counting, which takes longer than all the rest.
    The tasks of several notices meet the pairings of their own notice, unless --pooled takes all together.
    """
    from pairing_graph.cli.data import check_tables, print_tables
    from pairing_graph.measures.results import Results, offered, with_option

    if table:
        refuse_unknown("There is no such measure", "--table", table, offered())
        for option, given in (("by", by), ("pooled", pooled)):
            if given:
                refuse_unknown(f"This measure has no --{option}", "--table", table, with_option(option))
    check_tables(table, format)
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.output.findings import measure_sections, measure_tables

    chosen: Words | None = lang.value if lang else None
    kb = read(notices, reading)
    results = Results(kb, chosen, by.value if by else None, pooled)
    if table or format is not None:
        print_tables(measure_tables(results, [table] if table else []), format, chosen)
    else:
        print_sections(lambda lang: measure_sections(results, lang), sys.stdout, chosen)
    complain_of_files(kb, notices)
