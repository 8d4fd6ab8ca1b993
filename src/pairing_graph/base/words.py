"""The words shown to readers, in Chinese and English: `lexicon/words.csv` is the only catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from pairing_graph.base.errors import Complaint, UnknownNameError
from pairing_graph.base.reference import mapping

Language = Literal["zh", "en"]


@cache
def catalogue(lang: Language = "zh") -> Mapping[str, str]:
    """All words in one language by key.

    Raises:
        UnknownNameError: There is no such language.
    """
    if lang not in ("zh", "en"):
        raise UnknownNameError(Complaint("There is no such language", expected="zh or en", got=repr(lang)))
    return _Words(mapping("words", "key", lang))


class _Words(dict[str, str]):
    """The catalogue; a key that is not in it is told in a sentence."""

    def __missing__(self, key: str) -> str:
        advice = "Add a row: key,en,zh."
        raise UnknownNameError(
            Complaint("A word is missing", "lexicon/words.csv", f"a row with the key {key}", "none", advice)
        )


def word(key: str, lang: Language = "zh", **values: Any) -> str:
    """One word or sentence of the catalogue, its places filled in.

    Example:
        >>> word("lead", "zh"), word("lead", "en")
        ('牵头', 'lead')
    """
    text = catalogue(lang)[key]
    return text.format(**values) if values else text


def reason_text(reason: str, lang: Language = "en") -> str:
    """The sentence for a reason of the `unread` table.

    Example:
        >>> reason_text("number_filled")
        'a missing number was filled in from its neighbours'
    """
    return mapping("reasons", "reason", lang)[reason]
