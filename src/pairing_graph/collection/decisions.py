"""What people decided about the notices of a collection (corrections, aliases): kept in its index, applied to what it concerns.

Decisions grow while the other choices stay. Where some are added or taken back, the notices that they are about are read
again and the others stay; either all of it is in the collection afterwards or nothing.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pandas as pd

from pairing_graph.base.errors import Complaint, CorrectionError, FileError
from pairing_graph.base.files import checksum
from pairing_graph.base.reference import Row
from pairing_graph.collection.collecting import CHUNK, COMMIT, Progress, Taken, killed
from pairing_graph.collection.database import Database, quoted
from pairing_graph.collection.folder import not_written
from pairing_graph.collection.index import Index
from pairing_graph.collection.pool import in_order
from pairing_graph.collection.reading import ID_TAKEN, Choices, Chunk, Job, Outcome, read_jobs
from pairing_graph.collection.segments import rows_of, write_incoming
from pairing_graph.reading.corrections import COLUMNS, Correction, read_corrections
from pairing_graph.reading.user_tables import YES, read_reference

_OF_ALIASES = ("region", "alias", "name", "reason")
_KEPT = "decisions"
_BEFORE_NUMBER = "~"
"""What the id of a notice has before its number where its own was taken."""


@dataclass(frozen=True)
class Decisions:
    """Decisions about notices.

    Attributes:
        corrections: Corrections by hand, in the order in which they were made.
        aliases: Rows of tables of aliases that say yes.
    """

    corrections: tuple[Correction, ...] = ()
    aliases: tuple[Row, ...] = ()

    def with_more(self, given: Decisions) -> Decisions:
        """These and others; where both are about the same, the others count.

        A name that the others say stays is no alias any more.
        """
        later = {_place(row): row for row in given.corrections}
        kept = [_latest(row, later.pop(_place(row), row)) for row in self.corrections]
        new = {(row["region"], row["alias"]): row["name"] for row in given.aliases}
        stays = {(region, name) for (region, _), name in new.items()}
        aliases = [
            {**row, "name": new.get((row["region"], row["name"]), row["name"])}
            for row in self.aliases
            if (row["region"], row["alias"]) not in new and (row["region"], row["alias"]) not in stays
        ]
        return Decisions((*kept, *later.values()), (*aliases, *given.aliases))

    def without(self, given: Decisions) -> Decisions:
        """These without others."""
        places = {(row.address, row.column, row.value) for row in given.corrections}
        names = {(row["region"], row["alias"]) for row in given.aliases}
        return Decisions(
            tuple(row for row in self.corrections if (row.address, row.column, row.value) not in places),
            tuple(row for row in self.aliases if (row["region"], row["alias"]) not in names),
        )

    def frames(self) -> dict[str, pd.DataFrame]:
        """These as the tables `corrections` and `aliases` that reading takes."""
        rows = [(row.address, row.column, row.expected, row.value, row.reason) for row in self.corrections]
        aliases = [tuple(row[name] for name in _OF_ALIASES) for row in self.aliases]
        return {
            "corrections": pd.DataFrame(rows, columns=list(COLUMNS), dtype="object"),
            "aliases": pd.DataFrame(aliases, columns=list(_OF_ALIASES), dtype="object"),
        }

    def in_choices(self, choices: Choices) -> Choices:
        """Choices with these decisions."""
        options = replace(choices.options, aliases=self.aliases)
        return replace(choices, options=options, corrections=self.corrections)


def _latest(kept: Correction, given: Correction) -> Correction:
    """The later of two about one place; from where in a sheet it is makes no difference."""
    return kept if replace(given, where=kept.where) == kept else given


def _place(row: Correction) -> tuple[str, str, str | None]:
    return row.address, row.column, row.expected


def given_decisions(aliases: str | Path | None, corrections: str | Path | None, *, alone: bool) -> Decisions:
    """The decisions of the tables.

    Args:
        aliases: A table of aliases.
        corrections: A sheet of corrections.
        alone: Whether nothing else was given.

    Raises:
        FileError: A table cannot be read; or nothing is decided in what alone was given.
    """
    given = Decisions(
        read_corrections(corrections) if corrections is not None else (),
        read_reference("aliases", aliases) if aliases is not None else (),
    )
    if alone and given == Decisions():
        said = [(corrections, "No row is filled in", "value and reason"), (aliases, "No row says yes", YES)]
        complaints = [Complaint(what, str(table), expected) for table, what, expected in said if table is not None]
        if complaints:
            raise FileError(complaints)
    return given


def kept_decisions(index: Index) -> Decisions:
    """The decisions of a collection."""
    text = index.about(_KEPT)
    if not text:
        return Decisions()
    kept = json.loads(text)
    return Decisions(tuple(Correction(*row) for row in kept["corrections"]), tuple(kept["aliases"]))


def _keep(index: Index, decisions: Decisions) -> None:
    rows = [(row.address, row.column, row.value, row.reason, row.expected, row.where) for row in decisions.corrections]
    index.note(_KEPT, json.dumps({"corrections": rows, "aliases": decisions.aliases}, ensure_ascii=False))


def decide(folder: Path, index: Index, decisions: Decisions, choices: Choices, *, workers: int) -> Progress:
    """Keep decisions and read the notices again that they change.

    Args:
        folder: The folder of the collection.
        index: Its index.
        decisions: All that hold from now on.
        choices: How notices are read, without decisions.
        workers: Processes.

    Returns:
        How many notices were read again, and how many corrections are about notices that are not there.

    Raises:
        CorrectionError: A notice cannot be read with them; then nothing is changed.
    """
    before, progress = kept_decisions(index), Progress()
    known = dict(index.live_documents())
    progress.waiting = waiting_corrections(index, decisions)
    if before == decisions:
        return progress
    codes = _concerned(folder, index, known, _different(before, decisions))
    paths = dict(reversed(index.paths_of(codes)))
    names = {code: name for name, code in known.items()}
    apart = _under_another_id(folder, index, names)
    jobs = [_job(folder, path, names[code] if code in apart else "") for code, path in sorted(paths.items())]
    may_mend = progress.waiting or waiting_corrections(index, before)
    failed = [_job(folder, path) for path, _ in index.failures()] if may_mend else []
    choices = decisions.in_choices(choices)
    try:
        with TemporaryFile(dir=folder) as spool:
            outcomes = [one for chunk in _read([*jobs, *failed], choices, workers) for one in _kept(chunk, spool)]
            _refuse_failures(outcomes, {job.noted for job in jobs})
            with index.change():
                _keep(index, decisions)
                index.drop(paths)
                _write(folder, index, choices, _chunks(spool), progress)
                index.point_anew(paths)
    except OSError as error:
        raise not_written(folder, error) from error
    return replace(progress, waiting=waiting_corrections(index, decisions))


def _write(folder: Path, index: Index, choices: Choices, chunks: Iterable[Chunk], progress: Progress) -> None:
    """Write what was read, some notices at a time, within one change of the index."""

    def read(job: Job) -> Chunk:
        return read_jobs([job], choices)

    taken = Taken(index, read)
    for chunk in chunks:
        taken.add(chunk)
        if len(taken.documents) >= COMMIT:
            write_incoming(folder, index, taken.tables(), taken.documents)
            taken.report(progress)
            taken = Taken(index, read)
    if taken.documents:
        write_incoming(folder, index, taken.tables(), taken.documents)
    taken.report(progress)


def _kept(chunk: Chunk, spool: IO[bytes]) -> tuple[Outcome, ...]:
    """Keep a chunk on the disk until all are known, since they need not fit the memory; its outcomes."""
    pickle.dump(chunk, spool)
    return chunk.outcomes


def _chunks(spool: IO[bytes]) -> Iterator[Chunk]:
    """What was kept, in order."""
    end = spool.tell()
    spool.seek(0)
    while spool.tell() < end:
        yield pickle.load(spool)  # we wrote it ourselves, and nobody else can open it


def waiting_corrections(index: Index, decisions: Decisions) -> int:
    """How many corrections are of notices that are not in the collection."""
    known = dict(index.live_documents())
    return sum(row.document not in known for row in decisions.corrections)


def _job(folder: Path, path: str, document: str = "") -> Job:
    file = folder / path
    return Job(str(file), path, checksum(file), document)


def _under_another_id(folder: Path, index: Index, names: Mapping[int, str]) -> set[int]:
    """The codes of the notices whose own id was taken, as the doubt about it says; a name may look so by itself."""
    files = index.segments("unread")
    if not files or not any(_BEFORE_NUMBER in name for name in names.values()):
        return set()
    query = (
        f"SELECT DISTINCT document_code FROM ({rows_of(folder, files, index.dropped())}) "
        f"WHERE reason = {quoted(ID_TAKEN)} AND address = document"
    )
    with Database(folder) as engine:
        return {code for (code,) in engine.execute(query).fetchall()}


def _read(jobs: Sequence[Job], choices: Choices, workers: int) -> Iterable[Chunk]:
    pieces = (jobs[start : start + CHUNK] for start in range(0, len(jobs), CHUNK))
    few = 1 if len(jobs) <= CHUNK else workers
    return in_order(partial(read_jobs, choices=choices), pieces, workers=few, killed=killed)


def _refuse_failures(outcomes: Iterable[Outcome], paths: Iterable[str]) -> None:
    wanted = set(paths)
    what = "A notice cannot be read with the decisions, which are not kept"
    complaints = [
        Complaint(what, outcome.job.noted, got=outcome.failure, advice="Look at its rows again.")
        for outcome in outcomes
        if outcome.failure and outcome.job.noted in wanted
    ]
    if complaints:
        raise CorrectionError(complaints)


def _different(one: Decisions, other: Decisions) -> Decisions:
    """The decisions that are in one only."""
    corrections = set(one.corrections) ^ set(other.corrections)
    rows = {tuple(sorted(row.items())) for row in one.aliases} ^ {tuple(sorted(row.items())) for row in other.aliases}
    return Decisions(tuple(corrections), tuple(dict(row) for row in sorted(rows)))


def unknown_aliases(folder: Path, index: Index, rows: Sequence[Row]) -> tuple[str, ...]:
    """The aliases that no notice writes, each behind its region: a name or a region may be mistyped."""
    files = index.segments("units")
    if not rows:
        return ()
    written: set[tuple[str, str]] = set()
    if files:
        with Database(folder) as engine:
            units = rows_of(folder, files, index.dropped())
            documents = dict(index.live_documents())
            given = sorted({(row["region"], row["alias"]) for row in rows})
            engine.execute("CREATE TEMP TABLE given (region VARCHAR, called VARCHAR, document_code BIGINT)")
            engine.executemany("INSERT INTO given VALUES (?, ?, ?)", [(*one, documents.get(one[0])) for one in given])
            query = (
                f"SELECT DISTINCT w.region, w.called FROM ({units}) u JOIN given w "
                "ON u.name = w.called OR u.unit = w.called OR list_contains(u.aliases, w.called) "
                f"WHERE u.region = w.region OR u.region = {quoted('')} OR starts_with(u.unit, w.region) "
                "OR u.document_code = w.document_code"
            )
            written = set(engine.execute(query).fetchall())
    return tuple(f"{row['region']} {row['alias']}" for row in rows if (row["region"], row["alias"]) not in written)


def _concerned(folder: Path, index: Index, known: dict[str, int], changed: Decisions) -> list[int]:
    """The codes of the notices that decisions are about.

    An alias concerns the notices that name a unit of its region, or of no region, by the alias or by the name.
    """
    codes = {known[row.document] for row in changed.corrections if row.document in known}
    codes |= {known[row["region"]] for row in changed.aliases if row["region"] in known}
    files = index.segments("units")
    if changed.aliases and files:
        with Database(folder) as engine:
            units = rows_of(folder, files, index.dropped())
            engine.execute("CREATE TEMP TABLE wanted (region VARCHAR, called VARCHAR)")
            rows = [(row["region"], row[column]) for row in changed.aliases for column in ("alias", "name")]
            engine.executemany("INSERT INTO wanted VALUES (?, ?)", sorted(set(rows)))
            query = (
                f"SELECT DISTINCT document_code FROM ({units}) u JOIN wanted w "
                "ON u.name = w.called OR u.unit = w.called OR list_contains(u.aliases, w.called) "
                f"WHERE u.region = w.region OR u.region = {quoted('')} OR starts_with(u.unit, w.region)"
            )
            codes |= {code for (code,) in engine.execute(query).fetchall()}
    return sorted(codes)
