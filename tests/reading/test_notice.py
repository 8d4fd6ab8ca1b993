"""Several notices at once, and tracing back to the cells."""

from __future__ import annotations

import pytest

import pairing_graph as pg

ID = "巫溪府发〔2022〕24号"


def test_the_same_bytes_twice_are_one_document(kb, notice, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(notice.read_bytes())
    both = pg.read_notices([notice, copy])
    assert both.equals(kb, ignore=["unread"])
    assert both.unread.iloc[-1][["severity", "reason", "text"]].tolist() == ["info", "same_file", "copy.txt"]


def test_another_file_under_a_taken_number_is_kept_apart_and_reported(kb, notice, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(notice.read_text(encoding="utf-8").replace("县林业局", "县林草局"), encoding="utf-8")
    both = pg.read_notices([notice, other])
    assert list(both.documents["document"]) == [ID, f"{ID}~2"]
    assert len(both.tasks) == 56
    assert both.tasks["task"].is_unique
    assert len(both.units) == 69
    assert "id_taken" in set(both.unread["reason"])
    assert set(both.sources) == {ID, f"{ID}~2"}


def test_a_file_that_fails_is_a_row_and_does_not_stop_the_others(notice, tmp_path):
    (tmp_path / "a.txt").write_text("没有表格的文字", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(notice.read_bytes())
    kb = pg.read_notices(tmp_path)
    assert len(kb.documents) == 1
    failed = kb.unread[kb.unread["reason"] == "file_unreadable"]
    assert list(failed["document"]) == ["a"]
    assert "No table was found" in failed["text"].item()


def test_strict_raises_all_failures_together(notice, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("没有表格的文字", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(notice.read_bytes())
    with pytest.raises(pg.NoticeError) as error:
        pg.read_notices(tmp_path, strict=True)
    assert [complaint.where for complaint in error.value.complaints] == ["a.txt", "b.txt"]


def test_no_file_and_a_folder_without_notices_get_a_sentence(tmp_path):
    with pytest.raises(pg.FileError, match="No file was given"):
        pg.read_notices([])
    (tmp_path / ".hidden").touch()
    with pytest.raises(pg.FileError, match="no notice in the folder"):
        pg.read_notices(tmp_path)


def test_a_unit_traces_to_its_cells_and_lines(kb):
    cells = pg.trace(kb, "县国资监管中心")
    assert list(zip(cells["table"], cells["line"], cells["text"], strict=True)) == [
        ("assignments", 163, "县国资监管中心"),
        ("pairings", 236, "区金融办"),
        ("pairings", 237, "县国资监管中心"),
        ("pairings", 240, "区国资委"),
        ("pairings", 241, "县国资监管中心"),
    ]


def test_a_task_traces_to_the_cell_that_supplies_its_blank_ones(kb):
    cells = pg.trace(kb, 3)
    assert cells["line"].tolist() == [34, 37, 47]
    assert cells["inherited_by"].tolist() == [f"{ID}!t1r4c3", f"{ID}!t1r4c4", ""]


def test_a_pairing_and_an_address_trace(kb):
    assert pg.trace(kb, ("区招商投资局", "工业园区管委会"))["line"].tolist() == [202, 203]
    row = pg.trace(kb, f"{ID}!t2r6")
    assert row["text"].tolist() == ["5", "区招商投资局", "县发展改革委（县投资促进服务中心）、\n工业园区管委会"]
    assert pg.trace(kb, f"{ID}!p15")["table"].item() == "unread"


def test_without_the_document_the_tables_keep_the_words(graph):
    cells = pg.trace(pg.to_knowledge_base(graph), "渝中区金融办")
    assert cells["text"].tolist() == ["区金融办", "区金融办", "县国资监管中心"]


def test_a_merged_place_leads_to_the_cell_that_supplies_it(kb):
    cells = pg.trace(kb, f"{ID}!t1r6c3.1")
    assert cells["address"].tolist() == [f"{ID}!t1r5c3"]
    assert cells["line"].tolist() == [53]
    assert cells["inherited_by"].tolist() == [f"{ID}!t1r6c3"]


@pytest.mark.parametrize("table", ["tasks", "assignments", "pairings", "targets", "unread"])
def test_every_address_in_the_tables_traces(kb, table):
    for address in kb.tables[table]["address"]:
        assert pg.trace(kb, address)["text"].str.len().min() > 0


def test_a_number_out_of_a_frame_a_target_and_a_document_trace(kb):
    assert pg.trace(kb, kb.tasks["number"][3])["line"].tolist() == [52, 53, 54]
    assert pg.trace(kb, f"{ID}#3/2")["line"].tolist() == [47]
    assert len(pg.trace(kb, ID)) == len(list(kb.sources[ID].document.pieces(ID)))


def test_a_pair_traces_whoever_of_them_helps(kb):
    assert pg.trace(kb, ("县商务委", "区商务委")).equals(pg.trace(kb, ("区商务委", "县商务委")))


@pytest.mark.parametrize(
    "what",
    ["县魔法局", 99, ("区教委", "县商务委"), f"{ID}!t9r1c1", f"{ID}#3/9", None, 3.0, True, ["区教委"], ("区教委",)],
    ids=["unit", "task", "pair", "address", "target", "none", "float", "bool", "list", "one-of-a-pair"],
)  # fmt: skip
def test_what_is_not_there_is_refused(kb, what):
    with pytest.raises(pg.UnknownNameError):
        pg.trace(kb, what)


def test_a_graph_is_not_traced_but_told_what_to_do(graph):
    with pytest.raises(pg.NoticeError, match="to_knowledge_base"):
        pg.trace(graph, "区教委")


def test_a_near_miss_is_suggested(kb):
    with pytest.raises(pg.UnknownNameError, match="Did you mean .*县发展改革委"):
        pg.trace(kb, "县发展改革局")


def test_the_words_of_a_knowledge_base(kb):
    shown = repr(kb)
    assert "28 tasks" in shown
    assert ID in shown
    assert "1 x a missing number was filled in" in shown
    assert shown.endswith("not understood: nothing")


@pytest.mark.parametrize("paths", [["a.txt", "b.txt"], ("a.txt",), None, 5])
def test_what_is_no_single_file_is_a_sentence(paths):
    with pytest.raises(pg.NoticeError, match="no single file.*read_notices"):
        pg.read_notice(paths)
