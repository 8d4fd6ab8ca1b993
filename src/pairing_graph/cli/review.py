"""`pairing-graph review`: the doubts of a collection, those first on which most depends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pairing_graph.cli.errors import say
from pairing_graph.cli.options import CollectionFolder, Format, Lang, MostDoubts, QueueInto

if TYPE_CHECKING:
    import pandas as pd

EXAMPLE = "Example: pairing-graph review out/collection --into review.xlsx"
SHOWN = ("priority", "severity", "meaning", "words", "document", "address")
"""What the terminal shows of each doubt; the file has the columns to fill in besides."""


def command(
    collection: CollectionFolder,
    into: QueueInto = None,
    most: MostDoubts = None,
    format: Format = None,  # noqa: A002
    lang: Lang = None,
) -> None:
    """List what was read in doubt or not read, that first on which most rows depend; --into writes it to be corrected in.

    Fill in value (it replaces the whole cell or paragraph) and reason, save, and give the file back:
    pairing-graph collect --into COLLECTION --corrections FILE. Rows that are not filled in do not count.
    Without --into the first doubts are printed; with --format all columns of them.
    """
    from pairing_graph.cli.collections import SHOWN as ROWS
    from pairing_graph.collection.collection import DOUBTS_SHOWN, Collection

    number = most or (DOUBTS_SHOWN if into is not None or format is not None else ROWS)
    queue = Collection(collection).review(into, most=number, lang=lang.value if lang else "zh")
    if into is not None:
        say(f"{len(queue)} of {queue.attrs['doubts']} doubts: {into}")
        say(f"Fill in value and reason, then: pairing-graph collect --into {collection} --corrections {into}")
        return
    _print(queue, format, lang)
    if format is None and len(queue):
        say(
            f"{len(queue)} of {queue.attrs['doubts']} doubts; to correct: pairing-graph review {collection} --into review.xlsx"
        )


def _print(queue: pd.DataFrame, format: Format, lang: Lang) -> None:  # noqa: A002
    from pairing_graph.cli.data import print_tables

    shown = queue if format is not None else queue[list(SHOWN)]
    shown.attrs = {}
    print_tables({"review": shown}, format, lang.value if lang else None, choices=False)
