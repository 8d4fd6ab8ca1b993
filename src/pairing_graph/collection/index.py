"""The index of a collection: what was read, and which files hold it. An SQLite database, so that a change is whole or not there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from pairing_graph.base.errors import Complaint, FileError

INDEX = "index.sqlite"
VERSION = 3
_BEFORE = "2"
"""The version that lacks the columns of `_MORE_OF_FILES`; it is read, and brought up to this one where notices are added."""
_WAIT = 60.0  # Seconds that a reader waits while a change is written, which takes milliseconds.
_MOST_NAMES = 500  # SQLite takes at least 999 values in one statement.

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    code INTEGER PRIMARY KEY, document TEXT NOT NULL, sha256 TEXT NOT NULL, year INTEGER NOT NULL,
    province TEXT NOT NULL, live INTEGER NOT NULL DEFAULT 1);
CREATE UNIQUE INDEX live_documents ON documents (document) WHERE live;
CREATE UNIQUE INDEX live_bytes ON documents (sha256) WHERE live;
CREATE TABLE files (
    path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, document_code INTEGER, failure TEXT NOT NULL DEFAULT '',
    refused TEXT NOT NULL DEFAULT '', program TEXT NOT NULL DEFAULT '', format INTEGER NOT NULL DEFAULT 0);
CREATE INDEX files_of_documents ON files (document_code);
CREATE TABLE units (code INTEGER PRIMARY KEY, unit TEXT NOT NULL UNIQUE);
CREATE TABLE segments (
    path TEXT PRIMARY KEY, kind TEXT NOT NULL, year INTEGER NOT NULL, province TEXT NOT NULL, sorted INTEGER NOT NULL);
"""

_MORE_OF_FILES = (
    "refused TEXT NOT NULL DEFAULT ''",
    "program TEXT NOT NULL DEFAULT ''",
    "format INTEGER NOT NULL DEFAULT 0",
)
_OF_FILES = "path, sha256, document_code, failure, refused, program, format"


@dataclass(frozen=True)
class Segment:
    """A Parquet file of a collection.

    Attributes:
        path: Where it is, from the folder of the collection.
        table: The table that it holds rows of.
        year: The year of its notices, -1 where it holds several.
        province: Their province, empty where it holds several.
        sorted: Whether it lies in the partition of a year and a province.
    """

    path: str
    table: str
    year: int = -1
    province: str = ""
    sorted: bool = False


@dataclass(frozen=True)
class Known:
    """What the index says of a file.

    Attributes:
        sha256: Its checksum when it was read.
        document_code: Its notice; none where it failed or was set aside.
        failure: Why it failed, as a sentence.
        refused: The id that its notice would have, where all that failed is that corrections made for the id do not fit.
        program: The version of this package that read it; empty where that was not noted.
        format: The version of the tables that it was read into, as `kb.package.VERSION`; 0 where it was not noted.
    """

    sha256: str
    document_code: int | None = None
    failure: str = ""
    refused: str = ""
    program: str = ""
    format: int = 0


class Index:
    """The index of a collection in a folder.

    Args:
        folder: The folder of the collection.
        create: Whether it is made where there is none.

    Raises:
        FileError: There is none, or it is none of this version.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        path = folder / INDEX
        if not create and not path.is_file():
            advice = "Make one with pairing-graph collect, or with add."
            raise FileError(Complaint("This is no collection", str(folder), f"a folder with {INDEX}", advice=advice))
        self._path = path
        self._connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        try:
            if create:
                self._create()
            self._check()
        except sqlite3.DatabaseError as error:
            self.close()
            raise self._damaged(error) from error
        except FileError:
            self.close()
            raise

    def close(self) -> None:
        """Give the database back."""
        self._connection.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """A change that is whole or not there, whenever the process ends.

        Raises:
            FileError: It cannot be written.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.commit()
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise self._damaged(error) from error

    def about(self, name: str) -> str:
        """What was noted under a name, else empty."""
        row = self._connection.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return "" if row is None else str(row[0])

    def note(self, name: str, value: str) -> None:
        """Note something under a name."""
        self._connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))

    def file(self, path: str) -> Known | None:
        """What is known of a file; None if nothing is."""
        row = self._connection.execute(f"SELECT {_OF_FILES} FROM files WHERE path = ?", (path,)).fetchone()
        return None if row is None else Known(*row[1:])

    def put_file(self, path: str, known: Known) -> None:
        """Note what came of a file; the notice that only this file held before is out."""
        before = self.file(path)
        row = (path, *astuple(known))
        names = _OF_FILES.split(", ")
        changed = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
        marks = ", ".join("?" * len(row))
        query = f"INSERT INTO files ({_OF_FILES}) VALUES ({marks}) ON CONFLICT (path) DO UPDATE SET {changed}"
        self._connection.execute(query, row)
        if before is not None and before.document_code not in (None, known.document_code):
            self._drop_unheld(before.document_code)

    def _drop_unheld(self, code: int | None) -> None:
        """Take a notice out that no file holds any more."""
        if self._connection.execute("SELECT 1 FROM files WHERE document_code = ?", (code,)).fetchone() is None:
            self._connection.execute("UPDATE documents SET live = 0 WHERE code = ?", (code,))

    def drop(self, codes: Iterable[int]) -> None:
        """Take notices out whose files stay, to be read again."""
        self._connection.executemany("UPDATE documents SET live = 0 WHERE code = ?", [(code,) for code in codes])

    def bring_back(self, code: int) -> None:
        """Let a notice stay that was taken out in the same change."""
        self._connection.execute("UPDATE documents SET live = 1 WHERE code = ?", (code,))

    def point_anew(self, paths: Mapping[int, str]) -> None:
        """Let the files of notices that were read again lead to what they are now.

        Args:
            paths: The code of each notice before, and the file that was read again.
        """
        for code, path in paths.items():
            known = self.file(path) or Known("")
            row = (known.document_code, known.program, known.format, code)
            query = "UPDATE files SET document_code = ?, program = ?, format = ? WHERE document_code = ?"
            self._connection.execute(query, row)

    def live_documents(self) -> list[tuple[str, int]]:
        """The id and the code of every notice, in the order in which they were read."""
        query = "SELECT document, code FROM documents WHERE live ORDER BY code"
        return [(document, code) for document, code in self._connection.execute(query)]

    def paths_of(self, codes: Iterable[int]) -> list[tuple[int, str]]:
        """The files of notices: the code and the path of each, in the order in which they were read."""
        wanted = set(codes)
        query = "SELECT document_code, path FROM files WHERE document_code IS NOT NULL ORDER BY rowid"
        return [(code, path) for code, path in self._connection.execute(query) if code in wanted]

    def set_aside(self, path: str) -> None:
        """Let a file hold no notice, and take out the one that only this file held; it is not read before it changes.

        Raises:
            FileError: It is not in the collection.
        """
        before = self.file(path)
        if before is None:
            raise FileError(Complaint("The file is not in the collection", path, "a file that was read"))
        self._connection.execute("UPDATE files SET document_code = NULL WHERE path = ?", (path,))
        self._drop_unheld(before.document_code)

    def forget_file(self, path: str) -> None:
        """Forget a file, and take out the notice that only this file held; it is read when it is seen again."""
        before = self.file(path)
        self._connection.execute("DELETE FROM files WHERE path = ?", (path,))
        if before is not None:
            self._drop_unheld(before.document_code)

    def document_of_bytes(self, sha256: str) -> int | None:
        """The code of the notice that was read from these bytes."""
        query = "SELECT code FROM documents WHERE sha256 = ? AND live"
        row = self._connection.execute(query, (sha256,)).fetchone()
        return None if row is None else int(row[0])

    def document_of_code(self, code: int | None) -> str:
        """The id of a notice; empty where there is none of the code."""
        row = self._connection.execute("SELECT document FROM documents WHERE code = ?", (code,)).fetchone()
        return "" if row is None else str(row[0])

    def is_taken(self, document: str) -> bool:
        """Whether a notice has this id."""
        query = "SELECT 1 FROM documents WHERE document = ? AND live"
        return self._connection.execute(query, (document,)).fetchone() is not None

    def add_document(self, document: str, sha256: str, year: int, province: str) -> int:
        """A new notice; its code."""
        query = "INSERT INTO documents (document, sha256, year, province) VALUES (?, ?, ?, ?)"
        return int(self._connection.execute(query, (document, sha256, year, province)).lastrowid or 0)

    def unit_codes(self, units: Sequence[str]) -> dict[str, int]:
        """The codes of units, new ones in the order given."""
        execute = self._connection.execute
        found = self._codes(units)
        for unit in units:
            if unit not in found:
                found[unit] = int(execute("INSERT INTO units (unit) VALUES (?)", (unit,)).lastrowid or 0)
        return found

    def _codes(self, units: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for start in range(0, len(units), _MOST_NAMES):
            some = units[start : start + _MOST_NAMES]
            marks = ", ".join("?" * len(some))
            query = f"SELECT unit, code FROM units WHERE unit IN ({marks})"
            found |= dict(self._connection.execute(query, some).fetchall())
        return found

    def segments(self, *tables: str) -> list[Segment]:
        """The files of some tables, of all where none is named, oldest first."""
        query = "SELECT path, kind, year, province, sorted FROM segments ORDER BY path"
        rows = (
            Segment(path, table, year, province, bool(is_sorted))
            for path, table, year, province, is_sorted in self._connection.execute(query)
        )
        return [segment for segment in rows if not tables or segment.table in tables]

    def replace_segments(self, new: Iterable[Segment], old: Iterable[Segment] = ()) -> None:
        """New files in the place of old ones."""
        self._connection.executemany("DELETE FROM segments WHERE path = ?", [(one.path,) for one in old])
        rows = [(one.path, one.table, one.year, one.province, int(one.sorted)) for one in new]
        self._connection.executemany("INSERT INTO segments VALUES (?, ?, ?, ?, ?)", rows)

    def held(self) -> tuple[list[Segment], list[int]]:
        """The files, and the codes of notices in them that are out, both of one moment."""
        self._connection.execute("BEGIN")
        try:
            return self.segments(), self.dropped()
        finally:
            self._connection.rollback()

    def dropped(self) -> list[int]:
        """The codes of notices that are out; their rows may still be in the files."""
        query = "SELECT code FROM documents WHERE NOT live ORDER BY code"
        return [code for (code,) in self._connection.execute(query)]

    def forget_dropped(self) -> None:
        """Forget the notices that are out, once no file has a row of them."""
        self._connection.execute("DELETE FROM documents WHERE NOT live")

    def failures(self) -> list[tuple[str, str]]:
        """The files that could not be read, each with the sentence."""
        query = "SELECT path, failure FROM files WHERE failure <> '' ORDER BY path"
        return [(path, failure) for path, failure in self._connection.execute(query)]

    def refused(self) -> list[tuple[str, str]]:
        """The files that failed because corrections do not fit them, each with the id that its notice would have."""
        query = "SELECT path, refused FROM files WHERE refused <> '' ORDER BY path"
        return [(path, document) for path, document in self._connection.execute(query)]

    def read_by(self) -> list[tuple[str, str | None, str, int]]:
        """Every file with the id of its notice, and the versions of the package and of the tables that it was read with."""
        mine = "program, format" if self.about("version") == str(VERSION) else "'', 0"
        query = f"SELECT path, document, {mine} FROM files LEFT JOIN documents ON code = document_code ORDER BY path"
        return self._connection.execute(query).fetchall()

    def same_bytes(self) -> list[tuple[str, int]]:
        """Files of notices that several files hold: the path, and the code of the notice."""
        query = (
            "SELECT path, document_code FROM files WHERE document_code IN "
            "(SELECT document_code FROM files GROUP BY document_code HAVING count(*) > 1) ORDER BY path"
        )
        return [(path, code) for path, code in self._connection.execute(query)]

    def checksums(self) -> frozenset[str]:
        """The checksums of all files that were read, which nothing is written over."""
        return frozenset(sha256 for (sha256,) in self._connection.execute("SELECT sha256 FROM files"))

    def counts(self) -> Mapping[str, int]:
        """How many notices, files and failures there are."""
        queries = {
            "notices": "SELECT count(*) FROM documents WHERE live",
            "files": "SELECT count(*) FROM files",
            "failures": "SELECT count(*) FROM files WHERE failure <> ''",
        }
        return {name: int(self._connection.execute(query).fetchone()[0]) for name, query in queries.items()}

    def files(self) -> list[str]:
        """All files that were read or failed."""
        return [path for (path,) in self._connection.execute("SELECT path FROM files ORDER BY path")]

    def notices_of_files(self) -> list[tuple[str, str, str]]:
        """All files, each with the id of its notice and the sentence why it could not be read; either may be empty."""
        query = (
            "SELECT f.path, coalesce(d.document, ''), f.failure FROM files f "
            "LEFT JOIN documents d ON d.code = f.document_code AND d.live ORDER BY f.path"
        )
        return [(path, document, failure) for path, document, failure in self._connection.execute(query)]

    def _create(self) -> None:
        with self.change():
            tables = {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master")}
            if not tables >= {"about", "documents", "files", "segments"} and tables:
                advice = "Name a new or an empty folder."
                raise FileError(
                    Complaint(
                        "The index is of another program", str(self._path), got=", ".join(sorted(tables)), advice=advice
                    )
                )
            if not tables:
                for statement in filter(str.strip, _TABLES.split(";")):
                    self._connection.execute(statement)
                self.note("version", str(VERSION))
            elif self.about("version") == _BEFORE:
                self._bring_up()

    def _bring_up(self) -> None:
        """Give an index of the version before the columns that it lacks."""
        for column in _MORE_OF_FILES:
            self._connection.execute(f"ALTER TABLE files ADD COLUMN {column}")
        noted: dict[str, str] = json.loads(self.about("refused") or "{}")
        rows = [(document, path) for path, document in noted.items()]
        self._connection.executemany("UPDATE files SET refused = ? WHERE path = ?", rows)
        self._connection.execute("DELETE FROM about WHERE name = 'refused'")
        self.note("version", str(VERSION))

    def _check(self) -> None:
        found = self.about("version")
        if found not in (str(VERSION), _BEFORE):
            advice = "Collect the notices again into a new folder."
            raise FileError(
                Complaint("The collection is of another version", str(self._path), str(VERSION), found, advice)
            )

    def _damaged(self, error: sqlite3.Error) -> FileError:
        return FileError(Complaint("The index of the collection cannot be used", str(self._path), got=str(error)))
