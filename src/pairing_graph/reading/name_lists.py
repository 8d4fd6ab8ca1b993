"""Lists of names: where one ends and the next begins, and the ending that several share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pairing_graph.base.remembered import remembered
from pairing_graph.base.text import Span, brackets, brackets_closed, squeeze
from pairing_graph.lexicon.levels import REGION_LEVELS
from pairing_graph.lexicon.patterns import is_ditto, one_of, one_of_roles, vocabulary
from pairing_graph.reading.behind_names import split_qualifier, without_open_end
from pairing_graph.reading.kinds import collective_words, kind_of, known_ending, known_kind, line_of
from pairing_graph.reading.names import PLAIN_WORDS, is_no_name, is_person

_SEPARATORS = "、，,；;／/|｜。\\＼﹑､∕丨"
_SIGNS = "·•+＋&＆"
UNCLEAR_SIGNS = "-—–－~～→…"
"""Signs between two whole bodies that may divide them, or say that one is the other's (县农业农村局—县畜牧中心)."""
_JOINERS = re.compile(rf"{one_of('names', 'joiner')}|[{re.escape(_SIGNS + UNCLEAR_SIGNS)}]+")
_SHARED_ENDING = re.compile(
    r"各(?:[省市区县州盟旗直辖自治地级以上（）()]{1,12}[、和]){1,8}[省市区县州盟旗自治地级以上（）()、]{1,40}(?:党委和?)?(?:人民政府|政府|党委)"
)
_SURE_ENDINGS = ("局",)
"""Endings that are lent only where the whole is the name of a line (农业农村、林业局): 局 ends too many names."""
_LONGEST_SHARING = 7
"""Characters of a name that leaves its ending to the one behind it: 县住房城乡建设 has seven."""
_LONGEST_PIECE = 300
"""Characters between two separators that are searched for names side by side; a longer piece is a text."""
_MOST_BREAKS = 3
"""White spaces inside of one name: a name in a narrow cell is broken into four lines at the most."""
_BARE = frozenset(vocabulary("names", "bare_body"))
"""Bodies that are no whole name without the region or place before them."""
_SPACE = re.compile(r"\s+")
_BRANCH = re.compile(rf"[\u4e00-\u9fff]{{2,10}}?{one_of('names', 'branch')}(?=[、，,\s]|$)")
_BRANCH_OFFICE = re.compile(rf"[\u4e00-\u9fff]{{1,6}}[{REGION_LEVELS}]分局(?=[、，,\s]|$)")
_PARENT_COMPANIES = vocabulary("names", "parent_company")
_BEHIND_A_COLLECTIVE = re.compile(rf"$|[{re.escape(_SEPARATORS)}等）)和及 \n]|{one_of_roles()}")


def split_names(text: str) -> list[Span]:
    """The names of a list, with their places in it; the words come without line breaks and blanks.

    A line break or a blank divides two whole names and is closed inside of one; so do 和, 及, 与. A separator in a
    bracket, or in a collective that holds one (各区、县级市), does not divide.

    Example:
        >>> [span.text for span in split_names("县生态环境局、\\n\\n县林业局")]
        ['县生态环境局', '县林业局']
        >>> [span.text for span in split_names("县财政局\\n县水利局、县农业\\n农村委")]
        ['县财政局', '县水利局', '县农业农村委']
        >>> [span.text for span in split_names("县规划和自然资源局和各乡镇")]
        ['县规划和自然资源局', '各乡镇']
        >>> [span.text for span in split_names("各区、县级市，市交通委（市道运局、市港航局）")]
        ['各区、县级市', '市交通委（市道运局、市港航局）']
    """
    return list(_split(text))


@remembered
def _split(text: str) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end in _pieces(text, 0, _hard_breaks(text)):
        for first, last in _at_white_space(text, start, end):
            for begin, stop in _at_joiners(text, first, last):
                words = squeeze(text[begin:stop])
                if words:
                    found.append(Span(words, begin, stop))
    return tuple(found)


def body_names(text: str) -> list[str]:
    """The names of a list without the 等 at its end, a shared ending added to those that leave it out.

    Example:
        >>> body_names("公安、应急管理部门等"), body_names("县财政局、各乡镇")
        (['公安部门', '应急管理部门'], ['县财政局', '各乡镇'])
    """
    plain = [without_open_end(span.text) for span in split_names(text)]
    return [name + shared_ending(plain, place) for place, name in enumerate(plain)]


def shared_ending(names: Sequence[str], place: int) -> str:
    """The ending (部门) that a name shares with one behind it (公安、交通部门), empty where it has its own.

    Example:
        >>> shared_ending(["公安", "交通部门"], 0), shared_ending(["公安局", "交通部门"], 0)
        ('部门', '')
    """
    for name in names[place:]:
        ending = next((one for one in vocabulary("names", "shared_ending") if name.endswith(one)), "")
        if ending and name is not names[place] and len(name) > len(ending):
            return ending if ending not in _SURE_ENDINGS or line_of(names[place] + ending) else ""
        known = known_kind(name) and not line_of(f"{name}局")
        if known or not 2 <= len(name) <= _LONGEST_SHARING or not PLAIN_WORDS.fullmatch(name):
            return ""
    return ""


def _hard_breaks(text: str) -> set[int]:
    """The places of separators outside of brackets and of collectives that hold one."""
    inside: set[int] = set()
    for span in brackets(text) if brackets_closed(text) else ():
        inside.update(range(span.start, span.end))
    for shared in _SHARED_ENDING.finditer(text):
        inside.update(range(shared.start(), shared.end()))
    for word in _collectives_with_separator():
        if word not in text:
            continue
        for match in re.finditer(re.escape(word), text):
            if _BEHIND_A_COLLECTIVE.match(text, match.end()):
                inside.update(range(match.start(), match.end()))
    return {index for index, char in enumerate(text) if char in _SEPARATORS and index not in inside}


@cache
def _collectives_with_separator() -> tuple[str, ...]:
    return tuple(word for word in collective_words() if "、" in word)


def _pieces(text: str, offset: int, breaks: set[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for index in [*sorted(breaks), len(text)]:
        first, last = _trimmed(text, start, index)
        if first < last:
            yield offset + first, offset + last
        start = index + 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _at_white_space(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Divide at line breaks and blanks between two whole names."""
    begin = start
    for gap in _SPACE.finditer(text[start:end]):
        left, right = text[begin : start + gap.start()], text[start + gap.end() : end][:_LONGEST_PIECE]
        if len(left) > _LONGEST_PIECE:
            break
        pieces = _SPACE.split(right, maxsplit=_MOST_BREAKS)
        following = ["".join(pieces[: count + 1]) for count in range(min(len(pieces), _MOST_BREAKS))]
        closed = left.rstrip().endswith((")", "）"))
        if _is_branch(left, "".join(pieces)):
            continue
        whole = brackets_closed(left) and (closed or _is_whole(squeeze(left)))
        if whole and (_is_whole(*following) or is_person(pieces[0]) or is_person("".join(pieces[:2]))):
            yield begin, start + gap.start()
            begin = start + gap.end()
    yield begin, end


def _is_branch(left: str, right: str) -> bool:
    """Whether a line break separates a body from the name of its branch (中国农业银行 ⏎ 甲县支行, 市生态环境局 ⏎ 甲县分局)."""
    words, whole = right.strip(), squeeze(left)
    company = kind_of(whole) == "enterprise" and whole.startswith(_PARENT_COMPANIES) and _BRANCH.match(words)
    return bool(company or (kind_of(whole) == "department" and _BRANCH_OFFICE.match(words)))


def _at_joiners(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for joiner in _JOINERS.finditer(text[start:end]):
        left, right = text[begin : start + joiner.start()], text[start + joiner.end() : end][:_LONGEST_PIECE]
        if len(left) > _LONGEST_PIECE:
            break
        sides = squeeze(left), _JOINERS.split(right)[0]
        if joiner[0][0] in _SIGNS + UNCLEAR_SIGNS and any(kind_of(side) in ("region", "other") for side in sides):
            continue
        if brackets_closed(left) and _is_whole(sides[0]) and _is_whole(sides[1], right):
            yield _trimmed(text, begin, start + joiner.start())
            begin = start + joiner.end()
    yield _trimmed(text, begin, end)


def _is_whole(*candidates: str) -> bool:
    for words in candidates:
        plain = squeeze(words)
        plain = without_open_end(plain)
        if is_ditto(plain):
            return True
        base = split_qualifier(plain)[0]
        whole = len(base) >= 3 or (len(base) == 2 and (base[0] == "各" or known_ending(base) == base))
        if whole and known_kind(base) and not is_no_name(base) and base not in _BARE:
            return True
    return False
