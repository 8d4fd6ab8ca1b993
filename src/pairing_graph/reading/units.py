"""Units: names in a list become units with region, kind and line; what a list leaves out is filled in where certain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from pairing_graph.base.reference import mapping
from pairing_graph.base.text import Span, brackets_closed, fold_width
from pairing_graph.kb.address import Address
from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.lexicon.patterns import is_blank, one_of, one_of_roles, vocabulary
from pairing_graph.places.mentions import common_place_at, whole_place
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.names import (
    LEVELS,
    UNCLEAR_SIGNS,
    bare_collectives,
    collective_words,
    invalid_reason,
    is_collective,
    is_office_of_no_group,
    is_person,
    kind_of,
    known_kind,
    league_place,
    line_of,
    may_be_body,
    open_end,
    shared_ending,
    split_names,
    split_qualifier,
    wide_brackets,
    without_open_end,
)
from pairing_graph.reading.options import Options
from pairing_graph.reading.prose.legend import mark_roles
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.regions import RegionBook
from pairing_graph.reading.unit_names import (
    OF_THE_STATE,
    contradicts,
    explicit_region,
    has_a_place,
    is_of_a_region,
    level_of,
    short_name,
    shortens,
    unit_id,
)
from pairing_graph.reading.villages import Villages, is_village

_PLACES = re.compile(rf"[省市区县州旗镇乡街道村社园居办委局室科所站队功能景开发、和]+{one_of('names', 'place_body')}?")
_PLAIN_DEPARTMENT = re.compile(
    rf"(?!{one_of('names', 'no_plain_opening')})(?:(?!{one_of('names', 'no_plain_inside')})[\u4e00-\u9fff]){{2,12}}[局委厅]"
)
_PARTY = re.compile(r"^(.*[省市区县州旗]委).+")
_AUTONOMOUS = "自治区"
_AUTONOMOUS_COUNTY = re.compile("^自治(?=[县州旗])")
_NO_LOOK_ALIKES = (*TOWNSHIP_LEVEL, "school", "hospital")
"""Kinds whose names differ by a word in the middle (贵州大学, 贵州师范大学): one is no short form of the other."""
_MOST_COMPARED = 400
"""Names of one region, kind, first and last sign that are compared with each other; the comparison takes time by the
square, and what is left out is reported."""
_LEAGUE = "团委"
"""A body of the league behind any region."""
_OWN_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:街道|[乡镇])(?=[\u4e00-\u9fff]{2})")
_FILLABLE = ("department", "party_organ", "institution")
_ROLE_QUALIFIER = re.compile(rf"({one_of_roles()}){one_of('role_words', 'body')}?")


@dataclass(frozen=True)
class Mention:
    """A name in a list.

    Attributes:
        as_written: The text as written, including the bracket.
        base: The name before the bracket, what was left out filled in.
        qualifier: The words in the bracket.
        rank: Its place in the list, from 1.
        address: Its place in the document.
        carried: What the names beside it lend: a word (各), a prefix (市), an ending (街道).
        region: The region given by its own words or by the name before it.
        role: The role that a bracket behind it gives (县水利局（牵头）), else empty.
    """

    as_written: str
    base: str
    qualifier: str
    rank: int
    address: Address
    carried: str = ""
    region: str = ""
    role: str = ""


@dataclass
class Resolver:
    """Turns lists of names into units and collects the units of a document.

    Args:
        regions: The regions of the cover and of the headings.
        sole_region: The region of the issuers where there is only one.
        book: What the regions are called in ids, and their codes.
        builder: Takes the units and what is reported.
        options: The reader's choices.
        national: Whether the issuer is a body of the state, whose bodies need no region.
        villages: The townships that the document puts each village in.
    """

    regions: Sequence[str]
    sole_region: str
    book: RegionBook
    builder: Builder
    options: Options
    national: bool = False
    villages: Villages = field(default_factory=Villages)
    _units: dict[str, dict[str, object]] = field(default_factory=dict)

    def mentions(self, passage: Passage, *, first_item: int = 1, stated: bool = False) -> list[Mention]:
        """The names of a list; words that are no name are reported and left out.

        Args:
            passage: The list.
            first_item: The count of its first name in the cell.
            stated: Whether a role word or heading states that these are bodies, so that one of an unknown kind is.
        """
        spans = [span for span in split_names(passage.text) if not is_blank(span.text)]
        found: list[Mention] = []
        self._report_signs(passage, spans)
        for index, span in enumerate(spans):
            place = passage.item(span, len(found) + first_item)
            reported = passage.span_of(span)
            words = self._without_open_end(span.text, reported)
            if is_blank(words):
                continue
            mention = self._mention(words, spans, index, found, place)
            changed = mention.carried or not mention.as_written.startswith(mention.base)
            wrong = invalid_reason(mention.base if changed else mention.as_written)
            if wrong and self._is_common_county(mention.base):
                wrong = ""
            if wrong == "unknown_kind" and (self._attested(mention.base) or (stated and may_be_body(mention.base))):
                wrong = ""
            if wrong:
                self.builder.report("not_a_name" if wrong == "unknown_kind" else wrong, span.text, reported)
                continue
            if not brackets_closed(words):
                self.builder.report("bracket_open", words, reported)
            found.append(mention)
        return found

    def _report_signs(self, passage: Passage, spans: Sequence[Span]) -> None:
        """Report names that were divided at a sign that may mean something else (县农业农村局—县畜牧中心)."""
        for one, other in pairwise(spans):
            if any(sign in UNCLEAR_SIGNS for sign in passage.text[one.end : other.start]):
                words = passage.part(one.start, other.end)
                self.builder.report("separator_unclear", words.text, words.span)

    def unit(self, mention: Mention, region: str, *, section: str = "", township: str = "") -> str:
        """The id of the unit that a mention names; the unit is entered in the table of units.

        Args:
            mention: The name.
            region: The region of the column, empty where its heading names none.
            section: The region of the section that it is in, empty where its heading names none.
            township: The township that the row puts it in, empty where it names none.
        """
        if league := self._league(mention, region, section):
            return league
        written = mention.base
        if self.options.qualifier == "separate" and mention.qualifier and not mention.role:
            written = mention.as_written
        label, name, placed = self._region_and_name(mention, written, region, section)
        canonical = self.options.alias(label or self._scope(name), name)
        aliases = []
        if canonical != name:
            self.builder.report("alias_used", f"{mention.as_written} → {canonical}", mention.address.cell)
            aliases.append(name)
            if league := self._league(replace(mention, base=canonical), region, section, alias=name):
                return league
            label, canonical = self._region_of_alias(label, canonical)
            placed = bool(self.book.inside(canonical, label))
        whole = "" if placed or aliases else self._with_township(name, label, township, mention.address)
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

    def _region_and_name(self, mention: Mention, written: str, region: str, section: str) -> tuple[str, str, bool]:
        """The region that a name has of its own, by its column, section, neighbours or the cover; its short form.

        The last is whether it has a place within and takes no region before it.
        """
        written = _AUTONOMOUS_COUNTY.sub("", written)
        if home := self._home_of_township(written, region, section):
            return self.book.label(home), written, False
        own, bare = self._explicit(written)
        written = bare if own else written
        if own:  # a bare name of the region of the column, the section or the notice is that region
            named = (region, section, self.sole_region, *self.regions)
            own = next((one for one in named if one.endswith(own)), own)
        if not own and region and contradicts(region, written):
            self.builder.report("region_contradicts", f"{mention.as_written} | {region}", mention.address.cell)
            region = self._of_another_level(written)
        else:
            section = "" if section and contradicts(section, written) else section
            holding = self.book.holding(written) if kind_of(written) in TOWNSHIP_LEVEL and not own else ""
            region = own or region or section or holding or mention.region or self._region_of(written)
        inside = "" if own else self.book.inside(written, region)
        label = self.book.label(inside or region)
        if own and (whole_place(written) or self._is_common_county(written)):
            return label, label, True  # 彭水县 as a unit
        if not inside:
            return label, short_name(own or label, written), False
        above = self.book.above(label, level_of(written)) if level_of(written) else ""
        return label, above + written[1:] if above else written, True  # 市生态环境局平乡县分局 is 邢台市's

    def _league(self, mention: Mention, region: str, section: str, alias: str = "") -> str:
        """The id of a youth league, whichever way it is written (团县委, 共青团渭源县委); empty for any other body."""
        name = mention.base
        place = league_place(name)
        label = self._region_and_name(mention, f"{place}{_LEAGUE}", region, section)[0] if place else ""
        canonical = self.options.alias(label, name) if label else ""
        if not league_place(canonical):
            return ""
        if canonical != name:
            self.builder.report("alias_used", f"{mention.as_written} → {canonical}", mention.address.cell)
        unit = f"{vocabulary('names', 'league')[-1]}{label}委"
        shown = self._units.get(unit, {}).get("name", name)
        aliases = [one for one in (name, f"团{place[-1]}委", alias) if one not in ("", shown)]
        self._enter(unit, name, name, label, aliases, mention.address.cell)
        return unit

    def _with_township(self, name: str, region: str, township: str, place: Address) -> str:
        """A village with its township before it, empty where it has none, or is no village: it is not told apart by that.

        Other bodies (中心小学) take it only where the document puts several of the name in different townships.
        """
        known = self.villages.townships(name, region) or ((township,) if township else ())
        if not known or level_of(name) or is_collective(name) or self.book.region(region).county:
            return ""
        if kind_of(name) in ("region", *TOWNSHIP_LEVEL) or not (is_village(name) or len(known) > 1):
            return ""
        own = _OWN_TOWNSHIP.match(name)
        if own and (own[0] in known or self.villages.names(own[0]) or self.book.has_township(own[0])):
            if township not in ("", own[0]):
                self.builder.report("namesakes", f"{name}: {township} | {own[0]}", place.cell)
            return ""
        if not township and len(known) == 1 and self._holds(region, known[0]):
            township = known[0]
        elif not township:
            self.builder.report("namesakes", f"{name}: {' | '.join(known)}", place.cell)
        return township + name if township else ""

    def _holds(self, region: str, township: str) -> bool:
        """Whether a township is one of a region: by the lists, or as the only region of the notice where none has it."""
        held = self.villages.puts(township, region) or self.book.is_township_of(region, township)
        return held or (self.book.holding(township) or self.sole_region) == region

    def _home_of_township(self, name: str, region: str, section: str) -> str:
        """The county with a township of exactly this name: that of the column or section, or the only one of the document.

        It goes before what the name looks like: 兰西镇 of 兰西县 is no body with a place within, 古县街道 of 溧阳市 none of 古县.
        """
        if kind_of(name) not in TOWNSHIP_LEVEL and name not in vocabulary("names", "township_ending"):
            return ""  # a township of 皮山县 is called 街道
        near = next((one for one in (region, section) if self.book.is_township_of(one, name)), "")
        return near or self.book.holding(name)

    def _explicit(self, name: str) -> tuple[str, str]:
        """The region that a name contains, and the name from there on; a county with a common word for its name included."""
        region, bare = explicit_region(name, self.regions)
        common = None if region else common_place_at(name)
        surely = common and (common.name == name or is_of_a_region(name[common.end :]))
        county = self.book.common(name) if surely else ""
        return (county, name) if county else (region, bare)

    def _is_common_county(self, name: str) -> bool:
        """Whether a name is that of a county of this notice's prefecture, which is a common word besides (城区)."""
        found = common_place_at(name)
        return found is not None and found.name == name and bool(self.book.common(name))

    def _scope(self, name: str) -> str:
        """What a table of aliases has as the region of a name without one: the document; nothing is said of others."""
        return self.builder.id if self.options.alias(self.builder.id, name) != name else ""

    def _region_of_alias(self, region: str, name: str) -> tuple[str, str]:
        """The region of the name for an alias that had none, found as if that name were written, and the name within it."""
        if region:
            return region, name
        own, bare = self._explicit(name)
        region = self.book.label(own or self._region_of(name))
        return region, short_name(region, bare if own else name)

    def _of_another_level(self, name: str) -> str:
        """The region of a name that contradicts its column's: the one of its level on the cover, if it is only one."""
        fitting = self._of_level(level_of(name))
        return fitting[0] if len(fitting) == 1 and not name.startswith(OF_THE_STATE) else ""

    def regions_seen(self) -> tuple[str, ...]:
        """The regions of the cover, followed by those that only a unit's name contains."""
        seen = [str(unit["region"]) for unit in self._units.values() if unit["region"]]
        return tuple(dict.fromkeys((*map(self.book.label, self.regions), *seen)))

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

    def _mention(
        self, words: str, spans: Sequence[Span], index: int, found: Sequence[Mention], place: Address
    ) -> Mention:
        marked = self.marks.get(words[:1], "")
        words = words[1:].strip() if marked else words
        base, qualifier = split_qualifier(fold_width(words))
        if qualifier and (
            wide_brackets(words) in collective_words() or (is_collective(base) and _PLACES.fullmatch(qualifier))
        ):
            base, qualifier = words, ""
        if qualifier and is_person(base) and known_kind(qualifier):
            base, qualifier = qualifier, ""
        rank = len(found) + 1
        match = _ROLE_QUALIFIER.fullmatch(qualifier)
        role = mapping("roles", "word", "role").get(match[1], "") if match else marked
        mention = Mention(words, base, qualifier, rank, place, role=role)
        if match and role:
            mention = replace(mention, qualifier="")
        if not found and not index and kind_of(base) != "other":
            return mention
        return self._completed(mention, spans, index, found)

    def _completed(self, mention: Mention, spans: Sequence[Span], index: int, found: Sequence[Mention]) -> Mention:
        """A name completed with what it omits because its neighbours contain it."""
        base = mention.base
        before = found[-1] if found else None
        if before and "各" in (before.base[:3] + before.carried) and base in bare_collectives():
            return replace(mention, base=f"各{base}", carried="各")
        if before and not level_of(base) and not is_collective(base):
            region = before.region or self._explicit(before.base)[0]
            prefix = self._lent_prefix(base, found)
            if prefix:
                return replace(mention, base=prefix + base, carried=prefix, region=region)
            mention = replace(mention, region=region) if region != mention.region else mention
        if not known_kind(base) or line_of(f"{base}局"):
            plain = [without_open_end(span.text) for span in spans]
            ending = shared_ending(plain, index) or self._lent_ending(base, spans, index)
            if ending:
                whole = base + ending
                prefix = self._lent_prefix(whole, found) if found and not level_of(whole) else ""
                return replace(mention, base=prefix + whole, carried=ending)
        return mention

    def _lent_prefix(self, base: str, found: Sequence[Mention]) -> str:
        """The level (市) that the names before lend to a department that has none, empty where that is not certain."""
        if (
            base.startswith(OF_THE_STATE)
            or has_a_place(base)
            or self.book.inside(base, self.sole_region)
            or kind_of(base) not in _FILLABLE
            or self._explicit(base)[0]
        ):
            return ""
        lender = next((mention.base for mention in reversed(found) if self._own_prefix(mention.base)), "")
        if not lender:
            return ""
        party = _PARTY.match(lender)
        if kind_of(base) == "party_organ":
            if party and line_of(base):
                return party[1]
        elif line_of(base) or (_PLAIN_DEPARTMENT.fullmatch(base) and self._follows_prefix(found[-1])):
            return self._own_prefix(lender)
        if kind_of(base) in ("department", "party_organ"):
            self.builder.report("ellipsis", base, found[-1].address.cell)
        return ""

    def _follows_prefix(self, before: Mention) -> bool:
        """Whether the name right before has the level, of its own or lent, and is one body."""
        return bool(self._own_prefix(before.base)) and not is_collective(before.base)

    def _own_prefix(self, name: str) -> str:
        """The level of a name: its first sign, or the last one of the region that it begins with."""
        region = self._explicit(name)[0]
        return region[-1] if region and region != name else level_of(name)

    def _lent_ending(self, base: str, spans: Sequence[Span], index: int) -> str:
        """The ending (街道) of a neighbour that this name leaves out, if such a place is attested."""
        for neighbour in (*reversed(spans[:index]), *spans[index + 1 :]):
            name = split_qualifier(neighbour.text)[0]
            if kind_of(name) not in TOWNSHIP_LEVEL:
                continue
            ending = next((e for e in vocabulary("names", "township_ending") if name.endswith(e)), "")
            if ending and (self.book.has_township(base + ending) or base + ending in self.builder.document.squeezed):
                return ending
            self.builder.report("ellipsis", base, self.builder.id)
            return ""
        return ""

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """The roles that the legend of the document gives to marks; looked for once."""
        return mark_roles(self.builder.document)

    def _attested(self, base: str) -> bool:
        """Whether words of an unknown kind occur as a whole name in several places and are not cut off."""
        if base[:1] not in LEVELS or len(base) < 3:
            return False
        whole = re.findall(
            rf"(?:^|[、，；：（(\n]){re.escape(base)}(?=[、，；。）)\n（]|$)", self.builder.document.squeezed
        )
        longer = re.search(
            rf"{re.escape(base)}[\u4e00-\u9fff]{{1,6}}{one_of('names', 'office_ending')}",
            self.builder.document.squeezed,
        )
        return len(whole) > 1 and not longer

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
        collective = is_collective(name) and not self.book.is_township_of(
            region, name
        )  # 皮山县's township is called 街道
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

    def _region_of(self, name: str) -> str:
        level = level_of(name) or (_AUTONOMOUS if name.startswith(_AUTONOMOUS) else "")
        fitting = self._of_level(level)
        if len(fitting) > 1 and self.sole_region in fitting:
            return self.sole_region
        if len(fitting) == 1:
            return fitting[0]
        if level and not self.sole_region.endswith(level):
            lower = [self.sole_region] if self.sole_region else self.regions
            above = {self.book.above(region, level) for region in lower}
            if len(above) == 1:
                return above.pop()
        return "" if len(fitting) > 1 else self.sole_region

    def _of_level(self, level: str) -> list[str]:
        return [region for region in self.regions if level and region.endswith(level)]

    def _without_open_end(self, words: str, address: Address) -> str:
        ending = open_end(words)
        if ending:
            self.builder.report("open_list", words, address)
        return words[: len(words) - len(ending)]
