"""Words that say by when."""

from __future__ import annotations

import re

from pairing_graph.base.remembered import remembered
from pairing_graph.base.text import NUMERALS, fold_width
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.names import is_unit_like

_TIME = re.compile(rf"\d\s*年|\d\s*月|{one_of('times', 'deadline')}|[{NUMERALS}]月")
_ENDS_LIKE_A_BODY = re.compile(r"[局委办镇乡部院](?:、|$)|街道|中心")
_LONGEST_DEADLINE = 24
"""Characters of a deadline; longer words say what is to be done as well."""


@remembered
def is_deadline(words: str) -> bool:
    """Whether words are a deadline and nothing else.

    Example:
        >>> is_deadline("9月底前完成"), is_deadline("长期坚持"), is_deadline("县商务局")
        (True, True, False)
    """
    words = fold_width(words).strip("，,；;。、 ")
    return (
        0 < len(words) <= _LONGEST_DEADLINE
        and bool(_TIME.search(words))
        and not is_unit_like(words)
        and not _ENDS_LIKE_A_BODY.search(words)
    )
