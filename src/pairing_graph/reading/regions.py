"""The regions of a document: what each is called in ids, its code, and what its words leave open.

The gazetteer alone decides what a region is called: a county whose name occurs more than once in the country has its
prefecture before it (南京市鼓楼区). Which of the counties of one name is meant is decided by the words of this document, so that
an id never depends on the notices that are read together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePath

from pairing_graph.base.remembered import MOST_REMEMBERED
from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.kb.years import year_of
from pairing_graph.lexicon.levels import NO_PREFIX
from pairing_graph.lexicon.patterns import one_of, vocabulary
from pairing_graph.places.gazetteer import counties_of, places_named, townships_of
from pairing_graph.places.mentions import NamedPlace, common_place_at, place_at, place_before, place_inside, places_in
from pairing_graph.places.names import distinct_name
from pairing_graph.places.records import Place
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.kinds import is_collective, kind_of
from pairing_graph.reading.prose.cover import Front
from pairing_graph.reading.prose.cover_regions import region_of_issuer

_MOST_REMEMBERED = 500
"""Counties whose townships are kept: as many as a set of notices names."""
_AHEAD = 2
"""How many times as much of the evidence must speak for one place as for the next."""
_MOTHER = re.compile(f"^{one_of('names', 'mother_company')}")


@dataclass(frozen=True)
class Region:
    """A region as a document names it.

    Attributes:
        label: What it is called in ids: the name, the name behind its prefecture, or behind the document where it is open.
        places: What it is by the gazetteer; several where the words of the document leave that open.
        county: The label of the county that a township lies in, else empty.
    """

    label: str
    places: tuple[Place, ...] = ()
    county: str = ""

    @property
    def code(self) -> str:
        """GB/T 2260 at the date of the document, empty for a region that the gazetteer does not know or that is open."""
        return self.places[0].code if len({distinct_name(place) for place in self.places}) == 1 else ""


@dataclass
class RegionBook:
    """Gives each region that a document names its label and code, decided once.

    Args:
        document: The id of the document.
        regions: Its regions by cover and headings.
        year: The year of its date, None where it has none.
        texts: The words to decide by, the weightiest first: cover, then the whole text.
        report: Takes a region that stays open, with the candidates.
    """

    document: str
    regions: Sequence[str]
    year: int | None
    texts: Sequence[str]
    report: Callable[[str, str], None]
    _known: dict[str, Region] = field(default_factory=dict)
    _labels: dict[str, str] = field(default_factory=dict)
    _beneath: dict[str, frozenset[str]] = field(default_factory=dict)
    _inside: dict[tuple[str, str], str] = field(default_factory=dict)

    def region(self, words: str) -> Region:
        """The region that words name from first to last: 渝中区, 南京市鼓楼区; one of its labels again gives itself.

        A region that the document names in two ways (彭水苗族土家族自治县, 彭水县) is called by the first.
        """
        if words not in self._known:
            found = self._decide(words)
            self._known[words] = found
            self._known.setdefault(found.label, found)
        return self._known[words]

    def label(self, words: str) -> str:
        """What a region is called in ids, empty for no region."""
        return self.region(words).label if words else ""

    def code(self, label: str) -> str:
        """The code of a region, empty where it has none."""
        return self.region(label).code if label else ""

    def prefix(self, label: str) -> str:
        """What sets a body with a place of its own apart where the country has namesakes of that place, else empty.

        南京市 for 国网鼓楼区供电公司 of 南京市鼓楼区, the document where that is open.
        """
        region = self.region(label)
        name = region.places[0].name if region.places and not region.county else ""
        return label.removesuffix(name) if name and label.endswith(name) else ""

    def above(self, words: str, level: str) -> str:
        """The region of a level above another (市 above 璧山县 is 重庆市), empty where the gazetteer has none."""
        region = self.region(words)
        if region.county:
            return region.county if region.county.endswith(level) else self.above(region.county, level)
        path = region.places[0].path if region.code else ()
        fitting = [name for name in path[:-1] if name.endswith(level)]
        return self.label(fitting[-1]) if fitting else ""

    def holding(self, township: str) -> str:
        """The only region of the document that has a township of this name, else empty."""
        name = township.removesuffix("办事处").removesuffix("人民政府")
        found = [region for region in self.regions if name in self._townships_of(region)]
        return self.label(found[0]) if len(found) == 1 else ""

    def common(self, name: str) -> str:
        """The county that a name begins with though its name is a common word: 城区财政局 where 晋城市 is on the cover, else empty."""
        found = common_place_at(name)
        if not found:
            return ""
        above = {place.code for region in self.regions for place in self.region(region).places}
        fitting = [place for place in self._of_the_time(found) if place.parent in above]
        return self.label("".join(fitting[0].path[-2:])) if len(fitting) == 1 else ""

    def inside(self, name: str, words: str) -> str:
        """The region of a body whose name has a place of its own, so that it takes no other, else empty.

        Args:
            name: The name, which begins with no region in full: 国网巫溪县供电公司, 巫溪供电公司, 国网重庆供电公司.
            words: The region that it would have by its column or cover. A branch may have it anywhere: 人保财险汶上支公司.
        """
        if (name, words) not in self._inside:
            self._inside[name, words] = self._find_inside(name, words)
        return self._inside[name, words]

    def _find_inside(self, name: str, words: str) -> str:
        if is_collective(name):
            return ""
        within = place_inside(name)
        if within:
            return next((region for region in (words, *self.regions) if region.endswith(within.name)), within.label)
        unlisted = [region for region in self.regions if region in name[1:]]
        if unlisted:
            return self.label(unlisted[0])
        plain = _MOTHER.sub("", name)
        regions = [words] if words else [*self.regions]
        names = [path for region in regions for place in self.region(region).places for path in place.path]
        for label in reversed(names):
            branch = kind_of(name) == "enterprise" and any(stem in name for stem in _stems(label))
            if branch or plain.startswith(_stems(label)):
                return self.label(label)
        beneath = place_before(plain, vocabulary("names", "body_of_a_place"))
        return self.label(beneath.name) if beneath and {*beneath.path[:-1]} & {*names} else ""

    def is_township_of(self, region: str, name: str) -> bool:
        """Whether a county has a township of this name, which does not begin with the county's own (芒市镇)."""
        return bool(region) and not name.startswith(region) and name in self._townships_of(region)

    def has_township(self, name: str) -> bool:
        """Whether a county of the document has a township of this name; of a document without a county, any county."""
        counties = [region for region in self.regions if self._townships_of(region)]
        if counties:
            return any(name in self._townships_of(region) for region in counties)
        return bool(places_named(name, level="township"))

    def _townships_of(self, region: str) -> frozenset[str]:
        if region not in self._beneath:
            places = [place for place in self.region(region).places if place.level == "county"]
            self._beneath[region] = frozenset(name for place in places for name in _names_beneath(place))
        return self._beneath[region]

    def _decide(self, words: str) -> Region:
        if words in vocabulary("names", "generic_region"):
            return Region(f"{self.document}:{words}")
        found = place_at(words)
        if found and kind_of(words[found.end :]) in TOWNSHIP_LEVEL:
            return self._township(words[: found.end], words[found.end :])
        if not found or found.end != len(words):
            common = common_place_at(words)
            return self._common(common) if common and common.end == len(words) else Region(words)
        places = self._of_the_time(found)
        if len(places) > 1:
            places = self._by_the_text(found.name, places)
        labels = {distinct_name(place, found.name) for place in places}
        if len(labels) == 1:
            return Region(self._labels.setdefault(places[0].code, labels.pop()), places)
        self.report(words, " | ".join(str(place) for place in places))
        return Region(f"{self.document}:{words}", places)

    def _common(self, found: NamedPlace) -> Region:
        """A county whose name is a common word: it needs a government on the cover, or a place above it in the words."""
        places = self._of_the_time(found)
        organ = any(region_of_issuer(line) == found.name for line in self.texts[0].split("\n"))
        known = self._spoken_for(found.name, places, beneath=organ) or (
            places if organ else self._with_own_township(places)
        )
        labels = {distinct_name(place, found.name) for place in known}
        if len(labels) == 1:
            return Region(self._labels.setdefault(known[0].code, labels.pop()), known)
        self.report(found.name, " | ".join(str(place) for place in known or places))
        return Region(f"{self.document}:{found.name}", known)

    def _with_own_township(self, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """The places of which the words name a township whose name no other one in the country has."""
        text = self.texts[-1]
        return tuple(
            place
            for place in places
            if any(name in text and len(places_named(name, level="township")) == 1 for name in _names_beneath(place))
        )

    def _township(self, county: str, name: str) -> Region:
        places = [place for place in self.region(county).places if place.level == "county"]
        fitting = tuple(township for place in places for township in townships_of(place) if township.name == name)
        label = self.label(county)
        return Region(label + name, fitting[:1], label)

    def _of_the_time(self, found: NamedPlace) -> tuple[Place, ...]:
        """What the name belonged to in the year of the document; any of them where it has no year or none did then."""
        year = self.year
        then = tuple(place for place in found.candidates if year and place.stands_in(year))
        return then or found.candidates

    def _by_the_text(self, name: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """The places that the words speak for, all where they speak for none."""
        return self._spoken_for(name, places) or places

    def _spoken_for(self, name: str, places: tuple[Place, ...], *, beneath: bool = True) -> tuple[Place, ...]:
        """The places that the words name by a path, else what is above, and, if wanted, beneath and beside them."""
        for text in self.texts:
            paths = [found.candidates for found in places_in(text) if found.path and found.name == name]
            named = tuple(place for place in places if any(place in candidates for candidates in paths))
            if len(named) == 1:
                return named
        cover, *others = self.texts
        readings: list[tuple[str, Callable[[Place], Iterable[str]]]] = [(cover, _names_above)]
        further = (_full_names_above, _names_beneath, _names_beside) if beneath else (_full_names_above,)
        readings += [(text, evidence) for evidence in further for text in others]
        for text, evidence in readings:
            counts = {place.code: sum(_names(text, one) for one in evidence(place)) for place in places}
            best, second, *_ = [*sorted(counts.values(), reverse=True), 0]
            if best and best >= _AHEAD * second:
                return tuple(place for place in places if counts[place.code] == best)
        return ()


def _names(text: str, name: str) -> bool:
    """Whether a text has a name that is no part of another word: 沈阳市场 is no 沈阳市."""
    start = text.find(name)
    while start >= 0:
        if not NO_PREFIX.match(text[start + len(name) - 1 :]):
            return True
        start = text.find(name, start + 1)
    return False


@lru_cache(maxsize=MOST_REMEMBERED)
def _stems(region: str) -> tuple[str, ...]:
    """The short forms of a region (巫溪), none for what the gazetteer does not know."""
    return tuple(short for place in places_named(region) for short in place.short_forms if len(short) > 1)


def _names_above(place: Place) -> set[str]:
    """The names of province and prefecture, in full and short (江苏省, 江苏, 南京市, 南京)."""
    names = set(place.path[:-1])
    return names | {short for name in names for short in _stems(name)}


def _full_names_above(place: Place) -> tuple[str, ...]:
    return place.path[:-1]


@lru_cache(maxsize=_MOST_REMEMBERED)
def _names_beneath(place: Place) -> frozenset[str]:
    return frozenset(township.name for township in townships_of(place))


def _names_beside(place: Place) -> set[str]:
    """The names of the counties that lie in the same prefecture or municipality."""
    return {other.name for other in counties_of(place.parent) if other.name != place.name}


def region_book(front: Front, builder: Builder) -> RegionBook:
    """The regions of a document, decided by its cover, then by its whole text."""
    texts = [text for text in builder.document.texts() if text.strip()]
    texts.append(PurePath(front.file).stem)
    when = year_of(front.date, front.number, front.title)
    cover = "\n".join((front.title, *front.issuers, *front.regions, front.number, *front.addressees))

    def report(name: str, candidates: str) -> None:
        builder.report("region_open", f"{name}: {candidates}", front.document_id)

    return RegionBook(front.document_id, front.regions, when, (cover, "\n".join(texts)), report)
