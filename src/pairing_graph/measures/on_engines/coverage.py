"""What `coverage` needs of tables of any library: their units, each with whether the pairing table reaches it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import narwhals as nw
import pandas as pd

from pairing_graph.measures.engines import Engine, Needed
from pairing_graph.measures.relations import ends
from pairing_graph.measures.small_tables import Kinds, fetched

NEEDED: Needed = MappingProxyType(
    {
        "units": ("unit", "name", "region", "region_code", "kind", "collective"),
        "pairings": ("document", "donor", "recipient", "address"),
    }
)
COLUMNS: Kinds = MappingProxyType(
    {"region": "text", "level": "text", "paired": "integer", "named": "integer", "known": "integer"}
    | {"unpaired": "integer", "share": "number", "named_share": "number"}
)


@dataclass(frozen=True)
class Reached:
    """Units of an engine's tables, few beside their assignments.

    Attributes:
        units: unit, name, region, region_code, kind, collective.
        paired: Those that are in a pairing table.
        any_pairing: Whether there is any pairing.
        regions: The regions that have units, in the order of their names.
        codes: Region → its code, where one is known.
    """

    units: pd.DataFrame
    paired: Collection[str]
    any_pairing: bool
    regions: list[str]
    codes: Mapping[str, str]


def reached(engine: Engine, kinds: Collection[str]) -> Reached:
    """The units of some kinds, and what is known of their regions.

    Args:
        engine: The tables.
        kinds: The kinds whose coverage is asked for.
    """
    units = engine.frames["units"]
    regions = fetched(units.filter(nw.col("region") != "").select("region", "region_code").unique())
    codes = {region: code for region, code in sorted(regions.itertuples(index=False)) if code}
    paired = ends(engine.frames).select("unit").unique().with_columns(_paired=nw.lit(1))
    rows = units.filter(nw.col("kind").is_in(list(kinds))).select(*NEEDED["units"]).join(paired, on="unit", how="left")
    found = fetched(engine.named(rows)).sort_values("unit")
    any_pairing = len(fetched(engine.frames["pairings"].select("address").head(1))) > 0
    names = set(found.loc[found["_paired"].notna(), "unit"])
    return Reached(found, names, any_pairing, sorted(set(regions["region"])), codes)
