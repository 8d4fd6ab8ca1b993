"""Answers about short texts, remembered: a notice asks of the same names and cells again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_Answer = TypeVar("_Answer")
MOST_REMEMBERED = 6_000
"""Texts whose answers are kept, for each question: those of some dozens of notices, or of one with a thousand tasks. With
20,000 a process that reads thousands of notices grew by 80 MB and was no faster."""
_LONGEST = 100
"""Characters of a text whose answer is kept; longer ones hardly come twice, and would fill the memory."""


def remembered(question: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """A function of one text that depends on nothing else, its answers about short texts kept.

    Example:
        >>> asked = []
        >>> length = remembered(lambda text: asked.append(text) or len(text))
        >>> length("县教委"), length("县教委"), len(asked)
        (3, 3, 1)
    """
    known = lru_cache(maxsize=MOST_REMEMBERED)(question)

    @wraps(question)
    def answer(text: str) -> _Answer:
        return known(text) if len(text) <= _LONGEST else question(text)

    return answer
