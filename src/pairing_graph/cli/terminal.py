"""Tables in a terminal: names are data, never markup and never a command to the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table

from pairing_graph.base.text import printable
from pairing_graph.output.report import Section

_ANY_WIDTH = 1000  # Wider than any table: a narrow terminal folds a line, but no number is left out.


def print_sections(parts: Iterable[Section], file: TextIO) -> None:
    """Print sections as plain tables, each below its heading.

    Args:
        parts: The sections.
        file: Where they go.
    """
    console = Console(file=file, markup=False, emoji=False, highlight=False, soft_wrap=True, width=_ANY_WIDTH)
    for part in parts:
        console.print(f"\n{printable(part.heading)}", style="bold")
        if len(part.table):
            console.print(_plain_table(part.table))
        if part.text:
            console.print(printable(part.text))


def _plain_table(rows: pd.DataFrame) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    numbers = _numbers(rows)
    for name in rows.columns:
        heading = str(name).replace(" ", "\n", 1)
        table.add_column(heading, justify="right" if name in numbers else "left", no_wrap=True)
    for row in rows.itertuples(index=False):
        table.add_row(*(printable(str(value)) for value in row))
    return table


def _numbers(table: pd.DataFrame) -> set[Any]:
    """Columns of numbers, those that were formatted as text included."""
    return {name for name in table.columns if all(str(value).replace(".", "", 1).isdecimal() for value in table[name])}
