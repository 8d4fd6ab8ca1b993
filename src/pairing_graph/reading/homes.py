"""Homes: the region that a body lies in, by its own words, its column, its section, its neighbours or the cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.lexicon.patterns import vocabulary
from pairing_graph.places.mentions import common_place_at, whole_place
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.kinds import kind_of
from pairing_graph.reading.mentions import Mention
from pairing_graph.reading.regions import RegionBook
from pairing_graph.reading.unit_names import (
    OF_THE_STATE,
    contradicts,
    explicit_region,
    is_of_a_region,
    level_of,
    short_name,
)

_AUTONOMOUS = "自治区"
_AUTONOMOUS_COUNTY = re.compile("^自治(?=[县州旗])")


@dataclass(frozen=True)
class Homes:
    """Tells in which region of a document a body lies.

    Args:
        regions: The regions of the cover and of the headings.
        sole_region: The region of the issuers where there is only one.
        book: What the regions are called in ids, and their codes.
        builder: Takes what is reported.
    """

    regions: Sequence[str]
    sole_region: str
    book: RegionBook
    builder: Builder

    def region_and_name(self, mention: Mention, written: str, region: str, section: str) -> tuple[str, str, bool]:
        """The region that a name has of its own, by its column, section, neighbours or the cover; its short form.

        The last is whether it has a place within and takes no region before it.
        """
        written = _AUTONOMOUS_COUNTY.sub("", written)
        if home := self._home_of_township(written, region, section):
            return self.book.label(home), written, False
        own, bare = self.explicit(written)
        written = bare if own else written
        if own:  # a bare name of the region of the column, the section or the notice is that region
            named = (region, section, self.sole_region, *self.regions)
            own = next((one for one in named if one.endswith(own)), own)
        if not own and region and contradicts(region, written):
            self.builder.report("region_contradicts", f"{mention.as_written} | {region}", mention.address.cell)
            region = self._of_another_level(written)
        else:
            section = "" if section and contradicts(section, written) else section
            holding = self.book.holding(written) if kind_of(written) in TOWNSHIP_LEVEL and not own else ""
            region = own or region or section or holding or mention.region or self._region_of(written)
        inside = "" if own else self.book.inside(written, region)
        label = self.book.label(inside or region)
        if own and (whole_place(written) or self.is_common_county(written)):
            return label, label, True  # 彭水县 as a unit
        if not inside:
            return label, short_name(own or label, written), False
        above = self.book.above(label, level_of(written)) if level_of(written) else ""
        return label, above + written[1:] if above else written, True  # 市生态环境局平乡县分局 is 邢台市's

    def _of_another_level(self, name: str) -> str:
        """The region of a name that contradicts its column's: the one of its level on the cover, if it is only one."""
        fitting = self._of_level(level_of(name))
        return fitting[0] if len(fitting) == 1 and not name.startswith(OF_THE_STATE) else ""

    def region_of_alias(self, region: str, name: str) -> tuple[str, str]:
        """The region of the name for an alias that had none, found as if that name were written, and the name within it."""
        if region:
            return region, name
        own, bare = self.explicit(name)
        region = self.book.label(own or self._region_of(name))
        return region, short_name(region, bare if own else name)

    def _home_of_township(self, name: str, region: str, section: str) -> str:
        """The county with a township of exactly this name: that of the column or section, or the only one of the document.

        It goes before what the name looks like: 兰西镇 of 兰西县 is no body with a place within, 古县街道 of 溧阳市 none of 古县.
        """
        if kind_of(name) not in TOWNSHIP_LEVEL and name not in vocabulary("names", "township_ending"):
            return ""  # a township of 皮山县 is called 街道
        near = next((one for one in (region, section) if self.book.is_township_of(one, name)), "")
        return near or self.book.holding(name)

    def holds(self, region: str, township: str) -> bool:
        """Whether a township is one of a region: by the lists, or as the only region of the notice where none has it."""
        held = self.book.is_township_of(region, township)
        return held or (self.book.holding(township) or self.sole_region) == region

    def explicit(self, name: str) -> tuple[str, str]:
        """The region that a name contains, and the name from there on; a county with a common word for its name included."""
        region, bare = explicit_region(name, self.regions)
        common = None if region else common_place_at(name)
        surely = common and (common.name == name or is_of_a_region(name[common.end :]))
        county = self.book.common(name) if surely else ""
        return (county, name) if county else (region, bare)

    def is_common_county(self, name: str) -> bool:
        """Whether a name is that of a county of this notice's prefecture, which is a common word besides (城区)."""
        found = common_place_at(name)
        return found is not None and found.name == name and bool(self.book.common(name))

    def _region_of(self, name: str) -> str:
        level = level_of(name) or (_AUTONOMOUS if name.startswith(_AUTONOMOUS) else "")
        fitting = self._of_level(level)
        if len(fitting) > 1 and self.sole_region in fitting:
            return self.sole_region
        if len(fitting) == 1:
            return fitting[0]
        if level and not self.sole_region.endswith(level):
            lower = [self.sole_region] if self.sole_region else self.regions
            above = {self.book.above(region, level) for region in lower}
            if len(above) == 1:
                return above.pop()
        return "" if len(fitting) > 1 else self.sole_region

    def _of_level(self, level: str) -> list[str]:
        return [region for region in self.regions if level and region.endswith(level)]
