"""The source on the page: every cell once, every address leads to it, every cell leads back to its unit or task."""

from __future__ import annotations

import json
import re

import pytest
from tests.rendering import table, to_docx, to_html

import pairing_graph as pg
from pairing_graph.page import source as source_module
from pairing_graph.page import write_page
from pairing_graph.page.source import source_data

NAME = "巫溪府发〔2022〕24号"
UNIT = "巫溪县国资监管中心"
PIECES = "[...document.querySelectorAll('.piece')].map(p => [p.dataset.address, p.textContent])"
SELECTED = "pairingGraph.store.get('selected') && pairingGraph.model.nodes[pairingGraph.store.get('selected').id].node"
CITED = "[...document.querySelectorAll('.piece.cited')].map(p => p.dataset.address)"
INSIDE = """(() => { const cell = document.querySelector('.piece.cited').getBoundingClientRect();
  const room = document.querySelector('.source-body').getBoundingClientRect();
  return cell.top >= room.top && cell.bottom <= room.bottom && room.bottom <= innerHeight; })()"""


def cell(reader, place: str):
    return reader.page.locator(f'[data-address="{NAME}!{place}"]')


def bare_pieces(kb) -> dict[str, str]:
    return {
        str(address): text
        for name, source in kb.sources.items()
        for address, text, _ in source.document.pieces(name, blank=True)
    }


@pytest.fixture
def in_doubt(tmp_path):
    """A notice with a cell in doubt, a merged cell and a cell of three names."""
    rows = [
        ["序号", "工作任务", "牵头单位", "配合单位"],
        ["1", "修通进村公路", "甲县交通局", "甲县财政局、甲县教育局、甲县民政局"],
        ["1", "办好乡村学校", "甲县教育局", "^"],
        ["3", "帮扶困难群众", "甲县民政局", "甲县财政局"],
    ]
    file = tmp_path / "doubt.docx"
    file.write_bytes(to_docx([table(*rows)]))
    return pg.read_notice(file)


def test_every_cell_of_the_documents_is_on_the_page_once(open_page, page_file, kb):
    shown = open_page(page_file, "tab=source").js(PIECES)
    assert len(shown) == len({address for address, _ in shown})
    assert dict(shown) == bare_pieces(kb)


def test_the_page_and_the_reading_show_the_same_cells(open_page, page_file, kb, tmp_path):
    drawn = "[...document.querySelectorAll('.piece')].map(p => [p.dataset.address, p.className, p.innerHTML])"
    reader = open_page(page_file, "tab=source")
    here = reader.js(drawn)
    reader.page.goto(pg.write_reading(kb, tmp_path / "reading.html").as_uri())
    assert reader.js(drawn) == here
    assert reader.complaints == []
    assert reader.outside_requests() == []


@pytest.mark.parametrize("pair", [1, 2])
def test_an_address_in_the_details_opens_the_drawer_at_its_cell(open_page, page_file, expected, pair):
    # The rows of the second table stand in the order of the hand-made file, below one row of headings; the merged ones
    # come first in a row, so the row is told by the printed number.
    rows = expected("pairings")
    rows = rows[rows["recipient"] == UNIT].sort_values("number", ascending=False)
    number, donor = rows.iloc[pair - 1][["number", "donor"]]
    reader = open_page(page_file, f"tab=pairs&node={UNIT}")
    item = reader.page.locator("#details li", has_text=donor).last
    item.locator(".address").first.click()
    assert reader.page.is_visible("#drawer")
    cited = reader.js(CITED)
    assert cited == [f"{NAME}!t2r{int(number) + 1}c2", f"{NAME}!t2r{int(number) + 1}c3"]
    assert reader.js("[...document.querySelectorAll('.name.cited')].map(n => n.textContent)") == [
        rows.iloc[pair - 1]["donor_name"],
        "县国资监管中心",
    ]
    assert reader.js(INSIDE)
    assert reader.js(SELECTED) == UNIT


def test_escape_closes_the_drawer_and_keeps_what_is_selected(open_page, page_file):
    reader = open_page(page_file, f"tab=load&node={UNIT}")
    reader.page.locator("#details .address").first.click()
    reader.page.keyboard.press("Escape")
    assert not reader.page.is_visible("#drawer")
    assert reader.js(SELECTED) == UNIT
    assert reader.js("document.activeElement.className") == "address"
    reader.page.keyboard.press("Escape")
    assert reader.js(SELECTED) is None


def test_drawer_and_tab_share_the_cells(open_page, page_file, kb):
    reader = open_page(page_file, f"tab=load&node={UNIT}")
    reader.page.locator("#details .address").first.click()
    reader.page.click("#tab-source")
    assert not reader.page.is_visible("#drawer")
    assert len(reader.js(PIECES)) == len(bare_pieces(kb))
    reader.page.locator("#details .address").nth(1).click()
    assert not reader.page.is_visible("#drawer")
    assert reader.js(INSIDE)


def test_a_click_on_a_task_cell_selects_that_task(open_page, page_file, kb):
    reader = open_page(page_file, "tab=source")
    cell(reader, "t1r5c2").click()
    assert reader.js(SELECTED) == f"{NAME}#4"
    assert reader.page.inner_text("#details h2").strip() == "任务 4"


def test_a_click_on_a_name_in_a_cell_of_several_selects_that_unit(open_page, page_file):
    reader = open_page(page_file, "tab=source")
    cell(reader, "t1r5c3").locator(".name", has_text="县商务委").click()
    assert reader.js(SELECTED) == "巫溪县商务委"


def test_a_cell_that_stands_for_several_offers_them(open_page, page_file, kb):
    below = f"{NAME}!t1r6c3"
    units = list(kb.assignments.loc[kb.assignments["address"].str.startswith(f"{below}."), "unit"])
    assert len(units) > 1
    reader = open_page(page_file, "tab=source")
    cell(reader, "t1r6c3").click()
    assert reader.js(SELECTED) is None
    choices = reader.page.locator(".choices button")
    assert choices.all_inner_texts() == units
    choices.nth(1).click()
    assert reader.js(SELECTED) == units[1]


def test_what_is_found_in_the_tab_is_marked_at_all_its_places(open_page, page_file, kb):
    reader = open_page(page_file, f"tab=source&node={UNIT}")
    own = kb.assignments.loc[kb.assignments["unit"] == UNIT, "address"]
    paired = kb.pairings.loc[kb.pairings["recipient"] == UNIT, "address"].str.split().str[1]
    assert set(reader.js(CITED)) == {re.sub(r"\.\d+$", "", one) for one in [*own, *paired]}


def test_copying_is_one_click_on_a_button_of_its_own(open_page, page_file):
    reader = open_page(page_file, f"tab=load&node={UNIT}", permissions=["clipboard-read", "clipboard-write"])
    button = reader.page.locator("#details .copy").first
    assert button.get_attribute("aria-label") == "复制位置"
    address = reader.page.locator("#details .address").first.inner_text()
    button.click()
    reader.page.wait_for_selector("#details .copy.copied")
    assert reader.js("navigator.clipboard.readText()") == address
    assert not reader.page.is_visible("#drawer")


def test_cells_are_reached_with_keys(open_page, page_file):
    reader = open_page(page_file, "tab=source")
    assert reader.js("document.querySelectorAll('.piece[tabindex=\"0\"]').length") == 1
    cell(reader, "t1r4c2").focus()
    reader.page.keyboard.press("ArrowDown")
    focused = "document.activeElement.dataset.address"
    assert reader.js(focused) == f"{NAME}!t1r5c2"
    reader.page.keyboard.press("ArrowRight")
    assert reader.js(focused) == f"{NAME}!t1r5c3"
    reader.page.keyboard.press("ArrowLeft")
    reader.page.keyboard.press("Enter")
    assert reader.js(SELECTED) == f"{NAME}#4"


def test_only_doubts_and_losses_are_left_when_asked_for(open_page, in_doubt, tmp_path):
    row = in_doubt.unread[in_doubt.unread["severity"].isin(["doubt", "loss"])]
    cells = {re.sub(r"\.\d+$", "", part) for joined in row["address"] for part in joined.split()}
    reader = open_page(write_page(in_doubt, tmp_path / "graph.html"), "tab=source")
    drawn = set(reader.js("[...document.querySelectorAll('.piece.doubtful')].map(p => p.dataset.address)"))
    assert drawn == {address for address in cells if "c" in address.rpartition("!")[2]}
    assert drawn
    reader.page.click(".only-doubts")
    rows = reader.js(
        "[...document.querySelectorAll('tbody tr')].filter(r => getComputedStyle(r).visibility !== 'collapse' && r.offsetHeight).length"
    )
    assert rows == reader.js("document.querySelectorAll('tbody tr.doubtful').length")
    reader.page.click(".only-doubts")
    assert reader.js("document.querySelectorAll('.source.only').length") == 0


def test_merged_cells_stay_merged_and_heads_are_heads(open_page, in_doubt, tmp_path):
    reader = open_page(write_page(in_doubt, tmp_path / "graph.html"), "tab=source")
    merged = reader.js("[...document.querySelectorAll('.piece[rowspan]')].map(p => [p.rowSpan, p.textContent])")
    assert merged == [[2, "甲县财政局、甲县教育局、甲县民政局"]]
    heads = reader.js("[...document.querySelectorAll('.source thead th')].map(p => [p.scope, p.textContent])")
    assert heads == [["col", word] for word in ("序号", "工作任务", "牵头单位", "配合单位")]


def test_a_graph_says_why_it_has_no_source(open_page, graph, tmp_path):
    reader = open_page(write_page(graph, tmp_path / "graph.html"), f"tab=source&node={UNIT}")
    assert "不显示原文" in reader.page.inner_text("#empty-view")
    assert reader.page.locator("#details .address").count() == 0
    assert reader.page.locator("#details .copy").count() > 0


def test_documents_with_more_text_than_a_page_takes_are_left_out_and_the_cells_keep_their_words(kb, monkeypatch):
    assert source_data(kb, most=1000) == {"documents": [], "why": "too_long"}
    monkeypatch.setattr(source_module.source_data, "__kwdefaults__", {"most": 1000})
    from pairing_graph.page.write import page_data

    data = page_data(kb, lang="zh", layout=None)
    assert data["source"]["why"] == "too_long"
    assert all(record["words"] for record in data["cells"] if record.get("original"))


def test_the_words_of_a_cell_are_in_the_file_once(page_file):
    data = page_file.read_text(encoding="utf-8").partition('id="payload">')[2].partition("</script>")[0]
    written = json.loads(data)
    assert written["cells"]["columns"]["words"]["each"] == ""  # only blank cells have none in the documents
    (document,) = written["source"]["documents"]
    assert len(document["texts"]) == len(document["shades"])


def test_names_and_characters_are_found_where_they_stand(kb):
    (document,) = source_data(kb)["documents"]
    facts = {**dict(zip(kb.assignments["address"], kb.assignments["as_written"], strict=True))}
    number = 0
    for block in document["blocks"]:
        if isinstance(block, int):
            number += 1
            continue
        for row, cells in enumerate(block["rows"], 1):
            for column in range(1, cells + 1):
                for finer, begin, end in document["names"].get(str(number), []):
                    written = facts.get(f"{NAME}!t{block['table']}r{row}c{column}{finer}")
                    if written:
                        assert document["texts"][number][begin:end] == written
                number += 1
    assert sum(map(len, document["names"].values())) >= 70


def test_hostile_text_is_text(open_page, tmp_path):
    hostile = '</script><script>window.hit=1</script><img src=x onerror="window.hit=1">'
    file = tmp_path / "a.docx"
    file.write_bytes(
        to_docx(
            [
                table(
                    ["序号", "工作任务", "牵头单位"],
                    ["1", hostile, "甲县教育局"],
                    ["2", "办好学校\u202e", "甲县财政局"],
                )
            ]
        )
    )
    kb = pg.read_notice(file)
    reader = open_page(write_page(kb, tmp_path / "graph.html"), "tab=source")
    texts = [text for _, text in reader.js(PIECES)]
    assert hostile in texts
    assert any("⟨U+202E⟩" in text for text in texts)
    reader.page.goto(pg.write_reading(kb, tmp_path / "reading.html").as_uri())
    assert hostile in [text for _, text in reader.js(PIECES)]
    assert reader.js("window.hit") is None
    assert reader.js("document.querySelectorAll('.source img, .source script').length") == 0
    assert reader.complaints == []


def test_a_link_into_the_reading_leads_to_its_cell(open_page, page_file, kb, tmp_path):
    reader = open_page(page_file)
    reader.page.goto(pg.write_reading(kb, tmp_path / "reading.html").as_uri() + f"#{NAME}!t2r15c3")
    assert reader.js(CITED) == [f"{NAME}!t2r15c3"]
    assert reader.js(INSIDE)


def test_without_a_script_the_reading_still_shows_its_text(browser, kb, tmp_path):
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(pg.write_reading(kb, tmp_path / "reading.html").as_uri())
    assert page.locator("noscript td", has_text="县国资监管中心").count() > 1
    context.close()


def test_the_language_changes_what_is_not_the_notices_own(open_page, page_file):
    reader = open_page(page_file, "tab=source&lang=en")
    assert reader.page.inner_text(".source h3 >> nth=0") == "Table 1"
    reader.page.click('#languages [data-value="zh"]')
    assert reader.page.inner_text(".source h3 >> nth=0") == "表 1"


@pytest.mark.parametrize("width", [1440, 988, 390])
def test_the_source_is_legible_and_inside_the_page(open_page, page_file, width):
    reader = open_page(page_file, f"tab=load&node={UNIT}", width=width, height=800)
    reader.page.locator("#details .address").nth(1).click()
    assert reader.js("document.documentElement.scrollWidth <= innerWidth")
    tiny = "[...document.querySelectorAll('#drawer *')].filter(e => e.innerText && parseFloat(getComputedStyle(e).fontSize) < 12).length"
    assert reader.js(tiny) == 0
    assert reader.js(INSIDE)
    box = reader.page.locator("#drawer").bounding_box()
    assert (box["height"] >= 799) == (width == 390)


def test_a_thousand_tasks_are_drawn_within_a_second(open_page, tmp_path):
    rows = [["序号", "工作任务", "牵头单位", "配合单位"]]
    rows += [
        [str(count), f"办好第{count}件实事", f"甲县第{count % 40}中学", "甲县财政局、甲县教育局"]
        for count in range(1, 1001)
    ]
    file = tmp_path / "many.html"
    file.write_bytes(to_html([table(*rows)]))
    reader = open_page(write_page(pg.read_notice(file), tmp_path / "graph.html"))
    took = reader.js(
        "(() => { const start = performance.now(); pairingGraph.store.set({tab: 'source'}); document.querySelector('.source').offsetHeight; return performance.now() - start; })()"
    )
    assert len(reader.js(PIECES)) == 4004
    assert took < 2000  # a second on this machine is two where tests share it
