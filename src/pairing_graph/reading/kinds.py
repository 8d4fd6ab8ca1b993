"""What kind of body a name is, by the reviewed words: its ending, its line, whether it means many.

No state and no document here, as in `names`, which tells what is a name at all.
"""

from __future__ import annotations

import re
from functools import cache

from pairing_graph.base.reference import mapping, reference
from pairing_graph.base.remembered import remembered
from pairing_graph.lexicon.levels import LEVELS, NO_PREFIX
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.places.gazetteer import places_named
from pairing_graph.reading.behind_names import split_qualifier

_ALL = one_of("names", "all")
_COLLECTIVE = re.compile(
    rf"^[{LEVELS}]?[级直属]*{_ALL}|^{one_of('names', 'others')}|{_ALL}{one_of('names', 'one_of_all')}"
    rf"|各[\u4e00-\u9fff]{{1,8}}$|{one_of('names', 'general_body')}$"
)
_OFFICE_OF_A_GROUP = re.compile(rf"[{LEVELS}]?{one_of('names', 'group')}办(?:公室)?")
_TOWNSHIP = re.compile(rf"[\u4e00-\u9fff]{{2,}}{one_of('names', 'township_level')}")


@remembered
def is_collective(name: str) -> bool:
    """Whether a name is collective, meaning many units.

    Example:
        >>> is_collective("县级各部门"), is_collective("各街道"), is_collective("县商务委")
        (True, True, False)
        >>> is_collective("县乡镇"), is_collective("肥乡镇"), is_collective("史各庄街道")
        (True, False, False)
    """
    plain = split_qualifier(name)[0]
    known = collective_words()
    levelled = plain[:1] in LEVELS and plain[1:] in known
    if wide_brackets(name) in known or plain in known or levelled:
        return True
    return bool(_COLLECTIVE.search(plain)) and not is_listed_township(plain)


def wide_brackets(name: str) -> str:
    """A name with its brackets as the reviewed tables write them.

    Example:
        >>> wide_brackets("各乡镇(街道)")
        '各乡镇（街道）'
    """
    return name.replace("(", "（").replace(")", "）")


@cache
def collective_words() -> frozenset[str]:
    """The words of the reviewed table of collectives."""
    return frozenset(row["word"] for row in reference("collectives"))


@cache
def bare_collectives() -> frozenset[str]:
    """Collectives that may leave out the 各 of the one before them (各街道、管委会)."""
    return frozenset(word for word in collective_words() if "各" not in word)


def kinds_covered(name: str) -> tuple[str, ...]:
    """The kinds of unit that a collective covers, by the longest listed word that ends it; empty where none does.

    Example:
        >>> kinds_covered("各乡镇"), kinds_covered("县级各部门")
        (('town', 'township'), ('department', 'party_organ'))
    """
    known = mapping("collectives", "word", "kinds")
    name = wide_brackets(name)
    found = next((known[name[start:]] for start in range(len(name)) if name[start:] in known), "")
    return tuple(kind for kind in found.split(";") if kind)


@remembered
def is_office_of_no_group(name: str) -> bool:
    """Whether a name is that of the office of a group that it does not name.

    Example:
        >>> is_office_of_no_group("县领导小组办公室"), is_office_of_no_group("县防汛抗旱指挥部办公室")
        (True, False)
    """
    return bool(_OFFICE_OF_A_GROUP.fullmatch(name))


def known_kind(name: str) -> bool:
    """Whether the reviewed tables know a name's ending, or the name is a collective.

    Example:
        >>> known_kind("县商务委"), known_kind("各乡镇"), known_kind("县发展改"), known_kind("某某村")
        (True, True, False, True)
    """
    return known_ending(name) != "" or is_collective(name)


def kind_of(name: str) -> str:
    """The kind of body of a name, by its longest ending in the reviewed table.

    Example:
        >>> [kind_of(name) for name in ("县商务委", "县委组织部", "土城镇", "解放碑CBD管委会", "甲乙丙")]
        ['department', 'party_organ', 'town', 'management_committee', 'other']
    """
    return mapping("kinds", "ending", "kind").get(known_ending(name), "other")


@remembered
def line_of(name: str) -> str:
    """The functional line (条线) of a short name, empty where the reviewed table has none.

    Example:
        >>> line_of("区商务委"), line_of("县商务局"), line_of("土城镇")
        ('商务', '商务', '')
    """
    plain = split_qualifier(name)[0]
    known = mapping("lines", "word", "line")
    core = plain[1:] if plain[:1] in LEVELS and not NO_PREFIX.match(plain) else plain
    return known.get(core) or known.get(plain) or ""


@cache
def _longest_ending() -> int:
    return max(map(len, mapping("kinds", "ending", "kind")))


@remembered
def known_ending(name: str) -> str:
    """The longest known ending of a name; a whole name of two signs counts if it is complete by itself (妇联)."""
    plain = split_qualifier(name)[0]
    endings = mapping("kinds", "ending", "kind")
    for start in range(max(0, len(plain) - _longest_ending()), len(plain)):
        ending = plain[start:]
        if ending in endings and (start or len(plain) > 2 or endings[ending] in ("institution", "party_organ")):
            return ending
    return ""


def is_listed_township(name: str) -> bool:
    """Whether a name that looks like the beginning of a clause (在妙镇, 新建镇) or like all bodies (全州镇) is a township's."""
    return _TOWNSHIP.fullmatch(name) is not None and bool(places_named(name, level="township"))
