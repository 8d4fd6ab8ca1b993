"""What a collection says where something does not fit: sentences with what is there and what is near."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.collection.conftest import text_of

import pairing_graph as pg


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    folder = tmp_path_factory.mktemp("said")
    for number in range(1, 7):
        (folder / f"{number}.txt").write_text(text_of(number), encoding="utf-8")
    made = pg.Collection(folder / "c")
    made.add(folder, workers=1)
    return made


@pytest.mark.parametrize(
    "ask",
    [
        pg.checks,
        pg.balance,
        pg.build_graph,
        pg.to_knowledge_base,
        pg.plot_workload,
        lambda collection: pg.explain(collection, "workload", "县财政局", "lead"),
        lambda collection: pg.trace(collection, "县财政局"),
        lambda collection: pg.write_report(collection, "never.html"),
        lambda collection: pg.write_page(collection, "never.html"),
        lambda collection: pg.merge_units(collection, ["a", "b"], "c"),
    ],
)
def test_what_needs_a_knowledge_base_names_select(collection, ask):
    with pytest.raises(pg.NoticeError, match=r"Got: Collection\. Of a collection take a part: collection\.select\("):
        ask(collection)


@pytest.mark.parametrize(
    ("criterion", "said"),
    [
        ({"region": "巫西县"}, "has no region '巫西县'. Where: region. Did you mean 巫溪县?"),
        ({"unit": "巫溪县财务局"}, "Did you mean 巫溪县财政局"),
        ({"unit": ["巫溪县财政局", "巫溪县财务局"]}, "no unit '巫溪县财务局'"),
        ({"line": "财务"}, "财政"),
        ({"unit": "县财政"}, "Did you mean 城口县财政局 or 奉节县财政局 or 巫溪县财政局?"),
        ({"document": "巫溪县府办发〔2022〕9号"}, "Did you mean 巫溪县府办发〔2022〕3号"),
        ({"year": 2035}, "Expected: 2021, 2022. Got: 2035"),
        ({"year": 2021, "region": "巫溪县"}, "巫溪县"),
    ],
)
def test_a_selection_of_nothing_names_what_is_near(collection, criterion, said):
    if criterion == {"year": 2021, "region": "巫溪县"}:
        criterion = {"year": 2022, "document": collection.select(year=2021).documents["document"].iloc[0]}
        said = "no notice has all of it"
    with pytest.raises(pg.UnknownNameError) as refused:
        collection.select(**criterion)
    assert said in str(refused.value)


def test_a_neighbourhood_needs_the_full_name_and_says_which(collection):
    with pytest.raises(pg.UnknownNameError, match="Did you mean 巫溪县财政局"):
        collection.select(neighbourhood="巫溪县财务局")
    with pytest.raises(pg.UnknownNameError, match="Did you mean 城口县财政局 or 奉节县财政局 or 巫溪县财政局"):
        collection.select(neighbourhood="县财政局")


def test_an_empty_selection_lists_everything_that_can_be_asked_for(collection):
    with pytest.raises(pg.UnknownNameError, match="neighbourhood"):
        collection.select()


@pytest.mark.parametrize("measure", [pg.workload, pg.congruence, pg.gaps])
def test_who_asks_for_years_is_told_of_the_panel(collection, measure):
    with pytest.raises(pg.UnknownNameError, match=r"By year: pg\.panel"):
        measure(collection, by="year")


def aliases(path, *rows):
    path.write_text("region,alias,name,reason\n" + "".join(f"{','.join(row)},同\n" for row in rows), encoding="utf-8")
    return path


def test_an_alias_that_no_notice_writes_is_reported(collection, tmp_path):
    known, strange = ("城口县", "县教委", "县教育委员会"), ("城口县", "县教育厅", "县教委")
    done = collection.add(aliases=aliases(tmp_path / "a.csv", known, strange), workers=1)
    assert done.unknown_aliases == ("城口县 县教育厅",)
    assert "aliases that no notice writes: 城口县 县教育厅" in str(done)
    assert collection.add(aliases=aliases(tmp_path / "b.csv", known), workers=1).unknown_aliases == ()
    elsewhere = aliases(tmp_path / "c.csv", ("渝中区", "县教委", "县教育委员会"))
    assert collection.add(aliases=elsewhere, workers=1).unknown_aliases == ("渝中区 县教委",)
    collection.withdraw(aliases=tmp_path / "a.csv", workers=1)
    collection.withdraw(aliases=elsewhere, workers=1)


@pytest.mark.parametrize("name", ["县供电公司", "渭源县供电公司"])
def test_an_alias_for_one_notice_alone_is_written_by_it(tmp_path, name):
    notice = tmp_path / "notice.txt"
    notice.write_text(
        "2023年任务表\n\n序号\t工作任务\t牵头单位\n1\t改建食堂1个。\t民政局\n2\t新建车位9个。\t国家电网\n", "utf-8"
    )
    collection = pg.Collection(tmp_path / "collection")
    collection.add(notice, workers=1)
    given = aliases(tmp_path / "a.csv", ("notice", "国家电网", name))
    assert collection.add(aliases=given, workers=1).unknown_aliases == ()
    mistyped = aliases(tmp_path / "b.csv", ("notice", "国家电网站", name))
    assert collection.add(aliases=mistyped, workers=1).unknown_aliases == ("notice 国家电网站",)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_suggestions_written_again_come_back_with_their_decisions(tmp_path, suffix):
    (tmp_path / "n").mkdir()
    for year, bureau in ((2018, "县环境保护局"), (2020, "县生态环境局")):
        text = text_of(3, "巫溪县", year).replace("县教委", bureau)
        (tmp_path / "n" / f"{year}.txt").write_text(text, encoding="utf-8")
    made = pg.Collection(tmp_path / "c")
    made.add(tmp_path / "n", workers=1)
    file = tmp_path / f"al{suffix}"
    table = made.suggest_aliases(file)
    assert table["decision"].tolist() == [""]
    table["decision"] = "否"
    pg.write_table(table, file)
    again = made.suggest_aliases(file)
    assert again["decision"].tolist() == ["否"]
    assert again.attrs["least"] == table.attrs["least"]
    assert pd.api.types.is_float_dtype(again["score"])
    assert pd.api.types.is_integer_dtype(again["notices"])


def test_files_lead_from_a_notice_to_its_path(collection):
    files = collection.files
    notice = collection.select(document="城口县府办发〔2022〕1号").documents["file"].iloc[0]
    assert notice == "1.txt"
    assert files.loc[files["document"] == "城口县府办发〔2022〕1号", "file"].tolist() == ["../1.txt"]


def test_the_queue_names_the_path_of_a_notice_as_of_a_file_that_failed(tmp_path):
    (tmp_path / "n" / "deep").mkdir(parents=True)
    text = text_of(1).replace("县财政局、", "加强宣传、")
    (tmp_path / "n" / "deep" / "1.txt").write_text(text, encoding="utf-8")
    made = pg.Collection(tmp_path / "c")
    made.add(tmp_path / "n", workers=1)
    assert set(made.review()["file"]) == {"../n/deep/1.txt"}
