"""The tables of a saved knowledge base as the bytes of a file and back, exactly: Parquet, or CSV that is safe to open.

In CSV a text that a spreadsheet could take for a formula has an apostrophe in front, and so has every text that begins
with one: to read it back, an apostrophe in front is taken away. Lists are JSON arrays, missing numbers are empty.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from pairing_graph.base.parquet import arrow_types, libraries, parquet_file
from pairing_graph.base.safe_cells import is_formula
from pairing_graph.kb.frames import frame
from pairing_graph.kb.schema import TABLES, Column, Kind

_APOSTROPHE = "'"
_QUOTED_FIELD = re.compile(r'"((?:[^"]|"")*+)"(,|\r\n)')
_INTEGER = re.compile(r"-?[0-9]{1,18}")
"""Up to 18 digits: all of them fit into 64 bits."""
_FLAGS = MappingProxyType({"true": True, "false": False})
_MOST_ROWS = 20_000_000
"""Rows that a file of the largest size could hold; a Parquet file may claim any number in a few bytes."""


@dataclass(frozen=True)
class FileFormat:
    """A format of the files of tables.

    Attributes:
        suffix: The suffix of its files.
        mediatype: Its name on the web.
        to_bytes: A table's file.
        from_bytes: The frame of a table's file; a ValueError says what is wrong with it.
    """

    suffix: str
    mediatype: str
    to_bytes: Callable[[str, pd.DataFrame], bytes]
    from_bytes: Callable[[str, bytes], pd.DataFrame]


def _csv_bytes(table: str, rows: pd.DataFrame) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    columns = TABLES[table].columns
    writer.writerow([column.name for column in columns])
    written = [[_written(column.kind, value) for value in rows[column.name].tolist()] for column in columns]
    writer.writerows(zip(*written, strict=True))
    return out.getvalue().encode("utf-8-sig")


def _written(kind: Kind, value: Any) -> str:
    if kind == "text":
        return f"{_APOSTROPHE}{value}" if value.startswith(_APOSTROPHE) or is_formula(value) else str(value)
    if kind == "list":
        return json.dumps(list(value), ensure_ascii=False)
    if kind == "flag":
        return "true" if value else "false"
    return "" if value is pd.NA else repr(value)


def _from_csv(table: str, data: bytes) -> pd.DataFrame:
    names = TABLES[table].names
    header, *rows = _quoted_lines(data.decode("utf-8-sig"))
    if header != names:
        raise ValueError(f"the columns are {', '.join(header)}, not {', '.join(names)}")
    columns = {
        column.name: [_read(column, row[place]) for row in rows] for place, column in enumerate(TABLES[table].columns)
    }
    return _framed(table, columns)


def _quoted_lines(text: str) -> list[list[str]]:
    """The fields of each line as `_csv_bytes` writes them, all in quotes.

    pandas before 3 cuts a field at a NUL, and the csv module one of more than 131,072 characters.
    """
    lines: list[list[str]] = [[]]
    end = 0
    for field in _QUOTED_FIELD.finditer(text):
        if field.start() != end:
            break
        lines[-1].append(field[1].replace('""', '"'))
        end = field.end()
        if field[2] != ",":
            lines.append([])
    if end != len(text) or len({len(line) for line in lines[:-1]}) != 1:
        raise ValueError(f"line {len(lines)} is not a line of quoted fields, as many as there are columns")
    return lines[:-1]


def _read(column: Column, text: str) -> Any:
    """The value that `_written` gave the text for."""
    if column.kind == "text":
        return text.removeprefix(_APOSTROPHE)
    if column.kind == "list":
        values = json.loads(text)
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise ValueError(f"{column.name} holds {text[:40]!r}, no list of texts")
        return tuple(values)
    if column.kind == "flag":
        if text not in _FLAGS:
            raise ValueError(f"{column.name} holds {text[:40]!r}, neither true nor false")
        return _FLAGS[text]
    if not text:
        return None
    if column.kind == "number":
        return float(text)
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"{column.name} holds {text[:40]!r}, no whole number")
    return int(text)


def _parquet_bytes(table: str, rows: pd.DataFrame) -> bytes:
    columns = TABLES[table].columns
    kinds = {column.name: column.kind for column in columns}
    return parquet_file({column.name: rows[column.name] for column in columns}, "Saving as Parquet", kinds)


def _from_parquet(table: str, data: bytes) -> pd.DataFrame:
    arrow, parquet = libraries("Opening Parquet")
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        if file.metadata.num_rows > _MOST_ROWS:
            raise ValueError(f"it holds {file.metadata.num_rows:,} rows, more than {_MOST_ROWS:,}")
        wanted = {column.name: arrow_types(arrow)[column.kind] for column in TABLES[table].columns}
        found = dict(zip(file.schema_arrow.names, file.schema_arrow.types, strict=True))
        if list(found) != list(wanted) or any(not _same(arrow, found[name], wanted[name]) for name in wanted):
            raise ValueError(f"the columns are {', '.join(f'{n} ({t})' for n, t in found.items())[:400]}")
        read = file.read()
        return _framed(table, {name: read.column(name).to_pylist() for name in wanted})
    except (arrow.ArrowException, OSError) as error:
        raise ValueError(str(error)) from error


def _same(arrow: Any, found: Any, wanted: Any) -> bool:
    """Whether two types are the same, whatever the items of a list are called in the file."""
    if arrow.types.is_list(found) and arrow.types.is_list(wanted):
        return bool(found.value_type == wanted.value_type)
    return bool(found == wanted)


def _framed(table: str, columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    return frame(table, pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()}))


FILE_FORMATS: Mapping[str, FileFormat] = MappingProxyType(
    {
        "parquet": FileFormat(".parquet", "application/vnd.apache.parquet", _parquet_bytes, _from_parquet),
        "csv": FileFormat(".csv", "text/csv", _csv_bytes, _from_csv),
    }
)
"""The formats that `KnowledgeBase.save` takes."""
