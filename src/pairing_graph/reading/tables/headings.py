"""Heading words: what the words above a column say that it holds, and the region that they name.

Words are a prior only; `columns` weighs them against the cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from pairing_graph.base.reference import mapping
from pairing_graph.base.remembered import MOST_REMEMBERED, remembered
from pairing_graph.base.text import fold_width, squeeze, undouble
from pairing_graph.lexicon.levels import REGION_LEVELS
from pairing_graph.lexicon.patterns import composed_headings, heading_rows, meaning_of_composed, one_of, one_of_roles
from pairing_graph.places.mentions import place_at
from pairing_graph.reading.options import Options

Meaning = Literal[
    "number", "area", "task", "goal", "lead", "responsible", "support", "guide", "leaders", "deadline", "remark",
    "progress", "donor", "recipient", "unit", "marked", "other", "unknown",
]  # fmt: skip
ROLE_MEANINGS: tuple[Meaning, ...] = ("lead", "responsible", "support", "guide")
SIDE_MEANINGS: tuple[Meaning, ...] = ("donor", "recipient", "unit")
_REGION = re.compile(
    rf"(?!{one_of('names', 'no_region_in_heading')})[\u4e00-\u9fff]{{1,8}}?(?:自治县|自治州|新区|[{REGION_LEVELS}盟])"
)
_RULE_IN_HEADING = re.compile(
    rf"[（(][^（）()]*(?:{one_of('role_words', 'rule_in_heading')}|{one_of_roles('lead')}(?:单位|部门))[^（）()]*[)）]"
)
_TITLE = re.compile(rf"^.{{5,}}{one_of('titles', 'above_a_table')}$|^.{{0,4}}[。；：:，]|[。；：:，]$")
_BRACKET = re.compile(r"[（(][^（()）]*[)）]$")
_AND = re.compile(rf"(?<=.){one_of('names', 'joiner')}(?=.)|[、/／（(](?=.)")
_LONGEST_HEADING = 24
"""Characters of a heading cell; longer ones are sentences. The longest name of a county has 15 (积石山保安族东乡族撒拉族自治县),
and the words behind it have up to nine (牵头责任单位及联系人)."""
_LONGEST_WITH_RULE = 200
"""Characters of a heading cell with a rule in a bracket; longer words head nothing."""
_SHORT_HEADING = 6
"""Characters of a heading that a word marked `short` in `headers.csv` may end."""


def looks_like_heading(text: str, options: Options) -> bool:
    """Whether a cell's words name a column.

    Example:
        >>> looks_like_heading("巫溪县牵头\\n责任单位", Options()), looks_like_heading("产业协同方面", Options())
        (True, False)
    """
    words = heading_words(text)
    return 0 < len(words) <= _LONGEST_HEADING and _names_a_column(words, options.heading_words)


@lru_cache(maxsize=MOST_REMEMBERED)
def _names_a_column(words: str, further: tuple[tuple[str, str, str], ...]) -> bool:
    region, rest = split_region(words, ())
    if _TITLE.search(words):
        return False
    return (bool(region) and not rest) or _meaning(rest, further) != "unknown"


@remembered
def heading_words(text: str) -> str:
    """The words of a heading cell without breaks and without a rule in a bracket, printed once.

    Example:
        >>> heading_words("序号\\n序号"), heading_words("责任单位（列首位的为牵头单位，下同）")
        ('序号', '责任单位')
    """
    words = squeeze(fold_width(text))
    return undouble(_RULE_IN_HEADING.sub("", words) if len(words) <= _LONGEST_WITH_RULE else words)


def split_region(words: str, regions: Sequence[str]) -> tuple[str, str]:
    """A region named at the head of a heading or in the bracket that ends it, and the rest of it.

    Example:
        >>> split_region("巫溪县牵头责任单位", ["巫溪县"]), split_region("帮扶单位（渝中区）", ["渝中区"])
        (('巫溪县', '牵头责任单位'), ('渝中区', '帮扶单位'))
    """
    region, rest = _region_at_head(words, regions)
    bracket = _BRACKET.search(words)
    if region or not bracket or not bracket.start():
        return region, rest
    region, rest = _region_at_head(bracket[0].strip("（()）"), regions)
    return (region, words[: bracket.start()]) if region and not rest else ("", words)


def _region_at_head(words: str, regions: Sequence[str]) -> tuple[str, str]:
    found = place_at(words)
    if found:
        named = [region for region in regions if region in (found.label, found.name) or region.endswith(found.name)]
        return named[0] if len(named) == 1 else found.label, words[found.end :].lstrip("的：:")
    for region in sorted(regions, key=len, reverse=True):
        if words.startswith(region):
            return region, words[len(region) :].lstrip("的：:")
        stem = region[:-1]
        if len(stem) >= 2 and words.startswith(stem):
            return region, words[len(stem) :].lstrip("的：:")
    match = _REGION.match(words)
    if match and not regions and len(match[0]) >= 3:
        return match[0], words[match.end() :].lstrip("的：:")
    whole = _REGION.fullmatch(words)
    return (words, "") if whole and len(words) >= 3 else ("", words)


def meaning_of(words: str, options: Options) -> Meaning:
    """The meaning of the longest heading word that fits, an exact fit before an ending before a part.

    An `ending` word ends the heading, a `short` one ends a heading of at most six signs, a `contained` one is part of it.

    Example:
        >>> meaning_of("牵头责任单位", Options()), meaning_of("产业协同方面", Options())
        ('lead', 'unknown')
        >>> meaning_of("责任单位及完成时限", Options())
        'responsible'
    """
    return _meaning(words, options.heading_words)


def is_listed(text: str, options: Options) -> bool:
    """Whether the words of a heading cell are a heading word from first to last.

    Example:
        >>> is_listed("完成\\n时限", Options()), is_listed("县牵头单位", Options())
        (True, False)
    """
    words = heading_words(text)
    rows = (*options.heading_words, *heading_rows())
    return any(words == word for word, _, _ in rows) or bool(re.fullmatch(composed_headings(), words))


@lru_cache(maxsize=MOST_REMEMBERED)
def _meaning(words: str, further: tuple[tuple[str, str, str], ...]) -> Meaning:
    if len(words) > _LONGEST_HEADING:
        return "unknown"
    both = _who_and_by_when(words, further)
    if both:
        return both
    rows = (*further, *heading_rows())
    fits = [
        (rank, len(word), -place, meaning)
        for place, (word, meaning, match) in enumerate(rows)
        if word in words and (rank := _fit(words, word, match))
    ]
    composed = _composed().search(words)
    if composed:
        meaning = meaning_of_composed(composed[1], composed[2])
        rank = _fit(words, composed[0], "ending")
        fits.append((rank, len(composed[0]), -len(rows), meaning))
    if not fits and _BRACKET.search(words):
        return _meaning(_BRACKET.sub("", words), further)
    return max(fits)[3] if fits else "unknown"  # type: ignore[return-value]


def _who_and_by_when(words: str, further: tuple[tuple[str, str, str], ...]) -> Meaning | None:
    """The role in a heading of bodies and their deadlines, which the cells keep apart; None where it is not of both."""
    for sign in _AND.finditer(words):
        halves = _meaning(words[: sign.start()], further), _meaning(words[sign.end() :].rstrip("）)"), further)
        role = next((half for half in halves if half in ROLE_MEANINGS), None)
        if role and "deadline" in halves:
            return role
    return None


@cache
def _composed() -> re.Pattern[str]:
    return re.compile(rf"{composed_headings()}$")


def _fit(words: str, word: str, match: str) -> int:
    if words == word:
        return 3
    if match in ("ending", "contained") and words.endswith(word):
        return 2
    if match == "short":
        return 1 if words.endswith(word) and len(words) <= _SHORT_HEADING else 0
    return 1 if match == "contained" and word in words else 0


def hinted_role(heading: str) -> Meaning | None:
    """The role that a part of a heading hints at, a sign before a word: 联动配合单位, 总召集方; None where none does.

    Example:
        >>> hinted_role("联动配合单位"), hinted_role("总召集方"), hinted_role("叒叕栏")
        ('support', 'lead', None)
    """
    signs, words = mapping("heading_signs", "sign", "role"), mapping("roles", "word", "role")
    for known in (signs, words):
        found = [role for word, role in known.items() if word in heading]
        if found:
            return next((role for role in ROLE_MEANINGS if role in found), None)
    return None
