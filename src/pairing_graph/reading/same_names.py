"""Names that may be one body's: what a name says besides (mother company, place, legal form) is taken off and compared.

Nothing is merged here. A real word more or less (交通局, 交通运输综合行政执法大队; 贵州大学, 贵州师范大学) makes another body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pairing_graph.base.reference import reference
from pairing_graph.base.text import fold_width, squeeze
from pairing_graph.lexicon.levels import LEVELS, NO_PREFIX, REGION_LEVELS
from pairing_graph.lexicon.patterns import one_of, vocabulary
from pairing_graph.reading.kinds import kind_of

_REGION_ENDING = re.compile(rf"(?:自治[县州旗区]|[{REGION_LEVELS}盟])$")
_SHORTEST_STEM = 2
"""Signs of a place without 县 or 市 that are looked for in a name: one sign (环县) is in too many words."""
_NOT_OF_THE_REGION = re.compile(r"[镇乡村]|街道|社区")
"""What follows a place that is named after the region but smaller (和平镇 in 和平县)."""
_ABBREVIATED = ("department", "party_organ", "institution", "management_committee", "enterprise")
"""Kinds whose names are abbreviated word by word; of schools and hospitals (中医院, 中心医院) each word counts."""
_REORDERED = "department"
_WORD = 2
"""Signs of a word that no table lists; a name is cut into such words from its beginning."""
_SHORTEST_CORE = 2
"""Signs that are left of a name at the least: one (局) is no name."""
_SHORTEST_ABBREVIATION = 3
"""Signs of a name that abbreviates another (教体局); two (团委) are in too many."""
_LEVELS_WITH_BRANCHES = "区县旗"
"""Levels whose bureau may be its city's branch: 县生态环境分局 is the county's, 市生态环境分局 one of several."""
_MOST_PASSES = 4
"""Times that a name is put in shorter forms: 农业农村工作办, 农村工作办, 农办."""
_FEWEST_TO_REORDER = 4
"""Signs of a name whose words may stand in another order (文旅广体局, 广文旅体局)."""
_LOCAL_PLACE = re.compile(r"([\u4e00-\u9fff]{2,6}?[县市区旗州])[\u4e00-\u9fff]{2}")


@dataclass(frozen=True)
class Body:
    """What is left of a name.

    Attributes:
        level: The sign of its region's level (县), of its own or from its place; empty where it has neither.
        core: What the body does, in the shortest of its listed forms (供电公司).
        words: The core cut into words that an abbreviation may shorten; one that is listed is no further cut.
        kind: The kind of body.
        signs: What was taken off or put in a shorter form: parent, place, form.
    """

    level: str
    core: str
    words: tuple[str, ...]
    kind: str
    signs: frozenset[str]


def body_of(name: str, places: Sequence[str]) -> Body:
    """A name without its mother company, place, level and legal form.

    Args:
        name: The name.
        places: The regions that it may belong to.

    Example:
        >>> [body_of(name, ["石柱县"]).core for name in ("国网石柱县供电公司", "石柱供电公司", "县供电有限责任公司")]
        ['供电公司', '供电公司', '供电公司']
    """
    plain = squeeze(fold_width(name))
    rest = _without_parent(plain)
    signs = {"parent"} if rest != plain else set()
    rest, level = _without_level(rest)
    spelt = _respelt(rest, "first")
    bare, place = _without_place(spelt, places)
    if place:
        level = place[-1]
        signs.add("place")
    bare, level = _without_level_inside(bare, level)
    words, core = _shortest(_without_branch(bare, level, named=bool(place)) if level else bare)
    if core != bare or spelt != rest:
        signs.add("form")
    return Body(level, core, words, kind_of(name), frozenset(signs))


def is_short_for(short: Body, long: Body) -> bool:
    """Whether one name abbreviates each word of the other, and leaves none out.

    Example:
        >>> bodies = [body_of(name, ()) for name in ("县科技局", "县科学技术局", "县农业科学技术局")]
        >>> is_short_for(bodies[0], bodies[1]), is_short_for(bodies[0], bodies[2])
        (True, False)
    """
    if short.level != long.level or long.kind not in _ABBREVIATED or short.kind not in _ABBREVIATED:
        return False
    if not _SHORTEST_ABBREVIATION <= len(short.core) < len(long.core) or short.core[-1] != long.core[-1]:
        return False
    in_full = all(len(one) >= _WORD for one in long.words[:-1])  # 文广旅局 is short itself, and nothing's long form.
    return in_full and _shortens(short.core, long.words)


def is_reordered(one: Body, other: Body) -> bool:
    """Whether two names of departments have the same signs in another order.

    Example:
        >>> is_reordered(body_of("县文旅广体局", ()), body_of("县文广旅体局", ()))
        True
    """
    same = one.level == other.level and one.kind == other.kind == _REORDERED and one.core[-1] == other.core[-1]
    return same and len(one.core) >= _FEWEST_TO_REORDER and sorted(one.core) == sorted(other.core)


def local_places(names: Sequence[str]) -> list[str]:
    """The places that names have behind a mother company: the only hint where a notice does not say its region.

    Example:
        >>> local_places(["国网某某县供电公司", "县供电公司", "国网某某供电公司"])
        ['某某县']
    """
    found = []
    for name in names:
        rest = _without_parent(name)
        match = _LOCAL_PLACE.match(rest) if rest != name else None
        found += [match[1]] if match else []
    return list(dict.fromkeys(found))


def _without_parent(name: str) -> str:
    opening = next((word for word in vocabulary("same_names", "parent") if name.startswith(word)), "")
    return name[len(opening) :] if len(name) - len(opening) > _SHORTEST_CORE else name


def _without_level(name: str) -> tuple[str, str]:
    """The name without the sign of a level that it begins with (县水利局), and that sign."""
    if name[:1] in LEVELS and len(name) > _SHORTEST_CORE and not NO_PREFIX.match(name):
        return name[1:], name[0]
    return name, ""


def _without_level_inside(name: str, level: str) -> tuple[str, str]:
    """The name without the sign of a level behind its opening (团县委)."""
    for opening in vocabulary("same_names", "before_place"):
        if not level and name.startswith(opening) and name[len(opening) : len(opening) + 1] in tuple(LEVELS):
            return opening + name[len(opening) + 1 :], name[len(opening)]
    return name, level


def _without_place(name: str, places: Sequence[str]) -> tuple[str, str]:
    """The name without the region that it names at its beginning or before a branch, and that region."""
    for place in places:
        for written in _written(place):
            start = name.find(written)
            behind = name[start + len(written) :]
            if start < 0 or not behind or (written != place and _NOT_OF_THE_REGION.match(behind)):
                continue
            before = name[:start]
            if not before or before in vocabulary("same_names", "before_place") or _branches().match(behind):
                return before + behind, place
    return name, ""


def _written(place: str) -> Iterator[str]:
    """How names write a region: in full, or without the sign of its level; 石柱土家族自治县 is 石柱 or 石柱县."""
    yield place
    stem = _REGION_ENDING.sub("", place)
    if "自治" in place and "族" in stem:
        stem = stem[:_SHORTEST_STEM]
        yield stem + place[-1]
    if len(stem) >= _SHORTEST_STEM:
        yield stem


@cache
def _branches() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of('same_names', 'branch', 'branch_office')}|{one_of('names', 'branch')})$")


def _without_branch(name: str, level: str, *, named: bool) -> str:
    """A branch as the body of its place: 电信分公司 is what a county calls its 电信公司."""
    uses = ("branch_office", "branch") if named or level in _LEVELS_WITH_BRANCHES else ("branch",)
    for word, form in (row for use in uses for row in _forms(use).items()):
        if name.endswith(word) and len(name) - len(word) >= _SHORTEST_CORE:
            return name[: -len(word)] + form
    return name


def _respelt(name: str, use: str) -> str:
    """A name with its listed words in their shorter form."""
    forms = _forms(use)
    return re.sub("|".join(map(re.escape, forms)), lambda match: forms[match[0]], name)


def _shortest(name: str) -> tuple[tuple[str, ...], str]:
    """The words of a name in their shortest form, and all in one: a form may be part of another listed word."""
    for _ in range(_MOST_PASSES):
        words = tuple(_words(name))
        if "".join(words) == name:
            break
        name = "".join(words)
    return words, name


def _words(core: str) -> Iterator[str]:
    """The words of a name in a shorter listed form; what is not listed is cut by twos, the last sign left alone."""
    forms, left_out = _forms("form"), vocabulary("same_names", "left_out")
    position = 0
    while position < len(core):
        listed = _listed().match(core, position)
        if listed:
            yield forms.get(listed[0], listed[0])
            position = listed.end()
        elif position and position < len(core) - 1 and core[position] in left_out:
            position += 1
        else:
            length = _WORD if position + _WORD < len(core) else 1
            behind = core[position + 1 : position + 2]
            if length > 1 and (behind in left_out or _listed().match(core, position + 1)):
                length = 1
            yield core[position : position + length]
            position += length


@cache
def _listed() -> re.Pattern[str]:
    """Any listed word, and any form of one that is a word itself; the longest counts."""
    forms = _forms("form")
    words = {*forms, *(form for form in forms.values() if len(form) >= _WORD)}
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


@cache
def _forms(use: str) -> Mapping[str, str]:
    """The listed words with their shorter form, the longest first."""
    rows = [row for row in reference("same_names") if row["use"] == use]
    return {row["word"]: row["form"] for row in sorted(rows, key=lambda row: -len(row["word"]))}


def _shortens(short: str, words: Sequence[str]) -> bool:
    """Whether a text has each of the words in turn: an unlisted word of two signs in full or its first sign."""
    if not words:
        return not short
    first, rest = words[0], words[1:]
    cut = len(first) == _WORD and first not in _forms("form").values()
    return any(
        short.startswith(form) and _shortens(short[len(form) :], rest)
        for form in ((first, first[0]) if cut else (first,))
    )
