"""The index of the gazetteer: records by name, by code and by what they became, townships beneath them.

What an analyst asks is in `gazetteer`, `names` and `history`; here is what answers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from pairing_graph.base.reference import reference
from pairing_graph.places.records import Place, Record, read_townships, sources

REGION_CODE = 6
"""Digits of the code of a province, prefecture or county in GB/T 2260; a township has three more."""
ABOVE_A_TOWNSHIP = (6, 4, 2)
"""Digits of county, prefecture and province in the code of a township. A development zone has a number like that of a county but is
none, so that its townships lie directly beneath the prefecture, as those of 东莞市 do."""

Key = TypeVar("Key")
Item = TypeVar("Item")


class Gazetteer:
    """Provinces, prefectures, counties and townships, found by name and by code.

    Attributes:
        records: Every name of a province, prefecture or county since 1984, ordered by code.
        year: The year of the newest list, which is today for the gazetteer.
    """

    def __init__(self, records: Iterable[Record], year: int) -> None:
        self.records = tuple(records)
        self.year = year
        self._by_name = _grouped((record.name, record) for record in self.records)
        self._by_short = _grouped((short, record) for record in self.records for short in record.short_forms)
        self._by_code = _grouped((record.code, record) for record in self.records)

    def named(self, name: str) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
        """The records that bear a name in full, and those of which it is a short form."""
        return self._by_name.get(name, ()), self._by_short.get(name, ())

    def coded(self, code: str) -> tuple[Record, ...]:
        """The records of a code, the oldest first."""
        return self._by_code.get(code, ())

    def standing(self, code: str, year: int) -> Record | None:
        """The record of a code at the end of a year, else the newest of the code."""
        records = self.coded(code)
        there = [record for record in records if record.stands_at_the_end_of(year)]
        return (there or records)[-1] if records else None

    def moment(self, of: Record | Place, year: int | None = None) -> int:
        """The year at whose end a place was so called: the one asked for, or the nearest to it."""
        moment = self.year if year is None else min(year, self.year)
        if of.first is not None:
            moment = max(moment, of.first)
        return moment if of.last is None else min(moment, of.last - 1)

    def place(self, record: Record, year: int | None = None) -> Place:
        """The place of a record, with the path it had in a year, or the last it had."""
        moment = self.moment(record, year)
        path = [record.name]
        above = self.standing(record.parent, moment)
        while above is not None:
            path.insert(0, above.name)
            above = self.standing(above.parent, moment)
        code, name, level, parent, first, last, successor, short_forms = record
        return Place(code, name, level, tuple(path), parent, first, last, successor, short_forms)

    def codes_above(self, code: str) -> Iterator[str]:
        """A code and those above it, the nearest first."""
        while code:
            yield code
            record = self.standing(code, self.year)
            code = record.parent if record else ""

    def heir(self, record: Record) -> Record | None:
        """The record of what an ended one became."""
        return self.standing(record.successor, record.last) if record.successor and record.last else None

    def heirs(self, record: Record) -> Iterator[Record]:
        """What a record became, step by step until today."""
        heir = self.heir(record)
        while heir is not None:
            yield heir
            heir = self.heir(heir)

    def forebears(self, record: Record) -> Iterator[Record]:
        """What a record was made of, and what that was made of."""
        for forebear in self._made_of.get(record, ()):
            yield forebear
            yield from self.forebears(forebear)

    @cached_property
    def _made_of(self) -> Mapping[Record, tuple[Record, ...]]:
        return _grouped((heir, record) for record in self.records if (heir := self.heir(record)) is not None)

    @cached_property
    def townships(self) -> Townships:
        """The townships, read here."""
        return Townships(read_townships())

    @cached_property
    def townships_year(self) -> int:
        """The year of the list of townships."""
        return next(int(row["as_of"][:4]) for row in sources() if row["used_for"] == "townships")

    def above_township(self, code: str) -> str:
        """The code of the county of a township, of the prefecture where it lies in no county."""
        candidates = (code[:digits].ljust(REGION_CODE, "0") for digits in ABOVE_A_TOWNSHIP)
        return next(candidate for candidate in candidates if candidate in self._by_code)

    def township(self, code: str) -> Place:
        """The place of a township, with the path it had in the year of the list."""
        name, parent = self.townships.name_of[code], self.above_township(code)
        above = self.standing(parent, self.townships_year)
        path = self.place(above, self.townships_year).path if above else ()
        return Place(code, name, "township", (*path, name), parent, short_forms=self.townships.short_forms(name))

    def townships_beneath(self, code: str) -> list[str]:
        """The codes of the townships directly beneath a place."""
        found = self.townships.beginning_with(code.removesuffix("00").removesuffix("00"))
        return [township for township in found if self.above_township(township) == code]


class Townships:
    """The townships of one list, found by name and by the digits their code begins with.

    Attributes:
        name_of: Code → name, ordered by code.
    """

    def __init__(self, name_of: Mapping[str, str]) -> None:
        self.name_of = name_of

    def named(self, name: str) -> tuple[str, ...]:
        """The codes of the townships of a name or, where there is none, of a short form."""
        return self._by_name.get(name) or self._by_short.get(name, ())

    def beginning_with(self, digits: str) -> list[str]:
        """The codes that begin with some digits."""
        start = bisect_left(self._codes, digits)
        end = bisect_left(self._codes, f"{digits}:", start)  # The colon follows the nine.
        return self._codes[start:end]

    def short_forms(self, name: str) -> tuple[str, ...]:
        """土城 for 土城镇; none for 某某土家族乡, for names of two signs, and for those that end like no township.

        Example:
            >>> Townships({}).short_forms("土城镇"), Townships({}).short_forms("红池坝林场")
            (('土城',), ())
        """
        for ending, shortened in self._endings:
            if name.endswith(ending):
                short = name.removesuffix(ending)
                return (short,) if shortened and len(short) > 1 else ()
        return ()

    @cached_property
    def _codes(self) -> list[str]:
        return list(self.name_of)

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((name, code) for code, name in self.name_of.items())

    @cached_property
    def _by_short(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((short, code) for code, name in self.name_of.items() for short in self.short_forms(name))

    @cached_property
    def _endings(self) -> tuple[tuple[str, bool], ...]:
        """The endings of townships, the longest first, and whether a name is shortened by them."""
        rows = [row for row in reference("place_endings") if row["level"] == "township"]
        rows.sort(key=lambda row: -len(row["ending"]))
        return tuple((row["ending"], row["shortened"] == "yes") for row in rows)


def _grouped(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, tuple[Item, ...]]:
    """Pairs as a mapping from the first to all that come second, in their order."""
    found: dict[Key, list[Item]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in found.items()}
