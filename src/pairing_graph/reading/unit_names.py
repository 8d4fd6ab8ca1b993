"""The words of a unit's name: the region and level that it contains, its short form, its id; without a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pairing_graph.base.reference import mapping
from pairing_graph.base.remembered import MOST_REMEMBERED, remembered
from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.lexicon.levels import LEVELS, NO_PREFIX, REGION_LEVELS, TOWN_LEVELS
from pairing_graph.lexicon.patterns import one_of, vocabulary
from pairing_graph.places.mentions import place_at, place_inside
from pairing_graph.reading.kinds import is_collective, kind_of, line_of
from pairing_graph.reading.prose.cover_regions import is_no_region

_REGION_ENDINGS = ("自治县", "自治州", "自治旗", "省", "市", "区", "县", "州", "旗")
_MOST_REGIONS = 12
"""Regions that a name is looked through for; a full one has five (省, 市, 县, 镇, 村), and lists may run together."""
_LONGEST_NAME = 1_000
"""Characters of a name that is looked through for regions; what is longer is a text."""
_REGION = re.compile(
    rf"(?!{one_of('names', 'no_region_in_name')})"
    r"(?:(?:(?!省)[\u4e00-\u9fff]){2,14}?族自治[县州旗]|[\u4e00-\u9fff]{2,6}自治区"
    rf"|[\u4e00-\u9fff]{{2,8}}?(?:自治县|自治州|[{REGION_LEVELS}]))"
)
_OF_THE_COMMITTEE = re.compile(r"委.+[部委办]$")
_LONG_LEVELS = ("街道", "新区", "郊区", "矿区", "城区", "林区", "特区")
"""Levels of two signs that a region may end in (浦东新区) and a body of it may begin with (新区财政局)."""
OF_THE_STATE = vocabulary("names", "of_the_state")
_LONGEST_REMEMBERED = 100
"""Characters of such a name."""
_SHORTEST_PLACE, _LONGEST_PLACE = 2, 6
"""Signs of a place before what a body does (遵义, 红花岗); it has no 市 or 县."""


@remembered
def has_a_place(name: str) -> bool:
    """Whether a name has a place before what the body does (遵义供电局, 乌江水利局): it takes no level besides.

    What is before it must be in no name of a line, for 综合行政执法局 has no place.
    """
    if line_of(name) or name[:1] in LEVELS:
        return False
    for start in range(_SHORTEST_PLACE, min(len(name) - 1, _LONGEST_PLACE + 1)):
        rest = name[start:]
        if line_of(rest) or rest in vocabulary("names", "body_of_a_place"):
            return not any(name[:start] in word for word in mapping("lines", "word", "line"))
    return False


def contradicts(region: str, name: str) -> bool:
    """Whether a name has another level than the region of its column: 市交通委 in the column of a county."""
    level = level_of(name) if name[:1] in REGION_LEVELS else ""
    return name.startswith(OF_THE_STATE) or (bool(level) and not region.endswith(level))


def level_of(name: str) -> str:
    """The level that a name begins with (市 in 市教委), empty where it has none; the 镇 of 镇北堡镇 is none."""
    own = name[:1] in LEVELS and len(name) > 2 and not NO_PREFIX.match(name)
    return name[:1] if own and not (name[:1] in TOWN_LEVELS and kind_of(name) in TOWNSHIP_LEVEL) else ""


def explicit_region(name: str, regions: Sequence[str]) -> tuple[str, str]:
    """The region that a name contains, and the name from there on.

    Example:
        >>> explicit_region("重庆市渝中区教委", []), explicit_region("高新区管委会", []), explicit_region("万州区", [])
        (('渝中区', '渝中区教委'), ('', '高新区管委会'), ('万州区', '万州区'))
        >>> explicit_region("巫溪县某某服务中心", ["巫溪县"])[0]
        '巫溪县'
    """
    if len(name) > _LONGEST_REMEMBERED:
        return _find_region(name, tuple(regions))
    return _known_region(name, tuple(regions))


def _find_region(name: str, regions: tuple[str, ...]) -> tuple[str, str]:
    found = place_at(name)
    many = found and is_collective(name) and is_collective(name[found.end :])
    if found and not many and not NO_PREFIX.match(name[found.end - 1 :]):
        return found.label, name[found.inner :]
    for region in sorted(regions, key=len, reverse=True):
        known = place_at(region)
        if known and known.name != region and name.startswith(known.name):  # 新城区财政局 of 西安市新城区
            return region, name
        if name.startswith(region):
            deeper = explicit_region(name[len(region) :], ()) if len(name) > len(region) else ("", "")
            return deeper if deeper[0] else (region, name)
    return _leading_region(name, _MOST_REGIONS)


_known_region = lru_cache(maxsize=MOST_REMEMBERED)(_find_region)


def _leading_region(name: str, most: int) -> tuple[str, str]:
    """The innermost of the regions that a name begins with, each within the one before it, and the name from there on.

    Args:
        name: The name.
        most: How many regions are looked through.
    """
    match = _REGION.match(name) if most and len(name) <= _LONGEST_NAME and not place_inside(name) else None
    if not match or is_collective(name) or kind_of(match[0]) != "region" or is_no_region(match[0]):
        return "", name
    if match[0] == name and name[:1] not in REGION_LEVELS:
        return name, name
    if level_of(name):
        return "", name
    rest = name[match.end() :]
    inner = _leading_region(rest, most - 1)
    if inner[0]:
        return inner
    township = kind_of(rest) in TOWNSHIP_LEVEL and len(rest) > 2 and rest not in ("街道办事处", "人民政府")
    return (match[0], name) if township or is_of_a_region(rest) else ("", name)


def is_of_a_region(rest: str) -> bool:
    """Whether words behind a region are surely a body of it: its government, its committee, a department of a line."""
    return bool(line_of(rest) or rest in ("人民政府", "政府", "委") or _OF_THE_COMMITTEE.match(rest))


def shortens(plain: str, other: str) -> bool:
    """Whether one name, without brackets, shortens the other.

    Example:
        >>> shortens("区发改委", "区发展改革委"), shortens("区教委", "区商务委")
        (True, False)
    """
    if len(plain) == len(other):
        return False
    short, long = (plain, other) if len(plain) < len(other) else (other, plain)
    if len(short) < 4 or short[0] != long[0] or short[-1] != long[-1]:
        return False
    signs = iter(long)
    return all(sign in signs for sign in short)


def unit_id(region: str, name: str) -> str:
    """Region and name merged as people write them.

    Example:
        >>> unit_id("渝中区", "区发展改革委"), unit_id("巫溪县", "土城镇"), unit_id("重庆市", "市场监管局")
        ('渝中区发展改革委', '巫溪县土城镇', '重庆市市场监管局')
        >>> unit_id("巫溪县宁河街道", "街道司法所"), unit_id("巫溪县土城镇", "镇党政办")
        ('巫溪县宁河街道司法所', '巫溪县土城镇党政办')
    """
    if name.startswith(region):
        return name
    if region.endswith(name) and kind_of(name) in ("region", *TOWNSHIP_LEVEL):
        return region
    if region.endswith(name[:2]) and name[:2] in _LONG_LEVELS and len(name) > 2:
        return region + name[2:]
    overlaps = region[-1:] == name[:1] and region[-1:] in LEVELS and len(name) > 1 and not NO_PREFIX.match(name)
    return region + (name[1:] if overlaps else name)


def short_name(region: str, name: str) -> str:
    """The short form of a name within its region; `unit_id` gives the full form back.

    Example:
        >>> short_name("渝中区", "渝中区发展改革委"), short_name("巫溪县", "巫溪县土城镇")
        ('区发展改革委', '土城镇')
    """
    found = place_at(name)
    begins = len(region) if name.startswith(region) else found.end if found and region.endswith(found.label) else 0
    begins = begins or (found.end if found and region.endswith(found.name) else 0)
    own = place_at(region)
    if not begins and own and name.startswith(own.name):  # 新城区财政局 of 西安市新城区
        begins = len(own.name)
    if not region or not begins or kind_of(name) == "region":
        return name
    rest = name[begins:]
    if rest[0] in "级直":
        return region[-1] + rest
    if kind_of(rest) in ("subdistrict", "town", "township", "management_committee") or is_collective(rest):
        return name if is_collective(rest) and not is_collective(name) else rest
    return region[-1] + rest if region.endswith(_REGION_ENDINGS) else rest
