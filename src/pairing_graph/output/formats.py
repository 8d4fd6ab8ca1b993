"""The formats of tables, a row each: options, help, errors and `write_tables` follow from these rows.

What writes a format is imported when it is used, so that the command line starts without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from pairing_graph.base.words import Language

if TYPE_CHECKING:
    import pandas as pd

    from pairing_graph.kb.schema import KnowledgeBase

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


def _write_csv(kb: KnowledgeBase, tables: Tables, path: Path, lang: Language | None) -> object:
    from pairing_graph.graph.build import checksums
    from pairing_graph.output.tables import write_csv

    return write_csv(tables, path, sources=checksums(kb))


def _csv_of_one(table: pd.DataFrame) -> str:
    from pairing_graph.output.tables import csv_text

    return csv_text(table)


def _write_xlsx(kb: KnowledgeBase, _: Tables, path: Path, lang: Language | None) -> object:
    from pairing_graph.base.files import refuse_sources, write_file
    from pairing_graph.graph.build import checksums
    from pairing_graph.output.workbook import workbook_bytes
    from pairing_graph.reading.corrections import kept_corrections

    sources = checksums(kb)
    refuse_sources([path], sources)
    return write_file(path, workbook_bytes(kb, kept_corrections(path), lang), sources=sources)


def _save(format: Literal["parquet", "csv"]) -> Callable[..., object]:  # noqa: A002
    def write(kb: KnowledgeBase, _: Tables, path: Path, lang: Language | None) -> object:
        return kb.save(path, format=format)

    return write


FORMATS: Mapping[str, TableFormat] = MappingProxyType(
    {
        "json": TableFormat(
            "JSON", "one object", ".json", _write_json,
            of_all=_json_of_all, of_many=_json_of_many, of_one=_json_of_one,
        ),
        "csv": TableFormat("CSV", "one file per table", ".csv", _write_csv, folder=True, of_one=_csv_of_one),
        "parquet": TableFormat(
            "A saved knowledge base", "a folder of Parquet that every command opens again, sources included", "",
            _save("parquet"), folder=True, whole=True,
        ),
        "xlsx": TableFormat(
            "A workbook", "a workbook that takes corrections", ".xlsx", _write_xlsx, keeps_corrections=True
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
