"""What the columns of the eight tables are called and mean, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd

from pairing_graph.base.reference import reference
from pairing_graph.kb.schema import TABLES


class ColumnWords(NamedTuple):
    """The Chinese words for a column or a table.

    Attributes:
        title: Its heading, such as 帮扶单位.
        meaning: What it holds; of a table, what a row is.
    """

    title: str
    meaning: str


def column_words(table: str, column: str = "") -> ColumnWords:
    """The Chinese heading and meaning of a column, or of a table where no column is named.

    Example:
        >>> column_words("units", "line").title, column_words("targets").title
        ('条线', '量化目标')
    """
    return _words()[table, column]


def column_meanings() -> pd.DataFrame:
    """Every column of every table with its kind and meaning, in English and Chinese.

    Returns:
        One row per table and column (the index): kind (text, integer, number, flag, list), meaning, title_zh (a
        heading) and meaning_zh.

    Example:
        >>> column_meanings().loc[("units", "line"), ["kind", "title_zh"]].tolist()
        ['text', '条线']
    """
    rows = []
    for table in TABLES.values():
        for column in table.columns:
            title, meaning = column_words(table.name, column.name)
            row = {"table": table.name, "column": column.name, "kind": column.kind, "meaning": column.meaning}
            rows.append(row | {"title_zh": title, "meaning_zh": meaning})
    return pd.DataFrame(rows).set_index(["table", "column"])


@cache
def _words() -> Mapping[tuple[str, str], ColumnWords]:
    return {(row["table"], row["column"]): ColumnWords(row["title"], row["meaning"]) for row in reference("columns")}
