"""What is a name at all, and what surely names a unit or a person.

No state and no document here; `units` turns names into units. Nothing that is no name passes: sentences, dates,
numbers, persons, heading words, cut-off and damaged words are recognised by `invalid_reason`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pairing_graph.base.reference import mapping, reference
from pairing_graph.base.remembered import remembered
from pairing_graph.base.text import fold_width, iso_date, squeeze
from pairing_graph.lexicon.levels import LEVELS, NO_PREFIX, REGION_LEVELS
from pairing_graph.lexicon.patterns import composed_headings, heading_rows, is_ditto, one_of, vocabulary
from pairing_graph.reading.behind_names import split_qualifier, without_open_end
from pairing_graph.reading.kinds import (
    bare_collectives,
    is_collective,
    is_listed_township,
    kind_of,
    known_kind,
    line_of,
)

_DAMAGED = re.compile(r"[\ufffd□■◆]|\?{2,}|？{2,}")
_SENTENCE = re.compile(
    rf"[。！？!?：:；;<>{{}}=“”《》]|^{one_of('names', 'opens_no_name')}|^\d+$|^[-—－/\\.…*~～+]+$|[（(]$"
)
_DATE = re.compile(rf"\d{{2}}年|\d月|\d日|{one_of('times', 'date')}|^{one_of('times', 'opens_date')}")
_NUMBERS = re.compile(r"\d[个项家名所座处条户人次场件]$|^第?[\d.%％]+[个项家名次条批号]?$|\d{5,}|^[A-Za-z0-9._@-]+$")
_HALF = re.compile(
    rf"{one_of('names', 'ends_no_name')}$|^{one_of('names', 'new_or_old')}?{one_of('names', 'part_of_a_place')}区$"
    rf"|^{one_of('names', 'no_name')}$|^{one_of('names', 'points_to_a_place')}[省市区县镇乡州](?!.*各)"
    rf"|^{one_of('names', 'opens_sentence')}"
)
_PERSON = re.compile(
    rf"{one_of('persons', 'title')}(?:[\u4e00-\u9fff]{{2,3}})?$|^[\u4e00-\u9fff]某{{1,2}}[\u4e00-\u9fff]?$|^某某|[×Xx*＊○]{{2,}}$"
)
_MARK = re.compile(
    rf"[{LEVELS}团国中]|{one_of('names', 'opens_name')}|[高新经开保税]{{2}}区"
    r"|[\u4e00-\u9fff]{2,4}(?:省|市|区|县)(?=[^、]{2,}[局委办])"
)
_TITLE = re.compile(one_of("persons", "title"))
_SURNAMES = frozenset(vocabulary("persons", "surname"))
_LONGEST_NAME = 30
"""Characters of a name, the bracket behind it left out; longer words are sentences."""
_LEVEL_AND_SIGN = 2
"""Characters of a level with one sign: 县科 is what is left of 县科教局, whatever its ending."""
_LONGEST_UNKNOWN = 12
"""Characters of the name of a body whose ending no table knows: 国家粮食和物资储备 has nine; longer words are a clause."""
_NO_BODY = re.compile(one_of("names", "not_in_a_body"))
PLAIN_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·]+")
"""Words without a sign between them."""
_LEADING_REGION = re.compile(rf"[\u4e00-\u9fff]{{2,8}}?(?:自治县|自治州|[{REGION_LEVELS}])")


@remembered
def invalid_reason(words: str) -> str:
    """Why words are no name, as a reason of the `unread` table; empty where they are one.

    Example:
        >>> invalid_reason("县商务委"), invalid_reason("6月底前完成"), invalid_reason("张某某"), invalid_reason("县商□委"), invalid_reason("责任单位")
        ('', 'date_among_names', 'person', 'damaged', 'not_a_name')
        >>> invalid_reason("县发展改"), invalid_reason("某未知机构"), invalid_reason("县科"), invalid_reason("县委")
        ('unknown_kind', 'unknown_kind', 'unknown_kind', '')
    """
    words = fold_width(words)
    base, qualifier = split_qualifier(words)
    if is_ditto(words):
        return "not_a_name"
    if _DAMAGED.search(words):
        return "damaged"
    short = len(base) == _LEVEL_AND_SIGN and base[:1] in LEVELS and kind_of(base) == "department"
    if known_kind(base) and not is_no_name(base) and not (short and _is_cut_off(base)):
        return "" if len(words) <= _LONGEST_NAME + len(qualifier) else "not_a_name"
    if is_person(base):
        return "person"
    if _DATE.search(words) or iso_date(words):
        return "date_among_names"
    return "not_a_name" if len(words) < 2 or is_no_name(base) else "unknown_kind"


@remembered
def may_be_body(words: str) -> bool:
    """Whether words may name a body though no table knows their ending: short, whole, no date, person or clause.

    Example:
        >>> [may_be_body(words) for words in ("新华书店", "海关", "专人", "进一步加强监管", "县发展改")]
        [True, True, False, False, False]
    """
    base = split_qualifier(fold_width(squeeze(words)))[0]
    reason = invalid_reason(base)
    if reason == "unknown_kind":
        plausible = len(base) <= _LONGEST_UNKNOWN and bool(PLAIN_WORDS.fullmatch(base)) and not _NO_BODY.search(base)
        return plausible and not _is_cut_off(base)
    return not reason


def _is_cut_off(name: str) -> bool:
    """Whether a name breaks off: in one that the lines know (县发展改 of 发展改革委), or in an ending (县融媒体中 of 中心)."""
    core = name[1:] if name[:1] in LEVELS else name
    begun = name[:1] in LEVELS and name[-1] in _begun_endings()
    return begun or any(word.startswith(core) and word != core for word in mapping("lines", "word", "line"))


@cache
def _begun_endings() -> frozenset[str]:
    """The first signs of endings of two signs and more, those apart that end names themselves."""
    endings = mapping("kinds", "ending", "kind")
    begun = {ending[0] for ending in endings if len(ending) > 1} | {*vocabulary("names", "begun_ending")}
    return frozenset(begun) - frozenset(endings)


@remembered
def is_person(words: str) -> bool:
    """Whether words name a person: a title, a placeholder, or a family name with one or two signs behind it.

    Example:
        >>> is_person("副县长李某"), is_person("王建国"), is_person("张某某"), is_person("县商务委")
        (True, True, True, False)
    """
    plain = squeeze(words)
    if known_kind(plain) or not plain:
        return False
    two_or_three = 2 <= len(plain) <= 3 and plain[0] in _SURNAMES and bool(re.fullmatch(r"[\u4e00-\u9fff]+", plain))
    return two_or_three or bool(_PERSON.search(plain))


@remembered
def body_of_titled(words: str) -> str:
    """The body before a person's title or in the bracket behind a person, empty where there is none.

    Example:
        >>> [body_of_titled(words) for words in ("县水利局局长 郑怀远", "张伟（县水利局）", "县长李明", "县水利局")]
        ['县水利局', '县水利局', '', '']
    """
    plain = squeeze(words)
    person, body = split_qualifier(plain)
    if body and is_person(person) and known_kind(body):
        return body
    for match in _TITLE.finditer(plain):
        base = plain[: match.start()]
        if known_kind(base) and is_unit_like(base):
            return base
    return ""


@remembered
def is_unit_like(words: str) -> bool:
    """Whether words outside of a unit column are surely a unit: a known kind of body, and the mark of a name before it.

    Example:
        >>> [is_unit_like(name) for name in ("县商务局", "各乡镇", "土城镇", "加强培训中心", "县域经济", "推进城镇")]
        [True, True, True, False, False, False]
    """
    plain = without_open_end(words)
    base = split_qualifier(fold_width(plain))[0]
    if not base or invalid_reason(plain):
        return False
    marked = bool(_MARK.match(base)) and not NO_PREFIX.match(base)
    township = kind_of(base) in ("subdistrict", "town", "township", "management_committee", "region", "enterprise")
    return marked or is_collective(base) or township or bool(line_of(base)) or bool(line_of(_tail(base)))


def are_units(words: Sequence[str]) -> bool:
    """Whether the members of a list are units: half of them surely, the others by their kind.

    Example:
        >>> are_units(["市财政局", "重庆金融监管局"]), are_units(["重庆金融监管局"])
        (True, False)
    """
    plain = list(map(without_open_end, words))
    sure = [is_unit_like(name) for name in plain]
    others = [name for name, ok in zip(plain, sure, strict=True) if not ok]
    return sum(sure) * 2 >= len(plain) > 0 and not any(invalid_reason(name) for name in others)


def _tail(name: str) -> str:
    """A name behind the region that it begins with (渝北区财政局), the name itself where there is none."""
    match = _LEADING_REGION.match(name)
    return name[match.end() :] if match and match.end() < len(name) else name


def is_no_name(base: str) -> bool:
    """Whether words are a clause, a number, half a name or a heading, and no township of the country is called so.

    Example:
        >>> [is_no_name(words) for words in ("的县财政局", "12个", "责任单位", "县财政局")]
        [True, True, True, False]
    """
    broken = _SENTENCE.search(base) or _NUMBERS.search(base) or _HALF.search(base)
    if broken or (_is_heading_word(base) and base not in bare_collectives()):
        return not is_listed_township(base)
    return False


def _is_heading_word(words: str) -> bool:
    listed, composed = _heading_words()
    return words in listed or bool(composed.fullmatch(words))


@cache
def _heading_words() -> tuple[frozenset[str], re.Pattern[str]]:
    words = {word for word, _, _ in heading_rows()} | {row["word"] for row in reference("roles")}
    return frozenset(words), re.compile(composed_headings())
