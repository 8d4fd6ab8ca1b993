"""`counterparts` on tables of any library.

The engine reduces the pairings to their units, and assignments to the brackets of each region; what a line is, a
reviewed table of Chinese words says, so the rest is worked out from these few rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import narwhals as nw
import pandas as pd

from pairing_graph.measures.engines import Engine, Needed
from pairing_graph.measures.relations import Frames, ends
from pairing_graph.measures.small_tables import Kinds, fetched
from pairing_graph.reading.kinds import line_of

Rows = nw.LazyFrame[Any]
NEEDED: Needed = MappingProxyType(
    {
        "units": ("unit", "region", "kind", "line", "collective"),
        "tasks": ("task", "document"),
        "assignments": ("task", "unit", "qualifier"),
        "pairings": ("document", "donor", "recipient", "donor_qualifier", "recipient_qualifier", "address"),
    }
)
_SORTS = ("own", "in_bracket", "other", "unknown")
_COLUMNS: Kinds = MappingProxyType(
    {"unit": "text", "region": "text", "line": "text", "counterpart": "text", "counterparts": "integer"}
    | {"paired_with": "text"}
    | dict.fromkeys((*_SORTS, "partners"), "integer")
)
Existence = Callable[[str, int, set[str], int, bool], str]
Pairing = Callable[[int, int, int, int], str]


def counterparts(engine: Engine, kinds: tuple[str, ...], existence: Existence, pairing: Pairing) -> Any:
    """`counterparts` of an engine's tables.

    Args:
        engine: The tables.
        kinds: The kinds of the units in the population, none for all.
        existence: Says whether a unit has a counterpart.
        pairing: Says with whom it is paired.
    """
    units = engine.frames["units"].filter(~nw.col("collective"))
    chosen = units.filter(nw.col("kind").is_in(kinds)) if kinds else units
    sorts = _sorted_partners(engine, chosen)
    rows = chosen.select("unit", "region", "line").join(sorts, on="unit", how="left")
    table = fetched(engine.named(rows.with_columns(nw.col(*_SORTS).fill_null(0).cast(nw.Int64)))).sort_values("unit")
    any_pairing = bool(len(fetched(engine.frames["pairings"].select("address").head(1))))
    sides = _Sides(engine.frames, table)
    found: list[dict[str, Any]] = []
    for row in table.to_dict("records"):
        counts = [int(row[sort]) for sort in _SORTS]
        found.append(
            {str(name): value for name, value in row.items()}
            | {"counterpart": sides.existence(row["region"], row["line"], existence)}
            | {"counterparts": sides.alike(row["region"], row["line"]), "partners": sum(counts)}
            | {"paired_with": pairing(*counts) if any_pairing else None}
        )
    return engine.table(found, _COLUMNS)


class _Sides:
    """What the notices name on the other side of each region."""

    def __init__(self, frames: Frames, chosen: pd.DataFrame) -> None:
        self._facing = _facing(frames)
        self._lines: dict[str, dict[str, int]] = {}
        for region, line in zip(chosen["region"], chosen["line"], strict=True):
            lines = self._lines.setdefault(region, {})
            lines[line] = lines.get(line, 0) + 1
        self._bracketed = _bracketed_lines(frames)

    def alike(self, region: str, line: str) -> int:
        """How many units of a line are on the other side."""
        return sum(self._lines.get(other, {}).get(line, 0) for other in self._facing.get(region, ())) if line else 0

    def existence(self, region: str, line: str, existence: Existence) -> str:
        others = self._facing.get(region, set())
        bracketed = {name for other in others for name in self._bracketed.get(other, ())}
        number = sum(sum(self._lines.get(other, {}).values()) for other in others)
        all_known = not any("" in self._lines.get(other, {}) for other in others)
        return existence(line, self.alike(region, line), bracketed, number, all_known)


def _sorted_partners(engine: Engine, chosen: Rows) -> Rows:
    """Distinct partners of each unit by where its line is: unit, own, in_bracket, other, unknown."""
    links = _links(engine, chosen)
    line, theirs = nw.col("line"), nw.col("partner_line")
    by_theirs = (line != "") & (nw.col("bracket_line") == line) & (theirs != line)
    by_ours = (theirs != "") & (nw.col("own_bracket_line") == theirs) & (theirs != line)
    links = links.with_columns(
        own=((line != "") & (theirs == line)).cast(nw.Int64),
        inside=(by_theirs | by_ours).fill_null(False).cast(nw.Int64),
        known=((line != "") & (theirs != "")).cast(nw.Int64),
    )
    pairs = links.group_by("unit", "partner").agg(nw.col("own", "inside", "known").max())
    sort = nw.when(nw.col("own") == 0)
    pairs = pairs.with_columns(
        in_bracket=sort.then(nw.col("inside")).otherwise(nw.lit(0)),
        left=(1 - nw.col("own")) * (1 - nw.col("inside")),
    )
    pairs = pairs.with_columns(other=nw.col("left") * nw.col("known"), unknown=nw.col("left") * (1 - nw.col("known")))
    return pairs.group_by("unit").agg(nw.col(*_SORTS).sum())


def _links(engine: Engine, chosen: Rows) -> Rows:
    """Both ends of every pairing with a named partner, with the lines of both and of the brackets behind their names."""
    pairings, units = engine.frames["pairings"], engine.frames["units"].filter(~nw.col("collective"))
    sides = [("donor", "recipient"), ("recipient", "donor")]
    both = [
        pairings.select(
            unit=nw.col(one),
            partner=nw.col(other),
            own_bracket=nw.col(f"{one}_qualifier"),
            bracket=nw.col(f"{other}_qualifier"),
        )
        for one, other in sides
    ]
    rows = nw.concat(both).unique().join(chosen.select("unit", "line"), on="unit", how="inner")
    rows = rows.join(units.select(partner=nw.col("unit"), partner_line=nw.col("line")), on="partner", how="inner")
    known = _lines_of_brackets(engine, pairings)
    for name in ("own_bracket", "bracket"):
        lines = known.select(nw.col("written").alias(name), nw.col("of").alias(f"{name}_line"))
        rows = rows.join(lines, on=name, how="left")
    return rows


def _lines_of_brackets(engine: Engine, pairings: Rows) -> Rows:
    """The brackets behind names of the pairings table that have a line, with it: written, of."""
    sides = [pairings.select(written=nw.col(f"{side}_qualifier")) for side in ("donor", "recipient")]
    written = fetched(nw.concat(sides).filter(nw.col("written") != "").unique())["written"]
    lines = [{"written": text, "of": line} for text in sorted(written) if (line := line_of(text))]
    return engine.small(lines, {"written": "text", "of": "text"})


def _facing(frames: Frames) -> dict[str, set[str]]:
    """The regions whose units a notice names beside those of a region: its other sides."""
    tasks = frames["tasks"].select("task", "document")
    seen = frames["assignments"].select("task", "unit").join(tasks, on="task", how="inner").select("document", "unit")
    both = nw.concat([seen, ends(frames).select("document", "unit")])
    units = frames["units"].filter(nw.col("region") != "").select("unit", "region")
    named = both.join(units, on="unit", how="inner").select("document", "region").unique()
    others = named.select("document", other=nw.col("region"))
    pairs = named.join(others, on="document", how="inner").filter(nw.col("region") != nw.col("other"))
    facing: dict[str, set[str]] = {}
    for region, other in fetched(pairs.select("region", "other").unique()).itertuples(index=False):
        facing.setdefault(str(region), set()).add(str(other))
    return facing


def _bracketed_lines(frames: Frames) -> Mapping[str, set[str]]:
    """The lines of the brackets behind the names of a region's units, in either table."""
    parts = [frames["assignments"].select("unit", "qualifier")]
    parts += [
        frames["pairings"].select(unit=nw.col(side), qualifier=nw.col(f"{side}_qualifier"))
        for side in ("donor", "recipient")
    ]
    rows = nw.concat(parts).filter(nw.col("qualifier") != "")
    rows = rows.join(frames["units"].select("unit", "region"), on="unit", how="inner")
    found: dict[str, set[str]] = {}
    for region, bracket in _pairs_of(rows.select("region", "qualifier")):
        if line := line_of(bracket):
            found.setdefault(region, set()).add(line)
    return found


def _pairs_of(rows: Rows) -> Iterator[tuple[str, str]]:
    for one, other in fetched(rows.unique()).itertuples(index=False):
        yield str(one), str(other)
