"""The youth league: one body of a place, written in several ways (共青团渭源县委, 团县委, 渭源团县委)."""

from __future__ import annotations

import re

from pairing_graph.base.remembered import remembered
from pairing_graph.lexicon.levels import REGION_LEVELS
from pairing_graph.lexicon.patterns import one_of, vocabulary
from pairing_graph.places.gazetteer import places_named

_NAME = vocabulary("names", "league")[-1]
_SHORT_NAME = vocabulary("names", "league_short")[0]
"""The league's name that begins other words as well: 团风县委 is the committee of 团风县."""
_COMMITTEE = vocabulary("names", "committee")[-1]
BODY_OF_THE_LEAGUE = _SHORT_NAME + _COMMITTEE
"""A body of the league behind any region (团委)."""
_LEAGUE = re.compile(
    rf"(?P<league>{one_of('names', 'league', 'league_short')})(?P<place>[\u4e00-\u9fff]{{0,14}}?)(?P<level>[{REGION_LEVELS}]){one_of('names', 'committee')}"
)
_LEAGUE_INSIDE = re.compile(rf"(?P<place>[\u4e00-\u9fff]{{2,8}}){_SHORT_NAME}(?P<level>[{REGION_LEVELS}]){_COMMITTEE}")


@remembered
def league_place(name: str) -> str:
    """The place, or its level, whose youth league a name is; empty for any other name.

    Example:
        >>> league_place("共青团渭源县委"), league_place("团县委"), league_place("渭源团县委")
        ('渭源县', '县', '渭源县')
        >>> league_place("团风县委"), league_place("团委"), league_place("共青团中央")
        ('', '', '')
    """
    found = _LEAGUE.fullmatch(name)
    if found:
        place = found["place"] + found["level"]
        listed = not found["place"] or found["league"] != _SHORT_NAME or bool(places_named(place))
        return place if listed else ""
    found = _LEAGUE_INSIDE.fullmatch(name)
    place = found["place"].removesuffix(found["level"]) + found["level"] if found else ""
    return place if place and places_named(place) else ""


def league_of(region: str) -> str:
    """The full name of the league of a region.

    Example:
        >>> league_of("渭源县")
        '共青团渭源县委'
    """
    return f"{_NAME}{region}{_COMMITTEE}"


def short_league(level: str) -> str:
    """What a region of a level calls its league.

    Example:
        >>> short_league("县")
        '团县委'
    """
    return f"{_SHORT_NAME}{level}{_COMMITTEE}"
