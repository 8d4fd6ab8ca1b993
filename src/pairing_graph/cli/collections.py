"""A collection given to a command in place of a notice: its tables, computed by the engine, as frames."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pairing_graph.base.errors import Complaint, LeftOutWarning, NoticeError, refuse_unknown
from pairing_graph.base.files import refuse_sources
from pairing_graph.cli.errors import say
from pairing_graph.cli.options import Output, PanelRows, QualifierChoice, Reading

if TYPE_CHECKING:
    from pairing_graph.base.words import Language
    from pairing_graph.collection.collection import Collection

INDEX = "index.sqlite"
"""What makes a folder a collection; written out, so that a command on a notice does not wait for the collections."""
SHOWN = 20
"""Rows in the terminal: a collection has hundreds of thousands of units."""


def is_collection(path: Path) -> bool:
    """Whether a path is the folder of a collection."""
    try:
        return (path / INDEX).is_file()
    except OSError:
        return False  # a name that no disk can have: what reads it says so


def refuse_reading(reading: Reading) -> None:
    """Refuse options of reading: the notices were read when they were collected.

    Raises:
        NoticeError: One was given.
    """
    given = [name for name, value in reading.items() if value not in (None, QualifierChoice.base.value)]
    if given:
        advice = "Give them to pairing-graph collect."
        raise NoticeError(
            Complaint("The options of reading do not apply to a collection", "", "", ", ".join(given), advice)
        )


def refuse_collections(paths: Iterable[Path]) -> None:
    """Refuse collections where notices are wanted.

    Raises:
        NoticeError: One is a collection.
    """
    expected = (
        "notices; pairing-graph workload, measures, panel, suggest-aliases, review, repeated and overview take one"
    )
    advice = "In Python, pg.Collection(folder).select(...) gives a part as what read_notices gives."
    what = "The folder is a collection, which this command does not take so"
    complaints = [Complaint(what, str(path), expected, advice=advice) for path in paths if is_collection(path)]
    if complaints:
        raise NoticeError(complaints)


def refuse_collected(folder: Path, out: Path | None) -> None:
    """Refuse to write over a file that the collection read, before anything is computed.

    Raises:
        FileError: It is one of them.
    """
    from pairing_graph.collection.index import Index

    if out is not None:
        with Index(folder) as index:
            refuse_sources([out], index.checksums())


def print_measures(
    folder: Path,
    name: str,
    options: dict[str, Any],
    format: Output | None,  # noqa: A002
    out: Path | None,
    lang: Language | None,
) -> None:
    """Print or write measures of a collection: one in full, or the first rows of each.

    Args:
        folder: The collection.
        name: The measure; empty for all that are asked of a collection.
        options: What each measure is given besides that takes it.
        format: A format in place of tables.
        out: A file that the measure is written to.
        lang: The language of sentences.

    Raises:
        UnknownNameError: The measure is not one that tables of a collection are asked for.
        NoticeError: All measures are wanted in a file or format that holds one.
    """
    from pairing_graph.collection.collection import Collection
    from pairing_graph.measures.results import offered, on_tables, with_option

    known = on_tables()
    if name:
        refuse_unknown("This measure is not asked of a collection", "--table", name, known)
    elif format is not None or out is not None:
        raise NoticeError(Complaint("One measure at a time", "--table", ", ".join(known), "none"))
    refuse_collected(folder, out)
    collection = Collection(folder)
    said: list[str] = []
    for one in [name] if name else known:
        taken = {option: value for option, value in options.items() if one in with_option(option)}
        relation, left_out = _measured(partial(getattr(offered()[one], one), collection, **taken))
        print_relation(one, relation, format, out, lang)
        said += left_out
    for sentence in dict.fromkeys(said):
        say(sentence, sys.stderr)


def print_panel(
    folder: Path,
    of: PanelRows,
    balanced: bool,
    format: Output | None,  # noqa: A002
    out: Path | None,
    lang: Language | None,
) -> None:
    """Print or write the panel of a collection; what it leaves out is said.

    Raises:
        FileError: The file is one that the collection read.
    """
    from pairing_graph.collection.collection import Collection
    from pairing_graph.measures.panel import panel

    refuse_collected(folder, out)
    relation, left_out = _measured(lambda: panel(Collection(folder), of.value, balanced=balanced))
    print_relation("panel", relation, format, out, lang)
    for sentence in left_out:
        say(sentence, sys.stderr)


def _measured(measure: Callable[[], Any]) -> tuple[Any, list[str]]:
    """What a measure gives, and the sentences about what it leaves out."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", LeftOutWarning)
        relation = measure()
    return relation, list(dict.fromkeys(str(warning.message) for warning in caught))


def print_pieces(relation: Any, format: Output) -> None:  # noqa: A002
    """Print all rows of a relation in a format, a piece at a time."""
    from pairing_graph.output.formats import FORMATS
    from pairing_graph.output.pieces import pieces_of

    texts, pieces = FORMATS[format.value].texts_of_pieces, pieces_of(relation)
    if texts is not None and pieces is not None:
        sys.stdout.writelines(texts(pieces))


def write_within_memory(folder: Path, relation: Callable[[Collection], Any], path: Path) -> int:
    """Write a relation of a collection with little memory, or with what it takes where that is not enough.

    Returns:
        The number of its rows.
    """
    from pairing_graph.base.errors import MemoryShortError
    from pairing_graph.collection.collection import Collection
    from pairing_graph.collection.database import memory_of_loads
    from pairing_graph.output.tables import write_counted

    try:
        return write_counted(relation(Collection(folder, memory=memory_of_loads())), path)
    except MemoryShortError:
        return write_counted(relation(Collection(folder)), path)


def print_relation(
    name: str,
    relation: Any,
    format: Output | None,  # noqa: A002
    out: Path | None,
    lang: Language | None,
) -> None:
    """Print a relation: in a format all its rows, else the first ones; or write all to a file."""
    from pairing_graph.output.tables import as_frame, write_counted

    if out is not None:
        say(f"{write_counted(relation, out)} rows: {out}")
    elif format is not None:
        print_pieces(relation, format)
    else:
        from pairing_graph.cli.data import print_tables
        from pairing_graph.measures.small_tables import computing
        from pairing_graph.output.section import words

        with computing():
            count = relation.count("*").fetchall()[0][0]
        print_tables({name: as_frame(relation.limit(SHOWN))}, None, lang)
        if count > SHOWN:
            say(words("first_rows", lang or "zh", shown=SHOWN, rows=count), sys.stdout)
