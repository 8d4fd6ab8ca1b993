"""What the gazetteer's files hold, and the place that is made of it.

`regions.csv` has a row per name of a province, prefecture or county and per run of years in which it was so called;
`townships.csv.xz` a row per township. `places/README.md` says where they come from.
"""

from __future__ import annotations

import csv
import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import StringIO
from typing import Literal, NamedTuple, get_args

Level = Literal["province", "prefecture", "county", "township"]
LEVELS: Mapping[str, Level] = {level: level for level in get_args(Level)}
"""The levels, the highest first, by the word that a table has for them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A province, prefecture, county or township, as it was called in some years.

    Attributes:
        code: GB/T 2260, six digits; nine digits of the statistics bureau for a township.
        name: The full name.
        level: province, prefecture, county or township.
        path: The names from the province down to the place itself, without steps that are no places (市辖区).
        parent: The code of the place above, "" for a province.
        first: The year in which it was first so called; None where that was in 1984 or before, and for townships.
        last: The year in which it was last so called; None while it is.
        successor: The code of what it became, "" while it is so called or where no list says it.
        short_forms: What people write for the name, the shortest first.

    Example:
        >>> from pairing_graph.places.gazetteer import place
        >>> place("500243").short_forms
        ('彭水', '彭水县', '彭水自治县')
    """

    code: str
    name: str
    level: Level
    path: tuple[str, ...]
    parent: str = ""
    first: int | None = None
    last: int | None = None
    successor: str = ""
    short_forms: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "/".join(self.path)

    def stands_in(self, year: int) -> bool:
        """Whether it was so called on any day of a year: in 2011 both 大足县 and 大足区 were."""
        return _stands_in(self.first, self.last, year)


class Record(NamedTuple):
    """A row of `regions.csv`; the path depends on the year and is not in it."""

    code: str
    name: str
    level: Level
    parent: str
    first: int | None
    last: int | None
    successor: str
    short_forms: tuple[str, ...]

    def stands_at_the_end_of(self, year: int) -> bool:
        """Whether it was so called on the last day of a year, of which the ministry's lists speak."""
        return (self.first is None or self.first <= year) and (self.last is None or year < self.last)

    def stands_in(self, year: int) -> bool:
        """As of a place."""
        return _stands_in(self.first, self.last, year)


def _stands_in(first: int | None, last: int | None, year: int) -> bool:
    return (first is None or first <= year) and (last is None or year <= last)


def read_regions() -> tuple[Record, ...]:
    """The rows of `regions.csv`, ordered by code and first year."""
    rows = csv.reader(StringIO((_folder() / "regions.csv").read_text(encoding="utf-8")))
    next(rows)
    return tuple(
        Record(
            code,
            name,
            LEVELS[level],
            parent,
            int(first) if first else None,
            int(last) if last else None,
            successor,
            tuple(short.split(";")) if short else (),
        )
        for code, name, level, parent, first, last, successor, short in rows
    )


def read_townships() -> dict[str, str]:
    """Code → name of every township, ordered by code."""
    text = lzma.decompress((_folder() / "townships.csv.xz").read_bytes()).decode()
    lines = text.splitlines()
    return {line[:9]: line[10:] for line in lines[1:]}


@cache
def sources() -> tuple[Mapping[str, str], ...]:
    """The packages that the gazetteer was made of: version, licence, authority and date.

    Example:
        >>> [(row["used_for"], row["as_of"]) for row in sources()][0]
        ('townships', '2023-06-30')
    """
    text = (_folder() / "sources.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(StringIO(text)))


def _folder() -> resources.abc.Traversable:
    return resources.files("pairing_graph") / "places"
