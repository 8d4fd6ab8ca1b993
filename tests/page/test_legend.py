"""What the legend of the page calls units of each kind."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from pairing_graph.base.words import word
from pairing_graph.page.categories import node_categories
from pairing_graph.page.model import build_model


@pytest.fixture
def villages(tmp_path):
    """Departments paired with villages, which are of no kind that the tables know."""
    rows = [("县财政局", "绿水镇香沟村"), ("县教育局", "绿水镇大湾村"), ("县水利局", "绿水镇小湾村")]
    lines = "".join(f"{number}\t{one}\t{other}\n" for number, (one, other) in enumerate(rows, 1))
    head = "巫溪县人民政府办公室关于印发巫溪县结对帮扶表的通知\n巫溪府办发〔2022〕7号\n\n2022年3月1日\n\n巫溪县结对帮扶表\n"
    file = tmp_path / "villages.txt"
    file.write_text(f"{head}\n序号\t帮扶单位\t结对村\n{lines}", encoding="utf-8")
    kb = pg.read_notice(file)
    assert sorted(kb.units["kind"]) == ["department"] * 3 + ["other"] * 3
    return kb


@pytest.mark.parametrize(("lang", "words"), [("zh", ["部门单位", "其他单位"]), ("en", ["departments", "other units"])])
def test_villages_are_not_called_departments(villages, lang, words):
    units = [one for one in node_categories(build_model(pg.build_graph(villages))) if one.region]
    assert [(word(one.word, lang), one.count) for one in units] == [(said, 3) for said in words]
    assert len({(one.shape, one.fill) for one in units}) == 2
