"""Read notices, one or many: readers and extraction joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePath
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, CorrectionError, FileError, LayoutError, NoticeError
from pairing_graph.base.inputs import file_name, refuse_several
from pairing_graph.base.progress import watched
from pairing_graph.kb.address import document_id
from pairing_graph.kb.document import Document, Source
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase, with_tables
from pairing_graph.kb.validation import validate
from pairing_graph.readers import read_document
from pairing_graph.readers.limits import BROKEN, Limits
from pairing_graph.reading.combining import combine
from pairing_graph.reading.corrections import Correction, Corrector, foreign, read_corrections
from pairing_graph.reading.extraction import Options, extract
from pairing_graph.reading.layouts import recover
from pairing_graph.reading.notice_files import Paths, notice_files
from pairing_graph.reading.options import Qualifier
from pairing_graph.reading.own_files import open_own, refuse_own, refuse_own_workbook
from pairing_graph.reading.user_tables import read_reference

UNFORESEEN = (*BROKEN, MemoryError, RecursionError, UnicodeError)
"""What a library may still raise on a file, though its reader should have made it a sentence."""
_LONGEST_ERROR = 300  # Characters of a library's message: a few lines in a terminal.


def read_notice(
    path: str | Path,
    *,
    qualifier: Qualifier = "base",
    aliases: str | Path | None = None,
    headers: str | Path | None = None,
    corrections: str | Path | pd.DataFrame | None = None,
    limits: Limits | None = None,
) -> KnowledgeBase:
    """Read one notice into the eight tables.

    A folder that `kb.save` made, and JSON of `write_tables` (which has no sources), are opened as what they hold.

    Args:
        path: The file.
        qualifier: `base`: 县发展改革委（县投资促进服务中心） is the unit 县发展改革委; `separate`: it is a unit of its
            own.
        aliases: A CSV or workbook (region, alias, name, reason) of drifting names, before those of the package; with a
            column `decision`, the rows count that say yes. `suggest_aliases` makes one.
        headers: A CSV or workbook (word, meaning, match) of heading words, before those of the package.
        corrections: A CSV, a workbook or a frame (address, column, value, reason, if wanted expected) of corrections by
            hand: `text` for the words of a cell or paragraph, else `table.column`. Each one applied is a row in `unread`.
        limits: What the file may hold at the most.

    Raises:
        NoticeError: Several files were given.
        FileError: The file cannot be read; or a table given with it, or its rows contradict each other.
        LayoutError: No task and no pairing is understood in it.
        CorrectionError: A correction does not fit what the notice holds; all complaints at once.

    Example:
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> len(kb.tasks), kb.documents["number"].item()
        (28, '巫溪府发〔2022〕24号')
    """
    refuse_several(path)
    given = {"qualifier": qualifier, "aliases": aliases, "headers": headers, "corrections": corrections}
    kept = open_own(path, given)
    if kept is not None:
        return kept
    options = reading_options(qualifier, aliases, headers)
    rows = () if corrections is None else read_corrections(corrections)
    corrector = Corrector(rows)
    try:
        kb = _extracted(_read_document(path, limits), options, corrector)
    except UNFORESEEN as error:
        raise _unforeseen(Path(path), error) from error
    kb = _corrected([kb], [corrector], rows)[0]
    unused = frame("unread", _unused_aliases(options, [kb]))
    return validate(with_tables(kb, unread=pd.concat([kb.unread, unused], ignore_index=True)) if len(unused) else kb)


def read_notices(
    paths: Paths,
    *,
    strict: bool = False,
    qualifier: Qualifier = "base",
    aliases: str | Path | None = None,
    headers: str | Path | None = None,
    corrections: str | Path | pd.DataFrame | None = None,
    limits: Limits | None = None,
    progress: bool | None = None,
) -> KnowledgeBase:
    """Read many notices into one knowledge base: files, folders of them, or patterns such as `notices/**/*.docx`.

    In a folder, files are selected by their suffix; the format of a given file is recognised from its content.

    A file that fails is a row in `unread` and does not stop the others, even where a library broke on it in a way that
    no reader foresaw; where strict, such an error is raised as it is. The same bytes are read once; another file
    under a taken id gets `~2`. A folder that `kb.save` made is opened if it is given alone.

    Args:
        paths: Files, folders and patterns, one or several.
        strict: Raise when a file fails, with all failures together.
        qualifier: As in `read_notice`.
        aliases: As in `read_notice`.
        headers: As in `read_notice`.
        corrections: As in `read_notice`, for all of them together.
        limits: As in `read_notice`, for each file.
        progress: Whether a progress bar is shown; by default in a terminal or notebook.

    Raises:
        NoticeError: No file was given, none could be read, or, where strict, any failed.
        CorrectionError: A correction does not fit what the notices hold; all complaints at once.

    Example:
        >>> read_notices(["data/raw/wuxi-yuzhong-2022.txt"]).pairings.shape[0]
        35
    """
    given = {"qualifier": qualifier, "aliases": aliases, "headers": headers, "corrections": corrections}
    kept = _alone(paths, given)
    if kept is not None:
        return kept
    files = notice_files(paths)
    options = reading_options(qualifier, aliases, headers)
    rows = () if corrections is None else read_corrections(corrections)
    batch = _Batch(rows)
    for file in watched(files, shown=progress):
        try:
            batch.add(_read_document(file, limits), options)
        except NoticeError as error:
            batch.failed.append((file, error))
        except UNFORESEEN as error:
            if strict:
                raise
            batch.failed.append((file, _unforeseen(file, error)))
    if batch.failed and (strict or not batch.parts):
        raise NoticeError([complaint for _, error in batch.failed for complaint in error.complaints])
    parts = [validate(part) for part in _corrected(batch.parts, batch.correctors, rows)]
    return combine(parts, [*batch.unread_rows(), *_unused_aliases(options, parts)])


def read_part(
    file: Path,
    options: Options,
    corrections: Sequence[Correction] = (),
    limits: Limits | None = None,
    document_id: str = "",
) -> KnowledgeBase:
    """One notice of many, as `read_notices` reads each; whatever goes wrong is a sentence.

    Args:
        file: The file.
        options: The choices, their tables read.
        corrections: Corrections by hand; those of other documents are passed over.
        limits: As in `read_notice`.
        document_id: The id of the notice, where its own is taken.

    Raises:
        NoticeError: It cannot be read, is not understood, or a correction does not fit it.

    Example:
        >>> len(read_part(Path("data/raw/wuxi-yuzhong-2022.txt"), Options()).tasks)
        28
    """
    corrector = Corrector(corrections)
    try:
        return validate(corrector.apply(_extracted(_read_document(file, limits), options, corrector, document_id)))
    except NoticeError:
        raise
    except UNFORESEEN as error:
        raise _unforeseen(file, error) from error


@dataclass(frozen=True)
class Attempt:
    """What came of reading a notice, understood or not.

    Attributes:
        kb: The knowledge base; of a notice that was not understood it holds the document only.
        complaints: Why it was not understood; empty otherwise.
    """

    kb: KnowledgeBase
    complaints: tuple[Complaint, ...] = ()


def attempt(path: str | Path, *, limits: Limits | None = None, **options: Any) -> Attempt:
    """Read a notice; if it is not understood, return its document together with the complaints.

    Args:
        path: The file.
        limits: As in `read_notice`.
        options: The other options of `read_notice`.

    Raises:
        FileError: The file cannot be read.

    Example:
        >>> attempt("data/raw/wuxi-yuzhong-2022.txt").complaints
        ()
    """
    try:
        return Attempt(read_notice(path, limits=limits, **options))
    except (LayoutError, CorrectionError) as error:
        document = _read_document(path, limits)
        document = recover(document, reading_options("base", None, options.get("headers")))
        name = document_id(document.name)
        base = {"document": name, "severity": "loss", "reason": "not_understood"}
        rows = [base | {"text": text.strip(), "address": str(place)} for place, text, _ in document.pieces(name)]
        return Attempt(KnowledgeBase(unread=frame("unread", rows), sources={name: Source(document)}), error.complaints)


def reading_options(qualifier: Qualifier, aliases: str | Path | None, headers: str | Path | None) -> Options:
    """The choices of `read_notice`, its tables read."""
    return Options(
        qualifier=qualifier,
        aliases=read_reference("aliases", aliases) if aliases else (),
        headers=read_reference("headers", headers) if headers else (),
    )


def _unused_aliases(options: Options, parts: Sequence[KnowledgeBase]) -> Iterator[dict[str, Any]]:
    """One row for all of the user's aliases that no unit goes by, so that a misspelt one is found.

    It is no doubt about what was read: a table is made once and used for many notices.
    """
    used = set()
    for part in parts:
        document = part.documents["document"].item()
        for region, aliases in part.units[["region", "aliases"]].itertuples(index=False):
            used |= {(place, alias) for alias in aliases for place in (region, document)}
    unused = [row for row in options.aliases if (row["region"], row["alias"]) not in used]
    if unused and parts:
        document = parts[0].documents["document"].item()
        text = "; ".join(f"{row['region']} {row['alias']} → {row['name']}".strip() for row in unused)
        base = {"document": document, "severity": "info", "reason": "alias_unused"}
        yield base | {"text": text, "address": document}


def _alone(paths: Paths, options: Mapping[str, Any]) -> KnowledgeBase | None:
    """The knowledge base that is given instead of notices, where nothing else is given."""
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    return open_own(given[0], options) if len(given) == 1 else None


def _read_document(path: str | Path, limits: Limits | None) -> Document:
    refuse_own(path)
    document = read_document(path, limits=limits)
    refuse_own_workbook(document)
    return document


def _extracted(document: Document, options: Options, corrector: Corrector, document_id: str = "") -> KnowledgeBase:
    """The meaning of a document, its words corrected.

    Raises:
        NoticeError: It is not understood; complaints about corrections, which may be why, come first.
    """
    try:
        return extract(document, options, document_id=document_id, amend=corrector.amend)
    except NoticeError as error:
        if corrector.complaints:
            raise CorrectionError([*corrector.complaints, *error.complaints]) from error
        raise


def _corrected(
    parts: Sequence[KnowledgeBase], correctors: Sequence[Corrector], rows: Sequence[Correction]
) -> list[KnowledgeBase]:
    """The knowledge bases with their tables corrected.

    Raises:
        CorrectionError: With all complaints about corrections, those for documents that were not read included.
    """
    complaints = foreign(rows, [part.documents["document"].item() for part in parts])
    corrected = []
    for part, corrector in zip(parts, correctors, strict=True):
        try:
            corrected.append(corrector.apply(part))
        except CorrectionError as error:
            complaints += error.complaints
    if complaints:
        raise CorrectionError(complaints)
    return corrected


@dataclass
class _Batch:
    """Notices that were read so far, and what went wrong."""

    corrections: Sequence[Correction]
    parts: list[KnowledgeBase] = field(default_factory=list)
    correctors: list[Corrector] = field(default_factory=list)
    failed: list[tuple[Path, NoticeError]] = field(default_factory=list)
    repeated: list[tuple[str, str]] = field(default_factory=list)
    _by_bytes: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def add(self, document: Document, options: Options) -> None:
        if document.sha256 in self._by_bytes:
            self.repeated.append((self._by_bytes[document.sha256], document.file))
            return
        corrector = Corrector(self.corrections)
        part = _extracted(document, options, corrector)
        name = part.documents["document"].item()
        if name in self._taken:
            name = next(f"{name}~{n}" for n in count(2) if f"{name}~{n}" not in self._taken)
            corrector = Corrector(self.corrections)
            part = _extracted(document, options, corrector, name)
            row = {"document": name, "severity": "doubt", "reason": "id_taken"}
            reported = frame("unread", [row | {"text": document.file, "address": name}])
            part = with_tables(part, unread=pd.concat([part.unread, reported], ignore_index=True))
        self.parts.append(part)
        self.correctors.append(corrector)
        self._by_bytes[document.sha256] = name
        self._taken.add(name)

    def unread_rows(self) -> Iterator[dict[str, Any]]:
        for name, file in self.repeated:
            yield {"document": name, "severity": "info", "reason": "same_file", "text": file, "address": name}
        for path, error in self.failed:
            name = document_id(PurePath(file_name(path)).stem)
            row = {"document": name, "severity": "loss", "reason": "file_unreadable", "address": name}
            yield row | {"text": str(error)}


def _unforeseen(file: Path, error: Exception) -> FileError:
    if isinstance(error, MemoryError):
        advice = "Read it with smaller limits=Limits(...), or on a machine with more memory."
        return FileError(Complaint("The memory is not enough to read the file", file_name(file), advice=advice))
    advice = "Please report it with the file."
    got = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_ERROR]
    return FileError(Complaint("Unexpected error while reading the file", file_name(file), "a notice", got, advice))
