"""What invented notices say: real counties and townships, bodies that are loaded by Zipf's law, tasks, pairings.

The words are invented; the form is that of notices seen in the wild. Each notice is drawn with a generator of its own,
so that the first thousand of ten thousand are the thousand.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pairing_graph.places.gazetteer import gazetteer, place, townships_of
from pairing_graph.places.names import DOUBLES_SINCE
from pairing_graph.places.records import Place

YEARS = (2019, 2020, 2021, 2022, 2023, 2024)
"""Years in which no county that is drawn was renamed."""
MEDIAN_TASKS, SPREAD_OF_TASKS, MOST_TASKS = 12, 0.8, 240
"""Sizes are lognormal: most notices have a page, some have hundreds of rows."""
ZIPF = 1.0
"""Exponent of how often the bodies of a county are named, the most burdened first."""
SHARE_OF_PAIRED = 0.15
"""Notices of two counties, with a pairing table."""
BODIES = (
    "发展改革局", "农业农村局", "住房城乡建设局", "财政局", "教育局", "卫生健康局", "自然资源局", "交通运输局", "商务局",
    "文化和旅游局", "人力资源社会保障局", "工业和信息化局", "水利局", "民政局", "生态环境局", "应急管理局", "公安局",
    "市场监督管理局", "科技局", "林业局", "乡村振兴局", "城市管理局", "司法局", "医疗保障局", "审计局", "统计局",
    "退役军人事务局", "信访局", "委组织部", "委宣传部", "委统战部", "委政法委", "总工会", "妇联", "残联", "科协",
    "供销社", "融媒体中心", "档案馆", "气象局",
)  # fmt: skip
AREAS = ("产业发展", "乡村振兴", "城市建设", "教育提升", "卫生健康", "社会保障", "生态保护", "文化旅游", "安全生产")
TEXTS = (
    ("完善{thing}工作机制，明确责任分工。", 0), ("新建标准化厂房{n}万平方米。", 1), ("培训各类人才{n}人次以上。", 1),
    ("开展{thing}专项检查，消除风险隐患。", 0), ("改造老旧小区{n}个。", 1), ("编制{thing}专项规划。", 0),
    ("新增城镇就业{n}人，引进企业{m}家以上。", 2), ("加强{thing}宣传，营造良好氛围。", 0), ("建设高标准农田{n}万亩。", 1),
    ("推进{thing}信息化建设，加强资源共享。", 0), ("修复山体{n}亩，植树{m}棵以上。", 2), ("健全{thing}长效管理制度。", 0),
)  # fmt: skip
"""Words of a task, with the number of targets that they set."""
THINGS = (
    "防汛抗旱",
    "养老服务",
    "食品安全",
    "政务服务",
    "农村供水",
    "基层治理",
    "营商环境",
    "校园周边",
    "文物保护",
    "健康教育",
)
COLLECTIVE, SHARE_OF_COLLECTIVES = "各乡镇", 0.2
"""All townships, named beside those that support a task."""
SHARES_OF_ROLES = (("both", 0.7), ("lead", 0.2), ("responsible", 0.1))


@dataclass(frozen=True)
class Task:
    """A task: its area, its words, the bodies by role in the order of the cell, the number of targets."""

    number: int
    area: str
    text: str
    roles: dict[str, tuple[str, ...]]
    targets: int


@dataclass(frozen=True)
class Notice:
    """A notice as it is meant; units by their short names (县财政局), beside their regions.

    Attributes:
        place: The county that issues it.
        partner: The county that helps it, where the notice is of two.
        year: The year of issue.
        number: Its official number.
        date: The day of issue.
        tasks: The tasks.
        pairings: Helping and helped unit, as they are written.
    """

    place: Place
    partner: Place | None
    year: int
    number: str
    date: str
    tasks: tuple[Task, ...]
    pairings: tuple[tuple[str, str], ...] = ()


@dataclass
class Numbering:
    """The official numbers of a county and year, each once."""

    given: Counter[tuple[str, int]] = field(default_factory=Counter)

    def next(self, county: Place, year: int) -> str:
        head = county.short_forms[0] if county.short_forms else county.name
        self.given[head, year] += 1
        return f"{head}府办发〔{year}〕{self.given[head, year]}号"


@cache
def counties() -> tuple[Place, ...]:
    """The counties of today that have been so called in all the years, by code."""
    book = gazetteer()
    found = [record for record in book.records if record.level == "county" and record.last is None]
    return tuple(place(one.code) for one in sorted(found, key=lambda one: one.code) if (one.first or 0) <= YEARS[0])


@cache
def _is_alone(name: str) -> bool:
    """Whether no two counties bore a name in the same year, since the year from which the package counts."""
    records = [one for one in gazetteer().records if one.name == name and one.level == "county"]
    years = range(DOUBLES_SINCE, gazetteer().year + 1)
    return all(sum(one.stands_at_the_end_of(year) for one in records) <= 1 for year in years)


def region_of(county: Place) -> str:
    """The county as ids have it: with its prefecture where the country has, or had, several of the name."""
    return county.name if _is_alone(county.name) else "".join(county.path[-2:])


def full_name(short: str, notice: Notice) -> str:
    """The unit's id: the region in the place of the sign that stands for it (县财政局), or before a township."""
    for county in filter(None, (notice.place, notice.partner)):
        if short in _townships(county):
            return region_of(county) + short.removeprefix(region_of(county))
    if short == COLLECTIVE:
        return region_of(notice.place) + short
    owner = _owner(short, notice)
    return region_of(owner) + short.removeprefix(owner.name[-1])


def _owner(short: str, notice: Notice) -> Place:
    if notice.partner is not None and short[0] == notice.partner.name[-1] != notice.place.name[-1]:
        return notice.partner
    return notice.place


@cache
def _townships(county: Place) -> tuple[str, ...]:
    return tuple(one.name for one in townships_of(county))


def notices(count: int, seed: int, tasks: int | None = None) -> Iterator[Notice]:
    """Invented notices.

    Args:
        count: How many.
        seed: The seed of all that is drawn.
        tasks: The number of tasks of each; drawn where none is given.
    """
    numbering = Numbering()
    for index in range(count):
        drawing = random.Random(f"{seed}-{index}")
        yield _notice(drawing, numbering, tasks)


def _notice(drawing: random.Random, numbering: Numbering, tasks: int | None) -> Notice:
    county, year = drawing.choice(counties()), drawing.choice(YEARS)
    partner = _partner(drawing, county) if drawing.random() < SHARE_OF_PAIRED else None
    date = f"{year}-{drawing.randint(1, 12):02d}-{drawing.randint(1, 28):02d}"
    draft = Notice(county, partner, year, numbering.next(county, year), date, ())
    size = tasks or min(max(round(drawing.lognormvariate(0, SPREAD_OF_TASKS) * MEDIAN_TASKS), 3), MOST_TASKS)
    return replace(draft, tasks=drawn_tasks(drawing, draft, size), pairings=_pairings(drawing, draft))


def _partner(drawing: random.Random, county: Place) -> Place | None:
    """A county of another kind of name, so that 区 and 县 say whose a body is."""
    others = [one for one in (drawing.choice(counties()) for _ in range(8)) if one.name[-1] != county.name[-1]]
    return others[0] if others else None


def drawn_tasks(drawing: random.Random, notice: Notice, size: int) -> tuple[Task, ...]:
    """The tasks of a notice, areas in runs of several."""
    areas = drawing.sample(AREAS, k=min(len(AREAS), max(1, size // 4)))
    return tuple(
        _task(drawing, notice, number, areas[(number - 1) * len(areas) // size]) for number in range(1, size + 1)
    )


def _task(drawing: random.Random, notice: Notice, number: int, area: str) -> Task:
    words, targets = drawing.choice(TEXTS)
    text = words.format(thing=drawing.choice(THINGS), n=drawing.randint(2, 900), m=drawing.randint(2, 90))
    if notice.partner is not None:
        roles = {"lead": _bodies(drawing, notice.place, 2), "lead_partner": _bodies(drawing, notice.partner, 2)}
        return Task(number, area, text, roles, targets)
    kind = drawing.choices([name for name, _ in SHARES_OF_ROLES], [share for _, share in SHARES_OF_ROLES])[0]
    if kind == "responsible":
        return Task(number, area, text, {"responsible": _bodies(drawing, notice.place, 3)}, targets)
    lead = _bodies(drawing, notice.place, 2)
    roles = {"lead": lead}
    if kind == "both":
        townships = (COLLECTIVE,) if drawing.random() < SHARE_OF_COLLECTIVES else ()
        roles["support"] = _bodies(drawing, notice.place, 4, lead) + townships
    return Task(number, area, text, roles, targets)


def _bodies(drawing: random.Random, county: Place, most: int, but: Sequence[str] = ()) -> tuple[str, ...]:
    """Some bodies of a county, the most burdened the most often, each once."""
    weights = [1 / rank**ZIPF for rank in range(1, len(BODIES) + 1)]
    drawn = drawing.choices(BODIES, weights, k=drawing.randint(1, most) + len(but))
    named = [name for name in dict.fromkeys(f"{county.name[-1]}{body}" for body in drawn) if name not in but]
    return tuple(named[:most]) or (f"{county.name[-1]}{BODIES[-1]}",)


def _is_plain(township: str, county: Place) -> bool:
    """Whether people write the county before it: not before 芒市镇, whose name begins with the county's."""
    return township[-1] in "乡镇道" and not township.startswith(county.name)


def _pairings(drawing: random.Random, notice: Notice) -> tuple[tuple[str, str], ...]:
    """Bodies of one line with each other, then townships with townships."""
    if notice.partner is None:
        return ()
    ours, theirs = notice.place.name[-1], notice.partner.name[-1]
    bodies = drawing.sample(BODIES, k=drawing.randint(4, 20))
    rows = [(f"{theirs}{body}", f"{ours}{body}") for body in bodies]
    common = set(_townships(notice.place)) & set(_townships(notice.partner))
    helping, helped = (
        [name for name in _townships(county) if _is_plain(name, county) and name not in common]
        for county in (notice.partner, notice.place)
    )
    return (*rows, *zip(drawing.sample(helping, k=len(helping)), helped, strict=False))
