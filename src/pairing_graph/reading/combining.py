"""Several knowledge bases as one, each unit once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import TABLES
from pairing_graph.kb.validation import validate


def combine(parts: Sequence[KnowledgeBase], unread: Iterable[dict[str, Any]] = ()) -> KnowledgeBase:
    """Several knowledge bases as one; a unit named in several appears once.

    Args:
        parts: Knowledge bases without a document in common.
        unread: Further rows for `unread`.

    Raises:
        SchemaError: A document is in two of them.
    """
    tables = {name: pd.concat([part.tables[name] for part in parts], ignore_index=True) for name in TABLES}
    tables["units"] = merged_units(tables["units"], latest_codes(parts))
    tables["unread"] = pd.concat([tables["unread"], frame("unread", unread)], ignore_index=True)
    sources = {name: source for part in parts for name, source in part.sources.items()}
    typed: dict[str, Any] = {name: frame(name, table) for name, table in tables.items()}
    return validate(KnowledgeBase(**typed, sources=sources))


def latest_codes(parts: Sequence[KnowledgeBase]) -> dict[str, str]:
    """Unit → the code of its region by the latest notice that has one, in whatever order they are read."""
    dated = sorted(parts, key=lambda part: (max(part.documents["date"], default=""), *part.documents["document"]))
    rows = (
        (unit, code) for part in dated for unit, code in part.units[["unit", "region_code"]].itertuples(index=False)
    )
    return {unit: code for unit, code in rows if code}


def merged_units(units: pd.DataFrame, codes: Mapping[str, str]) -> pd.DataFrame:
    """Each unit once; a short name that another notice calls it by is one of its aliases."""
    aliases: dict[str, dict[str, None]] = {}
    merged = units.drop_duplicates("unit", ignore_index=True)
    first = dict(zip(merged["unit"], merged["name"], strict=True))
    for unit, name, names in zip(units["unit"], units["name"], units["aliases"], strict=True):
        other = [name] if name not in ("", first[unit]) else []
        aliases.setdefault(unit, {}).update(dict.fromkeys([*names, *other]))
    own = [codes.get(unit, "") for unit in merged["unit"]]
    return merged.assign(
        region_code=pd.Series(own, dtype=units["region_code"].dtype),
        aliases=pd.Series([tuple(aliases[unit]) for unit in merged["unit"]], dtype="object"),
    )
