"""The matrix of the page: marks are the published figure's, heads stay in place, areas fold, nothing is tiny or wide."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pytest
from tests.page.test_large_graphs import notice_like

from pairing_graph.figures.matrix import responsibility_marks
from pairing_graph.page import write_page

AREAS, OF_AREA = 6, 25
LABELS = "[...document.querySelectorAll('#matrix-view .body [data-row]')].map(item => item.getAttribute('aria-label'))"
HEADS = "[...document.querySelectorAll('#matrix-view .side [data-row]')].map(item => item.getAttribute('aria-label'))"
PLACE = """(selector => {{ const [own, host] = [document.querySelector(selector), document.querySelector('#matrix-view')].map(e => e.getBoundingClientRect());
    return [Math.round(own.left - host.left), Math.round(own.top - host.top)]; }})('#matrix-view {0}')"""
SMALLEST = """Math.min(...[...document.querySelectorAll('#matrix-view text')].map(text =>
    parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"""


@pytest.fixture
def matrix(open_page, answers_file):
    return open_page(answers_file, "tab=matrix")


def county(tasks: int, units: int) -> nx.MultiDiGraph:
    """Tasks in areas of equal size; of every task one unit of each side leads, and another supports."""
    graph = notice_like(units, tasks)
    names = [name for name, data in graph.nodes(data=True) if data["node_type"] == "unit"]
    for count in range(tasks):
        area = f"d#a{count // OF_AREA}"
        graph.add_node(area, node_type="area", label=f"第{count // OF_AREA + 1}类协作事项", document="d")
        graph.add_edge(f"d#{count + 1}", area, relation="part_of", address=f"d!t1r{count + 2}c1")
        address = f"d!t1r{count + 2}c4.1"
        graph.add_edge(names[(count * 13 + 1) % units], f"d#{count + 1}", key=address, relation="assigned", role="support",
                       rank=1, address=address)  # fmt: skip
    return graph


@pytest.fixture(scope="module")
def folding(tmp_path_factory):
    return write_page(county(AREAS * OF_AREA, 24), tmp_path_factory.mktemp("matrix") / "county.html", tab="matrix")


@pytest.fixture(scope="module")
def thousand(tmp_path_factory):
    return write_page(county(1000, 300), tmp_path_factory.mktemp("matrix") / "thousand.html", tab="matrix")


def test_marks_are_those_of_the_published_figure(matrix, kb):
    cells = matrix.js("pairingGraph.page.views.matrix.sorts()")
    expected = responsibility_marks(kb)
    assert Counter(map(tuple, cells)) == Counter(zip(expected["unit"], expected["task"], expected["sort"], strict=True))
    assert len(matrix.js(LABELS)) == len(expected)


def test_the_headline_is_the_title_of_the_published_figure(matrix):
    assert matrix.page.inner_text("h1") == "28 项任务中有 7 项由同一地区的多个单位共同牵头"


def test_units_are_in_the_order_of_their_loads_and_name_their_tasks(matrix):
    heads = matrix.js(HEADS)
    assert heads[:3] == ["区招商投资局 7 项任务", "区商务委 5 项任务", "区发展改革委 5 项任务"]
    assert sum(label.startswith("区招商投资局 – ") for label in matrix.js(LABELS)) == 7
    assert matrix.js(PLACE.format(".corner"))[0] == 0


def test_a_missing_counterpart_is_framed_and_said(matrix):
    alone = [label for label in matrix.js(LABELS) if "任务内没有结对单位" in label]
    assert sum(label.startswith("县农业农村委") for label in alone) == 3
    assert len(alone) == matrix.js("pairingGraph.model.edges.filter(edge => edge.unmatched).length")


def test_heads_stay_in_place_when_it_is_scrolled(open_page, answers_file):
    reader = open_page(answers_file, "tab=matrix", width=988, height=600)
    before = {part: reader.js(PLACE.format(part)) for part in (".corner", ".top", ".side", ".end:not(.corner)")}
    reader.js("document.querySelector('#matrix-view').scrollTo(180, 150)")
    after = {part: reader.js(PLACE.format(part)) for part in before}
    assert after[".corner"] == before[".corner"]
    assert after[".top"] == [before[".top"][0] - 180, before[".top"][1]]
    assert after[".side"] == [before[".side"][0], before[".side"][1] - 150]
    assert after[".end:not(.corner)"] == [before[".end:not(.corner)"][0], before[".end:not(.corner)"][1] - 150]


def test_a_mark_is_selected_by_a_click_and_its_row_and_column_stand_out(matrix):
    matrix.page.locator("#matrix-view .body [data-row][aria-label^='县农业农村委 – 4 ']").click()
    edge = matrix.js("pairingGraph.model.edges[pairingGraph.store.get('selected').id]")
    assert (matrix.js(f"pairingGraph.model.nodes[{edge['from']}].node"), edge["kind"]) == ("巫溪县农业农村委", "lead")
    chosen = matrix.js(
        "[...document.querySelectorAll('#matrix-view .selected')].map(item => item.getAttribute('aria-label').split(' ')[0])"
    )
    assert sorted(chosen) == ["4", "县农业农村委", "县农业农村委"]


def test_one_item_is_reached_by_tab_and_arrows_go_on_from_it(matrix):
    assert matrix.js("document.querySelectorAll('#matrix-view [tabindex=\"0\"]').length") == 1
    matrix.page.focus("#matrix-view [tabindex='0']")
    focused = "document.activeElement.getAttribute('aria-label')"
    assert matrix.js(focused) == "区招商投资局 7 项任务"
    matrix.page.keyboard.press("ArrowRight")
    assert matrix.js(focused).startswith("区招商投资局 – 1 ")
    matrix.page.keyboard.press("ArrowDown")
    assert matrix.js(focused).startswith("县发展改革委 – 1 ")
    matrix.page.keyboard.press("Enter")
    assert matrix.js("pairingGraph.store.get('selected').type") == "edge"
    assert matrix.js(focused).startswith("县发展改革委 – 1 ")
    assert matrix.js("document.querySelectorAll('#matrix-view [tabindex=\"0\"]').length") == 1


def test_many_tasks_are_folded_by_area_with_counts(open_page, folding):
    reader = open_page(folding)
    graph = county(AREAS * OF_AREA, 24)
    leads = Counter((u, (int(t[2:]) - 1) // OF_AREA) for u, t, d in graph.edges(data=True) if d.get("role") == "lead")
    pairs = {(u, t) for u, t, d in graph.edges(data=True) if d.get("role") == "lead"}
    helps = Counter(
        (u, (int(t[2:]) - 1) // OF_AREA)
        for u, t, d in graph.edges(data=True)
        if d.get("role") == "support" and (u, t) not in pairs
    )
    expected = Counter(f"{leads[cell] or ''}{f'+{helps[cell]}' if helps[cell] else ''}" for cell in leads | helps)
    texts = reader.js("[...document.querySelectorAll('#matrix-view .body text')].map(text => text.textContent)")
    assert Counter(texts) == expected
    assert reader.page.get_attribute("[data-tool='folded-true']", "aria-pressed") == "true"


def test_one_area_is_opened_and_closed_again(open_page, folding):
    reader = open_page(folding)
    numbers = "document.querySelectorAll('#matrix-view .top [data-row=\"2\"]').length"
    assert reader.js(numbers) == 0
    reader.page.locator("#matrix-view .top [data-more]").nth(1).click()
    assert reader.js(numbers) == OF_AREA
    assert reader.js("document.activeElement.getAttribute('aria-expanded')") == "true"
    reader.page.locator("#matrix-view .top [data-more]").nth(1).click()
    assert reader.js(numbers) == 0


def test_the_choice_of_columns_is_in_the_link(open_page, folding):
    reader = open_page(folding)
    reader.page.click("[data-tool='folded-false']")
    assert reader.js("document.querySelectorAll('#matrix-view .top [data-row=\"2\"]').length") == AREAS * OF_AREA
    assert reader.page.url.endswith("fold=0")
    reader.page.go_back()
    assert reader.js("document.querySelectorAll('#matrix-view .top [data-row=\"2\"]').length") == 0


def test_what_is_chosen_elsewhere_is_shown_in_its_area(open_page, folding):
    reader = open_page(folding)
    reader.js("pairingGraph.page.select({type: 'node', id: pairingGraph.model.named.get('d#140')})")
    box = reader.js(
        "(() => { const [a, b] = ['#matrix-view .top .selected', '#matrix-view'].map(e => document.querySelector(e).getBoundingClientRect());"
        "return [a.left - b.left, b.right - a.right]; })()"
    )
    assert min(box) > 0


def test_a_thousand_tasks_open_and_scroll(open_page, thousand):
    reader = open_page(thousand, "fold=0")
    assert reader.complaints == []
    assert reader.js("document.querySelectorAll('#matrix-view .top [data-row=\"2\"]').length") == 1000
    took = reader.js(
        "(() => { const start = performance.now(); for (let x = 0; x < 10; x += 1) { const host = document.querySelector('#matrix-view');"
        "host.scrollTo(x * 900, x * 300); host.getBoundingClientRect(); } return performance.now() - start; })()"
    )
    assert took < 2000
    assert reader.js(PLACE.format(".corner")) == [0, 0]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (988, 760), (390, 844)])
@pytest.mark.parametrize("name", ["answers_file", "folding"])
def test_nothing_is_tiny_or_wider_than_the_page(open_page, request, name, width, height):
    reader = open_page(request.getfixturevalue(name), "tab=matrix", width=width, height=height)
    for choice in ("false", "true"):
        reader.page.click(f"[data-tool='folded-{choice}']")
        assert reader.js(SMALLEST) >= 12
        assert reader.js("document.documentElement.scrollWidth - innerWidth") <= 0
        assert reader.js("document.querySelector('#matrix-view').getBoundingClientRect().right - innerWidth") <= 0
    assert reader.complaints == []


def test_the_picture_has_every_row_and_the_key(matrix):
    picture = matrix.js("pairingGraph.picture.svgText()")
    for label in matrix.js(HEADS):
        assert f">{label.split()[0]}</text>" in picture
    assert "牵头，列首位" in picture
    assert "28 项任务中有 7 项由同一地区的多个单位共同牵头" in picture


def test_every_sheet_has_heads_and_key_and_no_letter_is_below_nine_pixels(open_page, folding):
    reader = open_page(folding, "fold=0")
    sheets = reader.js(
        """pairingGraph.picture.printed().filter(sheet => sheet.textContent.includes('合计')).map(sheet => {
        const box = sheet.querySelector('svg').viewBox.baseVal;
        return [sheet.textContent.includes('牵头，列首位'), 12 * Math.min(1046 / box.width, 710 / box.height)]; })"""
    )
    assert len(sheets) > 1
    assert all(has_key for has_key, _ in sheets)
    assert min(size for _, size in sheets) > 9


def test_rows_are_taken_away_with_role_and_address(matrix, kb):
    rows = matrix.js("pairingGraph.page.views.matrix.table()")
    assert rows["columns"] == ["单位", "地区", "事项", "编号", "任务", "角色", "位置"]
    assert {row[-1] for row in rows["rows"]} == {address.split()[0] for address in kb.assignments["address"]}


def test_without_tasks_it_says_so(open_page, tmp_path):
    graph = nx.MultiDiGraph()
    for name, region in (("甲局", "甲区"), ("乙局", "乙县")):
        graph.add_node(name, node_type="unit", name=name, region=region, kind="department", collective=False)
    graph.add_edge("甲局", "乙局", relation="paired", address="d!t1r2c1")
    reader = open_page(write_page(graph, tmp_path / "pairs.html", tab="matrix"))
    assert "没有矩阵可画" in reader.page.inner_text("#empty-view")
