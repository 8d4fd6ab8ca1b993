"""How far the findings depend on choices: every headline with its range, and whether the first place holds."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pairing_graph.base.words import word
from pairing_graph.output.html_report.model import Number, Part, Table
from pairing_graph.output.html_report.sentences import Speaker

_DECIMALS = 2
_BY_COUNT = ("most_loaded", "gini")
_COUNTS = ("lead", "responsible", "listed_first", "fractional")
"""Of the headlines that there are for every way of counting, those of the ways that the report names."""
_COLUMNS = ("headline", "value", "lowest", "lowest_choice", "highest", "highest_choice")
_FIRST = ("headline", "first", "first_holds", "others_first")


def robustness_tables(speaker: Speaker) -> tuple[Table, ...]:
    """The headlines that another choice changes, and the rankings; empty where nothing was counted."""
    found = speaker.results["robustness"].reset_index()
    counted = found["of"].str.rpartition(": ")[2]
    said = ~found["figure"].isin(_BY_COUNT) | counted.isin(_COUNTS)
    numbers = found[said & found["value"].notna() & (found["lowest"] != found["highest"])]
    ranked = found[(found["figure"] == "first_place") & found["first_holds"].notna()]
    tables = []
    if len(numbers):
        rows = [tuple(_cell(speaker, row, name) for name in _COLUMNS) for row in numbers.to_dict("records")]
        tables.append(speaker.table("robustness", _COLUMNS, rows, ("value", "lowest", "highest")))
    if len(ranked):
        rows = [tuple(_cell(speaker, row, name) for name in _FIRST) for row in ranked.to_dict("records")]
        tables.append(speaker.table("first_place", _FIRST, rows, ()))
    return tuple(tables)


def _cell(speaker: Speaker, row: dict[Any, Any], name: str) -> Part:
    value = row[name]
    if isinstance(value, tuple):
        return speaker.listing(value)
    if name == "first_holds":
        return speaker.word("holds" if value else "holds_not")
    if name not in ("value", "lowest", "highest"):
        return str(value)
    if pd.isna(value):
        return word("na", speaker.lang)
    text = str(int(value)) if float(value).is_integer() and row["figure"] in _WHOLE else f"{float(value):.{_DECIMALS}f}"
    return Number(float(value), text)


_WHOLE = ("gaps", "unpaired_in_task", "most_loaded")
"""Headlines that count units or tasks; a fractional load among them has decimals where it is no whole number."""
