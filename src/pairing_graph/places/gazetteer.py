"""The dated gazetteer: which places bear a name, what a code means, what lies above and beneath.

It is read when it is first asked, provinces to counties at once, townships when the first township is wanted. A year asks
for what was so called on any day of it; without one the places of today are meant, and former ones only where none of
today has the name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pairing_graph.base.errors import Complaint, UnknownNameError
from pairing_graph.places.index import REGION_CODE, Gazetteer
from pairing_graph.places.records import Level, Place, Record, read_regions, sources


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the package, read on the first call.

    Example:
        >>> gazetteer().year
        2025
    """
    return Gazetteer(read_regions(), max(int(row["as_of"][:4]) for row in sources()))


def places_named(
    name: str, *, within: str | Place | None = None, level: Level | None = None, year: int | None = None
) -> tuple[Place, ...]:
    """The places that bear a name, in full or shortened, ordered by code.

    A full name goes before a short form, a place of today before a former one, a region before a township: the latter of
    each pair is given only where there is none of the former.

    Args:
        name: 渝中区, 渝中, 彭水县, 土城镇.
        within: A place above, by name, code or as a `Place`; what it was called before and after is it too.
        level: Only places of this level.
        year: As it was called on any day of the year. Of townships one list is known, that of 2023.

    Example:
        >>> [str(place) for place in places_named("和平区")]
        ['天津市/和平区', '辽宁省/沈阳市/和平区']
        >>> [str(place) for place in places_named("和平", within="沈阳市")]
        ['辽宁省/沈阳市/和平区']
        >>> [place.code for place in places_named("大足", year=2008)]
        ['500225']
    """
    book = gazetteer()
    inside = None if within is None else _codes_of(within)
    for records in book.named(name):
        wanted = [record for record in records if level in (None, record.level)]
        if inside is not None:
            wanted = [record for record in wanted if not inside.isdisjoint(book.codes_above(record.parent))]
        if found := _of_year(wanted, year):
            return tuple(book.place(record, year) for record in found)
    if level not in (None, "township"):
        return ()
    codes = book.townships.named(name)
    if inside is not None:
        codes = tuple(code for code in codes if not inside.isdisjoint(book.codes_above(book.above_township(code))))
    return tuple(book.township(code) for code in codes)


def place(code: str, *, year: int | None = None) -> Place:
    """The place of a code: with a year as it was called then, else as it is or was last called.

    Zeros behind a code, as the statistics bureau writes them, do not matter.

    Raises:
        UnknownNameError: No place has the code.

    Example:
        >>> str(place("500238")), str(place("500238117")), str(place("500238000000"))
        ('重庆市/巫溪县', '重庆市/巫溪县/土城镇', '重庆市/巫溪县')
        >>> place("420600", year=2005).name
        '襄樊市'
    """
    book = gazetteer()
    plain = code[:9].removesuffix("000").ljust(REGION_CODE, "0")
    if len(plain) > REGION_CODE and plain in book.townships.name_of:
        return book.township(plain)
    records = [record for record in book.coded(plain) if year is None or record.stands_in(year)]
    if records:
        return book.place(records[-1], year)
    when = "" if year is None else f" in {year}"
    raise UnknownNameError(
        Complaint(
            f"No place has the code {code!r}{when}",
            expected="six digits of GB/T 2260 since 1984, or nine of a township",
            advice="places_named(name) finds the codes of a name.",
        )
    )


def parent(of: Place, *, year: int | None = None) -> Place | None:
    """The place directly above, None for a province.

    Example:
        >>> str(parent(place("420602"))), str(parent(place("420602"), year=2005))
        ('湖北省/襄阳市', '湖北省/襄樊市')
    """
    book = gazetteer()
    above = book.standing(of.parent, book.moment(of, year))
    return book.place(above, year) if above else None


def townships_of(of: str | Place) -> tuple[Place, ...]:
    """The townships directly beneath a county, or beneath a prefecture that has no counties, ordered by code.

    The list is that of 2023. A county that had ended before has those of what it became, one that is younger those of
    what it was made of.

    Example:
        >>> [place.name for place in townships_of("500103")][:2]
        ['七星岗街道', '解放碑街道']
        >>> len(townships_of("500238"))
        32
    """
    book = gazetteer()
    code = place(of).code if isinstance(of, str) else of.code
    records = book.coded(code)
    later = {heir.code for record in records for heir in book.heirs(record)}
    earlier = {forebear.code for record in records for forebear in book.forebears(record)}
    for codes in ({code}, later, earlier):
        if found := sorted(township for each in codes for township in book.townships_beneath(each)):
            return tuple(book.township(township) for township in found)
    return ()


@cache
def counties_of(code: str) -> tuple[Place, ...]:
    """The counties directly beneath a prefecture, a municipality or a province, in any year, ordered by code.

    Example:
        >>> [place.name for place in counties_of("500000") if place.name.startswith("万州")]
        ['万州区']
    """
    book = gazetteer()
    return tuple(book.place(record) for record in book.records if record.parent == code and record.level == "county")


def _of_year(records: Iterable[Record], year: int | None) -> list[Record]:
    """The records of a year or, without one, those that stand, else the last of those that ended."""
    records = list(records)
    book = gazetteer()
    if year is not None:
        return [record for record in records if record.stands_in(year)]
    if standing := [record for record in records if record.last is None]:
        return standing
    return [record for record in records if book.heir(record) not in records]


def _codes_of(within: str | Place) -> set[str]:
    """The codes of a place, of what it became and of what it was made of."""
    book = gazetteer()
    if isinstance(within, Place):
        records = book.coded(within.code)
    elif within.isdecimal():
        records = book.coded(within.ljust(REGION_CODE, "0"))
    else:
        full, short = book.named(within)
        records = full or short
    related = [record for own in records for record in (own, *book.heirs(own), *book.forebears(own))]
    return {record.code for record in related}
