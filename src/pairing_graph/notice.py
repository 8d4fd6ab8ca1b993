"""Read notices, one or many: readers and extraction joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pairing_graph.address import document_id
from pairing_graph.document import Document
from pairing_graph.errors import Complaint, FileError, NoticeError
from pairing_graph.extract import Options, extract
from pairing_graph.extract.options import Qualifier
from pairing_graph.readers import read_document
from pairing_graph.readers.limits import Limits
from pairing_graph.reference import read_reference
from pairing_graph.schema import TABLES, KnowledgeBase, frame, validate

Paths = str | Path | Iterable[str | Path]
_SKIPPED_SUFFIXES = (".csv", ".json", ".py", ".ipynb", ".png", ".svg", ".css", ".js")


def read_notice(
    path: str | Path,
    *,
    qualifier: Qualifier = "base",
    aliases: str | Path | None = None,
    headers: str | Path | None = None,
    limits: Limits | None = None,
) -> KnowledgeBase:
    """Read one notice into the eight tables.

    Args:
        path: The file.
        qualifier: `base`: 县发展改革委（县投资促进服务中心） is the unit 县发展改革委; `separate`: it is a unit of its
            own.
        aliases: A CSV (region, alias, name, reason) of drifting names, before those of the package.
        headers: A CSV (word, meaning, match) of heading words, before those of the package.
        limits: What the file may hold at the most.

    Raises:
        FileError: The file cannot be read.
        LayoutError: No task and no pairing is understood in it.

    Example:
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> len(kb.tasks), kb.documents["number"].item()
        (28, '巫溪府发〔2022〕24号')
    """
    return _read(path, _options(qualifier, aliases, headers), limits)


def read_notices(
    paths: Paths,
    *,
    strict: bool = False,
    qualifier: Qualifier = "base",
    aliases: str | Path | None = None,
    headers: str | Path | None = None,
    limits: Limits | None = None,
) -> KnowledgeBase:
    """Read many notices into one knowledge base: files, or a folder of them.

    A file that fails is a row in `unread` and does not stop the others. The same bytes are read once; another file
    under a taken id gets `~2`.

    Args:
        paths: Files, a folder, or several of both.
        strict: Raise when a file fails, with all failures together.
        qualifier: As in `read_notice`.
        aliases: As in `read_notice`.
        headers: As in `read_notice`.
        limits: As in `read_notice`, for each file.

    Raises:
        NoticeError: No file was given, none could be read, or, where strict, any failed.

    Example:
        >>> read_notices(["data/raw/wuxi-yuzhong-2022.txt"]).pairings.shape[0]
        35
    """
    files = _files(paths)
    options = _options(qualifier, aliases, headers)
    shelf = _Shelf([], [], [])
    for file in files:
        try:
            shelf.put(_read_document(file, limits), options)
        except NoticeError as error:
            shelf.failed.append((file, error))
    if shelf.failed and (strict or not shelf.parts):
        raise NoticeError([complaint for _, error in shelf.failed for complaint in error.complaints])
    return combine(shelf.parts, shelf.unread_rows())


def combine(parts: Sequence[KnowledgeBase], unread: Iterable[dict[str, Any]] = ()) -> KnowledgeBase:
    """Several knowledge bases as one; a unit named in several stands once.

    Args:
        parts: Knowledge bases without a document in common.
        unread: Further rows for `unread`.

    Raises:
        SchemaError: A document is in two of them.
    """
    tables = {name: pd.concat([part.tables[name] for part in parts], ignore_index=True) for name in TABLES}
    tables["units"] = _merged_units(tables["units"])
    tables["unread"] = pd.concat([tables["unread"], frame("unread", unread)], ignore_index=True)
    sources = {name: source for part in parts for name, source in part.sources.items()}
    typed = {name: frame(name, table) for name, table in tables.items()}
    return validate(KnowledgeBase(**typed, sources=sources))


def _options(qualifier: Qualifier, aliases: str | Path | None, headers: str | Path | None) -> Options:
    return Options(
        qualifier=qualifier,
        aliases=read_reference("aliases", aliases) if aliases else (),
        headers=read_reference("headers", headers) if headers else (),
    )


def _read_document(path: str | Path, limits: Limits | None) -> Document:
    return read_document(path, limits=limits)


def _read(path: str | Path, options: Options, limits: Limits | None) -> KnowledgeBase:
    return validate(extract(_read_document(path, limits), options))


@dataclass
class _Shelf:
    """Notices that were read so far, and what went wrong."""

    parts: list[KnowledgeBase]
    failed: list[tuple[Path, NoticeError]]
    repeated: list[tuple[str, str]]

    def put(self, document: Document, options: Options) -> None:
        for part in self.parts:
            if part.documents["sha256"].item() == document.sha256:
                self.repeated.append((part.documents["document"].item(), document.file))
                return
        part = extract(document, options)
        name = part.documents["document"].item()
        taken = [p.documents["document"].item() for p in self.parts]
        if name in taken:
            count = next(n for n in range(2, len(taken) + 3) if f"{name}~{n}" not in taken)
            part = extract(document, options, document_id=f"{name}~{count}")
            row = {"document": f"{name}~{count}", "severity": "doubt", "reason": "id_taken"}
            reported = frame("unread", [row | {"text": document.file, "address": f"{name}~{count}"}])
            part = part.replace(unread=pd.concat([part.unread, reported], ignore_index=True))
        self.parts.append(validate(part))

    def unread_rows(self) -> Iterator[dict[str, Any]]:
        for name, file in self.repeated:
            yield {"document": name, "severity": "info", "reason": "same_file", "text": file, "address": name}
        for path, error in self.failed:
            name = document_id(path.stem)
            row = {"document": name, "severity": "loss", "reason": "file_unreadable", "address": name}
            yield row | {"text": str(error)}


def _files(paths: Paths) -> list[Path]:
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    if not given:
        raise FileError(Complaint("No file was given", expected="one notice at least"))
    files: list[Path] = []
    empty: list[Complaint] = []
    for path in map(Path, given):
        inside = sorted(f for f in path.iterdir() if _may_be_a_notice(f)) if path.is_dir() else [path]
        files += inside
        if not inside:
            empty.append(Complaint("There is no notice in the folder", str(path), "one file at least", "none"))
    if empty:
        raise FileError(empty)
    return files


def _may_be_a_notice(file: Path) -> bool:
    return file.is_file() and not file.name.startswith((".", "~$")) and file.suffix.lower() not in _SKIPPED_SUFFIXES


def _merged_units(units: pd.DataFrame) -> pd.DataFrame:
    aliases: dict[str, dict[str, None]] = {}
    for unit, names in zip(units["unit"], units["aliases"], strict=True):
        aliases.setdefault(unit, {}).update(dict.fromkeys(names))
    merged = units.drop_duplicates("unit", ignore_index=True)
    return merged.assign(aliases=pd.Series([tuple(aliases[unit]) for unit in merged["unit"]], dtype="object"))
