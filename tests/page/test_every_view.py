"""Every question, for notices of every make, in every frame: nothing is tiny, cut, covered, wide or unsaid."""

from __future__ import annotations

import pytest
from tests.page.test_large_graphs import notice_like

from pairing_graph.page import write_page
from pairing_graph.reading.notices import read_notice

QUESTIONS = ("load", "pairs", "gaps", "matrix", "network", "table")
FRAMES = {"1440": (1440, 900), "1024": (1024, 768), "988": (988, 760), "390": (390, 844), "200%": (720, 450)}

LONG = "新时代文明实践和未成年人思想道德建设工作联席会议办公室"
AREAS = ("产业协作", "就业帮扶和稳岗增收", "教育卫生人才组团帮扶")


def task_rows(regions: tuple[str, ...], tasks: int) -> list[str]:
    bodies = ("发展改革委", "教委", "卫生健康委", "农业农村委", "财政局", "人力社保局", "商务委", "文化旅游委", LONG)
    rows = ["序号|事项|任务内容|" + "|".join(f"{region}牵头单位" for region in regions)]
    for count in range(tasks):
        cells = []
        for place, region in enumerate(regions):
            first = bodies[(count * (place + 2)) % len(bodies)]
            second = bodies[(count * 5 + place + 1) % len(bodies)]
            named = [first] if first == second else [first, second]
            cells.append("、".join(region[-1] + name for name in named))
        area = AREAS[count * len(AREAS) // tasks]
        rows.append(
            f"{count + 1}|{area}|推进第{'一二三四五六七八九十'[count % 10]}批重点项目建设，完善配套设施。|"
            + "|".join(cells)
        )
    return rows


PAIRS = [
    "序号|帮扶单位|受帮扶单位",
    "1|区发展改革委|县发展改革委",
    "2|区教委|县教委",
    "3|区教委|县卫生健康委",
    "4|区朝阳街道|城关镇",
]
NOTICES = {
    "150-tasks": [
        "渝中区、巫溪县对口协同发展任务分解表",
        *task_rows(("渝中区", "巫溪县"), 150),
        "渝中区、巫溪县部门结对帮扶表",
        *PAIRS,
    ],
    "one-region": ["巫溪县重点工作任务分解表", *task_rows(("巫溪县",), 12)],
    "pairs-only": ["渝中区、巫溪县部门结对帮扶表", *PAIRS],
    "tasks-only": ["渝中区、巫溪县对口协同发展任务分解表", *task_rows(("渝中区", "巫溪县"), 9)],
}


def html_of(lines: list[str]) -> str:
    parts, rows = [], []
    for line in [*lines, ""]:
        if "|" in line:
            rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split("|")) + "</tr>")
            continue
        if rows:
            parts.append(f"<table>{''.join(rows)}</table>")
            rows = []
        parts.append(f"<p>{line}</p>")
    return f"<!DOCTYPE html><meta charset='utf-8'><body>{''.join(parts)}</body>"


# Every text of the drawings on show: its words, its size on the screen, its box, the box of its drawing, and which one that is:
# heads that stay in place lie over what is scrolled below them.
TEXTS = """(() => [...document.querySelectorAll('.view:not([hidden]) svg')].flatMap((drawing, place) => {
    const frame = drawing.getBoundingClientRect();
    return [...drawing.querySelectorAll('text')].map(text => {
        const box = text.getBoundingClientRect();
        const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
        return [text.textContent, size, box.left, box.top, box.right, box.bottom, frame.left, frame.top, frame.right, frame.bottom, place];
    }).filter(([words, , left, , right]) => words.trim() && right > left);
}))()"""
SMALLEST = """Math.min(...[...document.querySelectorAll('body *')].filter(node => node.childNodes.length
    && [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()) && node.checkVisibility()
    && !node.closest('svg') && !['SCRIPT', 'STYLE', 'NOSCRIPT', 'OPTION'].includes(node.tagName))
    .map(node => parseFloat(getComputedStyle(node).fontSize)))"""
WIDE = """[document.documentElement.scrollWidth - innerWidth, ...['load', 'pairs', 'gaps'].map(name => document.getElementById(`${name}-view`))
    .filter(view => !view.hidden).map(view => view.scrollWidth - view.clientWidth)]"""
UNSAID = ("[object", "undefined", "NaN", "page.", "finding", "missing.")


@pytest.fixture(scope="module", params=[*NOTICES, "1000-nodes"])
def made_file(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("notice")
    if request.param == "1000-nodes":
        return write_page(notice_like(400, 600), folder / "graph.html")
    (folder / "notice.html").write_text(html_of(NOTICES[request.param]), encoding="utf-8")
    return write_page(read_notice(folder / "notice.html"), folder / "graph.html")


def covering(texts: list[list]) -> list[tuple[str, str]]:
    """Pairs of texts of which one covers another."""
    found = []
    texts = sorted(texts, key=lambda text: text[3])
    for place, one in enumerate(texts):
        for other in texts[place + 1 :]:
            if other[3] >= one[5] - 3:
                break
            if one[10] == other[10] and min(one[4], other[4]) - max(one[2], other[2]) > 1:
                found.append((one[0], other[0]))
    return found


def faults(reader, question: str) -> list[str]:
    """What a reader would complain of in a tab."""
    reader.js(f"pairingGraph.store.set({{tab: '{question}'}})")
    texts = reader.js(TEXTS)
    found = [f"tiny: {text[0]}" for text in texts if text[1] < 11.98]
    found += [
        f"cut: {text[0]}"
        for text in texts
        if text[2] < text[6] - 1 or text[3] < text[7] - 1 or text[4] > text[8] + 1 or text[5] > text[9] + 2
    ]
    found += [f"covered: {one} by {other}" for one, other in covering(texts)]
    found += [f"wide: {wide}" for wide in reader.js(WIDE) if wide > 1]
    found += ["tiny words around it"] if reader.js(SMALLEST) < 11.98 else []
    body = reader.page.inner_text("body")
    return found + [f"unsaid: {word}" for word in UNSAID if word in body] + reader.complaints


@pytest.mark.parametrize("frame", FRAMES)
def test_nothing_is_tiny_cut_covered_wide_or_unsaid(open_page, made_file, frame):
    width, height = FRAMES[frame]
    reader = open_page(made_file, width=width, height=height)
    assert {question: faults(reader, question)[:5] for question in QUESTIONS if faults(reader, question)} == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_selected_unit_is_shown_in_every_tab(open_page, answers_file, lang):
    reader = open_page(answers_file, f"lang={lang}&node=巫溪县国资监管中心")
    assert {question: faults(reader, question)[:5] for question in QUESTIONS if faults(reader, question)} == {}


def test_a_tab_without_data_says_why(open_page, tmp_path):
    reasons = {}
    for name in ("pairs-only", "tasks-only"):
        (tmp_path / f"{name}.html").write_text(html_of(NOTICES[name]), encoding="utf-8")
        reader = open_page(write_page(read_notice(tmp_path / f"{name}.html"), tmp_path / f"{name}-page.html"))
        for question in ("load", "pairs", "gaps"):
            reader.page.click(f"#tab-{question}")
            reasons[name, question] = (
                reader.page.inner_text("#empty-view") if reader.page.is_visible("#empty-view") else ""
            )
    assert "没有读到分给具名单位的任务" in reasons["pairs-only", "load"]
    assert reasons["pairs-only", "pairs"] == ""
    assert "没有分解任务" in reasons["pairs-only", "gaps"]
    assert reasons["tasks-only", "load"] == ""
    assert "没有结对表" in reasons["tasks-only", "pairs"]
    assert "没有结对表" in reasons["tasks-only", "gaps"]
