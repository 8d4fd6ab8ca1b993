"""What is on show is in the link, and headline, overview and picture say it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import networkx as nx
import pytest

from pairing_graph.measures.workload import COUNTS, workload
from pairing_graph.page import write_page

UNIT = "巫溪县发展改革委"
AREA = "推进“飞地建园”"
STATE = "JSON.stringify(['selected', 'hops', 'filters', 'choices', 'lang', 'layout', 'tab', 'sizeBy'].map(n => pairingGraph.store.get(n)))"
SELECT = f"pairingGraph.store.set({{selected: {{type: 'node', id: pairingGraph.model.named.get('{UNIT}')}}, hops: 1}})"
PICTURE = "pairingGraph.picture.svgText()"


def headline(reader) -> str:
    return reader.page.inner_text("h1")


def picture_words(reader) -> str:
    return "".join(ET.fromstring(reader.js(PICTURE)).itertext())


def test_the_link_holds_focus_filters_legend_language_and_size(reader, page_file):
    reader.page.select_option("#choose-region", "巫溪县")
    reader.page.select_option("#choose-area", AREA)
    reader.page.select_option("#choose-size", "tasks")
    reader.page.click("#legend button[data-kind='gap']")
    reader.js(SELECT)
    reader.page.click("#languages button[data-value='en']")
    state, address = reader.js(STATE), reader.page.url
    reader.page.goto("about:blank")
    reader.open(page_file, address.partition("#")[2])
    assert reader.js(STATE) == state
    assert reader.page.input_value("#choose-area") == AREA
    assert reader.complaints == []


def test_a_link_to_what_is_not_here_shows_everything(open_page, page_file):
    reader = open_page(page_file, "region=某某县&role=x&least=-3&show=y&size=z&node=w")
    assert reader.js("Object.values(pairingGraph.store.get('filters')).some(Boolean)") is False
    assert reader.js("Object.keys(pairingGraph.store.get('choices')).length") == 0
    assert reader.complaints == []


def test_back_and_forward_go_through_what_was_on_show(reader):
    steps = [reader.js(STATE)]
    reader.page.select_option("#choose-region", "巫溪县")
    steps.append(reader.js(STATE))
    reader.js(SELECT)
    steps.append(reader.js(STATE))
    reader.page.click("#tab-table")
    steps.append(reader.js(STATE))
    for state in steps[-2::-1]:
        reader.page.go_back()
        assert reader.js(STATE) == state
    assert reader.page.input_value("#choose-region") == ""
    for state in steps[1:]:
        reader.page.go_forward()
        assert reader.js(STATE) == state
    assert reader.page.input_value("#choose-region") == "巫溪县"
    assert reader.complaints == []


def test_a_drawn_slider_is_one_step(reader):
    length = reader.js("history.length")
    for value in (1, 2, 3, 4):
        reader.js(f"document.getElementById('choose-least').value = {value}")
        reader.page.dispatch_event("#choose-least", "input")
    assert reader.js("history.length") <= length + 1
    assert "least=4" in reader.page.url


@pytest.mark.parametrize(
    ("filters", "finding"),
    [
        ({"region": "巫溪县"}, "县发展改革委牵头 7 项任务"),
        ({"region": "渝中区", "kind": "subdistrict"}, "所示范围内没有任务分工"),
        ({"area": AREA}, "区经济信息委、区招商投资局与县经济信息委等"),
        ({"kind": "township"}, "所示范围内没有任务分工"),
    ],
)
def test_the_headline_and_the_overview_follow_the_filters(reader, kb, filters, finding):
    for field, value in filters.items():
        reader.js(f"pairingGraph.store.set({{filters: {{...pairingGraph.store.get('filters'), {field}: '{value}'}}}})")
    if "area" in filters:
        tasks = kb.tasks.loc[kb.tasks["area"] == AREA, "task"]
        rows = kb.assignments[kb.assignments["task"].isin(tasks)]
        assert headline(reader).endswith(f"各牵头 {rows.groupby('unit')['task'].nunique().max()} 项任务")
        listed = reader.page.inner_text("#details .bars >> nth=0")
        assert all(
            kb.units.set_index("unit").loc[unit, "name"] in reader.page.inner_text("#details") for unit in rows["unit"]
        )
        assert "区商务委" not in listed
    else:
        assert headline(reader) == finding
    assert f"筛选：{'、'.join(words(filters))}" in reader.page.inner_text("#subtitle")
    reader.page.click("#reset-filters")
    assert headline(reader) == "县发展改革委与区招商投资局各牵头 7 项任务"


def test_a_part_without_a_pairing_counts_none(reader):
    reader.page.select_option("#choose-region", "巫溪县")
    assert reader.page.inner_text("#subtitle").startswith("所示：34 个单位、28 项任务 · 筛选：巫溪县")


def words(filters) -> list[str]:
    return [{"subdistrict": "街道", "township": "乡"}.get(value, value) for value in filters.values()]


def test_what_is_shown_is_counted_as_the_measures_count(reader, kb):
    counted = reader.js(
        """(() => { const {model} = pairingGraph; const found = {};
        const counts = createdLoads(); for (const [id, load] of counts) found[model.nodes[id].node] = load; return found;
        function createdLoads() { return pairingGraph.onShow.count(model.edges); } })()"""
    )
    for unit, row in workload(kb)[list(COUNTS)].iterrows():
        if row["tasks"] or row["pairings"]:
            assert {name: counted[unit][name] for name in row.index} == pytest.approx(dict(row), abs=1e-4), unit


def test_the_headline_of_a_focus_says_what_the_unit_carries_and_whom_it_is_paired_with(reader):
    reader.js(SELECT)
    partners = "区发展改革委"
    assert headline(reader).startswith("县发展改革委牵头 7 项任务，同")
    assert partners in headline(reader)
    assert headline(reader).endswith("结对")
    assert headline(reader) in picture_words(reader)
    assert "各牵头 7 项任务" not in picture_words(reader)


def test_the_headlines_of_a_task_and_of_a_line(reader, kb):
    reader.js(
        "pairingGraph.store.set({selected: {type: 'node', id: pairingGraph.model.named.get('巫溪府发〔2022〕24号#27')}})"
    )
    assert headline(reader).startswith("任务 27：")
    assert "（牵头）" in headline(reader)
    row = kb.pairings.iloc[-1]
    edge = f"e.relation === 'paired' && pairingGraph.model.nodes[e.from].node === '{row['donor']}'"
    reader.js(
        f"pairingGraph.store.set({{selected: {{type: 'edge', id: pairingGraph.model.edges.find(e => {edge}).id}}}})"
    )
    names = kb.units.set_index("unit")["name"]
    assert headline(reader) == f"{names[row['donor']]}与{names[row['recipient']]}结对"


def test_headlines_are_in_the_language_of_the_page(reader):
    reader.js(f"pairingGraph.store.set({{lang: 'en'}}); {SELECT}")
    assert headline(reader).startswith("县发展改革委 leads 7 tasks, is paired with ")
    assert not set(headline(reader)) & set("，、；：（）")


@pytest.fixture(scope="module")
def unpaired_file(tmp_path_factory):
    """A notice that shares out tasks between two regions and pairs nobody."""
    graph = nx.MultiDiGraph()
    for name, region in (("甲区财政局", "甲区"), ("乙县财政局", "乙县"), ("乙县交通局", "乙县")):
        graph.add_node(name, node_type="unit", name=name[2:], region=region, kind="department")
    graph.add_node("d", node_type="document", document="d", title="任务分解表")
    graph.add_node("d#1", node_type="task", number=1, text="修路", label="修路", document="d", address="d!t1r2c2")
    graph.add_edge("d", "d#1", relation="issued", address="d!t1r2c2")
    for place, name in enumerate(("甲区财政局", "乙县财政局", "乙县交通局"), 1):
        graph.add_edge(
            name, "d#1", relation="assigned", role="lead", rank=place, address=f"d!t1r2c3.{place}", as_written=name
        )
    return write_page(graph, tmp_path_factory.mktemp("unpaired") / "graph.html", tab="network")


def test_without_a_pairing_table_the_page_says_so_and_why(open_page, unpaired_file):
    reader = open_page(unpaired_file)
    assert reader.page.inner_text("#subtitle").startswith("3 个单位、1 项任务；没有结对表")
    overview = reader.page.inner_text("#details")
    assert "谁与谁结对" in overview
    assert "谁缺对口" in overview
    assert overview.count("没有规定谁与谁结对") == 2
    assert "0 对" not in reader.page.inner_text("body")


def test_an_address_is_copied_by_a_click(open_page, page_file):
    reader = open_page(page_file, "node=巫溪县发展改革委", permissions=["clipboard-read", "clipboard-write"])
    address = reader.page.locator("#details .address").first.inner_text()
    assert address.startswith("巫溪府发〔2022〕24号!t")
    reader.page.locator("#details .copy").first.click()
    reader.page.locator("#status", has_text="已复制").wait_for()  # The clipboard answers later.
    assert reader.page.inner_text("#status") == f"已复制：{address}"
    assert reader.js("navigator.clipboard.readText()") == address
