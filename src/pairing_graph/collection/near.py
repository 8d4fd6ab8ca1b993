"""Why a part of a collection is empty: names that it does not have, with what is near, and years without a notice."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pairing_graph.base.errors import Complaint
from pairing_graph.collection.database import quoted

if TYPE_CHECKING:
    from pairing_graph.collection.selecting import Part

_PLACES: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "document": ("documents", ("document", "file")),
        "region": ("units", ("region",)),
        "area": ("tasks", ("area",)),
        "unit": ("units", ("unit", "name")),
        "line": ("units", ("line",)),
    }
)
"""Where the names of a criterion are: the table and its columns, the first that whose names are suggested."""
_LOOKED_AT = 200
"""Names that are compared in full: those that an engine finds nearest among hundreds of thousands."""
_NEAR = 0.5
"""How alike two names are (difflib's ratio) where one may be meant for the other, as in `kb.lookup`."""
_SHOWN = 3
_LISTED = 12
"""Names that are listed where nothing is near, and there are no more."""


def empty_part(
    part: Part, folder: Path, years: Sequence[int], provinces: Sequence[str], asked: Mapping[str, Sequence[str]]
) -> list[Complaint]:
    """The complaints about a part in which there is nothing.

    Args:
        part: The whole collection.
        folder: Its folder.
        years: The years that were asked for.
        provinces: The provinces.
        asked: The names, by criterion.
    """
    unknown = [*_without_notice(part, years), *(one for name in asked for one in _unknown(part, name, asked[name]))]
    if unknown:
        return unknown
    given = {"year": years, "province": provinces, **asked}
    got = "; ".join(f"{name}: {', '.join(map(str, value))}" for name, value in given.items() if value)
    several = len([value for value in given.values() if value]) > 1
    advice = "Each is in the collection, but no notice has all of it: leave one out." if several else ""
    return [Complaint("No notice of the collection fits", str(folder), got=got, advice=advice)]


def _without_notice(part: Part, years: Sequence[int]) -> Iterator[Complaint]:
    rows = part.rows("documents")
    known = [row["year"] for row in part.records(f"SELECT DISTINCT year FROM ({rows}) ORDER BY year")] if rows else []
    for year in years:
        if year not in known:
            listed = ", ".join(str(one) if one else "0 (unknown)" for one in known) or "none"
            yield Complaint("No notice of the collection is of that year", "year", listed, str(year))


def _unknown(part: Part, criterion: str, names: Sequence[str]) -> Iterator[Complaint]:
    """A complaint for each name that is nowhere in the collection."""
    for name in names if criterion in _PLACES else ():
        complaint = unknown_name(part, criterion, name)
        if complaint is not None:
            yield complaint


def unknown_name(part: Part, criterion: str, name: str) -> Complaint | None:
    """The complaint about a name that the collection does not have, with the nearest of those that it has."""
    table, columns = _PLACES[criterion]
    rows = part.rows(table)
    if not rows:
        return Complaint(f"There is no {criterion} {name!r}: the collection has no {table}", criterion)
    either = " OR ".join(f"{column} = {quoted(name)}" for column in columns)
    also = f" OR list_contains(aliases, {quoted(name)})" if criterion == "unit" else ""
    code = f" OR region_code = {quoted(name)}" if criterion == "region" else ""
    if part.records(f"SELECT 1 AS found FROM ({rows}) WHERE {either}{also}{code} LIMIT 1"):
        return None
    near = _nearest(part, rows, columns, name)
    return Complaint(f"The collection has no {criterion} {name!r}", criterion, advice=near)


def _nearest(part: Part, rows: str, columns: Sequence[str], name: str) -> str:
    """A sentence with the names that hold it or are near, or with all where there are few."""
    query = " UNION ".join(
        f"SELECT DISTINCT {column} AS called, {columns[0]} AS full_name FROM ({rows}) WHERE {column} <> ''"
        for column in columns
    )
    closest = f"contains(called, {quoted(name)}) DESC, jaro_winkler_similarity(called, {quoted(name)}) DESC, called, full_name"
    found = part.records(f"SELECT called, full_name FROM ({query}) ORDER BY {closest} LIMIT {_LOOKED_AT}")
    calls = list(dict.fromkeys(row["called"] for row in found))
    close = [call for call in calls if name and name in call][:_SHOWN]
    close += difflib.get_close_matches(name, calls, n=2 * _SHOWN, cutoff=_NEAR)
    near = list(dict.fromkeys(row["full_name"] for call in close for row in found if row["called"] == call))
    if near:
        return f"Did you mean {' or '.join(near[:_SHOWN])}?"
    listed = sorted({row["full_name"] for row in found})
    return f"There is: {', '.join(listed)}." if 0 < len(listed) <= _LISTED else ""
