"""The regions of a notice by its cover: title, issuers, official number, the lines at its head; and what else to go by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pairing_graph.base.text import squeeze
from pairing_graph.lexicon.levels import REGION_LEVELS
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.places.gazetteer import places_named
from pairing_graph.places.mentions import NamedPlace, common_place_at, place_at, places_in, whole_place

_REGION = (
    rf"(?!{one_of('names', 'no_region_in_title')})"
    r"[\u4e00-\u9fff]{1,7}?(?:自治县|自治州|自治旗|[省市区县旗](?![域划块际场民直级内]))"
)
_REGION_IN_TITLE = re.compile(
    rf"(?:^|年度?|[《·•・、与和－—-]|{one_of('names', 'before_region')})(?P<region>{_REGION})(?=[·•・、与和－—-]|[^市区县社]|$)"
)
_REGION_OF_ISSUER = re.compile(
    r"(?:[\u4e00-\u9fff]+?(?:省|市|州)(?=[\u4e00-\u9fff]{2,}[区县市旗]))?"
    rf"(?P<region>[\u4e00-\u9fff]{{1,8}}?(?:自治县|自治州|自治旗|[{REGION_LEVELS}]))(?={one_of('names', 'opens_issuer')})"
)
_NO_REGION = re.compile(
    rf"(?:[{REGION_LEVELS}](?:委[{REGION_LEVELS}]|[{REGION_LEVELS}])$|{one_of('names', 'no_region_ending')}|^(?:[城都县区省全我各两该本集超]|地)[市区县州省旗]$"
    rf"|{one_of('names', 'sort_of_region')}[县市区]|[两全各]地?[县市区])$"
)
_TOWNSHIP = re.compile(
    rf"[\u4e00-\u9fff]{{1,7}}?{one_of('names', 'township_ending')}(?={one_of('names', 'behind_township')}|\d)"
)
_GOVERNMENT = "人民政府"
_JOINERS = frozenset("·•・、与和－—-")
_PARTY = "中共"
_PARTY_OR_LEAGUE = re.compile(rf"^(?:{_PARTY}|{one_of('names', 'league')})")
_LABEL_SIGN = re.compile("[：:]")
_YEAR = re.compile(r"\d{4}(?:年|\D\d{4}年)")
_ORGAN_IN_NUMBER = re.compile(one_of("names", "organ_in_number"))
_AHEAD = 2
"""How many times as often as the next one a text names the region that it is about."""
_SHORT_NAME = (2, 4)
"""Signs of the short name of a region at the head of an official number (巫溪府发, 石河子政办发)."""


def regions_of_cover(
    titles: Sequence[str], issuers: Sequence[str], number: str, lines: Iterable[str]
) -> tuple[str, ...]:
    """The regions that the parts of a cover name, the best of them that names one.

    Args:
        titles: The title and the captions.
        issuers: Who issued it.
        number: The official number.
        lines: The lines at its head, the first rows of its sheets, its lines of labels.

    Example:
        >>> regions_of_cover(["关于下达巫溪县2023年重点任务的通知"], [], "", [])
        ('巫溪县',)
        >>> regions_of_cover([], [], "巫溪府发〔2022〕24号", []), regions_of_cover([], [], "", ["长泰区2024年重点事项交办单"])
        (('巫溪县',), ('长泰区',))
    """
    named = [region for title in titles for region in regions_in_title(title)]
    named += [region for issuer in issuers if (region := region_of_issuer(issuer))]
    found = named or _of_number(number) or [region for line in lines if (region := region_at_head(line))]
    return once_each(found)


def once_each(regions: Iterable[str]) -> tuple[str, ...]:
    """Regions without those that are another of them by a shorter or longer name.

    Example:
        >>> once_each(["南京市鼓楼区", "鼓楼区", "彭水苗族土家族自治县", "彭水县", "某某县"])
        ('南京市鼓楼区', '彭水苗族土家族自治县', '某某县')
    """
    kept: list[str] = []
    for region in dict.fromkeys(regions):
        longer = next((known for known in kept if region.endswith(known)), None)
        if longer:
            kept[kept.index(longer)] = region
        elif not any(known.endswith(region) or _codes(known) & _codes(region) for known in kept):
            kept.append(region)
    return tuple(kept)


def _codes(region: str) -> frozenset[str]:
    found = whole_place(region)
    return frozenset(place.code for place in found.candidates) if found else frozenset()


def regions_in_title(title: str) -> list[str]:
    """The regions that a title names: those of the gazetteer, and others by their ending, without the verb before them.

    Example:
        >>> regions_in_title("南京市鼓楼区与西安市新城区协作任务分解表"), regions_in_title("关于印发某某县任务分解表的通知")
        (['南京市鼓楼区', '西安市新城区'], ['某某县'])
    """
    known = [(found.start, found.end, _with_township(found, title)) for found in places_in(title)]
    by_ending = [
        (match.start("region"), match.end("region"), innermost(match["region"]))
        for match in _REGION_IN_TITLE.finditer(title)
        if not _NO_REGION.search(match["region"]) or _is_dated_county(match["region"], title[match.end("region") :])
    ]
    others = [
        one
        for one in by_ending
        if not any(one[0] < end and start < one[1] for start, end, _ in known)
        and (not known or {title[one[0] - 1 : one[0]], title[one[1] : one[1] + 1]} & _JOINERS)
    ]
    return [region for _, _, region in sorted([*known, *others])]


def _is_dated_county(words: str, behind: str) -> bool:
    """Whether words that are a common word too are a county's name: a year follows (老城区2022年重点任务)."""
    found = common_place_at(words)
    return found is not None and found.name == words and bool(_YEAR.match(behind))


def region_of_issuer(issuer: str) -> str:
    """The region that an organ belongs to.

    Example:
        >>> region_of_issuer("巫溪县人民政府"), region_of_issuer("中共重庆市渝中区委办公室"), region_of_issuer("某某县财政局")
        ('巫溪县', '渝中区', '某某县')
        >>> region_of_issuer("重庆市巫溪县土城镇人民政府"), region_of_issuer("巫溪县人民政府宁河街道办事处")
        ('巫溪县土城镇', '巫溪县宁河街道')
    """
    plain = _PARTY_OR_LEAGUE.sub("", issuer)
    found = place_at(plain)
    if found:
        return _with_township(found, plain)
    match = _REGION_OF_ISSUER.match(plain)
    return match["region"] if match else ""


def region_at_head(line: str, regions: Sequence[str] = ()) -> str:
    """The region that a line begins with and the only one in it, behind a label if it has one (填报单位：巫溪县教委).

    Args:
        line: The line.
        regions: Regions that count besides those of the gazetteer.

    Example:
        >>> region_at_head("曲阳县扶贫开发领导小组"), region_at_head("填报单位：巫溪县教委"), region_at_head("渝中区——巫溪县")
        ('曲阳县', '巫溪县', '')
    """
    words = _LABEL_SIGN.split(squeeze(line), maxsplit=1)[-1].removeprefix(_PARTY)
    found = place_at(words)
    if found:
        return _with_township(found, words) if len(list(places_in(words))) == 1 else ""
    named = [region for region in regions if region in words]
    return named[0] if len(named) == 1 and words.startswith(named[0]) else ""


def guess_region(texts: Iterable[str]) -> str:
    """The county that words without a cover name above all others, empty where two compete.

    Example:
        >>> guess_region(["石台县财政局、国网石台县供电公司", "贵池区"]), guess_region(["石台县、贵池区"])
        ('石台县', '')
    """
    counts = Counter(
        found.label for text in texts for found in places_in(squeeze(text)) if found.candidates[0].level == "county"
    )
    (best, second, *_) = [*counts.most_common(2), ("", 0), ("", 0)]
    return best[0] if best[1] >= _AHEAD * second[1] else ""


def is_no_region(words: str) -> bool:
    """Whether words end like a region and are none: 社区, 校区, 县市.

    Example:
        >>> is_no_region("某某学院抚远校区"), is_no_region("巫溪县")
        (True, False)
    """
    return bool(_NO_REGION.search(words))


def lowest(regions: Iterable[str]) -> list[str]:
    """The regions of which none lies in another of them: 重庆市 goes where 巫溪县 is there too.

    Example:
        >>> lowest(["重庆市", "巫溪县"]), lowest(["渝中区", "巫溪县"])
        (['巫溪县'], ['渝中区', '巫溪县'])
    """
    regions = list(dict.fromkeys(regions))
    above = {name for region in regions if (found := place_at(region)) for name in _above(found)}
    return [region for region in regions if region not in above] or regions


def innermost(region: str) -> str:
    """A region without the one that it lies in (重庆市渝中区), the prefecture kept where the gazetteer needs it."""
    found = whole_place(region)
    if found:
        return found.label
    match = re.fullmatch(r"[\u4e00-\u9fff]+?(?:省|市|州)(?P<inner>[\u4e00-\u9fff]{2,}[区县市旗])", region)
    return match["inner"] if match else region


def _of_number(number: str) -> list[str]:
    """The region whose short name an official number begins with, where only one county or city has it."""
    shortest, longest = _SHORT_NAME
    for length in range(longest, shortest - 1, -1):
        short, rest = number[:length], number[length:]
        if not _ORGAN_IN_NUMBER.match(rest):
            continue
        places = [place for place in places_named(short) if place.level != "township" and short in place.short_forms]
        if len(places) == 1:
            return [places[0].name]
    return []


def _with_township(found: NamedPlace, words: str) -> str:
    """The label of a place, with the township behind it where words about a township of it follow."""
    behind = found.end + len(_GOVERNMENT) if words.startswith(_GOVERNMENT, found.end) else found.end
    town = _TOWNSHIP.match(words, behind)
    return found.label + town[0] if town and found.candidates[0].level == "county" else found.label


def _above(found: NamedPlace) -> set[str]:
    return {name for place in found.candidates for name in place.path[:-1]}
