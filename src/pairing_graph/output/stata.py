"""Tables for Stata 14 and later: version 118, Unicode, long texts as strL.

A name of a Stata variable has up to 32 letters, digits and underscores; a label up to 80 characters. What does not fit
is cut, and names stay different. Lists are joined by ；, a missing number is Stata's missing value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from itertools import chain, count
from typing import Any

import numpy as np
import pandas as pd

from pairing_graph.base.text import printable
from pairing_graph.kb.schema import TABLES
from pairing_graph.output.tables import LIST_SEPARATOR

_MOMENT = datetime(1980, 1, 1)
"""The time in the header: that of the writing would give other bytes each time."""
_LONGEST_NAME = 32
_LONGEST_LABEL = 80
_LONGEST_FIXED = 2045
"""Bytes of a text in a column of fixed width; longer ones are strL (help data types in Stata)."""
_LARGEST_LONG = 2_147_483_620
"""The largest whole number of a long; larger ones are double (help data types in Stata)."""
_NOT_IN_A_NAME = re.compile(r"\W+")
_RESERVED = frozenset(
    (
        "_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n", "_N", "_pi", "_pred",
        "_rc", "_skip", "str", "strL", "using", "with",
    )
)  # fmt: skip
"""Words that are no names of variables (help reserved in Stata)."""


def stata_bytes(table: pd.DataFrame, name: str = "") -> bytes:
    """A frame as a Stata file's bytes.

    The label of a variable is the meaning of its column where the table is one of the eight, else its name where that
    had to be changed.

    Args:
        table: The frame; a named index becomes variables.
        name: What it is called; the label of the data.

    Example:
        >>> data = stata_bytes(pd.DataFrame({"unit": ["县商务委"], "names": [("甲", "乙")], "n": pd.array([None], "Int64")}))
        >>> pd.read_stata(BytesIO(data)).to_dict("records")
        [{'unit': '县商务委', 'names': '甲；乙', 'n': nan}]
    """
    flat = table.reset_index() if table.index.names != [None] else table
    named = dict(zip(stata_names(map(str, flat.columns)), flat.columns, strict=True))
    columns = {to: _column(flat[column]) for to, column in named.items()}
    meanings = {column.name: column.meaning for column in TABLES[name].columns} if name in TABLES else {}
    labels = {to: meanings.get(str(column), "" if to == column else str(column)) for to, column in named.items()}
    buffer = BytesIO()
    pd.DataFrame(columns).to_stata(
        buffer,
        write_index=False,
        version=118,
        time_stamp=_MOMENT,
        data_label=_cut(name, _LONGEST_LABEL),
        variable_labels={to: _cut(label, _LONGEST_LABEL) for to, label in labels.items()},
        convert_strl=[to for to, values in columns.items() if _is_long(values)],
    )
    return buffer.getvalue()


def stata_names(names: Iterable[str]) -> list[str]:
    """Names of columns as names of Stata variables, each once.

    Example:
        >>> stata_names(["unit", "in", "2022", "a b", "a-b"])
        ['unit', 'in_', '_2022', 'a_b', 'a_b_2']
    """
    taken: set[str] = set()
    found = []
    for name in names:
        base = _NOT_IN_A_NAME.sub("_", name) or "_"
        base = f"_{base}" if base[0].isdigit() else base
        base = f"{base}_" if base in _RESERVED or re.fullmatch("str[0-9]+", base) else base
        endings = chain([""], (f"_{number}" for number in count(2)))
        tries = (f"{base[: _LONGEST_NAME - len(end)]}{end}" for end in endings)
        one = next(tried for tried in tries if tried not in taken)
        taken.add(one)
        found.append(one)
    return found


def _column(values: pd.Series[Any]) -> pd.Series[Any]:
    """The values as Stata has them: whole numbers, numbers with missing ones, or texts."""
    if pd.api.types.is_bool_dtype(values.dtype) or pd.api.types.is_integer_dtype(values.dtype):
        return _whole(values)
    if pd.api.types.is_float_dtype(values.dtype):
        return _finite(values)
    return pd.Series([_text(value) for value in values], index=values.index, dtype=object)


def _whole(values: pd.Series[Any]) -> pd.Series[Any]:
    if values.isna().any():
        return _finite(values)
    whole = values.astype("int64")
    return whole.astype("int32") if whole.abs().max() <= _LARGEST_LONG or whole.empty else whole.astype("float64")


def _finite(values: pd.Series[Any]) -> pd.Series[Any]:
    numbers = values.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
    return pd.Series(np.where(np.isfinite(numbers), numbers, np.nan), index=values.index)


def _text(value: Any) -> str:
    if isinstance(value, tuple | list):
        return LIST_SEPARATOR.join(map(_text, value))
    return "" if value is None or value is pd.NA or value != value else printable(str(value))


def _is_long(values: pd.Series[Any]) -> bool:
    return values.dtype == object and any(len(text.encode("utf-8")) > _LONGEST_FIXED for text in values)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
