"""Names over the years: what a code was called, what a place became and what it was made of."""

from __future__ import annotations

from pairing_graph.places.gazetteer import gazetteer
from pairing_graph.places.names import distinct_name
from pairing_graph.places.records import Place, Record


def names_of(code: str) -> tuple[Place, ...]:
    """What a code has meant since 1984, the oldest first. A code can be given again to another place (500110).

    Example:
        >>> [(place.name, place.first, place.last) for place in names_of("420600")]
        [('襄樊市', None, 2010), ('襄阳市', 2010, None)]
        >>> [place.name for place in names_of("500110")]
        ['万盛区', '綦江区']
    """
    book = gazetteer()
    return tuple(book.place(record) for record in book.coded(code))


def successors(place: Place) -> tuple[Place, ...]:
    """What a place became, step by step until today; empty while it stands and where no list says it.

    Example:
        >>> from pairing_graph.places.gazetteer import places_named
        >>> [(heir.name, heir.code) for heir in successors(places_named("江津市", year=1996)[0])]
        [('江津市', '500381'), ('江津区', '500116')]
    """
    book = gazetteer()
    record = _record(place)
    return tuple(book.place(heir) for heir in book.heirs(record)) if record else ()


def predecessors(place: Place) -> tuple[Place, ...]:
    """What a place was made of, and what that was made of, the newest first.

    Example:
        >>> from pairing_graph.places.gazetteer import places_named
        >>> [str(forebear) for forebear in predecessors(places_named("璧山区")[0])]
        ['重庆市/璧山县', '四川省/重庆市/璧山县']
    """
    book = gazetteer()
    record = _record(place)
    if record is None:
        return ()
    found = sorted(book.forebears(record), key=lambda each: (-(each.last or book.year), each.code))
    return tuple(book.place(forebear) for forebear in found)


def today(place: Place) -> Place | None:
    """What a place is called today, None where it ended and no list says what it became.

    Example:
        >>> from pairing_graph.places.gazetteer import places_named
        >>> str(today(places_named("开县", year=2010)[0]))
        '重庆市/开州区'
    """
    last = (place, *successors(place))[-1]
    return last if last.last is None else None


def region_today(label: str, code: str) -> tuple[str, str]:
    """What a region is called today in the whole country, and its code; the same two where that is unknown.

    Args:
        label: Its name, or its name behind its prefecture.
        code: Its code at the time of the label.

    Example:
        >>> region_today("璧山县", "500227"), region_today("某某县", "")
        (('璧山区', '500120'), ('某某县', ''))
        >>> region_today("彭水县", "500243")
        ('彭水苗族土家族自治县', '500243')
        >>> region_today("下关区", "320107")
        ('下关区', '320107')
    """
    named = names_of(code) if code else ()
    then = next((place for place in named if label.endswith((place.name, *place.short_forms))), None)
    now = today(then) if then and is_renamed_only(then) else None
    return (distinct_name(now), now.code) if now else (label, code)


def is_renamed_only(place: Place) -> bool:
    """Whether a place still stands or was only renamed since: 下关区 went into 鼓楼区, which was there before.

    Example:
        >>> from pairing_graph.places.gazetteer import places_named
        >>> [is_renamed_only(places_named(name, year=2012)[0]) for name in ("璧山县", "下关区", "渝中区")]
        [True, False, True]
    """
    book = gazetteer()
    record = _record(place)
    while record is not None and record.last is not None:
        heir = book.heir(record)
        if heir is None:
            return False
        there_before = heir.first is None or heir.first < record.last
        others = [
            one for one in book.records if one.successor == heir.code and one.last == record.last and one != record
        ]
        if there_before or any(book.heir(one) == heir for one in others):
            return False
        record = heir
    return True


def _record(place: Place) -> Record | None:
    """The record of a place; a township has none."""
    records = gazetteer().coded(place.code)
    return next((record for record in records if (record.name, record.first) == (place.name, place.first)), None)
