"""`pairing-graph suggest-aliases`: names that are probably one unit's."""

from __future__ import annotations

from pairing_graph.base.files import refuse_inputs
from pairing_graph.cli.options import AliasesOut, Format, Lang, Notices, Reading, files_of, reads

EXAMPLE = "Example: pairing-graph suggest-aliases data/examples/two-names.txt --out aliases.csv"


@reads
def command(
    notices: Notices,
    out: AliasesOut = None,
    format: Format = None,  # noqa: A002
    lang: Lang = None,
    *,
    reading: Reading,
) -> None:
    """Suggest which names of units are one unit's, with evidence, as a table to decide in.

    Write 是 or 否 (yes or no) into the column decision and give the table to any command with --aliases.
    """
    from pairing_graph.cli.data import print_tables
    from pairing_graph.output.aliases import refuse_suffix, suggest_aliases
    from pairing_graph.reading.notices import notice_files, read_notices

    if out is not None:
        refuse_suffix(out)
    inputs = {**files_of(reading), **{f"notice {file.name}": file for file in notice_files(notices)}}
    del inputs["table of aliases"]  # Its decisions are kept.
    refuse_inputs([out], inputs)
    kb = read_notices(notices, **reading)
    table = suggest_aliases(kb, out, lang=lang.value if lang else "zh")
    if out is None:
        print_tables({"aliases": table}, format, lang.value if lang else None, choices=False)
