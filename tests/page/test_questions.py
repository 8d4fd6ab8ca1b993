"""The page answers a question in every tab: headline, drawing, rows. Expected values are those published for 2022."""

from __future__ import annotations

import csv
import io

import networkx as nx
import pytest

from pairing_graph.page import write_page

ROWS = """[...document.querySelectorAll('#{view}-view [data-select^="{kind}"]')].map(item => item.getAttribute('aria-label'))"""


@pytest.fixture
def answers(open_page, answers_file):
    return open_page(answers_file)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("load", "县发展改革委与区招商投资局各牵头 7 项任务"),
        ("pairs", "区发展改革委结对 3 次，共 6 个单位结对不止一次"),
        ("gaps", "县农业农村委等 4 个单位在任务内没有结对单位，10 对单位共担任务而未结对"),
        ("network", "县发展改革委与区招商投资局各牵头 7 项任务"),
    ],
)
def test_a_tab_answers_its_question_in_the_headline(answers, question, headline):
    answers.page.click(f"#tab-{question}")
    assert answers.page.inner_text("h1") == headline
    assert answers.page.get_attribute(f"#tab-{question}", "aria-selected") == "true"
    assert answers.complaints == []


def test_loads_are_bars_in_one_order_whatever_is_counted(answers):
    rows = answers.js(ROWS.format(view="load", kind="n"))
    assert rows[:3] == ["区招商投资局 牵头任务 7", "区商务委 牵头任务 5", "区发展改革委 牵头任务 5"]
    assert "县发展改革委 牵头任务 7" in rows
    answers.page.click("[data-tool='sizeBy-fractional']")
    shares = answers.js(ROWS.format(view="load", kind="n"))
    assert [row.split()[0] for row in shares] == [row.split()[0] for row in rows]
    assert shares[0] == "区招商投资局 分摊 5.00"
    assert "县发展改革委 分摊 4.33" in shares
    assert answers.page.inner_text("h1") == "按分摊计，区招商投资局最多，为 5 项"


def test_bars_of_both_sides_have_one_scale(answers):
    bars = answers.js(
        "[...document.querySelectorAll('#load-view .choosable')].map(row => [row.getAttribute('aria-label').split(' ').at(-1),"
        "row.querySelectorAll('rect')[1].getBoundingClientRect().width])"
    )
    per_task = {round(width / float(value), 1) for value, width in bars}
    assert len(per_task) == 1


def test_every_pairing_is_a_row_and_those_of_a_unit_are_together(answers, kb):
    answers.page.click("#tab-pairs")
    lines = answers.js(ROWS.format(view="pairs", kind="e"))
    assert len(lines) == len(kb.pairings)
    of_unit = [place for place, line in enumerate(lines) if "县国资监管中心" in line]
    assert len(of_unit) == 2
    assert of_unit[1] - of_unit[0] == 1
    assert "区招商投资局 – 县发展改革委，结对，共担任务 1、2、3、4、5、6、9" in lines


def test_who_lacks_a_counterpart_carries_a_mark_with_the_tasks(answers):
    answers.page.click("#tab-pairs")
    names = answers.js(ROWS.format(view="pairs", kind="n"))
    assert "县农业农村委，在任务 4、5、6 内没有结对单位" in names
    assert "县商务委，结对 2 次" in names
    answers.page.click("#tab-gaps")
    assert answers.js(ROWS.format(view="gaps", kind="n"))[0] == "县农业农村委 在任务 4、5、6 内没有结对单位"


def test_tasks_on_a_line_are_those_that_the_measure_counts(answers):
    counts = answers.js(
        "pairingGraph.tabs.views.find(view => view.name === 'gaps').table().rows.filter(row => row[1])"
        ".map(row => row[2].split('、').length)"
    )
    stated = answers.js(
        "pairingGraph.model.edges.filter(edge => edge.relation === 'gap').map(edge => edge.data.joint_tasks)"
    )
    assert sorted(counts) == sorted(stated)


@pytest.mark.parametrize("question", ["load", "pairs", "gaps"])
def test_a_click_on_a_unit_selects_it_and_the_headline_is_about_it(answers, question):
    answers.page.click(f"#tab-{question}")
    answers.page.locator(f"#{question}-view [data-select^='n'][aria-label^='县农业农村委']").first.click()
    assert answers.js("pairingGraph.model.nodes[pairingGraph.store.get('selected').id].node") == "巫溪县农业农村委"
    assert answers.page.inner_text("h1").startswith("县农业农村委")
    assert f"tab={question}" in answers.page.url or question == "load"
    assert "巫溪县农业农村委" in answers.page.inner_text("#details h2")


def test_tabs_are_walked_by_arrows_and_kept_in_the_link(answers):
    answers.page.focus("#tab-load")
    answers.page.keyboard.press("ArrowRight")
    assert answers.js("document.activeElement.id") == "tab-pairs"
    assert answers.page.url.endswith("#tab=pairs")
    answers.page.go_back()
    assert answers.js("pairingGraph.store.get('tab')") == "load"


def test_the_rows_of_a_view_are_copied_as_a_table_and_taken_as_csv(answers, tmp_path, kb):
    answers.page.click("#tab-pairs")
    answers.page.click("#take-away summary")
    with answers.page.expect_download() as download:
        answers.page.click("[data-action='takeaway.csv.view']")
    download.value.save_as(tmp_path / "pairs.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "pairs.csv").read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["帮扶方", "受帮扶方", "共担任务", "方向依据", "备注", "位置"]
    assert len(rows) == len(kb.pairings) + 1
    assert {(row[0], row[1]) for row in rows[1:]} == set(
        zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True)
    )
    answers.page.click("#take-away summary")
    answers.page.click("[data-action='takeaway.copy']")
    assert answers.page.inner_text("#status") == f"已复制 {len(kb.pairings)} 行"


def test_a_partner_that_a_filter_leaves_out_still_belongs_to_its_pair(open_page, answers_file, kb):
    reader = open_page(answers_file, "tab=pairs&region=渝中区")
    assert reader.page.inner_text("h1") == "区发展改革委结对 3 次，共 6 个单位结对不止一次"
    lines = reader.js(ROWS.format(view="pairs", kind="e"))
    assert len(lines) == len(kb.pairings)
    assert "区招商投资局 – 县发展改革委，结对，共担任务 1、2、3、4、5、6、9" in lines
    assert "未列入结对表" not in reader.js("document.querySelector('#pairs-view').textContent")


def test_a_unit_that_filters_hide_is_said_to_be_hidden_and_not_to_be_idle(open_page, answers_file):
    reader = open_page(answers_file, "region=渝中区&node=巫溪县发展改革委")
    for question in ("load", "pairs", "gaps", "matrix"):
        reader.page.click(f"#tab-{question}")
        assert reader.page.inner_text("h1") == "县发展改革委不在所示范围内"


def test_what_the_legend_hides_does_not_change_the_answer(open_page, answers_file):
    reader = open_page(answers_file, "tab=pairs&hide=paired")
    assert reader.page.inner_text("h1") == "区发展改革委结对 3 次，共 6 个单位结对不止一次"
    assert "没有内容" in reader.js("document.querySelector('#pairs-view').textContent")


def test_every_count_that_can_be_chosen_has_a_headline(open_page, answers_file):
    reader = open_page(answers_file)
    for count in reader.js("pairingGraph.payload.loads.counts"):
        for lang in ("zh", "en"):
            reader.js(f"pairingGraph.store.set({{sizeBy: '{count}', lang: '{lang}'}})")
            assert "finding" not in reader.page.inner_text("h1"), count


@pytest.mark.parametrize("link", ["layout=constructor", "lang=toString", "tab=x&layout=__proto__", "least=Infinity"])
def test_a_link_that_names_nothing_opens_the_page_all_the_same(open_page, answers_file, link):
    reader = open_page(answers_file, link)
    assert "function" not in reader.page.inner_text("h1")
    assert reader.complaints == []


def test_an_empty_filter_says_so_in_every_drawing(open_page, answers_file):
    reader = open_page(answers_file, "least=99")
    for question in ("load", "pairs", "gaps"):
        reader.page.click(f"#tab-{question}")
        assert "所示范围内没有内容" in reader.js(f"document.querySelector('#{question}-view').textContent")
        assert "凡与对方共担任务的单位" not in reader.page.inner_text("h1")


def test_units_without_a_region_are_all_shown_when_asked_for(open_page, tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node("d", node_type="document", document="d", title="通知")
    graph.add_node(
        "d#1", node_type="task", task="d#1", number=1, text="做好工作。", label="做好工作", address="d!t1r2c2"
    )
    graph.add_edge("d", "d#1", key="d!t1r2c2", relation="issued", address="d!t1r2c2")
    for count in range(130):
        graph.add_node(
            f"单位{count}", node_type="unit", unit=f"单位{count}", name=f"单位{count}", kind="other", collective=False
        )
        address = f"d!t1r2c3.{count + 1}"
        graph.add_edge(
            f"单位{count}", "d#1", key=address, relation="assigned", role="lead", rank=count + 1, address=address
        )
    reader = open_page(write_page(graph, tmp_path / "graph.html"))
    assert len(reader.js(ROWS.format(view="load", kind="n"))) == 120
    reader.page.locator("#load-view [data-more]").click()
    assert len(reader.js(ROWS.format(view="load", kind="n"))) == 130
    assert reader.complaints == []
