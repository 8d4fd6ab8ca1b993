"""An embedded graph database (LadybugDB, the successor of Kùzu): one file that answers Cypher."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.extras import require
from pairing_graph.base.files import make_folder, refuse_sources, refuse_suffix
from pairing_graph.graph.build import Source, as_knowledge_base, checksums
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import TABLES, Column
from pairing_graph.kb.validation import validate

_MAGIC = b"LBUG"
"""What a file of LadybugDB begins with."""
_SUFFIXES = (".lbug", ".db")
"""The library asks for none; its documentation writes .lbug, and .db is said of any database in a file."""
_MEMORY = 256 << 20
"""The buffer in bytes; by default the library takes most of the machine's memory."""
_LOGS = (".wal", ".shadow", ".tmp")
"""Files beside a database that is open, or was not closed."""
_MARK = "Reading"
"""The table of nodes by which a database is known as one of ours: the program and its version."""
_TYPES: Mapping[str, str] = MappingProxyType(
    {"text": "STRING", "integer": "INT64", "number": "DOUBLE", "flag": "BOOL", "list": "STRING[]"}
)


@dataclass(frozen=True)
class _Nodes:
    """A table of nodes: its label, key, columns and rows."""

    label: str
    key: str
    columns: Mapping[str, str]
    rows: pd.DataFrame


@dataclass(frozen=True)
class _Edges:
    """A table of relationships: its type, the labels of its ends, columns and rows; the first two columns are the ends."""

    kind: str
    ends: tuple[str, str]
    columns: Mapping[str, str]
    rows: pd.DataFrame


def write_database(source: Source, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write a knowledge base as a graph database in one file, to be queried in Cypher with the library `ladybug`.

    | nodes | key | relationships |
    |---|---|---|
    | Document | document | `-[:ISSUED]->` Task, `-[:LEFT]->` Unread |
    | Task | task | `-[:PART_OF]->` Area, `-[:AIMS_AT]->` Target, `-[:REPORTED]->` Result |
    | Unit | unit | `-[:ASSIGNED {role}]->` Task, `-[:PAIRED]->` Unit |
    | Area, Target, Result, Unread | area, target, result, unread | |

    Nodes and relationships have the columns of their tables with their types; lists are lists. Every fact has its
    `address`. The file is made beside its place and put there when it is complete. An earlier database of this program
    is replaced, anything else only with `overwrite`. Databases of the same notice answer alike, but the library gives
    each an id of its own, so that their bytes differ.

    Args:
        source: A knowledge base or its graph.
        path: The file, for instance `out.lbug`.
        overwrite: Also replace a file that is no database of this program.

    Returns:
        The path.

    Raises:
        FileError: The suffix is that of another format, something else is in its place, the database is open, or it cannot be written.
        MissingExtraError: ladybug is not installed.

    Example:
        The five strongest gaps: units of two regions that lead most tasks together and are not paired.

        >>> import tempfile
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> GAPS = '''
        ...     MATCH (one:Unit)-[:ASSIGNED {role: 'lead'}]->(task:Task)<-[:ASSIGNED {role: 'lead'}]-(other:Unit)
        ...     WHERE one.region = $helping AND other.region = $helped
        ...       AND NOT one.collective AND NOT other.collective
        ...       AND NOT EXISTS { MATCH (one)-[:PAIRED]-(other) }
        ...     RETURN one.unit, other.unit, count(DISTINCT task.task) AS joint_tasks
        ...     ORDER BY joint_tasks DESC, one.unit, other.unit LIMIT 5'''
        >>> import ladybug
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = write_database(kb, Path(folder) / "out.lbug")
        ...     with ladybug.Database(path, read_only=True) as database, ladybug.Connection(database) as connection:
        ...         for row in connection.execute(GAPS, {"helping": "渝中区", "helped": "巫溪县"}).get_all():
        ...             print(*row)
        渝中区发展改革委 巫溪县农业农村委 3
        渝中区商务委 巫溪县农业农村委 3
        渝中区商务委 巫溪县发展改革委 3
        渝中区招商投资局 巫溪县农业农村委 3
        渝中区招商投资局 巫溪县商务委 3
    """
    ladybug = require("ladybug", "database", "Writing a graph database")
    kb = validate(as_knowledge_base(source))
    path = Path(path)
    refuse_sources([path], checksums(kb))
    refuse_suffix(path, "A graph database is written to a .lbug file", _SUFFIXES)
    _refuse_foreign(ladybug, path, overwrite=overwrite)
    folder = make_folder(path.parent)
    try:
        work = Path(tempfile.mkdtemp(prefix=".pairing-graph-", dir=folder))
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        made = work / "made.lbug"
        _fill(ladybug, made, kb)
        for log in _logs(path):
            log.unlink()
        made.replace(path)
    except (OSError, RuntimeError) as error:
        raise _not_written(path, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return path


def _fill(ladybug: Any, path: Path, kb: KnowledgeBase) -> None:
    """Make the tables and copy the rows in: one thread, so that they keep their order."""
    with (
        ladybug.Database(path, buffer_pool_size=_MEMORY, max_num_threads=1) as database,
        ladybug.Connection(database, num_threads=1) as connection,
    ):
        for nodes in _nodes(kb):
            listed = ", ".join(f"`{name}` {of}" for name, of in nodes.columns.items())
            connection.execute(f"CREATE NODE TABLE `{nodes.label}` ({listed}, PRIMARY KEY (`{nodes.key}`))")
            _copy(connection, nodes.label, nodes.columns, nodes.rows)
        for edges in _edges(kb):
            tail, head = edges.ends
            listed = "".join(f", `{name}` {of}" for name, of in edges.columns.items())
            connection.execute(f"CREATE REL TABLE `{edges.kind}` (FROM `{tail}` TO `{head}`{listed})")
            _copy(connection, edges.kind, [*edges.rows.columns[:2], *edges.columns], edges.rows)
        connection.execute("CHECKPOINT")


def _copy(connection: Any, table: str, columns: Iterable[str], rows: pd.DataFrame) -> None:
    """Copy rows in bulk; the names are those of the schema, what was read goes in as a parameter."""
    if len(rows):
        plain = {name: pd.Series([_value(cell) for cell in rows[name]], dtype=object) for name in columns}
        connection.execute(f"COPY `{table}` FROM $rows", {"rows": pd.DataFrame(plain)})


def _value(cell: Any) -> Any:
    if isinstance(cell, tuple):
        return list(cell)
    return None if cell is pd.NA else cell.item() if hasattr(cell, "item") else cell


def _nodes(kb: KnowledgeBase) -> Iterable[_Nodes]:
    from pairing_graph import __version__

    mark = pd.DataFrame({"program": ["pairing_graph"], "version": [__version__]})
    yield _Nodes(_MARK, "program", {"program": "STRING", "version": "STRING"}, mark)
    for table, label in (("documents", "Document"), ("units", "Unit"), ("tasks", "Task")):
        yield _Nodes(label, label.lower(), _columns(table), kb.tables[table])
    areas = _areas(kb).drop_duplicates("area")
    yield _Nodes("Area", "area", dict.fromkeys(("area", "label", "document"), "STRING"), areas)
    for table, label in (("targets", "Target"), ("results", "Result"), ("unread", "Unread")):
        key = label.lower()
        yield _Nodes(label, key, {key: "STRING"} | _columns(table), _counted(kb, table, key))


def _edges(kb: KnowledgeBase) -> Iterable[_Edges]:
    yield _Edges("ISSUED", ("Document", "Task"), {"address": "STRING"}, kb.tasks[["document", "task", "address"]])
    yield _Edges("PART_OF", ("Task", "Area"), {"address": "STRING"}, _areas(kb)[["task", "area", "address"]])
    facts = (("ASSIGNED", "assignments", "unit", "task", "Task"), ("PAIRED", "pairings", "donor", "recipient", "Unit"))
    for kind, table, tail, head, label in facts:
        own = {name: of for name, of in _columns(table).items() if name not in (tail, head)}
        yield _Edges(kind, ("Unit", label), own, kb.tables[table][[tail, head, *own]])
    parts = (("AIMS_AT", "Task", "targets"), ("REPORTED", "Task", "results"), ("LEFT", "Document", "unread"))
    for kind, label, table in parts:
        tail, head = label.lower(), table.rstrip("s")
        rows = _counted(kb, table, head)
        known = rows[rows[tail].isin(kb.tables[f"{tail}s"][tail])]  # A file that could not be read is no document.
        yield _Edges(kind, (label, head.title()), {"address": "STRING"}, known[[tail, head, "address"]])


def _columns(table: str) -> dict[str, str]:
    columns: tuple[Column, ...] = TABLES[table].columns
    return {column.name: _TYPES[column.kind] for column in columns}


def _areas(kb: KnowledgeBase) -> pd.DataFrame:
    """The tasks that have an area, with its id: document#a1."""
    tasks = kb.tasks[kb.tasks["area"] != ""]
    counts: dict[str, int] = {}
    ids: dict[tuple[str, str], str] = {}
    for pair in zip(tasks["document"], tasks["area"], strict=True):
        if pair not in ids:
            counts[pair[0]] = counts.get(pair[0], 0) + 1
            ids[pair] = f"{pair[0]}#a{counts[pair[0]]}"
    named = [ids[pair] for pair in zip(tasks["document"], tasks["area"], strict=True)]
    return tasks[["task", "document", "address"]].assign(label=tasks["area"], area=named)


def _counted(kb: KnowledgeBase, table: str, key: str) -> pd.DataFrame:
    """The rows of a table without a key, counted within their task or document: document#3/1, document/unread1."""
    rows = kb.tables[table]
    owner = rows.columns[0]
    places = (rows.groupby(owner, sort=False).cumcount() + 1).astype("string")
    between = {"target": "/"}.get(key, f"/{key}")
    return rows.assign(**{key: rows[owner].astype("string") + between + places})


def _refuse_foreign(ladybug: Any, path: Path, *, overwrite: bool) -> None:
    """Refuse a folder, and without `overwrite` whatever is no closed database of this program.

    Raises:
        FileError: That is in its place.
    """
    if path.is_dir():
        raise FileError(Complaint("A folder is in the place of the database", str(path), "a file, such as out.lbug"))
    if overwrite or not (path.exists() or _logs(path)):
        return
    advice = "Name another file, or replace it with overwrite=True."
    if logs := _logs(path):
        what = "The database is open, or was not closed"
        raise FileError(Complaint(what, str(path), got=logs[0].name, advice=f"Close it first. {advice}"))
    if not _is_own(ladybug, path):
        what = "What is in its place is no database of this program"
        raise FileError(Complaint(what, str(path), "a database that write_database wrote", advice=advice))


def _is_own(ladybug: Any, path: Path) -> bool:
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return False
        with (
            ladybug.Database(path, buffer_pool_size=_MEMORY, read_only=True) as database,
            ladybug.Connection(database) as connection,
        ):
            found = connection.execute(f"MATCH (made:`{_MARK}`) RETURN made.program").get_all()
    except (OSError, RuntimeError):
        return False
    return bool(found == [["pairing_graph"]])


def _logs(path: Path) -> list[Path]:
    beside = (path.with_name(f"{path.name}{ending}") for ending in _LOGS)
    return [log for log in beside if log.is_file()]


def _not_written(path: Path, error: Exception) -> FileError:
    expected, got = "a place that can be written to, with room on the disk", str(error)
    return FileError(Complaint("The database cannot be written", str(path), expected, got))
