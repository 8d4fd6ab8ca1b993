"""Regions of a knowledge base: the order in which they are shown, and what their units are called today."""

from __future__ import annotations

from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase, with_tables
from pairing_graph.places.history import region_today
from pairing_graph.places.order import order_regions


def regions_in_order(kb: KnowledgeBase) -> list[str]:
    """The regions that have units, in the order of `order_regions`.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> regions_in_order(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        ['渝中区', '巫溪县']
    """
    region_of = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    pairs = zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True)
    titled = (region for regions in kb.documents["regions"] for region in regions)
    return order_regions(
        kb.units["region"],
        ((region_of.get(donor, ""), region_of.get(recipient, "")) for donor, recipient in pairs),
        titled,
    )


def units_today(kb: KnowledgeBase) -> dict[str, str]:
    """Unit → what it is called by today's name of its region, so that a renamed county is one over the years.

    Example:
        >>> from pairing_graph.kb.frames import frame
        >>> old = {"unit": "璧山县民政局", "name": "县民政局", "region": "璧山县", "region_code": "500227"}
        >>> units_today(KnowledgeBase(units=frame("units", [old])))
        {'璧山县民政局': '璧山区民政局'}
    """
    today = {region: name for region, (name, _) in _regions_today(kb).items()}
    named = kb.units[["unit", "region"]].itertuples(index=False)
    return {unit: unit.replace(region, today[region], 1) if region else unit for unit, region in named}


def with_regions_of_today(kb: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base whose regions and units have the names and codes of today; units that become one are one row."""
    names, regions = units_today(kb), _regions_today(kb)
    known = set(zip(kb.units["region"], kb.units["region_code"], strict=True))
    if all(old == new for old, new in names.items()) and known == {(old, *regions[old][1:]) for old, _ in known}:
        return kb
    units = kb.units.assign(
        unit=kb.units["unit"].map(names),
        region=kb.units["region"].map({old: new for old, (new, _) in regions.items()}),
        region_code=kb.units["region"].map({old: code for old, (_, code) in regions.items()}),
    )
    return with_tables(
        kb,
        units=frame("units", units.drop_duplicates("unit", ignore_index=True)),
        assignments=kb.assignments.assign(unit=kb.assignments["unit"].map(names).astype(kb.assignments["unit"].dtype)),
        pairings=kb.pairings.assign(
            **{side: kb.pairings[side].map(names).astype(kb.pairings[side].dtype) for side in ("donor", "recipient")}
        ),
    )


def _regions_today(kb: KnowledgeBase) -> dict[str, tuple[str, str]]:
    """Region → its name and code of today."""
    regions = kb.units[["region", "region_code"]].drop_duplicates().itertuples(index=False)
    return {region: region_today(region, code) for region, code in regions}
