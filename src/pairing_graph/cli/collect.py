"""`pairing-graph collect`: many notices into a collection on disk."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.base.files import refuse_inputs
from pairing_graph.cli.errors import USER_MISTAKE, counted, say
from pairing_graph.cli.options import AgainChoice, Reading, files_of, reads

if TYPE_CHECKING:
    from pairing_graph.collection.collecting import Progress
    from pairing_graph.collection.collection import Collection

EXAMPLE = "Example: pairing-graph collect data/examples --into out/collection --loads out/loads.csv"
INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended: 128 and the number of the signal, as shells have it."""
SHOWN = 5
"""Failures that are said at once; more would hide the line that sums up."""

Files = Annotated[
    list[Path] | None,
    typer.Argument(help="Files of notices, folders with all beneath them, or patterns.", show_default=False),
]
Into = Annotated[Path, typer.Option(help="The folder of the collection, made if it is not there.", show_default=False)]
Loads = Annotated[
    Path | None,
    typer.Option(
        help="Then write the load of every unit of the collection to this file: .csv, .parquet, .json, .xlsx or .dta.",
        show_default=False,
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, help="Processes that read; by default one for each core.", show_default=False),
]
Failures = Annotated[bool, typer.Option("--failures", help="Print every file that could not be read, and why.")]

Again = Annotated[
    AgainChoice | None,
    typer.Option(
        help="older: also read files again that an older version of this package read, or could not read.",
        show_default=False,
    ),
]


@reads
def command(
    notices: Files = None,
    *,
    into: Into,
    loads: Loads = None,
    workers: Workers = None,
    failures: Failures = False,
    again: Again = None,
    reading: Reading,
) -> None:
    """Read notices into a collection: what was read before is not read again, what changed since is.

    It can be interrupted at any time and called again. Corrections and aliases may be given later, without notices:
    those that they are about are read again. Other commands take the collection for a notice:
    pairing-graph workload FOLDER, pairing-graph panel FOLDER, pairing-graph measures FOLDER.
    """
    from pairing_graph.collection.collection import Collection

    decided = bool(reading["corrections"] or reading["aliases"])
    if not (notices or failures or loads or decided):
        expected = "files or folders of notices; or --corrections, --aliases, --loads or --failures of what is there"
        raise NoticeError(Complaint("No file was given", "collect", expected))
    refuse_inputs([loads], {**files_of(reading), **_notices_beside(loads, notices or [])})
    if loads is not None:
        from pairing_graph.output.tables import format_of_table

        format_of_table(loads)
    collection = Collection(into)
    done = None
    if notices or decided:
        done = _added(collection, notices or [], workers, reading | {"again": again.value if again else None})
        say(str(done))
    _say_failures(collection, every=failures)
    if done and done.read:
        _say_what_is_next(collection)
    if loads is not None:
        _write_loads(collection, loads)
    if done and (_is_nothing_but_failed(done) or _has_failed(collection, notices or [])):
        raise typer.Exit(USER_MISTAKE)


def _added(collection: Collection, notices: list[Path], workers: int | None, reading: Reading) -> Progress:
    """What came of the notices.

    Raises:
        Exit: It was interrupted; what was read is kept, and how many notices that are is said.
    """
    from pairing_graph.collection.collecting import Interrupted

    try:
        return collection.add(notices or (), workers=workers, **reading)
    except Interrupted as interrupt:
        say(str(interrupt), sys.stderr)
        raise typer.Exit(INTERRUPTED) from interrupt


def _notices_beside(loads: Path | None, notices: list[Path]) -> dict[str, Path | None]:
    """The notices that an output might replace, before any is read; none where there is no such file yet."""
    from pairing_graph.reading.notice_files import notice_files

    if loads is None or not notices or not loads.exists():
        return {}
    return {f"notice {file}": file for file in notice_files(notices, deep=True)}


def _say_failures(collection: Collection, *, every: bool) -> None:
    """The files that could not be read: all of them, or the first few and how to see the others."""
    failed = collection.failures
    for path, sentence in list(failed.items())[: None if every else SHOWN]:
        say(f"{path}: {sentence}", sys.stdout if every else sys.stderr)
    if len(failed) > SHOWN and not every:
        more = f"{len(failed) - SHOWN} more: pairing-graph collect --into {collection.folder} --failures"
        say(more, sys.stderr)


def _say_what_is_next(collection: Collection) -> None:
    """Repeats and doubts, each with the command that lists them."""
    from pairing_graph.collection.repeated import number_repeated
    from pairing_graph.collection.review import number_of_doubts

    folder = collection.folder
    repeated, doubts = number_repeated(folder), number_of_doubts(folder)
    if repeated:
        what = (
            "1 notice looks like a repeat of another"
            if repeated == 1
            else f"{repeated} notices look like repeats of others"
        )
        say(f"{what}: pairing-graph repeated {folder}", sys.stderr)
    if doubts:
        say(f"{counted(doubts, 'doubt')} to review: pairing-graph review {folder} --into review.xlsx", sys.stderr)


def _write_loads(collection: Collection, path: Path) -> None:
    from pairing_graph.cli.collections import refuse_collected, write_within_memory
    from pairing_graph.measures.workload import workload

    refuse_collected(collection.folder, path)
    say(f"{write_within_memory(collection.folder, workload, path)} units: {path}")


def _is_nothing_but_failed(done: Progress) -> bool:
    """Whether no file that was looked at could be read."""
    return 0 < done.seen == len(done.failed)


def _has_failed(collection: Collection, notices: list[Path]) -> bool:
    """Whether a file that was named, not found in a folder, could not be read."""
    from pairing_graph.collection.collecting import noted_path

    failed = collection.failures
    return any(noted_path(path, collection.folder) in failed for path in notices)
