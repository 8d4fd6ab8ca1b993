"""Small knowledge bases with what the real notice lacks, and a machine without fonts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.validation import validate

Builder = Callable[..., KnowledgeBase]
Cells = Mapping[str, Sequence[str]]
LONG = "国家级经济技术开发区管理委员会招商引资与产业链供应链现代化提升工作领导小组办公室"
HOSTILE = r"$x_1^2$局\alpha{}<b>&"


@pytest.fixture(autouse=True)
def no_figure_left_open():
    from matplotlib import pyplot

    before = set(pyplot.get_fignums())
    yield
    for number in set(pyplot.get_fignums()) - before:
        pyplot.close(number)


@pytest.fixture(scope="module", autouse=True)
def no_module_leaves_a_figure_open():
    """Twenty open figures are a warning in whatever module comes later."""
    from matplotlib import pyplot

    before = pyplot.get_fignums()
    yield
    assert pyplot.get_fignums() == before


@pytest.fixture(scope="session")
def strange(invent):
    """What the real notice lacks: four roles, five regions and none, long and hostile names, a repeated pairing."""
    first = {
        "lead": ["甲区|发改局"],
        "responsible": ["甲区|财政局", "乙县|农业农村局", "丙市|商务局", "丙市|水利局"],
        "support": ["甲区|教育局", "丁州|林草局", "乙县|石门镇"],
    }
    second = {"responsible": ["甲区|财政局", f"乙县|{LONG}"], "support": ["甲区|各街道", "丁州|林草局"]}
    third = {"lead": [f"乙县|{LONG}", f"乙县|{HOSTILE}"], "guide": ["丙市|水利局", "丙市|商务局"]}
    fourth = {"lead": ["丁州|林草局", "乙县|石门镇", "戊局"], "support": ["甲区|发改局"]}
    area = "加快建设“双碳”示范（5G、CBD）"
    return invent(
        [(area, first), (area, second), ("Industrial cooperation", third), ("", fourth)],
        [
            ("甲区|发改局", "乙县|农业农村局"),
            ("甲区|发改局", "乙县|石门镇"),
            ("甲区|财政局", "丁州|林草局"),
            ("丙市|商务局", "丁州|林草局"),
            ("丙市|水利局", f"乙县|{LONG}"),
            ("甲区|教育局", f"乙县|{HOSTILE}"),
            ("甲区|翠微街道", "乙县|石门镇"),
            ("甲区|翠微街道", "乙县|石门镇"),
            ("戊局", "乙县|石门镇"),
        ],
        kinds={"石门镇": "town", "各街道": "collective", "翠微街道": "subdistrict"},
        merged=True,
        basis="unknown",
    )


AREAS = [
    "产业协同发展", "提升产业链供应链现代化水平", "深化文化旅游合作", "推进“飞地经济”建设", "加大消费帮扶力度", "教育协作",
    "医疗卫生协作", "干部人才交流（含挂职）", "乡村振兴示范", "劳务协作", "生态环境联防联治", "数字政府与“一网通办”",
]  # fmt: skip
LINES = [
    "发展改革委",
    "教委",
    "科技局",
    "经济信息委",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力社保局",
    "规划自然资源局",
    "生态环境局",
    "住房城乡建委",
    "交通局",
    "水利局",
    "农业农村委",
    "商务委",
    "文化旅游委",
    "卫生健康委",
    "应急局",
    "审计局",
    "国资委",
    "市场监管局",
    "林业局",
    "招商投资局",
]


def many_tasks(count: int, areas: Sequence[str], regions: Sequence[str]) -> list[tuple[str, Cells]]:
    """Tasks in areas of about one size, each with one or two leads and up to two supporting units of every region."""
    tasks = []
    for number in range(count):
        picked = [LINES[(number * step + number // 3) % len(LINES)] for step in (1, 5, 7, 11)]
        names = list(dict.fromkeys(picked))
        leads = 1 + (number % 4 == 0)
        cells = {
            "lead": [f"{region}|{region[-1]}{name}" for region in regions for name in names[:leads]],
            "support": [
                f"{region}|{region[-1]}{name}" for region in regions for name in names[leads : leads + number % 3]
            ],
        }
        tasks.append(
            (areas[number * len(areas) // count] if areas else "", {role: c for role, c in cells.items() if c})
        )
    return tasks


@pytest.fixture(scope="session")
def county(invent) -> KnowledgeBase:
    """A county's year: 150 tasks in 12 areas, 24 departments on each side, 12 pairings."""
    pairings = [(f"甲区|区{name}", f"乙县|县{name}") for name in LINES[:12]]
    return invent(many_tasks(150, AREAS, ("甲区", "乙县")), pairings)


@pytest.fixture(scope="session")
def flat(invent) -> KnowledgeBase:
    """150 tasks without areas."""
    return invent(many_tasks(150, (), ("甲区", "乙县")))


@pytest.fixture(scope="session")
def tasks_only(invent) -> KnowledgeBase:
    """Two regions, twelve tasks, no pairing."""
    return invent(many_tasks(12, AREAS[:4], ("甲区", "乙县")))


@pytest.fixture(scope="session")
def pairs_only(invent) -> KnowledgeBase:
    """Twelve pairings, no task."""
    return invent((), [(f"甲区|区{name}", f"乙县|县{name}") for name in LINES[:12]])


@pytest.fixture(scope="session")
def one_region(invent) -> KnowledgeBase:
    """A county's own notice: forty tasks, one region, no pairing."""
    return invent(many_tasks(40, AREAS[:5], ("甲县",)))


@pytest.fixture(scope="session")
def invent() -> Builder:
    """A builder: units are written region|name, tasks are (area, {role: units}), pairings are (donor, recipient)."""
    return invented


def invented(
    tasks: Sequence[tuple[str, Cells]] = (),
    pairings: Sequence[tuple[str, str]] = (),
    *,
    kinds: Mapping[str, str] | None = None,
    document: str = "甲府发〔2024〕1号",
    basis: str = "header",
    merged: bool = False,
) -> KnowledgeBase:
    units: dict[str, dict[str, object]] = {}
    kinds = kinds or {}

    def unit(written: str) -> str:
        region, _, name = written.rpartition("|")
        kind = kinds.get(name, "department")
        row = {"unit": region + name, "name": name, "region": region, "kind": kind, "collective": kind == "collective"}
        return str(units.setdefault(region + name, row)["unit"])

    task_rows, assignment_rows = [], []
    for count, (area, cells) in enumerate(tasks, 1):
        task = f"{document}#{count}"
        row = {"task": task, "document": document, "number": count, "area": area, "text": f"任务{count}。"}
        task_rows.append(row | {"label": f"任务{count}", "address": f"{document}!t1r{count + 1}c2"})
        for column, (role, names) in enumerate(cells.items(), 3):
            ranks: dict[str, int] = {}
            for name in names:
                rank = ranks[name.rpartition("|")[0]] = ranks.get(name.rpartition("|")[0], 0) + 1
                item = names.index(name) + 1
                fact = {"task": task, "unit": unit(name), "role": role, "rank": rank, "as_written": name}
                source = f"{document}!t1r2c{column}.{item}" if merged and count > 1 else ""
                fact |= {"inherited_from": source, "address": f"{document}!t1r{count + 1}c{column}.{item}"}
                assignment_rows.append(fact)
    pairing_rows = [
        {"document": document, "donor": unit(donor), "recipient": unit(recipient), "direction_basis": basis}
        | {"number": count, "address": f"{document}!t2r{count + 1}"}
        for count, (donor, recipient) in enumerate(pairings, 1)
    ]
    regions = tuple(dict.fromkeys(str(row["region"]) for row in units.values() if row["region"]))
    documents = [{"document": document, "title": "关于印发任务分解表的通知", "number": document}]
    documents[0] |= {"issuers": ("甲县人民政府",), "date": "2024-03-01", "regions": regions, "file": "a.txt"}
    kb = KnowledgeBase(
        documents=frame("documents", documents),
        units=frame("units", list(units.values())),
        tasks=frame("tasks", task_rows),
        assignments=frame("assignments", assignment_rows),
        pairings=frame("pairings", pairing_rows),
    )
    return validate(kb)
