"""What people decided about the notices of a collection (corrections, aliases): kept in its index, applied to what it concerns.

Decisions grow while the other choices stay. Where some are added or taken back, the notices that they are about are read
again and the others stay; either all of it is in the collection afterwards or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pairing_graph.base.errors import Complaint, CorrectionError
from pairing_graph.base.files import checksum
from pairing_graph.base.reference import Row
from pairing_graph.collection.collecting import CHUNK, Progress, Taken, killed
from pairing_graph.collection.index import Index
from pairing_graph.collection.pool import in_order
from pairing_graph.collection.reading import Choices, Chunk, Job, read_jobs
from pairing_graph.collection.segments import connected, quoted, union, without, write_incoming
from pairing_graph.reading.corrections import Correction

_KEPT = "decisions"
_UNDER_ANOTHER_ID = "~"
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

    def in_choices(self, choices: Choices) -> Choices:
        """Choices with these decisions."""
        options = replace(choices.options, aliases=self.aliases)
        return replace(choices, options=options, corrections=self.corrections)


def _latest(kept: Correction, given: Correction) -> Correction:
    """The later of two about one place; from where in a sheet it is makes no difference."""
    return kept if replace(given, where=kept.where) == kept else given


def _place(row: Correction) -> tuple[str, str, str | None]:
    return row.address, row.column, row.expected


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
    jobs = [_job(folder, path, names[code]) for code, path in sorted(paths.items())]
    failed = [_job(folder, path) for path, _ in index.failures()] if progress.waiting else []
    choices = decisions.in_choices(choices)
    chunks = list(_read([*jobs, *failed], choices, workers))
    _refuse_failures(chunks, {job.noted for job in jobs})
    taken = Taken(index, choices)
    with index.change():
        _keep(index, decisions)
        index.drop(paths)
        for chunk in chunks:
            taken.add(chunk)
        index.point_anew(paths)
        if taken.documents:
            write_incoming(folder, index, taken.tables(), taken.documents)
    taken.report(progress)
    return replace(progress, waiting=waiting_corrections(index, decisions))


def waiting_corrections(index: Index, decisions: Decisions) -> int:
    """How many corrections are of notices that are not in the collection."""
    known = dict(index.live_documents())
    return sum(row.document not in known for row in decisions.corrections)


def _job(folder: Path, path: str, document: str = "") -> Job:
    file = folder / path
    return Job(str(file), path, checksum(file), document if _UNDER_ANOTHER_ID in document else "")


def _read(jobs: Sequence[Job], choices: Choices, workers: int) -> Iterable[Chunk]:
    pieces = (jobs[start : start + CHUNK] for start in range(0, len(jobs), CHUNK))
    few = 1 if len(jobs) <= CHUNK else workers
    return in_order(partial(read_jobs, choices=choices), pieces, workers=few, killed=killed)


def _refuse_failures(chunks: Iterable[Chunk], paths: Iterable[str]) -> None:
    wanted = set(paths)
    what = "A notice cannot be read with the decisions, which are not kept"
    complaints = [
        Complaint(what, outcome.job.noted, got=outcome.failure, advice="Look at its rows again.")
        for chunk in chunks
        for outcome in chunk.outcomes
        if outcome.failure and outcome.job.noted in wanted
    ]
    if complaints:
        raise CorrectionError(complaints)


def _different(one: Decisions, other: Decisions) -> Decisions:
    """The decisions that are in one only."""
    corrections = set(one.corrections) ^ set(other.corrections)
    rows = {tuple(sorted(row.items())) for row in one.aliases} ^ {tuple(sorted(row.items())) for row in other.aliases}
    return Decisions(tuple(corrections), tuple(dict(row) for row in sorted(rows)))


def _concerned(folder: Path, index: Index, known: dict[str, int], changed: Decisions) -> list[int]:
    """The codes of the notices that decisions are about.

    An alias concerns the notices that name a unit of its region, or of no region, by the alias or by the name.
    """
    codes = {known[row.document] for row in changed.corrections if row.document in known}
    codes |= {known[row["region"]] for row in changed.aliases if row["region"] in known}
    files = index.segments("units")
    if changed.aliases and files:
        with connected(folder) as engine:
            units = f"SELECT * FROM ({union(folder, files)}) {without(index.dropped())}"
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
