"""`pairing-graph measures`: the measures of a notice."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperOption

from pairing_graph.base.errors import Complaint, NoticeError, refuse_unknown
from pairing_graph.base.files import refuse_inputs
from pairing_graph.cli.notices import complain_of_files, read
from pairing_graph.cli.options import (
    ByDocument,
    Format,
    Lang,
    NoticesOrCollection,
    Pooled,
    Reading,
    Table,
    TableOut,
    files_of,
    reads,
)

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
    notices: NoticesOrCollection,
    format: Format = None,  # noqa: A002
    out: TableOut = None,
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
    Of a collection every measure's first rows are printed; --table with --format or --out gives all of one.
    """
    from pairing_graph.cli.collections import is_collection
    from pairing_graph.cli.data import check_tables, print_tables
    from pairing_graph.measures.results import Results, offered, with_option

    if table:
        refuse_unknown("There is no such measure", "--table", table, offered())
        for option, given in (("by", by), ("pooled", pooled)):
            if given:
                refuse_unknown(f"This measure has no --{option}", "--table", table, with_option(option))
    refuse_inputs([out], {**files_of(reading), **{f"notice {path.name}": path for path in notices}})
    if len(notices) == 1 and is_collection(notices[0]):
        from pairing_graph.cli.collections import print_measures, refuse_reading

        refuse_reading(reading)
        options = {"by": by.value if by else None, "pooled": pooled}
        print_measures(
            notices[0],
            table,
            {name: value for name, value in options.items() if value},
            format,
            out,
            lang.value if lang else None,
        )
        return
    if out is not None and not table:
        raise NoticeError(Complaint("A file holds one measure", "--out", "--table NAME", "no --table"))
    check_tables(table, format)
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.output.findings import measure_sections, measure_tables

    chosen: Words | None = lang.value if lang else None
    kb = read(notices, reading)
    results = Results(kb, chosen, by.value if by else None, pooled)
    if out is not None:
        from pairing_graph.output.tables import write_table

        write_table(results[table], out)
    elif table or format is not None:
        print_tables(measure_tables(results, [table] if table else []), format, chosen)
    else:
        print_sections(lambda lang: measure_sections(results, lang), sys.stdout, chosen)
    complain_of_files(kb, notices)
