"""What a reader does with the page: search, filter, focus, read details, lay out, move, take away, use keys."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest

UNIT = "渝中区招商投资局"
SHOWN_UNITS = "pairingGraph.model.nodes.filter(n => n.type === 'unit' && pairingGraph.canvas.shown().nodes[n.id]).map(n => n.node)"
SELECTED = "pairingGraph.store.get('selected') && pairingGraph.model.nodes[pairingGraph.store.get('selected').id].node"
FOCUS = "pairingGraph.canvas.focus() && pairingGraph.canvas.focus().nodes.size"


def place_of(reader, name: str, layer: str = "positions") -> tuple[float, float]:
    return tuple(
        reader.js(
            f"""(() => {{ const c = pairingGraph.canvas; const id = pairingGraph.model.named.get({json.dumps(name)});
            const p = c.network.canvasToDOM(c.{layer}[id]);
            const r = document.getElementById('graph').getBoundingClientRect();
            return [p.x + r.left, p.y + r.top]; }})()"""
        )
    )


def test_search_finds_any_part_of_a_name_and_jumps_to_it(reader):
    reader.page.fill("#search", "招商投")
    found = reader.page.inner_text("#search-results")
    assert UNIT in found
    reader.page.press("#search", "Enter")
    assert reader.js(SELECTED) == UNIT
    assert reader.page.inner_text("#details h2") == UNIT


def test_search_finds_a_task_by_its_number_and_by_its_words(reader):
    reader.page.fill("#search", "21")
    reader.page.press("#search", "Enter")
    assert reader.js(SELECTED) == "巫溪府发〔2022〕24号#21"
    reader.page.fill("#search", "森林面积")
    assert "27 " in reader.page.inner_text("#search-results")


def test_search_says_when_there_is_nothing(reader):
    reader.page.fill("#search", "没有这个")
    assert reader.page.inner_text("#search-results") == "没有找到"


@pytest.mark.parametrize(
    ("field", "value", "count"),
    [
        pytest.param("region", "渝中区", 34, id="region"),
        pytest.param("kind", "subdistrict", 11, id="kind"),
        pytest.param("role", "lead", 34, id="role"),
        pytest.param("area", "推进“飞地建园”", 4, id="area"),
    ],
)
def test_filters_leave_what_they_name(reader, kb, field, value, count):
    reader.page.select_option(f"#choose-{field}", value)
    expected = {
        "region": lambda: set(kb.units.loc[kb.units["region"] == value, "unit"]),
        "kind": lambda: set(kb.units.loc[kb.units["kind"] == value, "unit"]),
        "role": lambda: set(kb.assignments["unit"]),
        "area": lambda: set(
            kb.assignments.loc[kb.assignments["task"].isin(kb.tasks.loc[kb.tasks["area"] == value, "task"]), "unit"]
        ),
    }[field]()
    assert set(reader.js(SHOWN_UNITS)) == expected
    assert len(expected) == count
    reader.page.click("#reset-filters")
    assert len(reader.js(SHOWN_UNITS)) == 68


def test_least_load_leaves_the_heaviest(reader):
    reader.js("document.getElementById('choose-least').value = 5")
    reader.page.dispatch_event("#choose-least", "input")
    assert set(reader.js(SHOWN_UNITS)) == {
        "渝中区招商投资局",
        "巫溪县发展改革委",
        "渝中区商务委",
        "巫溪县商务委",
        "渝中区发展改革委",
    }


def test_a_click_focuses_a_second_widens_and_escape_clears(reader):
    reader.page.mouse.click(*place_of(reader, UNIT))
    assert reader.js(SELECTED) == UNIT
    first = reader.js(FOCUS)
    assert first == 1 + 7 + 2
    reader.page.wait_for_timeout(350)
    reader.page.mouse.click(*place_of(reader, UNIT))
    assert reader.js(FOCUS) > first
    reader.page.keyboard.press("Escape")
    assert reader.js(FOCUS) is None


def test_a_click_on_a_label_selects_its_node(reader):
    x, y = place_of(reader, UNIT)
    reader.page.mouse.click(x - 50, y)
    assert reader.js(SELECTED) == UNIT


def test_a_click_on_a_line_shows_the_relation_with_its_cells(reader):
    x, y = place_of(reader, "渝中区朝天门街道")
    a, b = place_of(reader, "巫溪县朝阳镇")
    reader.page.mouse.click((x + a) / 2, (y + b) / 2)
    text = reader.page.inner_text("#details")
    assert "结对" in text
    assert "渝中区朝天门街道" in text
    assert "巫溪县朝阳镇" in text
    assert "巫溪府发〔2022〕24号!t2r" in text
    assert "朝天门街道" in reader.page.inner_text("#details blockquote >> nth=0")


def test_details_of_a_unit_give_three_counts_tasks_pairings_and_cells(open_page, page_file):
    reader = open_page(page_file, "node=巫溪县发展改革委")
    assert reader.page.inner_text(".tiles").split("\n") == ["7", "牵头任务", "4", "列首位", "4.33", "分摊"]
    text = reader.page.inner_text("#details")
    for words in (
        "任务 7",
        "结对 2",
        "1 协同招商",
        "渝中区招商投资局",
        "巫溪府发〔2022〕24号!t1r2c3.1",
        "县投资促进服务中心",
    ):
        assert words in text
    assert reader.page.inner_text("#details blockquote >> nth=0") == "县发展改革委（县投资促进服务中心）"


def test_details_of_a_task_give_text_units_and_targets(open_page, page_file, kb):
    reader = open_page(page_file, "node=巫溪府发〔2022〕24号%233")
    text = reader.page.inner_text("#details")
    task = kb.tasks.set_index("task").loc["巫溪府发〔2022〕24号#3"]
    assert task["text"] in text
    assert task["area"] in text
    assert task["address"] in text
    assert "5000万元以上" in text
    assert "力争" in text


def test_an_inherited_cell_is_cited_with_the_cell_that_supplies_it(open_page, page_file):
    text = open_page(page_file, "node=巫溪府发〔2022〕24号%232").page.inner_text("#details")
    assert "沿用合并单元格" in text
    assert "巫溪府发〔2022〕24号!t1r2c4.1" in text


@pytest.mark.parametrize("layout", ["network", "areas", "columns"])
def test_layouts_switch(reader, layout):
    reader.page.click(f"[data-tool='layout-{layout}']")
    assert reader.js("pairingGraph.store.get('layout')") == layout
    x, y = reader.js(
        """(() => { const l = pairingGraph.payload.layouts[pairingGraph.store.get('layout')];
        const p = pairingGraph.canvas.network.getPosition(0); return [p.x - l.x[0], p.y - l.y[0]]; })()"""
    )
    assert abs(x) < 1
    assert abs(y) < 1


def test_dragged_positions_are_kept_exported_reloaded_and_reset(reader, tmp_path, page_file):
    x, y = place_of(reader, UNIT)
    reader.page.mouse.move(x, y)
    reader.page.mouse.down()
    reader.page.mouse.move(x + 30, y + 40, steps=4)
    reader.page.mouse.up()
    moved = place_of(reader, UNIT)
    assert moved == pytest.approx((x + 30, y + 40), abs=3)
    reader.open(page_file)
    reader.page.reload()
    reader.open(page_file)
    assert place_of(reader, UNIT) == pytest.approx(moved, abs=3)
    with reader.page.expect_download() as download:
        reader.page.click("#positions-save")
    kept = tmp_path / "positions.json"
    download.value.save_as(kept)
    assert list(json.loads(kept.read_text(encoding="utf-8"))["positions"]["columns"]) == [UNIT]
    reader.page.click("#positions-reset")
    assert place_of(reader, UNIT) == pytest.approx((x, y), abs=3)
    reader.page.set_input_files("#positions-file", kept)
    reader.page.wait_for_timeout(100)
    assert place_of(reader, UNIT) == pytest.approx(moved, abs=3)


def test_a_file_without_positions_changes_nothing(reader, tmp_path):
    strange = tmp_path / "strange.json"
    strange.write_text('{"positions": {"columns": {"__proto__": [1, 2], "没有": [1, 2]}, "x": 3}}', encoding="utf-8")
    before = place_of(reader, UNIT)
    reader.page.set_input_files("#positions-file", strange)
    reader.page.wait_for_timeout(100)
    assert place_of(reader, UNIT) == before
    assert "没有本图的位置" in reader.page.inner_text("#status")


def test_the_address_bar_keeps_the_selection(reader, page_file):
    reader.page.fill("#search", UNIT)
    reader.page.press("#search", "Enter")
    reader.page.click("#widen")
    reader.page.click("[data-tool='layout-network']")
    address = reader.page.url
    assert "#" in address
    reader.page.goto("about:blank")
    reader.page.goto(address)
    reader.open(page_file, address.partition("#")[2])
    assert reader.js(SELECTED) == UNIT
    assert reader.js("pairingGraph.store.get('hops')") == 2
    assert reader.js("pairingGraph.store.get('layout')") == "network"


def taken(reader, action: str, tmp_path):
    reader.page.click("#take-away summary")
    with reader.page.expect_download() as download:
        reader.page.click(f"[data-action='{action}']")
    target = tmp_path / download.value.suggested_filename
    download.value.save_as(target)
    return target


def test_the_view_is_taken_away_as_png(reader, tmp_path):
    file = taken(reader, "takeaway.png", tmp_path)
    data = file.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert file.name == "巫溪府发〔2022〕24号-关系网络.png"
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    assert width > 1500
    assert height > 1500
    assert len(data) > 100_000
    assert reader.complaints == []


def test_the_view_is_taken_away_as_svg_with_its_font_and_source(reader, tmp_path):
    text = taken(reader, "takeaway.svg", tmp_path).read_text(encoding="utf-8")
    root = ET.fromstring(text)
    words = "".join(root.itertext())
    assert "区招商投资局" in words
    assert "来源：巫溪府发〔2022〕24号" in words
    assert "@font-face" in words
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_a_focused_view_is_taken_away_as_it_is(open_page, page_file, tmp_path):
    reader = open_page(page_file, f"node={UNIT}")
    words = "".join(ET.fromstring(taken(reader, "takeaway.svg", tmp_path).read_text(encoding="utf-8")).itertext())
    assert "区招商投资局" in words
    assert "区卫生健康委" not in words


@pytest.mark.parametrize(("table", "rows"), [("units", 68), ("tasks", 28), ("relations", 114)])
def test_the_rows_shown_are_taken_away_as_csv(reader, tmp_path, table, rows):
    data = taken(reader, f"takeaway.csv.{table}", tmp_path).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    found = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(found) == rows + 1
    assert len({len(row) for row in found}) == 1


def test_the_menu_closes_by_escape_or_a_click_beside_it_and_by_no_other_key(reader):
    opened = "document.getElementById('take-away').open"
    reader.page.click("#take-away summary")
    reader.page.keyboard.press("Tab")
    assert reader.js(opened)
    reader.page.keyboard.press("Escape")
    assert not reader.js(opened)
    assert reader.js("document.activeElement.tagName") == "SUMMARY"
    reader.page.click("#take-away summary")
    reader.page.click("h1")
    assert not reader.js(opened)


def test_csv_holds_only_what_the_filters_leave(reader, tmp_path):
    reader.page.select_option("#choose-region", "巫溪县")
    found = taken(reader, "takeaway.csv.units", tmp_path).read_text(encoding="utf-8-sig")
    assert "渝中区" not in found
    assert len(found.splitlines()) == 35


def test_table_view_holds_the_same_data(reader, kb):
    reader.page.click("#tab-table")
    assert reader.page.locator("#table-units tbody tr").count() == len(kb.units)
    assert reader.page.locator("#table-tasks tbody tr").count() == len(kb.tasks)
    assert reader.page.locator("#table-relations tbody tr").count() == len(kb.assignments) + len(kb.pairings)
    reader.page.click("#table-units thead button >> nth=4")
    reader.page.click("#table-units thead button >> nth=4")
    top = reader.page.locator("#table-units tbody tr").first.inner_text()
    assert "\t7\t" in top
    assert reader.page.get_attribute("#table-units thead th >> nth=4", "aria-sort") == "descending"


def test_both_languages(reader):
    assert reader.page.inner_text("h1") == "县发展改革委与区招商投资局各牵头 7 项任务"
    reader.page.click("#languages button[data-value='en']")
    assert reader.page.inner_text("h1") == "县发展改革委 and 区招商投资局 each lead 7 tasks"
    assert reader.page.get_attribute("html", "lang") == "en"
    visible = reader.page.inner_text("#controls")
    assert "Filter" in visible
    assert "筛选" not in visible
    reader.page.click("#languages button[data-value='zh']")
    assert "筛选" in reader.page.inner_text("#controls")


def test_no_word_of_the_interface_is_missing(reader):
    for language in ("zh", "en"):
        reader.js(f"pairingGraph.store.set({{lang: '{language}', tab: 'table'}})")
        for node in ("渝中区招商投资局", "巫溪府发〔2022〕24号#4"):
            reader.js(
                f"pairingGraph.store.set({{selected: {{type: 'node', id: pairingGraph.model.named.get('{node}')}}}})"
            )
            text = reader.page.inner_text("body")
            assert not [word for word in ("details.", "page.", "column.", "load.", "undefined", "NaN") if word in text]


def test_everything_is_reached_by_keyboard(reader):
    seen = []
    for _ in range(60):
        reader.page.keyboard.press("Tab")
        seen.append(
            reader.js(
                """(() => { const a = document.activeElement; const s = getComputedStyle(a);
                return [a.id || a.dataset.kind || a.dataset.value || a.tagName, s.outlineStyle !== 'none']; })()"""
            )
        )
    names = [name for name, _ in seen]
    for wanted in ("skip", "search", "columns", "network", "tab-network", "zh", "en", "SUMMARY", "help", "task", "paired",
                   "choose-region", "choose-least", "positions-open", "graph", "zoom-in"):  # fmt: skip
        assert wanted in names, wanted
    assert all(outlined for name, outlined in seen if name != "BODY")


def test_keys_walk_widen_switch_and_clear(reader):
    reader.page.focus("#graph")
    reader.page.keyboard.press("n")
    first = reader.js(SELECTED)
    assert first
    reader.page.keyboard.press("n")
    assert reader.js(SELECTED) != first
    reader.page.keyboard.press("Enter")
    assert reader.js("pairingGraph.store.get('hops')") == 2
    reader.page.keyboard.press("b")
    assert reader.js("pairingGraph.store.get('hops')") == 1
    reader.page.keyboard.press("/")
    assert reader.js("document.activeElement.id") == "search"
    reader.page.keyboard.press("Escape")
    reader.page.keyboard.press("?")
    assert reader.page.is_visible("#help-dialog")
    reader.page.keyboard.press("Escape")
    assert not reader.page.is_visible("#help-dialog")
    assert reader.js(SELECTED)
    reader.page.keyboard.press("Escape")
    assert reader.js(SELECTED) is None


def test_n_and_p_walk_the_nodes_down_and_up_as_they_stand(reader):
    places = reader.js(
        "pairingGraph.model.nodes.filter(n => pairingGraph.canvas.shown().nodes[n.id])"
        ".map(n => [pairingGraph.canvas.positions[n.id].y, pairingGraph.canvas.positions[n.id].x, n.node])"
    )
    order = [name for *_, name in sorted(places)]
    walked = []
    for key in "nnnpppn":
        reader.page.keyboard.press(key)
        walked.append(reader.js(SELECTED))
    assert walked == [order[place] for place in (0, 1, 2, 1, 0, -1, 0)]


def test_p_alone_begins_at_the_end(reader):
    last = reader.js(
        "(() => { const at = pairingGraph.canvas.positions; const shown = pairingGraph.canvas.shown().nodes;"
        "return Math.max(...pairingGraph.model.nodes.filter(n => shown[n.id]).map(n => at[n.id].y)); })()"
    )
    reader.page.keyboard.press("p")
    assert reader.js("pairingGraph.canvas.positions[pairingGraph.store.get('selected').id].y") == last


@pytest.mark.parametrize(
    ("key", "x", "y"),
    [("ArrowLeft", 1, 0), ("ArrowRight", -1, 0), ("ArrowUp", 0, 1), ("ArrowDown", 0, -1)],
)
def test_an_arrow_moves_the_view_and_so_the_drawing_the_other_way(open_page, page_file, key, x, y):
    reader = open_page(page_file, reduced_motion="reduce")
    before = place_of(reader, UNIT)
    reader.page.keyboard.press(key)
    after = place_of(reader, UNIT)
    assert [round((new - old) / 80) for old, new in zip(before, after, strict=True)] == [x, y]


def test_plus_and_minus_zoom_and_zero_fits(open_page, page_file):
    reader = open_page(page_file, reduced_motion="reduce")
    scale = "pairingGraph.canvas.network.getScale()"
    whole = reader.js(scale)
    for key, expected in [("+", 1.3), ("=", 1.69), ("-", 1.3), ("0", 1)]:
        reader.page.keyboard.press(key)
        assert reader.js(scale) / whole == pytest.approx(expected), key


def test_letters_switch_view_and_language_and_go_to_the_graph(reader):
    for key, name, expected in [
        ("t", "tab", "table"),
        ("t", "tab", "network"),
        ("1", "tab", "load"),
        ("2", "tab", "pairs"),
        ("3", "tab", "gaps"),
        ("l", "lang", "en"),
        ("l", "lang", "zh"),
    ]:
        reader.page.keyboard.press(key)
        assert reader.js(f"pairingGraph.store.get('{name}')") == expected, key
    reader.page.keyboard.press("g")
    assert reader.js("document.activeElement.id") == "graph"


def test_w_widens_to_four_steps_and_b_narrows_to_one(reader):
    reader.page.keyboard.press("w")
    assert reader.js("pairingGraph.store.get('hops')") == 1, "nothing is selected"
    reader.page.keyboard.press("n")
    steps = []
    for key in "wwwwbbbb":
        reader.page.keyboard.press(key)
        steps.append(reader.js("pairingGraph.store.get('hops')"))
    assert steps == [2, 3, 4, 4, 3, 2, 1, 1]


def test_keys_typed_into_a_field_are_text(reader):
    reader.page.focus("#search")
    reader.page.keyboard.type("nt2")
    assert reader.js(SELECTED) is None
    assert reader.js("pairingGraph.store.get('tab')") == "network"
    assert reader.page.input_value("#search") == "nt2"


def test_print_shows_the_graph_as_a_drawing(reader):
    reader.page.emulate_media(media="print")
    reader.js("window.dispatchEvent(new Event('beforeprint'))")
    assert reader.page.is_visible("#print-view svg")
    assert not reader.page.is_visible("header")
    reader.js("window.dispatchEvent(new Event('afterprint'))")
    assert reader.complaints == []


def test_reduced_motion_jumps_at_once(open_page, page_file):
    reader = open_page(page_file, reduced_motion="reduce")
    before = reader.js("pairingGraph.canvas.network.getScale()")
    after = reader.js("(pairingGraph.canvas.zoom(2), pairingGraph.canvas.network.getScale())")
    assert after == pytest.approx(2 * before)


def test_nothing_was_asked_for_and_nothing_complained_of_after_much_use(reader, tmp_path):
    for layout in ("network", "areas"):
        reader.page.click(f"[data-tool='layout-{layout}']")
    reader.page.fill("#search", "商务")
    reader.page.press("#search", "Enter")
    taken(reader, "takeaway.png", tmp_path)
    reader.page.click("#tab-table")
    assert reader.complaints == []
    assert reader.outside_requests() == []
