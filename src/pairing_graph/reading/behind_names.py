"""What stands behind a name: the bracket with a second one, and the 等 of a list that is left open."""

from __future__ import annotations

import re

from pairing_graph.base.remembered import remembered
from pairing_graph.base.text import NUMERALS, brackets_closed
from pairing_graph.base.text import split_qualifier as split_closed_qualifier
from pairing_graph.lexicon.levels import REGION_LEVELS
from pairing_graph.lexicon.patterns import one_of, vocabulary

_OPEN_END = re.compile(
    rf"等(?:\d+|[{NUMERALS}]+)?(?:个|家)?[{REGION_LEVELS}]?[级直属]{{0,2}}"
    rf"{one_of('names', 'open_list_kind')}?{one_of('names', 'open_list_body')}?$"
)
_NO_OPEN_END = vocabulary("names", "no_open_list")
_OPEN_QUALIFIER = re.compile(r"([^（(]{2,})[（(](.+)")


@remembered
def split_qualifier(name: str) -> tuple[str, str]:
    """A name and the bracket behind it, one that does not close and one that holds another included.

    Example:
        >>> split_qualifier("市交通委（市道运局"), split_qualifier("县政府办（县大数据中心（筹））")
        (('市交通委', '市道运局'), ('县政府办', '县大数据中心（筹）'))
    """
    base, qualifier = split_closed_qualifier(name)
    match = _OPEN_QUALIFIER.fullmatch(base)
    if qualifier or not match or (brackets_closed(base) and not base.endswith((")", "）"))):
        return base, qualifier
    inner = match[2].strip()
    return match[1].strip(), inner[:-1] if brackets_closed(base) else inner


def open_end(words: str) -> str:
    """The 等 at the end of an open list with what follows it, empty where there is none.

    Example:
        >>> open_end("县财政局等部门"), open_end("县教委等"), open_end("平等")
        ('等部门', '等', '')
    """
    match = _OPEN_END.search(words)
    return match[0] if match and match.start() >= 2 and not words.endswith(_NO_OPEN_END) else ""


def without_open_end(words: str) -> str:
    """A name without the 等 behind it.

    Example:
        >>> without_open_end("县财政局等部门"), without_open_end("县教委")
        ('县财政局', '县教委')
    """
    return words[: len(words) - len(open_end(words))]
