"""Repeated notices, names over years, lines over counties, the network of all: each against a count by hand or another program."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest
from tests.collection.conftest import content, text_of

import pairing_graph as pg
from pairing_graph.collection import repeated as repeating
from pairing_graph.kb.schema import TABLES

TASKS = [
    "新建标准化厂房三万平方米并完成验收", "培训城乡劳动力二千人次", "举办农产品展销会两场", "引进工业项目五个",
    "建设乡村道路三十公里", "选派教师支教二十名", "开展远程医疗会诊", "修复河道十公里", "改造老旧小区六个", "建设冷链仓库一座",
]  # fmt: skip
LEADS = [
    "县发展改革委",
    "县人力社保局",
    "县农业农村委",
    "县招商投资局",
    "县交通局",
    "县教委",
    "县卫生健康委",
    "县水利局",
    "县住房城乡建委",
    "县商务委",
]


def notice(county="巫溪县", year=2022, number=1, tasks=TASKS, leads=LEADS, day=3):
    rows = "\n".join(
        f"{count}\t{task}\t{lead}\t县财政局" for count, (task, lead) in enumerate(zip(tasks, leads, strict=True), 1)
    )
    return (
        f"{county}人民政府办公室\n关于印发{year}年重点任务分解表的通知\n{county}府办发〔{year}〕{number}号\n\n各有关单位：\n\n"
        f"{year}年重点任务分解表\n\n序号\t任务内容\t牵头单位\t配合单位\n{rows}\n\n{county}人民政府办公室\n{year}年3月{day}日\n"
    )


def collected(tmp_path, texts):
    folder = tmp_path / "n"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    collection = pg.Collection(tmp_path / "c")
    collection.add(folder, workers=1)
    return collection


@pytest.fixture
def twice(tmp_path):
    """One notice four times: as it is, the same bytes, in other spaces under the same number, nearly under another number."""
    near = [*TASKS[:-1], "建设冷链仓库一座（已调整）"]
    return collected(
        tmp_path,
        {
            "a": notice(),
            "b": notice(),
            "c": notice().replace("三万平方米并", "三万平方米，并"),
            "d": notice(number=7, tasks=near),
            "e": notice(number=8, tasks=TASKS[::-1], leads=LEADS[::-1]),
            "f": notice(county="城口县"),
            "g": notice(year=2021),
        },
    )


def test_each_kind_of_repetition_is_found_and_nothing_else(twice):
    table = twice.repeated(alike=95)
    found = {
        frozenset(path.rpartition("/")[2][0] for path in row[["file_kept", "file_repeated"]]): row["basis"]
        for _, row in table.iterrows()
    }
    assert found == {
        frozenset("ab"): "bytes", frozenset("ac"): "number+text", frozenset("ad"): "text", frozenset("cd"): "text",
    }  # fmt: skip
    assert table.loc[table["basis"] == "number+text", "score"].tolist() == [100.0]
    assert "ratio" in table.attrs["method"]
    assert table.attrs["left_out"] == 0


def test_a_score_is_that_of_rapidfuzz_on_the_plain_words(twice):
    from rapidfuzz import fuzz

    table = twice.repeated(alike=95).set_index("file_repeated")
    near = [*TASKS[:-1], "建设冷链仓库一座已调整"]
    row = table[table["basis"] == "text"].iloc[0]
    assert row["score"] == round(fuzz.ratio("".join(TASKS), "".join(near)), 1)


def test_nothing_is_taken_out_before_somebody_decides(twice):
    table = twice.repeated(alike=95)
    before = content(twice)
    twice.remove(decided=table)
    assert content(twice) == before
    chosen = table["basis"] == "number+text"
    table.loc[chosen, "decision"] = "是"
    twice.remove(decided=table)
    assert len(twice) == 5
    assert table.loc[chosen, "kept"].item() in twice.select(year=2022).documents["document"].tolist()
    again = twice.add(twice.folder.parent / "n", workers=1)
    assert (again.read, again.unchanged, len(twice)) == (0, 7, 5)
    assert not (twice.repeated(alike=95)["basis"] == "number+text").any()


def test_a_decision_that_is_none_is_refused(twice):
    table = twice.repeated()
    table["decision"] = "再议"
    with pytest.raises(pg.FileError, match="not understood"):
        twice.remove(decided=table)
    with pytest.raises(pg.FileError, match="lacks a column"):
        twice.remove(decided=table[["kept"]])


def test_blocks_that_are_too_large_are_counted_not_hidden(twice, monkeypatch):
    monkeypatch.setattr(repeating, "MOST_IN_A_BLOCK", 1)
    table = twice.repeated(alike=95)
    assert set(table["basis"]) == {"bytes"}
    assert table.attrs["left_out"] > 1


@pytest.fixture
def years(tmp_path):
    """Three years of a county: one bureau renamed, one written in full, and another county with the old name."""
    later = ["县发展改革委", "县人力资源和社会保障局", "县农业农村委", "县招商投资局", "县交通运输委", *LEADS[5:]]
    return collected(
        tmp_path,
        {
            "a": notice(year=2019, leads=[*LEADS[:4], "县交通局", *LEADS[5:]]),
            "b": notice(year=2020, leads=[*LEADS[:4], "县交通局", *LEADS[5:]]),
            "c": notice(year=2021, leads=later),
            "d": notice(county="城口县", year=2019),
        },
    )


def test_names_that_follow_one_another_are_suggested_with_their_years(years):
    table = years.suggest_aliases(lang="en").set_index(["region", "alias"])
    row = table.loc[("巫溪县", "县交通局")]
    assert (row["name"], row["reading"], row["years"]) == ("县交通运输委", "renamed", "2019–2020 → 2021")
    assert row["score"] == 60.0, "RapidFuzz: 2·3 of 4 and 6 characters"
    assert "until 2020" in row["reason"]
    assert (row["notices"], row["decision"]) == (2, "")
    assert ("巫溪县", "县人力社保局") in table.index
    assert ("巫溪县", "县人力资源和社会保障局") not in table.index, "the same pair, against the time"
    assert not [region for region, _ in table.index if region == "城口县"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("县卫生局", "县卫生健康委"),
        ("县卫生和计划生育局", "县卫生健康局"),
        ("县农牧局", "县农业农村局"),
        ("县旅游局", "县文化和旅游局"),
        ("县工业和信息化委员会", "县工业和信息化局"),
        ("县工商行政管理局", "县市场监督管理局"),
    ],
)
def test_bodies_of_the_reform_of_2018_are_of_one_line(old, new, tmp_path):
    made = collected(
        tmp_path,
        {"a": notice(year=2017, leads=[old, *LEADS[1:]]), "b": notice(year=2019, leads=[new, *LEADS[1:]])},
    )
    table = made.suggest_aliases(least=30)
    assert (old, new) in set(zip(table["alias"], table["name"], strict=True))


def test_the_only_name_of_a_line_after_another_is_suggested_however_little_alike(tmp_path):
    old, new = "县扶贫办", "县乡村振兴局"
    made = collected(
        tmp_path,
        {"a": notice(year=2020, leads=[old, *LEADS[1:]]), "b": notice(year=2022, leads=[new, *LEADS[1:]])},
    )
    table = made.suggest_aliases()
    assert table[["alias", "name", "reading", "decision"]].values.tolist() == [[old, new, "renamed", ""]]
    assert table["score"].item() < 50


def test_the_same_tasks_every_year_or_elsewhere_are_no_repeats(tmp_path):
    again = notice(year=2021, number=9)
    made = collected(
        tmp_path,
        {"a": notice(year=2021), "b": notice(year=2022), "c": notice(county="城口县", year=2021), "d": again},
    )
    assert repeating.number_repeated(made.folder) == 1  # d


def test_a_decided_name_is_one_unit_over_all_years(years, tmp_path):
    file = tmp_path / "aliases.csv"
    years.suggest_aliases(file)
    table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    table.loc[table["alias"] == "县交通局", "decision"] = "是"
    table.to_csv(file, index=False, encoding="utf-8-sig")
    before = pg.workload(years).df().set_index("unit")["lead"]
    assert years.add(aliases=file, workers=1).read == 3
    after = pg.workload(years).df().set_index("unit")["lead"]
    assert after["巫溪县交通运输委"] == before["巫溪县交通局"] + before["巫溪县交通运输委"] == 3
    assert "巫溪县交通局" not in after.index
    assert after["城口县交通局"] == 1
    years.suggest_aliases(file)
    kept = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert kept.loc[kept["alias"] == "县交通局", "decision"].tolist() == ["是"]


def test_lines_over_counties_follow_from_their_rows(years):
    rows, table = pg.leading_lines(years, by="region"), pg.leading_lines(years)
    kb = years.select(year=[2019, 2020, 2021])
    lines, regions = (dict(zip(kb.units["unit"], kb.units[name], strict=True)) for name in ("line", "region"))
    leads = kb.assignments[kb.assignments["role"] == "lead"]
    by_hand: dict[tuple[str, str], set[str]] = {}
    for task, unit in leads[["task", "unit"]].itertuples(index=False):
        if lines[unit]:
            by_hand.setdefault((lines[unit], regions[unit]), set()).add(task)
    assert rows["tasks"].to_dict() == {key: len(tasks) for key, tasks in by_hand.items()}
    assert table["leads_most"].to_dict() == rows.groupby("line")["leads_most"].sum().to_dict()
    assert table["regions"].to_dict() == rows.groupby("line").size().to_dict()
    assert table.attrs["regions"] == 2
    assert (table["share_of_regions"] == table["regions"] / 2).all()


def test_who_leads_a_topic_and_the_same_for_a_knowledge_base(years):
    table = pg.leading_lines(years, topic="道路")
    assert len(table) == 1
    assert table[["regions", "tasks", "leads_most"]].values.tolist() == [[2, 4, 2]]
    kb = years.select(year=[2019, 2020, 2021])
    pd.testing.assert_frame_equal(pg.leading_lines(kb), pg.leading_lines(years))
    with pytest.raises(pg.UnknownNameError):
        pg.leading_lines(years, by="month")


PAIRINGS_ONLY = """
关于印发结对帮扶名单的通知

巫溪县结对帮扶名单

序号	帮扶单位	受帮扶单位
1	渝中区教委	巫溪县教委
"""


@pytest.mark.parametrize("text", [PAIRINGS_ONLY, "今天没有表。"], ids=["pairings", "nothing"])
def test_where_nothing_is_assigned_there_is_no_line_and_an_overview(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    made = pg.Collection(tmp_path / "c")
    done = made.add(tmp_path / "a.txt", workers=1)
    assert (done.read, len(done.failed)) == ((1, 0) if text == PAIRINGS_ONLY else (0, 1))
    table = pg.leading_lines(made)
    assert (len(table), table.attrs["regions"], table.attrs["tasks_without_line"]) == (0, 0, 0)
    assert pg.leading_lines(made, by="region").empty
    page = pg.write_overview(made, tmp_path / "o.html", notices=1).read_text(encoding="utf-8")
    assert page.count("<html ") == 1
    for listed in (made.review(), made.repeated(), made.suggest_aliases()):
        assert isinstance(listed, pd.DataFrame)


def test_lines_that_lead_together(kb):
    table = pg.leading_lines(kb)
    line = dict(zip(kb.units["unit"], kb.units["line"], strict=True))
    named = set(kb.units.loc[~kb.units["collective"] & (kb.units["line"] != "") & (kb.units["region"] != ""), "unit"])
    view = pg.unit_task_view(kb)
    first = table.index[0]
    together: dict[str, int] = {}
    for task in kb.tasks["task"]:
        lines = {line[unit] for unit in view[task] if unit in named}
        for other in lines - {first} if first in lines else ():
            together[other] = together.get(other, 0) + 1
    counts = dict(zip(table.loc[first, "with_lines"], table.loc[first, "with_tasks"], strict=True))
    assert counts
    assert all(together[name] == number for name, number in counts.items())
    assert sorted(counts.values()) == sorted(together.values())[-3:]


@pytest.fixture
def counties(notices, tmp_path):
    made = pg.Collection(tmp_path / "c")
    made.add([notices, "data/raw/wuxi-yuzhong-2022.txt"], workers=1)
    return made


def test_the_network_is_that_of_networkx(counties):
    kb = counties.select(year=[2021, 2022])
    view = pg.unit_task_view(kb)
    view.remove_nodes_from([node for node in list(view) if not view.degree(node)])
    table = pg.collection_centrality(counties)
    expected = nx.betweenness_centrality(view, normalized=False)
    units = [node for node, data in view.nodes(data=True) if data["bipartite"] == 0]
    assert sorted(table.index) == sorted(units)
    for unit in units:
        assert table.loc[unit, "betweenness"] == pytest.approx(expected[unit])
        assert table.loc[unit, "tasks"] == view.degree(unit)
    parts = sorted((len(part) for part in nx.connected_components(view)), reverse=True)
    sizes = table.drop_duplicates("component").sort_values("component")["component_size"].tolist()
    assert sizes == parts
    pd.testing.assert_frame_equal(pg.collection_centrality(kb).sort_index(), table.sort_index(), check_like=True)


def test_pairings_are_directed_and_weighted(counties, kb):
    network = pg.collection_network(counties, relation="pairings")
    view = pg.pairing_view(kb)
    collective = set(kb.units.loc[kb.units["collective"], "unit"])
    expected = {
        (one, other, data["weight"]) for one, other, data in view.edges(data=True) if not {one, other} & collective
    }
    names = network.vs["name"]
    assert {(names[e.source], names[e.target], e["weight"]) for e in network.es} == expected


def test_a_neighbourhood_holds_the_notices_of_a_unit_and_of_its_partners(counties, kb):
    part = counties.select(neighbourhood="巫溪县林业局")
    partner = set(kb.pairings.loc[kb.pairings["recipient"] == "巫溪县林业局", "donor"])
    assert partner <= set(part.units["unit"])
    whole = counties.select(document=kb.documents["document"].item())
    assert part.equals(whole)
    unit = "巫溪县发展改革委"
    named = counties.select(neighbourhood=unit).documents["document"]
    assert len(named) == 4, "three notices of the county and that of 2022"
    with pytest.raises(pg.UnknownNameError, match="The collection has no unit"):
        counties.select(neighbourhood="月球农业局")


def test_the_same_number_in_other_brackets_is_the_same(tmp_path):
    other = text_of(3).replace("新建标准化厂房", "引进企业").replace("培训干部", "修路")
    one = collected(tmp_path, {"a": text_of(3), "b": other.replace("〔", "［").replace("〕", "］")})
    assert one.repeated()["basis"].tolist() == ["number"]
    assert repeating.number_repeated(one.folder) == 1


def test_another_text_under_the_same_number_is_listed_as_such(tmp_path):
    one = collected(
        tmp_path, {"a": text_of(3), "b": text_of(3).replace("新建标准化厂房", "引进企业").replace("培训干部", "修路")}
    )
    assert one.repeated()["basis"].tolist() == ["number"], "the same number, but other words"


@pytest.mark.parametrize("at_once", [True, False])
def test_units_do_not_depend_on_the_order_in_which_notices_were_read(tmp_path, at_once):
    """庐江县 went from 巢湖市 (341421) to 合肥市 (340124) in 2011."""
    files = {}
    for year in (2009, 2015):
        files[year] = tmp_path / f"{year}.txt"
        files[year].write_text(text_of(1, county="庐江县", year=year), encoding="utf-8")
    found = []
    for order in ((2009, 2015), (2015, 2009)):
        made = pg.Collection(tmp_path / f"c{order[0]}")
        for year in order:
            made.add(files[year], workers=1)
            assert at_once or len(made.tables["units"].fetchall())
        if not at_once:
            made.remove([files[order[0]]])
            made.add(files[order[0]], workers=1)
        found.append(sorted(made.tables["units"].fetchall()))
        found.append(sorted(made.select(region="庐江县").units.itertuples(index=False, name=None)))
    units, selected = found[:2]
    assert found[2:] == [units, selected]
    assert {row[list(TABLES["units"].names).index("region_code")] for row in [*units, *selected]} == {"340124"}
