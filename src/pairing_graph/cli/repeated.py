"""`pairing-graph repeated`: notices of a collection that are probably one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pairing_graph.cli.errors import counted, say
from pairing_graph.cli.options import Alike, CollectionFolder, Format, Lang, RepeatedInto

if TYPE_CHECKING:
    import pandas as pd

EXAMPLE = "Example: pairing-graph repeated out/collection --into repeated.xlsx"
SHOWN = ("score", "basis", "kept", "repeated", "file_kept", "file_repeated")


def command(
    collection: CollectionFolder,
    into: RepeatedInto = None,
    alike: Alike = None,
    format: Format = None,  # noqa: A002
    lang: Lang = None,
) -> None:
    """List notices that were found again: under the same number, or with nearly the same words; nothing is taken out.

    --into writes the table to decide in: write 是 (yes) into decision where the repeated file is to be left out, then
    pairing-graph remove COLLECTION --decided FILE. Decisions in the file stay when it is written again.
    """
    from pairing_graph.cli.data import print_tables
    from pairing_graph.collection.collection import Collection
    from pairing_graph.collection.repeated import ALIKE

    table = Collection(collection).repeated(into, alike=ALIKE if alike is None else alike)
    _say_left_out(table.attrs["left_out"])
    if into is not None:
        _say_what_is_next(table, collection, into)
        return
    shown = table if format is not None else table[list(SHOWN)]
    print_tables({"repeated": shown}, format, lang.value if lang else None, choices=False)
    if format is None and len(table):
        say(f"{counted(len(table), 'pair')}; to decide: pairing-graph repeated {collection} --into repeated.xlsx")


def _say_what_is_next(table: pd.DataFrame, collection: Path, into: Path) -> None:
    """How many pairs there are, and what is to be done about those that nobody has decided or that are to be taken out."""
    from pairing_graph.lexicon.sheet_words import decision_of

    said = [decision_of(cell) for cell in table["decision"]]
    undecided, yes = sum(one not in ("yes", "no") for one in said), said.count("yes")
    decided = len(said) - undecided
    note = "" if not decided else f", {undecided} not decided" if undecided else ", all decided"
    say(f"{counted(len(said), 'pair')}{note}: {into}")
    remove = f"pairing-graph remove {collection} --decided {into}"
    if undecided:
        say(f"Write 是 (yes) into decision, then: {remove}")
    elif yes:
        say(f"To take out what says 是 (yes): {remove}")


def _say_left_out(groups: int) -> None:
    """Say how many groups of notices were not compared: what many notices have in common, such as a form, proves nothing."""
    from pairing_graph.collection.repeated import MOST_IN_A_BLOCK

    if groups:
        of_each = f"more than {MOST_IN_A_BLOCK} notices of one region and year with the same task, or of one number"
        say(f"{counted(groups, 'group')} of {of_each}, not compared with one another", sys.stderr)
