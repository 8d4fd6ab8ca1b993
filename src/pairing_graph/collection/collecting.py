"""Read notices into a collection: what is new or changed, in parallel, a piece at a time."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pairing_graph.base.errors import Complaint, FileError, some_of
from pairing_graph.base.files import checksum
from pairing_graph.base.inputs import file_name
from pairing_graph.collection.arrow import arrow, compute
from pairing_graph.collection.folder import not_written
from pairing_graph.collection.index import Index, Known
from pairing_graph.collection.reading import Choices, Chunk, Job, Outcome, as_text, read_jobs
from pairing_graph.collection.segments import write_incoming
from pairing_graph.collection.versions import is_older, known_now

CHUNK = 8
"""Notices for one worker at a time: their tables take far longer to read than to hand over."""
COMMIT = 256
"""Notices that are written at a time: a few seconds of work, which a kill loses, in files that are not too small."""
_CHOICES = "choices"
Again = Literal["older"]
_NAMED = 3
"""Names that a line lists; of more it says how many."""
Reading: TypeAlias = Callable[[Callable[[Sequence[Job]], Chunk], Iterable[Sequence[Job]]], Iterator[Chunk]]
"""Does work on pieces, in processes or on a cluster, and gives the results in order."""


@dataclass
class Progress:
    """What came of the files that were looked at.

    Attributes:
        read: Notices read, those that replaced an earlier one included.
        unchanged: Files that were read before, as they are.
        repeated: Files with the bytes of another notice.
        changed: Files whose notice was read anew.
        failed: Files that could not be read; each with the sentence.
        waiting: Corrections of notices that are not in the collection; they are applied when those come.
        held: Files that were read and are not yet written; none at the end.
        unknown_aliases: Aliases that were given and that no notice writes; each with its region.
    """

    read: int = 0
    unchanged: int = 0
    repeated: int = 0
    changed: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    waiting: int = 0
    held: int = 0
    unknown_aliases: tuple[str, ...] = ()

    @property
    def seen(self) -> int:
        """The number of files that were looked at."""
        return self.read + self.unchanged + self.repeated + len(self.failed) + self.held

    def __str__(self) -> str:
        parts = [f"{self.read} read"]
        parts += [
            f"{number} {name}" for name in ("changed", "unchanged", "repeated") if (number := getattr(self, name))
        ]
        parts += [f"{len(self.failed)} could not be read"] if self.failed else []
        parts += [f"corrections of notices that are not there: {self.waiting}"] if self.waiting else []
        unknown = some_of(self.unknown_aliases, _NAMED, separator="; ", more="; and {} more")
        parts += [f"aliases that no notice writes: {unknown}"] if unknown else []
        return ", ".join(parts)


class Interrupted(KeyboardInterrupt):
    """Reading was interrupted, as by Ctrl-C; what was read is in the collection.

    Attributes:
        progress: What came of the files until then.
    """

    def __init__(self, progress: Progress) -> None:
        super().__init__(f"Interrupted: {progress}. What was read is kept; the same command goes on with the others.")
        self.progress = progress


def refuse_other_choices(index: Index, choices: Choices) -> None:
    """Refuse choices that differ from those of the notices that are there; note those of the first.

    Corrections and aliases are decisions, which grow: `decisions.decide` reads again what they are about.

    Raises:
        FileError: They differ.
    """
    digest = _digest(choices)
    found = index.about(_CHOICES)
    if found and found != digest:
        what = "The collection was read with other choices (qualifier, headers, limits)"
        raise FileError(Complaint(what, advice="Give the same, or collect into another folder."))
    if not found:
        with index.change():
            index.note(_CHOICES, digest)


def _digest(choices: Choices) -> str:
    choices = replace(choices, options=replace(choices.options, aliases=()), corrections=())
    text = json.dumps(asdict(choices), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def collect(
    folder: Path, index: Index, files: Iterable[Path], choices: Choices, read: Reading, again: Again | None = None
) -> Generator[Progress]:
    """Read files into a collection; the progress after each piece is yielded, the same object each time.

    Where it is interrupted or closed, what was read is written first.

    Args:
        folder: The folder of the collection.
        index: Its index.
        files: The files, in the order in which their notices are numbered.
        choices: How they are read.
        read: Does the reading of pieces elsewhere and gives what came of them, in order.
        again: Files that are as they were and are read again all the same, as in `Collection.add`.
    """
    progress = Progress()
    yield progress
    new = _new_files(folder, index, files, progress, again)
    pieces = iter(lambda: list(islice(new, CHUNK)), [])
    work = partial(read_jobs, choices=choices)
    pending = _Pending(folder, index, partial(_read_alone, read, work), progress)
    try:
        for chunk in read(work, pieces):
            pending.add(chunk)
            yield progress
    except (KeyboardInterrupt, GeneratorExit):
        pending.write()
        raise
    pending.write()
    _read_refused(pending)
    yield progress


def _read_alone(read: Reading, work: Callable[[Sequence[Job]], Chunk], job: Job) -> Chunk:
    """What came of one file; not read in this process, which would keep what reading needs in its memory."""
    (chunk,) = read(work, [[job]])
    return chunk


def _read_refused(pending: _Pending) -> None:
    """Read files under another id that corrections did not fit, where the notice that these were made for came since."""
    index, progress = pending.index, pending.progress
    for path, document in index.refused():
        known = index.file(path)
        file = pending.folder / path
        if known and known.failure and index.is_taken(document) and checksum(file) == known.sha256:
            progress.failed = [row for row in progress.failed if row[0] != path]
            pending.add(pending.read(Job(str(file), path, known.sha256)))
    pending.write()


def refuse_missing(folder: Path, index: Index, files: Iterable[Path]) -> None:
    """Refuse files that are not there and were never read: paths that are mistyped. Others may be out of reach for a while.

    Raises:
        FileError: With all of them.
    """
    missing = [file for file in files if not os.path.lexists(file) and index.file(noted_path(file, folder)) is None]
    if missing:
        raise FileError([Complaint("There is no such file", as_text(str(file)), "a notice") for file in missing])


def _new_files(
    folder: Path, index: Index, files: Iterable[Path], progress: Progress, again: Again | None
) -> Iterator[Job]:
    for file in files:
        path, sha256 = noted_path(file, folder), checksum(file)
        known = index.file(path)
        if known is not None and sha256 and known.sha256 == sha256:
            if again and is_older(known) and (known.failure or known.document_code is not None):
                yield Job(str(file), path, sha256, again=True)
                continue
            if known.failure and known.document_code is not None:
                index.put_file(path, replace(known, failure=""))  # It was out of reach, and is back as it was.
            if known.failure and known.document_code is None:
                progress.failed.append((path, known.failure))
            else:
                progress.unchanged += 1
            continue
        yield Job(str(file), path, sha256)


def noted_path(file: Path, folder: Path) -> str:
    """The path of a file as the index has it: from the folder of the collection, so that both can move together.

    Links on the way to either are followed, for from behind a link `..` leads elsewhere.

    Example:
        >>> noted_path(Path("notices/a.txt"), Path("collection"))
        '../notices/a.txt'
    """
    try:
        real = Path(os.path.realpath(file.parent)) / file.name
        path = Path(os.path.relpath(real, os.path.realpath(folder)))
    except ValueError:  # On another drive.
        path = file.resolve()
    return as_text(path.as_posix())


def killed(job: Job) -> Chunk:
    """What came of a file over which processes died."""
    what = "The process that read the file was ended, as when the memory is not enough"
    advice = "Read it alone, with smaller limits=Limits(...)."
    failure = str(Complaint(what, file_name(job.path), advice=advice))
    return Chunk((Outcome(job, failure=failure),), {})


@dataclass
class _Pending:
    """Notices that were read and are not yet written."""

    folder: Path
    index: Index
    read: Callable[[Job], Chunk]
    progress: Progress
    chunks: list[Chunk] = field(default_factory=list)

    def add(self, chunk: Chunk) -> None:
        self.chunks.append(chunk)
        self.progress.held += len(chunk.outcomes)
        if sum(len(one.outcomes) for one in self.chunks) >= COMMIT:
            self.write()

    def write(self) -> None:
        """Write what is pending: the files first, then the index, in one change.

        Raises:
            FileError: It cannot be written; then nothing of it is in the collection.
        """
        if not self.chunks:
            return
        taken = Taken(self.index, self.read)
        try:
            with self.index.change():
                for chunk in self.chunks:
                    taken.add(chunk)
                if taken.documents:
                    write_incoming(self.folder, self.index, taken.tables(), taken.documents)
        except OSError as error:
            raise not_written(self.folder, error) from error
        self.chunks, self.progress.held = [], 0  # Not before: where this is interrupted they are written again.
        taken.report(self.progress)


@dataclass
class Taken:
    """Notices that get their codes, and those that are repeated or failed.

    Attributes:
        index: The index of the collection, within a change.
        read: Reads a file again, whose notice gets another id than its own.
    """

    index: Index
    read: Callable[[Job], Chunk]
    documents: list[tuple[int, int, str]] = field(default_factory=list)
    parts: dict[str, list[Any]] = field(default_factory=dict)
    counted: Progress = field(default_factory=Progress)

    def add(self, chunk: Chunk) -> None:
        """Take what came of some files."""
        kept: list[tuple[int, int]] = []
        for place, outcome in enumerate(chunk.outcomes):
            code = self._code(outcome)
            if code is not None:
                kept.append((place, len(self.documents) - 1))
        self._keep(chunk, kept)

    def _code(self, outcome: Outcome) -> int | None:
        """The code of a notice whose rows are in the chunk and are kept; None for others."""
        job = outcome.job
        before = self.index.file(job.noted)
        if outcome.passing:
            self._fail(outcome, before)
            return None
        kept = before if before and job.again and is_older(before) and before.document_code is not None else None
        replaced = kept.document_code if kept else None
        if kept and outcome.failure and not self._is_of_another(outcome, kept):
            self._fail(outcome, kept)
            return None
        if before is not None and (outcome.failure or replaced is not None):
            self.index.set_aside(job.noted)  # Its id is free.
        if replaced is not None:
            self.index.drop([replaced])  # Its bytes are, whatever other files hold it.
        if outcome.failure and not (outcome.document and self.index.is_taken(outcome.document)):
            self._fail(outcome, None)
            return None
        code = self._new_code(outcome, changed=before is not None, kept=kept)
        if replaced is not None:
            self.index.point_anew({replaced: job.noted})
        return code

    def _is_of_another(self, outcome: Outcome, kept: Known) -> bool:
        """Whether all that failed is that corrections do not fit that are made for another notice of the collection."""
        named = outcome.document
        return bool(named) and self.index.is_taken(named) and self.index.document_of_code(kept.document_code) != named

    def _new_code(self, outcome: Outcome, *, changed: bool, kept: Known | None) -> int | None:
        job = outcome.job
        same = self.index.document_of_bytes(job.sha256)
        if same is not None:
            self.index.put_file(job.noted, known_now(job.sha256, same))
            self.counted.repeated += 1
            return None
        if changed:
            self.index.set_aside(job.noted)
        if self.index.is_taken(outcome.document):
            self._read_under_another_id(outcome, changed=changed, kept=kept)
            return None
        return self._added(outcome, changed=changed)

    def _fail(self, outcome: Outcome, before: Known | None) -> None:
        """Note a failure, and leave what was read before: where it may pass, or an older version could read the file."""
        job, failure = outcome.job, outcome.failure
        known = before or known_now("" if outcome.passing else job.sha256)
        refused = outcome.document if known.document_code is None else ""
        if known.document_code is not None and not outcome.passing:
            self.index.bring_back(known.document_code)
            reader = f"version {known.program}" if known.program else "an older version"
            failure = f"{failure} The notice stays as {reader} read it."
        self.index.put_file(job.noted, replace(known, failure=failure, refused=refused))
        self.counted.failed.append((job.noted, failure))

    def _added(self, outcome: Outcome, *, changed: bool) -> int:
        code = self.index.add_document(outcome.document, outcome.job.sha256, outcome.year, outcome.province)
        self.index.put_file(outcome.job.noted, known_now(outcome.job.sha256, code))
        self.documents.append((code, outcome.year, outcome.province))
        self.counted.read += 1
        self.counted.changed += changed
        return code

    def _read_under_another_id(self, outcome: Outcome, *, changed: bool, kept: Known | None) -> None:
        names = (f"{outcome.document}~{number}" for number in count(2))
        name = next(name for name in names if not self.index.is_taken(name))
        chunk = self.read(replace(outcome.job, document=name))
        again = chunk.outcomes[0]
        if again.failure:
            self._fail(replace(again, document=""), kept)
            return
        self._added(again, changed=changed)
        self._keep(chunk, [(0, len(self.documents) - 1)])

    def _keep(self, chunk: Chunk, kept: Sequence[tuple[int, int]]) -> None:
        """Keep the rows of notices at places of a chunk, under their places among the documents."""
        if not kept:
            return
        pa, pc = arrow(), compute()
        old, new = (pa.array([pair[part] for pair in kept], type=pa.int64()) for part in (0, 1))
        for name, stream in chunk.tables.items():
            table = pa.ipc.open_stream(stream).read_all()
            found = pc.index_in(table.column("document_code"), value_set=old)
            table = table.set_column(table.schema.get_field_index("document_code"), "document_code", new.take(found))
            self.parts.setdefault(name, []).append(table.filter(pc.is_valid(found)))

    def tables(self) -> dict[str, Any]:
        """The rows of all notices that are kept, by table."""
        return {name: arrow().concat_tables(parts) for name, parts in self.parts.items()}

    def report(self, progress: Progress) -> None:
        """Add what was counted."""
        progress.read += self.counted.read
        progress.repeated += self.counted.repeated
        progress.changed += self.counted.changed
        progress.failed += self.counted.failed
