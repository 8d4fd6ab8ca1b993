"""The `datapackage.json` of a saved knowledge base: every file and column described, by the Data Package standard.

https://datapackage.org (Frictionless). What the standard has no word for is under `pairing_graph`: the version of the
folder's format, the checksums of its files, and what the knowledge base is a part of.

A Parquet file is described as the frictionless library sees it: a whole number that may be missing as a number, a list
as any value; the type that it has in the tables is its `kind`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from pairing_graph.base.reference import reference
from pairing_graph.base.words import word
from pairing_graph.kb.columns import column_words
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import REFERENCES, TABLES, Column, Kind
from pairing_graph.kb.table_files import FileFormat

PACKAGE = "datapackage.json"
OWN = "pairing_graph"
"""The property that marks a Data Package as a saved knowledge base."""
VERSION = 1
"""Of the format of the folder; one that a later version of the program changed has a higher one."""
SOURCES = "sources"
_CSV_TYPES: Mapping[Kind, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "flag": "boolean",
    "list": "array",
}
_PARQUET_TYPES: Mapping[Kind, str] = {**_CSV_TYPES, "integer": "number", "list": "any"}


def package_text(kb: KnowledgeBase, name: str, format: FileFormat, files: Mapping[str, bytes]) -> str:  # noqa: A002
    """The description of the files.

    Args:
        kb: The knowledge base.
        name: The name of the format of the tables.
        format: That format.
        files: The files by their paths in the folder, tables in their order and the sources.
    """
    from pairing_graph import __version__

    sums = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    paths = {PurePosixPath(path).stem: path for path in files}
    own: dict[str, Any] = {"format": VERSION, "program": f"pairing_graph {__version__}", "tables": name}
    own |= {"sha256": sums, "unread_known": kb.unread_known}
    if kb.part:
        own["part"] = kb.part.record()
    package = {
        "profile": "data-package",
        "name": "knowledge-base",
        "title": _both("saved.title", documents=len(kb.documents)),
        "description": _both("saved.description"),
        **_notices(kb),
        "resources": [
            *(_table(table, paths[table], files[paths[table]], format) for table in TABLES),
            _sources(paths[SOURCES], files[paths[SOURCES]]),
        ],
        OWN: own,
    }
    own["package"] = package_digest(package)
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def package_digest(package: Mapping[str, Any]) -> str:
    """The checksum of a description but for itself, so that what somebody added by hand is not written over.

    Example:
        >>> package_digest({"pairing_graph": {"package": "a"}}) == package_digest({"pairing_graph": {"package": "b"}})
        True
    """
    own = {name: value for name, value in package[OWN].items() if name != "package"}
    text = json.dumps({**package, OWN: own}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _both(key: str, **values: Any) -> str:
    """A sentence in Chinese and English."""
    return f"{word(key, 'zh', **values)} / {word(key, 'en', **values)}"


def _notices(kb: KnowledgeBase) -> dict[str, Any]:
    """The notices as the sources of the package; the standard wants one at least, or none said."""
    rows = kb.documents[["document", "title"]].itertuples(index=False)
    titles = [{"title": f"{document} {title}".strip()} for document, title in rows]
    return {"sources": titles} if titles else {}


def _table(table: str, path: str, data: bytes, format: FileFormat) -> dict[str, Any]:  # noqa: A002
    words = column_words(table)
    text = format.suffix == ".csv"
    resource = {
        "name": table,
        "path": path,
        "type": "table",
        "title": f"{words.title} {table}",
        "description": f"{words.meaning} / one row per {TABLES[table].row}",
        "format": format.suffix[1:],
        "mediatype": format.mediatype,
    }
    if text:  # The library counts the bytes of text files only.
        resource |= {"encoding": "utf-8", **_checked(data)}
    schema: dict[str, Any] = {"fields": [_field(table, column, text=text) for column in TABLES[table].columns]}
    if len(TABLES[table].key) == 1:  # In the other keys an address may be empty, where a scenario added the row.
        schema["primaryKey"] = list(TABLES[table].key)
    keys = [
        {"fields": [column], "reference": {"resource": f"{to}s", "fields": [to]}}
        for of, column, to in REFERENCES
        if of == table
    ]
    return resource | {"schema": schema | ({"foreignKeys": keys} if keys else {})}


def _field(table: str, column: Column, *, text: bool) -> dict[str, Any]:
    words = column_words(table, column.name)
    described = {
        "name": column.name,
        "type": (_CSV_TYPES if text else _PARQUET_TYPES)[column.kind],
        "title": f"{words.title} {column.name}",
        "description": f"{words.meaning} / {column.meaning}",
        "kind": column.kind,
    }
    values = column.values
    if (table, column.name) == ("unread", "reason"):
        values = tuple(row["reason"] for row in reference("reasons"))
    return described | ({"constraints": {"enum": list(values)}} if values else {})


def _sources(path: str, data: bytes) -> dict[str, Any]:
    described = {"name": SOURCES, "path": path, "type": "json", "title": _both("saved.sources")}
    return described | {"format": "json", "mediatype": "application/json", "encoding": "utf-8", **_checked(data)}


def _checked(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
