"""What a name says about its place: its level, whether it is one of several, how it is told apart."""

from __future__ import annotations

from functools import lru_cache

from pairing_graph.base.reference import reference
from pairing_graph.base.remembered import MOST_REMEMBERED
from pairing_graph.places.gazetteer import gazetteer, places_named
from pairing_graph.places.records import LEVELS, Level, Place, Record

DOUBLES_SINCE = 2000
"""Names of counties that occurred twice in a year since then are ambiguous for all years, so that the id of a unit does not change
when a namesake ends (江北区 of 重庆 did in 2025). The lists go back to 1984, but hardly a notice does, and the doubles that had
ended by then (a second 东城区 beside that of 北京) would lengthen names that nobody mixes up."""


@lru_cache(maxsize=MOST_REMEMBERED)
def is_ambiguous(name: str, *, year: int | None = None) -> bool:
    """Whether more than one county of the country bears a name, in full or shortened.

    Args:
        name: The name of a county, without what lies above it.
        year: At some day of this year; without it in any year since 2000.

    Example:
        >>> is_ambiguous("鼓楼区"), is_ambiguous("巫溪县"), is_ambiguous("朝阳")
        (True, False, True)
        >>> is_ambiguous("江北区", year=2024), is_ambiguous("江北区", year=2026), is_ambiguous("江北区")
        (True, False, True)
    """
    book = gazetteer()
    records = [record for found in book.named(name) for record in found if record.level == "county"]
    years = range(DOUBLES_SINCE, book.year + 1) if year is None else (year - 1, year)
    return any(_standing(records, each) > 1 for each in years)


def namesakes(name: str) -> tuple[Place, ...]:
    """The regions that bear a name, in full or shortened, in any year since 2000; the ones of today first.

    Where none did since then, those that did before.

    Example:
        >>> [(str(place), place.last) for place in namesakes("江北区")]
        [('浙江省/宁波市/江北区', None), ('重庆市/江北区', 2025)]
    """
    book = gazetteer()
    records = [record for found in book.named(name) for record in found]
    newer = [record for record in records if record.last is None or record.last >= DOUBLES_SINCE]
    wanted = sorted(newer or records, key=lambda record: (-(record.last or book.year + 1), record.code))
    return tuple(map(book.place, wanted))


def distinct_name(place: Place, written: str = "") -> str:
    """The name by which a place is known in the whole country: with the prefecture before it where the county's name is ambiguous.

    Args:
        place: The place.
        written: What a text calls it, by default its full name.

    Example:
        >>> [distinct_name(place) for place in places_named("鼓楼区", within="江苏省")]
        ['南京市鼓楼区', '徐州市鼓楼区']
        >>> distinct_name(places_named("渝中")[0]), distinct_name(places_named("彭水县")[0], "彭水县")
        ('渝中区', '彭水县')
    """
    name = written or place.name
    told_apart = place.level == "county" and is_ambiguous(name)
    return "".join((*place.path[-2:-1], name)) if told_apart else name


def level_of(name: str, *, year: int | None = None) -> Level | None:
    """The level of a place by the gazetteer or, where it does not know the name, by its ending.

    None for development zones and the like, which are no level of their own, and for a 市 that the gazetteer does not know: it may
    be a province, a prefecture or a county.

    Example:
        >>> level_of("江津市", year=2005), level_of("仙桃市"), level_of("襄阳市"), level_of("重庆市")
        ('county', 'county', 'prefecture', 'province')
        >>> level_of("浦东新区"), level_of("某某高新技术产业开发区"), level_of("某某自治旗"), level_of("某某市")
        ('county', None, 'county', None)
    """
    full, _ = gazetteer().named(name)
    if full and (places := places_named(name, year=year) or places_named(name)):
        return places[0].level
    endings = [row for row in reference("place_endings") if name.endswith(row["ending"])]
    return LEVELS.get(max(endings, key=lambda row: len(row["ending"]))["level"]) if endings else None


def _standing(records: list[Record], year: int) -> int:
    """How many of some records stood at the end of a year."""
    return sum(record.stands_at_the_end_of(year) for record in records)
