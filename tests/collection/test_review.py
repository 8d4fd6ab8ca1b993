"""The queue of doubts: ordered by what depends on them, filled in, read back as corrections."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest
from openpyxl import load_workbook

import pairing_graph as pg
from pairing_graph.collection.review import WEIGHTS
from pairing_graph.kb.address import Address, split
from pairing_graph.kb.frames import frame

HEAD = (
    "{county}人民政府办公室\n关于印发2022年重点任务分解表的通知\n{county}府办发〔2022〕{number}号\n\n各有关单位：\n\n"
)
TABLE = "序号\t任务内容\t牵头单位\t配合单位\n"
TAIL = "\n\n{county}人民政府办公室\n2022年3月{number}日\n"


def notice(path, number, rows, county="巫溪县"):
    text = HEAD + "2022年重点任务分解表\n\n" + TABLE + "\n".join(rows) + TAIL
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.format(county=county, number=number), encoding="utf-8")


@pytest.fixture
def doubtful(tmp_path):
    """Two notices with doubts, one of them in a cell of several units, and a file that cannot be read."""
    folder = tmp_path / "notices"
    plain = ["1\t新建厂房\t县发展改革委\t县财政局、县商务委", "2\t培训干部\t县人力社保局\t县教委"]
    notice(folder / "a.txt", 1, [*plain, "3\t建设市场\t县商务委\t县财政局、县教委、加强宣传、县水利局"])
    notice(folder / "b.txt", 2, [*plain, "3\t修路\t加强宣传\t县财政局"])
    notice(folder / "c.txt", 3, [*plain, "4\t修桥\t县交通局\t"])
    (folder / "letter.txt").write_text("今天没有表。\n", encoding="utf-8")
    collection = pg.Collection(tmp_path / "c")
    collection.add(folder, workers=1)
    return collection


def depending(kb: pg.KnowledgeBase, doubt: pd.Series) -> int:
    """How many rows depend on a doubt, counted with the addresses themselves."""
    facts = [
        [*split(row["address"]), *split(row.get("inherited_from", "") or "")]
        for table in (kb.assignments, kb.pairings, kb.targets)
        for row in table.to_dict("records")
    ]
    scopes = [place.cell if place.column or place.paragraph else place for place in split(doubt["address"])]
    found = sum(any(scope.holds(place) for scope, place in product(scopes, places)) for places in facts)
    if not found:
        rows = [Address(place.document, table=place.table, row=place.row) for place in scopes if place.row]
        found = sum(any(row.holds(place) for row, place in product(rows, places)) for places in facts)
    return max(found, 1)


def test_doubts_are_ordered_by_the_rows_that_depend_on_them(doubtful):
    queue = doubtful.review()
    kb = doubtful.select(year=2022)
    unread = kb.unread[kb.unread["severity"].isin(["doubt", "loss"])]
    expected = sorted(depending(kb, row) * WEIGHTS[row["severity"]] for _, row in unread.iterrows())
    read = queue[queue["document"] != ""]
    assert len(read) == len(unread) >= 3
    assert sorted(read["priority"]) == expected
    assert queue["priority"].is_monotonic_decreasing
    assert queue.attrs["doubts"] == len(unread) + 1


def test_a_file_that_was_not_read_counts_as_a_notice_at_the_median(doubtful):
    kb = doubtful.select(year=2022)
    tables = [kb.assignments["address"], kb.pairings["address"], kb.targets["address"]]
    of_notices = pd.concat(tables).str.partition("!")[0].value_counts()
    failed = doubtful.review().query("doubt == 'file_unreadable'")
    assert failed["depends"].tolist() == [int(of_notices.median())]
    assert failed["priority"].tolist() == [2 * int(of_notices.median())]
    assert failed["file"].tolist()[0].endswith("letter.txt")


def test_the_queue_says_what_is_there_now(doubtful):
    row = doubtful.review().query("words == '加强宣传' and document.str.contains('1号')").iloc[0]
    assert (row["column"], row["expected"]) == ("text", "县财政局、县教委、加强宣传、县水利局")
    assert row["address"] == "巫溪县府办发〔2022〕1号!t1r4c4"


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_filled_row_is_a_correction_and_the_numbers_change(doubtful, tmp_path, suffix):
    file = tmp_path / f"queue{suffix}"
    doubtful.review(file)
    before = pg.workload(doubtful).df().set_index("unit")["support"]
    fill(file, "巫溪县府办发〔2022〕1号!t1r4c4", "县财政局、县教委、县民政局、县水利局", "电话核实")
    done = doubtful.add(corrections=file, workers=1)
    assert (done.read, done.changed) == (1, 1)
    after = pg.workload(doubtful).df().set_index("unit")["support"]
    assert after["巫溪县民政局"] == 1
    assert after.drop("巫溪县民政局").sort_index().equals(before.sort_index())
    queue = doubtful.review(file)
    assert not (queue["words"].eq("加强宣传") & queue["document"].str.contains("1号")).any()
    assert doubtful.add(corrections=file, workers=1).read == 0, "the filled row is kept, and applied already"


def fill(file, address, value, reason):
    if file.suffix == ".csv":
        table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        chosen = table["address"] == address
        table.loc[chosen, ["value", "reason"]] = [value, reason]
        table.to_csv(file, index=False, encoding="utf-8-sig")
        return
    book = load_workbook(file)
    sheet = book["corrections"]
    names = [str(cell.value).split()[-1] for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        cells = dict(zip(names, row, strict=True))
        if cells["address"].value == address:
            cells["value"].value, cells["reason"].value = value, reason
    book.save(file)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize(
    "words",
    ["=县■■局", "@县■■局", "-县■■局", "'县■■局", "'=县■■局", "县■■局" + "、县■■局" * 9000],
    ids=["formula", "at", "dash", "apostrophe", "both", "long"],
)
def test_words_that_a_sheet_holds_otherwise_are_still_those_of_the_notice(tmp_path, words, suffix):
    notice(tmp_path / "n" / "a.txt", 1, [f"1\t修路\t县交通局\t{words}"])
    made = pg.Collection(tmp_path / "c")
    made.add(tmp_path / "n", workers=1)
    file = tmp_path / f"queue{suffix}"
    address = "巫溪县府办发〔2022〕1号!t1r2c4"
    assert address in made.review(file)["address"].tolist()
    fill(file, address, "县财政局", "电话核实")
    made.review(file)  # Written anew, the filled row stays as it was filled in.
    assert made.add(corrections=file, workers=1).changed == 1
    assert "巫溪县财政局" in made.select(year=2022).units["unit"].tolist()
    assert made.add(corrections=file, workers=1).read == 0


def test_a_value_that_looks_like_a_formula_is_what_was_filled_in(doubtful, tmp_path):
    file = tmp_path / "queue.csv"
    doubtful.review(file)
    fill(file, "巫溪县府办发〔2022〕1号!t1r4c4", "-县财政局", "电话核实")
    doubtful.review(file)
    assert "'-县财政局" in file.read_text(encoding="utf-8-sig")
    doubtful.add(corrections=file, workers=1)
    assert doubtful.decisions["corrections"]["value"].tolist() == ["-县财政局"]


def test_a_row_with_a_value_and_no_reason_is_complained_of(doubtful, tmp_path):
    file = tmp_path / "queue.csv"
    doubtful.review(file)
    fill(file, "巫溪县府办发〔2022〕1号!t1r4c4", "县财政局", "")
    with pytest.raises(pg.CorrectionError, match="gives no reason"):
        doubtful.add(corrections=file, workers=1)


def test_another_file_is_not_replaced(doubtful, tmp_path):
    other = tmp_path / "mine.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(pg.FileError, match="would be replaced"):
        doubtful.review(other)
    with pytest.raises(pg.FileError, match="not written so"):
        doubtful.review(tmp_path / "queue.txt")
    assert other.read_text(encoding="utf-8") == "a,b\n1,2\n"


def test_at_most_so_many_rows(doubtful):
    assert len(doubtful.review(most=2)) == 2
    with pytest.raises(pg.NoticeError, match="would be empty"):
        doubtful.review(most=0)


def test_the_same_collection_gives_the_same_bytes(doubtful, tmp_path):
    files = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for file in files:
        doubtful.review(file, lang="en")
    assert files[0].read_bytes() == files[1].read_bytes()


def test_untrusted_words_are_no_formulas(doubtful, tmp_path):
    folder = tmp_path / "more"
    notice(folder / "d.txt", 9, ["1\t修路\t=1+1\t县财政局", "2\t修桥\t县交通局\t县财政局"])
    doubtful.add(folder, workers=1)
    doubtful.review(tmp_path / "queue.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "queue.xlsx")["corrections"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_a_collection_without_doubts_has_an_empty_queue(tmp_path):
    folder = tmp_path / "n"
    notice(folder / "a.txt", 1, ["1\t新建厂房\t县发展改革委\t县财政局", "2\t培训干部\t县人力社保局\t县教委"])
    collection = pg.Collection(tmp_path / "c")
    collection.add(folder, workers=1)
    queue = collection.review(tmp_path / "queue.csv")
    assert len(queue) == len(frame("unread", [])) == 0


def test_what_no_correction_mends_says_what_to_do(doubtful, tmp_path):
    notice(tmp_path / "more" / "d.txt", 1, ["1\t修路\t县交通局\t县财政局"])
    doubtful.add(tmp_path / "more", workers=1)
    queue = doubtful.review(lang="en").set_index("doubt")["meaning"]
    assert "pairing-graph remove" in queue["file_unreadable"]
    assert "pairing-graph repeated" in queue["id_taken"]


@pytest.mark.parametrize(("lang", "said"), [("zh", "代替整格"), ("en", "in place of the whole cell")])
def test_the_heading_says_that_the_value_takes_the_place_of_the_whole_cell(doubtful, tmp_path, lang, said):
    file = tmp_path / "queue.xlsx"
    doubtful.review(file, lang=lang)
    assert any(said in str(cell.value) for cell in load_workbook(file)["corrections"][1])
    fill(file, "巫溪县府办发〔2022〕1号!t1r4c4", "县财政局", "电话核实")
    assert doubtful.add(corrections=file, workers=1).changed == 1


def test_a_queue_in_which_nothing_is_filled_in_is_said_so(doubtful, tmp_path):
    doubtful.review(tmp_path / "queue.xlsx")
    for ask in (doubtful.add, doubtful.withdraw):
        with pytest.raises(pg.FileError, match=r"No row is filled in\. Where: .*queue\.xlsx"):
            ask(corrections=tmp_path / "queue.xlsx")


def test_corrections_may_be_a_frame_as_decisions_gives_them(doubtful, tmp_path):
    doubtful.review(tmp_path / "queue.csv")
    fill(tmp_path / "queue.csv", "巫溪县府办发〔2022〕1号!t1r4c4", "县财政局", "电话核实")
    doubtful.add(corrections=tmp_path / "queue.csv", workers=1)
    assert doubtful.add(corrections=doubtful.decisions["corrections"], workers=1).read == 0


ONE_ROW = "<tr><td>序号</td><td>金湾区单位</td><td>巫溪县单位</td></tr>"
TWO_ROWS = "<tr><td rowspan=2>序号</td><td colspan=2>结对单位</td></tr><tr><td>金湾区单位</td><td>巫溪县单位</td></tr>"


@pytest.fixture(params=[(ONE_ROW, "t1r1c2"), (TWO_ROWS, "t1r2c2")], ids=["one row", "two rows"])
def undirected(request, tmp_path):
    """A notice of pairs, the heading of which does not say who helps whom; and the address of the cell that should."""
    heading, place = request.param
    pairs = [("区商务局", "县商务委"), ("区教育局", "县教委"), ("区财政局", "县财政局")]
    rows = "".join(f"<tr><td>{n}</td><td>{a}</td><td>{b}</td></tr>" for n, (a, b) in enumerate(pairs, 1))
    title = "<p>金湾区与巫溪县部门结对安排表</p><p>巫溪府办发〔2022〕7号</p>"
    notice(tmp_path / "n" / "a.txt", 1, ["1\t修桥\t县交通局\t"])
    (tmp_path / "n" / "pairs.html").write_text(f"{title}<table>{heading}{rows}</table>", encoding="utf-8")
    made = pg.Collection(tmp_path / "c")
    made.add(tmp_path / "n", workers=1)
    return made, f"巫溪府办发〔2022〕7号!{place}"


def test_where_nothing_tells_who_helps_the_heading_is_what_to_correct(undirected):
    made, place = undirected
    doubt = made.review().query("doubt == 'no_direction'")
    columns = ["address", "column", "expected", "depends"]
    assert doubt[columns].to_numpy().tolist() == [[place, "text", "金湾区单位", 3]]


@pytest.mark.parametrize(("value", "donor"), [("金湾区帮扶单位", "金湾区商务局"), ("金湾区受帮扶单位", "巫溪县商务委")])
def test_a_heading_corrected_from_the_queue_tells_who_helps(undirected, tmp_path, value, donor):
    made, place = undirected
    made.review(tmp_path / "queue.xlsx")
    fill(tmp_path / "queue.xlsx", place, value, "附件标题")
    assert made.add(corrections=tmp_path / "queue.xlsx", workers=1).changed == 1
    pairings = made.select(year=2022).pairings
    assert pairings["donor"][0] == donor
    assert set(pairings["direction_basis"]) == {"header"}
    assert "no_direction" not in made.review()["doubt"].tolist()
