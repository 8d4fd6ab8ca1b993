"""The one order in which regions are shown: figures, page and tables follow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def order_regions(
    regions: Iterable[str], pairs: Iterable[tuple[str, str]] = (), titled: Iterable[str] = ()
) -> list[str]:
    """Regions in the order in which they are shown.

    First the region that helps most, then the one that is helped most, then those that titles name, then the others as
    the units come. Between equals the one that comes first stays first. "" (region unknown) is last.

    Args:
        regions: The region of every unit, in the order of the units.
        pairs: The regions of donor and recipient of every pairing.
        titled: The regions that the titles of the notices name, in their order.

    Example:
        >>> order_regions(["甲县", "", "乙区"], pairs=[("乙区", "甲县")])
        ['乙区', '甲县', '']
        >>> order_regions(["甲县", "乙区"], titled=["乙区", "丙市"])
        ['乙区', '甲县']
    """
    present = dict.fromkeys(regions)
    pairs = list(pairs)
    first: list[str] = []
    for side in (0, 1):
        counts = Counter(pair[side] for pair in pairs)
        first += [region for region, _ in counts.most_common() if region not in ("", *first)][:1]
    order = [region for region in dict.fromkeys([*first, *titled, *present]) if region and region in present]
    return [*order, ""] if "" in present else order
