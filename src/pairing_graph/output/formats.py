"""The formats of tables, a row each: options, help, errors and `write_tables` follow from these rows.

What writes a format is imported when it is used, so that the command line starts without it.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Literal

from pairing_graph.base.words import Language

if TYPE_CHECKING:
    import pandas as pd

    from pairing_graph.kb.knowledge_base import KnowledgeBase
    from pairing_graph.output.pieces import Pieces

Tables = Mapping[str, "pd.DataFrame"]


@dataclass(frozen=True)
class TableFormat:
    """A format of tables.

    Attributes:
        what: What a file of it is called in a sentence.
        help: What it holds, for the help of `--format`.
        suffix: The suffix of its files.
        write: Writes the tables of a knowledge base that are given: to a file, or with `folder` to a folder.
        folder: Whether it is a folder of files, one a table; a table can then be written or printed alone.
        whole: Whether it holds all tables or none.
        keeps_corrections: Whether a file that is written again keeps its corrections, so that it may be read and written.
        of_all: The eight tables as one text, where it is a text.
        of_many: Measures with their choices as one text, where one text holds several tables.
        of_one: One table as text.
        of_table: One table, under its name, as the bytes of a file: what `write_table` writes.
        of_pieces: Writes a table that is not computed yet into a file a piece at a time, where it can be.
        texts_of_pieces: The same as texts one after another, where it is a text.
    """

    what: str
    help: str
    suffix: str
    write: Callable[[KnowledgeBase, Tables, Path, Language | None], object]
    folder: bool = False
    whole: bool = False
    keeps_corrections: bool = False
    of_all: Callable[[KnowledgeBase], str] | None = None
    of_many: Callable[[Tables], str] | None = None
    of_one: Callable[[pd.DataFrame], str] | None = None
    of_table: Callable[[pd.DataFrame, str], bytes] | None = None
    of_pieces: Callable[[Pieces, IO[bytes]], None] | None = None
    texts_of_pieces: Callable[[Pieces], Iterator[str]] | None = None

    @property
    def place(self) -> str:
        """Where it goes, for a reader: a suffix or a folder."""
        return "a folder" if self.folder else self.suffix


def _write_json(kb: KnowledgeBase, _: Tables, path: Path, lang: Language | None) -> object:
    from pairing_graph.base.files import write_file
    from pairing_graph.graph.build import checksums

    return write_file(path, _json_of_all(kb).encode("utf-8"), sources=checksums(kb))


def _json_of_all(kb: KnowledgeBase) -> str:
    from pairing_graph.output.tables import json_text

    return json_text(kb)


def _json_of_many(tables: Tables) -> str:
    from pairing_graph.output.findings import tables_json

    return tables_json(tables)


def _json_of_one(table: pd.DataFrame) -> str:
    return table.to_json(orient="records", force_ascii=False, indent=1, double_precision=12) + "\n"


def _folder_writer(suffix: str, of_table: Callable[[pd.DataFrame, str], bytes]) -> Callable[..., object]:
    """What writes tables as a folder of files, one a table."""

    def write(kb: KnowledgeBase, tables: Tables, path: Path, lang: Language | None) -> object:
        from pairing_graph.base.files import make_folder, write_files
        from pairing_graph.graph.build import checksums

        contents = {make_folder(path) / f"{name}{suffix}": of_table(table, name) for name, table in tables.items()}
        return write_files(contents, sources=checksums(kb))

    return write


def _csv_of_one(table: pd.DataFrame) -> str:
    from pairing_graph.output.tables import csv_text

    return csv_text(table)


def _write_xlsx(kb: KnowledgeBase, _: Tables, path: Path, lang: Language | None) -> object:
    from pairing_graph.base.files import refuse_sources, write_file
    from pairing_graph.graph.build import checksums
    from pairing_graph.output.workbook import own_sheets, workbook_bytes
    from pairing_graph.reading.corrections import kept_corrections

    sources = checksums(kb)
    refuse_sources([path], sources)
    return write_file(path, workbook_bytes(kb, kept_corrections(path, own_sheets()), lang), sources=sources)


def _save(format: Literal["parquet", "csv"]) -> Callable[..., object]:  # noqa: A002
    def write(kb: KnowledgeBase, _: Tables, path: Path, lang: Language | None) -> object:
        return kb.save(path, format=format)

    return write


def _json_file(table: pd.DataFrame, _: str) -> bytes:
    return _json_of_one(table).encode("utf-8")


def _csv_file(table: pd.DataFrame, _: str) -> bytes:
    return _csv_of_one(table).encode("utf-8-sig")


def _xlsx_file(table: pd.DataFrame, name: str) -> bytes:
    from pairing_graph.output.workbook import sheet_bytes

    return sheet_bytes(name, table)


def _stata_file(table: pd.DataFrame, name: str) -> bytes:
    from pairing_graph.output.stata import stata_bytes

    return stata_bytes(table, name)


def _parquet_file(table: pd.DataFrame, _: str) -> bytes:
    from pairing_graph.output.parquet import parquet_bytes

    return parquet_bytes(table)


def _csv_of_pieces(pieces: Pieces) -> Iterator[str]:
    from pairing_graph.output.pieces import csv_of_pieces

    return csv_of_pieces(pieces)


def _json_of_pieces(pieces: Pieces) -> Iterator[str]:
    from pairing_graph.output.pieces import json_of_pieces

    return json_of_pieces(pieces)


def _text_writer(
    of_pieces: Callable[[Pieces], Iterator[str]], mark: bytes = b""
) -> Callable[[Pieces, IO[bytes]], None]:
    """What writes a text a piece at a time, after a mark by which programs know how it is encoded."""

    def write(pieces: Pieces, file: IO[bytes]) -> None:
        file.write(mark)
        file.writelines(text.encode("utf-8") for text in of_pieces(pieces))

    return write


def _write_parquet_pieces(pieces: Pieces, file: IO[bytes]) -> None:
    from pairing_graph.output.pieces import write_parquet_pieces

    write_parquet_pieces(pieces, file)


FORMATS: Mapping[str, TableFormat] = MappingProxyType(
    {
        "json": TableFormat(
            "JSON", "one object", ".json", _write_json,
            of_all=_json_of_all, of_many=_json_of_many, of_one=_json_of_one, of_table=_json_file,
            of_pieces=_text_writer(_json_of_pieces), texts_of_pieces=_json_of_pieces,
        ),
        "csv": TableFormat(
            "CSV", "one file per table", ".csv", _folder_writer(".csv", _csv_file),
            folder=True, of_one=_csv_of_one, of_table=_csv_file,
            of_pieces=_text_writer(_csv_of_pieces, BOM_UTF8), texts_of_pieces=_csv_of_pieces,
        ),
        "xlsx": TableFormat(
            "A workbook", "a workbook that takes corrections", ".xlsx", _write_xlsx,
            keeps_corrections=True, of_table=_xlsx_file,
        ),
        "dta": TableFormat(
            "Stata", "one Stata file per table", ".dta", _folder_writer(".dta", _stata_file),
            folder=True, of_table=_stata_file,
        ),
        "parquet": TableFormat(
            "A saved knowledge base", "a folder of Parquet that every command opens again, sources included", ".parquet",
            _save("parquet"), folder=True, whole=True, of_table=_parquet_file, of_pieces=_write_parquet_pieces,
        ),
    }
)  # fmt: skip
"""Every format by the name that `--format` takes; the first is that of `pairing-graph read`."""


def printed() -> list[str]:
    """The formats that measures can be printed in.

    Example:
        >>> printed()
        ['json', 'csv']
    """
    return [name for name, row in FORMATS.items() if row.of_many or row.of_one]


def places() -> str:
    """Where tables can be written, for a reader.

    Example:
        >>> places()
        '.json, .xlsx or a folder'
    """
    files = [row.place for row in FORMATS.values() if not row.folder]
    folders = [row.place for row in FORMATS.values() if row.folder]
    return " or ".join([", ".join(files), *folders[:1]])
