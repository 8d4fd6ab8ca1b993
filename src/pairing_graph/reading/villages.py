"""The townships and counties that a document puts its villages in: by its columns, its rows over the width, the names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pairing_graph.base.text import fold_width
from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.places.mentions import place_at
from pairing_graph.reading.behind_names import split_qualifier
from pairing_graph.reading.kinds import is_collective, is_listed_township, kind_of
from pairing_graph.reading.name_lists import split_names

_VILLAGE = re.compile(
    rf"{one_of('names', 'fine_place')}(?:{one_of('names', 'villagers')}?{one_of('names', 'villagers_committee')})?$"
)
_OWN_TOWNSHIP = re.compile(
    rf"[\u4e00-\u9fff]{{2,8}}?{one_of('names', 'township_level')}(?=[\u4e00-\u9fff]{{2,}}{_VILLAGE.pattern})"
)
"""A township before a village of two signs at least: 花台乡长安村, but 古镇头村 is a village."""


@dataclass(frozen=True)
class Above:
    """The places that a row names above a village.

    Attributes:
        township: The township (花石乡), else empty.
        county: The county, as people write it, else empty.
        several: The townships of a cell that names more than one.
        counties: The counties of such a cell.
    """

    township: str = ""
    county: str = ""
    several: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()

    @property
    def lists(self) -> tuple[tuple[str, ...], ...]:
        """The cells that name several places, the widest first."""
        return tuple(names for names in (self.counties, self.several) if names)

    def of_each(self, count: int) -> list[Above]:
        """The places of each of several villages: as many as these go with them in their order, else none does.

        Example:
            >>> two = Above(several=("土城镇", "花台乡"))
            >>> [one.township for one in two.of_each(2)], [one.township for one in two.of_each(3)]
            (['土城镇', '花台乡'], ['', '', ''])
        """
        townships = self.several if len(self.several) == count else (self.township,) * count
        counties = self.counties if len(self.counties) == count else (self.county,) * count
        return [Above(township, county) for township, county in zip(townships, counties, strict=True)]


@dataclass(frozen=True)
class Villages:
    """The places above each name, as they come.

    Example:
        >>> rows = [("大湾村", Above("花石乡", "金寨县")), ("霍山县诸佛庵镇大湾村、诸佛庵镇长安村", Above("", "霍山县"))]
        >>> known = villages_under_places(rows)
        >>> known.townships("大湾村", "金寨县"), known.townships("长安村", "霍山县"), known.townships("司马村", "")
        (('花石乡',), ('诸佛庵镇',), ())
    """

    places: Mapping[str, Sequence[Above]] = field(default_factory=dict)

    def townships(self, name: str, region: str) -> tuple[str, ...]:
        """The townships of a name in a region; those in other counties where none is known to be in it."""
        known = self.places.get(name, ())
        near = [place for place in known if not place.county or region.endswith(place.county)]
        return tuple(dict.fromkeys(place.township for place in near or known if place.township))

    def is_one(self, name: str) -> bool:
        """Whether the document puts a name in one township at most, and nowhere leaves open in which of several."""
        return len({place.township for place in self.places.get(name, ())}) < 2

    def puts(self, township: str, region: str) -> bool:
        """Whether a row names a township together with its county, and that is this region."""
        return any(place.county and region.endswith(place.county) for place in self._by_township.get(township, ()))

    def names(self, township: str) -> bool:
        """Whether the document names a township anywhere."""
        return township in self._by_township

    @cached_property
    def _by_township(self) -> dict[str, list[Above]]:
        found: dict[str, list[Above]] = {}
        for places in self.places.values():
            for place in places:
                found.setdefault(place.township, []).append(place)
        return found


def villages_under_places(rows: Iterable[tuple[str, Above]]) -> Villages:
    """The places above each name that a column lists, its own township among them.

    Args:
        rows: The words of a cell, and what is above it.
    """
    found: dict[str, dict[Above, None]] = {}
    for text, above in rows:
        names = [split_qualifier(fold_width(span.text)) for span in split_names(text)]
        for (name, bracket), places in zip(names, above.of_each(len(names)), strict=True):
            county, own, village = _parts(name)
            within = Above() if own or not bracket else township_in_brackets(name, bracket)
            if is_listed_township(within.township):
                county, own = within.county, within.township
            if own or places.township or above.several:
                found.setdefault(village, {}).setdefault(Above(own or places.township, county or places.county))
    return Villages({name: tuple(places) for name, places in found.items()})


def is_village(name: str) -> bool:
    """Whether a name is that of a village or community.

    Example:
        >>> is_village("长安村"), is_village("幸福社区居委会"), is_village("村卫生室")
        (True, True, False)
    """
    return bool(_VILLAGE.search(name))


def own_township(name: str) -> str:
    """The township that the name of a village begins with, else empty.

    Example:
        >>> own_township("花台乡长安村"), own_township("古镇头村"), own_township("长安村")
        ('花台乡', '', '')
    """
    return _parts(name)[1]


def township_in_brackets(name: str, bracket: str) -> Above:
    """What looks like a township in the bracket behind a village, with the county before it; empty where nothing does.

    Example:
        >>> township_in_brackets("前河村", "岳西县店前镇")
        Above(township='店前镇', county='岳西县', several=(), counties=())
        >>> township_in_brackets("前河村", "脱贫村").township, township_in_brackets("县财政局", "店前镇").township
        ('', '')
    """
    if kind_of(bracket) not in TOWNSHIP_LEVEL or not is_village(name) or is_collective(bracket):
        return Above()
    county = place_at(bracket)
    begin = county.end if county and kind_of(bracket[county.end :]) in TOWNSHIP_LEVEL else 0
    return Above(bracket[begin:], bracket[:begin])


def _parts(name: str) -> tuple[str, str, str]:
    """The county and township that a name begins with, and the village itself."""
    county = place_at(name)
    begin = county.end if county and _OWN_TOWNSHIP.match(name, county.end) else 0
    own = _OWN_TOWNSHIP.match(name, begin)
    return (name[:begin], own[0], name[own.end() :]) if own else ("", "", name)
