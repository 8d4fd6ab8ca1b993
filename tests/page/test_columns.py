"""The data of the page as columns: the same records come out of them again, in Python and in the browser."""

from __future__ import annotations

import json
import runpy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.page.test_hostile_names import hostile_graph
from tests.page.unpacking import table as unpack_table

from pairing_graph.page import write_page
from pairing_graph.page.columns import as_table
from pairing_graph.page.write import page_data

NAMES = st.sampled_from(["a", "kind", "rank", "__proto__", "constructor", "1", ""])
# Beyond 2**53 JavaScript has no longer every whole number.
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.sampled_from(["lead", "1", "𠮷野", 1, 1.0, 0, -0.0, True, False]) | NUMBERS | st.text(max_size=3)
VALUES |= st.lists(VALUES, max_size=2)
RECORDS = st.dictionaries(NAMES, VALUES, max_size=4)
"""Values that come again, and values that are equal in Python but are not written alike."""
MEGABYTE = 1_000_000


def in_script(value):
    """A value as JavaScript has it: a whole float is a whole number there, and a name's place says nothing."""
    if isinstance(value, dict):
        return {name: in_script(value[name]) for name in sorted(value)}
    if isinstance(value, list | tuple):
        return [in_script(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def written(value):
    return json.dumps(in_script(value), ensure_ascii=False)


@settings(deadline=None)
@given(st.lists(st.tuples(RECORDS, st.none() | RECORDS), max_size=12))
def test_columns_are_the_records_again_whatever_the_records_hold(drawn):
    records = [record if data is None else {**record, "data": data} for record, data in drawn]
    sent = json.loads(json.dumps(as_table(records, ("data",)), ensure_ascii=False))
    assert written(unpack_table(sent)) == written(records)


def hostile():
    """Attributes with the names of JavaScript's own, signs of two units each, tasks that are boxes of several lines."""
    graph = hostile_graph()
    graph.add_node("甲区局", node_type="unit", name="甲区局", region="甲区", __proto__="p", constructor=["c"])
    for count, text in enumerate(["𠮷𠮷野家的工作" * 6, "👩‍👩‍👧" * 20, "e\u0301" * 60, "a b " * 30]):
        graph.add_node(f"long{count}", node_type="task", text=text, label=text, number=100 + count)
        graph.add_edge("d", f"long{count}", relation="issued", address="d!p1")
        attributes = {"__proto__": count, "rank": 1 if count % 2 else 1.5}
        graph.add_edge(
            "甲区局", f"long{count}", relation="assigned", role="lead", address=f"d!t9r{count + 1}c1", **attributes
        )
    return graph


@pytest.mark.parametrize("name", ["the notice", "hostile"])
def test_the_browser_has_the_records_that_were_packed(open_page, graph, tmp_path, name):
    source = graph if name == "the notice" else hostile()
    reader = open_page(write_page(source, tmp_path / "graph.html"))
    read = json.loads(reader.js("JSON.stringify(pairingGraph.payload)"))
    payload = page_data(source, lang="zh")
    for part in ("facts", "cells", "layouts"):
        assert written(read[part]) == written(payload[part]), part
    looks = [{key: look[key] for key in look.keys() - {"x", "y"}} for look in payload["network"]["nodes"]]
    assert written(read["network"]["nodes"]) == written(looks)
    ends = [(edge["from"], edge["to"]) for edge in payload["network"]["edges"]]
    assert [(edge["from"], edge["to"]) for edge in read["network"]["edges"]] == ends
    assert [edge["id"] for edge in read["network"]["edges"]] == list(range(len(ends)))


def test_hostile_boxes_have_several_lines_and_signs_of_two_units():
    boxes = [box for layout in page_data(hostile(), lang="zh")["layouts"].values() for box in layout["boxes"]]
    assert any(len(box) > 1 and len(box[1]) > 1 and any(ord(sign) > 0xFFFF for sign in box[1][0]) for box in boxes)


def test_the_page_of_the_notice_has_at_most_1_2_megabytes(page_file):
    assert page_file.stat().st_size <= 1.2 * MEGABYTE


def test_a_page_of_5000_nodes_has_at_most_a_quarter_of_10_megabytes(root, tmp_path):
    pytest.importorskip("playwright", reason="the benchmark needs it")
    notice_like = runpy.run_path(str(root / "benchmarks" / "page.py"))["notice_like"]
    assert write_page(notice_like(5000), tmp_path / "graph.html").stat().st_size <= 10 * MEGABYTE / 4
