"""Names as words: where one ends and the next begins, what is a name at all, and what kind of body it is.

No state and no document here; `units` turns names into units. Nothing that is no name passes: sentences, dates,
numbers, persons, heading words, cut-off and damaged words are recognised by `invalid_reason`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pairing_graph.base.reference import mapping, reference
from pairing_graph.base.remembered import remembered
from pairing_graph.base.text import NUMERALS, Span, brackets, brackets_closed, fold_width, iso_date, squeeze
from pairing_graph.base.text import split_qualifier as split_closed_qualifier
from pairing_graph.lexicon.patterns import composed_headings, heading_rows, is_ditto, one_of, one_of_roles, vocabulary
from pairing_graph.places.gazetteer import places_named

LEVELS = "省市区县州旗镇乡"
NO_PREFIX = re.compile(one_of("names", "not_a_level"))
"""Words that begin with the sign of a level but name none (市场)."""
_SEPARATORS = "、，,；;／/|｜。\\＼﹑､∕丨"
_SIGNS = "·•+＋&＆"
UNCLEAR_SIGNS = "-—–－~～→…"
"""Signs between two whole bodies that may divide them, or say that one is the other's (县农业农村局—县畜牧中心)."""
_JOINERS = re.compile(rf"{one_of('names', 'joiner')}|[{re.escape(_SIGNS + UNCLEAR_SIGNS)}]+")
_ALL = one_of("names", "all")
_COLLECTIVE = re.compile(
    rf"^[{LEVELS}]?[级直属]*{_ALL}|^{one_of('names', 'others')}|{_ALL}{one_of('names', 'one_of_all')}"
    rf"|各[\u4e00-\u9fff]{{1,8}}$|{one_of('names', 'general_body')}$"
)
_DAMAGED = re.compile(r"[\ufffd□■◆]|\?{2,}|？{2,}")
_SENTENCE = re.compile(
    rf"[。！？!?：:；;<>{{}}=“”《》]|^{one_of('names', 'opens_no_name')}|^\d+$|^[-—－/\\.…*~～+]+$|[（(]$"
)
_DATE = re.compile(rf"\d{{2}}年|\d月|\d日|{one_of('times', 'date')}|^{one_of('times', 'opens_date')}")
_NUMBERS = re.compile(r"\d[个项家名所座处条户人次场件]$|^第?[\d.%％]+[个项家名次条批号]?$|\d{5,}|^[A-Za-z0-9._@-]+$")
_HALF = re.compile(
    rf"{one_of('names', 'ends_no_name')}$|^{one_of('names', 'new_or_old')}?{one_of('names', 'part_of_a_place')}区$"
    rf"|^{one_of('names', 'no_name')}$|^{one_of('names', 'points_to_a_place')}[省市区县镇乡州](?!.*各)"
    rf"|^{one_of('names', 'opens_sentence')}"
)
_PERSON = re.compile(
    rf"{one_of('persons', 'title')}(?:[\u4e00-\u9fff]{{2,3}})?$|^[\u4e00-\u9fff]某{{1,2}}[\u4e00-\u9fff]?$|^某某|[×Xx*＊○]{{2,}}$"
)
_MARK = re.compile(
    rf"[{LEVELS}团国中]|{one_of('names', 'opens_name')}|[高新经开保税]{{2}}区"
    r"|[\u4e00-\u9fff]{2,4}(?:省|市|区|县)(?=[^、]{2,}[局委办])"
)
_TITLE = re.compile(one_of("persons", "title"))
_SURNAMES = frozenset(vocabulary("persons", "surname"))
_SHARED_ENDING = re.compile(
    r"各(?:[省市区县州盟旗直辖自治地级以上（）()]{1,12}[、和]){1,8}[省市区县州盟旗自治地级以上（）()、]{1,40}(?:党委和?)?(?:人民政府|政府|党委)"
)
_LONGEST_NAME = 30
"""Characters of a name, the bracket behind it left out; longer words are sentences."""
_SHORT_LEAGUE = vocabulary("names", "league_short")[0]
"""The league's name that begins other words as well: 团风县委 is the committee of 团风县."""
_LEAGUE = re.compile(
    rf"(?P<league>{one_of('names', 'league', 'league_short')})(?P<place>[\u4e00-\u9fff]{{0,14}}?)(?P<level>[省市区县州旗])委(?:员会)?"
)
_LEAGUE_INSIDE = re.compile(rf"(?P<place>[\u4e00-\u9fff]{{2,8}}){_SHORT_LEAGUE}(?P<level>[省市区县州旗])委")
_OFFICE_OF_A_GROUP = re.compile(rf"[{LEVELS}]?{one_of('names', 'group')}办(?:公室)?")
_LEVEL_AND_SIGN = 2
"""Characters of a level with one sign: 县科 is what is left of 县科教局, whatever its ending."""
_LONGEST_UNKNOWN = 12
"""Characters of the name of a body whose ending no table knows: 国家粮食和物资储备 has nine; longer words are a clause."""
_SURE_ENDINGS = ("局",)
"""Endings that are lent only where the whole is the name of a line (农业农村、林业局): 局 ends too many names."""
_LONGEST_SHARING = 7
"""Characters of a name that leaves its ending to the one behind it: 县住房城乡建设 has seven."""
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{2,}(?:镇|乡|街道)")
_NO_BODY = re.compile(one_of("names", "not_in_a_body"))
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·]+")
_LONGEST_PIECE = 300
"""Characters between two separators that are searched for names side by side; a longer piece is a text."""
_MOST_BREAKS = 3
"""White spaces inside of one name: a name in a narrow cell is broken into four lines at the most."""
_BARE = frozenset(vocabulary("names", "bare_body"))
"""Bodies that are no whole name without the region or place before them."""
_OPEN_END = re.compile(
    rf"等(?:\d+|[{NUMERALS}]+)?(?:个|家)?[省市区县州旗]?[级直属]{{0,2}}"
    rf"{one_of('names', 'open_list_kind')}?{one_of('names', 'open_list_body')}?$"
)
_NO_OPEN_END = vocabulary("names", "no_open_list")
_SPACE = re.compile(r"\s+")
_LEADING_REGION = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:自治县|自治州|[省市区县州旗])")
_OPEN_QUALIFIER = re.compile(r"([^（(]{2,})[（(](.+)")
_BRANCH = re.compile(rf"[\u4e00-\u9fff]{{2,10}}?{one_of('names', 'branch')}(?=[、，,\s]|$)")
_BRANCH_OFFICE = re.compile(r"[\u4e00-\u9fff]{1,6}[省市区县州旗]分局(?=[、，,\s]|$)")
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
        if known or not 2 <= len(name) <= _LONGEST_SHARING or not _HAN.fullmatch(name):
            return ""
    return ""


@remembered
def invalid_reason(words: str) -> str:
    """Why words are no name, as a reason of the `unread` table; empty where they are one.

    Example:
        >>> invalid_reason("县商务委"), invalid_reason("6月底前完成"), invalid_reason("张某某"), invalid_reason("县商□委"), invalid_reason("责任单位")
        ('', 'date_among_names', 'person', 'damaged', 'not_a_name')
        >>> invalid_reason("县发展改"), invalid_reason("某未知机构"), invalid_reason("县科"), invalid_reason("县委")
        ('unknown_kind', 'unknown_kind', 'unknown_kind', '')
    """
    words = fold_width(words)
    base, qualifier = split_qualifier(words)
    if is_ditto(words):
        return "not_a_name"
    if _DAMAGED.search(words):
        return "damaged"
    short = len(base) == _LEVEL_AND_SIGN and base[:1] in LEVELS and kind_of(base) == "department"
    if known_kind(base) and not _wrong(base) and not (short and _is_cut_off(base)):
        return "" if len(words) <= _LONGEST_NAME + len(qualifier) else "not_a_name"
    if is_person(base):
        return "person"
    if _DATE.search(words) or iso_date(words):
        return "date_among_names"
    return "not_a_name" if len(words) < 2 or _wrong(base) else "unknown_kind"


@remembered
def may_be_body(words: str) -> bool:
    """Whether words may name a body though no table knows their ending: short, whole, no date, person or clause.

    Example:
        >>> [may_be_body(words) for words in ("新华书店", "海关", "专人", "进一步加强监管", "县发展改")]
        [True, True, False, False, False]
    """
    base = split_qualifier(fold_width(squeeze(words)))[0]
    reason = invalid_reason(base)
    if reason == "unknown_kind":
        plausible = len(base) <= _LONGEST_UNKNOWN and bool(_HAN.fullmatch(base)) and not _NO_BODY.search(base)
        return plausible and not _is_cut_off(base)
    return not reason


def _is_cut_off(name: str) -> bool:
    """Whether a name breaks off: in one that the lines know (县发展改 of 发展改革委), or in an ending (县融媒体中 of 中心)."""
    core = name[1:] if name[:1] in LEVELS else name
    begun = name[:1] in LEVELS and name[-1] in _begun_endings()
    return begun or any(word.startswith(core) and word != core for word in mapping("lines", "word", "line"))


@cache
def _begun_endings() -> frozenset[str]:
    """The first signs of endings of two signs and more, those apart that end names themselves."""
    endings = mapping("kinds", "ending", "kind")
    begun = {ending[0] for ending in endings if len(ending) > 1} | {*vocabulary("names", "begun_ending")}
    return frozenset(begun) - frozenset(endings)


@remembered
def is_person(words: str) -> bool:
    """Whether words name a person: a title, a placeholder, or a family name with one or two signs behind it.

    Example:
        >>> is_person("副县长李某"), is_person("王建国"), is_person("张某某"), is_person("县商务委")
        (True, True, True, False)
    """
    plain = squeeze(words)
    if known_kind(plain) or not plain:
        return False
    two_or_three = 2 <= len(plain) <= 3 and plain[0] in _SURNAMES and bool(re.fullmatch(r"[\u4e00-\u9fff]+", plain))
    return two_or_three or bool(_PERSON.search(plain))


@remembered
def body_of_titled(words: str) -> str:
    """The body before a person's title or in the bracket behind a person, empty where there is none.

    Example:
        >>> [body_of_titled(words) for words in ("县水利局局长 郑怀远", "张伟（县水利局）", "县长李明", "县水利局")]
        ['县水利局', '县水利局', '', '']
    """
    plain = squeeze(words)
    person, body = split_qualifier(plain)
    if body and is_person(person) and known_kind(body):
        return body
    for match in _TITLE.finditer(plain):
        base = plain[: match.start()]
        if known_kind(base) and is_unit_like(base):
            return base
    return ""


@remembered
def is_unit_like(words: str) -> bool:
    """Whether words outside of a unit column are surely a unit: a known kind of body, and the mark of a name before it.

    Example:
        >>> [is_unit_like(name) for name in ("县商务局", "各乡镇", "土城镇", "加强培训中心", "县域经济", "推进城镇")]
        [True, True, True, False, False, False]
    """
    plain = without_open_end(words)
    base = split_qualifier(fold_width(plain))[0]
    if not base or invalid_reason(plain):
        return False
    marked = bool(_MARK.match(base)) and not NO_PREFIX.match(base)
    township = kind_of(base) in ("subdistrict", "town", "township", "management_committee", "region", "enterprise")
    return marked or is_collective(base) or township or bool(line_of(base)) or bool(line_of(_tail(base)))


def are_units(words: Sequence[str]) -> bool:
    """Whether the members of a list are units: half of them surely, the others by their kind.

    Example:
        >>> are_units(["市财政局", "重庆金融监管局"]), are_units(["重庆金融监管局"])
        (True, False)
    """
    plain = list(map(without_open_end, words))
    sure = [is_unit_like(name) for name in plain]
    others = [name for name, ok in zip(plain, sure, strict=True) if not ok]
    return sum(sure) * 2 >= len(plain) > 0 and not any(invalid_reason(name) for name in others)


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
    return bool(_COLLECTIVE.search(plain)) and not _is_township(plain)


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
def league_place(name: str) -> str:
    """The place, or its level, whose youth league a name is; empty for any other name.

    Example:
        >>> league_place("共青团渭源县委"), league_place("团县委"), league_place("渭源团县委")
        ('渭源县', '县', '渭源县')
        >>> league_place("团风县委"), league_place("团委"), league_place("共青团中央")
        ('', '', '')
    """
    found = _LEAGUE.fullmatch(name)
    if found:
        place = found["place"] + found["level"]
        listed = not found["place"] or found["league"] != _SHORT_LEAGUE or bool(places_named(place))
        return place if listed else ""
    found = _LEAGUE_INSIDE.fullmatch(name)
    place = found["place"].removesuffix(found["level"]) + found["level"] if found else ""
    return place if place and places_named(place) else ""


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
    return _ending(name) != "" or is_collective(name)


def kind_of(name: str) -> str:
    """The kind of body of a name, by its longest ending in the reviewed table.

    Example:
        >>> [kind_of(name) for name in ("县商务委", "县委组织部", "土城镇", "解放碑CBD管委会", "甲乙丙")]
        ['department', 'party_organ', 'town', 'management_committee', 'other']
    """
    return mapping("kinds", "ending", "kind").get(_ending(name), "other")


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
def _ending(name: str) -> str:
    """The longest known ending of a name; a whole name of two signs counts if it is complete by itself (妇联)."""
    plain = split_qualifier(name)[0]
    endings = mapping("kinds", "ending", "kind")
    for start in range(max(0, len(plain) - _longest_ending()), len(plain)):
        ending = plain[start:]
        if ending in endings and (start or len(plain) > 2 or endings[ending] in ("institution", "party_organ")):
            return ending
    return ""


def _tail(name: str) -> str:
    """A name behind the region that it begins with (渝北区财政局), the name itself where there is none."""
    match = _LEADING_REGION.match(name)
    return name[match.end() :] if match and match.end() < len(name) else name


def _wrong(base: str) -> bool:
    broken = _SENTENCE.search(base) or _NUMBERS.search(base) or _HALF.search(base)
    if broken or (_is_heading_word(base) and base not in bare_collectives()):
        return not _is_township(base)
    return False


def _is_township(name: str) -> bool:
    """Whether a name that looks like the beginning of a clause (在妙镇, 新建镇) or like all bodies (全州镇) is a township's."""
    return _TOWNSHIP.fullmatch(name) is not None and bool(places_named(name, level="township"))


def _is_heading_word(words: str) -> bool:
    listed, composed = _heading_words()
    return words in listed or bool(composed.fullmatch(words))


@cache
def _heading_words() -> tuple[frozenset[str], re.Pattern[str]]:
    words = {word for word, _, _ in heading_rows()} | {row["word"] for row in reference("roles")}
    return frozenset(words), re.compile(composed_headings())


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
        base = split_qualifier(plain)[0]
        whole = len(base) >= 3 or (len(base) == 2 and (base[0] == "各" or _ending(base) == base))
        if whole and known_kind(base) and not _wrong(base) and base not in _BARE:
            return True
    return False
