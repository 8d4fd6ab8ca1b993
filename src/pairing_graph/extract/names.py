"""Names: from the words in a cell to units with region, kind and line. Nothing that is no name becomes a unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from pairing_graph.address import Address
from pairing_graph.extract.builder import Builder
from pairing_graph.extract.options import Options
from pairing_graph.reference import mapping, reference
from pairing_graph.text import fold_width, iso_date, split_list, split_qualifier, squeeze

_REGION_ENDINGS = ("自治县", "自治州", "自治旗", "省", "市", "区", "县", "州", "旗")
_LEVELS = "省市区县州旗"
_NO_PREFIX = re.compile(r"市场|市容|市民|市政(?!府|协)|区域|区划|县域|州际|省际")
_COLLECTIVE = re.compile(
    r"^(?:[省市区县州旗])?[级直属]?(?:各|有关|相关)|(?:各|有关|相关)(?:部门|单位|街道|乡镇|镇街|企业)"
)
_NO_NAME = re.compile(r"[。！？!?：:；;<>{}=\ufffd□]|\d{4}年|\d月|\d日|^\d+$|^[-—－/\\.…*]+$")
_OPEN_END = re.compile(r"等(?:有关|相关)?(?:部门|单位|乡镇|镇街|街道)?$")
_BLANKS = frozenset({"", "无", "—", "——", "-", "－", "/", "\\", "…", "……"})
_LONGEST_NAME = 30


@dataclass(frozen=True)
class Mention:
    """A name in a cell.

    Attributes:
        as_written: The words as they stand, bracket included.
        base: The name before the bracket.
        qualifier: The words in the bracket.
        rank: Its place in the cell, from 1.
        carried: What the name before it lends (各 in 各街道、管委会).
    """

    as_written: str
    base: str
    qualifier: str
    rank: int
    carried: str = ""


@dataclass
class Resolver:
    """Turns mentions into units and collects the units of a document.

    Args:
        regions: The regions of the cover and of the headings.
        sole_region: The region of the issuers where there is only one.
        builder: Takes the units and what is reported.
        options: The reader's choices.
    """

    regions: Sequence[str]
    sole_region: str
    builder: Builder
    options: Options
    _units: dict[str, dict[str, object]] = field(default_factory=dict)

    def mentions(self, text: str, address: Address) -> list[Mention]:
        """The names in a cell; words that are no name are reported and left out."""
        found: list[Mention] = []
        collective_before = False
        for span in split_names(text):
            words = self._without_open_end(span, address)
            if words in _BLANKS:
                continue
            if not is_name(words):
                self.builder.report("not_a_name", words, address)
                continue
            base, qualifier = split_qualifier(words)
            carried = "各" if collective_before and base in _bare_collectives() else ""
            collective_before = bool(carried) or base.startswith("各") or "各" in base[:3]
            found.append(Mention(words, base, qualifier, len(found) + 1, carried))
        return found

    def unit(self, mention: Mention, region: str, address: Address) -> str:
        """The id of the unit that a mention names; the unit is entered in the table of units.

        Args:
            mention: The name.
            region: The region of the column, empty where its heading names none.
            address: The place of the name, for what is reported.
        """
        written = mention.carried + mention.base
        if self.options.qualifier == "separate" and mention.qualifier:
            written = mention.as_written
        region = region or self._region_of(written)
        name = short_name(region, written)
        settled = self.options.alias(region, name)
        aliases = []
        if settled != name:
            self.builder.report("alias_used", f"{mention.as_written} → {settled}", address)
            aliases.append(name)
        if mention.carried:
            self.builder.report("carried_over", f"{mention.as_written} → {written}", address)
            aliases.append(settled)
            shown = mention.base
        else:
            shown = settled
        unit = unit_id(region, settled) if region else f"{self.builder.id}:{settled}"
        self._enter(unit, shown, settled, region, aliases, address)
        return unit

    def regions_seen(self) -> tuple[str, ...]:
        """The regions of the cover, and behind them those that only a unit's name tells."""
        seen = [str(unit["region"]) for unit in self._units.values() if unit["region"]]
        return tuple(dict.fromkeys((*self.regions, *seen)))

    def _enter(self, unit: str, shown: str, name: str, region: str, aliases: list[str], address: Address) -> None:
        if unit in self._units:
            known = self._units[unit]
            known["aliases"] = tuple(dict.fromkeys((*known["aliases"], *aliases)))  # type: ignore[misc]
            return
        collective = is_collective(name)
        kind = "collective" if collective else kind_of(name)
        if kind == "other":
            self.builder.report("unknown_kind", name, address)
        line = "" if collective else line_of(name)
        row: dict[str, object] = {
            "unit": unit, "name": shown, "region": region, "kind": kind, "line": line, "collective": collective,
            "aliases": tuple(aliases),
        }  # fmt: skip
        self._units[unit] = row
        self.builder.rows["units"].append(row)

    def _region_of(self, name: str) -> str:
        for region in sorted(self.regions, key=len, reverse=True):
            if name.startswith(region):
                return region
        level = name[:1] if name[:1] in _LEVELS and not _NO_PREFIX.match(name) else ""
        fitting = [region for region in self.regions if level and region.endswith(level)]
        if len(fitting) == 1:
            return fitting[0]
        if level and self.sole_region and not self.sole_region.endswith(level):
            return ""
        return "" if len(fitting) > 1 else self.sole_region

    def _without_open_end(self, words: str, address: Address) -> str:
        match = _OPEN_END.search(words)
        if match and match.start() and not words.endswith(("高等", "中等", "平等")):
            self.builder.report("open_list", words, address)
            return words[: match.start()]
        return words


def split_names(text: str) -> list[str]:
    """The names of a cell. A line break divides two whole names and is closed inside of one.

    Example:
        >>> split_names("县生态环境局、\\n\\n县林业局"), split_names("县财政局\\n县水利局")
        (['县生态环境局', '县林业局'], ['县财政局', '县水利局'])
        >>> split_names("县农业\\n农村委")
        ['县农业农村委']
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    joined = ""
    for line in lines:
        apart = joined and _is_whole(joined) and _is_whole(line)
        joined += ("、" if apart else "") + line
    whole = joined.replace(" ", "、") if all(_is_whole(part) for part in joined.split(" ")) else squeeze(joined)
    return [squeeze(span.text) for span in split_list(_protected(whole))]


def _protected(text: str) -> str:
    """Collectives that hold a separator are written without it (各区、县级市)."""
    for row in reference("collectives"):
        if "、" in row["word"] and row["word"] in text and "（" not in row["word"]:
            text = text.replace(row["word"], row["word"].replace("、", "和"))
    return text


def _is_whole(text: str) -> bool:
    spans = split_list(text)
    if not spans:
        return False
    first, last = split_qualifier(spans[0].text)[0], split_qualifier(spans[-1].text)[0]
    whole = all(kind_of(name) != "other" or is_collective(name) for name in (first, last))
    return whole and len(first) >= 3


def is_name(words: str) -> bool:
    """Whether words can be the name of a unit: no sentence, no date, no number, not too long.

    Example:
        >>> is_name("县商务委"), is_name("6月底前完成。"), is_name("2022年12月")
        (True, False, False)
    """
    words = fold_width(words)
    long = len(words) > _LONGEST_NAME or len(words) < 2
    return not long and not _NO_NAME.search(words) and not iso_date(words) and not _is_heading(words)


@cache
def _heading_words() -> frozenset[str]:
    return frozenset(row["word"] for row in reference("headers"))


def _is_heading(words: str) -> bool:
    return words in _heading_words() and words not in _bare_collectives()


def is_collective(name: str) -> bool:
    """Whether a name stands for many units.

    Example:
        >>> is_collective("县级各部门"), is_collective("各街道"), is_collective("县商务委")
        (True, True, False)
    """
    plain = split_qualifier(name)[0]
    return plain in _collective_words() or plain[1:] in _collective_words() or bool(_COLLECTIVE.search(plain))


@cache
def _collective_words() -> frozenset[str]:
    return frozenset(row["word"] for row in reference("collectives"))


@cache
def _bare_collectives() -> frozenset[str]:
    return frozenset(word[1:] for word in _collective_words() if word.startswith("各")) & _collective_words()


def kinds_covered(name: str) -> tuple[str, ...]:
    """The kinds of unit that a collective stands for, by the reviewed table; empty where it does not know.

    Example:
        >>> kinds_covered("各乡镇"), kinds_covered("县级各部门")
        (('town', 'township'), ('department', 'party_organ'))
    """
    known = mapping("collectives", "word", "kinds")
    found = known.get(name) or known.get(name[1:]) or ""
    return tuple(kind for kind in found.split(";") if kind)


def kind_of(name: str) -> str:
    """What sort of body a name's ending tells, by the longest ending in the reviewed table.

    Example:
        >>> [kind_of(name) for name in ("县商务委", "县委组织部", "土城镇", "解放碑CBD管委会", "甲乙丙")]
        ['department', 'party_organ', 'town', 'management_committee', 'other']
    """
    plain = split_qualifier(name)[0]
    endings = mapping("kinds", "ending", "kind")
    for start in range(len(plain)):
        if plain[start:] in endings and (start or len(plain) > 2):
            return endings[plain[start:]]
    return "other"


def line_of(name: str) -> str:
    """The functional line (条线) of a short name, empty where the reviewed table has none.

    Example:
        >>> line_of("区商务委"), line_of("县商务局"), line_of("土城镇")
        ('商务', '商务', '')
    """
    plain = split_qualifier(name)[0]
    known = mapping("lines", "word", "line")
    core = plain[1:] if plain[:1] in _LEVELS and not _NO_PREFIX.match(plain) else plain
    return known.get(core) or known.get(plain) or ""


def unit_id(region: str, name: str) -> str:
    """Region and name merged as people write them.

    Example:
        >>> unit_id("渝中区", "区发展改革委"), unit_id("巫溪县", "土城镇"), unit_id("重庆市", "市场监管局")
        ('渝中区发展改革委', '巫溪县土城镇', '重庆市市场监管局')
    """
    if name.startswith(region):
        return name
    overlaps = region[-1:] == name[:1] and region[-1:] in _LEVELS and len(name) > 1 and not _NO_PREFIX.match(name)
    return region + (name[1:] if overlaps else name)


def short_name(region: str, name: str) -> str:
    """The short form of a name within its region; `unit_id` gives the full form back.

    Example:
        >>> short_name("渝中区", "渝中区发展改革委"), short_name("巫溪县", "巫溪县土城镇")
        ('区发展改革委', '土城镇')
    """
    if not region or not name.startswith(region) or name == region:
        return name
    rest = name[len(region) :]
    if rest[0] in "级直":
        return region[-1] + rest
    if kind_of(rest) in ("subdistrict", "town", "township", "management_committee") or is_collective(rest):
        return rest
    return region[-1] + rest if region.endswith(_REGION_ENDINGS) else rest
