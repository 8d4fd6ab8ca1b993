"""What is behind coverage: divisions of the gazetteer and units of the notice, with or without a pairing."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.coverage import divisions
from pairing_graph.measures.explanations.evidence import mentions, paired_rows
from pairing_graph.measures.explanations.record import (
    Asked,
    Behind,
    Cited,
    Explained,
    Thing,
    count,
    same_formulas,
    share,
    undefined,
)
from pairing_graph.measures.relations import once

GAZETTEER = "gazetteer"


@once
def _divisions(kb: KnowledgeBase) -> pd.DataFrame:
    return divisions(kb)


@once
def _pairings(kb: KnowledgeBase) -> dict[str, tuple[Cited, ...]]:
    found: dict[str, tuple[Cited, ...]] = {}
    for end in paired_rows(kb):
        found[end.unit] = (*found.get(end.unit, ()), *end.cited)
    return found


def reached(kb: KnowledgeBase, region: str, level: str, column: str) -> Behind:
    """What is behind a number of `coverage`: the divisions of a region and level that it counts."""
    table = _divisions(kb)
    rows = table[(table["region"] == region) & (table["level"] == level)]
    held = bool(rows["in_gazetteer"].notna().any())
    listed = rows[rows["in_gazetteer"].fillna(False).astype(bool)] if held else rows
    whole = rows if column in ("paired", "named") else listed
    things = [_thing(kb, str(unit), row, column) for unit, row in whole.iterrows()]
    unsure = {
        "paired": not rows["paired"].notna().any(),
        "known": not held,
        "unpaired": not listed["paired"].notna().all(),
        "share": not held or not listed["paired"].notna().all(),
        "named_share": not held,
    }.get(column, False)
    if unsure:
        return undefined(things)
    return share(things) if column.endswith("share") else count(thing for thing in things if thing.contributes)


def _thing(kb: KnowledgeBase, unit: str, row: Any, column: str) -> Thing:
    """A division, committee or department: whether it counts, and the row of the notice or the gazetteer behind it."""
    paired = row["paired"] is not pd.NA and bool(row["paired"])
    counts = {
        "paired": paired,
        "share": paired,
        "unpaired": not paired,
        "named": bool(row["named"]),
        "named_share": bool(row["named"]),
    }.get(column, True)
    named = mentions(kb).get(unit, ())[:1] or (Cited(GAZETTEER if row["in_gazetteer"] is True else "units", ""),)
    cited = (_pairings(kb).get(unit) or named) if column in ("paired", "share") else named
    return Thing(unit, cited, float(counts), 1.0)


def _coverage(asked: Asked) -> Behind:
    return reached(asked.kb, asked.row["region"], asked.row["level"], asked.column)


EXPLAINED = {
    "coverage": Explained(
        ("region", "level"),
        same_formulas("coverage", _coverage, "paired", "named", "known", "unpaired", "share", "named_share"),
        ("unpaired_units",),
    ),
    "divisions": Explained(
        ("unit",), {}, ("region", "level", "kind", "paired", "named", "in_gazetteer", "partners", "address")
    ),
    "units_in_one_table": Explained(("unit",), {}, ("region", "kind", "table", "collectives", "address")),
}
