"""One change of a collection: what is given, or taken back, and the notices that are read for it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pairing_graph.base.progress import counted
from pairing_graph.collection.collecting import (
    Again,
    Interrupted,
    Progress,
    Reading,
    collect,
    refuse_missing,
    refuse_other_choices,
)
from pairing_graph.collection.decisions import Decisions, decide, kept_decisions, unknown_aliases, waiting_corrections
from pairing_graph.collection.folder import changing
from pairing_graph.collection.reading import Choices
from pairing_graph.collection.segments import sort_incoming


def add(
    folder: Path,
    files: Sequence[Path],
    given: Decisions,
    choices: Choices,
    *,
    reading: Reading,
    workers: int,
    again: Again | None,
    shown: bool | None,
) -> Progress:
    """Read what is new or changed among files, and again what decisions are about.

    Args:
        folder: The folder of the collection.
        files: The notices.
        given: The decisions, besides those that are kept.
        choices: How all of its notices are read.
        reading: Reads the files.
        workers: Processes for notices that decisions are about.
        again: Which files are read again though they are as they were.
        shown: Whether a progress bar is shown.

    Raises:
        NoticeError: As in `Collection.add`.
        KeyboardInterrupt: It was interrupted; what was read is kept.
    """
    done = Progress()
    with changing(folder) as index, counted(len(files), shown=shown) as bar:
        refuse_other_choices(index, choices)
        refuse_missing(folder, index, files)
        decisions = kept_decisions(index).with_more(given)
        redone = decide(folder, index, decisions, choices, workers=workers)
        steps = collect(folder, index, files, decisions.in_choices(choices), reading, again)
        try:
            with closing(steps):
                for done in steps:
                    bar(done.seen)
        except KeyboardInterrupt as interrupt:
            raise Interrupted(done) from interrupt
        sort_incoming(folder, index)
        waiting = waiting_corrections(index, decisions)
        unknown = unknown_aliases(folder, index, given.aliases)
    done = replace(done, read=done.read + redone.read, changed=done.changed + redone.changed)
    return replace(done, waiting=waiting, unknown_aliases=unknown)


def withdraw(folder: Path, given: Decisions, choices: Choices, *, workers: int) -> Progress:
    """Take decisions back and read the notices that they were about again.

    Args:
        folder: The folder of the collection.
        given: The decisions to be taken back.
        choices: How all of its notices are read.
        workers: Processes.

    Raises:
        NoticeError: As in `Collection.withdraw`; nothing is changed then.
    """
    with changing(folder) as index:
        refuse_other_choices(index, choices)
        done = decide(folder, index, kept_decisions(index).without(given), choices, workers=workers)
        sort_incoming(folder, index)
    return done
