"""Write tables by suffix or format: CSV for Excel (BOM), JSON, a workbook to correct a reading in, Stata, Parquet."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast, overload

import narwhals as nw
import pandas as pd

from pairing_graph.base.errors import Complaint, FileError, NoticeError, refuse_unknown
from pairing_graph.base.files import make_folder, refuse_suffix, write_file, write_files
from pairing_graph.base.safe_cells import safe_text
from pairing_graph.base.words import Language
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.small_tables import fetched
from pairing_graph.output import formats
from pairing_graph.output.pieces import pieces_of

LIST_SEPARATOR = "；"


@overload
def write_csv(tables: pd.DataFrame, path: str | Path, *, sources: Collection[str] = ()) -> Path: ...
@overload
def write_csv(tables: Mapping[str, pd.DataFrame], path: str | Path, *, sources: Collection[str] = ()) -> list[Path]: ...
def write_csv(
    tables: pd.DataFrame | Mapping[str, pd.DataFrame], path: str | Path, *, sources: Collection[str] = ()
) -> Path | list[Path]:
    """Write a frame, or several by name, as CSV that Excel opens as it is: UTF-8 with BOM, one file a table.

    A text that Excel would take for a formula gets an apostrophe in front (a lone sign is none). Lists are joined by
    ；, numbers keep twelve digits.

    Args:
        tables: A frame, or frames by name; `kb.tables` gives the eight. A named index becomes columns.
        path: The file of one frame; of several the folder for their files, created if it does not exist.
        sources: SHA-256 of the files that the tables were made from; none of them is overwritten.

    Returns:
        The file, or the files, that were written.

    Raises:
        FileError: The suffix is that of another format, or it cannot be written.
        NoticeError: It is no frame.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_csv(KnowledgeBase().units, Path(folder) / "units.csv").name
        'units.csv'
    """
    if isinstance(tables, pd.DataFrame):
        refuse_suffix(path, "A table is written here as CSV", (".csv",), "write_table goes by the suffix.")
        return write_file(path, _csv_file(tables), sources=sources)
    if Path(path).suffix.lower() == ".csv":
        advice = "Hand in one frame, or name a folder."
        raise FileError(Complaint("A .csv file holds one table, not several", str(path), advice=advice))
    contents = {Path(path) / f"{name}.csv": _csv_file(as_frame(table)) for name, table in tables.items()}
    make_folder(path)
    return write_files(contents, sources=sources)


def _csv_file(table: pd.DataFrame) -> bytes:
    return csv_text(_flat(table)).encode("utf-8-sig")


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    """The frame with its index as columns, where that has names."""
    return table.reset_index() if table.index.names != [None] else table


def as_frame(table: object) -> pd.DataFrame:
    """The frame that was handed in.

    Raises:
        NoticeError: It is none.
    """
    if isinstance(table, pd.DataFrame):
        return table
    try:
        return fetched(nw.from_native(cast("Any", table)).lazy())
    except TypeError as error:
        advice = "Hand in kb.assignments or a measure; write_tables writes a whole knowledge base."
        expected = "a table of pandas, Polars, PyArrow, DuckDB or PySpark"
        raise NoticeError(Complaint("This is no table", "", expected, type(table).__name__, advice)) from error


def write_tables(
    source: Source,
    path: str | Path,
    *,
    format: str | None = None,  # noqa: A002
    lang: Language | None = None,
) -> Path:
    """Write the eight tables as a workbook (`.xlsx`), as JSON (`.json`), or as a folder of files, one a table.

    The workbook has the eight tables as sheets, a sheet `cells` with every cell and line of the documents, and an empty
    sheet `corrections`; filled in, it is what `read_notice(path, corrections=...)` takes. Written again, the workbook keeps
    what is in that sheet; a workbook with other sheets is not replaced.

    A Stata or Parquet file holds one table: the eight are a folder of them, and `write_table` writes one.

    Args:
        source: A knowledge base or its graph.
        path: The file, or a folder.
        format: `csv`, `dta` or `parquet` for a folder; without it the suffix tells, and a folder is of CSV files.
        lang: The language of the hints in the workbook; without one, Chinese and English.

    Returns:
        The path.

    Raises:
        NoticeError: It is neither a knowledge base nor a graph.
        FileError: The suffix is of another format or of one table, the file is the notice itself, or it cannot be written.
        UnknownNameError: There is no such format.
        MissingExtraError: openpyxl or pyarrow is not installed.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = write_tables(KnowledgeBase(), Path(folder) / "study", format="dta")
        ...     sorted(file.name for file in path.iterdir())[:3]
        ['assignments.dta', 'documents.dta', 'pairings.dta']
    """
    kb, path = as_knowledge_base(source), Path(path)
    if format is not None:
        refuse_unknown("There is no such format of tables", "format", format, formats.FORMATS)
        row = formats.FORMATS[format]
        if not row.folder and path.suffix.lower() != row.suffix:
            raise FileError(
                Complaint(f"{row.what} is written to a {row.suffix} file", str(path), row.suffix, path.suffix)
            )
    else:
        row = _format_of(path)
    row.write(kb, kb.tables, path, lang)
    return path


def write_table(table: Any, path: str | Path) -> Path:
    """Write one table, or a measure, to a file; the suffix tells the format: .csv, .json, .xlsx, .dta or .parquet.

    Args:
        table: A frame, for instance `kb.assignments` or what a measure gives, of a collection too; of any library whose
            tables measures take. A named index becomes columns.
        path: The file. A Stata file has its name as the label of the data.

    Returns:
        The path.

    Raises:
        FileError: The suffix is of another format, or the file cannot be written.
        NoticeError: It is no frame.
        MissingExtraError: openpyxl or pyarrow is not installed.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     written = write_table(KnowledgeBase().units, Path(folder) / "units.dta")
        ...     list(pd.read_stata(written))[:3]
        ['unit', 'name', 'region']
    """
    write_counted(table, path)
    return Path(path)


def format_of_table(path: Path) -> tuple[formats.TableFormat, Callable[[pd.DataFrame, str], bytes]]:
    """The format of a table by the suffix of its file, and what makes the file's bytes of a frame and a name.

    Raises:
        FileError: No table is written in such a format.
    """
    suffix = path.suffix.lower()
    rows = {row.suffix: (row, row.of_table) for row in formats.FORMATS.values() if row.of_table}
    if suffix not in rows:
        raise FileError(
            Complaint("This table format is not written", str(path), ", ".join(rows), suffix or "no suffix")
        )
    return rows[suffix]


def write_counted(table: Any, path: str | Path) -> int:
    """Write one table as `write_table` does; a relation of DuckDB a piece at a time, where the format allows it.

    Returns:
        The number of its rows.

    Raises:
        FileError: As for `write_table`; or DuckDB cannot compute it.
    """
    path = Path(path)
    row, of_table = format_of_table(path)
    if row.of_pieces is not None and (pieces := pieces_of(table)) is not None:
        write_file(path, partial(row.of_pieces, pieces))
        return pieces.rows
    frame = as_frame(table)
    write_file(path, of_table(_flat(frame), path.stem))
    return len(frame)


def _format_of(path: Path) -> formats.TableFormat:
    """The format that a path names by its suffix, CSV for a folder.

    Raises:
        FileError: The suffix is of no format, or of one that holds a single table.
    """
    suffix, rows = path.suffix.lower(), formats.FORMATS.values()
    row = next((row for row in rows if row.suffix == suffix), None)
    if row is not None and not row.folder:
        return row
    if suffix and not suffix[1:].isdigit() and not path.is_dir():  # A version (tables-1.2) is no format.
        if row is not None:
            name = next(name for name, other in formats.FORMATS.items() if other is row)
            advice = (
                f'Write a folder with write_tables(kb, "{path.stem}", format="{name}"), or one table with write_table.'
            )
            raise FileError(Complaint(f"A {suffix} file holds one table, not eight", str(path), advice=advice))
        advice = "For a folder of CSV files, name it without a suffix."
        raise FileError(Complaint("This table format is not written", str(path), formats.places(), suffix, advice))
    return next(row for row in rows if row.folder)


def csv_text(table: pd.DataFrame, *, heading: bool = True) -> str:
    r"""A frame as CSV text, safe to open in a spreadsheet.

    Example:
        >>> csv_text(pd.DataFrame({"unit": ["=1+1"], "names": [("甲", "乙")]}))
        "unit,names\n'=1+1,甲；乙\n"
    """
    return table.map(_cell).to_csv(index=False, header=heading, lineterminator="\n", float_format="%.12g")


def json_text(kb: KnowledgeBase) -> str:
    """The eight tables as one JSON object of lists of records.

    Example:
        >>> json.loads(json_text(KnowledgeBase()))["tasks"]
        []
    """
    return json.dumps(kb.records(), ensure_ascii=False, indent=1) + "\n"


def _cell(value: Any) -> Any:
    if isinstance(value, tuple | list):
        value = LIST_SEPARATOR.join(map(str, value))
    return safe_text(value) if isinstance(value, str) else value
