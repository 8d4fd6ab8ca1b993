"""Read some notices in a process of its own, as Arrow tables: what a worker does."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from pairing_graph.base.errors import CorrectionError, MissingExtraError, NoticeError
from pairing_graph.base.files import checksum
from pairing_graph.base.inputs import file_name
from pairing_graph.collection.arrow import arrow, arrow_types
from pairing_graph.collection.columns import SOURCES, TABLE_NAMES, own_columns
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase, with_tables
from pairing_graph.kb.source_files import sources_text
from pairing_graph.kb.years import year_of
from pairing_graph.readers.limits import Limits
from pairing_graph.reading.corrections import Correction
from pairing_graph.reading.notices import read_part
from pairing_graph.reading.options import Options

ID_TAKEN = "id_taken"
_WRITTEN_BYTE = re.compile(r"\\u(dc[89a-f][0-9a-f])")
"""A byte of a file's name that is no character, as `as_text` writes it."""
UNKNOWN_YEAR = 0
UNKNOWN_PROVINCE = "00"


@dataclass(frozen=True)
class Choices:
    """How all notices of a collection are read: as in `read_notices`, the tables read."""

    options: Options = field(default_factory=Options)
    corrections: tuple[Correction, ...] = ()
    limits: Limits | None = None


@dataclass(frozen=True)
class Job:
    """A file to be read.

    Attributes:
        path: Where it is.
        noted: Its path as the index has it.
        sha256: Its checksum, as it was when it was looked for.
        document: The id that the notice gets, empty for its own.
        again: Whether the file is as it was when it was read before.
    """

    path: str
    noted: str
    sha256: str
    document: str = ""
    again: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of a file.

    Attributes:
        job: The file.
        document: The id of the notice; empty if the file failed, unless corrections made for the id are all that failed.
        year: The year of its date, else of its number, else of its title (`kb.years.year_of`); 0 if unknown.
        province: The first two digits of the code of its first region, 00 if unknown.
        failure: Why it could not be read, as a sentence; else empty.
        passing: Whether that may be over by the next time: the file was out of reach, or changed meanwhile.
    """

    job: Job
    document: str = ""
    year: int = UNKNOWN_YEAR
    province: str = UNKNOWN_PROVINCE
    failure: str = ""
    passing: bool = False


@dataclass(frozen=True)
class Chunk:
    """What came of some files.

    Attributes:
        outcomes: One for each file, in their order.
        tables: Name → Arrow table as a stream of bytes; `document_code` is the place of the file among the outcomes.
    """

    outcomes: tuple[Outcome, ...]
    tables: Mapping[str, bytes]


def read_jobs(jobs: Sequence[Job], choices: Choices) -> Chunk:
    """Read files; whatever goes wrong with one is its outcome."""
    with _no_search_for_garbage():
        return _read(jobs, choices)


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Nothing is looked for that only a cycle keeps while a chunk is read; what it leaves behind is found after it.

    A reading makes many objects, all of them in use until it ends, and the search takes a tenth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(jobs: Sequence[Job], choices: Choices) -> Chunk:
    outcomes: list[Outcome] = []
    parts: list[tuple[int, KnowledgeBase]] = []
    for job in jobs:
        file = _file_of(job)
        try:
            kb = read_part(file, choices.options, choices.corrections, choices.limits, job.document)
        except NoticeError as error:
            document = _id_without_corrections(job, file, choices) if isinstance(error, CorrectionError) else ""
            outcomes.append(_failed(job, file, document, error))
            continue
        if job.document:
            kb = _doubted(kb, file_name(file))
        parts.append((len(outcomes), kb))
        outcomes.append(_outcome(job, kb))
    return Chunk(tuple(outcomes), {name: _streamed(arrow_table(name, parts)) for name in TABLE_NAMES})


def _id_without_corrections(job: Job, file: Path, choices: Choices) -> str:
    """The id of a notice that corrections do not fit: they may be made for another one under the same number."""
    try:
        kb = read_part(file, choices.options, (), choices.limits, job.document)
    except NoticeError:
        return ""
    return str(kb.columns("documents")["document"][0])


def as_text(path: str) -> str:
    r"""A path as it can be written anywhere: bytes that are no characters as they are in a program's text.

    Example:
        >>> as_text("notices/\udcff2.txt")
        'notices/\\udcff2.txt'
    """
    return path.encode("utf-8", errors="backslashreplace").decode("utf-8")


def _file_of(job: Job) -> Path:
    """The file of a job, whose path may be one that `as_text` gave."""
    file = Path(job.path)
    named = _WRITTEN_BYTE.sub(lambda found: chr(int(found[1], 16)), job.path)
    return file if named == job.path or file.exists() else Path(named)


def _failed(job: Job, file: Path, document: str, error: NoticeError) -> Outcome:
    """That a file failed; passing where a library is missing, or the file is not what its checksum was taken of."""
    unsteady = not job.sha256 or checksum(file) != job.sha256
    return Outcome(job, document, failure=str(error), passing=unsteady or isinstance(error, MissingExtraError))


def _outcome(job: Job, kb: KnowledgeBase) -> Outcome:
    """What was read, under the checksum of the bytes that were read."""
    job = replace(job, sha256=next(iter(kb.sources.values())).document.sha256)
    row = {name: values[0] for name, values in kb.columns("documents").items()}
    year = year_of(row["date"], row["number"], row["title"])
    codes = [code for code in row["region_codes"] if code]
    province = codes[0][:2] if codes else UNKNOWN_PROVINCE
    return Outcome(job, row["document"], UNKNOWN_YEAR if year is None else year, province)


def _doubted(kb: KnowledgeBase, file: str) -> KnowledgeBase:
    """The notice with the doubt that its own id was taken."""
    name = kb.columns("documents")["document"][0]
    row = {"document": name, "severity": "doubt", "reason": ID_TAKEN, "text": file, "address": name}
    return with_tables(kb, unread=pd.concat([kb.unread, frame("unread", [row])], ignore_index=True))


def arrow_table(name: str, parts: Sequence[tuple[int, KnowledgeBase]]) -> Any:
    """A table of several notices as Arrow, each row with the place of its notice and its own place there."""
    pa, types = arrow(), arrow_types()
    columns: dict[str, list[Any]] = {column: [] for column in own_columns(name)}
    places: list[int] = []
    rows: list[int] = []
    for place, kb in parts:
        count = 0
        for column, values in _values(name, kb).items():
            columns[column] += values
            count = len(values)
        places += [place] * count
        rows += range(count)
    kinds = own_columns(name)
    arrays = {column: pa.array(values, type=types[kinds[column]]) for column, values in columns.items()}
    return pa.table(arrays | {"document_code": pa.array(places, pa.int64()), "row": pa.array(rows, pa.int64())})


def _values(name: str, kb: KnowledgeBase) -> Mapping[str, Sequence[Any]]:
    """The columns of a table of a notice."""
    if name == SOURCES:
        texts = [sources_text({document: source}) for document, source in kb.sources.items()]
        return {"document": list(kb.sources), "json": texts}
    return kb.columns(name)


def _streamed(table: Any) -> bytes:
    pa = arrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    out: bytes = sink.getvalue().to_pybytes()
    return out
