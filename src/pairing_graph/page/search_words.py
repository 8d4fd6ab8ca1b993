"""What a unit is searched by besides its name: abbreviations, names of its line, first letters of the readings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from pairing_graph.base.reference import mapping, reference
from pairing_graph.base.text import fold_width
from pairing_graph.page.model import Model, Node
from pairing_graph.reading.same_names import body_of

_LATIN = re.compile(r"[A-Za-z0-9]")


def search_words(model: Model) -> list[dict[str, list[str]]]:
    """For every node its abbreviations (`short`) and the first letters of its names (`letters`), where it has any.

    Only units have them: tasks and areas are searched by their words.
    """
    return [_of_unit(node, model.regions) if node.type == "unit" else {} for node in model.nodes]


def line_words(model: Model) -> dict[str, list[tuple[str, str]]]:
    """The functional lines that occur, each with the names of its bodies elsewhere (发改局) and their first letters."""
    lines = dict.fromkeys(str(node.data["line"]) for node in model.nodes if node.data.get("line"))
    return {line: [(word, first_letters(word)) for word in _words_of_lines().get(line, ())] for line in lines}


def abbreviation(name: str, regions: Sequence[str]) -> str:
    """The shortest form of a name that the reviewed tables know, with its level; empty where it is no shorter.

    Example:
        >>> abbreviation("区发展改革委", ["渝中区"]), abbreviation("区商务委", ["渝中区"])
        ('区发改委', '')
    """
    body = body_of(name, regions)
    short = f"{body.level}{body.core}"
    return short if len(short) < len(name) and body.core else ""


def first_letters(text: str) -> str:
    """The first letters of the readings of a text; Latin letters and digits stay, what has no reading is left out.

    Example:
        >>> first_letters("区发展改革委"), first_letters("重庆银行"), first_letters("解放碑CBD管委会")
        ('qfzggw', 'cqyh', 'jfbcbdgwh')
    """
    read = _words_pattern().sub(lambda match: _words()[match[0]], fold_width(text))
    return "".join(sign.lower() if _LATIN.match(sign) else _letters().get(sign, "") for sign in read)


def _of_unit(node: Node, regions: Sequence[str]) -> dict[str, list[str]]:
    name = str(node.data.get("short_name") or node.data.get("name") or node.node)
    aliases = node.data.get("aliases", ())
    named = [name, *(map(str, aliases) if isinstance(aliases, list | tuple) else ())]
    short = _distinct(short for one in named if (short := abbreviation(one, regions)) not in named)
    letters = _distinct(first_letters(one) for one in (node.node, *named, *short))
    # A name within a longer one is found by it: qfzggw in yzqfzggw.
    kept = [one for one in letters if not any(one != other and one in other for other in letters)]
    return {name: words for name, words in (("short", short), ("letters", kept)) if words}


def _distinct(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]


@cache
def _words_of_lines() -> Mapping[str, list[str]]:
    words: dict[str, list[str]] = {}
    for row in reference("lines"):
        words.setdefault(row["line"], []).append(row["word"])
    return words


@cache
def _letters() -> Mapping[str, str]:
    return {sign: row["initial"] for row in reference("initials") for sign in row["signs"]}


def _words() -> Mapping[str, str]:
    return mapping("initials_of_words", "word", "initials")


@cache
def _words_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _words()), key=len, reverse=True)))
