"""`pairing-graph suggest-aliases`: names that are probably one unit's."""

from __future__ import annotations

from pathlib import Path

from pairing_graph.base.files import refuse_inputs
from pairing_graph.cli.errors import say
from pairing_graph.cli.options import AliasesOut, Format, Lang, NoticesOrCollection, Reading, files_of, reads

EXAMPLE = "Example: pairing-graph suggest-aliases data/examples/two-names.txt --out aliases.csv"


@reads
def command(
    notices: NoticesOrCollection,
    out: AliasesOut = None,
    format: Format = None,  # noqa: A002
    lang: Lang = None,
    *,
    reading: Reading,
) -> None:
    """Suggest which names of units are one unit's, with evidence, as a table to decide in.

    Write 是 or 否 (yes or no) into the column decision and give the table to any command with --aliases.
    Of a collection also names that follow one another over the years; its table goes to collect --aliases.
    """
    from pairing_graph.cli.collections import is_collection, refuse_reading
    from pairing_graph.cli.data import print_tables
    from pairing_graph.output.aliases import refuse_suffix, suggest_aliases
    from pairing_graph.reading.notice_files import notice_files
    from pairing_graph.reading.notices import read_notices

    if out is not None:
        refuse_suffix(out)
    if len(notices) == 1 and is_collection(notices[0]):
        refuse_reading(reading)
        _of_collection(notices[0], out, format, lang)
        return
    inputs = {**files_of(reading), **{f"notice {file.name}": file for file in notice_files(notices)}}
    del inputs["table of aliases"]  # Its decisions are kept.
    refuse_inputs([out], inputs)
    kb = read_notices(notices, **reading)
    table = suggest_aliases(kb, out, lang=lang.value if lang else "zh")
    if out is None:
        print_tables({"aliases": table}, format, lang.value if lang else None, choices=False)


def _of_collection(folder: Path, out: Path | None, format: Format, lang: Lang) -> None:  # noqa: A002
    from pairing_graph.cli.data import print_tables
    from pairing_graph.collection.collection import Collection

    table = Collection(folder).suggest_aliases(out, lang=lang.value if lang else "zh")
    if out is not None:
        say(f"{len(table)} suggestions: {out}")
        say(f"Write 是 (yes) into decision, then: pairing-graph collect --into {folder} --aliases {out}")
        return
    table.attrs = {}
    print_tables({"aliases": table}, format, lang.value if lang else None, choices=False)
