"""The reviewed words as patterns: the one place where a row of a table becomes a regular expression.

The modules of `reading` write the grammar (what may come before, between and after) and take every word from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pairing_graph.base.reference import Row, mapping, reference
from pairing_graph.base.remembered import remembered
from pairing_graph.base.text import fold_width, squeeze


@cache
def vocabulary(table: str, use: str) -> tuple[str, ...]:
    """The words of a table for one use, the longest first.

    Example:
        >>> vocabulary("blanks", "word")
        ('（空）', '无')
    """
    return _longest_first(row["word"] for row in reference(table) if row["use"] == use)


@cache
def one_of(table: str, *uses: str) -> str:
    """A pattern for any word of a table that has one of the uses, without a group of its own number.

    Example:
        >>> one_of("role_words", "joined_by")
        '(?:会同)'
    """
    rows = {row["word"]: row for row in reference(table) if row["use"] in uses}
    return f"(?:{'|'.join(_bounded(rows[word]) for word in _longest_first(rows))})"


@cache
def role_words(role: str = "") -> tuple[str, ...]:
    """The words for a role (牵头), or for any, the longest first."""
    return _longest_first(row["word"] for row in reference("roles") if role in ("", row["role"]))


@cache
def one_of_role_verbs() -> str:
    """A pattern for the verbs of roles: 负责 closes a list of names, the noun 责任 does not.

    Example:
        >>> [bool(re.fullmatch(one_of_role_verbs(), word)) for word in ("负责", "指导", "责任")]
        [True, True, False]
    """
    rows = {row["word"]: row for row in reference("roles") if row["use"] == "verb"}
    return f"(?:{'|'.join(_bounded(rows[word]) for word in _longest_first(rows))})"


@cache
def one_of_roles(role: str = "") -> str:
    """A pattern for the words of a role, or of any.

    Example:
        >>> re.fullmatch(one_of_roles("lead"), "牵头") is None, re.fullmatch(one_of_roles("lead"), "配合") is None
        (False, True)
    """
    rows = {row["word"]: row for row in reference("roles")}
    return f"(?:{'|'.join(_bounded(rows[word]) for word in role_words(role))})"


@remembered
def is_blank(text: str) -> bool:
    """Whether a cell or a name holds nothing: no signs, dashes and the like, or a word such as 无.

    Example:
        >>> is_blank(" —— "), is_blank("……"), is_blank("无"), is_blank("无锡"), is_blank("-5")
        (True, True, True, False, False)
    """
    words = squeeze(fold_width(text))
    return words in vocabulary("blanks", "word") or not words.strip("".join(vocabulary("blanks", "sign")))


@remembered
def is_ditto(text: str) -> bool:
    """Whether a cell or a name refers to the words above it.

    Example:
        >>> is_ditto("同上"), is_ditto("（同 上）"), is_ditto("〃"), is_ditto("同上村"), is_ditto("")
        (True, True, True, False, False)
    """
    return squeeze(fold_width(text)).strip("（）()。；;") in vocabulary("blanks", "ditto")


@cache
def heading_rows() -> tuple[tuple[str, str, str], ...]:
    """The listed heading words of the package, each with its meaning and how it has to match."""
    return tuple((row["word"], row["meaning"], row["match"]) for row in reference("headers"))


@cache
def composed_headings() -> str:
    """A pattern for headings that say what a body does: a stem (牵头) and a body (单位), one group each.

    Example:
        >>> re.fullmatch(composed_headings(), "牵头处室").groups()
        ('牵头', '处室')
    """
    halves = (_stems(), mapping("heading_bodies", "body", "sort"))
    stems, bodies = ("|".join(map(re.escape, _longest_first(words))) for words in halves)
    return f"({stems})({bodies})"


def meaning_of_composed(stem: str, body: str) -> str:
    """What a composed heading means; with a place (乡镇) some stems mean the other side.

    Example:
        >>> meaning_of_composed("帮扶", "单位"), meaning_of_composed("帮扶", "乡镇")
        ('donor', 'recipient')
    """
    return _stems()[stem][mapping("heading_bodies", "body", "sort")[body] == "place"]


@cache
def _stems() -> dict[str, tuple[str, str]]:
    """The first halves of headings with their meanings, for organs and for places; every word for a role is one."""
    roles = {row["word"]: (row["role"], row["role"]) for row in reference("roles")}
    return roles | {row["stem"]: (row["meaning"], row["meaning_of_places"]) for row in reference("heading_stems")}


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(words), key=len, reverse=True))


def _bounded(row: Row) -> str:
    """A word, and the signs that may not come before or after it."""
    before = "".join(f"(?<!{re.escape(sign)})" for sign in row.get("not_after", "").split(";") if sign)
    behind = "".join(f"(?!{re.escape(sign)})" for sign in row.get("not_before", "").split(";") if sign)
    return f"{before}{re.escape(row['word'])}{behind}"
