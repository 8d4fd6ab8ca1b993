"""Places that words name: at their head (江苏省南京市鼓楼区教育局) and anywhere within (关于下达巫溪县…任务的通知)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pairing_graph.base.reference import reference
from pairing_graph.base.remembered import MOST_REMEMBERED, remembered
from pairing_graph.lexicon.patterns import vocabulary
from pairing_graph.places.gazetteer import gazetteer, places_named
from pairing_graph.places.names import distinct_name, namesakes
from pairing_graph.places.records import Place

_SHORTEST_WITH_LEVEL = 3
"""Signs of a short form that still has its level (彭水县 for 彭水苗族土家族自治县)."""
_ALL_OF = frozenset("全各我本")
_BEHIND_A_LEVEL = frozenset("城域划情")
"""Signs that make a word of the level before them (县城, 区域, 区划, 县情)."""
_LEVELS_ABOVE = frozenset("省市州盟")
_SHORTEST_NAME = 2
"""Signs of the shortest names (开县), which other words are full of."""
_FIRST_SIGN = "\u4e00"


@dataclass(frozen=True)
class NamedPlace:
    """A place that words name.

    Attributes:
        start: Where its path begins in the words.
        inner: Where its own name begins, behind those of the places above it.
        end: Where its name ends.
        name: Its own name as written (鼓楼区).
        path: The names above it as written (江苏省, 南京市).
        candidates: The places that it may be, by name and path, ordered by code.
    """

    start: int
    inner: int
    end: int
    name: str
    path: tuple[str, ...]
    candidates: tuple[Place, ...]

    @property
    def label(self) -> str:
        """The name by which it is known in the whole country, else its own name where the words leave it open."""
        labels = {distinct_name(place, self.name) for place in self.candidates}
        return labels.pop() if len(labels) == 1 else self.name


@lru_cache(maxsize=MOST_REMEMBERED)
def place_at(words: str, start: int = 0) -> NamedPlace | None:
    """The innermost place of the path of full names that begins at some sign, None where none does.

    A name without a place of its own (城区, 郊区) is one only behind the place above it.

    Example:
        >>> found = place_at("江苏省南京市鼓楼区教育局")
        >>> found.label, found.path, found.end
        ('南京市鼓楼区', ('江苏省', '南京市'), 9)
        >>> place_at("鼓楼区教育局").label, place_at("彭水县教委").label, place_at("城区教育局")
        ('鼓楼区', '彭水县', None)
    """
    found: NamedPlace | None = None
    inner = start
    while step := _name_at(words, inner, found):
        name, candidates = step
        path = (*found.path, found.name) if found else ()
        found = NamedPlace(start, inner, inner + len(name), name, path, candidates)
        inner = found.end
    return None if found and not found.path and found.name in _common_words() else found


@remembered
def common_place_at(words: str) -> NamedPlace | None:
    """The counties whose name is a common word that words begin with; whether one of them is meant is for the notice to say.

    Example:
        >>> [str(place) for place in common_place_at("西区财政局").candidates], common_place_at("渝中区教委")
        (['四川省/攀枝花市/西区'], None)
    """
    name = max((word for word in _common_words() if words.startswith(word)), key=len, default="")
    return NamedPlace(0, 0, len(name), name, (), _known(name)) if name and _known(name) else None


def whole_place(words: str) -> NamedPlace | None:
    """The place that words name from first to last, None where something else is behind it.

    Example:
        >>> whole_place("南京市鼓楼区").label, whole_place("鼓楼区教育局")
        ('南京市鼓楼区', None)
    """
    found = place_at(words)
    return found if found and found.end == len(words) else None


def places_in(words: str) -> Iterator[NamedPlace]:
    """The places that words name by their full names, from left to right; 全市南区域 names no 市南区, 完成县道 no 成县.

    Example:
        >>> [found.label for found in places_in("渝中区·巫溪县对口协同工作领导小组")]
        ['渝中区', '巫溪县']
        >>> list(places_in("全市南区域发展, 新县城建设, 完成县道养护"))
        []
        >>> [found.label for found in places_in("对口支援忠县和成县")]
        ['忠县', '成县']
        >>> [found.label for found in places_in("县水利局会同县气象局，怀化市会同县")]
        ['会同县']
    """
    start = 0
    while start < len(words):
        found = place_at(words, start)
        if found and not _is_part_of_words(words, found):
            yield found
            start = found.end
        else:
            start += 1


def place_inside(name: str) -> NamedPlace | None:
    """The place that the name of a body has behind its first words, unless these are a place above it.

    Example:
        >>> place_inside("国家税务总局石台县税务局").label, place_inside("某某市渝中区教委"), place_inside("石台县教育局")
        ('石台县', None, None)
    """
    found = next(places_in(name), None)
    return found if found and found.start and name[found.start - 1] not in _LEVELS_ABOVE else None


def place_before(name: str, bodies: Sequence[str]) -> Place | None:
    """The prefecture or county whose short form is before the name of a body: 兰州 in 兰州海关; None where two have it.

    Args:
        name: The name.
        bodies: What may be behind the place (海关, 供电局).

    Example:
        >>> str(place_before("兰州海关", ["海关"])), place_before("兰州大学", ["海关"])
        ('甘肃省/兰州市', None)
    """
    for body in bodies:
        if name.endswith(body) and len(name) > len(body) + 1:
            found = {place.name: place for place in places_named(name.removesuffix(body)) if place.level != "township"}
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def _is_part_of_words(words: str, found: NamedPlace) -> bool:
    """Whether a name is made of the words around it: 全市南, 县城, 区域; one of two signs also where a sign is before it."""
    if found.path:
        return False
    before, after = words[max(0, found.start - 1) : found.start], words[found.end : found.end + 1]
    short = (
        len(found.name) == _SHORTEST_NAME
        and before > _FIRST_SIGN
        and not words[: found.start].endswith(_before_a_region())
    )
    joined = found.name.startswith(_joiners()) and words[: found.start].endswith(vocabulary("names", "office_ending"))
    return short or joined or before in _ALL_OF or after in _BEHIND_A_LEVEL


def _name_at(words: str, start: int, above: NamedPlace | None) -> tuple[str, tuple[Place, ...]] | None:
    """The longest name that begins at a sign and lies within the place before it."""
    for end in range(min(len(words), start + _longest_name()), start + 1, -1):
        name = words[start:end]
        places = _known(name)
        if above:
            codes = {place.code for place in above.candidates}
            places = tuple(place for place in places if codes & _codes_above(place))
        if places:
            return name, places
    return None


@lru_cache(maxsize=MOST_REMEMBERED)
def _known(name: str) -> tuple[Place, ...]:
    """The regions that a name with its level belongs to, or a short form that still has it (彭水县)."""
    places = namesakes(name)
    if len(name) < _SHORTEST_WITH_LEVEL:
        places = tuple(place for place in places if place.name == name)
    return tuple(place for place in places if place.name[-1] == name[-1])


@lru_cache(maxsize=MOST_REMEMBERED)
def _codes_above(place: Place) -> frozenset[str]:
    return frozenset(code for code in gazetteer().codes_above(place.parent) if code)


@cache
def _before_a_region() -> tuple[str, ...]:
    """Words that may come right before the name of a region (下达, 和, 国网)."""
    uses = ("before_region", "mother_company", "joins_regions")
    return tuple(row["word"] for row in reference("names") if row["use"] in uses)


@cache
def _joiners() -> tuple[str, ...]:
    """The words between two bodies that a county's name may begin with (会同县); one sign alone is in too many names (和田县)."""
    return tuple(word for word in vocabulary("names", "joiner") if len(word) > 1)


@cache
def _longest_name() -> int:
    return max(len(record.name) for record in gazetteer().records)


@cache
def _common_words() -> frozenset[str]:
    """Names of counties that are common words as well (城区, 新城区)."""
    return frozenset(row["word"] for row in reference("names") if row["use"] == "common_place")
