"""Units: the names of lists become units with id, kind and line; what looks alike is reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pairing_graph.kb.address import Address
from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.behind_names import split_qualifier
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.homes import Homes
from pairing_graph.reading.kinds import (
    is_collective,
    is_listed_township,
    is_office_of_no_group,
    kind_of,
    known_kind,
    line_of,
)
from pairing_graph.reading.league import BODY_OF_THE_LEAGUE, league_of, league_place, short_league
from pairing_graph.reading.list_reader import ListReader
from pairing_graph.reading.mentions import Mention
from pairing_graph.reading.options import Options
from pairing_graph.reading.regions import RegionBook
from pairing_graph.reading.unit_names import level_of, shortens, unit_id
from pairing_graph.reading.villages import Above, Villages, is_village, township_in_brackets

_NO_LOOK_ALIKES = (*TOWNSHIP_LEVEL, "school", "hospital")
"""Kinds whose names differ by a word in the middle (贵州大学, 贵州师范大学): one is no short form of the other."""
_MOST_COMPARED = 400
"""Names of one region, kind, first and last sign that are compared with each other; the comparison takes time by the
square, and what is left out is reported."""
_OWN_TOWNSHIP = re.compile(rf"[\u4e00-\u9fff]{{2,8}}?{one_of('names', 'township_level')}(?=[\u4e00-\u9fff]{{2}})")


@dataclass
class Resolver:
    """Turns the names of lists into units and collects the units of a document.

    Args:
        lists: Reads the names.
        options: The reader's choices.
        national: Whether the issuer is a body of the state, whose bodies need no region.
        villages: The townships that the document puts each village in.
    """

    lists: ListReader
    options: Options
    national: bool = False
    villages: Villages = field(default_factory=Villages)
    homes: Homes = field(init=False)
    book: RegionBook = field(init=False)
    builder: Builder = field(init=False)
    _units: dict[str, dict[str, object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.homes = self.lists.homes
        self.book, self.builder = self.homes.book, self.homes.builder

    def unit(
        self, mention: Mention, region: str, *, section: str = "", township: str = "", among: Sequence[str] = ()
    ) -> str:
        """The id of the unit that a mention names; the unit is entered in the table of units.

        Args:
            mention: The name.
            region: The region of the column, empty where its heading names none.
            section: The region of the section that it is in, empty where its heading names none.
            township: The township that the row puts it in, empty where it names none.
            among: The townships that the row names without saying which is whose.
        """
        if league := self._league(mention, region, section):
            return league
        written = mention.base
        if self.options.qualifier == "separate" and mention.qualifier and not mention.role:
            written = mention.as_written
        within = self._in_brackets(mention) if written == mention.base else Above()
        region = within.county or region
        label, name, placed = self.homes.region_and_name(mention, written, region, section)
        canonical = self.options.alias(label or self._scope(name), name)
        aliases = []
        if canonical != name:
            self.builder.report("alias_used", f"{mention.as_written} → {canonical}", mention.address.cell)
            aliases.append(name)
            if league := self._league(replace(mention, base=canonical), region, section, alias=name):
                return league
            label, canonical = self.homes.region_of_alias(label, canonical)
            placed = bool(self.book.inside(canonical, label))
        whole = "" if placed or aliases else self._with_township(name, label, township, among, within, mention.address)
        if is_office_of_no_group(canonical):
            self.builder.report("group_missing", mention.as_written, mention.address.cell)
        shown = canonical if self.villages.is_one(name) else whole or canonical
        if whole:
            aliases.append(name if shown == whole else whole)
            canonical = whole
        if mention.carried:
            self.builder.report("carried_over", f"{mention.as_written} → {written}", mention.address.cell)
        if mention.carried == "各":
            aliases.append(canonical)
            shown = mention.as_written
        if placed:
            apart = self.book.prefix(label)
            unit = canonical if apart in canonical else apart + canonical
        else:
            joined = label + canonical if self.book.is_township_of(label, canonical) else unit_id(label, canonical)
            unit = joined if label else self._without_region(canonical)
        county = self.book.region(label).county if label == unit else ""  # a township lies in its county
        self._enter(unit, shown, canonical, county or label, aliases, mention.address)
        return unit

    def regions_seen(self) -> tuple[str, ...]:
        """The regions of the cover, followed by those that only a unit's name contains."""
        seen = [str(unit["region"]) for unit in self._units.values() if unit["region"]]
        return tuple(dict.fromkeys((*map(self.book.label, self.homes.regions), *seen)))

    def report_look_alikes(self) -> None:
        """Report names of one region and kind of which one shortens the other; nothing is merged."""
        groups: dict[tuple[object, ...], list[tuple[str, str]]] = {}
        for unit in self._units.values():
            if not unit["collective"] and unit["kind"] not in _NO_LOOK_ALIKES:
                plain = split_qualifier(str(unit["name"]))[0]
                ends = (plain[:1], plain[-1:])  # look-alikes begin and end alike
                groups.setdefault((unit["region"], unit["kind"], *ends), []).append((str(unit["name"]), plain))
        for names in groups.values():
            for index, (name, plain) in enumerate(names[:_MOST_COMPARED]):
                for other, before in names[:index]:
                    if shortens(plain, before):
                        self.builder.report("look_alike", f"{other} / {name}", self.builder.id)
            for name, _ in names[_MOST_COMPARED : _MOST_COMPARED + 1]:
                left = f"{name} + {len(names) - _MOST_COMPARED - 1}"
                self.builder.report("not_compared", left, self.builder.id)

    def _league(self, mention: Mention, region: str, section: str, alias: str = "") -> str:
        """The id of a youth league, whichever way it is written (团县委, 共青团渭源县委); empty for any other body."""
        name = mention.base
        place = league_place(name)
        label = self.homes.region_and_name(mention, f"{place}{BODY_OF_THE_LEAGUE}", region, section)[0] if place else ""
        canonical = self.options.alias(label, name) if label else ""
        if not league_place(canonical):
            return ""
        if canonical != name:
            self.builder.report("alias_used", f"{mention.as_written} → {canonical}", mention.address.cell)
        unit = league_of(label)
        shown = self._units.get(unit, {}).get("name", name)
        aliases = [one for one in (name, short_league(place[-1]), alias) if one not in ("", shown)]
        self._enter(unit, name, name, label, aliases, mention.address.cell)
        return unit

    def _in_brackets(self, mention: Mention) -> Above:
        """The township and county in the bracket behind a village; what no list and no other row has as one is a doubt."""
        within = township_in_brackets(mention.base, mention.qualifier) if mention.qualifier else Above()
        known = is_listed_township(within.township) or self.villages.names(within.township)
        if within.township and not known:
            self.builder.report("township_unsure", mention.as_written, mention.address.cell)
        return within if known else Above()

    def _with_township(
        self, name: str, region: str, township: str, among: Sequence[str], within: Above, place: Address
    ) -> str:
        """A village with its township before it, empty where it has none, or is no village: it is not told apart by that.

        Other bodies (中心小学) take it only where the document puts several of the name in different townships.
        """
        known = self.villages.townships(name, region) or ((township,) if township else ())
        known = known or ((within.township,) if within.township else ())
        if not known or level_of(name) or is_collective(name) or self.book.region(region).county:
            return ""
        if kind_of(name) in ("region", *TOWNSHIP_LEVEL) or not (is_village(name) or len(known) > 1):
            return ""
        match = _OWN_TOWNSHIP.match(name)
        own = match[0] if match else ""
        sure = own and (own in known or self.villages.names(own) or self.book.has_township(own))
        own = own if sure else ""
        if own or within.township:
            named = dict.fromkeys(one for one in (township, within.township, own) if one)
            if len(named) > 1:
                self.builder.report("namesakes", f"{name}: {' | '.join(named)}", place.cell)
            return "" if own else within.township + name
        known = tuple(one for one in known if one in among) if among else known
        if not township and len(known) == 1 and self._holds(region, known[0]):
            township = known[0]
        elif known and not township:
            self.builder.report("namesakes", f"{name}: {' | '.join(known)}", place.cell)
        return township + name if township else ""

    def _holds(self, region: str, township: str) -> bool:
        """Whether a township is one of a region: by the document, else as its homes have it."""
        return self.villages.puts(township, region) or self.homes.holds(region, township)

    def _scope(self, name: str) -> str:
        """What a table of aliases has as the region of a name without one: the document; nothing is said of others."""
        return self.builder.id if self.options.alias(self.builder.id, name) != name else ""

    def _without_region(self, name: str) -> str:
        own = self.national and not level_of(name)
        return name if own else f"{self.builder.id}:{name}"

    def _enter(self, unit: str, shown: str, name: str, region: str, aliases: list[str], address: Address) -> None:
        if unit in self._units:
            known = self._units[unit]
            if aliases:
                every = dict.fromkeys((*known["aliases"], *aliases, shown))  # type: ignore[misc]
                known["aliases"] = tuple(one for one in every if one != known["name"])
            return
        # A township of 皮山县 is called 街道.
        collective = is_collective(name) and not self.book.is_township_of(region, name)
        kind = "collective" if collective else kind_of(name if not is_collective(name) else unit)
        if not known_kind(name):
            self.builder.report("unknown_kind", name, address.cell)
        line = "" if collective else line_of(name)
        row: dict[str, object] = {
            "unit": unit, "name": shown, "region": region, "region_code": self.book.code(region), "kind": kind, "line": line, "collective": collective,
            "aliases": tuple(aliases),
        }  # fmt: skip
        self._units[unit] = row
        self.builder.rows["units"].append(row)
