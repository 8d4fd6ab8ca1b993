"""Names as words: where one ends and the next begins, what is a name at all, and what sort of body it tells.

No state and no document here; `units` turns names into units. Nothing that is no name passes: sentences, dates,
numbers, persons, heading words, cut-off and damaged words are told apart by `invalid_reason`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pairing_graph.base.reference import composed_headings, heading_rows, mapping, reference
from pairing_graph.base.text import Span, brackets, brackets_closed, fold_width, iso_date, squeeze
from pairing_graph.base.text import split_qualifier as split_closed_qualifier

LEVELS = "省市区县州旗镇乡"
NO_PREFIX = re.compile(r"市场|市容|市民|市政(?!府|协)|区域|区划|县域|州际|省际|乡村|镇江|旗下")
_SEPARATORS = "、，,；;／/|｜。"
_JOINERS = re.compile(r"以及|及其|会同|[和及与并]")
_COLLECTIVE = re.compile(
    r"^(?:[省市区县州旗镇乡])?[级直属]*(?:各|有关|相关)|^其他|(?:各|有关|相关)(?:部门|单位|街道|乡镇|镇街|企业)|各[\u4e00-\u9fff]{1,8}$|(?:部门|单位)$"
)
_DAMAGED = re.compile(r"[\ufffd□■◆]|\?{2,}|？{2,}")
_SENTENCE = re.compile(r"[。！？!?：:；;<>{}=“”《》]|^[的了在把被将]|^\d+$|^[-—－/\\.…*~～+]+$|[（(]$")
_DATE = re.compile(
    r"\d{2,4}年|\d+月|\d+日|年底|月底|季度|半年|^(?:长期|全年|持续|常年|每年|每月|近期|即时|适时|立即|按时|按期)"
)
_NUMBERS = re.compile(r"\d[个项家名所座处条户人次场件]$|^第?[\d.%％]+[个项家名次条批号]?$|\d{5,}|^[A-Za-z0-9._@-]+$")
_HALF = re.compile(
    r"(?:主|(?<!政)协|承|督|举|交|创|(?<!振)兴|开|领|代|帮|合|筹|申|经|查|催)办$|(?:全|内|干|东|西|南|北|中|局|外|俱乐)部$|(?:格|布|结|大|全|破)局$"
    r"|(?:学|本|专|医|百)科$|^(?:主|老|新|中心)?(?:辖|城|小|地|片|郊|库|灌|山|老|校|厂)区$|(?:住宅|居民|老旧)小区$"
    r"|^(?:建制)?(?:城|集|村|古|小)镇$|^(?:下|返|故|城|他|家)乡$|^(?:全|我|本|两|该|此|这|那)[省市区县镇乡州](?!.*各)|^(?:超|城|上|股|菜)市$"
    r"|^(?:为|以|对|加强|加快|推进|推动|完善|落实|开展|实施|确保|提升|做好|打造|新建|改建|支持|培育)"
)
_TITLES = (
    "省长|市长|区长|县长|旗长|州长|镇长|乡长|主任|局长|书记|部长|主席|院长|校长|秘书长|组长|处长|科长|站长|经理|董事长|常委|同志"
    "|委员|调研员|巡视员|总工程师|参谋长|政委|会长|行长|台长|社长"
)
_PERSON = re.compile(
    rf"(?:{_TITLES})(?:[\u4e00-\u9fff]{{2,3}})?$|^[\u4e00-\u9fff]某{{1,2}}[\u4e00-\u9fff]?$|^某某|[×Xx*＊○]{{2,}}$"
)
_MARK = re.compile(
    rf"[{LEVELS}团国中]|街道|社区|园区|管委会|[高新经开保税]{{2}}区|[\u4e00-\u9fff]{{2,4}}(?:省|市|区|县)(?=[^、]{{2,}}[局委办])"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤冉牟蒲傅殷褚卫尤施华戚喻柏窦章葛奚郎鲁昌"
    "苗凤俞柳酆鲍费廉岑倪滕毕邬皮卞齐康伍卜穆萧湛祁禹狄米贝臧伏谈茅庞纪舒屈项祝阮蓝闵席季麻娄危童颜梅盛刁骆樊凌霍虞柯昝房裘缪"
    "宗宣贲郁单杭洪包诸吉钮嵇邢滑裴荣翁荀羊惠甄曲封芮储靳汲邴糜松巫乌焦巴弓牧隗谷宓蓬郗班仰秋仲伊宁仇栾暴甘斜厉戎祖符詹束幸韶"
    "郜蓟薄印宿怀邰鄂索咸籍赖卓蔺屠蒙池乔胥苍闻莘翟贡劳逄姬扶堵宰郦雍璩桑桂濮牛寿边扈燕冀郏浦尚庄晏柴瞿阎慕茹习宦艾鱼慎戈庾终"
    "暨衡耿弘匡寇禄阙欧殳沃蔚越夔隆巩厍聂晁勾敖融冷訾辛阚那简饶毋沙乜鞠巢蒯荆游竺权逯盖桓邸涂"
)
_SHARED_ENDING = re.compile(
    r"各(?:[省市区县州盟旗直辖自治地级以上（）()]+[、和])+[省市区县州盟旗自治地级以上（）()、]+(?:党委和?)?(?:人民政府|政府|党委)"
)
_LONGEST_NAME = 30
_MOST_BREAKS = 3
_BARE = frozenset(
    [
        "人民政府",
        "乡人民政府",
        "镇人民政府",
        "街道办事处",
        "办事处",
        "管委会",
        "管理委员会",
        "委员会",
        "办公室",
        "服务中心",
        "居委会",
        "村委会",
        "有限公司",
        "分公司",
        "党工委",
        "工作局",
        "管理局",
        "监督管理局",
        "综合服务中心",
        "领导小组",
        "指挥部",
        "领导小组办公室",
        "管理中心",
    ]
)
_OPEN_END = re.compile(
    r"等(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?[省市区县州旗]?[级直属]{0,2}(?:各?有关|各?相关|各|责任|成员|配合|主管|职能)?"
    r"(?:部门|单位|部门和单位|部门、单位|部门单位|单位和部门|乡镇|镇街|街道|街镇|地方|地区|方面)?$"
)


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
    found: list[Span] = []
    for start, end in _pieces(text, 0, _hard_breaks(text)):
        for first, last in _at_white_space(text, start, end):
            for begin, stop in _at_joiners(text, first, last):
                words = squeeze(text[begin:stop])
                if words:
                    found.append(Span(words, begin, stop))
    return found


def split_qualifier(name: str) -> tuple[str, str]:
    """A name and the bracket behind it, one that does not close and one that holds another included.

    Example:
        >>> split_qualifier("市交通委（市道运局"), split_qualifier("县政府办（县大数据中心（筹））")
        (('市交通委', '市道运局'), ('县政府办', '县大数据中心（筹）'))
    """
    base, qualifier = split_closed_qualifier(name)
    match = re.fullmatch(r"([^（(]{2,})[（(](.+)", base)
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
    return match[0] if match and match.start() >= 2 and not words.endswith(("高等", "中等", "平等")) else ""


def invalid_reason(words: str) -> str:
    """Why words are no name, as a reason of the `unread` table; empty where they are one.

    Example:
        >>> invalid_reason("县商务委"), invalid_reason("6月底前完成"), invalid_reason("张某某"), invalid_reason("县商□委"), invalid_reason("责任单位")
        ('', 'date_among_names', 'person', 'damaged', 'not_a_name')
        >>> invalid_reason("县发展改"), invalid_reason("某未知机构")
        ('unknown_kind', 'unknown_kind')
    """
    words = fold_width(words)
    base, qualifier = split_qualifier(words)
    if _DAMAGED.search(words):
        return "damaged"
    if known_kind(base) and not _wrong(base):
        return "" if len(words) <= _LONGEST_NAME + len(qualifier) else "not_a_name"
    if is_person(base):
        return "person"
    if _DATE.search(words) or iso_date(words):
        return "date_among_names"
    return "not_a_name" if len(words) < 2 or _wrong(base) else "unknown_kind"


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


def is_unit_like(words: str) -> bool:
    """Whether words outside of a unit column are surely a unit: a known kind of body, and the mark of a name before it.

    Example:
        >>> [is_unit_like(name) for name in ("县商务局", "各乡镇", "土城镇", "加强培训中心", "县域经济", "推进城镇")]
        [True, True, True, False, False, False]
    """
    plain = words[: len(words) - len(open_end(words))]
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
    plain = [name[: len(name) - len(open_end(name))] for name in words]
    sure = [is_unit_like(name) for name in plain]
    others = [name for name, ok in zip(plain, sure, strict=True) if not ok]
    return sum(sure) * 2 >= len(plain) > 0 and not any(invalid_reason(name) for name in others)


def is_collective(name: str) -> bool:
    """Whether a name stands for many units.

    Example:
        >>> is_collective("县级各部门"), is_collective("各街道"), is_collective("县商务委")
        (True, True, False)
    """
    plain = split_qualifier(name)[0]
    known = collective_words()
    return wide_brackets(name) in known or plain in known or plain[1:] in known or bool(_COLLECTIVE.search(plain))


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
    return frozenset(word[1:] for word in collective_words() if word.startswith("各")) & collective_words()


def kinds_covered(name: str) -> tuple[str, ...]:
    """The kinds of unit that a collective stands for, by the reviewed table; empty where it does not know.

    Example:
        >>> kinds_covered("各乡镇"), kinds_covered("县级各部门")
        (('town', 'township'), ('department', 'party_organ'))
    """
    known = mapping("collectives", "word", "kinds")
    name = wide_brackets(name)
    found = known.get(name) or known.get(name[1:]) or ""
    return tuple(kind for kind in found.split(";") if kind)


def known_kind(name: str) -> bool:
    """Whether the reviewed tables know a name's ending, or the name is a collective.

    Example:
        >>> known_kind("县商务委"), known_kind("各乡镇"), known_kind("县发展改"), known_kind("某某村")
        (True, True, False, True)
    """
    return _ending(name) != "" or is_collective(name)


def kind_of(name: str) -> str:
    """What sort of body a name's ending tells, by the longest ending in the reviewed table.

    Example:
        >>> [kind_of(name) for name in ("县商务委", "县委组织部", "土城镇", "解放碑CBD管委会", "甲乙丙")]
        ['department', 'party_organ', 'town', 'management_committee', 'other']
    """
    return mapping("kinds", "ending", "kind").get(_ending(name), "other")


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


def _ending(name: str) -> str:
    """The longest known ending of a name; a whole name of two signs counts where it can stand alone (妇联)."""
    plain = split_qualifier(name)[0]
    endings = mapping("kinds", "ending", "kind")
    for start in range(len(plain)):
        ending = plain[start:]
        if ending in endings and (start or len(plain) > 2 or endings[ending] in ("institution", "party_organ")):
            return ending
    return ""


def _tail(name: str) -> str:
    """A name behind the region that it begins with (渝北区财政局), the name itself where there is none."""
    match = re.match(r"[\u4e00-\u9fff]{2,8}?(?:自治县|自治州|[省市区县州旗])", name)
    return name[match.end() :] if match and match.end() < len(name) else name


def _wrong(base: str) -> bool:
    broken = _SENTENCE.search(base) or _NUMBERS.search(base) or _HALF.search(base)
    return bool(broken) or (_is_heading_word(base) and base not in bare_collectives())


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
            behind = text[match.end() : match.end() + 1]
            if not behind or behind in _SEPARATORS + "等）)和及 \n负牵配":
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
    """Divided at line breaks and blanks where what stands on both sides is a whole name."""
    begin = start
    for gap in re.finditer(r"\s+", text[start:end]):
        left, right = text[begin : start + gap.start()], text[start + gap.end() : end]
        pieces = re.split(r"\s+", right, maxsplit=_MOST_BREAKS)
        following = ["".join(pieces[: count + 1]) for count in range(min(len(pieces), _MOST_BREAKS))]
        closed = left.rstrip().endswith((")", "）"))
        if _is_branch(left, "".join(pieces)):
            continue
        if brackets_closed(left) and (closed or _is_whole(squeeze(left))) and _is_whole(*following):
            yield begin, start + gap.start()
            begin = start + gap.end()
    yield begin, end


def _is_branch(left: str, right: str) -> bool:
    """Whether a line break stands between a company and the name of its branch (中国农业银行 ⏎ 甲县支行)."""
    branch = re.match(r"[\u4e00-\u9fff]{2,10}?(?:支行|分行|分公司|支公司|营业部|供电所)(?=[、，,\s]|$)", right.strip())
    return (
        bool(branch)
        and kind_of(squeeze(left)) == "enterprise"
        and squeeze(left).startswith(("中国", "国网", "中信", "农行"))
    )


def _at_joiners(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for joiner in _JOINERS.finditer(text[start:end]):
        left, right = text[begin : start + joiner.start()], text[start + joiner.end() : end]
        if brackets_closed(left) and _is_whole(squeeze(left)) and _is_whole(_JOINERS.split(right)[0], right):
            yield _trimmed(text, begin, start + joiner.start())
            begin = start + joiner.end()
    yield _trimmed(text, begin, end)


def _is_whole(*candidates: str) -> bool:
    for words in candidates:
        plain = squeeze(words)
        plain = plain[: len(plain) - len(open_end(plain))]
        base = split_qualifier(plain)[0]
        whole = len(base) >= 3 or (len(base) == 2 and (base[0] == "各" or _ending(base) == base))
        if whole and known_kind(base) and not _wrong(base) and base not in _BARE:
            return True
    return False
